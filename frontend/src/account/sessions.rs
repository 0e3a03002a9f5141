//! Where somebody is signed in to the account, and ending it.

use super::session::{SignedIn, use_account_call, use_account_load};
use super::{visit, when};
use crate::api::Remote;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::ui::prose::{lead, soft};
use crate::ui::{ButtonKind, ButtonProps, ButtonState, Dialog, button, live_region, loading};
use shared::i18n::Text;
use shared::recovery::api::Empty;
use shared::sessions::SessionId;
use shared::sessions::Who;
use shared::sessions::api::{
    EndOtherSessions, EndSession, ListSessions, SessionChoice, SessionList, SessionView,
};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What is asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    One(SessionId),
    Others,
}

/// Properties of [`SessionsPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SessionsPageProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// The page.
#[component]
pub fn SessionsPage(props: &SessionsPageProps) -> Html {
    let text = use_text();
    let load = use_account_load::<ListSessions>();
    let end_one = use_account_call::<EndSession>();
    let end_others = use_account_call::<EndOtherSessions>();
    let changed = use_state(|| None::<Rc<SessionList>>);
    let question = use_state_eq(|| None::<Question>);
    let said = use_state_eq(|| None::<Question>);
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    let ask = {
        let (question, said) = (question.setter(), said.setter());
        Callback::from(move |asked| {
            said.set(None);
            question.set(Some(asked));
        })
    };
    let onconfirm = {
        let (question, said, changed) = (question.clone(), said.setter(), changed.setter());
        let (end_one, end_others) = (end_one.clone(), end_others.clone());
        Callback::from(move |()| {
            let Some(asked) = *question else { return };
            question.set(None);
            let (said, changed) = (said.clone(), changed.clone());
            let answered = move |list| {
                changed.set(Some(list));
                said.set(Some(asked));
            };
            match asked {
                Question::One(session) => end_one.send_then(SessionChoice { session }, answered),
                Question::Others => end_others.send_then(Empty {}, answered),
            }
        })
    };
    let oncancel = {
        let question = question.setter();
        Callback::from(move |()| question.set(None))
    };
    let list = match (&*changed, load.state()) {
        (Some(list), _) => list.clone(),
        (None, Remote::Ready(list)) => list,
        (None, Remote::Idle | Remote::Loading) => return loading(text.account_loading()),
        (None, Remote::Failed(problem)) => return problem_notice(text, &problem, Some(&onretry)),
    };
    let state = if end_one.is_loading() || end_others.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    let announcement = match *said {
        Some(Question::One(_)) => text.sessions_ended_one(),
        Some(Question::Others) => text.sessions_ended_others(),
        None => "",
    };
    let problem = end_one.problem().or(end_others.problem());
    html! {
        <>
            { lead(match props.signed_in.account.who { Who::Owner => text.sessions_lead(), Who::Delegate { .. } => text.sessions_lead_own() }) }
            if let Some(problem) = problem { { problem_notice(text, problem, None) } }
            if !announcement.is_empty() { <p class="said"><strong>{ announcement }</strong></p> }
            { live_region(announcement) }
            <ul class="items">{ for list.sessions.iter().map(|session| item(text, session, state, &ask)) }</ul>
            if list.sessions.len() > 1 {
                <div class="actions">
                    { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state, onclick: ask.reform(|_| Question::Others), children: html! { text.sessions_end_others() } })) }
                </div>
            }
            { soft(text.sessions_advice()) }
            if let Some(asked) = *question { { dialog(text, asked, onconfirm, oncancel) } }
        </>
    }
}

/// One session.
fn item(text: Text, session: &SessionView, state: ButtonState, ask: &Callback<Question>) -> Html {
    let device = visit::device(text, session.signed_in.device);
    let id = session.id;
    html! {
        <li key={session.id.to_string()} class="item">
            <div class="item-body">
                <h2 class="item-title">{ &device }</h2>
                if session.current { <p class="badge">{ text.sessions_this_one() }</p> }
                if let Some(delegate) = &session.delegate { <p>{ text.sessions_of_delegate(delegate.to_string()) }</p> }
                if let Some(network) = session.signed_in.network { <p>{ text.sessions_network(network.to_string()) }</p> }
                <p class="soft">{ text.sessions_since(when::moment(text, session.signed_in.at)) }</p>
                <p class="soft">{ text.sessions_used(when::moment(text, session.used_at)) }</p>
            </div>
            if !session.current {
                { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state, onclick: ask.reform(move |_| Question::One(id)), children: html! { <>{ text.sessions_end() }<span class="visually-hidden">{ ": " }{ device }</span></> } })) }
            }
        </li>
    }
}

/// The question before.
fn dialog(text: Text, asked: Question, onconfirm: Callback<()>, oncancel: Callback<()>) -> Html {
    let (title, what, confirm) = match asked {
        Question::One(_) => (
            text.sessions_end_title(),
            text.sessions_end_what(),
            text.sessions_end_confirm(),
        ),
        Question::Others => (
            text.sessions_end_others_title(),
            text.sessions_end_others_what(),
            text.sessions_end_others_confirm(),
        ),
    };
    html! {
        <Dialog id="end" {title} {confirm} cancel={text.sessions_end_cancel()} {onconfirm} {oncancel}>{ what }</Dialog>
    }
}

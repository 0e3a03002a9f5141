//! The people who act for the employer with less power: who they are, what they may do and until when, and ending it.

mod create;
mod end;
mod power;

use super::overview::scope_list;
use super::session::{SignedIn, state_of, use_account_call, use_account_load};
use super::when;
use crate::api::Remote;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::ui::prose::{lead, list, paragraph, soft};
use crate::ui::{ButtonKind, ButtonProps, NoticeProps, Tone, Urgency, button, loading, notice, press};
use create::CreateForm;
use end::EndForm;
use power::ChangeForm;
use shared::delegates::DelegateId;
use shared::delegates::api::{
    DelegateChoice, DelegateList, DelegateState, DelegateView, InviteAgain, ListDelegates,
};
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Nothing,
    Creating,
    Changing(DelegateId),
    Ending(DelegateId),
}

/// What was done last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Created,
    Changed,
    Ended,
    Invited,
}

/// What the forms need.
#[derive(Clone, Debug, PartialEq, Properties)]
struct DelegateFormProps {
    /// The list as it is.
    list: Rc<DelegateList>,
    /// Whom it is about; nobody for a new one.
    #[prop_or_default]
    delegate: Option<DelegateView>,
    /// Hears of the new list.
    ondone: Callback<Rc<DelegateList>>,
    /// Leaves it.
    onleave: Callback<()>,
}

/// Properties of [`DelegatesPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DelegatesPageProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// The page.
#[component]
pub fn DelegatesPage(_props: &DelegatesPageProps) -> Html {
    let text = use_text();
    let load = use_account_load::<ListDelegates>();
    let invite = use_account_call::<InviteAgain>();
    let changed = use_state(|| None::<Rc<DelegateList>>);
    let doing = use_state_eq(|| Doing::Nothing);
    let done = use_state_eq(|| None::<Done>);
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    use_effect_with(*done, |done| {
        if done.is_some() {
            focus::element("delegates-done");
        }
    });
    let present = match (&*changed, load.state()) {
        (Some(list), _) => list.clone(),
        (None, Remote::Ready(list)) => list,
        (None, Remote::Idle | Remote::Loading) => return loading(text.account_loading()),
        (None, Remote::Failed(problem)) => return problem_notice(text, &problem, Some(&onretry)),
    };
    let act = {
        let (doing, done) = (doing.setter(), done.setter());
        Callback::from(move |what| {
            done.set(None);
            doing.set(what);
        })
    };
    let finish = {
        let (doing, done, changed) = (doing.setter(), done.setter(), changed.setter());
        Callback::from(move |(what, list): (Done, Rc<DelegateList>)| {
            changed.set(Some(list));
            doing.set(Doing::Nothing);
            done.set(Some(what));
        })
    };
    let again = {
        let (invite, finish) = (invite.clone(), finish.clone());
        Callback::from(move |delegate| {
            let finish = finish.clone();
            invite.send_then(DelegateChoice { delegate }, move |list| {
                finish.emit((Done::Invited, list));
            });
        })
    };
    let onleave = act.reform(|()| Doing::Nothing);
    if *doing == Doing::Creating {
        let ondone = finish.reform(|list| (Done::Created, list));
        return html! { <CreateForm list={present} {ondone} {onleave} /> };
    }
    let item = |delegate: &DelegateView| {
        let (list, onleave) = (present.clone(), onleave.clone());
        let ways = if *doing == Doing::Changing(delegate.id) {
            let ondone = finish.reform(|list| (Done::Changed, list));
            html! { <ChangeForm {list} delegate={delegate.clone()} {ondone} {onleave} /> }
        } else if *doing == Doing::Ending(delegate.id) {
            let ondone = finish.reform(|list| (Done::Ended, list));
            html! { <EndForm {list} delegate={delegate.clone()} {ondone} {onleave} /> }
        } else {
            ways(text, delegate, &act, &again, &invite)
        };
        about(text, delegate, ways)
    };
    let full = present.delegates.len() >= usize::from(present.most);
    html! {
        <>
            { lead(text.delegates_lead()) }
            { said(text, *done) }
            if let Some(problem) = invite.problem() { { problem_notice(text, problem, None) } }
            if present.delegates.is_empty() {
                { paragraph(text.delegates_none()) }
            } else {
                <ul class="items">{ for present.delegates.iter().map(item) }</ul>
            }
            if full {
                { soft(text.delegates_full(present.most)) }
            } else {
                <div class="actions">{ press(ButtonKind::Primary, act.reform(|_| Doing::Creating), text.delegates_create()) }</div>
            }
            <section class="flow">
                <h2>{ text.delegates_limits() }</h2>
                { list(&[text.delegates_limit_recover(), text.delegates_limit_master(), text.delegates_limit_history()]) }
            </section>
        </>
    }
}

/// What was done.
fn said(text: Text, done: Option<Done>) -> Html {
    let words = match done {
        None => return Html::default(),
        Some(Done::Created) => text.delegates_created(),
        Some(Done::Changed) => text.delegates_changed(),
        Some(Done::Ended) => text.delegates_ended(),
        Some(Done::Invited) => text.delegates_invited_again(),
    };
    html! {
        <div id="delegates-done" tabindex="-1">
            { notice(&props!(NoticeProps { tone: Tone::Success, urgency: Urgency::Polite, children: paragraph(words) })) }
        </div>
    }
}

/// Who it is, how they stand, and what can be done.
fn about(text: Text, delegate: &DelegateView, ways: Html) -> Html {
    let state = match (delegate.state, delegate.invited_until) {
        (DelegateState::Invited, Some(until)) => {
            text.delegates_state_invited(when::moment(text, until.instant()), delegate.email.to_string())
        }
        (DelegateState::Invited, None) => text.delegates_state_invitation_over().to_owned(),
        (DelegateState::Active, _) => text.delegates_state_active().to_owned(),
        (DelegateState::Blocked, _) => text.delegates_state_blocked().to_owned(),
        (DelegateState::Over, _) => text.delegates_state_over().to_owned(),
    };
    html! {
        <li key={delegate.id.to_string()} class="item item-tall">
            <div class="item-body flow">
                <h2 class="item-title">{ delegate.name.to_string() }</h2>
                <p>{ text.delegates_who(&delegate.cedula, delegate.email.to_string()) }</p>
                <p><strong>{ state }</strong></p>
                { scope_list(text, delegate.scopes) }
                <p class="soft">{ text.delegates_until(when::day(text, delegate.until)) }</p>
                if let Some(at) = delegate.last_sign_in { <p class="soft">{ text.delegates_last_sign_in(when::moment(text, at)) }</p> }
                { ways }
            </div>
        </li>
    }
}

/// What can be done with a delegate.
fn ways(
    text: Text,
    delegate: &DelegateView,
    act: &Callback<Doing>,
    again: &Callback<DelegateId>,
    invite: &crate::api::Call<InviteAgain>,
) -> Html {
    let id = delegate.id;
    let name = delegate.name.to_string();
    let named = |kind, onclick: Callback<MouseEvent>, words: &'static str| {
        button(&props!(ButtonProps {
            kind,
            onclick,
            children: html! { <>{ words }<span class="visually-hidden">{ ": " }{ &name }</span></> }
        }))
    };
    let invites = match delegate.state {
        DelegateState::Invited | DelegateState::Blocked => button(&props!(ButtonProps {
            kind: ButtonKind::Secondary,
            state: state_of(invite),
            onclick: again.reform(move |_| id),
            children: html! { <>{ text.delegates_invite_again() }<span class="visually-hidden">{ ": " }{ &name }</span></> }
        })),
        DelegateState::Active | DelegateState::Over => Html::default(),
    };
    html! {
        <div class="actions">
            { invites }
            { named(ButtonKind::Secondary, act.reform(move |_| Doing::Changing(id)), text.delegates_change()) }
            { named(ButtonKind::Quiet, act.reform(move |_| Doing::Ending(id)), text.delegates_end()) }
        </div>
    }
}

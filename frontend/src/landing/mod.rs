//! Landing on a page by the link of a message: the token, what it is good for, and what is said if it is good for nothing.
//!
//! Words: the *token* is in the fragment of the link's address. It is taken out of the address bar and of the history at once
//! and lives in this page's memory only: a reload loses it, and the page says so. Looking at a link (*inspecting*) changes
//! nothing, whoever looks (also scanners that run this code); acting takes a press, which is the page's.

use crate::api::{Remote, use_call};
use crate::errors::{problem_notice, words};
use crate::i18n::use_title;
use crate::platform::clock;
use crate::routes::use_fragment;
use crate::ui::prose::{advice, paragraph};
use crate::ui::{NoticeProps, Tone, loading, notice, stage_heading};
use shared::api::{Endpoint, ErrorCode, Problem};
use shared::i18n::Text;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What is known of the link.
#[derive(Clone, Debug, PartialEq)]
pub enum Stand<V> {
    /// The address carried no token: opened by hand, or loaded again.
    NoToken,
    /// The server is asked.
    Asking,
    /// It is good.
    Good(Good<V>),
    /// It is good for nothing, or nobody answered.
    Bad(Problem),
}

/// A good link.
#[derive(Clone, Debug, PartialEq)]
pub struct Good<V> {
    /// Its token.
    pub token: Secret<String>,
    /// What it is good for.
    pub view: Rc<V>,
    /// What this device's clock showed when that was known.
    pub at: Timestamp,
}

/// A landing: how it stands, and how to look again.
#[derive(Clone, Debug, PartialEq)]
pub struct Landing<V> {
    /// What is known of the link.
    pub stand: Stand<V>,
    /// Looks again.
    pub onretry: Callback<()>,
}

/// Takes the token out of the address and inspects it, also that of a link that is opened later in this very tab.
#[hook]
pub fn use_landing<E: Endpoint>(request: fn(Secret<String>) -> E::Request) -> Landing<E::Response>
where
    E::Response: PartialEq,
{
    let fragment = use_fragment();
    let inspect = use_call::<E>();
    let seen = use_state(|| None::<(Rc<E::Response>, Timestamp)>);
    let look = {
        let (inspect, seen) = (inspect.clone(), seen.setter());
        Callback::from(move |token: Secret<String>| {
            let seen = seen.clone();
            inspect.send_then(request(token), move |view| seen.set(Some((view, clock::now()))));
        })
    };
    {
        let look = look.clone();
        use_effect_with(fragment.clone(), move |fragment| {
            if let Some(token) = fragment.secret.clone() {
                look.emit(token);
            }
        });
    }
    let stand = match (&fragment.secret, inspect.state(), &*seen) {
        (None, _, _) => Stand::NoToken,
        (Some(_), Remote::Failed(problem), _) => Stand::Bad(problem),
        (Some(token), Remote::Ready(_), Some((view, at))) => Stand::Good(Good {
            token: token.clone(),
            view: view.clone(),
            at: *at,
        }),
        (Some(_), Remote::Idle | Remote::Loading | Remote::Ready(_), _) => Stand::Asking,
    };
    let token = fragment.secret;
    let onretry = Callback::from(move |()| {
        if let Some(token) = token.clone() {
            look.emit(token);
        }
    });
    Landing { stand, onretry }
}

/// Why a link is good for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// It is not one of ours, or a part of one.
    Invalid,
    /// Its time is over.
    Expired,
    /// It was used.
    Used,
    /// Another one took its place.
    Replaced,
    /// The account that it would unblock is not blocked.
    NotBlocked,
    /// The account was frozen.
    Frozen,
}

impl Loss {
    /// What the server calls it.
    const CODES: [(ErrorCode, Self); 8] = [
        (ErrorCode::LinkInvalid, Self::Invalid),
        (ErrorCode::InvalidInput, Self::Invalid),
        (ErrorCode::MalformedBody, Self::Invalid),
        (ErrorCode::LinkExpired, Self::Expired),
        (ErrorCode::LinkUsed, Self::Used),
        (ErrorCode::LinkReplaced, Self::Replaced),
        (ErrorCode::AccountNotBlocked, Self::NotBlocked),
        (ErrorCode::AccountFrozen, Self::Frozen),
    ];

    /// Whether a problem is one.
    pub fn of(problem: &Problem) -> Option<Self> {
        Self::CODES
            .into_iter()
            .find_map(|(code, loss)| (code == problem.code).then_some(loss))
    }
}

/// What a page says of its link before it is known to be good.
#[derive(Clone, Copy, Debug)]
pub struct LandingWords {
    /// What the page is called.
    pub title: &'static str,
    /// That the link is being inspected.
    pub loading: &'static str,
    /// That there is no link.
    pub no_token_title: &'static str,
    /// Why.
    pub no_token_what: &'static str,
    /// What a link that is good for nothing means here, and what to do; nothing for what does not happen to this one.
    pub lost: fn(Text, Loss) -> Option<(&'static str, &'static str)>,
}

/// Names the tab as long as the link is not known to be good; a good one's page does so itself.
#[hook]
pub fn use_landing_title<V>(text: Text, words: &LandingWords, stand: &Stand<V>) {
    let title = match stand {
        Stand::NoToken => words.no_token_title,
        Stand::Asking | Stand::Good(_) => words.title,
        Stand::Bad(problem) => bad_title(text, problem),
    };
    use_title(title);
}

/// What is shown as long as the link is not known to be good; `onward` leads on from there.
pub fn not_good<V>(text: Text, said: &LandingWords, landing: &Landing<V>, onward: Html) -> Html {
    match &landing.stand {
        Stand::NoToken => html! {
            <>
                { stage_heading("no-token", said.no_token_title.into(), None) }
                { notice(&props!(NoticeProps { children: paragraph(said.no_token_what) })) }
                { onward }
            </>
        },
        Stand::Asking | Stand::Good(_) => {
            html! { <>{ stage_heading("asking", said.title.into(), None) }{ loading(said.loading) }</> }
        }
        Stand::Bad(problem) => bad(text, said, problem, &landing.onretry, onward),
    }
}

/// A link that is good for nothing, or a server that did not answer.
pub fn bad(text: Text, said: &LandingWords, problem: &Problem, onretry: &Callback<()>, onward: Html) -> Html {
    match Loss::of(problem).and_then(|loss| (said.lost)(text, loss)) {
        Some((what, todo)) => html! {
            <>
                { stage_heading("bad", bad_title(text, problem).into(), None) }
                { notice(&props!(NoticeProps { tone: Tone::Warning, children: html! { <>
                    { paragraph(what) }
                    { advice(todo) }
                </> } })) }
                { onward }
            </>
        },
        None => html! {
            <>
                { stage_heading("unanswered", said.title.into(), None) }
                { problem_notice(text, problem, Some(onretry)) }
            </>
        },
    }
}

/// Whether acting failed because the link is good for nothing any more.
pub fn is_lost(text: Text, said: &LandingWords, problem: &Problem) -> bool {
    Loss::of(problem)
        .and_then(|loss| (said.lost)(text, loss))
        .is_some()
}

/// What such a page is called. What is malformed about a token is of no use to the person.
fn bad_title(text: Text, problem: &Problem) -> &'static str {
    match Loss::of(problem) {
        Some(Loss::Invalid) => words::problem(text, &Problem::new(ErrorCode::LinkInvalid)).title,
        Some(Loss::Expired | Loss::Used | Loss::Replaced | Loss::NotBlocked | Loss::Frozen) | None => {
            words::problem(text, problem).title
        }
    }
}

//! The new password, with the link of the mail.
//!
//! Words: the *token* is in the fragment of the link's address. It is taken out of the address bar and of the history at
//! once, and lives in this page's memory only: a reload loses it, and the page says so.
//!
//! Invariants: looking at a link never uses it up, whoever looks (also scanners that run this code); only the form's
//! submission does, and only `window = "redeem"` has a button before it.

mod done;
mod form;

use crate::api::{Call, use_call};
use crate::countdown::{LinkCountdown, Task};
use crate::errors::{problem_notice, words};
use crate::forms::strength;
use crate::i18n::{use_text, use_title};
use crate::platform::clock;
use crate::routes::{Route, use_fragment};
use crate::steps::{Step, steps};
use crate::ui::prose::{advice, lead, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonState, NoticeProps, Tone, button, button_link, loading, notice,
    stage_heading,
};
use done::done;
use form::ResetForm;
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use shared::recovery::api::{InspectLink, LinkToken, LinkView, RedeemLink, ResetDone};
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What the page knows of the link.
#[derive(Clone, Debug, PartialEq)]
enum Stand {
    /// The address carried no token.
    NoToken,
    /// The server is asked.
    Asking,
    /// It is good; and what this device's clock showed when that was known.
    Good(Rc<LinkView>, Timestamp),
    /// It is not, or nobody answered.
    Bad(Problem),
    /// It was used here.
    Done(Rc<ResetDone>),
}

/// The page of the link.
#[component]
pub fn ResetPage() -> Html {
    let text = use_text();
    let fragment = use_fragment();
    let token = fragment.secret.clone().map(|token| LinkToken { token });
    let stand = use_state(|| Stand::Asking);
    let inspect = use_call::<InspectLink>();
    let redeem = use_call::<RedeemLink>();
    use_effect_with((), |()| strength::fetch_ahead());
    let look = {
        let (inspect, stand) = (inspect.clone(), stand.setter());
        Callback::from(move |token: LinkToken| {
            let stand = stand.clone();
            inspect.send_then(token, move |view| stand.set(Stand::Good(view, clock::now())));
        })
    };
    {
        let (look, stand) = (look.clone(), stand.setter());
        use_effect_with(fragment, move |fragment| match &fragment.secret {
            Some(token) => {
                stand.set(Stand::Asking);
                look.emit(LinkToken { token: token.clone() });
            }
            None => stand.set(Stand::NoToken),
        });
    }
    use_problem(inspect.problem().cloned(), &stand);
    use_problem(redeem.problem().cloned(), &stand);
    let ondone = {
        let stand = stand.setter();
        Callback::from(move |done| stand.set(Stand::Done(done)))
    };
    let onbad = {
        let stand = stand.setter();
        Callback::from(move |problem| stand.set(Stand::Bad(problem)))
    };
    let title = match &*stand {
        Stand::NoToken => text.reset_no_token_title(),
        Stand::Asking | Stand::Good(..) => text.reset_title(),
        Stand::Bad(problem) => words::problem(text, problem).title,
        Stand::Done(_) => text.reset_done_title(),
    };
    use_title(title);
    let page = match (&*stand, &token) {
        (Stand::Done(view), _) => done(text, view),
        (Stand::NoToken, _) | (_, None) => no_token(text),
        (Stand::Asking, Some(_)) => {
            html! { <>{ stage_heading("page", title.into(), None) }{ loading(text.reset_loading()) }</> }
        }
        (Stand::Good(view, at), Some(token)) if view.must_redeem => {
            redeeming(text, view, *at, token, &redeem, &stand)
        }
        (Stand::Good(view, at), Some(token)) => html! {
            <ResetForm view={view.clone()} arrived={*at} token={token.clone()} {ondone} {onbad} />
        },
        (Stand::Bad(problem), Some(token)) => bad(
            text,
            problem,
            look.reform({
                let token = token.clone();
                move |()| token.clone()
            }),
        ),
    };
    let step = match &*stand {
        Stand::Done(_) => Step::Done,
        Stand::NoToken | Stand::Asking | Stand::Good(..) | Stand::Bad(_) => Step::Password,
    };
    html! { <div class="reset column flow">{ steps(text, step) }{ page }</div> }
}

/// Turns a call's problem into the page's.
#[hook]
fn use_problem(problem: Option<Problem>, stand: &UseStateHandle<Stand>) {
    let stand = stand.setter();
    use_effect_with(problem, move |problem| {
        if let Some(problem) = problem {
            stand.set(Stand::Bad(problem.clone()));
        }
    });
}

/// No token in the address: opened by hand, or loaded again.
fn no_token(text: Text) -> Html {
    html! {
        <>
            { stage_heading("no-token", text.reset_no_token_title().into(), None) }
            { notice(&props!(NoticeProps { children: html! { <>
                { paragraph(text.reset_no_token_what()) }
                { advice(text.reset_no_token_do()) }
            </> } })) }
            <div class="actions">{ button_link(ButtonKind::Primary, Route::Recovery.path(), text.recovery_start_again()) }</div>
        </>
    }
}

/// A good link that a click must open first.
fn redeeming(
    text: Text,
    view: &Rc<LinkView>,
    at: Timestamp,
    token: &LinkToken,
    redeem: &Call<RedeemLink>,
    stand: &UseStateHandle<Stand>,
) -> Html {
    let onclick = {
        let (redeem, token, stand) = (redeem.clone(), token.clone(), stand.setter());
        Callback::from(move |_: MouseEvent| {
            let stand = stand.clone();
            redeem.send_then(token.clone(), move |view| {
                stand.set(Stand::Good(view, clock::now()));
            });
        })
    };
    let onover = {
        let stand = stand.setter();
        Callback::from(move |()| stand.set(Stand::Bad(Problem::new(ErrorCode::LinkExpired))))
    };
    let (state, label) = if redeem.is_loading() {
        (ButtonState::Busy, text.reset_redeem_opening())
    } else {
        (ButtonState::Ready, text.reset_redeem_open())
    };
    html! {
        <>
            { stage_heading("redeem", text.reset_title().into(), None) }
            { lead(text.reset_lead(&view.employer, view.reference.to_string())) }
            <LinkCountdown countdown={of(view, at)} task={Task::Password} {onover} />
            { paragraph(text.reset_redeem_lead()) }
            <div class="actions">{ button(&props!(ButtonProps { state, onclick, children: html! { label } })) }</div>
        </>
    }
}

/// A link that is good for nothing, or a server that did not answer.
fn bad(text: Text, problem: &Problem, onretry: Callback<()>) -> Html {
    let lost = matches!(
        problem.code,
        ErrorCode::LinkInvalid
            | ErrorCode::LinkExpired
            | ErrorCode::LinkUsed
            | ErrorCode::LinkReplaced
            | ErrorCode::InvalidInput
            | ErrorCode::MalformedBody
    );
    // What is malformed about a token is of no use to the person: the link is not one of ours.
    let problem = if matches!(problem.code, ErrorCode::InvalidInput | ErrorCode::MalformedBody) {
        &Problem::new(ErrorCode::LinkInvalid)
    } else {
        problem
    };
    let said = words::problem(text, problem);
    html! {
        <>
            { stage_heading("bad", AttrValue::from(if lost { said.title } else { text.reset_title() }), None) }
            if lost {
                { notice(&props!(NoticeProps { tone: Tone::Warning, children: html! { <>
                    { paragraph(said.what) }
                    { advice(said.advice) }
                </> } })) }
                <div class="actions">{ button_link(ButtonKind::Primary, Route::Recovery.path(), text.recovery_start_again()) }</div>
            } else {
                { problem_notice(text, problem, Some(&onretry)) }
            }
        </>
    }
}

/// The countdown of a link that was looked at when this device's clock showed `at`.
pub(crate) fn of(view: &LinkView, at: Timestamp) -> shared::time::Countdown {
    let total = core::time::Duration::from_secs(view.total.into());
    shared::time::Countdown::new(view.deadline, total, view.now, at)
}

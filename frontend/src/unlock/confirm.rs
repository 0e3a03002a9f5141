//! The page of the link: one press unblocks the account.

use super::endings::{Unblocked, unblocked};
use crate::api::use_call;
use crate::countdown::{LinkCountdown, Task};
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::landing::{
    Good, LandingWords, Loss, Stand, bad, is_lost, not_good, use_landing, use_landing_title,
};
use crate::routes::Route;
use crate::steps::{UnlockStep, unlock_steps};
use crate::ui::prose::{advice, lead, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonState, NoticeProps, button, button_link, notice, stage_heading,
};
use core::time::Duration;
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use shared::time::Countdown;
use shared::unlock::api::{ConfirmUnlock, InspectUnlockLink, LinkToken, UnlockDone, UnlockLinkView};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page at `/desbloqueo`.
#[component]
pub fn UnlockConfirmPage() -> Html {
    let text = use_text();
    let landing = use_landing::<InspectUnlockLink>(|token| LinkToken { token });
    let words = words(text);
    use_landing_title(text, &words, &landing.stand);
    match &landing.stand {
        // Another link opened in this tab is another page.
        Stand::Good(good) => {
            html! { <Confirming key={good.view.reference.to_string()} good={good.clone()} /> }
        }
        Stand::NoToken | Stand::Asking | Stand::Bad(_) => framed(
            text,
            UnlockStep::Confirm,
            not_good(text, &words, &landing, onward(text, &landing.stand)),
        ),
    }
}

fn words(text: Text) -> LandingWords {
    LandingWords {
        title: text.unlock_confirm_title(),
        loading: text.unlock_confirm_loading(),
        no_token_title: text.unlock_confirm_no_token_title(),
        no_token_what: text.unlock_confirm_no_token_what(),
        lost,
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "other pages have nothing to say of some losses"
)]
fn lost(text: Text, loss: Loss) -> Option<(&'static str, &'static str)> {
    match loss {
        Loss::Invalid => Some((text.errors_link_invalid_what(), text.unlock_confirm_invalid_do())),
        Loss::Expired => Some((
            text.unlock_ended_link_expired_what(),
            text.unlock_ended_try_again(),
        )),
        Loss::Used => Some((text.unlock_confirm_used_what(), text.unlock_confirm_used_do())),
        Loss::Replaced => Some((
            text.errors_link_replaced_what(),
            text.unlock_confirm_replaced_do(),
        )),
        Loss::NotBlocked => Some((
            text.unlock_confirm_not_blocked_what(),
            text.unlock_not_blocked_do(),
        )),
        Loss::Frozen => Some((text.unlock_confirm_frozen_what(), text.recovery_frozen_do())),
    }
}

fn framed(text: Text, step: UnlockStep, page: Html) -> Html {
    html! { <div class="reset column flow">{ unlock_steps(text, step) }{ page }</div> }
}

/// Where to go on: an account that is not blocked any more is for signing in, another one for asking again.
fn onward<V>(text: Text, stand: &Stand<V>) -> Html {
    let way = match stand {
        Stand::Bad(problem) if matches!(Loss::of(problem), Some(Loss::Used | Loss::NotBlocked)) => {
            button_link(
                ButtonKind::Primary,
                Route::SignIn.path(),
                text.unlock_done_sign_in(),
            )
        }
        Stand::Bad(_) | Stand::NoToken | Stand::Asking | Stand::Good(_) => button_link(
            ButtonKind::Primary,
            Route::Unlock.path(),
            text.unlock_confirm_again(),
        ),
    };
    html! { <div class="actions">{ way }</div> }
}

/// What confirming needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct ConfirmingProps {
    good: Good<UnlockLinkView>,
}

/// Explains, confirms, and says what was done.
#[component]
fn Confirming(props: &ConfirmingProps) -> Html {
    let text = use_text();
    let confirm = use_call::<ConfirmUnlock>();
    let over = use_state_eq(|| None::<Problem>);
    let view = &props.good.view;
    let problem = confirm
        .problem()
        .filter(|problem| is_lost(text, &words(text), problem))
        .cloned()
        .or_else(|| (*over).clone());
    if let Some(done) = confirm.state().ready() {
        return html! { <Done done={done.clone()} /> };
    }
    if let Some(problem) = problem {
        let gone = bad(
            text,
            &words(text),
            &problem,
            &Callback::noop(),
            onward(text, &Stand::<()>::Bad(problem.clone())),
        );
        return framed(text, UnlockStep::Confirm, gone);
    }
    let onclick = {
        let (confirm, token) = (confirm.clone(), props.good.token.clone());
        Callback::from(move |_: MouseEvent| confirm.send(LinkToken { token: token.clone() }))
    };
    let onover = {
        let over = over.setter();
        // A press that is on its way is judged by the server, not by this clock.
        let waiting = confirm.is_loading();
        Callback::from(move |()| {
            if !waiting {
                over.set(Some(Problem::new(ErrorCode::LinkExpired)));
            }
        })
    };
    let (state, label) = if confirm.is_loading() {
        (ButtonState::Busy, text.unlock_confirm_acting())
    } else {
        (ButtonState::Ready, text.unlock_confirm_act())
    };
    let total = Duration::from_secs(view.total.into());
    let countdown = Countdown::new(view.deadline, total, view.now, props.good.at);
    let page = html! {
        <>
            { stage_heading("page", text.unlock_confirm_title().into(), None) }
            if let Some(problem) = confirm.problem() { { problem_notice(text, problem, None) } }
            { lead(text.unlock_confirm_lead(&view.employer, view.reference.to_string())) }
            <LinkCountdown {countdown} task={Task::Unlock} {onover} />
            { advice(text.unlock_confirm_password()) }
            <div class="actions">{ button(&props!(ButtonProps { state, onclick, children: html! { label } })) }</div>
            { notice(&props!(NoticeProps { children: paragraph(text.unlock_confirm_not_you()) })) }
        </>
    };
    framed(text, UnlockStep::Confirm, page)
}

/// What the result needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct DoneProps {
    done: Rc<UnlockDone>,
}

/// Unblocked by this page.
#[component]
fn Done(props: &DoneProps) -> Html {
    let text = use_text();
    use_title(text.unlock_done_title());
    let done = &props.done;
    let page = unblocked(
        text,
        &Unblocked {
            at: done.at,
            employer: Some(&done.employer),
            reference: &done.reference,
        },
    );
    framed(text, UnlockStep::Done, page)
}

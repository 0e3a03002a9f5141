//! The answers are right and the link is not enough: why, and the passkey that is asked for too.

use crate::api::use_call;
use crate::ceremony::Prover;
use crate::i18n::use_text;
use crate::procedure::use_refresh;
use crate::ui::prose::{advice, list, paragraph};
use crate::ui::{ButtonState, NoticeProps, notice};
use core::time::Duration;
use shared::i18n::Text;
use shared::passkeys::browser::AuthenticationResponse;
use shared::recovery::api::{
    AssertPasskey, Assertion, CaseView, CurrentCase, Empty, PasskeyChallenge, RenewChallenge,
};
use shared::step_up::Reason;
use shared::time::{Countdown, Deadline, Timestamp};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`StepUp`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StepUpProps {
    /// Why the link is not enough.
    pub reasons: Vec<Reason>,
    /// What a passkey is to sign, if one is accepted.
    pub passkey: Option<PasskeyChallenge>,
    /// How many more refusals the server bears.
    pub attempts_left: u8,
    /// When the case lapses.
    pub deadline: Deadline,
    /// The server's time in the view.
    pub server_now: Timestamp,
    /// What this device's clock showed when the view arrived.
    pub arrived: Timestamp,
    /// Takes the new view.
    pub show: Callback<Rc<CaseView>>,
}

/// Why, and the passkey; the other routes stand below it.
#[component]
pub fn StepUp(props: &StepUpProps) -> Html {
    let text = use_text();
    let reasons: Vec<&'static str> = props
        .reasons
        .iter()
        .map(|reason| reason_words(text, *reason))
        .collect();
    html! {
        <>
            { paragraph(text.step_up_what()) }
            { list(&reasons) }
            if let Some(challenge) = &props.passkey {
                { advice(text.step_up_passkey_do()) }
                <Asserting challenge={challenge.clone()} attempts_left={props.attempts_left} deadline={props.deadline}
                    server_now={props.server_now} arrived={props.arrived} show={props.show.clone()} />
                { paragraph(text.step_up_other_routes()) }
            } else {
                { notice(&props!(NoticeProps { children: advice(without(text, props.attempts_left)) })) }
            }
        </>
    }
}

/// Why there is no passkey to be shown.
fn without(text: Text, attempts_left: u8) -> &'static str {
    if attempts_left == 0 {
        text.step_up_exhausted()
    } else {
        text.step_up_without()
    }
}

fn reason_words(text: Text, reason: Reason) -> &'static str {
    match reason {
        Reason::ContactChanged => text.step_up_contact_changed(),
        Reason::RecoveryRepeated => text.step_up_recovery_repeated(),
        Reason::OftenSuspended => text.step_up_often_suspended(),
        Reason::ManyWorkers => text.step_up_many_workers(),
        Reason::SourceFailing => text.step_up_source_failing(),
    }
}

/// Properties of [`Asserting`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct AssertingProps {
    challenge: PasskeyChallenge,
    attempts_left: u8,
    deadline: Deadline,
    server_now: Timestamp,
    arrived: Timestamp,
    show: Callback<Rc<CaseView>>,
}

/// Shows the passkey for the case.
#[component]
fn Asserting(props: &AssertingProps) -> Html {
    let assert = use_call::<AssertPasskey>();
    let renew = use_call::<RenewChallenge>();
    let problem = assert.problem().or(renew.problem()).cloned();
    use_refresh::<CurrentCase>(problem.clone(), props.show.clone());
    let onproof = {
        let (assert, show) = (assert.clone(), props.show.clone());
        Callback::from(move |assertion: AuthenticationResponse| {
            let show = show.clone();
            assert.send_then(Assertion { assertion }, move |view| show.emit(view));
        })
    };
    let onrenew = {
        let (assert, renew, show) = (assert.clone(), renew.clone(), props.show.clone());
        Callback::from(move |()| {
            let show = show.clone();
            assert.forget();
            renew.send_then(Empty {}, move |view| show.emit(view));
        })
    };
    let state = if assert.is_loading() || renew.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    let PasskeyChallenge { options, expires } = &props.challenge;
    let total = Duration::from_millis(options.timeout.into());
    let challenge = Countdown::new(*expires, total, props.server_now, props.arrived);
    html! {
        <Prover options={options.clone()} {challenge} attempts_left={props.attempts_left} deadline={props.deadline}
            {state} {problem} {onrenew} {onproof} />
    }
}

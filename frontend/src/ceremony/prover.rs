//! The one button that proves a passkey.

use super::{Stand, cannot_notice, failure_notice, use_ceremony, use_verifier};
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::platform::credentials::Verifier;
use crate::ui::prose::{lead, paragraph, soft};
use crate::ui::{ButtonProps, ButtonState, NoticeProps, Tone, Urgency, button, notice};
use shared::api::Problem;
use shared::i18n::Text;
use shared::passkeys::browser::{AuthenticationResponse, RequestOptions};
use shared::time::{Countdown, Deadline};
use yew::prelude::*;
use yew::props;

/// Properties of [`Prover`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ProverProps {
    /// What the device is asked.
    pub options: RequestOptions,
    /// How long the challenge among them holds.
    pub challenge: Countdown,
    /// How many more refusals the server bears.
    pub attempts_left: u8,
    /// When the case lapses.
    pub deadline: Deadline,
    /// Whether the server judges the last answer, or draws another challenge.
    pub state: ButtonState,
    /// Why the server could not do so.
    pub problem: Option<Problem>,
    /// Asks for a fresh challenge, which comes with other `options`.
    pub onrenew: Callback<()>,
    /// Takes the device's answer.
    pub onproof: Callback<AuthenticationResponse>,
}

/// Whether the person pressed and a fresh challenge is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    None,
    Ask,
}

/// Says what will happen, and has the device ask.
#[component]
pub fn Prover(props: &ProverProps) -> Html {
    let text = use_text();
    let ceremony = use_ceremony();
    let verifier = use_verifier();
    let wish = use_state_eq(|| Wish::None);
    let attempts_at_first = *use_state(|| props.attempts_left);
    let ask = {
        let (ceremony, onproof) = (ceremony.clone(), props.onproof.clone());
        Callback::from(move |options: RequestOptions| {
            let onproof = onproof.clone();
            ceremony.get(&options, move |proof| onproof.emit(proof));
        })
    };
    {
        // The challenge that was waited for has come.
        let (wish, ask) = (wish.clone(), ask.clone());
        use_effect_with(props.options.clone(), move |options| {
            if *wish == Wish::Ask {
                wish.set(Wish::None);
                ask.emit(options.clone());
            }
        });
    }
    {
        // It will not come.
        let wish = wish.setter();
        use_effect_with(props.problem.is_some(), move |failed| {
            if *failed {
                wish.set(Wish::None);
            }
        });
    }
    if let Some(cannot) = cannot_notice(text) {
        return cannot;
    }
    let (state, label) = match (props.state, ceremony.stand) {
        (ButtonState::Busy, _) => (ButtonState::Busy, text.unlock_passkey_checking()),
        (ButtonState::Ready, Stand::Asking) => (ButtonState::Busy, text.unlock_passkey_waiting()),
        (ButtonState::Ready, Stand::Idle | Stand::Failed(_)) => {
            (ButtonState::Ready, text.unlock_passkey_act())
        }
    };
    let onclick = {
        let (options, challenge) = (props.options.clone(), props.challenge);
        let onrenew = props.onrenew.clone();
        Callback::from(move |_: MouseEvent| {
            if challenge.remaining(clock::now()).is_over() {
                wish.set(Wish::Ask);
                onrenew.emit(());
            } else {
                ask.emit(options.clone());
            }
        })
    };
    html! {
        <>
            if let Some(problem) = &props.problem {
                { problem_notice(text, problem, None) }
            } else if let Stand::Failed(failure) = ceremony.stand {
                { failure_notice(text, failure) }
            } else if props.attempts_left < attempts_at_first {
                <key={props.attempts_left}>{ refused_notice(text, props.attempts_left) }</>
            }
            { lead(text.unlock_passkey_lead()) }
            { paragraph(text.unlock_passkey_stays()) }
            if verifier == Some(Verifier::Elsewhere) {
                { notice(&props!(NoticeProps { children: paragraph(text.unlock_passkey_elsewhere()) })) }
            }
            { soft(text.unlock_passkey_until(clock::hour(props.deadline.instant()))) }
            <div class="actions">{ button(&props!(ButtonProps { state, onclick, children: html! { label } })) }</div>
        </>
    }
}

/// The server did not take the device's answer.
fn refused_notice(text: Text, attempts_left: u8) -> Html {
    notice(&props!(NoticeProps {
        tone: Tone::Danger,
        title: text.unlock_passkey_again(),
        urgency: Urgency::Assertive,
        children: paragraph(text.unlock_passkey_attempts(attempts_left.into()))
    }))
}

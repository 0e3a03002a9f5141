//! The button that proves an officer's passkey, as second factor or before a locked desk.

use super::session::{state_of, use_heed};
use crate::api::use_call;
use crate::ceremony::{Stand, cannot_notice, failure_notice, use_ceremony};
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::ui::{ButtonKind, ButtonProps, ButtonState, button};
use shared::api::Problem;
use shared::passkeys::browser::AuthenticationResponse;
use shared::recovery::api::Empty;
use shared::staff::api::BeginStaffPasskey;
use yew::prelude::*;
use yew::props;

/// Properties of [`StaffPasskey`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StaffPasskeyProps {
    /// The words of the button.
    pub label: &'static str,
    /// Whether the server judges the last answer.
    pub state: ButtonState,
    /// What the server said of it.
    pub problem: Option<Problem>,
    /// Takes the device's answer.
    pub onproof: Callback<AuthenticationResponse>,
}

/// Has the device ask. A fresh challenge is drawn for every press.
#[component]
pub fn StaffPasskey(props: &StaffPasskeyProps) -> Html {
    let text = use_text();
    let ceremony = use_ceremony();
    let begin = use_call::<BeginStaffPasskey>();
    use_heed(begin.problem().cloned());
    if let Some(cannot) = cannot_notice(text) {
        return cannot;
    }
    let onclick = {
        let (ceremony, begin, onproof) = (ceremony.clone(), begin.clone(), props.onproof.clone());
        Callback::from(move |_: MouseEvent| {
            let (ceremony, onproof) = (ceremony.clone(), onproof.clone());
            begin.send_then(Empty {}, move |begun| {
                ceremony.get(&begun.options, move |credential| onproof.emit(credential));
            });
        })
    };
    let (state, label) = match (ceremony.stand, props.state, state_of(&begin)) {
        (Stand::Asking, _, _) => (ButtonState::Busy, text.staff_passkey_waiting()),
        (Stand::Idle | Stand::Failed(_), ButtonState::Ready, ButtonState::Ready) => {
            (ButtonState::Ready, props.label)
        }
        (Stand::Idle | Stand::Failed(_), ButtonState::Busy, _)
        | (Stand::Idle | Stand::Failed(_), _, ButtonState::Busy) => {
            (ButtonState::Busy, text.staff_passkey_checking())
        }
    };
    html! {
        <>
            if let Some(problem) = props.problem.as_ref().or(begin.problem()) {
                { problem_notice(text, problem, None) }
            } else if let Stand::Failed(failure) = ceremony.stand {
                { failure_notice(text, failure) }
            }
            <div class="actions">{ button(&props!(ButtonProps { kind: ButtonKind::Secondary, state, onclick, children: html! { label } })) }</div>
        </>
    }
}

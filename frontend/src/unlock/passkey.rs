//! The passkey is to be shown.

use crate::api::use_call;
use crate::ceremony::Prover;
use crate::i18n::use_text;
use crate::procedure::use_refresh;
use crate::ui::ButtonState;
use crate::ui::prose::paragraph;
use core::time::Duration;
use shared::passkeys::browser::{AuthenticationResponse, RequestOptions};
use shared::time::{Countdown, Deadline, Timestamp};
use shared::unlock::api::{
    AssertUnlock, CurrentUnlock, Empty, RenewUnlockChallenge, UnlockAssertion, UnlockView,
};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Passkey`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PasskeyProps {
    /// What the device is asked.
    pub options: RequestOptions,
    /// When the challenge ends.
    pub expires: Deadline,
    /// How many more refusals the case bears.
    pub attempts_left: u8,
    /// When the case lapses.
    pub deadline: Deadline,
    /// The server's time in the view.
    pub server_now: Timestamp,
    /// What this device's clock showed when the view arrived.
    pub arrived: Timestamp,
    /// Takes the new view.
    pub show: Callback<Rc<UnlockView>>,
}

/// Says what will happen, and shows the passkey for the case.
#[component]
pub fn Passkey(props: &PasskeyProps) -> Html {
    let text = use_text();
    let assert = use_call::<AssertUnlock>();
    let renew = use_call::<RenewUnlockChallenge>();
    let problem = assert.problem().or(renew.problem()).cloned();
    use_refresh::<CurrentUnlock>(problem.clone(), props.show.clone());
    let onproof = {
        let (assert, show) = (assert.clone(), props.show.clone());
        Callback::from(move |assertion: AuthenticationResponse| {
            let show = show.clone();
            assert.send_then(UnlockAssertion { assertion }, move |view| show.emit(view));
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
    let total = Duration::from_millis(props.options.timeout.into());
    let challenge = Countdown::new(props.expires, total, props.server_now, props.arrived);
    html! {
        <>
            <Prover options={props.options.clone()} {challenge} attempts_left={props.attempts_left} deadline={props.deadline}
                {state} {problem} {onrenew} {onproof} />
            { paragraph(text.unlock_passkey_without()) }
        </>
    }
}

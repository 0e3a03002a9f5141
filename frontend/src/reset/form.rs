//! The form of the new password, with the link's time above it.

use crate::api::use_call;
use crate::countdown::{LinkCountdown, Task};
use crate::forms::new_password::{Judged, NewPasswordForm};
use crate::i18n::use_text;
use crate::ui::prose::lead;
use crate::ui::{ButtonState, stage_heading};
use shared::api::{ErrorCode, Problem};
use shared::recovery::api::{LinkToken, LinkView, Reset, ResetDone, ResetPassword};
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ResetForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ResetFormProps {
    /// What the link is good for.
    pub view: Rc<LinkView>,
    /// What this device's clock showed when that was known.
    pub arrived: Timestamp,
    /// The link's token.
    pub token: LinkToken,
    /// Takes the result.
    pub ondone: Callback<Rc<ResetDone>>,
    /// Takes a problem that ends the form: the link is good for nothing any more.
    pub onbad: Callback<Problem>,
}

/// Types and sends the new password.
#[component]
pub fn ResetForm(props: &ResetFormProps) -> Html {
    let text = use_text();
    let view = &props.view;
    let reset = use_call::<ResetPassword>();
    use_ending(reset.problem().cloned(), props.onbad.clone());

    let onover = props.onbad.reform(|()| Problem::new(ErrorCode::LinkExpired));
    let onsubmit = {
        let (reset, token, ondone) = (reset.clone(), props.token.token.clone(), props.ondone.clone());
        Callback::from(move |judged| match judged {
            Judged::Good(password) => {
                let (ondone, token) = (ondone.clone(), token.clone());
                reset.send_then(Reset { token, password }, move |done| ondone.emit(done));
            }
            Judged::Wrong => {}
        })
    };
    let (state, label) = if reset.is_loading() {
        (ButtonState::Busy, text.reset_sending())
    } else {
        (ButtonState::Ready, text.reset_send())
    };
    html! {
        <>
            { stage_heading("form", text.reset_title().into(), None) }
            { lead(text.reset_lead(&view.employer, view.reference.to_string())) }
            <LinkCountdown countdown={super::of(view, props.arrived)} task={Task::Password} {onover} />
            <NewPasswordForm rules={view.rules.clone()} personal={view.personal.clone()} {state} {label}
                problem={reset.problem().cloned()} {onsubmit} />
        </>
    }
}

/// Hands on what ends the form.
#[hook]
fn use_ending(problem: Option<Problem>, onbad: Callback<Problem>) {
    use_effect_with(problem, move |problem| {
        let Some(problem) = problem else { return };
        if matches!(
            problem.code,
            ErrorCode::LinkInvalid | ErrorCode::LinkExpired | ErrorCode::LinkUsed | ErrorCode::LinkReplaced
        ) {
            onbad.emit(problem.clone());
        }
    });
}

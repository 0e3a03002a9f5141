//! A place that is held: where to write, before its time is over.

use super::sections::{described, procedure_entry, use_verdict, when_entry, where_entry};
use crate::api::use_call;
use crate::countdown::{LinkCountdown, Task};
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::procedure::{Leaving, LeavingWords};
use crate::ui::prose::lead;
use crate::ui::{ButtonState, InputKind, TextInputProps, submit, text_input};
use shared::api::FieldCode;
use shared::appointments::api::{
    AppointmentView, CancelAppointment, ConfirmPlace, Confirmation, Empty, PlaceView,
};
use shared::i18n::Text;
use shared::identifiers::Email;
use shared::time::Countdown;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`Held`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct HeldProps {
    /// The appointment.
    pub view: Rc<AppointmentView>,
    /// Its place.
    pub place: PlaceView,
    /// Its time.
    pub countdown: Countdown,
    /// Takes a newer view.
    pub show: Callback<Rc<AppointmentView>>,
    /// Asks the server, which decides whether the time is over.
    pub onask: Callback<()>,
}

/// The countdown, the address, and one press.
#[component]
pub(super) fn Held(props: &HeldProps) -> Html {
    let text = use_text();
    let onover = use_verdict(props.onask.clone());
    let confirm = use_call::<ConfirmPlace>();
    let cancel = use_call::<CancelAppointment>();
    let email = use_field::<Email>(String::new);
    let submission = use_state(|| 0_u32);
    use_refusal(
        &email,
        confirm
            .problem()
            .is_some_and(|problem| problem.fields.iter().any(|wrong| wrong.field == "email")),
    );
    let onsubmit = {
        let (confirm, email, submission) = (confirm.clone(), email.clone(), submission.clone());
        let show = props.show.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if confirm.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let Ok(email) = email.send() {
                let show = show.clone();
                confirm.send_then(Confirmation { email }, move |view| show.emit(view));
            }
        })
    };
    let onleave = {
        let (cancel, show) = (cancel.clone(), props.show.clone());
        Callback::from(move |()| {
            let show = show.clone();
            cancel.send_then(Empty {}, move |view| show.emit(view));
        })
    };
    let words = LeavingWords {
        act: text.appointments_release(),
        title: text.appointments_release_title(),
        body: text.appointments_release_body(),
        confirm: text.appointments_release_confirm(),
        keep: text.appointments_release_keep(),
    };
    let (state, label) = if confirm.is_loading() {
        (ButtonState::Busy, text.appointments_confirming())
    } else {
        (ButtonState::Ready, text.appointments_confirm())
    };
    let error = email.error().map(|code| email_error(text, code));
    let view = &props.view;
    html! {
        <>
            { lead(text.appointments_held_lead()) }
            <LinkCountdown countdown={props.countdown} task={Task::Hold} {onover} />
            { described(vec![
                when_entry(text, view, props.place),
                where_entry(text, view),
                procedure_entry(text, view),
            ]) }
            <form class="flow" {onsubmit} novalidate=true>
                { summary(text, *submission, || error.map(|words| wrong("email", words)).into_iter().collect()) }
                if let Some(problem) = confirm.problem() { { problem_notice(text, problem, None) } }
                { email_field(text, &email, text.appointments_email_hint()) }
                <div class="actions">{ submit(state, label) }</div>
            </form>
            <div class="actions no-print">
                <Leaving {words} problem={cancel.problem().cloned()} {onleave} />
            </div>
        </>
    }
}

/// An address that the server does not take is marked.
#[hook]
fn use_refusal(email: &FieldHandle<Email>, refused: bool) {
    let email = email.clone();
    use_effect_with(refused, move |refused| {
        if *refused {
            email.refuse(FieldCode::Malformed);
        }
    });
}

/// Where to write.
pub(super) fn email_field(text: Text, email: &FieldHandle<Email>, hint: &'static str) -> Html {
    text_input(&props!(TextInputProps {
        id: "email",
        label: text.appointments_email_label(),
        hint,
        error: email.error().map(|code| AttrValue::from(email_error(text, code))),
        value: email.text().to_owned(),
        oninput: email.oninput(),
        onblur: email.onblur(),
        kind: InputKind::Email,
        autocomplete: "email",
        name: "email"
    }))
}

/// What is wrong with an address.
pub(super) fn email_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.appointments_email_missing()
    } else {
        text.appointments_email_malformed()
    }
}

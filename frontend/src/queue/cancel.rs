//! Cancelling what a search found: somebody else took it in the person's name, or its code is lost.

use crate::errors::{problem_notice, summary, words as error_words, wrong};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::platform::focus;
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, ButtonProps, ButtonRole, TextInputProps, button, press, text_input};
use shared::api::FieldCode;
use shared::appointments::api::{AppointmentToCancel, CancelByOfficer};
use shared::i18n::Text;
use shared::identifiers::AppointmentId;
use shared::staff::ActReason;
use yew::prelude::*;
use yew::props;

/// Properties of [`CancelFound`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct CancelFoundProps {
    /// Which one.
    pub appointment: AppointmentId,
    /// What its owner quotes.
    pub code: AttrValue,
    /// Called with the code, once it is done.
    pub oncancelled: Callback<AttrValue>,
}

/// Whether it is asked why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fold {
    Open,
    Closed,
}

/// A button, and behind it the question why.
#[component]
pub(super) fn CancelFound(props: &CancelFoundProps) -> Html {
    let text = use_text();
    let fold = use_state_eq(|| Fold::Closed);
    let open_id = format!("cancel-{}", props.code);
    let onopen = {
        let fold = fold.setter();
        Callback::from(move |_: MouseEvent| fold.set(Fold::Open))
    };
    let onleave = {
        let (fold, open_id) = (fold.setter(), open_id.clone());
        Callback::from(move |()| {
            fold.set(Fold::Closed);
            focus::element(&open_id);
        })
    };
    match *fold {
        Fold::Closed => button(&props!(ButtonProps {
            id: open_id,
            kind: ButtonKind::Quiet,
            onclick: onopen,
            children: named(text, &props.code)
        })),
        Fold::Open => html! {
            <CancelForm appointment={props.appointment} code={props.code.clone()} oncancelled={props.oncancelled.clone()} {onleave} />
        },
    }
}

/// What the buttons say: the code is there for those who hear them one by one.
fn named(text: Text, code: &AttrValue) -> Html {
    html! { <>{ text.queue_cancel() }<span class="visually-hidden">{ " " }{ code }</span></> }
}

/// Properties of [`CancelForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct CancelFormProps {
    appointment: AppointmentId,
    code: AttrValue,
    oncancelled: Callback<AttrValue>,
    onleave: Callback<()>,
}

/// What follows from it, and why it is done.
#[component]
fn CancelForm(props: &CancelFormProps) -> Html {
    let text = use_text();
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state_eq(|| 0_u32);
    let call = use_staff_call::<CancelByOfficer>();
    let id = format!("cancel-reason-{}", props.code);
    use_effect_with(id.clone(), |id| focus::element(id));
    let onsubmit = {
        let (reason, submission, call) = (reason.clone(), submission.clone(), call.clone());
        let (appointment, code) = (props.appointment, props.code.clone());
        let oncancelled = props.oncancelled.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if call.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let Ok(reason) = reason.send() {
                let (oncancelled, code) = (oncancelled.clone(), code.clone());
                let asked = AppointmentToCancel { appointment, reason };
                call.send_then(asked, move |_| oncancelled.emit(code.clone()));
            }
        })
    };
    let wrong_words = reason.error().map(|code| words(text, code));
    let entries = || {
        wrong_words
            .map(|words| wrong(id.clone(), words))
            .into_iter()
            .collect()
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            { paragraph(text.queue_cancel_what()) }
            { field(text, &id, &reason) }
            if let Some(problem) = call.problem() { { problem_notice(text, problem, None) } }
            <div class="actions">
                { button(&props!(ButtonProps { kind: ButtonKind::Danger, role: ButtonRole::Submit, state: state_of(&call), children: named(text, &props.code) })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_: MouseEvent| ()), text.queue_cancel_keep()) }
            </div>
        </form>
    }
}

fn field(text: Text, id: &str, reason: &FieldHandle<ActReason>) -> Html {
    text_input(&props!(TextInputProps {
        id: id.to_owned(),
        label: text.staff_reason(),
        hint: text.staff_reason_hint(),
        error: reason.error().map(|code| words(text, code)).map(AttrValue::from),
        value: reason.text().to_owned(),
        oninput: reason.oninput(),
        onblur: reason.onblur()
    }))
}

fn words(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.staff_reason_missing()
    } else {
        error_words::field(text, code)
    }
}

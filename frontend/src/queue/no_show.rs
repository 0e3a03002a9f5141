//! Why nobody came: asked before it is written down, because it ends the person's appointment.

use super::acts::Acts;
use crate::errors::summary;
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::staff::reason::{reason_entry, reason_field};
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, ButtonState, press, submit};
use shared::identifiers::VisitId;
use shared::staff::ActReason;
use yew::prelude::*;

/// The id of the field.
const FIELD: &str = "no-show-reason";

/// Properties of [`NoShowForm`].
#[derive(Clone, Debug, Properties)]
pub(super) struct NoShowFormProps {
    /// Who did not come.
    pub visit: VisitId,
    /// What writes it down.
    pub acts: Acts,
    /// Whether an act is awaited.
    pub state: ButtonState,
    /// Closes the form.
    pub onleave: Callback<()>,
}

/// The acts differ by their state only.
impl PartialEq for NoShowFormProps {
    fn eq(&self, other: &Self) -> bool {
        self.visit == other.visit && self.state == other.state && self.onleave == other.onleave
    }
}

/// What follows from it, and why it is so.
#[component]
pub(super) fn NoShowForm(props: &NoShowFormProps) -> Html {
    let text = use_text();
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state(|| 0_u32);
    use_effect_with((), |()| focus::element(FIELD));
    let onsubmit = {
        let (reason, submission) = (reason.clone(), submission.clone());
        let (acts, visit) = (props.acts.clone(), props.visit);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            if let Ok(reason) = reason.send() {
                acts.no_show(visit, reason);
            }
        })
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || reason_entry(text, FIELD, &reason).into_iter().collect()) }
            { paragraph(text.queue_no_show_what()) }
            { reason_field(text, FIELD, text.queue_no_show_hint(), &reason) }
            <div class="actions">
                { submit(props.state, text.queue_no_show_do()) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_: MouseEvent| ()), text.staff_leave_it()) }
            </div>
        </form>
    }
}

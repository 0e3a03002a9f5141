//! What is due next, once the identity is proved: why it may be urgent, in one calm sentence.

use crate::api::use_load;
use crate::i18n::use_text;
use crate::routes::{Route, link};
use crate::ui::prose::paragraph;
use crate::ui::{NoticeProps, notice};
use shared::obligations::api::ShowDue;
use shared::recovery::api::StageView;
use yew::prelude::*;
use yew::props;

/// Whether there is something to be said of it at a stage.
pub(super) const fn tells(stage: &StageView) -> bool {
    match stage {
        StageView::Refused { .. }
        | StageView::Sending { .. }
        | StageView::LinkSent { .. }
        | StageView::Completed { .. } => true,
        // Before the proof nothing is told; at the others the next step has the person's whole attention.
        StageView::Questions { .. }
        | StageView::RegistryUnavailable { .. }
        | StageView::Suspended { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. }
        | StageView::StepUp { .. }
        | StageView::Ended { .. } => false,
    }
}

/// The next due date. Without an answer nothing is missed: it is beside the way.
#[component]
pub fn Due() -> Html {
    let text = use_text();
    let call = use_load::<ShowDue>();
    let state = call.state();
    let Some(view) = state.ready() else {
        return Html::default();
    };
    let due = view.due;
    let month = text.challenges_month_name(due.on.month().into());
    let words = text.recovery_due(due.on.day(), i64::from(due.days_left), month);
    notice(&props!(NoticeProps {
        children: html! { <>
            { paragraph(words) }
            <p class="no-print">{ link(Route::HelpTopic("mora-patronal".into()), text.recovery_due_more()) }</p>
        </> }
    }))
}

//! The day and the time.

use super::centre::said;
use super::path::use_visit;
use super::times::{Picked, Times};
use crate::api::use_load;
use crate::forms::choice::Choice;
use crate::i18n::{use_text, use_title};
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::steps::{AppointmentStep, appointment_steps};
use crate::ui::prose::{lead, paragraph, soft};
use crate::ui::{ButtonKind, NoticeProps, Tone, button_link, loading, notice, stage_heading};
use shared::centres::api::ListCentres;
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// The page at `/turno/hora`.
#[component]
pub fn TimePage() -> Html {
    let text = use_text();
    use_title(text.appointments_time_title());
    let navigator = use_navigator();
    let centres = use_load::<ListCentres>();
    let picked = use_memo((), |()| Choice::recall().starts_at);
    let Some(visit) = use_visit() else {
        return loading(text.appointments_loading());
    };
    let onpick = Callback::from(move |picked: Picked| {
        Choice {
            starts_at: Some(picked.starts_at),
            ..Choice::recall()
        }
        .keep();
        navigator.go(Route::Appointment(AppointmentPage::Book));
    });
    let name = centres.state().ready().and_then(|list| {
        let centre = list.centres.iter().find(|centre| centre.id == visit.centre)?;
        Some(text.appointments_time_where(centre.canton.as_str(), centre.name.as_str()))
    });
    html! {
        <div class="appointments column flow">
            { appointment_steps(text, AppointmentStep::Time) }
            { stage_heading("time", text.appointments_time_title().into(), None) }
            { for name.map(lead) }
            { soft(said(text, visit.errand)) }
            <Times centre={visit.centre} procedure={visit.errand.procedure} mode={visit.errand.mode} picked={*picked}
                act={text.appointments_continue()} full={full(text)} {onpick} />
            <p>{ link(Route::Appointment(AppointmentPage::Centre), text.appointments_change_centre()) }</p>
        </div>
    }
}

/// Nothing is free: the waiting list.
fn full(text: Text) -> Html {
    html! {
        <>
            { notice(&props!(NoticeProps {
                tone: Tone::Warning,
                title: text.appointments_time_full_title(),
                children: paragraph(text.appointments_time_full_what())
            })) }
            <div class="actions">{ button_link(ButtonKind::Primary, Route::Appointment(AppointmentPage::Waiting).path(), text.appointments_centre_wait()) }</div>
        </>
    }
}

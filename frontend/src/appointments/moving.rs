//! Another time for an appointment. The present one stays until the new one is taken.

use super::current::{Current, use_current};
use super::elsewhere::{Chosen, Elsewhere};
use super::sections::warning;
use super::times::{Picked, Times};
use super::words;
use crate::api::use_call;
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::platform::focus;
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::ui::prose::lead;
use crate::ui::{ButtonState, loading, stage_heading};
use shared::api::ErrorCode;
use shared::appointments::api::{AppointmentStageView, AppointmentView, MoveAppointment, NewTime, PlaceView};
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;

/// The page at `/turno/cambiar`.
#[component]
pub fn MovePage() -> Html {
    let text = use_text();
    use_title(text.appointments_move_title());
    let navigator = use_navigator();
    let current = use_current();
    let missing = matches!(current, Current::Missing);
    use_effect_with(missing, move |missing| {
        if *missing {
            navigator.replace(Route::Appointment(AppointmentPage::Mine));
        }
    });
    let body = match current {
        Current::Asked | Current::Missing => loading(text.appointments_loading()),
        Current::Failed(problem, onretry) => problem_notice(text, &problem, Some(&onretry)),
        Current::Here { seen, doubt, .. } => {
            let times = match movable(&seen.view.stage) {
                Some(place) => html! { <NewTimes view={seen.view.clone()} {place} /> },
                None => warning(text.appointments_move_none()),
            };
            html! { <>{ for doubt }{ times }</> }
        }
    };
    html! {
        <div class="appointments column flow">
            { stage_heading("move", text.appointments_move_title().into(), None) }
            { body }
            <p>{ link(Route::Appointment(AppointmentPage::Mine), text.appointments_move_back()) }</p>
        </div>
    }
}

/// The place of an appointment that can still be moved.
const fn movable(stage: &AppointmentStageView) -> Option<PlaceView> {
    match stage {
        AppointmentStageView::Booked {
            place,
            moves_left: 1..,
            ..
        } => Some(*place),
        AppointmentStageView::Booked { moves_left: 0, .. }
        | AppointmentStageView::Held { .. }
        | AppointmentStageView::CheckedIn { .. }
        | AppointmentStageView::Attended { .. }
        | AppointmentStageView::NoShow { .. }
        | AppointmentStageView::Cancelled { .. }
        | AppointmentStageView::Lapsed { .. }
        | AppointmentStageView::Waiting { .. }
        | AppointmentStageView::Offered { .. } => None,
    }
}

/// Properties of [`NewTimes`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct NewTimesProps {
    view: Rc<AppointmentView>,
    place: PlaceView,
}

/// The free times of the same centre, or of another one that has some.
#[component]
fn NewTimes(props: &NewTimesProps) -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let call = use_call::<MoveAppointment>();
    let view = &props.view;
    let chosen = use_state_eq(|| Chosen {
        id: view.centre.id,
        place: (
            AttrValue::from(view.centre.canton.to_string()),
            AttrValue::from(view.centre.name.to_string()),
        ),
    });
    let centre = chosen.id;
    let onchoose = {
        let (chosen, call) = (chosen.setter(), call.clone());
        Callback::from(move |centre: Chosen| {
            // What was refused was of the other centre.
            call.forget();
            chosen.set(centre);
            focus::element("move-where");
        })
    };
    let onpick = {
        let call = call.clone();
        Callback::from(move |picked: Picked| {
            let navigator = navigator.clone();
            let wanted = NewTime {
                centre,
                starts_at: picked.starts_at,
            };
            call.send_then(wanted, move |_| {
                navigator.replace(Route::Appointment(AppointmentPage::Mine));
            });
        })
    };
    let (state, act) = if call.is_loading() {
        (ButtonState::Busy, text.appointments_moving())
    } else {
        (ButtonState::Ready, text.appointments_move_act())
    };
    let taken = call
        .problem()
        .filter(|problem| problem.code == ErrorCode::PlaceTaken);
    html! {
        <>
            { lead(now(text, view, props.place)) }
            <p id="move-where" tabindex="-1" aria-live="polite">{ text.appointments_time_where(&chosen.place.0, &chosen.place.1) }</p>
            if let Some(problem) = call.problem() { { problem_notice(text, problem, None) } }
            <Times key={centre.to_string()} {centre} procedure={view.procedure} mode={view.mode} {act} {state} problem={taken.cloned()}
                full={warning(text.appointments_time_full_title())} {onpick} />
            <Elsewhere view={view.clone()} chosen={centre} {onchoose} />
        </>
    }
}

fn now(text: Text, view: &AppointmentView, place: PlaceView) -> String {
    text.appointments_move_now(words::moment(text, view.centre.zone, place.starts_at))
}

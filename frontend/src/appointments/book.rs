//! Who comes; then the place is held.

use super::centre::said;
use super::path::{Wanted, use_wanted};
use super::sections::described;
use super::words;
use crate::api::{use_call, use_load};
use crate::forms::{choice::Choice, draft};
use crate::i18n::{use_text, use_title};
use crate::procedure::{Identified, IdentifyForm, Procedure};
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::steps::{AppointmentStep, appointment_steps};
use crate::ui::prose::lead;
use crate::ui::{ButtonKind, ButtonState, Description, button_link, loading, stage_heading};
use shared::api::{ErrorCode, Problem};
use shared::appointments::api::{HoldPlace, PlaceWanted};
use shared::centres::api::{CentreList, ListCentres};
use shared::i18n::Text;
use yew::prelude::*;

/// The page at `/turno/reservar`.
#[component]
pub fn BookPage() -> Html {
    let text = use_text();
    use_title(text.appointments_book_title());
    let wanted = use_wanted();
    let centres = use_load::<ListCentres>();
    let hold = use_call::<HoldPlace>();
    let navigator = use_navigator();
    let Some(wanted) = wanted else {
        return loading(text.appointments_loading());
    };
    let onsend = {
        let hold = hold.clone();
        Callback::from(move |typed: Identified| {
            let navigator = navigator.clone();
            hold.send_then(request(wanted, typed), move |_| {
                draft::forget();
                Choice::forget();
                navigator.replace(Route::Appointment(AppointmentPage::Mine));
            });
        })
    };
    let state = if hold.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    html! {
        <div class="appointments column flow">
            { appointment_steps(text, AppointmentStep::Identify) }
            { stage_heading("book", text.appointments_book_title().into(), None) }
            { lead(text.appointments_book_lead()) }
            { described(vec![place(text, wanted, centres.state().ready().map(|list| &**list))]) }
            <IdentifyForm procedure={Procedure::Appointment} {state} problem={hold.problem().cloned()} {onsend} />
            { way_out(text, hold.problem()) }
            <p>{ link(Route::Appointment(AppointmentPage::Time), text.appointments_change_time()) }</p>
        </div>
    }
}

fn request(wanted: Wanted, typed: Identified) -> PlaceWanted {
    let visit = wanted.visit;
    PlaceWanted {
        centre: visit.centre,
        starts_at: wanted.starts_at,
        procedure: visit.errand.procedure,
        mode: visit.errand.mode,
        employer: typed.employer,
        branch: typed.branch,
        representative: typed.representative,
        language: typed.language,
        captcha: typed.captcha,
    }
}

/// Which place it is, as far as it is known here.
fn place(text: Text, wanted: Wanted, list: Option<&CentreList>) -> Description {
    let centre = list.and_then(|list| {
        list.centres
            .iter()
            .find(|centre| centre.id == wanted.visit.centre)
    });
    Description {
        term: text.appointments_place_label().into(),
        detail: html! {
            <>
                if let Some(centre) = centre {
                    <strong>{ words::moment(text, centre.zone, wanted.starts_at) }</strong><br />
                    { text.appointments_time_where(centre.canton.as_str(), centre.name.as_str()) }<br />
                }
                { said(text, wanted.visit.errand) }
            </>
        },
    }
}

/// Where a refusal can be solved.
pub(super) fn way_out(text: Text, problem: Option<&Problem>) -> Html {
    let Some(problem) = problem else {
        return Html::default();
    };
    let (page, words) = if problem.code == ErrorCode::PlaceTaken {
        (AppointmentPage::Time, text.appointments_change_time())
    } else if problem.code == ErrorCode::AppointmentOpen {
        (AppointmentPage::Mine, text.appointments_find_title())
    } else if problem.code == ErrorCode::PlacesFree {
        (AppointmentPage::Time, text.appointments_time_title())
    } else {
        return Html::default();
    };
    html! { <div class="actions">{ button_link(ButtonKind::Secondary, Route::Appointment(page).path(), words) }</div> }
}

//! Joining a centre's waiting list.

use super::book::way_out;
use super::centre::said;
use super::held::{email_error, email_field};
use super::path::{Visit, use_visit};
use crate::api::{use_call, use_load};
use crate::errors::wrong;
use crate::forms::{choice::Choice, draft, use_field};
use crate::i18n::{use_text, use_title};
use crate::procedure::{Before, Identified, IdentifyForm, Procedure};
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::ui::prose::{lead, soft};
use crate::ui::{ButtonState, loading, stage_heading};
use shared::appointments::api::{JoinWaitingList, WaitingAsked};
use shared::centres::api::ListCentres;
use shared::identifiers::Email;
use yew::prelude::*;

/// The page at `/turno/espera`.
#[component]
pub fn WaitingPage() -> Html {
    let text = use_text();
    use_title(text.appointments_waiting_title());
    let visit = use_visit();
    let centres = use_load::<ListCentres>();
    let join = use_call::<JoinWaitingList>();
    let navigator = use_navigator();
    let email = use_field::<Email>(String::new);
    let Some(visit) = visit else {
        return loading(text.appointments_loading());
    };
    let onsend = {
        let (join, email) = (join.clone(), email.clone());
        Callback::from(move |typed: Identified| {
            let navigator = navigator.clone();
            if let Ok(email) = email.parsed() {
                join.send_then(request(visit, typed, email), move |_| {
                    draft::forget();
                    Choice::forget();
                    navigator.replace(Route::Appointment(AppointmentPage::Mine));
                });
            }
        })
    };
    let before = Before {
        field: email_field(text, &email, text.appointments_waiting_email_hint()),
        wrong: email.error().map(|code| wrong("email", email_error(text, code))),
        onsend: {
            let email = email.clone();
            Callback::from(move |()| email.send().map(drop))
        },
    };
    let state = if join.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    let name = centres.state().ready().and_then(|list| {
        let centre = list.centres.iter().find(|centre| centre.id == visit.centre)?;
        Some(text.appointments_waiting_lead(centre.name.as_str()))
    });
    html! {
        <div class="appointments column flow">
            { stage_heading("waiting", text.appointments_waiting_title().into(), None) }
            { for name.map(lead) }
            { soft(said(text, visit.errand)) }
            <IdentifyForm procedure={Procedure::Appointment} {state} problem={join.problem().cloned()} {before} {onsend} />
            { way_out(text, join.problem()) }
            <p>{ link(Route::Appointment(AppointmentPage::Centre), text.appointments_change_centre()) }</p>
        </div>
    }
}

fn request(visit: Visit, typed: Identified, email: Email) -> WaitingAsked {
    WaitingAsked {
        centre: visit.centre,
        procedure: visit.errand.procedure,
        mode: visit.errand.mode,
        employer: typed.employer,
        branch: typed.branch,
        representative: typed.representative,
        email,
        language: typed.language,
        captcha: typed.captcha,
    }
}

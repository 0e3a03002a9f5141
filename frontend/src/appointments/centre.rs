//! The centres around a province, each with its next free time.

use super::path::{Errand, use_errand};
use super::sections::{map_link, serving, warning};
use super::words;
use crate::api::{Remote, use_call, use_load};
use crate::errors::problem_notice;
use crate::forms::choice::Choice;
use crate::i18n::{use_text, use_title};
use crate::routes::{AppointmentPage, Route, link};
use crate::steps::{AppointmentStep, appointment_steps};
use crate::ui::prose::{lead, soft};
use crate::ui::{loading, stage_heading};
use shared::appointments::api::{CentreNext, NextAsked, NextFree, NextPlaces};
use shared::centres::api::{CentreList, CentreView, ListCentres};
use shared::centres::{CentreId, Mode};
use shared::i18n::Text;
use yew::prelude::*;

/// The page at `/turno/centro`.
#[component]
pub fn CentrePage() -> Html {
    let text = use_text();
    use_title(text.appointments_centre_title());
    let Some(errand) = use_errand() else {
        return loading(text.appointments_loading());
    };
    html! {
        <div class="appointments column flow">
            { appointment_steps(text, AppointmentStep::Place) }
            { stage_heading("centre", text.appointments_centre_title().into(), None) }
            { lead(said(text, errand)) }
            <Centres {errand} />
            <ul class="other-ways">
                <li>{ link(Route::Appointment(AppointmentPage::Errand), text.appointments_change_errand()) }</li>
                <li>{ link(Route::Appointment(AppointmentPage::Begin), text.appointments_change_province()) }</li>
            </ul>
        </div>
    }
}

/// What for and how, in one line.
pub(super) fn said(text: Text, errand: Errand) -> String {
    format!(
        "{} · {}",
        words::procedure(text, errand.procedure).0,
        words::mode(text, errand.mode).0
    )
}

/// Properties of [`Centres`].
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
struct CentresProps {
    errand: Errand,
}

/// The centres with what the server says of them.
#[component]
fn Centres(props: &CentresProps) -> Html {
    let text = use_text();
    let errand = props.errand;
    let centres = use_load::<ListCentres>();
    let next = use_call::<NextPlaces>();
    let ask = {
        let next = next.clone();
        Callback::from(move |()| {
            next.send(NextAsked {
                province: errand.province,
                procedure: errand.procedure,
                mode: errand.mode,
            });
        })
    };
    use_effect_with((), {
        let ask = ask.clone();
        move |()| ask.emit(())
    });
    match (centres.state(), next.state()) {
        (Remote::Ready(list), Remote::Ready(free)) => found(text, errand, &list, &free),
        (Remote::Failed(problem), _) | (_, Remote::Failed(problem)) => {
            let onretry = Callback::from(move |()| {
                centres.send(());
                ask.emit(());
            });
            problem_notice(text, &problem, Some(&onretry))
        }
        (
            Remote::Idle | Remote::Loading | Remote::Ready(_),
            Remote::Idle | Remote::Loading | Remote::Ready(_),
        ) => loading(text.appointments_loading()),
    }
}

/// Those of the province, and those that are not far.
fn found(text: Text, errand: Errand, list: &CentreList, free: &NextFree) -> Html {
    if free.here.is_empty() && free.nearby.is_empty() {
        return warning(text.appointments_centre_none());
    }
    let others = match errand.mode {
        Mode::InPerson => text.appointments_centre_nearby(),
        Mode::Video => text.appointments_centre_elsewhere(),
    };
    html! {
        <>
            { group(text, text.appointments_centre_here(errand.province.name()), list, &free.here) }
            { group(text, others.to_owned(), list, &free.nearby) }
        </>
    }
}

fn group(text: Text, title: String, list: &CentreList, nexts: &[CentreNext]) -> Html {
    if nexts.is_empty() {
        return Html::default();
    }
    let cards = nexts.iter().filter_map(|next| {
        let centre = list.centres.iter().find(|centre| centre.id == next.centre)?;
        Some(card(text, centre, *next))
    });
    html! {
        <section>
            <h2>{ title }</h2>
            <ul class="centres">{ for cards }</ul>
        </section>
    }
}

/// One centre: its name leads on, to its times or to its waiting list.
fn card(text: Text, centre: &CentreView, next: CentreNext) -> Html {
    let (page, free, act) = if let Some(at) = next.next {
        let (day, hour) = (
            words::date(text, centre.zone.day_of(at)),
            words::hour(centre.zone, at),
        );
        let free = html! { <p class="centre-next">{ text.appointments_centre_next(day, hour) }</p> };
        (AppointmentPage::Time, free, None)
    } else {
        let full = html! { <p class="centre-next centre-full">{ text.appointments_centre_full() }</p> };
        (
            AppointmentPage::Waiting,
            full,
            Some(text.appointments_centre_wait()),
        )
    };
    let onclick = choosing(centre.id);
    html! {
        <li class="centre" key={centre.id.to_string()}>
            <h3><a href={Route::Appointment(page).path()} {onclick}>{ centre.name.as_str() }</a></h3>
            { free }
            if let Some(act) = act { <p>{ act }</p> }
            <p>{ centre.address.as_str() }{ ", " }{ centre.canton.as_str() }</p>
            <p class="centre-hours">{ serving(text, &centre.hours, &centre.exceptions, centre.zone) }</p>
            if let Some(kilometres) = next.kilometres { { soft(text.appointments_centre_kilometres(kilometres.into())) } }
            if let Some(map) = &centre.map_link { <p class="centre-map">{ map_link(text, map.as_str()) }</p> }
        </li>
    }
}

/// Notes the centre before the link is followed.
fn choosing(centre: CentreId) -> Callback<MouseEvent> {
    Callback::from(move |_: MouseEvent| {
        let kept = Choice::recall();
        let starts_at = kept.starts_at.filter(|_| kept.centre == Some(centre));
        Choice {
            centre: Some(centre),
            starts_at,
            ..kept
        }
        .keep();
    })
}

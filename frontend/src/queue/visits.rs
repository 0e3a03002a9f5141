//! Who has come: those who wait, with a button each, and the others.

use super::acts::Acts;
use super::words;
use crate::ui::prose::{heading, paragraph};
use crate::ui::{ButtonState, Roving, RovingAct, RovingRow, disclosure};
use shared::centres::Zone;
use shared::i18n::Text;
use shared::time::Timestamp;
use shared::visits::StageName;
use shared::visits::api::{QueueView, VisitView};
use yew::prelude::*;

/// Those who wait, in the order in which they are called.
pub(super) fn waiting(text: Text, view: &QueueView, now: Timestamp, acts: &Acts, state: ButtonState) -> Html {
    let waiting = |visit: &&VisitView| visit.stage == StageName::Waiting;
    let rows: Vec<_> = view
        .visits
        .iter()
        .filter(waiting)
        .map(|visit| {
            let (acts, id) = (acts.clone(), visit.visit);
            RovingRow {
                key: visit.visit.to_string().into(),
                body: html! { <>
                    <span class="number">{ visit.number }</span>
                    <p>{ words::about(text, visit.procedure, visit.mode, &visit.employer, &visit.representative) }</p>
                    <p class="soft">{ text.queue_waits(words::minutes(visit.arrived_at, now)) }{ starts(text, view.zone, visit) }</p>
                </> },
                act: RovingAct {
                    label: text.queue_call().into(),
                    about: text.queue_number(visit.number).into(),
                    state,
                    onact: Callback::from(move |()| acts.call(id)),
                },
            }
        })
        .collect();
    html! {
        <section class="flow" aria-labelledby="waiting-title">
            <h2 id="waiting-title">{ text.queue_waiting(i64::try_from(rows.len()).unwrap_or(i64::MAX)) }</h2>
            if rows.is_empty() {
                { paragraph(text.queue_waiting_none()) }
            } else {
                <Roving id="waiting" label={text.queue_waiting_label()} {rows} />
            }
        </section>
    }
}

/// The time of the appointment.
fn starts(text: Text, zone: Zone, visit: &VisitView) -> String {
    match &visit.appointment {
        Some(appointment) => format!(
            " · {}",
            text.queue_appointment(&appointment.code, words::hour(zone, appointment.starts_at))
        ),
        None => format!(" · {}", text.queue_walk_in()),
    }
}

/// Those whom others called or serve.
pub(super) fn elsewhere(text: Text, view: &QueueView) -> Html {
    let rows: Vec<_> = view
        .visits
        .iter()
        .filter(|visit| {
            view.mine != Some(visit.visit) && matches!(visit.stage, StageName::Called | StageName::InService)
        })
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <section class="flow">
            { heading(text.queue_elsewhere()) }
            <ul class="rows">{ for rows.into_iter().map(|visit| row(text, visit)) }</ul>
        </section>
    }
}

/// Those who are over.
pub(super) fn over(text: Text, view: &QueueView) -> Html {
    let rows: Vec<_> = view
        .visits
        .iter()
        .filter(|visit| !visit.stage.is_open())
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    disclosure(
        text.queue_over(),
        html! { <ul class="rows">{ for rows.into_iter().map(|visit| row(text, visit)) }</ul> },
    )
}

/// A visit that is somebody else's, or over.
fn row(text: Text, visit: &VisitView) -> Html {
    let place = match (visit.counter, &visit.officer) {
        (Some(counter), Some(officer)) => text.queue_at(counter.to_string(), officer),
        (Some(_) | None, None) | (None, Some(_)) => String::new(),
    };
    html! {
        <li key={visit.visit.to_string()}>
            <div class="row-body">
                <span class="number">{ visit.number }</span>
                <p>{ words::about(text, visit.procedure, visit.mode, &visit.employer, &visit.representative) }</p>
                <p class="soft">{ place }</p>
            </div>
            { words::stage(text, visit.stage) }
        </li>
    }
}

//! At which counter the officer sits today.

use super::acts::Acts;
use crate::api::Remote;
use crate::errors::{summary, words, wrong};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::staff::use_staff_load;
use crate::ui::prose::paragraph;
use crate::ui::{
    ButtonState, ChoiceOption, InputKind, InputWidth, SelectProps, TextInputProps, select, submit, text_input,
};
use shared::centres::CentreId;
use shared::centres::api::ListCentres;
use shared::i18n::Text;
use shared::visits::CounterNumber;
use shared::visits::api::{CounterChoice, QueueView};
use yew::prelude::*;
use yew::props;

/// The counters of the centre, to choose one of those that are free.
pub(super) fn seat(text: Text, view: &QueueView, roams: Roams, acts: &Acts) -> Html {
    let mine = |number| view.seat == Some(number);
    let options: Vec<_> = view
        .counters
        .iter()
        .map(|counter| {
            let number = counter.counter.to_string();
            let label = match &counter.officer {
                Some(officer) if !mine(counter.counter) => text.queue_counter_taken(&number, officer),
                Some(_) | None => text.queue_counter(&number),
            };
            ChoiceOption::new(number, label)
        })
        .collect();
    let onchange = {
        let acts = acts.clone();
        let centre = roams.centre_of(view);
        Callback::from(move |chosen: Option<AttrValue>| {
            let counter = chosen.and_then(|number| number.parse().ok());
            acts.sit(CounterChoice { counter, centre });
        })
    };
    select(&props!(SelectProps {
        id: "counter",
        label: text.queue_seat(),
        placeholder: text.queue_seat_none(),
        options,
        selected: view.seat.map(|number| AttrValue::from(number.to_string())),
        onchange
    }))
}

/// Whether the officer works at every centre, and so says at which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Roams {
    /// At every centre.
    Everywhere,
    /// At their own.
    Nowhere,
}

impl Roams {
    fn centre_of(self, view: &QueueView) -> Option<CentreId> {
        match self {
            Self::Everywhere => Some(view.centre),
            Self::Nowhere => None,
        }
    }
}

/// Properties of [`FirstSeat`].
#[derive(Clone, Debug, Properties)]
pub(super) struct FirstSeatProps {
    pub acts: Acts,
    pub state: ButtonState,
}

/// The acts differ by their state only.
impl PartialEq for FirstSeatProps {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

/// For whoever works at every centre and has not said yet where today.
#[component]
pub(super) fn FirstSeat(props: &FirstSeatProps) -> Html {
    let text = use_text();
    let centres = use_staff_load::<ListCentres>();
    let centre = use_state_eq(|| None::<CentreId>);
    let counter = use_field::<CounterNumber>(|| "1".to_owned());
    let submission = use_state(|| 0_u32);
    let onsubmit = {
        let (counter, centre, submission) = (counter.clone(), *centre, submission.clone());
        let acts = props.acts.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            if let (Ok(counter), Some(centre)) = (counter.send(), centre) {
                acts.sit(CounterChoice {
                    counter: Some(counter),
                    centre: Some(centre),
                });
            }
        })
    };
    let options = match centres.state() {
        Remote::Ready(list) => list
            .centres
            .iter()
            .map(|centre| ChoiceOption::new(centre.id.to_string(), centre.name.to_string()))
            .collect(),
        Remote::Idle | Remote::Loading | Remote::Failed(_) => Vec::new(),
    };
    let centre_error = (*submission > 0 && centre.is_none()).then(|| text.queue_centre_missing());
    let counter_error = counter.error().map(|code| words::field(text, code));
    let entries = || {
        [
            centre_error.map(|words| wrong("centre", words)),
            counter_error.map(|words| wrong("first-counter", words)),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    let onchange = {
        let centre = centre.setter();
        Callback::from(move |chosen: Option<AttrValue>| centre.set(chosen.and_then(|id| id.parse().ok())))
    };
    html! {
        <form class="card flow" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            { paragraph(text.queue_first_seat()) }
            { select(&props!(SelectProps {
                id: "centre", label: text.queue_centre(), placeholder: text.queue_centre_choose(), options,
                error: centre_error.map(AttrValue::from), selected: centre.map(|id| AttrValue::from(id.to_string())), onchange
            })) }
            { text_input(&props!(TextInputProps {
                id: "first-counter", label: text.queue_seat(), error: counter_error.map(AttrValue::from),
                value: counter.text().to_owned(), oninput: counter.oninput(), onblur: counter.onblur(),
                kind: InputKind::Digits, width: InputWidth::Two
            })) }
            <div class="actions">{ submit(props.state, text.queue_sit()) }</div>
        </form>
    }
}

//! The search: by the code of an appointment, a RUC, a cédula, a case's reference or the number of a referral.

use super::acts::Acts;
use super::words;
use crate::errors::{problem_notice, words as error_words};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::{clock, focus};
use crate::staff::{Press, state_of, use_shortcut, use_staff_call};
use crate::ui::prose::{heading, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ButtonState, InputKind, TagTone, TextInputProps, button,
    live_region, press, tag, text_input,
};
use shared::api::FieldCode;
use shared::centres::Mode;
use shared::i18n::Text;
use shared::visits::SearchKey;
use shared::visits::api::{
    FoundAppointment, FoundCase, FoundStanding, FoundVisit, Search, SearchText, SearchView,
};
use yew::prelude::*;
use yew::props;

/// Properties of [`SearchBox`].
#[derive(Clone, Debug, Properties)]
pub(super) struct SearchBoxProps {
    /// What can be done with what is found.
    pub acts: Acts,
    /// Whether an act is awaited.
    pub state: ButtonState,
}

/// The acts differ by their state only.
impl PartialEq for SearchBoxProps {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

/// What is sought, and what was found.
#[component]
pub(super) fn SearchBox(props: &SearchBoxProps) -> Html {
    let text = use_text();
    let key = use_field::<SearchKey>(String::new);
    let search = use_staff_call::<Search>();
    use_shortcut(
        Press::Key("/"),
        text.queue_key_search(),
        Callback::from(|()| focus::element("search")),
    );
    let onsubmit = {
        let (key, search) = (key.clone(), search.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if search.is_loading() {
                return;
            }
            if let Ok(key) = key.send() {
                search.send(SearchText { text: key });
            }
        })
    };
    let onclose = {
        let search = search.clone();
        Callback::from(move |_: MouseEvent| {
            search.forget();
            focus::element("search");
        })
    };
    let error = key.error().map(|code| {
        if code == FieldCode::Malformed {
            text.queue_search_malformed()
        } else if code == FieldCode::Missing {
            text.queue_search_missing()
        } else {
            error_words::field(text, code)
        }
    });
    let go = button(&props!(ButtonProps {
        kind: ButtonKind::Secondary,
        role: ButtonRole::Submit,
        state: state_of(&search),
        children: html! { text.queue_search_do() }
    }));
    let found = search.state().ready().cloned();
    html! {
        <search class="search">
            <form {onsubmit} novalidate=true>
                { text_input(&props!(TextInputProps {
                    id: "search", label: text.queue_search(), hint: text.queue_search_hint(), error: error.map(AttrValue::from),
                    value: key.text().to_owned(), oninput: key.oninput(), kind: InputKind::Code, beside: go
                })) }
            </form>
            if let Some(problem) = search.problem() { { problem_notice(text, problem, None) } }
            if let Some(found) = found {
                <section class="found flow" aria-labelledby="found-title">
                    <h2 id="found-title">{ text.queue_found(count(&found)) }</h2>
                    { live_region(&text.queue_found(count(&found))) }
                    if count(&found) == 0 { { paragraph(text.queue_found_none()) } }
                    { appointments(text, &found, props) }
                    { visits(text, &found) }
                    { cases(text, &found) }
                    <div class="actions">{ press(ButtonKind::Quiet, onclose, text.queue_found_close()) }</div>
                </section>
            }
        </search>
    }
}

fn count(found: &SearchView) -> i64 {
    let count = found.appointments.len() + found.visits.len() + found.cases.len();
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn appointments(text: Text, found: &SearchView, props: &SearchBoxProps) -> Html {
    if found.appointments.is_empty() {
        return Html::default();
    }
    html! { <>
        { heading(text.queue_found_appointments()) }
        <ul class="rows">{ for found.appointments.iter().map(|one| appointment(text, one, props)) }</ul>
    </> }
}

fn appointment(text: Text, one: &FoundAppointment, props: &SearchBoxProps) -> Html {
    let way = match one.standing {
        FoundStanding::CanCheckIn => {
            let (acts, id) = (props.acts.clone(), one.appointment);
            button(&props!(ButtonProps {
                kind: ButtonKind::Secondary,
                state: props.state,
                onclick: Callback::from(move |_: MouseEvent| acts.check_in(id)),
                children: html! { <>{ text.queue_check_in() }<span class="visually-hidden">{ " " }{ &one.code }</span></> }
            }))
        }
        FoundStanding::OtherDay => tag(TagTone::Waiting, text.queue_found_other_day()),
        FoundStanding::OtherCentre => tag(TagTone::Waiting, text.queue_found_other_centre()),
        FoundStanding::CheckedIn => tag(TagTone::Done, text.queue_found_checked_in()),
        FoundStanding::Unconfirmed => tag(TagTone::Open, text.queue_found_unconfirmed()),
        FoundStanding::Over => tag(TagTone::Stopped, text.queue_found_over()),
    };
    html! {
        <li key={one.appointment.to_string()}>
            <div class="row-body">
                <span class="number"><code>{ &one.code }</code></span>
                <p>{ words::about(text, one.procedure, one.mode, &one.employer, &one.representative) }</p>
                <p class="soft">{ text.queue_found_when(&one.centre, day(one.starts_at), words::hour(one.starts_at)) }</p>
            </div>
            { way }
        </li>
    }
}

fn day(at: shared::time::Timestamp) -> String {
    let (year, month, day) = clock::day(at);
    format!("{year}-{month:02}-{day:02}")
}

fn visits(text: Text, found: &SearchView) -> Html {
    if found.visits.is_empty() {
        return Html::default();
    }
    html! { <>
        { heading(text.queue_found_visits()) }
        <ul class="rows">{ for found.visits.iter().map(|one| visit(text, one)) }</ul>
    </> }
}

fn visit(text: Text, one: &FoundVisit) -> Html {
    let (employer, representative) = (one.employer.as_deref(), one.representative.as_deref());
    html! {
        <li key={one.visit.to_string()}>
            <div class="row-body">
                <span class="number">{ one.number }</span>
                <p>{ words::about(text, one.procedure, one.mode, employer.unwrap_or("—"), representative.unwrap_or("—")) }</p>
                <p class="soft">{ text.queue_found_when(&one.centre, one.day.to_string(), words::hour(one.arrived_at)) }</p>
            </div>
            { words::stage(text, one.stage) }
        </li>
    }
}

fn cases(text: Text, found: &SearchView) -> Html {
    if found.cases.is_empty() {
        return Html::default();
    }
    html! { <>
        { heading(text.queue_found_cases()) }
        <ul class="rows">{ for found.cases.iter().map(|one| case(text, one)) }</ul>
    </> }
}

fn case(text: Text, one: &FoundCase) -> Html {
    html! {
        <li key={one.quoted.clone()}>
            <div class="row-body">
                <span class="number"><code>{ &one.quoted }</code></span>
                <p>{ words::about(text, one.procedure, Mode::InPerson, &one.employer, &one.representative) }</p>
            </div>
        </li>
    }
}

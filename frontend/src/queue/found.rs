//! The search: by the code of an appointment, a RUC, a cédula, a case's reference or the number of a referral.

use super::acts::Acts;
use super::cancel::CancelFound;
use super::mine::use_to_dossier;
use super::words;
use crate::errors::{problem_notice, words as error_words};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::staff::{Press, at_hand, state_of, use_shortcut, use_staff_call};
use crate::ui::prose::{heading, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ButtonState, InputKind, TagTone, TextInputProps, button,
    live_region, press, tag, text_input,
};
use shared::api::FieldCode;
use shared::centres::{Mode, Zone};
use shared::i18n::Text;
use shared::identifiers::DossierId;
use shared::time::Timestamp;
use shared::visits::SearchKey;
use shared::visits::api::{
    CaseNamed, CaseStanding, FoundAppointment, FoundCase, FoundStanding, FoundVisit, FoundWaiting, Search,
    SearchText, SearchView,
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
    let to_dossier = use_to_dossier();
    let sought = use_mut_ref(|| None::<SearchKey>);
    let cancelled = use_state_eq(|| None::<AttrValue>);
    use_shortcut(
        Press::Key("/"),
        text.queue_key_search(),
        Callback::from(|()| focus::element("search")),
    );
    let onsubmit = {
        let (key, search) = (key.clone(), search.clone());
        let (cancelled, sought) = (cancelled.setter(), sought.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if search.is_loading() {
                return;
            }
            if let Ok(key) = key.send() {
                cancelled.set(None);
                sought.replace(Some(key.clone()));
                search.send(SearchText { text: key });
            }
        })
    };
    let oncancelled = {
        let (search, cancelled, sought) = (search.clone(), cancelled.setter(), sought.clone());
        Callback::from(move |code: AttrValue| {
            cancelled.set(Some(code));
            focus::element("search");
            // What is found now is something else.
            if let Some(key) = sought.borrow().clone() {
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
            if let Some(code) = &*cancelled {
                { live_region(&text.queue_cancelled(code.as_str())) }
                <p>{ tag(TagTone::Done, text.queue_cancelled(code.as_str())) }</p>
            }
            if let Some(problem) = search.problem() { { problem_notice(text, problem, None) } }
            if let Some(found) = found {
                <section class="found flow" aria-labelledby="found-title">
                    <h2 id="found-title">{ text.queue_found(count(&found)) }</h2>
                    { live_region(&text.queue_found(count(&found))) }
                    if count(&found) == 0 { { paragraph(text.queue_found_none()) } }
                    { appointments(text, &found, props, &oncancelled) }
                    { waiting(text, &found, &oncancelled) }
                    { visits(text, &found, &to_dossier) }
                    { cases(text, &found, props) }
                    <div class="actions">{ press(ButtonKind::Quiet, onclose, text.queue_found_close()) }</div>
                </section>
            }
        </search>
    }
}

fn count(found: &SearchView) -> i64 {
    let count = found.appointments.len() + found.waiting.len() + found.visits.len() + found.cases.len();
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn appointments(
    text: Text,
    found: &SearchView,
    props: &SearchBoxProps,
    oncancelled: &Callback<AttrValue>,
) -> Html {
    if found.appointments.is_empty() {
        return Html::default();
    }
    html! { <>
        { heading(text.queue_found_appointments()) }
        <ul class="rows">{ for found.appointments.iter().map(|one| appointment(text, one, props, oncancelled)) }</ul>
    </> }
}

/// Whether something can still be cancelled.
const fn is_open(standing: FoundStanding) -> bool {
    match standing {
        FoundStanding::CanCheckIn
        | FoundStanding::OtherDay
        | FoundStanding::OtherCentre
        | FoundStanding::Unconfirmed => true,
        FoundStanding::CheckedIn | FoundStanding::Over => false,
    }
}

fn waiting(text: Text, found: &SearchView, oncancelled: &Callback<AttrValue>) -> Html {
    if found.waiting.is_empty() {
        return Html::default();
    }
    html! { <>
        { heading(text.queue_found_waits()) }
        <ul class="rows">{ for found.waiting.iter().map(|one| wait(text, one, oncancelled)) }</ul>
    </> }
}

fn wait(text: Text, one: &FoundWaiting, oncancelled: &Callback<AttrValue>) -> Html {
    html! {
        <li key={one.appointment.to_string()}>
            <div class="row-body">
                <span class="number"><code>{ &one.code }</code></span>
                <p>{ words::about(text, one.procedure, one.mode, &one.employer, &one.representative) }</p>
                <p class="soft">{ text.queue_found_since(&one.centre, day(one.zone, one.since), words::hour(one.zone, one.since)) }</p>
                <CancelFound appointment={one.appointment} code={one.code.clone()} oncancelled={oncancelled.clone()} />
            </div>
        </li>
    }
}

fn appointment(
    text: Text,
    one: &FoundAppointment,
    props: &SearchBoxProps,
    oncancelled: &Callback<AttrValue>,
) -> Html {
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
                <p class="soft">{ text.queue_found_when(&one.centre, day(one.zone, one.starts_at), words::hour(one.zone, one.starts_at)) }</p>
                if is_open(one.standing) {
                    <CancelFound appointment={one.appointment} code={one.code.clone()} oncancelled={oncancelled.clone()} />
                }
            </div>
            { way }
        </li>
    }
}

fn day(zone: Zone, at: Timestamp) -> String {
    zone.day_of(at).to_string()
}

fn visits(text: Text, found: &SearchView, to_dossier: &Callback<()>) -> Html {
    if found.visits.is_empty() {
        return Html::default();
    }
    html! { <>
        { heading(text.queue_found_visits()) }
        <ul class="rows">{ for found.visits.iter().map(|one| visit(text, one, to_dossier)) }</ul>
    </> }
}

fn visit(text: Text, one: &FoundVisit, to_dossier: &Callback<()>) -> Html {
    let (employer, representative) = (one.employer.as_deref(), one.representative.as_deref());
    html! {
        <li key={one.visit.to_string()}>
            <div class="row-body">
                <span class="number">{ one.number }</span>
                <p>{ words::about(text, one.procedure, one.mode, employer.unwrap_or("—"), representative.unwrap_or("—")) }</p>
                <p class="soft">{ text.queue_found_when(&one.centre, one.day.to_string(), words::hour(one.zone, one.arrived_at)) }</p>
            </div>
            { words::stage(text, one.stage) }
            if let Some(dossier) = one.dossier { { open_dossier(text, one, dossier, to_dossier) } }
        </li>
    }
}

/// Leads to the dossier. The page there asks why, where somebody else serves or served.
fn open_dossier(text: Text, one: &FoundVisit, dossier: DossierId, to_dossier: &Callback<()>) -> Html {
    let onclick = {
        let to_dossier = to_dossier.clone();
        Callback::from(move |_: MouseEvent| {
            at_hand::keep_dossier(dossier);
            to_dossier.emit(());
        })
    };
    let about = text.queue_found_of(one.day.to_string(), one.number);
    button(&props!(ButtonProps {
        kind: ButtonKind::Secondary,
        onclick,
        children: html! { <>{ text.queue_found_dossier() }<span class="visually-hidden">{ " " }{ about }</span></> }
    }))
}

fn cases(text: Text, found: &SearchView, props: &SearchBoxProps) -> Html {
    if found.cases.is_empty() {
        return Html::default();
    }
    html! { <>
        { heading(text.queue_found_cases()) }
        <ul class="rows">{ for found.cases.iter().map(|one| case(text, one, props)) }</ul>
    </> }
}

fn case(text: Text, one: &FoundCase, props: &SearchBoxProps) -> Html {
    let (employer, representative) = (one.employer.as_deref(), one.representative.as_deref());
    html! {
        <li key={one.case.to_string()}>
            <div class="row-body">
                <span class="number"><code>{ &one.quoted }</code></span>
                <p>{ words::about(text, one.procedure, Mode::InPerson, employer.unwrap_or("—"), representative.unwrap_or("—")) }</p>
                <p class="soft">{ words::standing(text, one.standing) }</p>
            </div>
            if one.standing == CaseStanding::AwaitingOfficer { { admit(text, one, props) } }
        </li>
    }
}

/// Lets whoever has a case that waits for an officer into the queue. Who they are is in the case.
fn admit(text: Text, one: &FoundCase, props: &SearchBoxProps) -> Html {
    let acts = props.acts.clone();
    let named = CaseNamed {
        procedure: one.procedure,
        case: one.case,
    };
    button(&props!(ButtonProps {
        kind: ButtonKind::Secondary,
        state: props.state,
        onclick: Callback::from(move |_: MouseEvent| acts.admit_case(named)),
        children: html! { <>{ text.queue_admit() }<span class="visually-hidden">{ " " }{ &one.quoted }</span></> }
    }))
}

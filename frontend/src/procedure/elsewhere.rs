//! Going on elsewhere: the other routes, and where a case waits for them.
//!
//! The words of these stages are the help's own, because few people need them: they are fetched when somebody does.

use crate::errors::problem_notice;
use crate::forms::choice::Choice;
use crate::i18n::{use_help_texts, use_text};
use crate::platform::clock;
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::ui::prose::{advice, heading, lead, list, paragraph, soft};
use crate::ui::{ButtonKind, ButtonProps, ButtonState, NoticeProps, Tone, button, loading, notice, press};
use shared::api::Problem;
use shared::centres::Procedure as Errand;
use shared::i18n::Text;
use shared::recovery::{Correction, Route as Way};
use shared::time::Deadline;
use yew::prelude::*;
use yew::props;

/// The help's topics about the routes.
const SIGNATURE: &str = "firma-electronica";
const COUNTER: &str = "turno";

/// Properties of [`OtherRoutes`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct OtherRoutesProps {
    /// What the case's view names, the best first.
    pub routes: Vec<Way>,
    /// Whether the server's answer is awaited.
    pub state: ButtonState,
    /// Why it refused.
    pub problem: Option<Problem>,
    /// Takes the chosen one.
    pub onchoose: Callback<Way>,
}

/// The other routes on which the case can go on.
#[component]
pub fn OtherRoutes(props: &OtherRoutesProps) -> Html {
    let text = use_text();
    // None of them stands out: none is better than the others for everybody.
    let routes = props.routes.iter().map(|route| {
        let route = *route;
        let (_, words) = route_words(text, route);
        button(&props!(ButtonProps {
            kind: ButtonKind::Secondary,
            state: props.state,
            onclick: props.onchoose.reform(move |_: MouseEvent| route),
            children: html! { words }
        }))
    });
    html! {
        <section class="no-print">
            { heading(text.recovery_ways_title()) }
            if let Some(problem) = &props.problem { { problem_notice(text, problem, None) } }
            <div class="actions">{ for routes }</div>
        </section>
    }
}

/// The help about a route, and what going on by it is called.
fn route_words(text: Text, route: Way) -> (Route, &'static str) {
    let (topic, words) = match route {
        Way::Online => return (Route::Recovery, text.recovery_start_again()),
        Way::Signature => (SIGNATURE, text.recovery_way_signature()),
        Way::Counter => (COUNTER, text.recovery_way_counter()),
    };
    (Route::HelpTopic(AttrValue::Static(topic)), words)
}

/// The other routes as links to what the help says of them.
pub fn route_links(text: Text, routes: &[Way]) -> Html {
    if routes.is_empty() {
        return Html::default();
    }
    let links = routes.iter().map(|route| {
        let (topic, words) = route_words(text, *route);
        html! { <li>{ link(topic, words) }</li> }
    });
    html! { <section>{ heading(text.recovery_ways_title()) }<ul>{ for links }</ul></section> }
}

/// What a case that waits elsewhere waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// A request that is signed electronically.
    Signature,
    /// An officer, at a counter or by video, for this.
    Officer(Errand),
}

/// Properties of [`Elsewhere`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ElsewhereProps {
    /// What for.
    pub awaited: Awaited,
    /// When the case lapses.
    pub deadline: Deadline,
    /// The button that leaves the case.
    pub children: Html,
}

/// The case goes on elsewhere: what to do, and what there is of it today.
#[component]
pub fn Elsewhere(props: &ElsewhereProps) -> Html {
    let text = use_text();
    if !use_help_texts() {
        return loading(text.layout_loading());
    }
    let (what, todo, know, route): (_, _, &[_], _) = match props.awaited {
        Awaited::Signature => (
            text.help_signature_what(),
            text.help_signature_do(),
            &[text.help_signature_more()],
            Way::Signature,
        ),
        Awaited::Officer(_) => (
            text.help_counter_what(),
            text.help_counter_do(),
            &[
                text.help_counter_bring(),
                text.help_counter_copies(),
                text.help_counter_reference(),
            ],
            Way::Counter,
        ),
    };
    html! {
        <>
            { lead(what) }
            { notice(&props!(NoticeProps { children: advice(todo) })) }
            { list(know) }
            { soft(until(text, props.awaited, props.deadline)) }
            <p class="no-print">{ link(route_words(text, route).0, text.errors_help_link()) }</p>
            <div class="actions no-print">
                if let Awaited::Officer(errand) = props.awaited { <AskForPlace {errand} /> }
                { props.children.clone() }
            </div>
        </>
    }
}

/// How long the case waits: for a signature minutes, for an officer days.
fn until(text: Text, awaited: Awaited, deadline: Deadline) -> String {
    let at = deadline.instant();
    match awaited {
        Awaited::Signature => text.recovery_waits_until(clock::hour(at)),
        Awaited::Officer(_) => {
            let (_, month, day) = clock::official_day(at);
            text.recovery_waits_days(
                day,
                text.challenges_month_name(month.into()),
                clock::official_hour(at),
            )
        }
    }
}

/// Properties of [`AskForPlace`].
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
struct AskForPlaceProps {
    errand: Errand,
}

/// The button that leads to an appointment and says what for, so that it is not asked for again.
#[component]
fn AskForPlace(props: &AskForPlaceProps) -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let errand = props.errand;
    let onclick = Callback::from(move |_: MouseEvent| {
        Choice::intend(errand);
        navigator.go(Route::Appointment(AppointmentPage::Begin));
    });
    press(ButtonKind::Primary, onclick, text.home_appointment_title())
}

/// Properties of [`RecordsDisagree`].
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
pub struct RecordsDisagreeProps {
    /// Which record is to be set right.
    pub correction: Correction,
}

/// The official records contradict each other: which one to set right, and where. Not what it holds.
#[component]
pub fn RecordsDisagree(props: &RecordsDisagreeProps) -> Html {
    let text = use_text();
    if !use_help_texts() {
        return loading(text.layout_loading());
    }
    html! {
        <>
            { notice(&props!(NoticeProps { tone: Tone::Danger, children: html! { <>
                { paragraph(text.help_records_what()) }
                { advice(correction(text, props.correction)) }
            </> } })) }
            { paragraph(text.help_records_then()) }
            <p class="no-print">{ link(Route::HelpTopic("records_disagree".into()), text.errors_help_link()) }</p>
        </>
    }
}

/// Which record, and where.
fn correction(text: Text, correction: Correction) -> &'static str {
    match correction {
        Correction::Person => text.help_records_person(),
        Correction::Taxpayer => text.help_records_taxpayer(),
        Correction::Appointment => text.help_records_appointment(),
        Correction::Employer => text.help_records_employer(),
        Correction::Representative => text.help_records_representative(),
    }
}

//! Sections that several pages of appointments show.

use super::words;
use crate::api::use_load;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::routes::{AppointmentPage, Route, link};
use crate::ui::prose::paragraph;
use crate::ui::{Description, DescriptionListProps, NoticeProps, Tone, description_list, notice};
use shared::appointments::api::{
    AppointmentStageView, AppointmentView, CentreBrief, CurrentAppointment, Exceptions, Hours, PlaceView,
    Zone,
};
use shared::centres::Mode;
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// Tells whoever has an appointment in this browser that it is there; shows nothing to everybody else.
#[component]
pub(super) fn Existing() -> Html {
    let text = use_text();
    let current = use_load::<CurrentAppointment>();
    let open = current.state().ready().is_some_and(|view| is_open(&view.stage));
    if !open {
        return Html::default();
    }
    notice(&props!(NoticeProps {
        title: text.appointments_have_title(),
        children: html! { <p>{ link(Route::Appointment(AppointmentPage::Mine), text.appointments_have_act()) }</p> }
    }))
}

/// Whether something can still become of it.
pub(super) const fn is_open(stage: &AppointmentStageView) -> bool {
    match stage {
        AppointmentStageView::Held { .. }
        | AppointmentStageView::Booked { .. }
        | AppointmentStageView::CheckedIn { .. }
        | AppointmentStageView::Waiting { .. }
        | AppointmentStageView::Offered { .. } => true,
        AppointmentStageView::Attended { .. }
        | AppointmentStageView::NoShow { .. }
        | AppointmentStageView::Cancelled { .. }
        | AppointmentStageView::Lapsed { .. } => false,
    }
}

fn entry(term: &'static str, detail: Html) -> Description {
    Description {
        term: term.into(),
        detail,
    }
}

/// Terms and what they are.
pub(super) fn described(entries: Vec<Description>) -> Html {
    description_list(&props!(DescriptionListProps { entries }))
}

/// When: the day and the hours, on the centre's clocks.
pub(super) fn when_entry(text: Text, view: &AppointmentView, place: PlaceView) -> Description {
    let zone = view.centre.zone;
    let (day, hours) = words::place(text, zone, place);
    entry(
        text.appointments_when_label(),
        html! { <><strong>{ day }</strong><br /><strong>{ hours }</strong><br />{ words::zone(text, zone) }</> },
    )
}

/// Where: the centre and how to find it; or by video.
pub(super) fn where_entry(text: Text, view: &AppointmentView) -> Description {
    let centre = &view.centre;
    let detail = match view.mode {
        Mode::InPerson => {
            html! { <><strong>{ centre.name.as_str() }</strong><br />{ address(text, centre) }</> }
        }
        Mode::Video => html! { { text.appointments_where_video(centre.name.as_str()) } },
    };
    entry(text.appointments_where_label(), detail)
}

/// When the centre serves; nothing for a call by video, for which nobody goes anywhere.
pub(super) fn hours_entry(text: Text, view: &AppointmentView) -> Option<Description> {
    let centre = &view.centre;
    match view.mode {
        Mode::InPerson => Some(entry(
            text.appointments_hours_label(),
            serving(text, &centre.hours, &centre.exceptions, centre.zone),
        )),
        Mode::Video => None,
    }
}

/// When a centre serves, and when it does not although its hours say so, a line each.
pub(super) fn serving(text: Text, hours: &Hours, exceptions: &Exceptions, zone: Zone) -> Html {
    let closed = exceptions.told(text, zone).join("; ");
    html! {
        <>
            { for hours.told(text).into_iter().enumerate().map(|(at, line)| html! { <>if at > 0 { <br /> }{ line }</> }) }
            if !closed.is_empty() { <br />{ text.appointments_exceptions_label() }{ ": " }{ closed } }
        </>
    }
}

/// Street, canton, province and a map.
fn address(text: Text, centre: &CentreBrief) -> Html {
    html! {
        <>
            { centre.address.as_str() }<br />
            { format!("{}, {}", centre.canton, centre.province.name()) }
            if let Some(map) = &centre.map { <br />{ map_link(text, map.as_str()) } }
        </>
    }
}

/// A link to a map on another page of the web.
pub(super) fn map_link(text: Text, href: &str) -> Html {
    html! { <a class="no-print" href={href.to_owned()} target="_blank" rel="noopener noreferrer">{ text.appointments_centre_map() }</a> }
}

/// What for.
pub(super) fn procedure_entry(text: Text, view: &AppointmentView) -> Description {
    entry(
        text.appointments_procedure_term(),
        html! { { words::procedure(text, view.procedure).0 } },
    )
}

/// Whose it is, masked.
pub(super) fn employer_entry(text: Text, view: &AppointmentView) -> Description {
    entry(
        text.appointments_employer_label(),
        html! { <span class="reference">{ &view.employer }</span> },
    )
}

/// What to quote.
pub(super) fn code_panel(text: Text, view: &AppointmentView) -> Html {
    html! {
        <p class="referral"><span>{ text.appointments_code_label() }</span><strong class="referral-number">{ view.code.as_str() }</strong></p>
    }
}

/// What to bring, or to have at hand.
pub(super) fn to_bring(text: Text, view: &AppointmentView) -> Html {
    let title = match view.mode {
        Mode::InPerson => text.appointments_bring_title(),
        Mode::Video => text.appointments_bring_title_video(),
    };
    let lines = view.bring.iter().map(|line| {
        let (paper, todo) = line.told(text);
        html! { <li><strong>{ paper }</strong><br />{ todo }</li> }
    });
    html! {
        <section class="bring">
            <h2>{ title }</h2>
            <ul>{ for lines }</ul>
            { paragraph(text.appointments_bring_note()) }
        </section>
    }
}

/// A warning in a box.
pub(super) fn warning(words: impl Into<AttrValue>) -> Html {
    notice(&props!(NoticeProps {
        tone: Tone::Warning,
        children: paragraph(words)
    }))
}

/// Milliseconds between two questions after a time is over.
const ASK_EVERY: u32 = 2_000;

/// For a countdown's `onover`: asks the server what became of the place, and goes on asking until the page is another one. The
/// server decides, not this clock.
#[hook]
pub(super) fn use_verdict(ask: Callback<()>) -> Callback<()> {
    let over = use_state_eq(|| false);
    use_effect_with(*over, move |over| {
        let timer = over.then(|| {
            ask.emit(());
            clock::every(ASK_EVERY, move || ask.emit(()))
        });
        move || drop(timer)
    });
    let over = over.setter();
    Callback::from(move |()| over.set(true))
}

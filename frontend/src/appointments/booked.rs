//! An appointment that is made: everything to take along, to be printed, and what can still be done.

use super::offered::Withdrawing;
use super::sections::{
    code_panel, described, employer_entry, hours_entry, procedure_entry, to_bring, when_entry, where_entry,
};
use super::video::room;
use crate::api::address;
use crate::platform::print;
use crate::procedure::LeavingWords;
use crate::routes::{AppointmentPage, Route, link};
use crate::ui::prose::{heading, paragraph, soft};
use crate::ui::{ButtonKind, Tone, button_link, press, result_panel};
use shared::appointments::api::{AppointmentView, CALENDAR_PATH, PlaceView, SHEET_PATH, VideoView};
use shared::centres::Mode;
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;

/// What a booked place comes with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Booked<'a> {
    /// The place.
    pub place: PlaceView,
    /// How often it can still be moved.
    pub moves_left: u8,
    /// The room, for one by video.
    pub video: Option<&'a VideoView>,
}

/// The page of an appointment that is made.
pub(super) fn booked(
    text: Text,
    view: &Rc<AppointmentView>,
    booked: Booked<'_>,
    show: &Callback<Rc<AppointmentView>>,
) -> Html {
    let told = view
        .email
        .as_ref()
        .map(|email| text.appointments_booked_told(email.to_string()));
    let early = match view.mode {
        Mode::InPerson => html! { { paragraph(text.appointments_booked_early()) } },
        Mode::Video => Html::default(),
    };
    let entries = [when_entry(text, view, booked.place), where_entry(text, view)]
        .into_iter()
        .chain(hours_entry(text, view))
        .chain([procedure_entry(text, view), employer_entry(text, view)])
        .collect();
    result_panel(
        Tone::Success,
        text.appointments_booked_title(),
        html! { <>
            { code_panel(text, view) }
            { described(entries) }
            { early }
            if let Some(video) = booked.video { { room(text, view, video) } }
            { downloads(text) }
            { for told.map(paragraph) }
            { to_bring(text, view) }
            { changes(text, booked.moves_left, show) }
        </> },
    )
}

/// The sheet, the calendar file, and the page on paper.
fn downloads(text: Text) -> Html {
    html! {
        <div class="actions no-print">
            <a class="button" href={address(SHEET_PATH)} download="">{ text.appointments_download_sheet() }</a>
            <a class="button button-secondary" href={address(CALENDAR_PATH)} download="">{ text.appointments_download_calendar() }</a>
            { press(ButtonKind::Quiet, Callback::from(|_| print()), text.appointments_print()) }
        </div>
    }
}

/// Moving and cancelling.
fn changes(text: Text, moves_left: u8, show: &Callback<Rc<AppointmentView>>) -> Html {
    let words = LeavingWords {
        act: text.appointments_cancel(),
        title: text.appointments_cancel_title(),
        body: text.appointments_cancel_body(),
        confirm: text.appointments_cancel_confirm(),
        keep: text.appointments_cancel_keep(),
    };
    html! {
        <section class="no-print">
            { heading(text.appointments_change_title()) }
            { paragraph(text.appointments_change_what()) }
            { soft(text.appointments_moves_left(moves_left.into())) }
            <div class="actions">
                if moves_left > 0 {
                    { button_link(ButtonKind::Secondary, Route::Appointment(AppointmentPage::Move).path(), text.appointments_move()) }
                }
                <Withdrawing {words} show={show.clone()} />
            </div>
            <p>{ link(Route::HelpTopic("turno".into()), text.appointments_help()) }</p>
        </section>
    }
}

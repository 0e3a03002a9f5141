//! The room of an appointment by video: closed, open, or over.

use super::current::{Current, use_current};
use super::sections::{described, to_bring, warning, when_entry};
use super::words;
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::platform::clock;
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::ui::prose::{heading, lead, list, paragraph, soft};
use crate::ui::{NoticeProps, Tone, Urgency, loading, notice, stage_heading};
use shared::appointments::api::{AppointmentStageView, AppointmentView, PlaceView, VideoView};
use shared::i18n::Text;
use shared::time::Timestamp;
use yew::prelude::*;
use yew::props;

/// The longest that a browser's timer can be, some 24 days, in milliseconds.
const LONGEST: u32 = i32::MAX.unsigned_abs();

/// Whether one can go in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door<'a> {
    /// Not yet.
    Closed,
    /// By this address.
    Open(&'a str),
    /// Not any more.
    Over,
}

/// What the server says of the room, when it said it.
pub(super) fn door(video: &VideoView, now: Timestamp) -> Door<'_> {
    match &video.room {
        Some(address) => Door::Open(address),
        None if video.closes.has_passed(now) => Door::Over,
        None => Door::Closed,
    }
}

/// The room in an appointment's page.
pub(super) fn room(text: Text, view: &AppointmentView, video: &VideoView) -> Html {
    let zone = view.centre.zone;
    let (tone, body) = match door(video, view.now) {
        Door::Closed => {
            let (day, hour) = (
                words::date(text, zone.day_of(video.opens)),
                words::hour(zone, video.opens),
            );
            (
                Tone::Info,
                html! { <>
                    { paragraph(text.appointments_video_before(day, hour)) }
                    <p class="no-print">{ link(Route::Appointment(AppointmentPage::Video), text.appointments_video_check_title()) }</p>
                </> },
            )
        }
        Door::Open(address) => (
            Tone::Success,
            html! { <>
                { paragraph(text.appointments_video_open(words::hour(zone, video.closes.instant()))) }
                <p class="actions no-print"><a class="button" href={address.to_owned()} target="_blank" rel="noopener noreferrer">{ text.appointments_video_enter() }</a></p>
                { soft(text.appointments_video_new_tab()) }
            </> },
        ),
        Door::Over => (Tone::Warning, paragraph(text.appointments_video_over())),
    };
    notice(&props!(NoticeProps {
        tone,
        title: text.appointments_video_title(),
        urgency: Urgency::Polite,
        children: body
    }))
}

/// Milliseconds until the server will say something else of the room, if that is soon enough for a timer.
fn until_change(video: &VideoView, now: Timestamp) -> Option<u32> {
    let next = match door(video, now) {
        Door::Closed => video.opens,
        Door::Open(_) => video.closes.instant(),
        Door::Over => return None,
    };
    let millis = next.since(now).as_millis();
    u32::try_from(millis).ok().filter(|millis| *millis <= LONGEST)
}

/// Asks again when the room opens or closes.
#[hook]
pub(super) fn use_room(view: Option<&AppointmentView>, ask: Callback<()>) {
    let wait =
        view.and_then(|view| until_change(video_of(&view.stage)?.1, view.now).map(|wait| (wait, view.now)));
    use_effect_with(wait, move |wait| {
        let timer = wait.map(|(wait, _)| clock::later(wait, move || ask.emit(())));
        move || drop(timer)
    });
}

/// The place and the room, where there is one.
fn video_of(stage: &AppointmentStageView) -> Option<(PlaceView, &VideoView)> {
    match stage {
        AppointmentStageView::Booked { place, video, .. }
        | AppointmentStageView::CheckedIn { place, video, .. } => Some((*place, video.as_ref()?)),
        AppointmentStageView::Held { .. }
        | AppointmentStageView::Attended { .. }
        | AppointmentStageView::NoShow { .. }
        | AppointmentStageView::Cancelled { .. }
        | AppointmentStageView::Lapsed { .. }
        | AppointmentStageView::Waiting { .. }
        | AppointmentStageView::Offered { .. } => None,
    }
}

/// The page at `/turno/video`: the room, and what to see to before one goes in.
#[component]
pub fn VideoPage() -> Html {
    let text = use_text();
    let navigator = use_navigator();
    use_title(text.appointments_video_title());
    let current = use_current();
    let missing = matches!(current, Current::Missing);
    use_effect_with(missing, move |missing| {
        if *missing {
            navigator.replace(Route::Appointment(AppointmentPage::Mine));
        }
    });
    let body = match &current {
        Current::Asked | Current::Missing => loading(text.appointments_loading()),
        Current::Failed(problem, onretry) => problem_notice(text, problem, Some(onretry)),
        Current::Here { seen, doubt, .. } => {
            html! { <>{ for doubt.clone() }{ prepared(text, &seen.view) }</> }
        }
    };
    html! {
        <div class="appointments column flow">
            { stage_heading("video", text.appointments_video_title().into(), None) }
            { body }
            <p>{ link(Route::Appointment(AppointmentPage::Mine), text.appointments_video_mine()) }</p>
        </div>
    }
}

fn prepared(text: Text, view: &AppointmentView) -> Html {
    let Some((place, video)) = video_of(&view.stage) else {
        return warning(text.appointments_video_none());
    };
    html! {
        <>
            { room(text, view, video) }
            { described(vec![when_entry(text, view, place)]) }
            <section>
                { heading(text.appointments_video_check_title()) }
                { list(&[
                    text.appointments_video_check_camera(),
                    text.appointments_video_check_light(),
                    text.appointments_video_check_papers(),
                ]) }
                { lead(text.appointments_video_check_code(view.code.as_str())) }
            </section>
            { to_bring(text, view) }
        </>
    }
}

//! The page of an appointment: a match on its stage.

use super::booked::{Booked, booked};
use super::held::Held;
use super::offered::{Offered, waiting};
use super::sections::{
    code_panel, described, employer_entry, procedure_entry, to_bring, warning, when_entry, where_entry,
};
use super::video::room;
use super::words;
use crate::platform::clock;
use crate::routes::{AppointmentPage, Route};
use crate::steps::AppointmentStep;
use crate::ui::prose::{lead, paragraph};
use crate::ui::{ButtonKind, NoticeProps, Tone, button_link, notice, stage_heading};
use core::time::Duration;
use shared::appointments::api::{AppointmentStageView, AppointmentView, CancelledBy, PlaceView, VideoView};
use shared::i18n::Text;
use shared::time::{Countdown, Deadline, Timestamp};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The server's last view of an appointment and when it arrived here, which is what its times are counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The view.
    pub view: Rc<AppointmentView>,
    /// What this device's clock showed when it arrived.
    pub at: Timestamp,
}

impl Seen {
    /// A view that arrives now.
    pub fn now(view: Rc<AppointmentView>) -> Self {
        Self {
            view,
            at: clock::now(),
        }
    }

    /// A stage's time, as this device counts it.
    fn countdown(&self, deadline: Deadline, total: u32) -> Countdown {
        Countdown::new(
            deadline,
            Duration::from_secs(total.into()),
            self.view.now,
            self.at,
        )
    }
}

/// What the page of a stage is called, in its heading and in the tab.
pub fn title(text: Text, stage: &AppointmentStageView) -> &'static str {
    match stage {
        AppointmentStageView::Held { .. } => text.appointments_held_title(),
        AppointmentStageView::Booked { .. } => text.appointments_booked_title(),
        AppointmentStageView::CheckedIn { .. } => text.appointments_checked_in_title(),
        AppointmentStageView::Attended { .. } => text.appointments_attended_title(),
        AppointmentStageView::NoShow { .. } => text.appointments_no_show_title(),
        AppointmentStageView::Cancelled { .. } => text.appointments_cancelled_title(),
        AppointmentStageView::Lapsed { .. } => text.appointments_lapsed_title(),
        AppointmentStageView::Waiting { .. } => text.appointments_waits_title(),
        AppointmentStageView::Offered { .. } => text.appointments_offered_title(),
    }
}

/// Which step a stage belongs to; none once nothing is booked any more, or not yet.
pub(super) const fn step_of(stage: &AppointmentStageView) -> Option<AppointmentStep> {
    match stage {
        AppointmentStageView::Held { .. } => Some(AppointmentStep::Confirm),
        AppointmentStageView::Booked { .. } => Some(AppointmentStep::Done),
        AppointmentStageView::CheckedIn { .. }
        | AppointmentStageView::Attended { .. }
        | AppointmentStageView::NoShow { .. }
        | AppointmentStageView::Cancelled { .. }
        | AppointmentStageView::Lapsed { .. }
        | AppointmentStageView::Waiting { .. }
        | AppointmentStageView::Offered { .. } => None,
    }
}

/// Properties of [`standing`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StageProps {
    /// The appointment.
    pub seen: Seen,
    /// Takes a newer view.
    pub show: Callback<Rc<AppointmentView>>,
    /// Asks the server for one.
    pub onask: Callback<()>,
}

/// What an appointment looks like where it stands.
pub fn standing(text: Text, props: &StageProps) -> Html {
    let seen = &props.seen;
    let view = &seen.view;
    let zone = view.centre.zone;
    let moment = |at: Timestamp| words::moment(text, zone, at);
    let body = match &view.stage {
        AppointmentStageView::Held {
            place,
            deadline,
            total,
        } => html! {
            <Held view={view.clone()} place={*place} countdown={seen.countdown(*deadline, *total)}
                show={props.show.clone()} onask={props.onask.clone()} />
        },
        AppointmentStageView::Offered {
            place,
            deadline,
            total,
        } => html! {
            <Offered view={view.clone()} place={*place} countdown={seen.countdown(*deadline, *total)}
                show={props.show.clone()} onask={props.onask.clone()} />
        },
        // Its panel has the heading.
        AppointmentStageView::Booked {
            place,
            moves_left,
            video,
        } => {
            let with = Booked {
                place: *place,
                moves_left: *moves_left,
                video: video.as_ref(),
            };
            return booked(text, view, with, &props.show);
        }
        AppointmentStageView::CheckedIn { place, at, video } => {
            checked_in(text, view, *place, *at, video.as_ref())
        }
        AppointmentStageView::Waiting {
            since: _,
            until,
            ahead,
        } => waiting(text, view, *ahead, *until, &props.show),
        AppointmentStageView::Attended { place: _, at } => html! {
            <>{ lead(text.appointments_attended_what(moment(*at))) }{ again(text) }</>
        },
        AppointmentStageView::NoShow { place, at: _ } => html! {
            <>
                { warning(text.appointments_no_show_what()) }
                { described(vec![when_entry(text, view, *place), where_entry(text, view)]) }
                { again(text) }
            </>
        },
        AppointmentStageView::Cancelled { place, by, at } => cancelled(text, view, *place, *by, &moment(*at)),
        AppointmentStageView::Lapsed { at: _ } => html! {
            <>{ warning(text.appointments_lapsed_what()) }{ again(text) }</>
        },
    };
    html! {
        <>
            { stage_heading(title_key(&view.stage), title(text, &view.stage).into(), None) }
            { body }
        </>
    }
}

/// The person is there.
fn checked_in(
    text: Text,
    view: &Rc<AppointmentView>,
    place: PlaceView,
    at: Timestamp,
    video: Option<&VideoView>,
) -> Html {
    html! {
        <>
            { notice(&props!(NoticeProps {
                tone: Tone::Success,
                children: paragraph(text.appointments_checked_in_what(words::hour(view.centre.zone, at)))
            })) }
            { code_panel(text, view) }
            if let Some(video) = video { { room(text, view, video) } }
            { described(vec![
                when_entry(text, view, place),
                where_entry(text, view),
                procedure_entry(text, view),
                employer_entry(text, view),
            ]) }
            { to_bring(text, view) }
        </>
    }
}

fn cancelled(
    text: Text,
    view: &AppointmentView,
    place: Option<PlaceView>,
    by: CancelledBy,
    when: &str,
) -> Html {
    let what = match by {
        CancelledBy::Person => text.appointments_cancelled_person(when),
        CancelledBy::Centre => text.appointments_cancelled_centre(when),
        CancelledBy::Officer => text.appointments_cancelled_officer(when),
    };
    let entries = place
        .map(|place| when_entry(text, view, place))
        .into_iter()
        .chain([where_entry(text, view)]);
    html! {
        <>
            { warning(what) }
            { described(entries.collect()) }
            { again(text) }
        </>
    }
}

/// To another one.
fn again(text: Text) -> Html {
    html! { <div class="actions no-print">{ button_link(ButtonKind::Primary, Route::Appointment(AppointmentPage::Begin).path(), text.appointments_again()) }</div> }
}

/// What tells one heading from another.
const fn title_key(stage: &AppointmentStageView) -> &'static str {
    match stage {
        AppointmentStageView::Held { .. } => "held",
        AppointmentStageView::Booked { .. } => "booked",
        AppointmentStageView::CheckedIn { .. } => "checked_in",
        AppointmentStageView::Attended { .. } => "attended",
        AppointmentStageView::NoShow { .. } => "no_show",
        AppointmentStageView::Cancelled { .. } => "cancelled",
        AppointmentStageView::Lapsed { .. } => "lapsed",
        AppointmentStageView::Waiting { .. } => "waiting",
        AppointmentStageView::Offered { .. } => "offered",
    }
}

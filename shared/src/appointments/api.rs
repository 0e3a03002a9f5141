//! The endpoints of appointments: looking for a place, holding and confirming it, and what can be done about it later.

use crate::captcha::Solution;
use crate::centres::{Mode, Procedure, Territory};
use crate::endpoint;
use crate::i18n::Language;
use crate::identifiers::{
    AppointmentId, Branch, CentreId, Email, EmployerIdentifier, MaskedEmail, RepresentativeId,
};
use crate::staff::ActReason;
use crate::time::{CivilDate, Deadline, Timestamp};
use serde::{Deserialize, Serialize};

pub use super::{AppointmentCode, Bring, CancelledBy, Item, Paper, ToBring};
pub use crate::centres::{Address, CantonName, CentreName, Exceptions, Hours, MapLink, Zone};
pub use crate::recovery::api::{Empty, LinkToken};

endpoint!(
    /// The next free time of each centre of a province that offers the procedure, and of those nearby. Changes nothing.
    NextPlaces, Post "/appointments/next", "Show each centre's next free time.", NextAsked => NextFree
);
endpoint!(
    /// The free times of some days of one centre. Changes nothing.
    FindPlaces, Post "/appointments/places", "Show the free times of a centre.", PlacesAsked => FreeDays
);
endpoint!(
    /// Holds a place for this browser (cookie) for some minutes. Nothing is looked up: every employer is answered alike. The
    /// captcha is solved for [`Subject::Appointment`](crate::captcha::Subject).
    HoldPlace, Post "/appointments", "Hold a place for some minutes.", PlaceWanted => AppointmentView
);
endpoint!(
    /// Turns the hold into an appointment, and sends a mail about it.
    ConfirmPlace, Post "/appointment/confirmation", "Confirm the place that is held.", Confirmation => AppointmentView
);
endpoint!(
    /// The appointment of this browser, wherever it stands.
    CurrentAppointment, Get "/appointment", "Show this browser's appointment.", () => AppointmentView
);
endpoint!(
    /// Gives the place back and takes another one, in one step: nobody is ever without a place meanwhile.
    MoveAppointment, Post "/appointment/move", "Move this browser's appointment to another time.", NewTime => AppointmentView
);
endpoint!(
    /// Gives back a held place, cancels an appointment, leaves the waiting list or lets an offer go.
    CancelAppointment, Post "/appointment/cancel", "Cancel this browser's appointment.", Empty => AppointmentView
);
endpoint!(
    /// Takes the place that was offered to somebody on the waiting list.
    AcceptOffer, Post "/appointment/acceptance", "Accept the place that is offered.", Empty => AppointmentView
);
endpoint!(
    /// Forgets the cookie, and with it nothing else.
    LeaveAppointment, Post "/appointment/leave", "Forget this browser's appointment.", Empty => Empty
);
endpoint!(
    /// Finds an appointment by its code and the representative's number, and gives this browser its cookie. A code that does
    /// not exist and a number that is not its own are one refusal. The captcha is solved for
    /// [`Subject::AppointmentSearch`](crate::captcha::Subject).
    FindAppointment, Post "/appointments/find", "Find an appointment by its code.", Search => AppointmentView
);
endpoint!(
    /// Opens the link of a mail, and gives this browser the appointment's cookie.
    OpenAppointmentLink, Post "/appointments/link", "Open the link of an appointment's mail.", LinkToken => AppointmentView
);
endpoint!(
    /// Waits for a place at a centre that has none, from a day on. The captcha is solved for
    /// [`Subject::Appointment`](crate::captcha::Subject).
    JoinWaitingList, Post "/appointments/waiting", "Join a centre's waiting list.", WaitingAsked => AppointmentView
);
endpoint!(
    /// Cancels what the search at the desk found: somebody else took it in the person's name, or its code and mails are lost. What is open of
    /// the person's ends, whatever its stage and centre; its mails tell so. For officers who serve the queue.
    CancelByOfficer, Post "/staff/appointments/cancel", "Cancel an appointment for a person at a counter.",
    AppointmentToCancel => Empty
);

/// Where the calendar file of this browser's appointment is fetched: `text/calendar`, as an attachment.
pub const CALENDAR_PATH: &str = "/appointment/appointment.ics";

/// Where the sheet of this browser's appointment is fetched: `application/pdf`, with a QR code and what to bring.
pub const SHEET_PATH: &str = "/appointment/appointment.pdf";

/// Where somebody looks for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NextAsked {
    /// The province.
    pub province: Territory,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
}

/// The next free times around a province.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextFree {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The province's centres in the order of their names.
    pub here: Vec<CentreNext>,
    /// Centres of other provinces that are not far, the nearest first. By video, the soonest first: distance does not matter.
    pub nearby: Vec<CentreNext>,
}

/// A centre's next free time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CentreNext {
    /// The centre; [`ListCentres`](crate::centres::api::ListCentres) tells the rest.
    pub centre: CentreId,
    /// When; nothing if it has no free time as far ahead as places are given out.
    pub next: Option<Timestamp>,
    /// How far it is from the province's centres in kilometres, as the crow flies, where that is known.
    pub kilometres: Option<u16>,
}

/// Of which centre and from which day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlacesAsked {
    /// The centre.
    pub centre: CentreId,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// The first day, on the centre's calendar; nothing for the first day with a free time.
    pub from: Option<CivilDate>,
}

/// The free times of seven days of a centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FreeDays {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The centre's clocks.
    pub zone: Zone,
    /// How long a place is, in minutes.
    pub minutes: u16,
    /// Seven days, those without a free time too, fewer where places are not given out yet.
    pub days: Vec<FreeDay>,
    /// The first day of the days before, if there are any from today on.
    pub earlier: Option<CivilDate>,
    /// The first day of the days after, if places are given out by then.
    pub later: Option<CivilDate>,
    /// Whether nothing at all is free at this centre: then the waiting list is open.
    pub full: bool,
}

/// A day's free times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FreeDay {
    /// The day, on the centre's calendar.
    pub date: CivilDate,
    /// Whether the centre serves that day at all.
    pub opens: bool,
    /// When, in order.
    pub times: Vec<FreeTime>,
}

/// A time at which a place is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FreeTime {
    /// When it begins.
    pub starts_at: Timestamp,
    /// How many places are free.
    pub left: u8,
}

/// A place that somebody wants, and who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceWanted {
    /// Where.
    pub centre: CentreId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// RUC, or the cédula of a household employer.
    pub employer: EmployerIdentifier,
    /// `0001` unless told otherwise.
    #[serde(default)]
    pub branch: Branch,
    /// Who comes: the representative's cédula or foreigner code.
    pub representative: RepresentativeId,
    /// The language of the mails.
    pub language: Language,
    /// A solved captcha for the employer's identifier.
    pub captcha: Solution,
}

/// Where the mails about the appointment go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// The address. It is used for this appointment only.
    pub email: Email,
}

/// Another time, here or elsewhere. What it is for and how stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTime {
    /// Where.
    pub centre: CentreId,
    /// When it begins.
    pub starts_at: Timestamp,
}

/// What an appointment is found by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Its code.
    pub code: AppointmentCode,
    /// Whose it is.
    pub representative: RepresentativeId,
    /// A solved captcha for the code.
    pub captcha: Solution,
}

/// An appointment to be cancelled for its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppointmentToCancel {
    /// Which one, as it was found.
    pub appointment: AppointmentId,
    /// Why, in the officer's words.
    pub reason: ActReason,
}

/// Who waits for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WaitingAsked {
    /// Where.
    pub centre: CentreId,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// RUC, or the cédula of a household employer.
    pub employer: EmployerIdentifier,
    /// `0001` unless told otherwise.
    #[serde(default)]
    pub branch: Branch,
    /// Who comes.
    pub representative: RepresentativeId,
    /// Where the offer goes.
    pub email: Email,
    /// The language of the mails.
    pub language: Language,
    /// A solved captcha for the employer's identifier.
    pub captcha: Solution,
}

/// An appointment as its browser may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// What to quote. It is drawn with the hold and does not change when the appointment is moved.
    pub code: AppointmentCode,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// The employer, masked.
    pub employer: String,
    /// Where the mails go, masked; nothing before the confirmation.
    pub email: Option<MaskedEmail>,
    /// The centre.
    pub centre: CentreBrief,
    /// What to bring.
    pub bring: Vec<ToBring>,
    /// Where it stands.
    pub stage: AppointmentStageView,
}

/// A centre, as far as somebody who goes there needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CentreBrief {
    /// Its row.
    pub id: CentreId,
    /// Its name.
    pub name: CentreName,
    /// The province.
    pub province: Territory,
    /// The canton.
    pub canton: CantonName,
    /// Where it is.
    pub address: Address,
    /// A map.
    pub map: Option<MapLink>,
    /// Its clocks.
    pub zone: Zone,
    /// When it serves.
    pub hours: Hours,
    /// When it does not, although its hours say so.
    pub exceptions: Exceptions,
}

/// A place that is somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceView {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// Where an appointment stands. The page is a `match` on this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case", try_from = "super::flat::FlatStage")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AppointmentStageView {
    /// The place is held until `deadline`: it is to be confirmed.
    Held {
        /// Which place.
        place: PlaceView,
        /// When it is given back.
        deadline: Deadline,
        /// How long a hold is in all, in seconds.
        total: u32,
    },
    /// The appointment is made.
    Booked {
        /// Which place.
        place: PlaceView,
        /// How often it can still be moved.
        moves_left: u8,
        /// The room, for one by video.
        video: Option<VideoView>,
    },
    /// The person is at the centre.
    CheckedIn {
        /// Which place.
        place: PlaceView,
        /// Since when.
        at: Timestamp,
        /// The room, for one by video.
        video: Option<VideoView>,
    },
    /// The person was served.
    Attended {
        /// Which place.
        place: PlaceView,
        /// When.
        at: Timestamp,
    },
    /// Nobody came.
    NoShow {
        /// Which place.
        place: PlaceView,
        /// When that was said.
        at: Timestamp,
    },
    /// It was cancelled. Another one can be made.
    Cancelled {
        /// Which place it had; nothing for somebody who waited.
        place: Option<PlaceView>,
        /// By whom.
        by: CancelledBy,
        /// When.
        at: Timestamp,
    },
    /// The hold, the offer or the time on the waiting list ended by itself.
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// On the waiting list.
    Waiting {
        /// Since when.
        since: Timestamp,
        /// Until when, at most.
        until: Deadline,
        /// How many are before.
        ahead: u32,
    },
    /// A place became free and is kept until `deadline`.
    Offered {
        /// Which place.
        place: PlaceView,
        /// When it goes to the next one.
        deadline: Deadline,
        /// How long an offer stands in all, in seconds.
        total: u32,
    },
}

/// The room of an appointment by video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VideoView {
    /// From when its address is told.
    pub opens: Timestamp,
    /// When it is told no more.
    pub closes: Deadline,
    /// The address, while it is told.
    pub room: Option<String>,
}

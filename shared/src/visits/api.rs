//! The endpoints of the desk: a centre's queue of today, and the search.
//!
//! All of them ask for an officer with the right to serve the queue. Each sees and acts in one centre: their own; whoever works at
//! every centre, in the one where they chose a counter today. What the queue shows of people is masked: whoever serves somebody sees the rest in the dossier. Every answer to an act is the queue
//! as it stands afterwards.

use super::{CounterNumber, StageName};
use crate::centres::{CentreId, Mode, Procedure, Zone};
use crate::endpoint;
use crate::identifiers::{
    AppointmentId, Branch, CaseId, DossierId, EmployerIdentifier, RepresentativeId, VisitId,
};
use crate::recovery::api::Empty;
use crate::staff::ActReason;
use crate::time::{CivilDate, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// The queue of the officer's centre, today. Looking is audited. Refused with `centre_missing` to whoever works at every centre and
    /// has chosen no counter today.
    DayQueue, Get "/staff/queue", "Show today's queue of the officer's centre.", () => QueueView
);
endpoint!(
    /// Where the officer sits today; whoever sits nowhere calls nobody. One that another officer has today is refused.
    ChooseCounter, Post "/staff/queue/counter", "Say at which counter the officer sits today.", CounterChoice => QueueView
);
endpoint!(
    /// Somebody with an appointment of today has come, or is in front of the camera. They wait from here on.
    CheckIn, Post "/staff/queue/check-in", "Check somebody in who has an appointment today.", Arrival => QueueView
);
endpoint!(
    /// Somebody without an appointment has come. They wait from here on.
    AdmitWalkIn, Post "/staff/queue/walk-ins", "Check somebody in who comes without an appointment.", WalkIn => QueueView
);
endpoint!(
    /// Somebody whose case waits for an officer has come without an appointment. Who they are is taken from the case. Refused with
    /// `case_at_other_stage` where it waits no more.
    AdmitCase, Post "/staff/queue/cases", "Check somebody in whose case waits for an officer.", CaseNamed => QueueView
);
endpoint!(
    /// Calls whoever is next to the officer's counter.
    CallNext, Post "/staff/queue/call-next", "Call the next person to the officer's counter.", Empty => QueueView
);
endpoint!(
    /// Calls this one to the officer's counter, out of turn.
    CallVisit, Post "/staff/queue/call", "Call a person to the officer's counter.", VisitChoice => QueueView
);
endpoint!(
    /// Whoever was called waits again, in their place.
    ReturnVisit, Post "/staff/queue/return", "Let a person wait again whom the officer called.", VisitChoice => QueueView
);
endpoint!(
    /// Whoever was called is there. From here a dossier can be opened.
    BeginService, Post "/staff/queue/begin", "Begin to serve the person whom the officer called.", VisitChoice => QueueView
);
endpoint!(
    /// The service is over.
    FinishVisit, Post "/staff/queue/finish", "Finish the service of a person.", VisitChoice => QueueView
);
endpoint!(
    /// Nobody came when called. It ends the person's appointment, and so has a reason.
    MarkNoShow, Post "/staff/queue/no-show", "Say that nobody came when called.", NoShow => QueueView
);
endpoint!(
    /// Finds appointments, visits, and cases that are not over, by what a person quotes: the code of an appointment, a RUC or cédula, a
    /// case's reference, or the number of a referral. Every search is audited, whatever it finds.
    Search, Post "/staff/search", "Find appointments, visits and cases by what a person quotes.", SearchText => SearchView
);

/// Where the queue is streamed (server-sent events named `queue`, each a [`QueueView`] as JSON).
pub const QUEUE_EVENTS_PATH: &str = "/staff/queue/events";

/// The name of those events.
pub const QUEUE_EVENT: &str = "queue";

/// Where the officer sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CounterChoice {
    /// The counter; nothing to leave it.
    pub counter: Option<CounterNumber>,
    /// Of which centre: only whoever works at every centre has to say.
    pub centre: Option<CentreId>,
}

/// Whose appointment it is that has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// The appointment.
    pub appointment: AppointmentId,
}

/// Somebody without an appointment, as they say who they are. Nothing of it is looked up here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WalkIn {
    /// RUC, or the cédula of a household employer.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// Who has come for it.
    pub representative: RepresentativeId,
    /// What for.
    pub procedure: Procedure,
}

/// Which visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VisitChoice {
    /// The visit.
    pub visit: VisitId,
}

/// Who did not come, and what was done to find them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoShow {
    /// The visit.
    pub visit: VisitId,
    /// Why, in the officer's words.
    pub reason: ActReason,
}

/// A case that a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseNamed {
    /// Of which procedure.
    pub procedure: Procedure,
    /// Its id, as the audit log names it.
    pub case: CaseId,
}

/// A centre's queue, as one officer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The centre.
    pub centre: CentreId,
    /// Its name.
    pub name: String,
    /// What its clocks show: every time here is told by them.
    pub zone: Zone,
    /// The day on its calendar.
    pub day: CivilDate,
    /// Its counters, and who sits where today.
    pub counters: Vec<CounterView>,
    /// The counter of the officer who asks, if one was chosen today.
    pub seat: Option<CounterNumber>,
    /// The visit that the officer who asks called or serves: always one of `visits`.
    pub mine: Option<VisitId>,
    /// Who has come today: first those who wait, in the order in which they are called, then the others, by number.
    pub visits: Vec<VisitView>,
    /// Who has an appointment today and has not come yet, by time.
    pub expected: Vec<ExpectedView>,
}

/// A counter of the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CounterView {
    /// Its number.
    pub counter: CounterNumber,
    /// The name of the officer who sits there today.
    pub officer: Option<String>,
}

/// Somebody who has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitView {
    /// Names the visit.
    pub visit: VisitId,
    /// What they are called by.
    pub number: u32,
    /// What for.
    pub procedure: Procedure,
    /// In person, or by video.
    pub mode: Mode,
    /// The employer, masked.
    pub employer: String,
    /// Who has come for it, masked.
    pub representative: String,
    /// The appointment; nothing for a walk-in.
    pub appointment: Option<AppointmentBrief>,
    /// When they came.
    pub arrived_at: Timestamp,
    /// Where the visit stands.
    pub stage: StageName,
    /// Since when.
    pub since: Timestamp,
    /// Where they were called to.
    pub counter: Option<CounterNumber>,
    /// The name of the officer who called or serves.
    pub officer: Option<String>,
    /// The room of a video call, to the officer who called or serves; nothing for everybody else.
    pub room: Option<RoomView>,
}

/// The appointment that a visit comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentBrief {
    /// Its code.
    pub code: String,
    /// Its time.
    pub starts_at: Timestamp,
}

/// When the room of a video call opens and closes, and where it is while it is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomView {
    /// From when on it is shown.
    pub opens_at: Timestamp,
    /// From when on it is shown no more.
    pub closes_at: Timestamp,
    /// Its address; nothing before it opens and after it has closed.
    pub url: Option<String>,
}

/// Somebody who is expected today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpectedView {
    /// Names the appointment.
    pub appointment: AppointmentId,
    /// Its code.
    pub code: String,
    /// Its time.
    pub starts_at: Timestamp,
    /// What for.
    pub procedure: Procedure,
    /// In person, or by video.
    pub mode: Mode,
    /// The employer, masked.
    pub employer: String,
    /// Who is to come for it, masked.
    pub representative: String,
}

/// What somebody quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SearchText {
    /// As it was typed.
    pub text: super::SearchKey,
}

/// What a search found: the newest first, at most [`MOST_FOUND`] of each kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// As what the text was read: one or more.
    pub sought: Vec<super::Sought>,
    /// Appointments.
    pub appointments: Vec<FoundAppointment>,
    /// Waits for a place.
    pub waiting: Vec<FoundWaiting>,
    /// Visits.
    pub visits: Vec<FoundVisit>,
    /// Cases that are not over, whether they wait for an officer or not.
    pub cases: Vec<FoundCase>,
}

/// How many of each kind a search shows.
pub const MOST_FOUND: u32 = 20;

/// An appointment that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundAppointment {
    /// Names it.
    pub appointment: AppointmentId,
    /// Its code.
    pub code: String,
    /// The centre's name.
    pub centre: String,
    /// What its clocks show.
    pub zone: Zone,
    /// Its time.
    pub starts_at: Timestamp,
    /// What for.
    pub procedure: Procedure,
    /// In person, or by video.
    pub mode: Mode,
    /// The employer, masked.
    pub employer: String,
    /// Who is to come for it, masked.
    pub representative: String,
    /// What can be done with it here and now.
    pub standing: FoundStanding,
}

/// What an officer can do with an appointment that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FoundStanding {
    /// It is of today and of the officer's centre: whoever has it can be checked in.
    CanCheckIn,
    /// It is of another day.
    OtherDay,
    /// It is of another centre.
    OtherCentre,
    /// Nobody has confirmed it: no place is theirs for good.
    Unconfirmed,
    /// They have come already.
    CheckedIn,
    /// It is over, or was cancelled.
    Over,
}

/// Somebody on a centre's waiting list, who counts as having an appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundWaiting {
    /// Names it.
    pub appointment: AppointmentId,
    /// What they quote.
    pub code: String,
    /// The centre's name.
    pub centre: String,
    /// What its clocks show.
    pub zone: Zone,
    /// Since when.
    pub since: Timestamp,
    /// What for.
    pub procedure: Procedure,
    /// In person, or by video.
    pub mode: Mode,
    /// The employer, masked.
    pub employer: String,
    /// Who waits for it, masked.
    pub representative: String,
}

/// A visit that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundVisit {
    /// Names it.
    pub visit: VisitId,
    /// Its dossier, if one was opened and is still kept. Whoever does not serve the visit says why they look.
    pub dossier: Option<DossierId>,
    /// The centre's name.
    pub centre: String,
    /// What its clocks show.
    pub zone: Zone,
    /// The day on the centre's calendar.
    pub day: CivilDate,
    /// What they were called by.
    pub number: u32,
    /// What for.
    pub procedure: Procedure,
    /// In person, or by video.
    pub mode: Mode,
    /// The employer, masked; nothing when what was typed is no longer kept.
    pub employer: Option<String>,
    /// Who came for it, masked; nothing as above.
    pub representative: Option<String>,
    /// When they came.
    pub arrived_at: Timestamp,
    /// Where it stands.
    pub stage: StageName,
    /// The name of the officer who called or serves, or did so last.
    pub officer: Option<String>,
}

/// A case that is not over. Opening a dossier goes by a visit: whoever comes with a case is admitted first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundCase {
    /// Of which procedure.
    pub procedure: Procedure,
    /// Its id, as the audit log names it. It opens nothing.
    pub case: CaseId,
    /// The case's reference, or the referral's number.
    pub quoted: String,
    /// The employer, masked; nothing when what was typed is no longer kept.
    pub employer: Option<String>,
    /// Who acts for it, masked; nothing as above.
    pub representative: Option<String>,
    /// Where it stands.
    pub standing: CaseStanding,
}

/// Where a case stands, as far as an officer has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaseStanding {
    /// The person goes on online.
    Online,
    /// It waits for a signed request.
    AwaitingSignature,
    /// It waits for an officer: whoever has it can be admitted.
    AwaitingOfficer,
    /// A message with a link is about to leave.
    LinkQueued,
    /// The message has left, and the link was not opened yet.
    LinkSent,
    /// The person opened the link.
    LinkOpened,
}

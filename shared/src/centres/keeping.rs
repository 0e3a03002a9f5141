//! The endpoints with which administrators keep centres. Each needs a member of the staff with
//! [`Right::KeepCentres`](crate::staff::Right).
//!
//! A change that would leave appointments without their place is not made at once: the answer says how many there are, and the
//! same request with that number in `agreed` makes it, cancels them and has their people told.

use super::api::CentreDetails;
use super::{CentreId, ClockTime, Closure, ClosureId, Holiday, Zone};
use crate::endpoint;
use crate::staff::ActReason;
use crate::time::{CivilDate, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// Every centre with what its slots follow from, closed ones too.
    ListKeptCentres, Get "/staff/centres", "List the centres for those who keep them.", () => KeptCentres
);
endpoint!(
    /// Makes a centre, or gives one other details.
    SaveCentre, Post "/staff/centres/save", "Make a centre or change one.", CentreToSave => Kept
);
endpoint!(
    /// Puts other holidays in the place of a centre's, or of the national ones.
    SaveHolidays, Post "/staff/centres/holidays", "Set the holidays of a centre or of the country.",
    HolidaysToSave => Kept
);
endpoint!(
    /// Closes a centre for a stretch of time.
    CloseCentre, Post "/staff/centres/close", "Close a centre for some time.", TimeToClose => Kept
);
endpoint!(
    /// Takes a closure back: its slots can be booked again.
    OpenCentre, Post "/staff/centres/open", "Take back the closure of a centre.", ClosureToEnd => Kept
);
endpoint!(
    /// Ends a centre's service for good. Its past stays.
    EndCentre, Post "/staff/centres/end", "End the service of a centre.", CentreToEnd => Kept
);
endpoint!(
    /// Lets a centre that had ended serve again.
    ResumeCentre, Post "/staff/centres/resume", "Let an ended centre serve again.", CentreToResume => Kept
);

/// Holidays that one request sets at most: of a centre, or national ones.
pub const MOST_HOLIDAYS: usize = 60;

/// Every centre, as those see it who keep them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptCentres {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// By province, then by name; ended ones too.
    pub centres: Vec<KeptCentre>,
    /// Days on which no centre serves, from yesterday on.
    pub national: Vec<Holiday>,
    /// How many days ahead one can book.
    pub horizon_days: u16,
    /// How long an appointment is.
    pub slot_minutes: u16,
}

/// A centre, as those see it who keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptCentre {
    /// Names it.
    pub id: CentreId,
    /// What the institution says of it.
    pub details: CentreDetails,
    /// Its own holidays, from yesterday on.
    pub holidays: Vec<Holiday>,
    /// When it does not serve, as far as that is not over.
    pub closures: Vec<KeptClosure>,
    /// Since when it serves no more.
    pub ended_at: Option<Timestamp>,
}

/// A closure, as those see it who keep the centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptClosure {
    /// Names it, to take it back.
    pub id: ClosureId,
    /// From when until when.
    pub closure: Closure,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kept {
    /// How many appointments the change would cancel: more than was agreed to, so nothing was changed. Nothing where it was made.
    pub displaces: Option<u32>,
    /// The centres as they are now.
    pub centres: KeptCentres,
}

/// A centre to be made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CentreToSave {
    /// Which one; nothing to make one.
    pub centre: Option<CentreId>,
    /// Its details as the form showed them before anything was typed; nothing for a new one. Where they are others by now, somebody
    /// else changed them meanwhile: nothing is changed, and the answer is `details_changed`.
    #[serde(default)]
    pub seen: Option<CentreDetails>,
    /// What the institution says of it.
    pub details: CentreDetails,
    /// Why.
    pub reason: ActReason,
    /// How many appointments may be cancelled for it.
    #[serde(default)]
    pub agreed: u32,
}

/// The holidays of a centre, or of the country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HolidaysToSave {
    /// Of which centre; nothing for national ones.
    pub centre: Option<CentreId>,
    /// The days that the form showed before anything was typed. Where they are others by now, nothing is changed, and the answer is
    /// `details_changed`. Only the days: the names twice would not fit into a request.
    pub seen: Vec<CivilDate>,
    /// All of them, each day once, 60 at most. Those before yesterday are forgotten with it.
    pub holidays: Vec<Holiday>,
    /// Why.
    pub reason: ActReason,
    /// How many appointments may be cancelled for it.
    #[serde(default)]
    pub agreed: u32,
}

/// An instant by a centre's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LocalTime {
    /// The day.
    pub day: CivilDate,
    /// What the clocks show.
    pub clock: ClockTime,
}

/// When a centre is not to serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TimeToClose {
    /// Which centre.
    pub centre: CentreId,
    /// From when on.
    pub from: LocalTime,
    /// Until when: after `from`, and not past already.
    pub until: LocalTime,
    /// Why.
    pub reason: ActReason,
    /// How many appointments may be cancelled for it.
    #[serde(default)]
    pub agreed: u32,
}

/// A closure to take back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClosureToEnd {
    /// Of which centre.
    pub centre: CentreId,
    /// Which one.
    pub closure: ClosureId,
    /// Why.
    pub reason: ActReason,
}

/// A centre that is to serve no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CentreToEnd {
    /// Which one.
    pub centre: CentreId,
    /// Why.
    pub reason: ActReason,
    /// How many appointments may be cancelled for it.
    #[serde(default)]
    pub agreed: u32,
}

/// A centre that is to serve again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CentreToResume {
    /// Which one.
    pub centre: CentreId,
    /// Why.
    pub reason: ActReason,
}

impl LocalTime {
    /// The instant in a zone.
    pub fn instant(self, zone: Zone) -> Timestamp {
        zone.instant(self.day, self.clock.minutes())
    }
}

//! Centres: where people are served at counters or by video, and when.
//!
//! Words: a *centre* has *counters*, numbered from 1; its *hours* say when it serves; a *holiday* is a day on which it does not, a
//! *closure* a stretch of time. A *slot* is a time at which people are served; each slot has a *lane* for each counter, and a slot's
//! lane is a *place*: what one appointment takes. A *territory* is one of the 24 provinces, a *zone* what its clocks show.
//!
//! Invariants: slots of a day follow from hours, holidays, closures and counters alone, so that nobody has to make them ahead; a
//! centre's local day is its zone's, and Galápagos is an hour behind the mainland.
//!
//! It does not know who has which place: see [`crate::appointments`].

pub mod api;
mod clock;
mod code;
mod holiday;
mod hours;
pub mod keeping;
mod lines;
mod offer;
mod slots;
mod territory;
pub mod words;

pub use clock::{ClockTime, InvalidClockTime};
pub use code::{CentreCode, InvalidCode};
pub use holiday::{Exceptions, Holiday};
pub use hours::{DayHours, DaysAlike, Hours, InvalidHours, Opening};
pub use lines::{Address, CantonName, CentreName, HolidayName, InvalidLine, MapLink};
pub use offer::{Counters, InvalidCounters, Lane, Mode, Modes, NoneOffered, Procedure, Procedures};
pub use slots::{Closure, Place, Slot, Timetable};
pub use territory::{Coordinates, InvalidCoordinates, Territory, UnknownTerritory, Zone};

pub use crate::identifiers::CentreId;

crate::id!(
    /// A stretch of time in which a centre does not serve.
    ClosureId,
);

//! Appointments: a place at a centre, held, booked, moved, given back, waited for, and what became of it.
//!
//! Words: a *place* is a time at a centre and one of its lanes; it is *held* for some minutes until somebody confirms it, and then
//! *booked*. Whoever finds a centre full *waits* on its list; a place that becomes free is *offered* to the first one. The *code*
//! is what a person quotes. An [`Appointment`] is a state machine: an [`Event`] moves it and leaves [`Effect`]s that the server
//! writes in the same transaction.
//!
//! Invariants: a deadline that has passed counts from that instant on, whether it was written down or not; a place is given back
//! by exactly one move; nothing is told of an employer, because nothing is looked up: what to bring follows from the numbers
//! that somebody typed. It knows no queue and no officer: what happens at the centre is a visit's.
//!
//! ```mermaid
#![doc = include_str!("diagram.mmd")]
//! ```

pub mod api;
mod appointment;
mod bring;
mod code;
mod effect;
mod event;
mod flat;
mod table;
mod terms;
mod transition;
mod video;
mod words;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod machine_tests;

pub use appointment::{Appointment, Booking, Place, Stage};
pub use bring::{Bring, Errand, Item, Paper, Papers, Presented, Shown, ToBring, what_to_bring};
pub use code::{AppointmentCode, InvalidCode};
pub use effect::{Effect, News, Step};
pub use event::{CancelledBy, Event, EventName};
pub use table::{StageName, TRANSITIONS, Transition, diagram};
pub use terms::{Terms, first_reminder, next_reminder};
pub use transition::Refused;
pub use video::{Room, video_window};

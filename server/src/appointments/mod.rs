//! Appointments over HTTP: finding a place, holding, confirming, moving and cancelling it, waiting for one, and being reminded.
//!
//! Words: see [`shared::appointments`]. *Taking* a place is writing its row, whose key only one can have; *carrying out* a step
//! means saving the appointment and writing its effects in one transaction; a *browser* that looks after an appointment shows its
//! cookie.
//!
//! Invariants: two people never get one place, because a place is a primary key; a place is taken before its centre's hours are looked
//! at, so that one that has just gone is not kept; whoever moves takes the new place before the old one is given back; nothing is
//! looked up about an employer. A room for a video call is derived and never stored.
//!
//! What it does not do: it serves nobody. Whoever came is a visit.

pub mod calendar;
mod carry;
pub mod http;
pub mod job;
mod kept;
mod mails;
mod offers;
mod places;
pub mod service;
pub mod sheet;
pub mod store;
mod view;
pub(crate) mod words;

pub use crate::challenges::Call;
pub use mails::{MadeLink, Notice};
pub use service::{Booked, Opened};

use crate::app::App;
use crate::keys::{Digest, Keys, Purpose};
use shared::appointments::{Place, Room};
use shared::identifiers::{AppointmentId, EmployerIdentifier, RepresentativeId};

/// The cookie that shows which appointment this browser looks after.
pub const COOKIE: &str = "__Host-clavero-appointment";

/// Under what a person's appointments are counted and found.
pub fn person(keys: &Keys, representative: &RepresentativeId) -> Digest {
    let number = representative.to_string();
    keys.digest(Purpose::Subject, &[b"appointment person", number.as_bytes()])
}

/// Under what an employer's appointments are found, whatever the branch.
pub fn employer(keys: &Keys, employer: EmployerIdentifier) -> Digest {
    let number = employer.to_string();
    keys.digest(Purpose::Subject, &[b"appointment employer", number.as_bytes()])
}

/// The room of an appointment at a place: 128 bits that only the master key can make, another one after each move.
fn room(app: &App, appointment: AppointmentId, place: &Place) -> Room {
    let starts_at = place.starts_at.as_micros().to_le_bytes();
    let digest = app.keys.digest(
        Purpose::VideoRoom,
        &[appointment.as_uuid().as_bytes(), &starts_at],
    );
    let mut name = [0; 16];
    name.copy_from_slice(&digest[..16]);
    Room::new(name)
}

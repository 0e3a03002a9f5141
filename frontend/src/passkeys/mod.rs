//! Enrolling a passkey with a one-time link, at the counter and under supervision.
//!
//! The page explains, asks for a name, has the device make the passkey and hands it to the server. The link is used up by
//! that and by nothing before: a device that fails, or a person who cancels, tries again with the same link.

mod done;
mod enrol;
mod suggestion;

pub use enrol::EnrolmentPage;

//! Changing an account's e-mail or phone: asked for in the account area, confirmed by the new contact, held for the old ones.
//!
//! Words: those of `shared::contacts`. To *settle* an account is to write down what time has done to its changes: what nobody
//! confirmed lapses, a hold that is over is applied.
//!
//! Invariants: whoever changes a change has locked its account before, and has settled it, so that a deadline counts from its
//! instant on whether the job came by or not; a hold begins with a `ConfirmedContact`; the old contacts are told in the
//! transaction that begins it; what is applied is judged anew under the lock: the obstacles, and that the contact which is
//! replaced is still the one that was told. The new contact is stored until its change is over, since it must be written to, and
//! not a moment longer.
//!
//! What it does not do: it asks nobody whether another account has the same contact; it sends nothing.

mod account;
mod counter;
mod hold;
pub mod http;
pub mod job;
mod kept;
mod links;
mod record;
pub mod service;
pub mod store;

pub use counter::Asking;
pub use links::{MadeCancelLink, MadeConfirmLink};
pub use record::{LinkRecord, Purpose, Record};

use shared::identifiers::ContactChangeId;

/// Where whoever waits for a change listens.
pub(crate) fn topic(change: ContactChangeId) -> String {
    format!("contact {change}")
}

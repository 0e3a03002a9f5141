//! Being signed in: how long it lasts, from which device and network, and when a password is old.
//!
//! Words: a *session* is one browser that proved the password; it ends when nobody uses it (*idle*), in any case after some
//! hours (*absolute*), or when somebody ends it. A [`Device`] is what a browser says about itself, a [`Network`] the part of
//! its address that many people share. A browser that signed in once is *known* to the account.
//!
//! Invariants: a session never lasts longer than its policy says; a device and a network are as little of a person as the
//! list of sessions needs; every end is an instant from which on it is over.
//!
//! What it does not do: it holds no token and no password, and it decides nothing about blocked accounts.

pub mod api;
mod device;
mod lifetime;
mod network;
mod who;

pub use device::{Browser, Device, System};
pub use lifetime::{Ends, PasswordAge};
pub use network::{InvalidNetwork, Network};
pub use who::Who;

use serde::{Deserialize, Serialize};

/// Whether the browser signed in to this account before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Familiarity {
    /// It did, and it was not forgotten since.
    Known,
    /// It did not.
    New,
}

/// Why somebody with the right password was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// The account is blocked for browsers that it does not know.
    Blocked,
    /// The owner froze the account.
    Frozen,
}

crate::id!(
    /// A session.
    SessionId,
    /// A browser that an account knows.
    DeviceId,
);

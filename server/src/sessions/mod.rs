//! Signing in, and what somebody who is signed in may do with sessions, password and history.
//!
//! Words: a [`Session`] is the proof that a request comes from a browser that is signed in, as the [`Owner`] or as a
//! delegate; a *device* is a browser with
//! an earlier successful sign-in to the account, by a cookie of its own; an *attempt* is one submission of a password; a
//! *tally* is what attempts are counted under: all unknown browsers of an account together, or one device.
//!
//! Invariants: owner and delegates have passwords, devices, tallies and sessions of their own, and none of them can use up
//! the other's; the authority of a request is a row, read for that request; cookies are stored as keyed digests; an attempt
//! is counted, in a transaction of its own, before anything is compared; whoever does not know the password learns nothing
//! about the account, not even whether there is one; failures of strangers keep no known device out; reading keeps no
//! session alive and writes nothing.
//!
//! What it does not do: it lifts no block and no freeze, and it makes no delegates.

mod attempts;
mod change;
mod check;
mod history;
pub mod http;
mod kept;
mod places;
pub mod service;
mod session;
mod sign_in;
pub mod store;
mod who;

pub use check::PasswordChecked;
pub use http::signed_in;
pub use places::Caller;
pub use session::{Session, Use};
pub use sign_in::{Cookies, SignedIn};
pub use who::{Owner, Principal, Who};

/// The cookie that shows which session is this browser's.
pub const COOKIE: &str = "__Host-clavero-session";

/// The cookie by which accounts know this browser.
pub const DEVICE_COOKIE: &str = "__Host-clavero-device";

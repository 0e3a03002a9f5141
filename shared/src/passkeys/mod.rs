//! Passkeys: WebAuthn credentials that a person unlocks with a fingerprint, a face or the device's PIN.
//!
//! Words: a *passkey* is a key pair in a device of the person; the account keeps its public half. *Enrolling* one is done at
//! a counter, with a one-time link, under the eyes of an officer. An *assertion* is the device's signature over a fresh
//! challenge; both conversations with the device are *ceremonies*. A [`Purpose`] is what a ceremony is for.
//!
//! Invariants: every passkey is discoverable and verifies its user, so that a challenge names no credential and is the same
//! for known and unknown employers; what a browser sends is bounded, member by member, before anything reads it; a name
//! holds nothing that hides or turns text around.
//!
//! What it does not do: it verifies no signature. That is the server's business (`server/src/passkeys`).

pub mod api;
pub mod browser;
mod bytes;
mod evidence;
mod name;

pub use bytes::{Bytes, MalformedBytes};
pub use evidence::PasskeyAsserted;
pub use name::{InvalidName, PasskeyName};

use serde::{Deserialize, Serialize};

crate::id!(
    /// A passkey of an account.
    PasskeyId,
    /// A link with which one passkey can be enrolled.
    EnrolmentId,
);

/// What a ceremony is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Purpose {
    /// A new passkey is enrolled.
    Enrolment,
    /// A blocked account is to be unblocked.
    Unlock,
    /// A recovery asks for more than its link.
    Recovery,
}

impl Purpose {
    /// As it stands in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enrolment => "enrolment",
            Self::Unlock => "unlock",
            Self::Recovery => "recovery",
        }
    }
}

/// Whether copies of a passkey may exist, as the device says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Backup {
    /// It never leaves its device.
    DeviceBound,
    /// It may be copied to the person's other devices, and is not yet.
    Eligible,
    /// It is copied to the person's other devices, or to their provider.
    BackedUp,
}

/// Why a ceremony came to nothing. For the audit log only: whoever asked is told that it did, and nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedBecause {
    /// No ceremony was begun here, it was used already, or a newer one took its place.
    NoCeremony,
    /// Its time was over.
    Late,
    /// The answer belongs to another challenge.
    OtherChallenge,
    /// It was made on a page of another origin.
    OtherOrigin,
    /// It was made for another site.
    OtherSite,
    /// The device did not verify its user.
    UserNotVerified,
    /// No passkey is known by this credential, or it was removed.
    Unknown,
    /// The passkey belongs to another account, or the device says that it does.
    OtherAccount,
    /// The account had another representative when it was enrolled.
    OtherHolder,
    /// The signature counter did not rise: a copy of the key may exist.
    CounterBehind,
    /// The credential is enrolled already, here or elsewhere.
    EnrolledAlready,
    /// The credential cannot be found by its device without being named.
    NotDiscoverable,
    /// Signature, format or algorithm do not hold.
    Invalid,
}

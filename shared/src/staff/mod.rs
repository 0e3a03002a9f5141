//! Staff: who works at counters, what each may do, how they sign in, and what is written down of it.
//!
//! Words: an *officer* is somebody of the staff who is signed in; a *role* is what somebody is, a *right* what the role lets
//! them do; a *deed* is something they did or looked at, an *act* one of them written down, with its *reason*; a session that
//! nobody uses is *locked*: it is not over, and the password or the passkey opens it again.
//!
//! Invariants: nobody who acts on accounts reads the audit log or keeps the staff; the words of a reason stay in the
//! database and out of the audit log.
//!
//! What it does not do: it knows no password, no code and no centre.

pub mod api;
mod deed;
mod role;
mod why;
mod words;

pub use crate::delegates::DelegateName as StaffName;
pub use deed::DeedName;
pub use role::{Right, Role};
pub use why::Why;
pub use words::{ActReason, InvalidReason};

use crate::policy;
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

crate::id!(
    /// A passkey of somebody of the staff.
    StaffPasskeyId,
    /// A session of somebody of the staff.
    StaffSessionId,
);

/// What somebody proves beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SecondFactor {
    /// A one-time code of an authenticator app (RFC 6238).
    Code,
    /// A passkey that verifies its user.
    Passkey,
}

/// Whether the desk is open to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = StaffStanding))]
pub enum Standing {
    /// It is.
    Open,
    /// The officer locked it, or nobody used it for a while.
    Locked,
}

/// How long a session of the staff lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffEnds {
    /// When it is locked, if nobody uses it until then.
    pub locks: Deadline,
    /// When it is over, in any case.
    pub absolute: Deadline,
}

impl StaffEnds {
    /// The ends of a session whose use was last noted at `used`.
    pub fn of(policy: policy::Staff, used: Timestamp, absolute: Deadline) -> Self {
        Self {
            locks: Deadline::after(used, policy.idle()).earlier(absolute),
            absolute,
        }
    }
}

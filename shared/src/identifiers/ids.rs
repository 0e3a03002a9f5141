//! Ids of rows: UUIDs of version 7, made from a given time and given random bits.

use crate::time::Timestamp;
use uuid::Uuid;

/// A text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct InvalidId;

/// Declares an id type: `id!(/// An account. AccountId);`
#[macro_export]
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new one: sorts by time, and is unguessable only as far as `random` is.
            pub fn new(at: $crate::time::Timestamp, random: [u8; 10]) -> Self {
                Self($crate::identifiers::version_7(at, random))
            }

            /// From a stored value.
            pub const fn from_uuid(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }

            /// For storing.
            pub const fn as_uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::identifiers::InvalidId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::try_parse(text).map(Self).map_err(|_| $crate::identifiers::InvalidId)
            }
        }
    )+ };
}

/// A UUID of version 7 (RFC 9562): milliseconds since 1970, then random bits. Times before 1970 count as 1970.
pub fn version_7(at: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(at.as_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

id!(
    /// An employer's account.
    AccountId,
    /// A place at a counter, or by video, that somebody has or waits for.
    AppointmentId,
    /// Something that a second officer is asked to agree to.
    ApprovalId,
    /// A recovery case.
    CaseId,
    /// A centre with counters.
    CentreId,
    /// A change of an account's contacts, asked for and not yet over.
    ContactChangeId,
    /// A person's request about what is kept about them.
    DataRequestId,
    /// A delegate of an account.
    DelegateId,
    /// A document that is kept.
    DocumentId,
    /// What was presented at a counter.
    DossierId,
    /// An audit event.
    EventId,
    /// A link that was sent.
    LinkId,
    /// A message to a person.
    MessageId,
    /// A case of a signed request.
    SignatureId,
    /// Something that somebody of the staff did or looked at, with the reason.
    StaffActId,
    /// Somebody of the staff.
    StaffId,
    /// A case of unlocking an account.
    UnlockId,
    /// Somebody's visit to a centre, or by video.
    VisitId,
);

//! The endpoints of "no fui yo": looking at a freeze link, and freezing.

use crate::endpoint;
use crate::secrets::Secret;
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// Looks at a freeze link without changing anything: scanners that run JavaScript come this far.
    InspectFreeze, Post "/freeze/inspect", "Show what a freeze link is good for.", FreezeToken => FreezeView
);
endpoint!(
    /// Freezes the account. Doing it again changes nothing and answers the same.
    Freeze, Post "/freeze", "Freeze the account with a freeze link.", FreezeToken => FreezeView
);

/// A freeze link's token: 32 bytes in base64url, from the fragment of the link's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FreezeToken {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
}

/// What a freeze link is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FreezeView {
    /// The employer, masked.
    pub employer: String,
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When the link ends.
    pub deadline: Deadline,
    /// How the account stands.
    pub state: FreezeState,
}

/// Whether there is something to freeze.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", try_from = "FlatState")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FreezeState {
    /// The account can be frozen.
    Open,
    /// It is frozen.
    Frozen {
        /// Since when.
        at: Timestamp,
    },
}

/// How [`FreezeState`] is read; see `recovery/flat.rs` for why.
#[derive(Debug, Deserialize)]
struct FlatState {
    state: Name,
    at: Option<Timestamp>,
}

/// The names of the states.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Open,
    Frozen,
}

impl TryFrom<FlatState> for FreezeState {
    type Error = &'static str;

    fn try_from(flat: FlatState) -> Result<Self, &'static str> {
        match (flat.state, flat.at) {
            (Name::Open, _) => Ok(Self::Open),
            (Name::Frozen, Some(at)) => Ok(Self::Frozen { at }),
            (Name::Frozen, None) => Err("a frozen account has a time"),
        }
    }
}

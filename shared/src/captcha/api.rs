//! The endpoint that issues challenges.

use super::Subject;
use crate::endpoint;
use serde::{Deserialize, Serialize};

endpoint!(
    /// Issues a challenge. Costs the server nothing to remember: it is kept by whoever asked.
    IssueCaptcha, Post "/captchas", "Issue a proof-of-work challenge for a subject.", Subject => Issued
);

/// A challenge to solve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Issued {
    /// Opaque and signed; [`super::Challenge`] reads it.
    pub challenge: String,
}

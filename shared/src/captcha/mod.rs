//! Proof of work instead of a puzzle. (Being written.)
use serde::{Deserialize, Serialize};

/// A solved challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Solution {
    /// The challenge as it was issued, opaque and signed.
    pub challenge: String,
    /// One nonce a part of the work.
    pub nonces: Vec<u32>,
}

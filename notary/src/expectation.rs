//! What a signed request is held against.

use serde::{Deserialize, Serialize};
use shared::identifiers::{RepresentativeId, Ruc};
use shared::time::{Deadline, Timestamp};
use std::fmt;

/// What a file must be to pass. Without `issued` or `holder` (a look at any signed file) the checks of them stay skipped, so
/// that nothing passes by being left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expectation {
    /// The request that was issued.
    pub issued: Option<Issued>,
    /// Who is to have signed it.
    pub holder: Option<ExpectedHolder>,
    /// Our clock.
    pub now: Timestamp,
}

/// A request as it left us.
#[derive(Clone, Serialize, Deserialize)]
pub struct Issued {
    /// Its bytes, base64 on a wire.
    #[serde(with = "crate::base64")]
    pub bytes: Vec<u8>,
    /// Its number, used for no other.
    pub nonce: Nonce,
    /// Until when it is to come back signed.
    pub expires: Deadline,
    /// Whether one came back already.
    pub used: Use,
}

/// Shows no text of it: the request names people.
impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issued")
            .field("bytes", &self.bytes.len())
            .field("expires", &self.expires)
            .field("used", &self.used)
            .finish_non_exhaustive()
    }
}

/// Whether a request was used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Not yet.
    Fresh,
    /// Yes.
    Used,
}

/// A request's number: 128 random bits, in the text and the QR code of the request. It is no secret: whoever has it can do
/// nothing with it but sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nonce(pub [u8; 16]);

/// The person who is to have signed, and for which employer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExpectedHolder {
    /// The representative's number.
    pub representative: RepresentativeId,
    /// The employer's RUC; a household has none.
    pub ruc: Option<Ruc>,
}

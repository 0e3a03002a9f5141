//! What has to be asked of the authorities, and what they reply. The server carries both.

mod inquiry;
mod list;
mod ocsp;

#[cfg(test)]
mod tests;

pub(crate) use inquiry::{Answer, Inquiry};

use inquiry::{Standing, Window};
use serde::{Deserialize, Serialize};
use shared::time::Timestamp;

/// Something to be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Question {
    /// POST this request (DER) as `application/ocsp-request`.
    Ocsp {
        /// Where, as the certificate says: not to be trusted.
        url: String,
        /// What.
        #[serde(with = "crate::base64")]
        request: Vec<u8>,
    },
    /// GET this list.
    Crl {
        /// Where, as the certificate says: not to be trusted.
        url: String,
    },
}

/// What came of a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// The bytes, or why there are none.
    #[serde(with = "crate::base64::reply")]
    pub bytes: Result<Vec<u8>, Unanswered>,
    /// When they were fetched: earlier than now, if they come from our cache.
    pub fetched_at: Timestamp,
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unanswered {
    /// The address is not one that we ask.
    Forbidden,
    /// No connection, no answer in time, or one that says no.
    Unreachable,
    /// More bytes than allowed.
    TooLarge,
}

/// Until when an answer to this question says that it is of use; nothing if it cannot be read.
///
/// Nothing of it is verified: it tells only how long to keep the bytes. They are verified each time they are used.
pub fn freshness(question: &Question, bytes: &[u8]) -> Option<Timestamp> {
    match question {
        Question::Ocsp { .. } => ocsp::next_update(bytes),
        Question::Crl { .. } => list::next_update(bytes),
    }
}

/// Reads an answer about a certificate that issued itself, for [`fuzzing`](crate::fuzzing): what it says is dropped.
pub(crate) fn weigh(
    question: &Question,
    bytes: &[u8],
    root: &crate::certificate::Certificate,
    now: Timestamp,
) {
    match question {
        Question::Ocsp { .. } => drop(ocsp::read(bytes, root, root, now)),
        Question::Crl { .. } => drop(list::read(bytes, root, root, now)),
    }
}

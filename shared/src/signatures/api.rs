//! The endpoints of signed requests, from the identification to the verdict.

use crate::captcha::Solution;
use crate::endpoint;
use crate::i18n::Language;
use crate::identifiers::{Branch, EmployerIdentifier, RepresentativeId};
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

pub use super::{Check, Finding, Outcome, Purpose, PurposeName, Reason, Rejection};
pub use crate::recovery::api::{CaseReference, Empty, Ending};

endpoint!(
    /// Issues a request for this browser (cookie). Answers alike for identifiers known and unknown. For a recovery or an
    /// unlocking it opens that case too, with its own cookie. The captcha is solved for
    /// [`Subject::Signature`](crate::captcha::Subject).
    OpenSignature, Post "/signatures", "Issue a request to be signed.", SignatureAsked => SignatureView
);
endpoint!(
    /// Issues a request for the case of recovery or unlocking of this browser, which offers the route of signature: nothing has
    /// to be typed again.
    ContinueBySignature, Post "/signatures/continuation", "Issue a request to be signed for this browser's case.", Continuation => SignatureView
);
endpoint!(
    /// The request of this browser, wherever it stands.
    CurrentSignature, Get "/signature", "Show this browser's request.", () => SignatureView
);
endpoint!(
    /// Issues the same request anew, with a fresh number, where the one before it has expired. It is not a new case.
    RenewSignature, Post "/signature/renewal", "Issue this browser's request anew.", Empty => SignatureView
);
endpoint!(
    /// Ends this browser's request and forgets its cookie.
    AbandonSignature, Post "/signature/abandon", "Abandon this browser's request.", Empty => Empty
);

/// Where the request is fetched with GET: `application/pdf`, as an attachment. For the browser of the cookie only.
pub const REQUEST_PATH: &str = "/signature/request.pdf";

/// Where the signed request is sent with POST: the file's bytes as the whole body, `application/octet-stream`. The answer is
/// a [`SignatureView`] with the verdict. The file has no name here.
pub const DOCUMENT_PATH: &str = "/signature/document";

/// A request to be issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignatureAsked {
    /// What it is to bring.
    pub purpose: Purpose,
    /// Whose account.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// Who will sign.
    pub representative: RepresentativeId,
    /// The language of the page and of messages; the request itself is in Spanish.
    pub language: Language,
    /// The solved captcha.
    pub captcha: Solution,
}

/// Which case of this browser goes on by signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Continuation {
    /// Which one.
    pub of: Continued,
}

/// The procedures that may go on by signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Continued {
    /// Recovering the password.
    Recovery,
    /// Unblocking the account.
    Unlock,
}

/// A request as its browser may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignatureView {
    /// What to quote when asking for help; also on the request: its case number.
    pub reference: CaseReference,
    /// The server's time when it answered.
    pub now: Timestamp,
    /// What it is to bring.
    pub purpose: PurposeName,
    /// The new contact, masked, if it is to bring one.
    pub contact: Option<String>,
    /// Where it stands.
    pub stage: SignatureStageView,
    /// The verdict on the last file, if one came.
    pub verdict: Option<VerdictView>,
}

/// Where a request stands. The page is a `match` on this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case", try_from = "super::flat::FlatStage")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SignatureStageView {
    /// It is to be fetched, signed and uploaded. A verdict beside it is of a file that failed.
    Issued {
        /// Until when it can be uploaded.
        deadline: Deadline,
        /// How many files are still judged.
        uploads_left: u8,
    },
    /// Its time is over, and a fresh one can be issued until `deadline`.
    Expired {
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The verdict is indeterminate: a person decides.
    Referred {
        /// What to quote at a centre.
        number: String,
        /// Since when.
        at: Timestamp,
    },
    /// The verdict is a pass.
    Passed {
        /// When.
        at: Timestamp,
        /// What follows.
        next: Next,
    },
    /// A person decided that the request is not to be followed.
    Declined {
        /// When.
        at: Timestamp,
        /// Why.
        because: Rejection,
    },
    /// The case is over.
    Ended {
        /// Why.
        ending: Ending,
    },
}

/// What follows a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "next", rename_all = "snake_case", try_from = "super::flat::FlatNext")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Next {
    /// This browser's case of recovery tells how it goes on.
    Recovery,
    /// This browser's case of unlocking tells how it goes on.
    Unlock,
    /// The new contact is held; the old ones were told and can cancel it. Then a link goes to the new one.
    Held {
        /// Until when.
        until: Deadline,
    },
    /// The owner froze the account ("no fui yo"): only the counter can go on.
    Frozen,
}

/// A verdict as it is shown: evidence of nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerdictView {
    /// What it comes to.
    pub outcome: Outcome,
    /// When it was made.
    pub at: Timestamp,
    /// Every check, in the order in which they are shown.
    pub lines: Vec<Line>,
}

/// One check and what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// What was checked.
    pub check: Check,
    /// What was found.
    pub finding: Finding,
}

impl VerdictView {
    /// What is shown of a verdict.
    pub fn of(verdict: &super::Verdict, at: Timestamp) -> Self {
        let line = |check: &Check| Line {
            check: *check,
            finding: verdict.findings().of(*check),
        };
        Self {
            outcome: verdict.outcome(),
            at,
            lines: Check::ALL.iter().map(line).collect(),
        }
    }
}

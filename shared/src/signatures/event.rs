//! What moves a case.

use super::{ReferralNumber, RequestNumber, Verdict};
use crate::audit::Actor;
use crate::recovery::OfficerApproval;
use serde::{Deserialize, Serialize};

/// Something that happened to a case. Evidence is inside: nothing can be claimed that was not proved.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// A file came. Written down before it is judged.
    Uploaded,
    /// A file that came was not judged, because a registry did not answer: it costs nothing.
    Returned,
    /// A file was judged.
    Judged {
        /// Against which of the case's requests.
        request: RequestNumber,
        /// What was found.
        verdict: Verdict,
        /// What the account allows: counts where the verdict is a pass.
        standing: Standing,
        /// The number of the referral: counts where the verdict is indeterminate.
        number: ReferralNumber,
    },
    /// An officer, who saw the person and the evidence, decided that what was referred is to be followed.
    Accepted {
        /// The officer's word.
        approval: OfficerApproval,
    },
    /// An officer decided that it is not.
    Declined {
        /// Why, as the applicant is told.
        because: Rejection,
    },
    /// A fresh request is to be issued.
    Renewed,
    /// The case that it was to prove went on otherwise, or is over.
    Outrun,
    /// The person ended it.
    Abandoned,
    /// The stage's deadline passed.
    TimePassed,
}

/// Why an officer did not follow a request that was referred. The applicant is told this, and not the officer's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Rejection {
    /// What was shown does not tell that the signer is the person who came, or nobody came.
    SignerUnproved,
    /// Whoever signed does not represent the employer.
    NotRepresentative,
    /// The certificate turned out to be revoked or not to be trusted.
    CertificateInvalid,
    /// The person does not want it any more.
    Withdrawn,
}

impl Rejection {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::SignerUnproved,
        Self::NotRepresentative,
        Self::CertificateInvalid,
        Self::Withdrawn,
    ];
}

/// Whether a change of a contact can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It can.
    Open,
    /// Its owner has frozen the account.
    Frozen,
}

/// The names of events, for the transition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Event` that is spelt alike"
)]
pub enum EventName {
    Uploaded,
    Returned,
    Judged,
    Accepted,
    Declined,
    Renewed,
    Outrun,
    Abandoned,
    TimePassed,
}

impl Event {
    /// Its name.
    pub const fn name(&self) -> EventName {
        match self {
            Self::Uploaded => EventName::Uploaded,
            Self::Returned => EventName::Returned,
            Self::Judged { .. } => EventName::Judged,
            Self::Accepted { .. } => EventName::Accepted,
            Self::Declined { .. } => EventName::Declined,
            Self::Renewed => EventName::Renewed,
            Self::Outrun => EventName::Outrun,
            Self::Abandoned => EventName::Abandoned,
            Self::TimePassed => EventName::TimePassed,
        }
    }

    /// In which quality somebody makes it happen. Whoever uploads is a visitor until a verdict says otherwise.
    pub const fn actor(&self) -> Actor {
        match self {
            Self::Uploaded | Self::Judged { .. } | Self::Renewed | Self::Abandoned => Actor::Visitor,
            Self::Accepted { .. } | Self::Declined { .. } => Actor::Officer,
            Self::Returned | Self::Outrun | Self::TimePassed => Actor::System,
        }
    }
}

impl EventName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Uploaded,
        Self::Returned,
        Self::Judged,
        Self::Accepted,
        Self::Declined,
        Self::Renewed,
        Self::Outrun,
        Self::Abandoned,
        Self::TimePassed,
    ];
}

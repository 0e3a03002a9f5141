//! The machine against its table, its deadlines, and random sequences of events.

mod deadlines;
mod sequences;
mod table;

use super::*;
use crate::audit;
use crate::captcha::Verified;
use crate::policy::{Policy, Profile};
use crate::recovery::{CaseReference, Ending, OfficerApproval, SolvedCaptcha, ValidSignature};
use crate::time::{Deadline, Timestamp};
use core::time::Duration;

pub(super) const START: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);
pub(super) const TICK: Duration = Duration::from_micros(1);
pub(super) const HOUR: Duration = Duration::from_hours(1);

pub(super) const PURPOSES: [PurposeName; 4] = [
    PurposeName::Recovery,
    PurposeName::Unlock,
    PurposeName::Email,
    PurposeName::Phone,
];

pub(super) fn terms() -> Terms {
    Terms::of(&Policy::of(Profile::Y2026))
}

pub(super) fn open_for(purpose: PurposeName, at: Timestamp) -> Step {
    let solved = SolvedCaptcha::spent(Verified {
        seed: [0; 16],
        expires: Deadline::at(at),
    });
    let reference = CaseReference::from_random([7; 8]);
    SignatureCase::open(Beginning::Captcha(&solved), reference, purpose, terms(), at)
}

pub(super) fn open(at: Timestamp) -> SignatureCase {
    open_for(PurposeName::Recovery, at).case
}

pub(super) fn passed() -> Verdict {
    Verdict::of(Findings::PASSED)
}

pub(super) fn failed() -> Verdict {
    Verdict::of(Findings::PASSED.with(Check::Holder, Finding::Failed(Reason::OtherHolder)))
}

pub(super) fn unknown() -> Verdict {
    let reason = Reason::RevocationUnreachable;
    Verdict::of(Findings::PASSED.with(Check::Revocation, Finding::Unknown(reason)))
}

pub(super) fn number() -> ReferralNumber {
    ReferralNumber::from_random([3; 8])
}

pub(super) fn judged(request: RequestNumber, verdict: Verdict, standing: Standing) -> Event {
    Event::Judged {
        request,
        verdict,
        standing,
        number: number(),
    }
}

/// Judged against the first request, where nothing stands in the way.
pub(super) fn first(verdict: Verdict) -> Event {
    judged(RequestNumber::FIRST, verdict, Standing::Open)
}

pub(super) fn valid() -> Evidence {
    Evidence::Signature(ValidSignature::by_verdict(&passed()).unwrap())
}

pub(super) fn approval() -> OfficerApproval {
    OfficerApproval::given("the signer came with the original cédula").unwrap()
}

pub(super) fn accepted() -> Event {
    Event::Accepted { approval: approval() }
}

//! The machine against its table, its deadlines, and random sequences of events.

mod deadlines;
mod sequences;
mod table;

use super::*;
use crate::captcha::Verified;
use crate::identifiers::{Email, MaskedEmail};
use crate::passkeys::{PasskeyId, Purpose};
use crate::policy::{Policy, Profile};
use crate::step_up::Reason;
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use uuid::Uuid;

pub(super) const START: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);
pub(super) const TICK: Duration = Duration::from_micros(1);

pub(super) fn terms(profile: Profile) -> Terms {
    Terms::of(&Policy::of(profile))
}

pub(super) fn address() -> MaskedEmail {
    "maria@empresa.example".parse::<Email>().unwrap().masked()
}

pub(super) fn link_id(number: u128) -> LinkId {
    LinkId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn open(opening: Opening, terms: Terms, at: Timestamp) -> Step {
    let solved = SolvedCaptcha::spent(Verified {
        seed: [0; 16],
        expires: Deadline::at(at),
    });
    Case::open(&solved, opening, CaseReference::from_random([7; 8]), terms, at)
}

pub(super) fn right_answers() -> Proof {
    Proof::Answers {
        verified: IdentityVerified::by_answers(&[1; 32], &[1; 32]).unwrap(),
        reasons: Vec::new(),
    }
}

/// Right answers where the policy asks for more.
pub(super) fn answers_and_more() -> Proof {
    Proof::Answers {
        verified: IdentityVerified::by_answers(&[1; 32], &[1; 32]).unwrap(),
        reasons: vec![Reason::RecoveryRepeated, Reason::ManyWorkers],
    }
}

pub(super) fn asserted(purpose: Purpose) -> PasskeyAsserted {
    PasskeyAsserted::verified(PasskeyId::from_uuid(Uuid::from_u128(3)), purpose)
}

pub(super) fn valid_signature() -> Proof {
    Proof::Signature(ValidSignature::for_test())
}

pub(super) fn approval() -> Proof {
    Proof::Officer(OfficerApproval::given("seen at the counter").unwrap())
}

pub(super) fn reachable() -> Standing {
    Standing::Reachable { address: address() }
}

/// An open link that anybody may consume or present.
pub(super) fn open_link(id: LinkId) -> Link {
    Link::made(id, Deadline::at(Timestamp::from_micros(i64::MAX)))
}

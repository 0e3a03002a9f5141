//! The machine against its table, its deadlines, and random sequences of events.

mod deadlines;
mod sequences;
mod table;

use super::*;
use crate::audit;
use crate::captcha::Verified;
use crate::identifiers::{Email, LinkId, Phone};
use crate::links::Link;
use crate::notifications::Channel;
use crate::passkeys::{PasskeyAsserted, PasskeyId, Purpose};
use crate::policy::{Policy, Profile};
use crate::recovery::{CaseReference, Ending, OfficerApproval, Pending, SolvedCaptcha, ValidSignature};
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use uuid::Uuid;

pub(super) const START: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);
pub(super) const TICK: Duration = Duration::from_micros(1);

pub(super) fn terms() -> Terms {
    Terms::of(&Policy::of(Profile::Y2026))
}

pub(super) fn both() -> Choices {
    let email = "maria@empresa.example".parse::<Email>().unwrap();
    let phone = "0991234567".parse::<Phone>().unwrap();
    Choices::of(Some(email.masked()), Some(phone.masked())).unwrap()
}

pub(super) fn only(channel: Channel) -> Choices {
    let other = match channel {
        Channel::Email => Channel::Sms,
        Channel::Sms => Channel::Email,
    };
    both().without(other).unwrap()
}

pub(super) fn link_id(number: u128) -> LinkId {
    LinkId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn open(at: Timestamp) -> Step {
    let solved = SolvedCaptcha::spent(Verified {
        seed: [0; 16],
        expires: Deadline::at(at),
    });
    UnlockCase::open(&solved, CaseReference::from_random([7; 8]), terms(), at)
}

pub(super) fn passkey(purpose: Purpose) -> Proof {
    Proof::Passkey(PasskeyAsserted::verified(
        PasskeyId::from_uuid(Uuid::from_u128(3)),
        purpose,
    ))
}

pub(super) fn valid_signature() -> Proof {
    Proof::Signature(ValidSignature::for_test())
}

pub(super) fn approval() -> Proof {
    Proof::Officer(OfficerApproval::given("seen at the counter").unwrap())
}

pub(super) fn reachable() -> Standing {
    Standing::Reachable { choices: both() }
}

/// An open link that anybody may consume.
pub(super) fn open_link(id: LinkId) -> Link {
    Link::made(id, Deadline::at(Timestamp::from_micros(i64::MAX)))
}

pub(super) fn proved(at: Timestamp) -> UnlockCase {
    let proof = passkey(Purpose::Unlock);
    let standing = reachable();
    open(START)
        .case
        .apply(Event::Proved { proof, standing }, at)
        .unwrap()
        .case
}

/// With link 1 made, at the same instant.
pub(super) fn sending(at: Timestamp) -> UnlockCase {
    let channel = Channel::Email;
    let case = proved(at)
        .apply(Event::ChannelChosen { channel }, at)
        .unwrap()
        .case;
    case.apply(Event::LinkMade { link: link_id(1) }, at).unwrap().case
}

pub(super) fn sent(at: Timestamp) -> UnlockCase {
    sending(at)
        .apply(Event::Accepted { link: link_id(1) }, at)
        .unwrap()
        .case
}

pub(super) fn consumed(number: u128) -> crate::links::ConsumedToken {
    open_link(link_id(number)).consume(START).unwrap()
}

//! What was referred, decided by an officer: once, whoever else decides at the same moment.
//!
//! An accepted request goes on as after a pass, with the officer's approval as evidence: the case that waited for the signature is
//! proved and its link leaves, or the new contact is held. A declined one brings nothing, and the applicant is told why. What the
//! account does not allow, or a case behind it that waits no more, is told to the officer, and nothing is decided.
//!
//! The account is locked before the signed request's case, and both before the case that waits, as everywhere here.

use super::carry::{self, Means, Undone};
use super::referrals::{self, Referral, State};
use super::store::{self, Parent};
use super::{Call, now};
use crate::accounts::service as accounts;
use crate::accounts::{Account, CounterError, State as Standing};
use crate::app::App;
use crate::staff::Officer;
use crate::store::{StoreError, Tx};
use shared::accounts::NotDone;
use shared::identifiers::{CaseId, ContactChangeId, UnlockId};
use shared::recovery::OfficerApproval;
use shared::signatures::{Event, PurposeName, ReferralNumber, Rejection};

/// What an officer decides.
#[derive(Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is to be followed.
    Accept(OfficerApproval),
    /// It is not.
    Decline(Rejection),
}

/// What follows from a decision: what an officer can watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// Nothing: it was declined.
    Nothing,
    /// The link of a recovery.
    Recovery(CaseId),
    /// The link of an unlocking.
    Unlock(UnlockId),
    /// A change of a contact, which is held.
    Contact(ContactChangeId),
}

/// Decides about a request that was referred, in the caller's transaction. The caller commits, tells the pages
/// ([`announce`]) and wakes the notifications.
pub async fn decide(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    (number, decision): (&ReferralNumber, Decision),
    call: Call,
) -> Result<Follows, CounterError> {
    let found = waiting(app, tx, number, call).await?;
    let account = account(tx, &found).await?;
    // Whoever decided meanwhile has held the account's lock, or holds the case's.
    let mut record = store::lock(tx, found.case).await?.ok_or(NotDone::NoReferral)?;
    let call = now(app, call).by(officer.id());
    let found = waiting(app, tx, number, call).await?;
    let event = match decision {
        Decision::Accept(approval) => {
            let account = account.as_ref().ok_or(NotDone::NoAccount)?;
            allows(account, found.asked.purpose.name())?;
            record.account = Some(account.id);
            // The case forgot what was typed when it was referred; the referral remembers.
            record.asked = Some(found.asked.clone());
            Event::Accepted { approval }
        }
        Decision::Decline(because) => Event::Declined { because },
    };
    let means = Means::Decision {
        referral: &found,
        account: account.as_ref(),
    };
    match carry::apply(app, tx, &mut record, event, means, call).await {
        Ok(()) => Ok(record.follows),
        Err(Undone::NotDone(reason)) => Err(reason.into()),
        Err(Undone::Outrun) => Err(NotDone::CaseOver.into()),
        Err(Undone::Refused(_) | Undone::RequestLost) => Err(NotDone::ReferralDecided.into()),
        Err(Undone::Store(error)) => Err(error.into()),
    }
}

/// Tells the pages of what an officer decided to look again.
pub fn announce(app: &App, follows: Follows) {
    match follows {
        Follows::Nothing | Follows::Contact(_) => {}
        Follows::Recovery(case) => carry::announce(app, Parent::Recovery(case)),
        Follows::Unlock(case) => carry::announce(app, Parent::Unlock(case)),
    }
}

/// A referral that can be decided now.
pub async fn waiting(
    app: &App,
    tx: &mut Tx,
    number: &ReferralNumber,
    call: Call,
) -> Result<Referral, CounterError> {
    let found = referrals::by_number(tx, number)
        .await?
        .ok_or(NotDone::NoReferral)?;
    match found.state {
        State::Accepted | State::Declined => Err(NotDone::ReferralDecided.into()),
        State::Open if found.deadline(app).has_passed(call.at) => Err(NotDone::ReferralExpired.into()),
        State::Open => Ok(found),
    }
}

/// The account that the request is about, locked, if there is one by now.
async fn account(tx: &mut Tx, found: &Referral) -> Result<Option<Account>, StoreError> {
    let identity = &found.asked.identity;
    let Some(account) = accounts::find(tx, identity.employer, identity.branch).await? else {
        return Ok(None);
    };
    Ok(Some(
        accounts::lock(tx, account.id).await?.ok_or(StoreError::Changed)?,
    ))
}

/// Whether the account allows a change of a contact. What it allows a recovery or an unlocking is theirs to say.
const fn allows(account: &Account, purpose: PurposeName) -> Result<(), NotDone> {
    match (purpose, account.state) {
        (PurposeName::Email | PurposeName::Phone, Standing::Frozen { .. }) => Err(NotDone::AccountFrozen),
        (PurposeName::Email | PurposeName::Phone, Standing::Active | Standing::Blocked { .. })
        | (PurposeName::Recovery | PurposeName::Unlock, _) => Ok(()),
    }
}

//! Assertions: drawing the challenge of a case, and judging the device's answer.

use super::store::{self, Done, PasskeyRow};
use super::{AssertedFor, Ceremony, holder};
use crate::accounts::Account;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::http::Failure;
use crate::notifications::Content;
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::audit::{Actor, Event};
use shared::identifiers::AccountId;
use shared::passkeys::browser::{AuthenticationResponse, RequestOptions};
use shared::passkeys::{PasskeyAsserted, PasskeyId, RefusedBecause};
use shared::time::{Deadline, Timestamp};
use std::net::IpAddr;
use webauthn_rs::prelude::Credential;

/// A passkey of an account signed the challenge of a case, with its user verified. [`finish`] is the only way to one, and its
/// challenge is spent when it exists.
#[derive(Debug, PartialEq, Eq)]
pub struct AssertedPasskey {
    account: AccountId,
    asserted_for: AssertedFor,
    evidence: PasskeyAsserted,
}

impl AssertedPasskey {
    /// Whose passkey it is.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Which one.
    pub const fn passkey(&self) -> PasskeyId {
        self.evidence.passkey()
    }

    /// The case that asked for it. Good for no other.
    pub const fn asserted_for(&self) -> AssertedFor {
        self.asserted_for
    }

    /// What the case's own machine is given.
    pub fn into_evidence(self) -> PasskeyAsserted {
        self.evidence
    }
}

/// The device's answer was not accepted. Why stands in the audit log only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the passkey was refused")]
pub struct PasskeyRefused;

impl From<PasskeyRefused> for Failure {
    fn from(PasskeyRefused: PasskeyRefused) -> Self {
        ErrorCode::PasskeyRefused.into()
    }
}

/// Draws the challenge of a case, in its transaction. An older one of the case is worth nothing from then on.
pub(super) async fn begin(
    app: &App,
    tx: &mut Tx,
    asked_for: AssertedFor,
    at: Timestamp,
) -> Result<RequestOptions, StoreError> {
    let ceremony = Ceremony::Assertion(asked_for);
    let drawn = app.passkeys.request()?;
    let deadline = Deadline::after(at, app.policy.passkeys.ceremony_lifetime());
    store::begin(tx, ceremony, &drawn.state, deadline).await?;
    let event = Event::PasskeyCeremonyBegun {
        purpose: ceremony.purpose(),
    };
    let entry = Entry::by_system(
        &event,
        at,
        Subject {
            case: ceremony.case(),
            ..Subject::default()
        },
    );
    audit::service::append(app, tx, &entry).await?;
    Ok(drawn.options)
}

/// Judges a device's answer for a case whose identification names `account`, or nobody. In a transaction of its own: right or
/// wrong, the challenge is spent when it returns, and what was found is in the audit log.
pub(super) async fn finish(
    app: &App,
    asked_for: AssertedFor,
    account: Option<AccountId>,
    response: &AuthenticationResponse,
    source: Option<IpAddr>,
) -> Result<Result<AssertedPasskey, PasskeyRefused>, StoreError> {
    let ceremony = Ceremony::Assertion(asked_for);
    let mut tx = app.store.write().await?;
    let owner = match account {
        Some(account) => accounts::lock(&mut tx, account).await?,
        None => None,
    };
    let at = app.clock.now();
    let judged = judge(app, &mut tx, ceremony, owner.as_ref(), response, at).await?;
    let event = match &judged {
        Ok(row) => Event::PasskeyAsserted {
            passkey: row.id,
            purpose: ceremony.purpose(),
        },
        Err(reason) => Event::PasskeyRefused {
            purpose: ceremony.purpose(),
            reason: *reason,
        },
    };
    let entry = Entry {
        event: &event,
        at,
        actor: Actor::Visitor,
        subject: Subject {
            account,
            case: ceremony.case(),
            ..Subject::default()
        },
        source,
        device: None,
        staff: None,
    };
    audit::service::append(app, &mut tx, &entry).await?;
    if let (Err(RefusedBecause::CounterBehind), Some(owner)) = (&judged, &owner) {
        let news = Content::PasskeySuspected {
            employer: owner.employer.masked(),
            at,
            source,
        };
        accounts::tell_owner(app, &mut tx, owner, news, at).await?;
    }
    tx.commit().await?;
    app.notifications.wake();
    Ok(judged
        .map(|row| AssertedPasskey {
            account: row.account,
            asserted_for: asked_for,
            evidence: PasskeyAsserted::verified(row.id, ceremony.purpose()),
        })
        .map_err(|_| PasskeyRefused))
}

/// `owner` is the account of the identification, locked.
async fn judge(
    app: &App,
    tx: &mut Tx,
    ceremony: Ceremony,
    owner: Option<&Account>,
    response: &AuthenticationResponse,
    at: Timestamp,
) -> Result<Result<PasskeyRow, RefusedBecause>, StoreError> {
    let Some(begun) = store::take(tx, ceremony).await? else {
        return Ok(Err(RefusedBecause::NoCeremony));
    };
    if begun.expires.has_passed(at) {
        return Ok(Err(RefusedBecause::Late));
    }
    let found = store::by_credential(tx, response.raw_id.as_slice()).await?;
    let Some(row) = found.filter(|row| row.removed_at.is_none()) else {
        return Ok(Err(RefusedBecause::Unknown));
    };
    let handle = response.response.user_handle.as_ref();
    let is_handle_of = |account: AccountId| {
        let account = account.as_uuid();
        handle.is_some_and(|handle| handle.as_slice() == account.as_bytes())
    };
    let Some(owner) = owner.filter(|owner| owner.id == row.account && is_handle_of(owner.id)) else {
        return Ok(Err(RefusedBecause::OtherAccount));
    };
    if row.holder != holder(app, owner) {
        return Ok(Err(RefusedBecause::OtherHolder));
    }
    let used: Credential = match app.passkeys.asserted(&begun.state, response, &row.credential) {
        Ok(used) => used,
        Err(reason) => return Ok(Err(reason)),
    };
    match store::note_use(tx, row.id, &used, row.credential.counter, at).await? {
        Done::Yes => Ok(Ok(row)),
        // Somebody used or removed it at this moment.
        Done::No => Ok(Err(RefusedBecause::CounterBehind)),
    }
}

//! Changes that are asked for at a counter: the officer, who sees the person, takes the place of the hold.
//!
//! The new contact is confirmed by its own link, there at the counter, and is the account's at once; the old ones are told then,
//! with a link that freezes the account. Each function works in the caller's transaction; the caller commits and wakes the
//! notifications.

use super::hold::{confirmation, insert, is_current, settle, terms};
use super::record::{channel, fingerprint};
use super::store;
use crate::accounts::CounterError;
use crate::accounts::State as Standing;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::{Call, Identity, now};
use crate::notifications::Address;
use crate::notifications::service as notifications;
use crate::staff::Officer;
use crate::store::{StoreError, Tx};
use shared::accounts::{NotDone, Progress};
use shared::contacts::{Asked, Consent, State, Wanted};
use shared::identifiers::ContactChangeId;
use shared::recovery::OfficerApproval;
use shared::time::Timestamp;

/// A change that an officer asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The change: how far it has come is told by it.
    pub change: ContactChangeId,
    /// The new contact, masked; nothing when the phone is removed.
    pub to: Option<String>,
}

/// Asks for another contact of the account of whoever stands at a counter, or to have the phone removed. A change of the same
/// kind that was under way is replaced. What is in the way of every change (a link that is on its way to the old contact) makes
/// this one wait too.
pub async fn change_by_officer(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    approval: OfficerApproval,
    (identity, wanted): (&Identity, Wanted),
    call: Call,
) -> Result<Asking, CounterError> {
    let account = accounts::at_counter(tx, identity).await?;
    match account.state {
        Standing::Frozen { .. } => return Err(NotDone::AccountFrozen.into()),
        Standing::Active | Standing::Blocked { .. } => {}
    }
    let kind = wanted.kind();
    let address = match &wanted {
        Wanted::Email(email) => Some(Address::Email(email.clone())),
        Wanted::Phone(phone) => Some(Address::Phone(phone.clone())),
        Wanted::NoPhone => None,
    };
    if address.is_some() && !app.notifications.has(channel(kind)) {
        // Nothing could reach it, so nobody could confirm it.
        return Err(NotDone::ChannelNotOffered.into());
    }
    let call = now(app, call).by(officer.id());
    let (account, _) = settle(app, tx, account, call.at).await?;
    if is_current(&account, &wanted) {
        return Err(NotDone::ContactUnchanged.into());
    }
    let to = wanted.masked();
    let state = State::at_counter(&approval, &wanted, terms(app), call.at);
    let replaces = fingerprint(app, &account, kind);
    let new = (wanted, Asked::Counter, state);
    let change = insert(app, tx, &account, new, replaces, call).await?;
    if let (Some(address), Some(until)) = (address, state.deadline()) {
        let message = confirmation(&account, change, address, until, call.at);
        notifications::queue(app, tx, &message, call.at).await?;
    } else {
        // A removal, which nobody has to confirm.
        settle(app, tx, account, call.at).await?;
    }
    Ok(Asking { change, to })
}

/// How far a change has come; nothing where there is none (any more).
pub async fn progress(
    tx: &mut Tx,
    change: ContactChangeId,
    at: Timestamp,
) -> Result<Option<Progress>, StoreError> {
    let record = store::by_id(tx, change).await?;
    Ok(record.map(|record| match record.state {
        State::Requested { until } | State::Confirming { until, .. } if until.has_passed(at) => {
            Progress::Expired
        }
        State::Requested { until } | State::Confirming { until, .. } => {
            Progress::HandedOver { deadline: until }
        }
        // The new contact said yes, and something else is in the way.
        State::Held {
            until,
            consent: Consent::Given,
            ..
        } => Progress::Opened { deadline: until },
        // Of a signed request: the old contacts were told, and the new one is asked afterwards.
        State::Held {
            until,
            consent: Consent::Awaited,
            ..
        } => Progress::HandedOver { deadline: until },
        State::Applied { at } => Progress::Done { at },
        State::Lapsed { .. } => Progress::Expired,
        State::Cancelled { .. } | State::Replaced { .. } => Progress::Stopped,
    }))
}

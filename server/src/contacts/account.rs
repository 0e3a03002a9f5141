//! Changes in the account area, by the owner who is signed in.

use super::hold::{self, Deed, cancel, confirmation, insert, is_current, moment, settle, terms};
use super::record::{Record, channel, current, standing};
use super::store;
use crate::accounts::Account;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::http::limits::{self, Bucket, Verdict};
use crate::notifications::Address;
use crate::notifications::service as notifications;
use crate::sessions::service as sessions;
use crate::sessions::{Caller, Owner};
use crate::store::{StoreError, Tx};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::contacts::api::{ChangeView, ContactRequest, ContactsView, Standing};
use shared::contacts::{
    Asked, Canceller, ConfirmedContact, ContactKind, Event, Moment, Refused, State, Wanted,
};
use shared::identifiers::ContactChangeId;
use shared::time::Timestamp;

/// The contacts, masked, and the changes under way.
pub async fn show(app: &App, owner: Owner<'_>, now: Timestamp) -> Result<ContactsView, Failure> {
    let mut tx = app.store.read().await?;
    let account = accounts::by_id(&mut tx, owner.account_id())
        .await?
        .ok_or(ErrorCode::SessionMissing)?;
    let moment = moment(&mut tx, &account, now).await?;
    Ok(view(&mut tx, &account, moment).await?)
}

/// Asks for another contact, or to have the phone removed. The password is asked first, and what follows is limited by account
/// and by destination. Over the limit of a destination the same is answered and nothing is sent: whether somebody else had
/// messages sent there is not told.
pub async fn request(
    app: &App,
    owner: Owner<'_>,
    asked: ContactRequest,
    caller: Caller,
) -> Result<ContactsView, Failure> {
    let ContactRequest {
        wanted,
        current: password,
    } = asked;
    if !app.notifications.has(channel(wanted.kind())) && wanted != Wanted::NoPhone {
        // Nothing could reach it, so nobody could confirm it.
        return Err(Problem::field("wanted", FieldCode::NotOffered).into());
    }
    let checked = sessions::check_owner_password(app, owner, &password, caller).await?;
    let rates = &app.policy.limits;
    let account = owner.account_id().as_uuid();
    let of_account = Bucket::new("contact changes", account.as_bytes());
    limits::hit(app, caller.at, of_account, rates.contact_changes_per_account).await?;
    let destination = destination(app, &wanted, caller.at).await?;

    let mut tx = app.store.write().await?;
    let account = accounts::lock(&mut tx, owner.account_id())
        .await?
        .ok_or(ErrorCode::SessionMissing)?;
    let now = app.clock.now();
    if !owner.still(app, &mut tx, now).await? {
        return Err(ErrorCode::SessionMissing.into());
    }
    checked.still(&mut tx).await?;
    let call = call(caller, now);
    let (account, moment) = settle(app, &mut tx, account, now).await?;
    if is_current(&account, &wanted) {
        return Err(ErrorCode::ContactUnchanged.into());
    }
    if !can_be_told(app, &account) {
        return Err(ErrorCode::NobodyToTell.into());
    }
    if wanted == Wanted::NoPhone {
        hold::hold(app, &mut tx, &account, &ConfirmedContact::removal(), call).await?;
    } else {
        let state = State::requested(terms(app), now);
        let new = (wanted, Asked::Session, state);
        let change = insert(app, &mut tx, &account, new, None, call).await?;
        if let (Some(address), Some(until)) = (destination, state.deadline()) {
            let confirmation = confirmation(&account, change, address, until, now);
            notifications::queue(app, &mut tx, &confirmation, now).await?;
        }
    }
    let view = view(&mut tx, &account, moment).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(view)
}

/// Stops a pending change of the account. Another account's is as unknown as one that never was.
pub async fn withdraw(
    app: &App,
    owner: Owner<'_>,
    chosen: ContactChangeId,
    caller: Caller,
) -> Result<ContactsView, Failure> {
    let mut tx = app.store.write().await?;
    let account = accounts::lock(&mut tx, owner.account_id())
        .await?
        .ok_or(ErrorCode::SessionMissing)?;
    let now = app.clock.now();
    if !owner.still(app, &mut tx, now).await? {
        return Err(ErrorCode::SessionMissing.into());
    }
    let (account, moment) = settle(app, &mut tx, account, now).await?;
    let found = store::by_id(&mut tx, chosen).await?;
    let by = Canceller::Owner;
    let stopped = found
        .filter(|record| record.account == account.id)
        .ok_or(Refused::Stopped)
        .and_then(|record| {
            let ended = record.state.apply(Event::Cancelled { by }, terms(app), moment)?;
            Ok((record, ended))
        });
    let Ok((record, ended)) = stopped else {
        // What time did stays written down.
        tx.commit().await?;
        return Err(ErrorCode::ContactChangeUnknown.into());
    };
    let deed = Deed::holder(call(caller, now));
    cancel(app, &mut tx, &account, &record, ended, deed).await?;
    let view = view(&mut tx, &account, moment).await?;
    tx.commit().await?;
    app.notifications.wake();
    app.live.publish(&super::topic(chosen));
    Ok(view)
}

/// Where the confirmation goes; nowhere for a removal, and where too much went lately.
async fn destination(app: &App, wanted: &Wanted, at: Timestamp) -> Result<Option<Address>, StoreError> {
    let (address, counted) = match wanted {
        Wanted::Email(email) => (Address::Email(email.clone()), notifications::mailbox(email)),
        Wanted::Phone(phone) => (Address::Phone(phone.clone()), phone.to_string()),
        Wanted::NoPhone => return Ok(None),
    };
    let bucket = Bucket::new("contact destination", counted.as_bytes());
    let verdict = limits::count(app, at, bucket, app.policy.limits.per_destination).await?;
    Ok(match verdict {
        Verdict::Allowed => Some(address),
        Verdict::Over(_) => None,
    })
}

fn call(caller: Caller, at: Timestamp) -> Call {
    Call {
        at,
        source: Some(caller.source.address()),
        device: Some(caller.device),
        staff: None,
    }
}

/// Whether there is anybody who could stop a change that they did not ask for.
fn can_be_told(app: &App, account: &Account) -> bool {
    [ContactKind::Email, ContactKind::Phone]
        .into_iter()
        .filter_map(|kind| current(account, kind))
        .any(|address| app.notifications.has(address.channel()))
}

async fn view(tx: &mut Tx, account: &Account, moment: Moment) -> Result<ContactsView, StoreError> {
    let pending = store::pending(tx, account.id).await?;
    let changes = pending
        .iter()
        .filter_map(|record| shown(record, moment).transpose())
        .collect::<Result<_, _>>()?;
    Ok(ContactsView {
        now: moment.at,
        email: account.email.as_ref().map(|email| email.masked().to_string()),
        phone: account.phone.as_ref().map(|phone| phone.masked().to_string()),
        changes,
    })
}

/// A change as the page shows it; not one that nobody confirmed in time and no job has met yet.
fn shown(record: &Record, moment: Moment) -> Result<Option<ChangeView>, StoreError> {
    let (Some(standing), Some(deadline)) = (standing(record.state), record.state.deadline()) else {
        return Ok(None);
    };
    let obstacle = match standing {
        Standing::Requested | Standing::Confirming if deadline.has_passed(moment.at) => return Ok(None),
        Standing::Requested => None,
        Standing::Held | Standing::HeldFirst | Standing::Confirming => moment.obstacle,
    };
    Ok(Some(ChangeView {
        change: record.id,
        kind: record.kind,
        to: record.wanted()?.masked(),
        requested_at: record.requested_at,
        standing,
        deadline,
        obstacle,
    }))
}

//! The links: made when their messages are sent, looked at, used up.

use super::hold::{self, Consented, Deed, append, cancel, moment, settle, terms};
use super::record::{LinkRecord, Purpose, Record, standing};
use super::{store, topic};
use crate::accounts::Account;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::{Call, now};
use crate::http::Failure;
use crate::keys;
use crate::notifications::Address;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::audit::Event as Happened;
use shared::contacts::api::{CancelDone, CancelView, ConfirmDone, ConfirmView, Confirmed};
use shared::contacts::{Asked, Canceller, ConfirmedContact, Event, Refused, State, Wanted};
use shared::identifiers::{ContactChangeId, LinkId};
use shared::links::LinkRefused;
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};

/// A link to a new contact that was just made: the only moment at which its token is known.
#[derive(Debug)]
pub struct MadeConfirmLink {
    /// Its row.
    pub id: LinkId,
    /// Where its message goes.
    pub address: Address,
    /// The token in base64url, for the message and nothing else.
    pub token: Secret<String>,
    /// When it ends.
    pub deadline: Deadline,
}

/// A link to an old contact that was just made.
#[derive(Debug)]
pub struct MadeCancelLink {
    /// Its row.
    pub id: LinkId,
    /// The token in base64url, for the message and nothing else.
    pub token: Secret<String>,
    /// When it ends, unless something makes the hold last longer.
    pub deadline: Deadline,
}

/// Makes the link with which a new contact is confirmed; one that was made for an earlier send of the message ends. `None` when
/// the change does not wait for it any more.
pub(super) async fn make_confirm(
    app: &App,
    change: ContactChangeId,
) -> Result<Option<MadeConfirmLink>, StoreError> {
    let (token, digest) = token::draw(app, keys::Purpose::Contact);
    let mut tx = app.store.write().await?;
    let Some((account, record)) = locked(&mut tx, change).await? else {
        return Ok(None);
    };
    let at = app.clock.now();
    let deadline = match record.state {
        State::Requested { until } | State::Confirming { until, .. } if !until.has_passed(at) => until,
        State::Requested { .. }
        | State::Confirming { .. }
        | State::Held { .. }
        | State::Applied { .. }
        | State::Cancelled { .. }
        | State::Lapsed { .. }
        | State::Replaced { .. } => return Ok(None),
    };
    let address = match record.wanted()? {
        Wanted::Email(email) => Address::Email(email.clone()),
        Wanted::Phone(phone) => Address::Phone(phone.clone()),
        Wanted::NoPhone => return Ok(None),
    };
    let id = LinkId::new(at, app.entropy.bytes());
    store::replace_links(&mut tx, change, Purpose::Confirm, at).await?;
    store::insert_link(&mut tx, id, change, Purpose::Confirm, &digest, at).await?;
    let contact = record.kind;
    let event = Happened::ContactLinkMade { contact };
    append(app, &mut tx, account.id, &event, Deed::own(at)).await?;
    tx.commit().await?;
    Ok(Some(MadeConfirmLink {
        id,
        address,
        token,
        deadline,
    }))
}

/// Makes a link with which an old contact cancels a held change. Earlier ones go on working: each is in a message to an old
/// contact. `None` when the change was applied, or is over.
pub(super) async fn make_cancel(
    app: &App,
    change: ContactChangeId,
) -> Result<Option<MadeCancelLink>, StoreError> {
    let (token, digest) = token::draw(app, keys::Purpose::Contact);
    let mut tx = app.store.write().await?;
    let Some((account, record)) = locked(&mut tx, change).await? else {
        return Ok(None);
    };
    let until = match record.state {
        State::Held { until, .. } | State::Confirming { until, .. } => until,
        State::Requested { .. }
        | State::Applied { .. }
        | State::Cancelled { .. }
        | State::Lapsed { .. }
        | State::Replaced { .. } => return Ok(None),
    };
    let at = app.clock.now();
    let id = LinkId::new(at, app.entropy.bytes());
    store::insert_link(&mut tx, id, change, Purpose::Cancel, &digest, at).await?;
    let contact = record.kind;
    let event = Happened::ContactCancelLinkMade { contact };
    append(app, &mut tx, account.id, &event, Deed::own(at)).await?;
    tx.commit().await?;
    Ok(Some(MadeCancelLink {
        id,
        token,
        deadline: until,
    }))
}

/// Shows what a confirmation link is good for. It changes nothing.
pub(super) async fn inspect_confirm(
    app: &App,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<ConfirmView, Failure> {
    let mut tx = app.store.read().await?;
    let (link, record) = find(app, &mut tx, shown, Purpose::Confirm).await?;
    let account = owner(&mut tx, &record).await?;
    let deadline = waiting(&record)?;
    link.link(deadline).present(now).map_err(refused)?;
    Ok(ConfirmView {
        now,
        employer: account.employer.masked(),
        kind: record.kind,
        to: to(&record)?,
        deadline,
        hold_hours: match record.asked {
            Asked::Session => app.policy.contacts.hold_hours,
            // It was held before, or an officer saw the person.
            Asked::Signature | Asked::Counter => 0,
        },
    })
}

/// Uses a confirmation link up: exactly once, whoever else tries at the same moment. From here the change is held; one that was
/// held before is applied.
pub(super) async fn confirm(app: &App, shown: &Secret<String>, call: Call) -> Result<ConfirmDone, Failure> {
    let mut tx = app.store.write().await?;
    let (_, record) = find(app, &mut tx, shown, Purpose::Confirm).await?;
    let account = accounts::lock(&mut tx, record.account)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let call = now(app, call);
    let (account, moment) = settle(app, &mut tx, account, call.at).await?;
    // Both as they stand now that the account is locked.
    let (link, record) = find(app, &mut tx, shown, Purpose::Confirm).await?;
    let deadline = match waiting(&record) {
        Ok(deadline) => deadline,
        // What time did stays written down.
        Err(code) => return settled(tx, code).await,
    };
    let consumed = match link.link(deadline).consume(call.at) {
        Ok(consumed) => consumed,
        Err(reason) => return settled(tx, refused(reason)).await,
    };
    let (kind, to, employer) = (record.kind, to(&record)?, account.employer.masked());
    let (outcome, until) = if let State::Confirming { .. } = record.state {
        let next = record.state.apply(Event::Confirmed, terms(app), moment);
        let next = next.map_err(confirm_refusal)?;
        store::use_link(&mut tx, link.id, call.at).await?;
        let outcome = match hold::consent(app, &mut tx, account, &record, next, call).await? {
            Consented::Applied => Confirmed::Applied,
            Consented::Hindered => Confirmed::Held,
            Consented::Corrected => return settled(tx, ErrorCode::LinkExpired).await,
        };
        (outcome, Deadline::at(call.at))
    } else {
        let change = (record.id, record.wanted()?.clone());
        let confirmed = ConfirmedContact::by_link(&consumed, change, record.state, terms(app), moment)
            .map_err(confirm_refusal)?;
        store::use_link(&mut tx, link.id, call.at).await?;
        let (_, until) = hold::hold(app, &mut tx, &account, &confirmed, call).await?;
        (Confirmed::Held, until)
    };
    tx.commit().await?;
    app.notifications.wake();
    app.live.publish(&topic(record.id));
    Ok(ConfirmDone {
        now: call.at,
        employer,
        kind,
        to,
        outcome,
        until,
    })
}

/// Shows what a cancel link is good for. It changes nothing.
pub(super) async fn inspect_cancel(
    app: &App,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<CancelView, Failure> {
    let mut tx = app.store.read().await?;
    let (_, record) = find(app, &mut tx, shown, Purpose::Cancel).await?;
    let account = owner(&mut tx, &record).await?;
    let moment = moment(&mut tx, &account, now).await?;
    let by = Canceller::Link;
    let state = match record.asked {
        Asked::Session => record.state,
        // Whether it waits for its confirmation depends on the time only, not on whether somebody has written it down.
        Asked::Signature | Asked::Counter => record.state.as_of(terms(app), moment),
    };
    state
        .apply(Event::Cancelled { by }, terms(app), moment)
        .map_err(cancel_refusal)?;
    Ok(CancelView {
        now,
        employer: account.employer.masked(),
        kind: record.kind,
        to: record.wanted()?.masked(),
        asked: record.asked,
        standing: standing(state).ok_or(ErrorCode::LinkExpired)?,
        deadline: state.deadline().ok_or(ErrorCode::LinkExpired)?,
        obstacle: moment.obstacle,
    })
}

/// Uses a cancel link up: the change ends, if its hold has not. Needs no session.
pub(super) async fn cancel_by_link(
    app: &App,
    shown: &Secret<String>,
    call: Call,
) -> Result<CancelDone, Failure> {
    let mut tx = app.store.write().await?;
    let (_, record) = find(app, &mut tx, shown, Purpose::Cancel).await?;
    let account = accounts::lock(&mut tx, record.account)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let call = now(app, call);
    let (account, moment) = settle(app, &mut tx, account, call.at).await?;
    let (link, record) = find(app, &mut tx, shown, Purpose::Cancel).await?;
    let by = Canceller::Link;
    let ended = match record.state.apply(Event::Cancelled { by }, terms(app), moment) {
        Ok(ended) => ended,
        Err(reason) => return settled(tx, cancel_refusal(reason)).await,
    };
    store::use_link(&mut tx, link.id, call.at).await?;
    cancel(app, &mut tx, &account, &record, ended, Deed::holder(call)).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(CancelDone {
        employer: account.employer.masked(),
        kind: record.kind,
        asked: record.asked,
        at: call.at,
    })
}

/// Makes what time did last, and refuses.
async fn settled<T>(tx: Tx, code: ErrorCode) -> Result<T, Failure> {
    tx.commit().await?;
    Err(code.into())
}

/// The account of a change, locked, and the change as it stands then.
async fn locked(tx: &mut Tx, change: ContactChangeId) -> Result<Option<(Account, Record)>, StoreError> {
    let Some(found) = store::by_id(tx, change).await? else {
        return Ok(None);
    };
    let Some(account) = accounts::lock(tx, found.account).await? else {
        return Ok(None);
    };
    Ok(store::by_id(tx, change).await?.map(|record| (account, record)))
}

async fn find(
    app: &App,
    tx: &mut Tx,
    shown: &Secret<String>,
    purpose: Purpose,
) -> Result<(LinkRecord, Record), Failure> {
    let digest = token::digest(app, keys::Purpose::Contact, shown).ok_or(ErrorCode::LinkInvalid)?;
    let link = store::link_by_token(tx, &digest, purpose)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let record = store::by_id(tx, link.change)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    Ok((link, record))
}

async fn owner(tx: &mut Tx, record: &Record) -> Result<Account, Failure> {
    Ok(accounts::by_id(tx, record.account)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?)
}

/// Until when a change waits for its confirmation.
fn waiting(record: &Record) -> Result<Deadline, ErrorCode> {
    match record.state {
        State::Requested { until } | State::Confirming { until, .. } => Ok(until),
        State::Held { .. } | State::Applied { .. } => Err(ErrorCode::LinkUsed),
        State::Cancelled { .. } | State::Lapsed { .. } => Err(ErrorCode::LinkExpired),
        State::Replaced { .. } => Err(ErrorCode::LinkReplaced),
    }
}

/// The new contact, masked; the links to new contacts always have one.
fn to(record: &Record) -> Result<String, StoreError> {
    let masked = record.wanted()?.masked();
    masked.ok_or(StoreError::Corrupt("a confirmation of a removal"))
}

const fn refused(reason: LinkRefused) -> ErrorCode {
    match reason {
        LinkRefused::Expired => ErrorCode::LinkExpired,
        LinkRefused::Used => ErrorCode::LinkUsed,
        LinkRefused::Replaced => ErrorCode::LinkReplaced,
    }
}

const fn confirm_refusal(reason: Refused) -> ErrorCode {
    match reason {
        Refused::Expired | Refused::Stopped | Refused::NotDue => ErrorCode::LinkExpired,
        Refused::Done => ErrorCode::LinkUsed,
        Refused::Replaced => ErrorCode::LinkReplaced,
    }
}

/// Whoever comes after the hold is told that the time is over, also when the change was applied.
const fn cancel_refusal(reason: Refused) -> ErrorCode {
    match reason {
        Refused::Expired | Refused::Done | Refused::NotDue => ErrorCode::LinkExpired,
        Refused::Stopped => ErrorCode::LinkUsed,
        Refused::Replaced => ErrorCode::LinkReplaced,
    }
}

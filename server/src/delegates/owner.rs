//! What the owner of an account does with its delegates.

use super::{Delegate, store};
use crate::accounts::{self, Account};
use crate::app::App;
use crate::http::Failure;
use crate::http::limits::{self, Bucket, Verdict};
use crate::notifications::{self, Address, Content, NewMessage, Recipient};
use crate::sessions::service::{check_owner_password, end_of_delegate};
use crate::sessions::{Caller, Owner, Principal};
use crate::store::{StoreError, Tx};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::audit::{Actor, Event};
use shared::delegates::api::{DelegateChange, DelegateChoice, DelegateEnding, DelegateList, NewDelegate};
use shared::delegates::{DelegateId, end_of_access, is_in_range};
use shared::i18n::Language;
use shared::identifiers::Email;
use shared::time::{CivilDate, Timestamp};
use std::collections::BTreeMap;

/// The account's delegates.
pub async fn list(app: &App, owner: Owner<'_>, now: Timestamp) -> Result<DelegateList, StoreError> {
    let mut tx = app.store.read().await?;
    listed(app, &mut tx, owner, now).await
}

async fn listed(
    app: &App,
    tx: &mut Tx,
    owner: Owner<'_>,
    now: Timestamp,
) -> Result<DelegateList, StoreError> {
    let policy = app.policy.delegates;
    let delegates = store::of_account(tx, owner.account_id()).await?;
    let invited: BTreeMap<_, _> = store::open_invitations(tx, owner.account_id(), now)
        .await?
        .into_iter()
        .collect();
    let today = CivilDate::in_ecuador(now);
    Ok(DelegateList {
        now,
        delegates: delegates
            .iter()
            .map(|delegate| delegate.view(invited.get(&delegate.id).copied(), now))
            .collect(),
        most: policy.per_account,
        first_day: today,
        last_day: today.days_later(policy.most_days),
    })
}

/// Makes a delegate, queues the invitation, and tells the owner. Asks for the owner's password. Over the limit of the mailbox the
/// same is answered and nothing is sent there: what others had sent there is not told.
pub async fn create(
    app: &App,
    owner: Owner<'_>,
    asked: NewDelegate,
    language: Language,
    caller: Caller,
) -> Result<DelegateList, Failure> {
    in_range(app, asked.until, caller.at)?;
    let checked = check_owner_password(app, owner, &asked.current, caller).await?;
    count_invitation(app, owner, caller.at).await?;
    let room = room_at(app, &asked.email, caller.at).await?;
    let mut tx = app.store.write().await?;
    let account = enter(app, &mut tx, owner).await?;
    checked.still(&mut tx).await?;
    let now = app.clock.now();
    if account.representative.cedula() == Some(asked.cedula) {
        return Err(Problem::field("cedula", FieldCode::Representative).into());
    }
    let others = store::of_account(&mut tx, account.id).await?;
    if others.iter().any(|other| other.cedula == asked.cedula) {
        return Err(Problem::field("cedula", FieldCode::AlreadyDelegate).into());
    }
    if others.len() >= usize::from(app.policy.delegates.per_account) {
        return Err(ErrorCode::DelegatesFull.into());
    }
    let delegate = Delegate {
        id: DelegateId::new(now, app.entropy.bytes()),
        account: account.id,
        cedula: asked.cedula,
        name: asked.name,
        email: asked.email,
        language,
        scopes: asked.scopes,
        until: asked.until,
        password_set_at: None,
        blocked_at: None,
        invited_at: None,
        signed_in_at: None,
    };
    store::insert(&mut tx, &delegate, now).await?;
    tell(app, &mut tx, &delegate, &Event::DelegateCreated, caller, now).await?;
    invite(app, &mut tx, &account, &delegate, room, now).await?;
    tell_of_access(app, &mut tx, &account, &delegate, caller, now).await?;
    let list = listed(app, &mut tx, owner, now).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(list)
}

/// Gives a delegate other scopes and another end date, and tells the owner where that is more than before. Asks for the owner's
/// password. Sessions go on under both, but none from before an end date that has passed comes back.
pub async fn change(
    app: &App,
    owner: Owner<'_>,
    asked: DelegateChange,
    caller: Caller,
) -> Result<DelegateList, Failure> {
    in_range(app, asked.until, caller.at)?;
    let checked = check_owner_password(app, owner, &asked.current, caller).await?;
    let mut tx = app.store.write().await?;
    let account = enter(app, &mut tx, owner).await?;
    checked.still(&mut tx).await?;
    let now = app.clock.now();
    let delegate = named(&mut tx, owner, asked.delegate).await?;
    if !delegate.has_access(now) {
        end_of_delegate(app, &mut tx, &account, &delegate).await?;
    }
    store::change(&mut tx, delegate.id, account.id, asked.scopes, asked.until).await?;
    tell(app, &mut tx, &delegate, &Event::DelegateChanged, caller, now).await?;
    if delegate.would_widen(asked.scopes, asked.until, now) {
        tell_of_access(app, &mut tx, &account, &delegate, caller, now).await?;
    }
    let list = listed(app, &mut tx, owner, now).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(list)
}

/// Sends another invitation. The password, the sessions and a block end with the link before it. Over the limit of the mailbox the
/// same is answered and nothing is sent, as by [`create`].
pub async fn invite_again(
    app: &App,
    owner: Owner<'_>,
    asked: DelegateChoice,
    caller: Caller,
) -> Result<DelegateList, Failure> {
    let id = asked.delegate.as_uuid();
    let bucket = Bucket::new("invitations", id.as_bytes());
    limits::hit(app, caller.at, bucket, app.policy.limits.per_destination).await?;
    count_invitation(app, owner, caller.at).await?;
    let mut tx = app.store.read().await?;
    let email = named(&mut tx, owner, asked.delegate).await?.email;
    drop(tx);
    let room = room_at(app, &email, caller.at).await?;
    let mut tx = app.store.write().await?;
    let account = enter(app, &mut tx, owner).await?;
    let now = app.clock.now();
    let delegate = named(&mut tx, owner, asked.delegate).await?;
    if !delegate.has_access(now) {
        return Err(Problem::field("delegate", FieldCode::OutOfRange).into());
    }
    store::take_password(&mut tx, delegate.id).await?;
    store::replace_invitations(&mut tx, delegate.id, now).await?;
    end_of_delegate(app, &mut tx, &account, &delegate).await?;
    tell(app, &mut tx, &delegate, &Event::DelegateInvitedAgain, caller, now).await?;
    invite(app, &mut tx, &account, &delegate, room, now).await?;
    let list = listed(app, &mut tx, owner, now).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(list)
}

/// Ends a delegate at once, with sessions, devices, password and invitations. Asks for the owner's password.
pub async fn end(
    app: &App,
    owner: Owner<'_>,
    asked: DelegateEnding,
    caller: Caller,
) -> Result<DelegateList, Failure> {
    let checked = check_owner_password(app, owner, &asked.current, caller).await?;
    let mut tx = app.store.write().await?;
    let account = enter(app, &mut tx, owner).await?;
    checked.still(&mut tx).await?;
    let now = app.clock.now();
    let delegate = named(&mut tx, owner, asked.delegate).await?;
    store::end(&mut tx, delegate.id, account.id, now).await?;
    store::forget_passwords(&mut tx, delegate.id).await?;
    store::replace_invitations(&mut tx, delegate.id, now).await?;
    end_of_delegate(app, &mut tx, &account, &delegate).await?;
    tell(app, &mut tx, &delegate, &Event::DelegateEnded, caller, now).await?;
    let news = Content::DelegateEnded {
        employer: account.employer.masked(),
        delegate: delegate.cedula.masked(),
        at: now,
        source: Some(caller.source.address()),
    };
    accounts::service::tell_owner(app, &mut tx, &account, news, now).await?;
    let list = listed(app, &mut tx, owner, now).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(list)
}

/// Locks the account, and refuses an owner whose session ended meanwhile.
async fn enter(app: &App, tx: &mut Tx, owner: Owner<'_>) -> Result<Account, Failure> {
    let account = accounts::service::lock(tx, owner.account_id())
        .await?
        .ok_or(ErrorCode::SessionMissing)?;
    if owner.still(app, tx, app.clock.now()).await? {
        Ok(account)
    } else {
        Err(ErrorCode::SessionMissing.into())
    }
}

/// A delegate of the owner's account. Another account's, and one who was ended, is as unknown as one that never was.
async fn named(tx: &mut Tx, owner: Owner<'_>, id: DelegateId) -> Result<Delegate, Failure> {
    let delegate = store::by_id(tx, id).await?;
    Ok(delegate
        .filter(|delegate| delegate.account == owner.account_id())
        .ok_or(ErrorCode::DelegateUnknown)?)
}

fn in_range(app: &App, until: CivilDate, now: Timestamp) -> Result<(), Failure> {
    if is_in_range(until, CivilDate::in_ecuador(now), app.policy.delegates.most_days) {
        Ok(())
    } else {
        Err(Problem::field("until", FieldCode::OutOfRange).into())
    }
}

/// Counts one of the invitations that the account may send in a day.
async fn count_invitation(app: &App, owner: Owner<'_>, at: Timestamp) -> Result<(), Failure> {
    let account = owner.account_id().as_uuid();
    let bucket = Bucket::new("account invitations", account.as_bytes());
    limits::hit(app, at, bucket, app.policy.limits.invitations_per_account).await
}

/// Whether a mailbox may get one more invitation, from whomever; counts it.
async fn room_at(app: &App, email: &Email, at: Timestamp) -> Result<Verdict, StoreError> {
    let mailbox = notifications::service::mailbox(email);
    let bucket = Bucket::new("invitation destination", mailbox.as_bytes());
    limits::count(app, at, bucket, app.policy.limits.per_destination).await
}

/// Tells the owner that somebody has access, or more of it.
async fn tell_of_access(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    delegate: &Delegate,
    caller: Caller,
    now: Timestamp,
) -> Result<(), StoreError> {
    let news = Content::DelegateAdded {
        employer: account.employer.masked(),
        delegate: delegate.cedula.masked(),
        at: now,
        source: Some(caller.source.address()),
    };
    accounts::service::tell_owner(app, tx, account, news, now).await
}

/// Queues the invitation, where its mailbox has room. It is tried as long as it could be used.
async fn invite(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    delegate: &Delegate,
    room: Verdict,
    now: Timestamp,
) -> Result<(), StoreError> {
    if !room.is_allowed() {
        return Ok(());
    }
    store::invite(tx, delegate.id, now).await?;
    let message = NewMessage {
        content: Content::DelegateInvitation {
            delegate: delegate.id,
            employer: account.employer.masked(),
            at: now,
        },
        recipient: Recipient::Typed {
            address: Address::Email(delegate.email.clone()),
            account: Some(account.id),
        },
        case: None,
        language: delegate.language,
        expires_at: now
            .after(app.policy.delegates.invitation_lifetime())
            .min(end_of_access(delegate.until).instant()),
    };
    notifications::service::queue(app, tx, &message, now).await?;
    Ok(())
}

/// Appends what the owner did to a delegate.
async fn tell(
    app: &App,
    tx: &mut Tx,
    delegate: &Delegate,
    event: &Event,
    caller: Caller,
    at: Timestamp,
) -> Result<(), StoreError> {
    let about = Principal {
        account: delegate.account,
        delegate: Some(delegate.id),
    };
    caller
        .tell_of(app, tx, event, Actor::Holder, about.subject(), at)
        .await
}

//! What other slices may ask of accounts.

use super::store::Change;
use super::{
    Account, Checked, CounterError, HashError, Judged, MadeFreezeLink, NewAccount, NewPassword,
    RightPassword, StoredPassword, counter, freeze, passwords, store,
};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::{Call, Identity};
use crate::contacts::service as contacts;
use crate::http::Failure;
use crate::notifications::{self, Channel, Content, Kind, NewMessage, Recipient};
use crate::sessions::service as sessions;
use crate::slots::Room;
use crate::staff::Officer;
use crate::store::{StoreError, Tx};
use shared::accounts::api::FreezeView;
use shared::audit::Event;
use shared::contacts::Wanted;
use shared::identifiers::{AccountId, Branch, EmployerIdentifier};
use shared::passwords::Violation;
use shared::recovery::OfficerApproval;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::time::Duration;

pub use super::kept::kept;

/// How long the owner is tried to be told of something.
const NEWS: Duration = Duration::from_hours(24 * 2);

/// The account of an employer and branch, if there is one.
pub async fn find(
    tx: &mut Tx,
    employer: EmployerIdentifier,
    branch: Branch,
) -> Result<Option<Account>, StoreError> {
    store::by_key(tx, employer, branch).await
}

/// An account by its row.
pub async fn by_id(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    store::by_id(tx, id).await
}

/// An account by its row, locked until the transaction ends. Lock it before any case of it: whoever holds a case never
/// waits for an account.
pub async fn lock(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    store::lock(tx, id).await
}

/// The other accounts of the same person, masked: the household's beside the own RUC's. Empty where the account's
/// representative is not the person whose number it is.
pub async fn linked(tx: &mut Tx, account: &Account) -> Result<Vec<String>, StoreError> {
    let Some(holder) = account.employer.cedula() else {
        return Ok(Vec::new());
    };
    if account.representative.cedula() != Some(holder) {
        return Ok(Vec::new());
    }
    let linked = store::linked(tx, holder, account.employer).await?;
    Ok(linked.into_iter().map(EmployerIdentifier::masked).collect())
}

/// Opens an account, or renews the contacts and names of the one that employer and branch have; its password and state
/// stay. Used by imports, which tell the audit log once for a whole file.
pub async fn open(
    app: &App,
    tx: &mut Tx,
    account: &NewAccount,
    at: Timestamp,
) -> Result<AccountId, StoreError> {
    store::open(tx, AccountId::new(at, app.entropy.bytes()), account, at).await
}

/// The same for many at once: what an import of a million employers needs. How many were new or differed.
pub async fn open_many(
    app: &App,
    tx: &mut Tx,
    accounts: Vec<NewAccount>,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let accounts = accounts
        .into_iter()
        .map(|account| (AccountId::new(at, app.entropy.bytes()), account));
    store::open_many(tx, accounts, at).await
}

/// Blocks an account. Nothing happens to one that is blocked already.
pub async fn block(app: &App, tx: &mut Tx, id: AccountId, at: Timestamp) -> Result<(), StoreError> {
    if store::block(tx, id, at).await? == Change::Made {
        let subject = Subject {
            account: Some(id),
            ..Subject::default()
        };
        let entry = Entry::by_system(&Event::AccountBlocked, at, subject);
        audit::service::append(app, tx, &entry).await?;
    }
    Ok(())
}

/// Lifts the block of a locked account. Its password and sessions stay as they are. The caller tells the audit log.
pub async fn unblock(tx: &mut Tx, id: AccountId) -> Result<Change, StoreError> {
    store::unblock(tx, id).await
}

/// Tells the owner of an account what happened to it, at every registered contact, and at those that were replaced lately where it
/// opens the account. Bad news goes stale: after two days nobody tries any more.
pub async fn tell_owner(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    news: Content,
    at: Timestamp,
) -> Result<(), StoreError> {
    for recipient in ways_to(app, tx, account, &news, at).await? {
        let message = NewMessage {
            content: news.clone(),
            recipient,
            case: None,
            language: account.language,
            expires_at: at.after(NEWS),
        };
        notifications::service::queue(app, tx, &message, at).await?;
    }
    Ok(())
}

/// Every way by which the owner of an account can be told of something: the registered contacts, as far as messages go
/// there. Where there is none there is nobody to tell. What opens the account is told at the contacts too that it had until
/// lately: if it was somebody else who replaced them, they are the only ones that the owner reads.
pub async fn ways_to(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    news: &Content,
    at: Timestamp,
) -> Result<Vec<Recipient>, StoreError> {
    let goes = |channel: &Channel| app.notifications.has(*channel) && news.kind().goes_by(*channel);
    let registered = |channel: &Channel| match channel {
        Channel::Email => account.email.is_some(),
        Channel::Sms => account.phone.is_some(),
    };
    let mut ways: Vec<Recipient> = Channel::ALL
        .into_iter()
        .filter(|channel| registered(channel) && goes(channel))
        .map(|channel| Recipient::Owner {
            account: account.id,
            channel,
        })
        .collect();
    if opens(news) {
        let replaced = contacts::replaced(tx, account, at).await?;
        let told = replaced.into_iter().filter(|address| goes(&address.channel()));
        ways.extend(told.map(|address| Recipient::Typed {
            address,
            account: Some(account.id),
        }));
    }
    Ok(ways)
}

/// Whether news are of something with which somebody gets into the account.
const fn opens(news: &Content) -> bool {
    match news.kind() {
        Kind::PasswordChanged
        | Kind::PasswordReplaced
        | Kind::ContactChanged
        | Kind::PasskeyAdded
        | Kind::AccountThawed => true,
        Kind::RecoveryLink
        | Kind::RecoverySuspended
        | Kind::AccountFrozen
        | Kind::AccountBlocked
        | Kind::PasswordReminder
        | Kind::UnlockLink
        | Kind::AccountUnlocked
        | Kind::ContactConfirmation
        | Kind::ContactChangeHeld
        | Kind::ContactChangeCancelled
        | Kind::DelegateInvitation
        | Kind::StaffInvitation
        | Kind::TeamChanged
        | Kind::DelegateAdded
        | Kind::DelegateBlocked
        | Kind::AccessBlocked
        | Kind::DelegateEnded
        | Kind::PasskeyRemoved
        | Kind::PasskeySuspected
        | Kind::SignatureReferred
        | Kind::SignatureDecided
        | Kind::DataRequestDone
        | Kind::AppointmentBooked
        | Kind::AppointmentMoved
        | Kind::AppointmentCancelled
        | Kind::AppointmentReminder
        | Kind::PlaceOffered
        | Kind::DeliverabilityTest => false,
    }
}

/// The password in force of an account, to be compared with [`check_password`].
pub async fn stored_password(tx: &mut Tx, id: AccountId) -> Result<StoredPassword, StoreError> {
    StoredPassword::load(tx, id).await
}

/// Compares a password with the one in force; for nobody ([`StoredPassword::default`]) it costs the same. Call it outside
/// of any transaction, after the attempt was counted. `room` says how much of the queue it may wait in.
pub async fn check_password(
    app: &App,
    stored: &StoredPassword,
    password: &Secret<String>,
    room: Room,
) -> Result<Checked, HashError> {
    stored.check(app, password, room).await
}

/// Whether what was right when it was compared is still the password of a locked account.
pub async fn is_still_right(tx: &mut Tx, id: AccountId, right: &RightPassword) -> Result<bool, StoreError> {
    right.still(tx, id).await
}

/// Writes the hash of a right password under the parameters of today, where it was made under others; whether it did. The
/// caller tells the audit log.
pub async fn renew_hash(tx: &mut Tx, id: AccountId, right: &RightPassword) -> Result<Change, StoreError> {
    right.renew(tx, id).await
}

/// Judges a new password by every rule and hashes it. Call it outside of any transaction.
///
/// The outer error is a failure of the server; the inner one is every rule that the password breaks, in order.
pub async fn prepare_password(
    app: &App,
    account: &Account,
    password: &Secret<String>,
) -> Result<Result<NewPassword, Vec<Violation>>, Failure> {
    prepare_password_for(app, Judged::owner(app, account).await?, password).await
}

/// The same for somebody else than the owner of an account.
pub async fn prepare_password_for(
    app: &App,
    judged: Judged,
    password: &Secret<String>,
) -> Result<Result<NewPassword, Vec<Violation>>, Failure> {
    passwords::prepare(app, judged, password).await
}

/// Writes a new password, in the transaction that uses up what entitled to it. The caller tells the audit log.
pub async fn set_password(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    password: &NewPassword,
    at: Timestamp,
) -> Result<(), StoreError> {
    passwords::write(app, tx, id, password, at).await
}

/// Gives a locked account another contact, or takes its phone away. The caller tells the audit log and the owner.
pub async fn set_contact(tx: &mut Tx, id: AccountId, wanted: &Wanted) -> Result<(), StoreError> {
    store::set_contact(tx, id, wanted).await
}

/// Ends all sessions of a locked account, which knows no browser from then on. The caller tells the audit log.
pub async fn end_sessions(tx: &mut Tx, id: AccountId, at: Timestamp) -> Result<(), StoreError> {
    store::end_sessions(tx, id, at).await?;
    sessions::end_all(tx, id).await
}

/// Makes the link with which the owner freezes the account, for a mail that is about to be sent.
pub async fn make_freeze_link(app: &App, id: AccountId, at: Timestamp) -> Result<MadeFreezeLink, StoreError> {
    freeze::make(app, id, at).await
}

/// Shows what a freeze link is good for. It changes nothing.
pub async fn inspect_freeze(
    app: &App,
    token: &Secret<String>,
    now: Timestamp,
) -> Result<FreezeView, Failure> {
    freeze::inspect(app, token, now).await
}

/// Freezes the account of a freeze link.
pub async fn freeze(app: &App, token: &Secret<String>, call: Call) -> Result<FreezeView, Failure> {
    freeze::freeze(app, token, call).await
}

/// The account of whoever stands at a counter, locked until the transaction ends. Whoever locks anything of their own has done so
/// before.
pub async fn at_counter(tx: &mut Tx, identity: &Identity) -> Result<Account, CounterError> {
    counter::lock(tx, identity).await
}

/// Freezes the account of whoever stands at a counter.
pub async fn freeze_by_officer(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    approval: OfficerApproval,
    identity: &Identity,
    call: Call,
) -> Result<(), CounterError> {
    counter::freeze(app, tx, officer, approval, identity, call).await
}

/// Lifts a freeze for whoever stands at a counter. The password in force goes with it.
pub async fn thaw_by_officer(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    approval: OfficerApproval,
    identity: &Identity,
    call: Call,
) -> Result<(), CounterError> {
    counter::thaw(app, tx, officer, approval, identity, call).await
}

/// Drops what nobody needs any more; how many rows.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    freeze::purge(app, now).await
}

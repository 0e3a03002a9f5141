//! Holding a change, applying it, ending it. Every function here works on an account that its caller has locked.

use super::record::{Record, channel, current, fingerprint};
use super::store;
use crate::accounts::service as accounts;
use crate::accounts::{Account, State as Standing};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::Call;
use crate::notifications::{self, Address, Content, NewMessage, Recipient};
use crate::recovery::service as recovery;
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;
use shared::audit::{Actor, Event as Happened};
use shared::contacts::{
    Asked, Canceller, Confirmation, ConfirmedContact, Event, Moment, Obstacle, State, Terms, Wanted,
};
use shared::identifiers::{AccountId, ContactChangeId};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;

/// How long a contact that is not the account's any more is tried to be told.
const NEWS: Duration = Duration::from_hours(24 * 2);

/// What somebody does, in which quality.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deed {
    /// In which quality.
    pub actor: Actor,
    /// When and from where.
    pub call: Call,
}

impl Deed {
    /// Somebody who is signed in, or holds a link; or an officer, if one calls.
    pub(super) const fn holder(call: Call) -> Self {
        Self {
            actor: call.actor(),
            call,
        }
    }

    /// Time.
    pub(super) fn own(at: Timestamp) -> Self {
        Self {
            actor: Actor::System,
            call: Call::own(at),
        }
    }
}

/// The times that changes are given.
pub(super) fn terms(app: &App) -> Terms {
    Terms::of(app.policy.contacts)
}

/// What is in the way of a change of the account at `at`.
pub(super) async fn moment(tx: &mut Tx, account: &Account, at: Timestamp) -> Result<Moment, StoreError> {
    let obstacle = match account.state {
        Standing::Frozen { .. } => Some(Obstacle::Frozen),
        Standing::Active | Standing::Blocked { .. } => {
            if recovery::is_past_proof(tx, account.id, at).await? {
                Some(Obstacle::Recovery)
            } else if unlock::is_past_proof(tx, account.id, at).await? {
                Some(Obstacle::Unlock)
            } else {
                None
            }
        }
    };
    Ok(Moment { at, obstacle })
}

/// Writes down what time has done to the changes of a locked account. The account as it is afterwards, and what is in the way of
/// the changes that are still under way.
pub(super) async fn settle(
    app: &App,
    tx: &mut Tx,
    mut account: Account,
    at: Timestamp,
) -> Result<(Account, Moment), StoreError> {
    let moment = moment(tx, &account, at).await?;
    for record in store::pending(tx, account.id).await? {
        match record.state.apply(Event::TimePassed, terms(app), moment) {
            Ok(applied @ State::Applied { .. }) => {
                (account, _) = apply(app, tx, account, &record, applied, Deed::own(at)).await?;
            }
            Ok(State::Confirming { since: _, until }) => {
                ask(app, tx, &account, &record, until, Deed::own(at)).await?;
            }
            Ok(ended) => end(app, tx, &record, ended, Deed::own(at)).await?,
            // It goes on.
            Err(_) => {}
        }
    }
    Ok((account, moment))
}

/// Begins the hold of a confirmed contact on an account that is locked and settled, and tells its contacts. A change of the same
/// kind that was under way is replaced.
///
/// When the hold ends, unless something is in the way.
pub(super) async fn hold(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    confirmed: &ConfirmedContact,
    call: Call,
) -> Result<(ContactChangeId, Deadline), StoreError> {
    let wanted = confirmed.wanted();
    let kind = wanted.kind();
    let until = Deadline::after(call.at, terms(app).hold);
    let replaces = fingerprint(app, account, kind);
    let by_holder = Deed::holder(call);
    let change = match confirmed.confirmation() {
        Confirmation::Link { change } => {
            store::hold(tx, change, call.at, until, replaces.as_ref()).await?;
            let event = Happened::ContactConfirmed { contact: kind };
            append(app, tx, account.id, &event, by_holder).await?;
            change
        }
        Confirmation::Removal => {
            let state = State::held(confirmed.consent(), terms(app), call.at);
            let new = (wanted.clone(), Asked::Session, state);
            insert(app, tx, account, new, replaces, call).await?
        }
        Confirmation::Signature => {
            let state = State::held(confirmed.consent(), terms(app), call.at);
            let new = (wanted.clone(), Asked::Signature, state);
            insert(app, tx, account, new, replaces, call).await?
        }
    };
    let event = Happened::ContactChangeHeld { contact: kind, until };
    append(app, tx, account.id, &event, by_holder).await?;
    let news = Content::ContactChangeHeld {
        change,
        employer: account.employer.masked(),
        contact: channel(kind),
        masked: wanted.masked(),
        asked: confirmed.asked(),
        at: call.at,
        until: until.instant(),
        source: call.shown_source(),
    };
    accounts::tell_owner(app, tx, account, news, call.at).await?;
    Ok((change, until))
}

/// Writes a new change of a locked and settled account; one of the same kind that was under way is replaced.
pub(super) async fn insert(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    (wanted, asked, state): (Wanted, Asked, State),
    replaces: Option<crate::keys::Digest>,
    call: Call,
) -> Result<ContactChangeId, StoreError> {
    let kind = wanted.kind();
    let deed = Deed::holder(call);
    for record in store::pending(tx, account.id).await? {
        if record.kind == kind {
            end(app, tx, &record, State::Replaced { at: call.at }, deed).await?;
        }
    }
    let record = Record {
        id: ContactChangeId::new(call.at, app.entropy.bytes()),
        account: account.id,
        kind,
        wanted: Some(wanted),
        replaces,
        asked,
        state,
        requested_at: call.at,
    };
    store::insert(tx, &record).await?;
    let event = Happened::ContactChangeRequested { contact: kind };
    append(app, tx, account.id, &event, deed).await?;
    Ok(record.id)
}

/// Ends a change and tells the audit log how.
pub(super) async fn end(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    ended: State,
    deed: Deed,
) -> Result<(), StoreError> {
    store::end(tx, record.id, record.state, ended).await?;
    let contact = record.kind;
    let event = match ended {
        State::Applied { .. } => Happened::ContactChanged { contact },
        State::Cancelled { at: _, by } => Happened::ContactChangeCancelled { contact, by },
        State::Lapsed { .. } => Happened::ContactChangeLapsed { contact },
        State::Replaced { .. } => Happened::ContactChangeReplaced { contact },
        State::Requested { .. } | State::Held { .. } | State::Confirming { .. } => {
            return Err(StoreError::Corrupt("an end of a change that is none"));
        }
    };
    append(app, tx, record.account, &event, deed).await
}

/// Ends a change because somebody stopped it, and tells the account's contacts where they had been told of it.
pub(super) async fn cancel(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    record: &Record,
    ended: State,
    deed: Deed,
) -> Result<(), StoreError> {
    end(app, tx, record, ended, deed).await?;
    match record.state {
        State::Held { .. } | State::Confirming { .. } => {
            let news = Content::ContactChangeCancelled {
                employer: account.employer.masked(),
                contact: channel(record.kind),
                masked: record.wanted()?.masked(),
                at: deed.call.at,
                source: deed.call.shown_source(),
            };
            accounts::tell_owner(app, tx, account, news, deed.call.at).await
        }
        State::Requested { .. }
        | State::Applied { .. }
        | State::Cancelled { .. }
        | State::Lapsed { .. }
        | State::Replaced { .. } => Ok(()),
    }
}

/// Whether the account's contacts are told of each change that is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// They are.
    Each,
    /// They are told of what stopped it.
    Elsewhere,
}

/// Stops every change of a locked account that is under way.
pub(super) async fn stop_all(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    (by, told): (Canceller, Told),
    call: Call,
) -> Result<(), StoreError> {
    let moment = moment(tx, account, call.at).await?;
    let deed = Deed::holder(call);
    for record in store::pending(tx, account.id).await? {
        let cancelled = record
            .state
            .apply(Event::Cancelled { by }, terms(app), moment)
            // Nobody confirmed it in time.
            .or_else(|_| record.state.apply(Event::TimePassed, terms(app), moment));
        match (cancelled, told) {
            (Ok(ended @ State::Cancelled { .. }), Told::Each) => {
                cancel(app, tx, account, &record, ended, deed).await?;
            }
            (Ok(ended), Told::Each | Told::Elsewhere) => end(app, tx, &record, ended, deed).await?,
            (Err(_), Told::Each | Told::Elsewhere) => {}
        }
    }
    Ok(())
}

/// Lets a change whose hold is over wait for its new contact, and writes to that; not if the contact that was to be replaced is
/// another one by now.
async fn ask(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    record: &Record,
    until: Deadline,
    deed: Deed,
) -> Result<(), StoreError> {
    if is_corrected(app, tx, account, record, deed).await? {
        return Ok(());
    }
    store::ask(tx, record.id, until).await?;
    let contact = record.kind;
    let event = Happened::ContactConfirmationAsked { contact, until };
    append(app, tx, account.id, &event, deed).await?;
    let address = match record.wanted()? {
        Wanted::Email(email) => Address::Email(email.clone()),
        Wanted::Phone(phone) => Address::Phone(phone.clone()),
        Wanted::NoPhone => return Err(StoreError::Corrupt("a confirmation of a removal")),
    };
    let message = confirmation(account, record.id, address, until, deed.call.at);
    notifications::service::queue(app, tx, &message, deed.call.at).await?;
    Ok(())
}

/// The message with the link to a new contact, tried as long as the link would work.
pub(super) fn confirmation(
    account: &Account,
    change: ContactChangeId,
    address: Address,
    until: Deadline,
    at: Timestamp,
) -> NewMessage {
    NewMessage {
        content: Content::ContactConfirmation {
            change,
            employer: account.employer.masked(),
            at,
        },
        recipient: Recipient::Typed {
            address,
            account: Some(account.id),
        },
        case: None,
        language: account.language,
        expires_at: until.instant(),
    }
}

/// What became of a change that was confirmed after its hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consented {
    /// The account has the new contact.
    Applied,
    /// Something is in the way.
    Hindered,
    /// The contact that was to be replaced is another one by now: the change ended.
    Corrected,
}

/// Goes on with a change that was held and that its new contact has confirmed: `next` is where it stands then.
pub(super) async fn consent(
    app: &App,
    tx: &mut Tx,
    account: Account,
    record: &Record,
    next: State,
    call: Call,
) -> Result<Consented, StoreError> {
    let deed = Deed::holder(call);
    let event = Happened::ContactConfirmed { contact: record.kind };
    match next {
        State::Applied { .. } => {
            append(app, tx, account.id, &event, deed).await?;
            let (_, consented) = apply(app, tx, account, record, next, deed).await?;
            Ok(consented)
        }
        State::Held { .. } => {
            append(app, tx, account.id, &event, deed).await?;
            store::consent(tx, record.id, call.at).await?;
            Ok(Consented::Hindered)
        }
        State::Requested { .. }
        | State::Confirming { .. }
        | State::Cancelled { .. }
        | State::Lapsed { .. }
        | State::Replaced { .. } => Err(StoreError::Corrupt("a consent that leads nowhere")),
    }
}

/// Whether the account has another contact by now than the one that was to be replaced, whose reader was told. Then the change
/// ends here.
async fn is_corrected(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    record: &Record,
    deed: Deed,
) -> Result<bool, StoreError> {
    if fingerprint(app, account, record.kind) == record.replaces {
        return Ok(false);
    }
    let cancelled = State::Cancelled {
        at: deed.call.at,
        by: Canceller::Correction,
    };
    cancel(app, tx, account, record, cancelled, Deed::own(deed.call.at)).await?;
    Ok(true)
}

/// Gives the account its new contact, if it still has the one that was to be replaced; tells the old one and all that it has now.
async fn apply(
    app: &App,
    tx: &mut Tx,
    account: Account,
    record: &Record,
    applied: State,
    deed: Deed,
) -> Result<(Account, Consented), StoreError> {
    if is_corrected(app, tx, &account, record, deed).await? {
        return Ok((account, Consented::Corrected));
    }
    let at = deed.call.at;
    let wanted = record.wanted()?;
    end(app, tx, record, applied, deed).await?;
    accounts::set_contact(tx, account.id, wanted).await?;
    let news = Content::ContactChanged {
        employer: account.employer.masked(),
        contact: channel(record.kind),
        masked: wanted.masked(),
        asked: record.asked,
        at,
    };
    if let Some(address) = current(&account, record.kind)
        && app.notifications.has(address.channel())
    {
        let message = NewMessage {
            content: news.clone(),
            recipient: Recipient::Typed {
                address,
                account: Some(account.id),
            },
            case: None,
            language: account.language,
            expires_at: at.after(NEWS),
        };
        notifications::service::queue(app, tx, &message, at).await?;
    }
    let changed = accounts::by_id(tx, account.id)
        .await?
        .ok_or(StoreError::Changed)?;
    accounts::tell_owner(app, tx, &changed, news, at).await?;
    // After the news of the change itself, which its reader has.
    if let Some(replaced) = current(&account, record.kind) {
        let until = at.after(app.policy.link.freeze_lifetime());
        store::keep_replaced(tx, record.id, account.id, &replaced, until).await?;
    }
    Ok((changed, Consented::Applied))
}

/// Whether the account has what is wanted.
pub(super) fn is_current(account: &Account, wanted: &Wanted) -> bool {
    let has = match current(account, wanted.kind()) {
        Some(Address::Email(email)) => Wanted::Email(email),
        Some(Address::Phone(phone)) => Wanted::Phone(phone),
        None => return *wanted == Wanted::NoPhone,
    };
    has == *wanted
}

/// Appends an event about an account.
pub(super) async fn append(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    event: &Happened,
    deed: Deed,
) -> Result<(), StoreError> {
    let entry = Entry {
        event,
        at: deed.call.at,
        actor: deed.actor,
        subject: Subject {
            account: Some(account),
            ..Subject::default()
        },
        source: deed.call.source,
        device: deed.call.device,
        staff: deed.call.staff,
    };
    audit::service::append(app, tx, &entry).await
}

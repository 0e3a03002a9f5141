//! Carrying out a step: the case, its effects and their audit events, in the caller's transaction.

use super::Call;
use super::store::{self, LINKS, Record};
use crate::accounts::service as accounts;
use crate::accounts::{Account, Change, State};
use crate::app::App;
use crate::audit::service::append;
use crate::audit::{Entry, Subject};
use crate::http::Failure;
use crate::keys::Digest;
use crate::links::NewLink;
use crate::notifications::service as notifications;
use crate::notifications::{Channel, Content, NewMessage, Recipient};
use crate::recovery::service as recovery;
use crate::sessions::service as sessions;
use crate::store::{StoreError, Tx};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::audit::Actor;
use shared::identifiers::{AccountId, CaseId, Email, Phone};
use shared::time::Deadline;
use shared::unlock::{Choices, Effect, Event, Refused, Standing, Step, UnlockRefusal};

/// What an effect needs that the case does not know.
#[derive(Clone, Copy, Debug)]
pub(super) enum Means {
    /// Nothing.
    None,
    /// The digest of the token of a link just made.
    Token(Digest),
}

/// Why a step was not carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undone {
    /// The machine refused it.
    #[error("the case does not allow it")]
    Refused(#[from] Refused),
    /// The guarded statement found the link used, ended or expired.
    #[error("the link was used up meanwhile")]
    LinkLost,
    /// The database, or a defect.
    #[error("cannot be written")]
    Store(#[from] StoreError),
}

/// Where the event was sure to be allowed, a refusal is a defect of ours.
pub(super) fn store_error(undone: Undone) -> StoreError {
    match undone {
        Undone::Store(error) => error,
        Undone::Refused(_) | Undone::LinkLost => {
            StoreError::Corrupt("a case that refuses what it must allow")
        }
    }
}

impl From<Undone> for Failure {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Store(error) => error.into(),
            Undone::LinkLost => ErrorCode::LinkUsed.into(),
            Undone::Refused(refused) => told(refused).into(),
        }
    }
}

/// What somebody is told whose step the machine refused.
fn told(refused: Refused) -> Problem {
    match refused {
        Refused::OtherStage { .. }
        | Refused::Overdue { .. }
        | Refused::NotDue
        | Refused::RouteClosed
        | Refused::OtherRoute => Problem::new(ErrorCode::CaseAtOtherStage),
        Refused::OtherLink => Problem::new(ErrorCode::LinkReplaced),
        Refused::ChannelClosed => Problem::field("channel", FieldCode::NotOffered),
    }
}

/// Applies an event to a locked record and carries the step out.
pub(super) async fn apply(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    event: Event,
    means: Means,
    call: Call,
) -> Result<(), Undone> {
    let step = record.case.apply(event, call.at)?;
    carry_out(app, tx, record, step, means, call).await
}

/// Saves a step's case and writes what follows.
pub(super) async fn carry_out(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    step: Step,
    means: Means,
    call: Call,
) -> Result<(), Undone> {
    record.case = step.case.clone();
    store::save(tx, record, call.at).await?;
    record.version += 1;
    for effect in &step.effects {
        carry(app, tx, record, effect, means, call).await?;
    }
    audit(app, tx, record, &step, call).await?;
    Ok(())
}

async fn carry(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    effect: &Effect,
    means: Means,
    call: Call,
) -> Result<(), Undone> {
    match effect {
        Effect::ReplaceLinks => {
            let account = account_id(record)?;
            replace_links(app, tx, account, Some(record), call).await?;
            recovery::replace_links(app, tx, account, call).await?;
        }
        Effect::CloseLinks => LINKS.close(tx, record.id.as_uuid(), call.at).await?,
        Effect::QueueLink { channel } => queue_link(app, tx, record, *channel, call).await?,
        Effect::OpenLink { link, expires } => match means {
            Means::Token(token) => {
                let link = NewLink {
                    id: *link,
                    case: record.id.as_uuid(),
                    account: account_id(record)?,
                    token: &token,
                    made: call.at,
                    expires: *expires,
                };
                LINKS.insert(tx, link).await?;
            }
            Means::None => return Err(StoreError::Corrupt("an effect without its means").into()),
        },
        Effect::StartClock { link, deadline } => LINKS.expire(tx, *link, *deadline).await?,
        Effect::ConsumeLink { link } => {
            if !LINKS.consume(tx, *link, call.at).await? {
                return Err(Undone::LinkLost);
            }
        }
        Effect::Unblock => match accounts::unblock(tx, account_id(record)?).await? {
            Change::Made => {}
            Change::None => return Err(StoreError::Corrupt("an account that was not blocked").into()),
        },
        Effect::ForgetFailures => {
            let owner = owner(tx, record).await?;
            sessions::forget_failures(app, tx, &owner).await?;
        }
        Effect::TellOwner => {
            let owner = owner(tx, record).await?;
            let news = Content::AccountUnlocked {
                reference: record.case.reference().clone(),
                employer: owner.employer.masked(),
                at: call.at,
                source: call.source,
            };
            accounts::tell_owner(app, tx, &owner, news, call.at).await?;
        }
    }
    Ok(())
}

/// Ends the account's open links of this procedure, and the cases that have one or wait for one, but `but`'s.
///
/// The cases are locked before their links, as everywhere, and the links end first: whoever holds one is to hear that it was
/// replaced, not that its case is over.
pub(super) async fn replace_links(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    but: Option<&Record>,
    call: Call,
) -> Result<(), Undone> {
    let others = store::lock_with_link(tx, account, but.map(|record| record.id)).await?;
    LINKS.replace(tx, account, call.at).await?;
    for other in others {
        end(app, tx, other, Event::Superseded, Actor::System, call).await?;
    }
    Ok(())
}

/// Locks a case, and before it its account. Everybody who needs both takes them in this order, and other cases of the
/// account only after it: so nobody waits for somebody who waits for them.
pub(super) async fn lock(
    tx: &mut Tx,
    found: &Record,
) -> Result<Option<(Record, Option<Account>)>, StoreError> {
    let account = match found.account {
        Some(id) => Some(
            accounts::lock(tx, id)
                .await?
                .ok_or(StoreError::Corrupt("unlock_cases.account_id"))?,
        ),
        None => None,
    };
    let record = store::lock(tx, found.id).await?;
    Ok(record.map(|record| (record, account)))
}

/// What an account whose row is locked allows. A phone is no choice where no text message is sent.
pub(super) fn standing(app: &App, account: &Account) -> Standing {
    match account.state {
        State::Frozen { .. } => Standing::Barred {
            reason: UnlockRefusal::AccountFrozen,
        },
        State::Active => Standing::Barred {
            reason: UnlockRefusal::NotBlocked,
        },
        State::Blocked { .. } => {
            let email = account.email.as_ref().map(Email::masked);
            let texts = app.notifications.has(Channel::Sms);
            let phone = account.phone.as_ref().filter(|_| texts).map(Phone::masked);
            match Choices::of(email, phone) {
                Some(choices) => Standing::Reachable { choices },
                None => Standing::Barred {
                    reason: UnlockRefusal::NoContact,
                },
            }
        }
    }
}

/// What has come between the proof and a later step: the account was unblocked or frozen meanwhile, or has lost the contact.
/// The account's row must be locked, or the answer is old.
pub(super) fn barrier(app: &App, account: &Account, channel: Channel) -> Option<UnlockRefusal> {
    match standing(app, account) {
        Standing::Barred { reason } => Some(reason),
        Standing::Reachable { choices } if choices.get(channel).is_none() => Some(UnlockRefusal::NoContact),
        Standing::Reachable { .. } => None,
    }
}

/// Ends a locked case past its proof by an event that ends it.
///
/// Such an ending's only effect is to close the case's links, if it has any; written out here because effects may end other
/// cases.
pub(super) async fn end(
    app: &App,
    tx: &mut Tx,
    mut record: Record,
    event: Event,
    actor: Actor,
    call: Call,
) -> Result<(), Undone> {
    let event = if record.case.stage().overdue(call.at).is_some() {
        Event::TimePassed
    } else {
        event
    };
    let step = Step {
        actor,
        ..record.case.apply(event, call.at)?
    };
    record.case = step.case.clone();
    store::save(tx, &record, call.at).await?;
    LINKS.close(tx, record.id.as_uuid(), call.at).await?;
    audit(app, tx, &record, &step, call).await?;
    Ok(())
}

/// The account of a case whose identity is proved.
pub(super) fn account_id(record: &Record) -> Result<AccountId, StoreError> {
    record
        .account
        .ok_or(StoreError::Corrupt("a proved case without an account"))
}

/// The same, as its row stands.
pub(super) async fn owner(tx: &mut Tx, record: &Record) -> Result<Account, StoreError> {
    accounts::by_id(tx, account_id(record)?)
        .await?
        .ok_or(StoreError::Corrupt("unlock_cases.account_id"))
}

/// Appends a step to the audit log.
pub(super) async fn audit(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    step: &Step,
    call: Call,
) -> Result<(), StoreError> {
    let subject = Subject {
        account: record.account,
        case: Some(CaseId::from_uuid(record.id.as_uuid())),
        identifier: Some(record.subject.0),
        ..Subject::default()
    };
    for event in step.audit() {
        let entry = Entry {
            event: &event,
            at: call.at,
            actor: step.actor,
            subject,
            source: call.source,
            device: call.device,
            staff: call.staff,
        };
        append(app, tx, &entry).await?;
    }
    Ok(())
}

/// Puts the link's message into the outbox, until the case gives up waiting for it.
async fn queue_link(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    channel: Channel,
    call: Call,
) -> Result<(), StoreError> {
    let owner = owner(tx, record).await?;
    let content = Content::UnlockLink {
        unlock: record.id,
        reference: record.case.reference().clone(),
        employer: owner.employer.masked(),
        at: call.at,
    };
    let message = NewMessage {
        content,
        recipient: Recipient::Owner {
            account: owner.id,
            channel,
        },
        case: None,
        language: record.language,
        expires_at: record.case.stage().deadline().map_or(call.at, Deadline::instant),
    };
    notifications::queue(app, tx, &message, call.at).await?;
    Ok(())
}

//! Carrying out a step: the case, its effects and their audit events, in the caller's transaction.

use super::Call;
use super::store::{self, Record};
use super::watch;
use crate::accounts::service as accounts;
use crate::accounts::{Account, NewPassword, State};
use crate::app::App;
use crate::audit::service::append;
use crate::audit::{Entry, Subject};
use crate::challenges::Attempt;
use crate::challenges::service as challenges;
use crate::contacts::service as contacts;
use crate::delegates::service as delegates;
use crate::http::Failure;
use crate::keys::Digest;
use crate::notifications::service as notifications;
use crate::notifications::{Content, NewMessage};
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;
use shared::api::ErrorCode;
use shared::audit::{Actor, Message};
use shared::identifiers::{AccountId, LinkId};
use shared::recovery::{Case, Effect, Event, Refusal, Refused, Stage, Step};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;

/// How long the owner is still told of what happened, if the mail server does not take the message at once.
const NEWS: Duration = Duration::from_hours(24);

/// What an effect needs that the case does not know.
#[derive(Debug)]
pub(super) enum Means<'a> {
    /// Nothing.
    None,
    /// The attempt that was counted for the answers.
    Attempt(Attempt),
    /// The digest of the token of a link just made.
    Token(Digest),
    /// The new password, hashed.
    Password(&'a NewPassword),
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
pub(super) fn told(refused: Refused) -> ErrorCode {
    match refused {
        Refused::OtherStage { .. }
        | Refused::Overdue { .. }
        | Refused::NotDue
        | Refused::NotRedeemed
        | Refused::NothingToRedeem
        | Refused::NoAssertionsLeft
        | Refused::OtherPurpose
        | Refused::RouteClosed
        | Refused::OtherRoute => ErrorCode::CaseAtOtherStage,
        Refused::OtherLink => ErrorCode::LinkReplaced,
    }
}

/// Applies an event to a locked record and carries the step out.
pub(super) async fn apply(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    event: Event,
    means: Means<'_>,
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
    means: Means<'_>,
    call: Call,
) -> Result<(), Undone> {
    let before = record.case.stage().name();
    record.case = step.case.clone();
    store::save(tx, record, call.at).await?;
    record.version += 1;
    write(app, tx, record, &step, means, call).await?;
    let stage = step.case.stage().name();
    if stage != before {
        watch::reached(app, stage);
    }
    Ok(())
}

/// Writes the effects and the audit events of the step that opened a case, which is inserted.
pub(super) async fn open(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    step: &Step,
    call: Call,
) -> Result<(), Undone> {
    write(app, tx, record, step, Means::None, call).await?;
    watch::reached(app, step.case.stage().name());
    Ok(())
}

/// Writes the effects and the audit events of a step whose case is saved.
async fn write(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    step: &Step,
    means: Means<'_>,
    call: Call,
) -> Result<(), Undone> {
    for effect in &step.effects {
        carry(app, tx, record, effect, &means, call).await?;
    }
    audit(app, tx, record, step, call).await?;
    Ok(())
}

async fn carry(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    effect: &Effect,
    means: &Means<'_>,
    call: Call,
) -> Result<(), Undone> {
    match effect {
        Effect::QueueMessage { message } => queue(app, tx, record, *message, call).await?,
        Effect::ReplaceLinks => {
            let account = account(record)?;
            replace_links(app, tx, account, Some(record), call).await?;
            unlock::replace_links(app, tx, account, call).await?;
        }
        Effect::CloseLinks => store::close_links(tx, record.id, call.at).await?,
        Effect::OpenLink { link, expires } => open_link(tx, record, *link, *expires, means, call.at).await?,
        Effect::StartClock { link, deadline } => store::expire_link(tx, *link, *deadline).await?,
        Effect::ConsumeLink { link } => {
            if !store::consume_link(tx, *link, call.at).await? {
                return Err(Undone::LinkLost);
            }
        }
        Effect::WritePassword => match means {
            Means::Password(password) => {
                let account = account(record)?;
                accounts::set_password(app, tx, account, password, call.at).await?;
                contacts::stop_for_password(app, tx, account, call).await?;
                delegates::end_invitations(tx, account, call.at).await?;
            }
            Means::None | Means::Attempt(_) | Means::Token(_) => return Err(without_means()),
        },
        Effect::EndSessions => accounts::end_sessions(tx, account(record)?, call.at).await?,
        Effect::ReleaseAttempt => match means {
            Means::Attempt(attempt) => challenges::release(tx, record.subject, *attempt).await?,
            Means::None | Means::Token(_) | Means::Password(_) => return Err(without_means()),
        },
        Effect::Suspend { until } => {
            challenges::suspend(app, tx, record.subject, record.account, call.at, until.instant()).await?;
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
    store::replace_links(tx, account, call.at).await?;
    for other in others {
        end(app, tx, other, Event::Superseded, Actor::System, call).await?;
    }
    Ok(())
}

/// A defect of ours: the use case did not bring what its event's effects need.
fn without_means() -> Undone {
    Undone::Store(StoreError::Corrupt("an effect without its means"))
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
                .ok_or(StoreError::Corrupt("recovery_cases.account_id"))?,
        ),
        None => None,
    };
    let Some(record) = store::lock(tx, found.id).await? else {
        return Ok(None);
    };
    if record.account == found.account {
        Ok(Some((record, account)))
    } else {
        Err(StoreError::Changed)
    }
}

/// What has come between the proof and the new password, on whichever route: the account was blocked or frozen meanwhile. The
/// account's row must be locked, or the answer is old.
pub(super) const fn barrier(account: &Account) -> Option<Refusal> {
    match account.state {
        State::Active => None,
        State::Blocked { .. } => Some(Refusal::AccountBlocked),
        State::Frozen { .. } => Some(Refusal::AccountFrozen),
    }
}

fn account(record: &Record) -> Result<AccountId, StoreError> {
    record
        .account
        .ok_or(StoreError::Corrupt("a proved case without an account"))
}

async fn open_link(
    tx: &mut Tx,
    record: &Record,
    link: LinkId,
    expires: Deadline,
    means: &Means<'_>,
    at: Timestamp,
) -> Result<(), Undone> {
    match means {
        Means::Token(token) => {
            store::insert_link(tx, link, record.id, account(record)?, token, at, expires).await?;
            Ok(())
        }
        Means::None | Means::Attempt(_) | Means::Password(_) => Err(without_means()),
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
    store::close_links(tx, record.id, call.at).await?;
    audit(app, tx, &record, &step, call).await?;
    watch::reached(app, step.case.stage().name());
    Ok(())
}

async fn audit(app: &App, tx: &mut Tx, record: &Record, step: &Step, call: Call) -> Result<(), StoreError> {
    let subject = Subject {
        account: record.account,
        case: Some(record.id),
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

/// Puts a message to the owner into the outbox: a link by mail, news to every registered contact. Where there is no owner,
/// or no contact, there is nobody to tell.
#[expect(
    clippy::too_many_lines,
    reason = "one line a kind of message that no case sends"
)]
async fn queue(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    message: Message,
    call: Call,
) -> Result<(), StoreError> {
    let Some(account) = record.account else {
        return Ok(());
    };
    let Some(owner) = accounts::by_id(tx, account).await? else {
        return Ok(());
    };
    let (reference, employer, at) = (record.case.reference().clone(), owner.employer.masked(), call.at);
    let (content, expires_at) = match message {
        Message::RecoveryLink => (
            Content::RecoveryLink {
                reference,
                employer,
                at,
            },
            cap(&record.case, at),
        ),
        Message::RecoverySuspended => {
            let until = match record.case.stage() {
                Stage::Suspended { until } => until.instant(),
                Stage::Questions { .. }
                | Stage::WaitingForRegistry { .. }
                | Stage::AwaitingSignature { .. }
                | Stage::AwaitingOfficer { .. }
                | Stage::Refused { .. }
                | Stage::StepUp { .. }
                | Stage::Sending { .. }
                | Stage::LinkSent { .. }
                | Stage::Redeemed { .. }
                | Stage::Completed { .. }
                | Stage::Ended { .. } => {
                    return Err(StoreError::Corrupt(
                        "a suspension of a case that is not suspended",
                    ));
                }
            };
            (
                Content::RecoverySuspended {
                    reference,
                    employer,
                    at,
                    until,
                    source: call.source,
                },
                at.after(NEWS),
            )
        }
        Message::PasswordChanged => (
            Content::PasswordChanged {
                reference,
                employer,
                at,
                source: call.source,
            },
            at.after(NEWS),
        ),
        Message::AccountFrozen
        | Message::AccountBlocked
        | Message::PasswordReplaced
        | Message::PasswordReminder
        | Message::UnlockLink
        | Message::AccountUnlocked
        | Message::ContactConfirmation
        | Message::ContactChangeHeld
        | Message::ContactChanged
        | Message::ContactChangeCancelled
        | Message::DelegateInvitation
        | Message::StaffInvitation
        | Message::TeamChanged
        | Message::DelegateAdded
        | Message::DelegateBlocked
        | Message::AccessBlocked
        | Message::DelegateEnded
        | Message::PasskeyAdded
        | Message::PasskeyRemoved
        | Message::PasskeySuspected
        | Message::SignatureReferred
        | Message::SignatureDecided
        | Message::AccountThawed
        | Message::DataRequestDone
        | Message::AppointmentBooked
        | Message::AppointmentMoved
        | Message::AppointmentCancelled
        | Message::AppointmentReminder
        | Message::PlaceOffered
        | Message::DeliverabilityTest => {
            return Err(StoreError::Corrupt("a message that no case sends"));
        }
    };
    for recipient in accounts::ways_to(app, tx, &owner, &content, at).await? {
        let message = NewMessage {
            content: content.clone(),
            recipient,
            case: Some(record.id),
            language: record.language,
            expires_at,
        };
        notifications::queue(app, tx, &message, at).await?;
    }
    Ok(())
}

/// When trying to send a link ends.
fn cap(case: &Case, at: Timestamp) -> Timestamp {
    case.stage().deadline().map_or(at, Deadline::instant)
}

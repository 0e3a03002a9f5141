//! Going on by an officer: a case that waits for one, or one that is opened at the counter, and how far its link has come.
//!
//! As in recovery: the officer saw the person, and what follows is what follows every proof, but that the person says across the
//! counter where the link is to go: to one of the registered contacts and to no other.

use super::carry::{self, Means, Undone};
use super::store::{self, Record};
use super::{Call, now};
use crate::accounts::service as accounts;
use crate::accounts::{Account, CounterError};
use crate::app::App;
use crate::challenges::{Identity, finder};
use crate::keys::Purpose;
use crate::notifications::Channel;
use crate::recovery::{AtCounter, Sent, ended};
use crate::staff::Officer;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::accounts::{NotDone, Progress};
use shared::audit::Actor;
use shared::centres::Procedure;
use shared::identifiers::UnlockId;
use shared::recovery::{CaseReference, OfficerApproval, Pending};
use shared::time::Timestamp;
use shared::unlock::{
    Choices, Destination, Event, Proof, Stage, StageName, Standing, Step, Terms, UnlockCase, UnlockRefusal,
};
use shared::visits::api::CaseStanding;

/// Sends a link that lifts the block to a registered contact: for the case that is quoted, or for one that is opened here and
/// that no browser has. Without a channel it goes to the mailbox, where there is one.
pub async fn send_by_officer(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    approval: OfficerApproval,
    (asked, channel): (&AtCounter, Option<Channel>),
    call: Call,
) -> Result<Sent<UnlockId>, CounterError> {
    let account = accounts::at_counter(tx, &asked.identity).await?;
    let call = now(app, call).by(officer.id());
    let way = Way::of(app, &account, channel)?;
    let record = match &asked.reference {
        Some(reference) => quoted(tx, reference, &asked.identity, call)
            .await?
            .ok_or(NotDone::NoCaseWaiting)?,
        None => open(app, tx, &approval, (&asked.identity, &account), call).await?,
    };
    prove(app, tx, record, &account, (approval, way), call).await
}

/// Takes an officer's word for the signature that a case waited for, and sends the link at once: the person may be far from the
/// browser that has the case. The account is locked.
///
/// # Errors
/// [`NotDone::CaseOver`] where it waits neither for a signature nor for an officer any more.
pub async fn prove_by_officer(
    app: &App,
    tx: &mut Tx,
    case: UnlockId,
    account: &Account,
    approval: OfficerApproval,
    call: Call,
) -> Result<Sent<UnlockId>, CounterError> {
    let way = Way::of(app, account, None)?;
    let mut record = store::lock(tx, case).await?.ok_or(NotDone::CaseOver)?;
    match record.case.as_of(call.at).stage().name() {
        StageName::AwaitingOfficer => {}
        StageName::AwaitingSignature => {
            by(app, tx, &mut record, (Event::CounterChosen, Actor::Officer), call).await?;
        }
        StageName::Passkey
        | StageName::PasskeyRefused
        | StageName::Refused
        | StageName::Channel
        | StageName::Sending
        | StageName::LinkSent
        | StageName::Unblocked
        | StageName::Ended => return Err(NotDone::CaseOver.into()),
    }
    prove(app, tx, record, account, (approval, way), call).await
}

/// Lets a case whose signature was referred wait for an officer instead, for as long as that may take. One that does not wait for
/// a signature stays where it is.
pub async fn await_officer(app: &App, tx: &mut Tx, case: UnlockId, call: Call) -> Result<(), StoreError> {
    let Some(mut record) = store::lock(tx, case).await? else {
        return Ok(());
    };
    if record.case.as_of(call.at).stage().name() == StageName::AwaitingSignature {
        by(app, tx, &mut record, (Event::CounterChosen, Actor::System), call).await?;
    }
    Ok(())
}

/// How far the link of a case has come; nothing where there is no such case (any more).
pub async fn progress(tx: &mut Tx, case: UnlockId, at: Timestamp) -> Result<Option<Progress>, StoreError> {
    let record = store::by_id(tx, case).await?;
    Ok(record.map(|record| shown(record.case.as_of(at).stage())))
}

/// The cases with a reference that are not over, the newest first.
pub async fn by_reference(
    tx: &mut Tx,
    reference: &CaseReference,
    at: Timestamp,
) -> Result<Vec<UnlockId>, StoreError> {
    let records = store::by_reference(tx, reference).await?;
    let open = records.into_iter().filter(|record| record.case.is_open(at));
    Ok(open.map(|record| record.id).collect())
}

/// Where a case stands, as far as the desk has to know; `None` where it is over.
pub async fn at_desk(
    tx: &mut Tx,
    case: UnlockId,
    at: Timestamp,
) -> Result<Option<finder::Found>, StoreError> {
    let Some(record) = store::by_id(tx, case).await? else {
        return Ok(None);
    };
    let seen = record.case.as_of(at);
    let standing = match seen.stage() {
        Stage::Passkey { .. }
        | Stage::PasskeyRefused { .. }
        | Stage::Refused { .. }
        | Stage::Channel { .. } => CaseStanding::Online,
        Stage::AwaitingSignature { .. } => CaseStanding::AwaitingSignature,
        Stage::AwaitingOfficer { .. } => CaseStanding::AwaitingOfficer,
        Stage::Sending { .. } => CaseStanding::LinkQueued,
        Stage::LinkSent { .. } => CaseStanding::LinkSent,
        Stage::Unblocked { .. } | Stage::Ended { .. } => return Ok(None),
    };
    Ok(Some(finder::Found {
        quoted: seen.reference().to_string(),
        identity: record.identification,
        standing,
    }))
}

/// Where the link goes.
#[derive(Clone, Debug)]
struct Way {
    choices: Choices,
    to: Destination,
}

impl Way {
    /// By the channel that was asked for, or by the first that there is.
    fn of(app: &App, account: &Account, channel: Option<Channel>) -> Result<Self, NotDone> {
        let choices = match carry::standing(app, account) {
            Standing::Reachable { choices } => choices,
            Standing::Barred { reason } => {
                return Err(match reason {
                    UnlockRefusal::NotBlocked => NotDone::AccountNotBlocked,
                    UnlockRefusal::AccountFrozen => NotDone::AccountFrozen,
                    // The other two are the records' business, which the officer has looked at.
                    UnlockRefusal::NoContact
                    | UnlockRefusal::RucInactive
                    | UnlockRefusal::RecordsDisagree(_) => NotDone::NoContact,
                });
            }
        };
        let to = match channel {
            Some(channel) => choices.get(channel).ok_or(NotDone::ChannelNotOffered)?,
            None => choices.as_slice().first().ok_or(NotDone::NoContact)?,
        };
        let to = to.clone();
        Ok(Self { choices, to })
    }
}

/// The case that somebody quotes, locked, if it waits for an officer and was begun for the same employer by the same person.
async fn quoted(
    tx: &mut Tx,
    reference: &CaseReference,
    identity: &Identity,
    call: Call,
) -> Result<Option<Record>, StoreError> {
    for found in store::waiting(tx, reference).await? {
        if found.identification.as_ref() != Some(identity) {
            continue;
        }
        // It may have gone on before it was locked.
        let locked = store::lock(tx, found.id).await?;
        let waits = |record: &Record| record.case.as_of(call.at).stage().name() == StageName::AwaitingOfficer;
        if let Some(record) = locked.filter(waits) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// Opens a case that no browser has: the cookie's secret is drawn and thrown away.
async fn open(
    app: &App,
    tx: &mut Tx,
    approval: &OfficerApproval,
    (identity, account): (&Identity, &Account),
    call: Call,
) -> Result<Record, StoreError> {
    let (_, digest) = token::draw(app, Purpose::UnlockCase);
    let reference = CaseReference::from_random(app.entropy.bytes());
    let step = UnlockCase::open_at_counter(approval, reference, Terms::of(&app.policy), call.at);
    let record = Record {
        id: UnlockId::new(call.at, app.entropy.bytes()),
        version: 1,
        case: step.case.clone(),
        subject: identity.subject(&app.keys),
        account: Some(account.id),
        identification: Some(identity.clone()),
        asked: None,
        language: account.language,
    };
    store::insert(tx, &record, &digest, call.at).await?;
    let named = (Procedure::Unlock, record.id.as_uuid());
    finder::note(app, tx, named, record.identification.as_ref(), call.at).await?;
    carry::audit(app, tx, &record, &step, call).await?;
    Ok(record)
}

/// Makes a move that the case is known to allow, in somebody else's quality than the person's.
async fn by(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    (event, actor): (Event, Actor),
    call: Call,
) -> Result<(), StoreError> {
    let applied = record.case.apply(event, call.at);
    let step = Step {
        actor,
        ..applied.map_err(|refused| carry::store_error(refused.into()))?
    };
    carry::carry_out(app, tx, record, step, Means::None, call)
        .await
        .map_err(carry::store_error)
}

async fn prove(
    app: &App,
    tx: &mut Tx,
    mut record: Record,
    account: &Account,
    (approval, way): (OfficerApproval, Way),
    call: Call,
) -> Result<Sent<UnlockId>, CounterError> {
    // Whoever opened the case may have done so before there was an account.
    record.account = Some(account.id);
    let Way { choices, to } = way;
    let event = Event::Proved {
        proof: Proof::Officer(approval),
        standing: Standing::Reachable { choices },
    };
    match carry::apply(app, tx, &mut record, event, Means::None, call).await {
        Ok(()) => {}
        Err(Undone::Refused(_)) => return Err(NotDone::CaseOver.into()),
        Err(undone @ (Undone::LinkLost | Undone::Store(_))) => return Err(carry::store_error(undone).into()),
    }
    let channel = to.channel();
    by(
        app,
        tx,
        &mut record,
        (Event::ChannelChosen { channel }, Actor::Officer),
        call,
    )
    .await?;
    Ok(Sent {
        case: record.id,
        reference: record.case.reference().clone(),
        to: match to {
            Destination::Email(email) => email.to_string(),
            Destination::Sms(phone) => phone.to_string(),
        },
    })
}

/// A stage as the officer sees it who had the link sent.
fn shown(stage: &Stage) -> Progress {
    match stage {
        Stage::Sending { pending, .. } => match pending {
            Pending::Queued => Progress::Queued,
            Pending::Delayed => Progress::Delayed,
        },
        Stage::LinkSent { deadline, .. } => Progress::HandedOver { deadline: *deadline },
        Stage::Unblocked { at } => Progress::Done { at: *at },
        Stage::Ended { ending } => ended(*ending),
        // The contact took no messages, and there is another one to choose.
        Stage::Channel { .. } => Progress::Rejected,
        // Barred since: the account was unblocked or frozen, or the person went on by another way.
        Stage::Passkey { .. }
        | Stage::PasskeyRefused { .. }
        | Stage::AwaitingSignature { .. }
        | Stage::AwaitingOfficer { .. }
        | Stage::Refused { .. } => Progress::Stopped,
    }
}

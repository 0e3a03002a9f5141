//! Going on by an officer: a case that waits for one, or one that is opened at the counter, and how far its link has come.
//!
//! Whoever stands at a counter was seen by the officer, and that is the proof. What follows is what follows every proof: a link
//! to the registered address and to no other. What the account does not allow is told to the officer before anything is written,
//! so that the same case can go on once it is mended.
//!
//! Each function works in the caller's transaction; it locks the account and then the case. The caller commits, tells the pages
//! ([`announce`](super::service::announce)) and wakes the notifications.

use super::carry::{self, Means, Undone};
use super::store::{self, Record};
use super::{Call, now};
use crate::accounts::service as accounts;
use crate::accounts::{Account, CounterError};
use crate::app::App;
use crate::challenges::{Identity, finder};
use crate::keys::Purpose;
use crate::staff::Officer;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::accounts::{NotDone, Progress};
use shared::audit::Actor;
use shared::centres::Procedure;
use shared::identifiers::CaseId;
use shared::recovery::{
    Case, CaseReference, Ending, Event, OfficerApproval, Pending, Proof, Refusal, Stage, StageName, Standing,
    Step, Terms,
};
use shared::time::Timestamp;
use shared::visits::api::CaseStanding;

/// Who stands at a counter, and the case that they began before, if they quote one. The same for unblocking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtCounter {
    /// Who, for whom.
    pub identity: Identity,
    /// The reference of the case that waits for an officer in their browser.
    pub reference: Option<CaseReference>,
}

/// A link that an officer has sent. The officer sees where to, masked, and never the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent<Id> {
    /// The case whose link it is.
    pub case: Id,
    /// Its reference, which is also in the message.
    pub reference: CaseReference,
    /// Where to, masked.
    pub to: String,
}

/// Sends a link for a new password to the registered address: for the case that is quoted, or for one that is opened here and
/// that no browser has.
pub async fn send_by_officer(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    approval: OfficerApproval,
    asked: &AtCounter,
    call: Call,
) -> Result<Sent<CaseId>, CounterError> {
    let account = accounts::at_counter(tx, &asked.identity).await?;
    let call = now(app, call).by(officer.id());
    let standing = reachable(&account)?;
    let record = match &asked.reference {
        Some(reference) => quoted(tx, reference, &asked.identity, call)
            .await?
            .ok_or(NotDone::NoCaseWaiting)?,
        None => open(app, tx, &approval, (&asked.identity, &account), call).await?,
    };
    prove(app, tx, record, &account, (approval, standing), call).await
}

/// Takes an officer's word for the signature that a case waited for. The account is locked. A case that waits for a signature
/// goes over to the officer with it.
///
/// # Errors
/// [`NotDone::CaseOver`] where it waits for neither any more.
pub async fn prove_by_officer(
    app: &App,
    tx: &mut Tx,
    case: CaseId,
    account: &Account,
    approval: OfficerApproval,
    call: Call,
) -> Result<Sent<CaseId>, CounterError> {
    let standing = reachable(account)?;
    let mut record = store::lock(tx, case).await?.ok_or(NotDone::CaseOver)?;
    match record.case.as_of(call.at).stage().name() {
        StageName::AwaitingOfficer => {}
        StageName::AwaitingSignature => wait(app, tx, &mut record, Actor::Officer, call).await?,
        StageName::Questions
        | StageName::WaitingForRegistry
        | StageName::Suspended
        | StageName::Refused
        | StageName::StepUp
        | StageName::Sending
        | StageName::LinkSent
        | StageName::Redeemed
        | StageName::Completed
        | StageName::Ended => return Err(NotDone::CaseOver.into()),
    }
    prove(app, tx, record, account, (approval, standing), call).await
}

/// Lets a case whose signature was referred wait for an officer instead, for as long as that may take. One that does not wait for
/// a signature stays where it is.
pub async fn await_officer(app: &App, tx: &mut Tx, case: CaseId, call: Call) -> Result<(), StoreError> {
    let Some(mut record) = store::lock(tx, case).await? else {
        return Ok(());
    };
    if record.case.as_of(call.at).stage().name() == StageName::AwaitingSignature {
        wait(app, tx, &mut record, Actor::System, call).await?;
    }
    Ok(())
}

/// How far the link of a case has come; nothing where there is no such case (any more).
pub async fn progress(tx: &mut Tx, case: CaseId, at: Timestamp) -> Result<Option<Progress>, StoreError> {
    let record = store::by_id(tx, case).await?;
    Ok(record.map(|record| shown(record.case.as_of(at).stage())))
}

/// The cases with a reference that are not over, the newest first.
pub async fn by_reference(
    tx: &mut Tx,
    reference: &CaseReference,
    at: Timestamp,
) -> Result<Vec<CaseId>, StoreError> {
    let records = store::by_reference(tx, reference).await?;
    let open = records.into_iter().filter(|record| record.case.is_open(at));
    Ok(open.map(|record| record.id).collect())
}

/// Where a case stands, as far as the desk has to know; `None` where it is over.
pub async fn at_desk(tx: &mut Tx, case: CaseId, at: Timestamp) -> Result<Option<finder::Found>, StoreError> {
    let Some(record) = store::by_id(tx, case).await? else {
        return Ok(None);
    };
    let seen = record.case.as_of(at);
    let standing = match seen.stage() {
        Stage::Questions { .. }
        | Stage::WaitingForRegistry { .. }
        | Stage::Suspended { .. }
        | Stage::Refused { .. }
        | Stage::StepUp { .. } => CaseStanding::Online,
        Stage::AwaitingSignature { .. } => CaseStanding::AwaitingSignature,
        Stage::AwaitingOfficer { .. } => CaseStanding::AwaitingOfficer,
        Stage::Sending { .. } => CaseStanding::LinkQueued,
        Stage::LinkSent { .. } => CaseStanding::LinkSent,
        Stage::Redeemed { .. } => CaseStanding::LinkOpened,
        Stage::Completed { .. } | Stage::Ended { .. } => return Ok(None),
    };
    Ok(Some(finder::Found {
        quoted: seen.reference().to_string(),
        identity: record.identification,
        standing,
    }))
}

/// What the account allows, or why no link can be sent.
fn reachable(account: &Account) -> Result<Standing, NotDone> {
    match account.standing() {
        standing @ Standing::Reachable { .. } => Ok(standing),
        Standing::Unreachable { reason } => Err(match reason {
            Refusal::AccountBlocked => NotDone::AccountBlocked,
            Refusal::AccountFrozen => NotDone::AccountFrozen,
            // The last two are the records' business, which the officer has looked at.
            Refusal::NoEmail | Refusal::RucInactive | Refusal::RecordsDisagree(_) => NotDone::NoEmail,
        }),
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
    let (_, digest) = token::draw(app, Purpose::Case);
    let reference = CaseReference::from_random(app.entropy.bytes());
    let step = Case::open_at_counter(approval, reference, Terms::of(&app.policy), call.at);
    let record = Record {
        id: CaseId::new(call.at, app.entropy.bytes()),
        version: 1,
        case: step.case.clone(),
        subject: identity.subject(&app.keys),
        question_set: None,
        account: Some(account.id),
        identification: Some(identity.clone()),
        language: account.language,
        challenge: None,
    };
    store::insert(tx, &record, &digest, call.at).await?;
    let named = (Procedure::Recovery, record.id.as_uuid());
    finder::note(app, tx, named, record.identification.as_ref(), call.at).await?;
    carry::open(app, tx, &record, &step, call)
        .await
        .map_err(carry::store_error)?;
    Ok(record)
}

async fn wait(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    actor: Actor,
    call: Call,
) -> Result<(), StoreError> {
    let chosen = record.case.apply(Event::CounterChosen, call.at);
    let step = Step {
        actor,
        ..chosen.map_err(|refused| carry::store_error(refused.into()))?
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
    (approval, standing): (OfficerApproval, Standing),
    call: Call,
) -> Result<Sent<CaseId>, CounterError> {
    record.account = Some(account.id);
    let event = Event::Proved {
        proof: Proof::Officer(approval),
        standing,
    };
    match carry::apply(app, tx, &mut record, event, Means::None, call).await {
        Ok(()) => {}
        Err(Undone::Refused(_)) => return Err(NotDone::CaseOver.into()),
        Err(undone @ (Undone::LinkLost | Undone::Store(_))) => return Err(carry::store_error(undone).into()),
    }
    let Stage::Sending { address, .. } = record.case.stage() else {
        return Err(StoreError::Corrupt("an officer's link that is not sent").into());
    };
    Ok(Sent {
        case: record.id,
        reference: record.case.reference().clone(),
        to: address.to_string(),
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
        Stage::Redeemed { deadline, .. } => Progress::Opened { deadline: *deadline },
        Stage::Completed { at } => Progress::Done { at: *at },
        Stage::Ended { ending } => ended(*ending),
        // Barred since: the account was blocked or frozen, or the person went on by another way.
        Stage::Questions { .. }
        | Stage::WaitingForRegistry { .. }
        | Stage::Suspended { .. }
        | Stage::AwaitingSignature { .. }
        | Stage::AwaitingOfficer { .. }
        | Stage::Refused { .. }
        | Stage::StepUp { .. } => Progress::Stopped,
    }
}

/// How a case that an officer had a link sent for has ended. The same for unblocking.
pub(crate) const fn ended(ending: Ending) -> Progress {
    match ending {
        Ending::Lapsed | Ending::LinkExpired | Ending::Undelivered => Progress::Expired,
        Ending::Rejected => Progress::Rejected,
        Ending::Superseded | Ending::Abandoned => Progress::Stopped,
    }
}

//! Going on by a signed request: a case that is opened for one, one that comes to wait for one, and what its pass brings.
//!
//! The request, the file and the verdict are the slice of signatures'. It calls these functions in its own transactions, so that
//! a request and the case behind it stand or fall together; it commits, and then tells the pages
//! ([`announce`](super::service::announce)) and wakes the notifications.

use super::carry::{self, Means, Undone};
use super::proof::standing;
use super::service::case_digest;
use super::store::{self, Record};
use super::{Call, now};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::{Identity, finder};
use crate::http::Failure;
use crate::keys::Purpose;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::centres::Procedure;
use shared::i18n::Language;
use shared::identifiers::CaseId;
use shared::recovery::{
    Case, CaseReference, Event, Finding, Opening, Proof, SolvedCaptcha, Stage, Terms, ValidSignature,
};
use shared::secrets::Secret;
use shared::time::Deadline;

/// A case of any procedure that was opened to wait for a signed request, and the secret by which its browser is known.
#[derive(Debug)]
pub struct ParentOpened<Id> {
    /// Its row.
    pub id: Id,
    /// The value of the `COOKIE` of its procedure.
    pub cookie: Secret<String>,
}

/// A browser's case, of any procedure, that waits for a signed request.
#[derive(Debug)]
pub struct Awaiting<Id> {
    /// Its row.
    pub id: Id,
    /// What people and staff recognise it by.
    pub reference: CaseReference,
    /// What was typed when it was opened.
    pub identity: Identity,
    /// The language of its messages.
    pub language: Language,
    /// Until when it waits: a request for it must not be given more time.
    pub deadline: Deadline,
}

/// What became of a case whose signed request passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a pass may have come too late"]
pub enum Signed {
    /// The identity is proved: the case tells how it goes on, or why it does not.
    Proved,
    /// It does not wait for a signature any more: it lapsed, was abandoned, or went on by another route.
    NotAwaited,
    /// There is no account, or no registry names the person: nothing is proved, and nothing was written.
    Nobody,
}

/// Opens a case that waits for a signed request. Whatever is known of the identifiers, the same work is done.
pub async fn open_signed(
    app: &App,
    tx: &mut Tx,
    solved: &SolvedCaptcha,
    (identity, reference): (Identity, CaseReference),
    language: Language,
    call: Call,
) -> Result<ParentOpened<CaseId>, StoreError> {
    let (cookie, digest) = token::draw(app, Purpose::Case);
    let account = accounts::find(tx, identity.employer, identity.branch).await?;
    let step = Case::open(
        solved,
        Opening::Signature,
        reference,
        Terms::of(&app.policy),
        call.at,
    );
    let record = Record {
        id: CaseId::new(call.at, app.entropy.bytes()),
        version: 1,
        case: step.case.clone(),
        subject: identity.subject(&app.keys),
        question_set: None,
        account: account.map(|account| account.id),
        identification: Some(identity),
        language,
        challenge: None,
    };
    store::insert(tx, &record, &digest, call.at).await?;
    let named = (Procedure::Recovery, record.id.as_uuid());
    finder::note(app, tx, named, record.identification.as_ref(), call.at).await?;
    carry::open(app, tx, &record, &step, call)
        .await
        .map_err(carry::store_error)?;
    Ok(ParentOpened {
        id: record.id,
        cookie,
    })
}

/// Lets this browser's case wait for a signed request, where its stage leads there; one that does so already waits as long as
/// it would have.
///
/// # Errors
/// [`ErrorCode::CaseMissing`] without a case, [`ErrorCode::CaseAtOtherStage`] where the route is closed.
pub async fn await_signature(
    app: &App,
    tx: &mut Tx,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<Awaiting<CaseId>, Failure> {
    let digest = case_digest(app, cookie)?;
    let found = store::by_cookie(tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let mut record = store::lock(tx, found.id).await?.ok_or(ErrorCode::CaseMissing)?;
    let call = now(app, call);
    if waits(&record, call).is_none() {
        let chosen = Event::SignatureChosen;
        carry::apply(app, tx, &mut record, chosen, Means::None, call).await?;
    }
    let deadline = waits(&record, call).ok_or(ErrorCode::CaseAtOtherStage)?;
    Ok(Awaiting {
        id: record.id,
        reference: record.case.reference().clone(),
        identity: record
            .identification
            .ok_or(StoreError::Corrupt("recovery_cases.identification"))?,
        language: record.language,
        deadline,
    })
}

/// Takes a signed request that passed as the proof of a case's identity: what the account and the records allow is looked up
/// now, as after right answers. Suspended attempts are no obstacle, and a step-up asks for nothing more.
///
/// Locks the account and then the case. Whoever holds a lock of their own meanwhile has locked the account before it.
pub async fn prove_by_signature(
    app: &App,
    tx: &mut Tx,
    case: CaseId,
    valid: ValidSignature,
    finding: Finding,
    call: Call,
) -> Result<Signed, StoreError> {
    let Some(found) = store::by_id(tx, case).await? else {
        return Ok(Signed::NotAwaited);
    };
    let Some(identity) = found.identification else {
        return Ok(Signed::NotAwaited);
    };
    // A case that asked no registry, or got no answer, has not learnt its account yet.
    let Some(account) = accounts::find(tx, identity.employer, identity.branch).await? else {
        return Ok(Signed::Nobody);
    };
    let account = accounts::lock(tx, account.id).await?.ok_or(StoreError::Changed)?;
    let Some(mut record) = store::lock(tx, case).await? else {
        return Ok(Signed::NotAwaited);
    };
    let Some(standing) = standing(finding, &account) else {
        return Ok(Signed::Nobody);
    };
    record.account = Some(account.id);
    let event = Event::Proved {
        proof: Proof::Signature(valid),
        standing,
    };
    let call = now(app, call);
    match carry::apply(app, tx, &mut record, event, Means::None, call).await {
        Ok(()) => Ok(Signed::Proved),
        Err(Undone::Refused(_)) => Ok(Signed::NotAwaited),
        Err(undone @ (Undone::LinkLost | Undone::Store(_))) => Err(carry::store_error(undone)),
    }
}

/// Until when a case waits for a signed request, if it does.
fn waits(record: &Record, call: Call) -> Option<Deadline> {
    match *record.case.as_of(call.at).stage() {
        Stage::AwaitingSignature { deadline } => Some(deadline),
        Stage::Questions { .. }
        | Stage::WaitingForRegistry { .. }
        | Stage::Suspended { .. }
        | Stage::AwaitingOfficer { .. }
        | Stage::Refused { .. }
        | Stage::StepUp { .. }
        | Stage::Sending { .. }
        | Stage::LinkSent { .. }
        | Stage::Redeemed { .. }
        | Stage::Completed { .. }
        | Stage::Ended { .. } => None,
    }
}

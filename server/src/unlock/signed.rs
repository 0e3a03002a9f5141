//! Going on by a signed request: a case that is opened for one, one that comes to wait for one, and what its pass brings.
//!
//! As in recovery: the slice of signatures calls these functions in its own transactions, commits, and then tells the pages
//! ([`announce`](super::service::announce)).

use super::carry::{self, Means, Undone};
use super::proof::standing;
use super::store::{self, Record};
use super::{Call, now, service};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::{Identity, finder};
use crate::http::Failure;
use crate::keys::Purpose;
use crate::recovery::{Awaiting, ParentOpened, Signed};
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::centres::Procedure;
use shared::i18n::Language;
use shared::identifiers::UnlockId;
use shared::recovery::{CaseReference, Finding, SolvedCaptcha, ValidSignature};
use shared::secrets::Secret;
use shared::time::Deadline;
use shared::unlock::{Event, Proof, Stage, Terms, UnlockCase};

/// Opens a case and lets it wait for a signed request at once: no passkey is asked for, so no challenge is drawn. Whatever is
/// known of the identifiers, the same work is done.
pub async fn open_signed(
    app: &App,
    tx: &mut Tx,
    solved: &SolvedCaptcha,
    (identity, reference): (Identity, CaseReference),
    language: Language,
    call: Call,
) -> Result<ParentOpened<UnlockId>, StoreError> {
    let (cookie, digest) = token::draw(app, Purpose::UnlockCase);
    let account = accounts::find(tx, identity.employer, identity.branch).await?;
    let opened = UnlockCase::open(solved, reference.clone(), Terms::of(&app.policy), call.at);
    let chosen = opened
        .case
        .apply(Event::SignatureChosen, call.at)
        .map_err(|refused| carry::store_error(refused.into()))?;
    let record = Record {
        id: UnlockId::new(call.at, app.entropy.bytes()),
        version: 1,
        case: chosen.case.clone(),
        subject: identity.subject(&app.keys),
        account: account.map(|account| account.id),
        identification: Some(identity),
        asked: None,
        language,
    };
    store::insert(tx, &record, &digest, call.at).await?;
    let named = (Procedure::Unlock, record.id.as_uuid());
    finder::note(app, tx, named, record.identification.as_ref(), call.at).await?;
    for step in [&opened, &chosen] {
        carry::audit(app, tx, &record, step, call).await?;
    }
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
) -> Result<Awaiting<UnlockId>, Failure> {
    let digest = service::case_digest(app, cookie)?;
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
            .ok_or(StoreError::Corrupt("unlock_cases.identification"))?,
        language: record.language,
        deadline,
    })
}

/// Takes a signed request that passed as the proof of a case's identity: what the account and the records allow is looked up
/// now, as after a passkey.
///
/// Locks the account and then the case. Whoever holds a lock of their own meanwhile has locked the account before it.
pub async fn prove_by_signature(
    app: &App,
    tx: &mut Tx,
    case: UnlockId,
    valid: ValidSignature,
    finding: Finding,
    call: Call,
) -> Result<Signed, StoreError> {
    let Some(found) = store::by_id(tx, case).await? else {
        return Ok(Signed::NotAwaited);
    };
    let Some((mut record, account)) = carry::lock(tx, &found).await? else {
        return Ok(Signed::NotAwaited);
    };
    let standing = account.and_then(|account| standing(app, finding, &account));
    let Some(standing) = standing else {
        return Ok(Signed::Nobody);
    };
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
        Stage::Passkey { .. }
        | Stage::PasskeyRefused { .. }
        | Stage::AwaitingOfficer { .. }
        | Stage::Refused { .. }
        | Stage::Channel { .. }
        | Stage::Sending { .. }
        | Stage::LinkSent { .. }
        | Stage::Unblocked { .. }
        | Stage::Ended { .. } => None,
    }
}

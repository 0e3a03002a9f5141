//! Carrying out a step: the case, its effects and their audit events, in the caller's transaction.

use super::Call;
use super::Follows;
use super::issue::Drawn;
use super::referrals::{self, Decided, NewEvidence, NewReferral, Papers, Referral};
use super::store::{self, Parent, Record};
use crate::accounts::service as accounts;
use crate::accounts::{Account, CounterError};
use crate::app::App;
use crate::audit::service::append;
use crate::audit::{Entry, Subject};
use crate::contacts::service as contacts;
use crate::documents::{Period, Written, service as documents};
use crate::http::Failure;
use crate::notifications::Content;
use crate::recovery::Signed;
use crate::recovery::service as recovery;
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;
use shared::accounts::NotDone;
use shared::api::ErrorCode;
use shared::audit::{self, Actor};
use shared::contacts::{ConfirmedContact, Wanted};
use shared::identifiers::{CaseId, ContactChangeId, DocumentId, version_7};
use shared::recovery::{Finding, OfficerApproval, ValidSignature};
use shared::signatures::api::VerdictView;
use shared::signatures::{Effect, Event, Evidence, Purpose, ReferralNumber, Refused, Rejection, Step};
use shared::time::Timestamp;
use uuid::Uuid;

/// What effects need that the case does not know.
#[derive(Clone, Copy, Debug)]
pub(super) enum Means<'a> {
    /// Nothing.
    None,
    /// The request that is issued.
    Request(&'a Drawn),
    /// What was found of a file.
    Judgement(&'a Judgement),
    /// What an officer decides about, and the account, locked, if there is one.
    Decision {
        /// The request that was referred.
        referral: &'a Referral,
        /// The account.
        account: Option<&'a Account>,
    },
}

/// What was found of a file, and what of it is to be kept.
#[derive(Debug)]
pub(super) struct Judgement {
    /// What was written to be kept; nothing of a file that failed.
    pub papers: Option<WrittenPapers>,
    /// What the registries say; asked only where everything else held.
    pub records: Option<Finding>,
    /// The account, locked, if there is one.
    pub account: Option<Account>,
    /// What the page shows of the verdict.
    pub verdict: VerdictView,
    /// Whether the certificate is the account's representative's.
    pub signer: Signer,
}

/// Whose certificate it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signer {
    /// The account's representative's.
    Representative,
    /// Somebody else's, or that is not known.
    Stranger,
}

/// The evidence, written and not yet kept.
#[derive(Debug)]
pub(super) struct WrittenPapers {
    /// The request as it was issued: a document already.
    pub request: DocumentId,
    /// The file as it came.
    pub file: Written,
    /// The opinion, with certificates and answers.
    pub opinion: Written,
}

/// Why a step was not carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undone {
    /// The machine refused it.
    #[error("the case does not allow it")]
    Refused(#[from] Refused),
    /// The guarded statement found the request used or expired.
    #[error("the request was used up meanwhile")]
    RequestLost,
    /// An officer's decision cannot be followed, and the officer is told why. The caller gives the transaction up.
    #[error("not done: {0:?}")]
    NotDone(NotDone),
    /// The case that was to be proved waits for nothing any more. The caller gives the transaction up.
    #[error("the case behind it has gone on")]
    Outrun,
    /// The database, or a defect.
    #[error("cannot be written")]
    Store(#[from] StoreError),
}

impl From<CounterError> for Undone {
    fn from(error: CounterError) -> Self {
        match error {
            CounterError::NotDone(reason) => Self::NotDone(reason),
            CounterError::Store(error) => Self::Store(error),
        }
    }
}

impl From<Undone> for Failure {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Store(error) => error.into(),
            Undone::RequestLost | Undone::Outrun | Undone::NotDone(_) => ErrorCode::CaseAtOtherStage.into(),
            Undone::Refused(refused) => told(refused).into(),
        }
    }
}

/// What somebody is told whose step the machine refused: to look where the case stands.
pub(super) const fn told(refused: Refused) -> ErrorCode {
    match refused {
        Refused::OtherStage { .. }
        | Refused::Overdue { .. }
        | Refused::NotDue
        | Refused::OtherRequest
        | Refused::NoUploadsLeft
        | Refused::NothingUploaded
        | Refused::NoRequestsLeft => ErrorCode::CaseAtOtherStage,
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

/// Writes what follows from a step and saves its case.
pub(super) async fn carry_out(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    step: Step,
    means: Means<'_>,
    call: Call,
) -> Result<(), Undone> {
    record.case = step.case.clone();
    if let Means::Judgement(judgement) = means {
        record.verdict = Some(judgement.verdict.clone());
    }
    write(app, tx, record, step, means, call).await?;
    store::save(tx, record, call.at).await?;
    record.version += 1;
    Ok(())
}

/// Writes what follows from a step, with the audit events. The case is the caller's.
pub(super) async fn write(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    step: Step,
    means: Means<'_>,
    call: Call,
) -> Result<(), Undone> {
    let events: Vec<audit::Event> = step.audit().collect();
    // What another slice writes comes under its own events; what happened here is told first.
    for event in &events {
        tell(app, tx, record, event, step.actor, call).await?;
    }
    let mut evidence = None;
    for effect in step.effects {
        match (effect, means) {
            (Effect::OpenRequest { request, expires }, Means::Request(drawn)) => {
                let of = subject(record);
                let document = documents::keep(app, tx, &drawn.written, Period::Request, of).await?;
                let times = (drawn.issued, expires);
                store::issue(tx, (record.id, request), drawn.nonce, document, times).await?;
            }
            (Effect::UseRequest { request }, Means::Judgement(_)) => {
                if !store::use_request(tx, record.id, request, call.at).await? {
                    return Err(Undone::RequestLost);
                }
            }
            (Effect::KeepEvidence, Means::Judgement(judgement)) => {
                evidence = Some(keep(app, tx, record, judgement, call.at).await?);
            }
            (Effect::QueueReferral { number }, Means::Judgement(judgement)) => {
                let evidence = evidence.ok_or(StoreError::Corrupt("a referral without evidence"))?;
                refer(app, tx, record, judgement, (number, evidence), call).await?;
            }
            (
                Effect::ProveParent {
                    evidence: Evidence::Signature(signature),
                },
                Means::Judgement(judgement),
            ) => prove(app, tx, record, judgement, signature, call).await?,
            (
                Effect::HoldContact {
                    evidence: Evidence::Signature(signature),
                },
                Means::Judgement(judgement),
            ) => {
                let account = judgement.account.clone();
                let confirmed = ConfirmedContact::by_signature(signature, wanted(record)?);
                hold(app, tx, record, account, &confirmed, call).await?;
            }
            (Effect::CloseReferral { because }, Means::Decision { referral, account }) => {
                close(app, tx, record, (referral, account), because, call).await?;
            }
            (
                Effect::ProveParent {
                    evidence: Evidence::Officer(approval),
                },
                Means::Decision {
                    account: Some(account),
                    ..
                },
            ) => record.follows = prove_by_officer(app, tx, record.parent, account, approval, call).await?,
            (
                Effect::HoldContact {
                    evidence: Evidence::Officer(approval),
                },
                Means::Decision { account, .. },
            ) => {
                let confirmed = ConfirmedContact::by_referral(approval, wanted(record)?);
                let change = hold(app, tx, record, account.cloned(), &confirmed, call).await?;
                record.follows = Follows::Contact(change);
            }
            (
                Effect::OpenRequest { .. }
                | Effect::UseRequest { .. }
                | Effect::KeepEvidence
                | Effect::QueueReferral { .. }
                | Effect::ProveParent { .. }
                | Effect::HoldContact { .. }
                | Effect::CloseReferral { .. },
                Means::None | Means::Request(_) | Means::Judgement(_) | Means::Decision { .. },
            ) => return Err(StoreError::Corrupt("an effect without its means").into()),
        }
    }
    Ok(())
}

/// Keeps the file and what the verdict rests on, as long as the evidence of a signature.
async fn keep(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    judgement: &Judgement,
    at: Timestamp,
) -> Result<Uuid, StoreError> {
    let papers = judgement
        .papers
        .as_ref()
        .ok_or(StoreError::Corrupt("evidence that was not written"))?;
    let of = subject(record);
    documents::extend(app, tx, papers.request, Period::Signature, of, at).await?;
    let id = version_7(at, app.entropy.bytes());
    let evidence = NewEvidence {
        id,
        case: record.id,
        reference: record.case.reference(),
        account: record.account,
        outcome: judgement.verdict.outcome,
        papers: Papers {
            request: papers.request,
            file: documents::keep(app, tx, &papers.file, Period::Signature, of).await?,
            opinion: documents::keep(app, tx, &papers.opinion, Period::Signature, of).await?,
        },
    };
    referrals::keep(tx, &evidence, at).await?;
    Ok(id)
}

/// Puts the request before a person, and tells the owner where it is the representative who signed: a stranger's own certificate
/// sends nobody a message.
async fn refer(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    judgement: &Judgement,
    (number, evidence): (ReferralNumber, Uuid),
    call: Call,
) -> Result<(), StoreError> {
    let asked = record
        .asked
        .as_ref()
        .ok_or(StoreError::Corrupt("signature_cases.asked"))?;
    let referral = NewReferral {
        id: version_7(call.at, app.entropy.bytes()),
        number: &number,
        evidence,
        account: record.account,
        asked,
        verdict: &judgement.verdict,
        language: record.language,
    };
    referrals::refer(tx, &referral, call.at).await?;
    // The case behind it has as long as the referral: nobody decides within the hours that a signature is waited for.
    match record.parent {
        Parent::None => {}
        Parent::Recovery(case) => recovery::await_officer(app, tx, case, call).await?,
        Parent::Unlock(case) => unlock::await_officer(app, tx, case, call).await?,
    }
    let (Some(owner), Signer::Representative) = (&judgement.account, judgement.signer) else {
        return Ok(());
    };
    let news = Content::SignatureReferred {
        reference: record.case.reference().clone(),
        employer: owner.employer.masked(),
        number,
        at: call.at,
        source: call.source,
    };
    accounts::tell_owner(app, tx, owner, news, call.at).await?;
    let event = audit::Event::MessageQueued {
        message: audit::Message::SignatureReferred,
    };
    tell(app, tx, record, &event, Actor::System, call).await
}

/// Proves the identity for the case that waits.
async fn prove(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    judgement: &Judgement,
    signature: ValidSignature,
    call: Call,
) -> Result<(), Undone> {
    let found = judgement
        .records
        .ok_or(StoreError::Corrupt("a pass without the registries"))?;
    let signed = match record.parent {
        Parent::Recovery(case) => recovery::prove_by_signature(app, tx, case, signature, found, call).await?,
        Parent::Unlock(case) => unlock::prove_by_signature(app, tx, case, signature, found, call).await?,
        Parent::None => return Err(StoreError::Corrupt("a proof that nobody waits for").into()),
    };
    match signed {
        Signed::Proved => Ok(()),
        Signed::NotAwaited => Err(Undone::Outrun),
        // Both were looked up before this transaction.
        Signed::Nobody => Err(StoreError::Changed.into()),
    }
}

/// Lets an officer's word prove the identity for the case that waits.
async fn prove_by_officer(
    app: &App,
    tx: &mut Tx,
    parent: Parent,
    account: &Account,
    approval: OfficerApproval,
    call: Call,
) -> Result<Follows, Undone> {
    match parent {
        Parent::Recovery(case) => {
            let sent = recovery::prove_by_officer(app, tx, case, account, approval, call).await?;
            Ok(Follows::Recovery(sent.case))
        }
        Parent::Unlock(case) => {
            let sent = unlock::prove_by_officer(app, tx, case, account, approval, call).await?;
            Ok(Follows::Unlock(sent.case))
        }
        Parent::None => Err(StoreError::Corrupt("a proof that nobody waits for").into()),
    }
}

/// The new contact that a request asks for.
fn wanted(record: &Record) -> Result<Wanted, StoreError> {
    let corrupt = StoreError::Corrupt;
    let asked = record.asked.as_ref().ok_or(corrupt("signature_cases.asked"))?;
    match &asked.purpose {
        Purpose::Email(email) => Ok(Wanted::Email(email.clone())),
        Purpose::Phone(phone) => Ok(Wanted::Phone(phone.clone())),
        Purpose::Recovery | Purpose::Unlock => Err(corrupt("a hold of no contact")),
    }
}

/// Begins the hold of the new contact.
async fn hold(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    account: Option<Account>,
    confirmed: &ConfirmedContact,
    call: Call,
) -> Result<ContactChangeId, StoreError> {
    let account = account.ok_or(StoreError::Corrupt("a pass without an account"))?;
    let (change, until) = contacts::hold(app, tx, account, confirmed, call).await?;
    record.held = Some(until);
    Ok(change)
}

/// Writes a decision down and tells the owner of it, at every registered contact.
async fn close(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    (referral, account): (&Referral, Option<&Account>),
    because: Option<Rejection>,
    call: Call,
) -> Result<(), Undone> {
    let decided = Decided {
        because,
        officer: call.staff,
        account: account.map(|account| account.id),
    };
    if !referrals::decide(tx, &referral.number, decided, call.at).await? {
        return Err(Undone::NotDone(NotDone::ReferralDecided));
    }
    let Some(owner) = account else { return Ok(()) };
    let news = Content::SignatureDecided {
        reference: record.case.reference().clone(),
        employer: owner.employer.masked(),
        number: referral.number.clone(),
        because,
        at: call.at,
    };
    accounts::tell_owner(app, tx, owner, news, call.at).await?;
    let event = audit::Event::MessageQueued {
        message: audit::Message::SignatureDecided,
    };
    tell(app, tx, record, &event, Actor::System, call).await?;
    Ok(())
}

/// Tells the pages of the case that waits to look again.
pub(super) fn announce(app: &App, parent: Parent) {
    match parent {
        Parent::None => {}
        Parent::Recovery(case) => recovery::announce(app, case),
        Parent::Unlock(case) => unlock::announce(app, case),
    }
}

/// Whose events they are.
fn subject(record: &Record) -> Subject {
    Subject {
        account: record.account,
        case: Some(CaseId::from_uuid(record.id.as_uuid())),
        identifier: Some(record.subject.0),
        ..Subject::default()
    }
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    event: &audit::Event,
    actor: Actor,
    call: Call,
) -> Result<(), StoreError> {
    let entry = Entry {
        event,
        at: call.at,
        actor,
        subject: subject(record),
        source: call.source,
        device: call.device,
        staff: call.staff,
    };
    append(app, tx, &entry).await
}

//! Judging a file: counted first, then the notary, then, only if everything held, the registries; and one transaction for all
//! that follows.

use super::carry::{self, Judgement, Means, Signer, Undone, WrittenPapers};
use super::store::{self, Asked, IssuedRequest, Record};
use super::{Call, now, referrals, review, service};
use crate::accounts::service as accounts;
use crate::accounts::{Account, State};
use crate::app::App;
use crate::challenges::service as challenges;
use crate::documents::service as documents;
use crate::http::limits::{self, Bucket};
use crate::http::{Failure, Source};
use crate::notary::{NotExamined, service as examiner};
use crate::registries::Unavailable;
use crate::store::{StoreError, Tx};
use notary::Opinion;
use shared::api::ErrorCode;
use shared::documents::DocumentClass;
use shared::identifiers::AccountId;
use shared::recovery;
use shared::secrets::Secret;
use shared::signatures::api::{Outcome, SignatureView, VerdictView};
use shared::signatures::{
    Check, Event, Finding, Findings, Reason, ReferralNumber, RequestNumber, Standing, Verdict,
};

/// How often a number is drawn that no referral has. One in 244 million is taken for each referral there is.
const DRAWS: u32 = 8;

/// Who may send a file, with everything that has to be known before its first byte is read.
#[derive(Debug)]
pub struct Admitted(Record);

/// Lets a file of this browser's case in: the case waits for one, and neither it nor its network has sent too many.
pub async fn admit(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<Admitted, Failure> {
    let record = service::found(app, cookie).await?;
    if service::out(&record, call.at).is_none() {
        return Err(ErrorCode::CaseAtOtherStage.into());
    }
    let id = record.id.as_uuid();
    let of_case = Bucket::new("signed request", id.as_bytes());
    limits::hit(app, call.at, of_case, app.policy.limits.per_identifier).await?;
    if let Some(address) = call.source {
        let network = Source::new(address).network();
        let of_network = Bucket::new("signed requests", network.as_bytes());
        limits::hit(app, call.at, of_network, app.policy.limits.uploads_per_source).await?;
    }
    Ok(Admitted(record))
}

/// Judges a file. From the counting on the work goes on to its end, even if the browser goes away.
///
/// # Errors
/// [`ErrorCode::CaseAtOtherStage`] where the case has gone on, or as many files were judged as may be;
/// [`ErrorCode::Busy`] where the notary has no place, [`ErrorCode::RegistryUnavailable`] where all else held and a registry does
/// not answer: these cost nothing.
pub async fn judge(
    app: &App,
    admitted: Admitted,
    file: Vec<u8>,
    call: Call,
) -> Result<SignatureView, Failure> {
    let app = app.clone();
    tokio::spawn(async move { upload(&app, admitted.0, file, call).await })
        .await
        .map_err(Failure::fault)?
}

async fn upload(app: &App, found: Record, file: Vec<u8>, call: Call) -> Result<SignatureView, Failure> {
    let upload = Upload::count(app, &found, file, now(app, call)).await?;
    let mut opinion = match upload.examine(app, call).await? {
        Ok(opinion) => opinion,
        Err(NotExamined::Busy | NotExamined::NoProcess) => {
            return Err(give_back(app, &upload.record, Failure::busy(), now(app, call)).await);
        }
    };
    if all_but_the_representative(&opinion.findings) {
        match upload.ask_registries(app).await {
            Ok(records) => {
                opinion.findings.representative = representative(records, upload.account);
                return upload.conclude(app, opinion, Some(records), call).await;
            }
            Err(unavailable) => {
                let failure = challenges::silent(app, unavailable).into();
                return Err(give_back(app, &upload.record, failure, now(app, call)).await);
            }
        }
    }
    upload.conclude(app, opinion, None, call).await
}

/// A file that was counted and is about to be judged.
struct Upload {
    record: Record,
    asked: Asked,
    number: RequestNumber,
    request: IssuedRequest,
    /// The account that the request is about, as far as it was known when the file came.
    account: Option<AccountId>,
    file: Vec<u8>,
}

impl Upload {
    /// Counts a file, in a transaction of its own: whatever becomes of it, it was one.
    async fn count(app: &App, found: &Record, file: Vec<u8>, call: Call) -> Result<Self, Failure> {
        let mut tx = app.store.write().await?;
        let mut record = store::lock(&mut tx, found.id)
            .await?
            .ok_or(ErrorCode::CaseMissing)?;
        let call = now(app, call);
        carry::apply(app, &mut tx, &mut record, Event::Uploaded, Means::None, call).await?;
        let number = service::out(&record, call.at).ok_or(ErrorCode::CaseAtOtherStage)?;
        let request = store::request(&mut tx, record.id, number)
            .await?
            .ok_or(StoreError::Corrupt("signature_requests"))?;
        let asked = record
            .asked
            .clone()
            .ok_or(StoreError::Corrupt("signature_cases.asked"))?;
        let (employer, branch) = (asked.identity.employer, asked.identity.branch);
        let account = accounts::find(&mut tx, employer, branch).await?;
        tx.commit().await?;
        Ok(Self {
            record,
            asked,
            number,
            request,
            account: account.map(|account| account.id),
            file,
        })
    }

    /// What the notary says, if it could look at the file.
    async fn examine(&self, app: &App, call: Call) -> Result<Result<Opinion, NotExamined>, Failure> {
        let expectation =
            review::expectation(app, &self.request, Some(&self.asked.identity), now(app, call).at).await?;
        Ok(examiner::examine(app, self.file.clone(), expectation).await)
    }

    /// What the records say of the signer, now.
    async fn ask_registries(&self, app: &App) -> Result<recovery::Finding, Unavailable> {
        let identity = &self.asked.identity;
        let records = challenges::consult(app, identity).await?;
        Ok(records.claim(identity).cross_check())
    }

    /// Writes what follows.
    async fn conclude(
        self,
        app: &App,
        opinion: Opinion,
        records: Option<recovery::Finding>,
        call: Call,
    ) -> Result<SignatureView, Failure> {
        let verdict = Verdict::of(opinion.findings);
        let papers = self.write_papers(app, &opinion, &verdict, now(app, call)).await?;
        let judged = (verdict, records, papers);
        match self.decide(app, judged, call).await {
            Ok((tx, record, at)) => {
                tx.commit().await?;
                app.notifications.wake();
                carry::announce(app, record.parent);
                Ok(service::view(&record, at.at)?)
            }
            Err(Undone::Outrun) => self.outrun(app, &verdict, call).await,
            Err(
                undone @ (Undone::Refused(_) | Undone::RequestLost | Undone::NotDone(_) | Undone::Store(_)),
            ) => Err(undone.into()),
        }
    }

    /// Writes away what will be kept: of a pass, for whoever doubts it, and of what a person is to decide. A file that failed
    /// proves nothing and may be anybody's: nothing of it is kept.
    async fn write_papers(
        &self,
        app: &App,
        opinion: &Opinion,
        verdict: &Verdict,
        call: Call,
    ) -> Result<Option<WrittenPapers>, Failure> {
        match verdict.outcome() {
            Outcome::TotalFailed => return Ok(None),
            Outcome::TotalPassed | Outcome::Indeterminate => {}
        }
        let told = serde_json::to_vec(opinion).map_err(Failure::fault)?;
        let file = documents::write(app, DocumentClass::SignedRequest, self.file.clone(), call.at);
        let file = file.await.map_err(Failure::fault)?;
        let told = documents::write(app, DocumentClass::SignatureEvidence, told, call.at);
        Ok(Some(WrittenPapers {
            request: self.request.document,
            file,
            opinion: told.await.map_err(Failure::fault)?,
        }))
    }

    /// Everything that follows from the verdict, up to the commit. The account is locked before the case, and both before the
    /// case that waits.
    async fn decide(
        &self,
        app: &App,
        (verdict, records, papers): (Verdict, Option<recovery::Finding>, Option<WrittenPapers>),
        call: Call,
    ) -> Result<(Tx, Record, Call), Undone> {
        let mut tx = app.store.write().await?;
        let account = match self.account {
            Some(id) => Some(accounts::lock(&mut tx, id).await?.ok_or(StoreError::Changed)?),
            None => None,
        };
        let mut record = store::lock(&mut tx, self.record.id)
            .await?
            .ok_or(StoreError::Changed)?;
        record.account = self.account;
        let call = now(app, call);
        let event = Event::Judged {
            request: self.number,
            verdict,
            standing: standing(account.as_ref()),
            number: fresh_number(app, &mut tx).await?,
        };
        let judgement = Judgement {
            papers,
            records,
            signer: self.signer(&verdict, account.as_ref()),
            account,
            verdict: VerdictView::of(&verdict, call.at),
        };
        let means = Means::Judgement(&judgement);
        carry::apply(app, &mut tx, &mut record, event, means, call).await?;
        Ok((tx, record, call))
    }

    /// Ends the case whose signature came too late for the case that waited. The request stays unused.
    async fn outrun(&self, app: &App, verdict: &Verdict, call: Call) -> Result<SignatureView, Failure> {
        let mut tx = app.store.write().await?;
        let mut record = store::lock(&mut tx, self.record.id)
            .await?
            .ok_or(ErrorCode::CaseMissing)?;
        let call = now(app, call);
        record.verdict = Some(VerdictView::of(verdict, call.at));
        carry::apply(app, &mut tx, &mut record, Event::Outrun, Means::None, call).await?;
        tx.commit().await?;
        Ok(service::view(&record, call.at)?)
    }

    fn signer(&self, verdict: &Verdict, account: Option<&Account>) -> Signer {
        let named = &self.asked.identity.representative;
        let representative = account.is_some_and(|account| account.representative == *named);
        if representative && verdict.findings().holder == Finding::Passed {
            Signer::Representative
        } else {
            Signer::Stranger
        }
    }
}

/// Whether a contact of an account whose row is locked can be changed. Where there is no account nothing passes.
const fn standing(account: Option<&Account>) -> Standing {
    match account {
        Some(Account {
            state: State::Frozen { .. },
            ..
        }) => Standing::Frozen,
        Some(Account {
            state: State::Active | State::Blocked { .. },
            ..
        })
        | None => Standing::Open,
    }
}

/// Whether everything held that the notary looks at.
pub(super) fn all_but_the_representative(findings: &Findings) -> bool {
    Check::ALL
        .iter()
        .filter(|check| **check != Check::Representative)
        .all(|check| findings.of(*check) == Finding::Passed)
}

/// The line of the representative. Records that contradict each other are for a person to compare, with a good signature at
/// hand; an employer who may not act is told so by the case that waits.
pub(super) const fn representative(records: recovery::Finding, account: Option<AccountId>) -> Finding {
    match (records, account) {
        (recovery::Finding::Stranger, _) => Finding::Failed(Reason::NotRepresentative),
        (recovery::Finding::Agreed | recovery::Finding::Inactive | recovery::Finding::Disagreed(_), None) => {
            Finding::Failed(Reason::NoAccount)
        }
        (recovery::Finding::Disagreed(_), Some(_)) => Finding::Unknown(Reason::RecordsDisagree),
        (recovery::Finding::Agreed | recovery::Finding::Inactive, Some(_)) => Finding::Passed,
    }
}

/// Gives a file back that was not judged to the end, and says why: a registry's outage or ours costs nothing.
async fn give_back(app: &App, record: &Record, why: Failure, call: Call) -> Failure {
    match returned(app, record, call).await {
        Ok(()) => why,
        Err(failure) => failure,
    }
}

async fn returned(app: &App, found: &Record, call: Call) -> Result<(), Failure> {
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    carry::apply(
        app,
        &mut tx,
        &mut record,
        Event::Returned,
        Means::None,
        now(app, call),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// A number that no referral has.
async fn fresh_number(app: &App, tx: &mut Tx) -> Result<ReferralNumber, StoreError> {
    for _ in 0..DRAWS {
        let number = ReferralNumber::from_random(app.entropy.bytes());
        if !referrals::is_taken(tx, &number).await? {
            return Ok(number);
        }
    }
    Err(StoreError::Changed)
}

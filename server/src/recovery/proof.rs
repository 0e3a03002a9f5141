//! Proving the identity by questions: the registries, the answers, and what the records say of whoever is right.

use super::carry::{self, Means, Undone};
use super::service::{self, case_digest};
use super::store::{self, Record};
use super::{Call, now, step_up, topic};
use crate::accounts::Account;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::audit::service::append;
use crate::audit::{self, Entry};
use crate::captcha::service as captcha;
use crate::challenges::service as challenges;
use crate::challenges::{Admission, Attempt, Identity, Match, QuestionSet, Records, WellFormed};
use crate::http::limits::{self, Bucket};
use crate::http::{Failure, Source};
use crate::registries::Unavailable;
use crate::store::{StoreError, Tx};
use shared::api::{ErrorCode, Problem};
use shared::captcha::Subject;
use shared::challenges::{Answer, InvalidAnswer, Question};
use shared::recovery::api::CaseView;
use shared::recovery::{Beside, Event, Finding, IdentityVerified, Proof, Refusal, StageName, Standing};
use shared::secrets::Secret;

/// After how many seconds answers can be sent again that met the judging of others.
const AGAIN: u32 = 5;

/// Judges all answers together.
///
/// How often a case may send answers is limited before anybody is asked, also answers that nobody counts as an attempt.
/// The registries are asked first: whoever was replaced meanwhile proves nothing, and an outage costs no attempt and tells
/// nobody whether the answers were right. Then the attempt is counted, in a transaction of its own, and only then anything
/// is compared. From the counting on the work goes on to its end, even if the browser goes away.
pub async fn answer(
    app: &App,
    cookie: Option<&Secret<String>>,
    answers: &[Answer],
    call: Call,
) -> Result<CaseView, Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.read().await?;
    let record = store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    if record.case.as_of(call.at).stage().name() != StageName::Questions {
        return Err(ErrorCode::CaseAtOtherStage.into());
    }
    let identity = record
        .identification
        .clone()
        .ok_or(StoreError::Corrupt("recovery_cases.identification"))?;
    let set = service::question_set(&mut tx, &record).await?;
    drop(tx);
    let answers = WellFormed::check(&set, answers).map_err(|problems| {
        let mut problem = Problem::new(ErrorCode::InvalidInput);
        problem.fields = problems.into_iter().map(InvalidAnswer::problem).collect();
        problem
    })?;
    // The case's own: whoever else comes with the same identifier spends nothing of it.
    limits::hit(
        app,
        call.at,
        Bucket::new("answer", record.id.as_uuid().as_bytes()),
        app.policy.limits.per_identifier,
    )
    .await?;
    match challenges::consult(app, &identity).await {
        Err(unavailable) => wait(app, &record, unavailable, call).await,
        Ok(records) => {
            let submission = Submission {
                record,
                identity,
                records,
                set,
                answers,
            };
            let app = app.clone();
            tokio::spawn(async move { submission.judge(&app, call).await })
                .await
                .map_err(Failure::fault)?
        }
    }
}

/// Asks the registries again for a case that waits for one.
pub async fn resume(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<CaseView, Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.read().await?;
    let record = store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    drop(tx);
    if record.case.as_of(call.at).stage().name() != StageName::WaitingForRegistry {
        return Err(ErrorCode::CaseAtOtherStage.into());
    }
    let identity = record.identification.clone().ok_or(ErrorCode::CaseAtOtherStage)?;
    // The case's own: asking again takes nothing from others who come with the same identifier.
    limits::hit(
        app,
        call.at,
        Bucket::new("resume", record.id.as_uuid().as_bytes()),
        app.policy.limits.per_identifier,
    )
    .await?;
    let records = match challenges::consult(app, &identity).await {
        Ok(records) => records,
        Err(unavailable) => return wait(app, &record, unavailable, call).await,
    };
    let call = now(app, call);
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, record.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let failures = challenges::failures(app, &mut tx, record.subject, call.at).await?;
    let questions = learn(app, &mut tx, &mut record, &identity, &records, call).await?;
    carry::apply(
        app,
        &mut tx,
        &mut record,
        Event::Asked { failures },
        Means::None,
        call,
    )
    .await?;
    tx.commit().await?;
    app.live.publish(&topic(record.id));
    let beside = Beside {
        questions,
        ..Beside::default()
    };
    Ok(service::view(&record, beside, call))
}

/// Takes what the registries and the accounts know into the record: its account and its set. A case keeps the set that
/// it was asked first, however long it waited.
pub(super) async fn learn(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    identity: &Identity,
    records: &Records,
    call: Call,
) -> Result<Vec<Question>, StoreError> {
    let account = accounts::find(tx, identity.employer, identity.branch).await?;
    let known = account.is_some() & (records.claim(identity).cross_check() != Finding::Stranger);
    let matched = if known { Match::Current } else { Match::Nobody };
    record.account = account.map(|account| account.id);
    let set = match record.question_set {
        Some(id) => challenges::set(tx, id).await?,
        None => challenges::set_for(app, tx, identity, records, matched, call.at).await?,
    };
    record.question_set = Some(set.id);
    Ok(set.questions)
}

/// Notes that a registry does not answer.
async fn wait(
    app: &App,
    found: &Record,
    Unavailable { registry }: Unavailable,
    call: Call,
) -> Result<CaseView, Failure> {
    let call = now(app, call);
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let event = Event::RegistryFailed { registry };
    carry::apply(app, &mut tx, &mut record, event, Means::None, call).await?;
    tx.commit().await?;
    app.live.publish(&topic(record.id));
    Ok(service::view(&record, Beside::default(), call))
}

/// Answers that are about to be judged.
struct Submission {
    record: Record,
    identity: Identity,
    records: Records,
    set: QuestionSet,
    answers: WellFormed,
}

impl Submission {
    async fn judge(self, app: &App, call: Call) -> Result<CaseView, Failure> {
        let call = now(app, call);
        let found = &self.record;
        let admission = challenges::admit(app, found.subject, found.account, call).await?;
        match self.decide(app, admission, call).await {
            Ok((tx, view)) => {
                tx.commit().await?;
                app.notifications.wake();
                app.live.publish(&topic(found.id));
                Ok(view)
            }
            Err(Unjudged::GoneOn(code)) => {
                if let Admission::Counted(attempt) = admission {
                    release(app, found, attempt, now(app, call)).await?;
                }
                Err(code.into())
            }
            Err(Unjudged::Failed(failure)) => Err(failure),
        }
    }

    /// Everything that follows from the answers, up to the commit.
    async fn decide(&self, app: &App, admission: Admission, call: Call) -> Result<(Tx, CaseView), Unjudged> {
        let mut tx = app.store.write().await?;
        let (mut record, account) = carry::lock(&mut tx, &self.record)
            .await?
            .ok_or(Unjudged::GoneOn(ErrorCode::CaseMissing))?;
        let call = now(app, call);
        let (event, means) = match admission {
            Admission::Suspended { until } => (Event::SuspensionMet { until }, Means::None),
            Admission::Busy => {
                let mut problem = Problem::new(ErrorCode::Busy);
                problem.retry_after = Some(AGAIN);
                return Err(Unjudged::Failed(problem.into()));
            }
            Admission::Lapsed { failures } => (Event::AnswersFailed { failures }, Means::None),
            Admission::Counted(attempt) => {
                if let Some((verified, account, standing)) = self.proof(app, account.as_ref()) {
                    let reasons =
                        step_up::reasons(app, &mut tx, &record, account, &self.records, call).await?;
                    if !reasons.is_empty() {
                        record.challenge = step_up::draw(app, &mut tx, &record, account, call).await?;
                    }
                    let proof = Proof::Answers { verified, reasons };
                    (Event::Proved { proof, standing }, Means::Attempt(attempt))
                } else {
                    self.note_failure(app, &mut tx, call).await?;
                    let failures = attempt.failures;
                    (Event::AnswersFailed { failures }, Means::None)
                }
            }
        };
        carry::apply(app, &mut tx, &mut record, event, means, call).await?;
        let view = service::show(&mut tx, &record, call).await?;
        Ok((tx, view))
    }

    /// The proof and what it leads to, if the answers are right, some registry names the person and there is an account.
    /// Whoever none names, and whoever has none, is as wrong as anybody: a set holds right answers for them too.
    fn proof<'a>(
        &self,
        app: &App,
        account: Option<&'a Account>,
    ) -> Option<(IdentityVerified, &'a Account, Standing)> {
        let verified = challenges::judge(app, &self.set, &self.answers)?;
        let account = account?;
        let finding = self.records.claim(&self.identity).cross_check();
        Some((verified, account, standing(finding, account)?))
    }

    /// Wrong answers make the next captchas harder, and a source that fails for many is asked for more.
    async fn note_failure(&self, app: &App, tx: &mut Tx, call: Call) -> Result<(), StoreError> {
        let source = call.source.map(Source::new);
        if let Some(source) = source {
            challenges::note_source_failure(app, tx, source, self.identity.employer, call.at).await?;
        }
        let subject = Subject::Recovery {
            employer: self.identity.employer,
        };
        captcha::note_failure(app, tx, &subject, source, call.at).await
    }
}

/// What the records and a locked account allow; `None` for whoever no registry names.
pub(super) fn standing(finding: Finding, account: &Account) -> Option<Standing> {
    let reason = match finding {
        Finding::Stranger => return None,
        Finding::Agreed => return Some(account.standing()),
        Finding::Inactive => Refusal::RucInactive,
        Finding::Disagreed(correction) => Refusal::RecordsDisagree(correction),
    };
    Some(Standing::Unreachable { reason })
}

/// Why nothing came of answers.
#[derive(Debug)]
enum Unjudged {
    /// Their case has gone on, or is over; the same answers sent twice, for one. Nobody is told how they were judged, so
    /// they do not count.
    GoneOn(ErrorCode),
    /// Nobody may judge them now, or a failure of ours. An attempt that was counted stays so: answers that break
    /// something must not be a way to try for nothing.
    Failed(Failure),
}

impl From<StoreError> for Unjudged {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Undone> for Unjudged {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Refused(refused) => Self::GoneOn(carry::told(refused)),
            Undone::LinkLost | Undone::Store(_) => Self::Failed(undone.into()),
        }
    }
}

/// Gives back the attempt of answers whose case had gone on before they were judged.
async fn release(app: &App, record: &Record, attempt: Attempt, call: Call) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    challenges::release(&mut tx, record.subject, attempt).await?;
    let entry = Entry {
        event: &shared::audit::Event::AttemptReleased,
        at: call.at,
        actor: shared::audit::Actor::Visitor,
        subject: audit::Subject {
            account: record.account,
            case: Some(record.id),
            identifier: Some(record.subject.0),
            ..audit::Subject::default()
        },
        source: call.source,
        device: call.device,
        staff: None,
    };
    append(app, &mut tx, &entry).await?;
    tx.commit().await
}

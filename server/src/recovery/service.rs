//! The case of a browser: from the identification to the answers.

use super::carry::{self, Means};
use super::store::{self, Activity, Record};
use super::{Call, token, topic};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::captcha::service as captcha;
use crate::challenges::service as challenges;
use crate::challenges::{Admission, Identity, Match, QuestionSet, Records, WellFormed};
use crate::http::limits::{self, Bucket};
use crate::http::{Failure, Source};
use crate::keys::{Digest, Purpose};
use crate::registries::Unavailable;
use crate::store::{StoreError, Tx};
use shared::api::{ErrorCode, Problem};
use shared::audit::Actor;
use shared::captcha::Subject;
use shared::challenges::{Answer, InvalidAnswer, Question};
use shared::identifiers::{AccountId, CaseId};
use shared::recovery::api::{CaseView, Identification};
use shared::recovery::{Case, CaseReference, Event, Opening, Proof, Refusal, Stage, Standing, Terms};
use shared::secrets::Secret;
use std::net::{IpAddr, Ipv4Addr};

/// A case that was opened, and the secret by which its browser is known.
#[derive(Debug)]
pub struct Opened {
    /// What the page shows.
    pub view: CaseView,
    /// The cookie's value.
    pub cookie: Secret<String>,
}

/// Opens a case. Whatever is known of the identifiers, the same work is done and the same is answered.
pub async fn identify(app: &App, asked: Identification, call: Call) -> Result<Opened, Failure> {
    let subject = Subject::Recovery {
        employer: asked.employer,
    };
    let source = Source::new(call.source.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
    let solved = captcha::consume(app, &asked.captcha, &subject, source, call.at).await?;
    let number = asked.employer.to_string();
    limits::hit(
        app,
        call.at,
        Bucket::new("identifier", number.as_bytes()),
        app.policy.limits.per_identifier,
    )
    .await?;
    let Identification {
        employer,
        branch,
        representative,
        language,
        captcha: _,
    } = asked;
    let identity = Identity {
        employer,
        branch,
        representative,
    };
    let consulted = if app.policy.challenges.enabled {
        Some(challenges::consult(app, &identity).await)
    } else {
        None
    };

    let (cookie, digest) = token::draw(app, Purpose::Case);
    let mut tx = app.store.write().await?;
    let subject = identity.subject(&app.keys);
    let failures = challenges::failures(app, &mut tx, subject, call.at).await?;
    let opening = match &consulted {
        Some(Ok(_)) => Opening::Asked { failures },
        Some(Err(Unavailable { registry })) => Opening::RegistryFailed { registry: *registry },
        None => Opening::Signature,
    };
    let reference = CaseReference::from_random(app.entropy.bytes());
    let step = Case::open(&solved, opening, reference, Terms::of(&app.policy), call.at);
    let mut record = Record {
        id: CaseId::new(call.at, app.entropy.bytes()),
        version: 1,
        case: step.case.clone(),
        subject,
        question_set: None,
        account: None,
        activity: None,
        identification: Some(identity.clone()),
        language,
    };
    let questions = match consulted {
        Some(Ok(records)) => learn(app, &mut tx, &mut record, &identity, &records, call).await?,
        Some(Err(_)) | None => Vec::new(),
    };
    store::insert(&mut tx, &record, &digest, call.at).await?;
    carry::write(app, &mut tx, &record, &step, Means::None, call).await?;
    tx.commit().await?;
    Ok(Opened {
        view: view(&record.case, &questions, call)?,
        cookie,
    })
}

/// The case of this browser, wherever it stands.
pub async fn current(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<CaseView, Failure> {
    Ok(look(app, cookie, call).await?.1)
}

/// The same, with the topic under which its changes are told.
pub async fn look(
    app: &App,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<(String, CaseView), Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.read().await?;
    let record = store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let questions = questions(&mut tx, &record, call).await?;
    Ok((topic(record.id), view(&record.case, &questions, call)?))
}

/// Judges all answers together. The attempt is counted, in a transaction of its own, before anything is compared.
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
    if !is_asked(&record, call) {
        return Err(ErrorCode::CaseAtOtherStage.into());
    }
    let set = question_set(&mut tx, &record).await?;
    drop(tx);
    let answers = WellFormed::check(&set, answers).map_err(|problems| {
        let mut problem = Problem::new(ErrorCode::InvalidInput);
        problem.fields = problems.into_iter().map(InvalidAnswer::problem).collect();
        problem
    })?;

    let admission = challenges::admit(app, record.subject, record.account, call).await?;
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, record.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let (event, means) = match admission {
        Admission::Suspended { until } => (Event::SuspensionMet { until }, Means::None),
        Admission::Counted(attempt) => {
            if let Some(verified) = challenges::judge(app, &set, &answers) {
                let standing = standing(&mut tx, &record).await?;
                (
                    Event::Proved {
                        proof: Proof::Answers(verified),
                        standing,
                    },
                    Means::Attempt(attempt),
                )
            } else {
                note_failure(app, &mut tx, &record, call).await?;
                (
                    Event::AnswersFailed {
                        failures: attempt.failures,
                    },
                    Means::None,
                )
            }
        }
    };
    let released = means.attempt();
    if let Err(undone) = carry::apply(app, &mut tx, &mut record, event, means, call).await {
        drop(tx);
        // The same right answers sent twice, for one: the case has gone on, and the second attempt did not fail either.
        if let Some(attempt) = released {
            let mut tx = app.store.write().await?;
            challenges::release(&mut tx, record.subject, attempt).await?;
            tx.commit().await?;
        }
        return Err(undone.into());
    }
    tx.commit().await?;
    app.notifications.wake();
    app.live.publish(&topic(record.id));
    view(&record.case, &set.questions, call)
}

/// Asks the registries again for a case that waits for one.
pub async fn resume(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<CaseView, Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.read().await?;
    let record = store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    drop(tx);
    if !waits(&record, call) {
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
    let consulted = challenges::consult(app, &identity).await;

    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, record.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let failures = challenges::failures(app, &mut tx, record.subject, call.at).await?;
    let (event, questions) = match consulted {
        Err(Unavailable { registry }) => (Event::RegistryFailed { registry }, Vec::new()),
        Ok(records) => {
            let questions = learn(app, &mut tx, &mut record, &identity, &records, call).await?;
            (Event::Asked { failures }, questions)
        }
    };
    carry::apply(app, &mut tx, &mut record, event, Means::None, call).await?;
    tx.commit().await?;
    app.live.publish(&topic(record.id));
    view(&record.case, &questions, call)
}

/// Ends this browser's case. One that is over already stays as it ended.
pub async fn abandon(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<(), Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.write().await?;
    let found = store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let mut record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    if record.case.is_open(call.at) {
        carry::apply(app, &mut tx, &mut record, Event::Abandoned, Means::None, call).await?;
        tx.commit().await?;
        app.live.publish(&topic(record.id));
    }
    Ok(())
}

/// Ends every case of an account that has a link, or waits for one: its owner froze it.
pub async fn end_links(app: &App, tx: &mut Tx, account: AccountId, call: Call) -> Result<(), StoreError> {
    for record in store::lock_with_link(tx, account, None).await? {
        carry::end(app, tx, record, Event::Abandoned, Actor::Holder, call)
            .await
            .map_err(carry::store_error)?;
    }
    Ok(())
}

/// Wrong answers make the next captchas harder.
async fn note_failure(app: &App, tx: &mut Tx, record: &Record, call: Call) -> Result<(), StoreError> {
    let Some(identity) = &record.identification else {
        return Ok(());
    };
    let subject = Subject::Recovery {
        employer: identity.employer,
    };
    captcha::note_failure(app, tx, &subject, call.source.map(Source::new), call.at).await
}

/// What the account allows, now that the identity is proved.
async fn standing(tx: &mut Tx, record: &Record) -> Result<Standing, StoreError> {
    let id = record
        .account
        .ok_or(StoreError::Corrupt("a proved case without an account"))?;
    let account = accounts::by_id(tx, id)
        .await?
        .ok_or(StoreError::Corrupt("recovery_cases.account_id"))?;
    Ok(match record.activity {
        Some(Activity::Active) => account.standing(),
        Some(Activity::Inactive) | None => Standing::Unreachable {
            reason: Refusal::RucInactive,
        },
    })
}

/// Takes what the registries and the accounts know into the record: set, account, activity.
async fn learn(
    app: &App,
    tx: &mut Tx,
    record: &mut Record,
    identity: &Identity,
    records: &Records,
    call: Call,
) -> Result<Vec<Question>, StoreError> {
    let account = accounts::find(tx, identity.employer, identity.branch).await?;
    let known = account.is_some() & records.represents(identity);
    let matched = if known { Match::Current } else { Match::Nobody };
    let set = challenges::set_for(app, tx, identity, records, matched, call.at).await?;
    record.account = account.map(|account| account.id);
    record.activity = Some(if records.is_active(identity) {
        Activity::Active
    } else {
        Activity::Inactive
    });
    record.question_set = Some(set.id);
    Ok(set.questions)
}

fn case_digest(app: &App, cookie: Option<&Secret<String>>) -> Result<Digest, ErrorCode> {
    cookie
        .and_then(|shown| token::digest(app, Purpose::Case, shown))
        .ok_or(ErrorCode::CaseMissing)
}

fn is_asked(record: &Record, call: Call) -> bool {
    matches!(record.case.as_of(call.at).stage(), Stage::Questions { .. })
}

fn waits(record: &Record, call: Call) -> bool {
    matches!(
        record.case.as_of(call.at).stage(),
        Stage::WaitingForRegistry { .. }
    )
}

async fn questions(tx: &mut Tx, record: &Record, call: Call) -> Result<Vec<Question>, StoreError> {
    if is_asked(record, call) {
        Ok(question_set(tx, record).await?.questions)
    } else {
        Ok(Vec::new())
    }
}

async fn question_set(tx: &mut Tx, record: &Record) -> Result<QuestionSet, StoreError> {
    challenges::set(
        tx,
        record
            .question_set
            .ok_or(StoreError::Corrupt("recovery_cases.question_set"))?,
    )
    .await
}

/// The stages of the other routes have no page of this slice.
fn view(case: &Case, questions: &[Question], call: Call) -> Result<CaseView, Failure> {
    let stage = case.view(questions, call.at).ok_or(ErrorCode::CaseAtOtherStage)?;
    Ok(CaseView {
        reference: case.reference().clone(),
        now: call.at,
        stage,
    })
}

//! The case of a browser: opened, looked at, moved to another route, ended.

pub use super::counter::{at_desk, await_officer, by_reference, progress, prove_by_officer, send_by_officer};
pub use super::delivery::{MadeLink, announce, make_link, record_delivery};
pub use super::kept::kept;
pub use super::signed::{await_signature, open_signed, prove_by_signature};

use super::carry::{self, Means};
use super::proof::learn;
use super::store::{self, Record};
use super::{Call, now, topic};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::captcha::service as captcha;
use crate::challenges::service as challenges;
use crate::challenges::{Identity, QuestionSet, finder};
use crate::http::{Failure, Source};
use crate::keys::{Digest, Purpose};
use crate::registries::Unavailable;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::captcha::Subject;
use shared::centres::Procedure;
use shared::identifiers::{AccountId, CaseId};
use shared::recovery::api::{CaseView, Identification};
use shared::recovery::{Beside, Case, CaseReference, Event, Opening, Route, StageName, Terms};
use shared::secrets::Secret;
use shared::time::Timestamp;
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
    captcha::count_opening(app, &subject, source, call.at).await?;
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

    let call = now(app, call);
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
        identification: Some(identity.clone()),
        language,
        challenge: None,
    };
    let questions = match consulted {
        Some(Ok(records)) => learn(app, &mut tx, &mut record, &identity, &records, call).await?,
        Some(Err(_)) | None => Vec::new(),
    };
    store::insert(&mut tx, &record, &digest, call.at).await?;
    let named = (Procedure::Recovery, record.id.as_uuid());
    finder::note(app, &mut tx, named, record.identification.as_ref(), call.at).await?;
    carry::open(app, &mut tx, &record, &step, call).await?;
    tx.commit().await?;
    let beside = Beside {
        questions,
        ..Beside::default()
    };
    Ok(Opened {
        view: view(&record, beside, call),
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
    let view = show(&mut tx, &record, call).await?;
    Ok((topic(record.id), view))
}

/// Refuses whoever has no case whose identity is proved.
pub async fn require_proof(
    app: &App,
    cookie: Option<&Secret<String>>,
    now: Timestamp,
) -> Result<(), Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.read().await?;
    let record = store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    if record.case.shows_proof(now) {
        Ok(())
    } else {
        Err(ErrorCode::CaseAtOtherStage.into())
    }
}

/// Goes on by another route, where the stage lets it.
pub async fn choose(
    app: &App,
    cookie: Option<&Secret<String>>,
    route: Route,
    call: Call,
) -> Result<CaseView, Failure> {
    let event = match route {
        Route::Signature => Event::SignatureChosen,
        Route::Counter => Event::CounterChosen,
        Route::Online => return Err(ErrorCode::CaseAtOtherStage.into()),
    };
    let (mut tx, mut record) = own(app, cookie).await?;
    let call = now(app, call);
    carry::apply(app, &mut tx, &mut record, event, Means::None, call).await?;
    tx.commit().await?;
    app.live.publish(&topic(record.id));
    Ok(view(&record, Beside::default(), call))
}

/// Ends this browser's case. One that is over already stays as it ended.
pub async fn abandon(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<(), Failure> {
    let (mut tx, mut record) = own(app, cookie).await?;
    let call = now(app, call);
    if record.case.is_open(call.at) {
        carry::apply(app, &mut tx, &mut record, Event::Abandoned, Means::None, call).await?;
        tx.commit().await?;
        app.live.publish(&topic(record.id));
    }
    Ok(())
}

/// Whether a recovery of the account is past its last proof and not over: its link goes to the registered contact. One that
/// still waits for a passkey is not: whoever only knows the answers must not hold anything up.
pub async fn is_past_proof(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<bool, StoreError> {
    store::is_past_proof(tx, account, now).await
}

/// Ends every case of a locked account whose answers, or what stood in their place, were right: it was frozen. One that
/// still has to prove something goes on: its page must not tell that there is such an account, and what it proves is judged
/// then.
pub async fn end_proved(app: &App, tx: &mut Tx, account: AccountId, call: Call) -> Result<(), StoreError> {
    for record in store::lock_proved(tx, account).await? {
        carry::end(app, tx, record, Event::Abandoned, call.actor(), call)
            .await
            .map_err(carry::store_error)?;
    }
    Ok(())
}

/// Ends every open link of a locked account, and the cases that have one or wait for one: a link of another procedure takes
/// their place.
pub async fn replace_links(app: &App, tx: &mut Tx, account: AccountId, call: Call) -> Result<(), StoreError> {
    carry::replace_links(app, tx, account, None, call)
        .await
        .map_err(carry::store_error)
}

/// The case of this browser, locked.
async fn own(app: &App, cookie: Option<&Secret<String>>) -> Result<(Tx, Record), Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.write().await?;
    let found = store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    Ok((tx, record))
}

pub(super) fn case_digest(app: &App, cookie: Option<&Secret<String>>) -> Result<Digest, ErrorCode> {
    cookie
        .and_then(|shown| token::digest(app, Purpose::Case, shown))
        .ok_or(ErrorCode::CaseMissing)
}

/// The set that a case asks.
pub(super) async fn question_set(tx: &mut Tx, record: &Record) -> Result<QuestionSet, StoreError> {
    challenges::set(
        tx,
        record
            .question_set
            .ok_or(StoreError::Corrupt("recovery_cases.question_set"))?,
    )
    .await
}

/// What the page shows, with whatever its stage needs from other rows.
pub(super) async fn show(tx: &mut Tx, record: &Record, call: Call) -> Result<CaseView, StoreError> {
    let mut beside = Beside::default();
    let stage = record.case.as_of(call.at).stage().name();
    if stage == StageName::Questions {
        beside.questions = question_set(tx, record).await?.questions;
    }
    if stage == StageName::StepUp {
        beside.passkey.clone_from(&record.challenge);
    }
    if stage == StageName::Completed
        && let Some(id) = record.account
        && let Some(account) = accounts::by_id(tx, id).await?
    {
        beside.linked = accounts::linked(tx, &account).await?;
    }
    Ok(view(record, beside, call))
}

/// What the page shows, with what was read already.
pub(super) fn view(record: &Record, beside: Beside, call: Call) -> CaseView {
    CaseView {
        reference: record.case.reference().clone(),
        now: call.at,
        stage: record.case.view(beside, call.at),
        routes: record.case.routes(call.at).to_vec(),
    }
}

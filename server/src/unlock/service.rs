//! The case of a browser: opened, looked at, moved on, ended. And what other slices may ask.

pub use super::counter::{at_desk, await_officer, by_reference, progress, prove_by_officer, send_by_officer};
pub use super::kept::kept;
pub use super::link::{confirm, inspect, make_link, record_delivery};
pub use super::proof::{assert, renew};
pub use super::signed::{await_signature, open_signed, prove_by_signature};

use super::carry::{self, Means};
use super::store::{self, Record};
use super::{Call, now, proof, topic};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::captcha::service as captcha;
use crate::challenges::{Identity, finder};
use crate::http::{Failure, Source};
use crate::keys::{Digest, Purpose};
use crate::notifications::Channel;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::captcha::Subject;
use shared::centres::Procedure;
use shared::identifiers::{AccountId, UnlockId};
use shared::recovery::{CaseReference, Route};
use shared::secrets::Secret;
use shared::time::Timestamp;
use shared::unlock::api::{Identification, UnlockView};
use shared::unlock::{Event, StageName, Terms, UnlockCase};
use std::net::{IpAddr, Ipv4Addr};

/// A case that was opened, and the secret by which its browser is known.
#[derive(Debug)]
pub struct Opened {
    /// What the page shows.
    pub view: UnlockView,
    /// The cookie's value.
    pub cookie: Secret<String>,
}

/// Opens a case. Whatever is known of the identifiers, the same work is done and the same is answered: a challenge that names
/// no passkey.
pub async fn open(app: &App, asked: Identification, call: Call) -> Result<Opened, Failure> {
    let subject = Subject::Unlock {
        employer: asked.employer,
    };
    let source = Source::new(call.source.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
    let solved = captcha::consume(app, &asked.captcha, &subject, source, call.at).await?;
    captcha::count_opening(app, &subject, source, call.at).await?;
    let identity = Identity {
        employer: asked.employer,
        branch: asked.branch,
        representative: asked.representative,
    };

    let call = now(app, call);
    let (cookie, digest) = token::draw(app, Purpose::UnlockCase);
    let mut tx = app.store.write().await?;
    let account = accounts::find(&mut tx, identity.employer, identity.branch).await?;
    let reference = CaseReference::from_random(app.entropy.bytes());
    let step = UnlockCase::open(&solved, reference, Terms::of(&app.policy), call.at);
    let id = UnlockId::new(call.at, app.entropy.bytes());
    let record = Record {
        id,
        version: 1,
        case: step.case.clone(),
        subject: identity.subject(&app.keys),
        account: account.map(|account| account.id),
        identification: Some(identity),
        asked: Some(proof::ask(app, &mut tx, id, call.at).await?),
        language: asked.language,
    };
    store::insert(&mut tx, &record, &digest, call.at).await?;
    let named = (Procedure::Unlock, record.id.as_uuid());
    finder::note(app, &mut tx, named, record.identification.as_ref(), call.at).await?;
    carry::audit(app, &mut tx, &record, &step, call).await?;
    tx.commit().await?;
    Ok(Opened {
        view: view(&record, call)?,
        cookie,
    })
}

/// The case of this browser, wherever it stands.
pub async fn current(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<UnlockView, Failure> {
    Ok(look(app, cookie, call).await?.1)
}

/// The same, with the topic under which its changes are told.
pub async fn look(
    app: &App,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<(String, UnlockView), Failure> {
    let record = found(app, cookie).await?;
    Ok((topic(record.id), view(&record, call)?))
}

/// Goes on by another route, where the stage lets it.
pub async fn choose_route(
    app: &App,
    cookie: Option<&Secret<String>>,
    route: Route,
    call: Call,
) -> Result<UnlockView, Failure> {
    let event = match route {
        Route::Signature => Event::SignatureChosen,
        Route::Counter => Event::CounterChosen,
        Route::Online => return Err(ErrorCode::CaseAtOtherStage.into()),
    };
    let found = found(app, cookie).await?;
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let call = now(app, call);
    carry::apply(app, &mut tx, &mut record, event, Means::None, call).await?;
    tx.commit().await?;
    app.live.publish(&topic(record.id));
    Ok(view(&record, call)?)
}

/// Sends the link by the way that the person wants. An account that was unblocked or frozen since the proof, or has lost
/// that contact, ends the way online with the reason.
pub async fn choose_channel(
    app: &App,
    cookie: Option<&Secret<String>>,
    channel: Channel,
    call: Call,
) -> Result<UnlockView, Failure> {
    let found = found(app, cookie).await?;
    if found.case.as_of(call.at).stage().name() != StageName::Channel {
        return Err(ErrorCode::CaseAtOtherStage.into());
    }
    let mut tx = app.store.write().await?;
    let (mut record, account) = carry::lock(&mut tx, &found)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let account = account.ok_or(StoreError::Corrupt("a proved case without an account"))?;
    let call = now(app, call);
    let chosen = Event::ChannelChosen { channel };
    // What is not offered is the visitor's mistake; what was offered and is gone bars the way.
    let event = match carry::barrier(app, &account, channel) {
        Some(reason) if record.case.apply(chosen, call.at).is_ok() => Event::Barred { reason },
        Some(_) | None => Event::ChannelChosen { channel },
    };
    carry::apply(app, &mut tx, &mut record, event, Means::None, call).await?;
    tx.commit().await?;
    app.notifications.wake();
    app.live.publish(&topic(record.id));
    Ok(view(&record, call)?)
}

/// Ends this browser's case. One that is over already stays as it ended.
pub async fn abandon(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<(), Failure> {
    let found = found(app, cookie).await?;
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let call = now(app, call);
    if record.case.is_open(call.at) {
        carry::apply(app, &mut tx, &mut record, Event::Abandoned, Means::None, call).await?;
        tx.commit().await?;
        app.live.publish(&topic(record.id));
    }
    Ok(())
}

/// Whether an unlocking of the account is past its identity proof and not over: its link goes to a registered contact.
pub async fn is_past_proof(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<bool, StoreError> {
    store::is_past_proof(tx, account, now).await
}

/// Ends every case of a locked account that is past its identity proof: it was frozen. One that still has to prove
/// something goes on: its page must not tell that there is such an account, and what it proves is judged then.
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

/// Tells the pages that show a case to look again.
pub fn announce(app: &App, case: UnlockId) {
    app.live.publish(&topic(case));
}

/// The case of this browser, as it stood when it was read.
pub(super) async fn found(app: &App, cookie: Option<&Secret<String>>) -> Result<Record, Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.read().await?;
    Ok(store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?)
}

pub(super) fn case_digest(app: &App, cookie: Option<&Secret<String>>) -> Result<Digest, ErrorCode> {
    cookie
        .and_then(|shown| token::digest(app, Purpose::UnlockCase, shown))
        .ok_or(ErrorCode::CaseMissing)
}

/// What the page shows.
pub(super) fn view(record: &Record, call: Call) -> Result<UnlockView, StoreError> {
    let stage = record.case.view(record.asked.clone(), call.at);
    Ok(UnlockView {
        reference: record.case.reference().clone(),
        now: call.at,
        stage: stage.ok_or(StoreError::Corrupt("unlock_cases.asked"))?,
        routes: record.case.routes(call.at).to_vec(),
    })
}

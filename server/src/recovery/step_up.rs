//! When the answers are right and not enough: the facts that the policy's rules look at, and the assertion of a passkey.
//!
//! Facts are gathered when the answers were found right and not before, in the transaction that writes it down. So whoever
//! answers wrong waits for nothing that depends on the account, and learns nothing of it.

use super::carry::{self, Means};
use super::service::{case_digest, show, view};
use super::store::{self, Record};
use super::{Call, now, topic};
use crate::accounts::Account;
use crate::app::App;
use crate::challenges::Records;
use crate::challenges::service as challenges;
use crate::contacts::service as contacts;
use crate::http::limits::{self, Bucket};
use crate::http::{Failure, Source};
use crate::passkeys::AssertedFor;
use crate::passkeys::service as passkeys;
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::passkeys::browser::AuthenticationResponse;
use shared::recovery::api::{CaseView, PasskeyChallenge};
use shared::recovery::{Beside, Event, Stage};
use shared::secrets::Secret;
use shared::step_up::{Facts, Reason, evaluate};
use shared::time::Deadline;
use std::time::Duration;

/// Why the right answers of a case are not enough; none, if they are. All facts are asked for, whichever rules are on and
/// whatever each of them tells.
pub(super) async fn reasons(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    account: &Account,
    records: &Records,
    call: Call,
) -> Result<Vec<Reason>, StoreError> {
    let policy = &app.policy.step_up;
    // One more than a rule needs is enough to know that it is met.
    let (repeated, suspended) = (policy.recovery_repeated, policy.often_suspended);
    let since = call.at.before(days(repeated.days));
    let recoveries = store::completed(tx, account.id, since, repeated.recoveries.into()).await?;
    let most = suspended.more_than.saturating_add(1);
    let suspensions =
        challenges::suspensions(tx, record.subject, days(suspended.days), most, call.at).await?;
    let source_failures = match call.source {
        Some(address) => {
            let most = policy.source_failing.identifiers;
            challenges::source_failures(app, tx, Source::new(address), most, call.at).await?
        }
        None => Vec::new(),
    };
    let facts = Facts {
        contact_changed: contacts::last_change(tx, account.id).await?,
        recoveries,
        suspensions,
        workers: records.workers(),
        source_failures,
    };
    Ok(evaluate(&policy.rules(), &facts, call.at))
}

/// Draws what a passkey is to sign for a case, if the account has any.
pub(super) async fn draw(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    account: &Account,
    call: Call,
) -> Result<Option<PasskeyChallenge>, StoreError> {
    if !passkeys::is_enrolled(app, tx, account).await? {
        return Ok(None);
    }
    let options = passkeys::begin_assertion(app, tx, AssertedFor::Recovery(record.id), call.at).await?;
    let expires = Deadline::after(call.at, app.policy.passkeys.ceremony_lifetime());
    Ok(Some(PasskeyChallenge { options, expires }))
}

/// Draws a fresh challenge for a case that asks for a passkey, also of one that was enrolled since. It costs no attempt.
pub async fn renew(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<CaseView, Failure> {
    let found = asking(app, cookie, call).await?;
    limits::hit(
        app,
        call.at,
        Bucket::new("challenge", found.id.as_uuid().as_bytes()),
        app.policy.limits.per_identifier,
    )
    .await?;
    let mut tx = app.store.write().await?;
    let (mut record, account) = lock(&mut tx, &found).await?;
    let call = now(app, call);
    bears(&record, call)?;
    record.challenge = draw(app, &mut tx, &record, &account, call).await?;
    store::save(&mut tx, &record, call.at).await?;
    record.version += 1;
    tx.commit().await?;
    app.live.publish(&topic(record.id));
    let beside = Beside {
        passkey: record.challenge.clone(),
        ..Beside::default()
    };
    Ok(view(&record, beside, call))
}

/// Judges what a passkey signed. From the first look at it on the work goes on to its end, even if the browser goes away: its
/// challenge is spent by then.
pub async fn assert(
    app: &App,
    cookie: Option<&Secret<String>>,
    response: AuthenticationResponse,
    call: Call,
) -> Result<CaseView, Failure> {
    let found = asking(app, cookie, call).await?;
    let app = app.clone();
    tokio::spawn(async move { judge(&app, &found, &response, call).await })
        .await
        .map_err(Failure::fault)?
}

async fn judge(
    app: &App,
    found: &Record,
    response: &AuthenticationResponse,
    call: Call,
) -> Result<CaseView, Failure> {
    let asked_for = AssertedFor::Recovery(found.id);
    let judged = passkeys::finish_assertion(app, asked_for, found.account, response, call.source).await?;
    let mut tx = app.store.write().await?;
    let (mut record, account) = lock(&mut tx, found).await?;
    let call = now(app, call);
    let left = bears(&record, call)?;
    let event = if let Ok(asserted) = judged {
        // The account is locked and read again: it may have been blocked or frozen since the answers, or lost its address.
        Event::StepUpPassed {
            asserted: asserted.into_evidence(),
            standing: account.standing(),
        }
    } else {
        record.challenge = match left {
            Left::Last => None,
            Left::More => draw(app, &mut tx, &record, &account, call).await?,
        };
        Event::AssertionFailed
    };
    carry::apply(app, &mut tx, &mut record, event, Means::None, call).await?;
    let view = show(&mut tx, &record, call).await?;
    tx.commit().await?;
    app.notifications.wake();
    app.live.publish(&topic(record.id));
    Ok(view)
}

/// Whether a case bears more than one more assertion.
enum Left {
    Last,
    More,
}

/// Tells what a case still bears, or refuses where it asks for no passkey (any more).
fn bears(record: &Record, call: Call) -> Result<Left, ErrorCode> {
    let Stage::StepUp { failures, .. } = *record.case.as_of(call.at).stage() else {
        return Err(ErrorCode::CaseAtOtherStage);
    };
    match record.case.terms().assertions.saturating_sub(failures) {
        0 => Err(ErrorCode::CaseAtOtherStage),
        1 => Ok(Left::Last),
        _ => Ok(Left::More),
    }
}

/// The case of this browser, which asks for a passkey.
async fn asking(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<Record, Failure> {
    let digest = case_digest(app, cookie)?;
    let mut tx = app.store.read().await?;
    let found = store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    bears(&found, call)?;
    Ok(found)
}

async fn lock(tx: &mut Tx, found: &Record) -> Result<(Record, Account), Failure> {
    let (record, account) = carry::lock(tx, found).await?.ok_or(ErrorCode::CaseMissing)?;
    let account = account.ok_or(StoreError::Corrupt("a proved case without an account"))?;
    Ok((record, account))
}

fn days(days: u32) -> Duration {
    Duration::from_hours(u64::from(days) * 24)
}

//! What other slices may ask of the captcha.

use super::store::{self, Spending};
use crate::app::App;
use crate::http::limits::{self, Bucket, Verdict};
use crate::http::{Failure, Source};
use crate::keys::{Digest, Purpose};
use crate::slots::Room;
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::captcha::api::Issued;
use shared::captcha::{Difficulty, Refused, Solution, Subject, issue as sign, verify};
use shared::recovery::SolvedCaptcha;
use shared::time::{Deadline, Timestamp};
use std::time::Duration;

/// How long a spent challenge is remembered after its end. A request is judged by the time at which it began, and its body
/// may come slowly: far longer than any request lives.
pub const KEPT_AFTER_EXPIRY: Duration = Duration::from_mins(5);

/// Issues a challenge, as hard as the recent failures of the source and of the subject make it.
pub async fn issue(app: &App, subject: &Subject, source: Source, now: Timestamp) -> Result<Issued, Failure> {
    let void = void(app, now);
    let mut tx = app.store.read().await?;
    let of_source = store::failures(&mut tx, &source_digest(app, source), void).await?;
    let of_subject = store::failures(&mut tx, &subject_digest(app, subject), void).await?;
    drop(tx);
    let policy = &app.policy.captcha;
    let difficulty = Difficulty::after_failures(policy, of_source.saturating_add(of_subject));
    let expires = Deadline::after(now, Duration::from_secs(policy.seconds.into()));
    let key = app.keys.in_force(now).key(Purpose::Captcha);
    let challenge = sign(&key, subject, difficulty, app.entropy.bytes(), expires).map_err(Failure::fault)?;
    Ok(Issued {
        challenge: challenge.to_string(),
    })
}

/// Verifies a solution and spends it. Once this has answered, the challenge is spent, whatever the caller does next.
///
/// # Errors
/// [`ErrorCode::CaptchaExpired`]; [`ErrorCode::CaptchaRefused`] for everything else that is wrong with it, which also
/// counts as a failure of the source.
pub async fn consume(
    app: &App,
    solution: &Solution,
    subject: &Subject,
    source: Source,
    now: Timestamp,
) -> Result<SolvedCaptcha, Failure> {
    let (generations, solution, bound) = (app.keys.generations(), solution.clone(), subject.clone());
    let checked = app
        .captcha
        .run(Room::Whole, move |memory| {
            // The signature is looked at before the work, so that generations cost nothing.
            let mut checked = Err(Refused::Forged);
            for generation in generations {
                let key = generation.key(Purpose::Captcha);
                checked = verify(&key, &solution, &bound, now, memory);
                if !matches!(checked, Err(Refused::Forged)) {
                    break;
                }
            }
            checked
        })
        .await?;
    let verified = match checked {
        Ok(verified) => verified,
        Err(Refused::Expired) => return Err(ErrorCode::CaptchaExpired.into()),
        Err(Refused::Malformed | Refused::Forged | Refused::Unsolved) => {
            return refuse(app, source, now).await;
        }
    };
    let mut tx = app.store.write().await?;
    let spending = store::spend(&mut tx, &verified.seed, verified.expires.instant()).await?;
    tx.commit().await?;
    match spending {
        Spending::First => Ok(SolvedCaptcha::spent(verified)),
        Spending::Again => refuse(app, source, now).await,
    }
}

/// Counts a failure of what a captcha was solved for, in the caller's transaction: wrong answers make the next
/// challenges harder, for the source and for the subject.
pub async fn note_failure(
    app: &App,
    tx: &mut Tx,
    subject: &Subject,
    source: Option<Source>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let void = void(app, now);
    store::fail(tx, &subject_digest(app, subject), now, void).await?;
    if let Some(source) = source {
        store::fail(tx, &source_digest(app, source), now, void).await?;
    }
    Ok(())
}

/// Counts a case that is about to be opened for a subject, once its captcha is spent.
///
/// One network opens so many as the policy allows, and is refused beyond. What comes beyond that from all networks together
/// refuses nobody: a stranger would close the way to whoever the identifier belongs to. It counts as failures of the
/// subject, so that its next challenges are harder, up to the policy's most.
///
/// # Errors
/// [`ErrorCode::RateLimited`] for the network that came too often.
pub async fn count_opening(
    app: &App,
    subject: &Subject,
    source: Source,
    now: Timestamp,
) -> Result<(), Failure> {
    let (rate, of) = (app.policy.limits.per_identifier, subject.canonical());
    let of_network = format!("{} {of}", source.network());
    limits::hit(app, now, Bucket::new("opening", of_network.as_bytes()), rate).await?;
    match limits::take(app, now, Bucket::new("openings", of.as_bytes()), rate).await? {
        Verdict::Allowed => Ok(()),
        Verdict::Over(_) => {
            tracing::info!("an identifier is tried from many networks: its captchas become harder");
            let mut tx = app.store.write().await?;
            note_failure(app, &mut tx, subject, None, now).await?;
            tx.commit().await?;
            Ok(())
        }
    }
}

/// Drops what nobody needs any more; how many rows. A spent challenge stays for [`KEPT_AFTER_EXPIRY`] more.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let dropped = store::purge(&mut tx, now.before(KEPT_AFTER_EXPIRY), void(app, now)).await?;
    tx.commit().await?;
    Ok(dropped)
}

async fn refuse(app: &App, source: Source, now: Timestamp) -> Result<SolvedCaptcha, Failure> {
    let mut tx = app.store.write().await?;
    store::fail(&mut tx, &source_digest(app, source), now, void(app, now)).await?;
    tx.commit().await?;
    Err(ErrorCode::CaptchaRefused.into())
}

/// Until when failures are forgotten.
fn void(app: &App, now: Timestamp) -> Timestamp {
    now.before(Duration::from_secs(app.policy.captcha.failure_seconds.into()))
}

fn source_digest(app: &App, source: Source) -> Digest {
    app.keys.digest(
        Purpose::Subject,
        &[b"captcha source", source.network().as_bytes()],
    )
}

fn subject_digest(app: &App, subject: &Subject) -> Digest {
    app.keys.digest(
        Purpose::Subject,
        &[b"captcha subject", subject.canonical().as_bytes()],
    )
}

//! Proving the identity by a passkey: the challenge, the device's answer, and what the records say of whoever is right.

use super::carry::{self, Means};
use super::store::Record;
use super::{Call, now, service, store, topic};
use crate::accounts::Account;
use crate::app::App;
use crate::captcha::service as captcha;
use crate::challenges::service as challenges;
use crate::challenges::{Identity, Records};
use crate::http::limits::{self, Bucket};
use crate::http::{Failure, Source};
use crate::passkeys::service as passkeys;
use crate::passkeys::{AssertedFor, AssertedPasskey};
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::captcha::Subject;
use shared::identifiers::UnlockId;
use shared::passkeys::browser::AuthenticationResponse;
use shared::recovery::Finding;
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};
use shared::unlock::api::UnlockView;
use shared::unlock::{Asked, Event, Proof, StageName, Standing, UnlockRefusal};

/// Draws the challenge of a case: the same for everybody but for its random bytes.
pub(super) async fn ask(app: &App, tx: &mut Tx, case: UnlockId, at: Timestamp) -> Result<Asked, StoreError> {
    Ok(Asked {
        options: passkeys::begin_assertion(app, tx, AssertedFor::Unlock(case), at).await?,
        expires: Deadline::after(at, app.policy.passkeys.ceremony_lifetime()),
    })
}

/// Draws a fresh challenge in the place of one that is too old or was used. It costs no attempt.
pub async fn renew(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<UnlockView, Failure> {
    let found = waiting(app, cookie, call).await?;
    limit(app, "challenge", &found, call).await?;
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let call = now(app, call);
    if record.case.as_of(call.at).stage().name() != StageName::Passkey {
        return Err(ErrorCode::CaseAtOtherStage.into());
    }
    record.asked = Some(ask(app, &mut tx, record.id, call.at).await?);
    store::save(&mut tx, &record, call.at).await?;
    tx.commit().await?;
    app.live.publish(&topic(record.id));
    Ok(service::view(&record, call)?)
}

/// Judges what the passkey signed.
///
/// How often a case may come is limited before anybody is asked. The registries are asked first: whoever was replaced
/// meanwhile proves nothing, and an outage costs neither the challenge nor an attempt and tells nobody whether the passkey
/// was right. From the judgement on the work goes on to its end, even if the browser goes away.
pub async fn assert(
    app: &App,
    cookie: Option<&Secret<String>>,
    response: AuthenticationResponse,
    call: Call,
) -> Result<UnlockView, Failure> {
    let record = waiting(app, cookie, call).await?;
    let identity = record
        .identification
        .clone()
        .ok_or(StoreError::Corrupt("unlock_cases.identification"))?;
    limit(app, "assertion", &record, call).await?;
    let records = challenges::consult(app, &identity)
        .await
        .map_err(|unavailable| challenges::silent(app, unavailable))?;
    let shown = Shown {
        record,
        identity,
        records,
        response,
    };
    let app = app.clone();
    tokio::spawn(async move { shown.judge(&app, call).await })
        .await
        .map_err(Failure::fault)?
}

/// The case of this browser, which waits for a passkey.
async fn waiting(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<Record, Failure> {
    let record = service::found(app, cookie).await?;
    if record.case.as_of(call.at).stage().name() == StageName::Passkey {
        Ok(record)
    } else {
        Err(ErrorCode::CaseAtOtherStage.into())
    }
}

/// The case's own limit: whoever else comes with the same identifier spends nothing of it.
async fn limit(app: &App, name: &'static str, record: &Record, call: Call) -> Result<(), Failure> {
    let id = record.id.as_uuid();
    let bucket = Bucket::new(name, id.as_bytes());
    limits::hit(app, call.at, bucket, app.policy.limits.per_identifier).await
}

/// What the records and a locked account allow; `None` for whoever no registry names.
pub(super) fn standing(app: &App, finding: Finding, account: &Account) -> Option<Standing> {
    let reason = match finding {
        Finding::Stranger => return None,
        Finding::Agreed => return Some(carry::standing(app, account)),
        Finding::Inactive => UnlockRefusal::RucInactive,
        Finding::Disagreed(correction) => UnlockRefusal::RecordsDisagree(correction),
    };
    Some(Standing::Barred { reason })
}

/// A passkey that is about to be judged.
struct Shown {
    record: Record,
    identity: Identity,
    records: Records,
    response: AuthenticationResponse,
}

impl Shown {
    /// First the signature, in a transaction of its own which spends the challenge; then the case.
    async fn judge(self, app: &App, call: Call) -> Result<UnlockView, Failure> {
        let (asked_for, account) = (AssertedFor::Unlock(self.record.id), self.record.account);
        let asserted =
            passkeys::finish_assertion(app, asked_for, account, &self.response, call.source).await?;
        let mut tx = app.store.write().await?;
        let (mut record, account) = carry::lock(&mut tx, &self.record)
            .await?
            .ok_or(ErrorCode::CaseMissing)?;
        let call = now(app, call);
        let proved = asserted
            .ok()
            .and_then(|asserted| self.proof(app, asserted, account.as_ref()));
        let event = proved.unwrap_or(Event::PasskeyRefused);
        if event == Event::PasskeyRefused {
            self.note_failure(app, &mut tx, call).await?;
            record.asked = Some(ask(app, &mut tx, record.id, call.at).await?);
        }
        carry::apply(app, &mut tx, &mut record, event, Means::None, call).await?;
        tx.commit().await?;
        app.live.publish(&topic(record.id));
        Ok(service::view(&record, call)?)
    }

    /// The proof and what it leads to, if some registry names the person. Whoever none names is as wrong as anybody.
    fn proof(&self, app: &App, asserted: AssertedPasskey, account: Option<&Account>) -> Option<Event> {
        let account = account?;
        let finding = self.records.claim(&self.identity).cross_check();
        let standing = standing(app, finding, account)?;
        let proof = Proof::Passkey(asserted.into_evidence());
        Some(Event::Proved { proof, standing })
    }

    /// Refused passkeys make the next captchas harder.
    async fn note_failure(&self, app: &App, tx: &mut Tx, call: Call) -> Result<(), StoreError> {
        let subject = Subject::Unlock {
            employer: self.identity.employer,
        };
        captcha::note_failure(app, tx, &subject, call.source.map(Source::new), call.at).await
    }
}

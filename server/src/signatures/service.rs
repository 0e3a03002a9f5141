//! The case of a browser: opened, looked at, its request fetched and renewed, ended. And what other slices may ask.

pub use super::decision::{announce, decide, waiting};
pub use super::judge::{Admitted, admit, judge};
pub use super::kept::kept;

use super::carry::{self, Means};
use super::issue::{self, Drawn};
use super::store::{self, Asked, Parent, Record};
use super::{Call, Follows, now, referrals};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::captcha::service as captcha;
use crate::challenges::{Identity, finder};
use crate::documents::service as documents;
use crate::http::limits::{self, Bucket};
use crate::http::{Failure, Source};
use crate::keys::{Digest, Purpose as Key};
use crate::notifications::Channel;
use crate::recovery::service as recovery;
use crate::store::{StoreError, Tx};
use crate::token;
use crate::unlock::service as unlock;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::captcha::Subject;
use shared::centres::Procedure;
use shared::contacts::ContactKind;
use shared::i18n::Language;
use shared::identifiers::SignatureId;
use shared::recovery::{CaseReference, SolvedCaptcha};
use shared::secrets::Secret;
use shared::signatures::api::{Continued, SignatureAsked, SignatureView};
use shared::signatures::{
    Beginning, Effect, Event, Purpose, ReferralNumber, RequestNumber, SignatureCase, Stage, Step, Terms,
};
use shared::time::{Deadline, Timestamp};
use shared::visits::api::CaseStanding;
use std::net::{IpAddr, Ipv4Addr};

/// A case that was opened, and the secrets by which its browser is known.
#[derive(Debug)]
pub struct Opened {
    /// What the page shows.
    pub view: SignatureView,
    /// The cookie's value.
    pub cookie: Secret<String>,
    /// The cookie of the case that was opened with it.
    pub parent: ParentCookie,
}

/// The cookie of the case that waits for a signed request, where one was opened.
#[derive(Debug)]
pub enum ParentCookie {
    /// No other case was opened.
    None,
    /// A recovery was.
    Recovery(Secret<String>),
    /// An unlocking was.
    Unlock(Secret<String>),
}

/// Issues a request. Whatever is known of the identifiers, the same work is done and the same is answered.
///
/// # Errors
/// A telephone is refused where no text messages are sent: nobody could confirm it.
pub async fn open(app: &App, asked: SignatureAsked, call: Call) -> Result<Opened, Failure> {
    if asked.purpose.contact() == Some(ContactKind::Phone) && !app.notifications.has(Channel::Sms) {
        return Err(Problem::field("purpose", FieldCode::NotOffered).into());
    }
    let subject = Subject::Signature {
        employer: asked.employer,
    };
    let source = Source::new(call.source.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
    let solved = captcha::consume(app, &asked.captcha, &subject, source, call.at).await?;
    captcha::count_opening(app, &subject, source, call.at).await?;
    let SignatureAsked {
        purpose,
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
    let asked = Asked { identity, purpose };

    let call = now(app, call);
    let reference = CaseReference::from_random(app.entropy.bytes());
    let beginning = Beginning::Captcha(&solved);
    let terms = Terms::of(&app.policy);
    let step = SignatureCase::open(beginning, reference, asked.purpose.name(), terms, call.at);
    let drawn = draw(app, &asked, &step, call.at).await?;
    let mut tx = app.store.write().await?;
    let (parent, parent_cookie) = open_parent(app, &mut tx, &solved, &asked, &step, language, call).await?;
    let (record, cookie) = insert(app, &mut tx, step, asked, (parent, language), &drawn, call).await?;
    tx.commit().await?;
    Ok(Opened {
        view: view(&record, now(app, call).at)?,
        cookie,
        parent: parent_cookie,
    })
}

/// Opens the case that waits for the request, if the request is for one.
async fn open_parent(
    app: &App,
    tx: &mut Tx,
    solved: &SolvedCaptcha,
    asked: &Asked,
    step: &Step,
    language: Language,
    call: Call,
) -> Result<(Parent, ParentCookie), StoreError> {
    let whose = (asked.identity.clone(), step.case.reference().clone());
    Ok(match asked.purpose {
        Purpose::Recovery => {
            let opened = recovery::open_signed(app, tx, solved, whose, language, call).await?;
            (Parent::Recovery(opened.id), ParentCookie::Recovery(opened.cookie))
        }
        Purpose::Unlock => {
            let opened = unlock::open_signed(app, tx, solved, whose, language, call).await?;
            (Parent::Unlock(opened.id), ParentCookie::Unlock(opened.cookie))
        }
        Purpose::Email(_) | Purpose::Phone(_) => (Parent::None, ParentCookie::None),
    })
}

/// The cookies of a browser's cases of other procedures.
#[derive(Clone, Copy, Debug)]
pub struct Cookies<'a> {
    /// Of recovering.
    pub recovery: Option<&'a Secret<String>>,
    /// Of unlocking.
    pub unlock: Option<&'a Secret<String>>,
}

/// Issues a request for a case of this browser, which offers the route of signature. First that case is brought to wait, in a
/// transaction of its own: drawing the request takes time, and a case that waits for a request not issued yet has lost nothing.
pub async fn continue_by(
    app: &App,
    of: Continued,
    cookies: Cookies<'_>,
    call: Call,
) -> Result<Opened, Failure> {
    let mut tx = app.store.write().await?;
    let (parent, reference, deadline, identity, language, purpose) = match of {
        Continued::Recovery => {
            let case = recovery::await_signature(app, &mut tx, cookies.recovery, call).await?;
            let parent = Parent::Recovery(case.id);
            (
                parent,
                case.reference,
                case.deadline,
                case.identity,
                case.language,
                Purpose::Recovery,
            )
        }
        Continued::Unlock => {
            let case = unlock::await_signature(app, &mut tx, cookies.unlock, call).await?;
            let parent = Parent::Unlock(case.id);
            (
                parent,
                case.reference,
                case.deadline,
                case.identity,
                case.language,
                Purpose::Unlock,
            )
        }
    };
    tx.commit().await?;
    carry::announce(app, parent);
    // Each continuation draws a request and begins to count files anew; one captcha is not worth any number of them.
    let waiting = match parent {
        Parent::Recovery(case) => case.as_uuid(),
        Parent::Unlock(case) => case.as_uuid(),
        Parent::None => return Err(StoreError::Corrupt("a continuation of nothing").into()),
    };
    let continuations = Bucket::new("continuation", waiting.as_bytes());
    limits::hit(app, call.at, continuations, app.policy.limits.per_identifier).await?;

    let asked = Asked { identity, purpose };
    let call = now(app, call);
    let terms = Terms::of(&app.policy);
    let beginning = Beginning::Case { deadline };
    let step = SignatureCase::open(beginning, reference, asked.purpose.name(), terms, call.at);
    let drawn = draw(app, &asked, &step, call.at).await?;
    let mut tx = app.store.write().await?;
    let (record, cookie) = insert(app, &mut tx, step, asked, (parent, language), &drawn, call).await?;
    tx.commit().await?;
    Ok(Opened {
        view: view(&record, now(app, call).at)?,
        cookie,
        parent: ParentCookie::None,
    })
}

/// Writes a new case with its first request.
async fn insert(
    app: &App,
    tx: &mut Tx,
    step: Step,
    asked: Asked,
    (parent, language): (Parent, Language),
    drawn: &Drawn,
    call: Call,
) -> Result<(Record, Secret<String>), Failure> {
    let identity = &asked.identity;
    let account = accounts::find(tx, identity.employer, identity.branch).await?;
    let (cookie, digest) = token::draw(app, Key::SignatureCase);
    let mut record = Record {
        id: SignatureId::new(call.at, app.entropy.bytes()),
        version: 1,
        case: step.case.clone(),
        subject: identity.subject(&app.keys),
        account: account.map(|account| account.id),
        parent,
        contact: asked.purpose.masked(),
        asked: Some(asked),
        verdict: None,
        held: None,
        follows: Follows::Nothing,
        language,
    };
    store::insert(tx, &record, &digest, call.at).await?;
    let named = (Procedure::Signature, record.id.as_uuid());
    let identity = record.asked.as_ref().map(|asked| &asked.identity);
    finder::note(app, tx, named, identity, call.at).await?;
    carry::write(app, tx, &mut record, step, Means::Request(drawn), call).await?;
    Ok((record, cookie))
}

/// The case of this browser, wherever it stands.
pub async fn current(
    app: &App,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<SignatureView, Failure> {
    Ok(view(&found(app, cookie).await?, call.at)?)
}

/// Issues the request anew, where the one before has expired. The fresh one has a nonce of its own.
pub async fn renew(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<SignatureView, Failure> {
    let found = found(app, cookie).await?;
    let step = found.case.apply(Event::Renewed, call.at).map_err(carry::told)?;
    let asked = found
        .asked
        .as_ref()
        .ok_or(StoreError::Corrupt("signature_cases.asked"))?;
    let drawn = draw(app, asked, &step, call.at).await?;
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::CaseMissing)?;
    let late = now(app, call);
    // What is printed on the request must be what the case says: it was drawn for the case as it was found.
    if record.version != found.version || record.case.apply(Event::Renewed, late.at).is_err() {
        return Err(ErrorCode::CaseAtOtherStage.into());
    }
    carry::carry_out(app, &mut tx, &mut record, step, Means::Request(&drawn), call).await?;
    tx.commit().await?;
    Ok(view(&record, late.at)?)
}

/// Ends this browser's case. One that is over already stays as it ended, and so does the case that waits for it: the person may
/// go on with that at a counter.
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
    }
    Ok(())
}

/// A request that is out, as its browser saves it.
#[derive(Debug)]
pub struct Fetched {
    /// The case's reference, for the file's name.
    pub reference: CaseReference,
    /// The PDF.
    pub bytes: Vec<u8>,
}

/// The request of this browser's case, as it was issued, as long as it can come back signed.
pub async fn fetch(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<Fetched, Failure> {
    let record = found(app, cookie).await?;
    let number = out(&record, call.at).ok_or(ErrorCode::CaseAtOtherStage)?;
    let mut tx = app.store.read().await?;
    let request = store::request(&mut tx, record.id, number)
        .await?
        .ok_or(StoreError::Corrupt("signature_requests"))?;
    drop(tx);
    let bytes = documents::read(app, request.document)
        .await
        .map_err(Failure::fault)?;
    Ok(Fetched {
        reference: record.case.reference().clone(),
        bytes,
    })
}

/// A request that was referred to a person, whether decided or not; `None` where there is none with this number (any more).
pub async fn referral(
    tx: &mut Tx,
    number: &ReferralNumber,
) -> Result<Option<referrals::Referral>, StoreError> {
    referrals::by_number(tx, number).await
}

/// Where a case stands, as far as the desk has to know; `None` where it is over, or where the case behind it says so itself.
///
/// # Errors
/// As the database gives them.
pub async fn at_desk(
    app: &App,
    tx: &mut Tx,
    case: SignatureId,
    now: Timestamp,
) -> Result<Option<finder::Found>, StoreError> {
    let Some(record) = store::by_id(tx, case).await? else {
        return Ok(None);
    };
    let seen = record.case.as_of(now);
    match seen.stage() {
        Stage::Issued { .. } | Stage::Expired { .. } if record.parent == Parent::None => {
            Ok(Some(finder::Found {
                quoted: seen.reference().to_string(),
                identity: record.asked.map(|asked| asked.identity),
                standing: CaseStanding::AwaitingSignature,
            }))
        }
        Stage::Referred { number, .. } => {
            let open = referral(tx, number)
                .await?
                .filter(|referral| referral.is_open(app, now));
            Ok(open.map(|referral| finder::Found {
                quoted: number.to_string(),
                identity: Some(referral.asked.identity),
                standing: CaseStanding::AwaitingOfficer,
            }))
        }
        Stage::Issued { .. }
        | Stage::Expired { .. }
        | Stage::Passed { .. }
        | Stage::Declined { .. }
        | Stage::Ended { .. } => Ok(None),
    }
}

/// Referrals that nobody has decided, the oldest first.
pub async fn open_referrals(tx: &mut Tx, limit: i64) -> Result<Vec<referrals::Referral>, StoreError> {
    referrals::open(tx, limit).await
}

/// Deletes cases that have been over for as long as the policy keeps them (the audit log keeps what happened), and rows of evidence whose documents are gone. Tells how many rows.
pub async fn purge(app: &App, at: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let cases = store::purge(&mut tx, at.before(app.policy.retention.case())).await?;
    let evidence = referrals::purge(&mut tx, at.before(app.policy.retention.signature())).await?;
    tx.commit().await?;
    Ok(cases + evidence)
}

/// Draws the request that a step issues.
async fn draw(app: &App, asked: &Asked, step: &Step, at: Timestamp) -> Result<Drawn, Failure> {
    let expires = expires(step).ok_or(StoreError::Corrupt("a step that issues nothing"))?;
    issue::draw(app, asked, step.case.reference(), (at, expires)).await
}

fn expires(step: &Step) -> Option<Deadline> {
    step.effects.iter().find_map(|effect| match effect {
        Effect::OpenRequest { expires, .. } => Some(*expires),
        Effect::UseRequest { .. }
        | Effect::KeepEvidence
        | Effect::QueueReferral { .. }
        | Effect::ProveParent { .. }
        | Effect::HoldContact { .. }
        | Effect::CloseReferral { .. } => None,
    })
}

/// Which request of a case can come back signed at `now`, if one can.
pub(super) fn out(record: &Record, now: Timestamp) -> Option<RequestNumber> {
    match *record.case.as_of(now).stage() {
        Stage::Issued { request, .. } => Some(request),
        Stage::Expired { .. }
        | Stage::Referred { .. }
        | Stage::Passed { .. }
        | Stage::Declined { .. }
        | Stage::Ended { .. } => None,
    }
}

/// The case of this browser, as it stood when it was read.
pub(super) async fn found(app: &App, cookie: Option<&Secret<String>>) -> Result<Record, Failure> {
    let digest: Digest = cookie
        .and_then(|shown| token::digest(app, Key::SignatureCase, shown))
        .ok_or(ErrorCode::CaseMissing)?;
    let mut tx = app.store.read().await?;
    Ok(store::by_cookie(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::CaseMissing)?)
}

/// What the page shows.
pub(super) fn view(record: &Record, now: Timestamp) -> Result<SignatureView, StoreError> {
    let stage = record.case.view(record.held, now);
    Ok(SignatureView {
        reference: record.case.reference().clone(),
        now,
        purpose: record.case.purpose(),
        contact: record.contact.clone(),
        stage: stage.ok_or(StoreError::Corrupt("signature_cases.held_until"))?,
        verdict: record.verdict.clone(),
    })
}

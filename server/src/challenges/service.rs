//! Asking, counting and judging.

use super::store::{self, NewSet, SetRow};
use super::{Admission, Attempt, Call, Identity, Match, QuestionSet, Records, Subject, WellFormed};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::Source;
use crate::keys::{Digest, Purpose};
use crate::registries::{Answers, Unavailable};
use crate::store::{StoreError, Tx};
use shared::api::{ErrorCode, Problem};
use shared::audit::{Actor, Event};
use shared::challenges::{About, Bank, Bits, Facts, Lot, Pair, Papers, Shape, draw};
use shared::identifiers::{AccountId, EmployerIdentifier, RepresentativeId, version_7};
use shared::recovery::IdentityVerified;
use shared::registries::Month;
use shared::time::Timestamp;
use std::time::Duration;
use uuid::Uuid;

pub use super::kept::kept;

/// A submission that has held the last slot for longer than this died between counting and comparing.
const JUDGING: Duration = Duration::from_mins(2);

/// How many real records lend their gaps to unknown identifiers, of each sort.
const SLOTS: u64 = 64;

/// How long attempts and suspensions are kept: step-up rules look back 90 days.
const HISTORY: Duration = Duration::from_hours(24 * 100);

/// What is told where a registry does not answer.
pub fn silent(app: &App, unavailable: Unavailable) -> Problem {
    let mut problem = Problem::new(ErrorCode::RegistryUnavailable);
    problem.registry = Some(unavailable.registry);
    problem.retry_after = Some(app.policy.challenges.registry_retry_seconds);
    problem
}

/// Asks all registries about an identity at the same time, the same ones whatever each of them answers, so that neither an
/// outage nor the time it takes tells who is known. Called outside of any transaction.
pub async fn consult(app: &App, identity: &Identity) -> Result<Records, Unavailable> {
    let Answers {
        taxpayer,
        person,
        appointment,
        employer,
    } = app
        .registries
        .consult(&identity.employer, &identity.branch, &identity.representative)
        .await?;
    Ok(Records {
        taxpayer,
        person,
        appointment,
        employer,
    })
}

/// The set that the identity is asked, drawn now or within the last 24 hours.
///
/// Its right answers are what the records said at the draw, also of a pair that may prove nothing: who may is for the
/// judgement to say, with the records of its own moment. So a source that errs for a minute takes nobody's day.
pub async fn set_for(
    app: &App,
    tx: &mut Tx,
    identity: &Identity,
    records: &Records,
    matched: Match,
    now: Timestamp,
) -> Result<QuestionSet, StoreError> {
    let asked = identity.asked(&app.keys);
    let current = store::current_set(tx, &asked, now).await?;
    let row = if let Some(row) = current {
        row
    } else {
        let fresh = draw_set(app, tx, asked, identity, records, matched, now).await?;
        store::insert_set(tx, &fresh).await?;
        // Another node may have been quicker: its set counts.
        store::current_set(tx, &asked, now)
            .await?
            .ok_or(StoreError::Changed)?
    };
    read(row)
}

/// A case's set.
pub async fn set(tx: &mut Tx, id: Uuid) -> Result<QuestionSet, StoreError> {
    read(
        store::set(tx, id)
            .await?
            .ok_or(StoreError::Corrupt("a case without its question set"))?,
    )
}

/// How many failed attempts count against the subject now.
pub async fn failures(app: &App, tx: &mut Tx, subject: Subject, now: Timestamp) -> Result<u8, StoreError> {
    let since = since(app, tx, subject, now).await?;
    let (count, _) = store::attempts(tx, &subject.0, since).await?;
    Ok(u8::try_from(count)
        .unwrap_or(u8::MAX)
        .min(app.policy.challenges.attempts))
}

/// Counts an attempt, in a transaction of its own, before anything is compared. Whoever gets no slot is not judged.
pub async fn admit(
    app: &App,
    subject: Subject,
    account: Option<AccountId>,
    call: Call,
) -> Result<Admission, StoreError> {
    let now = call.at;
    let mut tx = app.store.write().await?;
    if let Some(until) = store::suspended_until(&mut tx, &subject.0, now).await? {
        return Ok(Admission::Suspended { until });
    }
    let since = since(app, &mut tx, subject, now).await?;
    let taken_by = version_7(now, app.entropy.bytes());
    for slot in 0..i64::from(app.policy.challenges.attempts) {
        if store::take(&mut tx, &subject.0, slot, taken_by, now, since).await? {
            let (count, _) = store::attempts(&mut tx, &subject.0, since).await?;
            let failures = u8::try_from(count).unwrap_or(u8::MAX);
            tell(
                app,
                &mut tx,
                &Event::AttemptCounted { failures },
                subject,
                account,
                call,
            )
            .await?;
            tx.commit().await?;
            return Ok(Admission::Counted(Attempt {
                slot,
                taken_by,
                failures,
            }));
        }
    }
    // Every slot is taken and nobody is suspended: another submission is being judged at this moment, or died while it was.
    let (_, last) = store::attempts(&mut tx, &subject.0, since).await?;
    if now.since(last) < JUDGING || !store::lapse(&mut tx, &subject.0, last, taken_by, now).await? {
        return Ok(Admission::Busy);
    }
    tell(app, &mut tx, &Event::AttemptLapsed, subject, account, call).await?;
    tx.commit().await?;
    Ok(Admission::Lapsed {
        failures: app.policy.challenges.attempts,
    })
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    event: &Event,
    subject: Subject,
    account: Option<AccountId>,
    call: Call,
) -> Result<(), StoreError> {
    let entry = Entry {
        event,
        at: call.at,
        actor: Actor::Visitor,
        subject: audit::Subject {
            account,
            identifier: Some(subject.0),
            ..audit::Subject::default()
        },
        source: call.source,
        device: call.device,
        staff: None,
    };
    audit::service::append(app, tx, &entry).await
}

/// Compares all answers together, in constant time.
pub fn judge(app: &App, set: &QuestionSet, answers: &WellFormed) -> Option<IdentityVerified> {
    let given = digest(app, set.id, &answers.0);
    IdentityVerified::by_answers(set.expected(), &given)
}

/// Gives an attempt back that did not fail. The caller tells the audit log: only it knows of whom.
pub async fn release(tx: &mut Tx, subject: Subject, attempt: Attempt) -> Result<(), StoreError> {
    store::release(tx, &subject.0, attempt.slot, attempt.taken_by).await
}

/// Until when the online recovery of a subject is suspended, if it is.
pub async fn suspended_until(
    tx: &mut Tx,
    subject: Subject,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    store::suspended_until(tx, &subject.0, now).await
}

/// Suspends the online recovery of a subject.
pub async fn suspend(
    app: &App,
    tx: &mut Tx,
    subject: Subject,
    account: Option<AccountId>,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    store::suspend(
        tx,
        version_7(now, app.entropy.bytes()),
        &subject.0,
        account,
        now,
        until,
    )
    .await
}

/// When the newest suspensions of a subject within `window` began, over or not; not more of them than `most`.
pub async fn suspensions(
    tx: &mut Tx,
    subject: Subject,
    window: Duration,
    most: u32,
    now: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    store::suspensions(tx, &subject.0, now.before(window), most.into()).await
}

/// Notes that answers about an employer failed from a source, in the caller's transaction; for known employers and unknown
/// ones alike. Neither can be read from the row, nor whether two sources failed for the same one.
pub async fn note_source_failure(
    app: &App,
    tx: &mut Tx,
    source: Source,
    employer: EmployerIdentifier,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (network, number) = (source.network(), employer.to_string());
    let identifier = app.keys.digest(
        Purpose::Subject,
        &[b"failed identifier", network.as_bytes(), number.as_bytes()],
    );
    store::source_fail(tx, &source_digest(app, source), &identifier, now).await
}

/// When answers last failed from a source, once for each employer; not more of them than `most`.
pub async fn source_failures(
    app: &App,
    tx: &mut Tx,
    source: Source,
    most: u32,
    now: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    let since = now.before(source_window(app));
    store::source_failures(tx, &source_digest(app, source), since, most.into()).await
}

fn source_digest(app: &App, source: Source) -> Digest {
    app.keys
        .digest(Purpose::Subject, &[b"failed source", source.network().as_bytes()])
}

/// How long failures of a source are kept: as long as the policy's rule looks back.
fn source_window(app: &App) -> Duration {
    Duration::from_hours(app.policy.step_up.source_failing.hours.into())
}

/// Deletes what nobody needs any more.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let sources = now.before(source_window(app));
    let deleted = store::purge(&mut tx, now, now.before(HISTORY), sources).await?;
    tx.commit().await?;
    Ok(deleted)
}

/// From when on attempts count: the window, but not what a suspension has already answered.
async fn since(app: &App, tx: &mut Tx, subject: Subject, now: Timestamp) -> Result<Timestamp, StoreError> {
    let window = Duration::from_hours(app.policy.challenges.window_hours.into());
    let suspension = store::last_suspension(tx, &subject.0).await?;
    Ok(suspension.map_or(now.before(window), |began| began.max(now.before(window))))
}

async fn draw_set(
    app: &App,
    tx: &mut Tx,
    asked: Digest,
    identity: &Identity,
    records: &Records,
    matched: Match,
    now: Timestamp,
) -> Result<NewSet, StoreError> {
    let facts = Facts::of(
        records.taxpayer.as_ref(),
        records.person.as_ref(),
        records.appointment.as_ref(),
        records.employer.as_ref(),
    );
    let employer = identity.employer.to_string();
    let representative = identity.representative.to_string();
    let employer_province = identity.employer.province();
    let (papers, representative_province) = match &identity.representative {
        RepresentativeId::Cedula(cedula) => (Papers::Cedula, cedula.province()),
        RepresentativeId::ForeignerCode(_) => (Papers::ForeignerCode, employer_province),
    };
    let bits = |parts: &[&[u8]]| Bits::new(app.keys.digest(Purpose::Decoy, parts));
    let (employer, representative) = (employer.as_bytes(), representative.as_bytes());
    let bank = Bank::of(identity.employer);
    let this_month = month(now);
    let known = facts.shape(this_month);
    let employer_shape = Gaps {
        about: About::Employer,
        of: match bank {
            Bank::Company => "company",
            Bank::Public => "public",
            Bank::Person => "person",
        },
        seed: bits(&[b"employer's shape", employer]),
    };
    let person_shape = Gaps {
        about: About::Person,
        of: "representative",
        seed: bits(&[b"person's shape", representative]),
    };
    let lot = Lot {
        questions: app.policy.challenges.questions,
        pair: match matched {
            Match::Current => Pair::Right,
            Match::Nobody => Pair::Wrong,
        },
        this_month,
        employer_province,
        representative_province,
        papers,
        employer_shape: employer_shape.of(tx, &facts, &known, now).await?,
        person_shape: person_shape.of(tx, &facts, &known, now).await?,
        kinds: Bits::new(app.entropy.bytes()),
        about_pair: bits(&[b"pair", employer, representative]),
        about_employer: bits(&[b"employer", employer]),
        about_person: bits(&[b"person", representative]),
    };
    let drawn = draw(bank, &facts, lot);
    let id = version_7(now, app.entropy.bytes());
    let random: Digest = app.entropy.bytes();
    let known = drawn.expected.map(|answers| digest(app, id, &answers));
    let lifetime = Duration::from_hours(app.policy.challenges.set_hours.into());
    Ok(NewSet {
        id,
        asked,
        questions: drawn.questions,
        expected: known.unwrap_or(random),
        drawn_at: now,
        expires_at: now.after(lifetime),
    })
}

/// The gaps of one side's record, or of a real one in the place of a record that nobody has.
struct Gaps {
    about: About,
    /// Among which records.
    of: &'static str,
    /// Derived from the identifier: the same every time.
    seed: Bits,
}

impl Gaps {
    async fn of(
        mut self,
        tx: &mut Tx,
        facts: &Facts,
        known: &Shape,
        now: Timestamp,
    ) -> Result<Shape, StoreError> {
        let slot = i64::try_from(self.seed.below(SLOTS)).unwrap_or(0);
        let real = known.about(self.about);
        if facts.recorded.contains(&self.about) {
            store::note_shape(tx, self.of, slot, &real, now).await?;
            return Ok(real);
        }
        let borrowed = store::shape(tx, self.of, slot).await?;
        Ok(borrowed.unwrap_or_else(|| Shape::made_up(&mut self.seed)))
    }
}

fn digest(app: &App, set: Uuid, answers: &[shared::challenges::Canonical]) -> Digest {
    let mut parts: Vec<&[u8]> = vec![set.as_bytes()];
    parts.extend(answers.iter().map(|answer| answer.expose().as_bytes()));
    app.keys.digest(Purpose::Answer, &parts)
}

fn read(row: SetRow) -> Result<QuestionSet, StoreError> {
    Ok(QuestionSet {
        id: row.id,
        questions: serde_json::from_str(&row.questions)
            .map_err(|_| StoreError::Corrupt("question_sets.questions"))?,
        expected: row
            .expected
            .try_into()
            .map_err(|_| StoreError::Corrupt("question_sets.expected"))?,
    })
}

/// The month in Ecuador: five hours behind UTC the whole year.
fn month(now: Timestamp) -> Month {
    let local = now.before(Duration::from_hours(5));
    let date = time::OffsetDateTime::from_unix_timestamp(local.as_micros().div_euclid(1_000_000))
        .unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
        .date();
    let year = u16::try_from(date.year()).unwrap_or(1970);
    Month::new(year, u8::from(date.month()))
        .unwrap_or_else(|_| Month::new(1970, 1).expect("a month that exists"))
}

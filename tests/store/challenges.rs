//! Question sets, attempts and suspensions on both databases.

use rstest::rstest;
use server::challenges::store::{self, NewSet};
use server::challenges::{Admission, Call, Identity, Match, Subject, service};
use server::store::StoreError;
use shared::challenges::{About, Form, Question, QuestionKind, Shape};
use shared::identifiers::{AccountId, version_7};
use shared::registries::{EmployerRecord, Person};
use shared::time::Timestamp;
use std::collections::BTreeSet;
use std::time::Duration;
use tests::{Engine, World};
use uuid::Uuid;

const TICK: Duration = Duration::from_micros(1);
const DAY: Duration = Duration::from_hours(24);
const SUBJECT: [u8; 32] = [1; 32];
/// How long a submission may take between counting and comparing.
const JUDGING: Duration = Duration::from_mins(2);

fn set(number: u8, at: Timestamp) -> NewSet {
    NewSet {
        id: Uuid::from_bytes([number; 16]),
        asked: [9; 32],
        questions: vec![Question {
            kind: QuestionKind::BirthDate,
            form: Form::Date,
        }],
        expected: [number; 32],
        drawn_at: at,
        expires_at: at.after(DAY),
    }
}

#[rstest]
#[tokio::test]
async fn a_set_is_current_until_it_expires_and_stays_for_its_cases(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let start = world.now();
    assert!(
        store::current_set(&mut tx, &[9; 32], start)
            .await
            .unwrap()
            .is_none()
    );
    store::insert_set(&mut tx, &set(1, start)).await.unwrap();
    // Whoever comes second keeps the first one's.
    store::insert_set(&mut tx, &set(2, start.after(DAY.saturating_sub(TICK))))
        .await
        .unwrap();
    let current = store::current_set(&mut tx, &[9; 32], start.after(DAY.saturating_sub(TICK)))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (current.id, current.expected),
        (Uuid::from_bytes([1; 16]), vec![1; 32])
    );
    assert!(
        store::current_set(&mut tx, &[9; 32], start.after(DAY))
            .await
            .unwrap()
            .is_none()
    );
    store::insert_set(&mut tx, &set(3, start.after(DAY)))
        .await
        .unwrap();
    let current = store::current_set(&mut tx, &[9; 32], start.after(DAY))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(current.id, Uuid::from_bytes([3; 16]));
    assert!(
        store::set(&mut tx, Uuid::from_bytes([1; 16]))
            .await
            .unwrap()
            .is_some(),
        "open cases keep theirs"
    );
    assert!(
        store::set(&mut tx, Uuid::from_bytes([2; 16]))
            .await
            .unwrap()
            .is_none()
    );
    store::purge(&mut tx, start.after(DAY), start, start)
        .await
        .unwrap();
    assert!(
        store::set(&mut tx, Uuid::from_bytes([1; 16]))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        store::set(&mut tx, Uuid::from_bytes([3; 16]))
            .await
            .unwrap()
            .is_some()
    );
}

#[rstest]
#[tokio::test]
async fn a_slot_is_taken_once_within_the_window(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let start = world.now();
    let submission = |number: u8| version_7(start, [number; 10]);
    let since = |at: Timestamp| at.before(DAY);
    assert!(
        store::take(&mut tx, &SUBJECT, 0, submission(1), start, since(start))
            .await
            .unwrap()
    );
    assert!(
        !store::take(&mut tx, &SUBJECT, 0, submission(2), start, since(start))
            .await
            .unwrap()
    );
    assert!(
        store::take(&mut tx, &SUBJECT, 1, submission(2), start, since(start))
            .await
            .unwrap()
    );
    assert!(
        store::take(&mut tx, &[2; 32], 0, submission(3), start, since(start))
            .await
            .unwrap(),
        "another subject"
    );
    assert_eq!(
        store::attempts(&mut tx, &SUBJECT, since(start)).await.unwrap(),
        (2, start)
    );

    let before = start.after(DAY.saturating_sub(TICK));
    assert!(
        !store::take(&mut tx, &SUBJECT, 0, submission(4), before, since(before))
            .await
            .unwrap()
    );
    let at = start.after(DAY);
    assert_eq!(store::attempts(&mut tx, &SUBJECT, since(at)).await.unwrap().0, 0);
    assert!(
        store::take(&mut tx, &SUBJECT, 0, submission(5), at, since(at))
            .await
            .unwrap()
    );

    store::release(&mut tx, &SUBJECT, 0, submission(1)).await.unwrap();
    assert_eq!(
        store::attempts(&mut tx, &SUBJECT, since(at)).await.unwrap().0,
        1,
        "nobody gives back another's slot"
    );
    store::release(&mut tx, &SUBJECT, 0, submission(5)).await.unwrap();
    assert_eq!(store::attempts(&mut tx, &SUBJECT, since(at)).await.unwrap().0, 0);
}

#[rstest]
#[tokio::test]
async fn a_suspension_ends_at_its_end(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let start = world.now();
    let until = start.after(DAY);
    assert_eq!(store::last_suspension(&mut tx, &SUBJECT).await.unwrap(), None);
    let account = Some(AccountId::new(start, [3; 10]));
    store::suspend(
        &mut tx,
        Uuid::from_bytes([1; 16]),
        &SUBJECT,
        account,
        start,
        until,
    )
    .await
    .unwrap();
    store::suspend(
        &mut tx,
        Uuid::from_bytes([2; 16]),
        &[2; 32],
        None,
        start,
        until.after(DAY),
    )
    .await
    .unwrap();
    assert_eq!(
        store::suspended_until(&mut tx, &SUBJECT, start).await.unwrap(),
        Some(until)
    );
    assert_eq!(
        store::suspended_until(&mut tx, &SUBJECT, until.before(TICK))
            .await
            .unwrap(),
        Some(until)
    );
    assert_eq!(
        store::suspended_until(&mut tx, &SUBJECT, until).await.unwrap(),
        None
    );
    assert_eq!(
        store::last_suspension(&mut tx, &SUBJECT).await.unwrap(),
        Some(start)
    );
}

#[rstest]
#[tokio::test]
async fn a_damaged_set_is_told_as_such(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    store::insert_set(&mut tx, &set(1, world.now())).await.unwrap();
    server::changed!(&mut tx, sqlx::query("UPDATE question_sets SET questions = '{'")).unwrap();
    let read = server::challenges::service::set(&mut tx, Uuid::from_bytes([1; 16])).await;
    assert!(matches!(
        read,
        Err(StoreError::Corrupt("question_sets.questions"))
    ));
}

async fn admit(world: &World) -> Admission {
    service::admit(&world.app, Subject(SUBJECT), None, Call::own(world.now()))
        .await
        .unwrap()
}

/// How often an event is in the audit log.
async fn told(world: &World, event: &'static str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    server::on!(&mut tx, |conn| sqlx::query_scalar(
        "SELECT COUNT(*) FROM audit_events WHERE kind = $1"
    )
    .bind(event)
    .fetch_one(conn))
    .unwrap()
}

#[rstest]
#[tokio::test]
async fn a_submission_that_died_is_one_other_s_to_write_down(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    for failures in 1..=3 {
        let Admission::Counted(attempt) = admit(&world).await else {
            panic!("refused too early")
        };
        assert_eq!(attempt.failures, failures);
    }
    assert_eq!(told(&world, "attempt_counted").await, 3);
    // The third one never came back. At first it may still be judged: nobody is told of a suspension that is in no row.
    assert_eq!(admit(&world).await, Admission::Busy);
    world.advance(JUDGING.saturating_sub(TICK));
    assert_eq!(admit(&world).await, Admission::Busy);
    assert_eq!(told(&world, "attempt_lapsed").await, 0);
    world.advance(TICK);
    assert_eq!(admit(&world).await, Admission::Lapsed { failures: 3 });
    // Of all who come, one; and if that one dies too, another one later. Nobody gets a fourth attempt.
    assert_eq!(admit(&world).await, Admission::Busy);
    world.advance(JUDGING);
    assert_eq!(admit(&world).await, Admission::Lapsed { failures: 3 });
    assert_eq!(told(&world, "attempt_lapsed").await, 2);
    assert_eq!(told(&world, "attempt_counted").await, 3);
    assert_eq!(
        told(&world, "recovery_suspended").await,
        0,
        "the case's machine suspends"
    );
}

#[rstest]
#[tokio::test]
async fn of_two_who_find_a_dead_submission_one_takes_its_place(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let start = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let by = |number: u8| version_7(start, [number; 10]);
    for slot in 0..3 {
        assert!(
            store::take(&mut tx, &SUBJECT, slot, by(1), start, start.before(DAY))
                .await
                .unwrap()
        );
    }
    let later = start.after(JUDGING);
    assert!(
        store::lapse(&mut tx, &SUBJECT, start, by(2), later)
            .await
            .unwrap()
    );
    assert!(
        !store::lapse(&mut tx, &SUBJECT, start, by(3), later)
            .await
            .unwrap()
    );
    assert!(
        !store::lapse(&mut tx, &[2; 32], later, by(3), later)
            .await
            .unwrap()
    );
    // The dead one's attempt is not its own any more.
    store::release(&mut tx, &SUBJECT, 0, by(1)).await.unwrap();
    assert_eq!(
        store::attempts(&mut tx, &SUBJECT, start.before(DAY))
            .await
            .unwrap(),
        (3, later)
    );
}

#[rstest]
#[tokio::test]
async fn the_first_real_record_of_a_slot_lends_its_gaps(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let start = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let shape = |kinds: &[QuestionKind]| kinds.iter().copied().collect::<Shape>();
    let (first, second) = (shape(&[QuestionKind::RucIssueDate]), shape(&[]));
    assert_eq!(store::shape(&mut tx, "company", 7).await.unwrap(), None);
    store::note_shape(&mut tx, "company", 7, &first, start)
        .await
        .unwrap();
    store::note_shape(&mut tx, "company", 7, &second, start.after(DAY))
        .await
        .unwrap();
    store::note_shape(&mut tx, "public", 7, &second, start.after(DAY))
        .await
        .unwrap();
    assert_eq!(store::shape(&mut tx, "company", 7).await.unwrap(), Some(first));
    assert_eq!(store::shape(&mut tx, "public", 7).await.unwrap(), Some(second));
    assert_eq!(store::shape(&mut tx, "company", 8).await.unwrap(), None);
    store::purge(&mut tx, start, start, start).await.unwrap();
    assert_eq!(store::shape(&mut tx, "company", 7).await.unwrap(), None);
    assert!(store::shape(&mut tx, "public", 7).await.unwrap().is_some());
    server::changed!(&mut tx, sqlx::query("UPDATE record_shapes SET shape = '[\"x\"]'")).unwrap();
    assert!(matches!(
        store::shape(&mut tx, "public", 7).await,
        Err(StoreError::Corrupt("record_shapes.shape"))
    ));
}

/// An employer and whoever is typed as its representative.
fn identity(employer: &str, representative: &str) -> Identity {
    Identity {
        employer: employer.parse().unwrap(),
        branch: shared::identifiers::Branch::default(),
        representative: representative.parse().unwrap(),
    }
}

/// Records with three facts about the employer and one about the person: everything else is a gap.
fn know_little(world: &World, employer: &str, representative: &str) {
    world.registries.know_person(Person {
        id: representative.parse().unwrap(),
        given_names: "ROSA ELENA".to_owned(),
        surnames: "PRUEBA FICTICIA".to_owned(),
        birth_date: "1980-03-27".parse().unwrap(),
        birthplace: None,
        married_on: None,
        address: None,
        previous_addresses: Vec::new(),
    });
    world.registries.know_employer(EmployerRecord {
        employer: employer.parse().unwrap(),
        branch: shared::identifiers::Branch::default(),
        name: "Tres Ríos S.A.".to_owned(),
        representative: representative.parse().unwrap(),
        registered_on: Some("2011-07-20".parse().unwrap()),
        first_worker_in: Some("2011-09".parse().unwrap()),
        workers: Vec::new(),
        branches: Some(3),
        address: None,
        previous_addresses: Vec::new(),
        debit_account: None,
    });
}

/// The kinds that an identity is asked on so many days.
async fn asked(world: &World, identity: &Identity, matched: Match, days: u32) -> BTreeSet<QuestionKind> {
    let mut kinds = BTreeSet::new();
    for _ in 0..days {
        let records = service::consult(&world.app, identity).await.unwrap();
        let mut tx = world.app.store.write().await.unwrap();
        let set = service::set_for(&world.app, &mut tx, identity, &records, matched, world.now())
            .await
            .unwrap();
        let again = service::set_for(&world.app, &mut tx, identity, &records, matched, world.now())
            .await
            .unwrap();
        assert_eq!((set.id, &set.questions), (again.id, &again.questions));
        tx.commit().await.unwrap();
        assert_eq!(set.questions.len(), 3);
        kinds.extend(set.questions.iter().map(|question| question.kind));
        world.advance(DAY);
    }
    kinds
}

#[rstest]
#[tokio::test]
async fn unknown_identifiers_have_the_gaps_of_real_ones(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let known = identity("1790016919001", "1710034065");
    know_little(&world, "1790016919001", "1710034065");
    let little = BTreeSet::from([
        QuestionKind::BirthDate,
        QuestionKind::FirstWorkerMonth,
        QuestionKind::BranchCount,
        QuestionKind::EmployerRegistrationDate,
    ]);
    assert_eq!(asked(&world, &known, Match::Current, 20).await, little);

    // Every slot gets the same gaps, so that it does not matter which ones the unknown identifiers come to.
    let mut tx = world.app.store.write().await.unwrap();
    let shape: Shape = little.iter().copied().collect();
    for slot in 0..64 {
        for (of, about) in [("company", About::Employer), ("representative", About::Person)] {
            store::note_shape(&mut tx, of, slot, &shape.about(about), world.now())
                .await
                .unwrap();
        }
    }
    tx.commit().await.unwrap();
    let stranger = identity("1793221293001", "1700000035");
    let kinds = asked(&world, &stranger, Match::Nobody, 20).await;
    assert!(kinds.is_subset(&little) && kinds.len() >= 3, "{kinds:?}");
    // A stranger's name beside the known employer brings out nothing else about it.
    let wrong = identity("1790016919001", "1700000035");
    let kinds = asked(&world, &wrong, Match::Nobody, 20).await;
    assert!(kinds.is_subset(&little) && kinds.len() >= 3, "{kinds:?}");
}

#[rstest]
#[tokio::test]
async fn before_any_real_record_was_seen_gaps_are_made_up_and_stay(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let stranger = identity("1793221293001", "1700000035");
    let first = asked(&world, &stranger, Match::Nobody, 40).await;
    let then = asked(&world, &stranger, Match::Nobody, 40).await;
    // All that it has came up, and no more than it has.
    assert_eq!(first, then);
    assert!((5..14).contains(&first.len()), "{first:?}");
    let person = identity("1700000027", "1700000027");
    let kinds = asked(&world, &person, Match::Nobody, 5).await;
    assert!(kinds.contains(&QuestionKind::BirthDate), "{kinds:?}");
}

#[rstest]
#[tokio::test]
async fn a_set_knows_the_right_answers_whoever_may_prove_something(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let known = identity("1790016919001", "1710034065");
    know_little(&world, "1790016919001", "1710034065");
    let records = service::consult(&world.app, &known).await.unwrap();
    for first in [Match::Nobody, Match::Current] {
        let mut tx = world.app.store.write().await.unwrap();
        let mut sets = Vec::new();
        for matched in [first, Match::Nobody, Match::Current] {
            let set = service::set_for(&world.app, &mut tx, &known, &records, matched, world.now()).await;
            sets.push(*set.unwrap().expected());
        }
        tx.commit().await.unwrap();
        assert!(
            sets.iter().all(|expected| *expected == sets[0]),
            "asked first as {first:?}"
        );
        world.advance(DAY);
    }
}

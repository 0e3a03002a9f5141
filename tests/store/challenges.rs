//! Question sets, attempts and suspensions on both databases.

use rstest::rstest;
use server::challenges::store::{self, NewSet};
use server::store::StoreError;
use shared::challenges::{Form, Question, QuestionKind};
use shared::identifiers::{AccountId, version_7};
use shared::time::Timestamp;
use std::time::Duration;
use tests::{Engine, World};
use uuid::Uuid;

const TICK: Duration = Duration::from_micros(1);
const DAY: Duration = Duration::from_hours(24);
const SUBJECT: [u8; 32] = [1; 32];

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
    store::purge(&mut tx, start.after(DAY), start).await.unwrap();
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

#[rstest]
#[tokio::test]
async fn a_submission_that_died_leaves_a_suspension_and_no_fourth_attempt(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use server::challenges::{Admission, Call, Subject, service};
    let world = World::new(engine).await;
    let subject = Subject(SUBJECT);
    let admit = async || {
        service::admit(&world.app, subject, None, Call::own(world.now()))
            .await
            .unwrap()
    };
    for failures in 1..=3 {
        let Admission::Counted(attempt) = admit().await else {
            panic!("refused too early")
        };
        assert_eq!(attempt.failures, failures);
    }
    // The third one never came back. At first it may still be judged; then its identifier is suspended.
    assert_eq!(
        admit().await,
        Admission::Suspended {
            until: world.now().after(DAY)
        }
    );
    world.advance(Duration::from_mins(5));
    let until = world.now().after(DAY);
    assert_eq!(admit().await, Admission::Suspended { until });
    world.advance(DAY.saturating_sub(TICK));
    assert_eq!(admit().await, Admission::Suspended { until });
    world.advance(TICK);
    assert!(matches!(admit().await, Admission::Counted(_)));
}

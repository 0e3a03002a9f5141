//! Cases and links on both databases.

use rstest::rstest;
use server::challenges::{Identity, Subject};
use server::recovery::store::{self, Record};
use server::store::{StoreError, Tx};
use shared::captcha::Verified;
use shared::i18n::Language;
use shared::identifiers::{AccountId, Branch, CaseId, LinkId};
use shared::policy::{Policy, Profile};
use shared::recovery::{
    Case, CaseReference, Event, IdentityVerified, LinkState, Opening, Proof, SolvedCaptcha, Standing, Terms,
};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;
use tests::{Engine, World};

const TICK: Duration = Duration::from_micros(1);
const LIFE: Duration = Duration::from_mins(3);

fn account() -> AccountId {
    AccountId::new(Timestamp::from_micros(0), [7; 10])
}

fn link_id(number: u8) -> LinkId {
    LinkId::new(Timestamp::from_micros(0), [number; 10])
}

fn record(number: u8, at: Timestamp) -> Record {
    let solved = SolvedCaptcha::spent(Verified {
        seed: [0; 16],
        expires: Deadline::at(at),
    });
    let terms = Terms::of(&Policy::of(Profile::Y2026));
    let opening = Opening::Asked { failures: 0 };
    Record {
        id: CaseId::new(at, [number; 10]),
        version: 1,
        case: Case::open(
            &solved,
            opening,
            CaseReference::from_random([number; 8]),
            terms,
            at,
        )
        .case,
        subject: Subject([5; 32]),
        question_set: None,
        account: Some(account()),
        identification: Some(Identity {
            employer: "1790016919001".parse().unwrap(),
            branch: Branch::default(),
            representative: "1710034065".parse().unwrap(),
        }),
        language: Language::En,
        challenge: None,
    }
}

fn proved(record: &Record, at: Timestamp) -> Case {
    let proof = Proof::Answers {
        verified: IdentityVerified::by_answers(&[1; 32], &[1; 32]).unwrap(),
        reasons: Vec::new(),
    };
    let address = "a@b.example"
        .parse::<shared::identifiers::Email>()
        .unwrap()
        .masked();
    record
        .case
        .apply(
            Event::Proved {
                proof,
                standing: Standing::Reachable { address },
            },
            at,
        )
        .unwrap()
        .case
}

async fn put_link(tx: &mut Tx, number: u8, case: CaseId, at: Timestamp) -> Result<(), StoreError> {
    store::insert_link(
        tx,
        link_id(number),
        case,
        account(),
        &[number; 32],
        at,
        Deadline::after(at, LIFE),
    )
    .await
}

#[rstest]
#[tokio::test]
async fn a_case_is_read_as_it_was_written(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let written = record(1, world.now());
    store::insert(&mut tx, &written, &[1; 32], world.now())
        .await
        .unwrap();
    for read in [
        store::by_cookie(&mut tx, &[1; 32]).await.unwrap().unwrap(),
        store::by_id(&mut tx, written.id).await.unwrap().unwrap(),
        store::lock(&mut tx, written.id).await.unwrap().unwrap(),
    ] {
        assert_eq!(format!("{read:?}"), format!("{written:?}"));
        assert_eq!(read.identification, written.identification);
    }
    assert!(store::by_cookie(&mut tx, &[2; 32]).await.unwrap().is_none());
    let again = store::insert(&mut tx, &record(2, world.now()), &[1; 32], world.now()).await;
    assert!(
        matches!(again, Err(StoreError::Conflict(_))),
        "a cookie has one case"
    );
}

#[rstest]
#[tokio::test]
async fn only_the_version_that_was_read_is_replaced(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let mut one = record(1, world.now());
    store::insert(&mut tx, &one, &[1; 32], world.now()).await.unwrap();
    let mut other = store::by_id(&mut tx, one.id).await.unwrap().unwrap();
    one.case = proved(&one, world.now());
    store::save(&mut tx, &one, world.now()).await.unwrap();
    other.case = other.case.apply(Event::Abandoned, world.now()).unwrap().case;
    assert!(matches!(
        store::save(&mut tx, &other, world.now()).await,
        Err(StoreError::Changed)
    ));
    let read = store::by_id(&mut tx, one.id).await.unwrap().unwrap();
    assert_eq!((read.version, &read.case), (2, &one.case));
    assert_eq!(
        read.identification, None,
        "what was typed is forgotten with the proof"
    );
}

#[rstest]
#[tokio::test]
async fn what_was_typed_stays_as_long_as_another_proof_may_be_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let mut one = record(1, world.now());
    let typed = one.identification.clone();
    store::insert(&mut tx, &one, &[1; 32], world.now()).await.unwrap();
    for (event, kept) in [
        (Event::AnswersFailed { failures: 3 }, true),
        (Event::SignatureChosen, true),
        (Event::CounterChosen, true),
        (Event::Abandoned, false),
    ] {
        one.case = one.case.apply(event, world.now()).unwrap().case;
        store::save(&mut tx, &one, world.now()).await.unwrap();
        one = store::by_id(&mut tx, one.id).await.unwrap().unwrap();
        assert_eq!(
            one.identification,
            typed.clone().filter(|_| kept),
            "{:?}",
            one.case.stage()
        );
    }
}

#[rstest]
#[tokio::test]
async fn overdue_cases_and_cases_with_a_link_are_found(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let (asking, mut sending) = (record(1, world.now()), record(2, world.now()));
    sending.case = proved(&sending, world.now());
    store::insert(&mut tx, &asking, &[1; 32], world.now())
        .await
        .unwrap();
    store::insert(&mut tx, &sending, &[2; 32], world.now())
        .await
        .unwrap();
    let found = store::lock_with_link(&mut tx, account(), None).await.unwrap();
    assert_eq!(
        found.iter().map(|record| record.id).collect::<Vec<_>>(),
        [sending.id]
    );
    assert!(
        store::lock_with_link(&mut tx, account(), Some(sending.id))
            .await
            .unwrap()
            .is_empty()
    );
    let cap = world.now().after(Duration::from_mins(15));
    assert!(
        store::overdue(&mut tx, cap.before(TICK), 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(store::overdue(&mut tx, cap, 10).await.unwrap(), [sending.id]);
}

#[rstest]
#[tokio::test]
async fn a_link_is_consumed_once_and_in_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let case = record(1, world.now());
    store::insert(&mut tx, &case, &[1; 32], world.now())
        .await
        .unwrap();
    let start = world.now();
    let end = start.after(LIFE);

    put_link(&mut tx, 1, case.id, start).await.unwrap();
    assert!(!store::consume_link(&mut tx, link_id(1), end).await.unwrap());
    assert!(
        !store::consume_link(&mut tx, link_id(2), start).await.unwrap(),
        "no such link"
    );
    assert!(
        store::consume_link(&mut tx, link_id(1), end.before(TICK))
            .await
            .unwrap()
    );
    assert!(
        !store::consume_link(&mut tx, link_id(1), end.before(TICK))
            .await
            .unwrap()
    );
    let used = store::link_by_token(&mut tx, &[1; 32]).await.unwrap().unwrap();
    assert_eq!(used.link.state(), LinkState::Used { at: end.before(TICK) });

    put_link(&mut tx, 2, case.id, start).await.unwrap();
    store::replace_links(&mut tx, account(), start).await.unwrap();
    assert!(!store::consume_link(&mut tx, link_id(2), start).await.unwrap());
    let replaced = store::link(&mut tx, link_id(2)).await.unwrap().unwrap();
    assert_eq!(replaced.link.state(), LinkState::Replaced { at: start });

    put_link(&mut tx, 3, case.id, start).await.unwrap();
    store::close_links(&mut tx, case.id, start).await.unwrap();
    store::expire_link(&mut tx, link_id(3), Deadline::after(end, LIFE))
        .await
        .unwrap();
    let closed = store::link(&mut tx, link_id(3)).await.unwrap().unwrap();
    assert_eq!(
        (closed.link.state(), closed.link.expires()),
        (LinkState::Closed { at: start }, Deadline::at(end))
    );
}

#[rstest]
#[tokio::test]
async fn an_account_never_has_two_open_links(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let case = record(1, world.now());
    store::insert(&mut tx, &case, &[1; 32], world.now())
        .await
        .unwrap();
    put_link(&mut tx, 1, case.id, world.now()).await.unwrap();
    assert!(matches!(
        put_link(&mut tx, 2, case.id, world.now()).await,
        Err(StoreError::Conflict(_))
    ));
}

#[rstest]
#[tokio::test]
async fn old_cases_go_with_their_links_and_open_ones_stay(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let (mut over, open) = (record(1, world.now()), record(2, world.now()));
    over.case = over.case.apply(Event::Abandoned, world.now()).unwrap().case;
    store::insert(&mut tx, &over, &[1; 32], world.now())
        .await
        .unwrap();
    store::insert(&mut tx, &open, &[2; 32], world.now())
        .await
        .unwrap();
    put_link(&mut tx, 1, over.id, world.now()).await.unwrap();
    assert_eq!(store::purge(&mut tx, world.now().before(TICK)).await.unwrap(), 0);
    assert_eq!(store::purge(&mut tx, world.now()).await.unwrap(), 2);
    assert!(store::by_id(&mut tx, over.id).await.unwrap().is_none());
    assert!(store::by_id(&mut tx, open.id).await.unwrap().is_some());
}

//! Cases of unblocking and their links on both databases.

use rstest::rstest;
use server::challenges::{Identity, Subject};
use server::links::{LinkRecord, NewLink};
use server::store::{StoreError, Tx};
use server::unlock::store::{self, LINKS, Record};
use shared::captcha::Verified;
use shared::i18n::Language;
use shared::identifiers::{AccountId, Branch, Email, LinkId, UnlockId};
use shared::links::LinkState;
use shared::notifications::Channel;
use shared::passkeys::browser::{RequestOptions, Requirement};
use shared::passkeys::{Bytes, PasskeyAsserted, PasskeyId, Purpose};
use shared::policy::{Policy, Profile};
use shared::recovery::{CaseReference, SolvedCaptcha};
use shared::time::{Deadline, Timestamp};
use shared::unlock::{Asked, Choices, Event, Proof, Standing, Terms, UnlockCase};
use std::time::Duration;
use tests::{Engine, World};
use uuid::Uuid;

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
    let reference = CaseReference::from_random([number; 8]);
    Record {
        id: UnlockId::new(at, [number; 10]),
        version: 1,
        case: UnlockCase::open(&solved, reference, terms, at).case,
        subject: Subject([5; 32]),
        account: Some(account()),
        identification: Some(Identity {
            employer: "1790016919001".parse().unwrap(),
            branch: Branch::default(),
            representative: "1710034065".parse().unwrap(),
        }),
        asked: Some(Asked {
            options: RequestOptions {
                challenge: Bytes::new([number; 32]).unwrap(),
                timeout: 300_000,
                rp_id: "localhost".to_owned(),
                allow_credentials: Vec::new(),
                user_verification: Requirement::Required,
            },
            expires: Deadline::after(at, Duration::from_mins(5)),
        }),
        language: Language::Qu,
    }
}

fn apply(record: &mut Record, event: Event, at: Timestamp) {
    record.case = record.case.apply(event, at).unwrap().case;
}

fn prove(record: &mut Record, at: Timestamp) {
    let passkey = PasskeyId::from_uuid(Uuid::from_u128(1));
    let proof = Proof::Passkey(PasskeyAsserted::verified(passkey, Purpose::Unlock));
    let email = "a@b.example".parse::<Email>().unwrap().masked();
    let choices = Choices::of(Some(email), None).unwrap();
    let standing = Standing::Reachable { choices };
    apply(record, Event::Proved { proof, standing }, at);
}

async fn put_link(tx: &mut Tx, number: u8, case: UnlockId, at: Timestamp) -> Result<(), StoreError> {
    let link = NewLink {
        id: link_id(number),
        case: case.as_uuid(),
        account: account(),
        token: &[number; 32],
        made: at,
        expires: Deadline::after(at, LIFE),
    };
    LINKS.insert(tx, link).await
}

async fn link(tx: &mut Tx, number: u8) -> LinkRecord {
    let found = LINKS.by_token(tx, &[number; 32]).await.unwrap().unwrap();
    let same = LINKS.by_id(tx, link_id(number)).await.unwrap().unwrap();
    assert_eq!((&found.link, found.case), (&same.link, same.case));
    found
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
        assert_eq!(
            (&read.identification, &read.asked),
            (&written.identification, &written.asked)
        );
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
    prove(&mut one, world.now());
    store::save(&mut tx, &one, world.now()).await.unwrap();
    apply(&mut other, Event::Abandoned, world.now());
    let late = store::save(&mut tx, &other, world.now()).await;
    assert!(matches!(late, Err(StoreError::Changed)));
    let read = store::by_id(&mut tx, one.id).await.unwrap().unwrap();
    assert_eq!((read.version, &read.case), (2, &one.case));
}

#[rstest]
#[tokio::test]
async fn what_was_typed_and_asked_is_forgotten_when_nobody_needs_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let mut one = record(1, world.now());
    let (typed, asked) = (one.identification.clone(), one.asked.clone());
    store::insert(&mut tx, &one, &[1; 32], world.now()).await.unwrap();
    for (event, keeps_typed, keeps_asked) in [
        (Event::PasskeyRefused, true, true),
        (Event::SignatureChosen, true, false),
        (Event::CounterChosen, true, false),
        (Event::Abandoned, false, false),
    ] {
        apply(&mut one, event, world.now());
        store::save(&mut tx, &one, world.now()).await.unwrap();
        one = store::by_id(&mut tx, one.id).await.unwrap().unwrap();
        let stage = one.case.stage();
        assert_eq!(
            one.identification,
            typed.clone().filter(|_| keeps_typed),
            "{stage:?}"
        );
        assert_eq!(one.asked, asked.clone().filter(|_| keeps_asked), "{stage:?}");
    }
    let mut two = record(2, world.now());
    store::insert(&mut tx, &two, &[2; 32], world.now()).await.unwrap();
    prove(&mut two, world.now());
    store::save(&mut tx, &two, world.now()).await.unwrap();
    let two = store::by_id(&mut tx, two.id).await.unwrap().unwrap();
    assert_eq!((two.identification, two.asked), (None, None));
}

#[rstest]
#[tokio::test]
async fn overdue_cases_and_cases_with_a_link_are_found(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let (asking, mut choosing, mut sending) = (
        record(1, world.now()),
        record(2, world.now()),
        record(3, world.now()),
    );
    prove(&mut choosing, world.now());
    prove(&mut sending, world.now());
    let channel = Channel::Email;
    apply(&mut sending, Event::ChannelChosen { channel }, world.now());
    for (number, record) in [(1, &asking), (2, &choosing), (3, &sending)] {
        store::insert(&mut tx, record, &[number; 32], world.now())
            .await
            .unwrap();
    }
    let found = store::lock_with_link(&mut tx, account(), None).await.unwrap();
    assert_eq!(
        found.iter().map(|record| record.id).collect::<Vec<_>>(),
        [sending.id]
    );
    let but = store::lock_with_link(&mut tx, account(), Some(sending.id))
        .await
        .unwrap();
    assert!(but.is_empty());
    let choose_end = world.now().after(Duration::from_mins(12));
    let early = store::overdue(&mut tx, choose_end.before(TICK), 10)
        .await
        .unwrap();
    assert!(early.is_empty());
    assert_eq!(
        store::overdue(&mut tx, choose_end, 10).await.unwrap(),
        [choosing.id]
    );
    let cap = world.now().after(Duration::from_mins(15));
    assert_eq!(
        store::overdue(&mut tx, cap, 10).await.unwrap(),
        [choosing.id, sending.id]
    );
    assert_eq!(store::overdue(&mut tx, cap, 1).await.unwrap(), [choosing.id]);
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
    assert!(!LINKS.consume(&mut tx, link_id(1), end).await.unwrap());
    assert!(
        !LINKS.consume(&mut tx, link_id(2), start).await.unwrap(),
        "no such link"
    );
    assert!(
        LINKS
            .consume(&mut tx, link_id(1), end.before(TICK))
            .await
            .unwrap()
    );
    assert!(
        !LINKS
            .consume(&mut tx, link_id(1), end.before(TICK))
            .await
            .unwrap()
    );
    let used = LinkState::Used { at: end.before(TICK) };
    assert_eq!(link(&mut tx, 1).await.link.state(), used);

    put_link(&mut tx, 2, case.id, start).await.unwrap();
    LINKS.replace(&mut tx, account(), start).await.unwrap();
    assert!(!LINKS.consume(&mut tx, link_id(2), start).await.unwrap());
    let replaced = LinkState::Replaced { at: start };
    assert_eq!(link(&mut tx, 2).await.link.state(), replaced);

    put_link(&mut tx, 3, case.id, start).await.unwrap();
    let later = Deadline::after(end, LIFE);
    LINKS.expire(&mut tx, link_id(3), later).await.unwrap();
    LINKS.close(&mut tx, case.id.as_uuid(), start).await.unwrap();
    LINKS
        .expire(&mut tx, link_id(3), Deadline::at(end))
        .await
        .unwrap();
    let closed = link(&mut tx, 3).await.link;
    assert_eq!(
        (closed.state(), closed.expires()),
        (LinkState::Closed { at: start }, later)
    );
    assert_eq!(
        link(&mut tx, 1).await.link.state(),
        used,
        "what was used stays so"
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
    let second = put_link(&mut tx, 2, case.id, world.now()).await;
    assert!(matches!(second, Err(StoreError::Conflict(_))));
}

#[rstest]
#[tokio::test]
async fn old_cases_go_with_their_links_and_open_ones_stay(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let (mut over, open) = (record(1, world.now()), record(2, world.now()));
    apply(&mut over, Event::Abandoned, world.now());
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

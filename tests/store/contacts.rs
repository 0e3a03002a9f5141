//! Changes of contacts and their links on both engines.

use rstest::rstest;
use server::accounts::{NewAccount, service as accounts};
use server::contacts::{Purpose, Record, store};
use server::store::StoreError;
use shared::contacts::{Asked, Canceller, Consent, State, Wanted};
use shared::i18n::Language;
use shared::identifiers::{AccountId, ContactChangeId, LinkId};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;
use tests::{Engine, World};

const TICK: Duration = Duration::from_micros(1);
const HOUR: Duration = Duration::from_hours(1);

async fn account(world: &World, employer: &str) -> AccountId {
    let account = NewAccount {
        employer: employer.parse().unwrap(),
        branch: "0001".parse().unwrap(),
        email: Some("maria@empresa.example".parse().unwrap()),
        phone: None,
        language: Language::Es,
        name: "Ferretería El Clavo S.A.".into(),
        representative: "1729999993".parse().unwrap(),
        representative_name: "María Fernanda Núñez".into(),
    };
    let mut tx = world.app.store.write().await.unwrap();
    let id = accounts::open(&world.app, &mut tx, &account, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

fn requested(world: &World, account: AccountId, wanted: Wanted) -> Record {
    Record {
        id: ContactChangeId::new(world.now(), world.app.entropy.bytes()),
        account,
        kind: wanted.kind(),
        wanted: Some(wanted),
        replaces: None,
        asked: Asked::Session,
        state: State::Requested {
            until: Deadline::after(world.now(), HOUR),
        },
        requested_at: world.now(),
    }
}

fn held(world: &World, account: AccountId, wanted: Wanted) -> Record {
    Record {
        replaces: Some([5; 32]),
        state: State::Held {
            since: world.now(),
            until: Deadline::after(world.now(), HOUR * 24),
            consent: Consent::Given,
        },
        ..requested(world, account, wanted)
    }
}

fn email() -> Wanted {
    Wanted::Email("nueva@empresa.example".parse().unwrap())
}

fn phone() -> Wanted {
    Wanted::Phone("+593991234567".parse().unwrap())
}

#[rstest]
#[tokio::test]
async fn a_change_is_read_as_it_was_written(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let accounts = [
        account(&world, "1790011674001").await,
        account(&world, "1760013210001").await,
        account(&world, "1790016919001").await,
    ];
    let written = [
        requested(&world, accounts[0], email()),
        held(&world, accounts[0], phone()),
        held(&world, accounts[1], email()),
        requested(&world, accounts[1], phone()),
        held(&world, accounts[2], Wanted::NoPhone),
    ];
    let mut tx = world.app.store.write().await.unwrap();
    for record in &written {
        store::insert(&mut tx, record).await.unwrap();
        assert_eq!(
            store::by_id(&mut tx, record.id).await.unwrap().as_ref(),
            Some(record)
        );
    }
    let pending = store::pending(&mut tx, accounts[0]).await.unwrap();
    assert_eq!(pending, written[..2], "by kind");
    let nobodys = ContactChangeId::new(world.now(), [9; 10]);
    assert_eq!(store::by_id(&mut tx, nobodys).await.unwrap(), None);
    let over = Record {
        state: State::Lapsed { at: world.now() },
        ..requested(&world, accounts[2], email())
    };
    assert!(matches!(
        store::insert(&mut tx, &over).await,
        Err(StoreError::Corrupt(_))
    ));
}

#[rstest]
#[tokio::test]
async fn two_changes_of_one_contact_are_never_under_way(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let account = account(&world, "1790011674001").await;
    let mut tx = world.app.store.write().await.unwrap();
    store::insert(&mut tx, &held(&world, account, Wanted::NoPhone))
        .await
        .unwrap();
    let second = store::insert(&mut tx, &requested(&world, account, phone())).await;
    assert!(second.is_err());
}

#[rstest]
#[tokio::test]
async fn a_hold_begins_once_and_before_the_deadline(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let account = account(&world, "1790011674001").await;
    let record = requested(&world, account, email());
    let deadline = world.now().after(HOUR);
    let mut tx = world.app.store.write().await.unwrap();
    store::insert(&mut tx, &record).await.unwrap();
    for late in [deadline, deadline.after(TICK)] {
        let until = Deadline::after(late, HOUR);
        let refused = store::hold(&mut tx, record.id, late, until, None).await;
        assert!(matches!(refused, Err(StoreError::Changed)));
    }
    let since = deadline.before(TICK);
    let until = Deadline::after(since, HOUR);
    store::hold(&mut tx, record.id, since, until, Some(&[7; 32]))
        .await
        .unwrap();
    let now = store::by_id(&mut tx, record.id).await.unwrap().unwrap();
    assert_eq!(
        (now.state, now.replaces, now.wanted),
        (
            State::Held {
                since,
                until,
                consent: Consent::Given
            },
            Some([7; 32]),
            record.wanted
        )
    );
    let again = store::hold(&mut tx, record.id, since, until, None).await;
    assert!(matches!(again, Err(StoreError::Changed)));
}

#[rstest]
#[tokio::test]
async fn every_end_forgets_the_contact_and_comes_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let account = account(&world, "1790011674001").await;
    let at = world.now().after(HOUR);
    let by = |by| State::Cancelled { at, by };
    let mut tx = world.app.store.write().await.unwrap();
    for ended in [
        State::Applied { at },
        State::Lapsed { at },
        State::Replaced { at },
        by(Canceller::Link),
        by(Canceller::Owner),
        by(Canceller::Freeze),
        by(Canceller::Password),
        by(Canceller::Correction),
    ] {
        let record = held(&world, account, email());
        store::insert(&mut tx, &record).await.unwrap();
        let elsewhere = State::Requested {
            until: Deadline::at(at),
        };
        let refused = store::end(&mut tx, record.id, elsewhere, ended).await;
        assert!(matches!(refused, Err(StoreError::Changed)), "not where it stands");
        store::end(&mut tx, record.id, record.state, ended).await.unwrap();
        let now = store::by_id(&mut tx, record.id).await.unwrap().unwrap();
        assert_eq!((now.state, now.wanted), (ended, None));
        let again = store::end(&mut tx, record.id, record.state, ended).await;
        assert!(matches!(again, Err(StoreError::Changed)));
    }
    assert_eq!(store::pending(&mut tx, account).await.unwrap(), []);
    assert_eq!(store::last_change(&mut tx, account).await.unwrap(), Some(at));
    tx.commit().await.unwrap();
    assert!(!world.everything().await.contains("nueva@empresa.example"));
}

#[rstest]
#[tokio::test]
async fn a_signed_change_is_asked_after_its_hold_and_consented_to_in_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let account = account(&world, "1790011674001").await;
    let since = world.now();
    let until = Deadline::after(since, HOUR * 24);
    let state = |consent| State::Held {
        since,
        until,
        consent,
    };
    let signed = Record {
        asked: Asked::Signature,
        state: state(Consent::Awaited),
        ..held(&world, account, email())
    };
    let theirs = held(&world, account, phone());
    let mut tx = world.app.store.write().await.unwrap();
    for record in [&signed, &theirs] {
        store::insert(&mut tx, record).await.unwrap();
    }
    assert_eq!(
        store::by_id(&mut tx, signed.id).await.unwrap(),
        Some(signed.clone())
    );
    let lapse = Deadline::after(since, HOUR * 96);
    let refused = store::ask(&mut tx, theirs.id, lapse).await;
    assert!(
        matches!(refused, Err(StoreError::Changed)),
        "it was confirmed before"
    );
    let early = store::consent(&mut tx, signed.id, since).await;
    assert!(matches!(early, Err(StoreError::Changed)), "it is held");
    store::ask(&mut tx, signed.id, lapse).await.unwrap();
    let now = store::by_id(&mut tx, signed.id).await.unwrap().unwrap();
    assert_eq!(now.state, State::Confirming { since, until: lapse });
    assert_eq!(now.wanted, signed.wanted);
    let again = store::ask(&mut tx, signed.id, lapse).await;
    assert!(matches!(again, Err(StoreError::Changed)));
    let late = store::consent(&mut tx, signed.id, lapse.instant()).await;
    assert!(matches!(late, Err(StoreError::Changed)), "its time is over");
    let at = lapse.instant().before(TICK);
    store::consent(&mut tx, signed.id, at).await.unwrap();
    let now = store::by_id(&mut tx, signed.id).await.unwrap().unwrap();
    let waiting = State::Held {
        since,
        until: Deadline::at(at),
        consent: Consent::Given,
    };
    assert_eq!(now.state, waiting);
    let asked_again = store::ask(&mut tx, signed.id, lapse).await;
    assert!(matches!(asked_again, Err(StoreError::Changed)), "it has said yes");
}

#[rstest]
#[tokio::test]
async fn the_job_finds_what_is_due_and_not_what_was_put_off(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let (mine, theirs) = (
        account(&world, "1790011674001").await,
        account(&world, "1760013210001").await,
    );
    let (first, second) = (requested(&world, mine, email()), held(&world, theirs, email()));
    let mut tx = world.app.store.write().await.unwrap();
    for record in [&first, &second] {
        store::insert(&mut tx, record).await.unwrap();
    }
    let due = world.now().after(HOUR);
    let day = world.now().after(HOUR * 24);
    assert_eq!(store::due(&mut tx, due.before(TICK), 9).await.unwrap(), []);
    assert_eq!(store::due(&mut tx, due, 9).await.unwrap(), [(first.id, mine)]);
    assert_eq!(
        store::due(&mut tx, day, 9).await.unwrap(),
        [(first.id, mine), (second.id, theirs)]
    );
    assert_eq!(store::due(&mut tx, day, 1).await.unwrap().len(), 1);
    store::postpone(&mut tx, first.id, day.after(TICK), due.before(TICK))
        .await
        .unwrap();
    assert_eq!(
        store::due(&mut tx, due, 9).await.unwrap(),
        [(first.id, mine)],
        "its own time is not over"
    );
    store::postpone(&mut tx, first.id, day.after(TICK), due)
        .await
        .unwrap();
    assert_eq!(store::due(&mut tx, day, 9).await.unwrap(), [(second.id, theirs)]);
    // A change that is over is looked for no more, and cannot be put off.
    let lapsed = State::Lapsed { at: due };
    store::end(&mut tx, first.id, first.state, lapsed).await.unwrap();
    store::postpone(&mut tx, first.id, due, day).await.unwrap();
    let later = day.after(HOUR);
    assert_eq!(
        store::due(&mut tx, later, 9).await.unwrap(),
        [(second.id, theirs)]
    );
}

#[rstest]
#[tokio::test]
async fn a_link_is_used_once_and_by_its_purpose_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let account = account(&world, "1790011674001").await;
    let change = held(&world, account, email());
    let now = world.now();
    let id = |number| LinkId::new(now, [number; 10]);
    let mut tx = world.app.store.write().await.unwrap();
    store::insert(&mut tx, &change).await.unwrap();
    for (number, purpose) in [(1, Purpose::Confirm), (2, Purpose::Cancel), (3, Purpose::Cancel)] {
        store::insert_link(&mut tx, id(number), change.id, purpose, &[number; 32], now)
            .await
            .unwrap();
    }
    assert!(
        store::link_by_token(&mut tx, &[1; 32], Purpose::Cancel)
            .await
            .unwrap()
            .is_none()
    );
    store::replace_links(&mut tx, change.id, Purpose::Confirm, now)
        .await
        .unwrap();
    let replaced = store::link_by_token(&mut tx, &[1; 32], Purpose::Confirm)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((replaced.replaced_at, replaced.used_at), (Some(now), None));
    assert!(matches!(
        store::use_link(&mut tx, id(1), now).await,
        Err(StoreError::Changed)
    ));
    store::use_link(&mut tx, id(2), now).await.unwrap();
    assert!(matches!(
        store::use_link(&mut tx, id(2), now).await,
        Err(StoreError::Changed)
    ));
    let other = store::link_by_token(&mut tx, &[3; 32], Purpose::Cancel)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (other.id, other.change, other.used_at, other.replaced_at),
        (id(3), change.id, None, None)
    );
}

#[rstest]
#[tokio::test]
async fn what_ended_goes_with_its_links_and_what_was_applied_stays_longer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let account = account(&world, "1790011674001").await;
    let at = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let end = async |tx: &mut server::store::Tx, ended: State, token: u8| {
        let record = held(&world, account, email());
        store::insert(tx, &record).await.unwrap();
        let link = LinkId::new(at, [token; 10]);
        store::insert_link(tx, link, record.id, Purpose::Cancel, &[token; 32], at)
            .await
            .unwrap();
        store::end(tx, record.id, record.state, ended).await.unwrap();
        record.id
    };
    let replaced = end(&mut tx, State::Replaced { at }, 1).await;
    let applied = end(&mut tx, State::Applied { at }, 2).await;
    let pending = requested(&world, account, phone());
    store::insert(&mut tx, &pending).await.unwrap();
    let never = Timestamp::from_micros(0);
    assert_eq!(store::purge(&mut tx, at.before(TICK), never).await.unwrap(), 0);
    assert_eq!(store::purge(&mut tx, at, never).await.unwrap(), 1);
    assert_eq!(store::by_id(&mut tx, replaced).await.unwrap(), None);
    assert!(store::by_id(&mut tx, applied).await.unwrap().is_some());
    for token in [1, 2] {
        let link = store::link_by_token(&mut tx, &[token; 32], Purpose::Cancel).await;
        assert!(link.unwrap().is_none());
    }
    assert_eq!(store::purge(&mut tx, at, at.before(TICK)).await.unwrap(), 0);
    assert_eq!(store::purge(&mut tx, at, at).await.unwrap(), 1);
    assert_eq!(store::last_change(&mut tx, account).await.unwrap(), None);
    assert_eq!(
        store::pending(&mut tx, account).await.unwrap(),
        [pending],
        "what is under way stays"
    );
}

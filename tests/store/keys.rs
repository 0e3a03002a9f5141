//! Rotating the keys on both engines: what is accepted, what is brought along, and what keeps a generation from being retired.

use rstest::rstest;
use server::app::App;
use server::audit::Subject;
use server::clock::Clock;
use server::compose;
use server::documents::{DocumentError, Period, service as documents};
use server::keys::service::{needs, retire, rewrap};
use server::keys::{Fate, Keys, Purpose, Ring, file};
use server::private;
use server::staff::service as staff;
use server::token;
use server::{changed, on};
use shared::documents::DocumentClass;
use shared::i18n::Language;
use shared::identifiers::{DocumentId, StaffId};
use shared::secrets::Secret;
use shared::staff::Role;
use shared::time::Timestamp;
use std::io::Write as _;
use std::time::Duration;
use tests::{EPOCH, Engine, World};
use uuid::Uuid;

const TICK: Duration = Duration::from_micros(1);
const HOUR: Duration = Duration::from_hours(1);

fn master(byte: u8) -> Secret<[u8; 32]> {
    Secret::new([byte; 32])
}

/// The ring of every world: one generation.
fn first() -> Ring {
    Ring::first(master(7))
}

/// The same with a second one, in force an hour after the world begins.
fn second() -> Ring {
    first().with(master(8), EPOCH.after(HOUR)).unwrap()
}

/// Every purpose whose secrets browsers and mails carry.
fn carried(app: &App) -> Vec<Purpose> {
    let is_carried = |purpose: &Purpose| matches!(purpose.fate(&app.policy), Fate::Carried(_));
    Purpose::ALL.into_iter().filter(is_carried).collect()
}

/// Whether `node` finds what `maker` made.
fn accepts(node: &App, maker: &App, purpose: Purpose) -> bool {
    let (shown, stored) = token::draw(maker, purpose);
    token::digest(node, purpose, &shown) == Some(stored)
}

#[rstest]
#[tokio::test]
async fn nodes_accept_each_others_tokens_around_a_rotation(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let at = EPOCH.after(HOUR);
    let seconds = Duration::from_secs;
    // The operator's file reaches one node before the other, and both before it is in force. Their clocks are five seconds apart.
    for (moment, other_clock, other_knows) in [
        (EPOCH, EPOCH, false),
        (at.before(seconds(6)), at.before(seconds(1)), true),
        (at.before(TICK), at.after(seconds(5)), true),
        (at.before(TICK), at.before(seconds(5)), true),
        (at, at.before(seconds(5)), true),
        (at, at.before(TICK), true),
        (at, at, true),
        (at.after(TICK), at.before(seconds(5)), true),
    ] {
        let one = world.node_with(Keys::of(second()), Clock::frozen(moment));
        let ring = if other_knows { second() } else { first() };
        let other = world.node_with(Keys::of(ring), Clock::frozen(other_clock));
        for purpose in carried(&one) {
            assert!(accepts(&one, &other, purpose), "{purpose:?} at {moment:?}");
            assert!(accepts(&other, &one, purpose), "{purpose:?} at {moment:?}");
        }
    }
    // That is why it is announced before: a node that never heard of it finds nothing, and takes it for nothing else.
    let knows = world.node_with(Keys::of(second()), Clock::frozen(at));
    let ignorant = world.node_with(Keys::of(first()), Clock::frozen(at));
    let (shown, _) = token::draw(&knows, Purpose::Session);
    assert_eq!(token::digest(&ignorant, Purpose::Session, &shown), None);
    assert!(accepts(&knows, &ignorant, Purpose::Session));
    ignorant.keys.renew(second()).unwrap();
    assert!(token::digest(&ignorant, Purpose::Session, &shown).is_some());
}

#[tokio::test]
async fn a_token_is_of_its_generation_and_no_other() {
    let world = World::new(Engine::Sqlite).await;
    let at = EPOCH.after(HOUR);
    let app = world.node_with(Keys::of(second()), Clock::frozen(at.before(TICK)));
    let (old, stored_old) = token::draw(&app, Purpose::Link);
    app.clock.advance(TICK);
    let (new, stored_new) = token::draw(&app, Purpose::Link);
    assert_eq!(token::digest(&app, Purpose::Link, &old), Some(stored_old));
    assert_eq!(token::digest(&app, Purpose::Link, &new), Some(stored_new));
    // The same random bytes that claim another generation are another token, and one that claims a retired one is none.
    let last = new.expose().len() - 1;
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let index = letters.find(&new.expose()[last..]).unwrap();
    assert_eq!(index % 4, 1, "the second generation's mark");
    for (mark, found) in [(0, true), (2, false), (3, false)] {
        let index = index / 4 * 4 + mark;
        let changed = Secret::new(format!("{}{}", &new.expose()[..last], &letters[index..=index]));
        let digest = token::digest(&app, Purpose::Link, &changed);
        assert_eq!(digest.is_some(), found, "{mark}");
        assert!(digest != Some(stored_new) && digest != Some(stored_old));
    }
    app.keys
        .renew(
            app.keys
                .ring()
                .with(master(9), at.after(HOUR))
                .unwrap()
                .without(2),
        )
        .unwrap();
    assert_eq!(token::digest(&app, Purpose::Link, &new), None);
}

async fn keep(app: &App, bytes: &[u8]) -> DocumentId {
    let now = app.clock.now();
    let written = documents::write(app, DocumentClass::SignedRequest, bytes.to_vec(), now)
        .await
        .unwrap();
    let mut tx = app.store.write().await.unwrap();
    let id = documents::keep(app, &mut tx, &written, Period::Signature, Subject::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// A member of the staff with codes, and the sealed secret of them.
async fn member(app: &App) {
    let wanted = staff::Wanted {
        name: "Ana Vega".parse().unwrap(),
        email: "ana@instituto.example".parse().unwrap(),
        language: Language::Es,
        role: Role::Agent,
        centre: None,
    };
    let ready = staff::Ready {
        password: &"cuatro gallinas azules".into(),
        code: &Secret::new([5; 20]),
    };
    assert_eq!(staff::add_ready(app, wanted, &ready).await.unwrap(), 1);
}

async fn sealed(app: &App) -> (StaffId, Vec<u8>) {
    let mut tx = app.store.read().await.unwrap();
    let (id, sealed): (Uuid, Vec<u8>) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT id, totp_secret FROM staff"
    )
    .fetch_one(conn))
    .unwrap();
    (StaffId::from_uuid(id), sealed)
}

/// What needs a generation; everything can be opened.
async fn needed(app: &App, number: u32, now: Timestamp) -> Vec<String> {
    let found = needs(app, number, now).await.unwrap();
    assert_eq!(found.damaged, Vec::<String>::new());
    found.by
}

#[rstest]
#[tokio::test]
async fn a_generation_is_retired_when_nothing_needs_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let app = &world.app;
    let old = keep(app, b"of the first").await;
    app.keys.renew(second()).unwrap();
    world.advance(HOUR);
    let new = keep(app, b"of the second").await;
    member(app).await;
    // In force, and not to be retired; the first never is.
    assert_eq!(needed(app, 2, world.now()).await.len(), 4);
    let stays = needed(app, 1, world.now()).await;
    assert!(stays.iter().any(|one| one.starts_with("Subject:")), "{stays:?}");
    assert!(needs(app, 3, world.now()).await.is_err());

    let third = EPOCH.after(2 * HOUR);
    app.keys.renew(second().with(master(9), third).unwrap()).unwrap();
    world.advance(HOUR);
    for (id, bytes) in [(old, b"of the first".as_slice()), (new, b"of the second")] {
        assert_eq!(documents::read(app, id).await.unwrap(), bytes);
    }
    let (owner, before) = sealed(app).await;
    assert_eq!(staff::sealed_by(&app.keys, &before, owner), Some(2));
    let done = rewrap(app, world.now()).await.unwrap();
    assert_eq!((done.documents, done.codes), (2, 1));
    let again = rewrap(app, world.now()).await.unwrap();
    assert_eq!((again.documents, again.codes), (0, 0), "once is enough");
    for (id, bytes) in [(old, b"of the first".as_slice()), (new, b"of the second")] {
        assert_eq!(documents::read(app, id).await.unwrap(), bytes);
    }
    let (_, after) = sealed(app).await;
    assert_eq!(staff::sealed_by(&app.keys, &after, owner), Some(3));

    // What is left is what is carried, for as long as it may be, and the password of somebody who did not sign in since.
    let over = third.after(Purpose::longest(&app.policy));
    let left = needed(app, 2, over.before(TICK)).await;
    assert_eq!(left.len(), 2, "{left:?}");
    let left = needed(app, 2, over).await;
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].starts_with("1 passwords"), "{left:?}");

    // A server without the second reads everything that was rewrapped.
    app.keys.renew(app.keys.ring().without(2)).unwrap();
    assert_eq!(documents::read(app, new).await.unwrap(), b"of the second");
    assert!(staff::sealed_by(&app.keys, &after, owner).is_some());
    assert!(staff::sealed_by(&app.keys, &before, owner).is_none());
}

#[rstest]
#[tokio::test]
async fn what_is_damaged_is_named_and_keeps_nothing_else_from_being_brought(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let app = &world.app;
    app.keys.renew(second()).unwrap();
    world.advance(HOUR);
    let (damaged, whole) = (keep(app, b"damaged").await, keep(app, b"whole").await);
    member(app).await;
    let (owner, _) = sealed(app).await;
    let mut tx = app.store.write().await.unwrap();
    for (sql, id) in [
        (
            "UPDATE documents SET wrapped_key = $2 WHERE id = $1",
            damaged.as_uuid(),
        ),
        ("UPDATE staff SET totp_secret = $2 WHERE id = $1", owner.as_uuid()),
    ] {
        changed!(&mut tx, sqlx::query(sql).bind(id).bind([0_u8; 60].as_slice())).unwrap();
    }
    tx.commit().await.unwrap();
    let third = EPOCH.after(2 * HOUR);
    app.keys.renew(second().with(master(9), third).unwrap()).unwrap();
    world.advance(HOUR);

    for documents in [1, 0] {
        let done = rewrap(app, world.now()).await.unwrap();
        assert_eq!((done.generation, done.documents, done.codes), (3, documents, 0));
        let ids = [damaged.to_string(), owner.to_string()];
        assert_eq!(done.damaged.len(), 2, "{:?}", done.damaged);
        for (one, id) in done.damaged.iter().zip(ids) {
            assert!(one.contains(&id), "{one}");
        }
    }
    assert_eq!(documents::read(app, whole).await.unwrap(), b"whole");
    // No generation opens them, so that none is kept for them.
    let over = third.after(Purpose::longest(&app.policy));
    let found = needs(app, 2, over).await.unwrap();
    assert_eq!((found.by.len(), found.damaged.len()), (1, 2), "{found:?}");
    assert!(found.by[0].starts_with("1 passwords"), "{found:?}");
}

#[tokio::test]
async fn what_is_retired_is_judged_by_the_ring_that_stands_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = compose::key_path(folder.path());
    let third = EPOCH.after(2 * HOUR);
    let ring = second().with(master(9), third).unwrap();
    let text = ring.to_text();
    private::create(&path)
        .unwrap()
        .write_all(text.expose().as_bytes())
        .unwrap();
    let world = World::with(Engine::Sqlite, |setup| {
        setup.config.data_dir = folder.path().to_owned();
    })
    .await;
    let app = &world.app;
    // Since this process read it, somebody else announced the third.
    app.keys.renew(second()).unwrap();
    world.advance(3 * HOUR + Purpose::longest(&app.policy));
    assert_eq!(needed(app, 2, world.now()).await, ["it is in force, or will be"]);
    assert_eq!(retire(app, 2).await.unwrap().by, Vec::<String>::new());
    let left = file::read(&path).unwrap();
    assert!(left.get(2).is_none() && left.get(3).is_some());
    assert!(retire(app, 2).await.is_err(), "once");
    assert_eq!(retire(app, 3).await.unwrap().by, ["it is in force, or will be"]);
    assert!(file::read(&path).unwrap().get(3).is_some());
}

#[rstest]
#[tokio::test]
async fn a_document_of_a_generation_that_is_not_there_is_told_as_such(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    world.app.keys.renew(second()).unwrap();
    world.advance(HOUR);
    let id = keep(&world.app, b"of the second").await;
    let ignorant = world.node_with(Keys::of(first()), world.app.clock.clone());
    let read = documents::read(&ignorant, id).await;
    assert!(matches!(read, Err(DocumentError::OtherKey)), "{read:?}");
}

#[rstest]
#[tokio::test]
async fn what_must_be_found_again_is_the_same_under_every_generation(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let stays: Vec<_> = Purpose::ALL
        .into_iter()
        .filter(|purpose| matches!(purpose.fate(&world.app.policy), Fate::Stays(_)))
        .collect();
    let digests = |app: &App| -> Vec<_> {
        stays
            .iter()
            .map(|purpose| app.keys.digest(*purpose, &[b"1790016919001"]))
            .collect()
    };
    let before = digests(&world.app);
    world.app.keys.renew(second()).unwrap();
    world.advance(2 * HOUR);
    assert_eq!(digests(&world.app), before);
    assert_eq!(world.app.keys.in_force(world.now()).number(), 2);
}

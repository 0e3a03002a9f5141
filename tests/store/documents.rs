//! Documents on both engines: what is kept, what is noticed, and what is deleted when.

use futures_util::future::join;
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt as _};
use rstest::rstest;
use server::app::{App, Foundation};
use server::audit::Subject;
use server::challenges::Call;
use server::documents::{DocumentError, Documents, MOST, Period, Written, job, service};
use server::entropy::Entropy;
use server::http::spa::Site;
use server::keys::Keys;
use server::leaks::Leaks;
use server::meters::Meters;
use server::store::StoreError;
use server::{changed, on};
use shared::documents::DocumentClass;
use shared::identifiers::DocumentId;
use shared::secrets::Secret;
use sqlx::AssertSqlSafe;
use std::time::Duration;
use tests::{Engine, World};

const TICK: Duration = Duration::from_micros(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const CLASS: DocumentClass = DocumentClass::SignedRequest;

async fn write(app: &App, class: DocumentClass, bytes: &[u8]) -> Written {
    service::write(app, class, bytes.to_vec(), app.clock.now())
        .await
        .unwrap()
}

async fn keep_as(app: &App, class: DocumentClass, bytes: &[u8], period: Period) -> DocumentId {
    let written = write(app, class, bytes).await;
    let mut tx = app.store.write().await.unwrap();
    let id = service::keep(app, &mut tx, &written, period, Subject::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn keep(app: &App, bytes: &[u8]) -> DocumentId {
    keep_as(app, CLASS, bytes, Period::Request).await
}

async fn set(app: &App, sql: &str) {
    let mut tx = app.store.write().await.unwrap();
    let rows = changed!(&mut tx, sqlx::query(AssertSqlSafe(sql.to_owned()))).unwrap();
    assert!(rows > 0);
    tx.commit().await.unwrap();
}

async fn count(app: &App, sql: &str) -> i64 {
    let mut tx = app.store.read().await.unwrap();
    let (rows,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(AssertSqlSafe(sql.to_owned()))
        .fetch_one(conn))
    .unwrap();
    rows
}

async fn told(app: &App, kind: &str) -> i64 {
    count(
        app,
        &format!("SELECT COUNT(*) FROM audit_events WHERE kind = '{kind}'"),
    )
    .await
}

/// Where an object is, found as a thief of the folder would.
async fn place(app: &App, id: DocumentId) -> Option<Path> {
    let listed = app.documents.objects().list_with_delimiter(None).await.unwrap();
    for day in listed.common_prefixes {
        let objects = app
            .documents
            .objects()
            .list_with_delimiter(Some(&day))
            .await
            .unwrap();
        let own = id.to_string();
        let mut places = objects.objects.into_iter().map(|object| object.location);
        if let Some(place) = places.find(|place| place.filename() == Some(own.as_str())) {
            return Some(place);
        }
    }
    None
}

async fn object(app: &App, id: DocumentId) -> Vec<u8> {
    let place = place(app, id).await.unwrap();
    let object = app.documents.objects().get(&place).await.unwrap();
    object.bytes().await.unwrap().to_vec()
}

async fn put(app: &App, id: DocumentId, bytes: Vec<u8>) {
    let place = place(app, id).await.unwrap();
    app.documents.objects().put(&place, bytes.into()).await.unwrap();
}

/// The world's server once more, with other keys or another place for objects.
fn again(world: &World, documents: Documents, keys: Keys) -> App {
    let app = &world.app;
    App::build(Foundation {
        config: app.config.clone(),
        store: app.store.clone(),
        clock: app.clock.clone(),
        entropy: Entropy::seeded(2),
        keys,
        documents,
        site: Site::of(std::iter::empty()),
        mailer: app.notifications.mailer.clone(),
        texter: app.notifications.texter.clone(),
        registries: app.registries.clone(),
        notary: app.notary.clone(),
        meters: Meters::new(),
        leaks: Leaks::built_in(),
    })
}

#[rstest]
#[tokio::test]
async fn a_document_is_read_as_it_was_written_and_by_nobody_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let app = &world.app;
    let secret = b"%PDF-1.7 what nobody else is to read".repeat(40);
    for class in DocumentClass::ALL {
        let id = keep_as(app, class, &secret, Period::Signature).await;
        assert_eq!(service::read(app, id).await.unwrap(), secret);
        let stored = object(app, id).await;
        assert_eq!(stored.len(), secret.len() + 16);
        assert!(!stored.windows(8).any(|window| window == &secret[..8]));
    }
    let empty = keep(app, b"").await;
    assert_eq!(service::read(app, empty).await.unwrap(), b"");
    let kept = i64::try_from(DocumentClass::ALL.len() + 1).unwrap();
    assert_eq!(told(app, "document_kept").await, kept);
    // Twice the same bytes are two objects with nothing in common.
    let (one, other) = (keep(app, &secret).await, keep(app, &secret).await);
    assert_ne!(object(app, one).await, object(app, other).await);
    let nobodys = DocumentId::new(world.now(), [9; 10]);
    assert!(matches!(
        service::read(app, nobodys).await,
        Err(DocumentError::Missing)
    ));
}

#[tokio::test]
async fn what_is_too_large_is_not_written() {
    let world = World::new(Engine::Sqlite).await;
    let refused = service::write(&world.app, CLASS, vec![0; MOST + 1], world.now()).await;
    assert!(matches!(refused, Err(DocumentError::TooLarge)));
    let listed = world
        .app
        .documents
        .objects()
        .list_with_delimiter(None)
        .await
        .unwrap();
    assert!(listed.common_prefixes.is_empty());
}

#[rstest]
#[tokio::test]
async fn an_object_that_was_changed_is_noticed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let app = &world.app;
    let id = keep(app, b"a signed request").await;
    let genuine = object(app, id).await;
    for position in 0..genuine.len() {
        let mut forged = genuine.clone();
        forged[position] ^= 1;
        put(app, id, forged).await;
        assert!(
            matches!(service::read(app, id).await, Err(DocumentError::Damaged)),
            "{position}"
        );
    }
    let longer = [genuine.as_slice(), b"\0"].concat();
    for forged in [genuine[..genuine.len() - 1].to_vec(), longer, Vec::new()] {
        put(app, id, forged).await;
        assert!(matches!(
            service::read(app, id).await,
            Err(DocumentError::Damaged)
        ));
    }
    put(app, id, genuine).await;
    assert_eq!(service::read(app, id).await.unwrap(), b"a signed request");
    let place = place(app, id).await.unwrap();
    app.documents.objects().delete(&place).await.unwrap();
    assert!(matches!(service::read(app, id).await, Err(DocumentError::Lost)));
}

#[rstest]
#[tokio::test]
async fn a_document_in_anothers_place_is_noticed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let app = &world.app;
    let (one, other) = (keep(app, b"one request").await, keep(app, b"two request").await);
    let (first, second) = (object(app, one).await, object(app, other).await);
    put(app, one, second.clone()).await;
    put(app, other, first.clone()).await;
    for id in [one, other] {
        assert!(matches!(
            service::read(app, id).await,
            Err(DocumentError::Damaged)
        ));
    }
    // With its key too: whoever writes to the database and the folder still cannot make one document of another.
    set(
        app,
        "UPDATE documents SET wrapped_key = (SELECT wrapped_key FROM documents ORDER BY id LIMIT 1)",
    )
    .await;
    let read = [service::read(app, one).await, service::read(app, other).await];
    assert!(
        read.iter()
            .all(|read| matches!(read, Err(DocumentError::Damaged)))
    );
    let third = keep(app, b"a third").await;
    set(app, "UPDATE documents SET class = 'signature_evidence'").await;
    assert!(matches!(
        service::read(app, third).await,
        Err(DocumentError::Damaged)
    ));
}

#[tokio::test]
async fn another_master_key_is_told_apart_from_damage() {
    let world = World::new(Engine::Sqlite).await;
    let id = keep(&world.app, b"evidence").await;
    let stranger = again(
        &world,
        world.app.documents.clone(),
        Keys::new(Secret::new([8; 32])),
    );
    assert!(matches!(
        service::read(&stranger, id).await,
        Err(DocumentError::OtherKey)
    ));
    // Claiming that the key is the same does not help.
    let lie = keep(&stranger, b"x").await;
    assert_eq!(service::read(&stranger, lie).await.unwrap(), b"x");
    set(
        &stranger,
        "UPDATE documents SET key_id = (SELECT key_id FROM documents ORDER BY id DESC LIMIT 1)",
    )
    .await;
    assert!(matches!(
        service::read(&stranger, id).await,
        Err(DocumentError::Damaged)
    ));
}

#[rstest]
#[tokio::test]
async fn an_object_without_a_row_is_swept_after_an_hour(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let app = &world.app;
    let kept = keep(app, b"kept").await;
    let written = write(app, CLASS, b"rolled back").await;
    let mut tx = app.store.write().await.unwrap();
    service::keep(app, &mut tx, &written, Period::Request, Subject::default())
        .await
        .unwrap();
    drop(tx);
    let lost = written.id();
    assert!(matches!(
        service::read(app, lost).await,
        Err(DocumentError::Missing)
    ));
    assert!(place(app, lost).await.is_some());
    let foreign = Path::from("readme");
    app.documents
        .objects()
        .put(&foreign, "not ours".into())
        .await
        .unwrap();
    // An id knows milliseconds.
    world.advance(HOUR.saturating_sub(Duration::from_millis(1)));
    assert_eq!(job::sweep(app).await.unwrap(), 0);
    world.advance(Duration::from_millis(1));
    assert_eq!(job::sweep(app).await.unwrap(), 1);
    assert!(place(app, lost).await.is_none());
    assert_eq!(job::sweep(app).await.unwrap(), 0);
    assert_eq!(service::read(app, kept).await.unwrap(), b"kept");
    assert!(app.documents.objects().head(&foreign).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_server_that_was_away_sweeps_all_days(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let app = &world.app;
    let lost = write(app, CLASS, b"long ago").await.id();
    let kept = keep(app, b"kept").await;
    world.advance(DAY * 10);
    assert_eq!(
        job::sweep(app).await.unwrap(),
        0,
        "too old for the days that are looked at"
    );
    assert_eq!(job::sweep_all(app).await.unwrap(), 1);
    assert!(place(app, lost).await.is_none());
    assert!(service::read(app, kept).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_document_is_deleted_when_its_time_is_over(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Period::Request, Period::Signature, Period::Dossier)] period: Period,
) {
    let world = World::new(engine).await;
    let app = &world.app;
    let id = keep_as(app, CLASS, b"evidence", period).await;
    let length = match period {
        Period::Request => DAY * 30,
        Period::Signature | Period::Dossier => DAY * 3650,
    };
    world.advance(length.saturating_sub(TICK));
    assert_eq!(job::delete_due(app).await.unwrap(), 0);
    assert_eq!(service::read(app, id).await.unwrap(), b"evidence");
    world.advance(TICK);
    assert_eq!(job::delete_due(app).await.unwrap(), 1);
    assert!(matches!(
        service::read(app, id).await,
        Err(DocumentError::Missing)
    ));
    assert!(place(app, id).await.is_none());
    world.advance(TICK);
    assert_eq!(job::delete_due(app).await.unwrap(), 0);
    assert_eq!(told(app, "document_deleted").await, 1);
    assert_eq!(count(app, "SELECT COUNT(*) FROM documents").await, 0);
}

#[rstest]
#[tokio::test]
async fn a_period_is_extended_and_never_cut(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let app = &world.app;
    let id = keep(app, b"a request that came back").await;
    for period in [Period::Signature, Period::Request] {
        let mut tx = app.store.write().await.unwrap();
        service::extend(app, &mut tx, id, period, Subject::default(), world.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(told(app, "document_extended").await, 1);
    world.advance((DAY * 3650).saturating_sub(TICK));
    assert_eq!(job::delete_due(app).await.unwrap(), 0);
    world.advance(TICK);
    assert_eq!(job::delete_due(app).await.unwrap(), 1);
}

#[rstest]
#[tokio::test]
async fn what_is_held_stays_until_it_is_released(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let app = &world.app;
    let id = keep(app, b"before a court").await;
    let mut tx = app.store.write().await.unwrap();
    let early = service::release(app, &mut tx, id, Call::own(world.now())).await;
    assert!(matches!(early, Err(StoreError::Changed)));
    service::hold(app, &mut tx, id, Call::own(world.now()))
        .await
        .unwrap();
    let twice = service::hold(app, &mut tx, id, Call::own(world.now())).await;
    assert!(matches!(twice, Err(StoreError::Changed)));
    tx.commit().await.unwrap();
    world.advance(DAY * 31);
    assert_eq!(job::delete_due(app).await.unwrap(), 0);
    assert_eq!(service::read(app, id).await.unwrap(), b"before a court");
    let mut tx = app.store.write().await.unwrap();
    service::release(app, &mut tx, id, Call::own(world.now()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        (
            told(app, "document_held").await,
            told(app, "document_released").await
        ),
        (1, 1)
    );
    assert_eq!(job::delete_due(app).await.unwrap(), 1);
    let mut tx = app.store.write().await.unwrap();
    let late = service::hold(app, &mut tx, id, Call::own(world.now())).await;
    assert!(matches!(late, Err(StoreError::Changed)));
}

#[rstest]
#[tokio::test]
async fn a_deletion_that_was_cut_off_goes_on(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let app = &world.app;
    let (before_object, before_row) = (keep(app, b"one").await, keep(app, b"two").await);
    // As it stands after the first transaction: of one the object is still there, of the other the row only.
    set(app, "UPDATE documents SET deleting_at = 1, wrapped_key = NULL").await;
    let gone = place(app, before_row).await.unwrap();
    app.documents.objects().delete(&gone).await.unwrap();
    for id in [before_object, before_row] {
        assert!(matches!(
            service::read(app, id).await,
            Err(DocumentError::Missing)
        ));
        let mut tx = app.store.write().await.unwrap();
        let held = service::hold(app, &mut tx, id, Call::own(world.now())).await;
        assert!(
            matches!(held, Err(StoreError::Changed)),
            "nothing is left to be held"
        );
    }
    assert_eq!(job::delete_due(app).await.unwrap(), 2);
    assert!(place(app, before_object).await.is_none());
    assert_eq!(told(app, "document_deleted").await, 2);
    assert_eq!(count(app, "SELECT COUNT(*) FROM documents").await, 0);
}

#[rstest]
#[tokio::test]
async fn two_nodes_delete_a_document_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let node = world.node(3).await;
    for bytes in [b"a", b"b", b"c"] {
        keep(&world.app, bytes).await;
    }
    world.advance(DAY * 30);
    let (one, other) = join(job::delete_due(&world.app), job::delete_due(&node)).await;
    assert_eq!(one.unwrap() + other.unwrap(), 3);
    assert_eq!(told(&world.app, "document_deleted").await, 3);
}

#[tokio::test]
async fn a_folder_keeps_documents_from_one_start_to_the_next() {
    let world = World::new(Engine::Sqlite).await;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("documents");
    let start = || {
        again(
            &world,
            Documents::in_folder(&folder).unwrap(),
            world.app.keys.clone(),
        )
    };
    let id = keep(&start(), b"on a disk").await;
    let next = start();
    assert_eq!(service::read(&next, id).await.unwrap(), b"on a disk");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    world.advance(DAY * 30);
    assert_eq!(job::delete_due(&next).await.unwrap(), 1);
    assert!(place(&next, id).await.is_none());
    assert_eq!(job::sweep_all(&next).await.unwrap(), 0);
}

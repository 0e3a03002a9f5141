//! Centres on both engines: imported from a file, read as they were written, and never changed under a place that is being taken.

use rstest::rstest;
use server::centres::import::{self, ImportError, Imported, Row, Wrong};
use server::centres::service::{self as centres};
use server::centres::store;
use server::store::{Store, StoreError, Tx};
use shared::api::FieldCode;
use shared::centres::{CentreId, Mode, Procedure, Zone};
use shared::time::{CivilDate, Timestamp};
use std::time::Duration;
use tests::{Engine, World};

const FILE: &str = "\
code,name,province,canton,address,latitude,longitude,map_link,hours,counters,procedures,modes,holidays
uio-1,Quito Norte,17,QUITO,Av. Inventada 1,-0.1,-78.48,,mon-fri 08:00-16:40,4,\"recovery,unlock\",\"in_person,video\",2026-12-06 Fundación; 2026-12-24 Nochebuena
GPS,Santa Cruz,Galápagos,Santa Cruz,Av. Inventada 2,,,https://maps.example/gps,mon 08:00-09:00,1,,,
";

/// The columns that every file has.
const NEEDED: &str = "code,name,province,canton,address,hours,counters";

fn rows(file: &str) -> Vec<Row> {
    import::read(file.as_bytes()).unwrap()
}

fn wrong(file: &str) -> Vec<String> {
    let wrong: Vec<Wrong> = import::read(file.as_bytes()).unwrap_err();
    wrong.iter().map(ToString::to_string).collect()
}

fn day(text: &str) -> CivilDate {
    text.parse().unwrap()
}

async fn id_of(store: &Store, code: &str) -> CentreId {
    let mut tx = store.read().await.unwrap();
    store::by_code(&mut tx, &code.parse().unwrap())
        .await
        .unwrap()
        .unwrap()
        .id
}

async fn slots(world: &World, id: CentreId, on: &str, now: Timestamp) -> usize {
    let mut tx = world.app.store.read().await.unwrap();
    let slots = centres::places_of_day(
        &world.app,
        &mut tx,
        id,
        Procedure::Recovery,
        Mode::InPerson,
        day(on),
        now,
    );
    slots.await.unwrap().len()
}

#[rstest]
#[tokio::test]
async fn a_file_is_imported_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let first = import::write(&world.app, rows(FILE), 0).await.unwrap();
    assert_eq!(
        first,
        Imported {
            centres: 2,
            changed: 2,
            cancelled: 0
        }
    );
    let before = world.everything().await;
    let again = import::write(&world.app, rows(FILE), 0).await.unwrap();
    assert_eq!((again.centres, again.changed), (2, 0));
    assert_eq!(
        world.everything().await,
        before,
        "nothing is written the second time"
    );

    let quito = id_of(&world.app.store, "UIO-1").await;
    let islands = id_of(&world.app.store, "GPS").await;
    let mut tx = world.app.store.read().await.unwrap();
    let mut all = centres::all_timed(&mut tx, world.now()).await.unwrap();
    all.sort_by_key(|timed| timed.centre.details.code.clone());
    drop(tx);
    let (gps, uio) = (&all[0], &all[1]);
    assert_eq!((uio.centre.id, gps.centre.id), (quito, islands));
    assert_eq!(uio.centre.details, rows(FILE)[0].details);
    assert_eq!(uio.centre.details.canton.as_str(), "Quito", "spelt as on the map");
    assert_eq!(
        (gps.centre.zone(), uio.centre.zone()),
        (Zone::Galapagos, Zone::Mainland)
    );
    assert!(
        uio.centre
            .map_link()
            .unwrap()
            .as_str()
            .contains("mlat=-0.100000&mlon=-78.480000")
    );
    assert_eq!(
        gps.centre.map_link().unwrap().as_str(),
        "https://maps.example/gps"
    );
    assert_eq!(gps.centre.details.procedures.iter().count(), Procedure::ALL.len());
    assert_eq!(
        gps.centre.details.modes.iter().collect::<Vec<_>>(),
        [Mode::InPerson]
    );

    // The world begins on Monday, 23 November 2026, at ten in Quito and nine in Galápagos.
    let now = world.now();
    assert_eq!(slots(&world, quito, "2026-11-24", now).await, 26);
    assert_eq!(
        slots(&world, quito, "2026-12-24", now).await,
        0,
        "beyond the horizon, and a holiday"
    );
    assert_eq!(
        slots(&world, islands, "2026-11-23", now).await,
        0,
        "its day is over"
    );
    let earlier = now.before(Duration::from_hours(2));
    assert_eq!(
        slots(&world, islands, "2026-11-23", earlier).await,
        3,
        "seven in Galápagos"
    );
}

#[rstest]
#[tokio::test]
async fn another_file_changes_what_differs_and_holidays_only_where_it_has_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    import::write(&world.app, rows(FILE), 0).await.unwrap();
    let quito = id_of(&world.app.store, "UIO-1").await;
    let other = format!("{NEEDED}\nUIO-1,Quito Norte,17,Quito,Av. Inventada 1,mon-fri 08:00-12:00,2\n");
    let done = import::write(&world.app, rows(&other), 0).await.unwrap();
    assert_eq!((done.centres, done.changed), (1, 1));
    assert_eq!(
        id_of(&world.app.store, "UIO-1").await,
        quito,
        "it is the same centre"
    );
    assert_eq!(slots(&world, quito, "2026-11-24", world.now()).await, 12);
    let mut tx = world.app.store.read().await.unwrap();
    let timed = centres::timed(&mut tx, quito, world.now())
        .await
        .unwrap()
        .unwrap();
    assert!(
        timed.timetable.holidays.contains(&day("2026-12-24")),
        "the file says nothing of holidays"
    );
    assert_eq!(timed.centre.version, 2);
    drop(tx);

    let none =
        format!("{NEEDED},holidays\nUIO-1,Quito Norte,17,Quito,Av. Inventada 1,mon-fri 08:00-12:00,2,\n");
    let done = import::write(&world.app, rows(&none), 0).await.unwrap();
    assert_eq!(done.changed, 1);
    let mut tx = world.app.store.read().await.unwrap();
    let timed = centres::timed(&mut tx, quito, world.now())
        .await
        .unwrap()
        .unwrap();
    assert!(
        timed.timetable.holidays.is_empty(),
        "the file says that there are none"
    );
}

#[test]
fn every_mistake_is_told_with_its_line_and_column() {
    let file = format!(
        "{NEEDED},latitude,longitude,map_link,modes,holidays\n\
         A1,Uno,17,Quito,Calle 1,mon 08:00-12:00,1,,,,,\n\
         ,Dos,99,Quito,Calle 2,lunes,0,-0.1,,http://x,walk,25-12-2026 Navidad\n\
         A3,Tres,17,Guayaquil,Calle 3,mon 08:00-12:00,1,,,,,\n\
         A1,Cuatro,17,Quito,Calle 4,mon 12:00-08:00,1,,,,,\n\
         a1,Cinco,17,Quito,Calle 5,mon 08:00-12:00,1,,,,,2026-12-25 Uno; 2026-12-25 Dos\n\
         A1,Seis,17,Quito,Calle 6,mon 08:00-12:00,1,,,,,\n\
         A7,Siete\n"
    );
    assert_eq!(
        wrong(&file),
        [
            "line 3, column code: missing",
            "line 3, column province: province",
            "line 3, column map_link: malformed",
            "line 3, column longitude: missing",
            "line 3, column hours: malformed",
            "line 3, column counters: out_of_range",
            "line 3, column modes: not_offered",
            "line 3, column holidays: malformed",
            "line 4, column canton: not_offered",
            "line 5, column hours: out_of_range",
            "line 6, column holidays: already_used",
            "line 7, column code: already_used",
            "line 8: length",
        ]
    );
}

#[test]
fn a_file_without_a_column_or_with_one_twice_is_refused() {
    assert_eq!(
        wrong("code,name,province,canton,address,hours,HOURS\n"),
        [
            "line 1, column hours: already_used",
            "line 1, column counters: missing"
        ]
    );
    assert_eq!(wrong("").len(), 7);
}

#[test]
fn a_file_may_come_from_a_spreadsheet() {
    let semicolons = format!(
        "\u{feff}{}\r\nA1;Uno;09;GUAYAQUIL;\"Calle 1; piso 2\";\"mon 08:00-12:00; tue 08:00-12:00\";3\r\n",
        NEEDED.replace(',', ";")
    );
    let rows = rows(&semicolons);
    assert_eq!(rows[0].details.address.as_str(), "Calle 1; piso 2");
    assert_eq!(rows[0].details.hours.to_string(), "mon-tue 08:00-12:00");
    let latin: Vec<u8> = format!("{NEEDED}\nA1,Uno,17,Quito,Calle 1,mon 08:00-12:00,1\nA2,Dos,17,Quito,Av. ")
        .bytes()
        .chain([0xd1])
        .chain(*b"u,mon 08:00-12:00,1\n")
        .collect();
    let refused = import::read(&latin).unwrap_err();
    assert_eq!((refused[0].line, refused[0].reason), (3, FieldCode::Characters));
}

#[rstest]
#[tokio::test]
async fn a_file_with_a_mistake_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let before = world.everything().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("centros.csv");
    std::fs::write(&path, format!("{FILE}BAD,Malo,17,Quito,Calle,,,,never,1,,,\n")).unwrap();
    let refused = import::import(&world.app, &path, 0).await.unwrap_err();
    assert!(
        matches!(&refused, ImportError::Wrong(wrong) if wrong.len() == 1),
        "{refused}"
    );
    assert!(refused.to_string().contains("line 4, column hours: malformed"));
    assert_eq!(world.everything().await, before);
    let missing = import::import(&world.app, &folder.path().join("none.csv"), 0).await;
    assert!(matches!(missing, Err(ImportError::File(_))));
}

/// A transaction that does not wait for locks, so that a test need not either.
async fn impatient(store: &Store) -> Tx {
    let mut tx = store.write().await.unwrap();
    server::on!(&mut tx, |conn| async {
        sqlx::query("SET LOCAL lock_timeout = '1ms'")
            .execute(conn)
            .await
            .map(|_| ())
    })
    .unwrap();
    tx
}

async fn refer(tx: &mut Tx, centre: CentreId, world: &World) -> Result<(), StoreError> {
    let row = store::ClosureRow {
        id: shared::centres::ClosureId::new(world.now(), world.app.entropy.bytes()),
        centre,
        closure: shared::centres::Closure {
            from: world.now(),
            until: world.now(),
        },
    };
    store::insert_closure(tx, &row).await
}

/// On SQLite there is one writer; here is what keeps the two apart on PostgreSQL. A closure stands for a place that is taken: both
/// are rows that refer to the centre.
#[tokio::test]
async fn a_change_of_a_centre_and_a_row_that_refers_to_it_wait_for_each_other() {
    let world = World::new(Engine::Postgres).await;
    import::write(&world.app, rows(FILE), 0).await.unwrap();
    let centre = id_of(&world.app.store, "UIO-1").await;
    let other = id_of(&world.app.store, "GPS").await;

    let mut taking = world.app.store.write().await.unwrap();
    refer(&mut taking, centre, &world).await.unwrap();
    let mut changing = impatient(&world.app.store).await;
    assert!(
        store::raise(&mut changing, other).await.unwrap(),
        "another centre is not in the way"
    );
    let waited = store::raise(&mut changing, centre).await;
    assert!(matches!(waited, Err(StoreError::Busy(_))), "{waited:?}");
    drop(changing);
    taking.commit().await.unwrap();

    let mut changing = world.app.store.write().await.unwrap();
    assert!(store::raise(&mut changing, centre).await.unwrap());
    let mut taking = impatient(&world.app.store).await;
    let waited = refer(&mut taking, centre, &world).await;
    assert!(matches!(waited, Err(StoreError::Busy(_))), "{waited:?}");
    drop(taking);
    changing.commit().await.unwrap();

    // Two who take places do not wait for each other.
    let mut one = world.app.store.write().await.unwrap();
    refer(&mut one, centre, &world).await.unwrap();
    let mut two = impatient(&world.app.store).await;
    refer(&mut two, centre, &world).await.unwrap();
}

#[test]
fn what_no_sheet_can_show_is_no_row() {
    let file = format!(
        "{NEEDED}\nUIO-1,Quito 機,17,Quito,Av. 関 1,mon 08:00-09:00,1\nUIO-2,Quito Ñuñoa,17,Quito,Av. 1,mon 08:00-09:00,1\n"
    );
    let refused = import::read(file.as_bytes()).unwrap_err();
    let told: Vec<_> = refused
        .iter()
        .map(|one| (one.line, one.column, one.reason))
        .collect();
    assert_eq!(
        told,
        [
            (2, Some("name"), FieldCode::Characters),
            (2, Some("address"), FieldCode::Characters)
        ]
    );
}

//! Importing official data on both engines: what is found, that twice is once, and that a killed import can be repeated.

use rstest::rstest;
use server::app::{App, Foundation};
use server::config::Config;
use server::entropy::Entropy;
use server::http::spa::Site;
use server::leaks::Leaks;
use server::meters::Meters;
use server::registries::{self, ImportError, Registries, Summary};
use server::store::Store;
use shared::obligations::Standing;
use shared::registries::TaxpayerStatus;
use std::path::Path;
use tests::sri_file::{Columns, Damage, Expected, LineEnd, Shape, Text};
use tests::{Engine, World};

async fn import(app: &App, path: &Path) -> Result<Summary, ImportError> {
    registries::import_sri(app, path, &mut |_| {}).await
}

async fn count(store: &Store, sql: &'static str) -> u64 {
    let mut tx = store.read().await.expect("the database answers");
    let (count,): (i64,) =
        server::on!(&mut tx, |conn| sqlx::query_as(sql).fetch_one(conn)).expect("the statement is sound");
    u64::try_from(count).expect("a count is not negative")
}

async fn taxpayers(store: &Store) -> u64 {
    count(store, "SELECT COUNT(*) FROM taxpayers").await
}

async fn establishments(store: &Store) -> u64 {
    count(store, "SELECT COUNT(*) FROM establishments").await
}

async fn assert_imported(store: &Store, summary: &Summary, expected: &Expected) {
    assert_eq!(
        (summary.rows, summary.rejected, summary.with_gaps),
        (expected.rows, expected.rejected, expected.with_gaps)
    );
    assert_eq!(taxpayers(store).await, expected.taxpayers);
    assert_eq!(establishments(store).await, expected.establishments);
}

#[rstest]
#[case::old_files(Text::Latin1, LineEnd::CrLf, Columns::Usual)]
#[case::new_files(Text::Utf8, LineEnd::Lf, Columns::More)]
#[case::marked_and_reversed(Text::Utf8Marked, LineEnd::CrLf, Columns::Reversed)]
#[case::few_columns(Text::Latin1, LineEnd::Lf, Columns::Fewer)]
#[tokio::test]
async fn every_quirk_is_read_and_twice_changes_nothing(
    #[case] text: Text,
    #[case] end: LineEnd,
    #[case] columns: Columns,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let store = &world.app.store;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("SRI_RUC_Pichincha.csv");
    let expected = Shape {
        text,
        end,
        columns,
        ..Shape::quirky()
    }
    .write(&path)
    .unwrap();
    assert!(
        expected.rejected > 500 && expected.with_gaps > 150,
        "the file has quirks: {expected:?}"
    );

    let first = import(&world.app, &path).await.unwrap();
    assert_imported(store, &first, &expected).await;
    assert!(first.changed >= expected.taxpayers + expected.establishments);
    let remarks = std::fs::read_to_string(first.rejects.as_ref().unwrap()).unwrap();
    assert_eq!(
        remarks.lines().filter(|line| line.contains(",rejected,")).count() as u64,
        expected.rejected
    );
    assert_eq!(remarks.lines().next(), Some("line,verdict,field,reason"));

    let second = import(&world.app, &path).await.unwrap();
    assert_eq!(second.changed, 0);
    assert_imported(store, &second, &expected).await;
}

#[rstest]
#[tokio::test]
async fn an_import_that_was_killed_is_repeated_whole(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let store = &world.app.store;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("SRI_RUC_Guayas.csv");
    let expected = Shape {
        rows: 60_000,
        damage: Damage::None,
        ..Shape::quirky()
    }
    .write(&path)
    .unwrap();

    // The import is dropped in the middle of a transaction, as a killed process would leave it.
    let far_enough = tokio::sync::Notify::new();
    let mut watch = |progress: registries::Progress| {
        if progress.rows > 45_000 {
            far_enough.notify_one();
        }
    };
    tokio::select! {
        done = registries::import_sri(&world.app, &path, &mut watch) => panic!("it ended before it could be killed: {done:?}"),
        () = far_enough.notified() => {}
    }

    let left = taxpayers(store).await;
    assert!(
        left > 0 && left < expected.taxpayers,
        "{left} of {}",
        expected.taxpayers
    );
    // Whole rows only: no establishment without its taxpayer.
    let orphans =
        "SELECT COUNT(*) FROM establishments e LEFT JOIN taxpayers t ON t.ruc = e.ruc WHERE t.ruc IS NULL";
    assert_eq!(count(store, orphans).await, 0);

    let again = import(&world.app, &path).await.unwrap();
    assert_imported(store, &again, &expected).await;
    assert_eq!(import(&world.app, &path).await.unwrap().changed, 0);
}

#[rstest]
#[tokio::test]
async fn an_older_file_does_not_undo_a_newer_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let store = &world.app.store;
    let folder = tempfile::tempdir().unwrap();
    let header = "NUMERO_RUC|RAZON_SOCIAL|ESTADO_CONTRIBUYENTE|FECHA_ACTUALIZACION\n";
    let file = |name: &str, rows: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{header}{rows}")).unwrap();
        path
    };
    let newer = file(
        "newer.csv",
        "1790011674001|NUEVA S.A.|SUSPENDIDO|2025-02-01 00:00:00\n",
    );
    let older = file(
        "older.csv",
        "1790011674001|VIEJA S.A.|ACTIVO|2024-02-01 00:00:00\n",
    );
    let both = file(
        "both.csv",
        "1790011674001|NUEVA S.A.|SUSPENDIDO|2025-02-01 00:00:00\n1790011674001|VIEJA S.A.|ACTIVO|2024-02-01 00:00:00\n",
    );
    import(&world.app, &newer).await.unwrap();
    assert_eq!(import(&world.app, &older).await.unwrap().changed, 0);
    assert_eq!(import(&world.app, &both).await.unwrap().changed, 0);
    let ruc = "1790011674001".parse().unwrap();
    let known = Registries::imported(store).taxpayer(&ruc).await.unwrap().unwrap();
    assert_eq!(
        (known.name.as_str(), known.status),
        ("NUEVA S.A.", TaxpayerStatus::Suspended)
    );
}

#[rstest]
#[tokio::test]
async fn a_taxpayer_is_read_back_as_the_file_said(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let store = &world.app.store;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.csv");
    let rows = "NUMERO_RUC|RAZON_SOCIAL|ESTADO_CONTRIBUYENTE|TIPO_CONTRIBUYENTE|FECHA_INICIO_ACTIVIDADES|NUMERO_ESTABLECIMIENTO|ESTADO_ESTABLECIMIENTO|DESCRIPCION_PROVINCIA_EST|DESCRIPCION_CANTON_EST|CODIGO_CIIU|ACTIVIDAD_ECONOMICA\n\
        1790011674001|\"UNO \"\"S.A.\"\"\"|ACTIVO|SOCIEDADES|1999-12-31 00:00:00|001|CER|PICHINCHA|QUITO|G471101|VENTA AL POR MENOR\n\
        1790011674001|\"UNO \"\"S.A.\"\"\"|ACTIVO|SOCIEDADES|1999-12-31 00:00:00|002|ABI|GUAYAS|DURÁN|C1030.11|JUGOS\n\
        1790011674001|\"UNO \"\"S.A.\"\"\"|ACTIVO|SOCIEDADES|1999-12-31 00:00:00|003|ABI|GUAYAS|DURÁN|I5610|COMIDAS\n";
    std::fs::write(&path, rows).unwrap();
    import(&world.app, &path).await.unwrap();
    let registries = Registries::imported(store);
    let known = registries
        .taxpayer(&"1790011674001".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(known.name, "UNO \"S.A.\"");
    assert_eq!(known.kind, Some(shared::registries::TaxpayerKind::LegalEntity));
    assert_eq!(known.activities_started_on, Some("1999-12-31".parse().unwrap()));
    assert_eq!(known.ruc_issued_on, None, "the open files do not tell it");
    let office = known.head_office.unwrap();
    assert_eq!(
        (office.province.as_str(), office.canton.as_str()),
        ("GUAYAS", "DURÁN"),
        "the first one is closed"
    );
    assert_eq!(
        known.main_activity,
        Some("C103011".parse().unwrap()),
        "without its dots"
    );
    assert!(
        registries
            .taxpayer(&"1792060346001".parse().unwrap())
            .await
            .unwrap()
            .is_none()
    );
}

#[rstest]
#[case::empty("", "no header")]
#[case::other("a;b;c\n1;2;3\n", "NUMERO_RUC")]
#[case::twice("NUMERO_RUC|NUMERO_RUC|RAZON_SOCIAL|ESTADO_CONTRIBUYENTE\n", "NUMERO_RUC")]
#[case::no_state("NUMERO_RUC|RAZON_SOCIAL\n", "ESTADO_CONTRIBUYENTE")]
#[tokio::test]
async fn a_file_of_another_kind_is_refused_whole(#[case] content: &str, #[case] names: &str) {
    let world = World::new(Engine::Sqlite).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.csv");
    std::fs::write(&path, content).unwrap();
    let error = import(&world.app, &path).await.unwrap_err();
    assert!(error.to_string().contains(names), "{error}");
    assert_eq!(taxpayers(&world.app.store).await, 0);
}

#[rstest]
#[tokio::test]
async fn every_bulk_statement_is_sound(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use sqlx::{Executor, SqlSafeStr};
    let world = World::new(engine).await;
    let mut tx = world.app.store.read().await.unwrap();
    for sql in registries::bulk_queries(&tx).chain(server::accounts::store::bulk_queries(&tx)) {
        server::on!(&mut tx, |conn| async {
            conn.prepare(sql.into_sql_str()).await.map(|_| ())
        })
        .unwrap();
    }
}

const PERSONS: &str = "id,given_names,surnames,birth_date,birth_province,birth_canton,married_on,address,previous_addresses\n\
    3059000004,Ana María,Pérez Ñauta,1975-03-14,AZUAY,CUENCA,1999-08-21,Quito: Av. Colón,\"Quito: Av. Amazonas / Cuenca: Calle Loja\"\n\
    EXT00077,John,Doe,1980-01-01,,,,,\n";
const EMPLOYERS: &str = "employer;branch;name;representative;appointed_on;ruc_issued_on;incorporated_on;registered_on;first_worker_in;workers;branches;address;previous_addresses;debit_bank;debit_last_four;email;phone;language\n\
    1790011674001;;Uno S.A.;3059000004;2020-05-06;2009-05-12;2009-04-30;2009-06-01;2009-07;2026-02: 13 / 2026-01: 12;5;Quito: Av. Colón;Quito: Av. Atahualpa / Quito: Av. Patria;BANCO DEL PACIFICO;0042;uno@empresa.example;0991234567;es\n\
    1790011674001;0002;Uno S.A.;EXT00077;2020-05-06;2009-05-12;2009-04-30;;;;;;;;;;;en\n\
    1792060346001;;Dos S.A.;3059000005;;;;;;;;;;;;;;\n";

#[rstest]
#[tokio::test]
async fn persons_and_employers_are_read_back_and_have_accounts(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let (app, store) = (&world.app, &world.app.store);
    let folder = tempfile::tempdir().unwrap();
    let (persons, employers) = (
        folder.path().join("persons.csv"),
        folder.path().join("employers.csv"),
    );
    std::fs::write(&persons, PERSONS).unwrap();
    std::fs::write(&employers, EMPLOYERS).unwrap();
    let first = registries::import_persons(app, &persons, &mut |_| {})
        .await
        .unwrap();
    assert_eq!((first.rows, first.rejected, first.changed), (2, 0, 2));
    let first = registries::import_employers(app, &employers, &mut |_| {})
        .await
        .unwrap();
    assert_eq!((first.rows, first.rejected), (3, 1));
    let remarks = std::fs::read_to_string(first.rejects.unwrap()).unwrap();
    assert_eq!(
        remarks,
        "line,verdict,field,reason\n4,rejected,representative,check_digit\n"
    );

    let asked = Registries::imported(store);
    let (ruc, branch) = ("1790011674001".parse().unwrap(), "0001".parse().unwrap());
    let known = asked
        .person(&"3059000004".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (known.given_names.as_str(), known.surnames.as_str()),
        ("Ana María", "Pérez Ñauta")
    );
    assert_eq!(known.birth_date, "1975-03-14".parse().unwrap());
    assert_eq!(known.previous_addresses[1].to_string(), "Calle Loja, Cuenca");
    assert_eq!(known.address.unwrap().to_string(), "Av. Colón, Quito");
    assert_eq!(known.married_on, Some("1999-08-21".parse().unwrap()));
    let born_in = known.birthplace.unwrap();
    assert_eq!(
        (born_in.province.as_str(), born_in.canton.as_str()),
        ("AZUAY", "CUENCA")
    );
    let foreigner = asked.person(&"EXT00077".parse().unwrap()).await.unwrap().unwrap();
    assert!(foreigner.birthplace.is_none() && foreigner.married_on.is_none() && foreigner.address.is_none());
    let record = asked.employer(&ruc, &branch).await.unwrap().unwrap();
    assert_eq!(
        record.workers.iter().map(|one| one.workers).collect::<Vec<_>>(),
        [12, 13]
    );
    assert_eq!(record.registered_on, Some("2009-06-01".parse().unwrap()));
    assert_eq!(record.first_worker_in, Some("2009-07".parse().unwrap()));
    assert_eq!(record.branches, Some(5));
    assert_eq!(record.address.unwrap().to_string(), "Av. Colón, Quito");
    assert_eq!(record.previous_addresses[1].to_string(), "Av. Patria, Quito");
    let second = asked
        .employer(&ruc, &"0002".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(second.branches, Some(2), "as many as there are rows");
    assert!(second.registered_on.is_none() && second.first_worker_in.is_none() && second.address.is_none());
    let debited = record.debit_account.unwrap();
    assert_eq!(
        (debited.bank.as_str(), debited.last_four.as_str()),
        ("Banco del Pacífico", "0042")
    );
    assert!(
        asked
            .employer(&ruc, &"0003".parse().unwrap())
            .await
            .unwrap()
            .is_none()
    );
    let appointed = asked.appointment(&ruc).await.unwrap().unwrap();
    assert_eq!(appointed.registered_on, Some("2020-05-06".parse().unwrap()));

    let mut tx = store.read().await.unwrap();
    let account = server::accounts::service::find(&mut tx, ruc, branch)
        .await
        .unwrap()
        .unwrap();
    drop(tx);
    assert_eq!(account.email, Some("uno@empresa.example".parse().unwrap()));
    assert_eq!(account.representative_name.expose(), "Ana María Pérez Ñauta");

    // The second time nothing changes, not even a version or the audit log.
    let events = count(store, "SELECT COUNT(*) FROM audit_events").await;
    assert_eq!(
        registries::import_persons(app, &persons, &mut |_| {})
            .await
            .unwrap()
            .changed,
        0
    );
    assert_eq!(
        registries::import_employers(app, &employers, &mut |_| {})
            .await
            .unwrap()
            .changed,
        0
    );
    assert_eq!(count(store, "SELECT COUNT(*) FROM audit_events").await, events);

    // A new address renews the account and nothing else.
    std::fs::write(&employers, EMPLOYERS.replace("uno@empresa", "nuevo@empresa")).unwrap();
    assert_eq!(
        registries::import_employers(app, &employers, &mut |_| {})
            .await
            .unwrap()
            .changed,
        1
    );
    let mut tx = store.read().await.unwrap();
    let renewed = server::accounts::service::find(&mut tx, ruc, branch)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (renewed.id, renewed.email),
        (account.id, Some("nuevo@empresa.example".parse().unwrap()))
    );
    assert_eq!(renewed.version, account.version + 1);
}

#[rstest]
#[tokio::test]
async fn obligations_are_read_back_and_an_older_count_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("obligations.csv");
    let import = async |text: &str| {
        std::fs::write(&path, text).unwrap();
        registries::import_obligations(&world.app, &path, &mut |_| {})
            .await
            .unwrap()
    };
    let header = "employer;branch;standing;debt;unpaid_since;counted_on\n";
    let first = format!(
        "{header}1760001550001;;late;1234.5;2026-08;2026-11-02\n\
         1760001550001;0002;agreement;;;\n\
         1760001550001;0003;owing;1;;\n\
         1760001550001;0003;late;-1;;\n\
         1760001550001;0003;late;1;2026-13;\n"
    );
    let summary = import(&first).await;
    assert_eq!((summary.rows, summary.rejected, summary.changed), (5, 3, 2));
    let remarks = std::fs::read_to_string(summary.rejects.unwrap()).unwrap();
    for remark in [
        "4,rejected,standing,unknown_word",
        "5,rejected,debt,number",
        "6,rejected,unpaid_since,malformed_date",
    ] {
        assert!(remarks.contains(remark), "{remarks}");
    }
    assert_eq!(import(&first).await.changed, 0);

    let registries = Registries::imported(&world.app.store);
    let employer = "1760001550001".parse().unwrap();
    let found = async |branch: &str| {
        let found = registries.obligations(&employer, &branch.parse().unwrap()).await;
        found.unwrap()
    };
    let main = found("0001").await.unwrap();
    assert_eq!(main.standing, Standing::Late);
    assert_eq!(main.debt.unwrap().to_string(), "1234.50");
    assert_eq!(main.unpaid_since.unwrap().to_string(), "2026-08");
    assert_eq!(main.counted_on.unwrap().to_string(), "2026-11-02");
    let other = found("0002").await.unwrap();
    assert_eq!(other.standing, Standing::Agreement);
    assert_eq!(
        (other.debt, other.unpaid_since, other.counted_on),
        (None, None, None)
    );
    assert!(found("0003").await.is_none());

    let older = import(&format!("{header}1760001550001;0001;up_to_date;0;;2026-11-01\n")).await;
    assert_eq!(older.changed, 0);
    let newer = import(&format!("{header}1760001550001;0001;up_to_date;0;;2026-11-03\n")).await;
    assert_eq!(newer.changed, 1);
    assert_eq!(found("0001").await.unwrap().standing, Standing::UpToDate);
}

#[rstest]
#[tokio::test]
async fn an_activity_that_is_no_code_is_not_known(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.csv");
    let rows = "NUMERO_RUC|RAZON_SOCIAL|ESTADO_CONTRIBUYENTE|NUMERO_ESTABLECIMIENTO|CODIGO_CIIU\n\
        1790011674001|UNO S.A.|ACTIVO|001|VENTA DE COMIDAS\n";
    std::fs::write(&path, rows).unwrap();
    import(&world.app, &path).await.unwrap();
    let known = Registries::imported(&world.app.store)
        .taxpayer(&"1790011674001".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert!(known.main_activity.is_none() && known.head_office.is_none());
}

#[rstest]
#[tokio::test]
async fn decades_of_months_fit_into_a_field(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("employers.csv");
    let months: Vec<_> = (1980..2027)
        .flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}: 12345")))
        .collect();
    let rows = format!(
        "employer,name,representative,workers\n1790011674001,Uno S.A.,3059000004,{}\n",
        months.join(" / ")
    );
    assert!(rows.len() > 9000);
    std::fs::write(&path, rows).unwrap();
    let summary = registries::import_employers(&world.app, &path, &mut |_| {})
        .await
        .unwrap();
    assert_eq!((summary.rows, summary.rejected), (1, 0));
    let known = Registries::imported(&world.app.store)
        .employer(
            &"1790011674001".parse().unwrap(),
            &shared::identifiers::Branch::default(),
        )
        .await
        .unwrap()
        .unwrap();
    assert_eq!(known.workers.len(), 47 * 12);
    assert_eq!(known.branches, Some(1));
}

#[rstest]
#[tokio::test]
async fn the_demo_is_loaded_once_and_for_all(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let app = &world.app;
    let first = server::demo::load(app, 500, 7, &mut |_| {}).await.unwrap();
    assert_eq!(first.employers, 500);
    assert_eq!(count(&app.store, "SELECT COUNT(*) FROM accounts").await, 500);
    assert_eq!(count(&app.store, "SELECT COUNT(*) FROM suspensions").await, 1);
    assert!(
        count(
            &app.store,
            "SELECT COUNT(*) FROM accounts WHERE blocked_at IS NOT NULL"
        )
        .await
            > 5
    );
    assert!(count(&app.store, "SELECT COUNT(*) FROM accounts WHERE email IS NULL").await > 5);
    assert_eq!(
        server::demo::load(app, 500, 7, &mut |_| {})
            .await
            .unwrap()
            .changed,
        0
    );

    let shown = server::demo::employer(7, 0, server::demo::Detail::Full).unwrap();
    let asked = Registries::imported(&app.store);
    let identifier = shown.record.employer;
    assert!(asked.employer(&identifier, &shown.record.branch).await.unwrap() == Some(shown.record));
    assert!(asked.person(&shown.person.id).await.unwrap() == Some(shown.person));
    assert!(asked.appointment(&identifier).await.unwrap() == Some(shown.appointment));
    let taxpayer = shown.taxpayer.unwrap();
    assert!(asked.taxpayer(&taxpayer.ruc).await.unwrap() == Some(taxpayer));
}

#[rstest]
#[tokio::test]
async fn a_gateway_never_gets_a_telephone_of_the_demo(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let phones = "SELECT COUNT(*) FROM accounts WHERE phone IS NOT NULL";
    server::demo::load(&world.app, 20, 7, &mut |_| {}).await.unwrap();
    assert_eq!(count(&world.app.store, phones).await, 20);

    // The gateway comes later, and the demo is loaded again.
    let app = with_a_gateway(&world);
    let again = server::demo::load(&app, 20, 7, &mut |_| {}).await.unwrap();
    assert_eq!(count(&world.app.store, phones).await, 0);
    assert!(again.changed > 0);
    let third = server::demo::load(&app, 20, 7, &mut |_| {}).await.unwrap();
    assert_eq!(third.changed, 0);
}

/// The world's server, started again with a gateway.
fn with_a_gateway(world: &World) -> App {
    let section =
        "[sms]\nurl = \"https://gateway.example/send\"\nbody = '{\"to\":\"{number}\",\"text\":\"{text}\"}'";
    let app = &world.app;
    App::build(Foundation {
        config: Config::parse(section, Path::new("/nonexistent")).unwrap(),
        store: app.store.clone(),
        clock: app.clock.clone(),
        entropy: Entropy::seeded(2),
        keys: app.keys.clone(),
        documents: app.documents.clone(),
        site: Site::of(std::iter::empty()),
        mailer: app.notifications.mailer.clone(),
        texter: app.notifications.texter.clone(),
        registries: app.registries.clone(),
        notary: app.notary.clone(),
        meters: Meters::new(),
        leaks: Leaks::built_in(),
    })
}

#[tokio::test]
async fn more_people_than_there_are_numbers_are_refused() {
    let world = World::new(Engine::Sqlite).await;
    let error = server::demo::load(&world.app, u32::MAX, 1, &mut |_| {})
        .await
        .unwrap_err();
    assert!(error.to_string().contains("1800000"), "{error}");
    assert_eq!(count(&world.app.store, "SELECT COUNT(*) FROM accounts").await, 0);
}

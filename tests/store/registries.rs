//! Importing official data on both engines: what is found, that twice is once, and that a killed import can be repeated.

use rstest::rstest;
use server::app::App;
use server::registries::{self, ImportError, Registries, Summary};
use server::store::Store;
use shared::registries::TaxpayerStatus;
use std::path::Path;
use tests::sri_file::{Columns, Damage, Expected, LineEnd, Shape, Text};
use tests::{Engine, World};

async fn import(app: &App, path: &Path) -> Result<Summary, ImportError> {
    registries::import_sri(app, path, &mut |_| {}).await
}

async fn count(store: &Store, sql: &'static str) -> u64 {
    let mut tx = store.read().await.unwrap();
    let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(sql).fetch_one(conn)).unwrap();
    u64::try_from(count).unwrap()
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
    let known = Registries::Imported(store.clone())
        .taxpayer(&ruc)
        .await
        .unwrap()
        .unwrap();
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
    let rows = "NUMERO_RUC|RAZON_SOCIAL|ESTADO_CONTRIBUYENTE|TIPO_CONTRIBUYENTE|FECHA_INICIO_ACTIVIDADES|NUMERO_ESTABLECIMIENTO|ESTADO_ESTABLECIMIENTO|DESCRIPCION_PROVINCIA_EST|DESCRIPCION_CANTON_EST\n\
        1790011674001|\"UNO \"\"S.A.\"\"\"|ACTIVO|SOCIEDADES|1999-12-31 00:00:00|001|CER|PICHINCHA|QUITO\n\
        1790011674001|\"UNO \"\"S.A.\"\"\"|ACTIVO|SOCIEDADES|1999-12-31 00:00:00|002|ABI|GUAYAS|DURÁN\n";
    std::fs::write(&path, rows).unwrap();
    import(&world.app, &path).await.unwrap();
    let registries = Registries::Imported(store.clone());
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
    for sql in registries::bulk_queries(&tx) {
        server::on!(&mut tx, |conn| async {
            conn.prepare(sql.into_sql_str()).await.map(|_| ())
        })
        .unwrap();
    }
}

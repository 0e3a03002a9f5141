//! How long dossiers and their files are kept, and what a legal hold does.

use super::people::*;
use crate::recovery::people::{COMPANY, Condition};
use rstest::rstest;
use server::challenges::Call;
use server::documents::{job as documents, service};
use server::dossiers::job;
use shared::dossiers::Item;
use shared::identifiers::DocumentId;
use std::time::Duration;
use tests::Engine;
use uuid::Uuid;

const KEPT: Duration = Duration::from_hours(24 * 30);

/// A dossier with one file, under a policy that keeps it for thirty days.
async fn with_paper(engine: Engine) -> Counter {
    let mut counter = counter_with(engine, COMPANY, Condition::Good, |policy| {
        policy.retention.dossier_days = 30;
    })
    .await;
    let paper = place(&mut counter.agent, counter.dossier, Item::Letter)
        .await
        .unwrap();
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let reply = send(&mut counter.agent, paper, png.into_inner()).await;
    assert!(reply.status.is_success(), "{}", reply.text());
    counter
}

async fn count(counter: &Counter) -> (i64, i64, i64) {
    let mut tx = counter.world.app.store.read().await.unwrap();
    let mut rows = Vec::new();
    for query in [
        "SELECT COUNT(*) FROM dossiers",
        "SELECT COUNT(*) FROM dossier_items",
        "SELECT COUNT(*) FROM dossier_papers",
    ] {
        let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(query).fetch_one(conn)).unwrap();
        rows.push(count);
    }
    (rows[0], rows[1], rows[2])
}

async fn document(counter: &Counter) -> DocumentId {
    let mut tx = counter.world.app.store.read().await.unwrap();
    let query = "SELECT document_id FROM dossier_papers";
    let (id,): (Uuid,) = server::on!(&mut tx, |conn| sqlx::query_as(query).fetch_one(conn)).unwrap();
    DocumentId::from_uuid(id)
}

#[rstest]
#[tokio::test]
async fn a_dossier_goes_when_its_time_is_over_and_its_files_are_gone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let counter = with_paper(engine).await;
    let app = &counter.world.app;
    counter.world.advance(KEPT.checked_sub(TICK).unwrap());
    assert_eq!(job::sweep(app).await.unwrap(), 0);
    assert_eq!(documents::delete_due(app).await.unwrap(), 0);
    counter.world.advance(TICK);
    // The file first: while it is there, its dossier is.
    assert_eq!(job::sweep(app).await.unwrap(), 0);
    assert_eq!(count(&counter).await.0, 1);
    assert_eq!(documents::delete_due(app).await.unwrap(), 1);
    counter.world.advance(Duration::from_hours(24));
    assert_eq!(job::sweep(app).await.unwrap(), 1);
    assert_eq!(count(&counter).await, (0, 0, 0));
    assert_eq!(job::sweep(app).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn a_legal_hold_keeps_the_file_and_its_dossier(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let counter = with_paper(engine).await;
    let app = &counter.world.app;
    let document = document(&counter).await;
    let mut tx = app.store.write().await.unwrap();
    service::hold(app, &mut tx, document, Call::own(counter.world.now()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    counter.world.advance(KEPT * 3);
    assert_eq!(documents::delete_due(app).await.unwrap(), 0);
    assert_eq!(job::sweep(app).await.unwrap(), 0);
    assert_eq!(count(&counter).await.0, 1);
    service::read(app, document).await.unwrap();

    let mut tx = app.store.write().await.unwrap();
    service::release(app, &mut tx, document, Call::own(counter.world.now()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(documents::delete_due(app).await.unwrap(), 1);
    counter.world.advance(Duration::from_hours(24));
    assert_eq!(job::sweep(app).await.unwrap(), 1);
}

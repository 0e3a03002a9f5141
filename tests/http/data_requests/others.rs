//! What belongs to other people: nobody is given it, and nobody hears of it in silence.

use super::{act, asked, because, open, rows};
use crate::dossiers::people::{self, Counter, found, record};
use crate::recovery::people::{COMPANY, Condition};
use crate::sessions::people::mails;
use rstest::rstest;
use serde_json::Value;
use server::{changed, on};
use shared::api::{ErrorCode, Problem};
use shared::audit::api::{AuditSearch, SearchAudit};
use shared::data_requests::api::{
    CloseDataRequest, DataExport, DataRequestClosing, DataRequestOutcome, DeleteData, ExportData,
    NewDataRequest, OpenDataRequest, Records,
};
use shared::data_requests::{DataRequestKind, SEEN_WITHIN};
use shared::dossiers::{Item, Verdict, Way};
use shared::identifiers::DataRequestId;
use shared::staff::Role;
use std::time::Duration;
use tests::desk::{Desk, desk};
use tests::{Engine, World};

/// Somebody who never represented the company, or did so once.
const FORMER: &str = "0926687856";

/// What the portal has of the official records: here, of the representative and of the company.
async fn import(world: &World) {
    let mut tx = world.app.store.write().await.unwrap();
    changed!(
        &mut tx,
        sqlx::query(
            "INSERT INTO persons (id, given_names, surnames, birth_date, previous_addresses) \
            VALUES ($1, 'MARIA JOSE', 'SALAZAR', '1975-03-02', '[]')"
        )
        .bind(COMPANY.representative)
    )
    .unwrap();
    changed!(
        &mut tx,
        sqlx::query(
            "INSERT INTO employer_records (employer, branch, name, representative, workers, previous_addresses, debit_last_four) \
            VALUES ($1, '0001', 'EMPRESA', $2, '[]', '[]', '4242')"
        )
        .bind(COMPANY.number)
        .bind(COMPANY.representative)
    )
    .unwrap();
    tx.commit().await.unwrap();
}

async fn register(world: &World, supervisor: &mut Desk, representative: &str) -> DataRequestId {
    let asked = NewDataRequest {
        representative: representative.parse().unwrap(),
        ..asked(world, DataRequestKind::Access)
    };
    let list = supervisor.browser.call::<OpenDataRequest>(&asked).await.unwrap();
    list.requests[0].id
}

async fn export(supervisor: &mut Desk, request: DataRequestId) -> Result<DataExport, Problem> {
    supervisor.browser.call::<ExportData>(&act(request)).await
}

/// The acts of a kind: whose account, and which request they name.
async fn acts(world: &World, deed: &str) -> Vec<(bool, bool)> {
    let mut tx = world.app.store.read().await.unwrap();
    let rows: Vec<(bool, bool)> = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT account_id IS NOT NULL, data_request_id IS NOT NULL FROM staff_acts WHERE deed = $1"
    )
    .bind(deed)
    .fetch_all(conn))
    .unwrap();
    rows
}

#[rstest]
#[tokio::test]
async fn somebody_elses_dossiers_cases_and_records_are_not_given_and_the_owner_hears_of_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Counter { world, .. } = people::ready(engine).await;
    import(&world).await;
    let mut citizen = world.browser();
    COMPANY.reach_link(&world, &mut citizen).await;
    let mut supervisor = desk(&world, "Rosa Paz", Role::Supervisor, None).await;
    let request = register(&world, &mut supervisor, FORMER).await;
    let export = export(&mut supervisor, request).await.unwrap();
    assert_eq!(export.records, Records::Withheld);
    let text = export.document.expose();
    for theirs in [
        COMPANY.representative,
        "SALAZAR",
        "1975-03-02",
        "4242",
        "maria@empresa.example",
    ] {
        assert!(!text.contains(theirs), "{theirs} in {text}");
    }
    let document: Value = serde_json::from_str(text).unwrap();
    for what in ["dossiers", "dossier_items", "dossier_actions", "recoveries"] {
        assert!(rows(&document, what).is_empty(), "{what}");
    }
    // Whose the account is hears of it, and the log says for which account and which request.
    let told = mails(&world).await;
    assert!(
        told.iter().any(|subject| subject.contains("datos personales")),
        "{told:?}"
    );
    assert_eq!(acts(&world, "data_exported").await, [(true, true)]);
}

#[rstest]
#[tokio::test]
async fn the_persons_own_dossier_is_given_and_official_records_once_another_officer_saw_who_they_are(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = people::counter(engine, COMPANY, Condition::Good).await;
    import(&counter.world).await;
    let mut supervisor = desk(&counter.world, "Rosa Paz", Role::Supervisor, None).await;
    let request = register(&counter.world, &mut supervisor, COMPANY.representative).await;
    let before = export(&mut supervisor, request).await.unwrap();
    assert_eq!(before.records, Records::Withheld);
    assert!(!before.document.expose().contains("1975-03-02"));
    assert!(
        before.document.expose().contains("maria@empresa.example"),
        "the account is theirs"
    );

    counter.accept_all().await;
    let after = export(&mut supervisor, request).await.unwrap();
    assert_eq!(after.records, Records::Given);
    let document: Value = serde_json::from_str(after.document.expose()).unwrap();
    assert_eq!(
        rows(&document, "record_of_the_person")[0]["birth_date"],
        "1975-03-02"
    );
    assert_eq!(
        rows(&document, "records_of_the_employer")[0]["debit_last_four"],
        "4242"
    );
    assert_eq!(rows(&document, "dossiers").len(), 1);
    assert!(rows(&document, "dossier_items").len() >= 3);

    // What was accepted in error and taken back shows nobody.
    let rejected = found(counter.dossier, Item::Identity, Way::Original, Verdict::Rejected);
    record(&mut counter.agent, &rejected).await.unwrap();
    let over = export(&mut supervisor, request).await.unwrap();
    assert_eq!(over.records, Records::Withheld);
}

#[tokio::test]
async fn an_identity_was_seen_not_long_before_the_request_and_not_by_who_answers() {
    let counter = people::ready(Engine::Sqlite).await;
    let world = counter.world;
    let tick = Duration::from_micros(1);
    let mut supervisor = desk(&world, "Rosa Paz", Role::Supervisor, None).await;
    let seen_at = {
        let mut tx = world.app.store.read().await.unwrap();
        let (at,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
            "SELECT recorded_at FROM dossier_items WHERE item = 'identity'"
        )
        .fetch_one(conn))
        .unwrap();
        shared::time::Timestamp::from_micros(at)
    };
    world.advance(seen_at.after(SEEN_WITHIN).since(world.now()));
    let mut supervisor_later = desk(&world, "Rosa Luna", Role::Supervisor, None).await;
    for (received_at, records) in [
        (seen_at.after(SEEN_WITHIN), Records::Given),
        (seen_at.after(SEEN_WITHIN + tick), Records::Withheld),
    ] {
        let asked = NewDataRequest {
            received_at,
            ..asked(&world, DataRequestKind::Access)
        };
        let list = supervisor_later
            .browser
            .call::<OpenDataRequest>(&asked)
            .await
            .unwrap();
        let newest = list
            .requests
            .iter()
            .find(|one| one.received_at == received_at)
            .unwrap();
        let given = export(&mut supervisor_later, newest.id).await.unwrap();
        assert_eq!(given.records, records);
    }
    // Hers from here on: who answers cannot say alone who the person is.
    let mut tx = world.app.store.write().await.unwrap();
    changed!(
        &mut tx,
        sqlx::query("UPDATE dossier_items SET staff_id = (SELECT id FROM staff WHERE name = 'Rosa Luna') WHERE item = 'identity'")
    )
    .unwrap();
    tx.commit().await.unwrap();
    let asked = NewDataRequest {
        received_at: seen_at.after(SEEN_WITHIN),
        ..asked(&world, DataRequestKind::Access)
    };
    let list = supervisor_later
        .browser
        .call::<OpenDataRequest>(&asked)
        .await
        .unwrap();
    let request = list.requests[0].id;
    let own = export(&mut supervisor_later, request).await.unwrap();
    assert_eq!(own.records, Records::Withheld);
    // The earlier session of the other supervisor is over by now.
    let gone = export(&mut supervisor, request).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::SessionMissing);
}

#[rstest]
#[tokio::test]
async fn a_request_for_an_employer_without_an_account_is_found_in_the_log_by_its_number(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut supervisor) = super::world(engine).await;
    let request = open(&world, &mut supervisor, DataRequestKind::Deletion).await;
    supervisor
        .browser
        .call::<DeleteData>(&act(request))
        .await
        .unwrap();
    let closing = DataRequestClosing {
        request,
        outcome: DataRequestOutcome::Answered,
        reason: because("Se le dijo en persona"),
    };
    supervisor
        .browser
        .call::<CloseDataRequest>(&closing)
        .await
        .unwrap();
    let mut auditor = desk(&world, "Eva Lema", Role::Auditor, None).await;
    let of_company = AuditSearch {
        employer: Some(COMPANY.number.parse().unwrap()),
        ..AuditSearch::default()
    };
    let found = auditor.browser.call::<SearchAudit>(&of_company).await.unwrap();
    for deed in ["data_request_opened", "data_deleted", "data_request_closed"] {
        assert!(
            found.entries.iter().any(|entry| entry.detail.contains(deed)),
            "{deed}"
        );
    }
}

#[tokio::test]
async fn requests_that_are_late_are_measured() {
    let (world, mut supervisor) = super::world(Engine::Sqlite).await;
    open(&world, &mut supervisor, DataRequestKind::Access).await;
    let tick = Duration::from_micros(1);
    let due = shared::data_requests::due(world.now());
    for (at, overdue) in [(due.before(tick), 0), (due, 0), (due.after(tick), 1)] {
        let mut tx = world.app.store.read().await.unwrap();
        server::data_requests::service::measure(&world.app, &mut tx, at)
            .await
            .unwrap();
        let page = world.app.meters.render();
        let line = format!("clavero_data_requests_overdue {overdue}");
        assert!(page.lines().any(|one| one == line), "{page}");
    }
}

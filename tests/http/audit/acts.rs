//! What auditors and administrators do leaves marks of its own, and looking is no use of a desk.

use super::{because, recovered, verify, world};
use crate::recovery::people::{COMPANY, UNKNOWN};
use rstest::rstest;
use server::documents::{Period, service as documents};
use server::on;
use shared::api::ErrorCode;
use shared::audit::Head;
use shared::audit::api::{AuditSearch, SearchAudit, VerifyAsked};
use shared::centres::keeping::ListKeptCentres;
use shared::documents::DocumentClass;
use shared::documents::api::{DocumentChoice, HoldDocument, ListHeldDocuments, ReleaseDocument};
use shared::identifiers::{DocumentId, EmployerIdentifier};
use shared::settings::institution::{ShowInstitution, ShowPolicy};
use shared::staff::{DeedName, Role};
use std::time::Duration;
use tests::desk::{Desk, desk};
use tests::{Engine, World};

async fn kept_document(world: &World) -> DocumentId {
    let class = DocumentClass::SignedRequest;
    let written = documents::write(&world.app, class, b"%PDF-1.7".to_vec(), world.now())
        .await
        .unwrap();
    let mut tx = world.app.store.write().await.unwrap();
    let subject = server::audit::Subject::default();
    let document = documents::keep(&world.app, &mut tx, &written, Period::Request, subject)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    document
}

/// How often a deed stands in the log, as an auditor finds it who asks for that deed.
async fn found(auditor: &mut Desk, deed: DeedName) -> usize {
    let asked = AuditSearch {
        deed: Some(deed),
        ..AuditSearch::default()
    };
    let page = auditor.browser.call::<SearchAudit>(&asked).await.unwrap();
    assert!(page.entries.iter().all(|entry| entry.kind == "staff_acted"));
    let name = format!("\"{}\"", deed.as_str());
    assert!(page.entries.iter().all(|entry| entry.detail.contains(&name)));
    page.entries.len()
}

#[rstest]
#[tokio::test]
async fn a_hold_names_its_document_and_its_auditor_and_the_list_is_looked_at_by_somebody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut auditor) = world(engine).await;
    let document = kept_document(&world).await;
    let choice = DocumentChoice {
        document,
        reason: because("Juicio 77-2026"),
    };
    auditor.browser.call::<HoldDocument>(&choice).await.unwrap();
    auditor.browser.call::<ListHeldDocuments>(&()).await.unwrap();
    auditor.browser.call::<ReleaseDocument>(&choice).await.unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    let acts: Vec<(String, bool)> = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT deed, document_id = $1 FROM staff_acts WHERE document_id IS NOT NULL ORDER BY at, id"
    )
    .bind(document.as_uuid())
    .fetch_all(conn))
    .unwrap();
    let named = |deed: &str| (deed.to_owned(), true);
    assert_eq!(acts, [named("document_held"), named("document_released")]);
    drop(tx);
    assert_eq!(found(&mut auditor, DeedName::DocumentsSeen).await, 1);
    for kind in ["document_held", "document_released"] {
        let asked = AuditSearch {
            kind: Some(kind.into()),
            ..AuditSearch::default()
        };
        let page = auditor.browser.call::<SearchAudit>(&asked).await.unwrap();
        let officer = page.entries[0].officer.as_ref().unwrap();
        assert_eq!(officer.name.to_string(), "Eva Lema", "{kind}");
    }
}

#[rstest]
#[tokio::test]
async fn deeds_are_found_by_name_officer_and_last_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut auditor) = world(engine).await;
    recovered(&world).await;
    let mut other = desk(&world, "Eva Luna", Role::Auditor, None).await;
    let before = world.now();
    found(&mut other, DeedName::AuditVerified).await;
    world.advance(Duration::from_secs(1));
    found(&mut auditor, DeedName::AuditVerified).await;
    assert_eq!(found(&mut auditor, DeedName::AuditSearched).await, 3);
    let of_all = AuditSearch {
        deed: Some(DeedName::AuditSearched),
        until: Some(before.after(Duration::from_micros(1))),
        ..AuditSearch::default()
    };
    let page = auditor.browser.call::<SearchAudit>(&of_all).await.unwrap();
    let [only] = page.entries.as_slice() else {
        panic!("{:?}", page.entries);
    };
    let luna = only.officer.clone().unwrap();
    assert_eq!(luna.name.to_string(), "Eva Luna");
    let of_luna = AuditSearch {
        staff: Some(luna.id),
        deed: Some(DeedName::AuditSearched),
        ..AuditSearch::default()
    };
    let page = auditor.browser.call::<SearchAudit>(&of_luna).await.unwrap();
    assert_eq!(page.entries.len(), 1);
}

#[rstest]
#[tokio::test]
async fn who_was_searched_for_is_found_with_and_without_an_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut auditor) = world(engine).await;
    recovered(&world).await;
    for employer in [COMPANY, UNKNOWN] {
        let of_one = AuditSearch {
            employer: Some(employer.number.parse::<EmployerIdentifier>().unwrap()),
            ..AuditSearch::default()
        };
        auditor.browser.call::<SearchAudit>(&of_one).await.unwrap();
        let again = auditor.browser.call::<SearchAudit>(&of_one).await.unwrap();
        let searches = again
            .entries
            .iter()
            .filter(|entry| entry.detail.contains("audit_searched"));
        assert_eq!(searches.count(), 2, "the first search and this one");
    }
}

#[tokio::test]
async fn a_verification_is_written_down_wherever_it_says_to_begin() {
    let (world, mut auditor) = world(Engine::Sqlite).await;
    recovered(&world).await;
    server::audit::service::seal_all(&world.app).await.unwrap();
    verify(&mut auditor, VerifyAsked::default()).await;
    let from_nothing = VerifyAsked {
        after: Some(Head::EMPTY),
        heads: Vec::new(),
    };
    verify(&mut auditor, from_nothing).await;
    assert_eq!(found(&mut auditor, DeedName::AuditVerified).await, 2);
}

#[tokio::test]
async fn looking_at_what_administrators_keep_is_written_down_and_keeps_no_desk_open() {
    let (world, _) = world(Engine::Sqlite).await;
    let mut keeper = desk(&world, "Leo Ruiz", Role::Administrator, None).await;
    let idle = Duration::from_secs(world.app.policy.staff.idle_seconds.into());
    world.advance(idle.checked_sub(Duration::from_micros(1)).unwrap());
    keeper.browser.call::<ShowInstitution>(&()).await.unwrap();
    keeper.browser.call::<ShowPolicy>(&()).await.unwrap();
    keeper.browser.call::<ListKeptCentres>(&()).await.unwrap();
    world.advance(Duration::from_micros(1));
    let locked = keeper.browser.call::<ShowInstitution>(&()).await.unwrap_err();
    assert_eq!(locked.code, ErrorCode::StaffLocked);
    let mut auditor = desk(&world, "Eva Luna", Role::Auditor, None).await;
    for deed in [
        DeedName::InstitutionSeen,
        DeedName::PolicySeen,
        DeedName::CentresSeen,
    ] {
        assert_eq!(found(&mut auditor, deed).await, 1, "{deed:?}");
    }
}

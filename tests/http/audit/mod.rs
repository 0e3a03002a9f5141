//! What auditors do: search, verify, take along, hold documents.

mod acts;

use crate::recovery::people::{COMPANY, Condition, GOOD, reset};
use rstest::rstest;
use server::audit::service as audit;
use server::documents::{Period, service as documents};
use server::{changed, on};
use shared::api::ErrorCode;
use shared::audit::Head;
use shared::audit::api::{
    AuditExport, AuditFinding, AuditSearch, ExportAsked, ExportAudit, Masking, SearchAudit, VerifyAsked,
    VerifyAudit, VerifyStep,
};
use shared::documents::DocumentClass;
use shared::documents::api::{DocumentChoice, HoldDocument, ListHeldDocuments, ReleaseDocument};
use shared::staff::{ActReason, Role};
use std::collections::BTreeSet;
use std::time::Duration;
use tests::desk::{Desk, desk};
use tests::{Engine, World};

async fn world(engine: Engine) -> (World, Desk) {
    let world = crate::recovery::people::world(engine).await;
    let auditor = desk(&world, "Eva Lema", Role::Auditor, None).await;
    (world, auditor)
}

/// Somebody recovers a password, which leaves events of every kind of actor.
async fn recovered(world: &World) {
    COMPANY.settle(world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let token = COMPANY.reach_link(world, &mut browser).await;
    reset(&mut browser, &token, GOOD).await.unwrap();
}

fn because(words: &str) -> ActReason {
    words.parse().unwrap()
}

async fn verify(auditor: &mut Desk, asked: VerifyAsked) -> VerifyStep {
    auditor.browser.call::<VerifyAudit>(&asked).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn what_is_found_is_masked_unless_a_reason_is_given(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut auditor) = world(engine).await;
    recovered(&world).await;
    let of_company = AuditSearch {
        employer: Some(COMPANY.number.parse().unwrap()),
        ..AuditSearch::default()
    };
    let masked = auditor.browser.call::<SearchAudit>(&of_company).await.unwrap();
    assert_eq!(masked.masking, Masking::Masked);
    assert!(masked.entries.iter().any(|entry| entry.kind == "password_set"));
    let body = serde_json::to_string(&masked).unwrap();
    assert!(!body.contains(COMPANY.number), "{body}");
    assert!(
        masked
            .entries
            .iter()
            .filter_map(|entry| entry.source.as_ref())
            .all(|source| source.expose().ends_with("/24")),
        "networks, not addresses"
    );

    let reason = because("Oficio 12 de la fiscalía");
    let open = AuditSearch {
        reason: Some(reason.clone()),
        ..of_company
    };
    let open = auditor.browser.call::<SearchAudit>(&open).await.unwrap();
    assert_eq!(open.masking, Masking::Open);
    let set = open
        .entries
        .iter()
        .find(|entry| entry.kind == "password_set")
        .unwrap();
    assert!(
        set.employer
            .as_ref()
            .unwrap()
            .expose()
            .starts_with(COMPANY.number)
    );

    // Both searches are acts of hers; the second one's words are shown to whoever gives a reason too.
    let acts = AuditSearch {
        kind: Some("staff_acted".into()),
        reason: Some(reason.clone()),
        ..AuditSearch::default()
    };
    let acts = auditor.browser.call::<SearchAudit>(&acts).await.unwrap();
    let words: BTreeSet<_> = acts
        .entries
        .iter()
        .map(|entry| {
            assert_eq!(entry.officer.as_ref().unwrap().name.to_string(), "Eva Lema");
            (
                entry.detail.contains("audit_unmasked"),
                entry.words.as_ref().map(|words| words.expose().clone()),
            )
        })
        .collect();
    let reason = Some(reason.as_str().to_owned());
    assert_eq!(acts.entries.len(), 3);
    assert_eq!(words, BTreeSet::from([(true, reason), (false, None)]));
}

#[rstest]
#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_filters_hold(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut auditor) = world(engine).await;
    recovered(&world).await;
    let begin = world.now();
    world.advance(Duration::from_secs(1));
    let mut seen = BTreeSet::new();
    let mut asked = AuditSearch {
        until: Some(begin.after(Duration::from_micros(1))),
        ..AuditSearch::default()
    };
    let total = {
        let mut tx = world.app.store.read().await.unwrap();
        let (count,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM audit_events WHERE at <= $1"
        )
        .bind(begin.as_micros())
        .fetch_one(conn))
        .unwrap();
        count
    };
    loop {
        let page = auditor.browser.call::<SearchAudit>(&asked).await.unwrap();
        for entry in &page.entries {
            assert!(entry.at <= begin);
            assert!(seen.insert(entry.id), "twice the same");
        }
        match page.next {
            Some(next) => asked.before = Some(next),
            None => break,
        }
    }
    assert_eq!(i64::try_from(seen.len()).unwrap(), total);
    let kind = AuditSearch {
        kind: Some("password_set".into()),
        ..AuditSearch::default()
    };
    let page = auditor.browser.call::<SearchAudit>(&kind).await.unwrap();
    assert!(!page.entries.is_empty() && page.entries.iter().all(|entry| entry.kind == "password_set"));
    let later = AuditSearch {
        from: Some(begin.after(Duration::from_mins(1))),
        ..AuditSearch::default()
    };
    assert_eq!(
        auditor.browser.call::<SearchAudit>(&later).await.unwrap().entries,
        []
    );
}

#[rstest]
#[tokio::test]
async fn a_log_is_whole_until_somebody_changes_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut auditor) = world(engine).await;
    recovered(&world).await;
    audit::seal_all(&world.app).await.unwrap();
    let step = verify(&mut auditor, VerifyAsked::default()).await;
    assert_eq!((step.findings.as_slice(), step.next), (&[][..], None));
    let head = step.head.unwrap();
    assert_eq!((step.read, step.last), (head.sequence, head.sequence));
    assert!(step.waiting > 0, "the verification itself waits for its seal");

    // Going on from a head, as the page does with a long log.
    let asked = VerifyAsked {
        after: Some(Head::EMPTY),
        heads: vec![head],
    };
    assert_eq!(verify(&mut auditor, asked).await.findings, []);

    let mut tx = world.app.store.write().await.unwrap();
    changed!(
        &mut tx,
        sqlx::query("UPDATE audit_events SET kind = 'nothing' WHERE sequence = 3")
    )
    .unwrap();
    tx.commit().await.unwrap();
    let step = verify(&mut auditor, VerifyAsked::default()).await;
    assert_eq!(step.findings, [AuditFinding::Altered { sequence: 3 }]);

    let mut tx = world.app.store.write().await.unwrap();
    changed!(
        &mut tx,
        sqlx::query("DELETE FROM audit_events WHERE sequence = $1").bind(head.sequence)
    )
    .unwrap();
    tx.commit().await.unwrap();
    let asked = VerifyAsked {
        after: None,
        heads: vec![head],
    };
    let step = verify(&mut auditor, asked).await;
    let (recorded, found) = (head.sequence, head.sequence - 1);
    assert_eq!(
        step.findings,
        [
            AuditFinding::Altered { sequence: 3 },
            AuditFinding::EndDiffers { recorded, found },
            AuditFinding::Truncated {
                exported: recorded,
                found
            },
        ]
    );
}

#[rstest]
#[tokio::test]
async fn what_is_taken_along_verifies_without_the_database(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut auditor) = world(engine).await;
    recovered(&world).await;
    audit::seal_all(&world.app).await.unwrap();
    let mut parts: Vec<AuditExport> = Vec::new();
    loop {
        let asked = ExportAsked {
            after: parts.last().map_or(0, |part| part.head.sequence),
            reason: because("copia anual"),
        };
        let part = auditor.browser.call::<ExportAudit>(&asked).await.unwrap();
        let complete = part.head.sequence == part.last;
        parts.push(part);
        if complete {
            break;
        }
    }
    let (first, last) = (parts.first().unwrap(), parts.last().unwrap());
    let mut file = vec![format!("{{\"before\":\"{}\"}}", first.before)];
    file.extend(
        parts
            .iter()
            .flat_map(|part| &part.lines)
            .map(|line| line.expose().clone()),
    );
    file.push(format!("{{\"head\":\"{}\"}}", last.head));
    let checked = server::audit::check_export(&world.app.keys, file.join("\n").as_bytes()).unwrap();
    assert_eq!((checked.findings.as_slice(), checked.head), (&[][..], last.head));
    assert_eq!(checked.events, last.head.sequence);
    assert_eq!(first.before, Head::EMPTY);

    let beyond = ExportAsked {
        after: last.last + 1000,
        reason: because("copia anual"),
    };
    let refused = auditor.browser.call::<ExportAudit>(&beyond).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
}

#[rstest]
#[tokio::test]
async fn a_document_is_held_once_and_released_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut auditor) = world(engine).await;
    let class = DocumentClass::SignedRequest;
    let written = documents::write(&world.app, class, b"%PDF-1.7".to_vec(), world.now())
        .await
        .unwrap();
    let mut tx = world.app.store.write().await.unwrap();
    let document = documents::keep(
        &world.app,
        &mut tx,
        &written,
        Period::Request,
        server::audit::Subject::default(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let choice = DocumentChoice {
        document,
        reason: because("Juicio 77-2026"),
    };
    let held = auditor.browser.call::<HoldDocument>(&choice).await.unwrap();
    assert_eq!((held.documents.len(), held.documents[0].id), (1, document));
    let again = auditor.browser.call::<HoldDocument>(&choice).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::DocumentUnknown);

    // Its time is over, and it is still there.
    world.advance(Duration::from_hours(24 * 400));
    let mut auditor = desk(&world, "Eva Luna", Role::Auditor, None).await;
    server::documents::job::delete_due(&world.app).await.unwrap();
    assert_eq!(documents::read(&world.app, document).await.unwrap(), b"%PDF-1.7");

    assert_eq!(
        auditor
            .browser
            .call::<ReleaseDocument>(&choice)
            .await
            .unwrap()
            .documents,
        []
    );
    let again = auditor
        .browser
        .call::<ReleaseDocument>(&choice)
        .await
        .unwrap_err();
    assert_eq!(again.code, ErrorCode::DocumentUnknown);
    assert_eq!(
        auditor
            .browser
            .call::<ListHeldDocuments>(&())
            .await
            .unwrap()
            .documents,
        []
    );
    server::documents::job::delete_due(&world.app).await.unwrap();
    assert!(
        documents::read(&world.app, document).await.is_err(),
        "and then it goes"
    );
}

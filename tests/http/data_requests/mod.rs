//! Requests about what is kept: registered, answered, closed.

mod others;

use crate::recovery::people::{COMPANY, Condition, GOOD, reset};
use crate::sessions::people::mails;
use rstest::rstest;
use serde_json::Value;
use server::contacts::store as contacts;
use server::notifications::Address;
use shared::api::{ErrorCode, FieldCode};
use shared::data_requests::api::{
    CloseDataRequest, DataRequestAct, DataRequestClosing, DataRequestList, DataRequestOutcome, Deletable,
    DeleteData, ExportData, ListDataRequests, NewDataRequest, OpenDataRequest, Records,
};
use shared::data_requests::{ANSWERED_WITHIN, DataRequestKind, DataRequestState, due};
use shared::identifiers::{Branch, ContactChangeId, DataRequestId};
use shared::sessions::api::{Credentials, CurrentSession, SignIn};
use shared::staff::{ActReason, Role};
use std::time::Duration;
use tests::desk::{Desk, desk};
use tests::{Browser, Engine, World};

async fn world(engine: Engine) -> (World, Desk) {
    let world = crate::recovery::people::world(engine).await;
    let supervisor = desk(&world, "Rosa Paz", Role::Supervisor, None).await;
    (world, supervisor)
}

/// The owner signs in with the password that was just set.
async fn sign_in(browser: &mut Browser) {
    let credentials = Credentials {
        employer: COMPANY.number.parse().unwrap(),
        branch: Branch::default(),
        delegate: None,
        password: GOOD.into(),
    };
    browser.call::<SignIn>(&credentials).await.unwrap();
}

fn because(words: &str) -> ActReason {
    words.parse().unwrap()
}

fn asked(world: &World, kind: DataRequestKind) -> NewDataRequest {
    NewDataRequest {
        kind,
        employer: COMPANY.number.parse().unwrap(),
        branch: Branch::default(),
        representative: COMPANY.representative.parse().unwrap(),
        received_at: world.now(),
        reason: because("Vino con su cédula original"),
    }
}

async fn open(world: &World, supervisor: &mut Desk, kind: DataRequestKind) -> DataRequestId {
    let list = supervisor
        .browser
        .call::<OpenDataRequest>(&asked(world, kind))
        .await
        .unwrap();
    list.requests[0].id
}

fn act(request: DataRequestId) -> DataRequestAct {
    DataRequestAct {
        request,
        reason: because("Entregado en la ventanilla"),
    }
}

fn rows<'a>(document: &'a Value, what: &str) -> &'a Vec<Value> {
    let kinds = document["kept"].as_array().unwrap();
    let kind = kinds.iter().find(|kind| kind["what"] == what).unwrap();
    kind["rows"].as_array().unwrap()
}

#[rstest]
#[tokio::test]
async fn a_person_is_given_everything_that_is_kept_and_no_secret(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut supervisor) = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    reset(&mut browser, &token, GOOD).await.unwrap();
    sign_in(&mut browser).await;
    let before = Address::Email("antes@empresa.example".parse().unwrap());
    let change = ContactChangeId::new(world.now(), [7; 10]);
    let mut tx = world.app.store.write().await.unwrap();
    contacts::keep_replaced(&mut tx, change, account, &before, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let request = open(&world, &mut supervisor, DataRequestKind::Access).await;
    let export = supervisor
        .browser
        .call::<ExportData>(&act(request))
        .await
        .unwrap();
    let text = export.document.expose();
    let document: Value = serde_json::from_str(text).unwrap();
    assert_eq!(document["employer"], COMPANY.number);
    assert_eq!(rows(&document, "account")[0]["email"], "maria@empresa.example");
    assert_eq!(
        rows(&document, "replaced_contacts")[0]["value"],
        "antes@empresa.example"
    );
    assert_eq!(rows(&document, "sessions").len(), 1);
    assert_eq!(rows(&document, "known_browsers").len(), 1);
    assert_eq!(rows(&document, "recoveries").len(), 1);
    assert!(
        rows(&document, "messages")
            .iter()
            .any(|row| row["kind"] == "recovery_link")
    );
    assert!(
        rows(&document, "events")
            .iter()
            .any(|row| row["kind"] == "password_set")
    );
    assert_eq!(export.records, Records::Withheld, "nobody has seen who asks");
    let opened = rows(&document, "recoveries")[0]["opened_at"].as_str().unwrap();
    assert!(opened.ends_with('Z'), "{opened}");
    for secret in ["argon2", GOOD, token.token.expose().as_str()] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(export.list.requests[0].done_at.is_some());
}

#[rstest]
#[tokio::test]
async fn an_account_of_another_representative_is_not_given_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut supervisor) = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await.unwrap();
    let other = NewDataRequest {
        representative: "E1000001".parse().unwrap(),
        ..asked(&world, DataRequestKind::Access)
    };
    assert_ne!(other.representative, COMPANY.representative.parse().unwrap());
    let list = supervisor.browser.call::<OpenDataRequest>(&other).await.unwrap();
    let request = list.requests[0].id;
    let export = supervisor
        .browser
        .call::<ExportData>(&act(request))
        .await
        .unwrap();
    assert!(!export.document.expose().contains("maria@empresa.example"));
}

#[rstest]
#[tokio::test]
async fn a_deletion_forgets_browsers_and_messages_and_leaves_the_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut supervisor) = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    reset(&mut browser, &token, GOOD).await.unwrap();
    sign_in(&mut browser).await;
    let request = open(&world, &mut supervisor, DataRequestKind::Deletion).await;
    let wrong_kind = supervisor
        .browser
        .call::<ExportData>(&act(request))
        .await
        .unwrap_err();
    assert_eq!(wrong_kind.code, ErrorCode::DataRequestUnknown);
    let deletion = supervisor
        .browser
        .call::<DeleteData>(&act(request))
        .await
        .unwrap();
    let count = |what| deletion.deleted.iter().find(|one| one.what == what).unwrap().rows;
    assert_eq!(count(Deletable::Browsers), 1);
    assert!(count(Deletable::Messages) >= 1);
    assert!(!deletion.kept.is_empty());
    let over = browser.call::<CurrentSession>(&()).await.unwrap_err();
    assert_eq!(over.code, ErrorCode::SessionMissing);
    sign_in(&mut browser).await;
    // The owner is told at every contact.
    let told = mails(&world).await;
    assert!(
        told.iter().any(|subject| subject.contains("datos personales")),
        "{told:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_request_is_closed_as_answered_only_when_it_was_done_and_only_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut supervisor) = world(engine).await;
    let request = open(&world, &mut supervisor, DataRequestKind::Access).await;
    let closing = |outcome| DataRequestClosing {
        request,
        outcome,
        reason: because("Se le envió por correo"),
    };
    let early = closing(DataRequestOutcome::Answered);
    let refused = supervisor
        .browser
        .call::<CloseDataRequest>(&early)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::DataRequestNotDone);
    supervisor
        .browser
        .call::<ExportData>(&act(request))
        .await
        .unwrap();
    let list: DataRequestList = supervisor.browser.call::<CloseDataRequest>(&early).await.unwrap();
    assert_eq!(list.requests[0].state, DataRequestState::Answered);
    for outcome in [DataRequestOutcome::Answered, DataRequestOutcome::Refused] {
        let again = supervisor
            .browser
            .call::<CloseDataRequest>(&closing(outcome))
            .await
            .unwrap_err();
        assert_eq!(again.code, ErrorCode::DataRequestUnknown);
    }
    let after = supervisor
        .browser
        .call::<ExportData>(&act(request))
        .await
        .unwrap_err();
    assert_eq!(after.code, ErrorCode::DataRequestUnknown);
    let list = supervisor.browser.call::<ListDataRequests>(&()).await.unwrap();
    let body = serde_json::to_string(&list).unwrap();
    assert!(!body.contains(COMPANY.number), "{body}");
}

#[tokio::test]
async fn a_request_came_not_later_than_now_and_is_not_registered_too_late() {
    let (world, mut supervisor) = world(Engine::Sqlite).await;
    let tick = Duration::from_micros(1);
    let now = world.now();
    let cases = [
        (now.after(tick), false),
        (now, true),
        (now.before(ANSWERED_WITHIN), true),
        (now.before(ANSWERED_WITHIN + tick), false),
    ];
    for (received_at, good) in cases {
        let asked = NewDataRequest {
            received_at,
            ..asked(&world, DataRequestKind::Access)
        };
        match supervisor.browser.call::<OpenDataRequest>(&asked).await {
            Ok(list) => {
                assert!(good);
                assert!(
                    list.requests
                        .iter()
                        .any(|request| request.due_at == due(received_at))
                );
            }
            Err(problem) => {
                assert!(!good);
                assert_eq!(problem.fields[0].code, FieldCode::OutOfRange);
            }
        }
    }
}

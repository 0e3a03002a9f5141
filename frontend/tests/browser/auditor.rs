//! The pages of auditors and of data requests: what is asked for, what is told, and what is put into a file.

use crate::answers::Answers;
use crate::scene::Scene;
use frontend::audit::AuditPage;
use frontend::data_requests::DataRequestsPage;
use frontend::platform::clock;
use frontend::routes::StaffPage;
use frontend::staff::{Behind, KeysProvider, Officer, StaffSessionProvider};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

const DOCUMENT: &str = "0190f3a0-0000-7000-8000-0000000d0001";
const EVA: &str = "0190f3a0-0000-7000-8000-0000000a0007";
const REQUEST: &str = "0190f3a0-0000-7000-8000-0000000f0001";

/// So many seconds from now, in microseconds.
fn at(seconds: i64) -> i64 {
    clock::now().as_millis() * 1000 + seconds * 1_000_000
}

fn officer(role: &str) -> Value {
    json!({
        "now": at(0), "id": EVA, "name": "Eva Lema", "email": "eva@institucion.ec", "role": role, "centre": null,
        "standing": "open", "ends": { "locks": at(600), "absolute": at(36_000) }, "ways": ["code"], "last_sign_in": null,
    })
}

fn entry(id: &str, kind: &str, officer: Value, detail: &Value) -> Value {
    json!({
        "id": format!("0190f3a0-0000-7000-8000-0000000b000{id}"), "sequence": 7, "at": at(-60), "kind": kind,
        "actor": if officer.is_null() { "system" } else { "officer" }, "officer": officer, "words": null,
        "employer": "17•••••••4001", "source": "192.0.2.0/24", "device": null, "detail": detail.to_string(),
    })
}

/// What a search finds: a document that is kept, and a deed of an officer.
fn found() -> Value {
    let kept = json!({ "kind": "document_kept", "document": DOCUMENT, "class": "signed_request", "until": at(3600) });
    json!({
        "now": at(0), "masking": "masked", "next": null, "kinds": ["document_kept", "staff_acted"],
        "entries": [
            entry("1", "document_kept", Value::Null, &kept),
            entry("2", "staff_acted", json!({ "id": EVA, "name": "Eva Lema" }), &json!({ "deed": "audit_verified" })),
        ],
    })
}

fn held(documents: &Value) -> Value {
    json!({ "now": at(0), "documents": documents })
}

async fn audit_page() -> Scene {
    let show = Callback::from(|officer: Officer| html! { <AuditPage {officer} /> });
    let scene = Scene::of(html! {
        <StaffSessionProvider>
            <KeysProvider><Behind page={StaffPage::Audit} title="Auditoría" {show} /></KeysProvider>
        </StaffSessionProvider>
    });
    let scene = scene.await;
    scene.until("#audit-search").await;
    scene
}

async fn requests_page() -> Scene {
    let show = Callback::from(|officer: Officer| html! { <DataRequestsPage {officer} /> });
    let scene = Scene::of(html! {
        <StaffSessionProvider>
            <KeysProvider><Behind page={StaffPage::DataRequests} title="Datos" {show} /></KeysProvider>
        </StaffSessionProvider>
    });
    let scene = scene.await;
    scene.until(".members").await;
    scene
}

#[wasm_bindgen_test]
async fn a_search_is_asked_by_deed_last_day_and_the_officer_who_was_pressed() {
    let answers = Answers::new([
        ("staff/session", 200, officer("auditor")),
        ("staff/audit/search", 200, found()),
    ]);
    let scene = audit_page().await;
    scene.choose("#deed", "recovery_link_sent").await;
    scene.type_into("#last-day", "2026-11-31").await;
    scene
        .click("[aria-labelledby=audit-search] button[type=submit]")
        .await;
    assert!(scene.find("#last-day-error").is_some(), "no such day");
    assert!(answers.asked("staff/audit/search").is_empty());
    scene.type_into("#last-day", "2026-11-20").await;
    scene
        .click("[aria-labelledby=audit-search] button[type=submit]")
        .await;
    scene.until(".table").await;
    let asked = answers.asked("staff/audit/search").pop().unwrap();
    assert_eq!(asked["deed"], "recovery_link_sent");
    // Until the next day begins in Ecuador, and a day back from there.
    let until = asked["until"].as_i64().unwrap();
    assert_eq!(until, 1_795_237_200_000_000);
    assert_eq!(until - asked["from"].as_i64().unwrap(), 86_400_000_000);
    assert!(asked["reason"].is_null() && asked["staff"].is_null());
    assert!(scene.text().contains("Con los datos de las personas ocultos."));

    scene.press(".table", "Eva Lema").await;
    scene.until_text("Solo lo que hizo Eva Lema.").await;
    let asked = answers.asked("staff/audit/search").pop().unwrap();
    assert_eq!(
        (asked["staff"].as_str(), asked["deed"].as_str()),
        (Some(EVA), Some("recovery_link_sent"))
    );
    scene
        .press("[aria-labelledby=audit-search] form", "De cualquiera")
        .await;
    assert!(!scene.text().contains("Solo lo que hizo"));
}

#[wasm_bindgen_test]
async fn a_document_of_the_log_is_held_with_a_reason_and_released_with_one() {
    let one = json!([{ "id": DOCUMENT, "class": "signed_request", "made_at": at(-90_000), "held_at": at(0), "delete_after": at(90_000) }]);
    let answers = Answers::new([
        ("staff/session", 200, officer("auditor")),
        ("staff/audit/search", 200, found()),
        ("staff/documents/hold", 200, held(&one)),
        ("staff/documents/release", 200, held(&json!([]))),
    ]);
    let scene = audit_page().await;
    assert!(
        answers.asked("staff/documents/held").is_empty(),
        "looking is an act: nobody looks by opening the page"
    );
    scene
        .press("[aria-labelledby=audit-search]", "Ver lo más reciente")
        .await;
    scene.until(".table").await;
    scene.press(".table", "Retener").await;
    scene.settle().await;
    assert_eq!(scene.value_of("#hold-document"), DOCUMENT);
    let hold = "[aria-labelledby=audit-holds]";
    scene.click(&format!("{hold} button[type=submit]")).await;
    assert!(scene.find("#hold-reason-error").is_some());
    assert!(answers.asked("staff/documents/hold").is_empty());
    scene.type_into("#hold-reason", "Juicio 77-2026").await;
    scene.click(&format!("{hold} button[type=submit]")).await;
    scene.until_text("El documento quedó retenido").await;
    let choice = json!({ "document": DOCUMENT, "reason": "Juicio 77-2026" });
    assert_eq!(
        answers.asked("staff/documents/hold"),
        std::slice::from_ref(&choice)
    );
    assert!(
        scene
            .text_of(&format!("{hold} .member"))
            .contains("Solicitud firmada")
    );
    scene
        .press(&format!("{hold} .member"), "Terminar la retención")
        .await;
    scene.until_text("No hay documentos retenidos.").await;
    assert_eq!(answers.asked("staff/documents/release"), [choice]);
}

#[wasm_bindgen_test]
async fn what_is_no_identifier_is_not_sent() {
    let answers = Answers::new([("staff/session", 200, officer("auditor"))]);
    let scene = audit_page().await;
    scene.type_into("#hold-document", "el contrato").await;
    scene.type_into("#hold-reason", "Juicio 77-2026").await;
    scene
        .click("[aria-labelledby=audit-holds] button[type=submit]")
        .await;
    assert!(scene.find("#hold-document-error").is_some());
    assert!(answers.asked("staff/documents/hold").is_empty());
}

#[wasm_bindgen_test]
async fn a_verification_shows_the_head_of_a_whole_log_and_what_does_not_fit_in_another() {
    let head = format!("9:{}", "ab".repeat(32));
    let step = |findings: Value| json!({ "read": 9, "last": 9, "findings": findings, "waiting": 2, "next": null, "head": head });
    let verification = "staff/audit/verification";
    let answers = Answers::new([
        ("staff/session", 200, officer("auditor")),
        (verification, 200, step(json!([]))),
    ]);
    let scene = audit_page().await;
    scene
        .press("[aria-labelledby=audit-verification]", "Comprobar ahora")
        .await;
    scene.until_text("El registro está entero").await;
    assert!(scene.text().contains(&head), "to be kept elsewhere");
    answers.answer(
        verification,
        200,
        step(json!([{ "finding": "altered", "sequence": 3 }])),
    );
    scene
        .press("[aria-labelledby=audit-verification]", "Comprobar ahora")
        .await;
    scene.until_text("El evento 3 no es el que se selló").await;
    assert!(!scene.text().contains("El registro está entero"));
    assert_eq!(answers.asked(verification).len(), 2);
}

/// A request, as the page is told of it.
fn request(kind: &str, state: &str, due: i64) -> Value {
    json!({
        "now": at(0),
        "requests": [{
            "id": REQUEST, "kind": kind, "employer": "17•••••••4001", "branch": "0001", "representative": "17••••••23",
            "received_at": at(due - 15 * 86_400), "due_at": at(due), "state": state, "done_at": null, "closed_at": null,
        }],
    })
}

#[wasm_bindgen_test]
async fn a_late_request_says_so_and_is_done_with_a_reason_only() {
    let list = request("access", "open", -60);
    let given = json!({ "document": "{}", "records": "withheld", "list": list });
    let answers = Answers::new([
        ("staff/session", 200, officer("supervisor")),
        ("staff/data-requests", 200, list),
        ("staff/data-requests/export", 200, given),
    ]);
    let scene = requests_page().await;
    assert!(scene.text_of(".member").contains("Fuera de plazo"));
    scene.press(".member", "Entregar los datos").await;
    assert!(
        answers.asked("staff/data-requests/export").is_empty(),
        "a reason is asked for"
    );
    scene
        .type_into(".member input", "Entregado en la ventanilla")
        .await;
    scene.press(".member", "Entregar los datos").await;
    // Nobody else has seen the cédula: what is missing is told.
    scene.until_text("sin los registros oficiales").await;
    let act = json!({ "request": REQUEST, "reason": "Entregado en la ventanilla" });
    assert_eq!(answers.asked("staff/data-requests/export"), [act]);
}

#[wasm_bindgen_test]
async fn a_deletion_tells_what_went_and_what_stays_and_why() {
    let list = request("deletion", "open", 86_400);
    let told = json!({
        "deleted": [{ "what": "browsers", "rows": 2 }], "kept": [{ "what": "evidence", "because": "evidence" }], "list": list,
    });
    let answers = Answers::new([
        ("staff/session", 200, officer("supervisor")),
        ("staff/data-requests", 200, list),
        ("staff/data-requests/deletion", 200, told),
    ]);
    let scene = requests_page().await;
    assert!(!scene.text_of(".member").contains("Fuera de plazo"));
    scene.type_into(".member input", "Lo pidió por escrito").await;
    scene.press(".member", "Borrar los datos").await;
    scene.until_text("Evidencia de firmas y expedientes").await;
    assert!(
        scene
            .text()
            .contains("prueba lo que se hizo, durante el plazo de la política")
    );
    assert_eq!(answers.asked("staff/data-requests/deletion").len(), 1);
}

//! Signed requests: the page of each stage from views as the server sends them, the lines of a verdict, and picking a file.

use crate::scene::Scene;
use frontend::findings::words;
use frontend::signatures::{Course, PurposePage, Seen, StageProps, Upload, course, standing};
use gloo::timers::future::TimeoutFuture;
use serde_json::{Value, json};
use shared::i18n::{Language, Text};
use shared::signatures::api::SignatureView;
use shared::signatures::{Check, Reason};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew::props;

const SECOND: i64 = 1_000_000;

const SIGNED: &str = "%PDF-1.7 /ByteRange [0 1 2 3]";

fn view(stage: Value) -> Value {
    json!({ "reference": "KQMA", "now": 0, "purpose": "recovery", "contact": null, "stage": stage, "verdict": null })
}

fn issued(left: u8) -> Value {
    json!({ "stage": "issued", "deadline": 3600 * SECOND, "uploads_left": left })
}

/// A verdict in which these checks found something else than a pass.
fn verdict(outcome: &str, found: &[(&str, Value)]) -> Value {
    let lines: Vec<Value> = Check::ALL
        .iter()
        .map(|check| {
            let name = serde_json::to_value(check).unwrap();
            let finding = found
                .iter()
                .find(|(known, _)| name == *known)
                .map_or_else(|| json!({ "finding": "passed" }), |(_, finding)| finding.clone());
            json!({ "check": name, "finding": finding })
        })
        .collect();
    json!({ "outcome": outcome, "at": 0, "lines": lines })
}

fn failed(reason: &str) -> Value {
    json!({ "finding": "failed", "reason": reason })
}

fn unknown(reason: &str) -> Value {
    json!({ "finding": "unknown", "reason": reason })
}

async fn showing(view: Value) -> Scene {
    let view: SignatureView = serde_json::from_value(view).unwrap();
    Scene::of(standing(
        Text::new(Language::Es),
        &props!(StageProps {
            seen: Seen::now(Rc::new(view)),
            show: Callback::noop(),
            onask: Callback::noop(),
            onforget: Callback::noop()
        }),
    ))
    .await
}

async fn at(stage: Value) -> Scene {
    showing(view(stage)).await
}

#[wasm_bindgen_test]
async fn what_it_can_be_for_is_a_choice_of_doors_and_the_key_file_stays_with_the_person() {
    let scene = Scene::of(html! { <PurposePage /> }).await;
    let text = scene.text();
    assert!(
        text.contains(".p12") && text.contains("No entregue a nadie"),
        "{text}"
    );
    let links = scene.hrefs();
    for way in [
        "/firma/clave",
        "/firma/desbloqueo",
        "/firma/correo",
        "/firma/telefono",
    ] {
        assert!(links.contains(&way.to_owned()), "{way}: {links:?}");
    }
}

#[wasm_bindgen_test]
async fn an_issued_request_is_fetched_signed_and_uploaded_in_this_order() {
    let scene = at(issued(5)).await;
    assert_eq!(scene.text_of("h1"), "Firme la solicitud y súbala");
    let text = scene.text();
    let places: Vec<_> = ["1. Descargue", "2. Fírmela", "3. Suba"]
        .map(|step| text.find(step))
        .into_iter()
        .collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
    let link = scene.get("a[download]");
    assert_eq!(
        link.get_attribute("href").as_deref(),
        Some("/api/v1/signature/request.pdf")
    );
    for said in [
        "Quedan 60 minutos",
        "Le quedan 5 envíos",
        "KQMA",
        "clave nueva",
        "FirmaEC",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(
        scene.count(".button:not(.button-secondary, .button-quiet)"),
        1,
        "one primary action"
    );
}

#[wasm_bindgen_test]
async fn a_file_that_failed_is_told_line_by_line_and_another_one_is_taken() {
    let found = [
        ("coverage", failed("changed_after_signing")),
        ("revocation", unknown("revocation_unreachable")),
        ("representative", json!({ "finding": "skipped" })),
    ];
    let mut view = view(issued(1));
    view["verdict"] = verdict("total_failed", &found);
    let scene = showing(view).await;
    assert_eq!(scene.text_of("h1"), "La firma no pasó la revisión");
    assert_eq!(usize::try_from(scene.count(".ticked > li")), Ok(Check::ALL.len()));
    assert_eq!(scene.count(".ticked-wrong > li"), 1);
    let wrong = scene.text_of(".ticked-wrong");
    for said in [
        "Firma sobre todo el documento",
        "No pasó",
        "Algo se agregó al archivo",
        "fírmela una sola vez",
    ] {
        assert!(wrong.contains(said), "{said}: {wrong}");
    }
    let doubtful = scene.text_of(".ticked-doubtful");
    assert!(doubtful.contains("No se pudo saber"), "{doubtful}");
    assert!(
        !doubtful.contains("una persona lo revisa"),
        "nobody decides on a file that failed: {doubtful}"
    );
    let text = scene.text();
    assert!(text.contains("Le queda 1 envío"), "{text}");
    assert!(
        text.contains("Lo que está bien") && !text.contains("Bien"),
        "the rest is folded: {text}"
    );
    assert!(scene.find("input[type=file]").is_some());
}

#[wasm_bindgen_test]
async fn without_uploads_left_nothing_can_be_sent_and_the_way_out_is_there() {
    let mut view = view(issued(0));
    view["verdict"] = verdict("total_failed", &[("file", failed("malformed"))]);
    let scene = showing(view).await;
    assert!(scene.find("input[type=file]").is_none());
    assert!(scene.find("a[download]").is_none());
    let text = scene.text();
    assert!(text.contains("Se usaron todos los envíos"), "{text}");
    assert!(text.contains("Cancelar esta solicitud"), "{text}");
}

#[wasm_bindgen_test]
async fn a_referral_shows_its_number_and_what_to_bring() {
    let mut view = view(json!({ "stage": "referred", "number": "F-7K3M-2Q", "at": 0 }));
    view["verdict"] = verdict(
        "indeterminate",
        &[("revocation", unknown("revocation_unreachable"))],
    );
    let scene = showing(view).await;
    assert_eq!(scene.text_of(".referral-number"), "F-7K3M-2Q");
    assert_eq!(scene.count("h1"), 1);
    let text = scene.text();
    for said in [
        "Una persona revisará",
        "cédula original",
        "31 de diciembre de 1969, 19:00",
        "una persona lo revisa",
        "Imprimir",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[wasm_bindgen_test]
async fn a_pass_leads_where_the_case_goes_on() {
    let passed = |next: Value| json!({ "stage": "passed", "at": 0, "next": next });
    for (next, title, way) in [
        (
            json!({ "next": "recovery" }),
            "La firma es válida",
            "/recuperar/enlace",
        ),
        (
            json!({ "next": "unlock" }),
            "La firma es válida",
            "/desbloquear/enlace",
        ),
        (
            json!({ "next": "frozen" }),
            "Cuenta congelada",
            "/ayuda/account_frozen",
        ),
    ] {
        let scene = at(passed(next)).await;
        assert_eq!(scene.text_of("h1"), title);
        assert!(scene.hrefs().contains(&way.to_owned()), "{way}");
    }
    let mut held = view(passed(json!({ "next": "held", "until": 86_400 * SECOND })));
    held["purpose"] = json!("email");
    held["contact"] = json!("di•••@em•••.ec");
    let scene = showing(held).await;
    let text = scene.text();
    for said in [
        "di•••@em•••.ec",
        "1 de enero de 1970, 19:00",
        "contactos anteriores",
        "enlace al correo nuevo",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[wasm_bindgen_test]
async fn what_expired_can_be_had_anew_and_what_ended_begins_again() {
    let scene = at(json!({ "stage": "expired", "deadline": 86_400 * SECOND })).await;
    let text = scene.text();
    assert!(
        text.contains("Pedir una solicitud nueva") && text.contains("no tiene que identificarse otra vez"),
        "{text}"
    );
    for ending in [
        "lapsed",
        "link_expired",
        "undelivered",
        "rejected",
        "superseded",
        "abandoned",
    ] {
        let scene = at(json!({ "stage": "ended", "ending": ending })).await;
        assert!(scene.hrefs().contains(&"/firma".to_owned()), "{ending}");
    }
}

#[wasm_bindgen_test]
fn what_is_over_is_left_for_another_request() {
    let of = |stage: Value| {
        let view: SignatureView = serde_json::from_value(view(stage)).unwrap();
        course(&view.stage)
    };
    assert_eq!(of(issued(0)), Course::Open);
    assert_eq!(of(json!({ "stage": "expired", "deadline": 0 })), Course::Open);
    assert_eq!(
        of(json!({ "stage": "referred", "number": "F", "at": 0 })),
        Course::Closed
    );
    assert_eq!(
        of(json!({ "stage": "ended", "ending": "lapsed" })),
        Course::Closed
    );
}

#[wasm_bindgen_test]
fn every_check_and_every_reason_has_words_of_its_own_in_every_language() {
    shared::i18n::know_every_language();
    for language in Language::ALL {
        let text = Text::new(*language);
        let mut said: Vec<_> = Check::ALL
            .iter()
            .map(|check| words::check(text, *check))
            .collect();
        said.extend(Reason::ALL.iter().map(|reason| words::reason(text, *reason)));
        let all = said.len();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), all, "{language}");
        assert!(
            Reason::ALL
                .iter()
                .all(|reason| !words::advice(text, *reason).is_empty()),
            "{language}"
        );
    }
}

async fn upload() -> Scene {
    Scene::of(html! { <Upload uploads_left={3} show={Callback::noop()} /> }).await
}

/// Picks files as the browser's own dialogue does.
async fn pick(scene: &Scene, files: &[(&str, &str)]) {
    give(scene, "#document", "change", files);
    yew::scheduler::flush().await;
}

/// Hands files to an element: as the files of an input, or as what is dropped.
fn give(scene: &Scene, selector: &str, event: &str, files: &[(&str, &str)]) {
    let script = js_sys::Function::new_with_args(
        "element, event, files",
        "const transfer = new DataTransfer();
         for (const [name, text] of JSON.parse(files)) transfer.items.add(new File([text], name));
         const init = { bubbles: true, cancelable: true };
         if (event === 'change') {
             element.files = transfer.files;
             element.dispatchEvent(new Event(event, init));
         } else {
             element.dispatchEvent(new DragEvent(event, { ...init, dataTransfer: transfer }));
         }",
    );
    let files = serde_json::to_string(files).unwrap();
    let element = scene.get(selector);
    script
        .call3(&JsValue::NULL, &element, &event.into(), &files.as_str().into())
        .unwrap();
}

/// Waits until the page says it: a file is read at its own pace.
async fn says(scene: &Scene, words: &str) {
    for _ in 0..400 {
        yew::scheduler::flush().await;
        if scene.text().contains(words) {
            return;
        }
        TimeoutFuture::new(5).await;
    }
    panic!("{words} is not said: {}", scene.text());
}

#[wasm_bindgen_test]
async fn a_signed_file_is_named_and_waits_for_the_press() {
    let scene = upload().await;
    assert_eq!(scene.text_of("label"), "Elegir el archivo firmado");
    pick(&scene, &[("solicitud-signed.pdf", SIGNED)]).await;
    says(&scene, "solicitud-signed.pdf, 1 kB").await;
    assert_eq!(scene.text_of("label"), "Elegir otro archivo");
    assert!(scene.find(".notice").is_none(), "{}", scene.text());
    assert!(scene.find("progress").is_none(), "nothing is sent by picking");
}

#[wasm_bindgen_test]
async fn files_that_cannot_be_signed_requests_are_objected_to_before_they_are_sent() {
    let scene = upload().await;
    for (files, words) in [
        (&[("a.pdf", "")][..], "El archivo está vacío"),
        (&[("firma.p12", SIGNED)], "No lo envíe ni lo entregue a nadie"),
        (
            &[("llave.pem", "-----BEGIN PRIVATE KEY-----")],
            "No lo envíe ni lo entregue a nadie",
        ),
        (&[("a.pdf", SIGNED), ("b.pdf", SIGNED)], "Suelte un solo archivo"),
    ] {
        pick(&scene, files).await;
        says(&scene, words).await;
        assert_eq!(
            scene.get("#document").get_attribute("aria-invalid").as_deref(),
            Some("true")
        );
        scene.click("button[type=submit]").await;
        assert!(scene.text_of("[role=alert]").contains(words), "{words}");
        assert!(scene.find("progress").is_none());
    }
    // A good one takes the objection away.
    pick(&scene, &[("a.pdf", SIGNED)]).await;
    says(&scene, "a.pdf, 1 kB").await;
    assert!(scene.find("[role=alert]").is_none(), "{}", scene.text());
}

#[wasm_bindgen_test]
async fn what_looks_unsigned_is_advised_against_and_not_forbidden() {
    let scene = upload().await;
    pick(&scene, &[("solicitud.pdf", "%PDF-1.7 nothing")]).await;
    says(&scene, "todavía no está firmado").await;
    pick(&scene, &[("pagina.pdf", "<!doctype html>")]).await;
    says(&scene, "No parece un PDF").await;
    assert!(scene.find("[aria-invalid]").is_none());
}

#[wasm_bindgen_test]
async fn without_a_file_the_press_says_so_and_names_the_field() {
    let scene = upload().await;
    scene.click("button[type=submit]").await;
    assert!(
        scene
            .text_of("[role=alert]")
            .contains("Elija primero el archivo firmado")
    );
    assert!(scene.hrefs().contains(&"#document".to_owned()));
}

#[wasm_bindgen_test]
async fn a_file_is_dropped_into_its_place() {
    let scene = upload().await;
    give(&scene, ".drop-place", "dragenter", &[]);
    yew::scheduler::flush().await;
    assert!(scene.find(".drop-place-over").is_some());
    assert!(scene.text().contains("Suelte el archivo"));
    give(&scene, ".drop-place", "drop", &[("solicitud-signed.pdf", SIGNED)]);
    says(&scene, "solicitud-signed.pdf, 1 kB").await;
    assert!(scene.find(".drop-place-over").is_none());
}

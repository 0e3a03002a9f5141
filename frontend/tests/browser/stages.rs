//! The page of each stage, from views as the server sends them.

use crate::scene::Scene;
use frontend::help::Topic;
use frontend::recovery::{Course, Seen, StageProps, Typed, course, route_of, standing};
use frontend::routes::Route;
use serde_json::{Value, json};
use shared::i18n::{Language, Text};
use shared::recovery::api::CaseView;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew::props;

const SECOND: i64 = 1_000_000;

fn view(stage: Value) -> CaseView {
    going_on(stage, &[])
}

fn going_on(stage: Value, routes: &[&str]) -> CaseView {
    serde_json::from_value(json!({ "reference": "KQMA", "now": 0, "stage": stage, "routes": routes }))
        .unwrap()
}

async fn showing(stage: Value) -> Scene {
    drawn(view(stage)).await
}

async fn drawn(view: CaseView) -> Scene {
    let seen = Seen::now(Rc::new(view));
    Scene::of(standing(
        Text::new(Language::Es),
        &props!(StageProps {
            seen,
            show: Callback::noop(),
            onforget: Callback::noop()
        }),
    ))
    .await
}

fn questions(failures: u8, left: u8) -> Value {
    json!({ "stage": "questions", "failures": failures, "attempts_left": left, "deadline": 1800 * SECOND, "questions": [
        { "kind": "ruc_issue_date", "form": { "form": "date" } },
        { "kind": "head_office_canton", "form": { "form": "choice", "choices": ["Quito", "Mejía", "Cayambe", "Rumiñahui", "Otavalo"] } },
        { "kind": "workers_in_month", "form": { "form": "number_in_month", "year": 2025, "month": 3 } },
        { "kind": "debit_account", "form": { "form": "account", "banks": ["Banco A", "Banco B"] } },
    ] })
}

#[wasm_bindgen_test]
async fn refusals_are_told_in_the_exact_words_with_a_reference() {
    for (reason, words) in [
        ("no_email", "Usuario no tiene correo registrado"),
        ("account_blocked", "Cuenta bloqueada"),
        ("ruc_inactive", "RUC no activo"),
    ] {
        let scene = showing(json!({ "stage": "refused", "reason": reason })).await;
        assert_eq!(scene.text_of("h1"), words);
        assert!(scene.text().contains("KQMA"), "{reason}");
        assert!(
            scene.find(&format!("a[href='/ayuda/{reason}']")).is_some(),
            "{reason}: {}",
            scene.text()
        );
    }
    let frozen = showing(json!({ "stage": "refused", "reason": "account_frozen" })).await;
    assert!(frozen.text().contains("ventanilla"));
}

#[wasm_bindgen_test]
async fn a_silent_registry_costs_no_attempt_and_can_be_asked_again() {
    let stage =
        json!({ "stage": "registry_unavailable", "registry": "civil_registry", "retry_at": 3600 * SECOND });
    let scene = drawn(going_on(stage, &["signature", "counter"])).await;
    assert_eq!(scene.text_of("h1"), "Error de Conexión con el Registro Civil");
    for way in [
        "/ayuda/firma-electronica",
        "/ayuda/turno",
        "/ayuda/registry_unavailable",
    ] {
        assert!(scene.hrefs().contains(&way.to_owned()), "{way}");
    }
    let text = scene.text();
    assert!(
        text.contains("ningún intento")
            && text.contains("Espere una hora")
            && text.contains("Volver a intentar"),
        "{text}"
    );
}

#[wasm_bindgen_test]
async fn a_suspension_says_when_it_ends_and_what_stays_open() {
    let stage = json!({ "stage": "suspended", "until": 86_400 * SECOND });
    let scene = drawn(going_on(stage, &["signature", "counter"])).await;
    let text = scene.text();
    for said in [
        // Midnight in Greenwich is the evening before in Ecuador, wherever the browser is.
        "el 1 de enero a las 19:00, hora de Ecuador",
        "Se agotaron los intentos",
        "titular recibe un aviso",
        "firma electrónica",
        "ventanilla",
        "Imprimir",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(
        scene.count(".button:not(.button-secondary, .button-quiet)"),
        0,
        "neither way is better for everybody"
    );
}

#[wasm_bindgen_test]
async fn records_that_disagree_name_the_record_and_its_registry_and_not_what_it_holds() {
    for (correction, registry) in [
        ("person", "Registro Civil"),
        ("taxpayer", "SRI"),
        ("appointment", "Superintendencia"),
        ("employer", "IESS"),
        ("representative", "IESS"),
    ] {
        let stage = json!({ "stage": "refused", "reason": { "records_disagree": correction } });
        let scene = drawn(going_on(stage, &["counter"])).await;
        assert_eq!(scene.text_of("h1"), "Los registros oficiales no coinciden");
        let text = scene.text();
        assert!(
            text.contains("Corrija en") && text.contains(registry),
            "{correction}: {text}"
        );
        assert!(
            text.contains("KQMA") && text.contains("Seguir en una ventanilla"),
            "{text}"
        );
        assert!(scene.find("a[href='/ayuda/records_disagree']").is_some());
    }
}

#[wasm_bindgen_test]
async fn a_case_that_goes_on_elsewhere_says_what_to_do_and_can_be_abandoned() {
    for (stage, title, said, act, other) in [
        (
            "awaiting_signature",
            "Continúe con firma electrónica",
            ".p12",
            "Preparar la solicitud",
            "counter",
        ),
        (
            "awaiting_officer",
            "Continúe en una ventanilla",
            "cédula original",
            "Pedir un turno",
            "signature",
        ),
    ] {
        let scene = drawn(going_on(json!({ "stage": stage, "deadline": 0 }), &[other])).await;
        assert_eq!(scene.text_of("h1"), title);
        let text = scene.text();
        for said in [said, act, "KQMA", "Cancelar", "Imprimir", "queda abierto"] {
            assert!(text.contains(said), "{stage}, {said}: {text}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_result_names_the_other_account_of_the_same_person() {
    let stage = json!({ "stage": "completed", "at": 0, "linked": ["17•••••••3001"] });
    let text = showing(stage).await.text();
    assert!(text.contains("17•••••••3001; su clave no cambió"), "{text}");
}

#[wasm_bindgen_test]
async fn answers_outlive_an_outage_in_the_page_and_only_there() {
    let typed = Rc::new(std::cell::RefCell::new(Typed::default()));
    let ontyped = {
        let typed = typed.clone();
        Callback::from(move |now| drop(typed.replace(now)))
    };
    let page = |typed: Typed, reference: &str| {
        let mut view = view(questions(0, 3));
        view.reference = reference.parse().unwrap();
        let seen = Seen::now(Rc::new(view));
        let (show, onforget) = (Callback::noop(), Callback::noop());
        standing(
            Text::new(Language::Es),
            &props!(StageProps {
                seen,
                show,
                onforget,
                typed,
                ontyped: ontyped.clone()
            }),
        )
    };
    let before = Scene::of(page(Typed::default(), "KQMA")).await;
    before.type_into("#answer-2", "12").await;
    drop(before);
    let kept = typed.borrow().clone();
    let after = Scene::of(page(kept.clone(), "KQMA")).await;
    assert_eq!(after.value_of("#answer-2"), "12");
    assert!(after.text().contains("siguen aquí"), "{}", after.text());
    let another = Scene::of(page(kept.clone(), "KQMC")).await;
    assert_eq!(
        another.value_of("#answer-2"),
        "",
        "another case has its own answers"
    );
    assert!(!format!("{kept:?}").contains("12"), "answers are not for logs");
}

#[wasm_bindgen_test]
async fn the_mail_is_followed_before_the_clock_runs() {
    for (delivery, words) in [("queued", "En cola"), ("delayed", "Demorado")] {
        let scene = showing(json!({ "stage": "sending", "address": "ma•••@em•••.com", "delivery": delivery, "deadline": 900 * SECOND })).await;
        let text = scene.text();
        assert!(text.contains("ma•••@em•••.com") && text.contains(words), "{text}");
        assert!(scene.find("[role=timer]").is_none(), "the clock has not started");
    }
}

#[wasm_bindgen_test]
async fn the_clock_runs_from_the_view() {
    let scene = showing(json!({ "stage": "link_sent", "address": "ma•••@em•••.com", "delivery": "handed_over", "deadline": 125 * SECOND, "total": 180 })).await;
    assert_eq!(scene.text_of(".countdown-clock"), "2:05");
    assert!(scene.text().contains("referencia KQMA"));
}

#[wasm_bindgen_test]
async fn endings_say_that_nothing_changed_and_how_to_begin_anew() {
    for ending in [
        "lapsed",
        "link_expired",
        "undelivered",
        "rejected",
        "superseded",
        "abandoned",
    ] {
        let scene = showing(json!({ "stage": "ended", "ending": ending })).await;
        assert!(scene.find("a.button[href='/recuperar']").is_some(), "{ending}");
        let tests_mail = scene.find("a.button[href='/prueba-de-correo']").is_some();
        assert_eq!(
            tests_mail,
            matches!(ending, "undelivered" | "rejected"),
            "{ending}"
        );
    }
    assert!(
        showing(json!({ "stage": "completed", "at": 0, "linked": [] }))
            .await
            .text()
            .contains("La clave nueva está creada")
    );
}

#[wasm_bindgen_test]
async fn the_ruc_question_warns_of_the_usual_confusion() {
    let text = showing(questions(0, 3)).await.text();
    assert!(text.contains("No es la fecha de inicio de actividades"), "{text}");
    assert!(text.contains("marzo de 2025"), "{text}");
}

#[wasm_bindgen_test]
async fn sending_nothing_lists_every_question_and_leads_to_the_first_control_of_each() {
    let scene = showing(questions(0, 3)).await;
    scene.click("button[type=submit]").await;
    assert_eq!(scene.count(".error-summary li"), 4);
    for control in ["answer-0-day", "answer-1-0", "answer-2", "answer-3"] {
        assert!(
            scene
                .find(&format!(".error-summary a[href='#{control}']"))
                .is_some(),
            "{control}"
        );
        assert!(scene.find(&format!("#{control}")).is_some(), "{control}");
    }
    let focused = gloo::utils::document()
        .active_element()
        .map(|element| element.class_name())
        .unwrap_or_default();
    assert!(focused.contains("error-summary"), "{focused}");
    scene.type_into("#answer-2", "12").await;
    assert_eq!(
        scene.count(".error-summary li"),
        3,
        "a corrected answer leaves the list"
    );
}

#[wasm_bindgen_test]
async fn attempts_are_told_when_some_were_used() {
    assert!(!showing(questions(0, 3)).await.text().contains("intento"));
    let text = showing(questions(2, 1)).await.text();
    assert!(text.contains("Le queda 1 intento"), "{text}");
    assert!(!text.contains("no coinciden"), "the failure was before this page");
}

#[wasm_bindgen_test]
async fn every_stage_has_a_topic_and_every_link_to_the_help_leads_to_one() {
    let refused = |reason: Value| json!({ "stage": "refused", "reason": reason });
    let mut stages = vec![
        questions(1, 2),
        json!({ "stage": "registry_unavailable", "registry": "iess", "retry_at": 0 }),
        json!({ "stage": "suspended", "until": 0 }),
        json!({ "stage": "awaiting_signature", "deadline": 0 }),
        json!({ "stage": "awaiting_officer", "deadline": 0 }),
        json!({ "stage": "sending", "address": "ma•••@em•••.com", "delivery": "queued", "deadline": 0 }),
        json!({ "stage": "completed", "at": 0, "linked": [] }),
        json!({ "stage": "ended", "ending": "undelivered" }),
        refused(json!({ "records_disagree": "person" })),
    ];
    for reason in ["no_email", "account_blocked", "ruc_inactive", "account_frozen"] {
        stages.push(refused(json!(reason)));
    }
    for stage in stages {
        let view = going_on(stage, &["signature", "counter"]);
        let topic = Topic::from(&view.stage);
        assert_eq!(Topic::with_slug(topic.slug()), Some(topic), "{:?}", view.stage);
        let name = format!("{:?}", view.stage);
        for href in drawn(view).await.hrefs() {
            if let Some(slug) = href.strip_prefix("/ayuda/") {
                assert!(Topic::with_slug(slug).is_some(), "{name} leads to {href}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn every_stage_has_its_address_and_its_course() {
    let stages = [
        (questions(0, 3), Route::RecoveryQuestions, Course::Open),
        (
            json!({ "stage": "registry_unavailable", "registry": "sri", "retry_at": 0 }),
            Route::RecoveryQuestions,
            Course::Open,
        ),
        (
            json!({ "stage": "suspended", "until": 0 }),
            Route::RecoveryQuestions,
            Course::Closed,
        ),
        (
            json!({ "stage": "awaiting_signature", "deadline": 0 }),
            Route::RecoveryQuestions,
            Course::Open,
        ),
        (
            json!({ "stage": "awaiting_officer", "deadline": 0 }),
            Route::RecoveryQuestions,
            Course::Open,
        ),
        (
            json!({ "stage": "refused", "reason": "no_email" }),
            Route::RecoveryLink,
            Course::Closed,
        ),
        (
            json!({ "stage": "sending", "address": "ma•••@em•••.com", "delivery": "queued", "deadline": 0 }),
            Route::RecoveryLink,
            Course::Open,
        ),
        (
            json!({ "stage": "ended", "ending": "lapsed" }),
            Route::RecoveryLink,
            Course::Closed,
        ),
        (
            json!({ "stage": "completed", "at": 0, "linked": [] }),
            Route::RecoveryLink,
            Course::Closed,
        ),
    ];
    for (stage, route, goes) in stages {
        let stage = view(stage).stage;
        assert_eq!(route_of(&stage), route, "{stage:?}");
        assert_eq!(course(&stage), goes, "{stage:?}");
    }
}

//! The pages of administrators: a centre's form and its holidays, and the institution's words, also where somebody else was faster.

use crate::answers::Answers;
use crate::scene::Scene;
use frontend::centres::CentresPage;
use frontend::institution::InstitutionPage;
use frontend::platform::clock;
use frontend::routes::StaffPage;
use frontend::staff::{Behind, KeysProvider, Officer, StaffSessionProvider};
use serde_json::{Value, json};
use shared::centres::api::CentreDetails;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

const NORTH: &str = "0190f3a0-0000-7000-8000-0000000c0001";
const EVA: &str = "0190f3a0-0000-7000-8000-0000000a0007";

/// So many seconds from now, in microseconds.
fn at(seconds: i64) -> i64 {
    clock::now().as_millis() * 1000 + seconds * 1_000_000
}

fn officer() -> Value {
    json!({
        "now": at(0), "id": EVA, "name": "Eva Lema", "email": "eva@institucion.ec", "role": "administrator", "centre": null,
        "standing": "open", "ends": { "locks": at(600), "absolute": at(36_000) }, "ways": ["code"], "last_sign_in": null,
    })
}

fn details(name: &str) -> Value {
    let details = CentreDetails {
        code: "NORTE".parse().unwrap(),
        name: name.parse().unwrap(),
        province: "17".parse().unwrap(),
        canton: "Quito".parse().unwrap(),
        address: "Calle Inventada 1".parse().unwrap(),
        map_link: None,
        coordinates: None,
        hours: "mon-fri 08:00-16:40".parse().unwrap(),
        counters: "3".parse().unwrap(),
        procedures: "recovery,unlock".parse().unwrap(),
        modes: "in_person".parse().unwrap(),
    };
    serde_json::to_value(details).unwrap()
}

fn centres(name: &str) -> Value {
    json!({
        "now": at(0), "national": [{ "day": "2026-12-25", "name": "Navidad" }], "horizon_days": 30, "slot_minutes": 20,
        "centres": [{ "id": NORTH, "details": details(name), "holidays": [], "closures": [], "ended_at": null }],
    })
}

fn kept(displaces: Option<u32>, name: &str) -> Value {
    json!({ "displaces": displaces, "centres": centres(name) })
}

fn overtaken() -> Value {
    json!({ "status": 409, "code": "details_changed" })
}

async fn centres_page() -> Scene {
    let show = Callback::from(|officer: Officer| html! { <CentresPage {officer} /> });
    let scene = Scene::of(html! {
        <StaffSessionProvider>
            <KeysProvider><Behind page={StaffPage::Centres} title="Centros" {show} /></KeysProvider>
        </StaffSessionProvider>
    });
    let scene = scene.await;
    scene.until(".members").await;
    scene
}

async fn institution_page() -> Scene {
    let show = Callback::from(|officer: Officer| html! { <InstitutionPage {officer} /> });
    let scene = Scene::of(html! {
        <StaffSessionProvider>
            <KeysProvider><Behind page={StaffPage::Institution} title="Institución" {show} /></KeysProvider>
        </StaffSessionProvider>
    });
    let scene = scene.await;
    scene.until("#institution-name").await;
    scene
}

#[wasm_bindgen_test]
async fn a_centre_that_somebody_else_changed_is_shown_as_it_is() {
    let answers = Answers::new([
        ("staff/session", 200, officer()),
        ("staff/centres", 200, centres("Norte")),
        ("staff/centres/save", 409, overtaken()),
    ]);
    let scene = centres_page().await;
    scene.click(".members .member > .actions button").await;
    scene.type_into("#name", "Norte y Calderón").await;
    scene.type_into("#reason", "Cambió de nombre").await;
    scene.press("form", "Guardar").await;
    scene.until_text("Alguien más guardó estos datos").await;
    let asked = answers.asked("staff/centres/save").pop().unwrap();
    assert_eq!(asked["seen"], details("Norte"));
    assert_eq!(asked["details"], details("Norte y Calderón"));
    assert_eq!(
        scene.value_of("#name"),
        "Norte y Calderón",
        "what was typed stays to be looked at"
    );

    answers.answer("staff/centres", 200, centres("Norte Nuevo"));
    answers.answer("staff/centres/save", 200, kept(None, "Norte Último"));
    scene.press("form", "Ver los datos de ahora").await;
    scene.until_text("Norte Nuevo").await;
    assert!(scene.find("form").is_none());
    scene.click(".members .member > .actions button").await;
    assert_eq!(scene.value_of("#name"), "Norte Nuevo");
    scene.type_into("#name", "Norte Último").await;
    scene.type_into("#reason", "Cambió de nombre").await;
    scene.press("form", "Guardar").await;
    scene.until_text("Norte Último").await;
    let asked = answers.asked("staff/centres/save").pop().unwrap();
    assert_eq!(asked["seen"], details("Norte Nuevo"));
}

#[wasm_bindgen_test]
async fn appointments_go_only_with_consent() {
    let answers = Answers::new([
        ("staff/session", 200, officer()),
        ("staff/centres", 200, centres("Norte")),
        ("staff/centres/save", 200, kept(Some(2), "Norte")),
    ]);
    let scene = centres_page().await;
    scene.click(".members .member > .actions button").await;
    scene.press("form", "Guardar").await;
    assert!(scene.find("#reason-error").is_some(), "why is asked");
    assert!(answers.asked("staff/centres/save").is_empty());
    scene.type_into("#reason", "Hay una sola ventanilla").await;
    scene.type_into("#counters", "1").await;
    scene.press("form", "Guardar").await;
    scene.until_text("2 turnos").await;
    let asked = answers.asked("staff/centres/save").pop().unwrap();
    assert_eq!(
        (&asked["agreed"], &asked["details"]["counters"]),
        (&json!(0), &json!(1))
    );
    answers.answer("staff/centres/save", 200, kept(None, "Norte"));
    scene.click("form .button-danger").await;
    scene.until(".said").await;
    let asked = answers.asked("staff/centres/save").pop().unwrap();
    assert_eq!(asked["agreed"], 2);
}

#[wasm_bindgen_test]
async fn holidays_name_what_is_wrong_with_each_line() {
    let answers = Answers::new([
        ("staff/session", 200, officer()),
        ("staff/centres", 200, centres("Norte")),
        ("staff/centres/holidays", 409, overtaken()),
    ]);
    let scene = centres_page().await;
    scene.press("main", "Feriados nacionales").await;
    assert_eq!(scene.value_of("#day-0"), "2026-12-25");
    scene.type_into("#day-0", "2026-02-30").await;
    scene.type_into("#name-0", "").await;
    scene.type_into("#reason", "Corregir").await;
    scene.press("form", "Guardar").await;
    assert!(scene.find("#day-0-error").is_some() && scene.find("#name-0-error").is_some());
    assert!(answers.asked("staff/centres/holidays").is_empty());
    scene.type_into("#day-0", "2026-12-24").await;
    scene.type_into("#name-0", "Nochebuena").await;
    scene.press("form", "Guardar").await;
    scene.until_text("Alguien más guardó estos datos").await;
    let asked = answers.asked("staff/centres/holidays").pop().unwrap();
    assert_eq!(asked["seen"], json!(["2026-12-25"]));
    assert_eq!(
        asked["holidays"],
        json!([{ "day": "2026-12-24", "name": "Nochebuena" }])
    );
    assert!(asked["centre"].is_null());
}

#[wasm_bindgen_test]
async fn the_institutions_words_are_saved_over_those_that_were_seen() {
    let view = |changed_at: Option<i64>| {
        json!({
            "now": at(0), "name": "Instituto", "contact": "02 200 0000", "logo": null, "official": false, "changed_at": changed_at,
        })
    };
    let (first, second) = (at(-60), at(-30));
    let answers = Answers::new([
        ("staff/session", 200, officer()),
        ("staff/institution", 200, view(None)),
        (
            "staff/policy",
            200,
            json!({ "now": at(0), "profile": "2026", "values": [] }),
        ),
        ("staff/institution/save", 200, view(Some(first))),
    ]);
    let scene = institution_page().await;
    scene.type_into("#institution-name", "Instituto Nuevo").await;
    scene.type_into("#reason", "Cambió de nombre").await;
    scene.press("form", "Guardar").await;
    scene.until(".said").await;
    answers.answer("staff/institution/save", 409, overtaken());
    scene.press("form", "Guardar").await;
    scene.until_text("Alguien más guardó estos datos").await;
    let seen: Vec<_> = answers
        .asked("staff/institution/save")
        .iter()
        .map(|asked| asked["seen"].clone())
        .collect();
    assert_eq!(seen, [Value::Null, json!(first)]);
    answers.answer("staff/institution", 200, view(Some(second)));
    answers.answer("staff/institution/save", 200, view(Some(at(0))));
    scene.press("form", "Ver los datos de ahora").await;
    scene
        .until_so("the words of now", || {
            scene.find("#institution-name").is_some() && scene.value_of("#institution-name") == "Instituto"
        })
        .await;
    scene.type_into("#reason", "Otra vez").await;
    scene.press("form", "Guardar").await;
    scene.until(".said").await;
    assert_eq!(
        answers.asked("staff/institution/save").pop().unwrap()["seen"],
        json!(second)
    );
}

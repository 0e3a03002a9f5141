//! The queue's clocks, its search, and why somebody did not come: with answers in the place of the server.

use crate::answers::Answers;
use crate::scene::Scene;
use frontend::dossiers::DossierPage;
use frontend::queue::QueuePage;
use frontend::routes::StaffPage;
use frontend::staff::{Behind, KeysProvider, Officer, StaffSessionProvider, at_hand};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

const CENTRE: &str = "0190f3a0-0000-7000-8000-0000000c0001";
const VISIT: &str = "0190f3a0-0000-7000-8000-0000000e0014";
const DOSSIER: &str = "0190f3a0-0000-7000-8000-000000090001";
const CASE: &str = "0190f3a0-0000-7000-8000-0000000d0001";

/// 14:00 in UTC on 23 November 2026: nine on the mainland, eight in Galápagos.
const TWO_O_CLOCK: i64 = 1_795_442_400_000_000;

fn officer(role: &str) -> Value {
    json!({
        "now": TWO_O_CLOCK, "id": "0190f3a0-0000-7000-8000-0000000a0001", "name": "Ana Lucía Ejemplo Torres",
        "email": "ana@institucion.ec", "role": role, "centre": CENTRE, "standing": "open",
        "ends": { "locks": TWO_O_CLOCK + 600_000_000, "absolute": TWO_O_CLOCK + 36_000_000_000_i64 },
        "ways": ["code"], "last_sign_in": null,
    })
}

fn visit(stage: &str) -> Value {
    json!({
        "visit": VISIT, "number": 14, "procedure": "recovery", "mode": "video", "employer": "17•••••••4001",
        "representative": "17••••••23", "appointment": { "code": "T-7K3M-2Q", "starts_at": TWO_O_CLOCK },
        "arrived_at": TWO_O_CLOCK - 60_000_000, "stage": stage, "since": TWO_O_CLOCK,
        "counter": if stage == "waiting" { Value::Null } else { json!(3) },
        "officer": if stage == "waiting" { Value::Null } else { json!("Ana Lucía Ejemplo Torres") },
        "room": if stage == "waiting" { Value::Null } else {
            json!({ "opens_at": TWO_O_CLOCK - 600_000_000, "closes_at": TWO_O_CLOCK + 1_800_000_000, "url": null })
        },
    })
}

/// A queue with one visit; of the centre with these clocks.
fn queue(zone: &str, stage: &str) -> Value {
    json!({
        "now": TWO_O_CLOCK, "centre": CENTRE, "name": "San Cristóbal", "zone": zone, "day": "2026-11-23",
        "counters": [{ "counter": 3, "officer": "Ana Lucía Ejemplo Torres" }], "seat": 3,
        "mine": if stage == "waiting" { Value::Null } else { json!(VISIT) }, "visits": [visit(stage)],
        "expected": [{
            "appointment": "0190f3a0-0000-7000-8000-0000000b0001", "code": "T-9K3M-2Q", "starts_at": TWO_O_CLOCK,
            "procedure": "recovery", "mode": "in_person", "employer": "17•••••••4001", "representative": "17••••••23",
        }],
    })
}

fn found() -> Value {
    let case = |case: &str, quoted: &str, standing: &str| {
        json!({
            "procedure": "recovery", "case": case, "quoted": quoted, "employer": "17•••••••4001",
            "representative": "17••••••23", "standing": standing,
        })
    };
    json!({
        "now": TWO_O_CLOCK, "sought": ["employer"],
        "appointments": [{
            "appointment": "0190f3a0-0000-7000-8000-0000000b0001", "code": "T-9K3M-2Q", "centre": "San Cristóbal",
            "zone": "galapagos", "starts_at": 1_795_410_000_000_000_i64, "procedure": "recovery", "mode": "in_person",
            "employer": "17•••••••4001", "representative": "17••••••23", "standing": "other_day",
        }],
        "waiting": [],
        "visits": [{
            "visit": VISIT, "dossier": DOSSIER, "centre": "San Cristóbal", "zone": "galapagos", "day": "2026-11-22", "number": 9,
            "procedure": "recovery", "mode": "in_person", "employer": null, "representative": null,
            "arrived_at": TWO_O_CLOCK, "stage": "done", "officer": "Luis Ejemplo Vaca",
        }],
        "cases": [
            case(CASE, "7KMQ", "awaiting_officer"),
            case("0190f3a0-0000-7000-8000-0000000d0002", "9XYZ", "link_sent"),
        ],
    })
}

fn page() -> Html {
    let show = Callback::from(|officer: Officer| html! { <QueuePage {officer} /> });
    html! {
        <StaffSessionProvider>
            <KeysProvider><Behind page={StaffPage::Queue} title="Fila de hoy" {show} /></KeysProvider>
        </StaffSessionProvider>
    }
}

#[wasm_bindgen_test]
async fn times_are_told_by_the_clocks_of_the_centre_wherever_the_device_is() {
    for (zone, hour, other) in [("galapagos", "08:00", "09:00"), ("mainland", "09:00", "08:00")] {
        let _answers = Answers::new([
            ("staff/session", 200, officer("agent")),
            ("staff/queue", 200, queue(zone, "waiting")),
        ]);
        let scene = Scene::of(page()).await;
        scene.until("#expected").await;
        for part in ["#expected", "#waiting"] {
            let text = scene.text_of(part);
            assert!(text.contains(hour), "{zone}: {text}");
            assert!(!text.contains(other) && !text.contains("14:00"), "{zone}: {text}");
        }
    }
}

#[wasm_bindgen_test]
async fn the_room_of_a_call_opens_and_closes_by_the_centres_clocks() {
    let _answers = Answers::new([
        ("staff/session", 200, officer("agent")),
        ("staff/queue", 200, queue("galapagos", "called")),
    ]);
    let scene = Scene::of(page()).await;
    scene.until(".mine").await;
    let text = scene.text_of(".mine");
    assert!(text.contains("07:50") && text.contains("08:30"), "{text}");
}

#[wasm_bindgen_test]
async fn what_is_found_leads_somewhere() {
    let answers = Answers::new([
        ("staff/session", 200, officer("agent")),
        ("staff/queue", 200, queue("mainland", "waiting")),
        ("staff/search", 200, found()),
        ("staff/queue/cases", 200, queue("mainland", "waiting")),
    ]);
    at_hand::forget_dossier();
    let scene = Scene::of(page()).await;
    scene.until("#search").await;
    scene.type_into("#search", "1790016919001").await;
    scene.click(".search button[type=submit]").await;
    scene.until(".found").await;
    let text = scene.text_of(".found");
    // Five in the morning of the 23rd in UTC is still the 22nd there.
    assert!(text.contains("2026-11-22, 23:00"), "{text}");
    // A case that waits for an officer is let in by its id: no number goes back and forth.
    assert!(
        text.contains("Espera la ventanilla") && text.contains("El enlace ya salió"),
        "{text}"
    );
    scene.press(".found", "Poner en la fila 7KMQ").await;
    answers.until_asked("staff/queue/cases").await;
    assert_eq!(
        answers.asked("staff/queue/cases"),
        [json!({ "procedure": "recovery", "case": CASE })]
    );
    // The other one says where it stands, and offers nothing.
    let buttons = scene.text_of(".found").matches("Poner en la fila").count();
    assert_eq!(buttons, 1);
    scene
        .press(".found", "Ver expediente del 2026-11-22, número 9")
        .await;
    assert_eq!(
        at_hand::dossier().map(|id| id.to_string()).as_deref(),
        Some(DOSSIER)
    );
    at_hand::forget_dossier();
}

#[wasm_bindgen_test]
async fn the_dossier_that_was_found_asks_why_somebody_looks() {
    at_hand::keep_dossier(DOSSIER.parse().unwrap());
    let missing = json!({ "status": 422, "code": "invalid_input", "fields": [{ "field": "reason", "code": "missing" }] });
    let answers = Answers::new([
        ("staff/session", 200, officer("agent")),
        ("staff/dossiers/show", 422, missing),
    ]);
    let show = Callback::from(|officer: Officer| html! { <DossierPage {officer} /> });
    let scene = Scene::of(html! {
        <StaffSessionProvider>
            <KeysProvider><Behind page={StaffPage::Dossier} title="Expediente" {show} /></KeysProvider>
        </StaffSessionProvider>
    })
    .await;
    scene.until("#why").await;
    scene
        .type_into("#why", "La persona volvió con una pregunta")
        .await;
    scene.click("form button[type=submit]").await;
    scene.settle().await;
    let last = answers.asked("staff/dossiers/show").pop().unwrap();
    assert_eq!(last["reason"], "La persona volvió con una pregunta");
    at_hand::forget_dossier();
}

#[wasm_bindgen_test]
async fn that_nobody_came_is_said_with_a_reason_and_can_be_left() {
    let answers = Answers::new([
        ("staff/session", 200, officer("agent")),
        ("staff/queue", 200, queue("mainland", "called")),
        ("staff/queue/no-show", 200, queue("mainland", "waiting")),
    ]);
    let scene = Scene::of(page()).await;
    scene.until(".mine").await;
    scene.key("body", "x").await;
    scene.until("#no-show-reason").await;
    assert!(
        answers.asked("staff/queue/no-show").is_empty(),
        "a key alone ends nobody's appointment"
    );
    scene.press(".mine form", "Anotar que no vino").await;
    assert_eq!(scene.count(".mine .error-summary li"), 1, "a reason is asked for");
    scene.type_into("#no-show-reason", "Se le llamó tres veces").await;
    scene.press(".mine form", "Anotar que no vino").await;
    answers.until_asked("staff/queue/no-show").await;
    assert_eq!(
        answers.asked("staff/queue/no-show"),
        [json!({ "visit": VISIT, "reason": "Se le llamó tres veces" })]
    );
}

#[wasm_bindgen_test]
async fn the_number_of_approvals_stands_beside_their_page_for_who_may_decide() {
    for (role, count, shown) in [
        ("agent", 3, true),
        ("supervisor", 1, true),
        ("agent", 0, false),
        ("auditor", 3, false),
    ] {
        let answers = Answers::new([
            ("staff/session", 200, officer(role)),
            ("staff/queue", 200, queue("mainland", "waiting")),
            ("staff/approvals/count", 200, json!({ "waiting": count })),
        ]);
        let scene = Scene::of(page()).await;
        scene.until(".office-places").await;
        if shown {
            scene.until(".office-count").await;
            let text = scene.text_of(".office-count");
            assert!(text.contains(&format!("{count} por decidir")), "{role}: {text}");
        } else {
            scene.settle().await;
            assert!(scene.find(".office-count").is_none(), "{role}");
        }
        let asks = !answers.asked("staff/approvals/count").is_empty();
        assert_eq!(asks, role != "auditor", "{role}: nobody else asks");
    }
}

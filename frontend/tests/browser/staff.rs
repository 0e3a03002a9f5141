//! The staff's pages, as far as they can be seen without a server that knows them: the server's answers are put in the place of
//! `fetch`, and what was asked is kept.

use crate::answers::Answers;
use crate::scene::Scene;
use frontend::dossiers::{ApprovalsPage, DossierPage};
use frontend::platform::clock;
use frontend::queue::QueuePage;
use frontend::routes::StaffPage;
use frontend::staff::places::PLACES;
use frontend::staff::{
    Behind, EntryPage, InvitationPage, KeysProvider, Officer, Press, StaffSessionProvider, at_hand,
    use_shortcut,
};
use frontend::ui::{ButtonState, Roving, RovingAct, RovingRow};
use serde_json::{Value, json};
use shared::staff::{Right, Role};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

const CENTRE: &str = "0190f3a0-0000-7000-8000-0000000c0001";
const MINE: &str = "0190f3a0-0000-7000-8000-0000000e0014";
const DOSSIER: &str = "0190f3a0-0000-7000-8000-000000090001";

/// The server's time, in microseconds.
fn now() -> i64 {
    clock::now().as_millis() * 1000
}

/// So many seconds from now.
fn at(seconds: i64) -> i64 {
    now() + seconds * 1_000_000
}

fn officer(role: &str, standing: &str) -> Value {
    json!({
        "now": now(), "id": "0190f3a0-0000-7000-8000-0000000a0001", "name": "Ana Lucía Ejemplo Torres",
        "email": "ana@institucion.ec", "role": role, "centre": CENTRE, "standing": standing,
        "ends": { "locks": at(600), "absolute": at(36_000) }, "ways": ["code", "passkey"], "last_sign_in": null,
    })
}

fn visit(id: &str, number: u32, stage: &str) -> Value {
    json!({
        "visit": id, "number": number, "procedure": "recovery", "mode": "in_person", "employer": "17•••••••4001",
        "representative": "17••••••23", "appointment": null, "arrived_at": at(-600), "stage": stage, "since": at(-60),
        "counter": if stage == "waiting" { Value::Null } else { json!(3) },
        "officer": if stage == "waiting" { Value::Null } else { json!("Ana Lucía Ejemplo Torres") }, "room": null,
    })
}

/// A queue in which two wait, and perhaps one is this officer's.
fn queue(mine: Option<&str>) -> Value {
    let mut visits = vec![
        visit("0190f3a0-0000-7000-8000-0000000e0015", 15, "waiting"),
        visit("0190f3a0-0000-7000-8000-0000000e0016", 16, "waiting"),
    ];
    visits.extend(mine.map(|stage| visit(MINE, 14, stage)));
    json!({
        "now": now(), "centre": CENTRE, "name": "Quito Norte", "zone": "mainland", "day": "2026-11-23",
        "counters": [{ "counter": 3, "officer": "Ana Lucía Ejemplo Torres" }], "seat": 3,
        "mine": mine.map(|_| MINE), "visits": visits, "expected": [],
    })
}

fn item(item: &str, verdict: &str, ways: &[&str]) -> Value {
    json!({ "item": item, "need": "required", "ways": ways, "verdict": verdict, "record": null, "papers": [] })
}

/// A dossier of which the cédula is still to be judged, or nothing is.
fn dossier(identity: &str, actions: Value) -> Value {
    json!({
        "dossier": DOSSIER, "visit": MINE, "now": now(), "opened_at": at(-100), "officer": "Ana Lucía Ejemplo Torres",
        "access": "serving", "zone": "mainland", "procedure": "recovery", "mode": "in_person", "employer": "1790016919001", "branch": "0001",
        "representative": "1710034065", "account": { "state": "active", "email": "ge•••@an•••.com", "phone": null },
        "items": [
            item("identity", identity, &["original"]), item("ruc", "accepted", &["looked_up", "original", "uploaded"]),
            item("appointment", "accepted", &["looked_up", "original"]), item("letter", "accepted", &["uploaded", "original"]),
            item("representation", "accepted", &["looked_up", "original", "uploaded"]),
        ],
        "found": null, "discrepancies": [], "actions": actions, "done": [], "approvals": [],
    })
}

fn action(action: &str, standing: &str, missing: &[&str], because: Option<&str>) -> Value {
    json!({ "action": action, "standing": standing, "missing": missing, "because": because })
}

fn problem(status: u16, code: &str) -> Value {
    json!({ "status": status, "code": code })
}

/// A page behind the sign-in, as the app shows it.
fn behind(page: StaffPage, show: fn(Officer) -> Html) -> Html {
    html! {
        <StaffSessionProvider>
            <KeysProvider><Behind {page} title="La página" show={Callback::from(show)} /></KeysProvider>
        </StaffSessionProvider>
    }
}

#[wasm_bindgen_test]
async fn whoever_is_not_signed_in_signs_in_and_then_shows_a_second_factor() {
    let answers = Answers::new([
        ("staff/session", 401, problem(401, "session_missing")),
        (
            "staff/sign-in",
            200,
            json!({ "now": now(), "deadline": at(240), "ways": ["code"] }),
        ),
        ("staff/sign-in/code", 403, problem(403, "staff_sign_in_refused")),
    ]);
    let scene = Scene::of(html! { <StaffSessionProvider><EntryPage /></StaffSessionProvider> }).await;
    scene.until("#email").await;
    assert_eq!(
        scene.get("#email").get_attribute("autocomplete").as_deref(),
        Some("username")
    );
    scene.click("button[type=submit]").await;
    assert_eq!(scene.count(".error-summary li"), 2, "both are told to be missing");
    scene.type_into("#email", "ana@institucion.ec").await;
    scene.type_into("#password", "una clave bastante larga").await;
    scene.click("button[type=submit]").await;
    scene.until("#code").await;
    assert!(scene.find("#password").is_none(), "the password is gone");
    assert!(
        !scene.text().contains("huella"),
        "only the ways that they have are shown"
    );
    scene.type_into("#code", "12345").await;
    scene.click("button[type=submit]").await;
    assert!(scene.find("#code-error").is_some());
    assert_eq!(
        answers.asked("staff/sign-in/code").len(),
        0,
        "five digits are not sent"
    );
    scene.type_into("#code", "123 456").await;
    scene.click("button[type=submit]").await;
    scene.until(".notice-danger, .notice-warning").await;
    assert_eq!(answers.asked("staff/sign-in/code").len(), 1);
}

#[wasm_bindgen_test]
async fn a_locked_desk_hides_the_page_and_keeps_what_was_typed() {
    let answers = Answers::new([
        ("staff/session", 200, officer("agent", "open")),
        ("staff/session/lock", 200, officer("agent", "locked")),
        ("staff/session/unlock", 200, officer("agent", "open")),
        ("staff/queue", 200, queue(None)),
    ]);
    let scene = Scene::of(behind(
        StaffPage::Queue,
        |officer| html! { <QueuePage {officer} /> },
    ))
    .await;
    scene.until("#search").await;
    scene.type_into("#search", "T-7K3M").await;
    scene.press(".office-bar", "Bloquear").await;
    scene.until("#lock-password").await;
    assert!(
        !scene.text().contains("Quito Norte"),
        "nothing of the page can be read"
    );
    assert!(!scene.text().contains("T-7K3M"));
    scene.key("body", "n").await;
    assert_eq!(
        answers.asked("staff/queue/call-next").len(),
        0,
        "keys do nothing behind the lock"
    );
    scene
        .type_into("#lock-password", "una clave bastante larga")
        .await;
    scene.click(".lock button[type=submit]").await;
    scene.until(".office:not([hidden])").await;
    assert_eq!(scene.value_of("#search"), "T-7K3M");
    assert_eq!(answers.asked("staff/session/unlock").len(), 1);
}

#[wasm_bindgen_test]
async fn the_navigation_has_the_pages_of_the_role_and_no_other_page_shows_anything() {
    let _answers = Answers::new([("staff/session", 200, officer("administrator", "open"))]);
    let scene = Scene::of(behind(StaffPage::Queue, |_| html! { <p id="secret">{ "x" }</p> })).await;
    scene.until(".office-places").await;
    assert!(scene.find("#secret").is_none(), "an administrator serves nobody");
    let own = PLACES
        .iter()
        .filter(|place| Role::Administrator.may(place.right))
        .count();
    assert_eq!(scene.count(".office-places a"), u32::try_from(own).unwrap());
    assert!(scene.text().contains("Equipo") && !scene.text_of(".office-places").contains("Fila"));
}

#[wasm_bindgen_test]
fn every_place_has_a_key_of_its_own_within_a_role() {
    for role in Role::ALL {
        let keys: Vec<_> = PLACES
            .iter()
            .filter(|place| role.may(place.right))
            .map(|place| place.key)
            .collect();
        let mut unique = keys.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), keys.len(), "{role:?}: {keys:?}");
        assert!(!keys.contains(&"b"), "g b locks the desk");
    }
    assert!(PLACES.iter().any(|place| place.right == Right::ServeQueue));
}

#[wasm_bindgen_test]
async fn a_called_visit_is_begun_given_back_or_marked_and_nothing_else() {
    let answers = Answers::new([
        ("staff/session", 200, officer("agent", "open")),
        ("staff/queue", 200, queue(Some("called"))),
        ("staff/queue/begin", 200, queue(Some("in_service"))),
    ]);
    let scene = Scene::of(behind(
        StaffPage::Queue,
        |officer| html! { <QueuePage {officer} /> },
    ))
    .await;
    scene.until(".mine").await;
    assert!(!scene.text().contains("Llamar al siguiente"), "one at a time");
    assert_eq!(scene.count(".mine button"), 3);
    scene.key("body", "a").await;
    scene.until_text("Abrir expediente").await;
    assert_eq!(answers.asked("staff/queue/begin"), [json!({ "visit": MINE })]);
    assert_eq!(scene.count(".mine button"), 2);
}

#[wasm_bindgen_test]
async fn a_dossier_says_what_each_act_misses_and_offers_what_it_may() {
    at_hand::keep_dossier(DOSSIER.parse().unwrap());
    let actions = json!([
        action("send_recovery_link", "items_missing", &["identity"], None),
        action("send_unlock_link", "withheld", &[], Some("account_not_blocked")),
        action("freeze", "offered", &[], None),
    ]);
    let answers = Answers::new([
        ("staff/session", 200, officer("agent", "open")),
        ("staff/dossiers/show", 200, dossier("open", actions)),
        ("staff/dossiers/item", 200, dossier("accepted", json!([]))),
        ("staff/dossiers/act", 409, problem(409, "action_withheld")),
    ]);
    let scene = Scene::of(behind(
        StaffPage::Dossier,
        |officer| html! { <DossierPage {officer} /> },
    ))
    .await;
    scene.until(".acts").await;
    let acts = scene.text_of(".acts");
    assert!(acts.contains("Falta: Cédula"), "{acts}");
    assert!(acts.contains("La cuenta no está bloqueada."), "{acts}");
    assert_eq!(
        scene.count(".acts button"),
        1,
        "what cannot be done has no button"
    );
    scene.press(".acts", "Congelar la cuenta").await;
    scene.click("#act-form button[type=submit]").await;
    assert!(
        scene.find("#act-reason-error").is_some(),
        "nothing is done without a reason"
    );
    assert_eq!(answers.asked("staff/dossiers/act").len(), 0);
    scene.type_into("#act-reason", "Perdió el teléfono").await;
    scene.click("#act-form button[type=submit]").await;
    scene.until("#act-form .notice").await;
    let asked =
        json!({ "dossier": DOSSIER, "action": { "action": "freeze" }, "reason": "Perdió el teléfono" });
    assert_eq!(answers.asked("staff/dossiers/act"), [asked]);
    assert_eq!(
        scene.count(".item-form"),
        1,
        "only what is open asks for a verdict"
    );
    scene.click(".item-form button[type=submit]").await;
    scene.until_text("Requisitos aceptados: 5").await;
    let written = json!({ "dossier": DOSSIER, "item": "identity", "way": "original", "verdict": "accepted" });
    assert_eq!(answers.asked("staff/dossiers/item"), [written]);
    at_hand::forget_dossier();
}

#[wasm_bindgen_test]
async fn whoever_looks_at_anothers_dossier_says_why_first() {
    at_hand::keep_dossier(DOSSIER.parse().unwrap());
    let answers = Answers::new([
        ("staff/session", 200, officer("supervisor", "open")),
        (
            "staff/dossiers/show",
            422,
            json!({ "status": 422, "code": "invalid_input", "fields": [{ "field": "reason", "code": "missing" }] }),
        ),
    ]);
    let scene = Scene::of(behind(
        StaffPage::Dossier,
        |officer| html! { <DossierPage {officer} /> },
    ))
    .await;
    scene.until("#why").await;
    scene.type_into("#why", "Visto bueno de un colega").await;
    answers.answer("staff/dossiers/show", 200, dossier("accepted", json!([])));
    scene.click("form button[type=submit]").await;
    scene.until(".dossier").await;
    let last = answers.asked("staff/dossiers/show").pop();
    assert_eq!(
        last,
        Some(json!({ "dossier": DOSSIER, "reason": "Visto bueno de un colega" }))
    );
    at_hand::forget_dossier();
}

#[wasm_bindgen_test]
async fn a_link_shown_once_is_drawn_and_put_away() {
    at_hand::keep_dossier(DOSSIER.parse().unwrap());
    let actions = json!([action("enrol_passkey", "offered", &[], None)]);
    let _answers = Answers::new([
        ("staff/session", 200, officer("agent", "open")),
        ("staff/dossiers/show", 200, dossier("accepted", actions.clone())),
        (
            "staff/dossiers/act",
            200,
            json!({
                "dossier": dossier("accepted", actions),
                "enrolment": { "link": "https://portal.example/registrar-huella#abc", "qr": "##\n.#", "deadline": at(600) },
            }),
        ),
    ]);
    let scene = Scene::of(behind(
        StaffPage::Dossier,
        |officer| html! { <DossierPage {officer} /> },
    ))
    .await;
    scene.until(".acts").await;
    scene.press(".acts", "Registrar una huella o un rostro").await;
    scene.type_into("#act-reason", "Viene con su teléfono").await;
    scene.click("#act-form button[type=submit]").await;
    scene.until("#enrolment .qr").await;
    let path = scene.get("#enrolment .qr-dark").get_attribute("d");
    assert_eq!(path.as_deref(), Some("M4 4h1v1h-1zM5 4h1v1h-1zM5 5h1v1h-1z"));
    scene.press("#enrolment", "Ya no lo muestre").await;
    assert!(scene.find("#enrolment").is_none());
    at_hand::forget_dossier();
}

#[wasm_bindgen_test]
async fn a_signed_request_is_looked_at_before_it_is_decided() {
    at_hand::keep_dossier(DOSSIER.parse().unwrap());
    let actions = json!([action("accept_signature", "offered", &[], None)]);
    let shown = json!({
        "referral": {
            "number": "F-7K3M-2Q", "purpose": "email", "contact": "otra@empresa.example", "at": at(-3600), "deadline": at(86_400),
            "verdict": { "outcome": "indeterminate", "at": at(-3600), "lines": [] },
        },
        "accepting": "second_officer",
    });
    let answers = Answers::new([
        ("staff/session", 200, officer("agent", "open")),
        ("staff/dossiers/show", 200, dossier("accepted", actions.clone())),
        ("staff/dossiers/referral", 200, shown),
        (
            "staff/dossiers/act",
            200,
            json!({ "dossier": dossier("accepted", actions) }),
        ),
    ]);
    let scene = Scene::of(behind(
        StaffPage::Dossier,
        |officer| html! { <DossierPage {officer} /> },
    ))
    .await;
    scene.until(".acts").await;
    scene
        .press(".acts", "Aceptar una solicitud con firma electrónica")
        .await;
    scene.type_into("#number", "F-7K3M-2Q").await;
    scene.type_into("#act-reason", "Mostró su cédula").await;
    scene.click("#act-form button[type=submit]").await;
    assert!(scene.find("#number-error").is_some(), "nothing is decided unseen");
    assert_eq!(answers.asked("staff/dossiers/act").len(), 0);
    scene.press("#referral", "Ver qué pide la solicitud").await;
    scene.until_text("otra@empresa.example").await;
    assert_eq!(
        answers.asked("staff/dossiers/referral"),
        [json!({ "dossier": DOSSIER, "number": "F-7K3M-2Q" })]
    );
    // What it asks for needs a second officer, and the button says so.
    assert_eq!(
        scene.text_of("#act-form button[type=submit]"),
        "Pedir el visto bueno"
    );
    scene.click("#act-form button[type=submit]").await;
    assert_eq!(answers.asked("staff/dossiers/act").len(), 1);
    at_hand::forget_dossier();
}

#[wasm_bindgen_test]
async fn whoever_finished_one_thing_waits_for_what_is_under_way_still() {
    at_hand::keep_dossier(DOSSIER.parse().unwrap());
    let deed = |what: &str, progress: Value| {
        json!({
            "action": what, "at": at(-30), "officer": "Ana Lucía Ejemplo Torres", "second": null, "reason": "Vino en persona",
            "under_way": { "reference": null, "to": null, "progress": progress },
        })
    };
    let approval = json!({
        "approval": "0190f3a0-0000-7000-8000-0000000b0001", "dossier": DOSSIER, "action": "send_recovery_link",
        "employer": "17•••••••4001", "contact": null, "zone": "mainland", "asked_by": "Ana Lucía Ejemplo Torres", "reason": "Vino en persona",
        "asked_at": at(-60), "deadline": at(840), "state": "waiting", "yours": "own", "decided": null,
    });
    let done = |state: &str| json!({ "progress": state, "at": at(-10) });
    for (deeds, waits, leaves) in [
        (json!([deed("change_contact", done("done"))]), true, false),
        (json!([deed("change_contact", done("done"))]), false, true),
        (
            json!([
                deed("change_contact", done("done")),
                deed("send_recovery_link", json!({ "progress": "queued" }))
            ]),
            false,
            false,
        ),
    ] {
        let mut view = dossier("accepted", json!([]));
        view["done"] = deeds;
        if waits {
            view["approvals"] = json!([approval]);
        }
        let _answers = Answers::new([
            ("staff/session", 200, officer("agent", "open")),
            ("staff/dossiers/show", 200, view),
        ]);
        let scene = Scene::of(behind(
            StaffPage::Dossier,
            |officer| html! { <DossierPage {officer} /> },
        ))
        .await;
        scene.until_text("Contacto confirmado").await;
        assert_eq!(
            scene.text_of(".dossier").contains("ya puede irse"),
            leaves,
            "{waits}"
        );
    }
    at_hand::forget_dossier();
}

#[wasm_bindgen_test]
async fn nobody_decides_what_they_asked_for() {
    let approval = |id: &str, yours: &str| {
        json!({
            "approval": id, "dossier": DOSSIER, "action": "send_recovery_link", "employer": "17•••••••4001", "contact": null, "zone": "mainland",
            "asked_by": "Luis Ejemplo Vaca", "reason": "Cambió el correo", "asked_at": at(-60), "deadline": at(840),
            "state": "waiting", "yours": yours, "decided": null,
        })
    };
    let (own, others) = (
        "0190f3a0-0000-7000-8000-0000000f0001",
        "0190f3a0-0000-7000-8000-0000000f0002",
    );
    let answers = Answers::new([
        ("staff/session", 200, officer("agent", "open")),
        (
            "staff/approvals",
            200,
            json!({ "now": now(), "approvals": [approval(own, "own"), approval(others, "to_decide")] }),
        ),
        ("staff/approvals/decide", 200, approval(others, "over")),
    ]);
    let scene = Scene::of(behind(
        StaffPage::Approvals,
        |officer| html! { <ApprovalsPage {officer} /> },
    ))
    .await;
    scene.until(".approvals").await;
    assert_eq!(scene.count(".approvals form"), 1);
    scene.press(".approvals form", "No estoy de acuerdo").await;
    assert_eq!(
        answers.asked("staff/approvals/decide").len(),
        0,
        "a reason is asked for"
    );
    scene.type_into(".approvals form input", "Falta la carta").await;
    scene.press(".approvals form", "No estoy de acuerdo").await;
    answers.until_asked("staff/approvals/decide").await;
    let said = json!({ "approval": others, "decision": "refuse", "reason": "Falta la carta" });
    assert_eq!(answers.asked("staff/approvals/decide"), [said]);
}

#[wasm_bindgen_test]
async fn an_invitation_is_used_up_only_with_a_second_factor_and_leaves_no_trace_in_the_address() {
    let location = gloo::utils::window().location();
    location.set_hash("a-token").unwrap();
    let answers = Answers::new([
        (
            "staff/invitation/inspect",
            200,
            json!({
                "now": now(), "deadline": at(90_000), "name": "Rosa Ejemplo Lema", "email": "rosa@institucion.ec", "role": "agent",
                "password": {
                    "rules": {
                        "min_length": 15, "max_length": 64, "composition": false, "personal_piece": 4, "run": 4, "min_score": 3,
                        "history": 0
                    },
                    "personal": ["Rosa"]
                },
            }),
        ),
        (
            "staff/invitation/code",
            200,
            json!({ "secret": "JBSWY3DPEHPK3PXP", "uri": "otpauth://totp/x", "qr": { "size": 9, "path": "M4 4h1v1h-1z" } }),
        ),
    ]);
    let scene = Scene::of(html! { <InvitationPage /> }).await;
    scene.until("#second").await;
    assert_eq!(location.hash().unwrap(), "");
    assert_eq!(
        answers.asked("staff/invitation/inspect"),
        [json!({ "token": "a-token" })]
    );
    scene.press("form", "Terminar").await;
    assert!(
        scene.find("#second-error").is_some(),
        "a second factor is compulsory"
    );
    scene.click("#second-0").await;
    scene.until(".qr").await;
    assert!(
        scene
            .get(".secret")
            .text_content()
            .unwrap()
            .contains("JBSW Y3DP EHPK 3PXP")
    );
    scene.press("form", "Terminar").await;
    assert!(scene.find("#code-error").is_some());
    assert_eq!(answers.asked("staff/invitation/accept").len(), 0);
}

/// A list of which the page takes the first row away.
#[component]
fn Shrinking() -> Html {
    let gone = use_state_eq(|| 0_usize);
    let rows: Vec<RovingRow> = ["uno", "dos", "tres"]
        .into_iter()
        .skip(*gone)
        .map(|key| RovingRow {
            key: key.into(),
            body: html! { key },
            act: RovingAct {
                label: "Llamar".into(),
                about: key.into(),
                state: ButtonState::Ready,
                onact: {
                    let (gone, now) = (gone.setter(), *gone);
                    Callback::from(move |()| gone.set(now + 1))
                },
            },
        })
        .collect();
    html! { <Roving id="list" label="Lista" {rows} /> }
}

#[wasm_bindgen_test]
async fn a_list_is_one_stop_of_the_tab_key_and_keeps_the_focus_when_rows_go() {
    let scene = Scene::of(html! { <Shrinking /> }).await;
    let tabs = || scene.count("#list button[tabindex='0']");
    let focused = || {
        gloo::utils::document()
            .active_element()
            .map(|element| element.id())
    };
    assert_eq!(tabs(), 1);
    scene.get("#list-uno").focus().unwrap();
    scene.settle().await;
    scene.key("#list-uno", "j").await;
    assert_eq!(focused().as_deref(), Some("list-dos"));
    scene.key("#list-dos", "End").await;
    assert_eq!(focused().as_deref(), Some("list-tres"));
    scene.key("#list-tres", "k").await;
    scene.key("#list-dos", "Home").await;
    assert_eq!(focused().as_deref(), Some("list-uno"));
    scene.click("#list-uno").await;
    assert_eq!(scene.count("#list li"), 2);
    assert_eq!(
        focused().as_deref(),
        Some("list-dos"),
        "the one that took its place"
    );
    assert_eq!(tabs(), 1);
}

/// Something that counts how often its key was pressed.
#[component]
fn Counting() -> Html {
    let count = use_state_eq(|| 0_u32);
    let press = {
        let count = count.clone();
        Callback::from(move |()| count.set(*count + 1))
    };
    use_shortcut(Press::Key("n"), "Contar", press);
    html! { <><p id="count">{ *count }</p><input id="field" /></> }
}

#[wasm_bindgen_test]
async fn keys_are_listed_ignored_while_typing_and_can_be_turned_off() {
    let scene = Scene::of(html! { <KeysProvider><Counting /></KeysProvider> }).await;
    scene.key("#count", "n").await;
    scene.key("#count", "n").await;
    assert_eq!(scene.text_of("#count"), "2");
    scene.key("#field", "n").await;
    assert_eq!(scene.text_of("#count"), "2", "what is typed is typed");
    scene.key("#count", "?").await;
    assert!(scene.text_of("#keys").contains("Contar"));
    scene.key("#count", "n").await;
    assert_eq!(scene.text_of("#count"), "2", "not behind a dialog");
    scene.click("#keys-used").await;
    scene.press("#keys", "Cerrar").await;
    scene.key("#count", "n").await;
    assert_eq!(scene.text_of("#count"), "2", "they are off");
    frontend::platform::storage::set_local("clavero.staff-keys", "on");
}

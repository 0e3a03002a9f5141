//! Appointments: the page of each stage from views as the server sends them, the days and times, and finding one.

use crate::scene::Scene;
use core::cell::RefCell;
use frontend::appointments::{BeginPage, MinePage, Picked, Seen, StageProps, Week, WeekProps, standing};
use frontend::booking::Page;
use frontend::forms::choice::Choice;
use frontend::platform::{history, json};
use frontend::routes::{AppointmentPage, Module, NavigatorProvider, Route};
use serde_json::{Value, json};
use shared::appointments::api::{AppointmentView, FreeDays};
use shared::centres::{Mode, Procedure};
use shared::i18n::{Language, Text};
use shared::time::{CivilDate, Timestamp};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew::props;

const MINUTE: i64 = 60_000_000;
/// Tuesday, 24 November 2026, 09:20 in Quito.
const START: i64 = 1_795_530_000_000_000;
const NOW: i64 = START - 3 * 24 * 60 * MINUTE;
const CENTRE: &str = "01935b7e-0000-7000-8000-000000000001";

fn place() -> Value {
    json!({ "starts_at": START, "ends_at": START + 20 * MINUTE })
}

fn view(mode: &str, zone: &str, stage: Value) -> Value {
    json!({
        "now": NOW,
        "code": "T-7K3M-2Q",
        "procedure": "recovery",
        "mode": mode,
        "employer": "17•••••••••001",
        "email": "an•••@ej•••.ec",
        "centre": {
            "id": CENTRE, "name": "Centro de prueba", "province": "17", "canton": "Quito", "address": "Calle Inventada 1",
            "map": "https://maps.example/1", "zone": zone,
            "hours": [{ "weekday": "monday", "opens": "08:00", "closes": "12:00" }, { "weekday": "tuesday", "opens": "08:00", "closes": "12:00" }],
            "exceptions": { "holidays": [{ "day": "2026-12-01", "name": "Día inventado" }], "closures": [] }
        },
        "bring": [
            { "item": "identity", "bring": "original", "paper": "cedula" },
            { "item": "ruc", "bring": "looked_up", "paper": "ruc" },
            { "item": "appointment", "bring": "code", "paper": "code" },
            { "item": "letter", "bring": "original", "paper": "letter" },
            { "item": "representation", "bring": "looked_up", "paper": "company_appointment" }
        ],
        "stage": stage
    })
}

fn read(view: Value) -> AppointmentView {
    // By the reader that the app uses: it has to take what the server writes.
    json::read(&view.to_string()).unwrap()
}

async fn showing(language: Language, view: Value) -> Scene {
    let props = props!(StageProps {
        seen: Seen::now(Rc::new(read(view))),
        show: Callback::noop(),
        onask: Callback::noop()
    });
    Scene::in_language(language, standing(Text::new(language), &props)).await
}

async fn at(stage: Value) -> Scene {
    showing(Language::Es, view("in_person", "mainland", stage)).await
}

fn booked(moves_left: u8) -> Value {
    json!({ "stage": "booked", "place": place(), "moves_left": moves_left, "video": null })
}

#[wasm_bindgen_test]
async fn a_booked_place_says_everything_to_take_along() {
    let scene = at(booked(2)).await;
    assert_eq!(scene.text_of("h1"), "Su turno está reservado");
    assert_eq!(scene.text_of(".referral-number"), "T-7K3M-2Q");
    let text = scene.text();
    for said in [
        "martes 24 de noviembre de 2026",
        "De 09:20 a 09:40",
        "Ecuador continental",
        "Centro de prueba",
        "Calle Inventada 1",
        "Quito, Pichincha",
        "Recuperar la clave",
        "17•••••••••001",
        "an•••@ej•••.ec",
        "La cédula del representante",
        "Lleve el original",
        "lo consulta el funcionario",
        "Puede moverlo 2 veces más",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(scene.count(".bring li"), 5);
    let links = scene.hrefs();
    for way in [
        "/api/v1/appointment/appointment.pdf",
        "/api/v1/appointment/appointment.ics",
        "/turno/cambiar",
        "https://maps.example/1",
    ] {
        assert!(links.contains(&way.to_owned()), "{way}: {links:?}");
    }
    assert_eq!(
        scene.count("a[download]"),
        2,
        "the router leaves files to the browser"
    );
    assert_eq!(
        scene.get("a[target=_blank]").get_attribute("rel").as_deref(),
        Some("noopener noreferrer")
    );
    assert_eq!(
        scene.count(".button:not(.button-secondary, .button-quiet, .button-danger)"),
        1,
        "one primary action"
    );
    assert!(!text.contains("videollamada"), "{text}");
}

#[wasm_bindgen_test]
async fn what_can_not_be_moved_any_more_offers_no_move() {
    let scene = at(booked(0)).await;
    assert!(!scene.hrefs().contains(&"/turno/cambiar".to_owned()));
    assert!(scene.text().contains("Ya no se puede mover"));
}

#[wasm_bindgen_test]
async fn hours_are_those_of_the_centres_clocks() {
    let scene = showing(Language::Es, view("in_person", "galapagos", booked(1))).await;
    let text = scene.text();
    assert!(
        text.contains("De 08:20 a 08:40") && text.contains("Hora de Galápagos"),
        "{text}"
    );
    let scene = showing(Language::En, view("in_person", "mainland", booked(1))).await;
    assert!(
        scene.text().contains("Tuesday 24 November 2026"),
        "{}",
        scene.text()
    );
}

#[wasm_bindgen_test]
async fn cancelling_asks_before_it_does() {
    let scene = at(booked(1)).await;
    assert_eq!(scene.count("dialog"), 0);
    scene.press("main", "Cancelar el turno").await;
    assert!(
        scene
            .text_of("dialog")
            .contains("El cupo queda libre para otra persona")
    );
    scene.press("dialog", "Conservarlo").await;
    assert_eq!(scene.count("dialog"), 0);
}

fn video(now: i64, room: Option<&str>) -> Value {
    let stage = json!({ "stage": "booked", "place": place(), "moves_left": 0, "video": {
        "opens": START - 10 * MINUTE, "closes": START + 30 * MINUTE, "room": room
    } });
    let mut view = view("video", "mainland", stage);
    view["now"] = json!(now);
    view
}

#[wasm_bindgen_test]
async fn the_room_of_a_video_call_is_shown_while_it_is_open() {
    let before = showing(Language::Es, video(START - 11 * MINUTE, None)).await;
    let text = before.text();
    assert!(
        text.contains("martes 24 de noviembre, desde las 09:10") && text.contains("Qué tener a la mano"),
        "{text}"
    );
    assert!(before.hrefs().iter().all(|link| !link.contains("meet")));

    let room = "https://meet.example/a1b2";
    let open = showing(Language::Es, video(START, Some(room))).await;
    let link = open.get(&format!("a[href='{room}']"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
    assert_eq!(link.inner_text(), "Entrar a la videollamada");
    assert!(open.text().contains("hasta las 09:50"), "{}", open.text());

    let over = showing(Language::Es, video(START + 30 * MINUTE, None)).await;
    assert!(over.text().contains("ya pasó"), "{}", over.text());
}

#[wasm_bindgen_test]
async fn a_held_place_counts_down_and_wants_an_address() {
    let stage = json!({ "stage": "held", "place": place(), "deadline": NOW + 5 * MINUTE, "total": 300 });
    let mut held = view("in_person", "mainland", stage);
    held["email"] = Value::Null;
    let scene = showing(Language::Es, held).await;
    assert_eq!(scene.text_of("h1"), "Confirme su turno");
    let clock = scene.get("[role=timer]").get_attribute("aria-label").unwrap();
    assert!(
        clock.starts_with("Tiempo para confirmar: ") && (clock.ends_with("5:00") || clock.ends_with("4:59")),
        "{clock}"
    );
    assert!(scene.text().contains("Todavía no está reservado"));
    scene.press("form", "Confirmar el turno").await;
    let summary = scene.text_of(".error-summary");
    assert!(summary.contains("Escriba su correo"), "{summary}");
    assert_eq!(
        scene.get("#email").get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
    scene.type_into("#email", "nadie").await;
    scene.press("form", "Confirmar el turno").await;
    assert!(scene.text_of(".error-summary").contains("correo completo"));
}

#[wasm_bindgen_test]
async fn every_other_stage_says_what_is_and_what_comes_next() {
    let waiting = |ahead: u32| json!({ "stage": "waiting", "since": NOW, "until": NOW + 30 * 24 * 60 * MINUTE, "ahead": ahead });
    let ended = |stage: &str| json!({ "stage": stage, "place": place(), "at": START });
    for (stage, title, said) in [
        (
            json!({ "stage": "offered", "place": place(), "deadline": NOW + 60 * MINUTE, "total": 3600 }),
            "Hay un cupo para usted",
            "Aceptar el cupo",
        ),
        (
            waiting(0),
            "Está en la lista de espera",
            "Es la siguiente persona",
        ),
        (waiting(3), "Está en la lista de espera", "Hay 3 personas antes"),
        (
            json!({ "stage": "checked_in", "place": place(), "at": START, "video": null }),
            "Su llegada está registrada",
            "Registrada a las 09:20",
        ),
        (
            ended("attended"),
            "Su turno terminó",
            "martes 24 de noviembre, 09:20",
        ),
        (ended("no_show"), "Nadie llegó a este turno", "Puede pedir otro"),
        (
            json!({ "stage": "cancelled", "place": place(), "by": "centre", "at": NOW }),
            "El turno está cancelado",
            "El centro lo canceló",
        ),
        (
            json!({ "stage": "cancelled", "place": null, "by": "person", "at": NOW }),
            "El turno está cancelado",
            "Usted lo canceló",
        ),
        (
            json!({ "stage": "lapsed", "at": NOW }),
            "El tiempo terminó",
            "No hay nada reservado",
        ),
    ] {
        let scene = at(stage).await;
        assert_eq!(scene.text_of("h1"), title);
        assert!(scene.text().contains(said), "{said}: {}", scene.text());
    }
}

fn days() -> FreeDays {
    let day = |date: &str, opens: bool, times: &[(i64, u8)]| {
        let times: Vec<Value> = times
            .iter()
            .map(|(at, left)| json!({ "starts_at": at, "left": left }))
            .collect();
        json!({ "date": date, "opens": opens, "times": times })
    };
    let days = json!({
        "now": NOW, "zone": "mainland", "minutes": 20, "full": false, "earlier": null, "later": "2026-11-30",
        "days": [
            day("2026-11-23", true, &[]),
            day("2026-11-24", true, &[(START, 1), (START + 20 * MINUTE, 3)]),
            day("2026-11-25", true, &[(START + 24 * 60 * MINUTE, 2)]),
            day("2026-11-28", false, &[]),
        ]
    });
    json::read(&days.to_string()).unwrap()
}

/// A week, with what was picked and the week that was asked for.
async fn week(picked: Option<i64>) -> (Scene, Rc<RefCell<Vec<Timestamp>>>, Rc<RefCell<Vec<CivilDate>>>) {
    let (times, weeks) = (Rc::<RefCell<Vec<_>>>::default(), Rc::<RefCell<Vec<_>>>::default());
    let props = props!(WeekProps {
        days: Rc::new(days()),
        picked: picked.map(Timestamp::from_micros),
        act: "Continuar",
        onpick: {
            let times = times.clone();
            Callback::from(move |picked: Picked| times.borrow_mut().push(picked.starts_at))
        },
        onweek: {
            let weeks = weeks.clone();
            Callback::from(move |day| weeks.borrow_mut().push(day))
        }
    });
    (Scene::of(html! { <Week ..props /> }).await, times, weeks)
}

#[wasm_bindgen_test]
async fn the_first_day_with_a_free_time_is_open_and_a_time_has_to_be_chosen() {
    let (scene, times, weeks) = week(None).await;
    assert!(scene.text_of("#time legend").contains("martes 24 de noviembre"));
    assert_eq!(scene.count("#time input"), 2);
    assert_eq!(scene.count("#day input:disabled"), 2);
    let text = scene.text();
    for said in [
        "Sin cupos",
        "No atiende",
        "2 horas libres",
        "1 hora libre",
        "Último cupo",
        "dura 20 minutos",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    scene.press("form", "Continuar").await;
    assert!(scene.text_of(".error-summary").contains("Elija una hora"));
    assert!(times.borrow().is_empty());

    scene.click("#time-1").await;
    scene.press("form", "Continuar").await;
    assert_eq!(*times.borrow(), [Timestamp::from_micros(START + 20 * MINUTE)]);

    // Another day has other times, and what was picked of the first is not sent with it.
    scene.click("#day-2").await;
    assert!(scene.text_of("#time legend").contains("miércoles 25"));
    assert_eq!(scene.count("#time :checked"), 0);
    scene.press("form", "Continuar").await;
    assert_eq!(times.borrow().len(), 1);

    scene.press("form", "Días siguientes").await;
    assert_eq!(*weeks.borrow(), [CivilDate::new(2026, 11, 30).unwrap()]);
    assert!(!scene.text().contains("Días anteriores"));
}

#[wasm_bindgen_test]
async fn what_was_picked_before_is_picked_still_unless_it_is_taken() {
    let (scene, times, _) = week(Some(START)).await;
    assert_eq!(scene.count("#time :checked"), 1);
    scene.press("form", "Continuar").await;
    assert_eq!(*times.borrow(), [Timestamp::from_micros(START)]);
    let (scene, times, _) = week(Some(START + 40 * MINUTE)).await;
    assert_eq!(scene.count("#time :checked"), 0);
    scene.press("form", "Continuar").await;
    assert!(times.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn what_was_chosen_waits_in_the_tab_and_names_nobody() {
    let choice = Choice {
        province: "17".parse().ok(),
        procedure: Some(Procedure::Unlock),
        mode: Some(Mode::Video),
        centre: CENTRE.parse().ok(),
        starts_at: Some(Timestamp::from_micros(START)),
    };
    choice.keep();
    assert_eq!(Choice::recall(), choice);
    Choice::intend(Procedure::Recovery);
    let intended = Choice::recall();
    assert_eq!(
        (
            intended.province,
            intended.procedure,
            intended.centre,
            intended.starts_at
        ),
        (choice.province, Some(Procedure::Recovery), None, None)
    );
    Choice::forget();
    assert_eq!(Choice::recall(), Choice::default());
}

#[wasm_bindgen_test]
async fn a_step_whose_question_was_not_asked_leads_to_the_one_that_is_missing() {
    let before = history::path();
    Choice::forget();
    history::replace("/turno/hora");
    let scene =
        Scene::of(html! { <NavigatorProvider module={Module::Booking}><Page /></NavigatorProvider> }).await;
    yew::scheduler::flush().await;
    assert_eq!(history::path(), "/turno");
    drop(scene);
    Choice {
        province: "17".parse().ok(),
        ..Choice::default()
    }
    .keep();
    history::replace("/turno/reservar");
    let scene =
        Scene::of(html! { <NavigatorProvider module={Module::Booking}><Page /></NavigatorProvider> }).await;
    yew::scheduler::flush().await;
    assert_eq!(history::path(), "/turno/tramite");
    drop(scene);
    Choice::forget();
    history::replace(&before);
}

#[wasm_bindgen_test]
async fn pages_have_addresses_and_a_heading_before_anything_has_come() {
    for (path, page) in [
        ("/turno", AppointmentPage::Begin),
        ("/turno/mi-turno", AppointmentPage::Mine),
        ("/turno/video", AppointmentPage::Video),
        ("/turno/gestionar", AppointmentPage::Link),
    ] {
        assert_eq!(Route::parse(path), Route::Appointment(page));
        assert_eq!(Route::Appointment(page).path(), path);
    }
    assert_eq!(Route::parse("/turno/otra"), Route::NotFound);
    assert_eq!(
        Scene::of(html! { <BeginPage /> }).await.text_of("h1"),
        "Pida un turno"
    );
    assert_eq!(
        Scene::of(html! { <MinePage /> }).await.text_of("h1"),
        "Busque su turno"
    );
}

//! Appointments, as people make them: choose a place, hold it, confirm it, take it along, move it, give it back, wait for one.

use crate::access::{in_every_look, in_few_looks};
use crate::narrow::{NARROW, in_every_language};
use crate::page::Page;
use crate::people::{Employer, GOOD, NATURAL, PUBLIC};
use crate::portal::Installation;
use crate::recovery::ES;
use crate::scene::Scene;
use serde_json::Value;
use shared::centres::Zone;
use shared::policy::{Policy, Profile};
use shared::time::Timestamp;
use std::fmt::Write as _;
use std::fs;
use std::time::Duration;
use thirtyfour::{By, Key};

/// Open at every hour of every day, so that it does not matter when the test runs.
const ALWAYS: &str = "mon-sun 00:00-23:40";
pub const CENTRE: &str = "Centro de prueba Norte";
pub const OTHER: &str = "Centro de prueba Sur";
pub const EMAIL: &str = "turnos@prueba.example";
const LINK: &str = "/turno/gestionar#";

/// What can be fetched by the browser with its cookie, as its own download does.
const FETCH: &str = "const [href, done] = arguments;
    fetch(href).then(async answer => {
        const bytes = new Uint8Array(await answer.arrayBuffer());
        let text = '';
        for (const byte of bytes) text += String.fromCharCode(byte);
        done([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition'), text]);
    }).catch(error => done([0, String(error), '', '']));";

/// When the chosen time begins.
const CHOSEN: &str = "const done = arguments[1];
    done(document.querySelector('#time :checked').value);";

/// Imports centres: code, name, province, hours, counters.
fn import(installation: &Installation, centres: &[(&str, &str, &str, &str, u8)]) {
    let mut rows =
        "code,name,province,canton,address,latitude,longitude,hours,counters,procedures,modes,holidays\n"
            .to_owned();
    for (code, name, province, hours, counters) in centres {
        let canton = if *province == "20" { "Santa Cruz" } else { "Quito" };
        writeln!(
            rows,
            "{code},{name},{province},{canton},Calle Inventada 1,,,{hours},{counters},\"recovery,unlock,contact,passkey,signature\",\"in_person,video\","
        )
        .expect("a String takes everything");
    }
    let file = installation.folder().join("centres.csv");
    fs::write(&file, rows).expect("the centres");
    installation.clavero(&["import", "centres", &file.to_string_lossy()]);
}

/// How long the first time that is offered stays on offer at least: no test lasts so long.
const ROOM: Duration = Duration::from_mins(6);

/// Two centres. The clock is moved a little where the first time would soon be too near to be booked: whoever chose it would have it taken away in
/// the middle.
pub async fn open() -> Scene {
    let scene = Scene::with("profile = \"2026\"", |installation| {
        import(
            installation,
            &[
                ("NORTE", CENTRE, "17", ALWAYS, 3),
                ("SUR", OTHER, "17", ALWAYS, 1),
            ],
        );
    })
    .await;
    let centres = Policy::of(Profile::Y2026).centres;
    let slot = i64::from(centres.slot_minutes) * 60_000;
    let lead = Duration::from_mins(centres.lead_minutes.into());
    // Times begin at whole slots of the hour, by the clocks of Ecuador too.
    let left = slot - scene.now().await.after(lead).as_millis() % slot;
    let left = Duration::from_millis(left.unsigned_abs());
    if left < ROOM {
        scene.portal.advance(left + Duration::from_secs(1)).await;
    }
    scene
}

/// From the beginning to the centres.
async fn errand(page: &Page, scene: &Scene, procedure: &str, mode: &str) {
    page.open(&scene.portal.url("/turno")).await;
    page.reads(ES.appointments_title()).await;
    province(page, "Pichincha").await;
    page.press(ES.appointments_continue()).await;
    page.reads(ES.appointments_errand_title()).await;
    page.choose(ES.appointments_procedure_label(), procedure).await;
    page.choose(ES.appointments_mode_label(), mode).await;
    page.press(ES.appointments_continue()).await;
    page.reads(ES.appointments_centre_title()).await;
}

async fn province(page: &Page, name: &str) {
    let field = page.field(ES.appointments_province_label()).await;
    let option = field
        .find(By::XPath(format!("option[normalize-space(.)='{name}']")))
        .await
        .expect("the province is offered");
    option.click().await.expect("it can be chosen");
}

/// Chooses the first free time of a centre; when it begins.
async fn time(page: &Page, centre: &str) -> Timestamp {
    page.press(centre).await;
    page.reads(ES.appointments_time_title()).await;
    let chosen = first_time(page).await;
    page.press(ES.appointments_continue()).await;
    page.reads(ES.appointments_book_title()).await;
    chosen
}

/// Marks the first time of the day that is open, but not midnight: minutes before, another day's queue is served.
async fn first_time(page: &Page) -> Timestamp {
    time_after(page, 0).await
}

/// The same, but so many times later.
async fn time_after(page: &Page, first: usize) -> Timestamp {
    page.shows(ES.appointments_day_label()).await;
    let labels = page.texts("#time label").await;
    let midnight = labels.first().is_some_and(|words| words.starts_with("00:00"));
    nth_time(page, first + usize::from(midnight)).await
}

async fn nth_time(page: &Page, index: usize) -> Timestamp {
    let labels = page.texts("#time label").await;
    let words = labels.get(index).expect("so many times are free");
    let clock = words.split_whitespace().next().expect("a time");
    let path = "const [id, done] = arguments; document.getElementById(id).click(); done(null);";
    page.run(path, Value::from(format!("time-{index}"))).await;
    let chosen = page.run(CHOSEN, Value::Null).await;
    let micros: i64 = chosen.as_str().expect("a value").parse().expect("a time");
    let at = Timestamp::from_micros(micros);
    assert_eq!(
        Zone::Mainland.clock_at(at).to_string(),
        clock,
        "what is shown is what is meant"
    );
    at
}

/// Says who comes; ends while the place is held.
async fn identify(page: &Page, who: &Employer) {
    page.fill(ES.identifiers_employer_label(), who.number).await;
    if who.sort == crate::people::Sort::Body {
        page.fill(ES.identifiers_representative_label(), who.representative)
            .await;
    }
    page.press(ES.recovery_identify_send()).await;
}

async fn confirm(page: &Page, email: &str) {
    page.reads(ES.appointments_held_title()).await;
    page.fill(ES.appointments_email_label(), email).await;
    page.press(ES.appointments_confirm()).await;
    page.reads(ES.appointments_booked_title()).await;
}

/// The whole way to an appointment at the first free time; its code and when it begins.
pub async fn book(scene: &Scene, who: &Employer, mode: &str) -> (Page, String, Timestamp) {
    let page = scene.page();
    errand(&page, scene, ES.appointments_procedure_recovery(), mode).await;
    let at = time(&page, CENTRE).await;
    identify(&page, who).await;
    confirm(&page, EMAIL).await;
    let code = page.texts(".referral-number").await.concat();
    (page, code, at)
}

pub async fn fetch(page: &Page, path: &str) -> (u16, String, String, String) {
    let answer = page.run(FETCH, Value::from(path)).await;
    serde_json::from_value(answer).expect("an answer")
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one person's way, step by step")]
async fn an_appointment_is_booked_taken_along_moved_and_found_again() {
    let scene = open().await;
    let page = scene.page();
    page.open(&scene.portal.url("/")).await;
    page.press(ES.home_appointment_title()).await;
    page.reads(ES.appointments_title()).await;

    // Nothing chosen: the summary has the focus and leads to the field.
    page.press(ES.appointments_continue()).await;
    page.shows(ES.errors_summary_title()).await;
    errand(
        &page,
        &scene,
        ES.appointments_procedure_recovery(),
        ES.appointments_mode_in_person(),
    )
    .await;
    let at = time(&page, CENTRE).await;

    // Back, forward and a reload land where they should, with what was chosen.
    page.back().await;
    page.reads(ES.appointments_time_title()).await;
    page.shows(ES.appointments_day_label()).await;
    assert_eq!(
        page.run(CHOSEN, Value::Null).await,
        Value::from(at.as_micros().to_string())
    );
    page.forward().await;
    page.reads(ES.appointments_book_title()).await;
    page.reload().await;
    page.reads(ES.appointments_book_title()).await;
    page.shows(CENTRE).await;

    identify(&page, &GOOD).await;
    page.reads(ES.appointments_held_title()).await;
    page.arrives("/turno/mi-turno").await;
    page.reload().await;
    let before = scene.mail.received().len();
    confirm(&page, EMAIL).await;
    let code = page.texts(".referral-number").await.concat();
    let bring = page.texts(".bring li").await.join("\n");
    assert!(
        bring.contains(ES.appointments_paper_cedula()) && bring.contains(ES.appointments_bring_looked_up()),
        "{bring}"
    );

    // The page is the appointment's whenever it is opened in this browser.
    page.open(&scene.portal.url("/turno")).await;
    page.press(ES.appointments_have_act()).await;
    page.reads(ES.appointments_booked_title()).await;

    // Two files, made for this appointment.
    let (status, media, disposition, calendar) = fetch(&page, "/api/v1/appointment/appointment.ics").await;
    assert_eq!(status, 200, "{media}");
    assert!(
        media.starts_with("text/calendar") && disposition.contains(&format!("turno-{code}.ics")),
        "{media} {disposition}"
    );
    assert!(
        calendar.starts_with("BEGIN:VCALENDAR")
            && calendar.contains("BEGIN:VEVENT")
            && calendar.contains(&code),
        "{calendar}"
    );
    let (status, media, _, sheet) = fetch(&page, "/api/v1/appointment/appointment.pdf").await;
    assert_eq!((status, media.as_str()), (200, "application/pdf"));
    assert!(sheet.starts_with("%PDF-"));

    // The mail has the code and a link that opens it anywhere.
    let mail = scene.mail.mail(before + 1).await;
    assert!(mail.text().contains(&code), "{}", mail.text());
    let link = scene.link(EMAIL, LINK, before).await;

    page.press(ES.appointments_move()).await;
    page.reads(ES.appointments_move_title()).await;
    let moved = time_after(&page, 1).await;
    assert!(moved > at);
    page.press(ES.appointments_move_act()).await;
    page.reads(ES.appointments_booked_title()).await;
    page.shows(&Zone::Mainland.clock_at(moved).to_string()).await;
    assert_eq!(
        page.texts(".referral-number").await.concat(),
        code,
        "the code stays"
    );

    // Another browser: by code and number, and not by code alone.
    scene.forget_cookies().await;
    page.open(&scene.portal.url("/turno/mi-turno")).await;
    page.reads(ES.appointments_find_title()).await;
    page.fill(ES.appointments_find_code_label(), &code.to_lowercase())
        .await;
    page.fill(ES.identifiers_representative_label(), PUBLIC.representative)
        .await;
    page.press(ES.appointments_find_act()).await;
    page.shows(ES.errors_appointment_unknown_title()).await;
    page.fill(ES.identifiers_representative_label(), GOOD.representative)
        .await;
    page.press(ES.appointments_find_act()).await;
    page.reads(ES.appointments_booked_title()).await;

    // A third one: by the mail's link, and there it is cancelled.
    scene.forget_cookies().await;
    page.open(&link).await;
    page.reads(ES.appointments_booked_title()).await;
    page.arrives("/turno/mi-turno").await;
    page.press(ES.appointments_cancel()).await;
    page.shows(ES.appointments_cancel_body()).await;
    let confirm =
        "const done = arguments[1]; document.querySelector('dialog .button-danger').click(); done(null);";
    page.run(confirm, Value::Null).await;
    page.reads(ES.appointments_cancelled_title()).await;
    page.press(ES.appointments_again()).await;
    page.reads(ES.appointments_title()).await;

    let log = scene.portal.log();
    for secret in [GOOD.representative, EMAIL, code.as_str()] {
        assert!(!log.contains(secret), "the log has {secret}");
    }
}

#[tokio::test]
async fn an_appointment_is_booked_with_the_keyboard_alone() {
    let scene = open().await;
    let page = scene.page();
    page.open(&scene.portal.url("/turno")).await;
    page.field(ES.appointments_province_label()).await;
    page.tab_to(ES.appointments_province_label()).await;
    page.types("Pichincha").await;
    page.tab_to(ES.appointments_continue()).await;
    page.key(Key::Enter).await;
    page.reads(ES.appointments_errand_title()).await;
    assert_eq!(page.focus().await.name, ES.appointments_errand_title());
    page.shows(ES.appointments_procedure_label()).await;
    page.tab_to(ES.appointments_procedure_recovery()).await;
    page.key(Key::Space).await;
    page.tab_to(ES.appointments_mode_in_person()).await;
    page.key(Key::Space).await;
    page.key(Key::Enter).await;
    page.reads(ES.appointments_centre_title()).await;
    page.shows(CENTRE).await;
    page.tab_to(CENTRE).await;
    page.key(Key::Enter).await;
    page.reads(ES.appointments_time_title()).await;
    page.shows(ES.appointments_day_label()).await;
    for _ in 0..crate::page::MOST_TABS {
        page.key(Key::Tab).await;
        if page.focus().await.id.starts_with("time-") {
            break;
        }
    }
    page.key(Key::Space).await;
    page.key(Key::Enter).await;
    page.reads(ES.appointments_book_title()).await;
    page.tab_to(ES.identifiers_employer_label()).await;
    page.types(GOOD.number).await;
    page.tab_to(ES.identifiers_representative_label()).await;
    page.types(GOOD.representative).await;
    page.key(Key::Enter).await;
    page.reads(ES.appointments_held_title()).await;
    assert_eq!(page.focus().await.name, ES.appointments_held_title());
    page.tab_to(ES.appointments_email_label()).await;
    page.types(EMAIL).await;
    page.key(Key::Enter).await;
    page.reads(ES.appointments_booked_title()).await;
    assert_eq!(page.focus().await.name, ES.appointments_booked_title());
}

#[tokio::test]
async fn a_place_that_is_not_confirmed_is_free_again_after_five_minutes() {
    let scene = open().await;
    let page = scene.page();
    errand(
        &page,
        &scene,
        ES.appointments_procedure_unlock(),
        ES.appointments_mode_in_person(),
    )
    .await;
    // The only counter of this one: while it is held, its time is nobody's.
    let at = time(&page, OTHER).await;
    identify(&page, &GOOD).await;
    page.reads(ES.appointments_held_title()).await;
    let value = at.as_micros().to_string();
    assert!(!free_times(&scene).await.contains(&value));

    scene.portal.advance(Duration::from_secs(200)).await;
    page.reload().await;
    page.reads(ES.appointments_held_title()).await;
    scene.portal.advance(Duration::from_secs(100)).await;
    page.reload().await;
    page.reads(ES.appointments_lapsed_title()).await;
    assert!(free_times(&scene).await.contains(&value));
    page.press(ES.appointments_again()).await;
    page.reads(ES.appointments_title()).await;
}

/// The free times of the centre with one counter, as everybody sees them.
async fn free_times(scene: &Scene) -> Vec<String> {
    let client = reqwest::Client::new();
    let list: Value = client
        .get(scene.portal.url("/api/v1/centres"))
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("the centres");
    let centres = list["centres"].as_array().expect("centres");
    let centre = centres
        .iter()
        .find(|one| one["name"] == OTHER)
        .expect("the centre");
    let asked = serde_json::json!({ "centre": centre["id"], "procedure": "unlock", "mode": "in_person", "from": null });
    let days: Value = client
        .post(scene.portal.url("/api/v1/appointments/places"))
        .header("origin", scene.portal.url(""))
        .json(&asked)
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("days");
    days["days"]
        .as_array()
        .expect("days")
        .iter()
        .flat_map(|day| day["times"].as_array().cloned().unwrap_or_default())
        .map(|time| time["starts_at"].to_string())
        .collect()
}

#[tokio::test]
async fn a_full_centre_has_a_waiting_list_and_who_waits_is_offered_what_is_given_back() {
    // One place in all: the centre opens once a week for one appointment, and one can book six days ahead.
    let scene = Scene::with(
        "profile = \"2026\"\n[centres]\nhorizon_days = 6\n",
        |installation| {
            import(installation, &[("SUR", OTHER, "17", ALWAYS, 1)]);
        },
    )
    .await;
    let soon = Zone::Mainland.day_of(scene.now().await).days_later(3);
    let weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][soon.weekday() as usize];
    import(
        scene.portal.installation(),
        &[("SUR", OTHER, "17", &format!("{weekday} 10:00-10:20"), 1)],
    );

    let page = scene.page();
    let (procedure, mode) = (
        ES.appointments_procedure_recovery(),
        ES.appointments_mode_in_person(),
    );
    errand(&page, &scene, procedure, mode).await;
    time(&page, OTHER).await;
    identify(&page, &GOOD).await;
    let before = scene.mail.received().len();
    confirm(&page, EMAIL).await;
    let first = scene.link(EMAIL, LINK, before).await;
    scene.forget_cookies().await;

    // Somebody else finds nothing, and waits.
    errand(&page, &scene, procedure, mode).await;
    page.shows(ES.appointments_centre_full()).await;
    page.press(OTHER).await;
    page.reads(ES.appointments_waiting_title()).await;
    page.fill(ES.appointments_email_label(), "espera@prueba.example")
        .await;
    identify(&page, &PUBLIC).await;
    page.reads(ES.appointments_waits_title()).await;
    page.shows(&ES.appointments_waits_ahead(0)).await;
    scene.forget_cookies().await;

    // The first one gives the place back.
    page.open(&first).await;
    page.reads(ES.appointments_booked_title()).await;
    page.press(ES.appointments_cancel()).await;
    let confirm =
        "const done = arguments[1]; document.querySelector('dialog .button-danger').click(); done(null);";
    page.shows(ES.appointments_cancel_body()).await;
    let before = scene.mail.received().len();
    page.run(confirm, Value::Null).await;
    page.reads(ES.appointments_cancelled_title()).await;
    scene.forget_cookies().await;

    let offer = scene.link("espera@prueba.example", LINK, before).await;
    page.open(&offer).await;
    page.reads(ES.appointments_offered_title()).await;
    page.press(ES.appointments_offered_accept()).await;
    page.reads(ES.appointments_booked_title()).await;
}

#[tokio::test]
async fn the_room_of_a_video_call_opens_ten_minutes_before_and_closes_thirty_after() {
    let scene = open().await;
    let (page, _, at) = book(&scene, &NATURAL, ES.appointments_mode_video()).await;
    let room = "const done = arguments[1];
        done([...document.querySelectorAll('main a[target=_blank]')].map(link => link.href).filter(href => !href.includes('map')));";
    page.press(ES.appointments_video_check_title()).await;
    page.reads(ES.appointments_video_title()).await;
    page.shows(ES.appointments_video_check_camera()).await;
    assert_eq!(page.run(room, Value::Null).await, serde_json::json!([]));

    // Two minutes before it opens, and when it has: the server's clock runs while the test does.
    let margin = Duration::from_mins(2);
    let opens = at.before(Duration::from_mins(10));
    scene
        .portal
        .advance(opens.since(scene.now().await).saturating_sub(margin))
        .await;
    page.reload().await;
    page.shows(ES.appointments_video_check_camera()).await;
    assert_eq!(page.run(room, Value::Null).await, serde_json::json!([]));
    scene.portal.advance(margin).await;
    page.reload().await;
    page.shows(ES.appointments_video_enter()).await;
    let links = page.run(room, Value::Null).await;
    let links: Vec<String> = serde_json::from_value(links).expect("links");
    assert!(
        links.len() == 1 && links[0].starts_with("https://meet.jit.si/") && links[0].len() > 36,
        "{links:?}"
    );
    assert!(!scene.portal.log().contains(&links[0]), "the room is in the log");

    // The place is twenty minutes long: two minutes before half an hour after it, and when that is over.
    let closes = at.after(Duration::from_mins(20 + 30));
    scene
        .portal
        .advance(closes.since(scene.now().await).saturating_sub(margin))
        .await;
    page.reload().await;
    page.shows(ES.appointments_video_enter()).await;
    scene.portal.advance(margin).await;
    page.reload().await;
    page.shows(ES.appointments_video_over()).await;
    assert_eq!(page.run(room, Value::Null).await, serde_json::json!([]));
}

#[tokio::test]
async fn everybody_can_use_the_pages_of_appointments() {
    let scene = open().await;
    let page = scene.page();
    let chrome = &scene.chrome;
    let mut found = Vec::new();
    page.open(&scene.portal.url("/turno")).await;
    page.field(ES.appointments_province_label()).await;
    page.press(ES.appointments_continue()).await;
    page.shows(ES.errors_summary_title()).await;
    found.extend(in_every_look(chrome, &page, "beginning").await);
    province(&page, "Pichincha").await;
    page.press(ES.appointments_continue()).await;
    page.reads(ES.appointments_errand_title()).await;
    page.shows(ES.appointments_procedure_label()).await;
    found.extend(in_few_looks(chrome, &page, "errand").await);
    page.choose(
        ES.appointments_procedure_label(),
        ES.appointments_procedure_recovery(),
    )
    .await;
    page.choose(ES.appointments_mode_label(), ES.appointments_mode_in_person())
        .await;
    page.press(ES.appointments_continue()).await;
    page.reads(ES.appointments_centre_title()).await;
    page.shows(CENTRE).await;
    found.extend(in_every_look(chrome, &page, "centres").await);
    page.press(CENTRE).await;
    page.reads(ES.appointments_time_title()).await;
    first_time(&page).await;
    found.extend(in_every_look(chrome, &page, "times").await);
    page.press(ES.appointments_continue()).await;
    page.reads(ES.appointments_book_title()).await;
    found.extend(in_few_looks(chrome, &page, "who comes").await);
    identify(&page, &GOOD).await;
    page.reads(ES.appointments_held_title()).await;
    found.extend(in_every_look(chrome, &page, "held").await);
    confirm(&page, EMAIL).await;
    found.extend(in_every_look(chrome, &page, "booked").await);
    page.press(ES.appointments_move()).await;
    page.reads(ES.appointments_move_title()).await;
    page.shows(ES.appointments_day_label()).await;
    found.extend(in_few_looks(chrome, &page, "move").await);
    scene.forget_cookies().await;
    page.open(&scene.portal.url("/turno/mi-turno")).await;
    page.field(ES.appointments_find_code_label()).await;
    page.press(ES.appointments_find_act()).await;
    page.shows(ES.errors_summary_title()).await;
    found.extend(in_every_look(chrome, &page, "find").await);
    page.open(&scene.portal.url("/turno/gestionar")).await;
    page.shows(ES.appointments_link_missing_title()).await;
    found.extend(in_few_looks(chrome, &page, "incomplete link").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn nothing_of_appointments_is_wider_than_320_pixels() {
    let scene = open().await;
    scene.chrome.narrow(NARROW).await;
    let page = scene.page();
    let mut wide = Vec::new();
    page.open(&scene.portal.url("/turno")).await;
    page.field(ES.appointments_province_label()).await;
    wide.extend(in_every_language(&page, "beginning").await);
    errand(
        &page,
        &scene,
        ES.appointments_procedure_recovery(),
        ES.appointments_mode_video(),
    )
    .await;
    page.shows(CENTRE).await;
    wide.extend(in_every_language(&page, "centres").await);
    page.press(CENTRE).await;
    first_time(&page).await;
    wide.extend(in_every_language(&page, "times").await);
    page.press(ES.appointments_continue()).await;
    page.reads(ES.appointments_book_title()).await;
    identify(&page, &GOOD).await;
    page.reads(ES.appointments_held_title()).await;
    wide.extend(in_every_language(&page, "held").await);
    confirm(&page, EMAIL).await;
    wide.extend(in_every_language(&page, "booked").await);
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

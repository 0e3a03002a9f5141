//! A visit by video: the person and the officer are shown one room, and only in its time.

use crate::access::in_few_looks;
use crate::appointments;
use crate::desk::{self, Desk, Works};
use crate::page::Page;
use crate::people::NATURAL;
use crate::recovery::ES;
use serde_json::Value;
use std::time::Duration;

/// Where the buttons that lead into a room go.
const ROOMS: &str = "const [words, done] = arguments;
    done([...document.querySelectorAll('a[target=_blank]')]
        .filter(link => link.textContent.trim() === words).map(link => link.href));";

/// How long before its time a room opens, and how long after the appointment's end it closes.
const BEFORE: Duration = Duration::from_mins(10);
const AFTER: Duration = Duration::from_mins(20 + 30);

/// The rooms that a page leads into by these words.
async fn rooms(page: &Page, words: &str) -> Vec<String> {
    let found = page.run(ROOMS, Value::from(words)).await;
    serde_json::from_value(found).expect("addresses")
}

#[tokio::test]
async fn both_sides_of_a_video_call_see_one_room_and_only_in_its_time() {
    let scene = appointments::open().await;
    let (person, code, at) = appointments::book(&scene, &NATURAL, ES.appointments_mode_video()).await;
    // Three minutes before it opens: the server's clock runs while the test does.
    let margin = Duration::from_mins(3);
    let now = scene.now().await;
    scene.portal.advance(at.before(BEFORE + margin).since(now)).await;
    let officer = Desk::open(&scene, "Ana Paz", "agent", Works::At("NORTE")).await;
    let page = officer.page();
    desk::sit(&page, "1").await;
    page.press(&format!("{} {code}", ES.queue_check_in())).await;
    page.press_beginning(ES.queue_call_next()).await;
    page.button_beginning(ES.queue_begin()).await;
    person.reload().await;
    person.shows(ES.appointments_video_title()).await;
    assert_eq!(rooms(&person, ES.appointments_video_enter()).await, [""; 0]);
    assert_eq!(rooms(&page, ES.queue_room_enter()).await, [""; 0]);

    // Its time: one address for both, which nobody else could guess.
    scene.portal.advance(margin).await;
    person.reload().await;
    person.shows(ES.appointments_video_enter()).await;
    page.reload().await;
    page.shows(ES.queue_room_enter()).await;
    let mut found = in_few_looks(&scene.chrome, &person, "an open room").await;
    let room = rooms(&person, ES.appointments_video_enter()).await;
    assert!(
        room.len() == 1 && room[0].starts_with("https://meet.jit.si/") && room[0].len() > 36,
        "{room:?}"
    );
    assert_eq!(rooms(&page, ES.queue_room_enter()).await, room);

    // The steps are those of the counter.
    page.press_beginning(ES.queue_begin()).await;
    page.press_beginning(ES.queue_open_dossier()).await;
    page.reads(ES.dossiers_title()).await;
    page.shows(ES.queue_video()).await;
    page.shows(&ES.dossiers_items(1)).await;
    page.press(ES.staff_nav_queue()).await;
    page.shows(ES.queue_room_enter()).await;

    // Its end: neither is led there any more, and the desk is locked meanwhile.
    let now = scene.now().await;
    scene.portal.advance(at.after(AFTER).since(now)).await;
    person.reload().await;
    person.shows(ES.appointments_video_over()).await;
    found.extend(in_few_looks(&scene.chrome, &person, "a room whose time is over").await);
    assert_eq!(rooms(&person, ES.appointments_video_enter()).await, [""; 0]);
    page.reload().await;
    desk::unlock(&page).await;
    page.button_beginning(ES.queue_finish()).await;
    assert_eq!(rooms(&page, ES.queue_room_enter()).await, [""; 0]);
    assert!(!scene.portal.log().contains(&room[0]), "the room is in the log");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

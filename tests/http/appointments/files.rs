//! The calendar file and the sheet.

use super::people::*;
use rstest::rstest;
use shared::appointments::api::{CALENDAR_PATH, SHEET_PATH};
use tests::Engine;

#[rstest]
#[tokio::test]
async fn the_calendar_file_says_when_and_where_and_not_the_room(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    let path = format!("/api/v1{CALENDAR_PATH}");
    assert_eq!(browser.get(&path).await.status, 404, "nothing is looked after");
    hold(&mut browser, COMPANY, centre, slot(0)).await.unwrap();
    assert_eq!(browser.get(&path).await.status, 409, "nothing is booked");
    let booked = confirm(&mut browser).await.unwrap();
    let file = browser.get(&path).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    let disposition = format!("attachment; filename=\"turno-{}.ics\"", booked.code);
    assert_eq!(file.header("content-disposition"), disposition);
    let text = file.text().replace("\r\n ", "");
    for line in [
        "BEGIN:VCALENDAR\r\n",
        "VERSION:2.0\r\n",
        "METHOD:PUBLISH\r\n",
        "BEGIN:VEVENT\r\n",
        "DTSTART:20261124T130000Z\r\n",
        "DTEND:20261124T132000Z\r\n",
        "STATUS:CONFIRMED\r\n",
        "END:VCALENDAR\r\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in {text}");
    }
    assert!(text.contains(booked.code.as_str()));
    assert!(!text.contains(COMPANY.number), "a calendar is read by others");
    let uid = |text: &str| {
        let (_, rest) = text.split_once("UID:").unwrap();
        rest.split_once("\r\n").unwrap().0.to_owned()
    };
    let sequence = |text: &str| {
        let (_, rest) = text.split_once("SEQUENCE:").unwrap();
        rest.split_once("\r\n").unwrap().0.parse::<u32>().unwrap()
    };
    move_to(&mut browser, centre, slot(1)).await.unwrap();
    let moved = browser.get(&path).await.text().replace("\r\n ", "");
    assert_eq!(uid(&moved), uid(&text), "the same event");
    assert!(sequence(&moved) > sequence(&text));
}

#[rstest]
#[tokio::test]
async fn the_sheet_is_a_tagged_page_with_the_code_and_what_to_bring(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    holiday(&world, Some(centre), "2026-11-26", "Día inventado").await;
    let mut browser = world.browser();
    let booked = book(&mut browser, COMPANY, centre, slot(0)).await;
    let file = browser.get(&format!("/api/v1{SHEET_PATH}")).await;
    assert_eq!(file.status, 200, "{}", file.text());
    assert_eq!(file.header("content-type"), "application/pdf");
    let document = lopdf::Document::load_mem(&file.body).unwrap();
    assert_eq!(document.get_pages().len(), 1);
    assert!(document.catalog().unwrap().has(b"StructTreeRoot"));
    let said = document.extract_text(&[1]).unwrap();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        booked.code.as_str(),
        "Centro de prueba QTO-1",
        "24 de noviembre de 2026",
        "cédula",
        "lunes a viernes 08:00-12:00",
        "No atiende",
        "jueves 26 de noviembre (Día inventado)",
    ] {
        assert!(said.contains(expected), "{expected} is not in {said}");
    }
}

//! Visits by video, and who hears of what.

use super::people::{self, book, check_in, stay, walk_in};
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use rstest::rstest;
use shared::api::{BASE, ErrorCode};
use shared::centres::Mode;
use shared::identifiers::VisitId;
use shared::staff::api::LockStaffSession;
use shared::visits::api::{
    BeginService, CallVisit, DayQueue, FinishVisit, QUEUE_EVENTS_PATH, QueueView, RoomView, VisitChoice,
};
use std::time::Duration;
use tests::desk::Desk;
use tests::{EPOCH, Engine};

const HOUR: Duration = Duration::from_hours(1);
const TICK: Duration = Duration::from_micros(1);

async fn room(desk: &mut Desk, visit: VisitId) -> Option<RoomView> {
    let view = desk.browser.call::<DayQueue>(&()).await.unwrap();
    view.visits
        .into_iter()
        .find(|shown| shown.visit == visit)
        .unwrap()
        .room
}

#[rstest]
#[tokio::test]
async fn the_room_is_shown_to_who_called_and_only_around_its_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    // Nobody locks the desk while a test moves the time.
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    let time = EPOCH.after(HOUR);
    let (appointment, _) = book(&world, "UIO", time, Mode::Video).await;
    let view = check_in(&mut ana, appointment).await.unwrap();
    let visit = view.visits[0].visit;
    assert_eq!(view.visits[0].mode, Mode::Video);
    assert_eq!(view.visits[0].room, None, "nobody has called yet");
    ana.browser
        .call::<CallVisit>(&VisitChoice { visit })
        .await
        .unwrap();
    assert_eq!(
        room(&mut luis, visit).await,
        None,
        "another officer meets nobody there"
    );

    let shown = room(&mut ana, visit).await.unwrap();
    assert_eq!(shown.opens_at, time.before(Duration::from_mins(10)));
    assert_eq!(shown.url, None);
    stay(
        &world,
        &mut [&mut ana, &mut luis],
        shown.opens_at.since(world.now()).checked_sub(TICK).unwrap(),
    )
    .await;
    assert_eq!(room(&mut ana, visit).await.unwrap().url, None);
    world.advance(TICK);
    let url = room(&mut ana, visit).await.unwrap().url.unwrap();
    assert!(url.starts_with("https://meet.jit.si/"), "{url}");
    assert_eq!(room(&mut luis, visit).await, None);

    let choice = VisitChoice { visit };
    ana.browser.call::<BeginService>(&choice).await.unwrap();
    stay(
        &world,
        &mut [&mut ana, &mut luis],
        shown.closes_at.since(world.now()).checked_sub(TICK).unwrap(),
    )
    .await;
    assert_eq!(room(&mut ana, visit).await.unwrap().url, Some(url));
    world.advance(TICK);
    assert_eq!(room(&mut ana, visit).await.unwrap().url, None);
    ana.browser.call::<FinishVisit>(&choice).await.unwrap();
    assert_eq!(room(&mut ana, visit).await, None);
}

async fn open(desk: &mut Desk) -> axum::body::BodyDataStream {
    let path = format!("{BASE}{QUEUE_EVENTS_PATH}");
    let response = desk
        .browser
        .open(Request::get(path).body(Body::empty()).unwrap())
        .await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

async fn next(stream: &mut axum::body::BodyDataStream) -> Option<QueueView> {
    let chunk = stream.next().await?.unwrap();
    let text = String::from_utf8(chunk.to_vec()).unwrap();
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    Some(serde_json::from_str(data).unwrap())
}

#[rstest]
#[tokio::test]
async fn whoever_looks_on_hears_of_an_arrival_and_of_a_call(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    let mut stream = open(&mut luis).await;
    assert!(next(&mut stream).await.unwrap().visits.is_empty());
    let visit = walk_in(&mut ana, "E1000001").await;
    let view = next(&mut stream).await.unwrap();
    assert_eq!((view.visits.len(), view.mine), (1, None));
    ana.browser
        .call::<CallVisit>(&VisitChoice { visit })
        .await
        .unwrap();
    let view = next(&mut stream).await.unwrap();
    assert_eq!(view.visits[0].officer.as_deref(), Some("Ana Mora"));
    assert_eq!(view.mine, None, "it is not theirs");
    // To begin to listen is to look, and written down once.
    assert_eq!(people::deeds(&world, "queue_seen").await, 1);
}

#[tokio::test]
async fn as_many_officers_of_a_centre_listen_as_there_are() {
    let world = people::world(Engine::Sqlite).await;
    let mut streams = Vec::new();
    for name in [
        "Ana Mora",
        "Luis Vera",
        "Eva Paz",
        "Juan Ruiz",
        "Rosa Salas",
        "Olga Cruz",
    ] {
        let mut desk = people::agent(&world, name, "UIO").await;
        let mut stream = open(&mut desk).await;
        assert!(next(&mut stream).await.is_some(), "{name}");
        streams.push(stream);
    }
}

#[rstest]
#[tokio::test]
async fn a_locked_desk_hears_no_more(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    let mut stream = open(&mut luis).await;
    next(&mut stream).await.unwrap();
    luis.browser
        .call::<LockStaffSession>(&shared::recovery::api::Empty {})
        .await
        .unwrap();
    walk_in(&mut ana, "E1000001").await;
    assert_eq!(next(&mut stream).await, None);
    let refused = luis.browser.call::<DayQueue>(&()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StaffLocked);
}

//! Visits by video, and who hears of what.

use super::people::{self, REPRESENTATIVE, book, book_by, check_in, stay, walk_in};
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use rstest::rstest;
use shared::api::{BASE, ErrorCode};
use shared::appointments::api::{AppointmentStageView, CurrentAppointment, VideoView};
use shared::centres::Mode;
use shared::identifiers::VisitId;
use shared::staff::Role;
use shared::staff::api::{LockStaffSession, SignOutStaff};
use shared::visits::StageName;
use shared::visits::api::{
    BeginService, CallVisit, DayQueue, FinishVisit, QUEUE_EVENTS_PATH, QueueView, RoomView, VisitChoice,
};
use std::time::Duration;
use tests::desk::{Desk, desk};
use tests::{Browser, EPOCH, Engine};

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

/// The room as the person sees it who has the appointment.
#[expect(clippy::wildcard_enum_match_arm, reason = "only these two have a room")]
async fn persons_room(browser: &mut Browser) -> VideoView {
    match browser.call::<CurrentAppointment>(&()).await.unwrap().stage {
        AppointmentStageView::Booked { video, .. } | AppointmentStageView::CheckedIn { video, .. } => {
            video.unwrap()
        }
        stage => unreachable!("{stage:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn both_sides_meet_in_one_room_that_opens_and_closes_for_both_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut person = world.browser();
    let time = EPOCH.after(HOUR);
    let booked = book_by(&mut person, &world, ("UIO", time), Mode::Video, REPRESENTATIVE).await;
    let view = check_in(&mut ana, booked.0).await.unwrap();
    let choice = VisitChoice {
        visit: view.visits[0].visit,
    };
    ana.browser.call::<CallVisit>(&choice).await.unwrap();
    let (opens, closes) = (
        time.before(Duration::from_mins(10)),
        // Half an hour after the end of its twenty minutes.
        time.after(Duration::from_mins(20 + 30)),
    );
    let mut addresses = Vec::new();
    for (moment, is_open) in [
        (opens.before(TICK), false),
        (opens, true),
        (opens.after(TICK), true),
        (time, true),
        (closes.before(TICK), true),
        (closes, false),
        (closes.after(TICK), false),
    ] {
        stay(&world, &mut [&mut ana], moment.since(world.now())).await;
        let officers = room(&mut ana, choice.visit).await.unwrap();
        let persons = persons_room(&mut person).await;
        assert_eq!((officers.opens_at, officers.closes_at), (opens, closes));
        assert_eq!((persons.opens, persons.closes.instant()), (opens, closes));
        assert_eq!(officers.url, persons.room, "{moment:?}: they would not meet");
        assert_eq!(persons.room.is_some(), is_open, "{moment:?}");
        addresses.extend(persons.room);
    }
    addresses.dedup();
    assert_eq!(addresses.len(), 1, "the room is the same all the time");
}

#[rstest]
#[tokio::test]
async fn a_call_at_one_desk_arrives_at_another_of_the_centre_and_at_none_elsewhere(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    let mut elsewhere = people::agent(&world, "Eva Paz", "GYE").await;
    let visit = walk_in(&mut ana, "E1000001").await;
    let mut near = open(&mut luis).await;
    let mut far = open(&mut elsewhere).await;
    assert_eq!(next(&mut near).await.unwrap().visits[0].stage, StageName::Waiting);
    assert!(next(&mut far).await.unwrap().visits.is_empty());
    ana.browser
        .call::<CallVisit>(&VisitChoice { visit })
        .await
        .unwrap();
    let told = next(&mut near).await.unwrap();
    assert_eq!(told.visits[0].stage, StageName::Called);
    assert_eq!(told.visits[0].officer.as_deref(), Some("Ana Mora"));
    // The other centre hears of its own arrival and of nothing before it.
    walk_in(&mut elsewhere, "E1000002").await;
    let told = next(&mut far).await.unwrap();
    assert_eq!((told.visits.len(), told.visits[0].stage), (1, StageName::Waiting));
}

#[tokio::test]
async fn a_stream_is_for_officers_who_are_signed_in_and_serve_the_queue() {
    let world = people::world(Engine::Sqlite).await;
    let path = format!("{BASE}{QUEUE_EVENTS_PATH}");
    let nobody = world.browser().get(&path).await;
    assert_eq!(nobody.problem().code, ErrorCode::SessionMissing);
    for (name, role) in [("Eva Paz", Role::Auditor), ("Olga Cruz", Role::Administrator)] {
        let mut other = desk(&world, name, role, None).await;
        let refused = other.browser.get(&path).await;
        assert_eq!(refused.problem().code, ErrorCode::NotYourRight, "{role:?}");
        other
            .browser
            .call::<SignOutStaff>(&shared::recovery::api::Empty {})
            .await
            .unwrap();
        let refused = other.browser.get(&path).await;
        assert_eq!(refused.problem().code, ErrorCode::SessionMissing, "{role:?}");
    }
    let mut ana = people::agent(&world, "Ana Mora", "UIO").await;
    ana.browser
        .call::<LockStaffSession>(&shared::recovery::api::Empty {})
        .await
        .unwrap();
    let refused = ana.browser.get(&path).await;
    assert_eq!(refused.problem().code, ErrorCode::StaffLocked);
    assert_eq!(people::deeds(&world, "queue_seen").await, 0, "nobody looked");
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

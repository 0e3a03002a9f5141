//! From the arrival to the end, one centre after the other.

use super::people::{self, book, call_next, check_in, deeds, sit, stay, walk_in};
use rstest::rstest;
use shared::api::ErrorCode;
use shared::appointments::StageName as AppointmentStage;
use shared::centres::{Mode, Zone};
use shared::identifiers::AppointmentId;
use shared::identifiers::VisitId;
use shared::staff::Role;
use shared::visits::StageName;
use shared::visits::api::{
    BeginService, CallVisit, ChooseCounter, CounterChoice, DayQueue, FinishVisit, MarkNoShow, QueueView,
    ReturnVisit, VisitChoice, VisitView,
};
use std::time::Duration;
use tests::desk::{Desk, desk};
use tests::{EPOCH, Engine, World};

const HOUR: Duration = Duration::from_hours(1);
const TICK: Duration = Duration::from_micros(1);

fn of(view: &QueueView, visit: VisitId) -> &VisitView {
    view.visits.iter().find(|shown| shown.visit == visit).unwrap()
}

async fn look(desk: &mut Desk) -> QueueView {
    desk.browser.call::<DayQueue>(&()).await.unwrap()
}

async fn stage_of(world: &World, appointment: AppointmentId) -> AppointmentStage {
    let mut tx = world.app.store.read().await.unwrap();
    let now = world.now();
    let booked = server::appointments::service::by_id(&world.app, &mut tx, appointment, now).await;
    booked.unwrap().unwrap().stage
}

#[rstest]
#[tokio::test]
async fn somebody_with_an_appointment_is_called_served_and_done(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = people::seated(&world, "Ana Mora", 2).await;
    let (appointment, code) = book(&world, "UIO", EPOCH.after(HOUR), Mode::InPerson).await;

    let view = look(&mut desk).await;
    assert_eq!(view.name, "Centro Quito");
    assert_eq!(view.day.to_string(), "2026-11-23");
    assert_eq!(view.expected.len(), 1);
    assert_eq!(view.expected[0].code, code.to_string());
    assert_eq!(view.expected[0].appointment, appointment);
    // Masked: the queue is seen by everybody at the desk.
    let shown = serde_json::to_string(&view).unwrap();
    assert!(
        !shown.contains(people::COMPANY) && !shown.contains(people::REPRESENTATIVE),
        "{shown}"
    );

    let view = check_in(&mut desk, appointment).await.unwrap();
    assert!(view.expected.is_empty());
    assert_eq!(stage_of(&world, appointment).await, AppointmentStage::CheckedIn);
    let waits = &view.visits[0];
    assert_eq!((waits.number, waits.stage), (1, StageName::Waiting));
    assert_eq!(waits.appointment.as_ref().unwrap().code, code.to_string());

    world.advance(Duration::from_mins(5));
    let visit = call_next(&mut desk).await.unwrap();
    assert_eq!(visit, waits.visit);
    let choice = VisitChoice { visit };
    let view = look(&mut desk).await;
    let called = of(&view, visit);
    assert_eq!(
        (called.stage, called.counter.unwrap().get()),
        (StageName::Called, 2)
    );
    assert_eq!(called.officer.as_deref(), Some("Ana Mora"));

    world.advance(Duration::from_mins(1));
    let view = desk.browser.call::<BeginService>(&choice).await.unwrap();
    assert_eq!(
        (of(&view, visit).stage, of(&view, visit).since),
        (StageName::InService, world.now())
    );
    let view = desk.browser.call::<FinishVisit>(&choice).await.unwrap();
    assert_eq!((of(&view, visit).stage, view.mine), (StageName::Done, None));
    assert_eq!(stage_of(&world, appointment).await, AppointmentStage::Attended);
    for deed in ["checked_in", "called", "service_begun", "visit_finished"] {
        assert_eq!(deeds(&world, deed).await, 1, "{deed}");
    }
    // A page that is loaded again within the hour is no other look.
    assert_eq!(deeds(&world, "queue_seen").await, 1);
    // What is over moves no more.
    for refused in [
        desk.browser.call::<FinishVisit>(&choice).await,
        desk.browser.call::<CallVisit>(&choice).await,
        desk.browser
            .call::<MarkNoShow>(&people::nobody_came(choice.visit))
            .await,
    ] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::VisitChanged);
    }
}

#[rstest]
#[tokio::test]
async fn who_did_not_come_when_called_missed_the_appointment(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = people::seated(&world, "Ana Mora", 1).await;
    let (appointment, _) = book(&world, "UIO", EPOCH.after(HOUR), Mode::InPerson).await;
    check_in(&mut desk, appointment).await.unwrap();
    let visit = call_next(&mut desk).await.unwrap();
    let choice = VisitChoice { visit };

    // Back into the queue: nothing is lost, and nobody has it.
    let view = desk.browser.call::<ReturnVisit>(&choice).await.unwrap();
    assert_eq!((of(&view, visit).stage, view.mine), (StageName::Waiting, None));
    assert_eq!(of(&view, visit).officer, None);

    desk.browser.call::<CallVisit>(&choice).await.unwrap();
    let view = desk
        .browser
        .call::<MarkNoShow>(&people::nobody_came(choice.visit))
        .await
        .unwrap();
    assert_eq!(of(&view, visit).stage, StageName::NoShow);
    assert_eq!(stage_of(&world, appointment).await, AppointmentStage::NoShow);
}

#[rstest]
#[tokio::test]
async fn an_appointment_goes_first_from_its_time_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = people::seated(&world, "Ana Mora", 1).await;
    let time = EPOCH.after(HOUR);
    let (appointment, _) = book(&world, "UIO", time, Mode::InPerson).await;
    let first = walk_in(&mut desk, "E1000001").await;
    let second = walk_in(&mut desk, "E1000002").await;
    let view = check_in(&mut desk, appointment).await.unwrap();
    let waiting = |view: &QueueView| view.visits.iter().map(|visit| visit.number).collect::<Vec<_>>();
    assert_eq!(waiting(&view), [1, 2, 3]);
    stay(
        &world,
        &mut [&mut desk],
        time.since(world.now()).checked_sub(TICK).unwrap(),
    )
    .await;
    assert_eq!(waiting(&look(&mut desk).await), [1, 2, 3]);
    world.advance(TICK);
    assert_eq!(waiting(&look(&mut desk).await), [3, 1, 2]);
    let called = call_next(&mut desk).await.unwrap();
    assert!(called != first && called != second);
}

#[rstest]
#[tokio::test]
async fn another_centre_sees_nothing_and_moves_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut quito = people::seated(&world, "Ana Mora", 1).await;
    let mut guayaquil = people::agent(&world, "Luis Vera", "GYE").await;
    sit(&mut guayaquil, 1).await.unwrap();
    let (appointment, _) = book(&world, "UIO", EPOCH.after(HOUR), Mode::InPerson).await;
    let visit = walk_in(&mut quito, "E1000001").await;
    let choice = VisitChoice { visit };

    let view = look(&mut guayaquil).await;
    assert!(view.visits.is_empty() && view.expected.is_empty());
    let refused = check_in(&mut guayaquil, appointment).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AppointmentUnknown);
    assert_eq!(
        call_next(&mut guayaquil).await.unwrap_err().code,
        ErrorCode::NobodyWaits
    );
    for refused in [
        guayaquil.browser.call::<CallVisit>(&choice).await,
        guayaquil.browser.call::<ReturnVisit>(&choice).await,
        guayaquil.browser.call::<BeginService>(&choice).await,
        guayaquil.browser.call::<FinishVisit>(&choice).await,
        guayaquil
            .browser
            .call::<MarkNoShow>(&people::nobody_came(choice.visit))
            .await,
    ] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::VisitUnknown);
    }
    let elsewhere = CounterChoice {
        counter: Some(1.try_into().unwrap()),
        centre: Some(people::centre(&world, "UIO").await),
    };
    let refused = guayaquil
        .browser
        .call::<ChooseCounter>(&elsewhere)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::CounterUnknown);
}

#[rstest]
#[tokio::test]
async fn whoever_works_at_every_centre_says_where_they_are_today(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = desk(&world, "Ana Mora", Role::Agent, None).await;
    let refused = desk.browser.call::<DayQueue>(&()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CentreMissing);
    let centre = people::centre(&world, "GYE").await;
    let choice = CounterChoice {
        counter: Some(1.try_into().unwrap()),
        centre: Some(centre),
    };
    let view = desk.browser.call::<ChooseCounter>(&choice).await.unwrap();
    assert_eq!((view.centre, view.seat.unwrap().get()), (centre, 1));
    assert_eq!(look(&mut desk).await.centre, centre);
}

#[rstest]
#[tokio::test]
async fn one_officer_sits_at_a_counter_and_changes_it_when_nobody_is_there(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut ana = people::agent(&world, "Ana Mora", "UIO").await;
    let mut luis = people::agent(&world, "Luis Vera", "UIO").await;
    assert_eq!(
        call_next(&mut ana).await.unwrap_err().code,
        ErrorCode::CounterMissing
    );
    assert_eq!(
        sit(&mut ana, 4).await.unwrap_err().code,
        ErrorCode::CounterUnknown
    );
    let view = sit(&mut ana, 3).await.unwrap();
    let sitting: Vec<_> = view
        .counters
        .iter()
        .map(|counter| counter.officer.as_deref())
        .collect();
    assert_eq!(sitting, [None, None, Some("Ana Mora")]);

    // Nobody is at the counter: whoever sits down there has it.
    let view = sit(&mut luis, 3).await.unwrap();
    assert_eq!(view.counters[2].officer.as_deref(), Some("Luis Vera"));
    assert_eq!(look(&mut ana).await.seat, None);

    // Somebody is: it stays.
    walk_in(&mut luis, "E1000001").await;
    call_next(&mut luis).await.unwrap();
    assert_eq!(sit(&mut ana, 3).await.unwrap_err().code, ErrorCode::CounterTaken);
    assert_eq!(
        sit(&mut luis, 2).await.unwrap_err().code,
        ErrorCode::OfficerServes
    );
    sit(&mut ana, 1).await.unwrap();
    let nowhere = CounterChoice {
        counter: None,
        centre: None,
    };
    let view = ana.browser.call::<ChooseCounter>(&nowhere).await.unwrap();
    assert_eq!((view.seat, view.counters[0].officer.as_deref()), (None, None));
}

#[rstest]
#[tokio::test]
async fn whoever_has_somebody_calls_nobody_else(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    walk_in(&mut ana, "E1000001").await;
    let second = walk_in(&mut ana, "E1000002").await;
    let first = call_next(&mut ana).await.unwrap();
    assert_eq!(
        call_next(&mut ana).await.unwrap_err().code,
        ErrorCode::OfficerServes
    );
    let choice = VisitChoice { visit: second };
    let refused = ana.browser.call::<CallVisit>(&choice).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::OfficerServes);
    // And nobody meddles with whom another one has.
    let choice = VisitChoice { visit: first };
    for refused in [
        luis.browser.call::<ReturnVisit>(&choice).await,
        luis.browser.call::<BeginService>(&choice).await,
        luis.browser
            .call::<MarkNoShow>(&people::nobody_came(choice.visit))
            .await,
    ] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::VisitChanged);
    }
    assert_eq!(call_next(&mut luis).await.unwrap(), second);
    assert_eq!(
        call_next(&mut luis).await.unwrap_err().code,
        ErrorCode::OfficerServes
    );
}

#[rstest]
#[tokio::test]
async fn nobody_is_checked_in_twice(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    let mut desk = people::seated(&world, "Ana Mora", 1).await;
    let (appointment, _) = book(&world, "UIO", EPOCH.after(HOUR), Mode::InPerson).await;
    check_in(&mut desk, appointment).await.unwrap();
    let refused = check_in(&mut desk, appointment).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AppointmentAtOtherStage);
    assert_eq!(look(&mut desk).await.visits.len(), 1);
}

#[rstest]
#[tokio::test]
async fn only_those_who_serve_see_the_queue(#[values(Role::Auditor, Role::Administrator)] role: Role) {
    let world = people::world(Engine::Sqlite).await;
    let mut other = desk(&world, "Eva Paz", role, None).await;
    let refused = other.browser.call::<DayQueue>(&()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotYourRight);
    let refused = world.browser().call::<DayQueue>(&()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SessionMissing);
}

#[rstest]
#[tokio::test]
async fn a_look_at_the_queue_is_written_down_once_an_hour_and_centre(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    let before = people::events(&world, "staff_acted").await;
    for _ in 0..3 {
        look(&mut ana).await;
    }
    assert_eq!(deeds(&world, "queue_seen").await, 1);
    look(&mut luis).await;
    assert_eq!(deeds(&world, "queue_seen").await, 2, "another officer looks");
    stay(
        &world,
        &mut [&mut ana, &mut luis],
        HOUR.checked_sub(TICK).unwrap(),
    )
    .await;
    look(&mut ana).await;
    assert_eq!(deeds(&world, "queue_seen").await, 2);
    world.advance(TICK);
    look(&mut ana).await;
    assert_eq!(deeds(&world, "queue_seen").await, 3, "an hour has passed");
    // And each look that was written is an event of the log, no more and no less.
    assert_eq!(people::events(&world, "staff_acted").await, before + 3);
}

#[tokio::test]
async fn the_queue_tells_times_by_the_clocks_of_its_centre() {
    let world = people::world(Engine::Sqlite).await;
    let mut quito = people::agent(&world, "Ana Mora", "UIO").await;
    let mut island = people::agent(&world, "Luis Vera", "GPS").await;
    assert_eq!(look(&mut quito).await.zone, Zone::Mainland);
    assert_eq!(look(&mut island).await.zone, Zone::Galapagos);
}

#[rstest]
#[tokio::test]
async fn that_nobody_came_is_written_down_with_the_reason(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = people::seated(&world, "Ana Mora", 1).await;
    walk_in(&mut desk, "E1000001").await;
    let visit = call_next(&mut desk).await.unwrap();
    let path = format!("{}/staff/queue/no-show", shared::api::BASE);
    let without = serde_json::json!({ "visit": visit }).to_string();
    assert_eq!(
        desk.browser.post(&path, without).await.problem().code,
        ErrorCode::InvalidInput
    );
    assert_eq!(deeds(&world, "no_show_marked").await, 0);
    let asked = people::nobody_came(visit);
    desk.browser.call::<MarkNoShow>(&asked).await.unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    let (words,): (Option<String>,) = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT reason FROM staff_acts WHERE deed = 'no_show_marked'"
    )
    .fetch_one(conn))
    .unwrap();
    assert_eq!(words.as_deref(), Some(asked.reason.as_str()));
}

//! One tick before, at and after each end, through the router.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::appointments::api::{AppointmentStageView, AppointmentView, VideoView};
use tests::Engine;

#[rstest]
#[tokio::test]
async fn a_hold_is_confirmed_one_tick_before_its_end_and_not_at_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let (mut quick, mut slow) = (world.browser(), world.browser());
    hold(&mut quick, COMPANY, centre, slot(0)).await.unwrap();
    hold(&mut slow, OTHER, centre, slot(1)).await.unwrap();
    world.advance((MINUTE * 5).checked_sub(TICK).unwrap());
    confirm(&mut quick).await.unwrap();
    world.advance(TICK);
    let late = confirm(&mut slow).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::AppointmentAtOtherStage);
    assert!(matches!(
        current(&mut slow).await.stage,
        AppointmentStageView::Lapsed { .. }
    ));
}

#[rstest]
#[tokio::test]
async fn what_is_held_is_free_the_moment_the_hold_ends_whether_or_not_a_job_looked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    hold(&mut first, COMPANY, centre, slot(0)).await.unwrap();
    world.advance((MINUTE * 5).checked_sub(TICK).unwrap());
    assert_eq!(left(&mut second, centre, slot(0)).await, 0);
    let taken = hold(&mut second, OTHER, centre, slot(0)).await.unwrap_err();
    assert_eq!(taken.code, ErrorCode::PlaceTaken);
    world.advance(TICK);
    assert_eq!(left(&mut second, centre, slot(0)).await, 1);
    book(&mut second, OTHER, centre, slot(0)).await;
    // So is its person.
    book(&mut first, COMPANY, centre, slot(1)).await;
}

#[rstest]
#[tokio::test]
async fn a_crash_between_hold_and_confirmation_leaves_nothing_taken(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    hold(&mut world.browser(), COMPANY, centre, slot(0))
        .await
        .unwrap();
    // The server is gone before anything else, and another one takes over the same database.
    let node = world.node(99).await;
    world.advance(MINUTE * 5);
    assert_eq!(server::appointments::job::lapse(&node).await.unwrap(), 1);
    assert_eq!(server::appointments::job::lapse(&node).await.unwrap(), 0, "once");
    assert_eq!(left(&mut world.browser(), centre, slot(0)).await, 1);
    book(&mut world.browser(), COMPANY, centre, slot(0)).await;
}

#[rstest]
#[tokio::test]
async fn a_place_is_moved_and_cancelled_until_it_begins(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let (mut quick, mut slow) = (world.browser(), world.browser());
    book(&mut quick, COMPANY, centre, slot(0)).await;
    book(&mut slow, OTHER, centre, slot(1)).await;
    let until_begin = slot(0).since(world.now());
    world.advance(until_begin.checked_sub(TICK).unwrap());
    move_to(&mut quick, centre, slot(4)).await.unwrap();
    world.advance(MINUTE * 20 + TICK);
    for refused in [
        move_to(&mut slow, centre, slot(5)).await.unwrap_err(),
        cancel(&mut slow).await.unwrap_err(),
    ] {
        assert_eq!(refused.code, ErrorCode::AppointmentAtOtherStage);
    }
    assert_eq!(left(&mut slow, centre, slot(5)).await, 1, "nothing was taken");
}

#[rstest]
#[tokio::test]
async fn an_appointment_is_moved_three_times(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    book(&mut browser, COMPANY, centre, slot(0)).await;
    for number in 1..=3 {
        move_to(&mut browser, centre, slot(number)).await.unwrap();
    }
    let refused = move_to(&mut browser, centre, slot(4)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AppointmentAtOtherStage);
    assert_eq!(left(&mut browser, centre, slot(4)).await, 1, "nothing was taken");
    let same = move_to(&mut browser, centre, slot(3)).await.unwrap_err();
    assert_eq!(same.code, ErrorCode::AppointmentAtOtherStage);
}

#[rstest]
#[tokio::test]
async fn a_room_is_told_from_ten_minutes_before_to_thirty_after_and_not_a_tick_longer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    book_by_video(&mut browser, COMPANY, centre, slot(0)).await;
    let opens = slot(0).before(MINUTE * 10);
    let closes = slot(1).after(MINUTE * 30);
    world.advance(opens.since(world.now()).checked_sub(TICK).unwrap());
    let before = room(&current(&mut browser).await);
    assert_eq!((before.opens, before.closes.instant()), (opens, closes));
    assert_eq!(before.room, None);
    world.advance(TICK);
    let address = room(&current(&mut browser).await).room.unwrap();
    let name = address.strip_prefix("https://meet.jit.si/turno-").unwrap();
    assert_eq!(name.len(), 32);
    world.advance(closes.since(world.now()).checked_sub(TICK).unwrap());
    assert_eq!(room(&current(&mut browser).await).room, Some(address));
    world.advance(TICK);
    assert_eq!(room(&current(&mut browser).await).room, None);
}

#[rstest]
#[tokio::test]
async fn a_room_is_another_one_after_a_move_and_for_everybody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 2).await;
    let (mut mine, mut theirs) = (world.browser(), world.browser());
    book_by_video(&mut mine, COMPANY, centre, slot(0)).await;
    book_by_video(&mut theirs, OTHER, centre, slot(0)).await;
    world.advance(slot(0).since(world.now()).checked_sub(MINUTE).unwrap());
    let first = room(&current(&mut mine).await).room.unwrap();
    assert_ne!(Some(&first), room(&current(&mut theirs).await).room.as_ref());
    move_to(&mut mine, centre, slot(2)).await.unwrap();
    world.advance(MINUTE * 40);
    let second = room(&current(&mut mine).await).room.unwrap();
    assert_ne!(first, second);
    assert!(
        !world
            .everything()
            .await
            .contains(second.rsplit_once('-').unwrap().1),
        "no table has it"
    );
}

fn room(view: &AppointmentView) -> VideoView {
    let AppointmentStageView::Booked {
        video: Some(video), ..
    } = &view.stage
    else {
        panic!("{:?}", view.stage);
    };
    video.clone()
}

#[rstest]
#[tokio::test]
async fn reminders_go_two_days_and_two_hours_before_once_each(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    book(&mut browser, COMPANY, centre, friday()).await;
    round(&world).await;
    assert_eq!(world.mails().len(), 1, "the confirmation");
    for before in [DAY * 2, HOUR * 2] {
        let sent = world.mails().len();
        world.advance(
            friday()
                .before(before)
                .since(world.now())
                .checked_sub(TICK)
                .unwrap(),
        );
        round(&world).await;
        assert_eq!(world.mails().len(), sent, "one tick early");
        world.advance(TICK);
        round(&world).await;
        assert_eq!(world.mails().len(), sent + 1);
        world.advance(TICK);
        round(&world).await;
        round(&world).await;
        assert_eq!(world.mails().len(), sent + 1, "once");
    }
}

#[rstest]
#[tokio::test]
async fn what_is_cancelled_or_moved_is_not_reminded_of(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let (mut gone, mut moved) = (world.browser(), world.browser());
    book(&mut gone, COMPANY, centre, friday()).await;
    book(&mut moved, OTHER, centre, friday().after(MINUTE * 20)).await;
    cancel(&mut gone).await.unwrap();
    move_to(&mut moved, centre, friday().after(DAY * 3))
        .await
        .unwrap();
    round(&world).await;
    let sent = world.mails().len();
    world.advance(friday().since(world.now()).checked_sub(HOUR).unwrap());
    round(&world).await;
    assert_eq!(world.mails().len(), sent);
}

#[rstest]
#[tokio::test]
async fn a_reminder_that_waits_in_the_outbox_does_not_go_once_it_is_cancelled(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    book(&mut browser, COMPANY, centre, friday()).await;
    deliver(&world).await;
    world.advance(friday().before(DAY * 2).since(world.now()));
    assert_eq!(server::appointments::job::remind(&world.app).await.unwrap(), 1);
    cancel(&mut browser).await.unwrap();
    deliver(&world).await;
    let subjects: Vec<String> = world.mails().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(subjects[0].contains("cancelado"), "{subjects:?}");
}

#[rstest]
#[tokio::test]
async fn whoever_does_not_come_may_make_another_an_hour_after_the_end(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let (mut browser, mut again) = (world.browser(), world.browser());
    book(&mut browser, COMPANY, centre, slot(0)).await;
    world.advance(slot(1).after(HOUR).since(world.now()).checked_sub(TICK).unwrap());
    let early = hold(&mut again, COMPANY, centre, slot(8)).await.unwrap_err();
    assert_eq!(early.code, ErrorCode::AppointmentOpen);
    world.advance(TICK);
    assert!(matches!(
        current(&mut browser).await.stage,
        AppointmentStageView::NoShow { .. }
    ));
    hold(&mut again, COMPANY, centre, slot(8)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn what_was_typed_is_forgotten_thirty_days_after_it_is_over(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    book(&mut browser, COMPANY, centre, slot(0)).await;
    cancel(&mut browser).await.unwrap();
    deliver(&world).await;
    world.advance((DAY * 30).checked_sub(TICK).unwrap());
    server::appointments::service::purge(&world.app, world.now())
        .await
        .unwrap();
    assert!(matches!(
        current(&mut browser).await.stage,
        AppointmentStageView::Cancelled { .. }
    ));
    world.advance(TICK);
    server::appointments::service::purge(&world.app, world.now())
        .await
        .unwrap();
    let rows = world.everything().await;
    for personal in [COMPANY.number, COMPANY.representative] {
        assert!(!rows.contains(personal), "a table still has it");
    }
    let gone = browser
        .call::<shared::appointments::api::CurrentAppointment>(&())
        .await
        .unwrap_err();
    assert_eq!(gone.code, ErrorCode::AppointmentUnknown);
}

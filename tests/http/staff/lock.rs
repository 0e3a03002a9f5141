//! The lock of a desk: after the idle time, or at once; opened by the password or the passkey of whoever sits there.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::recovery::api::Empty;
use shared::staff::api::{ListStaff, LockStaffSession};
use shared::staff::{Role, Standing};
use std::time::Duration;
use tests::{Browser, Engine};

async fn lock(browser: &mut Browser) -> Standing {
    browser
        .call::<LockStaffSession>(&Empty {})
        .await
        .unwrap()
        .standing
}

async fn list(browser: &mut Browser) -> Result<usize, ErrorCode> {
    let list = browser.call::<ListStaff>(&()).await.map_err(told)?;
    Ok(list.members.len())
}

#[rstest]
#[tokio::test]
async fn a_desk_is_locked_at_the_instant_at_which_the_idle_time_is_over(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    let mut browser = delia.sit(&world).await;
    let idle = world.app.policy.staff.idle();
    world.advance(idle.checked_sub(TICK).unwrap());
    assert_eq!(list(&mut browser).await, Ok(1), "one tick before");
    assert_eq!(current(&mut browser).await.unwrap().standing, Standing::Open);
    world.advance(TICK);
    // Looking is no use: it did not put the lock off.
    assert_eq!(
        list(&mut browser).await,
        Err(ErrorCode::StaffLocked),
        "at the instant"
    );
    world.advance(TICK);
    assert_eq!(
        list(&mut browser).await,
        Err(ErrorCode::StaffLocked),
        "one tick after"
    );
    assert_eq!(
        extend(&mut browser).await,
        Err(ErrorCode::StaffLocked),
        "use comes too late"
    );
    // It is locked and not over: the page still knows whose it is.
    let view = current(&mut browser).await.unwrap();
    assert_eq!((view.id, view.standing), (delia.id, Standing::Locked));
    assert_eq!(
        unlock(&mut browser, WRONG).await,
        Err(ErrorCode::StaffSignInRefused)
    );
    let view = unlock(&mut browser, RIGHT).await.unwrap();
    assert_eq!(view.standing, Standing::Open);
    assert_eq!(view.ends.locks.instant(), view.now.after(idle));
    assert_eq!(list(&mut browser).await, Ok(1));
}

#[rstest]
#[tokio::test]
async fn use_puts_the_lock_off_and_the_end_of_the_day_comes_all_the_same(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    let mut browser = delia.sit(&world).await;
    let (idle, absolute) = (world.app.policy.staff.idle(), world.app.policy.staff.absolute());
    let pause = idle.checked_sub(Duration::from_mins(1)).unwrap();
    let mut gone = Duration::ZERO;
    while gone + pause < absolute {
        world.advance(pause);
        gone += pause;
        assert_eq!(extend(&mut browser).await.unwrap().standing, Standing::Open);
    }
    world.advance(absolute.checked_sub(gone + TICK).unwrap());
    assert!(current(&mut browser).await.is_ok(), "one tick before");
    world.advance(TICK);
    assert_eq!(current(&mut browser).await, Err(ErrorCode::SessionMissing));
    assert_eq!(
        unlock(&mut browser, RIGHT).await,
        Err(ErrorCode::SessionMissing),
        "over is not locked"
    );
}

#[rstest]
#[tokio::test]
async fn an_officer_locks_the_desk_at_once_and_the_log_knows(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    let mut browser = delia.sit(&world).await;
    assert_eq!(lock(&mut browser).await, Standing::Locked);
    assert_eq!(lock(&mut browser).await, Standing::Locked, "twice is once");
    assert_eq!(list(&mut browser).await, Err(ErrorCode::StaffLocked));
    assert_eq!(extend(&mut browser).await, Err(ErrorCode::StaffLocked));
    assert!(unlock(&mut browser, WRONG).await.is_err());
    assert_eq!(
        unlock(&mut browser, RIGHT).await.unwrap().standing,
        Standing::Open
    );
    let events = kinds(&world).await;
    assert_eq!(
        events,
        [
            "desk_locked",
            "desk_unlock_failed",
            "desk_unlocked",
            "staff_added",
            "staff_signed_in"
        ]
    );
}

#[rstest]
#[tokio::test]
async fn a_locked_desk_can_be_guessed_at_no_oftener_than_a_sign_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let delia = hire(&world, "Delia", Role::Administrator).await;
    let mut browser = delia.sit(&world).await;
    lock(&mut browser).await;
    for _ in 0..world.app.policy.staff.failures {
        assert!(unlock(&mut browser, WRONG).await.is_err());
    }
    assert_eq!(
        unlock(&mut browser, RIGHT).await,
        Err(ErrorCode::StaffSignInRefused),
        "the right one is not compared any more"
    );
    world.advance(world.app.policy.staff.failure_window());
    assert!(unlock(&mut browser, RIGHT).await.is_ok());
}

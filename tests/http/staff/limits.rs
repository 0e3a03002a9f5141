//! Whoever shares a centre's address stops none of its desks.

use super::people::*;
use rstest::rstest;
use server::staff::COOKIE;
use shared::api::ErrorCode;
use shared::policy::Rate;
use shared::recovery::api::Empty;
use shared::sessions::api::{Credentials, SignIn};
use shared::staff::Role;
use shared::staff::api::{ExtendStaffSession, SignOutStaff};
use tests::{Browser, Engine, World};

const SOURCE: u32 = 3;
const DESK: u32 = 5;

async fn narrow(engine: Engine) -> World {
    World::with(engine, |setup| {
        let policy = &mut setup.config.policy;
        policy.hashing.memory_kib = 64;
        policy.hashing.passes = 1;
        let rate = |count| Rate { count, seconds: 60 };
        policy.limits.per_source = rate(SOURCE);
        policy.limits.per_desk = rate(DESK);
        policy.limits.sign_ins_per_source = rate(SOURCE);
    })
    .await
}

async fn extend(browser: &mut Browser) -> Option<ErrorCode> {
    let answered = browser.call::<ExtendStaffSession>(&Empty {}).await;
    answered.err().map(|problem| problem.code)
}

/// Somebody in the waiting room tries a password of nobody's account.
async fn knock(browser: &mut Browser) -> ErrorCode {
    let credentials = Credentials {
        employer: "1790016919001".parse().unwrap(),
        branch: shared::identifiers::Branch::default(),
        delegate: None,
        password: WRONG.into(),
    };
    browser.call::<SignIn>(&credentials).await.unwrap_err().code
}

#[rstest]
#[tokio::test]
async fn a_visitor_at_the_same_address_stops_no_desk_and_one_desk_stops_no_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = narrow(engine).await;
    let (ana, luis) = (
        hire(&world, "Ana", Role::Agent).await,
        hire(&world, "Luis", Role::Agent).await,
    );
    world.advance(std::time::Duration::from_mins(2));
    let mut visitor = world.browser();
    for _ in 0..SOURCE {
        assert_ne!(knock(&mut visitor).await, ErrorCode::RateLimited);
    }
    assert_eq!(knock(&mut visitor).await, ErrorCode::RateLimited);

    // Signing in is counted apart: by the guard, and by the sign-in itself.
    let mut desk = ana.sit(&world).await;
    for _ in 0..DESK {
        assert_eq!(extend(&mut desk).await, None);
    }
    assert_eq!(extend(&mut desk).await, Some(ErrorCode::RateLimited));

    world.advance(std::time::Duration::from_mins(1));
    let mut other = luis.sit(&world).await;
    for _ in 0..DESK {
        assert_eq!(extend(&mut desk).await, None);
    }
    assert_eq!(extend(&mut desk).await, Some(ErrorCode::RateLimited));
    assert_eq!(extend(&mut other).await, None, "another desk is another counter");
}

#[rstest]
#[tokio::test]
async fn a_cookie_that_is_nobodys_is_counted_as_its_source(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = narrow(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    world.advance(std::time::Duration::from_mins(2));
    let mut desk = ana.sit(&world).await;
    let over = desk.cookie(COOKIE).unwrap().to_owned();
    desk.call::<SignOutStaff>(&Empty {}).await.unwrap();
    world.advance(std::time::Duration::from_mins(1));
    let made_up = "A".repeat(over.len());
    // Each a browser of its own, none of them a desk.
    for (tries, cookie) in [over.as_str(), &made_up, "x"].into_iter().enumerate() {
        let mut browser = world.browser();
        browser.plant(COOKIE, cookie);
        assert_eq!(
            extend(&mut browser).await,
            Some(ErrorCode::SessionMissing),
            "{tries}"
        );
    }
    let mut browser = world.browser();
    browser.plant(COOKIE, &over);
    assert_eq!(extend(&mut browser).await, Some(ErrorCode::RateLimited));
    assert_eq!(extend(&mut world.browser()).await, Some(ErrorCode::RateLimited));
    // The public's counter is another one.
    assert_ne!(knock(&mut world.browser()).await, ErrorCode::RateLimited);
}

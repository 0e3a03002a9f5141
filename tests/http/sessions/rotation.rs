//! Signing in around a rotation of the keys.

use super::people::{
    COMPANY, NEXT, OTHER, RIGHT, UNKNOWN, WRONG, cookie, current, events, load, set_password, world,
};
use rstest::rstest;
use server::accounts::store as accounts;
use server::keys::{Keys, Ring};
use server::sessions::COOKIE;
use shared::api::ErrorCode;
use shared::secrets::Secret;
use std::time::Duration;
use tests::{EPOCH, Engine, World};

const HOUR: Duration = Duration::from_hours(1);

/// The world's ring with a second generation, in force an hour after the world begins.
fn rotated() -> Ring {
    let first = Ring::first(Secret::new([7; 32]));
    first.with(Secret::new([8; 32]), EPOCH.after(HOUR)).unwrap()
}

fn rotate(world: &World) {
    world.app.keys.renew(rotated()).unwrap();
}

#[rstest]
#[tokio::test]
async fn whoever_is_signed_in_stays_so_and_a_password_gets_the_new_pepper(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    let hash = async || {
        let mut tx = world.app.store.read().await.unwrap();
        accounts::password_hash(&mut tx, id).await.unwrap().unwrap()
    };
    rotate(&world);
    world.advance(HOUR.saturating_sub(Duration::from_micros(1)));
    let mut before = COMPANY.known(&world).await;
    let old = hash().await;
    assert!(!old.contains("keyid"), "{old}");
    assert_eq!(events(&world, "password_rehashed").await, 0);
    let set_at = load(&world, id).await.password_set_at;

    world.advance(Duration::from_micros(1));
    assert!(
        current(&mut before).await.is_ok(),
        "a session of the first generation"
    );
    COMPANY.sign_in(&mut world.browser(), WRONG).await.unwrap_err();
    assert_eq!(hash().await, old, "a wrong password changes nothing");
    // The browser that was known is known still: its cookie is of the first generation too.
    COMPANY.sign_in(&mut before, RIGHT).await.unwrap();
    let renewed = hash().await;
    assert!(renewed.contains(",keyid=Mg$"), "{renewed}");
    assert_eq!(events(&world, "password_rehashed").await, 1);
    assert_eq!(load(&world, id).await.password_set_at, set_at, "it is no younger");
    COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap();
    assert_eq!(hash().await, renewed);
    assert!(
        current(&mut before).await.is_ok(),
        "a session of the second generation"
    );
}

#[rstest]
#[tokio::test]
async fn a_rotation_gives_nobody_fresh_attempts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    rotate(&world);
    world.advance(HOUR.saturating_sub(Duration::from_secs(1)));
    for employer in [COMPANY, OTHER] {
        employer.settle(&world).await;
        employer.strangers_fail(&world, 3).await;
    }
    world.advance(Duration::from_secs(1));
    assert_eq!(world.app.keys.in_force(world.now()).number(), 2);
    // Five failures block strangers, who are not told so: the right password is refused as a wrong one is.
    COMPANY.strangers_fail(&world, 2).await;
    let blocked = COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap_err();
    assert_eq!(blocked.code, ErrorCode::SignInRefused, "three and two are five");
    OTHER.strangers_fail(&world, 1).await;
    let four = OTHER.sign_in(&mut world.browser(), RIGHT).await;
    assert!(four.is_ok(), "three and one are four");
}

#[rstest]
#[tokio::test]
async fn a_node_whose_clock_is_behind_serves_whom_another_signed_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    rotate(&world);
    world.advance(HOUR);
    let behind = server::clock::Clock::frozen(world.now().before(Duration::from_secs(5)));
    let node = world.node_with(Keys::of(rotated()), behind);
    let mut ahead = COMPANY.known(&world).await;
    // The password has the new pepper by now; a node that still makes its own with the old one knows it all the same.
    let mut other = world.browser_of(&node);
    COMPANY.sign_in(&mut other, RIGHT).await.unwrap();
    // Each browser goes on at the other node.
    let mut moved = world.browser_of(&node);
    moved.plant(COOKIE, &cookie(&ahead));
    assert!(current(&mut moved).await.is_ok());
    let mut back = world.browser();
    back.plant(COOKIE, &cookie(&other));
    assert!(current(&mut back).await.is_ok());
    assert!(current(&mut ahead).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_password_whose_generation_is_gone_is_nobodys_until_there_is_another(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    rotate(&world);
    world.advance(HOUR);
    let id = COMPANY.settle(&world).await;
    COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap();
    let third = rotated()
        .with(Secret::new([9; 32]), EPOCH.after(2 * HOUR))
        .unwrap();
    world.app.keys.renew(third.without(2)).unwrap();
    world.advance(HOUR);
    let unknown = UNKNOWN.sign_in(&mut world.browser(), RIGHT).await.unwrap_err();
    let gone = COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap_err();
    assert_eq!(
        (unknown.code, gone.code),
        (ErrorCode::SignInRefused, unknown.code)
    );
    // Its owner recovers it as anybody does. The earlier one can be compared with nothing.
    set_password(&world, id, NEXT).await;
    COMPANY.sign_in(&mut world.browser(), NEXT).await.unwrap();
}

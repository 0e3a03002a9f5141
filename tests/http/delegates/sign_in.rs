//! Signing in as a delegate, and how long that lasts.

use super::people::*;
use crate::sessions::people::{
    COMPANY, NEXT, OTHER, RIGHT, TICK, UNKNOWN, WRONG, block, events, freeze, load, set_password, world,
};
use rstest::rstest;
use server::accounts::State;
use shared::api::{BASE, Endpoint, ErrorCode};
use shared::delegates::Scope;
use shared::delegates::api::DelegateState;
use shared::sessions::Who;
use shared::sessions::api::{Credentials, Happening, HistoryPage, ListSessions, ShowHistory, SignIn};
use std::time::Duration;
use tests::{Engine, World};

/// The whole answer but its cookies: status, headers and body.
async fn answer(world: &World, credentials: &Credentials) -> String {
    let sent = serde_json::to_string(credentials).unwrap();
    let reply = world
        .browser()
        .post(&format!("{BASE}{}", SignIn::PATH), sent)
        .await;
    let mut headers: Vec<_> = reply
        .headers
        .iter()
        .filter(|(name, _)| name.as_str() != "x-request-id")
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    let mut problem: serde_json::Value = reply.json();
    problem["reference"].take();
    format!("{} {headers:?} {problem}", reply.status)
}

#[rstest]
#[tokio::test]
async fn whatever_is_wrong_is_answered_alike(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let ended = ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    end(&mut owner, ended).await.unwrap();
    LUIS.join(&world, &mut owner, &[Scope::Payroll]).await;
    create(&mut owner, &NOBODY.asked()).await.unwrap();
    let wrong = answer(&world, &LUIS.credentials(WRONG)).await;
    let others = [
        ("the owner's wrong", COMPANY.credentials(WRONG)),
        ("ended", ANA.credentials(OWN)),
        ("without a password yet", NOBODY.credentials(OWN)),
        ("no delegate", Person("1700000019").credentials(OWN)),
        ("the owner's as a delegate's", LUIS.credentials(RIGHT)),
        ("a delegate's as the owner's", COMPANY.credentials(OWN)),
        (
            "no employer",
            Credentials {
                employer: UNKNOWN.0.parse().unwrap(),
                ..LUIS.credentials(OWN)
            },
        ),
    ];
    for (what, credentials) in others {
        assert_eq!(answer(&world, &credentials).await, wrong, "{what}");
    }
    world.advance(TO_THE_END);
    assert_eq!(
        answer(&world, &LUIS.credentials(OWN)).await,
        wrong,
        "the end date has passed"
    );
}

#[rstest]
#[tokio::test]
async fn access_ends_at_midnight_in_ecuador_also_for_open_sessions(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    world.advance(TO_THE_END.saturating_sub(TICK));
    let mut ana = ANA.known(&world).await;
    assert!(is_in(&mut ana).await);
    world.advance(TICK);
    assert!(!is_in(&mut ana).await);
    assert_eq!(
        ANA.sign_in(&mut ana, OWN).await.map(drop),
        Err(ErrorCode::SignInRefused)
    );
    // Another date lets them in again, and no session of before.
    let mut owner = COMPANY.known(&world).await;
    assert_eq!(list(&mut owner).await[0].state, DelegateState::Over);
    let refused = invite_again(&mut owner, id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
    give(&mut owner, id, &[Scope::Payroll], "2026-11-30")
        .await
        .unwrap();
    assert!(!is_in(&mut ana).await);
    ANA.sign_in(&mut ana, OWN).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn an_ended_delegate_is_out_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    let (mut here, mut there) = (ANA.known(&world).await, ANA.known(&world).await);
    end(&mut owner, id).await.unwrap();
    assert!(!is_in(&mut here).await && !is_in(&mut there).await);
    assert!(is_in(&mut owner).await);
    assert_eq!(
        ANA.sign_in(&mut here, OWN).await.map(drop),
        Err(ErrorCode::SignInRefused)
    );
    // No hash of theirs stays behind.
    let everything = world.everything().await;
    let (before, after) = everything.split_once("delegate_passwords\n").unwrap();
    let table = after.lines().next().unwrap_or_default();
    assert!(!table.contains("$argon2id$"), "{table}");
    assert_eq!(before.matches("$argon2id$").count(), 1, "the owner's");
}

#[rstest]
#[tokio::test]
async fn what_befalls_the_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    // A block of the owner's sign-in is none of the delegates'.
    let mut ana = ANA.known(&world).await;
    block(&world, account).await;
    assert!(is_in(&mut ana).await);
    ANA.known(&world).await;
    // A reset of the master key ends every session; the delegate's password goes on.
    set_password(&world, account, NEXT).await;
    assert!(!is_in(&mut ana).await);
    ANA.sign_in(&mut ana, OWN).await.unwrap();
    // A freeze lets nobody in.
    freeze(&world, account).await;
    assert!(!is_in(&mut ana).await);
    assert_eq!(
        ANA.sign_in(&mut ana, OWN).await.map(drop),
        Err(ErrorCode::SignInFrozen)
    );
    assert_eq!(
        ANA.sign_in(&mut ana, WRONG).await.map(drop),
        Err(ErrorCode::SignInRefused)
    );
    assert!(matches!(load(&world, account).await.state, State::Frozen { .. }));
}

#[rstest]
#[tokio::test]
async fn one_browser_is_known_to_several_people(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    LUIS.join(&world, &mut owner, &[Scope::Registrations]).await;
    // A shared office computer: each sign-in ends the session before it and keeps the browser known to all.
    let mut shared = world.browser();
    ANA.sign_in(&mut shared, OWN).await.unwrap();
    LUIS.sign_in(&mut shared, OWN).await.unwrap();
    COMPANY.sign_in(&mut shared, RIGHT).await.unwrap();
    OTHER.sign_in(&mut shared, RIGHT).await.unwrap();
    world.advance(Duration::from_mins(1));
    let before = events(&world, "signed_in").await;
    let view = ANA.sign_in(&mut shared, OWN).await.unwrap();
    assert!(matches!(view.who, Who::Delegate { .. }), "{:?}", view.who);
    assert!(view.last_sign_in.is_some());
    assert_eq!(events(&world, "signed_in").await, before + 1);
    let page = HistoryPage::default();
    let happened = owner.call::<ShowHistory>(&page).await.unwrap().entries;
    assert_eq!(
        happened[0].what,
        Happening::SignedIn,
        "with a browser that she used before"
    );
    assert!(happened[0].by.is_some());
    // Their sessions are listed to the owner by name, and to each their own only.
    let theirs = shared.call::<ListSessions>(&()).await.unwrap();
    assert_eq!(theirs.sessions.len(), 1);
    let all = owner.call::<ListSessions>(&()).await.unwrap();
    let names: Vec<_> = all
        .sessions
        .iter()
        .filter_map(|session| session.delegate.as_ref())
        .collect();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0].as_str(), "Ana Lucía Chango");
}

#[rstest]
#[tokio::test]
async fn a_delegate_has_their_own_idle_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    ANA.join(&world, &mut COMPANY.known(&world).await, &[Scope::ReadOnly])
        .await;
    let mut ana = ANA.known(&world).await;
    world.advance(Duration::from_mins(15).saturating_sub(TICK));
    assert!(is_in(&mut ana).await);
    world.advance(TICK);
    assert!(!is_in(&mut ana).await);
}

//! Replacing the password while signed in.

use super::people::*;
use rstest::rstest;
use server::accounts::State;
use server::sessions::COOKIE;
use shared::api::ErrorCode;
use shared::passwords::Violation;
use shared::sessions::api::ShowPasswordRules;
use std::time::Duration;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn the_password_is_replaced_the_others_end_and_the_owner_is_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    let (mut browser, mut other) = (COMPANY.known(&world).await, COMPANY.known(&world).await);
    world.advance(Duration::from_mins(1));
    let old = cookie(&browser);
    let ends = current(&mut browser).await.unwrap().ends.absolute;
    let view = change(&mut browser, RIGHT, NEXT).await.unwrap();
    assert_eq!(view.password.unwrap().set_at, world.now());
    assert_eq!(
        view.ends.absolute, ends,
        "a change of password makes no session longer"
    );
    assert_ne!(cookie(&browser), old);
    assert!(current(&mut browser).await.is_ok());
    assert_eq!(current(&mut other).await, Err(ErrorCode::SessionMissing));
    let mut thief = world.browser();
    thief.plant(COOKIE, &old);
    assert_eq!(current(&mut thief).await, Err(ErrorCode::SessionMissing));
    assert_eq!(load(&world, id).await.password_set_at, Some(world.now()));

    assert_eq!(mails(&world).await, ["Su clave de empleador cambió"]);
    let text = world.mails()[0].text.clone();
    assert!(
        text.contains("/no-fui-yo#") && text.contains("192.0.2.1"),
        "{text}"
    );
    assert!(!text.contains(NEXT) && !text.contains(RIGHT));
    assert_eq!(
        COMPANY
            .sign_in(&mut world.browser(), RIGHT)
            .await
            .unwrap_err()
            .code,
        ErrorCode::SignInRefused
    );
    COMPANY.sign_in(&mut world.browser(), NEXT).await.unwrap();
    assert_eq!(events(&world, "password_replaced").await, 1);
    server::audit::service::seal_all(&world.app).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn the_rules_are_those_of_a_reset(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;
    let rules = browser.call::<ShowPasswordRules>(&()).await.unwrap();
    assert_eq!(rules.rules, world.app.policy.password);
    assert!(rules.personal.iter().any(|piece| piece.expose() == COMPANY.0));
    let before = facts(&world).await;
    let problem = change(&mut browser, RIGHT, "clavo").await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::PasswordRefused);
    assert!(problem.violations.contains(&Violation::TooShort) && problem.violations.len() > 2);
    let problem = change(&mut browser, RIGHT, RIGHT).await.unwrap_err();
    assert_eq!(problem.violations, [Violation::Reused]);
    assert_eq!(facts(&world).await, before, "nothing changed");
    for _ in 0..6 {
        change(&mut browser, RIGHT, "x").await.unwrap_err();
    }
    assert!(
        current(&mut browser).await.is_ok(),
        "a refused password is no failure"
    );
}

#[rstest]
#[tokio::test]
async fn whoever_finds_an_open_session_guesses_five_times(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;
    for _ in 0..4 {
        let problem = change(&mut browser, WRONG, NEXT).await.unwrap_err();
        assert_eq!(
            (problem.code, problem.status),
            (ErrorCode::CurrentPasswordWrong, 403)
        );
    }
    assert!(current(&mut browser).await.is_ok());
    let problem = change(&mut browser, WRONG, NEXT).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::CurrentPasswordWrong);
    assert_eq!(current(&mut browser).await, Err(ErrorCode::SessionMissing));
    assert!(matches!(load(&world, id).await.state, State::Blocked { .. }));
    assert_eq!(events(&world, "password_check_failed").await, 5);
    assert_eq!(mails(&world).await, ["Su cuenta de empleador se bloqueó"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_changes_at_once_one_is_made(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for _ in 0..5 {
        let world = world(engine).await;
        COMPANY.settle(&world).await;
        let (mut one, mut other) = (COMPANY.known(&world).await, COMPANY.known(&world).await);
        let (first, second) = tokio::join!(
            change(&mut one, RIGHT, NEXT),
            change(&mut other, RIGHT, "Kx5&tBr=hQw")
        );
        let done = [&first, &second].iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(done, 1, "{first:?} {second:?}");
        assert_eq!(events(&world, "password_replaced").await, 1);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_with_the_password_that_is_being_replaced_leaves_no_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for _ in 0..10 {
        let world = world(engine).await;
        COMPANY.settle(&world).await;
        let mut owner = COMPANY.known(&world).await;
        let mut late = world.browser();
        let (changed, _) = tokio::join!(change(&mut owner, RIGHT, NEXT), COMPANY.sign_in(&mut late, RIGHT));
        changed.unwrap();
        // Whichever came first: after the change only the owner's session is open.
        assert_eq!(sessions(&mut owner).await.sessions.len(), 1);
        assert_eq!(current(&mut late).await, Err(ErrorCode::SessionMissing));
    }
}

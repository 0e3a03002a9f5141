//! Guessing a delegate's password: who is kept out by it, and who is not.

use super::people::*;
use crate::sessions::people::{
    COMPANY, RIGHT, WRONG, current, events, load, mails, sessions, sign_out, world,
};
use rstest::rstest;
use server::accounts::State;
use shared::api::ErrorCode;
use shared::delegates::Scope;
use shared::delegates::api::DelegateState;
use shared::sessions::api::AccountState;
use std::time::Duration;
use tests::Engine;

const WINDOW: Duration = Duration::from_mins(15);

#[rstest]
#[tokio::test]
async fn strangers_at_a_delegate_keep_out_neither_the_owner_nor_a_known_device(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    LUIS.join(&world, &mut owner, &[Scope::Payroll]).await;
    let (mut open, mut closed) = (ANA.known(&world).await, ANA.known(&world).await);
    sign_out(&mut closed).await;
    let before = mails(&world).await.len();
    ANA.strangers_fail(&world, 5).await;
    // One block, told once to the delegate and once to the owner, who gets the link to freeze.
    let told = mails(&world).await;
    assert_eq!(told.len() - before, 2, "{told:?}");
    let new: Vec<_> = world.mails().into_iter().take(2).collect();
    let freezing = new
        .iter()
        .filter(|mail| mail.text.contains("/no-fui-yo#"))
        .count();
    assert_eq!(freezing, 1, "a delegate cannot freeze the account");
    assert_eq!(events(&world, "delegate_blocked").await, 1);
    assert_eq!(events(&world, "account_blocked").await, 0);
    assert_eq!(load(&world, account).await.state, State::Active);

    assert_eq!(current(&mut open).await.unwrap().state, AccountState::Blocked);
    assert_eq!(current(&mut owner).await.unwrap().state, AccountState::Active);
    ANA.sign_in(&mut closed, OWN).await.unwrap();
    COMPANY.known(&world).await;
    LUIS.known(&world).await;
    let blocked = list(&mut owner).await;
    let states: Vec<_> = blocked.iter().map(|delegate| delegate.state).collect();
    assert!(states.contains(&DelegateState::Blocked) && states.contains(&DelegateState::Active));

    // Within the window nothing is compared for strangers; after it, whoever knows the password hears why.
    let mut stranger = world.browser();
    assert_eq!(
        ANA.sign_in(&mut stranger, OWN).await.map(drop),
        Err(ErrorCode::SignInRefused)
    );
    world.advance(WINDOW);
    assert_eq!(
        ANA.sign_in(&mut stranger, OWN).await.map(drop),
        Err(ErrorCode::SignInBlocked)
    );
    ANA.strangers_fail(&world, 5).await;
    assert_eq!(mails(&world).await.len(), told.len(), "it is told once");
}

#[rstest]
#[tokio::test]
async fn strangers_at_the_owner_keep_no_delegate_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world).await;
    ANA.join(&world, &mut COMPANY.known(&world).await, &[Scope::Payroll])
        .await;
    COMPANY.strangers_fail(&world, 5).await;
    assert!(matches!(load(&world, account).await.state, State::Blocked { .. }));
    let mut ana = ANA.known(&world).await;
    assert_eq!(current(&mut ana).await.unwrap().state, AccountState::Active);
}

#[rstest]
#[tokio::test]
async fn another_invitation_lifts_the_block_and_forgets_what_failed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    ANA.strangers_fail(&world, 5).await;
    invite_again(&mut owner, id).await.unwrap();
    let token = newest(&world).await;
    // Strangers go on: somebody without a password cannot be blocked, and what they failed is forgotten with the acceptance.
    ANA.strangers_fail(&world, 5).await;
    assert_eq!(events(&world, "delegate_blocked").await, 1);
    accept(&mut world.browser(), &token, OWN_NEXT).await.unwrap();
    let mut ana = world.browser();
    ANA.sign_in(&mut ana, OWN_NEXT).await.unwrap();
    assert_eq!(list(&mut owner).await[0].state, DelegateState::Active);
}

#[rstest]
#[tokio::test]
async fn a_delegates_device_that_fails_too_often_is_forgotten_and_nobody_elses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut shared = COMPANY.known(&world).await;
    ANA.join(&world, &mut shared, &[Scope::Payroll]).await;
    // The owner and the delegate sign in with one browser; the delegate's password is guessed there.
    ANA.sign_in(&mut shared, OWN).await.unwrap();
    COMPANY.sign_in(&mut shared, RIGHT).await.unwrap();
    for _ in 0..5 {
        assert_eq!(
            ANA.sign_in(&mut shared, WRONG).await.map(drop),
            Err(ErrorCode::SignInRefused)
        );
    }
    assert_eq!(events(&world, "device_forgotten").await, 1);
    assert!(
        is_in(&mut shared).await,
        "the owner's session in that browser goes on"
    );
    COMPANY.strangers_fail(&world, 5).await;
    COMPANY.sign_in(&mut shared, RIGHT).await.unwrap();
    assert_eq!(
        ANA.sign_in(&mut shared, OWN).await.map(drop),
        Err(ErrorCode::SignInBlocked)
    );
}

#[rstest]
#[tokio::test]
async fn guessing_the_own_password_in_an_open_session_ends_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    let mut ana = ANA.known(&world).await;
    for _ in 0..5 {
        let refused = crate::sessions::people::change(&mut ana, RIGHT, OWN_NEXT)
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::CurrentPasswordWrong);
    }
    assert!(!is_in(&mut ana).await);
    assert_eq!(list(&mut owner).await[0].state, DelegateState::Blocked);
    assert_eq!(sessions(&mut owner).await.sessions.len(), 1);
}

#[rstest]
#[tokio::test]
async fn who_is_no_delegate_can_be_guessed_at_without_harm(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    NOBODY.strangers_fail(&world, 7).await;
    assert!(mails(&world).await.is_empty());
    // They become one afterwards: nothing of it counts.
    NOBODY.join(&world, &mut owner, &[Scope::Payroll]).await;
    NOBODY.known(&world).await;
}

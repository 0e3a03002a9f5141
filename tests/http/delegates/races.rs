//! Two things at once to one delegate.

use super::people::*;
use crate::sessions::people::{COMPANY, events, world};
use futures_util::future::join_all;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::delegates::Scope;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn of_two_who_accept_at_once_one_does(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    create(&mut COMPANY.known(&world).await, &ANA.asked())
        .await
        .unwrap();
    let token = newest(&world).await;
    let (mut one, mut other) = (world.browser(), world.browser());
    let (first, second) = tokio::join!(
        accept(&mut one, &token, OWN),
        accept(&mut other, &token, OWN_NEXT)
    );
    let password = match (first, second) {
        (Ok(()), Err(ErrorCode::LinkUsed)) => OWN,
        (Err(ErrorCode::LinkUsed), Ok(())) => OWN_NEXT,
        both => panic!("one of them: {both:?}"),
    };
    ANA.sign_in(&mut one, password).await.unwrap();
    assert_eq!(events(&world, "delegate_joined").await, 1);
}

#[rstest]
#[tokio::test]
async fn of_many_who_make_one_delegate_one_does(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owners = Vec::new();
    for _ in 0..4 {
        owners.push(COMPANY.known(&world).await);
    }
    let made = join_all(
        owners
            .iter_mut()
            .map(async |owner| create(owner, &ANA.asked()).await),
    )
    .await;
    assert_eq!(made.iter().filter(|one| one.is_ok()).count(), 1);
    assert_eq!(list(&mut owners[0]).await.len(), 1);
    assert_eq!(events(&world, "delegate_created").await, 1);
}

#[rstest]
#[tokio::test]
async fn whoever_is_ended_while_signing_in_is_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    let mut browsers: Vec<_> = (0..6).map(|_| world.browser()).collect();
    let (entered, ended) = tokio::join!(
        join_all(
            browsers
                .iter_mut()
                .map(async |browser| ANA.sign_in(browser, OWN).await)
        ),
        end(&mut owner, id),
    );
    ended.unwrap();
    for refused in entered.into_iter().filter_map(Result::err) {
        // Ended before the sign-in, or between it and the first look at the account.
        assert!(
            matches!(refused, ErrorCode::SignInRefused | ErrorCode::SessionMissing),
            "{refused:?}"
        );
    }
    for browser in &mut browsers {
        assert!(!is_in(browser).await);
    }
}

#[rstest]
#[tokio::test]
async fn an_invitation_that_is_replaced_while_it_is_used_is_used_or_replaced(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    let (token, id) = (newest(&world).await, list(&mut owner).await[0].id);
    let mut ana = world.browser();
    let (accepted, again) = tokio::join!(accept(&mut ana, &token, OWN), invite_again(&mut owner, id));
    again.unwrap();
    match accepted {
        Ok(()) | Err(ErrorCode::LinkReplaced) => {}
        Err(code) => panic!("{code:?}"),
    }
    // The new invitation came last or at the same time: it decides.
    let newer = newest(&world).await;
    let mut visitor = world.browser();
    match inspect(&mut visitor, &newer).await {
        Ok(_) => {
            assert_eq!(
                ANA.sign_in(&mut visitor, OWN).await.map(drop),
                Err(ErrorCode::SignInRefused)
            );
        }
        Err(code) => assert_eq!(code, ErrorCode::LinkUsed),
    }
}

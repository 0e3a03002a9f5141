//! Invitations: how long they work, how often, and for whom.

use super::people::*;
use crate::sessions::people::{
    COMPANY, NEXT, RIGHT, TICK, change, events, facts, freeze, mails, with, world,
};
use rstest::rstest;
use shared::api::ErrorCode;
use shared::delegates::Scope;
use shared::delegates::api::{DelegateState, NewDelegate};
use std::time::Duration;
use tests::Engine;

const LIFE: Duration = Duration::from_hours(72);

#[rstest]
#[tokio::test]
async fn looking_changes_nothing_and_accepting_signs_nobody_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    let token = newest(&world).await;
    let before = facts(&world).await;
    let mut visitor = world.browser();
    let view = inspect(&mut visitor, &token).await.unwrap();
    inspect(&mut visitor, &token).await.unwrap();
    assert_eq!(facts(&world).await, before);
    assert_eq!(view.employer, "17•••••••9001");
    assert_eq!(view.cedula, "09•••••••6");
    assert_eq!(view.name.as_str(), "Ana Lucía Chango");
    assert_eq!(view.scopes, scopes(&[Scope::Payroll]));
    let pieces: Vec<_> = view
        .password
        .personal
        .iter()
        .map(|piece| piece.expose().as_str())
        .collect();
    assert!(pieces.contains(&"ana@contable.example"));
    assert!(
        !pieces.contains(&"1710034065"),
        "of the representative nothing is told"
    );

    assert_eq!(
        accept(&mut visitor, &token, "12345678").await,
        Err(ErrorCode::PasswordRefused)
    );
    assert_eq!(accept(&mut visitor, &token, OWN).await, Ok(()));
    assert!(!is_in(&mut visitor).await);
    assert_eq!(
        accept(&mut visitor, &token, OWN_NEXT).await,
        Err(ErrorCode::LinkUsed)
    );
    assert_eq!(
        inspect(&mut visitor, &token).await.unwrap_err(),
        ErrorCode::LinkUsed
    );
    assert_eq!(list(&mut owner).await[0].state, DelegateState::Active);
    ANA.sign_in(&mut visitor, OWN).await.unwrap();
}

#[rstest]
#[case(LIFE.saturating_sub(TICK), None)]
#[case(LIFE, Some(ErrorCode::LinkExpired))]
#[case(LIFE + TICK, Some(ErrorCode::LinkExpired))]
#[tokio::test]
async fn an_invitation_works_for_seventy_two_hours_from_its_send(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] after: Duration,
    #[case] refused: Option<ErrorCode>,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let asked = NewDelegate {
        until: day("2027-01-31"),
        ..ANA.asked()
    };
    create(&mut owner, &asked).await.unwrap();
    world.advance(Duration::from_mins(1));
    let token = newest(&world).await;
    world.advance(after);
    let accepted = accept(&mut world.browser(), &token, OWN).await;
    assert_eq!(accepted.err(), refused);
}

#[rstest]
#[case(TICK, None)]
#[case(Duration::ZERO, Some(ErrorCode::LinkExpired))]
#[tokio::test]
async fn an_invitation_ends_with_the_access_that_it_is_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] before: Duration,
    #[case] refused: Option<ErrorCode>,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let asked = NewDelegate {
        until: day("2026-11-24"),
        ..ANA.asked()
    };
    create(&mut owner, &asked).await.unwrap();
    let token = newest(&world).await;
    world.advance(Duration::from_hours(14 + 24).saturating_sub(before));
    let accepted = accept(&mut world.browser(), &token, OWN).await;
    assert_eq!(accepted.err(), refused);
}

#[rstest]
#[tokio::test]
async fn another_invitation_ends_link_password_and_sessions(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    let first = newest(&world).await;
    let id = list(&mut owner).await[0].id;
    invite_again(&mut owner, id).await.unwrap();
    assert_eq!(
        accept(&mut world.browser(), &first, OWN).await,
        Err(ErrorCode::LinkReplaced)
    );
    let second = newest(&world).await;
    accept(&mut world.browser(), &second, OWN).await.unwrap();
    let mut ana = ANA.known(&world).await;

    invite_again(&mut owner, id).await.unwrap();
    assert!(!is_in(&mut ana).await);
    assert_eq!(list(&mut owner).await[0].state, DelegateState::Invited);
    assert_eq!(
        ANA.sign_in(&mut ana, OWN).await.map(drop),
        Err(ErrorCode::SignInRefused)
    );
    let third = newest(&world).await;
    let reused = accept(&mut world.browser(), &third, OWN).await;
    assert_eq!(reused, Err(ErrorCode::PasswordRefused), "it is one of the last");
    accept(&mut world.browser(), &third, OWN_NEXT).await.unwrap();
    ANA.sign_in(&mut ana, OWN_NEXT).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn whoever_was_ended_or_frozen_out_gets_no_invitation_and_uses_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    let token = newest(&world).await;
    let id = list(&mut owner).await[0].id;
    end(&mut owner, id).await.unwrap();
    assert_eq!(
        accept(&mut world.browser(), &token, OWN).await,
        Err(ErrorCode::LinkReplaced)
    );
    // Ended before the mail was sent: nothing is sent.
    create(&mut owner, &LUIS.asked()).await.unwrap();
    let luis = list(&mut owner).await[0].id;
    end(&mut owner, luis).await.unwrap();
    mails(&world).await;
    assert_eq!(invitations(&world).len(), 1);
    // Frozen before, and after.
    create(&mut owner, &LUIS.asked()).await.unwrap();
    let token = newest(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    freeze(&world, account).await;
    mails(&world).await;
    assert_eq!(invitations(&world).len(), 2);
    assert_eq!(
        accept(&mut world.browser(), &token, OWN).await,
        Err(ErrorCode::LinkReplaced)
    );
    assert_eq!(events(&world, "delegate_joined").await, 0);
}

#[rstest]
#[tokio::test]
async fn a_new_password_of_the_owner_ends_invitations_sent_or_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    let token = newest(&world).await;
    create(&mut owner, &LUIS.asked()).await.unwrap();
    change(&mut owner, RIGHT, NEXT).await.unwrap();
    mails(&world).await;
    assert_eq!(invitations(&world).len(), 1, "the one that waited is not sent");
    let mut visitor = world.browser();
    assert_eq!(
        accept(&mut visitor, &token, OWN).await,
        Err(ErrorCode::LinkReplaced)
    );
    let listed = list(&mut owner).await;
    assert!(
        listed
            .iter()
            .all(|delegate| delegate.state == DelegateState::Invited && delegate.invited_until.is_none())
    );
    // The owner can invite again.
    invite_again(&mut owner, listed[0].id).await.unwrap();
    accept(&mut visitor, &newest(&world).await, OWN).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_mailbox_gets_so_many_invitations_and_no_answer_tells(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.limits.per_destination.count = 1).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    let same_mailbox = NewDelegate {
        email: "Ana+luis@contable.example".parse().unwrap(),
        ..LUIS.asked()
    };
    let made = create(&mut owner, &same_mailbox).await.unwrap();
    assert_eq!(made.delegates.len(), 2);
    mails(&world).await;
    assert_eq!(invitations(&world).len(), 1);
    let luis = LUIS.asked().cedula.masked();
    let listed = list(&mut owner).await;
    let luis = listed.iter().find(|delegate| delegate.cedula == luis).unwrap().id;
    invite_again(&mut owner, luis).await.unwrap();
    mails(&world).await;
    assert_eq!(invitations(&world).len(), 1);
    world.advance(Duration::from_hours(1));
    let mut owner = COMPANY.known(&world).await;
    invite_again(&mut owner, luis).await.unwrap();
    accept(&mut world.browser(), &newest(&world).await, OWN)
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn an_account_sends_so_many_invitations_a_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.limits.invitations_per_account.count = 2).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    let id = list(&mut owner).await[0].id;
    invite_again(&mut owner, id).await.unwrap();
    for refused in [
        invite_again(&mut owner, id).await,
        create(&mut owner, &LUIS.asked()).await,
    ] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::RateLimited);
    }
    assert_eq!(list(&mut owner).await.len(), 1);
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let world = world(Engine::Sqlite).await;
    for token in ["", "x", &"A".repeat(43), &"A".repeat(10_000)] {
        let refused = inspect(&mut world.browser(), &token.into()).await.unwrap_err();
        assert_eq!(refused, ErrorCode::LinkInvalid);
        let refused = accept(&mut world.browser(), &token.into(), OWN).await;
        assert_eq!(refused, Err(ErrorCode::LinkInvalid));
    }
}

#[rstest]
#[tokio::test]
async fn old_invitations_are_dropped(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    create(&mut COMPANY.known(&world).await, &ANA.asked())
        .await
        .unwrap();
    let token = newest(&world).await;
    let kept = LIFE + Duration::from_hours(24 * 30);
    world.advance(kept.saturating_sub(TICK));
    let purge = || server::delegates::service::purge(&world.app, world.now());
    assert_eq!(purge().await.unwrap(), 0);
    assert_eq!(
        inspect(&mut world.browser(), &token).await.unwrap_err(),
        ErrorCode::LinkExpired
    );
    world.advance(TICK);
    assert_eq!(purge().await.unwrap(), 1);
    assert_eq!(
        inspect(&mut world.browser(), &token).await.unwrap_err(),
        ErrorCode::LinkInvalid
    );
}

//! What a delegate may do: their own password and sessions, and what their scopes show; and that all of it is in the history.

use super::people::*;
use crate::sessions::people::{COMPANY, OTHER, RIGHT, change, current, sessions, sign_out, world};
use rstest::rstest;
use shared::api::ErrorCode;
use shared::delegates::{DelegateName, Permission, Scope};
use shared::recovery::api::Empty;
use shared::sessions::Who;
use shared::sessions::api::{
    EndOtherSessions, EndSession, Happening, HistoryEntry, HistoryPage, SessionChoice, ShowHistory,
    ShowPasswordRules,
};
use std::time::Duration;
use tests::{Browser, Engine};

async fn history(owner: &mut Browser) -> Vec<HistoryEntry> {
    owner
        .call::<ShowHistory>(&HistoryPage::default())
        .await
        .unwrap()
        .entries
}

#[rstest]
#[case(&[Scope::Payroll], true)]
#[case(&[Scope::Registrations], false)]
#[case(&[Scope::Payroll, Scope::Registrations], true)]
#[case(&[Scope::ReadOnly], true)]
#[tokio::test]
async fn scopes_are_shown_and_hold_for_open_sessions(#[case] given: &[Scope], #[case] debt: bool) {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::ReadOnly]).await;
    let mut ana = ANA.known(&world).await;
    give(&mut owner, id, given, LAST_DAY).await.unwrap();
    let view = current(&mut ana).await.unwrap();
    assert_eq!(view.who.may(Permission::SeeDebt), debt);
    let expected = Who::Delegate {
        name: "Ana Lucía Chango".parse().unwrap(),
        scopes: scopes(given),
        until: day(LAST_DAY),
    };
    assert_eq!(view.who, expected);
    assert!(view.linked.is_empty());
    assert_eq!(current(&mut owner).await.unwrap().who, Who::Owner);
}

#[rstest]
#[tokio::test]
async fn a_delegate_changes_their_own_password_and_nobody_elses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    ANA.join(&world, &mut owner, &[Scope::ReadOnly]).await;
    let (mut here, mut there) = (ANA.known(&world).await, ANA.known(&world).await);
    let rules = here.call::<ShowPasswordRules>(&()).await.unwrap();
    let pieces: Vec<_> = rules
        .personal
        .iter()
        .map(|piece| piece.expose().as_str())
        .collect();
    assert!(
        pieces.contains(&"0926687856") && !pieces.contains(&"1710034065"),
        "{}",
        pieces.len()
    );
    // The owner's password is not theirs.
    let refused = change(&mut here, RIGHT, OWN_NEXT).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CurrentPasswordWrong);
    let weak = change(&mut here, OWN, "Contable#26").await.unwrap_err();
    assert_eq!(weak.code, ErrorCode::PasswordRefused);
    let view = change(&mut here, OWN, OWN_NEXT).await.unwrap();
    assert_eq!(view.password.unwrap().set_at, world.now());
    assert!(is_in(&mut here).await);
    assert!(!is_in(&mut there).await, "their other sessions end");
    assert!(is_in(&mut owner).await, "the owner's do not");
    COMPANY.known(&world).await;
    assert_eq!(
        ANA.sign_in(&mut there, OWN).await.map(drop),
        Err(ErrorCode::SignInRefused)
    );
    ANA.sign_in(&mut there, OWN_NEXT).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_delegate_ends_their_own_sessions_only(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    ANA.join(&world, &mut owner, &[Scope::ReadOnly]).await;
    LUIS.join(&world, &mut owner, &[Scope::ReadOnly]).await;
    let mut luis = LUIS.known(&world).await;
    let (mut here, mut there) = (ANA.known(&world).await, ANA.known(&world).await);
    let everybody = sessions(&mut owner).await.sessions;
    assert_eq!(everybody.len(), 4);
    for other in everybody
        .iter()
        .filter(|session| session.current || session.delegate.is_some())
    {
        let chosen = SessionChoice { session: other.id };
        let mine = sessions(&mut here)
            .await
            .sessions
            .iter()
            .any(|session| session.id == other.id);
        if !mine {
            let refused = here.call::<EndSession>(&chosen).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::SessionUnknown);
        }
    }
    here.call::<EndOtherSessions>(&Empty {}).await.unwrap();
    assert!(!is_in(&mut there).await);
    assert!(is_in(&mut luis).await && is_in(&mut owner).await && is_in(&mut here).await);
    // The owner ends anybody's.
    let theirs = sessions(&mut luis).await.sessions[0].id;
    owner
        .call::<EndSession>(&SessionChoice { session: theirs })
        .await
        .unwrap();
    assert!(!is_in(&mut luis).await);
    owner.call::<EndOtherSessions>(&Empty {}).await.unwrap();
    assert!(!is_in(&mut here).await);
}

#[rstest]
#[tokio::test]
async fn what_a_delegate_does_is_in_the_history_under_their_name(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::ReadOnly]).await;
    world.advance(Duration::from_mins(1));
    ANA.strangers_fail(&world, 1).await;
    let mut ana = ANA.known(&world).await;
    change(&mut ana, OWN, OWN_NEXT).await.unwrap();
    sign_out(&mut ana).await;
    give(&mut owner, id, &[Scope::Payroll], LAST_DAY).await.unwrap();
    invite_again(&mut owner, id).await.unwrap();
    end(&mut owner, id).await.unwrap();
    let entries = history(&mut owner).await;
    let named = |what| {
        let entry = entries.iter().find(|entry| entry.what == what);
        let entry = entry.unwrap_or_else(|| panic!("{what:?} is in the history"));
        entry.by.as_ref().map(DelegateName::as_str)
    };
    for what in [
        Happening::DelegateCreated,
        Happening::DelegateJoined,
        Happening::SignInFailed,
        Happening::PasswordChanged,
        Happening::SignedOut,
        Happening::DelegateChanged,
        Happening::DelegateInvitedAgain,
        Happening::DelegateEnded,
    ] {
        assert_eq!(named(what), Some("Ana Lucía Chango"), "{what:?}");
    }
    let owners = entries.iter().filter(|entry| entry.by.is_none());
    let own: Vec<_> = owners.map(|entry| entry.what).collect();
    assert_eq!(own, [Happening::SignedInFromNewDevice]);
    // The owner's last sign-in is the owner's, whoever signed in since.
    let view = COMPANY.sign_in(&mut owner, RIGHT).await.unwrap();
    assert_eq!(view.last_sign_in.unwrap().at, tests::EPOCH);
    assert!(
        history(&mut OTHER.known(&world).await)
            .await
            .iter()
            .all(|entry| entry.by.is_none())
    );
    server::audit::service::seal_all(&world.app).await.unwrap();
    let verified = server::audit::service::verify(&world.app, &[]).await.unwrap();
    assert!(verified.findings.is_empty(), "{verified:?}");
}

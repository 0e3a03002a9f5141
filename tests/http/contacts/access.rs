//! Who may ask for what, and what an answer does not tell.

use super::people::*;
use crate::delegates::people::{ANA, LUIS, NOBODY, OWN};
use crate::recovery::people as recovery;
use crate::sessions::people as sessions;
use rstest::rstest;
use server::accounts::State;
use shared::api::{Endpoint, ErrorCode, FieldCode};
use shared::contacts::api::{ContactToken, RequestContactChange, ShowContacts};
use shared::delegates::Scope;
use shared::secrets::Secret;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn without_a_session_nothing_is_shown_or_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    owner(&world).await;
    let mut stranger = world.browser();
    let problem = stranger.call::<ShowContacts>(&()).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::SessionMissing);
    let problem = ask(&mut stranger, email(NEW)).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::SessionMissing);
    assert_eq!(changes(&world).await, []);
}

#[rstest]
#[tokio::test]
async fn a_wrong_password_counts_and_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    for _ in 0..5 {
        let problem = ask_with(&mut browser, email(NEW), WRONG).await.unwrap_err();
        assert_eq!(
            (problem.code, problem.status),
            (ErrorCode::CurrentPasswordWrong, 403)
        );
    }
    assert_eq!(events(&world, "password_check_failed").await, 5);
    assert!(matches!(load(&world, id).await.state, State::Blocked { .. }));
    let problem = ask(&mut browser, email(NEW)).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::SessionMissing);
    assert_eq!(changes(&world).await, []);
    assert_eq!(count(&world, NEW).await, 0);
}

#[rstest]
#[tokio::test]
async fn another_employers_change_is_as_unknown_as_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (_, mut browser) = owner(&world).await;
    settle(&world, recovery::OTHER).await;
    let mut neighbour = sessions::OTHER.known(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    let change = pending(&mut browser).await.change;
    assert_eq!(show(&mut neighbour).await.changes, []);
    let before = changes(&world).await;
    let theirs = withdraw(&mut neighbour, change).await.unwrap_err();
    let nobodys = shared::identifiers::ContactChangeId::new(world.now(), [9; 10]);
    assert_eq!(
        withdraw(&mut neighbour, nobodys).await.unwrap_err(),
        theirs,
        "one of another account is as unknown as one that never was"
    );
    assert_eq!(theirs, ErrorCode::ContactChangeUnknown);
    assert_eq!(changes(&world).await, before);
}

#[rstest]
#[tokio::test]
async fn an_answer_does_not_tell_whether_somebody_else_has_the_contact(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.limits.per_destination.count = 2).await;
    let (_, mut browser) = owner(&world).await;
    let other = settle(&world, recovery::OTHER).await;
    let mut neighbour = sessions::OTHER.known(&world).await;
    hold(&world, &mut neighbour, NEW).await;
    world.advance(HOLD);
    settle_due(&world).await;
    assert_eq!(contacts(&world, other).await.0.as_deref(), Some(NEW));

    // Registered elsewhere, or nowhere: the same answer, and both get their link.
    let taken = ask(&mut browser, email(NEW)).await.unwrap();
    deliver(&world).await;
    let free = ask(&mut browser, email("maria.quispe@nunca.example"))
        .await
        .unwrap();
    assert_eq!(taken.changes[0].standing, free.changes[0].standing);
    assert_eq!(taken.changes[0].deadline, free.changes[0].deadline);
    assert_eq!((taken.email, taken.phone), (free.email, free.phone));
    assert!(tokens(&world, NEW, "/contacto").await.len() >= 2);

    // Nor does the limit of a destination tell who else wrote to it.
    let got = count(&world, NEW).await;
    world.advance(std::time::Duration::from_hours(1));
    let once = ask(&mut browser, email(NEW)).await.unwrap();
    deliver(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    deliver(&world).await;
    let more = ask(&mut browser, email(NEW)).await.unwrap();
    assert_eq!(once.changes[0].deadline, more.changes[0].deadline);
    assert_eq!(
        count(&world, NEW).await,
        got + 2,
        "the limit of the destination is kept"
    );
}

#[rstest]
#[tokio::test]
async fn an_account_asks_so_often_and_no_more(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = with(engine, |policy| {
        policy.limits.contact_changes_per_account.count = 2;
    })
    .await;
    let (_, mut browser) = owner(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    ask(&mut browser, email(NEWER)).await.unwrap();
    let problem = ask(&mut browser, phone(PHONE)).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::RateLimited);
    assert_eq!(count(&world, PHONE).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_first_contact_is_for_the_counter(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = recovery::COMPANY
        .settle(&world, recovery::Condition::NoEmail)
        .await
        .unwrap();
    set_password(&world, id, RIGHT).await;
    let mut browser = sessions::COMPANY.known(&world).await;
    for wanted in [email(NEW), phone(PHONE)] {
        let problem = ask(&mut browser, wanted).await.unwrap_err();
        assert_eq!((problem.code, problem.status), (ErrorCode::NobodyToTell, 409));
    }
    assert_eq!(changes(&world).await, []);
    assert_eq!((count(&world, NEW).await, count(&world, PHONE).await), (0, 0));
}

#[rstest]
#[tokio::test]
async fn a_contact_is_parsed_and_must_be_another_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (_, mut browser) = owner(&world).await;
    let path = format!("{}{}", shared::api::BASE, RequestContactChange::PATH);
    for (wanted, code) in [
        (r#"{"kind":"email","value":"no es correo"}"#, FieldCode::Malformed),
        (r#"{"kind":"email"}"#, FieldCode::Missing),
        (r#"{"kind":"phone","value":"09"}"#, FieldCode::Length),
        (r#"{"kind":"no_phone","value":"x"}"#, FieldCode::Malformed),
    ] {
        let body = format!(r#"{{"wanted":{wanted},"current":"{RIGHT}"}}"#);
        let reply = browser.post(&path, body).await;
        let problem = reply.problem();
        assert_eq!(problem.code, ErrorCode::InvalidInput, "{wanted}");
        assert_eq!(
            (problem.fields[0].field.as_str(), problem.fields[0].code),
            ("wanted", code),
            "{wanted}"
        );
    }
    for wanted in [r#"{"kind":"no_email"}"#, r#""email""#, "null"] {
        let body = format!(r#"{{"wanted":{wanted},"current":"{RIGHT}"}}"#);
        let reply = browser.post(&path, body).await;
        assert!(reply.status.is_client_error(), "{wanted} {}", reply.status);
    }
    let problem = ask(&mut browser, email(OLD)).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::ContactUnchanged);
    assert_eq!(changes(&world).await, []);
}

#[rstest]
#[tokio::test]
async fn a_link_does_what_it_was_made_for_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    let confirmation = confirmation(&world, NEW).await;
    assert_eq!(
        cancel(&world, &confirmation).await.unwrap_err(),
        ErrorCode::LinkInvalid
    );
    confirm(&world, &confirmation).await.unwrap();
    let cancellation = cancellation(&world, OLD).await;
    assert_eq!(
        confirm(&world, &cancellation).await.unwrap_err(),
        ErrorCode::LinkInvalid
    );
    let freeze = tokens(&world, OLD, "/no-fui-yo").await.remove(0);
    for wrong in [
        freeze,
        ContactToken {
            token: Secret::from(""),
        },
        ContactToken {
            token: Secret::new("A".repeat(43)),
        },
        ContactToken {
            token: Secret::new("x".repeat(4000)),
        },
    ] {
        assert_eq!(inspect(&world, &wrong).await.unwrap_err(), ErrorCode::LinkInvalid);
        assert_eq!(confirm(&world, &wrong).await.unwrap_err(), ErrorCode::LinkInvalid);
        assert_eq!(
            inspect_cancel(&world, &wrong).await.unwrap_err(),
            ErrorCode::LinkInvalid
        );
        assert_eq!(cancel(&world, &wrong).await.unwrap_err(), ErrorCode::LinkInvalid);
    }
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    assert_eq!(show(&mut browser).await.changes.len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_delegate_neither_sees_nor_changes_contacts(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (_, mut browser) = owner(&world).await;
    for scope in [Scope::Payroll, Scope::Registrations, Scope::ReadOnly] {
        let person = match scope {
            Scope::Payroll => ANA,
            Scope::Registrations => LUIS,
            Scope::ReadOnly => NOBODY,
        };
        person.join(&world, &mut browser, &[scope]).await;
        let mut delegate = world.browser();
        person.sign_in(&mut delegate, OWN).await.unwrap();
        ask(&mut browser, email(NEW)).await.unwrap();
        let change = pending(&mut browser).await.change;
        let before = changes(&world).await;
        let problem = delegate.call::<ShowContacts>(&()).await.unwrap_err();
        assert_eq!((problem.code, problem.status), (ErrorCode::OwnerOnly, 403));
        for password in [OWN, RIGHT] {
            let problem = ask_with(&mut delegate, phone(PHONE), password).await.unwrap_err();
            assert_eq!(problem.code, ErrorCode::OwnerOnly);
        }
        assert_eq!(
            withdraw(&mut delegate, change).await.unwrap_err(),
            ErrorCode::OwnerOnly
        );
        assert_eq!(changes(&world).await, before);
    }
    assert_eq!(events(&world, "password_check_failed").await, 0);
}

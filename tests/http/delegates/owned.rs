//! What the owner does with delegates.

use super::people::*;
use crate::sessions::people::with;
use crate::sessions::people::{COMPANY, OTHER, WRONG, events, mails, world};
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::delegates::api::{DelegateState, NewDelegate};
use shared::delegates::{DelegateId, Scope};
use shared::secrets::Secret;
use tests::{Engine, World};

fn field(problem: &Problem) -> (&str, FieldCode) {
    (problem.fields[0].field.as_str(), problem.fields[0].code)
}

#[rstest]
#[tokio::test]
async fn a_delegate_is_made_invited_and_shown_masked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let made = create(&mut owner, &ANA.asked()).await.unwrap();
    assert_eq!((made.most, made.first_day), (20, day("2026-11-23")));
    assert_eq!(made.last_day, day("2027-11-23"));
    let [ana] = made.delegates.as_slice() else {
        panic!("one delegate: {made:?}");
    };
    assert_eq!(ana.cedula, "09•••••••6");
    assert_eq!(ana.email.to_string(), "an•••@co•••.example");
    assert_eq!((ana.state, ana.invited_until), (DelegateState::Invited, None));
    // The invitation gets its token at the send, and the owner is told.
    let subjects = mails(&world).await;
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    let sent = list(&mut owner).await;
    assert!(sent[0].invited_until.is_some());
    let owners: Vec<_> = world
        .mails()
        .into_iter()
        .filter(|mail| !mail.text.contains("/invitacion#"))
        .collect();
    assert!(owners[0].text.contains("/no-fui-yo#"), "{}", owners[0].text);
    let everything = world.everything().await;
    for token in invitations(&world) {
        assert!(!everything.contains(token.expose()), "no token is stored");
    }
}

#[rstest]
#[tokio::test]
async fn who_cannot_be_a_delegate(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let representative = Person("1710034065").asked();
    let refused = create(&mut owner, &representative).await.unwrap_err();
    assert_eq!(field(&refused), ("cedula", FieldCode::Representative));
    create(&mut owner, &ANA.asked()).await.unwrap();
    let twice = create(&mut owner, &ANA.asked()).await.unwrap_err();
    assert_eq!(field(&twice), ("cedula", FieldCode::AlreadyDelegate));
    // Somebody else's delegate may be ours too, and one who was ended may come back.
    OTHER.settle(&world).await;
    create(&mut OTHER.known(&world).await, &ANA.asked())
        .await
        .unwrap();
    let id = list(&mut owner).await[0].id;
    end(&mut owner, id).await.unwrap();
    let back = create(&mut owner, &ANA.asked()).await.unwrap();
    assert_eq!(back.delegates.len(), 1);
    assert_ne!(back.delegates[0].id, id);
}

#[rstest]
#[case("2026-11-22", false)]
#[case("2026-11-23", true)]
#[case("2027-11-23", true)]
#[case("2027-11-24", false)]
#[tokio::test]
async fn an_end_date_is_today_or_at_most_a_year_ahead(#[case] until: &str, #[case] fits: bool) {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let asked = NewDelegate {
        until: day(until),
        ..ANA.asked()
    };
    match create(&mut owner, &asked).await {
        Ok(_) => assert!(fits),
        Err(refused) => {
            assert!(!fits);
            assert_eq!(field(&refused), ("until", FieldCode::OutOfRange));
        }
    }
    let luis = LUIS.join(&world, &mut owner, &[Scope::Payroll]).await;
    let changed = give(&mut owner, luis, &[Scope::ReadOnly], until).await;
    assert_eq!(changed.is_ok(), fits);
}

#[rstest]
#[tokio::test]
async fn an_account_has_so_many_delegates_and_no_more(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.delegates.per_account = 1).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    create(&mut owner, &ANA.asked()).await.unwrap();
    let full = create(&mut owner, &LUIS.asked()).await.unwrap_err();
    assert_eq!((full.code, full.status), (ErrorCode::DelegatesFull, 409));
    let id = list(&mut owner).await[0].id;
    end(&mut owner, id).await.unwrap();
    create(&mut owner, &LUIS.asked()).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn an_open_session_alone_makes_and_ends_no_delegate(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    let wrong = NewDelegate {
        current: Secret::from(WRONG),
        ..LUIS.asked()
    };
    let refused = create(&mut owner, &wrong).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CurrentPasswordWrong);
    let ending = shared::delegates::api::DelegateEnding {
        delegate: id,
        current: Secret::from(WRONG),
    };
    for _ in 0..4 {
        let refused = owner
            .call::<shared::delegates::api::EndDelegate>(&ending)
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::CurrentPasswordWrong);
    }
    assert_eq!(events(&world, "password_check_failed").await, 5);
    // The fifth failure forgot the device, with its session.
    assert!(!is_in(&mut owner).await);
    assert!(is_in(&mut ANA.known(&world).await).await);
}

#[rstest]
#[tokio::test]
async fn an_open_session_alone_gives_a_delegate_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::Registrations]).await;
    world.advance(TO_THE_END);
    let mut owner = COMPANY.known(&world).await;
    let told = mails(&world).await.len();
    let before = list(&mut owner).await;
    let refused = give_with(&mut owner, id, &[Scope::Payroll], "2026-12-31", WRONG).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::CurrentPasswordWrong);
    let refused = invite_again(&mut owner, id).await.unwrap_err();
    assert_eq!(field(&refused), ("delegate", FieldCode::OutOfRange));
    assert_eq!(list(&mut owner).await, before);
    assert_eq!(mails(&world).await.len(), told);
    assert_eq!(events(&world, "delegate_changed").await, 0);
}

#[rstest]
#[tokio::test]
async fn the_owner_is_told_when_a_delegate_may_do_more_and_not_when_less(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA
        .join(&world, &mut owner, &[Scope::Payroll, Scope::Registrations])
        .await;
    let mut told = mails(&world).await.len();
    for (given, until, news) in [
        (&[Scope::Payroll, Scope::Registrations][..], LAST_DAY, 0),
        (&[Scope::Payroll], LAST_DAY, 0),
        (&[Scope::Payroll], "2026-11-25", 0),
        (&[Scope::Payroll], LAST_DAY, 1),
        (&[Scope::Payroll, Scope::Registrations], LAST_DAY, 1),
        (&[Scope::ReadOnly], "2026-11-25", 1),
    ] {
        give(&mut owner, id, given, until).await.unwrap();
        told += news;
        assert_eq!(mails(&world).await.len(), told, "{given:?} {until}");
    }
    // Whoever had no access any more has it again.
    world.advance(TO_THE_END);
    let mut owner = COMPANY.known(&world).await;
    let told = mails(&world).await.len();
    give(&mut owner, id, &[Scope::ReadOnly], "2026-11-27")
        .await
        .unwrap();
    assert_eq!(mails(&world).await.len(), told + 1);
}

#[rstest]
#[tokio::test]
async fn of_an_ended_delegate_only_the_name_is_kept(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    let kept = [ANA.0, "ana@contable.example"];
    let before = world.everything().await;
    assert!(kept.iter().all(|fact| before.contains(fact)));
    end(&mut owner, id).await.unwrap();
    mails(&world).await;
    let after = world.everything().await;
    assert!(kept.iter().all(|fact| !after.contains(fact)));
    assert!(after.contains("Ana Lucía Chango"));
}

#[rstest]
#[tokio::test]
async fn somebody_elses_delegate_is_as_unknown_as_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    let id = ANA.join(&world, &mut owner, &[Scope::Payroll]).await;
    let never = DelegateId::new(world.now(), [9; 10]);
    let mut other = OTHER.known(&world).await;
    let (listed, mut ana) = (list(&mut owner).await, ANA.known(&world).await);
    for unknown in [id, never] {
        let answers = [
            end(&mut other, unknown).await,
            invite_again(&mut other, unknown).await,
            give(&mut other, unknown, &[Scope::ReadOnly], LAST_DAY).await,
        ];
        for answer in answers {
            let refused = answer.unwrap_err();
            assert_eq!((refused.code, refused.status), (ErrorCode::DelegateUnknown, 404));
        }
    }
    assert!(list(&mut other).await.is_empty());
    let now = list(&mut owner).await;
    assert_eq!((now[0].scopes, now[0].state), (listed[0].scopes, listed[0].state));
    assert!(is_in(&mut ana).await);
    // One's own who was ended is unknown too.
    end(&mut owner, id).await.unwrap();
    for answer in [
        end(&mut owner, id).await,
        invite_again(&mut owner, id).await,
        give(&mut owner, id, &[Scope::ReadOnly], LAST_DAY).await,
    ] {
        assert_eq!(answer.unwrap_err().code, ErrorCode::DelegateUnknown);
    }
}

#[rstest]
#[tokio::test]
async fn a_session_that_ended_meanwhile_makes_no_delegate(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world: World = world(engine).await;
    let id = COMPANY.settle(&world).await;
    let mut owner = COMPANY.known(&world).await;
    crate::sessions::people::freeze(&world, id).await;
    let refused = create(&mut owner, &ANA.asked()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SessionMissing);
}

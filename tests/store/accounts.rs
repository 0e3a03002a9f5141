//! Accounts, password history and freeze links on both engines.

use rstest::rstest;
use server::accounts::{Account, NewAccount, State, service};
use server::audit;
use server::challenges::Call;
use server::http::Failure;
use server::on;
use shared::accounts::api::FreezeState;
use shared::api::ErrorCode;
use shared::i18n::Language;
use shared::identifiers::AccountId;
use shared::passwords::Violation;
use shared::recovery::{Refusal, Standing};
use shared::secrets::Secret;
use std::time::Duration;
use tests::{Engine, World};

const TICK: Duration = Duration::from_micros(1);

fn company() -> NewAccount {
    NewAccount {
        employer: "1790011674001".parse().unwrap(),
        branch: "0001".parse().unwrap(),
        email: Some("gerencia@empresa.ec".parse().unwrap()),
        phone: Some("0991234567".parse().unwrap()),
        language: Language::Es,
        name: "Ferretería El Clavo S.A.".into(),
        representative: "1729999993".parse().unwrap(),
        representative_name: "María Fernanda Núñez".into(),
    }
}

async fn world(engine: Engine) -> World {
    World::with(engine, |setup| {
        setup.config.policy.hashing.memory_kib = 64;
        setup.config.policy.hashing.passes = 1;
    })
    .await
}

async fn open(world: &World, account: &NewAccount) -> AccountId {
    let mut tx = world.app.store.write().await.unwrap();
    let id = service::open(&world.app, &mut tx, account, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn load(world: &World, id: AccountId) -> Account {
    let mut tx = world.app.store.read().await.unwrap();
    service::by_id(&mut tx, id).await.unwrap().unwrap()
}

/// What a password breaks; nothing means that it was set.
async fn set(world: &World, id: AccountId, password: &str) -> Vec<Violation> {
    world.advance(TICK);
    let account = load(world, id).await;
    match service::prepare_password(&world.app, &account, &Secret::from(password))
        .await
        .unwrap()
    {
        Err(violations) => violations,
        Ok(new) => {
            let mut tx = world.app.store.write().await.unwrap();
            service::set_password(&world.app, &mut tx, id, &new, world.now())
                .await
                .unwrap();
            tx.commit().await.unwrap();
            Vec::new()
        }
    }
}

/// The last hash and how many there are.
async fn hashes(world: &World) -> (Option<String>, usize) {
    let mut tx = world.app.store.read().await.unwrap();
    let rows: Vec<(String,)> = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT hash FROM password_history ORDER BY set_at DESC"
    )
    .fetch_all(conn))
    .unwrap();
    (rows.first().map(|(hash,)| hash.clone()), rows.len())
}

#[rstest]
#[tokio::test]
async fn an_account_is_found_by_employer_and_branch(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let mut tx = world.app.store.read().await.unwrap();
    let found = service::find(&mut tx, company().employer, company().branch)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.id, found.state, found.email, found.phone),
        (id, State::Active, company().email, company().phone)
    );
    assert_eq!(
        (found.representative, found.language, found.version),
        (company().representative, Language::Es, 1)
    );
    assert!(
        service::find(&mut tx, company().employer, "0002".parse().unwrap())
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        service::find(&mut tx, "1760013210001".parse().unwrap(), company().branch)
            .await
            .unwrap()
            .is_none()
    );
}

#[rstest]
#[tokio::test]
async fn an_import_renews_contacts_and_leaves_the_rest(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    assert_eq!(set(&world, id, "Tz9#kUx2!q").await, []);
    let mut tx = world.app.store.write().await.unwrap();
    service::block(&world.app, &mut tx, id, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let again = open(
        &world,
        &NewAccount {
            email: None,
            phone: None,
            ..company()
        },
    )
    .await;
    let account = load(&world, again).await;
    assert_eq!(
        (again, account.email.clone(), account.phone.clone()),
        (id, None, None)
    );
    assert!(matches!(account.state, State::Blocked { .. }) && account.password_set_at.is_some());
    assert_eq!(
        account.standing(),
        Standing::Unreachable {
            reason: Refusal::AccountBlocked
        }
    );
}

#[rstest]
#[tokio::test]
async fn the_last_five_passwords_do_not_come_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let passwords = [
        "Tz9#kUx2!q1",
        "Tz9#kUx2!q2",
        "Tz9#kUx2!q3",
        "Tz9#kUx2!q4",
        "Tz9#kUx2!q5",
    ];
    for password in passwords {
        assert_eq!(set(&world, id, password).await, [], "{password}");
    }
    for password in passwords {
        assert_eq!(set(&world, id, password).await, [Violation::Reused], "{password}");
    }
    assert_eq!(hashes(&world).await.1, 5);
    assert_eq!(set(&world, id, "Tz9#kUx2!q6").await, [], "the sixth");
    assert_eq!(hashes(&world).await.1, 5, "the first is forgotten");
    assert_eq!(set(&world, id, "Tz9#kUx2!q1").await, [], "and may come back");
    assert_eq!(set(&world, id, "Tz9#kUx2!q3").await, [Violation::Reused]);
}

#[rstest]
#[tokio::test]
async fn all_reasons_are_told_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let told = set(&world, id, "nunez1234").await;
    let expected = [
        Violation::NoUpperCase,
        Violation::NoSpecial,
        Violation::Personal,
        Violation::Run,
        Violation::Weak,
    ];
    assert_eq!(told, expected);
    // Of the small list that is built in.
    let told = set(&world, id, "password").await;
    let expected = [
        Violation::NoUpperCase,
        Violation::NoDigit,
        Violation::NoSpecial,
        Violation::Weak,
        Violation::Leaked,
    ];
    assert_eq!(told, expected);
    assert_eq!(hashes(&world).await, (None, 0), "nothing was written");
}

#[rstest]
#[tokio::test]
async fn an_account_keeps_its_salt_until_the_policy_changes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (one, other) = (open(&world, &company()).await, {
        let account = NewAccount {
            branch: "0002".parse().unwrap(),
            ..company()
        };
        open(&world, &account).await
    });
    let salt = |hash: &str| hash.split('$').nth(4).map(str::to_owned);
    set(&world, one, "Tz9#kUx2!q1").await;
    let first = hashes(&world).await.0.unwrap();
    set(&world, one, "Tz9#kUx2!q2").await;
    let second = hashes(&world).await.0.unwrap();
    set(&world, other, "Tz9#kUx2!q1").await;
    let foreign = hashes(&world).await.0.unwrap();
    assert_eq!(salt(&first), salt(&second));
    assert_ne!(salt(&first), salt(&foreign), "each account has its own");
    assert!(first != second && first != foreign);
}

#[rstest]
#[tokio::test]
async fn a_composed_letter_is_the_same_password(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    assert_eq!(set(&world, id, "Tz9#k\u{e9}Ux2!q").await, []);
    assert_eq!(set(&world, id, "Tz9#ke\u{301}Ux2!q").await, [Violation::Reused]);
}

#[rstest]
#[tokio::test]
async fn blocking_and_ending_sessions(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let first = world.now();
    for _ in 0..2 {
        let mut tx = world.app.store.write().await.unwrap();
        service::block(&world.app, &mut tx, id, world.now())
            .await
            .unwrap();
        service::end_sessions(&mut tx, id, world.now()).await.unwrap();
        tx.commit().await.unwrap();
        world.advance(TICK);
    }
    let account = load(&world, id).await;
    assert_eq!(
        account.state,
        State::Blocked { at: first },
        "the second time changes nothing"
    );
    assert_eq!(account.sessions_ended_at, Some(first.after(TICK)));
    let missing = AccountId::new(world.now(), [9; 10]);
    let mut tx = world.app.store.write().await.unwrap();
    assert!(
        service::end_sessions(&mut tx, missing, world.now())
            .await
            .is_err()
    );
}

fn code(failure: Failure) -> ErrorCode {
    match failure {
        Failure::Problem(problem) => problem.code,
        Failure::Fault(fault) => panic!("{}", fault.chain()),
    }
}

async fn link(world: &World, id: AccountId) -> Secret<String> {
    service::make_freeze_link(&world.app, id, world.now())
        .await
        .unwrap()
        .token
}

async fn freeze(world: &World, token: &Secret<String>) -> Result<FreezeState, ErrorCode> {
    service::freeze(&world.app, token, Call::own(world.now()))
        .await
        .map(|view| view.state)
        .map_err(code)
}

async fn inspect(world: &World, token: &Secret<String>) -> Result<FreezeState, ErrorCode> {
    service::inspect_freeze(&world.app, token, world.now())
        .await
        .map(|view| view.state)
        .map_err(code)
}

/// How many audit events of a kind there are.
async fn events(world: &World, kind: &'static str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM audit_events WHERE kind = $1"
    )
    .bind(kind)
    .fetch_one(conn))
    .unwrap();
    count
}

#[rstest]
#[tokio::test]
async fn looking_at_a_freeze_link_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let token = link(&world, id).await;
    let before = world.everything().await;
    for _ in 0..3 {
        assert_eq!(inspect(&world, &token).await, Ok(FreezeState::Open));
    }
    assert_eq!(world.everything().await, before);
    assert!(
        !before.contains(token.expose().as_str()),
        "only a digest of the token is stored"
    );
}

#[rstest]
#[tokio::test]
async fn freezing_happens_once_and_answers_the_same_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let (token, newer) = (link(&world, id).await, link(&world, id).await);
    let at = world.now();
    assert_eq!(freeze(&world, &token).await, Ok(FreezeState::Frozen { at }));
    world.advance(Duration::from_mins(1));
    let before = world.everything().await;
    assert_eq!(freeze(&world, &token).await, Ok(FreezeState::Frozen { at }));
    assert_eq!(freeze(&world, &newer).await, Ok(FreezeState::Frozen { at }));
    assert_eq!(inspect(&world, &token).await, Ok(FreezeState::Frozen { at }));
    assert_eq!(world.everything().await, before);
    let account = load(&world, id).await;
    assert_eq!(
        (account.state, account.sessions_ended_at),
        (
            State::Frozen {
                at,
                by: shared::accounts::FrozenBy::Owner
            },
            Some(at)
        )
    );
    let reason = Refusal::AccountFrozen;
    assert_eq!(account.standing(), Standing::Unreachable { reason });
    assert_eq!(
        (
            events(&world, "account_frozen").await,
            events(&world, "sessions_ended").await
        ),
        (1, 1)
    );
    audit::service::seal_all(&world.app).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn two_clicks_at_once_freeze_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let token = link(&world, id).await;
    let all = futures_util::future::join_all((0..8).map(|_| freeze(&world, &token))).await;
    assert!(
        all.iter()
            .all(|state| *state == Ok(FreezeState::Frozen { at: world.now() })),
        "{all:?}"
    );
    assert_eq!(events(&world, "account_frozen").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_freeze_outweighs_a_block(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let mut tx = world.app.store.write().await.unwrap();
    service::block(&world.app, &mut tx, id, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let token = link(&world, id).await;
    world.advance(TICK);
    assert_eq!(
        freeze(&world, &token).await,
        Ok(FreezeState::Frozen { at: world.now() })
    );
}

#[rstest]
#[tokio::test]
async fn a_freeze_link_works_until_its_last_tick(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let token = link(&world, id).await;
    world.advance(Duration::from_hours(168).saturating_sub(TICK));
    assert_eq!(inspect(&world, &token).await, Ok(FreezeState::Open));
    world.advance(TICK);
    assert_eq!(inspect(&world, &token).await, Err(ErrorCode::LinkExpired));
    assert_eq!(freeze(&world, &token).await, Err(ErrorCode::LinkExpired));
    assert_eq!(load(&world, id).await.state, State::Active);
    assert_eq!(
        service::purge(&world.app, world.now()).await.unwrap(),
        0,
        "late comers are told why"
    );
    world.advance(Duration::from_hours(24 * 30));
    assert_eq!(service::purge(&world.app, world.now()).await.unwrap(), 1);
    assert_eq!(inspect(&world, &token).await, Err(ErrorCode::LinkInvalid));
}

#[rstest]
#[tokio::test]
async fn what_is_no_token_of_ours_is_invalid(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let token = link(&world, id).await;
    let zeros = "A".repeat(43);
    let longer = format!("{}A", token.expose());
    for text in ["", "x", "../../etc", zeros.as_str(), longer.as_str(), "\u{0}"] {
        assert_eq!(
            freeze(&world, &Secret::from(text)).await,
            Err(ErrorCode::LinkInvalid),
            "{text}"
        );
    }
    assert_eq!(load(&world, id).await.state, State::Active);
}

#[rstest]
#[tokio::test]
async fn an_old_mail_cannot_bring_a_lifted_freeze_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    // The one that was used, one from an earlier mail, and one in a mail that leaves after the freeze.
    let (token, earlier) = (link(&world, id).await, link(&world, id).await);
    freeze(&world, &token).await.unwrap();
    let later = link(&world, id).await;
    let frozen = FreezeState::Frozen { at: world.now() };
    for token in [&token, &earlier, &later] {
        assert_eq!(inspect(&world, token).await, Ok(frozen));
    }
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(&mut tx, sqlx::query("UPDATE accounts SET frozen_at = NULL")).unwrap();
    tx.commit().await.unwrap();
    for token in [&token, &earlier, &later] {
        assert_eq!(inspect(&world, token).await, Err(ErrorCode::LinkUsed));
        assert_eq!(freeze(&world, token).await, Err(ErrorCode::LinkUsed));
    }
    assert_eq!(events(&world, "freeze_link_made").await, 3);
    assert_eq!(load(&world, id).await.state, State::Active);
}

#[rstest]
#[tokio::test]
async fn an_account_shows_no_person_in_debug(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = open(&world, &company()).await;
    let shown = format!("{:?} {:?}", load(&world, id).await, company());
    for secret in ["gerencia", "Fernanda", "Ferreter", "99123456", "2999999"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

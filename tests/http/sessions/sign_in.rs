//! Who gets in, and what everybody else hears.

use super::people::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rstest::rstest;
use server::accounts::store as accounts;
use server::keys::Purpose;
use server::sessions::{COOKIE, DEVICE_COOKIE};
use shared::api::ErrorCode;
use shared::sessions::api::AccountState;
use shared::sessions::{Browser as BrowserName, System};
use shared::time::Deadline;
use std::time::Duration;
use tests::{Engine, World};

const BODY: &str = "/api/v1/sessions";

fn body(employer: Employer, password: &str) -> String {
    serde_json::to_string(&employer.credentials(password)).unwrap()
}

#[rstest]
#[tokio::test]
async fn an_employer_signs_in_and_out(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for employer in [COMPANY, HOUSEHOLD] {
        let world = world(engine).await;
        employer.settle(&world).await;
        world.advance(Duration::from_hours(24 * 89));
        let mut browser = world.browser();
        assert_eq!(current(&mut browser).await, Err(ErrorCode::SessionMissing));
        let view = employer.sign_in(&mut browser, RIGHT).await.unwrap();
        assert_eq!(view.state, AccountState::Active);
        assert!(view.employer.contains('•') && !view.employer.contains(employer.0));
        assert_eq!(view.name.expose(), "Ferretería El Clavo S.A.");
        let password = view.password.unwrap();
        assert_eq!((password.days, password.reminder), (89, false));
        assert_eq!(view.last_sign_in, None);
        assert_eq!(
            view.ends.idle,
            Deadline::after(world.now(), Duration::from_mins(15))
        );
        assert_eq!(
            view.ends.absolute,
            Deadline::after(world.now(), Duration::from_hours(8))
        );
        assert_eq!(current(&mut browser).await.unwrap(), view);

        let stolen = cookie(&browser);
        sign_out(&mut browser).await;
        assert_eq!(browser.cookie(COOKIE), None);
        browser.plant(COOKIE, &stolen);
        assert_eq!(current(&mut browser).await, Err(ErrorCode::SessionMissing));
        sign_out(&mut browser).await;
        sign_out(&mut browser).await;
        assert_eq!(
            (
                events(&world, "signed_in").await,
                events(&world, "signed_out").await
            ),
            (1, 1)
        );
    }
}

#[rstest]
#[tokio::test]
async fn cookies_are_of_this_origin_only_and_their_secrets_are_nowhere_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut browser = world.browser();
    let reply = browser.post(BODY, body(COMPANY, RIGHT)).await;
    assert_eq!(reply.status, 200);
    let set: Vec<_> = reply
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap().to_owned())
        .collect();
    let with = |name: &str, age: &str| {
        set.iter().any(|cookie| {
            cookie.starts_with(&format!("{name}="))
                && cookie.ends_with(&format!(
                    "; Path=/; Max-Age={age}; Secure; HttpOnly; SameSite=Strict"
                ))
        })
    };
    assert!(
        with(COOKIE, "28800") && with(DEVICE_COOKIE, "34560000") && set.len() == 2,
        "{set:?}"
    );
    let everything = world.everything().await;
    for name in [COOKIE, DEVICE_COOKIE] {
        let value = browser.cookie(name).unwrap();
        assert_eq!(value.len(), 43, "256 bits");
        assert!(!everything.contains(value) && !reply.text().contains(value));
    }
    assert!(!everything.contains(RIGHT) && !everything.contains("192.0.2.1\""));
}

/// What somebody hears who does not know the password: everything that could tell one account from another.
async fn heard(world: &World, employer: Employer, password: &str) -> (u16, Vec<String>, String) {
    let reply = world.browser().post(BODY, body(employer, password)).await;
    let mut headers: Vec<_> = reply
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id" && *name != "date")
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    (reply.status.as_u16(), headers, reply.text())
}

#[rstest]
#[tokio::test]
async fn whatever_is_wrong_is_answered_alike(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let unknown = heard(&world, UNKNOWN, WRONG).await;
    assert_eq!(unknown.0, 403);
    assert!(unknown.2.contains("sign_in_refused"), "{}", unknown.2);

    let company = COMPANY.settle(&world).await;
    assert_eq!(heard(&world, COMPANY, WRONG).await, unknown, "wrong password");
    OTHER.open(&world).await;
    assert_eq!(heard(&world, OTHER, WRONG).await, unknown, "no password");
    block(&world, company).await;
    assert_eq!(heard(&world, COMPANY, WRONG).await, unknown, "blocked");
    freeze(&world, company).await;
    assert_eq!(heard(&world, COMPANY, WRONG).await, unknown, "frozen");
    for _ in 0..4 {
        assert_eq!(heard(&world, UNKNOWN, WRONG).await, unknown);
        assert_eq!(heard(&world, COMPANY, WRONG).await, unknown);
    }
    assert_eq!(
        heard(&world, COMPANY, RIGHT).await,
        unknown,
        "not compared any more"
    );
    assert_eq!(
        heard(&world, UNKNOWN, RIGHT).await,
        unknown,
        "not compared any more"
    );
}

#[rstest]
#[tokio::test]
async fn only_the_right_password_hears_why_an_account_is_closed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    block(&world, id).await;
    for _ in 0..6 {
        let problem = COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap_err();
        assert_eq!(
            problem.code,
            ErrorCode::SignInBlocked,
            "the right password is no failure"
        );
    }
    freeze(&world, id).await;
    let problem = COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::SignInFrozen);
    assert_eq!(events(&world, "sign_in_closed").await, 7);
    assert_eq!(events(&world, "sign_in_failed").await, 0);
}

#[rstest]
#[tokio::test]
async fn the_other_account_of_the_same_person_is_shown(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (own, household) = (Employer("1710034065001"), Employer("1710034065"));
    let world = world(engine).await;
    own.settle(&world).await;
    let mut browser = own.known(&world).await;
    assert!(current(&mut browser).await.unwrap().linked.is_empty());
    household.settle(&world).await;
    COMPANY.settle(&world).await;
    let masked = |employer: Employer| {
        let number: shared::identifiers::EmployerIdentifier = employer.0.parse().unwrap();
        vec![number.masked()]
    };
    assert_eq!(current(&mut browser).await.unwrap().linked, masked(household));
    let view = household.sign_in(&mut world.browser(), RIGHT).await.unwrap();
    assert_eq!(view.linked, masked(own));
    let view = COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap();
    assert!(view.linked.is_empty(), "a company is nobody's own number");
}

#[rstest]
#[tokio::test]
async fn a_branch_is_part_of_who_it_is(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut asked = COMPANY.credentials(RIGHT);
    asked.branch = "0002".parse().unwrap();
    let problem = world
        .browser()
        .call::<shared::sessions::api::SignIn>(&asked)
        .await
        .unwrap_err();
    assert_eq!(problem.code, ErrorCode::SignInRefused);
}

#[rstest]
#[tokio::test]
async fn a_sign_in_makes_a_new_cookie_and_ends_the_session_it_came_with(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;
    let first = cookie(&browser);
    let mut elsewhere = COMPANY.known(&world).await;
    COMPANY.sign_in(&mut browser, RIGHT).await.unwrap();
    let second = cookie(&browser);
    assert_ne!(first, second);
    // Also one of another account: a browser has one session.
    OTHER.sign_in(&mut browser, RIGHT).await.unwrap();
    let mut thief = world.browser();
    for old in [first, second] {
        thief.plant(COOKIE, &old);
        assert_eq!(current(&mut thief).await, Err(ErrorCode::SessionMissing));
    }
    assert!(current(&mut browser).await.is_ok() && current(&mut elsewhere).await.is_ok());
    assert_eq!(events(&world, "session_ended").await, 2);
    // A failed sign-in ends nothing.
    OTHER.sign_in(&mut browser, WRONG).await.unwrap_err();
    assert!(current(&mut browser).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn the_sign_in_before_this_one_is_shown(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let first = world.now();
    let request = axum::http::Request::post(BODY)
        .header("origin", world.browser().origin())
        .header("content-type", "application/json")
        .header(
            "user-agent",
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        )
        .body(body(COMPANY, RIGHT).into())
        .unwrap();
    let mut browser = world.browser().at("2001:db8:7:1::9");
    assert_eq!(browser.send(request).await.status, 200);
    let shown = sessions(&mut browser).await.sessions;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].signed_in.device.browser, BrowserName::Firefox);
    world.advance(Duration::from_mins(1));
    let view = COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap();
    let last = view.last_sign_in.unwrap();
    assert_eq!((last.at, last.device.system), (first, System::Linux));
    assert_eq!(last.network.unwrap().to_string(), "2001:db8:7::/48");
}

#[rstest]
#[tokio::test]
async fn an_old_hash_is_renewed_at_the_first_right_sign_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    let hash = async || {
        let mut tx = world.app.store.read().await.unwrap();
        accounts::password_hash(&mut tx, id).await.unwrap().unwrap()
    };
    let old = hash_of_other_parameters(&world, RIGHT);
    let mut tx = world.app.store.write().await.unwrap();
    accounts::renew_hash(&mut tx, id, &hash().await, &old)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let set_at = load(&world, id).await.password_set_at;

    COMPANY.sign_in(&mut world.browser(), WRONG).await.unwrap_err();
    assert_eq!(hash().await, old, "a wrong password changes nothing");
    COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap();
    let renewed = hash().await;
    assert!(renewed.contains("$m=64,t=1,p=1$"), "{renewed}");
    assert_eq!(load(&world, id).await.password_set_at, set_at, "it is no younger");
    COMPANY.sign_in(&mut world.browser(), RIGHT).await.unwrap();
    assert_eq!(hash().await, renewed);
    assert_eq!(events(&world, "password_rehashed").await, 1);
    let mut tx = world.app.store.read().await.unwrap();
    let history = accounts::last_hashes(&mut tx, id, 5).await.unwrap();
    assert_eq!(history, [renewed], "and it still may not come back");
}

/// What an older policy's server would have stored, hashed here by itself.
fn hash_of_other_parameters(world: &World, password: &str) -> String {
    let pepper = world.app.keys.key(Purpose::Pepper);
    let params = argon2::Params::new(32, 2, 1, Some(32)).unwrap();
    let argon2 = argon2::Argon2::new_with_secret(
        pepper.expose(),
        argon2::Algorithm::Argon2id,
        argon2::Version::V0x13,
        params,
    )
    .unwrap();
    let mut output = [0; 32];
    argon2
        .hash_password_into(password.as_bytes(), &[5; 16], &mut output)
        .unwrap();
    let (salt, output) = (STANDARD_NO_PAD.encode([5; 16]), STANDARD_NO_PAD.encode(output));
    format!("$argon2id$v=19$m=32,t=2,p=1${salt}${output}")
}

#[rstest]
#[tokio::test]
async fn a_server_at_its_limit_says_so_and_counts_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| {
        policy.hashing.slots = 1;
        policy.hashing.memory_kib = 4096;
    })
    .await;
    COMPANY.settle(&world).await;
    // One slot has room for 64 that wait; each number is another account's, so that each is compared.
    let numbers = (0..400).map(|number| format!("17000{number:05}"));
    let credentials: Vec<_> = numbers
        .filter_map(|number| {
            Some(shared::sessions::api::Credentials {
                employer: number.parse().ok()?,
                ..COMPANY.credentials(WRONG)
            })
        })
        .chain((1..300).map(|branch| shared::sessions::api::Credentials {
            branch: format!("{branch:04}").parse().unwrap(),
            ..UNKNOWN.credentials(WRONG)
        }))
        .collect();
    let all = futures_util::future::join_all(credentials.iter().map(|asked| {
        let mut browser = world.browser();
        async move {
            browser
                .call::<shared::sessions::api::SignIn>(asked)
                .await
                .unwrap_err()
        }
    }))
    .await;
    let busy = all
        .iter()
        .filter(|problem| problem.code == ErrorCode::Busy)
        .count();
    assert!(busy > 0 && busy < all.len(), "{busy} of {}", all.len());
    for problem in &all {
        if problem.code == ErrorCode::Busy {
            assert_eq!((problem.status, problem.retry_after), (503, Some(5)));
        } else {
            assert_eq!(problem.code, ErrorCode::SignInRefused);
        }
    }
    let failed = i64::try_from(all.len() - busy).unwrap();
    assert_eq!(events(&world, "sign_in_failed").await, failed);
}

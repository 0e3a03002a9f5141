//! When sessions end: by themselves, by their owner, by what happens to the account.

use super::people::*;
use rstest::rstest;
use server::accounts::service as accounts;
use server::challenges::Call;
use server::sessions::{COOKIE, service};
use shared::api::ErrorCode;
use shared::recovery::api::Empty;
use shared::secrets::Secret;
use shared::sessions::api::{
    EndOtherSessions, EndSession, ExtendSession, HistoryPage, SessionChoice, ShowHistory,
};
use std::time::Duration;
use tests::{Browser, Engine};

const IDLE: Duration = Duration::from_mins(15);

async fn extend(browser: &mut Browser) -> Result<(), ErrorCode> {
    let told = browser.call::<ExtendSession>(&Empty {}).await;
    told.map(drop).map_err(|problem| problem.code)
}

#[rstest]
#[tokio::test]
async fn a_session_that_nobody_uses_ends_at_its_tick(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;
    world.advance(IDLE.saturating_sub(TICK));
    assert!(current(&mut browser).await.is_ok());
    world.advance(TICK);
    assert_eq!(current(&mut browser).await, Err(ErrorCode::SessionMissing));
    world.advance(TICK);
    assert_eq!(
        extend(&mut browser).await,
        Err(ErrorCode::SessionMissing),
        "it does not come back"
    );
    assert!(service::purge(&world.app, world.now()).await.unwrap() > 0);
}

#[rstest]
#[tokio::test]
async fn use_keeps_it_looking_does_not_and_neither_beyond_its_end(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let (mut used, mut looking) = (COMPANY.known(&world).await, COMPANY.known(&world).await);
    let began = world.now();
    world.advance(IDLE.saturating_sub(TICK));
    assert_eq!(extend(&mut used).await, Ok(()));
    let before = world.everything().await;
    assert!(current(&mut looking).await.is_ok() && sessions(&mut looking).await.sessions.len() == 2);
    assert_eq!(world.everything().await, before, "looking writes nothing");
    world.advance(IDLE.saturating_sub(TICK));
    assert!(current(&mut used).await.is_ok());
    assert_eq!(current(&mut looking).await, Err(ErrorCode::SessionMissing));
    let end = began.after(Duration::from_hours(8));
    while world.now() < end.before(IDLE) {
        assert_eq!(extend(&mut used).await, Ok(()));
        world.advance(IDLE.saturating_sub(TICK));
    }
    assert_eq!(extend(&mut used).await, Ok(()));
    world.advance(end.before(TICK).since(world.now()));
    assert_eq!(extend(&mut used).await, Ok(()));
    world.advance(TICK);
    assert_eq!(extend(&mut used).await, Err(ErrorCode::SessionMissing));
}

#[rstest]
#[tokio::test]
async fn use_is_written_once_a_minute(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;
    let used_at = async |browser: &mut Browser| sessions(browser).await.sessions[0].used_at;
    let start = world.now();
    world.advance(Duration::from_mins(1).saturating_sub(TICK));
    extend(&mut browser).await.unwrap();
    assert_eq!(used_at(&mut browser).await, start);
    world.advance(TICK);
    extend(&mut browser).await.unwrap();
    assert_eq!(used_at(&mut browser).await, world.now());
}

#[rstest]
#[tokio::test]
async fn what_happens_to_the_account_ends_its_sessions(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for what in ["reset", "sessions ended", "freeze", "freeze link"] {
        let world = world(engine).await;
        let id = COMPANY.settle(&world).await;
        OTHER.settle(&world).await;
        let (mut browser, mut other) = (COMPANY.known(&world).await, OTHER.known(&world).await);
        match what {
            "reset" => set_password(&world, id, NEXT).await,
            "sessions ended" => {
                let mut tx = world.app.store.write().await.unwrap();
                accounts::end_sessions(&mut tx, id, world.now()).await.unwrap();
                tx.commit().await.unwrap();
            }
            "freeze" => freeze(&world, id).await,
            _ => {
                let link = accounts::make_freeze_link(&world.app, id, world.now())
                    .await
                    .unwrap();
                let body = serde_json::json!({ "token": link.token.expose() });
                let reply = world.browser().post("/api/v1/freeze", body.to_string()).await;
                assert_eq!(reply.status, 200);
            }
        }
        assert_eq!(
            current(&mut browser).await,
            Err(ErrorCode::SessionMissing),
            "{what}"
        );
        assert!(current(&mut other).await.is_ok(), "{what}");
        if what == "reset" {
            let view = COMPANY.sign_in(&mut browser, NEXT).await;
            assert!(
                view.is_ok(),
                "at the same tick, a session that begins afterwards is good"
            );
            assert!(current(&mut browser).await.is_ok());
            assert_eq!(sessions(&mut browser).await.sessions.len(), 1);
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_browser_that_was_known_before_a_reset_or_a_freeze_is_a_stranger(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("reset", "freeze link")] what: &str,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    let other = OTHER.settle(&world).await;
    let mut thief = COMPANY.known(&world).await;
    OTHER.sign_in(&mut thief, RIGHT).await.unwrap();
    if what == "reset" {
        set_password(&world, id, NEXT).await;
    } else {
        let link = accounts::make_freeze_link(&world.app, id, world.now())
            .await
            .unwrap();
        accounts::freeze(&world.app, &link.token, Call::own(world.now()))
            .await
            .unwrap();
        // A counter lifted it.
        let mut tx = world.app.store.write().await.unwrap();
        server::changed!(&mut tx, sqlx::query("UPDATE accounts SET frozen_at = NULL")).unwrap();
        tx.commit().await.unwrap();
    }
    let password = if what == "reset" { NEXT } else { RIGHT };
    block(&world, id).await;
    let problem = COMPANY.sign_in(&mut thief, password).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::SignInBlocked, "it is known no more");
    block(&world, other).await;
    assert!(
        OTHER.sign_in(&mut thief, RIGHT).await.is_ok(),
        "the other account knows it as before"
    );
}

#[rstest]
#[tokio::test]
async fn a_change_of_password_forgets_no_browser(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    let (mut office, mut home) = (COMPANY.known(&world).await, COMPANY.known(&world).await);
    change(&mut office, RIGHT, NEXT).await.unwrap();
    block(&world, id).await;
    assert!(COMPANY.sign_in(&mut home, NEXT).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn the_owner_sees_and_ends_sessions(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut office = world.browser().at("198.51.100.7");
    COMPANY.sign_in(&mut office, RIGHT).await.unwrap();
    world.advance(Duration::from_mins(2));
    let mut home = COMPANY.known(&world).await;
    let mut third = COMPANY.known(&world).await;
    let list = sessions(&mut home).await.sessions;
    assert_eq!(list.len(), 3);
    assert_eq!(list.iter().filter(|session| session.current).count(), 1);
    let oldest = list.last().unwrap();
    assert_eq!(
        oldest.signed_in.network.unwrap().to_string(),
        "198.51.100.0/24",
        "the network, not the address"
    );
    let choice = SessionChoice { session: oldest.id };
    let left = home.call::<EndSession>(&choice).await.unwrap();
    assert_eq!(left.sessions.len(), 2);
    assert_eq!(current(&mut office).await, Err(ErrorCode::SessionMissing));
    let again = home.call::<EndSession>(&choice).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::SessionUnknown);

    let left = home.call::<EndOtherSessions>(&Empty {}).await.unwrap();
    assert_eq!(left.sessions.len(), 1);
    assert!(left.sessions[0].current && current(&mut home).await.is_ok());
    assert_eq!(current(&mut third).await, Err(ErrorCode::SessionMissing));
    home.call::<EndOtherSessions>(&Empty {}).await.unwrap();
    assert_eq!(
        (
            events(&world, "session_ended").await,
            events(&world, "other_sessions_ended").await
        ),
        (1, 1)
    );
    // Its own it may end as well.
    let own = SessionChoice {
        session: left.sessions[0].id,
    };
    home.call::<EndSession>(&own).await.unwrap();
    assert_eq!(current(&mut home).await, Err(ErrorCode::SessionMissing));
}

#[rstest]
#[tokio::test]
async fn anothers_session_is_as_unknown_as_none(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let (mut mine, mut theirs) = (COMPANY.known(&world).await, OTHER.known(&world).await);
    let their_session = sessions(&mut theirs).await.sessions[0].id;
    let nobodys = shared::sessions::SessionId::new(world.now(), [7; 10]);
    let mut answers = Vec::new();
    for session in [their_session, nobodys] {
        let body = serde_json::to_string(&SessionChoice { session }).unwrap();
        let reply = mine.post("/api/v1/account/sessions/end", body).await;
        answers.push((reply.status, reply.text()));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 404);
    assert!(current(&mut theirs).await.is_ok());
    assert!(
        sessions(&mut mine)
            .await
            .sessions
            .iter()
            .all(|one| one.id != their_session)
    );
}

#[rstest]
#[tokio::test]
async fn what_is_no_cookie_of_ours_is_nobody(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let good = cookie(&COMPANY.known(&world).await);
    let shorter = good[..42].to_owned();
    let before = facts(&world).await;
    for text in [
        "",
        "x",
        &"A".repeat(43),
        &shorter,
        &format!("{good}="),
        &good.to_uppercase(),
    ] {
        let mut browser = world.browser();
        browser.plant(COOKIE, text);
        assert_eq!(
            current(&mut browser).await,
            Err(ErrorCode::SessionMissing),
            "{text}"
        );
        let asked = HistoryPage::default();
        let problem = browser.call::<ShowHistory>(&asked).await.unwrap_err();
        assert_eq!((problem.code, problem.status), (ErrorCode::SessionMissing, 401));
    }
    assert_eq!(facts(&world).await, before);
    let mut browser = world.browser();
    browser.plant(COOKIE, &good);
    assert!(current(&mut browser).await.is_ok());
    assert!(!format!("{:?}", Secret::from(good.as_str())).contains(&good));
}

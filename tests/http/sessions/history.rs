//! What happened, in the owner's words.

use super::people::*;
use crate::recovery::people::{self as recovery, Condition, GOOD};
use axum::body::Body;
use axum::http::Request;
use rstest::rstest;
use serde_json::json;
use server::audit::service as audit;
use shared::api::{BASE, Endpoint, ErrorCode};
use shared::recovery::api::ResetPassword;
use shared::sessions::api::{
    ChangePassword, Happening, History, HistoryEntry, HistoryPage, ShowHistory, SignIn, SignOut,
};
use shared::sessions::{Browser as BrowserName, Device, System};
use std::time::Duration;
use tests::{Browser, Engine};

async fn page(browser: &mut Browser, asked: HistoryPage) -> History {
    browser.call::<ShowHistory>(&asked).await.unwrap()
}

/// The whole history, page after page.
async fn whole(browser: &mut Browser) -> Vec<HistoryEntry> {
    let mut entries = Vec::new();
    let mut before = None;
    loop {
        let read = page(browser, HistoryPage { before }).await;
        assert!(read.entries.len() <= 20);
        entries.extend(read.entries);
        before = read.next;
        if before.is_none() {
            return entries;
        }
    }
}

#[rstest]
#[tokio::test]
async fn what_happened_is_told_newest_first(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    OTHER.known(&world).await;
    let mut browser = COMPANY.known(&world).await;
    world.advance(Duration::from_secs(1));
    COMPANY.strangers_fail(&world, 5).await;
    world.advance(Duration::from_secs(1));
    change(&mut browser, WRONG, NEXT).await.unwrap_err();
    change(&mut browser, RIGHT, NEXT).await.unwrap();
    world.advance(Duration::from_secs(1));
    COMPANY.sign_in(&mut browser, NEXT).await.unwrap();
    let told = whole(&mut browser).await;
    let mut what: Vec<_> = told.iter().map(|entry| entry.what).collect();
    // Two events of one tick stand in the order of their ids, which is nobody's promise.
    what[..2].sort_by_key(|one| format!("{one:?}"));
    what[2..5].sort_by_key(|one| format!("{one:?}"));
    what[5..11].sort_by_key(|one| format!("{one:?}"));
    assert_eq!(
        what,
        [
            Happening::SessionEnded,
            Happening::SignedIn,
            Happening::OtherSessionsEnded,
            Happening::PasswordChanged,
            Happening::PasswordCheckFailed,
            Happening::Blocked,
            Happening::SignInFailed,
            Happening::SignInFailed,
            Happening::SignInFailed,
            Happening::SignInFailed,
            Happening::SignInFailed,
            Happening::SignedInFromNewDevice,
        ]
    );
    let first = told.last().unwrap();
    assert_eq!(first.network.unwrap().to_string(), "192.0.2.0/24");
    assert_eq!(first.device.unwrap().browser, BrowserName::Other);
    let failed = told
        .iter()
        .find(|entry| entry.what == Happening::SignInFailed)
        .unwrap();
    assert!(failed.network.unwrap().to_string().starts_with("203.0."));
    assert_eq!(load(&world, id).await.id, id);
}

#[rstest]
#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut browser = world.browser();
    // Several in one tick, so that the time alone does not tell them apart.
    for round in 0..45 {
        COMPANY.sign_in(&mut browser, RIGHT).await.unwrap();
        if round % 7 == 0 {
            world.advance(TICK);
        }
    }
    let entries = whole(&mut browser).await;
    assert_eq!(entries.len(), 45 + 44, "each but the first ended a session");
    assert!(entries.is_sorted_by(|one, next| one.at >= next.at));
    let first = page(&mut browser, HistoryPage::default()).await;
    assert_eq!(first.entries, entries[..20]);
    // What happens meanwhile does not move the pages that were not read yet.
    COMPANY.sign_in(&mut browser, RIGHT).await.unwrap();
    let second = page(&mut browser, HistoryPage { before: first.next }).await;
    assert_eq!(second.entries, entries[20..40]);
}

#[rstest]
#[tokio::test]
async fn anothers_cursor_leads_nowhere(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let (mut mine, mut theirs) = (COMPANY.known(&world).await, world.browser());
    for _ in 0..25 {
        OTHER.sign_in(&mut theirs, RIGHT).await.unwrap();
    }
    let cursor = page(&mut theirs, HistoryPage::default()).await.next;
    assert!(cursor.is_some());
    let read = page(&mut mine, HistoryPage { before: cursor }).await;
    assert!(
        read.entries.len() <= 1,
        "a place in time, and nothing of the other's"
    );
    let reply = mine
        .post("/api/v1/account/history", r#"{"before":{"at":1,"id":"x"}}"#)
        .await;
    assert_eq!(reply.problem().code, ErrorCode::InvalidInput);
}

const WINDOWS: (&str, Device) = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    Device {
        browser: BrowserName::Chrome,
        system: System::Windows,
    },
);

/// A call of a browser that says what it is.
async fn call_as<E: Endpoint>(browser: &mut Browser, agent: &str, body: serde_json::Value) {
    let request = Request::post(format!("{BASE}{}", E::PATH))
        .header("content-type", "application/json")
        .header("origin", browser.origin())
        .header("user-agent", agent)
        .body(Body::from(body.to_string()))
        .unwrap();
    let reply = browser.send(request).await;
    assert!(reply.status.is_success(), "{} {}", reply.status, reply.text());
}

#[rstest]
#[tokio::test]
async fn every_act_of_who_is_signed_in_tells_place_and_device(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let (agent, device) = WINDOWS;
    let mut browser = world.browser().at("2001:db8:7:1::9");
    let credentials = serde_json::to_value(COMPANY.credentials(RIGHT)).unwrap();
    call_as::<SignIn>(&mut browser, agent, credentials).await;
    world.advance(TICK);
    let change = json!({ "current": RIGHT, "password": NEXT });
    call_as::<ChangePassword>(&mut browser, agent, change).await;
    world.advance(TICK);
    call_as::<SignOut>(&mut browser, agent, json!({})).await;
    world.advance(TICK);
    let mut elsewhere = world.browser();
    COMPANY.sign_in(&mut elsewhere, NEXT).await.unwrap();

    let told = whole(&mut elsewhere).await;
    for act in [
        Happening::SignedInFromNewDevice,
        Happening::PasswordChanged,
        Happening::SignedOut,
    ] {
        // The oldest: the last sign-in came from elsewhere.
        let entry = told.iter().rfind(|entry| entry.what == act).unwrap();
        assert_eq!(entry.device, Some(device), "{act:?}");
        assert_eq!(entry.network.unwrap().to_string(), "2001:db8:7::/48", "{act:?}");
    }
    audit::seal_all(&world.app).await.unwrap();
    assert_eq!(audit::verify(&world.app, &[]).await.unwrap().findings, []);
}

#[rstest]
#[tokio::test]
async fn what_somebody_did_with_a_link_tells_place_and_device_too(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = recovery::world(engine).await;
    recovery::COMPANY.settle(&world, Condition::Good).await;
    let link = recovery::COMPANY.reach_link(&world, &mut world.browser()).await;
    let (agent, device) = WINDOWS;
    let mut elsewhere = world.browser().at("2001:db8:7:1::9");
    let body = json!({ "token": link.token.expose(), "password": GOOD });
    call_as::<ResetPassword>(&mut elsewhere, agent, body).await;
    world.advance(TICK);

    let mut browser = world.browser();
    COMPANY.sign_in(&mut browser, GOOD).await.unwrap();
    let told = whole(&mut browser).await;
    let recovered = told
        .iter()
        .find(|entry| entry.what == Happening::PasswordRecovered)
        .unwrap();
    assert_eq!(recovered.device, Some(device));
    assert_eq!(recovered.network.unwrap().to_string(), "2001:db8:7::/48");
}

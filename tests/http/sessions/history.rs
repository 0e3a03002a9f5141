//! What happened, in the owner's words.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::sessions::Browser as BrowserName;
use shared::sessions::api::{Happening, History, HistoryEntry, HistoryPage, ShowHistory};
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

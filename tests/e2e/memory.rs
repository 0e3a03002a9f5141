//! How much memory the real server takes while many wait to sign in.

use super::portal::Installation;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::fs;
use tests::smtp::SmtpServer;

/// Hashes at a time. Each has room for 64 sign-ins that wait, so that nobody is sent away here.
const SLOTS: u64 = 4;
/// What a hash takes, in KiB.
const HASH: u64 = 19_456;
/// What everything else may take, in KiB: 80 MB, of which about 50 are there at the start.
const REST: u64 = 80_000_000 / 1024;
/// Sign-ins at once.
const PEOPLE: u16 = 200;

#[tokio::test]
async fn memory_is_bounded_by_the_slots_while_two_hundred_wait_to_sign_in() {
    let mail = SmtpServer::start().await;
    let policy = format!(
        "[hashing]\nslots = {SLOTS}\n[limits.per_source]\ncount = 100000\n[limits.sign_ins_per_source]\ncount = 100000\n"
    );
    let portal = Installation::new(mail.port(), &policy).serve();
    let peak = || peak(portal.process_id());
    let idle = peak();
    let client = reqwest::Client::new();
    // A branch each: what one account or source may do is not what is measured. Nobody knows them, which costs the same.
    let asked = (1..=PEOPLE).map(|branch| {
        let body = json!({ "employer": "1793221293001", "branch": format!("{branch:04}"), "password": "Wq4$nJp@bYs" });
        let request = client.post(portal.url("/api/v1/sessions")).json(&body);
        request.header("origin", portal.url("")).send()
    });
    for answer in join_all(asked).await {
        let problem: Value = answer.expect("an answer").json().await.expect("a problem");
        assert_eq!(problem["code"], "sign_in_refused", "{problem}");
    }
    let (peak, bound) = (peak(), SLOTS * HASH + REST);
    assert!(
        peak <= bound,
        "{peak} KiB at most, {bound} KiB allowed, {idle} KiB idle"
    );
    assert!(
        peak >= idle + HASH,
        "{peak} KiB at most, {idle} KiB idle: nothing was hashed"
    );
}

/// The most memory that a process had so far, in KiB, without the pages of its file: a debug build's program is large, grows
/// with every feature, and the system may drop those pages whenever it likes.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("Linux tells");
    let field = |name: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        number
            .and_then(|number| number.parse().ok())
            .expect("a number of KiB")
    };
    field("VmHWM:").saturating_sub(field("RssFile:"))
}

//! What an operator reads of a request: its id, its route, its case and how it ended, and nothing of whom it is about.

use crate::probe;
use crate::recovery::people::*;
use serde_json::Value;
use shared::api::BASE;
use std::collections::BTreeMap;
use tests::{Engine, Log, told};

/// The lines that stand in a request's span, by its id.
fn by_request(log: &Log) -> BTreeMap<String, Vec<Value>> {
    let mut found = BTreeMap::<String, Vec<Value>>::new();
    for line in log.lines() {
        let line: Value = serde_json::from_str(&line).unwrap();
        if let Some(id) = line["span"]["request"].as_str() {
            found.entry(id.to_owned()).or_default().push(line);
        }
    }
    found
}

/// Whether a line closes its request.
fn closes(line: &Value) -> bool {
    line["message"] == "request"
}

#[tokio::test]
async fn a_recovery_is_found_by_its_case_and_its_lines_tell_of_nobody() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    let log = Log::default();
    let guard = log.listen();
    let mut browser = world.browser();
    for number in [COMPANY.number, COMPANY.representative, GOOD] {
        told::note(number);
    }
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let answers = right(&questions(&case));
    told::note_body(&serde_json::to_value(&answers).unwrap());
    answer(&mut browser, &answers).await.unwrap();
    deliver(&world).await;
    let token = token(&world);
    told::note(token.token.expose());
    for mail in world.mails() {
        told::note(&mail.to.to_string());
    }
    let mut other = world.browser();
    inspect(&mut other, &token).await.unwrap();
    reset(&mut other, &token, GOOD).await.unwrap();
    current(&mut browser).await.unwrap();
    drop(guard);

    assert!(told::count() > 6, "the test notes what it tells");
    told::assert_not_repeated(&log.lines());
    let requests = by_request(&log);
    let mut cases = Vec::new();
    for (id, lines) in &requests {
        assert_eq!(id.len(), 16, "{id}");
        assert_eq!(
            lines.iter().filter(|line| closes(line)).count(),
            1,
            "one line closes a request: {lines:#?}"
        );
        let last = lines.iter().find(|line| closes(line)).unwrap();
        assert!(
            last["span"]["route"].as_str().unwrap().starts_with(BASE),
            "{last}"
        );
        assert!(last["status"].is_u64() && last["millis"].is_u64(), "{last}");
        assert!(
            ["GET", "POST"].contains(&last["method"].as_str().unwrap()),
            "{last}"
        );
        cases.extend(last["span"]["case"].as_str().map(str::to_owned));
    }
    // Identification, answers, the link looked at, the new password, a last look.
    assert_eq!(cases.len(), 5, "{requests:#?}");
    cases.dedup();
    assert_eq!(cases.len(), 1, "it is one case: {cases:?}");
    let sent = log
        .lines()
        .into_iter()
        .find(|line| line.contains("recovery_link"))
        .unwrap();
    assert!(sent.contains(&cases[0]), "the mail's line has the case: {sent}");
}

#[tokio::test]
async fn what_somebody_puts_into_an_address_or_a_method_is_not_logged() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let log = Log::default();
    let guard = log.listen();
    let mut browser = world.browser();
    let number = COMPANY.number;
    told::note(number);
    told::note("1710034065@CEDULA");
    for path in [
        format!("/{number}"),
        format!("/api/{number}"),
        format!("{BASE}/{number}"),
        format!("{BASE}/recovery?employer={number}"),
        format!("{BASE}/recovery/{number}"),
        format!("{BASE}/staff/dossiers/{number}/papers/{number}"),
    ] {
        browser.get(&path).await;
    }
    let odd = axum::http::Request::builder()
        .method("X1710034065-1790016919001")
        .uri("/")
        .body(axum::body::Body::empty());
    browser.send(odd.unwrap()).await;
    drop(guard);
    let ours: Vec<String> = by_request(&log)
        .into_values()
        .flatten()
        .map(|line| line.to_string())
        .collect();
    assert_eq!(ours.iter().filter(|line| line.contains("millis")).count(), 7);
    told::assert_not_repeated(&log.lines());
}

#[tokio::test]
async fn a_fault_stands_in_the_span_of_its_request() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let log = Log::default();
    let guard = log.listen();
    let reply = world.browser().post(probe::PANIC, "{}").await;
    drop(guard);
    let reference = reply.problem().reference.unwrap();
    let lines = &by_request(&log)[&reference];
    assert!(
        lines
            .iter()
            .any(|line| line["message"] == "fault" && line["cause"] == "the handler panicked")
    );
    assert!(lines.iter().all(|line| line["span"]["route"] == probe::PANIC));
    assert!(
        !log.text().contains("secret"),
        "a panic may quote what somebody typed"
    );
}

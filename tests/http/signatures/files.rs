//! The request as it is fetched, and files as they come: sizes, types, other people's.

use super::people::*;
use axum::body::Body;
use axum::http::Request;
use futures_util::stream;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::signatures::Purpose;
use shared::signatures::api::{Check, DOCUMENT_PATH, Finding, Next, Reason};
use std::convert::Infallible;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn the_request_is_a_pdf_for_its_browser_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let fetched = fetch(&mut browser).await;
    assert!(fetched.body.starts_with(b"%PDF-"));
    let name = format!("attachment; filename=\"solicitud-{}.pdf\"", opened.reference);
    assert_eq!(fetched.header("content-disposition"), name);
    assert_eq!(fetched.header("content-type"), "application/pdf");
    assert_eq!(fetched.header("cache-control"), "no-store");
    assert_eq!(
        fetch(&mut browser).await.body,
        fetched.body,
        "the same bytes again"
    );
    assert_eq!(
        fetch(&mut world.browser()).await.problem().code,
        ErrorCode::CaseMissing
    );
}

#[tokio::test]
async fn a_file_is_at_most_as_large_as_the_policy_says() {
    let most = 65_536_usize;
    let world = with(Engine::Sqlite, |policy| policy.signatures.most_bytes = 65_536).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let pieces = |size: usize| {
        let pieces: Vec<Result<Vec<u8>, Infallible>> = vec![0_u8; size]
            .chunks(1000)
            .map(|piece| Ok(piece.to_vec()))
            .collect();
        Body::from_stream(stream::iter(pieces))
    };
    for body in [Body::from(vec![0; most + 1]), pieces(most + 1)] {
        assert_eq!(
            send(&mut browser, body).await.problem().code,
            ErrorCode::BodyTooLarge
        );
    }
    assert_eq!(
        left(&current(&mut browser).await),
        5,
        "what was not taken in does not count"
    );
    for body in [Body::from(vec![0; most]), pieces(most), Body::empty()] {
        assert_eq!(send(&mut browser, body).await.status, 200);
    }
    assert_eq!(left(&current(&mut browser).await), 2);
    assert_eq!(world.notary.asked().len(), 3);
}

#[tokio::test]
async fn only_bytes_from_our_own_page_are_taken() {
    let world = world(Engine::Sqlite).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let origin = browser.origin().to_owned();
    for (origin, media, code) in [
        (
            origin.as_str(),
            "application/json",
            ErrorCode::UnsupportedMediaType,
        ),
        (
            origin.as_str(),
            "multipart/form-data; boundary=x",
            ErrorCode::UnsupportedMediaType,
        ),
        (
            "https://elsewhere.example",
            "application/octet-stream",
            ErrorCode::OriginRefused,
        ),
    ] {
        let request = Request::post(format!("/api/v1{DOCUMENT_PATH}"))
            .header("origin", origin)
            .header("content-type", media)
            .body(Body::from("x"));
        let reply = browser.send(request.unwrap()).await;
        assert_eq!(reply.problem().code, code, "{media}");
    }
    assert_eq!(
        send(&mut world.browser(), "x").await.problem().code,
        ErrorCode::CaseMissing
    );
    assert_eq!(world.notary.asked().len(), 0);
}

/// What is no file costs nothing of what a network may send.
#[tokio::test]
async fn another_type_is_not_counted() {
    let world = with(Engine::Sqlite, |policy| {
        policy.limits.uploads_per_source.count = 1;
    })
    .await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let request = Request::post(format!("/api/v1{DOCUMENT_PATH}"))
        .header("origin", browser.origin())
        .header("content-type", "application/pdf")
        .body(Body::from("x"));
    let reply = browser.send(request.unwrap()).await;
    assert_eq!(reply.problem().code, ErrorCode::UnsupportedMediaType);
    assert_eq!(send(&mut browser, "x").await.status, 200);
}

#[tokio::test]
async fn a_network_sends_so_many_files_and_no_more() {
    let world = with(Engine::Sqlite, |policy| {
        policy.limits.uploads_per_source.count = 2;
    })
    .await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    for _ in 0..2 {
        assert_eq!(send(&mut browser, "x").await.status, 200);
    }
    assert_eq!(
        send(&mut browser, "x").await.problem().code,
        ErrorCode::RateLimited
    );
    assert_eq!(world.notary.asked().len(), 2);
    let mut elsewhere = browser.clone().at("192.0.2.2");
    assert_eq!(send(&mut elsewhere, "x").await.status, 200);
}

#[rstest]
#[tokio::test]
async fn a_file_that_passed_passes_nowhere_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let file = with_behind(&mut browser, "signed").await;
    let view = upload(&mut browser, file.clone()).await.unwrap();
    assert_eq!(next(&view), Next::Recovery);
    let again = upload(&mut browser, file.clone()).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::CaseAtOtherStage);
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let view = upload(&mut browser, file).await.unwrap();
    assert_eq!(line(&view, Check::Request), Finding::Failed(Reason::OtherRequest));
}

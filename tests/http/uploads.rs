//! Files as they come: at the same time, slowly, never.

use crate::probe::{self, FILE, FILE_MOST};
use axum::body::{Body, Bytes};
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use futures_util::stream::{self, StreamExt};
use server::http::upload::Bounds;
use shared::api::ErrorCode;
use std::convert::Infallible;
use std::time::Duration;
use tests::{Browser, Engine, Reply, World};
use tokio::sync::oneshot;

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_mins(1);

/// Nothing ends by itself, but what a test says.
const PATIENT: Bounds = Bounds {
    places: 1,
    whole: LONG,
    stretch: LONG,
    least: 10,
};

async fn world(request: Duration, uploads: Bounds) -> World {
    probe::world(Engine::Sqlite, |setup| {
        setup.config.request_timeout = request;
        setup.config.uploads = uploads;
    })
    .await
}

async fn send(mut browser: Browser, body: Body) -> Reply {
    let request = Request::post(FILE)
        .header(ORIGIN, browser.origin())
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "application/octet-stream")
        .body(body);
    browser.send(request.unwrap()).await
}

/// A beginning, and the rest when it is let go.
fn in_two() -> (oneshot::Sender<()>, Body) {
    let (go, gone) = oneshot::channel();
    let beginning = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"begin"))]);
    let rest = stream::once(async {
        let _let_go = gone.await;
        Ok(Bytes::from_static(b"end"))
    });
    (go, Body::from_stream(beginning.chain(rest)))
}

fn never() -> Body {
    Body::from_stream(stream::pending::<Result<Bytes, Infallible>>())
}

#[tokio::test]
async fn who_finds_no_place_is_told_at_once_and_a_place_comes_back() {
    let world = world(LONG, PATIENT).await;
    for _ in 0..2 {
        let (go, body) = in_two();
        let mut first = Box::pin(send(world.browser(), body));
        let early = tokio::time::timeout(SHORT * 10, &mut first).await;
        assert!(early.is_err(), "its end has not come");
        let refused = send(world.browser(), Body::from("x")).await;
        assert_eq!(refused.header("retry-after"), "5");
        assert_eq!(refused.problem().code, ErrorCode::Busy);
        go.send(()).unwrap();
        assert_eq!(first.await.status, 200);
    }
    // Somebody who goes away takes no place along.
    let mut gone = Box::pin(send(world.browser(), never()));
    let early = tokio::time::timeout(SHORT * 10, &mut gone).await;
    assert!(early.is_err(), "nothing has come");
    drop(gone);
    assert_eq!(send(world.browser(), Body::from("x")).await.status, 200);
}

#[tokio::test]
async fn a_file_has_more_time_than_a_request() {
    let request = Duration::from_secs(1);
    let world = world(request, PATIENT).await;
    let (go, body) = in_two();
    let mut sent = Box::pin(send(world.browser(), body));
    let early = tokio::time::timeout(request * 3 / 2, &mut sent).await;
    assert!(
        early.is_err(),
        "the request's own time is over, the file's is not"
    );
    go.send(()).unwrap();
    assert_eq!(sent.await.status, 200);
}

#[tokio::test]
async fn a_file_that_comes_too_slowly_is_cut_off() {
    for bounds in [
        Bounds {
            whole: SHORT,
            ..PATIENT
        },
        Bounds {
            stretch: SHORT,
            ..PATIENT
        },
    ] {
        let world = world(LONG, bounds).await;
        // Nothing comes; a beginning comes, and less than has to in a stretch.
        let (_held, begun) = in_two();
        for body in [never(), begun] {
            let told = send(world.browser(), body).await;
            assert_eq!(told.problem().code, ErrorCode::TimedOut);
        }
    }
}

/// What follows the file has the time of a request.
#[tokio::test]
async fn what_follows_a_file_is_timed_out() {
    let world = world(Duration::from_secs(1), PATIENT).await;
    let told = send(world.browser(), Body::from("hang")).await;
    assert_eq!(told.problem().code, ErrorCode::TimedOut);
}

#[tokio::test]
async fn a_file_is_at_most_so_large_whatever_it_announced() {
    let world = world(LONG, PATIENT).await;
    let most = usize::try_from(FILE_MOST).unwrap();
    assert_eq!(send(world.browser(), vec![0; most].into()).await.status, 200);
    let told = send(world.browser(), vec![0; most + 1].into()).await;
    assert_eq!(told.problem().code, ErrorCode::BodyTooLarge);
    // It announces more than there is memory, and a place is not taken for it.
    let mut browser = world.browser();
    let request = Request::post(FILE)
        .header(ORIGIN, browser.origin())
        .header(CONTENT_TYPE, "application/octet-stream")
        .header("content-length", u64::MAX)
        .body(never());
    let told = browser.send(request.unwrap()).await;
    assert_eq!(told.problem().code, ErrorCode::BodyTooLarge);
}

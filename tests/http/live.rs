//! Streams of events: at once, on every change, and to their end at the shutdown.

use crate::probe::{self, EVENTS, TOPIC};
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use std::time::Duration;
use tests::{Engine, World};

async fn open(world: &World) -> axum::body::BodyDataStream {
    let response = world
        .browser()
        .open(Request::get(EVENTS).body(Body::empty()).unwrap())
        .await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["cache-control"], "no-store");
    response.into_body().into_data_stream()
}

async fn next(stream: &mut axum::body::BodyDataStream) -> Option<String> {
    stream
        .next()
        .await
        .map(|chunk| String::from_utf8(chunk.unwrap().to_vec()).unwrap())
}

#[tokio::test]
async fn a_stream_tells_at_once_and_on_change() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut stream = open(&world).await;
    let first = world.now().as_micros();
    assert_eq!(
        next(&mut stream).await,
        Some(format!("data: {first}\nevent: time\n\n"))
    );
    world.advance(Duration::from_secs(1));
    world.app.live.publish(TOPIC);
    assert_eq!(
        next(&mut stream).await,
        Some(format!("data: {}\nevent: time\n\n", first + 1_000_000))
    );
}

#[tokio::test]
async fn a_change_that_nobody_published_is_found_by_looking() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut stream = open(&world).await;
    next(&mut stream).await;
    world.advance(Duration::from_secs(1));
    assert!(next(&mut stream).await.is_some(), "another node changed it");
}

#[tokio::test]
async fn a_stream_ends_at_the_shutdown() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut stream = open(&world).await;
    next(&mut stream).await;
    world.app.shutdown.cancel();
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test]
async fn a_topic_is_forgotten_with_its_last_listener() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (first, second) = (open(&world).await, open(&world).await);
    assert_eq!(world.app.live.topics(), 1);
    drop(first);
    assert_eq!(world.app.live.topics(), 1);
    drop(second);
    assert_eq!(world.app.live.topics(), 0);
}

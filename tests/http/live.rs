//! Streams of events: at once, on every change, and to their end at the shutdown.

use crate::probe::{self, EVENTS, TOPIC};
use crate::recovery::people::{self, COMPANY, Condition, answer, current, deliver, questions, right};
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use server::http::live;
use shared::api::{BASE, ErrorCode};
use shared::recovery::api::{EVENTS_PATH, StageView};
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

#[tokio::test]
async fn one_topic_has_so_many_listeners_and_no_more() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut streams = Vec::new();
    for _ in 0..live::PER_TOPIC {
        streams.push(open(&world).await);
    }
    let reply = world.browser().get(EVENTS).await;
    assert_eq!(reply.problem().code, ErrorCode::Busy);
    assert!(!reply.header("retry-after").is_empty(), "another try makes sense");
    assert!(world.app.live.subscribe("another").is_ok());
    streams.pop();
    streams.push(open(&world).await);
    let reply = world.browser().get(EVENTS).await;
    assert_eq!(reply.problem().code, ErrorCode::Busy);
}

#[tokio::test]
async fn a_node_has_so_many_streams_and_no_more() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let live = &world.app.live;
    let mut all: Vec<_> = (0..live::STREAMS)
        .map(|one| live.subscribe(&one.to_string()).unwrap())
        .collect();
    assert_eq!(live.subscribe("one more").unwrap_err(), ErrorCode::Busy);
    assert_eq!(
        live.topics(),
        live::STREAMS,
        "who is refused leaves nothing behind"
    );
    all.pop();
    assert!(live.subscribe("one more").is_ok());
}

#[tokio::test]
async fn whoever_fills_every_stream_leaves_the_reserved_ones() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let live = &world.app.live;
    let crowd: Vec<_> = (0..live::STREAMS)
        .map(|one| live.subscribe(&one.to_string()).unwrap())
        .collect();
    let mut desks: Vec<_> = (0..live::RESERVED)
        .map(|one| live.subscribe_reserved(&format!("desk {one}")).unwrap())
        .collect();
    assert_eq!(live.subscribe_reserved("one more").unwrap_err(), ErrorCode::Busy);
    desks.pop();
    assert_eq!(live.subscribe("a stranger").unwrap_err(), ErrorCode::Busy);
    assert!(live.subscribe_reserved("one more").is_ok());
    // Where the reserved ones are taken, everybody's are theirs too.
    let mut crowd = crowd;
    desks.push(live.subscribe_reserved("again").unwrap());
    crowd.pop();
    assert!(live.subscribe_reserved("and another").is_ok());
}

#[tokio::test]
async fn a_stream_ends_when_it_has_lived_its_time() {
    let tick = Duration::from_micros(1);
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut stream = open(&world).await;
    next(&mut stream).await;
    world.advance(live::LIFE.saturating_sub(tick));
    world.app.live.publish(TOPIC);
    assert!(next(&mut stream).await.is_some());
    world.advance(tick);
    world.app.live.publish(TOPIC);
    assert_eq!(next(&mut stream).await, None);
    assert_eq!(world.app.live.topics(), 0);
}

#[tokio::test]
async fn who_is_refused_a_stream_sees_every_change_by_asking() {
    let world = people::world(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let path = format!("{BASE}{EVENTS_PATH}");
    let mut streams = Vec::new();
    for _ in 0..live::PER_TOPIC {
        let request = Request::get(&path).body(Body::empty()).unwrap();
        streams.push(browser.open(request).await);
    }
    let refused = browser.get(&path).await;
    assert_eq!(refused.status.as_u16(), 503);
    assert_eq!(refused.header("content-type"), "application/problem+json");

    assert_eq!(current(&mut browser).await.unwrap().stage, case.stage);
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    deliver(&world).await;
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::LinkSent { .. }), "{view:?}");
    drop(streams);
    let request = Request::get(&path).body(Body::empty()).unwrap();
    assert_eq!(browser.open(request).await.status().as_u16(), 200);
}

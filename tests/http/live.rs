//! Streams of events: at once, on every change, and to their end at the shutdown.

use crate::probe::{self, EVENTS, TOPIC};
use crate::recovery::people::{self, COMPANY, Condition, answer, current, deliver, questions, right};
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use server::app::App;
use server::http::live::{self, Subscription};
use server::http::relay;
use server::store::Store;
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

/// Waits until it is told of a change; looking every few seconds does not count.
async fn told(subscription: &mut Subscription) {
    tokio::time::timeout(Duration::from_mins(1), subscription.told())
        .await
        .expect("it is told");
}

/// Lets nodes tell each other, until both have begun.
async fn relayed(nodes: [&App; 2]) {
    let mut begun = Vec::new();
    for node in nodes {
        begun.push(node.live.subscribe("whether it has begun").unwrap());
        tokio::spawn(relay::run(node.clone()));
    }
    // Whoever begins to hear is told to look, since it may have missed something.
    for node in &mut begun {
        told(node).await;
    }
}

#[tokio::test]
async fn what_one_node_changes_another_hears_at_once() {
    let world = probe::world(Engine::Postgres, |_| ()).await;
    let (here, there) = (world.app.clone(), world.node(2).await);
    relayed([&here, &there]).await;
    let mut own = here.live.subscribe("case:1").unwrap();
    let mut same = there.live.subscribe("case:1").unwrap();
    let mut below = there.live.subscribe("dossier:1:eva").unwrap();
    let mut last = there.live.subscribe("last").unwrap();
    let other = there.live.subscribe("case:2").unwrap();
    here.live.publish("case:1");
    told(&mut same).await;
    told(&mut own).await;
    here.live.publish_below("dossier:1:");
    told(&mut below).await;
    // They come in the order in which they were told.
    here.live.publish("last");
    told(&mut last).await;
    assert!(!other.is_told(), "another case changed");
    assert!(!own.is_told(), "a node does not hear itself twice");
    there.live.publish_all();
    told(&mut own).await;
}

#[tokio::test]
async fn a_node_that_could_not_hear_looks_at_everything() {
    let world = probe::world(Engine::Postgres, |_| ()).await;
    let (here, there) = (world.app.clone(), world.node(2).await);
    relayed([&here, &there]).await;
    let mut waiting = there.live.subscribe("case:1").unwrap();
    let Store::Postgres(pool) = &here.store else {
        panic!("this is about PostgreSQL");
    };
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let cut: Vec<(bool,)> = sqlx::query_as(cut).fetch_all(pool).await.unwrap();
    assert_eq!(cut, [(true,), (true,)], "both listened");
    told(&mut waiting).await;
    relayed_again(&here, &there).await;
}

/// Both hear again.
async fn relayed_again(here: &App, there: &App) {
    let mut waiting = there.live.subscribe("case:2").unwrap();
    loop {
        here.live.publish("case:2");
        if tokio::time::timeout(live::POLL, waiting.told()).await.is_ok() {
            return;
        }
    }
}

#[tokio::test]
async fn a_node_with_a_database_of_its_own_has_nobody_to_tell() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    relay::run(world.app.clone()).await;
    let mut waiting = world.app.live.subscribe("case:1").unwrap();
    world.app.live.publish("case:1");
    told(&mut waiting).await;
}

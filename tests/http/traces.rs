//! Traces reach a collector with the ids of the log and without whom they are about; a collector that does not answer costs nobody anything.

use crate::recovery::people::*;
use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use server::traces::{Traces, TracesConfig};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tests::{Engine, told};
use tokio::net::TcpListener;
use tracing_subscriber::layer::SubscriberExt as _;

/// No collector costs more than this at the end.
const BOUND: Duration = Duration::from_secs(20);

/// More than the queue holds.
const MANY: usize = 3000;

fn to(address: SocketAddr, share: f64) -> Traces {
    let endpoint = format!("http://{address}");
    Traces::open(&TracesConfig { endpoint, share }).unwrap()
}

/// A collector that keeps what it gets.
async fn collector() -> (SocketAddr, Arc<Mutex<Vec<u8>>>) {
    let (listener, kept) = (listener().await, Arc::<Mutex<Vec<u8>>>::default());
    let (address, keeping) = (listener.local_addr().unwrap(), Arc::clone(&kept));
    let take = async move |body: Bytes| {
        keeping.lock().unwrap().extend_from_slice(&body);
    };
    let router = Router::new().route("/v1/traces", post(take));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, kept)
}

async fn listener() -> TcpListener {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap()
}

#[tokio::test]
async fn a_recovery_is_traced_by_its_ids_and_tells_of_nobody() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    let (address, kept) = collector().await;
    let traces = to(address, 1.0);
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(traces.layer()));
    let mut browser = world.browser();
    for text in [COMPANY.number, COMPANY.representative, GOOD] {
        told::note(text);
    }
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let answers = right(&questions(&case));
    told::note_body(&serde_json::to_value(&answers).unwrap());
    answer(&mut browser, &answers).await.unwrap();
    deliver(&world).await;
    let token = token(&world);
    told::note(token.token.expose());
    reset(&mut browser, &token, GOOD).await.unwrap();
    let last = browser
        .get(&format!("/api/v1/recovery?number={}", COMPANY.number))
        .await;
    drop(guard);
    tokio::time::timeout(BOUND, traces.close()).await.unwrap();

    let got = String::from_utf8_lossy(&kept.lock().unwrap()).into_owned();
    for word in [
        "clavero",
        last.header("x-request-id"),
        "/api/v1/recovery/answers",
        "http.response.status_code",
        "registry",
        "hash",
        "recovery_link",
        "case",
    ] {
        assert!(got.contains(word), "{word} was not traced");
    }
    told::assert_not_repeated(&[got]);
}

#[tokio::test]
async fn a_share_of_nothing_sends_nothing() {
    let world = world(Engine::Sqlite).await;
    let (address, kept) = collector().await;
    let traces = to(address, 0.0);
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(traces.layer()));
    for _ in 0..20 {
        world.browser().get("/healthz").await;
    }
    drop(guard);
    tokio::time::timeout(BOUND, traces.close()).await.unwrap();
    assert!(kept.lock().unwrap().is_empty());
}

/// Asks more than the queue holds, and ends; how long the asking took.
async fn costs(address: SocketAddr) -> Duration {
    let world = world(Engine::Sqlite).await;
    let traces = to(address, 1.0);
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(traces.layer()));
    let asked = server::clock::Stopwatch::start();
    for _ in 0..MANY {
        assert_eq!(world.browser().get("/healthz").await.status.as_u16(), 200);
    }
    let took = asked.elapsed();
    drop(guard);
    tokio::time::timeout(BOUND, traces.close())
        .await
        .expect("the end is bounded");
    took
}

#[tokio::test]
async fn a_collector_that_hangs_or_refuses_costs_nobody_anything() {
    // One that takes the connection and says nothing.
    let silent = listener().await;
    let hanging = silent.local_addr().unwrap();
    // One that is not there.
    let gone = listener().await.local_addr().unwrap();
    for address in [hanging, gone] {
        let took = costs(address).await;
        // Had each request waited for the collector, or the queue for a place, it would be minutes.
        assert!(took < BOUND, "{took:?}");
    }
}

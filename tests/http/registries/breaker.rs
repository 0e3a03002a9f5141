//! A registry that fails is left alone, and tried again.

use super::{Scene, asking, company, employers, section};
use shared::registries::Registry;
use std::cell::Cell;
use std::path::Path;
use std::time::Duration;
use tests::hostile::{Hostile, Manners};

const LINES: &str =
    "timeout_millis = 30000\nretries = 2\npause_millis = 1\nbreaker_failures = 2\nbreaker_seconds = 30";
const PAUSE: Duration = Duration::from_secs(30);
const TICK: Duration = Duration::from_micros(1);

#[tokio::test]
async fn it_opens_half_opens_and_closes() {
    let scene = Scene::new().await;
    let asking = scene.asking(LINES);
    let companies: Vec<_> = employers()
        .into_iter()
        .filter(|employer| employer.taxpayer.is_some())
        .collect();
    let turn = Cell::new(0);
    // Each time another one.
    let ask = async || {
        let company = &companies[turn.replace(turn.get() + 1)];
        asking.about(company).await.map(|_| ()).map_err(|it| it.registry)
    };
    let asked = || scene.faults.requests(Registry::Sri);
    let state = |state: &str| {
        asking
            .meter(&format!(
                "clavero_registry_circuit{{registry=\"sri\",state=\"{state}\"}}"
            ))
            .unwrap()
            .to_string()
    };
    assert_eq!((asking.circuit("sri"), state("closed").as_str()), ("closed", "1"));
    scene.plan("sri=500");
    for _ in 0..2 {
        assert_eq!(asking.circuit("sri"), "closed");
        assert_eq!(ask().await, Err(Registry::Sri));
    }
    assert_eq!((asking.circuit("sri"), asked()), ("open", 2));
    assert_eq!((state("open").as_str(), state("closed").as_str()), ("1", "0"));

    scene.plan("sri=none");
    assert_eq!(ask().await, Err(Registry::Sri));
    asking.clock.advance(PAUSE.saturating_sub(TICK));
    assert_eq!(ask().await, Err(Registry::Sri));
    assert_eq!(asked(), 2, "nobody asks while it is open");
    assert_eq!(asking.circuit("iess"), "closed", "the others are not touched");

    // The trial fails, and is not tried twice.
    asking.clock.advance(TICK);
    scene.plan("sri=503");
    assert_eq!(ask().await, Err(Registry::Sri));
    assert_eq!((asking.circuit("sri"), asked()), ("open", 3));
    scene.plan("sri=none");
    asking.clock.advance(PAUSE.saturating_sub(TICK));
    assert_eq!(ask().await, Err(Registry::Sri));
    assert_eq!(asked(), 3);

    asking.clock.advance(TICK);
    assert_eq!(ask().await, Ok(()));
    assert_eq!((asking.circuit("sri"), asked()), ("closed", 4));
    let open = "clavero_registry_requests_total{registry=\"sri\",outcome=\"circuit_open\"}";
    assert_eq!(asking.meter(open).unwrap().to_string(), "3");
}

#[tokio::test]
async fn what_is_about_one_identifier_shuts_nobody_out() {
    let scene = Scene::new().await;
    let asking = scene.asking("retries = 0\nbreaker_failures = 1");
    let ruc = company().taxpayer.unwrap().ruc;
    for fault in ["400", "409", "422", "451"] {
        scene.plan(&format!("sri={fault}"));
        assert!(asking.registries.taxpayer(&ruc).await.is_err(), "{fault}");
        assert_eq!(asking.circuit("sri"), "closed", "{fault}");
    }
    scene.plan("sri=401");
    assert!(asking.registries.taxpayer(&ruc).await.is_err());
    assert_eq!(
        asking.circuit("sri"),
        "open",
        "a token that is not taken is everybody's trouble"
    );
}

#[tokio::test]
async fn one_odd_identifier_opens_no_circuit() {
    let scene = Scene::new().await;
    let asking = scene.asking("retries = 0\nbreaker_failures = 2");
    let mut rucs = employers()
        .into_iter()
        .filter_map(|it| it.taxpayer)
        .map(|it| it.ruc);
    let (odd, other) = (rucs.next().unwrap(), rucs.next().unwrap());
    scene.plan("sri=500");
    for _ in 0..20 {
        assert!(asking.registries.taxpayer(&odd).await.is_err());
    }
    assert_eq!(asking.circuit("sri"), "closed");
    assert!(asking.registries.taxpayer(&other).await.is_err());
    assert_eq!(
        asking.circuit("sri"),
        "open",
        "two of them are the registry's trouble"
    );
}

#[tokio::test]
async fn a_registry_without_connections_is_nobodys_oddness() {
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let text = section(
        "sri",
        &format!("http://{gone}"),
        "retries = 0\nbreaker_failures = 2",
    );
    let asking = asking(&text, Path::new("/nonexistent")).unwrap();
    let ruc = company().taxpayer.unwrap().ruc;
    for circuit in ["closed", "open"] {
        assert!(asking.registries.taxpayer(&ruc).await.is_err());
        assert_eq!(asking.circuit("sri"), circuit);
    }
}

/// Two look-ups share one connection: the second waits for the first, and what is left for it is our own lateness.
#[tokio::test]
async fn a_look_up_that_began_late_says_nothing_about_the_registry() {
    let silent = Hostile::start(Manners::Silent).await;
    let lines = "timeout_millis = 600\nretries = 0\nconnections = 1\nbreaker_failures = 2";
    let section = section("sri", &silent.url(), lines);
    let text = format!("[registries]\ndeadline_millis = 1000\n{section}");
    let asking = asking(&text, Path::new("/nonexistent")).unwrap();
    let mut rucs = employers()
        .into_iter()
        .filter_map(|it| it.taxpayer)
        .map(|it| it.ruc);
    let (first, second) = (rucs.next().unwrap(), rucs.next().unwrap());
    let (first, second) = tokio::join!(
        asking.registries.taxpayer(&first),
        asking.registries.taxpayer(&second)
    );
    assert!(first.is_err() && second.is_err());
    assert_eq!(silent.requests(), 2);
    let count = |outcome: &str| {
        asking.meter(&format!(
            "clavero_registry_requests_total{{registry=\"sri\",outcome=\"{outcome}\"}}"
        ))
    };
    let counts = [count("timeout"), count("late")].map(|it| it.unwrap().to_string());
    assert_eq!(counts, ["1", "1"]);
    assert_eq!(asking.circuit("sri"), "closed", "one failure, not two");
}

#[tokio::test]
async fn a_trial_that_nobody_waits_for_leaves_its_place() {
    let silent = Hostile::start(Manners::Turns(vec![tests::hostile::answer(
        "500 No",
        "application/json",
        "{}",
    )]))
    .await;
    let lines = "timeout_millis = 3600000\nretries = 0\nbreaker_failures = 1";
    let section = section("sri", &silent.url(), lines);
    let text = format!("request_seconds = 7200\n[registries]\ndeadline_millis = 3600000\n{section}");
    let asking = asking(&text, Path::new("/nonexistent")).unwrap();
    let ruc = company().taxpayer.unwrap().ruc;
    assert!(asking.registries.taxpayer(&ruc).await.is_err());
    assert_eq!(asking.circuit("sri"), "open");
    asking.clock.advance(PAUSE);
    // Polled once, the trial has begun; then its visitor goes away.
    let mut trial = Box::pin(asking.registries.taxpayer(&ruc));
    assert!(futures_util::poll!(trial.as_mut()).is_pending());
    assert_eq!(asking.circuit("sri"), "half_open");
    assert!(asking.registries.taxpayer(&ruc).await.is_err());
    assert_eq!(asking.circuit("sri"), "half_open", "one trial at a time");
    drop(trial);
    assert_eq!(asking.circuit("sri"), "open");
    assert!(asking.registries.taxpayer(&ruc).await.is_err());
    assert_eq!(silent.requests(), 2, "the next one is the trial");
}

#[tokio::test]
async fn more_than_the_connections_wait_and_are_told_that_it_is_busy() {
    let silent = Hostile::start(Manners::Silent).await;
    let lines = "timeout_millis = 3600000\nretries = 0\nconnections = 1\nbreaker_failures = 1";
    let section = section("sri", &silent.url(), lines);
    let text = format!("[registries]\ndeadline_millis = 1000\n{section}");
    let asking = asking(&text, Path::new("/nonexistent")).unwrap();
    let ruc = company().taxpayer.unwrap().ruc;
    let (first, second) = tokio::join!(asking.registries.taxpayer(&ruc), asking.registries.taxpayer(&ruc));
    assert!(first.is_err() && second.is_err());
    assert_eq!(silent.requests(), 1);
    let count = |outcome: &str| {
        asking.meter(&format!(
            "clavero_registry_requests_total{{registry=\"sri\",outcome=\"{outcome}\"}}"
        ))
    };
    let counts = [count("timeout"), count("busy")].map(|it| it.unwrap().to_string());
    assert_eq!(counts, ["1", "1"]);
}

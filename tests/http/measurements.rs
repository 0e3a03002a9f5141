//! What Prometheus reads: every meter is described, every label is one of its words, and the numbers are those of what happened.

use crate::recovery::people::*;
use server::audit::service as audit;
use server::compose;
use server::measure;
use server::meters::{Described, Kind, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tests::{Engine, World, told};

/// Everything, as the listener tells it.
async fn read(world: &World) -> String {
    measure::measure(world.app.clone()).await;
    world.app.meters.render()
}

/// The value of a line.
fn value(text: &str, line: &str) -> Option<f64> {
    let found = text
        .lines()
        .find_map(|it| it.strip_prefix(line)?.strip_prefix(' '));
    found.map(|value| value.parse().unwrap())
}

/// A line of numbers: name and labels.
fn sample(line: &str) -> (&str, Vec<(&str, &str)>) {
    let (series, _) = line.rsplit_once(' ').unwrap();
    let Some((name, labels)) = series.split_once('{') else {
        return (series, Vec::new());
    };
    let labels = labels.trim_end_matches('}').split(',');
    let labels = labels.map(|label| {
        let (name, word) = label.split_once('=').unwrap();
        (name, word.trim_matches('"'))
    });
    (name, labels.collect())
}

/// The meter that a line is of.
fn of<'a>(catalogue: &'a [Described], name: &str) -> &'a Described {
    let bare = ["_bucket", "_sum", "_count"]
        .into_iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    catalogue
        .iter()
        .find(|it| it.name == name || (it.name == bare && matches!(it.kind, Kind::Histogram(_))))
        .unwrap_or_else(|| panic!("{name} is not in the catalogue"))
}

/// Every address that is mounted, and what stands for the rest.
fn routes() -> BTreeSet<String> {
    let routes = compose::routes();
    let api = routes
        .operations()
        .iter()
        .map(|it| format!("{}{}", shared::api::BASE, it.path));
    let others = [
        "(page)",
        "/mailbox",
        "/status",
        "/healthz",
        "/readyz",
        "/api",
        "/api/",
        "/api/{*rest}",
    ];
    api.chain(others.map(str::to_owned))
        .chain([format!("{}/openapi.json", shared::api::BASE)])
        .collect()
}

#[test]
fn the_catalogue_keeps_the_rules_of_names() {
    let catalogue = measure::catalogue();
    let mut names = BTreeSet::new();
    for meter in &catalogue {
        assert!(names.insert(meter.name), "{} is there twice", meter.name);
        assert!(meter.name.starts_with("clavero_"), "{}", meter.name);
        assert!(
            meter.name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_'),
            "{}",
            meter.name
        );
        assert_eq!(
            meter.kind == Kind::Counter,
            meter.name.ends_with("_total"),
            "{}",
            meter.name
        );
        if matches!(meter.kind, Kind::Histogram(_)) {
            assert!(meter.name.ends_with("_seconds"), "{}", meter.name);
        }
        assert!(meter.text.ends_with('.'), "{}", meter.name);
        for (label, words) in &meter.labels {
            assert!(
                label.bytes().all(|it| it.is_ascii_lowercase() || it == b'_'),
                "{label}"
            );
            let Words::Closed(words) = words else { continue };
            assert!(!words.is_empty(), "{label}");
            let distinct: BTreeSet<_> = words.iter().collect();
            assert_eq!(distinct.len(), words.len(), "{label} says a word twice");
            let is_plain = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
            assert!(words.iter().all(|word| word.bytes().all(is_plain)), "{words:?}");
        }
    }
}

#[tokio::test]
async fn every_line_is_of_a_meter_with_its_words_and_tells_of_nobody() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    for text in [COMPANY.number, COMPANY.representative, GOOD] {
        told::note(text);
    }
    let token = COMPANY.reach_link(&world, &mut browser).await;
    told::note(token.token.expose());
    reset(&mut browser, &token, GOOD).await.unwrap();
    browser.get(&format!("/{}", COMPANY.number)).await;
    browser.get(&format!("/api/v1/{}", COMPANY.number)).await;
    browser.get(&format!("/api/{}", COMPANY.number)).await;
    browser.get("/healthz").await;

    let text = read(&world).await;
    let (catalogue, routes) = (measure::catalogue(), routes());
    let mut seen = BTreeSet::new();
    let (mut helped, mut typed) = (BTreeMap::new(), BTreeMap::new());
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, text) = help.split_once(' ').unwrap();
            helped.insert(name.to_owned(), text.to_owned());
            continue;
        }
        if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (name, kind) = kind.split_once(' ').unwrap();
            typed.insert(name.to_owned(), kind.to_owned());
            continue;
        }
        let (name, labels) = sample(line);
        let meter = of(&catalogue, name);
        seen.insert(meter.name);
        let labels: Vec<_> = labels.into_iter().filter(|(label, _)| *label != "le").collect();
        assert_eq!(labels.len(), meter.labels.len(), "{line}");
        for (label, word) in labels {
            let (_, words) = meter.labels.iter().find(|(name, _)| *name == label).unwrap();
            match words {
                Words::Closed(words) => assert!(words.contains(&word), "{line}"),
                Words::Routes => assert!(routes.contains(word), "{line}"),
            }
        }
    }
    for meter in catalogue.iter().filter(|it| seen.contains(it.name)) {
        assert_eq!(helped[meter.name], meter.text);
        assert_eq!(typed[meter.name], meter.kind.as_str());
    }
    // What only comes with something that did not happen here.
    let missing: Vec<_> = catalogue
        .iter()
        .map(|it| it.name)
        .filter(|it| !seen.contains(it))
        .collect();
    assert_eq!(
        missing,
        [
            "clavero_notary_examination_seconds",
            "clavero_registry_request_seconds",
            "clavero_registry_circuit",
        ]
    );
    told::assert_not_repeated(&text.lines().map(str::to_owned).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_numbers_are_those_of_a_recovery() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    // A wrong answer leaves the case where it is.
    answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
    let case = current(&mut browser).await.unwrap();
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    world.advance(Duration::from_secs(90));
    let text = read(&world).await;
    assert_eq!(
        value(&text, "clavero_messages_waiting{channel=\"email\"}"),
        Some(1.0)
    );
    assert_eq!(
        value(&text, "clavero_messages_oldest_seconds{channel=\"email\"}"),
        Some(90.0)
    );
    assert_eq!(
        value(&text, "clavero_messages_oldest_seconds{channel=\"sms\"}"),
        Some(0.0)
    );
    deliver(&world).await;
    let token = token(&world);
    reset(&mut browser, &token, GOOD).await.unwrap();

    let text = read(&world).await;
    let stage = |word: &str| {
        value(
            &text,
            &format!("clavero_recovery_stages_total{{stage=\"{word}\"}}"),
        )
    };
    for (word, count) in [
        ("questions", 1.0),
        ("sending", 1.0),
        ("link_sent", 1.0),
        ("completed", 1.0),
        ("ended", 0.0),
        ("suspended", 0.0),
        ("redeemed", 0.0),
    ] {
        assert_eq!(stage(word), Some(count), "{word}");
    }
    for (line, expected) in [
        (
            "clavero_messages_total{channel=\"email\",outcome=\"accepted\"}",
            1.0,
        ),
        (
            "clavero_messages_total{channel=\"email\",outcome=\"rejected\"}",
            0.0,
        ),
        (
            "clavero_message_delay_seconds_sum{channel=\"email\",urgency=\"link\"}",
            90.0,
        ),
        (
            "clavero_message_delay_seconds_count{channel=\"email\",urgency=\"link\"}",
            1.0,
        ),
        (
            "clavero_http_request_seconds_count{route=\"/api/v1/recovery/answers\",method=\"POST\",class=\"2xx\"}",
            2.0,
        ),
        ("clavero_slots_waiting{queue=\"password\"}", 0.0),
        ("clavero_slots_refused_total{queue=\"password\"}", 0.0),
        ("clavero_http_streams_open{places=\"everybody\"}", 0.0),
        ("clavero_database_up", 1.0),
    ] {
        assert_eq!(value(&text, line), Some(expected), "{line} in:\n{text}");
    }
}

#[tokio::test]
async fn the_age_of_the_audit_head_grows_until_it_is_sealed() {
    let world = world(Engine::Sqlite).await;
    let unsealed = |text: &str| value(text, "clavero_audit_unsealed_age_seconds");
    let age = |text: &str| value(text, "clavero_audit_head_age_seconds");
    assert_eq!(unsealed(&read(&world).await), Some(0.0));
    COMPANY.identify(&mut world.browser()).await.unwrap();
    world.advance(Duration::from_secs(7));
    assert_eq!(unsealed(&read(&world).await), Some(7.0));
    audit::seal_all(&world.app).await.unwrap().unwrap();
    let text = read(&world).await;
    assert_eq!((unsealed(&text), age(&text)), (Some(0.0), Some(0.0)));
    world.advance(Duration::from_mins(1));
    let text = read(&world).await;
    assert_eq!((unsealed(&text), age(&text)), (Some(0.0), Some(60.0)));
}

#[tokio::test]
async fn a_full_queue_and_a_database_that_is_gone_are_seen() {
    let world = with(Engine::Sqlite, |policy| policy.hashing.slots = 1).await;
    let busy = |text: &str| value(text, "clavero_slots_busy{queue=\"password\"}");
    assert_eq!(busy(&read(&world).await), Some(0.0));
    let held = world.app.hasher.hold().unwrap();
    let text = read(&world).await;
    assert_eq!(busy(&text), Some(1.0));
    assert_eq!(value(&text, "clavero_slots{queue=\"password\"}"), Some(1.0));
    drop(held);
    world.app.store.close().await;
    let text = read(&world).await;
    assert_eq!(value(&text, "clavero_database_up"), Some(0.0));
    assert_eq!(busy(&text), Some(0.0), "what needs no database is told still");
}

/// The conditions on labels in a text, each with the name of the meter before it: `name{label="a|b", …}`.
fn conditions(text: &str) -> Vec<(String, String, Vec<String>)> {
    let mut found = Vec::new();
    for (before, rest) in text.match_indices('{').map(|(at, _)| text.split_at(at)) {
        let word = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let name = before.rsplit(|it| !word(it)).next().unwrap_or_default();
        if !name.starts_with("clavero_") {
            continue;
        }
        let inside = rest[1..].split('}').next().unwrap_or_default();
        for condition in inside.split(',') {
            let (label, words) = condition.split_once('=').expect("a condition");
            let words = words.trim_matches(|it| it == '~' || it == '"');
            found.push((
                named_in(name).into_iter().next().unwrap(),
                label.trim().trim_end_matches('!').to_owned(),
                words.split('|').map(str::to_owned).collect(),
            ));
        }
    }
    found
}

#[test]
fn conditions_on_labels_are_found() {
    let text = r#"sum(rate(clavero_a_total{way=~"in|out",le!="1"}[5m])) + b{c="d"} + {{ $labels.e }}"#;
    let found = conditions(text);
    let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            (
                "clavero_a_total".to_owned(),
                "way".to_owned(),
                words(&["in", "out"])
            ),
            ("clavero_a_total".to_owned(), "le".to_owned(), words(&["1"])),
        ]
    );
}

/// Each condition is on a label of that meter, and on words that it can say.
fn assert_sayable(text: &str) -> usize {
    let catalogue = measure::catalogue();
    let found = conditions(text);
    for (name, label, words) in &found {
        let meter = catalogue.iter().find(|it| it.name == name).unwrap();
        // What stands for a node is Prometheus's own, and a variable of the dashboard is chosen by who looks.
        if label == "instance" || words.iter().any(|word| word.contains('$')) {
            continue;
        }
        let Some((_, said)) = meter.labels.iter().find(|(it, _)| it == label) else {
            panic!("{name} has no label {label}");
        };
        if let Words::Closed(said) = said {
            for word in words {
                assert!(
                    said.contains(&word.as_str()),
                    "{name} never says {word} in {label}"
                );
            }
        }
    }
    found.len()
}

/// The names of meters in a text, without what a histogram adds.
fn named_in(text: &str) -> BTreeSet<String> {
    let word = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let names = text.split(|it| !word(it)).filter(|it| it.starts_with("clavero_"));
    let bare = |name: &str| {
        let ends = ["_bucket", "_sum", "_count"];
        let bare = ends.into_iter().find_map(|end| name.strip_suffix(end));
        bare.unwrap_or(name).to_owned()
    };
    names.map(bare).collect()
}

#[test]
fn the_dashboard_shows_every_meter_and_the_alerts_watch_only_what_there_is() {
    let known: BTreeSet<String> = measure::catalogue().iter().map(|it| it.name.to_owned()).collect();
    let dashboard = include_str!("../../packaging/observe/dashboard.json");
    let parsed: serde_json::Value = serde_json::from_str(dashboard).unwrap();
    let expressions: Vec<&str> = parsed["panels"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|panel| panel["targets"].as_array().into_iter().flatten())
        .map(|target| target["expr"].as_str().unwrap())
        .collect();
    assert_eq!(named_in(&expressions.join("\n")), known);
    assert_sayable(&expressions.join("\n"));
    let alerts = include_str!("../../packaging/observe/alerts.yaml");
    let watched = named_in(alerts);
    assert!(watched.is_subset(&known), "{:?}", watched.difference(&known));
    assert!(watched.len() > 8, "{watched:?}");
    assert!(assert_sayable(alerts) > 6);
    let told = include_str!("../../docs/OPERATIONS.md");
    let told = named_in(told);
    assert!(
        known.is_subset(&told),
        "{:?} are not told of",
        known.difference(&told)
    );
}

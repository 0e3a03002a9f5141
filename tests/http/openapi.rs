//! The description of the API and what is mounted are the same.

use crate::staff::bodies::{FILES, concrete};
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use server::compose;
use server::http::openapi::Document;
use shared::api::{ErrorCode, Method};
use std::collections::BTreeSet;
use tests::{Engine, World};

async fn document(world: &World) -> Value {
    world.browser().get("/api/v1/openapi.json").await.json()
}

#[tokio::test]
async fn everything_mounted_is_described_and_everything_described_is_mounted() {
    let world = World::with(Engine::Sqlite, |setup| {
        setup.config.policy.limits.per_source.count = 100_000;
    })
    .await;
    let document = document(&world).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let described: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object()
                .unwrap()
                .keys()
                .map(move |method| (path.clone(), method.clone()))
        })
        .collect();
    let mounted: BTreeSet<(String, String)> = compose::routes()
        .operations()
        .iter()
        .map(|operation| {
            (
                format!("/api/v1{}", operation.path),
                format!("{:?}", operation.method).to_lowercase(),
            )
        })
        .collect();
    assert_eq!(described, mounted);
    for (path, method) in described {
        let mut browser = world.browser();
        let request = Request::builder()
            .method(method.to_uppercase().as_str())
            .uri(concrete(&path))
            .header("origin", browser.origin())
            .header("content-type", "application/json")
            .body(Body::from("[]"))
            .unwrap();
        let response = browser.open(request).await;
        let status = response.status().as_u16();
        assert_ne!(status, 405, "{method} {path}");
        let takes_file = [shared::signatures::api::DOCUMENT_PATH].iter().chain(FILES);
        if method == "post" && takes_file.into_iter().any(|file| path.ends_with(file)) {
            // A file may be anything, and JSON is none.
            assert_eq!(status, 415, "{path}");
        } else if method == "post" {
            assert!(
                [400, 422].contains(&status),
                "{path} takes anything for a body: {status}"
            );
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let world = World::new(Engine::Sqlite).await;
    let document = document(&world).await;
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.contains("#/components/schemas/Problem"));
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn no_two_types_have_one_name() {
    assert_eq!(*Document::of(&compose::routes()).clashes(), BTreeSet::new());
}

#[tokio::test]
async fn words_are_described_as_they_are_sent() {
    let world = World::new(Engine::Sqlite).await;
    let document = document(&world).await;
    let codes: Vec<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["ErrorCode"]["enum"], serde_json::json!(codes));
    let mut words = BTreeSet::new();
    enumerated(schemas, &mut words);
    assert!(words.contains("recovery") && words.len() > 300, "{}", words.len());
    for word in words {
        assert!(!word.starts_with(char::is_uppercase), "{word} is a name of ours");
    }
}

/// Every word that some value may be.
fn enumerated(value: &Value, words: &mut BTreeSet<String>) {
    if let Some(listed) = value.get("enum").and_then(Value::as_array) {
        words.extend(listed.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    match value {
        Value::Object(map) => map.values().for_each(|value| enumerated(value, words)),
        Value::Array(list) => list.iter().for_each(|value| enumerated(value, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn operations_have_names_of_their_own_and_a_summary() {
    let operations = compose::routes();
    let mut seen = BTreeSet::new();
    for operation in operations.operations() {
        assert!(
            seen.insert((operation.path, operation.method == Method::Get)),
            "{} is mounted twice",
            operation.path
        );
        assert!(operation.summary.ends_with('.'), "{}", operation.path);
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                references.insert(reference.clone());
            }
            map.values().for_each(|value| collect(value, references));
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, references)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

//! Methods that nobody offers, and headers by which one method pretends to be another.

use crate::probe;
use crate::serve::{rest, send};
use axum::body::Body;
use axum::http::Request;
use rstest::rstest;
use server::compose;
use shared::api::{BASE, Method};
use tests::{Engine, World};

const OVERRIDES: [&str; 4] = [
    "x-http-method-override",
    "x-http-method",
    "x-method-override",
    "x-original-method",
];

#[tokio::test]
async fn a_read_that_says_it_is_a_write_writes_nothing() {
    let world = World::new(Engine::Sqlite).await;
    let before = world.everything().await;
    for operation in compose::routes().operations() {
        if operation.method == Method::Get {
            continue;
        }
        let path = format!("{BASE}{}", crate::staff::bodies::concrete(operation.path));
        let mut request = Request::get(format!("{path}?_method=POST&method=POST"))
            .header("origin", world.app.config.public_url.origin())
            .header("content-type", "application/json");
        for name in OVERRIDES {
            request = request.header(name, "POST");
        }
        let told = world
            .browser()
            .send(request.body(Body::from("{}")).unwrap())
            .await;
        // Some addresses read and write: there it is the read.
        assert!(
            [401, 403, 404, 405].contains(&told.status.as_u16()),
            "{path}: {}",
            told.status
        );
    }
    assert_eq!(world.everything().await, before);
}

#[rstest]
#[case("TRACE")]
#[case("TRACK")]
#[case("DEBUG")]
#[case("PROPFIND")]
#[case("PUT")]
#[case("DELETE")]
#[case("PATCH")]
#[case("get")]
#[case("Post")]
#[case("QUERY")]
#[tokio::test]
async fn no_other_method_is_answered(#[case] method: &str) {
    let world = probe::world(Engine::Sqlite, |setup| setup.site = crate::headers::site()).await;
    let (address, _served) = world.listen().await;
    let origin = world.app.config.public_url.origin();
    for path in [
        "/",
        "/healthz",
        "/api/v1/settings",
        "/api/v1/sessions",
        "/main-0123456789abcdef.css",
    ] {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\norigin: {origin}\r\nx-secret: told-to-nobody\r\n\
             cookie: __Host-clavero-session=told-to-nobody\r\nconnection: close\r\n\r\n"
        );
        let told = rest(&mut send(address, &request).await).await;
        assert_eq!(told.split(' ').nth(1), Some("405"), "{path}: {told}");
        assert!(!told.contains("told-to-nobody"), "{path}: {told}");
    }
}

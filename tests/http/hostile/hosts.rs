//! Whom the server takes itself for: what its configuration says, whatever a request says.

use crate::headers::site;
use crate::probe;
use crate::recovery::people::{COMPANY, Condition, GOOD, reset, world};
use crate::serve::{rest, send};
use rstest::rstest;
use server::compose;
use shared::api::{BASE, Method};
use tests::{Engine, World};

const EVIL: &str = "evil.example";

/// Headers by which somebody between says, or pretends to say, how the site was called.
const NAMES: [&str; 7] = [
    "host",
    "x-forwarded-host",
    "x-forwarded-server",
    "x-host",
    "x-original-host",
    "forwarded",
    "x-http-host-override",
];

#[rstest]
#[tokio::test]
async fn a_link_leads_to_the_configured_address(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] every: bool,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    for name in NAMES.into_iter().filter(|name| every || *name == "host") {
        let value = if name == "forwarded" {
            format!("for=192.0.2.1;host={EVIL};proto=http")
        } else {
            EVIL.to_owned()
        };
        browser = browser.carrying(name, &value);
    }
    let link = COMPANY.reach_link(&world, &mut browser).await;
    reset(&mut browser, &link, GOOD).await.unwrap();
    crate::recovery::people::deliver(&world).await;
    let mails = world.mails();
    assert!(mails.len() >= 2, "a link, and the news of the change");
    let ours = world.app.config.public_url.origin();
    for mail in mails {
        let whole = format!("{mail:?}{}{}", mail.text, mail.html);
        assert!(!whole.contains(EVIL), "{}", mail.subject);
        assert!(mail.text.contains(ours), "{}", mail.subject);
    }
}

/// Ways of writing another origin that a browser, a proxy or a router might follow.
const ELSEWHERE: [&str; 18] = [
    "//evil.example",
    "//evil.example/",
    "///evil.example",
    "//evil.example/%2e%2e",
    "/\\evil.example",
    "/\\/evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "/%2fevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/;@evil.example",
    "/@evil.example",
    "/https://evil.example",
    "/entrar?next=//evil.example",
    "/recuperar?redirect=https://evil.example&url=//evil.example&return=/%5cevil.example",
    "/api//evil.example",
    "/api/v1//evil.example",
];

#[tokio::test]
async fn no_address_leads_elsewhere() {
    let world = probe::world(Engine::Sqlite, |setup| setup.site = site()).await;
    let (address, _served) = world.listen().await;
    for path in ELSEWHERE {
        for method in ["GET", "HEAD", "POST"] {
            let request = format!("{method} {path} HTTP/1.1\r\nhost: {EVIL}\r\nconnection: close\r\n\r\n");
            let told = rest(&mut send(address, &request).await).await;
            let (head, _) = told.split_once("\r\n\r\n").unwrap();
            let status = head.split(' ').nth(1).unwrap();
            assert!(!status.starts_with('3'), "{method} {path}: {head}");
            assert_no_way_out(head, path);
        }
    }
}

fn assert_no_way_out(head: &str, path: &str) {
    for name in ["location", "refresh", "content-location", "link", "alt-svc"] {
        let named = format!("\r\n{name}:");
        assert!(!head.to_ascii_lowercase().contains(&named), "{path}: {head}");
    }
    assert!(!head.contains(EVIL), "{path}: {head}");
}

#[tokio::test]
async fn no_endpoint_redirects() {
    let world = World::new(Engine::Sqlite).await;
    for operation in compose::routes().operations() {
        if operation.method == Method::Post {
            // An answer to a write is JSON; there is no page to follow it.
            continue;
        }
        let path = format!("{BASE}{}", crate::staff::bodies::concrete(operation.path));
        let request = axum::http::Request::get(format!("{path}?next=//{EVIL}&url=https://{EVIL}"));
        let response = world
            .browser()
            .open(request.body(axum::body::Body::empty()).unwrap())
            .await;
        assert!(!response.status().is_redirection(), "{path}");
        let head = format!("\r\n{:?}", response.headers());
        assert!(
            !head.contains("\"location\"") && !head.contains(EVIL),
            "{path}: {head}"
        );
    }
}

//! What a cache between may keep: nothing that differs by a header it does not look at, and nothing of anybody's.

use crate::headers::site;
use crate::probe;
use crate::sessions::people::{self, COMPANY, OTHER};
use crate::staff::bodies::concrete;
use axum::body::Body;
use axum::http::Request;
use rstest::rstest;
use server::compose;
use shared::api::{BASE, Method};
use tests::{Browser, Engine, Reply, World};

/// Headers that caches do not look at and servers have been known to heed.
const UNKEYED: [(&str, &str); 20] = [
    ("host", "evil.example"),
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "http"),
    ("x-forwarded-scheme", "http"),
    ("x-forwarded-port", "1"),
    ("x-forwarded-prefix", "/evil"),
    ("x-forwarded-for", "203.0.113.9"),
    ("forwarded", "for=203.0.113.9;host=evil.example;proto=http"),
    ("x-original-url", "/healthz"),
    ("x-rewrite-url", "/healthz"),
    ("x-http-method-override", "POST"),
    ("x-http-method", "DELETE"),
    ("x-method-override", "PUT"),
    ("range", "bytes=0-0"),
    ("if-range", "\"x\""),
    ("origin", "https://evil.example"),
    ("cookie", "__Host-clavero-session=evil"),
    ("accept", "application/json"),
    ("user-agent", "<script>evil</script>"),
    ("referer", "https://evil.example/"),
];

/// What is served to everybody.
const PUBLIC: [&str; 9] = [
    "/",
    "/recuperar",
    "/nowhere",
    "/nothing.js",
    "/main-0123456789abcdef.css",
    "/favicon.svg",
    "/healthz",
    "/api/v1/openapi.json",
    "/api/v1/nowhere",
];

async fn get(browser: &mut Browser, path: &str) -> Reply {
    browser
        .send(Request::get(path).body(Body::empty()).unwrap())
        .await
}

/// All of an answer but its number.
fn whole(reply: &Reply) -> (u16, String, &[u8]) {
    let mut headers = reply.headers.clone();
    headers.remove("x-request-id");
    (reply.status.as_u16(), format!("{headers:?}"), &reply.body)
}

#[tokio::test]
async fn what_everybody_gets_is_the_same_whatever_else_is_asked() {
    let world = probe::world(Engine::Sqlite, |setup| setup.site = site()).await;
    for path in PUBLIC {
        let plain = get(&mut world.browser(), path).await;
        for (name, value) in UNKEYED {
            let told = get(&mut world.browser().carrying(name, value), path).await;
            assert_eq!(whole(&told), whole(&plain), "{path} with {name}");
        }
        let other = get(&mut world.browser().speaking("qu"), path).await;
        assert_eq!(whole(&other), whole(&plain), "{path} in another language");
    }
}

#[tokio::test]
async fn what_differs_by_the_encoding_says_so() {
    let world = probe::world(Engine::Sqlite, |setup| setup.site = site()).await;
    for path in ["/", "/nowhere", "/main-0123456789abcdef.css", "/favicon.svg"] {
        for encoding in ["br", "gzip", "identity", "evil"] {
            let mut browser = world.browser().carrying("accept-encoding", encoding);
            let told = get(&mut browser, path).await;
            assert_eq!(told.header("vary"), "accept-encoding", "{path} in {encoding}");
        }
    }
}

#[tokio::test]
async fn nothing_of_the_api_is_kept() {
    let world = people::world(Engine::Sqlite).await;
    COMPANY.settle(&world).await;
    let known = COMPANY.known(&world).await;
    for operation in compose::routes().operations() {
        let path = format!("{BASE}{}", concrete(operation.path));
        for browser in [world.browser(), known.clone()] {
            let method = match operation.method {
                Method::Get => "GET",
                Method::Post => "POST",
            };
            assert_unkept(browser, method, &path).await;
        }
    }
    for path in ["/api", "/api/v1/nowhere", "/api/v1/openapi.json"] {
        assert_unkept(world.browser(), "GET", path).await;
    }
}

async fn assert_unkept(mut browser: Browser, method: &str, path: &str) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("if-none-match", "*")
        .body(Body::empty());
    let response = browser.open(request.unwrap()).await;
    let headers = response.headers();
    assert_eq!(headers["cache-control"], "no-store", "{path}");
    for name in ["etag", "last-modified", "expires", "age"] {
        assert!(!headers.contains_key(name), "{path}: {name}");
    }
    assert_ne!(response.status().as_u16(), 304, "{path}");
}

/// A page's tag is the page's: it tells nobody from anybody.
#[rstest]
#[case("/")]
#[case("/main-0123456789abcdef.css")]
#[tokio::test]
async fn a_tag_is_the_same_for_everybody(#[case] path: &str) {
    let worlds: [World; 2] = [
        probe::world(Engine::Sqlite, |setup| setup.site = site()).await,
        probe::world(Engine::Sqlite, |setup| {
            setup.site = site();
            setup.seed = 2;
        })
        .await,
    ];
    let mut tags = Vec::new();
    for world in &worlds {
        for mut browser in [world.browser(), world.browser().at("198.51.100.7").speaking("en")] {
            browser.plant(server::sessions::COOKIE, "x");
            tags.push(get(&mut browser, path).await.header("etag").to_owned());
        }
    }
    tags.dedup();
    assert_eq!(tags.len(), 1, "{tags:?}");
    assert!(!tags[0].is_empty());
}

/// Two people behind one cache: what one is told never reaches the other, whatever they are asked alike.
#[tokio::test]
async fn two_people_are_told_of_themselves() {
    let world = people::world(Engine::Sqlite).await;
    for employer in [COMPANY, OTHER] {
        employer.settle(&world).await;
    }
    let mut told = Vec::new();
    for employer in [COMPANY, OTHER] {
        let mut browser = employer.known(&world).await;
        let reply = get(&mut browser, "/api/v1/session").await;
        assert_eq!((reply.status.as_u16(), reply.header("vary")), (200, ""));
        assert_eq!(reply.header("cache-control"), "no-store");
        told.push(reply.text());
    }
    assert_ne!(told[0], told[1]);
}

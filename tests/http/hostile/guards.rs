//! What surrounds every endpoint, asked of each of them: nobody frames its answer, and no other site's page writes to it.

use crate::probe::{self, WRITE};
use crate::staff::bodies::concrete;
use axum::body::Body;
use axum::http::Request;
use rstest::rstest;
use server::compose;
use server::config::PublicUrl;
use shared::api::{BASE, ErrorCode, Method};
use tests::{Engine, World};

const OURS: &str = "https://clave.example";

async fn world() -> World {
    probe::world(Engine::Sqlite, |setup| {
        setup.config.public_url = PublicUrl::parse(OURS).unwrap();
        setup.config.policy.limits.per_source.count = 100_000;
    })
    .await
}

#[tokio::test]
async fn no_answer_of_the_api_can_be_framed_read_or_sniffed() {
    let world = world().await;
    for operation in compose::routes().operations() {
        let path = format!("{BASE}{}", concrete(operation.path));
        let (method, other) = match operation.method {
            Method::Get => ("GET", "POST"),
            Method::Post => ("POST", "GET"),
        };
        for method in [method, other, "OPTIONS", "TRACE"] {
            let request = Request::builder()
                .method(method)
                .uri(&path)
                .header("origin", "https://evil.example")
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "content-type")
                .header("content-type", "application/json")
                .body(Body::from("{}"));
            let response = world.browser().open(request.unwrap()).await;
            let header = |name: &str| {
                let value = response.headers().get(name);
                value.map_or("", |value| value.to_str().unwrap())
            };
            assert_eq!(header("x-frame-options"), "DENY", "{method} {path}");
            let policy = header("content-security-policy");
            assert!(policy.contains("frame-ancestors 'none'"), "{method} {path}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{method} {path}");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{path}");
            let shared = response
                .headers()
                .keys()
                .any(|name| name.as_str().starts_with("access-control-"));
            assert!(!shared, "{method} {path} is shared with other origins");
        }
    }
}

/// Pages that look like ours to somebody who reads quickly.
#[rstest]
#[case("null")]
#[case("")]
#[case("https://clave.example.evil.example")]
#[case("https://evilclave.example")]
#[case("https://x.clave.example")]
#[case("https://example")]
#[case("https://clave.example.")]
#[case("https://clave.example:443")]
#[case("https://clave.example:8443")]
#[case("http://clave.example")]
#[case("HTTPS://CLAVE.EXAMPLE")]
#[case("https://clave.example/")]
#[case("https://clave.example@evil.example")]
#[case("https://evil.example#https://clave.example")]
#[case("https://evil.example?https://clave.example")]
#[case("https://clave.example https://evil.example")]
#[case("https://clave.example, https://clave.example")]
#[case("https://clavé.example")]
#[case("https://xn--clav-epa.example")]
#[case("file://")]
#[tokio::test]
async fn a_page_that_is_not_ours_writes_nothing(#[case] origin: &str) {
    let world = world().await;
    for site in ["same-origin", "same-site", "cross-site", "none"] {
        let request = Request::post(WRITE)
            .header("origin", origin.as_bytes())
            .header("sec-fetch-site", site)
            .header("content-type", "application/json")
            .body(Body::from("{}"));
        let told = world.browser().send(request.unwrap()).await;
        assert_eq!(told.problem().code, ErrorCode::OriginRefused, "{site}");
    }
}

/// The browser's own account of where a request comes from is believed when it says that it is not ours, and never alone.
#[rstest]
#[case(Some(OURS), Some("same-origin"), true)]
#[case(Some(OURS), None, true)]
#[case(Some(OURS), Some("same-site"), false)]
#[case(Some(OURS), Some("cross-site"), false)]
#[case(Some(OURS), Some("none"), false)]
#[case(Some(OURS), Some(""), false)]
#[case(Some(OURS), Some("Same-Origin"), false)]
#[case(None, Some("same-origin"), false)]
#[case(None, Some("cross-site"), false)]
#[case(None, Some("none"), false)]
#[case(None, None, false)]
#[tokio::test]
async fn both_have_to_say_that_it_is_ours(
    #[case] origin: Option<&str>,
    #[case] site: Option<&str>,
    #[case] taken: bool,
) {
    let world = world().await;
    let mut request = Request::post(WRITE).header("content-type", "application/json");
    for (name, value) in [
        ("origin", origin),
        ("sec-fetch-site", site),
        ("referer", Some(OURS)),
    ] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    let told = world
        .browser()
        .send(request.body(Body::from("{}")).unwrap())
        .await;
    let code = if taken {
        ErrorCode::InvalidInput
    } else {
        ErrorCode::OriginRefused
    };
    assert_eq!(told.problem().code, code);
}

/// What a form or an image of another site can send without asking first is no JSON.
#[rstest]
#[case("text/plain")]
#[case("application/x-www-form-urlencoded")]
#[case("multipart/form-data; boundary=x")]
#[case("text/plain; application/json")]
#[case("application/json, text/plain")]
#[case("application/json\u{e9}")]
#[tokio::test]
async fn a_form_is_no_request(#[case] media: &str) {
    let world = world().await;
    let request = Request::post(WRITE)
        .header("origin", OURS)
        .header("content-type", media.as_bytes())
        .body(Body::from("{}"));
    let told = world.browser().send(request.unwrap()).await;
    assert_eq!(told.problem().code, ErrorCode::UnsupportedMediaType);
}

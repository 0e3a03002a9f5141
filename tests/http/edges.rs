//! What reaches no handler: wrong bodies, wrong origins, wrong addresses, too many, too slow.

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, ORIGIN};
use axum::http::{Method, Request};
use futures_util::stream;
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode};
use shared::policy::Rate;
use shared::settings::api::ShowSettings;
use std::time::Duration;
use tests::{Browser, Engine, Reply};

use crate::probe::{self, WRITE};

fn write_with(browser: &Browser) -> axum::http::request::Builder {
    Request::post(WRITE)
        .header(ORIGIN, browser.origin())
        .header(CONTENT_TYPE, "application/json")
}

async fn refused(browser: &mut Browser, request: Request<Body>) -> ErrorCode {
    browser.send(request).await.problem().code
}

#[rstest]
#[tokio::test]
async fn a_read_answers_without_an_origin(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = probe::world(engine, |_| ()).await;
    let settings = world.browser().call::<ShowSettings>(&()).await.unwrap();
    assert_eq!(settings.now, world.now());
    assert!(!settings.institution.official);
}

#[tokio::test]
async fn a_write_needs_our_own_origin() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut browser = world.browser();
    let own = browser.origin().to_owned();
    let strangers = [
        vec![],
        vec!["null"],
        vec!["https://evil.example"],
        vec!["http://localhost"],
        vec!["http://localhost:8080.evil.example"],
        vec!["http://localhost:8080/"],
        vec![own.as_str(), "https://evil.example"],
    ];
    for origins in strangers {
        let mut request = Request::post(WRITE).header(CONTENT_TYPE, "application/json");
        for origin in &origins {
            request = request.header(ORIGIN, *origin);
        }
        let code = refused(&mut browser, request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(code, ErrorCode::OriginRefused, "{origins:?}");
    }
    let disagreeing = write_with(&browser)
        .header("sec-fetch-site", "cross-site")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(refused(&mut browser, disagreeing).await, ErrorCode::OriginRefused);
}

#[tokio::test]
async fn every_method_that_is_no_read_needs_our_own_origin() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut browser = world.browser();
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for path in ["/", "/api/v1/settings", "/api/v1/nowhere"] {
            let request = Request::builder()
                .method(method.clone())
                .uri(path)
                .body(Body::empty())
                .unwrap();
            assert_eq!(
                refused(&mut browser, request).await,
                ErrorCode::OriginRefused,
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut browser = world.browser();
    for media in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "",
    ] {
        let request = Request::post(WRITE)
            .header(ORIGIN, browser.origin())
            .header(CONTENT_TYPE, media);
        let code = refused(&mut browser, request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(code, ErrorCode::UnsupportedMediaType, "{media}");
    }
    let packed = write_with(&browser)
        .header(CONTENT_ENCODING, "gzip")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(
        refused(&mut browser, packed).await,
        ErrorCode::UnsupportedMediaType
    );
    let with_charset = Request::post(WRITE)
        .header(ORIGIN, browser.origin())
        .header(CONTENT_TYPE, "Application/JSON; charset=utf-8")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(refused(&mut browser, with_charset).await, ErrorCode::InvalidInput);
}

#[tokio::test]
async fn a_body_is_taken_up_to_its_limit_and_not_beyond() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut browser = world.browser();
    let limit = server::http::body::LIMIT;
    let full = format!("{{}}{}", " ".repeat(limit - 2));
    assert_eq!(
        browser.post(WRITE, full.clone()).await.problem().code,
        ErrorCode::InvalidInput
    );
    assert_eq!(
        browser.post(WRITE, format!("{full} ")).await.problem().code,
        ErrorCode::BodyTooLarge
    );
    let endless = stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 1024])));
    assert_eq!(
        browser
            .post(WRITE, Body::from_stream(endless))
            .await
            .problem()
            .code,
        ErrorCode::BodyTooLarge
    );
}

#[tokio::test]
async fn a_body_that_never_ends_is_timed_out() {
    let world = probe::world(Engine::Sqlite, |setup| {
        setup.config.request_timeout = Duration::from_millis(50);
    })
    .await;
    let never = stream::pending::<Result<Bytes, std::io::Error>>();
    let problem = world
        .browser()
        .post(WRITE, Body::from_stream(never))
        .await
        .problem();
    assert_eq!(problem.code, ErrorCode::TimedOut);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_malformed() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let broken = stream::iter([
        Ok(Bytes::from_static(b"{\"a\":")),
        Err(std::io::Error::other("gone")),
    ]);
    let problem = world
        .browser()
        .post(WRITE, Body::from_stream(broken))
        .await
        .problem();
    assert_eq!(problem.code, ErrorCode::MalformedBody);
}

#[rstest]
#[case::nothing("")]
#[case::broken("{")]
#[case::control_character("{\"employer\": \"\u{0}\"}")]
#[case::comment("// x")]
#[case::not_a_number("NaN")]
#[case::list("[\"1768152560001\", \"0001\", \"1710034065\", \"es\", {}]")]
#[case::text("\"{}\"")]
#[case::null("null")]
#[tokio::test]
async fn text_that_is_no_json_is_malformed(#[case] text: &str) {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let problem = world.browser().post(WRITE, text.to_owned()).await.problem();
    assert_eq!(problem.code, ErrorCode::MalformedBody);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_malformed() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let problem = world
        .browser()
        .post(WRITE, vec![b'"', 0xff, 0xfe, b'"'])
        .await
        .problem();
    assert_eq!(problem.code, ErrorCode::MalformedBody);
}

#[rstest]
#[case::arrays("[", "]")]
#[case::objects("{\"employer\":", "}")]
#[tokio::test]
async fn depth_has_an_end(#[case] open: &str, #[case] close: &str) {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let bomb = format!("{{\"branch\":{}1{}}}", open.repeat(1000), close.repeat(1000));
    let problem = world.browser().post(WRITE, bomb).await.problem();
    assert!(
        [ErrorCode::MalformedBody, ErrorCode::InvalidInput].contains(&problem.code),
        "{problem:?}"
    );
}

#[tokio::test]
async fn a_field_at_fault_is_named() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut browser = world.browser();
    let good = serde_json::json!({
        "employer": "1768152560001",
        "branch": "0001",
        "representative": "1710034065",
        "language": "es",
        "captcha": { "challenge": "x", "nonces": [] },
    });
    let cases = [
        (
            "employer",
            serde_json::json!("17681525600"),
            "employer",
            FieldCode::Length,
        ),
        (
            "employer",
            serde_json::json!("9968152560001"),
            "employer",
            FieldCode::Province,
        ),
        (
            "employer",
            serde_json::json!(1_768_152_560_001_u64),
            "employer",
            FieldCode::Malformed,
        ),
        ("branch", serde_json::json!("x"), "branch", FieldCode::NotDigits),
        (
            "representative",
            serde_json::json!(""),
            "representative",
            FieldCode::Missing,
        ),
        (
            "language",
            serde_json::json!("qq"),
            "language",
            FieldCode::Malformed,
        ),
        (
            "captcha",
            serde_json::json!({ "challenge": "x" }),
            "captcha.nonces",
            FieldCode::Missing,
        ),
        (
            "captcha",
            serde_json::json!({ "challenge": "x", "nonces": [1, -1] }),
            "captcha.nonces[1]",
            FieldCode::Malformed,
        ),
        ("extra", serde_json::json!(1), "extra", FieldCode::Malformed),
    ];
    for (field, value, path, code) in cases {
        let mut body = good.clone();
        body[field] = value;
        let problem = browser.post(WRITE, body.to_string()).await.problem();
        assert_eq!(problem.code, ErrorCode::InvalidInput, "{field}");
        assert_eq!(problem.fields.len(), 1);
        assert_eq!(
            (problem.fields[0].field.as_str(), problem.fields[0].code),
            (path, code)
        );
    }
    let mut body = good;
    body.as_object_mut().unwrap().remove("employer");
    let problem = browser.post(WRITE, body.to_string()).await.problem();
    assert_eq!(
        (problem.fields[0].field.as_str(), problem.fields[0].code),
        ("employer", FieldCode::Missing)
    );
}

#[tokio::test]
async fn a_long_field_name_is_not_repeated_whole() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let body = format!("{{\"{}\":1}}", "<b>x".repeat(1000));
    let problem = world.browser().post(WRITE, body).await.problem();
    assert!(
        problem
            .fields
            .iter()
            .all(|field| field.field.chars().count() <= 80)
    );
}

#[tokio::test]
async fn an_unknown_address_below_api_is_no_page() {
    let world = probe::world(Engine::Sqlite, |setup| setup.site = crate::headers::site()).await;
    let mut browser = world.browser();
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/settings",
        "/api/v1/settings/",
        "/api/v1/../x",
    ] {
        let reply = browser.get(path).await;
        assert_eq!(reply.problem().code, ErrorCode::NotFound, "{path}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_with_the_right_one() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut browser = world.browser();
    let reply = browser.post("/api/v1/settings", "{}").await;
    assert_eq!(reply.problem().code, ErrorCode::MethodNotAllowed);
    assert!(reply.header("allow").contains("GET"), "{:?}", reply.headers);
    assert_eq!(
        browser.get(WRITE).await.problem().code,
        ErrorCode::MethodNotAllowed
    );
}

#[rstest]
#[tokio::test]
async fn writes_of_one_source_are_limited(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = probe::world(engine, |setup| {
        setup.config.policy.limits.per_source = Rate {
            count: 2,
            seconds: 60,
        }
    })
    .await;
    let mut browser = world.browser();
    let mut other = world.browser().at("192.0.2.2");
    let codes = async |browser: &mut Browser| browser.post(WRITE, "{").await.problem().code;
    assert_eq!(codes(&mut browser).await, ErrorCode::MalformedBody);
    assert_eq!(codes(&mut browser).await, ErrorCode::MalformedBody);
    let refused = browser.post(WRITE, "{").await;
    assert_eq!(refused.problem().code, ErrorCode::RateLimited);
    assert_eq!(refused.header("retry-after"), "60");
    assert_eq!(refused.problem().retry_after, Some(60));
    assert_eq!(
        codes(&mut other).await,
        ErrorCode::MalformedBody,
        "another source is another counter"
    );
    assert!(
        browser.get("/api/v1/settings").await.status.is_success(),
        "reads are not counted"
    );

    world.advance(Duration::from_micros(59_999_999));
    assert_eq!(browser.post(WRITE, "{").await.problem().retry_after, Some(1));
    world.advance(Duration::from_micros(1));
    assert_eq!(
        codes(&mut browser).await,
        ErrorCode::MalformedBody,
        "the window is over"
    );
}

#[tokio::test]
async fn nobody_escapes_the_limit_by_naming_another_address() {
    let rate = Rate {
        count: 1,
        seconds: 60,
    };
    let world = probe::world(Engine::Sqlite, |setup| {
        setup.config.policy.limits.per_source = rate;
    })
    .await;
    let mut browser = world.browser();
    let spoofed = |browser: &Browser, address: &str| {
        write_with(browser)
            .header("x-forwarded-for", address)
            .body(Body::from("{"))
            .unwrap()
    };
    let first = spoofed(&browser, "203.0.113.1");
    assert_eq!(refused(&mut browser, first).await, ErrorCode::MalformedBody);
    let second = spoofed(&browser, "203.0.113.2");
    assert_eq!(refused(&mut browser, second).await, ErrorCode::RateLimited);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_limit() {
    let world = probe::world(Engine::Sqlite, |setup| {
        setup.config.policy.limits.per_source = Rate {
            count: 1,
            seconds: 60,
        };
        setup.config.trusted_proxies = vec!["192.0.2.0/24".parse().unwrap()];
    })
    .await;
    let mut browser = world.browser();
    let from = |browser: &Browser, hops: &str| {
        write_with(browser)
            .header("x-forwarded-for", hops)
            .body(Body::from("{"))
            .unwrap()
    };
    for (hops, code) in [
        ("203.0.113.1", ErrorCode::MalformedBody),
        ("203.0.113.2", ErrorCode::MalformedBody),
        ("198.51.100.9, 203.0.113.1", ErrorCode::RateLimited),
    ] {
        let request = from(&browser, hops);
        assert_eq!(refused(&mut browser, request).await, code, "{hops}");
    }
}

#[rstest]
#[tokio::test]
async fn get_and_head_write_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = probe::world(engine, |_| ()).await;
    let mut browser = world.browser();
    let before = world.everything().await;
    let reads: Vec<String> = probe::routes()
        .operations()
        .iter()
        .filter(|operation| operation.method == shared::api::Method::Get)
        .map(|operation| format!("/api/v1{}", operation.path))
        .chain(["/", "/restablecer", "/healthz", "/readyz", "/api/v1/openapi.json"].map(str::to_owned))
        .collect();
    for path in reads {
        for method in [Method::GET, Method::HEAD] {
            let request = Request::builder()
                .method(method)
                .uri(&path)
                .body(Body::empty())
                .unwrap();
            drop(browser.open(request).await);
        }
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn each_request_has_an_id_of_ours() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut browser = world.browser();
    let named = Request::get("/healthz")
        .header("x-request-id", "mine")
        .body(Body::empty())
        .unwrap();
    let first = browser.send(named).await;
    let second = browser.get("/healthz").await;
    assert_eq!(first.header("x-request-id").len(), 16);
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
}

#[rstest]
#[tokio::test]
async fn health_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = probe::world(engine, |_| ()).await;
    let mut browser = world.browser();
    let status = |reply: Reply| reply.status.as_u16();
    assert_eq!(status(browser.get("/healthz").await), 200);
    assert_eq!(status(browser.get("/readyz").await), 200);
    world.app.store.close().await;
    assert_eq!(status(browser.get("/healthz").await), 200, "the process lives");
    assert_eq!(status(browser.get("/readyz").await), 503, "and cannot serve");
    let failed = browser.post(WRITE, "{}").await.problem();
    assert_eq!(failed.code, ErrorCode::Busy);
    assert!(failed.retry_after.is_some(), "the database may come back");
}

#[tokio::test]
async fn a_server_that_shuts_down_is_not_ready() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    world.app.shutdown.cancel();
    assert_eq!(world.browser().get("/readyz").await.status.as_u16(), 503);
}

#[tokio::test]
async fn a_panic_is_a_fault_that_tells_nothing() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let reply = world.browser().post(probe::PANIC, "{}").await;
    assert_eq!(reply.problem().code, ErrorCode::Internal);
    assert_eq!(
        reply.problem().reference.as_deref(),
        Some(reply.header("x-request-id"))
    );
    assert!(!reply.text().contains("secret"), "{}", reply.text());
}

#[tokio::test]
async fn a_handler_that_never_ends_is_timed_out() {
    let world = probe::world(Engine::Sqlite, |setup| {
        setup.config.request_timeout = Duration::from_millis(50);
    })
    .await;
    assert_eq!(
        world.browser().post(probe::HANG, "{}").await.problem().code,
        ErrorCode::TimedOut
    );
}

#[tokio::test]
async fn a_cookie_is_kept_and_sent() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let mut browser = world.browser();
    assert_eq!(
        browser.call::<probe::Remember>(&probe::Empty {}).await.unwrap(),
        probe::Remembered { known: false }
    );
    assert_eq!(
        browser.call::<probe::Remember>(&probe::Empty {}).await.unwrap(),
        probe::Remembered { known: true }
    );
    let mut other = world.browser();
    assert_eq!(
        other.call::<probe::Remember>(&probe::Empty {}).await.unwrap(),
        probe::Remembered { known: false }
    );
}

//! The headers of every kind of answer, and how the frontend's files are served.

use crate::probe;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request};
use rstest::rstest;
use server::config::PublicUrl;
use server::http::spa::Site;
use tests::{Browser, Engine, Reply, World};

const INDEX: &str = "<!doctype html><title>Clavero</title><link rel=\"stylesheet\" href=\"/main-0123456789abcdef.css\">\
    <script type=\"module\">start()</script><script src=\"/x.js\"></script><style>p{}</style>";

/// A small frontend, with encodings beside its files.
pub fn site() -> Site {
    let files: [(&str, &[u8]); 7] = [
        ("index.html", INDEX.as_bytes()),
        ("index.html.br", b"index in brotli"),
        ("index.html.gz", b"index in gzip"),
        ("clavero-0123456789abcdef_bg.wasm", b"\0asm"),
        ("clavero-0123456789abcdef_bg.wasm.br", b"wasm in brotli"),
        ("main-0123456789abcdef.css", b"p{}"),
        ("favicon.svg", b"<svg/>"),
    ];
    Site::of(
        files
            .into_iter()
            .map(|(name, bytes)| (name.to_owned(), Bytes::from_static(bytes))),
    )
}

async fn world() -> World {
    probe::world(Engine::Sqlite, |setup| setup.site = site()).await
}

async fn get(browser: &mut Browser, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(Body::empty()).unwrap()).await
}

#[rstest]
#[case::page("GET", "/")]
#[case::no_page("GET", "/nowhere")]
#[case::file("GET", "/main-0123456789abcdef.css")]
#[case::no_file("GET", "/nothing.js")]
#[case::health("GET", "/healthz")]
#[case::api("GET", "/api/v1/settings")]
#[case::no_api("GET", "/api/v1/nowhere")]
#[case::wrong_method("PUT", "/api/v1/settings")]
#[case::refused("POST", "/api/v1/probe/write")]
#[case::panic("POST", "/api/v1/probe/panic")]
#[case::stream("GET", "/api/v1/probe/events")]
#[case::openapi("GET", "/api/v1/openapi.json")]
#[tokio::test]
async fn every_answer_is_guarded(#[case] method: &str, #[case] path: &str) {
    let world = probe::world(Engine::Sqlite, |setup| {
        setup.site = site();
        setup.config.public_url = PublicUrl::parse("https://clave.example").unwrap();
    })
    .await;
    let mut browser = world.browser();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("origin", browser.origin())
        .header("content-type", "application/json")
        .body(Body::from("{}"))
        .unwrap();
    let response = browser.open(request).await;
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    };
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("x-frame-options"), "DENY");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(header("cross-origin-resource-policy"), "same-origin");
    assert!(header("permissions-policy").contains("camera=()"));
    assert!(header("strict-transport-security").contains("max-age=63072000"));
    let policy = header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert!(!header("cache-control").is_empty());
    if path.starts_with("/api") {
        assert_eq!(header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn without_tls_no_strict_transport_is_asked() {
    let reply = world().await.browser().get("/").await;
    assert_eq!(reply.header("strict-transport-security"), "");
}

#[tokio::test]
async fn the_page_may_run_its_own_inline_script_and_no_other() {
    let reply = world().await.browser().get("/").await;
    // SHA-256 of `start()` and of `p{}`, by another tool: printf 'start()' | openssl dgst -sha256 -binary | base64
    insta::assert_snapshot!(reply.header("content-security-policy").replace("; ", "\n"), @r"
    default-src 'none'
    script-src 'self' 'wasm-unsafe-eval' 'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='
    style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='
    img-src 'self' data: blob:
    frame-src blob:
    font-src 'self'
    connect-src 'self'
    worker-src 'self'
    manifest-src 'self'
    object-src 'none'
    frame-ancestors 'none'
    base-uri 'none'
    form-action 'self'
    ");
}

#[tokio::test]
async fn a_page_is_asked_for_again_and_a_hashed_file_never() {
    let world = world().await;
    let mut browser = world.browser();
    let page = browser.get("/").await;
    assert_eq!(page.header("cache-control"), "no-cache");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let wasm = browser.get("/clavero-0123456789abcdef_bg.wasm").await;
    assert_eq!(
        wasm.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(wasm.header("content-type"), "application/wasm");
    let icon = browser.get("/favicon.svg").await;
    assert_eq!(icon.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let world = world().await;
    let mut browser = world.browser();
    let tag = browser.get("/").await.header("etag").to_owned();
    assert!(!tag.is_empty());
    for known in [
        tag.clone(),
        format!("\"x\", {tag}"),
        tag.trim_start_matches("W/").to_owned(),
        "*".to_owned(),
    ] {
        let reply = get(&mut browser, "/", &[("if-none-match", &known)]).await;
        assert_eq!((reply.status.as_u16(), reply.body.len()), (304, 0), "{known}");
        assert_eq!(reply.header("etag"), tag);
    }
    let changed = get(&mut browser, "/", &[("if-none-match", "\"x\"")]).await;
    assert_eq!((changed.status.as_u16(), changed.text().as_str()), (200, INDEX));
}

#[rstest]
#[case::both("gzip, deflate, br", "br", "index in brotli")]
#[case::gzip("gzip", "gzip", "index in gzip")]
#[case::refused("br;q=0, gzip;q=0.5", "gzip", "index in gzip")]
#[case::all("*", "br", "index in brotli")]
#[case::all_but("*, br;q=0.0", "gzip", "index in gzip")]
#[case::none("identity", "", INDEX)]
#[case::unknown("zstd", "", INDEX)]
#[tokio::test]
async fn the_encoding_is_one_the_browser_takes(
    #[case] accepts: &str,
    #[case] encoding: &str,
    #[case] body: &str,
) {
    let reply = get(&mut world().await.browser(), "/", &[("accept-encoding", accepts)]).await;
    assert_eq!(reply.header("content-encoding"), encoding);
    assert_eq!(reply.header("vary"), "accept-encoding");
    assert_eq!(reply.text(), body);
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let world = world().await;
    let mut browser = world.browser();
    for path in [
        "/",
        "/nowhere",
        "/main-0123456789abcdef.css",
        "/api/v1/settings",
        "/healthz",
    ] {
        let get = browser.get(path).await;
        let request = Request::builder()
            .method(Method::HEAD)
            .uri(path)
            .body(Body::empty())
            .unwrap();
        let head = browser.send(request).await;
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        assert!(head.body.is_empty(), "{path}");
        if !path.starts_with("/api") {
            assert_eq!(
                head.header("content-length"),
                get.body.len().to_string(),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn an_address_that_is_no_page_is_not_found_and_still_readable() {
    let world = world().await;
    let mut browser = world.browser();
    for page in ["/recuperar", "/restablecer", "/ayuda/cuenta-bloqueada"] {
        assert_eq!(browser.get(page).await.status.as_u16(), 200, "{page}");
    }
    let missing = browser.get("/wp-admin").await;
    assert_eq!((missing.status.as_u16(), missing.text().as_str()), (404, INDEX));
    for file in ["/nothing.js", "/../Cargo.toml", "/index.html.map", "/.env"] {
        let reply = browser.get(file).await;
        assert_eq!(
            (reply.status.as_u16(), reply.text().as_str()),
            (404, "not found\n"),
            "{file}"
        );
    }
}

#[tokio::test]
async fn without_a_frontend_the_api_still_answers() {
    let world = World::new(Engine::Sqlite).await;
    let mut browser = world.browser();
    assert_eq!(browser.get("/").await.status.as_u16(), 404);
    assert_eq!(browser.get("/api/v1/settings").await.status.as_u16(), 200);
}

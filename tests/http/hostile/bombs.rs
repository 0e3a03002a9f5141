//! Bodies that are small on the way and large when unpacked: nothing is ever unpacked.

use crate::probe::{self, FILE, WRITE};
use crate::staff::bodies::concrete;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, ORIGIN};
use flate2::Compression;
use flate2::write::GzEncoder;
use rstest::rstest;
use server::compose;
use shared::api::{BASE, ErrorCode, Method};
use std::io::Write as _;
use tests::{Engine, World};

/// Ten megabytes of spaces around an object, packed once or more.
fn bomb(times: usize) -> Vec<u8> {
    let mut bytes = vec![b' '; 10_000_000];
    bytes.extend(b"{}");
    for _ in 0..times {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&bytes).unwrap();
        bytes = packer.finish().unwrap();
    }
    assert!(bytes.len() < server::http::body::LIMIT, "{}", bytes.len());
    bytes
}

async fn sent(world: &World, path: &str, media: &str, encoding: Option<&str>, body: Vec<u8>) -> ErrorCode {
    let mut browser = world.browser();
    let mut request = Request::post(path)
        .header(ORIGIN, browser.origin())
        .header(CONTENT_TYPE, media);
    if let Some(encoding) = encoding {
        request = request.header(CONTENT_ENCODING, encoding);
    }
    browser
        .send(request.body(Body::from(body)).unwrap())
        .await
        .problem()
        .code
}

#[rstest]
#[case("gzip")]
#[case("GZIP")]
#[case("x-gzip")]
#[case("br")]
#[case("deflate")]
#[case("zstd")]
#[case("compress")]
#[case("gzip, gzip")]
#[case("identity")]
#[case("")]
#[tokio::test]
async fn what_says_that_it_is_packed_is_not_read(#[case] encoding: &str) {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    for (path, media) in [(WRITE, "application/json"), (FILE, "application/octet-stream")] {
        for body in [bomb(1), bomb(2), b"{}".to_vec()] {
            let code = sent(&world, path, media, Some(encoding), body).await;
            assert_eq!(code, ErrorCode::UnsupportedMediaType, "{path}");
        }
    }
}

#[tokio::test]
async fn what_does_not_say_so_is_no_json() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    for times in [1, 2] {
        let code = sent(&world, WRITE, "application/json", None, bomb(times)).await;
        assert_eq!(code, ErrorCode::MalformedBody);
    }
}

#[tokio::test]
async fn no_endpoint_unpacks() {
    let world = World::with(Engine::Sqlite, |setup| {
        setup.config.policy.limits.per_source.count = 100_000;
    })
    .await;
    let mut asked = 0;
    for operation in compose::routes().operations() {
        if operation.method == Method::Get {
            continue;
        }
        let path = format!("{BASE}{}", concrete(operation.path));
        for media in ["application/json", "application/octet-stream"] {
            let code = sent(&world, &path, media, Some("gzip"), bomb(1)).await;
            assert_eq!(code, ErrorCode::UnsupportedMediaType, "{path}");
            asked += 1;
        }
    }
    assert!(asked > 200, "{asked}");
}

//! Messages that two servers could take for two different things. Each is refused or answered once; what stands behind it on its connection
//! is never taken for a request.

use crate::probe;
use crate::serve::{rest, send};
use server::http::serve::{HEAD_LIMIT, HEADERS_LIMIT};
use std::net::SocketAddr;
use tests::{Engine, World};

/// What must not be read as a request of its own, and how it would be answered.
const HIDDEN: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
const TOLD: &str = "\r\n\r\nok\n";

/// What comes back for a message with a hidden one behind it. The server must end the connection.
async fn told(address: SocketAddr, message: &str) -> String {
    rest(&mut send(address, &format!("{message}{HIDDEN}")).await).await
}

/// The statuses in what came back.
fn statuses(told: &str) -> Vec<&str> {
    let lines = told.lines().filter(|line| line.starts_with("HTTP/1."));
    lines.filter_map(|line| line.split(' ').nth(1)).collect()
}

async fn refuses(address: SocketAddr, message: &str) {
    let told = told(address, message).await;
    assert_eq!(statuses(&told), ["400"], "{message:?} brought {told:?}");
}

fn write(world: &World) -> String {
    let origin = world.app.config.public_url.origin();
    let path = probe::WRITE;
    format!("POST {path} HTTP/1.1\r\nhost: x\r\norigin: {origin}\r\ncontent-type: application/json\r\n")
}

#[tokio::test]
async fn the_hidden_request_is_one_where_nothing_hides_it() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let last = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let told = rest(&mut send(address, &format!("{HIDDEN}{last}")).await).await;
    assert_eq!(statuses(&told), ["200", "200"], "{told}");
    assert_eq!(told.matches(TOLD).count(), 2, "{told}");
}

#[tokio::test]
async fn a_body_of_two_lengths_is_refused() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let post = write(&world);
    let hidden = HIDDEN.len();
    for lengths in [
        "content-length: 0\r\ntransfer-encoding: chunked\r\n",
        "content-length: 5\r\ntransfer-encoding: chunked\r\n",
        "content-length: 0\r\nTransfer-Encoding: CHUNKED\r\n",
        "content-length: 0\r\ncontent-length: 5\r\n",
        "content-length: 5\r\ncontent-length: 0\r\n",
        "content-length: 0, 5\r\n",
        "content-length: 0, 0\r\n",
        "content-length: +0\r\n",
        "content-length: -1\r\n",
        "content-length: 0x0\r\n",
        "content-length: 0 0\r\n",
        "content-length: 0;\r\n",
        "content-length: \"0\"\r\n",
        "content-length: 1e1\r\n",
        "content-length:\r\n",
        "content-length: 18446744073709551616\r\n",
        "content-length: 99999999999999999999999999\r\n",
    ] {
        refuses(address, &format!("{post}{lengths}\r\n0\r\n\r\n")).await;
    }
    refuses(
        address,
        &format!("{post}content-length: 0\r\ncontent-length: {hidden}\r\n\r\n"),
    )
    .await;
}

#[tokio::test]
async fn a_transfer_encoding_that_is_not_chunked_is_refused() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let post = write(&world);
    for encoding in [
        "transfer-encoding : chunked",
        "transfer-encoding\t: chunked",
        " transfer-encoding: chunked",
        "x: y\r\n transfer-encoding: chunked",
        "x: y\r\n\ttransfer-encoding: chunked",
        "transfer-encoding:\r\n chunked",
        "transfer-encoding: xchunked",
        "transfer-encoding: chunkedx",
        "transfer-encoding: chunked, identity",
        "transfer-encoding: identity, chunked",
        "transfer-encoding: gzip, chunked",
        "transfer-encoding: chunked, chunked",
        "transfer-encoding: \"chunked\"",
        "transfer-encoding: chunked;q=1",
        "transfer-encoding: identity",
        "transfer-encoding:",
        "transfer-encoding: \u{b}chunked",
        "transfer-encoding: chunked\u{0}",
        "transfer-encoding: chunked\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity",
        "transfer-encoding: identity\r\ntransfer-encoding: chunked",
    ] {
        refuses(address, &format!("{post}{encoding}\r\n\r\n0\r\n\r\n")).await;
    }
    let old = post.replace("HTTP/1.1", "HTTP/1.0");
    refuses(
        address,
        &format!("{old}transfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
    )
    .await;
}

/// The one encoding that is taken makes the message the last of its connection, also where a length stands behind it.
#[tokio::test]
async fn nothing_is_read_behind_a_body_in_chunks() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let post = write(&world);
    let hidden = HIDDEN.len();
    for lengths in [
        "transfer-encoding: chunked\r\n".to_owned(),
        "transfer-encoding: \tChunked \r\n".to_owned(),
        "transfer-encoding: chunked\r\ncontent-length: 0\r\n".to_owned(),
        format!("transfer-encoding: chunked\r\ncontent-length: {hidden}\r\n"),
    ] {
        let told = told(address, &format!("{post}{lengths}\r\n2\r\n{{}}\r\n0\r\n\r\n")).await;
        assert_eq!(statuses(&told), ["422"], "{lengths:?} brought {told:?}");
        assert!(told.contains("\r\nconnection: close\r\n"), "{told}");
        assert!(told.contains("\"employer\""), "its body was read: {told}");
    }
}

#[tokio::test]
async fn chunks_that_are_none_are_refused() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let post = format!("{}transfer-encoding: chunked\r\n\r\n", write(&world));
    let long = "x".repeat(20_000);
    for chunks in [
        "zz\r\n{}\r\n0\r\n\r\n".to_owned(),
        "-2\r\n{}\r\n0\r\n\r\n".to_owned(),
        "+2\r\n{}\r\n0\r\n\r\n".to_owned(),
        "0x2\r\n{}\r\n0\r\n\r\n".to_owned(),
        "\r\n{}\r\n0\r\n\r\n".to_owned(),
        "2\n{}\r\n0\r\n\r\n".to_owned(),
        "2;a\n{}\r\n0\r\n\r\n".to_owned(),
        "2 2\r\n{}\r\n0\r\n\r\n".to_owned(),
        "1\r\n{}\r\n0\r\n\r\n".to_owned(),
        "2\r\n{}0\r\n\r\n".to_owned(),
        "2\r\n{}\n0\r\n\r\n".to_owned(),
        "fffffffffffffffff\r\n{}\r\n0\r\n\r\n".to_owned(),
        "10000000000000002\r\n{}\r\n0\r\n\r\n".to_owned(),
        format!("2;{long}\r\n{{}}\r\n0\r\n\r\n"),
        format!("2\r\n{{}}\r\n0\r\nx: {long}\r\n\r\n"),
    ] {
        refuses(address, &format!("{post}{chunks}")).await;
    }
}

#[tokio::test]
async fn control_characters_are_refused() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    for header in [
        "x: a\u{0}b",
        "x: a\rb",
        "x: a\rcontent-length: 5",
        "x: a\u{7f}b",
        "x: a\u{1}b",
        "x\u{0}: a",
        "x y: a",
        "\u{e9}: a",
        ": a",
        "x",
        "host: x\r\n y",
    ] {
        refuses(
            address,
            &format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{header}\r\n\r\n"),
        )
        .await;
    }
}

#[tokio::test]
async fn a_target_that_is_no_path_is_refused() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    for line in [
        "GET http://evil.example/ HTTP/1.1",
        "GET http://evil.example/healthz HTTP/1.1",
        "GET HTTPS://x/healthz HTTP/1.1",
        "GET evil.example:80 HTTP/1.1",
        "GET healthz HTTP/1.1",
        "CONNECT evil.example:80 HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET * HTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET /healthz HTTP/1.1 x",
        "GET  /healthz HTTP/1.1",
        "GET /healthz  HTTP/1.1",
        "GET\t/healthz HTTP/1.1",
        " GET /healthz HTTP/1.1",
        "GET /he\u{0}althz HTTP/1.1",
        "GET /healthz",
        "GET /healthz HTTP/1.2",
        "GET /healthz HTTP/2.0",
        "GET /healthz HTTP/0.9",
        "GET /healthz http/1.1",
        "GET /healthz HTTP/1.11",
        "GÉT /healthz HTTP/1.1",
    ] {
        refuses(address, &format!("{line}\r\nhost: x\r\n\r\n")).await;
    }
    // The other protocol's greeting: no word at all.
    let greeting = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    assert_eq!(told(address, greeting).await, "");
}

#[tokio::test]
async fn a_message_names_one_host() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    for hosts in [
        "",
        "host:\r\n",
        "host: x\r\nhost: x\r\n",
        "host: x\r\nhost: evil.example\r\n",
        "host: x, evil.example\r\n",
        "host: x evil.example\r\n",
        "host: x/evil.example\r\n",
        "host: x@evil.example\r\n",
        "host: x?evil.example\r\n",
    ] {
        refuses(address, &format!("GET /healthz HTTP/1.1\r\n{hosts}\r\n")).await;
    }
    let old = rest(&mut send(address, "GET /healthz HTTP/1.0\r\n\r\n").await).await;
    assert_eq!(statuses(&old), ["200"], "HTTP/1.0 had none: {old}");
}

/// hyper takes a lone line feed for the end of a line, as RFC 9112 allows. It is one request all the same.
#[tokio::test]
async fn lines_without_a_carriage_return_are_one_request() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let message = "GET /api/v1/nowhere HTTP/1.1\nhost: x\nconnection: close\n\n";
    let told = told(address, message).await;
    assert_eq!(statuses(&told), ["404"], "{told}");
    assert!(!told.contains(TOLD), "{told}");
}

#[tokio::test]
async fn a_head_has_a_limit_in_lines_and_bytes() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let head = |lines: &str| format!("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{lines}\r\n");
    let full = head(&"x: y\r\n".repeat(HEADERS_LIMIT - 2));
    let told = rest(&mut send(address, &full).await).await;
    assert_eq!(statuses(&told), ["200"], "{told}");
    let over = head(&"x: y\r\n".repeat(HEADERS_LIMIT - 1));
    let told = rest(&mut send(address, &over).await).await;
    assert_eq!(statuses(&told), ["431"], "{told}");

    let long = |length: usize| {
        let rest = length - head("x: \r\n").len();
        head(&format!("x: {}\r\n", "y".repeat(rest)))
    };
    let told = rest(&mut send(address, &long(HEAD_LIMIT - 1)).await).await;
    assert_eq!(statuses(&told), ["200"], "{told}");
    // One that has not ended within the limit.
    let endless = &long(HEAD_LIMIT * 2)[..=HEAD_LIMIT];
    let told = rest(&mut send(address, endless).await).await;
    assert_eq!(statuses(&told), ["431"], "{told}");
}

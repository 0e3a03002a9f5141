//! The listener, over real connections on a port that the system chooses.

use crate::probe;
use server::http::{router, serve::serve};
use std::net::SocketAddr;
use tests::{Engine, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

async fn listen(world: &World) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(world.app.clone(), probe::routes());
    (
        address,
        tokio::spawn(serve(listener, router, world.app.shutdown.clone())),
    )
}

async fn send(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Reads until `end` has come, or the connection ended.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    let mut buffer = [0; 1024];
    while !text.contains(end) {
        match stream.read(&mut buffer).await.unwrap_or(0) {
            0 => break,
            length => text.push_str(&String::from_utf8_lossy(&buffer[..length])),
        }
    }
    text
}

#[tokio::test]
async fn the_shutdown_ends_streams_and_idle_connections() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, served) = listen(&world).await;
    let mut idle = send(address, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(read_until(&mut idle, "ok\n").await.starts_with("HTTP/1.1 200"));
    let mut events = send(address, "GET /api/v1/probe/events HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(
        read_until(&mut events, "data: ")
            .await
            .contains("text/event-stream")
    );

    world.app.shutdown.cancel();
    served.await.unwrap();
    let rest = read_until(&mut events, "never comes").await;
    assert!(rest.ends_with("0\r\n\r\n"), "the stream ended in order: {rest:?}");
    assert_eq!(read_until(&mut idle, "never comes").await, "");
    assert!(
        TcpStream::connect(address).await.is_err(),
        "nobody listens any more"
    );
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_end() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, served) = listen(&world).await;
    let origin = world.app.config.public_url.origin();
    let head = format!(
        "POST /api/v1/probe/remember HTTP/1.1\r\nhost: x\r\norigin: {origin}\r\ncontent-type: application/json\r\n\
         content-length: 2\r\nexpect: 100-continue\r\n\r\n"
    );
    let mut stream = send(address, &head).await;
    assert!(
        read_until(&mut stream, "100 Continue\r\n\r\n")
            .await
            .contains("100 Continue"),
        "the body is being read"
    );
    world.app.shutdown.cancel();
    stream.write_all(b"{}").await.unwrap();
    assert!(read_until(&mut stream, "known").await.contains("HTTP/1.1 200"));
    served.await.unwrap();
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = listen(&world).await;
    let many = "x: y\r\n".repeat(65);
    for (text, status) in [
        ("\u{16}\u{3}\u{1}\r\n\r\n".to_owned(), "400"),
        (
            "GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n".to_owned(),
            "400",
        ),
        (format!("GET / HTTP/1.1\r\n{many}\r\n"), "431"),
    ] {
        let answer = read_until(&mut send(address, &text).await, "never comes").await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{answer}");
    }
    let mut still = send(address, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(
        read_until(&mut still, "ok\n").await.contains("200"),
        "and the server lives"
    );
}

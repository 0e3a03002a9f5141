//! The listener, over real connections on a port that the system chooses.

use crate::probe;
use server::http::serve::Bounds;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tests::{Engine, Log, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// How long a test waits for what must come by itself.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn send(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Reads until `end` has come, or the connection ended.
pub(crate) async fn read_until(stream: &mut TcpStream, end: &str) -> String {
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
    let (address, served) = world.listen().await;
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
    let (address, served) = world.listen().await;
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
    let (address, _served) = world.listen().await;
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

#[tokio::test]
async fn what_is_not_read_is_logged_by_why_alone() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let log = Log::default();
    let guard = log.listen();
    for (head, oddity) in [
        ("GET http://s3cret/ HTTP/1.1\r\nhost: x", "target"),
        ("GET / HTTP/1.1\r\nhost: s3cret\r\nhost: s3cret", "host"),
        (
            "GET / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: s3cret, chunked",
            "length",
        ),
    ] {
        let answer = rest(&mut send(address, &format!("{head}\r\n\r\n")).await).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        let why = format!("\"oddity\":\"{oddity}\"");
        assert_eq!(log.text().matches(&why).count(), 1, "{}", log.text());
    }
    drop(guard);
    let ours: Vec<_> = log
        .lines()
        .into_iter()
        .filter(|line| line.contains("oddity"))
        .collect();
    assert!(ours.len() == 3 && !ours.concat().contains("s3cret"), "{ours:?}");
}

/// Bounds of a server that is short of patience.
fn impatient() -> Bounds {
    Bounds {
        headers: Duration::from_millis(200),
        ..Bounds::default()
    }
}

/// What comes until the connection ends; it must end by itself.
pub(crate) async fn rest(stream: &mut TcpStream) -> String {
    tokio::time::timeout(PATIENCE, read_until(stream, "never comes"))
        .await
        .expect("the server ends the connection")
}

#[tokio::test]
async fn headers_that_dribble_in_are_given_up() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen_within(impatient()).await;
    let mut slow = send(address, "GET /healthz HTTP/1.1\r\nhost: x\r\n").await;
    let dribble = async {
        // Each byte comes well within the time that all of them together have.
        let mut byte = [0];
        for letter in "x: y\r\n".bytes().cycle() {
            let sent = slow.write_all(&[letter]).await;
            let heard = tokio::time::timeout(Duration::from_millis(20), slow.read(&mut byte)).await;
            match (sent, heard) {
                (Ok(()), Err(_nothing_yet)) => {}
                (Err(_), _) | (_, Ok(Ok(0) | Err(_))) => return "ended",
                (Ok(()), Ok(Ok(_))) => return "answered",
            }
        }
        "never comes"
    };
    assert_eq!(tokio::time::timeout(PATIENCE, dribble).await, Ok("ended"));
    let mut quick = send(address, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(
        read_until(&mut quick, "ok\n").await.contains("200"),
        "others are served"
    );
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_ended() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen_within(impatient()).await;
    let mut silent = TcpStream::connect(address).await.unwrap();
    assert_eq!(rest(&mut silent).await, "");

    let mut idle = send(address, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(read_until(&mut idle, "ok\n").await.contains("200"));
    assert_eq!(rest(&mut idle).await, "", "after an answer, too");
}

#[tokio::test]
async fn more_connections_than_there_are_places_wait_for_one() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let bounds = Bounds {
        connections: 2,
        ..Bounds::default()
    };
    let (address, _served) = world.listen_within(bounds).await;
    let health = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut stream = send(address, health).await;
        assert!(read_until(&mut stream, "ok\n").await.contains("200"));
        open.push(stream);
    }
    let mut third = send(address, health).await;
    let mut byte = [0];
    let early = tokio::time::timeout(Duration::from_millis(100), third.read(&mut byte)).await;
    assert!(early.is_err(), "it waits");
    open.pop();
    assert!(
        read_until(&mut third, "ok\n").await.contains("200"),
        "it comes to its turn"
    );
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_off() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let bounds = Bounds {
        write: Duration::from_millis(200),
        connections: 1,
        ..Bounds::default()
    };
    let (address, _served) = world.listen_within(bounds).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut greedy = socket.connect(address).await.unwrap();
    // More than the system takes for somebody who does not read.
    let asked = "GET /api/v1/openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(1000);
    greedy.write_all(asked.as_bytes()).await.unwrap();
    let mut next = send(address, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let answer = tokio::time::timeout(PATIENCE, read_until(&mut next, "ok\n")).await;
    assert!(answer.expect("the place becomes free").contains("200"));
    drop(greedy);
}

/// A request from an address of this machine, and whether it is answered: a connection that is refused ends without a
/// word.
async fn from(source: Ipv4Addr, address: SocketAddr) -> Option<TcpStream> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((source, 0).into()).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    // It may be ended before this has come.
    let _sent = stream
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        .await;
    let answer = tokio::time::timeout(PATIENCE, read_until(&mut stream, "ok\n")).await;
    let answer = answer.expect("an answer or an end");
    (!answer.is_empty()).then_some(stream)
}

#[tokio::test]
async fn one_network_has_its_share_of_the_connections() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let [greedy, other, proxy] = [2, 3, 4].map(|last| Ipv4Addr::new(127, 0, 0, last));
    let bounds = Bounds {
        headers: PATIENCE,
        exempt: vec!["127.0.0.4/32".parse().unwrap()],
        ..Bounds::default()
    };
    let share = bounds.share;
    assert_eq!(share, 64);
    let (address, _served) = world.listen_within(bounds).await;
    let mut open = Vec::new();
    for _ in 0..share {
        open.push(from(greedy, address).await.expect("its share"));
    }
    assert!(from(greedy, address).await.is_none(), "the 65th is ended");
    let mut others = vec![from(other, address).await.expect("another network")];
    for _ in 0..=share {
        others.push(from(proxy, address).await.expect("a proxy of ours has no share"));
    }
    open.pop();
    let again = async {
        // The server notices the end by itself, and soon.
        loop {
            if let Some(stream) = from(greedy, address).await {
                return stream;
            }
        }
    };
    tokio::time::timeout(PATIENCE, again)
        .await
        .expect("a place became free");
}

#[tokio::test]
async fn a_body_that_dribbles_in_is_timed_out() {
    let world = probe::world(Engine::Sqlite, |setup| {
        setup.config.request_timeout = Duration::from_millis(200);
    })
    .await;
    let (address, _served) = world.listen().await;
    let mut slow = send(address, &post(&world, 100)).await;
    slow.write_all(b"{\"employer\":").await.unwrap();
    let answer = rest(&mut slow).await;
    assert!(answer.contains("timed_out"), "{answer}");
    assert_eq!(answer.split(' ').nth(1), Some("504"), "{answer}");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_before_it_has_come() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let (address, _served) = world.listen().await;
    let mut large = send(address, &post(&world, 10_000_000)).await;
    let part = vec![b' '; server::http::body::LIMIT + 1];
    large.write_all(&part).await.unwrap();
    let answer = rest(&mut large).await;
    assert!(answer.contains("body_too_large"), "{answer}");
    assert_eq!(answer.split(' ').nth(1), Some("413"), "{answer}");
}

/// The head of a write with a body of so many bytes.
fn post(world: &World, length: usize) -> String {
    let origin = world.app.config.public_url.origin();
    format!(
        "POST {} HTTP/1.1\r\nhost: x\r\norigin: {origin}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n",
        probe::WRITE
    )
}

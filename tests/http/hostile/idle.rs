//! Ten thousand connections that say nothing, from many addresses of this machine.

use crate::probe::{self, EVENTS, TOPIC};
use crate::serve::{PATIENCE, read_until, send};
use server::http::serve::Bounds;
use std::io::{ErrorKind, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpStream as Socket};
use std::sync::Arc;
use std::time::Duration;
use tests::{Engine, World};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Semaphore;

const IDLE: usize = 10_000;

/// How many knock at once. More of them than the system's queue holds would get its cookies, and whoever comes with one to a full queue
/// is forgotten: only their own system would think that they are connected.
const KNOCKING: usize = 64;

/// Files for both ends of them, as many as are open at once.
const FILES: u64 = 15_000;

/// What one held connection may cost in memory, in bytes: its task, its buffers, its place.
const EACH: usize = 32 * 1024;

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

fn raise_files() {
    let files = rlimit::increase_nofile_limit(FILES).unwrap();
    assert!(
        files >= FILES,
        "this test needs {FILES} open files; the system allows {files}"
    );
}

/// One of many networks; the server counts each address of IPv4 as one.
fn network(number: usize) -> Ipv4Addr {
    let [.., high, low] = u32::try_from(number).unwrap().to_be_bytes();
    Ipv4Addr::new(127, 1, high, low)
}

async fn connect(from: Ipv4Addr, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

/// Whether the server ended the connection; it never says a word.
fn is_ended(mut socket: &Socket) -> bool {
    match socket.read(&mut [0]) {
        Ok(0) => true,
        Ok(_) => panic!("an answer to nothing"),
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    }
}

fn held(crowd: &[Socket]) -> usize {
    crowd.iter().filter(|socket| !is_ended(socket)).count()
}

/// Waits until `happened`.
async fn until(mut happened: impl FnMut() -> bool) {
    let waiting = async {
        while !happened() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE * 3, waiting)
        .await
        .expect("it comes about");
}

async fn is_answered(from: Ipv4Addr, to: SocketAddr) {
    let mut stream = connect(from, to).await;
    tokio::io::AsyncWriteExt::write_all(&mut stream, HEALTH.as_bytes())
        .await
        .unwrap();
    let answer = tokio::time::timeout(PATIENCE * 3, read_until(&mut stream, "ok\n")).await;
    assert!(answer.expect("an answer").contains("200"));
}

/// What this process has in memory, in bytes.
fn memory() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

async fn world() -> World {
    raise_files();
    probe::world(Engine::Sqlite, |_| ()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_of_fifty_networks_have_their_shares_and_others_are_answered() {
    const NETWORKS: usize = 50;
    let world = world().await;
    let bounds = Bounds {
        headers: PATIENCE * 3,
        exempt: Vec::new(),
        ..Bounds::default()
    };
    let (share, places) = (bounds.share, bounds.connections);
    assert!(NETWORKS * share < places, "the shares leave room");
    let (address, _served) = world.listen_within(bounds).await;
    let other = network(NETWORKS);
    is_answered(other, address).await;

    let before = memory();
    let mut crowd = Vec::new();
    for number in 0..IDLE {
        let stream = connect(network(number % NETWORKS), address).await;
        crowd.push(stream.into_std().unwrap());
        if number % 1000 == 0 {
            is_answered(other, address).await;
        }
    }
    until(|| held(&crowd) == NETWORKS * share).await;
    let grown = memory().saturating_sub(before);
    assert!(
        grown < NETWORKS * share * EACH,
        "{} held connections take {grown} bytes",
        NETWORKS * share
    );
    for number in 0..NETWORKS {
        let of_one: Vec<&Socket> = crowd.iter().skip(number).step_by(NETWORKS).collect();
        let kept = of_one.iter().filter(|socket| !is_ended(socket)).count();
        assert_eq!(kept, share, "{}", network(number));
    }
    is_answered(other, address).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_of_two_hundred_networks_hold_every_place_and_not_for_long() {
    const NETWORKS: usize = 200;
    let world = world().await;
    let bounds = Bounds {
        headers: Duration::from_secs(1),
        exempt: Vec::new(),
        ..Bounds::default()
    };
    assert!(IDLE / NETWORKS < bounds.share, "nobody is beyond a share");
    let places = bounds.connections;
    assert!(IDLE > 2 * places, "more than there are places");
    let (address, _served) = world.listen_within(bounds).await;
    let asked = format!("GET {EVENTS} HTTP/1.1\r\nhost: x\r\n\r\n");
    let mut listener = send(address, &asked).await;
    assert!(read_until(&mut listener, "data: ").await.contains("200 OK"));

    let door = Arc::new(Semaphore::new(KNOCKING));
    let joining: Vec<_> = (0..IDLE)
        .map(|number| {
            let door = door.clone();
            tokio::spawn(async move {
                let _place = door.acquire().await.unwrap();
                connect(network(number % NETWORKS), address).await
            })
        })
        .collect();
    // A newcomer waits for a place with all of them, and gets one although none of them goes away by itself.
    let newcomer = tokio::spawn(is_answered(network(NETWORKS), address));
    // Who is inside is served meanwhile.
    for _ in 0..3 {
        world.advance(Duration::from_secs(1));
        world.app.live.publish(TOPIC);
        let news = tokio::time::timeout(PATIENCE * 3, read_until(&mut listener, "event: ")).await;
        assert!(news.expect("the stream goes on").contains("data: "));
    }
    let mut crowd = Vec::new();
    for one in joining {
        crowd.push(one.await.unwrap().into_std().unwrap());
    }
    newcomer.await.unwrap();
    // The places were taken more than once over.
    until(|| crowd.len() - held(&crowd) > places).await;
}

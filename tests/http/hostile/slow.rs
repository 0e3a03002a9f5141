//! Somebody who opens a stream of events and reads nothing of it.

use crate::probe::{self, FLOOD, FLOOD_TOPIC};
use crate::serve::{PATIENCE, read_until, send};
use server::http::serve::Bounds;
use std::time::Duration;
use tests::Engine;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpSocket;

#[tokio::test]
async fn a_stream_that_nobody_reads_is_cut_off() {
    let world = probe::world(Engine::Sqlite, |_| ()).await;
    let bounds = Bounds {
        write: Duration::from_millis(200),
        connections: 1,
        ..Bounds::default()
    };
    let (address, _served) = world.listen_within(bounds).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut idle = socket.connect(address).await.unwrap();
    let asked = format!("GET {FLOOD} HTTP/1.1\r\nhost: x\r\n\r\n");
    idle.write_all(asked.as_bytes()).await.unwrap();
    assert!(
        read_until(&mut idle, "data: ")
            .await
            .contains("text/event-stream")
    );
    assert_eq!(world.app.live.topics(), 1);

    // News come until no more fits, and then it is over.
    let news = async {
        while world.app.live.topics() > 0 {
            world.app.live.publish(FLOOD_TOPIC);
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, news)
        .await
        .expect("the stream is cut off");
    let mut next = send(address, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let answer = tokio::time::timeout(PATIENCE, read_until(&mut next, "ok\n")).await;
    assert!(answer.expect("the place becomes free").contains("200"));
    drop(idle);
}

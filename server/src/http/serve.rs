//! The listener: connections, their limits in time and number, and a shutdown that lets open requests end.
//!
//! Invariants: no client holds a connection by saying nothing or by reading nothing; no network holds more than its share.

use super::Peer;
use super::shares::Shares;
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// What connections are held to. The default is what the real server serves with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How long a client may take to send its headers, from the connection or from the last answer: so long an idle
    /// connection stays, too.
    pub headers: Duration,
    /// How long a client may take no byte of what is sent to it.
    pub write: Duration,
    /// How many connections are open at once; more wait in the operating system's queue.
    pub connections: usize,
    /// How many of them one network has; more are ended at once.
    pub share: usize,
    /// Who has no share: proxies of ours, which bring everybody, and by default this machine.
    pub exempt: Vec<IpNet>,
    /// How long open requests may take to end after the shutdown began.
    pub grace: Duration,
}

/// Loopback: an operator, or a proxy on the same machine.
const THIS_MACHINE: [IpNet; 2] = [
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8)),
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128)),
];

impl Bounds {
    /// The default, with these proxies.
    pub fn behind(proxies: &[IpNet]) -> Self {
        let mut bounds = Self::default();
        bounds.exempt.extend_from_slice(proxies);
        bounds
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            headers: Duration::from_secs(10),
            write: Duration::from_secs(30),
            connections: 4096,
            share: 64,
            exempt: THIS_MACHINE.to_vec(),
            grace: Duration::from_secs(10),
        }
    }
}

/// Serves `router` until `shutdown` is cancelled, then lets open requests end.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) {
    serve_within(listener, router, shutdown, Bounds::default()).await;
}

/// The same, with other bounds.
pub async fn serve_within(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
    bounds: Bounds,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(bounds.connections));
    let shares = Shares::new(bounds.share, &bounds.exempt);
    loop {
        let place = tokio::select! {
            () = shutdown.cancelled() => break,
            place = Arc::clone(&places).acquire_owned() => place,
        };
        let accepted = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                out_of_files(&error).await;
                continue;
            }
        };
        let Some(share) = shares.take(peer.ip()) else {
            tracing::debug!("a network has its share of the connections");
            continue;
        };
        let connection = connection(stream, Peer(peer), router.clone(), &bounds);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that goes away or talks nonsense is no event.
            let _ended = watched.await;
            drop((place, share));
        });
    }
    drop(listener);
    if tokio::time::timeout(bounds.grace, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end in time and were cut off");
    }
}

fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    bounds: &Bounds,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + use<> {
    let _delay_is_an_optimisation = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(bounds.write));
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request.map(axum::body::Body::new)
    });
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.headers)
        .max_headers(64)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service))
}

/// A connection that failed before it began is the client's; a lack of file handles is ours and passes by waiting.
async fn out_of_files(error: &io::Error) {
    let clients = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset
    );
    if !clients {
        tracing::warn!(%error, "cannot accept connections");
        crate::clock::pause(Duration::from_millis(500)).await;
    }
}

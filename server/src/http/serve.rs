//! The listener: connections, their limits in time and number, and a shutdown that lets open requests end.
//!
//! Invariants: no client holds a connection by saying nothing or by reading nothing; no network holds more than its share; what two servers
//! could read differently is not read at all ([`Reading`]).

use super::Peer;
use super::message::Reading;
use super::shares::Shares;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// The longest head of a request, in bytes; it is also what a connection may have in memory unread. The longest that a browser of ours
/// sends is a tenth of it.
pub const HEAD_LIMIT: usize = 32 * 1024;

/// How many headers a request may have.
pub const HEADERS_LIMIT: usize = 64;

/// How many files are for everything but people's connections: the database, registries, mail, documents, the notary's pipes, the measurements.
const OTHER_FILES: u64 = 512;

/// How many connections may read the measurements: a Prometheus has one, or two.
const MEASURING: usize = 16;

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
    /// For the listener of the measurements: its connections are few, and fit into what is kept for other files.
    pub fn of_measurements() -> Self {
        Self {
            connections: MEASURING,
            ..Self::default()
        }
    }

    /// The default, with these proxies.
    pub fn behind(proxies: &[IpNet]) -> Self {
        let mut bounds = Self::default();
        bounds.exempt.extend_from_slice(proxies);
        bounds
    }

    /// The same, with no more connections than there may be open files: the process's limit is raised as far as the system lets it, and
    /// where that is too low, fewer are taken, so that there is always a file for the database.
    #[must_use]
    pub fn within_files(mut self) -> Self {
        let wanted = u64::try_from(self.connections).unwrap_or(u64::MAX);
        match raise_files(wanted.saturating_add(OTHER_FILES)) {
            Ok(files) => {
                let connections = affordable(self.connections, files);
                if connections < self.connections {
                    tracing::warn!(
                        files,
                        connections,
                        "few files may be open, so few connections are taken"
                    );
                }
                self.connections = connections;
            }
            Err(error) => tracing::warn!(%error, "the limit of open files is not known"),
        }
        self
    }
}

/// Lets the process have so many files open, if the system does; how many it does.
#[cfg(unix)]
fn raise_files(wanted: u64) -> io::Result<u64> {
    rlimit::increase_nofile_limit(wanted)
}

/// Elsewhere there is no such limit.
#[cfg(not(unix))]
fn raise_files(wanted: u64) -> io::Result<u64> {
    Ok(wanted)
}

/// How many connections there may be where so many files may be open.
fn affordable(wanted: usize, files: u64) -> usize {
    let most = files.saturating_sub(OTHER_FILES).max(files / 2);
    usize::try_from(most).map_or(wanted, |most| wanted.min(most))
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
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        async move { Ok::<_, Infallible>(answer(request, peer, router).await) }
    });
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.headers)
        .max_headers(HEADERS_LIMIT)
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}

async fn answer(mut request: Request<Incoming>, peer: Peer, router: Router) -> Response {
    let reading = Reading::of(&request);
    let mut response = if let Reading::Refused(oddity) = reading {
        tracing::debug!(oddity = oddity.as_str(), "a message was not read");
        let mut refusal = Response::new(Body::empty());
        *refusal.status_mut() = StatusCode::BAD_REQUEST;
        refusal
    } else {
        request.extensions_mut().insert(peer);
        let Ok(response) = router.oneshot(request.map(Body::new)).await;
        response
    };
    if reading != Reading::Usual {
        let headers = response.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
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

#[cfg(test)]
mod tests {
    use super::affordable;

    #[test]
    fn there_is_always_a_file_for_something_else() {
        assert_eq!(affordable(4096, 65_536), 4096);
        assert_eq!(affordable(4096, 4609), 4096);
        assert_eq!(affordable(4096, 4608), 4096);
        assert_eq!(affordable(4096, 4607), 4095);
        assert_eq!(affordable(4096, 1024), 512);
        assert_eq!(affordable(4096, 256), 128);
    }
}

//! What a message must look like before anything reads it, so that no two servers take one for two (RFC 9112: 3.2, 6.1, 11.2).
//!
//! hyper refuses what is malformed; here is what it forgives, because a server that nobody stands in front of may. A proxy stands in front
//! of this one, and what the two read differently is a request that nobody guarded.

use axum::http::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Request, Uri, Version};

/// What is done with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is answered, and others may follow on its connection.
    Usual,
    /// It is answered, and is the last of its connection: a proxy may have seen its end elsewhere.
    Last,
    /// It is not read.
    Refused(Oddity),
}

/// What two servers could read differently in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Oddity {
    /// It asks for something else than a path.
    Target,
    /// It names no host, several, or what is none.
    Host,
    /// It says in several ways, or in an unusual one, where it ends.
    Length,
}

impl Oddity {
    /// The word in the log.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Host => "host",
            Self::Length => "length",
        }
    }
}

impl Reading {
    /// Judges a message by its head.
    pub(super) fn of<B>(request: &Request<B>) -> Self {
        let headers = request.headers();
        if !is_path(request.uri()) {
            return Self::Refused(Oddity::Target);
        }
        if !is_one_host(headers, request.version()) {
            return Self::Refused(Oddity::Host);
        }
        let mut encodings = headers.get_all(TRANSFER_ENCODING).iter();
        match (encodings.next(), encodings.next()) {
            (None, _) => Self::Usual,
            (Some(only), None)
                if only.as_bytes().eq_ignore_ascii_case(b"chunked")
                    && !headers.contains_key(CONTENT_LENGTH) =>
            {
                // hyper drops a length that stands behind the encoding before anybody sees it.
                Self::Last
            }
            (Some(_), _) => Self::Refused(Oddity::Length),
        }
    }
}

/// A server that is no proxy is asked for a path: never for a whole address, which would name the host a second time.
fn is_path(target: &Uri) -> bool {
    target.authority().is_none() && target.path().starts_with('/')
}

/// Exactly one host, and one that is one. HTTP/1.0 may do without.
fn is_one_host(headers: &HeaderMap, version: Version) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version == Version::HTTP_10,
        (Some(host), None) => {
            !host.as_bytes().contains(&b'@') && Authority::try_from(host.as_bytes()).is_ok()
        }
        (Some(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(target: &str, version: Version, headers: &[(&str, &str)]) -> Reading {
        let mut request = Request::get(target).version(version);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Reading::of(&request.body(()).unwrap())
    }

    #[test]
    fn a_path_of_one_host_is_read() {
        for (version, headers) in [
            (Version::HTTP_11, vec![("host", "clave.example")]),
            (Version::HTTP_11, vec![("host", "[::1]:8080")]),
            (Version::HTTP_11, vec![("host", "x"), ("content-length", "1")]),
            (Version::HTTP_10, vec![]),
        ] {
            assert_eq!(reading("/", version, &headers), Reading::Usual, "{headers:?}");
        }
        let chunked = [("host", "x"), ("transfer-encoding", "Chunked")];
        assert_eq!(reading("/", Version::HTTP_11, &chunked), Reading::Last);
    }

    #[test]
    fn what_two_could_read_differently_is_not() {
        for target in ["http://clave.example/", "clave.example:80", "*"] {
            let host = [("host", "clave.example")];
            assert_eq!(
                reading(target, Version::HTTP_11, &host),
                Reading::Refused(Oddity::Target),
                "{target}"
            );
        }
        for headers in [
            vec![],
            vec![("host", "")],
            vec![("host", "a b")],
            vec![("host", "a@b")],
            vec![("host", "a/b")],
            vec![("host", "a"), ("host", "a")],
        ] {
            assert_eq!(
                reading("/", Version::HTTP_11, &headers),
                Reading::Refused(Oddity::Host),
                "{headers:?}"
            );
        }
        for headers in [
            vec![
                ("host", "a"),
                ("content-length", "1"),
                ("transfer-encoding", "chunked"),
            ],
            vec![("host", "a"), ("transfer-encoding", "identity, chunked")],
            vec![
                ("host", "a"),
                ("transfer-encoding", "chunked"),
                ("transfer-encoding", "chunked"),
            ],
        ] {
            assert_eq!(
                reading("/", Version::HTTP_11, &headers),
                Reading::Refused(Oddity::Length),
                "{headers:?}"
            );
        }
    }
}

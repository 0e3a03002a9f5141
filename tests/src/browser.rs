//! A browser as far as the server can tell: it keeps cookies, names its origin, and has an address.

use crate::told;
use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use server::http::Peer;
use shared::api::{BASE, Endpoint, Method, Problem};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use tower::ServiceExt;

/// Somebody's browser. Two of them share nothing.
#[derive(Clone, Debug)]
pub struct Browser {
    router: Router,
    origin: String,
    peer: SocketAddr,
    language: &'static str,
    cookies: Jar,
    carried: Vec<(HeaderName, HeaderValue)>,
}

/// The cookies that a browser keeps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jar(BTreeMap<String, String>);

impl Jar {
    /// Keeps a cookie of an answer, or forgets it where the answer ends it.
    pub(crate) fn keep(&mut self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a name");
        if attributes
            .split(';')
            .any(|attribute| attribute.trim() == "Max-Age=0")
        {
            self.0.remove(name);
        } else {
            told::note(value);
            self.0.insert(name.to_owned(), value.to_owned());
        }
    }

    /// What a request says of them, if there are any.
    pub(crate) fn header(&self) -> Option<String> {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Browser {
    /// A browser on a page of `origin`, in front of a router.
    pub fn new(router: Router, origin: &str) -> Self {
        let peer = SocketAddr::from(([192, 0, 2, 1], 50_000));
        Self {
            router,
            origin: origin.to_owned(),
            peer,
            language: "es-EC",
            cookies: Jar::default(),
            carried: Vec::new(),
        }
    }

    /// The same browser at another address.
    #[must_use]
    pub fn at(mut self, address: &str) -> Self {
        self.peer = SocketAddr::new(address.parse().expect("an address"), 50_000);
        self
    }

    /// The same browser with another language.
    #[must_use]
    pub fn speaking(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    /// The same browser behind something that puts a header into every request.
    #[must_use]
    pub fn carrying(mut self, name: &'static str, value: &str) -> Self {
        let value = value.parse().expect("a header's value");
        self.carried.push((HeaderName::from_static(name), value));
        self
    }

    /// Calls an endpoint as the frontend does. Anything but its response or a problem fails the test.
    pub async fn call<E: Endpoint>(&mut self, request: &E::Request) -> Result<E::Response, Problem> {
        let sent = serde_json::to_string(request).expect("a request is JSON");
        let reply = match E::METHOD {
            Method::Get => self.get(&format!("{BASE}{}", E::PATH)).await,
            Method::Post => self.post(&format!("{BASE}{}", E::PATH), sent).await,
        };
        if reply.status.is_success() {
            return Ok(reply.json());
        }
        assert_eq!(
            reply.header("content-type"),
            "application/problem+json",
            "{}",
            reply.text()
        );
        let problem: Problem = reply.json();
        assert_eq!(problem.status, reply.status.as_u16());
        Err(problem)
    }

    /// Gets a path.
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    /// Posts JSON, well-formed or not, from a page of the portal.
    pub async fn post(&mut self, path: &str, json: impl Into<Body>) -> Reply {
        let request = Request::post(path)
            .header(ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, "application/json")
            .body(json.into());
        self.send(request.expect("a request")).await
    }

    /// Sends any request, adds the browser's cookies and address, keeps the cookies of the answer.
    pub async fn send(&mut self, request: Request<Body>) -> Reply {
        let response = self.open(request).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("an answer's body")
            .to_vec();
        Reply {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// Sends a request and leaves the body of the answer to be read, as with a stream of events.
    pub async fn open(&mut self, mut request: Request<Body>) -> axum::response::Response {
        let headers = request.headers_mut();
        if let Some(cookies) = self.cookies.header() {
            headers.insert(COOKIE, cookies.parse().expect("a cookie header"));
        }
        headers
            .entry(ACCEPT_LANGUAGE)
            .or_insert(self.language.parse().expect("a language"));
        for (name, value) in &self.carried {
            headers.append(name, value.clone());
        }
        request.extensions_mut().insert(Peer(self.peer));
        let Ok(response) = self.router.clone().oneshot(request).await;
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie");
            assert_guarded(cookie);
            self.cookies.keep(cookie);
        }
        response
    }

    /// The value of a cookie that this browser holds.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.0.get(name).map(String::as_str)
    }

    /// Gives this browser a cookie, as somebody who stole it would.
    pub fn plant(&mut self, name: &str, value: &str) {
        self.cookies.0.insert(name.to_owned(), value.to_owned());
    }

    /// The origin that its pages have.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// Whatever a test is about: a cookie that a script, another site, another host or a connection in clear could see fails it.
fn assert_guarded(cookie: &str) {
    let mut parts = cookie.split("; ");
    let name = parts
        .next()
        .and_then(|pair| pair.split_once('='))
        .map_or("", |(name, _)| name);
    assert!(name.starts_with("__Host-"), "the cookie {name:?}");
    let attributes: Vec<&str> = parts.filter(|part| !part.starts_with("Max-Age=")).collect();
    assert_eq!(
        attributes,
        ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"],
        "of {name}"
    );
}

impl Reply {
    /// A header as text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON of a type.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    /// The problem that the body tells.
    pub fn problem(&self) -> Problem {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{} {}",
            self.status,
            self.text()
        );
        self.json()
    }
}

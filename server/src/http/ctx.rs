//! What a handler knows about a request: the time it came, from where, in which language, and its cookies.

use crate::app::App;
use crate::clock::Stopwatch;
use crate::entropy::Entropy;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;
use shared::i18n::Language;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// How much of a User-Agent header is kept, in characters.
pub const USER_AGENT_LIMIT: usize = 512;

/// What a handler is given.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The server.
    pub app: App,
    /// When the request came, on the server's clock. A use case takes all its times from here.
    pub now: Timestamp,
    /// Measures how long it takes, for the time floor.
    pub started: Stopwatch,
    /// Where it came from.
    pub source: Source,
    /// The language asked for by `Accept-Language`.
    pub language: Language,
    /// The request's id.
    pub id: RequestId,
    cookies: Vec<(String, Secret<String>)>,
    user_agent: String,
}

impl Ctx {
    /// What the browser says about itself, up to [`USER_AGENT_LIMIT`]; empty when it says nothing. Anybody may write it.
    pub fn user_agent(&self) -> &str {
        &self.user_agent
    }

    /// The value of a cookie of this site.
    pub fn cookie(&self, name: &str) -> Option<&Secret<String>> {
        self.cookies
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The same request, looked at later.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Self {
        Self { now, ..self.clone() }
    }
}

impl FromRequestParts<App> for Ctx {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self {
            app: app.clone(),
            now: app.clock.now(),
            started: Stopwatch::start(),
            source: Source::of(&parts.extensions, &parts.headers, &app.config.trusted_proxies),
            language: language(&parts.headers),
            id: RequestId::of(&parts.extensions),
            cookies: cookies(&parts.headers),
            user_agent: user_agent(&parts.headers),
        })
    }
}

/// The address at the other end of the connection, put into the request by the listener.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Where a request comes from: the peer, or, when the peer is a proxy of ours, what that proxy saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source(IpAddr);

impl Source {
    /// Takes an address.
    pub const fn new(address: IpAddr) -> Self {
        Self(address)
    }

    /// Reads `X-Forwarded-For` from the right, as far as trusted proxies wrote it; what stands further left, or comes
    /// from a peer that is no proxy of ours, anybody may have written.
    pub fn of(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let peer = extensions
            .get::<Peer>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let mut source = peer.to_canonical();
        let hops: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .flat_map(|line| line.to_str().unwrap_or("?").split(','))
            .map(str::trim)
            .collect();
        for hop in hops.iter().rev() {
            if !trusted.iter().any(|net| net.contains(&source)) {
                break;
            }
            match hop.parse::<IpAddr>() {
                Ok(address) => source = address.to_canonical(),
                Err(_) => break,
            }
        }
        Self(source)
    }

    /// The address.
    pub const fn address(self) -> IpAddr {
        self.0
    }

    /// What requests are counted under: the address, or the /64 that one IPv6 household owns.
    pub fn network(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

impl Source {
    /// What is counted beside [`Source::network`] where one customer's many networks are one source: a /48 of IPv6, which a provider gives
    /// whoever asks. An address of IPv4 is a site by itself.
    pub fn site(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}::/48")
            }
        }
    }
}

/// Finds a request in the log; 64 random bits in hexadecimal. Never taken from the request.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// A fresh one.
    pub fn draw(entropy: &Entropy) -> Self {
        Self(format!("{:016x}", u64::from_be_bytes(entropy.bytes())))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(extensions: &Extensions) -> Self {
        extensions.get().cloned().unwrap_or_else(|| Self("-".to_owned()))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}

/// The language with the highest weight that we have; Spanish when none is named.
fn language(headers: &HeaderMap) -> Language {
    let mut best = None;
    for part in headers
        .get_all(ACCEPT_LANGUAGE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
    {
        let mut pieces = part.split(';').map(str::trim);
        let Some(Ok(language)) = pieces.next().map(str::parse::<Language>) else {
            continue;
        };
        let weight = pieces
            .find_map(|piece| piece.strip_prefix("q="))
            .map_or(Some(1.0), |weight| weight.parse::<f32>().ok())
            .unwrap_or(0.0);
        if weight > 0.0 && best.is_none_or(|(_, highest)| weight > highest) {
            best = Some((language, weight));
        }
    }
    best.map_or(Language::default(), |(language, _)| language)
}

fn user_agent(headers: &HeaderMap) -> String {
    let text = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    text.unwrap_or_default().chars().take(USER_AGENT_LIMIT).collect()
}

fn cookies(headers: &HeaderMap) -> Vec<(String, Secret<String>)> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), Secret::from(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(Peer(peer.parse().unwrap()));
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        Source::of(&extensions, &headers, &trusted).address().to_string()
    }

    #[test]
    fn a_stranger_cannot_name_its_own_address() {
        assert_eq!(source("192.0.2.7:9", &["203.0.113.1"], &[]), "192.0.2.7");
        assert_eq!(
            source("192.0.2.7:9", &["203.0.113.1"], &["10.0.0.0/8"]),
            "192.0.2.7"
        );
    }

    #[test]
    fn a_trusted_proxy_is_believed_and_what_stood_before_it_is_not() {
        let trusted = &["10.0.0.0/8"];
        assert_eq!(
            source("10.0.0.1:9", &["198.51.100.1, 192.0.2.7"], trusted),
            "192.0.2.7"
        );
        assert_eq!(
            source("10.0.0.1:9", &["198.51.100.1, 192.0.2.7, 10.0.0.2"], trusted),
            "192.0.2.7"
        );
        assert_eq!(
            source("10.0.0.1:9", &["198.51.100.1", "192.0.2.7"], trusted),
            "192.0.2.7"
        );
        assert_eq!(
            source("10.0.0.1:9", &["192.0.2.7, nonsense"], trusted),
            "10.0.0.1"
        );
        assert_eq!(
            source("[::ffff:10.0.0.1]:9", &["192.0.2.7"], trusted),
            "192.0.2.7"
        );
        assert_eq!(source("10.0.0.1:9", &[], trusted), "10.0.0.1");
    }

    #[test]
    fn one_household_of_ipv6_counts_as_one() {
        let network = |text: &str| Source::new(text.parse().unwrap()).network();
        assert_eq!(network("2001:db8:1:2:3::4"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn languages_are_weighed() {
        let ask = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().unwrap());
            super::language(&headers)
        };
        assert_eq!(ask("de, en;q=0.7, es-EC;q=0.8"), Language::Es);
        assert_eq!(ask("en-GB, es;q=0.9"), Language::En);
        assert_eq!(ask("es;q=0, en;q=0.1"), Language::En);
        assert_eq!(ask("qu-EC, es;q=0.9"), Language::Qu);
        assert_eq!(ask("es-EC, qu;q=0.9, en;q=0.1"), Language::Es);
        assert_eq!(ask("en;q=x, fr"), Language::Es);
        assert_eq!(super::language(&HeaderMap::new()), Language::Es);
    }
}

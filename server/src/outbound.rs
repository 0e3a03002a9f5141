//! What every call to somebody else's server over HTTP needs: TLS, an answer with a limit, and errors without addresses.

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Response, Url};
use rustls::client::WantsClientCert;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore};
use shared::time::Timestamp;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

/// Reads an address that data of persons may be sent to: `https://`, or `http://` to this machine; without a user. The
/// reason of a refusal is for the operator.
pub fn address(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "is no address")?;
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let here = bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if here => {}
        "http" => return Err("must be https:// unless it is this machine: what is sent is personal data"),
        _ => return Err("must begin with https://"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must have no user: secrets stand in a file of their own");
    }
    Ok(url)
}

/// A client that asks the address it was given and no other: no proxy from the environment, no redirect, no address of ours
/// in a header, no retry of its own.
pub fn client(tls: ClientConfig) -> ClientBuilder {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .http1_only()
}

/// TLS without a certificate of our own; see [`trusting`].
pub fn tls(authorities: Option<&[u8]>) -> Result<ClientConfig, String> {
    Ok(trusting(authorities)?.with_no_client_auth())
}

/// TLS 1.2 or newer, but for whom we are. With authorities in PEM only those are trusted, otherwise the system's. The reason
/// of a refusal is for the operator.
pub fn trusting(authorities: Option<&[u8]>) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, String> {
    let mut roots = RootCertStore::empty();
    match authorities {
        Some(pem) => {
            for certificate in certificates(pem)? {
                roots.add(certificate).map_err(|error| error.to_string())?;
            }
        }
        // Single certificates of the system that cannot be read are none of ours.
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots))
}

/// The certificates of a file in PEM, at least one. The reason of a refusal is for the operator.
pub fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, &'static str> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|_| "is no PEM")?;
    if found.is_empty() {
        return Err("holds no certificate");
    }
    Ok(found)
}

/// Why a body was not read.
#[derive(Debug)]
pub enum Unread {
    /// It has more bytes than allowed.
    TooLarge,
    /// The connection ended, or the time was over, within it.
    Broken(reqwest::Error),
}

/// Reads a body in pieces, and gives it up at its limit.
pub async fn read(mut response: Response, limit: usize) -> Result<Vec<u8>, Unread> {
    if response
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Err(Unread::TooLarge);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Unread::Broken)? {
        if bytes.len() + chunk.len() > limit {
            return Err(Unread::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// How long the server wants to be left alone (`Retry-After`: seconds, or a date). Anything else is no wish.
pub fn wish(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // So many digits that they overflow mean a wait that nobody will take.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    let micros = at.duration_since(UNIX_EPOCH).ok()?.as_micros();
    let at = Timestamp::from_micros(i64::try_from(micros).ok()?);
    Some(if at > now { at.since(now) } else { Duration::ZERO })
}

/// The error with its causes, without the address that it was about.
pub fn told(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn only_this_machine_is_spoken_to_in_clear() {
        for good in [
            "https://gateway.example/send?x=1",
            "http://localhost:1/",
            "http://127.0.0.1:1/",
            "http://[::1]:1/",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://gateway.example/",
            "http://127.0.0.1.a.example/",
            "ftp://gateway.example/",
            "https://ana:clave@gateway.example/",
            "gateway.example",
            "",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_wish_is_seconds_or_a_date() {
        let now = Timestamp::from_millis(1_795_446_000_000);
        let wish = |text: &'static str| {
            wish(
                &HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(text))]),
                now,
            )
        };
        assert_eq!(wish("120"), Some(Duration::from_mins(2)));
        assert_eq!(wish("0"), Some(Duration::ZERO));
        assert_eq!(wish(" 12 "), Some(Duration::from_secs(12)));
        assert_eq!(
            wish("99999999999999999999999"),
            Some(Duration::from_secs(u64::MAX))
        );
        assert_eq!(
            wish("Mon, 23 Nov 2026 15:00:30 GMT"),
            Some(Duration::from_secs(30))
        );
        assert_eq!(wish("Mon, 23 Nov 2026 14:59:30 GMT"), Some(Duration::ZERO));
        for none in ["", "-1", "1.5", "soon", "Mon, 99 Nov 2026 15:00:07 GMT"] {
            assert_eq!(wish(none), None, "{none}");
        }
    }

    #[test]
    fn authorities_that_are_none_are_refused() {
        assert!(tls(None).is_ok());
        assert_eq!(tls(Some(b"nothing")).unwrap_err(), "holds no certificate");
        assert!(tls(Some(b"-----BEGIN CERTIFICATE-----\nAAAA")).is_err());
    }
}

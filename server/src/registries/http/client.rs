//! One request to a registry: the connection with its certificates, the limits of an answer, and nothing that repeats it.
//!
//! Invariants: no proxy from the environment, no redirect, no cookie; an answer is read in pieces and given up at its
//! limit; neither an address nor a byte of an answer leaves in an error.

use super::breaker::{Cause, Ending, Subject};
use super::mapping::Question;
use crate::clock::Clock;
use crate::outbound::{self, Unread};
use crate::registries::config::{HttpSource, Identity};
use crate::registries::watch::{Budget, Outcome};
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue,
};
use reqwest::{StatusCode, Url};
use rustls::ClientConfig;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::Value;
use shared::registries::Registry;
use std::time::Duration;

/// How long an idle connection is kept.
const IDLE: Duration = Duration::from_mins(1);

/// The configuration of a registry that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct SetupError {
    /// The field.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Why a request was not answered. It holds nothing of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No connection: name, network, TLS.
    Connect,
    /// The registry's time was over.
    Timeout,
    /// Our own time was over before the registry had its own.
    Late,
    /// The connection ended within the answer.
    Broken,
    /// A status that is no answer; with how long the registry wants to be left alone.
    Status(u16, Option<Duration>),
    /// More bytes than allowed.
    TooLarge,
    /// Not JSON, by its header.
    ContentType,
    /// Not JSON, by its content.
    NotJson,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, if it is JSON.
    pub body: Option<Value>,
}

/// Asks one registry.
#[derive(Debug)]
pub struct Client {
    registry: Registry,
    inner: reqwest::Client,
    url: Url,
    headers: HeaderMap,
    limit: usize,
    timeout: Duration,
    clock: Clock,
}

impl Trouble {
    /// Whether the same request may be answered in a moment.
    pub const fn passes(self) -> bool {
        match self {
            Self::Connect | Self::Timeout | Self::Broken => true,
            Self::Status(status, _) => matches!(status, 502..=504),
            Self::Late | Self::TooLarge | Self::ContentType | Self::NotJson => false,
        }
    }

    /// What it says about the registry. Whoever knows an odd identifier must not be able to shut everybody out: most 4xx and
    /// large answers are no failures, and what may have to do with `subject` counts once for it.
    pub const fn ending(self, subject: Subject) -> Ending {
        match self {
            Self::Late => Ending::GivenUp,
            Self::TooLarge | Self::Status(400 | 402 | 404..=407 | 409..=428 | 430..=499, _) => {
                Ending::Answered
            }
            // About us, or about everybody.
            Self::Connect | Self::Status(300..=499, _) => Ending::Failed(Cause::Registry),
            Self::Timeout | Self::Broken | Self::ContentType | Self::NotJson | Self::Status(..) => {
                Ending::Failed(Cause::Subject(subject))
            }
        }
    }

    /// How long the registry wants to be left alone.
    pub const fn asked_for(self) -> Option<Duration> {
        match self {
            Self::Status(_, asked_for) => asked_for,
            Self::Connect
            | Self::Timeout
            | Self::Late
            | Self::Broken
            | Self::TooLarge
            | Self::ContentType
            | Self::NotJson => None,
        }
    }

    /// How a look-up is said to have ended that failed of it.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Connect => Outcome::Connect,
            Self::Timeout => Outcome::Timeout,
            Self::Late => Outcome::Late,
            Self::Broken => Outcome::Broken,
            Self::Status(..) => Outcome::Status,
            Self::TooLarge => Outcome::TooLarge,
            Self::ContentType => Outcome::ContentType,
            Self::NotJson => Outcome::NotJson,
        }
    }
}

impl Client {
    /// Prepares the connections; none is opened.
    pub fn new(registry: Registry, source: &HttpSource, clock: Clock) -> Result<Self, SetupError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(token) = &source.token {
            let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose()))
                .map_err(|_| setup(source, "token_file", "holds a character that no header may have"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let inner = outbound::client(tls(source)?)
            .https_only(source.url.scheme() == "https")
            .connect_timeout(source.connect_timeout)
            .pool_max_idle_per_host(source.connections)
            .pool_idle_timeout(IDLE)
            .build()
            .map_err(|error| setup(source, "url", outbound::told(error)))?;
        Ok(Self {
            registry,
            inner,
            url: source.url.clone(),
            headers,
            limit: source.answer_limit,
            timeout: source.timeout,
            clock,
        })
    }

    /// Asks once, for as long as one try may take and no longer than what is left. Where that is less than a try may take,
    /// the end of the time is our lateness, unless it is nearly all that there ever was.
    pub async fn ask(&self, question: &Question, budget: Budget) -> Result<Answer, Trouble> {
        let limit = self.timeout.min(budget.left());
        let over = if limit < self.timeout.min(budget.nearly_whole()) {
            Trouble::Late
        } else {
            Trouble::Timeout
        };
        tokio::time::timeout(limit, self.exchange(question))
            .await
            .unwrap_or(Err(over))
    }

    async fn exchange(&self, question: &Question) -> Result<Answer, Trouble> {
        let mut headers = self.headers.clone();
        headers.extend(question.headers());
        let response = self
            .inner
            .get(question.url(&self.url))
            .headers(headers)
            .send()
            .await
            .map_err(|error| self.trouble(error))?;
        let status = response.status();
        if !(status.is_success() || status.is_client_error()) || throttled(status) {
            let wish = outbound::wish(response.headers(), self.clock.now());
            return Err(Trouble::Status(status.as_u16(), wish));
        }
        let is_json = is_json(response.headers());
        if status.is_success() && !is_json {
            return Err(Trouble::ContentType);
        }
        let bytes = match outbound::read(response, self.limit).await {
            Ok(bytes) => bytes,
            Err(Unread::TooLarge) => return Err(Trouble::TooLarge),
            Err(Unread::Broken(error)) => return Err(self.trouble(error)),
        };
        // A refusal without JSON is told by its status.
        let body = if is_json {
            match serde_json::from_slice(&bytes) {
                Ok(value) => Some(value),
                Err(_) if status.is_client_error() => None,
                Err(_) => return Err(Trouble::NotJson),
            }
        } else {
            None
        };
        Ok(Answer {
            status: status.as_u16(),
            body,
        })
    }

    fn trouble(&self, error: reqwest::Error) -> Trouble {
        let trouble = if error.is_timeout() {
            Trouble::Timeout
        } else if error.is_connect() {
            Trouble::Connect
        } else {
            Trouble::Broken
        };
        tracing::debug!(registry = ?self.registry, cause = %outbound::told(error), "a request failed");
        trouble
    }
}

/// 408 and 429 are no answers, 401 and 403 are about us and not about whom we ask for.
fn throttled(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 403 | 408 | 429)
}

/// `application/json` or `application/…+json`, not compressed.
fn is_json(headers: &HeaderMap) -> bool {
    let essence = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(|value| {
            value
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase()
        });
    let plain = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    plain
        && essence.is_some_and(|essence| {
            essence == "application/json"
                || (essence.starts_with("application/") && essence.ends_with("+json"))
        })
}

/// TLS with the source's authorities, and with our certificate where the registry wants one.
fn tls(source: &HttpSource) -> Result<ClientConfig, SetupError> {
    let builder = outbound::trusting(source.authorities.as_deref())
        .map_err(|reason| setup(source, "ca_file", reason))?;
    match &source.identity {
        None => Ok(builder.with_no_client_auth()),
        Some(Identity { certificate, key }) => {
            let chain = outbound::certificates(certificate)
                .map_err(|reason| setup(source, "client_cert_file", reason))?;
            let key = PrivateKeyDer::from_pem_slice(key.expose())
                .map_err(|_| setup(source, "client_key_file", "holds no private key in PEM"))?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| setup(source, "client_key_file", error))
        }
    }
}

fn setup(source: &HttpSource, field: &str, reason: impl ToString) -> SetupError {
    SetupError {
        field: format!("{}.{field}", source.section),
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_its_type() {
        let header = |value: &'static str| {
            is_json(&HeaderMap::from_iter([(
                CONTENT_TYPE,
                HeaderValue::from_static(value),
            )]))
        };
        for good in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/problem+json",
        ] {
            assert!(header(good), "{good}");
        }
        for bad in [
            "text/html",
            "text/json",
            "application/jsonp",
            "json",
            "",
            "application/x+jsonx",
        ] {
            assert!(!header(bad), "{bad}");
        }
        assert!(!is_json(&HeaderMap::new()));
        let compressed = HeaderMap::from_iter([
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (CONTENT_ENCODING, HeaderValue::from_static("gzip")),
        ]);
        assert!(!is_json(&compressed));
    }

    #[test]
    fn only_what_passes_is_tried_again() {
        let again = |status| Trouble::Status(status, None).passes();
        assert!(again(502) && again(503) && again(504));
        for status in [301, 401, 403, 408, 429, 500, 501, 505] {
            assert!(!again(status), "{status}");
        }
        assert!(Trouble::Connect.passes() && Trouble::Timeout.passes() && Trouble::Broken.passes());
        assert!(!Trouble::NotJson.passes() && !Trouble::TooLarge.passes());
    }

    #[test]
    fn what_may_be_about_one_identifier_opens_no_circuit() {
        let who = [7; 32];
        let status = |status| Trouble::Status(status, None).ending(who);
        for code in [400, 404, 409, 410, 422, 428, 451] {
            assert_eq!(status(code), Ending::Answered, "{code}");
        }
        assert_eq!(Trouble::TooLarge.ending(who), Ending::Answered);
        for code in [301, 401, 403, 408, 429] {
            assert_eq!(status(code), Ending::Failed(Cause::Registry), "{code}");
        }
        assert_eq!(Trouble::Connect.ending(who), Ending::Failed(Cause::Registry));
        for code in [500, 503] {
            assert_eq!(status(code), Ending::Failed(Cause::Subject(who)), "{code}");
        }
        assert_eq!(Trouble::Timeout.ending(who), Ending::Failed(Cause::Subject(who)));
        assert_eq!(Trouble::Late.ending(who), Ending::GivenUp);
    }
}

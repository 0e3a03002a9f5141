//! One request to the gateway, and what its answer means.
//!
//! No proxy from the environment, no redirect, no cookie, no retry of its own: the outbox tries again, with a fresh link. An
//! answer is read up to its limit, and only where a rule looks into it.

use super::config::{BodyRule, Method, NumberForm, SmsConfig};
use super::template::{Escape, Place};
use super::{Doubt, Refused, TextMessage};
use crate::notifications::mailer::SendError;
use crate::outbound::{self, Unread};
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Response};
use shared::time::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// Connections kept open at most, and for how long without use.
const CONNECTIONS: usize = 2;
const IDLE: Duration = Duration::from_secs(30);

/// A gateway that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct GatewayError {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

/// A gateway. Clones share its connections.
#[derive(Clone)]
pub struct Gateway(Arc<Inner>);

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateway")
    }
}

struct Inner {
    client: Client,
    config: SmsConfig,
}

impl Gateway {
    /// Prepares the connections; opens none yet.
    pub fn new(config: &SmsConfig) -> Result<Self, GatewayError> {
        let wrong = |field, reason| GatewayError { field, reason };
        let tls =
            outbound::tls(config.authorities.as_deref()).map_err(|reason| wrong("sms.ca_file", reason))?;
        let client = outbound::client(tls)
            .timeout(config.timeout)
            .pool_max_idle_per_host(CONNECTIONS)
            .pool_idle_timeout(IDLE)
            .build()
            .map_err(|error| wrong("sms.url", outbound::told(error)))?;
        Ok(Self(Arc::new(Inner {
            client,
            config: config.clone(),
        })))
    }

    /// Asks the gateway once to send a message. It returns when the gateway has accepted it, refused it, or not answered in
    /// time.
    pub async fn send(&self, message: &TextMessage, now: Timestamp) -> Result<(), Refused> {
        let Inner { client, config } = &*self.0;
        let number = config.number(message);
        let value = |place| match place {
            Place::Number => number.as_str(),
            Place::Text => message.text.as_str(),
            Place::Sender => config.sender.as_str(),
            Place::Token => config.token.expose().as_str(),
            Place::Id => message.id.as_str(),
        };
        let mut headers = HeaderMap::from_iter([(CACHE_CONTROL, HeaderValue::from_static("no-store"))]);
        for (name, template) in &config.headers {
            let mut filled =
                HeaderValue::try_from(template.fill(Escape::Plain, value)).map_err(|_| UNWRITABLE)?;
            filled.set_sensitive(true);
            headers.insert(name.clone(), filled);
        }
        let url = outbound::address(&config.url.fill(Escape::Percent, value)).map_err(|_| UNWRITABLE)?;
        let mut request = match config.method {
            Method::Get => client.get(url),
            Method::Post => client.post(url),
            Method::Put => client.put(url),
        };
        if let Some(body) = &config.body {
            headers.insert(CONTENT_TYPE, body.content_type.clone());
            request = request.body(body.template.fill(body.escape, value));
        }
        let response = match request.headers(headers).send().await {
            Ok(response) => response,
            Err(error) => {
                // Without a connection nothing was asked; a request without an answer may have been carried out.
                let doubt = if error.is_connect() {
                    Doubt::Refused
                } else {
                    Doubt::Silent
                };
                tracing::debug!(cause = %outbound::told(error), "the gateway did not answer");
                return Err(later(0, None, doubt));
            }
        };
        self.judge(response, now).await
    }

    async fn judge(&self, response: Response, now: Timestamp) -> Result<(), Refused> {
        let config = &self.0.config;
        let status = response.status().as_u16();
        let wish = outbound::wish(response.headers(), now);
        let (accepts, retries) = (config.success.has(status), config.retry.has(status));
        let rules = (
            config.success.body.as_ref().filter(|_| accepts),
            config.retry.body.as_ref(),
        );
        let body = match rules {
            (None, None) => Vec::new(),
            (Some(_), _) | (_, Some(_)) => match outbound::read(response, config.answer_limit).await {
                Ok(body) => body,
                // The status accepts, and what it was to be held against is missing: nobody knows, and a second message
                // costs more than a missing one.
                Err(Unread::TooLarge) => Vec::new(),
                Err(Unread::Broken(error)) => {
                    tracing::debug!(cause = %outbound::told(error), "the gateway broke off");
                    return Err(later(status, wish, Doubt::Silent));
                }
            },
        };
        let meets = |rule: Option<&BodyRule>| rule.is_none_or(|rule| rule.is_met(&body));
        let again = config.retry.body.as_ref().is_some_and(|rule| rule.is_met(&body));
        if accepts && meets(rules.0) {
            Ok(())
        } else if again || (retries && !accepts) {
            Err(later(status, wish, Doubt::Refused))
        } else {
            let doubt = if accepts { Doubt::Silent } else { Doubt::Refused };
            Err(Refused {
                error: SendError::Permanent { code: status },
                doubt,
            })
        }
    }
}

/// A message that makes no request: the configuration was checked with a sample, so this one is not met.
const UNWRITABLE: Refused = Refused {
    error: SendError::Permanent { code: 0 },
    doubt: Doubt::Refused,
};

const fn later(code: u16, after: Option<Duration>, doubt: Doubt) -> Refused {
    Refused {
        error: SendError::Temporary { code, after },
        doubt,
    }
}

impl SmsConfig {
    fn number(&self, message: &TextMessage) -> String {
        let number = message.to.to_string();
        match self.number {
            NumberForm::E164 => number,
            NumberForm::Digits => number.trim_start_matches('+').to_owned(),
        }
    }
}

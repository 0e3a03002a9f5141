//! Asks authorities about revocation, on behalf of a certificate that may be an attacker's.
//!
//! Invariants: only listed hosts are asked; a name is looked up once, by us, and the connection goes to an address that was found
//! public; no redirect, no proxy, no cookie, no connection that is used twice; an answer is read in pieces up to a limit of bytes, and
//! everything together up to a limit of time. What an answer says of its own type is not believed: the notary reads it, or does not.

mod addresses;
mod hosts;

pub use addresses::is_public;
pub use hosts::{Admitted, Hosts};

use crate::outbound::{self, Unread};
use notary::{Question, Unanswered};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, RequestBuilder, StatusCode, Url};
use std::sync::Arc;
use std::time::Duration;

/// How many bytes an OCSP response may have. Usual are two thousand.
const OCSP_LIMIT: usize = 64 << 10;

/// How many bytes a revocation list may have. Usual are some hundred thousand.
const CRL_LIMIT: usize = 16 << 20;

/// Asks, or is told not to.
#[derive(Clone, Debug)]
pub enum Fetcher {
    /// Asks.
    Open(Box<Clients>),
    /// Asks nobody: every question is unanswered.
    Offline,
}

/// The connections.
#[derive(Clone, Debug)]
pub struct Clients {
    hosts: Hosts,
    outside: Client,
    inside: Client,
    timeout: Duration,
}

/// A name that leads to no public address.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
struct NotPublic;

/// Looks names up, and keeps only public addresses.
#[derive(Debug)]
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let mut found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            found.retain(|address| is_public(address.ip()));
            if found.is_empty() {
                return Err(NotPublic.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

impl Fetcher {
    /// Prepares the connections; none is opened. The reason of a refusal is for the operator.
    pub fn new(hosts: Hosts, timeout: Duration) -> Result<Self, String> {
        if hosts.is_empty() {
            return Ok(Self::Offline);
        }
        let client = || {
            let builder = outbound::client(outbound::tls(None)?).pool_max_idle_per_host(0);
            Ok::<_, String>(builder.connect_timeout(timeout))
        };
        let outside = client()?.dns_resolver(Arc::new(PublicOnly));
        Ok(Self::Open(Box::new(Clients {
            hosts,
            outside: outside.build().map_err(outbound::told)?,
            inside: client()?.build().map_err(outbound::told)?,
            timeout,
        })))
    }

    /// Asks once, for as long as one question may take and no longer than what is left.
    pub async fn fetch(&self, question: &Question, left: Duration) -> Result<Vec<u8>, Unanswered> {
        match self {
            Self::Offline => Err(Unanswered::Unreachable),
            Self::Open(clients) => clients.fetch(question, left).await,
        }
    }
}

impl Clients {
    async fn fetch(&self, question: &Question, left: Duration) -> Result<Vec<u8>, Unanswered> {
        let (request, limit) = match question {
            Question::Ocsp { url, request } => {
                let (client, url) = self.admitted(url)?;
                let asking = client
                    .post(url)
                    .header(CONTENT_TYPE, "application/ocsp-request")
                    .header(ACCEPT, "application/ocsp-response");
                (asking.body(request.clone()), OCSP_LIMIT)
            }
            Question::Crl { url } => {
                let (client, url) = self.admitted(url)?;
                (client.get(url).header(ACCEPT, "application/pkix-crl"), CRL_LIMIT)
            }
        };
        tokio::time::timeout(self.timeout.min(left), exchange(request, limit))
            .await
            .unwrap_or(Err(Unanswered::Unreachable))
    }

    fn admitted(&self, url: &str) -> Result<(&Client, Url), Unanswered> {
        match self.hosts.admit(url) {
            Some(Admitted::Outside(url)) => Ok((&self.outside, url)),
            Some(Admitted::Inside(url)) => Ok((&self.inside, url)),
            None => Err(Unanswered::Forbidden),
        }
    }
}

async fn exchange(request: RequestBuilder, limit: usize) -> Result<Vec<u8>, Unanswered> {
    let response = request.send().await.map_err(unanswered)?;
    if response.status() != StatusCode::OK {
        tracing::debug!(status = response.status().as_u16(), "an authority gave no answer");
        return Err(Unanswered::Unreachable);
    }
    outbound::read(response, limit)
        .await
        .map_err(|unread| match unread {
            Unread::TooLarge => Unanswered::TooLarge,
            Unread::Broken(error) => unanswered(error),
        })
}

fn unanswered(error: reqwest::Error) -> Unanswered {
    let refused = is_of_a_name_inside(&error);
    tracing::debug!(cause = %outbound::told(error), "an authority cannot be asked");
    if refused {
        Unanswered::Forbidden
    } else {
        Unanswered::Unreachable
    }
}

fn is_of_a_name_inside(error: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if inner.is::<NotPublic>() {
            return true;
        }
        cause = inner.source();
    }
    false
}

#[cfg(test)]
mod tests;

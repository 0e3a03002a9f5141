//! What `clavero doctor` looks at: what is trusted and until when, and whether the hosts that may be asked are there.

use super::config::SignaturesConfig;
use super::fetcher::is_public;
use super::trust::Given;
use notary::{Trusted, TrustedAs};
use shared::time::{CivilDate, Timestamp};
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};

/// How long before its end a certificate is spoken of.
const SOON: Duration = Duration::from_hours(24 * 60);

/// How long a look-up or a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is in order.
    Good(String),
    /// Something will not work.
    Odd(String),
    /// The server does not start with it.
    Bad(String),
}

/// Looks at the section. Nobody is asked anything; mirrors are connected to, names are looked up.
pub async fn look(config: &SignaturesConfig, now: Timestamp) -> Vec<Seen> {
    let mut seen = trusted(config, now);
    if config.hosts.is_empty() && config.anchors.is_some() {
        seen.push(Seen::Odd(
            "nobody is asked about revocation, so that no signature passes: list signatures.revocation_hosts"
                .to_owned(),
        ));
    }
    for host in config.hosts.public() {
        seen.push(public(host).await);
    }
    for (host, port) in config.hosts.private() {
        seen.push(mirror(host, port).await);
    }
    seen
}

/// What the server does not start with, without looking anybody up.
pub fn unusable(config: &SignaturesConfig, now: Timestamp) -> Vec<String> {
    let bad = |seen| match seen {
        Seen::Bad(text) => Some(text),
        Seen::Good(_) | Seen::Odd(_) => None,
    };
    trusted(config, now).into_iter().filter_map(bad).collect()
}

fn trusted(config: &SignaturesConfig, now: Timestamp) -> Vec<Seen> {
    let trust = Given::read(config).and_then(|given| given.trust());
    let trust = match trust {
        Ok(trust) => trust,
        Err(error) => return vec![Seen::Bad(error.to_string())],
    };
    if !trust.has_anchors() {
        // None are named, which the configuration's warnings say.
        return Vec::new();
    }
    let authorities = trust.authorities().names().count();
    let table = Seen::Good(format!("{authorities} authorities in the table"));
    let certificates = trust
        .certificates()
        .map(|certificate| certificate_seen(&certificate, now));
    std::iter::once(table).chain(certificates).collect()
}

fn certificate_seen(certificate: &Trusted, now: Timestamp) -> Seen {
    let kind = match certificate.as_what {
        TrustedAs::Anchor => "anchor",
        TrustedAs::Intermediate => "intermediate",
    };
    let (name, until) = (&certificate.name, CivilDate::in_ecuador(certificate.not_after));
    let sha256 = &certificate.sha256;
    if certificate.not_after < now {
        Seen::Odd(format!("{kind} {name}: expired on {until}"))
    } else if now < certificate.not_before {
        Seen::Odd(format!("{kind} {name}: is not valid yet"))
    } else if certificate.not_after < now.after(SOON) {
        Seen::Odd(format!(
            "{kind} {name}: expires on {until}: ask the authority for the next one"
        ))
    } else {
        Seen::Good(format!("{kind} {name}: until {until}, SHA-256 {sha256}"))
    }
}

async fn public(host: &str) -> Seen {
    let found = tokio::time::timeout(PATIENCE, lookup_host((host, 0))).await;
    let Ok(Ok(mut addresses)) = found else {
        return Seen::Odd(format!("{host}: its name cannot be looked up"));
    };
    if addresses.any(|address| is_public(address.ip())) {
        Seen::Good(format!("{host} may be asked about revocation"))
    } else {
        Seen::Odd(format!(
            "{host}: leads to no public address and is not asked; a mirror stands in signatures.revocation_private"
        ))
    }
}

async fn mirror(host: &str, port: u16) -> Seen {
    match tokio::time::timeout(PATIENCE, TcpStream::connect((host, port))).await {
        Ok(Ok(_)) => Seen::Good(format!("{host}:{port} accepts connections")),
        Ok(Err(error)) => Seen::Odd(format!("{host}:{port}: {error}")),
        Err(_) => Seen::Odd(format!("{host}:{port} does not answer within 5 s")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use std::path::Path;

    const NOW: Timestamp = Timestamp::from_millis(1_795_446_000_000);

    async fn seen(text: &str) -> Vec<Seen> {
        let text = format!("[signatures]\n{text}");
        let config = Config::parse(&text, Path::new("/nonexistent")).unwrap();
        look(&config.signatures, NOW).await
    }

    #[tokio::test]
    async fn no_anchors_are_left_to_the_configurations_warnings_and_a_wrong_folder_is_a_failure() {
        assert_eq!(seen("").await, []);
        let missing = seen("anchors = \"missing\"").await;
        assert!(
            matches!(missing.first(), Some(Seen::Bad(text)) if text.contains("missing")),
            "{missing:?}"
        );
        assert!(
            matches!(missing.get(1), Some(Seen::Odd(text)) if text.contains("revocation_hosts")),
            "{missing:?}"
        );
    }

    #[tokio::test]
    async fn hosts_are_looked_up_and_mirrors_connected_to() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let text = format!(
            "revocation_hosts = [\"localhost\", \"nowhere.invalid\"]\nrevocation_private = [\"127.0.0.1:{port}\"]"
        );
        let found = seen(&text).await;
        let [inside, nowhere, mirror] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert!(
            matches!(inside, Seen::Odd(text) if text.contains("no public address")),
            "{inside:?}"
        );
        assert!(matches!(nowhere, Seen::Odd(_)), "{nowhere:?}");
        assert!(matches!(mirror, Seen::Good(_)), "{mirror:?}");
        drop(listener);
        let gone = seen(&text).await;
        assert!(matches!(gone.last(), Some(Seen::Odd(_))), "{gone:?}");
    }

    #[test]
    fn a_certificate_is_spoken_of_before_its_end() {
        let lasting = |not_after| Trusted {
            name: "Raíz".to_owned(),
            as_what: TrustedAs::Anchor,
            not_before: NOW.before(SOON),
            not_after,
            sha256: "00".to_owned(),
        };
        let tick = Duration::from_micros(1);
        let good = |not_after| matches!(certificate_seen(&lasting(not_after), NOW), Seen::Good(_));
        assert!(good(NOW.after(SOON)));
        assert!(!good(NOW.after(SOON).before(tick)));
        assert!(!good(NOW.before(tick)));
    }
}

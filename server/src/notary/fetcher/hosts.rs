//! Whom we may ask: the operator's list. An address in a certificate is an attacker's to choose.

use super::addresses::is_public;
use crate::config::{ConfigError, field};
use reqwest::Url;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv6Addr};

/// How long an address in a certificate may be.
const LONGEST: usize = 2048;

/// The hosts that may be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    /// At the usual ports and at public addresses only.
    public: BTreeSet<String>,
    /// At this port, wherever it leads: an institution's own mirror.
    private: BTreeSet<(String, u16)>,
}

/// An address that may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admitted {
    /// Where its name leads must be public.
    Outside(Url),
    /// Wherever it leads.
    Inside(Url),
}

impl Hosts {
    /// Reads both lists.
    pub fn of(public: &[String], private: &[String]) -> Result<Self, ConfigError> {
        let public = public.iter().map(|text| {
            name(text).ok_or_else(|| {
                let reason =
                    format!("{text}: must be the name of a host alone, without scheme, port or path");
                field("signatures.revocation_hosts", reason)
            })
        });
        let private = private.iter().map(|text| {
            place(text).ok_or_else(|| {
                let reason = format!("{text}: must be a host and a port, such as 10.0.0.7:8080");
                field("signatures.revocation_private", reason)
            })
        });
        Ok(Self {
            public: public.collect::<Result<_, _>>()?,
            private: private.collect::<Result<_, _>>()?,
        })
    }

    /// Whether nobody may be asked.
    pub fn is_empty(&self) -> bool {
        self.public.is_empty() && self.private.is_empty()
    }

    /// The names that must lead to public addresses, for who checks an installation.
    pub fn public(&self) -> impl Iterator<Item = &str> {
        self.public.iter().map(String::as_str)
    }

    /// The mirrors, for who checks an installation.
    pub fn private(&self) -> impl Iterator<Item = (&str, u16)> {
        self.private.iter().map(|(host, port)| (host.as_str(), *port))
    }

    /// Whether an address may be asked, before its name is looked up. What the certificate writes as an address in numbers, in
    /// whatever notation, is one after parsing and is judged as one.
    pub fn admit(&self, text: &str) -> Option<Admitted> {
        if text.len() > LONGEST {
            return None;
        }
        let mut url = Url::parse(text).ok()?;
        let plain = url.username().is_empty() && url.password().is_none();
        if !plain || !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        url.set_fragment(None);
        let (host, port) = (bare(&url)?, url.port_or_known_default()?);
        if self.private.contains(&(host.clone(), port)) {
            return Some(Admitted::Inside(url));
        }
        let usual = url.port().is_none_or(|port| port == 80 || port == 443);
        let inside = host.parse::<IpAddr>().is_ok_and(|address| !is_public(address));
        (usual && !inside && self.public.contains(&host)).then_some(Admitted::Outside(url))
    }
}

/// The host as both lists have it: lower case, no brackets, no dot at the end.
fn bare(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_matches(['[', ']']);
    Some(host.strip_suffix('.').unwrap_or(host).to_owned())
}

/// `ocsp.example.ec`, `192.0.2.7` or `[2001:db8::7]`, and nothing else.
fn name(text: &str) -> Option<String> {
    let in_brackets = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let plain = match in_brackets {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)),
    };
    let url = Url::parse(&format!("http://{text}/")).ok().filter(|_| plain)?;
    bare(&url).filter(|host| !host.is_empty())
}

/// The same with a port.
fn place(text: &str) -> Option<(String, u16)> {
    let (host, port) = text.rsplit_once(':')?;
    Some((name(host)?, port.parse().ok().filter(|port| *port > 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(public: &[&str], private: &[&str]) -> Hosts {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        Hosts::of(&owned(public), &owned(private)).unwrap()
    }

    fn word(hosts: &Hosts, text: &str) -> &'static str {
        match hosts.admit(text) {
            Some(Admitted::Outside(_)) => "outside",
            Some(Admitted::Inside(_)) => "inside",
            None => "none",
        }
    }

    #[test]
    fn only_listed_hosts_at_usual_ports_are_asked() {
        let hosts = hosts(
            &["OCSP.example.ec", "127.0.0.1", "8.8.8.8"],
            &["127.0.0.1:8081", "[::1]:8082", "mirror.example:80"],
        );
        for (text, expected) in [
            ("http://ocsp.example.ec/", "outside"),
            ("http://ocsp.example.ec", "outside"),
            ("HTTP://OCSP.EXAMPLE.EC/ocsp?x=1#part", "outside"),
            ("http://ocsp.example.ec./", "outside"),
            ("https://ocsp.example.ec/", "outside"),
            ("https://ocsp.example.ec:443/", "outside"),
            ("http://ocsp.example.ec:443/", "outside"),
            ("http://8.8.8.8/", "outside"),
            ("http://ocsp.example.ec:8080/", "none"),
            ("http://ocsp.example.ec:22/", "none"),
            ("http://a.ocsp.example.ec/", "none"),
            ("http://example.ec/", "none"),
            ("http://ocsp.example.ec.evil.example/", "none"),
            ("http://ocsp.example.ec@evil.example/", "none"),
            ("http://user@ocsp.example.ec/", "none"),
            ("http://:secret@ocsp.example.ec/", "none"),
            ("ldap://ocsp.example.ec/", "none"),
            ("file:///etc/passwd", "none"),
            ("ftp://ocsp.example.ec/", "none"),
            ("gopher://ocsp.example.ec/", "none"),
            ("//ocsp.example.ec/", "none"),
            ("", "none"),
            // Listed, but no public address, in any notation.
            ("http://127.0.0.1/", "none"),
            ("http://2130706433/", "none"),
            ("http://0x7f000001/", "none"),
            ("http://0177.0.0.1/", "none"),
            ("http://127.1/", "none"),
            ("http://[::ffff:127.0.0.1]/", "none"),
            // A mirror is its host at its port, and nothing else of that host.
            ("http://127.0.0.1:8081/crl", "inside"),
            ("http://0x7f.1:8081/crl", "inside"),
            ("http://127.0.0.1:8082/", "none"),
            ("http://127.0.0.2:8081/", "none"),
            ("http://localhost:8081/", "none"),
            ("http://[::1]:8082/", "inside"),
            ("http://mirror.example/", "inside"),
            ("http://mirror.example:80/", "inside"),
            ("https://mirror.example/", "none"),
        ] {
            assert_eq!(word(&hosts, text), expected, "{text}");
        }
        let long = format!("http://ocsp.example.ec/{}", "a".repeat(LONGEST));
        assert_eq!(word(&hosts, &long), "none");
        assert_eq!(word(&Hosts::default(), "http://ocsp.example.ec/"), "none");
    }

    #[test]
    fn a_list_holds_hosts_and_nothing_else() {
        for bad in [
            "",
            "http://ocsp.example.ec",
            "ocsp.example.ec/",
            "ocsp.example.ec/path",
            "ocsp.example.ec:80",
            "ocsp.example.ec:",
            "ocsp.example.ec?x",
            "*.example.ec",
            "user@ocsp.example.ec",
            "a b",
        ] {
            assert_eq!(name(bad), None, "{bad}");
        }
        for bad in [
            "127.0.0.1",
            "127.0.0.1:0",
            "127.0.0.1:65536",
            ":80",
            "127.0.0.1:x",
        ] {
            assert_eq!(place(bad), None, "{bad}");
        }
        assert_eq!(name("[2001:db8::7]").as_deref(), Some("2001:db8::7"));
    }
}

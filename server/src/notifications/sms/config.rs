//! The section `[sms]`: how the institution's gateway for text messages wants to be asked, and what its answers mean.

use super::template::{Escape, Place, Template};
use crate::config::declare::{Secrecy, section, told};
use crate::config::{ConfigError, PublicUrl, field, read, read_secret};
use crate::notifications::sms::wording;
use crate::outbound;
use regex::bytes::Regex;
use reqwest::header::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::notifications::gsm::SEPTETS;
use shared::secrets::Secret;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A gateway that sends text messages when it is asked over HTTP.
#[derive(Clone, Debug)]
pub struct SmsConfig {
    /// Where it is asked; what it leads to is checked at the start.
    pub url: Template,
    /// How.
    pub method: Method,
    /// The body and its type; none for GET.
    pub body: Option<Body>,
    /// Headers beside those of HTTP itself.
    pub headers: Vec<(HeaderName, Template)>,
    /// Who the message is from, as the gateway takes it.
    pub sender: String,
    /// How it wants numbers.
    pub number: NumberForm,
    /// The secret for `{token}`.
    pub token: Secret<String>,
    /// When an answer means that the message was taken over.
    pub success: Rule,
    /// When a refusal may be none later.
    pub retry: Rule,
    /// How long one try may take.
    pub timeout: Duration,
    /// How many bytes of an answer are read.
    pub answer_limit: usize,
    /// Authorities (PEM) to trust instead of the system's.
    pub authorities: Option<Vec<u8>>,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its type.
    pub content_type: HeaderValue,
    /// How values are written in it.
    pub escape: Escape,
    /// Its text.
    pub template: Template,
}

/// How the gateway is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Everything stands in the address.
    Get,
    /// With a body.
    Post,
    /// With a body.
    Put,
}

/// How a gateway wants numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberForm {
    /// `+593991234567`.
    E164,
    /// `593991234567`.
    Digits,
}

/// What an answer must be like.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Statuses.
    pub status: Vec<RangeInclusive<u16>>,
    /// What must be in the body, where the status does not say enough.
    pub body: Option<BodyRule>,
}

/// What a body must hold.
#[derive(Clone, Debug)]
pub enum BodyRule {
    /// JSON with something at this place (RFC 6901), and this value where one is given.
    Json {
        /// The place.
        pointer: String,
        /// The value.
        equals: Option<Value>,
    },
    /// Bytes that match.
    Matches(Regex),
}

section! {
    /// The gateway for text messages.
    pub(crate) struct Section {
        /// Its address, with https:// (or http:// to this machine); may hold places, behind the host.
        url: Option<String> = None,
            otherwise "required",
            example "\"https://gateway.example.ec/v1/messages\"",
            secrecy Secrecy::BehindHost;
        /// POST, PUT, or GET (no body).
        method: Method = Method::Post;
        /// JSON, XML, text/plain or application/x-www-form-urlencoded; values are written as the type wants.
        content_type: String = "application/json".to_owned();
        /// The body, with places; required but for GET.
        body: Option<String> = None,
            otherwise "required but for GET",
            example "'{\"to\": \"{number}\", \"from\": \"{sender}\", \"text\": \"{text}\"}'",
            secrecy Secrecy::Whole;
        /// Headers, with {token}, {sender} and {id}.
        headers: BTreeMap<String, String> = BTreeMap::new(), secrecy Secrecy::Values;
        /// For {sender}.
        sender: String = String::new();
        /// How numbers are written: e164 (+593991234567), or digits, without the plus.
        number: NumberForm = NumberForm::E164;
        /// A file with the secret for {token}, and nothing else.
        token_file: Option<PathBuf> = None,
            otherwise "none",
            example "\"/etc/clavero/sms-token\"",
            secrecy Secrecy::File;
        /// How long one try may take.
        timeout_seconds: u64 = 10, unit "seconds", least 1, most LONGEST_TRY;
        /// How much of an answer is read.
        answer_kib: usize = 64, unit "KiB", least 1, most 1024;
        /// Authorities (PEM) to trust instead.
        ca_file: Option<PathBuf> = None, otherwise "the system's", example "\"/etc/clavero/sms-ca.pem\"";
        /// When an answer means that the message was taken over.
        success: SuccessSection = SuccessSection::default();
        /// After which answers it is tried again; any other refusal is final.
        retry: RetrySection = RetrySection::default();
    }
}

section! {
    /// When an answer means that the message was taken over.
    pub(crate) struct SuccessSection {
        /// Statuses.
        status: String = "200-299".to_owned();
        /// This JSON pointer (RFC 6901) into the body must lead to something as well.
        pointer: Option<String> = None, otherwise "none", example "\"/status\"";
        /// And to this value.
        equals: Option<Value> = None, otherwise "anything", example "\"queued\"";
        /// Or the body must match this pattern.
        matches: Option<String> = None, otherwise "none", example "\"^OK\"";
    }
}

section! {
    /// After which answers it is tried again; any other refusal is final.
    pub(crate) struct RetrySection {
        /// Statuses.
        status: String = "408, 425, 429, 500-599".to_owned();
        /// Or, whatever the status, this JSON pointer (RFC 6901) into the body leads to something.
        pointer: Option<String> = None, otherwise "none", example "\"/error\"";
        /// And to this value.
        equals: Option<Value> = None, otherwise "anything", example "\"throttled\"";
        /// Or, whatever the status, the body matches this pattern.
        matches: Option<String> = None, otherwise "none", example "\"^BUSY\"";
    }
}

told!(Text: Method, NumberForm);

/// Longer than any try of ours may take: the worker's lease is a minute.
const LONGEST_TRY: i64 = 40;

impl SmsConfig {
    /// Reads the section; files in it are relative to `folder`.
    ///
    /// # Errors
    /// The field that is wrong. A public address so long that a message would not fit into one is wrong too.
    pub(crate) fn of(section: Section, folder: &Path, public_url: &PublicUrl) -> Result<Self, ConfigError> {
        let longest = wording::longest(public_url);
        if longest > SEPTETS {
            let over = longest - SEPTETS;
            return Err(field(
                "public_url",
                format!(
                    "is too long for [sms] by {over} characters: a message with a link must fit into {SEPTETS}"
                ),
            ));
        }
        let token = section
            .token_file
            .map(|file| read_secret("sms.token_file", &folder.join(file)))
            .transpose()?;
        let url = section
            .url
            .ok_or_else(|| field("sms.url", "is missing: its section is set"))?;
        let config = Self {
            url: template("sms.url", &url)?,
            body: body(section.method, section.content_type, section.body)?,
            method: section.method,
            headers: section
                .headers
                .into_iter()
                .map(|(name, value)| header(&name, &value))
                .collect::<Result<_, _>>()?,
            sender: section.sender,
            number: section.number,
            token: token.unwrap_or_else(|| Secret::from("")),
            success: success(section.success)?,
            retry: retry(section.retry)?,
            timeout: Duration::from_secs(section.timeout_seconds),
            answer_limit: section.answer_kib * 1024,
            authorities: section
                .ca_file
                .map(|file| read("sms.ca_file", &folder.join(file)))
                .transpose()?
                .map(String::into_bytes),
        };
        config.check()?;
        Ok(config)
    }

    /// Whether what was read makes a request that says everything.
    fn check(&self) -> Result<(), ConfigError> {
        let mut texts: Vec<&Template> = vec![&self.url];
        texts.extend(self.body.as_ref().map(|body| &body.template));
        for (place, name) in [(Place::Number, "{number}"), (Place::Text, "{text}")] {
            if !texts.iter().any(|text| text.has(place)) {
                return Err(field("sms", format!("neither url nor body has a place {name}")));
            }
        }
        texts.extend(self.headers.iter().map(|(_, value)| value));
        let uses = |place| texts.iter().any(|text| text.has(place));
        if uses(Place::Token) && self.token.expose().is_empty() {
            return Err(field("sms.token_file", "is missing or empty: {token} is used"));
        }
        if uses(Place::Sender) && self.sender.is_empty() {
            return Err(field("sms.sender", "is missing: {sender} is used"));
        }
        // The server that the message and the token go to is the same for every message.
        let fixed = self
            .url
            .beginning()
            .split_once("://")
            .map_or("", |(_, rest)| rest);
        if !fixed.contains(['/', '?']) {
            return Err(field("sms.url", "must have its places behind the host"));
        }
        let sample = |place| match place {
            Place::Number => "+593991234567",
            Place::Text => "\"¿a&b?\" <ñ>",
            Place::Sender => self.sender.as_str(),
            Place::Token => self.token.expose().as_str(),
            Place::Id => "0.1",
        };
        outbound::address(&self.url.fill(Escape::Percent, sample))
            .map_err(|reason| field("sms.url", reason))?;
        for (name, value) in &self.headers {
            HeaderValue::try_from(value.fill(Escape::Plain, sample)).map_err(|_| {
                field(
                    format!("sms.headers.{name}"),
                    "holds a character that no header may have",
                )
            })?;
        }
        match &self.body {
            Some(Body {
                escape: Escape::Json,
                template,
                content_type: _,
            }) => serde_json::from_str::<Value>(&template.fill(Escape::Json, sample))
                .map(|_| ())
                .map_err(|error| field("sms.body", format!("is no JSON: {error}"))),
            Some(_) | None => Ok(()),
        }
    }

    /// The gateway's host and port, for whoever looks whether it can be reached.
    pub fn place(&self) -> Option<(String, u16)> {
        let url = outbound::address(&self.url.fill(Escape::Percent, |_| "0")).ok()?;
        Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
    }
}

impl Rule {
    /// Whether a status is among the rule's.
    pub fn has(&self, status: u16) -> bool {
        self.status.iter().any(|range| range.contains(&status))
    }
}

impl BodyRule {
    /// Whether the body holds what it must.
    pub fn is_met(&self, body: &[u8]) -> bool {
        match self {
            Self::Matches(pattern) => pattern.is_match(body),
            Self::Json { pointer, equals } => serde_json::from_slice::<Value>(body).is_ok_and(|answer| {
                answer
                    .pointer(pointer)
                    .is_some_and(|found| equals.as_ref().is_none_or(|wanted| found == wanted))
            }),
        }
    }
}

fn template(name: &'static str, text: &str) -> Result<Template, ConfigError> {
    Template::read(text).map_err(|reason| field(name, reason))
}

fn body(method: Method, content_type: String, text: Option<String>) -> Result<Option<Body>, ConfigError> {
    let text = match (method, text) {
        (Method::Get, None) => return Ok(None),
        (Method::Get, Some(_)) => return Err(field("sms.body", "has no place in a GET: use sms.url")),
        (Method::Post | Method::Put, None) => return Err(field("sms.body", "is missing")),
        (Method::Post | Method::Put, Some(text)) => text,
    };
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let escape = Escape::of(&essence).ok_or_else(|| {
        field(
            "sms.content_type",
            "must be JSON, XML, text/plain or application/x-www-form-urlencoded",
        )
    })?;
    Ok(Some(Body {
        content_type: HeaderValue::try_from(content_type)
            .map_err(|_| field("sms.content_type", "holds a character that no header may have"))?,
        escape,
        template: template("sms.body", &text)?,
    }))
}

fn header(name: &str, value: &str) -> Result<(HeaderName, Template), ConfigError> {
    let wrong = |reason: &str| field(format!("sms.headers.{name}"), reason);
    let read = Template::read(value).map_err(|reason| wrong(&reason))?;
    if read.has(Place::Number) || read.has(Place::Text) {
        return Err(wrong(
            "must hold neither number nor text: proxies write headers down",
        ));
    }
    let name = HeaderName::try_from(name).map_err(|_| wrong("is no name of a header"))?;
    if [
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "content-type",
    ]
    .contains(&name.as_str())
    {
        return Err(wrong("is ours to set"));
    }
    Ok((name, read))
}

fn success(section: SuccessSection) -> Result<Rule, ConfigError> {
    let SuccessSection {
        status,
        pointer,
        equals,
        matches,
    } = section;
    rule("sms.success", &status, pointer, equals, matches)
}

fn retry(section: RetrySection) -> Result<Rule, ConfigError> {
    let RetrySection {
        status,
        pointer,
        equals,
        matches,
    } = section;
    rule("sms.retry", &status, pointer, equals, matches)
}

fn rule(
    name: &'static str,
    status: &str,
    pointer: Option<String>,
    equals: Option<Value>,
    matches: Option<String>,
) -> Result<Rule, ConfigError> {
    let body = match (pointer, equals, matches) {
        (None, None, None) => None,
        (Some(pointer), equals, None) => {
            if !pointer.is_empty() && !pointer.starts_with('/') {
                return Err(field(
                    format!("{name}.pointer"),
                    "must begin with a slash (RFC 6901)",
                ));
            }
            Some(BodyRule::Json { pointer, equals })
        }
        (None, None, Some(pattern)) => {
            Some(BodyRule::Matches(Regex::new(&pattern).map_err(|error| {
                field(format!("{name}.matches"), format!("is no pattern: {error}"))
            })?))
        }
        (None, Some(_), _) => return Err(field(format!("{name}.equals"), "needs a pointer")),
        (Some(_), _, Some(_)) => {
            return Err(field(
                format!("{name}.matches"),
                "does not go together with a pointer",
            ));
        }
    };
    Ok(Rule {
        status: statuses(status)
            .ok_or_else(|| field(format!("{name}.status"), "must be like 200-299, 202"))?,
        body,
    })
}

fn statuses(text: &str) -> Option<Vec<RangeInclusive<u16>>> {
    let status = |text: &str| {
        text.trim()
            .parse()
            .ok()
            .filter(|status| (100..=599).contains(status))
    };
    text.split(',')
        .map(|part| match part.split_once('-') {
            None => status(part).map(|one| one..=one),
            Some((first, last)) => Some(status(first)?..=status(last)?).filter(|range| !range.is_empty()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::notifications::sms::config::{BodyRule, NumberForm};
    use std::path::Path;
    use std::time::Duration;

    const GOOD: &str = r#"
        [sms]
        url = "https://gateway.example/v1/messages"
        body = '{"to":"{number}","text":"{text}"}'
    "#;

    fn read(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("/nonexistent")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_short_section_has_defaults() {
        let sms = read(GOOD).unwrap().sms.unwrap();
        assert_eq!(sms.timeout, Duration::from_secs(10));
        assert_eq!(sms.answer_limit, 65_536);
        assert_eq!(sms.number, NumberForm::E164);
        assert!(
            sms.success.has(200) && sms.success.has(299) && !sms.success.has(300) && !sms.success.has(199)
        );
        for (status, again) in [
            (400, false),
            (408, true),
            (429, true),
            (500, true),
            (599, true),
            (404, false),
        ] {
            assert_eq!(sms.retry.has(status), again, "{status}");
        }
        assert_eq!(sms.place(), Some(("gateway.example".to_owned(), 443)));
        assert!(read("").unwrap().sms.is_none());
    }

    #[test]
    fn each_mistake_is_told_with_its_field() {
        let with = |line: &str| read(&format!("{GOOD}\n{line}")).unwrap_err();
        for (line, told) in [
            ("timeout_seconds = 0", "sms.timeout_seconds"),
            ("timeout_seconds = 41", "sms.timeout_seconds"),
            ("answer_kib = 0", "sms.answer_kib"),
            ("content_type = \"text/html\"", "sms.content_type"),
            ("method = \"GET\"", "sms.body"),
            ("method = \"DELETE\"", "sms.method"),
            ("token_file = \"none\"", "sms.token_file"),
            (
                "headers = { Authorization = \"Bearer {token}\" }",
                "sms.token_file",
            ),
            ("headers = { X = \"{number}\" }", "sms.headers.X"),
            ("headers = { Host = \"x\" }", "sms.headers.Host"),
            ("headers = { \"a b\" = \"x\" }", "sms.headers.a b"),
            ("headers = { X = \"{nothing}\" }", "{nothing}"),
            ("success = { status = \"200-\" }", "sms.success.status"),
            ("success = { status = \"99\" }", "sms.success.status"),
            ("success = { status = \"299-200\" }", "sms.success.status"),
            ("success = { pointer = \"status\" }", "sms.success.pointer"),
            ("success = { equals = \"ok\" }", "sms.success.equals"),
            ("success = { matches = \"(\" }", "sms.success.matches"),
            (
                "retry = { pointer = \"/a\", matches = \"b\" }",
                "sms.retry.matches",
            ),
            ("nothing = 1", "nothing"),
        ] {
            assert!(with(line).contains(told), "{line}: {}", with(line));
        }
        let instead = |from: &str, to: &str| read(&GOOD.replace(from, to)).unwrap_err();
        for (from, to, told) in [
            ("https://gateway", "http://gateway", "sms.url"),
            ("https://gateway.example/v1/messages", "https://{sender}/", "sms"),
            ("{number}", "x", "{number}"),
            ("{text}", "x", "{text}"),
            ("\"}'", "{sender}\"}'\nsender = \"\"", "sms.sender"),
            ("\"}'", "'", "sms.body"),
        ] {
            assert!(instead(from, to).contains(told), "{to}: {}", instead(from, to));
        }
    }

    #[test]
    fn a_public_address_that_leaves_no_room_is_refused_only_with_sms() {
        let host = "a".repeat(60);
        let long = format!("public_url = \"https://{host}.example\"\n");
        let told = read(&format!("{long}{GOOD}")).unwrap_err();
        assert!(
            told.starts_with("public_url (line 1): is too long for [sms] by "),
            "{told}"
        );
        assert!(read(&long).is_ok());
        let usual = "public_url = \"https://clave.institucion.gob.ec\"\n";
        assert!(read(&format!("{usual}{GOOD}")).is_ok());
    }

    #[test]
    fn a_body_is_held_against_its_rule() {
        let rule = |text: &str| {
            read(&format!("{GOOD}\nsuccess = {text}"))
                .unwrap()
                .sms
                .unwrap()
                .success
                .body
                .unwrap()
        };
        let is = |rule: &BodyRule, body: &str| rule.is_met(body.as_bytes());
        let queued = rule("{ pointer = \"/messages/0/status\", equals = \"queued\" }");
        assert!(is(&queued, r#"{"messages":[{"status":"queued"}]}"#));
        assert!(!is(&queued, r#"{"messages":[{"status":"failed"}]}"#));
        assert!(!is(&queued, r#"{"messages":[]}"#));
        assert!(!is(&queued, "<html>"));
        let zero = rule("{ pointer = \"/code\", equals = 0 }");
        assert!(is(&zero, r#"{"code":0}"#) && !is(&zero, r#"{"code":"0"}"#));
        let any = rule("{ pointer = \"/id\" }");
        assert!(is(&any, r#"{"id":null}"#) && !is(&any, "{}"));
        let text = rule("{ matches = \"^OK\" }");
        assert!(is(&text, "OK 17") && !is(&text, "ERROR OK"));
    }
}

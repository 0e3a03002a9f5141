//! Addresses of mailboxes, and their masked form for pages.

use super::InvalidIdentifier;
use core::fmt;
use core::str::FromStr;

/// A mail address that any mail server takes: ASCII, without quoting and comments, its domain with a dot and in lower
/// case (RFC 5321's lengths: 64 for the local part, 254 in all).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// An address as a page may show it: `ma•••@em•••.com`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MaskedEmail(String);

/// What stands for hidden characters, however many.
const HIDDEN: &str = "•••";

impl Email {
    /// Before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// After the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// For pages and mails: the first two characters before and after the `@`, and the top-level domain.
    pub fn masked(&self) -> MaskedEmail {
        // Never all characters: of a name of two letters one is shown.
        let start = |name: &str| {
            name.chars()
                .take(2.min(name.len().saturating_sub(1)))
                .collect::<String>()
        };
        let (rest, top) = self.domain().rsplit_once('.').unwrap_or((self.domain(), ""));
        MaskedEmail(format!(
            "{}{HIDDEN}@{}{HIDDEN}.{top}",
            start(self.local_part()),
            start(rest)
        ))
    }
}

impl FromStr for Email {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidIdentifier::Missing);
        }
        if text.len() > 254 {
            return Err(InvalidIdentifier::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidIdentifier::Malformed)?;
        if local.len() > 64 {
            return Err(InvalidIdentifier::TooLong);
        }
        if !local.bytes().all(|byte| is_atom(byte) || byte == b'.') {
            return Err(InvalidIdentifier::Characters);
        }
        if local.split('.').any(str::is_empty) {
            return Err(InvalidIdentifier::Malformed);
        }
        if !domain
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        {
            return Err(InvalidIdentifier::Characters);
        }
        let label =
            |label: &str| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
        let top = domain.rsplit_once('.').map(|(_, top)| top);
        if !domain.split('.').all(label)
            || !top.is_some_and(|top| top.bytes().any(|byte| byte.is_ascii_alphabetic()))
        {
            return Err(InvalidIdentifier::Malformed);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }
}

/// RFC 5321's `atext`.
const fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'/'
                | b'='
                | b'?'
                | b'^'
                | b'_'
                | b'`'
                | b'{'
                | b'|'
                | b'}'
                | b'~'
        )
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::through_text!(Email, "a mail address");

impl MaskedEmail {
    /// Itself.
    pub fn masked(&self) -> &str {
        &self.0
    }
}

impl FromStr for MaskedEmail {
    type Err = InvalidIdentifier;

    /// Reads only what [`Email::masked`] makes: nothing that shows more can become one.
    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        let malformed = InvalidIdentifier::Malformed;
        if text.len() > 254 {
            return Err(InvalidIdentifier::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(malformed)?;
        let (rest, top) = domain.rsplit_once('.').ok_or(malformed)?;
        let shows_little = |part: &str| {
            part.strip_suffix(HIDDEN)
                .is_some_and(|shown| shown.is_ascii() && shown.len() <= 2)
        };
        if top.is_empty() || !top.is_ascii() || !shows_little(local) || !shows_little(rest) {
            return Err(malformed);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for MaskedEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::through_text!(MaskedEmail, "a masked mail address");

//! The texts people read, in their language.
//!
//! `build.rs` reads `locales/<language>/*.ftl` (Fluent) and writes one method of [`Text`] a message: a missing id, a
//! missing argument or a difference between languages does not compile. At run time there is no parser of Fluent.
//!
//! Spanish is always there. On the host the other languages are too; in a browser their texts are *fetched* when
//! somebody reads them ([`table`] is in the module of the texts' worker, `learn` takes them in), so that a first load
//! carries one language. Until then, and for what could not be fetched, the Spanish text stands. The texts of the help
//! are fetched in every language.
//!
//! A text with arguments is a *template*: marks in it say where they go and which variant is meant. `build.rs` writes
//! and checks them, `fill` reads them.
//!
//! ```
//! use shared::i18n::{Language, Text};
//! let text = Text::new(Language::Es);
//! assert_eq!(text.product_name(), "Clavero");
//! ```

#[cfg(not(target_arch = "wasm32"))]
pub mod fuzzing;

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A language that is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Language {
    /// Spanish of Ecuador: the first one.
    #[default]
    Es,
    /// English.
    En,
    /// Kichwa of Ecuador in its unified spelling.
    Qu,
}

/// A language tag that names none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a language of this portal")]
pub struct UnknownLanguage;

impl Language {
    /// Every language.
    pub const ALL: &'static [Self] = &[Self::Es, Self::En, Self::Qu];

    /// The tag for `lang` attributes and headers.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Qu => "qu",
        }
    }

    /// Whether no speaker has checked it yet: pages and mails say so.
    pub const fn under_review(self) -> bool {
        match self {
            Self::Es | Self::En => false,
            Self::Qu => true,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag; the region is ignored (`es-EC` is `es`).
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .iter()
            .copied()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
            .ok_or(UnknownLanguage)
    }
}

/// The texts of one language: a method a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    language: Language,
}

impl Text {
    /// The texts in `language`.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// Which language it is.
    pub const fn language(self) -> Language {
        self.language
    }
}

/// The texts of a language that a browser fetches, in the order of their numbers.
pub fn table(language: Language) -> &'static [&'static str] {
    match language {
        Language::Es => &SPANISH_HELP,
        Language::En => &ENGLISH,
        Language::Qu => &KICHWA,
    }
}

/// Where in the table of its language the text with this number stands: of Spanish, only the help has numbers.
fn place(language: Language, number: usize) -> Option<usize> {
    match language {
        Language::Es => number.checked_sub(FIRST_HELP),
        Language::En | Language::Qu => Some(number),
    }
}

/// The text with this number, if it is there.
#[inline(never)]
fn numbered(language: Language, number: usize) -> Option<&'static str> {
    let place = place(language, number)?;
    #[cfg(target_arch = "wasm32")]
    return fetched::texts(language)?.get(place).map(String::as_str);
    #[cfg(not(target_arch = "wasm32"))]
    table(language).get(place).copied()
}

/// A text or template of the first load: its Spanish, or what has this number in another language.
#[inline(never)]
fn say(language: Language, number: usize, spanish: &'static str) -> &'static str {
    match language {
        Language::Es => spanish,
        Language::En | Language::Qu => numbered(language, number).unwrap_or(spanish),
    }
}

/// A text or template of the help. Nothing until it has been fetched.
#[inline(never)]
fn help(language: Language, number: usize) -> &'static str {
    numbered(language, number).unwrap_or_default()
}

/// Fills a template with its arguments, which are in alphabetical order. `build.rs` says what the marks mean.
#[inline(never)]
fn fill(template: &str, arguments: &[&dyn fmt::Display]) -> String {
    let argument = |letter: u8, first: u8| {
        let place = usize::from(letter.wrapping_sub(first));
        arguments.get(place).map(ToString::to_string).unwrap_or_default()
    };
    let mut pieces = template.split('\u{1}');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    // Within a selection: what it is on, and whether the piece belongs to the variant that was chosen.
    let (mut chosen_by, mut found, mut open) = (String::new(), false, true);
    for piece in pieces {
        let Some((&mark, mut words)) = piece.as_bytes().first().zip(piece.get(1..)) else {
            continue;
        };
        match mark {
            b'?' => {
                let (key, variant) = words.split_once(':').unwrap_or_default();
                open = !found && (key.is_empty() || key == chosen_by);
                found |= open;
                words = variant;
            }
            b';' => open = true,
            b'A'..=b'Z' => {
                chosen_by = argument(mark, b'A');
                found = false;
            }
            _ if open => out.push_str(&argument(mark, b'a')),
            _ => {}
        }
        if open {
            out.push_str(words);
        }
    }
    out
}

/// What a browser has fetched.
#[cfg(target_arch = "wasm32")]
mod fetched {
    use super::{ENGLISH, KICHWA, Language, SPANISH_HELP};
    use std::sync::OnceLock;

    type Texts = OnceLock<Vec<String>>;
    static IN_SPANISH: Texts = OnceLock::new();
    static IN_ENGLISH: Texts = OnceLock::new();
    static IN_KICHWA: Texts = OnceLock::new();

    /// Where the fetched texts of a language are, and how many they must be.
    fn of(language: Language) -> (&'static Texts, usize) {
        match language {
            Language::Es => (&IN_SPANISH, SPANISH_HELP.len()),
            Language::En => (&IN_ENGLISH, ENGLISH.len()),
            Language::Qu => (&IN_KICHWA, KICHWA.len()),
        }
    }

    /// The fetched texts of a language.
    pub(super) fn texts(language: Language) -> Option<&'static [String]> {
        of(language).0.get().map(Vec::as_slice)
    }

    /// Takes in the texts of a language that a worker told: its [`table`](super::table). Whether they are all there now.
    pub fn learn(language: Language, texts: Vec<String>) -> bool {
        let (place, length) = of(language);
        if texts.len() == length {
            // A second fetch brings the same texts: the first ones stay.
            let _ = place.set(texts);
        }
        knows_help(language)
    }

    /// Whether the texts of a language are there, the help's aside.
    pub fn knows(language: Language) -> bool {
        match language {
            Language::Es => true,
            Language::En | Language::Qu => knows_help(language),
        }
    }

    /// Whether the texts of a language are there, the help's too.
    pub fn knows_help(language: Language) -> bool {
        texts(language).is_some()
    }

    /// Takes in every text at once. Whoever calls this has all of them in its module: it is for tests, whose pages have
    /// no workers.
    pub fn know_every_language() {
        for language in Language::ALL {
            let texts = super::table(*language).iter().map(|text| (*text).to_owned());
            learn(*language, texts.collect());
        }
    }
}

#[cfg(target_arch = "wasm32")]
pub use fetched::{know_every_language, knows, knows_help, learn};

include!(concat!(env!("OUT_DIR"), "/text.rs"));

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

//! The texts people read, in their language.
//!
//! `build.rs` reads `locales/<language>/*.ftl` (Fluent) and writes one method of [`Text`] a message: a missing id, a
//! missing argument or a difference between languages does not compile. At run time there is no parser.
//!
//! Spanish is always there. On the host English is too; in a browser its texts are *fetched* when somebody reads
//! English ([`ENGLISH`] is in the module of the texts' worker, `learn` takes it in), so that a first load does not
//! carry two languages. Until then, and for what could not be fetched, the Spanish text stands. The texts of the help are
//! fetched in both languages.
//!
//! ```
//! use shared::i18n::{Language, Text};
//! let text = Text::new(Language::Es);
//! assert_eq!(text.product_name(), "Clavero");
//! ```

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
}

/// A language tag that names none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a language of this portal")]
pub struct UnknownLanguage;

impl Language {
    /// Every language.
    pub const ALL: &'static [Self] = &[Self::Es, Self::En];

    /// The tag for `lang` attributes and headers.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
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

/// Takes in the texts of a language that a worker told, in the order of their numbers: [`ENGLISH`], or
/// [`SPANISH_HELP`]. Whether they are all there now.
#[cfg(target_arch = "wasm32")]
pub fn learn(language: Language, texts: Vec<String>) -> bool {
    let (place, length) = fetched::of(language);
    if texts.len() == length {
        // A second fetch brings the same texts: the first ones stay.
        let _ = place.set(texts);
    }
    knows_help(language)
}

/// Whether the texts of a language are there, the help's aside.
#[cfg(target_arch = "wasm32")]
pub fn knows(language: Language) -> bool {
    match language {
        Language::Es => true,
        Language::En => knows_help(language),
    }
}

/// Whether the texts of a language are there, the help's too.
#[cfg(target_arch = "wasm32")]
pub fn knows_help(language: Language) -> bool {
    fetched::of(language).0.get().is_some()
}

#[cfg(target_arch = "wasm32")]
mod fetched {
    use super::{ENGLISH, Language, SPANISH_HELP};
    use std::sync::OnceLock;

    type Texts = OnceLock<Vec<String>>;
    static SPANISH: Texts = OnceLock::new();
    static OTHER: Texts = OnceLock::new();

    /// Where the fetched texts of a language are, and how many they must be.
    pub(super) fn of(language: Language) -> (&'static Texts, usize) {
        match language {
            Language::Es => (&SPANISH, SPANISH_HELP.len()),
            Language::En => (&OTHER, ENGLISH.len()),
        }
    }

    /// A fetched text.
    #[inline(never)]
    pub(super) fn text(language: Language, number: usize) -> Option<&'static str> {
        of(language).0.get()?.get(number).map(String::as_str)
    }
}

/// A text without arguments: its Spanish, or the English with this number.
#[cfg(target_arch = "wasm32")]
#[inline(never)]
fn say(language: Language, number: usize, spanish: &'static str) -> &'static str {
    match language {
        Language::Es => spanish,
        Language::En => fetched::text(language, number).unwrap_or(spanish),
    }
}

/// A text of the help: the English or the Spanish one with this number. Nothing until it has been fetched.
#[cfg(target_arch = "wasm32")]
#[inline(never)]
fn help(language: Language, english: usize, spanish: usize) -> &'static str {
    let number = match language {
        Language::Es => spanish,
        Language::En => english,
    };
    fetched::text(language, number).unwrap_or_default()
}

/// A text without arguments: its Spanish, or the English with this number.
#[cfg(not(target_arch = "wasm32"))]
fn say(language: Language, number: usize, spanish: &'static str) -> &'static str {
    match language {
        Language::Es => spanish,
        Language::En => ENGLISH.get(number).copied().unwrap_or(spanish),
    }
}

/// A text of the help: the English or the Spanish one with this number.
#[cfg(not(target_arch = "wasm32"))]
fn help(language: Language, english: usize, spanish: usize) -> &'static str {
    let text = match language {
        Language::Es => SPANISH_HELP.get(spanish),
        Language::En => ENGLISH.get(english),
    };
    text.copied().unwrap_or_default()
}

include!(concat!(env!("OUT_DIR"), "/text.rs"));

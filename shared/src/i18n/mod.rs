//! The texts people read, in their language.
//!
//! `build.rs` reads `locales/<language>/*.ftl` (Fluent) and writes one method of [`Text`] a message: a missing id, a
//! missing argument or a difference between languages does not compile. At run time there is no parser.
//!
//! Spanish is always there. On the host English is too; in a browser its texts are *fetched* when somebody reads
//! English ([`ENGLISH`] is in the module of the texts' worker, [`learn`] takes it in), so that a first load does not
//! carry two languages. Until then, and for what could not be fetched, the Spanish text stands.
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

/// Takes in the English texts, in the order of their numbers. Whether they are all there now.
#[cfg(target_arch = "wasm32")]
pub fn learn(texts: Vec<String>) -> bool {
    if texts.len() == ENGLISH.len() {
        // A second fetch brings the same texts: the first ones stay.
        let _ = fetched::TEXTS.set(texts);
    }
    knows(Language::En)
}

/// Whether the texts of a language are there.
#[cfg(target_arch = "wasm32")]
pub fn knows(language: Language) -> bool {
    match language {
        Language::Es => true,
        Language::En => fetched::TEXTS.get().is_some(),
    }
}

#[cfg(target_arch = "wasm32")]
mod fetched {
    use std::sync::OnceLock;

    /// The English texts, once somebody has fetched them.
    pub(super) static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
}

/// A text without arguments: its Spanish, or the English with this number.
#[cfg(target_arch = "wasm32")]
#[inline(never)]
fn say(language: Language, number: usize, spanish: &'static str) -> &'static str {
    match language {
        Language::Es => spanish,
        Language::En => fetched::TEXTS
            .get()
            .and_then(|texts| texts.get(number))
            .map_or(spanish, String::as_str),
    }
}

/// A text without arguments: its Spanish, or the English with this number.
#[cfg(not(target_arch = "wasm32"))]
fn say(language: Language, number: usize, spanish: &'static str) -> &'static str {
    match language {
        Language::Es => spanish,
        Language::En => ENGLISH.get(number).copied().unwrap_or(spanish),
    }
}

include!(concat!(env!("OUT_DIR"), "/text.rs"));

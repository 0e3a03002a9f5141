//! The texts people read, in their language.
//!
//! `build.rs` reads `locales/<language>/*.ftl` (Fluent) and writes one method of [`Text`] a message: a missing id, a
//! missing argument or a difference between languages does not compile. At run time there is no parser and no look-up.
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

include!(concat!(env!("OUT_DIR"), "/text.rs"));

//! How the configuration is declared: each section once, by [`section!`](crate::config::declare::section), with every field's type, default, unit,
//! bounds and meaning. What reads it, the variables of the environment, the commented example and the tables of the documentation all
//! come from the declaration, so that none of them can fall behind.

use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use toml::Table;

/// A section: what it is about and its fields.
#[derive(Debug)]
pub struct Section {
    /// What it is about, in lines.
    pub about: &'static [&'static str],
    /// Its fields, in the order in which they are told.
    pub fields: &'static [Field],
    /// The values that hold where nothing is said.
    pub defaults: fn() -> Table,
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name within its section.
    pub name: &'static str,
    /// What it means, in lines.
    pub meaning: &'static [&'static str],
    /// What stands in it.
    pub kind: Kind,
    /// What its number counts.
    pub unit: Option<&'static str>,
    /// The least number.
    pub least: Option<i64>,
    /// The greatest number.
    pub most: Option<i64>,
    /// What holds without it, where that is no value of its own.
    pub otherwise: Option<&'static str>,
    /// What could stand in it, in TOML, where there is no default to show.
    pub example: Option<&'static str>,
    /// What of it is not shown.
    pub secrecy: Option<Secrecy>,
}

/// What stands in a field.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text. A variable holds it as it is.
    Text,
    /// A number, a truth, a list or a table. A variable holds it as TOML.
    Value,
    /// Further fields.
    Section(&'static Section),
}

/// What of a field nobody is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// The password within an address.
    Password,
    /// What stands behind the host of an address.
    BehindHost,
    /// The values of a table, but not its names.
    Values,
    /// All of it.
    Whole,
    /// Nothing: it names a file, and what is in that is the secret.
    File,
}

impl Field {
    /// A field of which nothing is said yet.
    pub const BARE: Self = Self {
        name: "",
        meaning: &[],
        kind: Kind::Text,
        unit: None,
        least: None,
        most: None,
        otherwise: None,
        example: None,
        secrecy: None,
    };
}

impl Section {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// What may stand in a field.
pub trait Told: Serialize + DeserializeOwned {
    /// Of which kind it is.
    const KIND: Kind;
}

impl<T: Told> Told for Option<T> {
    const KIND: Kind = T::KIND;
}

/// Types that are written as a text, and types that are written otherwise.
macro_rules! told {
    ($kind:ident: $($type:ty),+) => {
        $(impl $crate::config::declare::Told for $type {
            const KIND: $crate::config::declare::Kind = $crate::config::declare::Kind::$kind;
        })+
    };
}
pub(crate) use told;

told!(Text: String, PathBuf, SocketAddr);
told!(Value: bool, u8, u16, u32, u64, usize, f64, Vec<String>, BTreeMap<String, String>, serde_json::Value);

/// Declares a section: a struct that is read from the configuration, and its [`Section`].
///
/// A field is its meaning, its name, its type and the value that holds without it, then any of `unit`, `least`, `most`, `otherwise`,
/// `example` and `secrecy` ([`Field`]).
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $visibility:vis struct $name:ident {
            $(
                $(#[doc = $meaning:literal])+
                $field:ident: $type:ty = $default:expr $(, $word:ident $value:expr)*;
            )+
        }
    ) => {
        $(#[doc = $about])+
        // Not `Debug`: what stands in a field may be a secret.
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        $visibility struct $name {
            $(
                $(#[doc = $meaning])+
                pub(crate) $field: $type,
            )+
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default),+ }
            }
        }

        impl $crate::config::declare::Told for $name {
            const KIND: $crate::config::declare::Kind =
                $crate::config::declare::Kind::Section(&$crate::config::declare::Section {
                    about: &[$($about),+],
                    fields: &[
                        $($crate::config::declare::Field {
                            name: stringify!($field),
                            meaning: &[$($meaning),+],
                            kind: <$type as $crate::config::declare::Told>::KIND,
                            $($word: Some($value),)*
                            ..$crate::config::declare::Field::BARE
                        }),+
                    ],
                    defaults: || {
                        toml::Table::try_from(Self::default()).expect("every field can be written as TOML")
                    },
                });
        }
    };
}
pub(crate) use section;

//! Identifiers: parsed at the edge, masked in `Debug`. (Being completed; names and traits are settled.)
//!
//! Every type here: `FromStr` with a typed error, `Display` (canonical, unmasked), serde through the parser, masked
//! `Debug`, and `.masked()` for pages and mails.

use serde::{Deserialize, Serialize};

macro_rules! provisional {
    ($($name:ident),+) => { $(
        /// Provisional.
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(String);
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { f.write_str(concat!(stringify!($name), "(••••)")) }
        }
        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { f.write_str(&self.0) }
        }
    )+ };
}
provisional!(Branch, EmployerIdentifier, RepresentativeId, MaskedEmail);

impl Default for Branch {
    fn default() -> Self {
        Self("0001".to_owned())
    }
}

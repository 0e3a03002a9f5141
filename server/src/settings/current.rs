//! The institution's words in memory.

use shared::settings::api::Institution;
use shared::settings::institution::LogoId;
use shared::time::Timestamp;
use std::sync::{PoisonError, RwLock};

/// The institution's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Name, contact, and whether the installation is the institution's own.
    pub institution: Institution,
    /// Its logo, if it has one.
    pub logo: Option<LogoId>,
    /// When they were changed; nothing where they are the configuration's.
    pub changed_at: Option<Timestamp>,
}

/// The words in force on this node. Another node's change arrives within a minute.
#[derive(Debug)]
pub struct Current(RwLock<Words>);

impl Current {
    /// The configuration's words.
    pub fn configured(institution: Institution) -> Self {
        Self(RwLock::new(Words {
            institution,
            logo: None,
            changed_at: None,
        }))
    }

    /// The words.
    pub fn words(&self) -> Words {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Name, contact, and whether the installation is the institution's own.
    pub fn institution(&self) -> Institution {
        self.words().institution
    }

    /// Puts other words in their place.
    pub(super) fn set(&self, words: Words) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = words;
    }
}

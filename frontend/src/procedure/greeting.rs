//! Why the person is sent to the beginning.
//!
//! It is said by the page of a case and read by the beginning, which may be in different modules of the page: it waits in
//! the tab's storage. Where there is none, the person is greeted plainly.

use super::Procedure;
use crate::platform::storage;

impl Procedure {
    const fn key(self) -> &'static str {
        match self {
            Self::Recovery => "clavero.greeting",
            Self::Unlock => "clavero.greeting.unlock",
            Self::Signature => "clavero.greeting.signature",
            Self::Appointment => "clavero.greeting.appointment",
        }
    }
}

/// Why the person is at the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greeting {
    /// To begin.
    Plain,
    /// They ended a case here.
    Abandoned,
    /// They came for a case that is not there.
    CaseMissing,
}

impl Greeting {
    const ALL: [Self; 3] = [Self::Plain, Self::Abandoned, Self::CaseMissing];

    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Abandoned => "abandoned",
            Self::CaseMissing => "case_missing",
        }
    }

    /// Leaves it for the beginning.
    pub fn leave(self, procedure: Procedure) {
        storage::set_session(procedure.key(), self.name());
    }

    /// Takes what was left, once.
    pub fn take(procedure: Procedure) -> Self {
        let name = storage::session(procedure.key()).unwrap_or_default();
        storage::forget_session(procedure.key());
        Self::ALL
            .into_iter()
            .find(|greeting| greeting.name() == name)
            .unwrap_or(Self::Plain)
    }
}

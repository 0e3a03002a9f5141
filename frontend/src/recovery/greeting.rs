//! Why the person is sent to the beginning.
//!
//! It is said by the page of a case and read by the beginning, which are in different modules of the page: it waits in the
//! tab's storage. Where there is none, the person is greeted plainly.

use crate::platform::storage;

const KEY: &str = "clavero.greeting";

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
    pub fn leave(self) {
        storage::set_session(KEY, self.name());
    }

    /// Takes what was left, once.
    pub fn take() -> Self {
        let name = storage::session(KEY).unwrap_or_default();
        storage::forget_session(KEY);
        Self::ALL
            .into_iter()
            .find(|greeting| greeting.name() == name)
            .unwrap_or(Self::Plain)
    }
}

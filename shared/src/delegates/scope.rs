//! What a delegate may do.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// What the owner lets a delegate do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Payroll and what is owed: obligations with their debt.
    Payroll,
    /// Registering and de-registering workers: obligations without their debt.
    Registrations,
    /// Looking at everything that a delegate may see, and doing nothing.
    ReadOnly,
}

impl Scope {
    /// Every one of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Payroll, Self::Registrations, Self::ReadOnly];

    /// As it stands in bodies and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payroll => "payroll",
            Self::Registrations => "registrations",
            Self::ReadOnly => "read_only",
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Payroll => 1,
            Self::Registrations => 2,
            Self::ReadOnly => 4,
        }
    }
}

/// What a page or an endpoint asks of whoever is signed in. The owner has all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// To see what is due by which day, and the state.
    SeeObligations,
    /// To see amounts that are owed.
    SeeDebt,
}

/// The scopes of a delegate: one or more, and `read_only` only alone. In bodies a list, in the database words with commas.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Scope>", into = "Vec<Scope>")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Vec<Scope>))]
pub struct Scopes(u8);

/// Why scopes do not go together. Each text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidScopes {
    /// There are none.
    #[error("missing")]
    Missing,
    /// Whoever only reads can do nothing else.
    #[error("not_offered")]
    Contradiction,
    /// A word that is no scope.
    #[error("malformed")]
    Malformed,
}

impl From<InvalidScopes> for FieldCode {
    fn from(reason: InvalidScopes) -> Self {
        match reason {
            InvalidScopes::Missing => Self::Missing,
            InvalidScopes::Contradiction => Self::NotOffered,
            InvalidScopes::Malformed => Self::Malformed,
        }
    }
}

impl Scopes {
    /// These scopes, each counted once.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Result<Self, InvalidScopes> {
        let bits = scopes.into_iter().fold(0, |bits, scope| bits | scope.bit());
        let read_only = Scope::ReadOnly.bit();
        if bits == 0 {
            Err(InvalidScopes::Missing)
        } else if bits & read_only != 0 && bits != read_only {
            Err(InvalidScopes::Contradiction)
        } else {
            Ok(Self(bits))
        }
    }

    /// Whether a scope is among them.
    pub const fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// The scopes, in the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |scope| self.has(*scope))
    }

    /// Whether they give a permission.
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::SeeObligations => true,
            Permission::SeeDebt => self.has(Scope::Payroll) || self.has(Scope::ReadOnly),
        }
    }
}

impl TryFrom<Vec<Scope>> for Scopes {
    type Error = InvalidScopes;

    fn try_from(scopes: Vec<Scope>) -> Result<Self, InvalidScopes> {
        Self::new(scopes)
    }
}

impl From<Scopes> for Vec<Scope> {
    fn from(scopes: Scopes) -> Self {
        scopes.iter().collect()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Scope::as_str).collect();
        f.write_str(&words.join(","))
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scopes({self})")
    }
}

impl FromStr for Scopes {
    type Err = InvalidScopes;

    fn from_str(text: &str) -> Result<Self, InvalidScopes> {
        let scope = |word: &str| Scope::ALL.into_iter().find(|scope| scope.as_str() == word);
        let scopes: Option<Vec<Scope>> = text.split(',').map(scope).collect();
        Self::new(scopes.ok_or(InvalidScopes::Malformed)?)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    /// Every set of scopes, valid or not.
    fn sets() -> impl Iterator<Item = Vec<Scope>> {
        (0..8_u8).map(|bits| {
            Scope::ALL
                .into_iter()
                .filter(|scope| bits & scope.bit() != 0)
                .collect()
        })
    }

    #[test]
    fn read_only_stands_alone_and_nothing_is_no_scope() {
        let refused: Vec<_> = sets()
            .filter_map(|set| Scopes::new(set.clone()).err().map(|why| (set, why)))
            .collect();
        assert_eq!(
            refused,
            [
                (vec![], InvalidScopes::Missing),
                (
                    vec![Scope::Payroll, Scope::ReadOnly],
                    InvalidScopes::Contradiction
                ),
                (
                    vec![Scope::Registrations, Scope::ReadOnly],
                    InvalidScopes::Contradiction
                ),
                (Scope::ALL.to_vec(), InvalidScopes::Contradiction),
            ]
        );
        for (_, reason) in refused {
            assert_eq!(FieldCode::of_message(&reason.to_string()), Some(reason.into()));
        }
    }

    #[test]
    fn scopes_are_read_as_they_are_written() {
        for scopes in sets().filter_map(|set| Scopes::new(set).ok()) {
            assert_eq!(scopes.to_string().parse(), Ok(scopes));
            let json = serde_json::to_value(scopes).unwrap();
            assert_eq!(serde_json::from_value::<Scopes>(json).unwrap(), scopes);
        }
        assert_eq!("".parse::<Scopes>(), Err(InvalidScopes::Malformed));
        assert_eq!("payroll,owner".parse::<Scopes>(), Err(InvalidScopes::Malformed));
        assert_eq!("payroll,payroll".parse(), Scopes::new([Scope::Payroll]));
    }

    #[test]
    fn only_registrations_alone_hide_the_debt() {
        for scopes in sets().filter_map(|set| Scopes::new(set).ok()) {
            assert!(scopes.may(Permission::SeeObligations));
            let hidden = scopes.to_string() == "registrations";
            assert_eq!(scopes.may(Permission::SeeDebt), !hidden, "{scopes}");
        }
    }
}

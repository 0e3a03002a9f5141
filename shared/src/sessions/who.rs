//! Who is signed in to an account: its owner, or somebody to whom the owner lent a part of it.

use crate::delegates::{DelegateName, Permission, Scopes};
use crate::time::CivilDate;
use serde::{Deserialize, Serialize};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case", try_from = "FlatWho")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Who {
    /// Whoever knows the master key.
    Owner,
    /// A delegate.
    Delegate {
        /// Their name.
        name: DelegateName,
        /// What they may do.
        scopes: Scopes,
        /// The last day on which they get in.
        until: CivilDate,
    },
}

impl Who {
    /// Whether they may.
    pub const fn may(&self, permission: Permission) -> bool {
        match self {
            Self::Owner => true,
            Self::Delegate { scopes, .. } => scopes.may(permission),
        }
    }
}

/// How [`Who`] is read; see `recovery/flat.rs` for why.
#[derive(Debug, Deserialize)]
struct FlatWho {
    who: Word,
    name: Option<DelegateName>,
    scopes: Option<Scopes>,
    until: Option<CivilDate>,
}

/// The names of the two.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Owner,
    Delegate,
}

impl TryFrom<FlatWho> for Who {
    type Error = &'static str;

    fn try_from(flat: FlatWho) -> Result<Self, &'static str> {
        match (flat.who, flat.name, flat.scopes, flat.until) {
            (Word::Owner, ..) => Ok(Self::Owner),
            (Word::Delegate, Some(name), Some(scopes), Some(until)) => {
                Ok(Self::Delegate { name, scopes, until })
            }
            (Word::Delegate, ..) => Err("a delegate has a name, scopes and an end date"),
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::delegates::Scope;

    #[test]
    fn who_is_read_as_it_is_written() {
        let delegate = Who::Delegate {
            name: "Ana Pérez".parse().unwrap(),
            scopes: Scopes::new([Scope::Registrations]).unwrap(),
            until: "2027-01-31".parse().unwrap(),
        };
        for who in [Who::Owner, delegate] {
            let json = serde_json::to_value(&who).unwrap();
            assert_eq!(serde_json::from_value::<Who>(json).unwrap(), who);
        }
        assert!(serde_json::from_str::<Who>(r#"{"who":"delegate"}"#).is_err());
        assert!(Who::Owner.may(Permission::SeeDebt));
    }
}

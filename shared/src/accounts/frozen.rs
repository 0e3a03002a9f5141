//! Who froze an account.

use serde::{Deserialize, Serialize};

/// Who froze an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrozenBy {
    /// Its owner, with the link of a message.
    #[default]
    Owner,
    /// An officer, for its owner.
    Officer,
}

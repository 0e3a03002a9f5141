//! What every use case is given: the database, the time, randomness, keys and the policy.

use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::keys::Keys;
use crate::store::Store;
use shared::policy::Policy;
use std::sync::Arc;

/// The server's composition root, cheap to clone. Made once by `compose.rs`, or by a test's `World`.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// Keys.
    pub keys: Keys,
    /// The policy in force.
    pub policy: Policy,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

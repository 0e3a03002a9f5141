//! Keys derived from a master secret, one for each purpose, and the keyed digests made with them.
//!
//! Words: the *ring* holds the *generations* of the master secret ([`ring`]); *rotating* announces another generation, which is in
//! *force* from its time on; what a purpose does about it is its [`Fate`].
//!
//! Invariants: a digest made for one purpose never equals one made for another, nor one of another generation. What must be found by
//! equality, whatever was rotated since, is derived from the first generation for ever: so nobody is given fresh attempts by a
//! rotation. A server never forgets a generation while it runs, unless the ring says that it was retired.
//!
//! What it does not do: it does not know what was made with a generation; `retire` asks the slices.

pub mod command;
pub mod file;
pub mod job;
mod purpose;
pub mod ring;
pub mod service;
pub mod store;

pub use purpose::{Fate, Purpose};
pub use ring::{Ring, RingError};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::sync::{Arc, PoisonError, RwLock};

/// A keyed digest: what the database holds instead of a secret or of personal data.
pub type Digest = [u8; 32];

/// The keys of a server. Clones share the ring.
#[derive(Clone, Debug)]
pub struct Keys(Arc<RwLock<Ring>>);

/// A generation of the master secret: 32 random bytes, and from when new things are made with it.
#[derive(Clone, Debug)]
pub struct Generation {
    number: u32,
    from: Timestamp,
    master: Secret<[u8; 32]>,
}

impl Keys {
    /// From a master secret that was never rotated.
    pub fn new(master: Secret<[u8; 32]>) -> Self {
        Self::of(Ring::first(master))
    }

    /// From a ring.
    pub fn of(ring: Ring) -> Self {
        Self(Arc::new(RwLock::new(ring)))
    }

    /// The ring as it is known now.
    pub fn ring(&self) -> Ring {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes another ring into use, in this server and all clones. A ring that lacks what is in use is refused.
    pub fn renew(&self, ring: Ring) -> Result<(), RingError> {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.may_become(&ring)?;
        *known = ring;
        Ok(())
    }

    /// The generation that new things are made with.
    pub fn in_force(&self, now: Timestamp) -> Generation {
        let ring = self.0.read().unwrap_or_else(PoisonError::into_inner);
        ring.in_force(now).clone()
    }

    /// A generation, unless it was retired.
    pub fn generation(&self, number: u32) -> Option<Generation> {
        let ring = self.0.read().unwrap_or_else(PoisonError::into_inner);
        ring.get(number).cloned()
    }

    /// Every generation that is kept, also one that is only announced, the newest first.
    pub fn generations(&self) -> Vec<Generation> {
        let ring = self.0.read().unwrap_or_else(PoisonError::into_inner);
        ring.kept().rev().cloned().collect()
    }

    /// The key of a purpose that stays with the first generation ([`Fate::Stays`]).
    pub fn key(&self, purpose: Purpose) -> Secret<[u8; 32]> {
        let ring = self.0.read().unwrap_or_else(PoisonError::into_inner);
        ring.oldest().key(purpose)
    }

    /// The digest of `parts` under that key. Parts are length-prefixed: `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn digest(&self, purpose: Purpose, parts: &[&[u8]]) -> Digest {
        mac(self.key(purpose).expose(), parts)
    }
}

impl Generation {
    /// The number, from 1; when it comes into force; and the secret.
    pub const fn new(number: u32, from: Timestamp, master: Secret<[u8; 32]>) -> Self {
        Self { number, from, master }
    }

    /// Its number: 1 is the first.
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// From when new things are made with it.
    pub const fn from(&self) -> Timestamp {
        self.from
    }

    /// The key of a purpose.
    pub fn key(&self, purpose: Purpose) -> Secret<[u8; 32]> {
        Secret::new(mac(self.master.expose(), &[purpose.label()]))
    }

    /// The digest of `parts` under the key of `purpose`. Parts are length-prefixed: `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn digest(&self, purpose: Purpose, parts: &[&[u8]]) -> Digest {
        mac(self.key(purpose).expose(), parts)
    }

    const fn master(&self) -> &Secret<[u8; 32]> {
        &self.master
    }

    /// Whether it is the same in everything.
    fn is(&self, other: &Self) -> bool {
        self.number == other.number && self.from == other.from && self.master == other.master
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> Digest {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

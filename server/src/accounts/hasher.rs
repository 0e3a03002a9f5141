//! Argon2id for passwords, in slots that keep their memory: fresh memory costs half as much again as the hash itself.

use super::phc::Recipe;
use crate::keys::{Keys, Purpose};
use crate::slots::{Load, NoSlot, Room, Slots};
use crate::traces::PART;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use shared::policy::Hashing;
use shared::secrets::Secret;
use tracing::Instrument;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// Hashes passwords. Clones share the slots.
#[derive(Clone, Debug)]
pub struct Hasher {
    keys: Keys,
    slots: Slots<Vec<Block>>,
}

/// Why nothing was hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// No slot.
    #[error("no slot to hash in")]
    NoSlot(#[from] NoSlot),
    /// It was hashed with a pepper of a generation that is not in the ring.
    #[error("the generation of the pepper is not in the ring of keys")]
    Pepper,
    /// Parameters that Argon2 does not take: a damaged row, since the policy is validated.
    #[error("argon2 parameters are out of range")]
    Parameters,
}

impl Hasher {
    /// Slots as the policy says; where it says 0, one a processor core.
    pub fn new(policy: &Hashing, keys: Keys) -> Self {
        Self {
            keys,
            slots: Slots::new(policy.slots),
        }
    }

    /// What it has to do now.
    pub fn load(&self) -> Load {
        self.slots.load()
    }

    /// Takes a free slot out of use as long as what is returned lives, as [`Slots::hold`] does.
    #[cfg(debug_assertions)]
    pub fn hold(&self) -> Option<impl Drop + use<>> {
        self.slots.hold()
    }

    /// Hashes a password by a recipe. Composed and decomposed letters are the same password (NFKC).
    pub(super) async fn hash(
        &self,
        password: &Secret<String>,
        recipe: Recipe,
        room: Room,
    ) -> Result<[u8; 32], HashError> {
        let normal = Zeroizing::new(password.expose().nfkc().collect::<String>());
        let generation = self.keys.generation(recipe.generation).ok_or(HashError::Pepper)?;
        let pepper = generation.key(Purpose::Pepper);
        self.slots
            .run(room, move |memory| fill(&normal, pepper.expose(), recipe, memory))
            .instrument(tracing::debug_span!(target: PART, "hash"))
            .await?
    }
}

fn fill(
    password: &str,
    pepper: &[u8],
    recipe: Recipe,
    memory: &mut Vec<Block>,
) -> Result<[u8; 32], HashError> {
    let Recipe {
        memory_kib,
        passes,
        lanes,
        generation: _,
        salt,
    } = recipe;
    let parameters = |_| HashError::Parameters;
    let mut output = [0; 32];
    let params = Params::new(memory_kib, passes, lanes, Some(output.len())).map_err(parameters)?;
    let blocks = params.block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    let memory = memory.get_mut(..blocks).unwrap_or_default();
    Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params)
        .map_err(parameters)?
        .hash_password_into_with_memory(password.as_bytes(), &salt, &mut output, memory)
        .map_err(parameters)?;
    Ok(output)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Ring;
    use shared::time::Timestamp;

    const POLICY: Hashing = Hashing {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
        slots: 2,
    };

    fn recipe(salt: u8) -> Recipe {
        Recipe::new(&POLICY, 1, [salt; 16])
    }

    #[tokio::test]
    async fn the_same_in_the_same_out_whatever_memory_it_ran_in() {
        let hasher = Hasher::new(&POLICY, Keys::new(Secret::new([1; 32])));
        let first = hasher
            .hash(&"Tz9#kUx2!q".into(), recipe(1), Room::Whole)
            .await
            .unwrap();
        let other = hasher
            .hash(&"Tz9#kUx2!r".into(), recipe(1), Room::Whole)
            .await
            .unwrap();
        let large = Recipe {
            memory_kib: 256,
            ..recipe(1)
        };
        assert_ne!(
            hasher
                .hash(&"Tz9#kUx2!q".into(), large, Room::Whole)
                .await
                .unwrap(),
            first
        );
        assert_ne!(other, first);
        assert_eq!(
            hasher
                .hash(&"Tz9#kUx2!q".into(), recipe(1), Room::Whole)
                .await
                .unwrap(),
            first
        );
        assert_ne!(
            hasher
                .hash(&"Tz9#kUx2!q".into(), recipe(2), Room::Whole)
                .await
                .unwrap(),
            first
        );
        let peppered = Hasher::new(&POLICY, Keys::new(Secret::new([2; 32])));
        assert_ne!(
            peppered
                .hash(&"Tz9#kUx2!q".into(), recipe(1), Room::Whole)
                .await
                .unwrap(),
            first
        );
    }

    #[tokio::test]
    async fn a_composed_and_a_decomposed_letter_are_one_password() {
        let hasher = Hasher::new(&POLICY, Keys::new(Secret::new([1; 32])));
        let composed = hasher
            .hash(&"Cl\u{e9}9#xkpq".into(), recipe(1), Room::Whole)
            .await
            .unwrap();
        assert_eq!(
            hasher
                .hash(&"Cle\u{301}9#xkpq".into(), recipe(1), Room::Whole)
                .await
                .unwrap(),
            composed
        );
    }

    #[tokio::test]
    async fn impossible_parameters_are_an_error() {
        let hasher = Hasher::new(&POLICY, Keys::new(Secret::new([1; 32])));
        let impossible = Recipe {
            memory_kib: 1,
            ..recipe(1)
        };
        assert_eq!(
            hasher.hash(&"x".into(), impossible, Room::Whole).await,
            Err(HashError::Parameters)
        );
    }

    #[tokio::test]
    async fn each_generation_has_a_pepper_of_its_own() {
        let first = Ring::first(Secret::new([1; 32]));
        let ring = first
            .with(Secret::new([2; 32]), Timestamp::from_millis(1_000))
            .unwrap();
        let hasher = &Hasher::new(&POLICY, Keys::of(ring));
        let with = |generation| Recipe {
            generation,
            ..recipe(1)
        };
        let hash = |generation| async move {
            hasher
                .hash(&"Tz9#kUx2!q".into(), with(generation), Room::Whole)
                .await
        };
        assert_ne!(hash(1).await.unwrap(), hash(2).await.unwrap());
        assert_eq!(hash(3).await, Err(HashError::Pepper));
    }
}

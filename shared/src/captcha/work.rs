//! One try of the work: a memory-hard hash of a number.

use super::Difficulty;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use core::fmt;

/// The memory that tries write over. Allocated once and used for all of them: fresh memory costs a third of the time.
#[derive(Default)]
pub struct Memory(Vec<Block>);

impl Memory {
    /// As much as `blocks` KiB.
    fn of(&mut self, blocks: usize) -> &mut [Block] {
        if self.0.len() < blocks {
            self.0.resize(blocks, Block::new());
        }
        self.0.get_mut(..blocks).unwrap_or_default()
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memory({} KiB)", self.0.len())
    }
}

/// The part that one part of a challenge plays in all tries: parameters and salt.
pub(super) struct Work<'a> {
    argon2: Argon2<'static>,
    blocks: usize,
    bits: u32,
    seed: &'a [u8],
}

impl<'a> Work<'a> {
    /// The work of a challenge; `seed` makes it another for each challenge. `None` for parameters that Argon2 refuses.
    pub(super) fn new(difficulty: Difficulty, seed: &'a [u8]) -> Option<Self> {
        let params = Params::new(
            difficulty.memory_kib,
            difficulty.passes.into(),
            1,
            Some(Self::OUTPUT),
        )
        .ok()?;
        let blocks = params.block_count();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Some(Self {
            argon2,
            blocks,
            bits: difficulty.bits.into(),
            seed,
        })
    }

    /// Bytes of a hash; 64 bits are more than any difficulty asks to be zero.
    const OUTPUT: usize = 8;

    /// Whether `nonce` solves part `part`.
    pub(super) fn solves(&self, part: u8, nonce: u32, memory: &mut Memory) -> bool {
        let mut input = [part, 0, 0, 0, 0];
        input[1..].copy_from_slice(&nonce.to_le_bytes());
        let mut hash = [0; Self::OUTPUT];
        let done =
            self.argon2
                .hash_password_into_with_memory(&input, self.seed, &mut hash, memory.of(self.blocks));
        done.is_ok() && u64::from_be_bytes(hash).leading_zeros() >= self.bits
    }
}

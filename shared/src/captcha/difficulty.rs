//! How much work a challenge asks for.

use crate::policy;

/// The amount of work. The mean number of tries is `parts × 2^bits`; more parts make it vary less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difficulty {
    /// Memory of one try in KiB.
    pub(super) memory_kib: u32,
    /// Passes over the memory in one try.
    pub(super) passes: u8,
    /// Parts of the work, each with a nonce of its own.
    pub(super) parts: u8,
    /// Leading zero bits that each part's hash must have.
    pub(super) bits: u8,
}

impl Difficulty {
    /// The most that the browser is ever asked for, whatever a challenge says: 64 MiB a try.
    const MOST: Self = Self {
        memory_kib: 65_536,
        passes: 10,
        parts: 16,
        bits: 20,
    };

    /// The policy's work after `recent_failures` of the same source and of the same identifier: one bit more (twice the
    /// work) after 1, another after 3, 7, 15 and so on, up to the policy's most.
    pub fn after_failures(policy: &policy::Captcha, recent_failures: u32) -> Self {
        // The number of binary digits of n is 0, 1, 2, 2, 3, 3, 3, 3, 4 …; of n + 1 less one it rises at 1, 3, 7, 15.
        let more = u8::try_from(recent_failures.saturating_add(1).ilog2()).unwrap_or(u8::MAX);
        Self {
            memory_kib: policy.memory_kib,
            passes: u8::try_from(policy.passes).unwrap_or(u8::MAX),
            parts: policy.parts,
            bits: policy.base_bits.saturating_add(more).min(policy.max_bits),
        }
    }

    /// Leading zero bits that each part's hash must have.
    pub const fn bits(self) -> u8 {
        self.bits
    }

    /// Parts of the work.
    pub const fn parts(self) -> u8 {
        self.parts
    }

    /// Whether it is work that can be done: neither nothing nor more than any policy may ask for.
    pub(crate) const fn is_reasonable(self) -> bool {
        let most = Self::MOST;
        self.memory_kib >= 8
            && self.memory_kib <= most.memory_kib
            && self.passes >= 1
            && self.passes <= most.passes
            && self.parts >= 1
            && self.parts <= most.parts
            && self.bits <= most.bits
    }
}

//! Uniform draws from a given seed. The seed is the caller's: random for a fresh draw, derived from a key for one that
//! must come out the same every time.

use super::QuestionKind;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A stream of draws: HMAC-SHA-256 under the seed, in counter mode.
#[derive(Clone)]
pub struct Bits {
    seed: [u8; 32],
    counter: u64,
}

impl Bits {
    /// The stream of this seed.
    pub const fn new(seed: [u8; 32]) -> Self {
        Self { seed, counter: 0 }
    }

    /// The stream of this seed for one kind of question, which tells nothing of the other kinds' streams.
    pub(super) fn stream(&self, kind: QuestionKind) -> Self {
        let mut mac = Self::keyed(&self.seed);
        mac.update(b"kind");
        mac.update(format!("{kind:?}").as_bytes());
        Self::new(mac.finalize().into_bytes().into())
    }

    /// A number below `bound`, each as likely as the others. Zero when `bound` is zero.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let surplus = (u64::MAX % bound + 1) % bound;
        loop {
            let number = self.next();
            if number <= u64::MAX - surplus {
                return number % bound;
            }
        }
    }

    /// A place in a list of `length`.
    pub fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// Puts a list in an order, each order as likely as the others (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.place(end + 1));
        }
    }

    fn keyed(seed: &[u8; 32]) -> Hmac<Sha256> {
        <Hmac<Sha256> as KeyInit>::new_from_slice(seed).expect("HMAC takes keys of any length")
    }

    fn next(&mut self) -> u64 {
        let mut mac = Self::keyed(&self.seed);
        mac.update(&self.counter.to_le_bytes());
        self.counter += 1;
        let digest: [u8; 32] = mac.finalize().into_bytes().into();
        let mut number = [0; 8];
        number.copy_from_slice(&digest[..8]);
        u64::from_le_bytes(number)
    }
}

impl core::fmt::Debug for Bits {
    /// The seed tells which choices are decoys.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Bits(••••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_draws() {
        let draws = |seed| {
            let mut bits = Bits::new([seed; 32]);
            core::array::from_fn::<u64, 16, _>(|_| bits.below(1000))
        };
        assert_eq!(draws(1), draws(1));
        assert_ne!(draws(1), draws(2));
    }

    #[test]
    fn draws_are_below_their_bound_and_even() {
        let mut bits = Bits::new([3; 32]);
        let mut counts = [0u32; 5];
        for _ in 0..5000 {
            counts[bits.place(5)] += 1;
        }
        // 1000 expected of each; four standard deviations are about 113.
        assert!(
            counts.iter().all(|count| (880..1120).contains(count)),
            "{counts:?}"
        );
        assert_eq!(bits.below(0), 0);
        assert_eq!(bits.below(1), 0);
    }
}

//! What is drawn in a drill, all of it from one seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::time::Duration;

/// A stream of random numbers of its own.
#[derive(Clone, Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of this number under a seed. Two streams have nothing in common.
    pub fn of(seed: u64, stream: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        Self(random)
    }

    /// A number below `most`, which is at least 1.
    pub fn below(&mut self, most: u32) -> u32 {
        self.0.next_u32() % most.max(1)
    }

    /// Whether it is the one of so many chances.
    pub fn one_in(&mut self, chances: u32) -> bool {
        self.below(chances) == 0
    }

    /// A time between two.
    pub fn between(&mut self, least: Duration, most: Duration) -> Duration {
        let span = u32::try_from(most.saturating_sub(least).as_millis()).unwrap_or(u32::MAX);
        least + Duration::from_millis(self.below(span.saturating_add(1)).into())
    }

    /// One of them, which are not none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let most = u32::try_from(all.len()).expect("few");
        &all[usize::try_from(self.below(most)).expect("a small number")]
    }
}

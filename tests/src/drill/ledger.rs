//! What people wrote down: how long each step took, and what they were refused with.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Shared by all people of a drill.
#[derive(Debug, Default)]
pub struct Ledger(Mutex<Pages>);

#[derive(Debug, Default)]
struct Pages {
    times: BTreeMap<&'static str, Vec<Duration>>,
    refusals: BTreeMap<(&'static str, String), u64>,
}

/// How long one step took, over all people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// How often it was taken.
    pub count: usize,
    /// Half of them took no longer.
    pub median: Duration,
    /// Ninety-nine of a hundred took no longer.
    pub most: Duration,
}

impl Ledger {
    /// A step was answered.
    pub fn took(&self, step: &'static str, time: Duration) {
        self.pages().times.entry(step).or_default().push(time);
    }

    /// A step was refused, or had no answer.
    pub fn refused(&self, step: &'static str, why: &str) {
        *self.pages().refusals.entry((step, why.to_owned())).or_default() += 1;
    }

    /// Every step with its times.
    pub fn times(&self) -> Vec<(&'static str, Times)> {
        let pages = self.pages();
        pages
            .times
            .iter()
            .map(|(step, times)| (*step, Times::of(times.clone())))
            .collect()
    }

    /// Every step with what it was refused with, and how often.
    pub fn refusals(&self) -> Vec<(&'static str, String, u64)> {
        let pages = self.pages();
        pages
            .refusals
            .iter()
            .map(|((step, why), count)| (*step, why.clone(), *count))
            .collect()
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Times {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |part: usize| {
            // The nearest rank: of a hundred, the fiftieth and the ninety-ninth.
            let rank = (times.len() * part).div_ceil(100).max(1);
            times.get(rank - 1).copied().unwrap_or_default()
        };
        Self {
            count: times.len(),
            median: at(50),
            most: at(99),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranks_are_those_of_the_sorted_times() {
        let ledger = Ledger::default();
        for millis in (1..=200).rev() {
            ledger.took("answers", Duration::from_millis(millis));
        }
        ledger.refused("answers", "busy");
        ledger.refused("answers", "busy");
        let expected = Times {
            count: 200,
            median: Duration::from_millis(100),
            most: Duration::from_millis(198),
        };
        assert_eq!(ledger.times(), [("answers", expected)]);
        assert_eq!(ledger.refusals(), [("answers", "busy".to_owned(), 2)]);
    }

    #[test]
    fn one_time_is_every_rank_and_none_is_nothing() {
        let one = Times::of(vec![Duration::from_millis(7)]);
        assert_eq!(
            (one.median, one.most),
            (Duration::from_millis(7), Duration::from_millis(7))
        );
        assert_eq!(Times::of(Vec::new()), Times::default());
    }
}

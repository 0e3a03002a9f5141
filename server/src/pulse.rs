//! Whether something that is tried again and again works, by how it went lately. No domain word lives here.
//!
//! It is this node's own experience, as a circuit is: another node may have another. What nobody tried for [`MEMORY`] is not held
//! against it.

use shared::time::Timestamp;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So many failures in a row are more than a mishap.
const LASTING: u32 = 3;

/// How long a failure is remembered after which nobody tried.
const MEMORY: Duration = Duration::from_mins(10);

/// The pulse. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Pulse(Arc<Mutex<Option<Failures>>>);

#[derive(Clone, Copy, Debug)]
struct Failures {
    since: Timestamp,
    last: Timestamp,
    count: u32,
}

/// What is the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Since the first failure in a row.
    pub since: Timestamp,
    /// Whether there were several.
    pub strength: Strength,
}

/// How much is the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// It failed once or twice.
    Passing,
    /// It failed time after time.
    Lasting,
}

impl Pulse {
    /// It worked.
    pub fn works(&self) {
        *self.failures() = None;
    }

    /// It failed.
    pub fn fails(&self, at: Timestamp) {
        let mut failures = self.failures();
        *failures = Some(match *failures {
            Some(before) if is_remembered(before, at) => Failures {
                last: at,
                count: before.count.saturating_add(1),
                ..before
            },
            Some(_) | None => Failures {
                since: at,
                last: at,
                count: 1,
            },
        });
    }

    /// What is the matter now, if anything.
    pub fn trouble(&self, now: Timestamp) -> Option<Trouble> {
        let failures = (*self.failures()).filter(|it| is_remembered(*it, now))?;
        Some(Trouble {
            since: failures.since,
            strength: if failures.count < LASTING {
                Strength::Passing
            } else {
                Strength::Lasting
            },
        })
    }

    fn failures(&self) -> MutexGuard<'_, Option<Failures>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_remembered(failures: Failures, now: Timestamp) -> bool {
    now.since(failures.last) < MEMORY
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_millis(1_795_446_000_000);
    const TICK: Duration = Duration::from_micros(1);

    #[test]
    fn the_third_failure_in_a_row_is_lasting_and_one_that_worked_ends_all() {
        let pulse = Pulse::default();
        assert_eq!(pulse.trouble(START), None);
        for (number, strength) in [
            (0, Strength::Passing),
            (1, Strength::Passing),
            (2, Strength::Lasting),
            (3, Strength::Lasting),
        ] {
            let at = START.after(Duration::from_secs(number));
            pulse.fails(at);
            let since = START;
            assert_eq!(pulse.trouble(at), Some(Trouble { since, strength }));
        }
        pulse.works();
        assert_eq!(pulse.trouble(START), None);
    }

    #[test]
    fn what_nobody_tried_for_long_is_forgotten() {
        let pulse = Pulse::default();
        pulse.fails(START);
        let end = START.after(MEMORY);
        assert!(pulse.trouble(end.before(TICK)).is_some());
        assert_eq!(pulse.trouble(end), None);
        pulse.fails(end);
        assert_eq!(pulse.trouble(end).unwrap().since, end, "it begins anew");
    }
}

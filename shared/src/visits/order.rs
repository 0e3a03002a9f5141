//! Who is called next.
//!
//! An appointment is a promise of a time, so it goes first once that time has come; who came late with one has lost the time and
//! not the promise, and is counted from the arrival. Walk-ins come in the order of their arrival. Who came early with an appointment
//! is called before the time only if nobody else waits.

use crate::time::Timestamp;

/// Somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// When they came.
    pub arrived_at: Timestamp,
    /// The time of their appointment; `None` for a walk-in.
    pub starts_at: Option<Timestamp>,
    /// The number that they are called by: decides between equals.
    pub number: u32,
}

/// In which row somebody stands, the first row first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Due,
    WalkIn,
    Early,
}

impl Waiting {
    /// Where they stand at `now`: less is earlier.
    fn place(self, now: Timestamp) -> (Row, Timestamp, u32) {
        let (row, since) = match self.starts_at {
            Some(starts_at) if starts_at <= now => (Row::Due, starts_at.max(self.arrived_at)),
            Some(starts_at) => (Row::Early, starts_at),
            None => (Row::WalkIn, self.arrived_at),
        };
        (row, since, self.number)
    }
}

/// Those who wait, in the order in which they are called at `now`.
pub fn next<T>(mut waiting: Vec<T>, now: Timestamp, of: impl Fn(&T) -> Waiting) -> Vec<T> {
    waiting.sort_by_key(|one| of(one).place(now));
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_millis(1_790_000_000_000);

    fn minutes(count: i64) -> Timestamp {
        Timestamp::from_millis(NOON.as_millis() + count * 60_000)
    }

    fn numbers(waiting: &[Waiting], now: Timestamp) -> Vec<u32> {
        let waiting = next(waiting.to_vec(), now, |one| *one);
        waiting.iter().map(|one| one.number).collect()
    }

    const fn one(number: u32, arrived_at: Timestamp, starts_at: Option<Timestamp>) -> Waiting {
        Waiting {
            arrived_at,
            starts_at,
            number,
        }
    }

    #[test]
    fn an_appointment_goes_first_from_its_time_on_and_one_tick_before_it_does_not() {
        let waiting = [
            one(1, minutes(-30), None),
            one(2, minutes(-10), Some(NOON)),
            one(3, minutes(-20), None),
        ];
        let before = Timestamp::from_micros(NOON.as_micros() - 1);
        assert_eq!(numbers(&waiting, before), [1, 3, 2]);
        assert_eq!(numbers(&waiting, NOON), [2, 1, 3]);
    }

    #[test]
    fn who_is_late_stands_behind_whoever_was_there_in_time() {
        // 1 had an earlier time and came after the time of 2.
        let waiting = [
            one(1, minutes(12), Some(minutes(-20))),
            one(2, minutes(-5), Some(minutes(10))),
        ];
        assert_eq!(numbers(&waiting, minutes(15)), [2, 1]);
    }

    #[test]
    fn equals_go_by_their_number() {
        let waiting = [
            one(2, NOON, Some(NOON)),
            one(1, NOON, Some(NOON)),
            one(3, NOON, None),
        ];
        assert_eq!(numbers(&waiting, NOON), [1, 2, 3]);
    }
}

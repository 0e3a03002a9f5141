//! Whether and when a call is tried again. Pure: the draw, the time that is left and what the registry asked for are given.

use std::time::Duration;

/// How often, and with which pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How often a call is tried again after its first try.
    pub retries: u8,
    /// The first pause. Each one after it is twice as long.
    pub pause: Duration,
}

impl Rules {
    /// How long to wait before the next try, or `None` if there is none: all are used up, or the wait would use up the
    /// time that is `left`.
    ///
    /// `tried` is how many tries failed; `asked_for` is what the registry wants at least (`Retry-After`). Of the growing
    /// pause the second half is drawn, so that callers that failed together do not come back together; `below` draws
    /// a number below its argument.
    pub fn pause(
        &self,
        tried: u8,
        asked_for: Option<Duration>,
        left: Duration,
        below: impl FnOnce(u64) -> u64,
    ) -> Option<Duration> {
        if tried > self.retries {
            return None;
        }
        let doubled = self.pause.saturating_mul(
            1_u32
                .checked_shl(u32::from(tried.saturating_sub(1)))
                .unwrap_or(u32::MAX),
        );
        let half = doubled / 2;
        let micros = u64::try_from(half.as_micros()).unwrap_or(u64::MAX);
        let drawn = half + Duration::from_micros(below(micros.saturating_add(1)));
        let wait = drawn.max(asked_for.unwrap_or_default());
        (wait < left).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules {
        retries: 2,
        pause: Duration::from_millis(100),
    };
    const LEFT: Duration = Duration::from_secs(5);

    #[test]
    fn pauses_double_and_vary_between_half_and_whole() {
        let shortest = |tried| RULES.pause(tried, None, LEFT, |_| 0);
        let longest = |tried| RULES.pause(tried, None, LEFT, |bound| bound - 1);
        assert_eq!(shortest(1), Some(Duration::from_millis(50)));
        assert_eq!(longest(1), Some(Duration::from_millis(100)));
        assert_eq!(shortest(2), Some(Duration::from_millis(100)));
        assert_eq!(longest(2), Some(Duration::from_millis(200)));
        assert_eq!(longest(3), None, "two retries, not three");
    }

    #[test]
    fn no_retry_that_would_come_too_late() {
        let wait = |left: Duration| RULES.pause(1, None, left, |_| 0);
        let pause = Duration::from_millis(50);
        let tick = Duration::from_nanos(1);
        assert_eq!(wait(pause.checked_sub(tick).unwrap()), None);
        assert_eq!(wait(pause), None);
        assert_eq!(wait(pause + tick), Some(pause));
    }

    #[test]
    fn the_registry_may_ask_for_more_but_not_for_less() {
        let wait = |seconds| RULES.pause(1, Some(Duration::from_secs(seconds)), LEFT, |_| 0);
        assert_eq!(wait(0), Some(Duration::from_millis(50)));
        assert_eq!(wait(2), Some(Duration::from_secs(2)));
        assert_eq!(wait(5), None, "it would use up the time");
    }

    #[test]
    fn no_number_of_tries_overflows() {
        let rules = Rules {
            retries: u8::MAX,
            pause: Duration::MAX,
        };
        for tried in [1, 31, 32, 33, 255] {
            assert_eq!(rules.pause(tried, None, LEFT, |bound| bound - 1), None);
        }
    }

    #[test]
    fn a_registry_that_wants_to_be_left_alone_for_ever_is() {
        let endless = Some(Duration::from_secs(u64::MAX));
        assert_eq!(RULES.pause(1, endless, LEFT, |_| 0), None);
    }
}

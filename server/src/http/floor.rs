//! The time floor: answers that must not tell by their speed what was found.

use crate::clock::{Stopwatch, pause};
use std::time::Duration;

/// Waits until the time since `started` is a whole multiple of `floor`, at least one. A slow answer moves on to the
/// next multiple, so that it does not tell how slow it was either. A floor of zero waits for nothing.
pub async fn floor(started: Stopwatch, floor: Duration) {
    pause(left(started.elapsed(), floor)).await;
}

fn left(elapsed: Duration, floor: Duration) -> Duration {
    if floor.is_zero() {
        return Duration::ZERO;
    }
    let floors = elapsed.as_nanos().div_ceil(floor.as_nanos()).max(1);
    floor
        .saturating_mul(u32::try_from(floors).unwrap_or(u32::MAX))
        .saturating_sub(elapsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_up_to_a_multiple() {
        let floor = Duration::from_millis(300);
        let ends = |elapsed: u64| {
            let elapsed = Duration::from_micros(elapsed);
            (elapsed + left(elapsed, floor)).as_millis()
        };
        assert_eq!(ends(0), 300);
        assert_eq!(ends(299_999), 300);
        assert_eq!(ends(300_000), 300);
        assert_eq!(ends(300_001), 600);
        assert_eq!(left(Duration::from_secs(5), Duration::ZERO), Duration::ZERO);
    }
}

//! What processes take of the machine, as the kernel tells it (`/proc`, Linux only).

use std::fs;
use std::path::Path;
use std::time::Duration;

/// The kernel counts processors' time in hundredths of a second, wherever Linux runs.
const TICK: Duration = Duration::from_millis(10);

/// Processors' time.
#[derive(Debug)]
pub(super) struct Spent;

impl Spent {
    /// Of a process, since it began.
    pub(super) fn of(process: u32) -> Option<Duration> {
        let text = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("stat")).ok()?;
        // Its name, in brackets, may hold anything.
        let (_, rest) = text.rsplit_once(')')?;
        let mut fields = rest.split_whitespace().skip(11);
        let (user, system): (u32, u32) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some(TICK * (user + system))
    }

    /// Of all processors, for whatever.
    pub(super) fn all() -> Duration {
        let text = fs::read_to_string("/proc/stat").unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        let ticks: Vec<u32> = line
            .split_whitespace()
            .skip(1)
            .filter_map(|word| word.parse().ok())
            .collect();
        // user, nice, system; then idle and waiting, which are nobody's; then interrupts.
        let busy = ticks
            .iter()
            .take(3)
            .chain(ticks.iter().skip(5).take(2))
            .sum::<u32>();
        TICK * busy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_counted_as_ours_and_the_machines() {
        let id = std::process::id();
        let (mine, all) = (Spent::of(id).unwrap(), Spent::all());
        let watch = server::clock::Stopwatch::start();
        let mut sum = 0_u64;
        while Spent::of(id).unwrap() < mine + TICK * 3 {
            assert!(watch.elapsed() < Duration::from_secs(30), "{sum}");
            sum = (0..100_000).fold(sum, |sum, one| sum.wrapping_mul(31).wrapping_add(one));
        }
        assert!(Spent::all() > all);
    }
}

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
        Some(read(process)?.1)
    }

    /// Of a process and those that it started and that live.
    pub(super) fn of_family(process: u32) -> Option<Duration> {
        let all = fs::read_dir("/proc").ok()?;
        let numbers = all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        let ours = numbers.filter_map(|number: u32| {
            let (parent, spent) = read(number)?;
            (number == process || parent == process).then_some(spent)
        });
        Some(ours.sum())
    }
}

/// A process's parent, and its time.
fn read(process: u32) -> Option<(u32, Duration)> {
    let text = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("stat")).ok()?;
    // Its name, in brackets, may hold anything. Behind it: state, parent, …, user, system.
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let (user, system): (u32, u32) = (fields.get(11)?.parse().ok()?, fields.get(12)?.parse().ok()?);
    Some((fields.get(1)?.parse().ok()?, TICK * (user + system)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_counted() {
        let id = std::process::id();
        let (before, family) = (Spent::of(id).unwrap(), Spent::of_family(id).unwrap());
        let watch = server::clock::Stopwatch::start();
        let mut sum = 0_u64;
        while Spent::of(id).unwrap() < before + TICK * 3 {
            assert!(watch.elapsed() < Duration::from_secs(30), "{sum}");
            sum = (0..100_000).fold(sum, |sum, one| sum.wrapping_mul(31).wrapping_add(one));
        }
        assert!(Spent::of_family(id).unwrap() >= family + TICK * 3);
        assert_eq!(Spent::of(u32::MAX), None);
    }
}

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
        Some(read(process)?.own)
    }

    /// Of a process and those that it started, also of those that ended.
    pub(super) fn of_family(process: u32) -> Option<Duration> {
        let all = fs::read_dir("/proc").ok()?;
        let numbers = all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        let ours = numbers.filter_map(|number: u32| {
            let found = read(number)?;
            if number == process {
                return Some(found.own + found.ended);
            }
            (found.parent == process).then_some(found.own)
        });
        Some(ours.sum())
    }
}

/// What the kernel tells of a process.
struct Process {
    parent: u32,
    own: Duration,
    /// The time of those that it started and that ended.
    ended: Duration,
}

fn read(process: u32) -> Option<Process> {
    let text = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("stat")).ok()?;
    // Its name, in brackets, may hold anything. Behind it: state, parent, …, user, system, and both of those that ended.
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |place: usize| -> Option<u32> { fields.get(place)?.parse().ok() };
    Some(Process {
        parent: number(1)?,
        own: TICK * (number(11)? + number(12)?),
        ended: TICK * (number(13)? + number(14)?),
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::process::Command;

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

    #[test]
    fn work_of_those_that_ended_is_counted_in_the_family() {
        const WORK: &str = "i=0; while [ $i -lt 50000 ]; do i=$((i + 1)); done";
        let id = std::process::id();
        let watch = server::clock::Stopwatch::start();
        while Spent::of_family(id).unwrap() < Spent::of(id).unwrap() + TICK * 5 {
            assert!(watch.elapsed() < Duration::from_secs(30));
            assert!(Command::new("sh").args(["-c", WORK]).status().unwrap().success());
        }
    }
}

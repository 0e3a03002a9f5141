//! The ring: every generation of the master key, as the file `master.key` holds them.
//!
//! ```text
//! 64 hexadecimal digits                          the first generation
//! 2 1795446000 64 hexadecimal digits             the second, in force from this second of Unix time on
//! 3 retired                                      a number that is not given again
//! 4 1803222000 64 hexadecimal digits
//! ```

use super::Generation;
use crate::hexadecimal::{self, Hexadecimal};
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::fmt::Write as _;

/// What the file is called.
pub const FILE: &str = "master.key";

/// The generations of an installation: the first, and those after it.
#[derive(Clone, Debug)]
pub struct Ring {
    first: Generation,
    later: Vec<Place>,
}

/// The place of a generation after the first.
#[derive(Clone, Debug)]
enum Place {
    Kept(Generation),
    Retired,
}

/// Why a text is no ring, or why a ring cannot be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RingError {
    /// The first line is another.
    #[error("the first line does not hold 64 hexadecimal digits")]
    First,
    /// A later line is neither a generation nor a retired one, or its number does not follow the one before.
    #[error("line {0} holds no generation of its number")]
    Line(usize),
    /// A generation is to be in force before one that is older than it.
    #[error("generation {0} is in force before the one that it follows")]
    Order(u32),
    /// It lacks a generation that is in use, or has another in its place.
    #[error(
        "generation {0} is missing or another: this is not the ring of this installation, or an old copy of it"
    )]
    Lost(u32),
}

impl Ring {
    /// A ring of one generation.
    pub const fn first(master: Secret<[u8; 32]>) -> Self {
        Self {
            first: Generation::new(1, Timestamp::from_micros(0), master),
            later: Vec::new(),
        }
    }

    /// Reads the file's text.
    pub fn read(text: &str) -> Result<Self, RingError> {
        let mut lines = text.trim_end().lines();
        let first = lines.next().unwrap_or_default().trim();
        let mut ring = Self::first(Secret::new(hexadecimal::read(first).ok_or(RingError::First)?));
        for (line, number) in lines.zip(2..) {
            let place = read_place(line.trim(), number).ok_or(RingError::Line(number as usize))?;
            if let Place::Kept(generation) = &place
                && generation.from() <= ring.last().from()
            {
                return Err(RingError::Order(number));
            }
            ring.later.push(place);
        }
        Ok(ring)
    }

    /// The file's text.
    pub fn to_text(&self) -> Secret<String> {
        let mut text = format!("{}\n", Hexadecimal(self.first.master().expose()));
        for (place, number) in self.later.iter().zip(2_u32..) {
            let _infallible = match place {
                Place::Retired => writeln!(text, "{number} retired"),
                Place::Kept(generation) => {
                    let master = Hexadecimal(generation.master().expose());
                    writeln!(text, "{number} {} {master}", generation.from().as_millis() / 1000)
                }
            };
        }
        Secret::new(text)
    }

    /// The generations that are kept, the first before the others.
    pub fn kept(&self) -> impl DoubleEndedIterator<Item = &Generation> {
        let later = self.later.iter().filter_map(|place| match place {
            Place::Kept(generation) => Some(generation),
            Place::Retired => None,
        });
        std::iter::once(&self.first).chain(later)
    }

    /// The oldest generation: what does not rotate is derived from it.
    pub const fn oldest(&self) -> &Generation {
        &self.first
    }

    /// The newest generation that is kept, in force or announced.
    pub fn last(&self) -> &Generation {
        self.kept().next_back().unwrap_or(&self.first)
    }

    /// A generation, unless it was retired.
    pub fn get(&self, number: u32) -> Option<&Generation> {
        self.kept().find(|generation| generation.number() == number)
    }

    /// The generation that new things are made with.
    pub fn in_force(&self, now: Timestamp) -> &Generation {
        let mut newest_first = self.kept().rev();
        newest_first
            .find(|generation| generation.from() <= now)
            .unwrap_or(&self.first)
    }

    /// The numbers that were given, also those of retired generations.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        std::iter::once(1).chain(self.later.iter().zip(2..).map(|(_, number)| number))
    }

    /// When nothing new was made with a generation any more: when the next one that is kept came into force.
    pub fn superseded(&self, number: u32) -> Option<Timestamp> {
        let next = self.kept().find(|generation| generation.number() > number)?;
        Some(next.from())
    }

    /// The ring with one generation more, in force from a whole second on.
    pub fn with(&self, master: Secret<[u8; 32]>, from: Timestamp) -> Result<Self, RingError> {
        let number = u32::try_from(self.later.len())
            .unwrap_or(u32::MAX)
            .saturating_add(2);
        let from = Timestamp::from_millis(from.as_millis() / 1000 * 1000);
        if from <= self.last().from() {
            return Err(RingError::Order(number));
        }
        let mut ring = self.clone();
        ring.later
            .push(Place::Kept(Generation::new(number, from, master)));
        Ok(ring)
    }

    /// The ring without the key of a generation after the first.
    pub fn without(&self, number: u32) -> Self {
        let mut ring = self.clone();
        let place = number
            .checked_sub(2)
            .and_then(|index| ring.later.get_mut(index as usize));
        if let Some(place) = place {
            *place = Place::Retired;
        }
        ring
    }

    /// Whether a server that uses this ring may use `other` from now on: it may know more, and nothing that it has may be another. A
    /// generation may be retired, but for the first.
    pub fn may_become(&self, other: &Self) -> Result<(), RingError> {
        for known in self.kept() {
            let number = known.number();
            let place = number.checked_sub(2).map(|index| other.later.get(index as usize));
            let same = match place {
                None => other.first.is(known),
                Some(Some(Place::Kept(generation))) => generation.is(known),
                Some(Some(Place::Retired)) => true,
                Some(None) => false,
            };
            if !same {
                return Err(RingError::Lost(number));
            }
        }
        Ok(())
    }
}

fn read_place(line: &str, expected: u32) -> Option<Place> {
    let (number, rest) = line.split_once(' ')?;
    if number.parse() != Ok(expected) {
        return None;
    }
    if rest == "retired" {
        return Some(Place::Retired);
    }
    let (from, master) = rest.split_once(' ')?;
    let from = Timestamp::from_millis(from.parse::<u32>().ok().map(i64::from)? * 1000);
    let master = Secret::new(hexadecimal::read(master)?);
    Some(Place::Kept(Generation::new(expected, from, master)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn master(byte: u8) -> Secret<[u8; 32]> {
        Secret::new([byte; 32])
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_millis(second * 1000)
    }

    fn ring() -> Ring {
        let ring = Ring::first(master(1)).with(master(2), at(100)).unwrap();
        ring.with(master(3), at(200)).unwrap()
    }

    #[test]
    fn a_ring_is_read_as_it_was_written() {
        for ring in [Ring::first(master(1)), ring(), ring().without(2)] {
            let text = ring.to_text();
            assert_eq!(Ring::read(text.expose()).unwrap().to_text(), text);
        }
        // The file of an installation that never rotated, with or without an end of line.
        for end in ["", "\n", "\n\n"] {
            assert!(Ring::read(&format!("{}{end}", "0f".repeat(32))).is_ok());
        }
    }

    #[test]
    fn what_is_no_ring_is_refused() {
        let (one, two) = ("0f".repeat(32), "2a".repeat(32));
        for (text, error) in [
            (String::new(), RingError::First),
            ("zz".to_owned(), RingError::First),
            (format!("{one}\n{two}"), RingError::Line(2)),
            (format!("{one}\n3 100 {two}"), RingError::Line(2)),
            (format!("{one}\n2 soon {two}"), RingError::Line(2)),
            (format!("{one}\n2 100 {two}\n3 100 {one}"), RingError::Order(3)),
            (format!("{one}\n2 100 {two}\n3 99 {one}"), RingError::Order(3)),
            (format!("{one}\n\n2 100 {two}"), RingError::Line(2)),
        ] {
            assert_eq!(Ring::read(&text).unwrap_err(), error);
        }
    }

    #[test]
    fn a_generation_is_in_force_from_its_second_on() {
        let ring = ring();
        for (micros, number) in [
            (0, 1),
            (99_999_999, 1),
            (100_000_000, 2),
            (199_999_999, 2),
            (200_000_000, 3),
            (i64::MAX, 3),
        ] {
            let now = Timestamp::from_micros(micros);
            assert_eq!(ring.in_force(now).number(), number, "{micros}");
        }
        assert_eq!(ring.superseded(1), Some(at(100)));
        assert_eq!(ring.superseded(2), Some(at(200)));
        assert_eq!(ring.superseded(3), None);
    }

    #[test]
    fn a_retired_number_is_not_given_again() {
        let ring = ring().without(3);
        assert_eq!(ring.last().number(), 2);
        assert!(ring.get(3).is_none());
        let next = ring.with(master(4), at(300)).unwrap();
        assert_eq!(next.last().number(), 4);
        assert_eq!(next.numbers().collect::<Vec<_>>(), [1, 2, 3, 4]);
        // The first stays: what does not rotate is derived from it.
        assert!(ring.without(1).get(1).is_some());
    }

    #[test]
    fn a_server_takes_a_ring_that_knows_more_and_no_other() {
        let known = Ring::first(master(1)).with(master(2), at(100)).unwrap();
        let more = known.with(master(3), at(200)).unwrap();
        assert_eq!(known.may_become(&more), Ok(()));
        assert_eq!(more.may_become(&more.without(2)), Ok(()));
        assert_eq!(more.may_become(&known), Err(RingError::Lost(3)));
        let other = Ring::first(master(9)).with(master(2), at(100)).unwrap();
        assert_eq!(known.may_become(&other), Err(RingError::Lost(1)));
        let moved = Ring::first(master(1)).with(master(2), at(101)).unwrap();
        assert_eq!(known.may_become(&moved), Err(RingError::Lost(2)));
    }

    #[test]
    fn no_key_is_shown() {
        let shown = format!("{:?}", ring());
        assert!(!shown.contains("01, 1") && !shown.contains("0101"), "{shown}");
    }
}

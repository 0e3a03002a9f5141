//! What the server and the child say to each other: frames of a length (32 bits, little end first) and so many bytes.
//!
//! An examination begins with three frames: the trust (JSON, made once), the expectation (JSON) and the file. Then the child says
//! [`Said`] (JSON) until it is an opinion. Where it asks, a frame with [`Told`] (JSON) follows, and a frame of bytes for each answer
//! that there is. Answers are large and go as they came, not as text.

use notary::{Opinion, Question, Unanswered};
use serde::{Deserialize, Serialize};
use shared::time::Timestamp;
use std::io::{self, Read, Write};

/// The longest frame that a child reads: more than any list of an authority that we fetch, or file that we take.
pub const LONGEST: usize = 32 << 20;

/// The longest frame that the server reads from a child: what it says holds no file and no list.
pub const LONGEST_SAID: usize = 4 << 20;

/// How many questions an examination may ask.
pub const MOST_QUESTIONS: usize = 16;

/// What a child says.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It asks.
    Questions(Vec<Question>),
    /// It is done.
    Opinion {
        /// The opinion, without the answers among its evidence.
        opinion: Box<Opinion>,
        /// The answers that it relied on.
        relied: Vec<Relied>,
    },
}

/// An answer that an opinion relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relied {
    /// Which one: the number of its question, counted from the first.
    pub answer: usize,
    /// When the authority said that the next one comes.
    pub next: Option<Timestamp>,
}

/// What the server tells of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Why there is no answer; otherwise its bytes are one of the frames that follow.
    pub unanswered: Option<Unanswered>,
    /// When it was fetched.
    pub fetched_at: Timestamp,
}

/// The bytes of a frame's length.
pub const HEAD: usize = 4;

/// The length of a frame, if it may be that long.
pub fn length(head: [u8; HEAD], longest: usize) -> Option<usize> {
    let length = usize::try_from(u32::from_le_bytes(head)).ok()?;
    (length <= longest).then_some(length)
}

/// The head of a frame of so many bytes; `None` for more than a frame can have.
pub fn head(length: usize) -> Option<[u8; HEAD]> {
    u32::try_from(length).ok().map(u32::to_le_bytes)
}

/// Reads a frame.
pub fn read(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = [0; HEAD];
    input.read_exact(&mut head)?;
    let length = length(head, LONGEST).ok_or(io::ErrorKind::InvalidData)?;
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads a frame of JSON.
pub fn read_json<T: for<'de> Deserialize<'de>>(input: &mut impl Read) -> io::Result<T> {
    Ok(serde_json::from_slice(&read(input)?)?)
}

/// Writes a frame of JSON.
pub fn write_json(output: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let bytes = serde_json::to_vec(value)?;
    output.write_all(&head(bytes.len()).ok_or(io::ErrorKind::InvalidData)?)?;
    output.write_all(&bytes)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_as_it_was_written() {
        let mut wire = Vec::new();
        write_json(&mut wire, &"x").unwrap();
        assert_eq!(wire, b"\x03\0\0\0\"x\"");
        assert_eq!(read(&mut &*wire).unwrap(), b"\"x\"");
        assert_eq!(read_json::<String>(&mut &*wire).unwrap(), "x");
    }

    #[test]
    fn a_frame_that_ends_early_or_never_is_an_error() {
        for wire in [&b""[..], b"\x01\0\0", b"\x02\0\0\0x", b"\xff\xff\xff\xff"] {
            assert!(read(&mut &*wire).is_err(), "{wire:?}");
        }
        assert_eq!(length([2, 0, 0, 0], 2), Some(2));
        assert_eq!(length([3, 0, 0, 0], 2), None);
    }
}

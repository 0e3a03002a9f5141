//! Making a filter from published lists.

use super::{file, key};
use sha1::{Digest, Sha1};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};
use xorf::BinaryFuse16;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// A SHA-1 digest a line in hexadecimal, and perhaps a colon and how often it was seen.
    Sha1,
    /// A password a line.
    Passwords,
}

/// Why there is no filter.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A list cannot be read, or the filter not be written.
    #[error("{path}: cannot be read or written")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A line is not of the format.
    #[error("{path}, line {line}: {reason}")]
    Line {
        /// The list.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: BadLine,
    },
    /// There is nothing in the lists.
    #[error("the lists hold no password")]
    Empty,
    /// The filter's construction gave up, which happens to no list of different digests.
    #[error("the filter cannot be made: {0}")]
    Filter(&'static str),
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// Not forty hexadecimal digits.
    #[error("a SHA-1 digest has forty hexadecimal digits")]
    Digest,
    /// What follows the colon is no number.
    #[error("a whole number must follow the colon")]
    Count,
    /// Longer than any line of a list.
    #[error("the line is too long")]
    TooLong,
}

/// What was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Built {
    /// Different passwords in the filter.
    pub passwords: usize,
    /// Size of the file.
    pub bytes: u64,
}

/// Longest line that is read.
const LONGEST_LINE: u64 = 4096;

/// Reads the lists and writes the filter. Digests seen fewer than `at_least` times are left out; all digests are held in
/// memory (8 bytes each) while it is made. The file appears under its name when it is complete.
pub fn build(
    lists: &[PathBuf],
    format: ListFormat,
    at_least: u64,
    filter: &Path,
) -> Result<Built, BuildError> {
    let mut keys = Vec::new();
    for path in lists {
        let list = File::open(path).map_err(|cause| BuildError::File {
            path: path.clone(),
            cause,
        })?;
        collect(list, format, at_least, &mut keys).map_err(|failure| failure.of(path))?;
    }
    let (made, passwords) = made(keys)?;
    let failed = |cause| BuildError::File {
        path: filter.to_owned(),
        cause,
    };
    let mut unfinished = filter.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    file::write(&made, BufWriter::new(File::create(&unfinished).map_err(failed)?)).map_err(failed)?;
    let bytes = std::fs::metadata(&unfinished).map_err(failed)?.len();
    std::fs::rename(&unfinished, filter).map_err(failed)?;
    Ok(Built { passwords, bytes })
}

/// A filter from one list in memory.
#[cfg(test)]
pub(super) fn from_reader(
    list: impl Read,
    format: ListFormat,
    at_least: u64,
) -> Result<BinaryFuse16, BuildError> {
    let mut keys = Vec::new();
    collect(list, format, at_least, &mut keys).map_err(|failure| failure.of(Path::new("list")))?;
    made(keys).map(|(filter, _)| filter)
}

enum Failure {
    File(io::Error),
    Line(u64, BadLine),
}

impl Failure {
    fn of(self, path: &Path) -> BuildError {
        let path = path.to_owned();
        match self {
            Self::File(cause) => BuildError::File { path, cause },
            Self::Line(line, reason) => BuildError::Line { path, line, reason },
        }
    }
}

fn made(mut keys: Vec<u64>) -> Result<(BinaryFuse16, usize), BuildError> {
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        return Err(BuildError::Empty);
    }
    let filter = BinaryFuse16::try_from(&keys).map_err(BuildError::Filter)?;
    Ok((filter, keys.len()))
}

fn collect(list: impl Read, format: ListFormat, at_least: u64, keys: &mut Vec<u64>) -> Result<(), Failure> {
    let mut list = BufReader::with_capacity(256 * 1024, list);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        number += 1;
        list.by_ref()
            .take(LONGEST_LINE + 1)
            .read_until(b'\n', &mut line)
            .map_err(Failure::File)?;
        if line.is_empty() {
            return Ok(());
        }
        if line.len() as u64 > LONGEST_LINE {
            return Err(Failure::Line(number, BadLine::TooLong));
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if text.is_empty() {
            continue;
        }
        match format {
            ListFormat::Passwords => keys.push(key(&Sha1::digest(text).into())),
            ListFormat::Sha1 => {
                let (digest, seen) = digest(text).map_err(|reason| Failure::Line(number, reason))?;
                if seen.is_none_or(|seen| seen >= at_least) {
                    keys.push(key(&digest));
                }
            }
        }
    }
}

/// A line `HEX` or `HEX:count`.
fn digest(line: &[u8]) -> Result<([u8; 20], Option<u64>), BadLine> {
    let (hex, count) = match line.iter().position(|byte| *byte == b':') {
        Some(colon) => (&line[..colon], Some(&line[colon + 1..])),
        None => (line, None),
    };
    if hex.len() != 40 {
        return Err(BadLine::Digest);
    }
    let mut digest = [0; 20];
    for (byte, pair) in digest.iter_mut().zip(hex.chunks_exact(2)) {
        let nibble = |digit: u8| {
            char::from(digit)
                .to_digit(16)
                .and_then(|value| u8::try_from(value).ok())
                .ok_or(BadLine::Digest)
        };
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    let count = count
        .map(|text| {
            let text = std::str::from_utf8(text).map_err(|_| BadLine::Count)?;
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            if digits {
                text.parse().map_err(|_| BadLine::Count)
            } else {
                Err(BadLine::Count)
            }
        })
        .transpose()?;
    Ok((digest, count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use xorf::Filter;

    /// SHA-1 of "password" and of "qwerty".
    const LIST: &str =
        "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\r\n\nb1b3773a05c0ed0176787a4f1574ff0075f7521e:3\n";

    fn has(list: &str, at_least: u64, password: &str) -> bool {
        let filter = from_reader(list.as_bytes(), ListFormat::Sha1, at_least).unwrap();
        filter.contains(&key(&Sha1::digest(password).into()))
    }

    #[test]
    fn the_public_format_is_read() {
        assert!(has(LIST, 1, "password") && has(LIST, 1, "qwerty") && !has(LIST, 1, "Qwerty"));
        assert!(has(LIST, 4, "password") && !has(LIST, 4, "qwerty"));
        assert!(has(LIST, 3, "qwerty"), "at the limit");
        assert!(
            has("b1b3773a05c0ed0176787a4f1574ff0075f7521e", 100, "qwerty"),
            "without a count it is always in"
        );
        assert!(
            has(&LIST.repeat(3), 1, "qwerty"),
            "the same digest again is no harm"
        );
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let long = "x".repeat(5000);
        for (bad, reason) in [
            ("5BAA61E4", BadLine::Digest),
            ("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FG8", BadLine::Digest),
            ("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:", BadLine::Count),
            ("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:-1", BadLine::Count),
            (
                "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:99999999999999999999",
                BadLine::Count,
            ),
            (long.as_str(), BadLine::TooLong),
        ] {
            let list = format!("{LIST}{bad}\n");
            match from_reader(list.as_bytes(), ListFormat::Sha1, 1) {
                Err(BuildError::Line {
                    line: 4,
                    reason: told,
                    ..
                }) if told == reason => {}
                other => panic!("{bad}: {:?}", other.map(|filter| filter.len())),
            }
        }
        assert!(matches!(
            from_reader(b"".as_slice(), ListFormat::Sha1, 1),
            Err(BuildError::Empty)
        ));
    }

    #[test]
    fn lists_of_every_small_size_can_be_made() {
        for size in 1..=40_u64 {
            let list: Vec<_> = (0..size).map(|number| format!("password {number}")).collect();
            let list = list.join(
                "
",
            );
            let filter = from_reader(list.as_bytes(), ListFormat::Passwords, 1).unwrap();
            for password in list.lines() {
                assert!(
                    filter.contains(&key(&Sha1::digest(password).into())),
                    "{password} of {size}"
                );
            }
        }
    }
}

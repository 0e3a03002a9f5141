//! Lines of a file of any size, and the fields of a line.
//!
//! A row is one line: the files that we read have no line breaks inside fields, and so a stray quotation mark spoils its
//! own line and nothing else, line numbers are exact, and memory stays bounded.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

/// Longest line that is read; a longer one is skipped to its end.
pub(super) const LONGEST_LINE: usize = 64 * 1024;

/// Reads line after line; LF and CRLF end one. A byte order mark at the start is taken away.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    number: u64,
    bytes: u64,
    encoding: Encoding,
}

/// How bytes beyond ASCII are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// A byte order mark said UTF-8: anything else is damage.
    Utf8,
    /// Nothing said: each line that is not UTF-8 is Latin-1 (in its Windows form, which every tool means by it).
    Guessed,
}

/// One line.
pub(super) enum Line<'a> {
    /// Its bytes without the end.
    Whole(&'a [u8]),
    /// Longer than [`LONGEST_LINE`].
    TooLong,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        let reader = BufReader::with_capacity(256 * 1024, reader);
        Self {
            reader,
            line: Vec::new(),
            number: 0,
            bytes: 0,
            encoding: Encoding::Guessed,
        }
    }

    /// The next line, or `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let mut complete = true;
        let mut seen = false;
        loop {
            let (taken, ended) = {
                let buffer = match self.reader.fill_buf() {
                    Ok(buffer) => buffer,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => return Err(error),
                };
                if buffer.is_empty() {
                    break;
                }
                let end = buffer.iter().position(|byte| *byte == b'\n');
                let part = &buffer[..end.unwrap_or(buffer.len())];
                if self.line.len() + part.len() > LONGEST_LINE {
                    complete = false;
                } else {
                    self.line.extend_from_slice(part);
                }
                (end.map_or(buffer.len(), |end| end + 1), end.is_some())
            };
            self.reader.consume(taken);
            self.bytes += taken as u64;
            seen = true;
            if ended {
                break;
            }
        }
        if !seen {
            return Ok(None);
        }
        self.number += 1;
        if self.number == 1 && self.line.starts_with(b"\xEF\xBB\xBF") {
            self.encoding = Encoding::Utf8;
            self.line.drain(..3);
        }
        if self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        Ok(Some(if complete {
            Line::Whole(&self.line)
        } else {
            Line::TooLong
        }))
    }

    /// The line last read, if it was whole.
    pub(super) fn current(&self) -> &[u8] {
        &self.line
    }

    /// The number of the line last read, from 1.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// How many bytes have been read.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How lines are to be decoded.
    pub(super) const fn encoding(&self) -> Encoding {
        self.encoding
    }
}

impl Encoding {
    /// The text of a line; `None` if it is damaged.
    pub(super) fn decode(self, line: &[u8]) -> Option<Cow<'_, str>> {
        match (std::str::from_utf8(line), self) {
            (Ok(text), _) => Some(Cow::Borrowed(text)),
            (Err(_), Self::Utf8) => None,
            (Err(_), Self::Guessed) => Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
}

/// A quotation mark opens a field and is not closed before the separator or the end of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unbalanced;

/// Splits a line into its fields, trimmed. A field that begins with `"` may hold the separator, and `""` for one `"`.
pub(super) fn split<'a>(
    line: &'a str,
    separator: char,
    fields: &mut Vec<Cow<'a, str>>,
) -> Result<(), Unbalanced> {
    fields.clear();
    let mut rest = line;
    loop {
        let after = if let Some(quoted) = rest.trim_start_matches(' ').strip_prefix('"') {
            let (field, after) = unquote(quoted)?;
            fields.push(field);
            let after = after.trim_start_matches(' ');
            if after.is_empty() {
                return Ok(());
            }
            after.strip_prefix(separator).ok_or(Unbalanced)?
        } else if let Some((field, after)) = rest.split_once(separator) {
            fields.push(Cow::Borrowed(field.trim()));
            after
        } else {
            fields.push(Cow::Borrowed(rest.trim()));
            return Ok(());
        };
        rest = after;
    }
}

/// The field up to its closing mark, and what follows the mark.
fn unquote(text: &str) -> Result<(Cow<'_, str>, &str), Unbalanced> {
    let mut field: Cow<'_, str> = Cow::Borrowed("");
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"').ok_or(Unbalanced)?;
        if field.is_empty() {
            field = Cow::Borrowed(part);
        } else {
            field.to_mut().push_str(part);
        }
        let Some(more) = after.strip_prefix('"') else {
            let trimmed = match field {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
            };
            return Ok((trimmed, after));
        };
        field.to_mut().push('"');
        rest = more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Result<Vec<String>, Unbalanced> {
        let mut fields = Vec::new();
        split(line, '|', &mut fields)?;
        Ok(fields.into_iter().map(Cow::into_owned).collect())
    }

    fn lines(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
        let mut lines = Lines::new(bytes);
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(match line {
                Line::Whole(bytes) => Some(bytes.to_vec()),
                Line::TooLong => None,
            });
        }
        all
    }

    #[test]
    fn fields_are_split_and_unquoted() {
        assert_eq!(fields("a|b|c").unwrap(), ["a", "b", "c"]);
        assert_eq!(fields("").unwrap(), [""]);
        assert_eq!(fields("|").unwrap(), ["", ""]);
        assert_eq!(fields(" a | b ").unwrap(), ["a", "b"]);
        assert_eq!(fields(r#""a|b"|c"#).unwrap(), ["a|b", "c"]);
        assert_eq!(
            fields(r#""LA ""CASA"" DE TODOS"|"#).unwrap(),
            [r#"LA "CASA" DE TODOS"#, ""]
        );
        assert_eq!(fields(r#""""x"|"""""#).unwrap(), [r#""x"#, r#"""#]);
        assert_eq!(fields(r#"A "B" C|d"#).unwrap(), [r#"A "B" C"#, "d"]);
        assert_eq!(fields(r#""""#).unwrap(), [""]);
    }

    #[test]
    fn a_quote_that_does_not_close_is_refused() {
        for bad in [r#""a|b"#, r#"x|"a"b|c"#, r#"""#, r#""a"""#] {
            assert_eq!(fields(bad), Err(Unbalanced), "{bad}");
        }
    }

    #[test]
    fn lines_end_in_either_way_and_the_mark_is_no_text() {
        assert_eq!(
            lines(b"\xEF\xBB\xBFa\r\nb\n\nc"),
            [&b"a"[..], b"b", b"", b"c"].map(|line| Some(line.to_vec()))
        );
        assert_eq!(lines(b""), []);
        assert_eq!(lines(b"a\n"), [Some(b"a".to_vec())]);
    }

    #[test]
    fn a_line_at_the_limit_is_read_and_one_byte_more_is_not() {
        let at = vec![b'x'; LONGEST_LINE];
        let mut above = at.clone();
        above.push(b'x');
        let file = [&at[..], b"\n", &above, b"\nend"].concat();
        assert_eq!(lines(&file), [Some(at), None, Some(b"end".to_vec())]);
    }

    #[test]
    fn each_encoding_is_read_as_it_is_meant() {
        assert_eq!(Encoding::Guessed.decode("CAÑAR".as_bytes()).unwrap(), "CAÑAR");
        assert_eq!(Encoding::Guessed.decode(b"CA\xD1AR").unwrap(), "CAÑAR");
        assert_eq!(Encoding::Utf8.decode("CAÑAR".as_bytes()).unwrap(), "CAÑAR");
        assert_eq!(Encoding::Utf8.decode(b"CA\xD1AR"), None);
    }
}

//! From the bytes of a file to the rows of a format.

use super::fields::{Fields, Header};
use super::lines::{Line, Lines, split};
use super::reject::{Reason, Refused};
use super::{Format, MissingColumn};
use std::io::{self, Read};

/// The rows of a file, one after the other.
pub(super) struct Rows<F, R> {
    lines: Lines<R>,
    separator: char,
    width: usize,
    format: F,
}

/// Why there are no rows to read.
#[derive(Debug)]
pub(super) enum Stopped {
    File(io::Error),
    NoHeader,
    Column(MissingColumn),
}

impl<F: Format, R: Read> Rows<F, R> {
    /// Reads the header.
    pub(super) fn open(reader: R) -> Result<Self, Stopped> {
        let mut lines = Lines::new(reader);
        match lines.next()? {
            Some(Line::Whole(_)) => {}
            Some(Line::TooLong) | None => return Err(Stopped::NoHeader),
        }
        let text = lines
            .encoding()
            .decode(lines.current())
            .ok_or(Stopped::NoHeader)?;
        let separator = separator(&text);
        let mut names = Vec::new();
        split(&text, separator, &mut names).map_err(|_| Stopped::NoHeader)?;
        let header = Header::new(names);
        let format = F::columns(&header).map_err(Stopped::Column)?;
        let width = header.width();
        Ok(Self {
            lines,
            separator,
            width,
            format,
        })
    }

    /// The next line with data: its number and what it holds. What the row lacks is told to `gaps`.
    #[expect(
        clippy::type_complexity,
        reason = "a name would only hide that a line is either a row or refused"
    )]
    pub(super) fn next(
        &mut self,
        gaps: &mut Vec<Refused>,
    ) -> io::Result<Option<(u64, Result<F::Row, Refused>)>> {
        loop {
            let whole = match self.lines.next()? {
                None => return Ok(None),
                Some(Line::TooLong) => false,
                Some(Line::Whole(line)) if line.trim_ascii().is_empty() => continue,
                Some(Line::Whole(_)) => true,
            };
            let read = if whole {
                self.row(gaps)
            } else {
                Err(Refused::line(Reason::LineTooLong))
            };
            return Ok(Some((self.lines.number(), read)));
        }
    }

    /// How many bytes have been read.
    pub(super) const fn bytes(&self) -> u64 {
        self.lines.bytes()
    }

    fn row(&self, gaps: &mut Vec<Refused>) -> Result<F::Row, Refused> {
        let text = self
            .lines
            .encoding()
            .decode(self.lines.current())
            .ok_or(Refused::line(Reason::Encoding))?;
        let mut fields = Vec::with_capacity(self.width);
        split(&text, self.separator, &mut fields).map_err(|_| Refused::line(Reason::Quote))?;
        if fields.len() != self.width {
            return Err(Refused::line(Reason::FieldCount));
        }
        self.format.row(&Fields::new(fields), gaps)
    }
}

impl From<io::Error> for Stopped {
    fn from(cause: io::Error) -> Self {
        Self::File(cause)
    }
}

/// What separates the fields: of `|`, `;`, `,` and the tab that which the header has most of.
fn separator(header: &str) -> char {
    let count = |separator: char| header.matches(separator).count();
    ['|', ';', ',', '\t']
        .into_iter()
        .rev()
        .max_by_key(|separator| count(*separator))
        .unwrap_or('|')
}

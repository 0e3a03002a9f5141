//! Why a row was not taken, or was taken with a gap, and the file that says so.

use shared::identifiers::InvalidIdentifier;
use shared::time::InvalidDate;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// What is wrong with a field or with a whole line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The line is longer than any row can be.
    LineTooLong,
    /// The line is not text in the file's encoding.
    Encoding,
    /// A quotation mark is not closed.
    Quote,
    /// The line has another number of fields than the header.
    FieldCount,
    /// Control characters, which no name has.
    Control,
    /// Longer than the field can be.
    TooLong,
    /// A field that must be there is empty.
    Missing,
    /// No identifier.
    Identifier(InvalidIdentifier),
    /// No date.
    Date(InvalidDate),
    /// A word that is not of the list.
    Word,
    /// No number, or out of range.
    Number,
    /// A list that cannot be taken apart as documented.
    List,
    /// Only one of two fields that belong together.
    Half,
}

/// What became of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing of it was imported.
    Rejected,
    /// It was imported without the field.
    Kept,
}

/// A remark on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The line, from 1, the header included.
    pub line: u64,
    /// What became of it.
    pub verdict: Verdict,
    /// The column's name; empty for the line as a whole.
    pub field: &'static str,
    /// What is wrong.
    pub reason: Reason,
}

/// A field that cannot be taken, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The column's name; empty for the line as a whole.
    pub field: &'static str,
    /// What is wrong.
    pub reason: Reason,
}

/// `<file>.rejects.csv`: line, verdict, field, reason. It never repeats the row, which may hold personal data.
#[derive(Debug)]
pub(super) struct RejectsFile {
    path: PathBuf,
    writer: Option<csv::Writer<BufWriter<File>>>,
}

impl Reason {
    /// The word in the rejects file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LineTooLong => "line_too_long",
            Self::Encoding => "encoding",
            Self::Quote => "quote",
            Self::FieldCount => "field_count",
            Self::Control => "control_character",
            Self::TooLong => "too_long",
            Self::Missing | Self::Identifier(InvalidIdentifier::Missing) => "missing",
            Self::Identifier(reason) => shared::api::FieldCode::from(reason).as_str(),
            Self::Date(InvalidDate::Malformed) => "malformed_date",
            Self::Date(InvalidDate::Year) => "no_such_year",
            Self::Date(InvalidDate::Month) => "no_such_month",
            Self::Date(InvalidDate::Day) => "no_such_day",
            Self::Word => "unknown_word",
            Self::Number => "number",
            Self::List => "list",
            Self::Half => "half_given",
        }
    }
}

impl Verdict {
    /// The word in the rejects file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Kept => "kept",
        }
    }
}

impl Refused {
    /// The whole line is refused.
    pub(super) const fn line(reason: Reason) -> Self {
        Self { field: "", reason }
    }
}

impl RejectsFile {
    /// The file beside an imported one. It is made at the first remark; what an earlier import left there is removed.
    pub(super) fn beside(imported: &Path) -> io::Result<Self> {
        let mut name = imported.as_os_str().to_owned();
        name.push(".rejects.csv");
        let path = PathBuf::from(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        Ok(Self { path, writer: None })
    }

    pub(super) fn note(&mut self, remark: Remark) -> io::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none @ None => {
                let mut writer = csv::Writer::from_writer(BufWriter::new(File::create(&self.path)?));
                writer
                    .write_record(["line", "verdict", "field", "reason"])
                    .map_err(io::Error::from)?;
                none.insert(writer)
            }
        };
        writer
            .write_record([
                &remark.line.to_string(),
                remark.verdict.as_str(),
                remark.field,
                remark.reason.as_str(),
            ])
            .map_err(io::Error::from)
    }

    /// Writes what is buffered. The path, if there was anything to say.
    pub(super) fn finish(mut self) -> io::Result<Option<PathBuf>> {
        match &mut self.writer {
            Some(writer) => writer.flush().map(|()| Some(self.path)),
            None => Ok(None),
        }
    }
}

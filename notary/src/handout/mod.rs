//! A handout: one A4 page to be taken along and shown, with a code for a camera and a list. Nobody signs it.
//!
//! Words: its *facts* stand in a table beside the code; its *list* says what is to be done about each thing.
//!
//! Invariants: the same handout gives the same bytes, always. The file is PDF/A-2a and PDF/UA-1 as far as the library that writes it can
//! tell, as requests are: tagged, with its fonts, without anything active. It says what was given, or there is none.
//!
//! What it does not do: it has no words of its own. Whoever asks for it brings them, in one language.

mod drawing;
mod layout;
#[cfg(test)]
mod tests;

use crate::issue::IssueError;
use crate::issue::typeface::Typeface;
use shared::time::Timestamp;

/// What a handout says.
#[derive(Clone, Debug)]
pub struct Handout {
    /// Who gives it out, above everything.
    pub issuer: String,
    /// The language of every word of it, as a tag.
    pub language: &'static str,
    /// What it is.
    pub title: String,
    /// Its table.
    pub facts: Vec<Entry>,
    /// What the QR code says.
    pub code: String,
    /// The same, for those who do not see it.
    pub code_described: String,
    /// What stands between the table and the list, a paragraph each.
    pub notes: Vec<String>,
    /// Above the list.
    pub heading: String,
    /// The list.
    pub list: Vec<Entry>,
    /// At the foot of the page.
    pub footer: String,
    /// When what it says was so.
    pub at: Timestamp,
}

/// Something, and what is said of it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What.
    pub term: String,
    /// What is said.
    pub said: String,
}

/// Writes a handout: a PDF.
///
/// # Errors
/// When something that was given cannot be shown, or not all of it on a page; anything else is a defect of ours.
pub fn write(handout: &Handout) -> Result<Vec<u8>, IssueError> {
    let typeface = Typeface::new()?;
    let layout = layout::Layout::of(handout, &typeface)?;
    drawing::draw(handout, &layout, &typeface)
}

//! A handout: one A4 page to be taken along and shown, with a code for a camera and a list. Nobody signs it.
//!
//! Words: its *facts* stand in a table beside the code; its *list* says what is to be done about each thing.
//!
//! Invariants: the same handout gives the same bytes, always. The file is PDF/A-2a and PDF/UA-1 as far as the library that writes it can
//! tell, as requests are: tagged, with its fonts, without anything active. It says what was given, but for characters that the typeface
//! lacks, which become question marks: whoever takes words in asks [`unprintable`] first, and a person who has an appointment gets a
//! sheet in any case.
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

impl Handout {
    /// The same with question marks in the place of what the typeface lacks.
    fn printable(&self, typeface: &Typeface) -> Self {
        let text = |text: &String| {
            let shown = |character| if typeface.has(character) { character } else { '?' };
            text.chars().map(shown).collect::<String>()
        };
        let entries = |entries: &[Entry]| {
            entries
                .iter()
                .map(|entry| Entry {
                    term: text(&entry.term),
                    said: text(&entry.said),
                })
                .collect()
        };
        Self {
            issuer: text(&self.issuer),
            title: text(&self.title),
            facts: entries(&self.facts),
            notes: self.notes.iter().map(text).collect(),
            heading: text(&self.heading),
            list: entries(&self.list),
            footer: text(&self.footer),
            ..self.clone()
        }
    }
}

/// The first character of a text that no handout can show, if there is one.
///
/// # Errors
/// A defect of ours.
pub fn unprintable(text: &str) -> Result<Option<char>, IssueError> {
    let typeface = Typeface::new()?;
    Ok(text.chars().find(|character| !typeface.has(*character)))
}

/// Writes a handout: a PDF.
///
/// # Errors
/// When something that was given cannot be shown, or not all of it on a page; anything else is a defect of ours.
pub fn write(handout: &Handout) -> Result<Vec<u8>, IssueError> {
    let typeface = Typeface::new()?;
    let handout = &handout.printable(&typeface);
    let layout = layout::Layout::of(handout, &typeface)?;
    drawing::draw(handout, &layout, &typeface)
}

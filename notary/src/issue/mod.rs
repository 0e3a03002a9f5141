//! Issuing a request: one A4 page that a person reads, signs with a tool of their own, and sends back.
//!
//! Words: the *sheet* is what the page says, the *layout* where its lines stand, the *drawing* the PDF made of them.
//!
//! Invariants: the same request gives the same bytes, always: there is no clock, and the document's id comes from the request's
//! number. The file is PDF/A-2a and PDF/UA-1 as far as the library that writes it can tell (ADR 102): tagged, with its fonts, without
//! anything active. It is one page, with room for a signature that shows. It says what was given, or there is none: a
//! character that the typeface lacks is an error, not a question mark.
//!
//! What it does not do: it knows no name from a registry, only what the visitor typed; it is in Spanish whatever the page's language,
//! because what is signed must say the same to everybody (`words/request.es.toml`).

pub(crate) mod drawing;
mod layout;
pub(crate) mod qr;
mod sheet;
#[cfg(test)]
mod tests;
pub(crate) mod typeface;
mod words;

use crate::Nonce;
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId};
use shared::recovery::api::CaseReference;
use shared::signatures::Purpose;
use shared::time::{Deadline, Timestamp};

/// What a request says.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who issues it.
    pub issuer: Issuer,
    /// What it asks for.
    pub purpose: Purpose,
    /// For which employer.
    pub employer: EmployerIdentifier,
    /// For which branch of it.
    pub branch: Branch,
    /// Who is to sign.
    pub representative: RepresentativeId,
    /// The case's number.
    pub reference: CaseReference,
    /// Its own number, used for no other.
    pub nonce: Nonce,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Until when it is to come back signed.
    pub expires: Deadline,
}

/// Who issues requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// As the configuration names it.
    pub name: String,
    /// Whether it is the institution.
    pub standing: Standing,
}

/// Whether a portal is the institution's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Official,
    /// It is not, and its documents say so.
    Unofficial,
}

/// Why there is no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// A character that the typeface has no glyph for.
    #[error("the typeface lacks {0:?}")]
    Unprintable(char),
    /// More text than a page takes, in the smallest size too.
    #[error("the text does not fit on a page")]
    TooLong,
    /// The words or fonts that come with this program are damaged.
    #[error("built-in data cannot be read: {0}")]
    BuiltIn(&'static str),
    /// The file would not be what it says it is.
    #[error("no valid document: {0}")]
    Invalid(&'static str),
}

/// Writes a request: a PDF.
///
/// # Errors
/// When the issuer's name cannot be shown on it; anything else is a defect of ours.
pub fn issue(request: &Request) -> Result<Vec<u8>, IssueError> {
    let sheet = sheet::Sheet::of(request)?;
    let typeface = typeface::Typeface::new()?;
    let layout = layout::Layout::of(&sheet, &typeface)?;
    drawing::draw(request, &sheet, &layout, &typeface)
}

impl Nonce {
    /// As people read it: 32 hexadecimal digits in groups of four.
    pub fn groups(&self) -> String {
        let digits = self.digits();
        let groups: Vec<&str> = (0..8).map(|group| &digits[group * 4..group * 4 + 4]).collect();
        groups.join(" ")
    }

    /// 32 hexadecimal digits.
    pub fn digits(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }

    /// What the QR code of the request says.
    pub fn code(&self) -> String {
        format!("clavero:1:{}", self.digits())
    }
}

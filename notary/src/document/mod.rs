//! Reads an uploaded file, and judges how it is made: whether it can be read, does nothing by itself, is the request that we
//! issued, and is signed once and as a whole.
//!
//! Words: *issued* is what we sent out; a *revision* is what a tool wrote at once; the *hole* is the place of the signature in the
//! file; a *signed message* is a CMS that carries the signed file within it (`.p7m`).
//!
//! Invariants: no input makes it panic or go beyond [`limits`]. Our own reader goes over every byte, whatever the tables of the
//! file say, and finds what is hidden from one reader and shown to another; a library reads the same file, and where the two
//! differ nothing passes. What was not looked at stays skipped.
//!
//! What it does not do: it knows no certificates. The CMS and the bytes that it covers are handed on.

mod active;
mod appended;
mod fault;
mod library;
pub(crate) mod limits;
mod message;
mod moment;
mod overlay;
mod parse;
mod printed;
mod rewritten;
mod scan;
mod signature;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod value;
mod view;

use crate::{Issued, Use};
use fault::Fault;
use scan::Scan;
use shared::signatures::{Finding, Reason};
use shared::time::Timestamp;
use view::View;

/// What was found about a file, and what is to be verified.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// How it is made.
    pub(crate) findings: Structure,
    /// What it is.
    pub(crate) kind: Kind,
    /// The signature of a PDF. There may be one although a finding failed, so that the person is told all at once.
    pub(crate) signature: Option<SignatureField<'a>>,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A PDF.
    Pdf,
    /// A signed message: its CMS, in DER. What it carries is judged by [`compare`].
    SignedMessage(Vec<u8>),
    /// Nothing that we read.
    Other,
}

/// The findings about a file's structure, as in [`Findings`](shared::signatures::Findings).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Structure {
    pub(crate) file: Finding,
    pub(crate) contents: Finding,
    pub(crate) request: Finding,
    pub(crate) unaltered: Finding,
    pub(crate) one_signature: Finding,
    pub(crate) coverage: Finding,
}

impl Structure {
    /// Nothing was looked at.
    pub(crate) const NONE: Self = Self {
        file: Finding::Skipped,
        contents: Finding::Skipped,
        request: Finding::Skipped,
        unaltered: Finding::Skipped,
        one_signature: Finding::Skipped,
        coverage: Finding::Skipped,
    };

    const fn unread(reason: Reason) -> Self {
        Self {
            file: Finding::Failed(reason),
            ..Self::NONE
        }
    }
}

/// A signature of a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignatureField<'a> {
    /// The CMS, in DER, without the zeros behind it.
    pub(crate) cms: Vec<u8>,
    /// By which rules.
    pub(crate) profile: Profile,
    /// The bytes that it covers, in their order.
    pub(crate) signed: Vec<&'a [u8]>,
    /// When the signer claims to have signed.
    pub(crate) claimed_at: Option<Timestamp>,
}

/// The rules that a signature of a PDF says to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// `adbe.pkcs7.detached`
    AdbeDetached,
    /// `ETSI.CAdES.detached`
    EtsiDetached,
}

/// Reads a file of any kind. Without `issued` nothing is said about the request and whether it was altered.
pub(crate) fn read<'a>(file: &'a [u8], issued: Option<&Issued>, now: Timestamp) -> Document<'a> {
    let other = |reason| Document {
        findings: Structure::unread(reason),
        kind: Kind::Other,
        signature: None,
    };
    if file.is_empty() {
        return other(Reason::Empty);
    }
    if file.len() > limits::FILE {
        return other(Reason::TooLarge);
    }
    if file.starts_with(b"%PDF-") {
        return read_pdf(file, issued, now);
    }
    match message::extract(file) {
        Some(cms) => Document {
            findings: Structure {
                file: Finding::Passed,
                ..Structure::NONE
            },
            kind: Kind::SignedMessage(cms),
            signature: None,
        },
        None => other(Reason::OtherType),
    }
}

fn read_pdf<'a>(file: &'a [u8], issued: Option<&Issued>, now: Timestamp) -> Document<'a> {
    let unread = |reason| Document {
        findings: Structure::unread(reason),
        kind: Kind::Pdf,
        signature: None,
    };
    let scan = match scan::scan(file) {
        Ok(scan) => scan,
        Err(Fault::Hidden) => {
            return Document {
                findings: hidden(),
                kind: Kind::Pdf,
                signature: None,
            };
        }
        Err(fault @ (Fault::Malformed | Fault::TooComplex | Fault::Encrypted)) => {
            return unread(fault.into());
        }
    };
    let candidates = signature::candidates(&scan);
    let mut findings = Structure {
        file: Finding::Passed,
        contents: active::contents(&scan),
        one_signature: signature::count(&candidates),
        ..Structure::NONE
    };
    let mut field = None;
    if let [candidate] = candidates.as_slice() {
        (findings.coverage, field) = signature::read(file, candidate);
    }
    match View::of(&scan).and_then(|view| library::load(&view).map(|library| (view, library))) {
        Ok((view, library)) => {
            if let [candidate] = candidates.as_slice()
                && signature::field_of(&view, candidate).is_none()
            {
                findings.one_signature = Finding::Failed(Reason::Unsigned);
            }
            if let Some(issued) = issued {
                (findings.request, findings.unaltered) =
                    held_against(issued, now, &view, &candidates, &library);
            }
        }
        Err(Fault::Hidden) => findings.coverage = Finding::Failed(Reason::HiddenContent),
        Err(fault @ (Fault::Malformed | Fault::TooComplex | Fault::Encrypted)) => {
            return unread(fault.into());
        }
    }
    Document {
        findings,
        kind: Kind::Pdf,
        signature: field,
    }
}

/// A file that two readers would see differently.
const fn hidden() -> Structure {
    Structure {
        file: Finding::Passed,
        coverage: Finding::Failed(Reason::HiddenContent),
        ..Structure::NONE
    }
}

/// The findings about the request and whether it was altered.
fn held_against(
    issued: &Issued,
    now: Timestamp,
    signed: &View<'_>,
    candidates: &[signature::Candidate<'_>],
    library: &lopdf::Document,
) -> (Finding, Finding) {
    if !signed.scan().file.starts_with(&issued.bytes) {
        return rewritten::judge(issued, now, signed, library);
    }
    // Which of two signatures is the one too many is not ours to say.
    if candidates.len() > 1 {
        return (standing(issued, now), Finding::Skipped);
    }
    let unaltered = match read_issued(&issued.bytes) {
        Some(scan) => match View::of(&scan) {
            Ok(before) => appended::judge(&before, signed, candidates),
            Err(_) => Finding::Unknown(Reason::Rewritten),
        },
        None => Finding::Unknown(Reason::Rewritten),
    };
    (standing(issued, now), unaltered)
}

fn read_issued(bytes: &[u8]) -> Option<Scan<'_>> {
    scan::scan(bytes).ok()
}

/// Whether a request can still be used: in time, and not used before.
fn standing(issued: &Issued, now: Timestamp) -> Finding {
    match issued.used {
        Use::Used => Finding::Failed(Reason::RequestUsed),
        Use::Fresh if issued.expires.has_passed(now) => Finding::Failed(Reason::RequestExpired),
        Use::Fresh => Finding::Passed,
    }
}

/// The findings about the content that a signed message carries, which has to be the issued file, byte for byte. What
/// [`read`] found about the message itself stays with the caller, as does the number of its signatures.
pub(crate) fn compare(content: &[u8], issued: Option<&Issued>, now: Timestamp) -> Structure {
    let inner = read(content, None, now);
    let mut findings = Structure {
        // A signature within is one more than the message's.
        one_signature: match inner.findings.one_signature {
            Finding::Failed(Reason::Unsigned) | Finding::Skipped => Finding::Skipped,
            Finding::Passed | Finding::Failed(_) | Finding::Unknown(_) => {
                Finding::Failed(Reason::SeveralSignatures)
            }
        },
        coverage: Finding::Skipped,
        ..inner.findings
    };
    if inner.kind != Kind::Pdf {
        findings.file = Finding::Failed(Reason::OtherType);
    }
    if let Some(issued) = issued {
        if content == issued.bytes {
            (findings.request, findings.unaltered) = (standing(issued, now), Finding::Passed);
        } else if inner.findings.file == Finding::Passed {
            (findings.request, findings.unaltered) = rewritten::judge_bytes(issued, now, content);
        }
    }
    findings
}

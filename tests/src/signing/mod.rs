//! Signing a PDF as people's tools do, by our own hand, so that a test can do it wrong in every way.
//!
//! Words: a [`Paper`] is a PDF; an [`Update`] is appended to it; a [`Prepared`] one has its signature field and a *hole* for the
//! signature; [`Message`] is what fills the hole.
//!
//! What it does not do: it is no library for signing. Genuine tools sign in `tests/notary/genuine.rs`.

pub mod cms;
pub mod paper;

pub use cms::{Fault, Message};
pub use paper::{Paper, Update};

use crate::pki::Identity;
use paper::{first, last, with_entry};
use std::fmt::Write as _;
use std::ops::Range;

/// The size of the hole, in hexadecimal digits.
const HOLE: usize = 16_384;

/// How a tool says in which way it signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubFilter {
    /// `adbe.pkcs7.detached`.
    Adobe,
    /// `ETSI.CAdES.detached`.
    Etsi,
}

/// A PDF with a field for a signature and a hole where the signature goes.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Between `<` and `>` of `/Contents`, these signs included.
    pub hole: Range<usize>,
    /// The array of `/ByteRange`, its brackets included.
    pub array: Range<usize>,
}

/// Signs a PDF soundly: the issuer's certificate goes along.
pub fn sign(pdf: &[u8], signer: &Identity, issuer: &Identity, subfilter: SubFilter) -> Vec<u8> {
    let prepared = prepare(pdf, subfilter);
    let message = Message::detached(signer, &[issuer], &prepared.covered());
    prepared.filled(&message.seal())
}

/// Signs content soundly as a `.p7m`, with the content inside.
pub fn envelop(content: &[u8], signer: &Identity, issuer: &Identity) -> Vec<u8> {
    Message::attached(signer, &[issuer], content).seal()
}

/// Appends the field of a signature, with a hole.
pub fn prepare(pdf: &[u8], subfilter: SubFilter) -> Prepared {
    prepare_with(pdf, subfilter, |_, _| ())
}

/// The same, with something else in the same update.
pub fn prepare_with(pdf: &[u8], subfilter: SubFilter, more: impl FnOnce(&Paper, &mut Update)) -> Prepared {
    prepare_at(pdf, subfilter, [0; 4], more)
}

/// The same, and the signature shows in this rectangle of the page (left, bottom, right, top).
pub fn prepare_at(
    pdf: &[u8],
    subfilter: SubFilter,
    rectangle: [u16; 4],
    more: impl FnOnce(&Paper, &mut Update),
) -> Prepared {
    let [left, bottom, right, top] = rectangle;
    let paper = Paper::read(pdf);
    let mut update = paper.update();
    let page = paper.page();
    let (widget, value) = (update.reserve(), update.reserve());
    let catalogue = paper.object(paper.root);
    let form = if catalogue.contains("/AcroForm") {
        catalogue.replace("/Fields [", &format!("/Fields [{widget} 0 R "))
    } else {
        with_entry(
            &catalogue,
            &format!("/AcroForm << /Fields [{widget} 0 R] /SigFlags 3 >>"),
        )
    };
    update.put(paper.root, form);
    let body = paper.object(page);
    let annotated = if body.contains("/Annots [") {
        body.replace("/Annots [", &format!("/Annots [{widget} 0 R "))
    } else {
        with_entry(&body, &format!("/Annots [{widget} 0 R]"))
    };
    update.put(page, annotated);
    update.put(
        widget,
        format!(
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Firma{widget}) /V {value} 0 R /Rect [{left} {bottom} {right} {top}] /P {page} 0 R /F 132 >>"
        ),
    );
    update.put(value, dictionary(subfilter));
    more(&paper, &mut update);
    Prepared::find(paper.with(&update))
}

/// A signature dictionary with a hole.
pub fn dictionary(subfilter: SubFilter) -> String {
    let subfilter = match subfilter {
        SubFilter::Adobe => "adbe.pkcs7.detached",
        SubFilter::Etsi => "ETSI.CAdES.detached",
    };
    format!(
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /{subfilter} /M (D:20261123100000-05'00') \
         /ByteRange [0 0000000000 0000000000 0000000000] /Contents <{}> >>",
        "0".repeat(HOLE)
    )
}

impl Prepared {
    /// Finds the last hole of a file and sets its ByteRange to everything else.
    pub fn find(bytes: Vec<u8>) -> Self {
        let from = last(&bytes, b"/ByteRange [").expect("a signature") + 11;
        let to = first(&bytes, from, b"]").expect("its end") + 1;
        let open = first(&bytes, to, b"/Contents <").expect("a hole") + 10;
        let close = first(&bytes, open, b">").expect("its end") + 1;
        let mut prepared = Self {
            bytes,
            hole: open..close,
            array: from..to,
        };
        let rest = prepared.bytes.len() - close;
        prepared.set_range(&[0, open, close, rest]);
        prepared
    }

    /// Writes other numbers into the ByteRange.
    pub fn set_range(&mut self, numbers: &[usize]) {
        let text: Vec<String> = numbers.iter().map(usize::to_string).collect();
        self.set_array(&format!("[{}", text.join(" ")));
    }

    /// Writes something else in the place of the ByteRange's array; it ends with a bracket and blanks before it.
    pub fn set_array(&mut self, text: &str) {
        let width = self.array.len() - 1;
        assert!(text.len() <= width, "there is room for {width}");
        let padded = format!("{text:<width$}]");
        self.bytes[self.array.clone()].copy_from_slice(padded.as_bytes());
    }

    /// Everything but the hole: what is to be signed.
    pub fn covered(&self) -> Vec<u8> {
        [&self.bytes[..self.hole.start], &self.bytes[self.hole.end..]].concat()
    }

    /// What two pieces of the file are together.
    pub fn pieces(&self, first: Range<usize>, second: Range<usize>) -> Vec<u8> {
        [&self.bytes[first], &self.bytes[second]].concat()
    }

    /// The file with a signature in its hole, filled up with noughts.
    pub fn filled(&self, signature: &[u8]) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        let inside = self.hole.start + 1..self.hole.end - 1;
        let digits = hexadecimal(signature);
        assert!(digits.len() <= inside.len(), "the hole is too small");
        bytes[inside.start..inside.start + digits.len()].copy_from_slice(digits.as_bytes());
        bytes
    }
}

/// Bytes as they stand in a hole.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a string");
        digits
    })
}

//! A small writer of PDFs and of what is appended to them: enough to sign, and to do what a tool should not.

use crate::{Issued, Nonce, Use};
use shared::time::{Deadline, Timestamp};

/// When the tests take place.
pub(super) const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);
pub(super) const NONCE: Nonce = Nonce([0x5a; 16]);
pub(super) const OTHER_NONCE: Nonce = Nonce([0x3c; 16]);

/// The numbers of the objects of the issued file, and the first that is free.
pub(super) const CATALOG: u32 = 1;
pub(super) const PAGE: u32 = 3;
pub(super) const CONTENT: u32 = 4;
pub(super) const FONT: u32 = 5;
pub(super) const INFO: u32 = 6;
pub(super) const WIDGET: u32 = 7;
pub(super) const SIGNATURE: u32 = 8;
pub(super) const APPEARANCE: u32 = 9;
pub(super) const FREE: u32 = 10;

/// An object as it is written, without its head.
pub(super) type Written = (u32, Vec<u8>);

pub(super) fn object(number: u32, text: &str) -> Written {
    (number, text.as_bytes().to_vec())
}

pub(super) fn stream(number: u32, entries: &str, data: &[u8]) -> Written {
    let mut text = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    text.extend_from_slice(data);
    text.extend_from_slice(b"\nendstream");
    (number, text)
}

/// The text of a request: its number, and what it asks for.
pub(super) fn content(nonce: &Nonce, purpose: &str) -> Vec<u8> {
    let digits = hexadecimal(&nonce.0);
    format!("BT /F1 11 Tf 60 780 Td ({purpose}) Tj 0 -20 Td ({digits}) Tj ET").into_bytes()
}

/// The objects of an issued file.
pub(super) fn objects(nonce: &Nonce, purpose: &str) -> Vec<Written> {
    vec![
        object(CATALOG, "<< /Type /Catalog /Pages 2 0 R >>"),
        object(
            2,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        ),
        object(PAGE, PAGE_TEXT),
        stream(CONTENT, "", &content(nonce, purpose)),
        object(
            FONT,
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ),
        object(INFO, "<< /Title (Solicitud) /CreationDate (D:20260922120000Z) >>"),
    ]
}

pub(super) const PAGE_TEXT: &str =
    "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>";
pub(super) const PURPOSE: &str = "Solicito una clave nueva";

/// A file of its own: header, objects, table.
pub(super) fn write(objects: &[Written]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    add(&mut file, objects, "", CATALOG);
    file
}

/// Appends a revision to a file of this module.
pub(super) fn append(base: &[u8], objects: &[Written]) -> Vec<u8> {
    append_to(base, objects, CATALOG)
}

/// Appends a revision to a file whose catalog has this number.
pub(super) fn append_to(base: &[u8], objects: &[Written], root: u32) -> Vec<u8> {
    let mut file = base.to_vec();
    if !file.ends_with(b"\n") {
        file.push(b'\n');
    }
    let prev = format!("/Prev {}", last_start(base));
    add(&mut file, objects, &prev, root);
    file
}

fn add(file: &mut Vec<u8>, objects: &[Written], prev: &str, root: u32) {
    let mut places = Vec::new();
    for (number, text) in objects {
        places.push((*number, file.len()));
        file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        file.extend_from_slice(text);
        file.extend_from_slice(b"\nendobj\n");
    }
    let at = file.len();
    file.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
    places.sort_unstable();
    for (number, place) in &places {
        file.extend_from_slice(format!("{number} 1\n{place:010} 00000 n \n").as_bytes());
    }
    let trailer =
        format!("trailer\n<< /Size 400 /Root {root} 0 R /Info 6 0 R {prev} >>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(trailer.as_bytes());
}

/// The number after the last `startxref`.
pub(super) fn last_start(file: &[u8]) -> usize {
    let text = String::from_utf8_lossy(file);
    let (_, tail) = text.rsplit_once("startxref\n").unwrap();
    tail.lines().next().unwrap().parse().unwrap()
}

/// A request that was issued just now.
pub(super) fn issued() -> Issued {
    issued_as(write(&objects(&NONCE, PURPOSE)))
}

pub(super) fn issued_as(bytes: Vec<u8>) -> Issued {
    let expires = Deadline::after(NOW, core::time::Duration::from_hours(1));
    Issued {
        bytes,
        nonce: NONCE,
        expires,
        used: Use::Fresh,
    }
}

/// What a tool appends to sign: each part can be replaced before it is written.
pub(super) struct Signing {
    pub(super) objects: Vec<Written>,
    pub(super) cms: Vec<u8>,
}

/// How many bytes are kept for a signature.
const ROOM: usize = 64;

impl Default for Signing {
    fn default() -> Self {
        let signature = format!(
            "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20260921080000-05'00') \
             /ByteRange [0 0000000000 0000000000 0000000000] /Contents <{}> >>",
            "00".repeat(ROOM)
        );
        let appearance = "/Type /XObject /Subtype /Form /BBox [0 0 110 36]";
        Self {
            objects: vec![
                object(
                    CATALOG,
                    "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /SigFlags 3 >> >>",
                ),
                object(PAGE, &PAGE_TEXT.replace("/Contents", "/Annots [7 0 R] /Contents")),
                object(WIDGET, &widget("[60 60 170 96]")),
                object(SIGNATURE, &signature),
                stream(APPEARANCE, appearance, b"0 0 110 36 re S"),
            ],
            // A sequence of three bytes: what is in it does not matter here.
            cms: vec![0x30, 0x03, 0x02, 0x01, 0x05],
        }
    }
}

pub(super) fn widget(rectangle: &str) -> String {
    format!(
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Firma) /F 132 /Rect {rectangle} /P 3 0 R /V 8 0 R /AP << /N 9 0 R >> >>"
    )
}

impl Signing {
    /// Replaces an object, or adds it.
    pub(super) fn with(mut self, (number, text): Written) -> Self {
        match self.objects.iter_mut().find(|(own, _)| *own == number) {
            Some((_, own)) => *own = text,
            None => self.objects.push((number, text)),
        }
        self
    }

    /// Appends to a file, and signs all of it but the place of the signature.
    pub(super) fn sign(&self, base: &[u8]) -> Vec<u8> {
        seal(append(base, &self.objects), &self.cms)
    }
}

/// Fills in the last signature's range and text.
pub(super) fn seal(mut file: Vec<u8>, cms: &[u8]) -> Vec<u8> {
    let (open, close) = hole(&file);
    let range = format!("[0 {open:010} {close:010} {:010}]", file.len() - close);
    put(
        &mut file,
        b"/ByteRange [0 0000000000 0000000000 0000000000]",
        &format!("/ByteRange {range}"),
    );
    let digits = hexadecimal(cms);
    file[open + 1..open + 1 + digits.len()].copy_from_slice(digits.as_bytes());
    file
}

/// Where the last signature's text begins and ends, its brackets with it.
pub(super) fn hole(file: &[u8]) -> (usize, usize) {
    let open = file
        .windows(11)
        .rposition(|window| window == b"/Contents <")
        .unwrap()
        + 10;
    let close = file[open..].iter().position(|byte| *byte == b'>').unwrap() + open + 1;
    (open, close)
}

/// Replaces a text by one of the same length.
pub(super) fn put(file: &mut [u8], what: &[u8], by: &str) {
    assert_eq!(what.len(), by.len());
    let at = file
        .windows(what.len())
        .rposition(|window| window == what)
        .unwrap();
    file[at..at + by.len()].copy_from_slice(by.as_bytes());
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

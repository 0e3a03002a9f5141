//! What can be seen of a file before it is sent: enough to spare the person a wasted upload, and to keep a key file theirs.
//!
//! Whether a file is a signed request, only the server knows.

/// The most that is sent where the installation has not said it yet, in bytes.
pub const USUAL_MOST: u32 = 5 * MEGABYTE;

/// What people call a megabyte of a file.
pub const MEGABYTE: u32 = 1024 * 1024;

/// Why a file is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// There is nothing in it.
    Empty,
    /// It is larger than allowed.
    TooLarge,
    /// It is a key, which the person must give to nobody.
    Key,
}

/// What is doubtful about a file that may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Nothing.
    None,
    /// It is neither a PDF nor a signed message.
    OtherType,
    /// It is a PDF in which no signature can be seen.
    Unsigned,
}

/// What a size alone tells; `most` is the installation's.
pub fn weigh(bytes: u64, most: u32) -> Result<(), Objection> {
    if bytes == 0 {
        Err(Objection::Empty)
    } else if bytes > u64::from(most) {
        Err(Objection::TooLarge)
    } else {
        Ok(())
    }
}

/// What the name and the bytes of a file tell.
pub fn look(name: &str, bytes: &[u8]) -> Result<Advice, Objection> {
    let name = name.to_ascii_lowercase();
    if [".p12", ".pfx"].iter().any(|ending| name.ends_with(ending)) || is_key(bytes) {
        return Err(Objection::Key);
    }
    // A PDF may have something before its header.
    let head = &bytes[..bytes.len().min(1024)];
    if has(head, b"%PDF-") {
        return Ok(if has(bytes, b"/ByteRange") {
            Advice::None
        } else {
            Advice::Unsigned
        });
    }
    let message = bytes.first() == Some(&SEQUENCE) || has(head, b"-----BEGIN ") || is_base64(head);
    Ok(if message { Advice::None } else { Advice::OtherType })
}

/// How a SEQUENCE begins in DER, which is how every signed message and every PKCS#12 file begins.
const SEQUENCE: u8 = 0x30;

/// A PKCS#12 file begins with its version, the number 3; a key in PEM says what it is.
fn is_key(bytes: &[u8]) -> bool {
    let body = match bytes {
        [SEQUENCE, length, rest @ ..] if *length < 0x80 => rest,
        // The length of a length, or 0x80 for one that is not told.
        [SEQUENCE, length, rest @ ..] => rest.get(usize::from(length & 0x7F)..).unwrap_or_default(),
        _ => &[],
    };
    body.starts_with(&[0x02, 0x01, 0x03]) || has(&bytes[..bytes.len().min(4096)], b"PRIVATE KEY-----")
}

/// A signed message written out in letters, without a frame: its first letters are those of a SEQUENCE.
fn is_base64(head: &[u8]) -> bool {
    head.starts_with(b"MI")
        && head
            .iter()
            .all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace())
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::{Advice, Objection, look, weigh};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_size_is_judged_at_its_boundaries() {
        assert_eq!(weigh(0, 500), Err(Objection::Empty));
        assert_eq!(weigh(1, 500), Ok(()));
        assert_eq!(weigh(500, 500), Ok(()));
        assert_eq!(weigh(501, 500), Err(Objection::TooLarge));
    }

    #[test]
    fn a_key_is_never_sent_whatever_it_is_called() {
        let p12 = [0x30, 0x82, 0x0A, 0x51, 0x02, 0x01, 0x03, 0x30, 0x82];
        assert_eq!(look("solicitud-signed.pdf", &p12), Err(Objection::Key));
        assert_eq!(look("x", &[0x30, 0x80, 0x02, 0x01, 0x03]), Err(Objection::Key));
        assert_eq!(look("x", &[0x30, 0x05, 0x02, 0x01, 0x03]), Err(Objection::Key));
        assert_eq!(look("Firma.P12", b"anything"), Err(Objection::Key));
        assert_eq!(look("firma.pfx", b"%PDF-1.7"), Err(Objection::Key));
        assert_eq!(
            look("x.pem", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII"),
            Err(Objection::Key)
        );
    }

    #[test]
    fn signed_files_pass_without_a_word_and_others_with_advice() {
        let p7m = [0x30, 0x82, 0x0A, 0x51, 0x06, 0x09, 0x2A];
        assert_eq!(look("a.p7m", &p7m), Ok(Advice::None));
        assert_eq!(look("a.p7m", &[0x30, 0x80, 0x06, 0x09]), Ok(Advice::None));
        assert_eq!(look("a.p7m", b"-----BEGIN PKCS7-----\nMII"), Ok(Advice::None));
        assert_eq!(look("a.p7m", b"MIIKUQYJKoZIhvcNAQcC\n"), Ok(Advice::None));
        assert_eq!(look("a.pdf", b"%PDF-1.7 /ByteRange [0 1 2 3]"), Ok(Advice::None));
        assert_eq!(
            look("a.pdf", b"\xEF\xBB\xBF%PDF-1.7 1 0 obj"),
            Ok(Advice::Unsigned)
        );
        assert_eq!(look("a.pdf", b"<!doctype html>"), Ok(Advice::OtherType));
        assert_eq!(look("a", &[0x30]), Ok(Advice::None));
    }
}

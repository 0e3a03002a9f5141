//! Finds a signed message (`.p7m`) in a file: DER, or the same as base64, with or without the lines of PEM around it.

use super::signature::der_length;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The object identifier of signed data, as it stands in DER: 1.2.840.113549.1.7.2.
const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// Lines of PEM, of which only these are read.
const LABELS: [&str; 2] = ["CMS", "PKCS7"];

/// The message, if the file is one.
pub(super) fn extract(file: &[u8]) -> Option<Vec<u8>> {
    if is_message(file) {
        return Some(file.to_vec());
    }
    let text = core::str::from_utf8(file).ok()?.trim();
    let body = LABELS.iter().find_map(|label| {
        let text = text.strip_prefix(&format!("-----BEGIN {label}-----"))?;
        text.strip_suffix(&format!("-----END {label}-----"))
    });
    let digits: String = body
        .unwrap_or(text)
        .chars()
        .filter(|digit| !digit.is_ascii_whitespace())
        .collect();
    let message = STANDARD.decode(digits).ok()?;
    is_message(&message).then_some(message)
}

/// A sequence that begins with the identifier of signed data, in definite or indefinite length.
fn is_message(bytes: &[u8]) -> bool {
    let [0x30, length, rest @ ..] = bytes else {
        return false;
    };
    let head = if *length < 0x80 {
        0
    } else {
        usize::from(length & 0x7f)
    };
    let sound = *length == 0x80 || der_length(bytes).is_some();
    sound
        && rest
            .get(head..)
            .is_some_and(|rest| rest.starts_with(&SIGNED_DATA))
}

//! Certificates in PEM, as authorities publish them: with texts between them, with any line length.

use crate::asn1::Malformed;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
/// The first byte of a certificate in DER.
const SEQUENCE: u8 = 0x30;

/// Every certificate in a file (DER). One in DER is taken as it is.
pub(super) fn certificates(file: &[u8]) -> Result<Vec<Vec<u8>>, Malformed> {
    if file.first() == Some(&SEQUENCE) {
        return Ok(vec![file.to_vec()]);
    }
    let text = String::from_utf8_lossy(file);
    let mut found = Vec::new();
    for part in text.split(BEGIN).skip(1) {
        let (body, _) = part.split_once(END).ok_or(Malformed)?;
        let packed: String = body.split_whitespace().collect();
        found.push(STANDARD.decode(packed).map_err(|_| Malformed)?);
    }
    Ok(found)
}

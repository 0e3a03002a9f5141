//! The strings of ASN.1 as text.

const UTF8: u8 = 0x0c;
const NUMERIC: u8 = 0x12;
const PRINTABLE: u8 = 0x13;
const TELETEX: u8 = 0x14;
const IA5: u8 = 0x16;
const VISIBLE: u8 = 0x1a;
const UNIVERSAL: u8 = 0x1c;
const BMP: u8 = 0x1e;

/// The text of a string of this type. Teletex is read as Latin-1, which is what issuers put there. Control characters and
/// the space around it are left out.
pub(super) fn text(tag: u8, value: &[u8]) -> Option<String> {
    let text = match tag {
        UTF8 => core::str::from_utf8(value).ok()?.to_owned(),
        NUMERIC | PRINTABLE | IA5 | VISIBLE => {
            // Some issuers put Latin-1 into the ASCII types.
            match core::str::from_utf8(value) {
                Ok(text) => text.to_owned(),
                Err(_) => latin_1(value),
            }
        }
        TELETEX => latin_1(value),
        BMP => {
            let (pairs, rest) = value.as_chunks::<2>();
            if !rest.is_empty() {
                return None;
            }
            let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units).collect::<Result<_, _>>().ok()?
        }
        UNIVERSAL => {
            let (quads, rest) = value.as_chunks::<4>();
            if !rest.is_empty() {
                return None;
            }
            let code = |quad: &[u8; 4]| char::from_u32(u32::from_be_bytes(*quad));
            quads.iter().map(code).collect::<Option<_>>()?
        }
        _ => return None,
    };
    let kept: String = text.chars().filter(|character| !character.is_control()).collect();
    Some(kept.trim().to_owned())
}

fn latin_1(value: &[u8]) -> String {
    value.iter().map(|byte| char::from(*byte)).collect()
}

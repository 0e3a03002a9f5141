//! Bytes as hexadecimal digits, for files and heads that people copy.

use std::fmt;

/// Bytes that show themselves in lower-case digits, two a byte.
#[derive(Clone, Copy, Debug)]
pub struct Hexadecimal<'a>(pub &'a [u8]);

impl fmt::Display for Hexadecimal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Reads exactly `2 * N` digits, in either case; `None` for anything else.
pub fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    // The standard parser of numbers takes a sign for a digit.
    if text.len() != 2 * N || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_and_read_again() {
        let bytes = [0x00, 0x0f, 0xa0, 0xff];
        assert_eq!(Hexadecimal(&bytes).to_string(), "000fa0ff");
        assert_eq!(read("000fa0ff"), Some(bytes));
        assert_eq!(read("000FA0FF"), Some(bytes));
    }

    #[test]
    fn what_is_no_digit_is_refused() {
        for text in [
            "",
            "00",
            "000fa0f",
            "000fa0fff",
            "000fa0f ",
            "+0+f+a+f",
            "000fa0fg",
            "ñ0fa0ff",
        ] {
            assert_eq!(read::<4>(text), None, "{text:?}");
        }
    }
}

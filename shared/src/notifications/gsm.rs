//! What fits into one text message: the GSM 7 bit default alphabet and its extension table.
//!
//! Words: a *septet* is 7 bits; a character of the alphabet takes one, one of the extension table two (an escape before
//! it). One message without a header takes 160. A single character beyond both tables turns the whole message into UCS-2,
//! of which only 70 fit: the gateway would send two or three messages, each paid for, and some phones show them apart.
//!
//! Source: 3GPP TS 23.038, 6.2.1 and 6.2.1.1.

/// How many septets one message holds.
pub const SEPTETS: usize = 160;

/// The alphabet in its order, without the escape at 0x1B. Spanish has ñ, ü, ¿, ¡ and é in it, and no á, í, ó, ú.
const ALPHABET: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// What stands behind the escape.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// A text that is no GSM 7 bit text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is in neither table of the GSM alphabet")]
pub struct NotGsm(pub char);

/// How many septets a text takes.
///
/// # Errors
/// Its first character that is in neither table.
pub fn septets(text: &str) -> Result<usize, NotGsm> {
    text.chars().map(weight).sum()
}

fn weight(character: char) -> Result<usize, NotGsm> {
    if ALPHABET.contains(character) {
        Ok(1)
    } else if EXTENSION.contains(character) {
        Ok(2)
    } else {
        Err(NotGsm(character))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_has_127_characters_each_once() {
        let mut characters: Vec<_> = ALPHABET.chars().chain(EXTENSION.chars()).collect();
        assert_eq!(ALPHABET.chars().count(), 127);
        assert_eq!(EXTENSION.chars().count(), 10);
        characters.sort_unstable();
        characters.dedup();
        assert_eq!(characters.len(), 137);
    }

    #[test]
    fn each_character_stands_at_its_place() {
        // Before the escape a place is the position; behind it, one more.
        let at = |place: usize| ALPHABET.chars().nth(place - usize::from(place > 0x1B)).unwrap();
        for (place, character) in [
            (0x00, '@'),
            (0x05, 'é'),
            (0x10, 'Δ'),
            (0x11, '_'),
            (0x1F, 'É'),
            (0x20, ' '),
            (0x23, '#'),
            (0x30, '0'),
            (0x40, '¡'),
            (0x41, 'A'),
            (0x5D, 'Ñ'),
            (0x60, '¿'),
            (0x61, 'a'),
            (0x7D, 'ñ'),
            (0x7F, 'à'),
        ] {
            assert_eq!(at(place), character, "{place:#x}");
        }
    }

    #[test]
    fn the_extension_counts_twice() {
        assert_eq!(septets(""), Ok(0));
        assert_eq!(septets("https://clave.example/desbloqueo#aZ-_09"), Ok(39));
        assert_eq!(septets("[€]"), Ok(6));
        assert_eq!(septets(&"a".repeat(SEPTETS)), Ok(160));
        assert_eq!(septets(&("€".repeat(80) + "a")), Ok(161));
    }

    #[test]
    fn what_is_in_no_table_is_named() {
        for character in [
            'á', 'í', 'ó', 'ú', 'Á', '•', '·', '«', '–', '`', '…', '\t', '\u{1b}',
        ] {
            assert_eq!(septets(&format!("a{character}")), Err(NotGsm(character)));
        }
    }
}

//! Folding: the same letter however it is written, for the rules that look for words.
//!
//! A small table instead of Unicode's: these rules run in the first load of the page, and the names of Ecuador's
//! registries are written in Latin letters. A test holds the table against Unicode's decompositions.

use zeroize::Zeroizing;

/// Base letters of U+00C0 to U+017F in lower case; a dot where there is none.
const LATIN: &[u8; 192] = b"aaaaaa.ceeeeiiiidnooooo.ouuuuy.saaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll.\
.llnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Lower case, without accents, full-width forms as the ordinary ones.
pub(super) fn plain(text: &str) -> Zeroizing<Vec<char>> {
    let mut folded = Zeroizing::new(Vec::with_capacity(text.len()));
    folded.extend(text.chars().filter_map(plain_letter));
    folded
}

/// What [`plain`] makes of one character; `None` for a combining accent.
fn plain_letter(letter: char) -> Option<char> {
    match letter {
        '\0'..='\u{7F}' => Some(letter.to_ascii_lowercase()),
        '\u{C0}'..='\u{17F}' => {
            let base = LATIN.get(letter as usize - 0xC0).copied().map_or('.', char::from);
            Some(if base == '.' { lower(letter) } else { base })
        }
        '\u{300}'..='\u{36F}' => None,
        '\u{FF01}'..='\u{FF5E}' => u8::try_from(letter as u32 - 0xFEE0)
            .ok()
            .map(|ascii| char::from(ascii).to_ascii_lowercase()),
        _ => Some(lower(letter)),
    }
}

/// Lower case of the letters beyond the table that are written in both cases by people here: ligatures, Greek, Cyrillic.
/// Unicode's own table would be a tenth of what the rules weigh in the browser.
const fn lower(letter: char) -> char {
    let distance = match letter {
        'Æ' | 'Þ' | 'Α'..='Ω' | 'А'..='Я' => 32,
        'Ĳ' | 'Ŀ' | 'Ŋ' | 'Œ' => 1,
        'Ѐ'..='Џ' => 80,
        _ => 0,
    };
    match char::from_u32(letter as u32 + distance) {
        Some(lower) => lower,
        None => letter,
    }
}

/// The class of a folded character: one sign for a letter and for the digits and signs that stand in for it (simple
/// leet). Both sides of a comparison are brought to it, so that `1` may mean `l` and `i` without guessing which.
pub(super) const fn class(folded: char) -> char {
    match folded {
        '4' | '@' => 'a',
        '8' => 'b',
        '3' => 'e',
        '1' | '!' | '|' | 'l' => 'i',
        '0' => 'o',
        '5' | '$' => 's',
        '7' | '+' => 't',
        other => other,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::plain_letter;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn the_table_agrees_with_unicode() {
        for letter in ('\u{C0}'..='\u{17F}').filter(|letter| letter.is_alphabetic()) {
            let base = letter.to_lowercase().nfd().next().unwrap();
            if base.is_ascii() {
                assert_eq!(plain_letter(letter), Some(base), "{letter}");
            }
        }
    }

    #[test]
    fn other_scripts_of_both_cases_agree_with_unicode() {
        for letter in ('\u{C0}'..='\u{17F}')
            .chain('Α'..='Ω')
            .chain('Ѐ'..='Я')
            .filter(|letter| letter.is_alphabetic())
        {
            let lower = letter.to_lowercase().next().unwrap();
            assert_eq!(plain_letter(letter), plain_letter(lower), "{letter}");
        }
    }

    #[test]
    fn a_decomposed_letter_folds_like_a_composed_one() {
        let fold = |text: &str| super::plain(text).iter().collect::<String>();
        assert_eq!(fold("Ñandú"), "nandu");
        assert_eq!(fold(&"Ñandú".nfd().collect::<String>()), "nandu");
        assert_eq!(fold("Ｃｌａｖｅ１"), "clave1");
    }
}

//! Finding topics by words, whatever their accents and case.

use super::Entry;

/// Whether every word of `query` stands in the entry.
pub fn matches(entry: &Entry, query: &str) -> bool {
    let folded_query = folded(query);
    let mut words = folded_query.split_whitespace().peekable();
    if words.peek().is_none() {
        return true;
    }
    let parts = [&entry.title, &entry.what, &entry.advice, &entry.again]
        .into_iter()
        .chain(&entry.more)
        .chain(&entry.not_so);
    let text: String = parts.map(|part| folded(part) + " ").collect();
    words.all(|word| text.contains(word))
}

/// Lower case without the accents of Spanish. Other scripts stay as they are: their tables are larger than the help.
pub fn folded(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'á' | 'Á' => 'a',
            'é' | 'É' => 'e',
            'í' | 'Í' => 'i',
            'ó' | 'Ó' => 'o',
            'ú' | 'ü' | 'Ú' | 'Ü' => 'u',
            'ñ' | 'Ñ' => 'n',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{folded, matches};
    use crate::help::{Numbers, Topic, entry};
    use shared::i18n::{Language, Text};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn accents_and_case_do_not_matter() {
        shared::i18n::know_every_language();
        assert_eq!(folded("Ñandú, CÉDULA, Pingüino"), "nandu, cedula, pinguino");
        let arrears = entry(Text::new(Language::Es), &Numbers::of(None), Topic::Arrears);
        assert!(matches(&arrears, "MÓRA  salud"));
        assert!(!matches(&arrears, "mora captcha"));
        assert!(matches(&arrears, "  "));
    }
}

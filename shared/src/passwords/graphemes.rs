//! Graphemes: what a person sees as one character, for the length of a password.
//!
//! A small rule instead of Unicode's tables (ADR 50): it knows the marks of the Latin, Greek, Cyrillic, Hebrew and
//! Arabic scripts, emoji of several parts and flags. Tests hold it against Unicode's own rule.
//!
//! Invariant: browser and server run this same code, so both tell the same length.
//!
//! What it does not do: in other scripts (Devanagari, Thai, decomposed Hangul) a mark counts as a character of its own.

/// The first character of each grapheme; what follows it in its grapheme are accents and the like.
pub(super) fn firsts(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = Before::Edge;
    text.chars().filter(move |&character| {
        let part = Part::of(character);
        let joins = part.joins(before);
        before = part.after(before);
        !joins
    })
}

/// What a character is to its neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A carriage return, which a line feed joins.
    Return,
    /// A line feed.
    Feed,
    /// Another control character: nothing joins it.
    Control,
    /// A mark, a variation selector, a skin tone, a tag: joins what stands before.
    Mark,
    /// U+200D: joins, and lets the next pictograph join.
    Joiner,
    /// Half of a flag.
    Regional,
    /// May be a part of an emoji.
    Pictograph,
    /// Anything else.
    Plain,
}

/// What of the text so far decides whether the next character joins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The start of the text, or a control character.
    Edge,
    /// A carriage return.
    Return,
    /// The first half of a flag.
    HalfFlag,
    /// A pictograph and its marks.
    Pictograph,
    /// The same and a joiner.
    Joined,
    /// Anything else.
    Plain,
}

impl Part {
    const fn of(character: char) -> Self {
        match character {
            '\r' => Self::Return,
            '\n' => Self::Feed,
            '\0'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{AD}'
            | '\u{61C}'
            | '\u{200B}'
            | '\u{200E}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' => Self::Control,
            '\u{200D}' => Self::Joiner,
            // Latin, Greek and what all scripts share.
            '\u{300}'..='\u{36F}'
            | '\u{1AB0}'..='\u{1ADD}'
            | '\u{1AE0}'..='\u{1AEB}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{200C}'
            | '\u{20D0}'..='\u{20F0}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FE20}'..='\u{FE2F}'
            // Cyrillic, Hebrew, Arabic.
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5BD}'
            | '\u{5BF}'
            | '\u{5C1}'..='\u{5C2}'
            | '\u{5C4}'..='\u{5C5}'
            | '\u{5C7}'
            | '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6DC}'
            | '\u{6DF}'..='\u{6E4}'
            | '\u{6E7}'..='\u{6E8}'
            | '\u{6EA}'..='\u{6ED}'
            | '\u{FB1E}'
            // Skin tones, the tags of regional flags, selectors of variants.
            | '\u{1F3FB}'..='\u{1F3FF}'
            | '\u{E0020}'..='\u{E007F}'
            | '\u{E0100}'..='\u{E01EF}' => Self::Mark,
            '\u{1F1E6}'..='\u{1F1FF}' => Self::Regional,
            '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '↔'..='➿' | '⤴' | '⤵' | '⬅'..='⭕' | '〰' | '〽' | '㊗' | '㊙'
            | '\u{1F000}'..='\u{1FAFF}' => Self::Pictograph,
            _ => Self::Plain,
        }
    }

    const fn joins(self, before: Before) -> bool {
        match self {
            Self::Feed => matches!(before, Before::Return),
            Self::Mark | Self::Joiner => !matches!(before, Before::Edge | Before::Return),
            Self::Pictograph => matches!(before, Before::Joined),
            Self::Regional => matches!(before, Before::HalfFlag),
            Self::Return | Self::Control | Self::Plain => false,
        }
    }

    const fn after(self, before: Before) -> Before {
        match (self, before) {
            (Self::Return, _) => Before::Return,
            (Self::Feed | Self::Control, _) => Before::Edge,
            (Self::Pictograph, _) | (Self::Mark, Before::Pictograph) => Before::Pictograph,
            (Self::Joiner, Before::Pictograph) => Before::Joined,
            // A flag is two halves: the third begins another one.
            (Self::Regional, Before::HalfFlag) | (Self::Mark | Self::Joiner | Self::Plain, _) => {
                Before::Plain
            }
            (Self::Regional, _) => Before::HalfFlag,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::firsts;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    /// What people type: letters bare and accented, decomposed too, controls, keycaps, emoji of every make, flags; and
    /// the pieces of them in any order.
    const PIECES: &[&str] = &[
        "a",
        "Z",
        "7",
        "ñ",
        "n\u{303}",
        "é",
        "ü",
        "Ж",
        "и\u{306}",
        "ω",
        "א\u{5B8}",
        "ب\u{64E}\u{651}",
        "語",
        "한",
        " ",
        "\r",
        "\n",
        "\r\n",
        "\t",
        "\u{200B}",
        "\u{301}",
        "\u{36F}",
        "\u{200C}",
        "\u{200D}",
        "\u{FE0F}",
        "\u{20E3}",
        "1\u{FE0F}\u{20E3}",
        "#\u{20E3}",
        "❤\u{FE0F}",
        "❤\u{FE0F}\u{200D}🔥",
        "©",
        "☺",
        "👍",
        "👍🏽",
        "\u{1F3FD}",
        "👨\u{200D}👩\u{200D}👧\u{200D}👦",
        "👩🏿\u{200D}🚀",
        "🧑🏻\u{200D}🤝\u{200D}🧑🏾",
        "🏳\u{FE0F}\u{200D}🌈",
        "🏃🏽\u{200D}♀\u{FE0F}",
        "👁\u{FE0F}\u{200D}🗨\u{FE0F}",
        "🇪🇨",
        "🇪",
        "🇨",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    ];

    /// Whether the two rules make the same graphemes of a text.
    fn agrees(text: &str) -> bool {
        firsts(text).eq(text
            .graphemes(true)
            .filter_map(|grapheme| grapheme.chars().next()))
    }

    #[test]
    fn every_piece_and_pair_of_pieces_agrees_with_unicode() {
        for one in PIECES {
            for other in PIECES {
                let text = [*one, *other].concat();
                assert!(agrees(&text), "{}", text.escape_unicode());
            }
        }
    }

    #[test]
    fn every_character_of_our_scripts_agrees_with_unicode() {
        let latin_to_cyrillic = '\0'..='\u{52F}';
        let hebrew_and_arabic = ('\u{591}'..='\u{5F4}')
            .chain('\u{606}'..='\u{6DC}')
            .chain('\u{6DE}'..='\u{6FF}');
        let signs = ('\u{1AB0}'..='\u{1AFF}')
            .chain('\u{1D00}'..='\u{2064}')
            .chain('\u{2066}'..='\u{2BFF}');
        let wide = ('\u{3000}'..='\u{3029}')
            .chain('\u{3030}'..='\u{3098}')
            .chain('\u{309B}'..='\u{A66E}');
        let forms = '\u{FB00}'..='\u{FF9D}';
        let pictographs = '\u{1F000}'..='\u{1FAFF}';
        let all = latin_to_cyrillic
            .chain(hebrew_and_arabic)
            .chain(signs)
            .chain(wide)
            .chain(forms)
            .chain(pictographs);
        for character in all {
            for text in [
                format!("a{character}b"),
                format!("{character}\u{301}"),
                format!("{character}{character}"),
                format!("{character}👍"),
            ] {
                assert!(agrees(&text), "{}", text.escape_unicode());
            }
        }
    }

    // The price of the small rule, so that nobody learns of it by chance.
    #[test]
    fn marks_of_other_scripts_count_by_themselves() {
        for (text, seen, counted) in [("हिन्दी", 2, 6), ("ที่นี่", 2, 6), ("\u{1112}\u{1161}\u{11AB}", 1, 3)]
        {
            assert_eq!(text.graphemes(true).count(), seen, "{text}");
            assert_eq!(firsts(text).count(), counted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_row_of_pieces_agrees_with_unicode(picks in proptest::collection::vec(0..PIECES.len(), 0..24)) {
            let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
            prop_assert!(agrees(&text), "{}", text.escape_unicode());
        }
    }
}

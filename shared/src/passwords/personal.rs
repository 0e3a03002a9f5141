//! What belongs to the person and the employer, and must not be in the password.

use super::fold;
use core::fmt;
use zeroize::Zeroizing;

/// Names, numbers and addresses, folded. Never shown, wiped when dropped.
#[derive(Clone, Default)]
pub struct Personal {
    /// Each text without separators, as classes: what pieces are looked for in.
    classes: Vec<Zeroizing<Vec<char>>>,
    /// The words of the texts, folded: what a strength estimate is told to expect.
    #[cfg(feature = "strength")]
    words: Vec<Zeroizing<String>>,
}

impl Personal {
    /// From the RUC, the cédula, names, the company's name, the e-mail, in any order and as they are written.
    pub fn new<I>(texts: I) -> Self
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let mut personal = Self::default();
        for text in texts {
            let plain = fold::plain(text.as_ref());
            let mut classes = Zeroizing::new(Vec::with_capacity(plain.len()));
            classes.extend(
                plain
                    .iter()
                    .copied()
                    .filter(|letter| letter.is_alphanumeric())
                    .map(fold::class),
            );
            personal.classes.push(classes);
            #[cfg(feature = "strength")]
            personal.words.extend(words_of(&plain));
        }
        personal
    }

    /// Whether a password, folded but not yet classed, has a piece of `least` or more characters of any text.
    /// `least` 0 finds nothing.
    pub(super) fn is_in(&self, folded: &[char], least: u8) -> bool {
        let least = usize::from(least);
        if least == 0 {
            return false;
        }
        let mut classes = Zeroizing::new(Vec::with_capacity(folded.len()));
        classes.extend(folded.iter().copied().map(fold::class));
        classes.windows(least).any(|piece| {
            let first = piece.first();
            self.classes.iter().any(|text| {
                text.windows(least)
                    .any(|window| window.first() == first && window == piece)
            })
        })
    }

    /// The words, for the strength estimate.
    #[cfg(feature = "strength")]
    pub(super) fn words(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.as_str()).collect()
    }
}

/// The words of a folded text.
#[cfg(feature = "strength")]
fn words_of(folded: &[char]) -> impl Iterator<Item = Zeroizing<String>> {
    folded
        .split(|letter| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| Zeroizing::new(word.iter().collect()))
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(••••)")
    }
}

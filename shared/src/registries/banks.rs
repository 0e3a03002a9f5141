//! The financial institutions from which an employer's contributions are debited, for the question about the account.

/// One name a line; lines with `#` are remarks.
const BANKS: &str = include_str!("banks.txt");

/// Every bank and cooperative that can be chosen, in the order to show.
pub fn banks() -> impl Iterator<Item = &'static str> {
    BANKS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The bank that an official record means; case, accents and spaces around it do not matter.
pub fn bank_named(name: &str) -> Option<&'static str> {
    let wanted = super::places::folded(name);
    banks().find(|bank| super::places::folded(bank) == wanted)
}

/// `count` banks other than `right`, drawn with `below` (a number below its argument).
pub fn bank_decoys(right: &str, count: usize, below: &mut dyn FnMut(u64) -> u64) -> Vec<&'static str> {
    let mut others: Vec<_> = banks().filter(|bank| *bank != right).collect();
    super::places::draw(&mut others, count, below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_distinct_and_trimmed() {
        let all: Vec<_> = banks().collect();
        assert!(all.len() >= 20);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|name| name.trim() == *name));
    }

    #[test]
    fn official_spellings_are_found() {
        assert_eq!(bank_named("BANCO DEL PACIFICO"), Some("Banco del Pacífico"));
        assert_eq!(bank_named("Banco de Macondo"), None);
    }

    #[test]
    fn decoys_never_hold_the_right_bank() {
        let mut turn = 0;
        let decoys = bank_decoys("Banco Pichincha", 4, &mut |bound| {
            turn += 7;
            turn % bound
        });
        assert_eq!(decoys.iter().collect::<BTreeSet<_>>().len(), 4);
        assert!(!decoys.contains(&"Banco Pichincha"));
    }
}

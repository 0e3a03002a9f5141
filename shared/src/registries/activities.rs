//! What employers do, in the groups of the national classification (CIIU 4): the choices of one question.
//!
//! A decoy comes from the same section (a shop among shops), as long as the section has enough groups. The draw is the
//! caller's (`below`), so that the same seed gives the same choices.

use super::places::draw;
use super::records::ActivityCode;
use std::sync::LazyLock;

/// A group of activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Activity {
    /// The section's letter and three digits.
    pub code: &'static str,
    /// What a page calls it.
    pub name: &'static str,
}

static ACTIVITIES: LazyLock<Vec<Activity>> = LazyLock::new(|| {
    include_str!("activities.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(code, name)| Activity { code, name })
        .collect()
});

impl Activity {
    /// Every group, in the order of the classification.
    pub fn all() -> &'static [Self] {
        &ACTIVITIES
    }

    /// The group that a code belongs to; `None` for codes that are coarser or of no group.
    pub fn of(code: &ActivityCode) -> Option<&'static Self> {
        let code = code.as_str();
        ACTIVITIES.iter().find(|activity| code.starts_with(activity.code))
    }

    /// `count` other groups: of the section first, then of sections that about as many employers are in.
    pub fn decoys(&self, count: usize, below: &mut dyn FnMut(u64) -> u64) -> Vec<&'static Self> {
        let others = || ACTIVITIES.iter().filter(|one| one.code != self.code);
        let mut same: Vec<_> = others().filter(|one| one.section() == self.section()).collect();
        let mut chosen = draw(&mut same, count, below);
        let frequent = self.weight() > 1;
        let mut elsewhere: Vec<_> = others()
            .filter(|one| one.section() != self.section() && (one.weight() > 1) == frequent)
            .collect();
        chosen.extend(draw(&mut elsewhere, count - chosen.len(), below));
        chosen
    }

    /// A group that an employer could be in, frequent sections more often.
    pub fn likely(below: &mut dyn FnMut(u64) -> u64) -> &'static Self {
        let total = ACTIVITIES.iter().map(Self::weight).sum();
        let mut ticket = below(total);
        for activity in ACTIVITIES.iter() {
            match ticket.checked_sub(activity.weight()) {
                Some(rest) => ticket = rest,
                None => return activity,
            }
        }
        &ACTIVITIES[0]
    }

    fn section(&self) -> &'static str {
        &self.code[..1]
    }

    /// How often an employer is in one group of the section, beside those of other sections. Public bodies, extraction and
    /// what nobody is registered for come least.
    fn weight(&self) -> u64 {
        match self.section() {
            "G" => 20,
            "I" | "H" | "F" | "M" => 10,
            "A" | "L" | "N" | "P" | "Q" | "S" => 6,
            "C" | "J" | "K" | "R" => 3,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn counter() -> impl FnMut(u64) -> u64 {
        let mut state = 3_u64;
        move |bound| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % bound
        }
    }

    fn of(code: &str) -> Option<&'static str> {
        Activity::of(&code.parse().unwrap()).map(|activity| activity.name)
    }

    #[test]
    fn every_line_is_a_group_and_none_comes_twice() {
        let lines = include_str!("activities.tsv").lines().count() - 1;
        assert_eq!(Activity::all().len(), lines);
        let codes: BTreeSet<_> = Activity::all().iter().map(|one| one.code).collect();
        let names: BTreeSet<_> = Activity::all().iter().map(|one| one.name).collect();
        assert_eq!((codes.len(), names.len()), (lines, lines));
        for one in Activity::all() {
            let code: ActivityCode = one.code.parse().unwrap();
            assert_eq!((code.as_str().len(), Activity::of(&code)), (4, Some(one)));
            assert_eq!(one.name.trim(), one.name);
        }
    }

    #[test]
    fn the_codes_of_official_files_are_found() {
        assert_eq!(of("G4711.01"), Some("Tiendas, abarrotes y supermercados"));
        assert_eq!(of("G471101"), of("G4719"));
        assert_eq!(of("O8411"), Some("Administración del Estado"));
        assert_eq!(of("G46"), None);
        assert_eq!(of("G4999"), None);
    }

    #[test]
    fn decoys_are_distinct_and_of_the_section() {
        for activity in Activity::all() {
            let decoys = activity.decoys(4, &mut counter());
            let codes: BTreeSet<_> = decoys.iter().map(|one| one.code).collect();
            assert_eq!(codes.len(), 4, "{}", activity.code);
            assert!(!codes.contains(activity.code));
            let section = Activity::all()
                .iter()
                .filter(|one| one.section() == activity.section())
                .count();
            let same = decoys
                .iter()
                .filter(|one| one.section() == activity.section())
                .count();
            assert_eq!(same, (section - 1).min(4), "{}", activity.code);
        }
    }

    #[test]
    fn shops_are_likelier_than_mines() {
        let mut below = counter();
        let drawn: Vec<_> = (0..2000)
            .map(|_| Activity::likely(&mut below).section())
            .collect();
        let of = |section: &str| drawn.iter().filter(|one| **one == section).count();
        assert!(of("G") > 400 && of("B") < 60, "{} {}", of("G"), of("B"));
    }
}

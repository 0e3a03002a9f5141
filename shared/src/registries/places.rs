//! Ecuador's cantons and the street names that towns have in common: the choices of two questions and their decoys.
//!
//! A decoy must be able to be true: cantons come from the same province and of about the same size first, streets from
//! names that nearly every town has. The draw is the caller's (`below`), so that the same seed gives the same choices.

use crate::identifiers::Province;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A canton of Ecuador.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Canton {
    /// The province it lies in.
    pub province: Province,
    /// About how many people live there.
    pub size: Size,
    /// The name as a page writes it.
    pub name: &'static str,
}

/// The class of a canton's population, largest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Size {
    /// Above 200 000.
    Metropolis,
    /// Above 50 000.
    City,
    /// Above 20 000.
    Town,
    /// Smaller.
    Village,
}

static CANTONS: LazyLock<Vec<Canton>> = LazyLock::new(|| {
    include_str!("cantons.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(Canton::read)
        .collect()
});

/// One name a line; lines with `#` are remarks.
const STREETS: &str = include_str!("streets.txt");

impl Canton {
    /// Every canton, in the order of the provinces.
    pub fn all() -> &'static [Self] {
        &CANTONS
    }

    /// The canton that an official record means: case, accents and spaces around it do not matter. `province`, where it
    /// is known, decides between cantons of the same name.
    pub fn find(name: &str, province: Option<Province>) -> Option<&'static Self> {
        let wanted = folded(name);
        let mut found = CANTONS.iter().filter(|canton| folded(canton.name) == wanted);
        match province {
            Some(province) => found.find(|canton| canton.province == province),
            None => found.next(),
        }
    }

    /// `count` other cantons that could have been meant: of the province first, the nearest sizes first.
    ///
    /// Where the province has too few, the rest are cantons of the same size elsewhere.
    pub fn decoys(&self, count: usize, below: &mut dyn FnMut(u64) -> u64) -> Vec<&'static Self> {
        let mut chosen: Vec<&'static Self> = Vec::with_capacity(count);
        for distance in 0..=3 {
            let mut ring: Vec<_> = self
                .others(&chosen)
                .filter(|one| one.province == self.province && self.distance(one) == distance)
                .collect();
            chosen.extend(draw(&mut ring, count - chosen.len(), below));
        }
        for distance in 0..=3 {
            let mut ring: Vec<_> = self
                .others(&chosen)
                .filter(|one| self.distance(one) == distance)
                .collect();
            chosen.extend(draw(&mut ring, count - chosen.len(), below));
        }
        chosen
    }

    /// A canton of the province, large ones more often, as head offices are. Of all of Ecuador for a code that stands
    /// for no province.
    pub fn likely(province: Province, below: &mut dyn FnMut(u64) -> u64) -> &'static Self {
        let mut pool: Vec<&'static Self> = CANTONS
            .iter()
            .filter(|canton| canton.province == province)
            .collect();
        if pool.is_empty() {
            pool = CANTONS.iter().collect();
        }
        let total = pool.iter().map(|canton| canton.size.weight()).sum();
        let mut ticket = below(total);
        for canton in &pool {
            match ticket.checked_sub(canton.size.weight()) {
                Some(rest) => ticket = rest,
                None => return canton,
            }
        }
        pool[0]
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let code: u8 = fields.next()?.parse().ok()?;
        let province = Province::ALL
            .iter()
            .copied()
            .find(|province| province.code() == code)?;
        let size = match fields.next()? {
            "1" => Size::Metropolis,
            "2" => Size::City,
            "3" => Size::Town,
            "4" => Size::Village,
            _ => return None,
        };
        Some(Self {
            province,
            size,
            name: fields.next()?,
        })
    }

    fn distance(&self, other: &Self) -> usize {
        (self.size as usize).abs_diff(other.size as usize)
    }

    /// Names are what is shown, so a name that is taken is out, whichever province has it.
    fn others<'a>(&'a self, chosen: &'a [&'static Self]) -> impl Iterator<Item = &'static Self> + 'a {
        CANTONS
            .iter()
            .filter(|one| one.name != self.name && !chosen.iter().any(|taken| taken.name == one.name))
    }
}

impl Size {
    const fn weight(self) -> u64 {
        match self {
            Self::Metropolis => 40,
            Self::City => 10,
            Self::Town => 3,
            Self::Village => 1,
        }
    }
}

/// The province that an official record means by its name; case, accents and spaces around it do not matter.
pub fn province_named(name: &str) -> Option<Province> {
    let wanted = folded(name);
    Province::ALL
        .iter()
        .copied()
        .find(|province| province.name().is_some_and(|known| folded(known) == wanted))
}

/// Street names that most towns have.
pub fn streets() -> impl Iterator<Item = &'static str> {
    STREETS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The street of [`streets`] that an official record means; case, accents and spaces around it do not matter.
pub fn street_named(name: &str) -> Option<&'static str> {
    let wanted = folded(name);
    streets().find(|street| folded(street) == wanted)
}

/// `count` streets other than `right`, or as many as there are.
pub fn street_decoys(right: &str, count: usize, below: &mut dyn FnMut(u64) -> u64) -> Vec<&'static str> {
    let own = folded(right);
    let mut others: Vec<_> = streets().filter(|street| folded(street) != own).collect();
    draw(&mut others, count, below)
}

/// Draws `count` different items (or all there are) out of `pool`.
pub(super) fn draw<T: Copy>(pool: &mut Vec<T>, count: usize, below: &mut dyn FnMut(u64) -> u64) -> Vec<T> {
    (0..count.min(pool.len()))
        .map(|_| {
            let at = usize::try_from(below(pool.len() as u64))
                .unwrap_or(0)
                .min(pool.len() - 1);
            pool.swap_remove(at)
        })
        .collect()
}

/// Upper case without accents and without doubled spaces, as the SRI's files spell names; Ñ stays a letter of its own.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for letter in word.chars().flat_map(char::to_uppercase) {
            if letter == 'Ñ' {
                folded.push(letter);
            } else {
                folded.extend(letter.nfd().filter(char::is_ascii));
            }
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn counter() -> impl FnMut(u64) -> u64 {
        let mut state = 1_u64;
        move |bound| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % bound
        }
    }

    #[test]
    fn every_line_is_a_canton_of_one_of_24_provinces() {
        let lines = include_str!("cantons.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(Canton::all().len(), lines);
        let provinces: BTreeSet<_> = Canton::all().iter().map(|canton| canton.province).collect();
        assert_eq!(
            provinces,
            Province::ALL
                .iter()
                .copied()
                .filter(|province| province.name().is_some())
                .collect()
        );
        let distinct: BTreeSet<_> = Canton::all()
            .iter()
            .map(|canton| (canton.province, canton.name))
            .collect();
        assert_eq!(distinct.len(), lines);
    }

    #[test]
    fn official_spellings_are_found() {
        assert_eq!(Canton::find("QUITO", None).unwrap().name, "Quito");
        assert_eq!(Canton::find(" SAMBORONDON ", None).unwrap().name, "Samborondón");
        assert_eq!(Canton::find("PIÑAS", None).unwrap().name, "Piñas");
        assert_eq!(
            Canton::find("Olmedo", Some(Province::Manabi)).unwrap().province,
            Province::Manabi
        );
        assert_eq!(
            Canton::find("OLMEDO", Some(Province::Loja)).unwrap().province,
            Province::Loja
        );
        assert_eq!(Canton::find("BOGOTA", None), None);
        assert_eq!(Canton::find("", None), None);
    }

    #[test]
    fn official_provinces_are_found() {
        assert_eq!(
            province_named("SANTO DOMINGO DE LOS TSACHILAS"),
            Some(Province::SantoDomingo)
        );
        assert_eq!(province_named("cañar"), Some(Province::Canar));
        assert_eq!(province_named("Antioquia"), None);
    }

    #[test]
    fn decoys_are_distinct_and_near() {
        for canton in Canton::all() {
            let decoys = canton.decoys(4, &mut counter());
            let names: BTreeSet<_> = decoys.iter().map(|decoy| decoy.name).collect();
            assert_eq!(names.len(), 4, "{}", canton.name);
            assert!(!names.contains(canton.name));
            let near = Canton::all()
                .iter()
                .filter(|one| one.province == canton.province && one.name != canton.name)
                .count();
            assert_eq!(
                decoys
                    .iter()
                    .filter(|one| one.province == canton.province)
                    .count(),
                near.min(4),
                "{}",
                canton.name
            );
        }
    }

    #[test]
    fn a_likely_canton_is_of_the_province() {
        let mut below = counter();
        for province in Province::ALL.iter().copied() {
            let canton = Canton::likely(province, &mut below);
            assert!(province.name().is_none() || canton.province == province);
        }
    }

    #[test]
    fn street_decoys_are_other_streets() {
        let decoys = street_decoys("AV. AMAZONAS", 4, &mut counter());
        assert_eq!(decoys.iter().collect::<BTreeSet<_>>().len(), 4);
        assert!(!decoys.contains(&"Av. Amazonas"));
        let all = street_decoys("Av. Amazonas", usize::MAX, &mut counter());
        assert_eq!(all.len(), streets().count() - 1);
    }

    #[test]
    fn official_streets_are_found() {
        assert_eq!(street_named(" AV.  SIMON BOLIVAR"), Some("Av. Simón Bolívar"));
        assert_eq!(street_named("Av. Amazonas N24-03"), None);
        assert_eq!(street_named(""), None);
    }
}

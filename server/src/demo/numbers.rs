//! Identifiers that satisfy every rule and belong to nobody.
//!
//! They are taken from the far end of running numbers that the State will not reach in decades:
//! - companies: `PP99NNNNNC001`. The running number after the third digit stood below 4 in every province in 2025; here
//!   it begins with 9;
//! - public bodies: `PP69NNNNC0001` (68, 67 and 66 where 69 has none). Theirs stood below 20 000 of 99 999; here it is
//!   above 60 000;
//! - persons: `PP59NNNNNC` and `PP58NNNNNC` in provinces with few people, and 30 (registered abroad). Third digit 5 was
//!   opened around 2009; these provinces would need eight hundred thousand births to come so far.
//!
//! Check digits come from the same code that judges them.

use shared::identifiers::{Cedula, Check, ForeignerCode, Kind, Ruc};

const COMPANY_PROVINCES: u32 = 24;
const PERSON_PROVINCE_COUNT: u32 = 9;
const PERSON_PROVINCES: [u32; PERSON_PROVINCE_COUNT as usize] = [14, 15, 16, 19, 20, 21, 22, 24, 30];
/// Running numbers of a block of five digits.
const BLOCK: u32 = 100_000;
/// Blocks of persons in each province: 59 and 58.
const PERSON_BLOCK_COUNT: u32 = 2;
const PERSON_BLOCKS: [u32; PERSON_BLOCK_COUNT as usize] = [59, 58];
/// Blocks of public bodies in each province.
const PUBLIC_BLOCKS: [u32; 4] = [69, 68, 67, 66];

/// How many different persons there are, and so how many employers a population can have.
pub(super) const MOST: u32 = PERSON_PROVINCE_COUNT * BLOCK * PERSON_BLOCK_COUNT;

/// A company. Where no digit satisfies the modulus it ends in 0, as numbers issued since 2021 may.
pub(super) fn company(index: u32) -> Option<Ruc> {
    let (sequence, province) = (index / COMPANY_PROVINCES, index % COMPANY_PROVINCES + 1);
    if sequence >= BLOCK {
        return None;
    }
    let with = |digit: u32| {
        format!("{province:02}99{sequence:05}{digit}001")
            .parse::<Ruc>()
            .ok()
    };
    (0..10)
        .filter_map(with)
        .find(|ruc| ruc.check() == Check::Ok)
        .or_else(|| with(0))
}

/// A company whose check digit does not hold, as the SRI issues them since 2021.
pub(super) fn company_without_check_digit(index: u32) -> Option<Ruc> {
    let (sequence, province) = (index / COMPANY_PROVINCES, index % COMPANY_PROVINCES + 1);
    let with = |digit: u32| {
        format!("{province:02}99{sequence:05}{digit}001")
            .parse::<Ruc>()
            .ok()
    };
    (0..10).filter_map(with).find(|ruc| ruc.check() == Check::Absent)
}

/// A public body that cannot be taken for a person. Where a block has no such number, the next block's is taken.
pub(super) fn public_body(index: u32) -> Option<Ruc> {
    let (sequence, province) = (index / COMPANY_PROVINCES, index % COMPANY_PROVINCES + 1);
    if sequence >= BLOCK / 10 {
        return None;
    }
    PUBLIC_BLOCKS
        .into_iter()
        .flat_map(|block| (0..10).map(move |digit| (block, digit)))
        .filter_map(|(block, digit)| {
            format!("{province:02}{block}{sequence:04}{digit}0001")
                .parse::<Ruc>()
                .ok()
        })
        .find(|ruc| ruc.check() == Check::Ok && ruc.kinds().only() == Some(Kind::Public))
}

/// A person.
pub(super) fn cedula(index: u32) -> Option<Cedula> {
    let provinces = PERSON_PROVINCE_COUNT;
    let province = PERSON_PROVINCES.get(usize::try_from(index % provinces).ok()?)?;
    let block = PERSON_BLOCKS.get(usize::try_from(index / provinces / BLOCK).ok()?)?;
    let sequence = index / provinces % BLOCK;
    (0..10).find_map(|digit| format!("{province:02}{block}{sequence:05}{digit}").parse().ok())
}

/// The RUC of a natural person.
pub(super) fn ruc_of(cedula: Cedula) -> Option<Ruc> {
    format!("{cedula}001").parse().ok()
}

/// The code of a foreigner without a cédula.
pub(super) fn foreigner(index: u32) -> Option<ForeignerCode> {
    format!("EXTDEMO{index:04}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn persons_are_distinct_up_to_the_last() {
        let sample = (0..20_000).chain(MOST - 20_000..MOST);
        let distinct: BTreeSet<_> = sample.map(|index| cedula(index).unwrap()).collect();
        assert_eq!(distinct.len(), 40_000);
        assert_eq!(cedula(MOST), None);
    }

    #[test]
    fn companies_and_public_bodies_are_what_they_seem() {
        let companies: BTreeSet<_> = (0..5_000).map(|index| company(index).unwrap()).collect();
        assert_eq!(companies.len(), 5_000);
        assert!(
            companies
                .iter()
                .all(|ruc| ruc.kinds().only() == Some(Kind::Company))
        );
        let held = companies.iter().filter(|ruc| ruc.check() == Check::Ok).count();
        assert!(held > 4_000, "{held}");
        assert_eq!(company_without_check_digit(3).unwrap().check(), Check::Absent);
        let bodies: BTreeSet<_> = (0..5_000).filter_map(public_body).collect();
        assert!(bodies.len() > 4_950, "{}", bodies.len());
        assert!(
            company(COMPANY_PROVINCES * BLOCK).is_none()
                && public_body(COMPANY_PROVINCES * BLOCK / 10).is_none()
        );
    }
}

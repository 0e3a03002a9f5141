//! Fields that hold a list: items separated by `/`, each `name: value`.

use shared::registries::{Address, Month, WorkersInMonth};
use std::str::FromStr;

/// Most items of a list: fifty years of months.
const MOST: usize = 600;

/// A list that cannot be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InvalidList;

/// One address: `Quito: Av. Amazonas`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OneAddress(pub(super) Address);

/// Addresses, newest first: `Quito: Av. Amazonas / Cuenca: Calle Loja`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Addresses(pub(super) Vec<Address>);

/// Workers by month: `2026-01: 12 / 2026-02: 13`; sorted, no month twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Workers(pub(super) Vec<WorkersInMonth>);

impl FromStr for Addresses {
    type Err = InvalidList;

    fn from_str(text: &str) -> Result<Self, InvalidList> {
        let address = |(canton, street): (&str, &str)| Address {
            street: street.to_owned(),
            canton: canton.to_owned(),
        };
        Ok(Self(pairs(text)?.into_iter().map(address).collect()))
    }
}

impl FromStr for OneAddress {
    type Err = InvalidList;

    fn from_str(text: &str) -> Result<Self, InvalidList> {
        let Addresses(mut one) = text.parse()?;
        match (one.pop(), one.is_empty()) {
            (Some(address), true) => Ok(Self(address)),
            (Some(_), false) | (None, _) => Err(InvalidList),
        }
    }
}

impl FromStr for Workers {
    type Err = InvalidList;

    fn from_str(text: &str) -> Result<Self, InvalidList> {
        let mut all = Vec::new();
        for (month, workers) in pairs(text)? {
            let month: Month = month.parse().map_err(|_| InvalidList)?;
            let digits = workers.bytes().all(|byte| byte.is_ascii_digit());
            let workers = if digits {
                workers.parse().map_err(|_| InvalidList)?
            } else {
                return Err(InvalidList);
            };
            all.push(WorkersInMonth { month, workers });
        }
        all.sort_by_key(|one| one.month);
        if all.windows(2).any(|two| two[0].month == two[1].month) {
            return Err(InvalidList);
        }
        Ok(Self(all))
    }
}

fn pairs(text: &str) -> Result<Vec<(&str, &str)>, InvalidList> {
    let mut pairs = Vec::new();
    for item in text.split('/') {
        let (name, value) = item.split_once(':').ok_or(InvalidList)?;
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() || value.is_empty() || pairs.len() == MOST {
            return Err(InvalidList);
        }
        pairs.push((name, value));
    }
    Ok(pairs)
}

impl From<InvalidList> for super::Reason {
    fn from(_: InvalidList) -> Self {
        Self::List
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_in_order() {
        let Addresses(read) = "Quito: Av. Amazonas / Cuenca:Calle Loja".parse().unwrap();
        let shown: Vec<_> = read.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["Av. Amazonas, Quito", "Calle Loja, Cuenca"]);
        for bad in ["", "Quito", "Quito:", ": Av. Amazonas", "Quito: a /", "/"] {
            assert_eq!(bad.parse::<Addresses>(), Err(InvalidList), "{bad}");
        }
    }

    #[test]
    fn workers_are_sorted_and_no_month_comes_twice() {
        let Workers(read) = "2026-02: 13 / 2026-01: 0".parse().unwrap();
        assert_eq!(
            read.iter()
                .map(|one| (one.month.month(), one.workers))
                .collect::<Vec<_>>(),
            [(1, 0), (2, 13)]
        );
        for bad in [
            "2026-01: 1 / 2026-01: 1",
            "2026-13: 1",
            "2026-01: -1",
            "2026-01: 4294967296",
            "2026-01: +1",
            "x: 1",
        ] {
            assert_eq!(bad.parse::<Workers>(), Err(InvalidList), "{bad}");
        }
    }
}

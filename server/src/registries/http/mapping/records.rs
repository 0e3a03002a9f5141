//! The fields of each kind of record: which the mapping must name, which it may, and how they become the record.

use super::document::Fields;
use super::kinds::{Amount, Bank, Count, Day, Item, ListOf, MonthOf, Parsed, Spot, Text, Word, if_any};
use super::{Malformed, MappingError};
use crate::registries::SourceName;
use serde_json::Value;
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, Ruc};
use shared::obligations::{ObligationRecord, Standing};
use shared::registries::{
    ActivityCode, Address, Appointment, DebitAccount, EmployerRecord, LastFour, Person, Place, Registry,
    Taxpayer, TaxpayerKind, TaxpayerStatus, WorkersInMonth,
};
use std::fmt;

/// A record that a registry gives about one key.
pub trait Record: Sized + Send + 'static {
    /// What is asked about.
    type Key: Clone + Send + Sync;
    /// Where its fields stand.
    type Places: fmt::Debug + Send + Sync;

    /// Which source gives it.
    const SOURCE: SourceName;
    /// Whose source that is.
    const REGISTRY: Registry = Self::SOURCE.registry();
    /// The identifiers that a request may hold, and must.
    const VARIABLES: &'static [&'static str];
    /// The mapping of the built-in protocol.
    const BUILT_IN: &'static str;

    /// The values of [`VARIABLES`](Self::VARIABLES).
    fn variables(key: &Self::Key) -> Vec<(&'static str, String)>;

    /// Takes the places out of a mapping.
    fn places(fields: &mut Fields) -> Result<Self::Places, MappingError>;

    /// Reads a record. One that is about somebody else is malformed.
    fn read(places: &Self::Places, record: &Value, key: &Self::Key) -> Result<Self, Malformed>;
}

/// The identifier that the answer repeats, where it does: it must be the one that was asked.
type Echo<T> = Option<Spot<Parsed<T>>>;

#[derive(Debug)]
pub struct TaxpayerPlaces {
    ruc: Echo<Ruc>,
    name: Spot<Text>,
    status: Spot<Word<TaxpayerStatus>>,
    kind: Option<Spot<Word<TaxpayerKind>>>,
    activities_started_on: Option<Spot<Day>>,
    ruc_issued_on: Option<Spot<Day>>,
    incorporated_on: Option<Spot<Day>>,
    head_office: PlaceSpots,
    main_activity: Option<Spot<Parsed<ActivityCode>>>,
}

impl Record for Taxpayer {
    type Key = Ruc;
    type Places = TaxpayerPlaces;

    const SOURCE: SourceName = SourceName::Sri;
    const VARIABLES: &'static [&'static str] = &["ruc"];
    const BUILT_IN: &'static str = include_str!("built_in/sri.toml");

    fn variables(ruc: &Ruc) -> Vec<(&'static str, String)> {
        vec![("ruc", ruc.to_string())]
    }

    fn places(fields: &mut Fields) -> Result<TaxpayerPlaces, MappingError> {
        Ok(TaxpayerPlaces {
            ruc: fields.optional("ruc")?,
            name: fields.needed("name")?,
            status: fields.needed("status")?,
            kind: fields.optional("kind")?,
            activities_started_on: fields.optional("activities_started_on")?,
            ruc_issued_on: fields.optional("ruc_issued_on")?,
            incorporated_on: fields.optional("incorporated_on")?,
            head_office: PlaceSpots {
                province: fields.optional("head_office_province")?,
                canton: fields.optional("head_office_canton")?,
            },
            main_activity: fields.optional("main_activity")?,
        })
    }

    fn read(places: &TaxpayerPlaces, record: &Value, ruc: &Ruc) -> Result<Self, Malformed> {
        same(places.ruc.as_ref(), record, ruc)?;
        Ok(Self {
            ruc: *ruc,
            name: places.name.needed(record)?,
            status: places.status.needed(record)?,
            kind: if_any(places.kind.as_ref(), record)?,
            activities_started_on: if_any(places.activities_started_on.as_ref(), record)?,
            ruc_issued_on: if_any(places.ruc_issued_on.as_ref(), record)?,
            incorporated_on: if_any(places.incorporated_on.as_ref(), record)?,
            head_office: places.head_office.read(record)?,
            main_activity: if_any(places.main_activity.as_ref(), record)?,
        })
    }
}

#[derive(Debug)]
pub struct PersonPlaces {
    id: Echo<RepresentativeId>,
    given_names: Spot<Text>,
    surnames: Spot<Text>,
    birth_date: Spot<Day>,
    birthplace: PlaceSpots,
    married_on: Option<Spot<Day>>,
    address: AddressSpots,
    previous_addresses: Option<Spot<ListOf<AddressItem>>>,
}

impl Record for Person {
    type Key = RepresentativeId;
    type Places = PersonPlaces;

    const SOURCE: SourceName = SourceName::CivilRegistry;
    const VARIABLES: &'static [&'static str] = &["id"];
    const BUILT_IN: &'static str = include_str!("built_in/civil_registry.toml");

    fn variables(id: &RepresentativeId) -> Vec<(&'static str, String)> {
        vec![("id", id.to_string())]
    }

    fn places(fields: &mut Fields) -> Result<PersonPlaces, MappingError> {
        Ok(PersonPlaces {
            id: fields.optional("id")?,
            given_names: fields.needed("given_names")?,
            surnames: fields.needed("surnames")?,
            birth_date: fields.needed("birth_date")?,
            birthplace: PlaceSpots {
                province: fields.optional("birthplace_province")?,
                canton: fields.optional("birthplace_canton")?,
            },
            married_on: fields.optional("married_on")?,
            address: AddressSpots::of(fields)?,
            previous_addresses: fields.optional("previous_addresses")?,
        })
    }

    fn read(places: &PersonPlaces, record: &Value, id: &RepresentativeId) -> Result<Self, Malformed> {
        same(places.id.as_ref(), record, id)?;
        Ok(Self {
            id: id.clone(),
            given_names: places.given_names.needed(record)?,
            surnames: places.surnames.needed(record)?,
            birth_date: places.birth_date.needed(record)?,
            birthplace: places.birthplace.read(record)?,
            married_on: if_any(places.married_on.as_ref(), record)?,
            address: places.address.read(record)?,
            previous_addresses: if_any(places.previous_addresses.as_ref(), record)?.unwrap_or_default(),
        })
    }
}

#[derive(Debug)]
pub struct AppointmentPlaces {
    employer: Echo<EmployerIdentifier>,
    representative: Spot<Parsed<RepresentativeId>>,
    registered_on: Option<Spot<Day>>,
}

impl Record for Appointment {
    type Key = EmployerIdentifier;
    type Places = AppointmentPlaces;

    const SOURCE: SourceName = SourceName::Superintendencia;
    const VARIABLES: &'static [&'static str] = &["employer"];
    const BUILT_IN: &'static str = include_str!("built_in/superintendencia.toml");

    fn variables(employer: &EmployerIdentifier) -> Vec<(&'static str, String)> {
        vec![("employer", employer.to_string())]
    }

    fn places(fields: &mut Fields) -> Result<AppointmentPlaces, MappingError> {
        Ok(AppointmentPlaces {
            employer: fields.optional("employer")?,
            representative: fields.needed("representative")?,
            registered_on: fields.optional("registered_on")?,
        })
    }

    fn read(
        places: &AppointmentPlaces,
        record: &Value,
        employer: &EmployerIdentifier,
    ) -> Result<Self, Malformed> {
        same(places.employer.as_ref(), record, employer)?;
        Ok(Self {
            employer: *employer,
            representative: places.representative.needed(record)?,
            registered_on: if_any(places.registered_on.as_ref(), record)?,
        })
    }
}

#[derive(Debug)]
pub struct EmployerPlaces {
    employer: Echo<EmployerIdentifier>,
    branch: Echo<Branch>,
    name: Spot<Text>,
    representative: Spot<Parsed<RepresentativeId>>,
    registered_on: Option<Spot<Day>>,
    first_worker_in: Option<Spot<MonthOf>>,
    workers: Option<Spot<ListOf<WorkersItem>>>,
    branches: Option<Spot<Count>>,
    address: AddressSpots,
    previous_addresses: Option<Spot<ListOf<AddressItem>>>,
    debit_bank: Option<Spot<Bank>>,
    debit_last_four: Option<Spot<Parsed<LastFour>>>,
}

impl Record for EmployerRecord {
    type Key = (EmployerIdentifier, Branch);
    type Places = EmployerPlaces;

    const SOURCE: SourceName = SourceName::Iess;
    const VARIABLES: &'static [&'static str] = &["employer", "branch"];
    const BUILT_IN: &'static str = include_str!("built_in/iess.toml");

    fn variables((employer, branch): &Self::Key) -> Vec<(&'static str, String)> {
        vec![("employer", employer.to_string()), ("branch", branch.to_string())]
    }

    fn places(fields: &mut Fields) -> Result<EmployerPlaces, MappingError> {
        Ok(EmployerPlaces {
            employer: fields.optional("employer")?,
            branch: fields.optional("branch")?,
            name: fields.needed("name")?,
            representative: fields.needed("representative")?,
            registered_on: fields.optional("registered_on")?,
            first_worker_in: fields.optional("first_worker_in")?,
            workers: fields.optional("workers")?,
            branches: fields.optional("branches")?,
            address: AddressSpots::of(fields)?,
            previous_addresses: fields.optional("previous_addresses")?,
            debit_bank: fields.optional("debit_bank")?,
            debit_last_four: fields.optional("debit_last_four")?,
        })
    }

    fn read(
        places: &EmployerPlaces,
        record: &Value,
        (employer, branch): &Self::Key,
    ) -> Result<Self, Malformed> {
        same(places.employer.as_ref(), record, employer)?;
        same(places.branch.as_ref(), record, branch)?;
        let bank = if_any(places.debit_bank.as_ref(), record)?;
        let last_four = if_any(places.debit_last_four.as_ref(), record)?;
        Ok(Self {
            employer: *employer,
            branch: *branch,
            name: places.name.needed(record)?,
            representative: places.representative.needed(record)?,
            registered_on: if_any(places.registered_on.as_ref(), record)?,
            first_worker_in: if_any(places.first_worker_in.as_ref(), record)?,
            workers: if_any(places.workers.as_ref(), record)?.unwrap_or_default(),
            branches: if_any(places.branches.as_ref(), record)?,
            address: places.address.read(record)?,
            previous_addresses: if_any(places.previous_addresses.as_ref(), record)?.unwrap_or_default(),
            // Half an account cannot be asked for.
            debit_account: bank
                .zip(last_four)
                .map(|(bank, last_four)| DebitAccount { bank, last_four }),
        })
    }
}

#[derive(Debug)]
pub struct ObligationPlaces {
    employer: Echo<EmployerIdentifier>,
    branch: Echo<Branch>,
    standing: Spot<Word<Standing>>,
    debt: Option<Spot<Amount>>,
    unpaid_since: Option<Spot<MonthOf>>,
    counted_on: Option<Spot<Day>>,
}

impl Record for ObligationRecord {
    type Key = (EmployerIdentifier, Branch);
    type Places = ObligationPlaces;

    const SOURCE: SourceName = SourceName::Obligations;
    const VARIABLES: &'static [&'static str] = &["employer", "branch"];
    const BUILT_IN: &'static str = include_str!("built_in/obligations.toml");

    fn variables((employer, branch): &Self::Key) -> Vec<(&'static str, String)> {
        vec![("employer", employer.to_string()), ("branch", branch.to_string())]
    }

    fn places(fields: &mut Fields) -> Result<ObligationPlaces, MappingError> {
        Ok(ObligationPlaces {
            employer: fields.optional("employer")?,
            branch: fields.optional("branch")?,
            standing: fields.needed("standing")?,
            debt: fields.optional("debt")?,
            unpaid_since: fields.optional("unpaid_since")?,
            counted_on: fields.optional("counted_on")?,
        })
    }

    fn read(
        places: &ObligationPlaces,
        record: &Value,
        (employer, branch): &Self::Key,
    ) -> Result<Self, Malformed> {
        same(places.employer.as_ref(), record, employer)?;
        same(places.branch.as_ref(), record, branch)?;
        Ok(Self {
            employer: *employer,
            branch: *branch,
            standing: places.standing.needed(record)?,
            debt: if_any(places.debt.as_ref(), record)?,
            unpaid_since: if_any(places.unpaid_since.as_ref(), record)?,
            counted_on: if_any(places.counted_on.as_ref(), record)?,
        })
    }
}

/// A province and a canton; one without the other is no place.
#[derive(Debug)]
struct PlaceSpots {
    province: Option<Spot<Text>>,
    canton: Option<Spot<Text>>,
}

impl PlaceSpots {
    fn read(&self, record: &Value) -> Result<Option<Place>, Malformed> {
        let province = if_any(self.province.as_ref(), record)?;
        let canton = if_any(self.canton.as_ref(), record)?;
        Ok(province
            .zip(canton)
            .map(|(province, canton)| Place { province, canton }))
    }
}

/// The present address; a street without its canton is none.
#[derive(Debug)]
struct AddressSpots {
    street: Option<Spot<Text>>,
    canton: Option<Spot<Text>>,
}

impl AddressSpots {
    fn of(fields: &mut Fields) -> Result<Self, MappingError> {
        Ok(Self {
            street: fields.optional("address_street")?,
            canton: fields.optional("address_canton")?,
        })
    }

    fn read(&self, record: &Value) -> Result<Option<Address>, Malformed> {
        let street = if_any(self.street.as_ref(), record)?;
        let canton = if_any(self.canton.as_ref(), record)?;
        Ok(street
            .zip(canton)
            .map(|(street, canton)| Address { street, canton }))
    }
}

/// An address of a list.
#[derive(Debug)]
struct AddressItem {
    street: Spot<Text>,
    canton: Spot<Text>,
}

impl Item for AddressItem {
    type Output = Address;

    fn places(fields: &mut Fields) -> Result<Self, MappingError> {
        Ok(Self {
            street: fields.needed("street")?,
            canton: fields.needed("canton")?,
        })
    }

    fn read(&self, item: &Value) -> Result<Address, Malformed> {
        Ok(Address {
            street: self.street.needed(item)?,
            canton: self.canton.needed(item)?,
        })
    }
}

/// How many workers in one month.
#[derive(Debug)]
struct WorkersItem {
    month: Spot<MonthOf>,
    workers: Spot<Count>,
}

impl Item for WorkersItem {
    type Output = WorkersInMonth;

    fn places(fields: &mut Fields) -> Result<Self, MappingError> {
        Ok(Self {
            month: fields.needed("month")?,
            workers: fields.needed("workers")?,
        })
    }

    fn read(&self, item: &Value) -> Result<WorkersInMonth, Malformed> {
        Ok(WorkersInMonth {
            month: self.month.needed(item)?,
            workers: self.workers.needed(item)?,
        })
    }

    /// Oldest first. Two numbers for one month are a contradiction.
    fn whole(mut workers: Vec<WorkersInMonth>) -> Option<Vec<WorkersInMonth>> {
        workers.sort_by_key(|one| one.month);
        workers.dedup();
        let agrees = workers.windows(2).all(|pair| pair[0].month != pair[1].month);
        agrees.then_some(workers)
    }
}

fn same<T: std::str::FromStr + PartialEq>(
    echo: Option<&Spot<Parsed<T>>>,
    record: &Value,
    asked: &T,
) -> Result<(), Malformed> {
    match echo {
        Some(spot) if spot.needed(record)? != *asked => Err(Malformed { field: spot.name }),
        Some(_) | None => Ok(()),
    }
}

//! Persons of the Registro Civil, as CSV.

use super::fields::{Column, Fields, Header};
use super::lists::Addresses;
use super::reject::Refused;
use super::{Format, MissingColumn};
use shared::registries::{Person, Registry};

/// The columns of the file.
pub(in crate::registries) struct Persons {
    id: Column,
    given_names: Column,
    surnames: Column,
    birth_date: Column,
    previous_addresses: Column,
}

impl Format for Persons {
    type Row = Person;
    const REGISTRY: Registry = Registry::CivilRegistry;

    fn columns(header: &Header) -> Result<Self, MissingColumn> {
        Ok(Self {
            id: header.column("id")?,
            given_names: header.column("given_names")?,
            surnames: header.column("surnames")?,
            birth_date: header.column("birth_date")?,
            previous_addresses: header.optional("previous_addresses")?,
        })
    }

    fn row(&self, fields: &Fields<'_>, _gaps: &mut Vec<Refused>) -> Result<Person, Refused> {
        let Addresses(previous_addresses) =
            self.previous_addresses.parsed_if_any(fields)?.unwrap_or_default();
        Ok(Person {
            id: self.id.parsed(fields)?,
            given_names: self.given_names.required(fields)?.to_owned(),
            surnames: self.surnames.required(fields)?.to_owned(),
            birth_date: self.birth_date.parsed(fields)?,
            previous_addresses,
        })
    }
}

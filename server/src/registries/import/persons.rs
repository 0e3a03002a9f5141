//! Persons of the Registro Civil, as CSV.

use super::fields::{Column, Fields, Header};
use super::lists::{Addresses, OneAddress};
use super::reject::{Reason, Refused};
use super::{Format, MissingColumn};
use shared::registries::{Person, Place, Registry};

/// The columns of the file.
pub(in crate::registries) struct Persons {
    id: Column,
    given_names: Column,
    surnames: Column,
    birth_date: Column,
    birth_province: Column,
    birth_canton: Column,
    married_on: Column,
    address: Column,
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
            birth_province: header.optional("birth_province")?,
            birth_canton: header.optional("birth_canton")?,
            married_on: header.optional("married_on")?,
            address: header.optional("address")?,
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
            birthplace: self.birthplace(fields)?,
            married_on: self.married_on.parsed_if_any(fields)?,
            address: self
                .address
                .parsed_if_any(fields)?
                .map(|OneAddress(address)| address),
            previous_addresses,
        })
    }
}

impl Persons {
    fn birthplace(&self, fields: &Fields<'_>) -> Result<Option<Place>, Refused> {
        match (self.birth_province.text(fields)?, self.birth_canton.text(fields)?) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(self.birth_canton.refuse(Reason::Half)),
            (None, Some(_)) => Err(self.birth_province.refuse(Reason::Half)),
            (Some(province), Some(canton)) => Ok(Some(Place {
                province: province.to_owned(),
                canton: canton.to_owned(),
            })),
        }
    }
}

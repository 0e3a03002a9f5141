//! Employers in the institute's records, with the contacts that open their account, as CSV.

use super::fields::{Column, Fields, Header};
use super::lists::{Addresses, OneAddress, Workers};
use super::reject::{Reason, Refused};
use super::{Format, MissingColumn};
use shared::i18n::Language;
use shared::identifiers::{Email, Phone};
use shared::registries::{DebitAccount, EmployerRecord, LastFour, Registry, bank_named};
use shared::time::CivilDate;

/// The columns of the file.
pub(in crate::registries) struct Employers {
    employer: Column,
    branch: Column,
    name: Column,
    representative: Column,
    representative_name: Column,
    appointed_on: Column,
    ruc_issued_on: Column,
    incorporated_on: Column,
    registered_on: Column,
    first_worker_in: Column,
    workers: Column,
    branches: Column,
    address: Column,
    previous_addresses: Column,
    debit_bank: Column,
    debit_last_four: Column,
    email: Column,
    phone: Column,
    language: Column,
}

/// One branch of an employer.
#[derive(Clone)]
pub(in crate::registries) struct EmployerRow {
    pub(in crate::registries) record: EmployerRecord,
    /// The representative's names; where the file has none, the Registro Civil's are taken.
    pub(in crate::registries) representative_name: Option<String>,
    /// The day the representative's appointment was registered.
    pub(in crate::registries) appointed_on: Option<CivilDate>,
    pub(in crate::registries) ruc_issued_on: Option<CivilDate>,
    pub(in crate::registries) incorporated_on: Option<CivilDate>,
    pub(in crate::registries) email: Option<Email>,
    pub(in crate::registries) phone: Option<Phone>,
    pub(in crate::registries) language: Language,
}

impl Format for Employers {
    type Row = EmployerRow;
    const REGISTRY: Registry = Registry::Iess;

    fn columns(header: &Header) -> Result<Self, MissingColumn> {
        Ok(Self {
            employer: header.column("employer")?,
            branch: header.optional("branch")?,
            name: header.column("name")?,
            representative: header.column("representative")?,
            representative_name: header.optional("representative_name")?,
            appointed_on: header.optional("appointed_on")?,
            ruc_issued_on: header.optional("ruc_issued_on")?,
            incorporated_on: header.optional("incorporated_on")?,
            registered_on: header.optional("registered_on")?,
            first_worker_in: header.optional("first_worker_in")?,
            workers: header.optional("workers")?.long(),
            branches: header.optional("branches")?,
            address: header.optional("address")?,
            previous_addresses: header.optional("previous_addresses")?,
            debit_bank: header.optional("debit_bank")?,
            debit_last_four: header.optional("debit_last_four")?,
            email: header.optional("email")?,
            phone: header.optional("phone")?,
            language: header.optional("language")?,
        })
    }

    fn row(&self, fields: &Fields<'_>, gaps: &mut Vec<Refused>) -> Result<EmployerRow, Refused> {
        let Workers(workers) = self.workers.parsed_if_any(fields)?.unwrap_or_default();
        let Addresses(previous_addresses) =
            self.previous_addresses.parsed_if_any(fields)?.unwrap_or_default();
        let record = EmployerRecord {
            employer: self.employer.parsed(fields)?,
            branch: self.branch.parsed_if_any(fields)?.unwrap_or_default(),
            name: self.name.required(fields)?.to_owned(),
            representative: self.representative.parsed(fields)?,
            registered_on: self.registered_on.parsed_if_any(fields)?,
            first_worker_in: self.first_worker_in.parsed_if_any(fields)?,
            workers,
            branches: self.branches(fields)?,
            address: self
                .address
                .parsed_if_any(fields)?
                .map(|OneAddress(address)| address),
            previous_addresses,
            debit_account: self.debit_account(fields, gaps)?,
        };
        Ok(EmployerRow {
            record,
            representative_name: self.representative_name.text(fields)?.map(str::to_owned),
            appointed_on: self.appointed_on.parsed_if_any(fields)?,
            ruc_issued_on: self.ruc_issued_on.parsed_if_any(fields)?,
            incorporated_on: self.incorporated_on.parsed_if_any(fields)?,
            email: self.email.parsed_if_any(fields)?,
            phone: self.phone.parsed_if_any(fields)?,
            language: self.language.parsed_if_any(fields)?.unwrap_or_default(),
        })
    }
}

impl Employers {
    /// At least one: the row is one.
    fn branches(&self, fields: &Fields<'_>) -> Result<Option<u32>, Refused> {
        let Some(text) = self.branches.text(fields)? else {
            return Ok(None);
        };
        let digits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(count) if digits && count > 0 => Ok(Some(count)),
            Ok(_) | Err(_) => Err(self.branches.refuse(Reason::Number)),
        }
    }

    /// A bank that the page does not list could not be chosen there: the row is kept without the account.
    fn debit_account(
        &self,
        fields: &Fields<'_>,
        gaps: &mut Vec<Refused>,
    ) -> Result<Option<DebitAccount>, Refused> {
        let last_four: Option<LastFour> = self.debit_last_four.parsed_if_any(fields)?;
        match (self.debit_bank.text(fields)?, last_four) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(self.debit_last_four.refuse(Reason::Half)),
            (None, Some(_)) => Err(self.debit_bank.refuse(Reason::Half)),
            (Some(name), Some(last_four)) => {
                let Some(bank) = bank_named(name) else {
                    gaps.push(self.debit_bank.refuse(Reason::Word));
                    return Ok(None);
                };
                Ok(Some(DebitAccount {
                    bank: bank.to_owned(),
                    last_four,
                }))
            }
        }
    }
}

//! What employers owe, as CSV.

use super::fields::{Column, Fields, Header};
use super::reject::Refused;
use super::{Format, MissingColumn};
use shared::obligations::ObligationRecord;
use shared::registries::Registry;

/// The columns of the file.
pub(in crate::registries) struct Obligations {
    employer: Column,
    branch: Column,
    standing: Column,
    debt: Column,
    unpaid_since: Column,
    counted_on: Column,
}

impl Format for Obligations {
    type Row = ObligationRecord;
    const REGISTRY: Registry = Registry::Iess;

    fn columns(header: &Header) -> Result<Self, MissingColumn> {
        Ok(Self {
            employer: header.column("employer")?,
            branch: header.optional("branch")?,
            standing: header.column("standing")?,
            debt: header.optional("debt")?,
            unpaid_since: header.optional("unpaid_since")?,
            counted_on: header.optional("counted_on")?,
        })
    }

    fn row(&self, fields: &Fields<'_>, _gaps: &mut Vec<Refused>) -> Result<ObligationRecord, Refused> {
        Ok(ObligationRecord {
            employer: self.employer.parsed(fields)?,
            branch: self.branch.parsed_if_any(fields)?.unwrap_or_default(),
            standing: self.standing.parsed(fields)?,
            debt: self.debt.parsed_if_any(fields)?,
            unpaid_since: self.unpaid_since.parsed_if_any(fields)?,
            counted_on: self.counted_on.parsed_if_any(fields)?,
        })
    }
}

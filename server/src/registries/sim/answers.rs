//! Records as the built-in protocol writes them, true or spoiled.

use super::faults::Fault;
use serde_json::{Value, json};
use shared::identifiers::RepresentativeId;
use shared::obligations::{Cents, ObligationRecord, Standing};
use shared::registries::{
    ActivityCode, Address, Appointment, EmployerRecord, Person, Place, Taxpayer, TaxpayerKind, TaxpayerStatus,
};
use shared::time::CivilDate;

/// How a record is spoiled.
enum Spoiled {
    No,
    /// What it was some years ago.
    Stale,
    /// What contradicts the other registries.
    Contradictory,
}

impl From<Option<Fault>> for Spoiled {
    fn from(fault: Option<Fault>) -> Self {
        match fault {
            Some(Fault::Stale) => Self::Stale,
            Some(Fault::Contradictory) => Self::Contradictory,
            Some(Fault::Delay(_) | Fault::Status(_) | Fault::Reset | Fault::Malformed) | None => Self::No,
        }
    }
}

/// Stale: before it moved and before its activity was known. Contradictory: suspended.
pub(super) fn taxpayer(record: &Taxpayer, fault: Option<Fault>) -> Value {
    let (head_office, activity, status) = match Spoiled::from(fault) {
        Spoiled::No => (
            record.head_office.as_ref(),
            record.main_activity.as_ref(),
            record.status,
        ),
        Spoiled::Stale => (None, None, TaxpayerStatus::Active),
        Spoiled::Contradictory => (
            record.head_office.as_ref(),
            record.main_activity.as_ref(),
            TaxpayerStatus::Suspended,
        ),
    };
    json!({
        "ruc": record.ruc.to_string(),
        "name": record.name,
        "status": match status {
            TaxpayerStatus::Active => "ACTIVO",
            TaxpayerStatus::Suspended => "SUSPENDIDO",
            TaxpayerStatus::Passive => "PASIVO",
        },
        "kind": record.kind.map(|kind| match kind {
            TaxpayerKind::NaturalPerson => "PERSONA NATURAL",
            TaxpayerKind::LegalEntity => "SOCIEDAD",
        }),
        "activities_started_on": text(record.activities_started_on),
        "ruc_issued_on": text(record.ruc_issued_on),
        "incorporated_on": text(record.incorporated_on),
        "head_office": head_office.map(place),
        "main_activity": activity.map(ActivityCode::as_str),
    })
}

/// Stale: before the marriage and the last move. Contradictory: born in another year.
pub(super) fn person(record: &Person, fault: Option<Fault>) -> Value {
    let mut told = record.clone();
    match Spoiled::from(fault) {
        Spoiled::No => {}
        Spoiled::Stale => {
            told.married_on = None;
            told.address = (!told.previous_addresses.is_empty()).then(|| told.previous_addresses.remove(0));
        }
        Spoiled::Contradictory => told.birth_date = years_before(told.birth_date, 4),
    }
    json!({
        "id": told.id.to_string(),
        "given_names": told.given_names,
        "surnames": told.surnames,
        "birth_date": told.birth_date.to_string(),
        "birthplace": told.birthplace.as_ref().map(place),
        "married_on": text(told.married_on),
        "address": told.address.as_ref().map(address),
        "previous_addresses": addresses(&told.previous_addresses),
    })
}

/// Stale: the representative before. Contradictory: another representative, registered the same day.
pub(super) fn appointment(record: &Appointment, fault: Option<Fault>) -> Value {
    let (representative, registered_on) = match Spoiled::from(fault) {
        Spoiled::No => (record.representative.clone(), record.registered_on),
        Spoiled::Stale => (
            another(&record.representative),
            record.registered_on.map(|day| years_before(day, 4)),
        ),
        Spoiled::Contradictory => (another(&record.representative), record.registered_on),
    };
    json!({
        "employer": record.employer.to_string(),
        "representative": representative.to_string(),
        "registered_on": text(registered_on),
    })
}

/// Stale: without the last month and the present account. Contradictory: another representative.
pub(super) fn employer(record: &EmployerRecord, fault: Option<Fault>) -> Value {
    let mut told = record.clone();
    match Spoiled::from(fault) {
        Spoiled::No => {}
        Spoiled::Stale => {
            told.workers.pop();
            told.debit_account = None;
        }
        Spoiled::Contradictory => told.representative = another(&told.representative),
    }
    let workers: Vec<Value> = told
        .workers
        .iter()
        .map(|one| json!({ "month": one.month.to_string(), "workers": one.workers }))
        .collect();
    json!({
        "employer": told.employer.to_string(),
        "branch": told.branch.to_string(),
        "name": told.name,
        "representative": told.representative.to_string(),
        "registered_on": text(told.registered_on),
        "first_worker_in": told.first_worker_in.map(|month| month.to_string()),
        "workers": workers,
        "branches": told.branches,
        "address": told.address.as_ref().map(address),
        "previous_addresses": addresses(&told.previous_addresses),
        "debit_account": told.debit_account.as_ref().map(|account| {
            json!({ "bank": account.bank, "last_four": account.last_four.as_str() })
        }),
    })
}

/// Stale: before anything was owed. Contradictory: late, with nothing that is owed.
pub(super) fn obligations(record: &ObligationRecord, fault: Option<Fault>) -> Value {
    let mut told = record.clone();
    match Spoiled::from(fault) {
        Spoiled::No => {}
        Spoiled::Stale => {
            told.standing = Standing::UpToDate;
            (told.debt, told.unpaid_since) = (None, None);
            told.counted_on = told.counted_on.map(|day| years_before(day, 4));
        }
        Spoiled::Contradictory => {
            told.standing = Standing::Late;
            (told.debt, told.unpaid_since) = (Cents::new(0).ok(), None);
        }
    }
    json!({
        "employer": told.employer.to_string(),
        "branch": told.branch.to_string(),
        "standing": match told.standing {
            Standing::UpToDate => "AL DIA",
            Standing::Late => "EN MORA",
            Standing::Agreement => "EN CONVENIO",
        },
        "debt": told.debt.map(|debt| debt.to_string()),
        "unpaid_since": told.unpaid_since.map(|month| month.to_string()),
        "counted_on": text(told.counted_on),
    })
}

fn text(date: Option<CivilDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn place(place: &Place) -> Value {
    json!({ "province": place.province, "canton": place.canton })
}

fn address(address: &Address) -> Value {
    json!({ "street": address.street, "canton": address.canton })
}

fn addresses(addresses: &[Address]) -> Vec<Value> {
    addresses.iter().map(address).collect()
}

/// A made-up person (from the far end of the running numbers) other than this one.
fn another(id: &RepresentativeId) -> RepresentativeId {
    (0..100_u32)
        .filter_map(|number| format!("30599{number:05}").parse().ok())
        .find(|other| other != id)
        .unwrap_or_else(|| id.clone())
}

/// The same day some years before, or the 28th where that year has no such day.
fn years_before(date: CivilDate, years: i32) -> CivilDate {
    let year = date.year() - years;
    CivilDate::new(year, date.month(), date.day())
        .or_else(|_| CivilDate::new(year, date.month(), 28))
        .unwrap_or(date)
}

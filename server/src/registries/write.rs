//! Bulk writing of the imported tables: many rows a statement, each key at most once, in the order of the keys.
//!
//! The order keeps two imports at the same time from waiting for each other in a circle (PostgreSQL), and writes each
//! page of the tree once (SQLite).

use super::import::{EmployerRow, Establishment, EstablishmentStatus, Sink, SriRow};
use crate::store::{StoreError, Table, Tx, Upsert, Value};
use serde::Serialize;
use shared::identifiers::{EmployerIdentifier, Ruc};
use shared::obligations::ObligationRecord;
use shared::registries::{Person, TaxpayerKind};
use shared::time::CivilDate;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TAXPAYERS: LazyLock<Upsert> = LazyLock::new(|| {
    Upsert::new(Table {
        name: "taxpayers",
        keys: &["ruc"],
        at_first: &[],
        rest: &["name", "status", "kind", "started_on", "updated_on"],
        // An older file does not undo a newer one. A row without a day is taken at its word.
        guard: " AND (excluded.updated_on IS NULL OR taxpayers.updated_on IS NULL \
            OR excluded.updated_on >= taxpayers.updated_on)",
        also: "",
    })
});
static ESTABLISHMENTS: LazyLock<Upsert> = LazyLock::new(|| {
    let rest = &[
        "trade_name",
        "status",
        "province",
        "canton",
        "parish",
        "activity_code",
        "activity",
    ];
    plain("establishments", &["ruc", "number"], rest)
});
static REGISTRATIONS: LazyLock<Upsert> =
    LazyLock::new(|| plain("registrations", &["ruc"], &["issued_on", "incorporated_on"]));
static PERSONS: LazyLock<Upsert> = LazyLock::new(|| {
    plain(
        "persons",
        &["id"],
        &[
            "given_names",
            "surnames",
            "birth_date",
            "birth_province",
            "birth_canton",
            "married_on",
            "address",
            "previous_addresses",
        ],
    )
});
static APPOINTMENTS: LazyLock<Upsert> = LazyLock::new(|| {
    plain(
        "appointments",
        &["employer"],
        &["representative", "registered_on"],
    )
});
static EMPLOYER_RECORDS: LazyLock<Upsert> = LazyLock::new(|| {
    let rest = &[
        "name",
        "representative",
        "registered_on",
        "first_worker_in",
        "workers",
        "branches",
        "address",
        "previous_addresses",
        "debit_bank",
        "debit_last_four",
    ];
    plain("employer_records", &["employer", "branch"], rest)
});

static OBLIGATIONS: LazyLock<Upsert> = LazyLock::new(|| {
    Upsert::new(Table {
        name: "obligations",
        keys: &["employer", "branch"],
        at_first: &[],
        rest: &["standing", "debt", "unpaid_since", "counted_on"],
        // As with the taxpayers: an older file does not undo a newer one.
        guard: " AND (excluded.counted_on IS NULL OR obligations.counted_on IS NULL \
            OR excluded.counted_on >= obligations.counted_on)",
        also: "",
    })
});

fn plain(name: &'static str, keys: &'static [&'static str], rest: &'static [&'static str]) -> Upsert {
    Upsert::new(Table {
        name,
        keys,
        at_first: &[],
        rest,
        guard: "",
        also: "",
    })
}

/// The bulk statements of a transaction's engine, for the test that prepares every text.
pub fn bulk_queries(tx: &Tx) -> impl Iterator<Item = &'static str> + use<> {
    [
        &TAXPAYERS,
        &ESTABLISHMENTS,
        &REGISTRATIONS,
        &PERSONS,
        &APPOINTMENTS,
        &EMPLOYER_RECORDS,
        &OBLIGATIONS,
    ]
    .map(|upsert| upsert.texts(tx))
    .into_iter()
    .flatten()
    .map(String::as_str)
}

/// Writes the SRI's rows.
#[derive(Debug)]
pub(super) struct SriTables;

impl Sink<SriRow> for SriTables {
    async fn write(&mut self, tx: &mut Tx, rows: Vec<SriRow>) -> Result<u64, StoreError> {
        let mut taxpayers: BTreeMap<Ruc, Taxpayer> = BTreeMap::new();
        let mut establishments: BTreeMap<(Ruc, u16), Establishment> = BTreeMap::new();
        for SriRow {
            ruc,
            name,
            status,
            kind,
            started_on,
            updated_on,
            establishment,
        } in rows
        {
            if let Some(establishment) = establishment {
                establishments.insert((ruc, establishment.number), establishment);
            }
            let taxpayer = Taxpayer {
                name,
                status: status.as_str(),
                kind,
                started_on,
                updated_on,
            };
            match taxpayers.get(&ruc) {
                Some(known) if known.is_newer_than(&taxpayer) => {}
                Some(_) | None => {
                    taxpayers.insert(ruc, taxpayer);
                }
            }
        }
        let mut values = Vec::with_capacity(taxpayers.len() * 6);
        for (ruc, taxpayer) in taxpayers {
            values.extend([
                ruc.to_string().into(),
                taxpayer.name.into(),
                taxpayer.status.into(),
                taxpayer.kind.map(|kind| kind.as_str().to_owned()).into(),
                day(taxpayer.started_on),
                day(taxpayer.updated_on),
            ]);
        }
        let mut changed = TAXPAYERS.write(tx, values).await?;
        let mut values = Vec::with_capacity(establishments.len() * 9);
        for ((ruc, number), one) in establishments {
            values.extend([
                ruc.to_string().into(),
                i64::from(number).into(),
                one.trade_name.into(),
                one.status
                    .map(|status: EstablishmentStatus| status.as_str().to_owned())
                    .into(),
                one.province.into(),
                one.canton.into(),
                one.parish.into(),
                one.activity_code.into(),
                one.activity.into(),
            ]);
        }
        changed += ESTABLISHMENTS.write(tx, values).await?;
        Ok(changed)
    }
}

struct Taxpayer {
    name: String,
    status: &'static str,
    kind: Option<TaxpayerKind>,
    started_on: Option<CivilDate>,
    updated_on: Option<CivilDate>,
}

impl Taxpayer {
    /// The rule of the statement's guard, for two rows of one batch.
    fn is_newer_than(&self, other: &Self) -> bool {
        matches!((self.updated_on, other.updated_on), (Some(this), Some(that)) if this > that)
    }
}

/// Writes persons.
#[derive(Debug)]
pub(super) struct PersonTable;

impl Sink<Person> for PersonTable {
    async fn write(&mut self, tx: &mut Tx, rows: Vec<Person>) -> Result<u64, StoreError> {
        let persons: BTreeMap<String, Person> = rows
            .into_iter()
            .map(|person| (person.id.to_string(), person))
            .collect();
        let mut values = Vec::with_capacity(persons.len() * 9);
        for (id, person) in persons {
            let (birth_province, birth_canton) = person
                .birthplace
                .map(|place| (place.province, place.canton))
                .unzip();
            values.extend([
                id.into(),
                person.given_names.into(),
                person.surnames.into(),
                day(Some(person.birth_date)),
                birth_province.into(),
                birth_canton.into(),
                day(person.married_on),
                json_if_any(person.address.as_ref())?,
                json(&person.previous_addresses)?,
            ]);
        }
        PERSONS.write(tx, values).await
    }
}

/// Writes what employers owe.
#[derive(Debug)]
pub(super) struct ObligationTable;

impl Sink<ObligationRecord> for ObligationTable {
    async fn write(&mut self, tx: &mut Tx, rows: Vec<ObligationRecord>) -> Result<u64, StoreError> {
        let mut records: BTreeMap<_, ObligationRecord> = BTreeMap::new();
        for row in rows {
            let key = (row.employer, row.branch);
            let is_older = records.get(&key).is_some_and(
                |known| matches!((known.counted_on, row.counted_on), (Some(known), Some(day)) if known > day),
            );
            if !is_older {
                records.insert(key, row);
            }
        }
        let mut values = Vec::with_capacity(records.len() * 6);
        for ((employer, branch), record) in records {
            let debt = record
                .debt
                .map(|debt| i64::try_from(debt.count()).map_err(|_| StoreError::Corrupt("obligations.debt")))
                .transpose()?;
            values.extend([
                employer.to_string().into(),
                branch.to_string().into(),
                record.standing.as_str().into(),
                debt.into(),
                record.unpaid_since.map(|month| month.to_string()).into(),
                day(record.counted_on),
            ]);
        }
        OBLIGATIONS.write(tx, values).await
    }
}

/// Writes the records of employers; the accounts are opened by who calls.
pub(super) async fn employers(tx: &mut Tx, rows: &[EmployerRow]) -> Result<u64, StoreError> {
    let (mut registrations, mut appointments, mut records) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for row in rows {
        let employer = row.record.employer;
        appointments.insert(employer, row);
        records.insert((employer, row.record.branch), row);
        if let EmployerIdentifier::Ruc(ruc) = employer {
            registrations.insert(ruc, row);
        }
    }
    let values = registrations
        .into_iter()
        .flat_map(|(ruc, row)| {
            [
                ruc.to_string().into(),
                day(row.ruc_issued_on),
                day(row.incorporated_on),
            ]
        })
        .collect();
    let mut changed = REGISTRATIONS.write(tx, values).await?;
    let values = appointments
        .into_iter()
        .flat_map(|(employer, row)| {
            [
                employer.to_string().into(),
                row.record.representative.to_string().into(),
                day(row.appointed_on),
            ]
        })
        .collect();
    changed += APPOINTMENTS.write(tx, values).await?;
    let mut values = Vec::with_capacity(records.len() * 12);
    for ((employer, branch), row) in records {
        let debit = row.record.debit_account.as_ref();
        values.extend([
            employer.to_string().into(),
            branch.to_string().into(),
            row.record.name.clone().into(),
            row.record.representative.to_string().into(),
            day(row.record.registered_on),
            row.record.first_worker_in.map(|month| month.to_string()).into(),
            json(&row.record.workers)?,
            row.record.branches.map(i64::from).into(),
            json_if_any(row.record.address.as_ref())?,
            json(&row.record.previous_addresses)?,
            debit.map(|account| account.bank.clone()).into(),
            debit.map(|account| account.last_four.as_str().to_owned()).into(),
        ]);
    }
    changed += EMPLOYER_RECORDS.write(tx, values).await?;
    Ok(changed)
}

fn day(date: Option<CivilDate>) -> Value {
    Value::Text(date.map(|date| date.to_string()))
}

fn json(document: &impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_string(document)
        .map(Value::from)
        .map_err(|_| StoreError::Corrupt("document to be written"))
}

fn json_if_any(document: Option<&impl Serialize>) -> Result<Value, StoreError> {
    document.map_or(Ok(Value::Text(None)), json)
}

//! The SQL of the imported tables: reading one record by its key. Bulk writing is in `import/`.

use crate::on;
use crate::store::{Store, StoreError, Tx};
use serde::de::DeserializeOwned;
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, Ruc};
use shared::obligations::{Cents, ObligationRecord};
use shared::registries::{Appointment, DebitAccount, EmployerRecord, Month, Person, Place, Taxpayer};
use std::str::FromStr;

/// Every text of this slice, for the test that prepares all of them on both engines.
pub const QUERIES: &[&str] = &[
    TAXPAYER,
    HEAD_OFFICE,
    ACTIVITY,
    PERSON,
    NAME,
    APPOINTMENT,
    EMPLOYER,
    BRANCHES,
    OBLIGATIONS,
    super::kept::PERSON,
    super::kept::EMPLOYER,
    super::kept::REPRESENTS,
];

const TAXPAYER: &str = "SELECT t.name, t.status, t.kind, t.started_on, r.issued_on, r.incorporated_on \
    FROM taxpayers t LEFT JOIN registrations r ON r.ruc = t.ruc WHERE t.ruc = $1";
const HEAD_OFFICE: &str = "SELECT province, canton FROM establishments \
    WHERE ruc = $1 AND province IS NOT NULL AND canton IS NOT NULL \
    ORDER BY CASE WHEN status = 'closed' THEN 1 ELSE 0 END, number LIMIT 1";
const ACTIVITY: &str = "SELECT activity_code FROM establishments WHERE ruc = $1 AND activity_code IS NOT NULL \
    ORDER BY CASE WHEN status = 'closed' THEN 1 ELSE 0 END, number LIMIT 1";
const PERSON: &str = "SELECT given_names, surnames, birth_date, birth_province, birth_canton, married_on, address, \
    previous_addresses FROM persons WHERE id = $1";
const NAME: &str = "SELECT given_names, surnames FROM persons WHERE id = $1";
const APPOINTMENT: &str = "SELECT representative, registered_on FROM appointments WHERE employer = $1";
const EMPLOYER: &str = "SELECT name, representative, registered_on, first_worker_in, workers, branches, address, \
    previous_addresses, debit_bank, debit_last_four FROM employer_records WHERE employer = $1 AND branch = $2";
const BRANCHES: &str = "SELECT COUNT(*) FROM employer_records WHERE employer = $1";
const OBLIGATIONS: &str = "SELECT standing, debt, unpaid_since, counted_on FROM obligations \
    WHERE employer = $1 AND branch = $2";

#[derive(sqlx::FromRow)]
struct TaxpayerRow {
    name: String,
    status: String,
    kind: Option<String>,
    started_on: Option<String>,
    issued_on: Option<String>,
    incorporated_on: Option<String>,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    given_names: String,
    surnames: String,
    birth_date: String,
    birth_province: Option<String>,
    birth_canton: Option<String>,
    married_on: Option<String>,
    address: Option<String>,
    previous_addresses: String,
}

#[derive(sqlx::FromRow)]
struct EmployerRow {
    name: String,
    representative: String,
    registered_on: Option<String>,
    first_worker_in: Option<String>,
    workers: String,
    branches: Option<i64>,
    address: Option<String>,
    previous_addresses: String,
    debit_bank: Option<String>,
    debit_last_four: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ObligationRow {
    standing: String,
    debt: Option<i64>,
    unpaid_since: Option<String>,
    counted_on: Option<String>,
}

pub(super) async fn taxpayer(store: &Store, ruc: &Ruc) -> Result<Option<Taxpayer>, StoreError> {
    let key = ruc.to_string();
    let mut tx = store.read().await?;
    let row: Option<TaxpayerRow> = on!(&mut tx, |conn| sqlx::query_as(TAXPAYER)
        .bind(&key)
        .fetch_optional(conn))?;
    let Some(row) = row else { return Ok(None) };
    let place: Option<(String, String)> = on!(&mut tx, |conn| sqlx::query_as(HEAD_OFFICE)
        .bind(&key)
        .fetch_optional(conn))?;
    let activity: Option<String> = on!(&mut tx, |conn| sqlx::query_scalar(ACTIVITY)
        .bind(&key)
        .fetch_optional(conn))?;
    Ok(Some(Taxpayer {
        ruc: *ruc,
        name: row.name,
        status: parsed(&row.status, "taxpayers.status")?,
        kind: optional(row.kind.as_deref(), "taxpayers.kind")?,
        activities_started_on: optional(row.started_on.as_deref(), "taxpayers.started_on")?,
        ruc_issued_on: optional(row.issued_on.as_deref(), "registrations.issued_on")?,
        incorporated_on: optional(row.incorporated_on.as_deref(), "registrations.incorporated_on")?,
        head_office: place.map(|(province, canton)| Place { province, canton }),
        // The SRI's text, taken as it came: what is no code is not asked.
        main_activity: activity.and_then(|code| code.parse().ok()),
    }))
}

pub(super) async fn person(store: &Store, id: &RepresentativeId) -> Result<Option<Person>, StoreError> {
    let key = id.to_string();
    let mut tx = store.read().await?;
    let row: Option<PersonRow> = on!(&mut tx, |conn| sqlx::query_as(PERSON)
        .bind(&key)
        .fetch_optional(conn))?;
    row.map(|row| {
        Ok(Person {
            id: id.clone(),
            given_names: row.given_names,
            surnames: row.surnames,
            birth_date: parsed(&row.birth_date, "persons.birth_date")?,
            birthplace: match (row.birth_province, row.birth_canton) {
                (Some(province), Some(canton)) => Some(Place { province, canton }),
                (Some(_), None) | (None, Some(_)) => return Err(StoreError::Corrupt("persons.birth_canton")),
                (None, None) => None,
            },
            married_on: optional(row.married_on.as_deref(), "persons.married_on")?,
            address: optional_document(row.address.as_deref(), "persons.address")?,
            previous_addresses: document(&row.previous_addresses, "persons.previous_addresses")?,
        })
    })
    .transpose()
}

/// A person's given names and surnames, within a transaction that writes.
pub(super) async fn name_of(tx: &mut Tx, id: &RepresentativeId) -> Result<Option<String>, StoreError> {
    let row: Option<(String, String)> = on!(tx, |conn| sqlx::query_as(NAME)
        .bind(id.to_string())
        .fetch_optional(conn))?;
    Ok(row.map(|(given_names, surnames)| super::service::full_name(&given_names, &surnames)))
}

pub(super) async fn appointment(
    store: &Store,
    employer: &EmployerIdentifier,
) -> Result<Option<Appointment>, StoreError> {
    let key = employer.to_string();
    let mut tx = store.read().await?;
    let row: Option<(String, Option<String>)> = on!(&mut tx, |conn| sqlx::query_as(APPOINTMENT)
        .bind(&key)
        .fetch_optional(conn))?;
    row.map(|(representative, registered_on)| {
        Ok(Appointment {
            employer: *employer,
            representative: parsed(&representative, "appointments.representative")?,
            registered_on: optional(registered_on.as_deref(), "appointments.registered_on")?,
        })
    })
    .transpose()
}

pub(super) async fn employer(
    store: &Store,
    employer: &EmployerIdentifier,
    branch: &Branch,
) -> Result<Option<EmployerRecord>, StoreError> {
    let (key, branch_key) = (employer.to_string(), branch.to_string());
    let mut tx = store.read().await?;
    let row: Option<EmployerRow> = on!(&mut tx, |conn| sqlx::query_as(EMPLOYER)
        .bind(&key)
        .bind(&branch_key)
        .fetch_optional(conn))?;
    let Some(row) = row else { return Ok(None) };
    let counted: i64 = on!(&mut tx, |conn| sqlx::query_scalar(BRANCHES)
        .bind(&key)
        .fetch_one(conn))?;
    let debit_account = match (row.debit_bank, row.debit_last_four) {
        (Some(bank), Some(digits)) => Some(DebitAccount {
            bank,
            last_four: parsed(&digits, "employer_records.debit_last_four")?,
        }),
        (Some(_), None) | (None, Some(_)) => return Err(StoreError::Corrupt("employer_records.debit_bank")),
        (None, None) => None,
    };
    // One row a branch: where the institute does not say how many there are, they are counted.
    let branches = u32::try_from(row.branches.unwrap_or(counted))
        .map_err(|_| StoreError::Corrupt("employer_records.branches"))?;
    Ok(Some(EmployerRecord {
        employer: *employer,
        branch: *branch,
        name: row.name,
        representative: parsed(&row.representative, "employer_records.representative")?,
        registered_on: optional(row.registered_on.as_deref(), "employer_records.registered_on")?,
        first_worker_in: optional::<Month>(
            row.first_worker_in.as_deref(),
            "employer_records.first_worker_in",
        )?,
        workers: document(&row.workers, "employer_records.workers")?,
        branches: Some(branches),
        address: optional_document(row.address.as_deref(), "employer_records.address")?,
        previous_addresses: document(&row.previous_addresses, "employer_records.previous_addresses")?,
        debit_account,
    }))
}

pub(super) async fn obligations(
    store: &Store,
    employer: &EmployerIdentifier,
    branch: &Branch,
) -> Result<Option<ObligationRecord>, StoreError> {
    let (key, branch_key) = (employer.to_string(), branch.to_string());
    let mut tx = store.read().await?;
    let row: Option<ObligationRow> = on!(&mut tx, |conn| sqlx::query_as(OBLIGATIONS)
        .bind(&key)
        .bind(&branch_key)
        .fetch_optional(conn))?;
    row.map(|row| {
        let cents = |cents: i64| u64::try_from(cents).ok().and_then(|cents| Cents::new(cents).ok());
        Ok(ObligationRecord {
            employer: *employer,
            branch: *branch,
            standing: parsed(&row.standing, "obligations.standing")?,
            debt: row
                .debt
                .map(|debt| cents(debt).ok_or(StoreError::Corrupt("obligations.debt")))
                .transpose()?,
            unpaid_since: optional(row.unpaid_since.as_deref(), "obligations.unpaid_since")?,
            counted_on: optional(row.counted_on.as_deref(), "obligations.counted_on")?,
        })
    })
    .transpose()
}

fn parsed<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(column))
}

fn optional<T: FromStr>(text: Option<&str>, column: &'static str) -> Result<Option<T>, StoreError> {
    text.map(|text| parsed(text, column)).transpose()
}

fn document<T: DeserializeOwned>(text: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt(column))
}

fn optional_document<T: DeserializeOwned>(
    text: Option<&str>,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    text.map(|text| document(text, column)).transpose()
}

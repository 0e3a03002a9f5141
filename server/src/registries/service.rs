//! The imports, one a kind of file, and what the demo's population is written through.

use super::import::{
    self, EmployerRow, Employers, Establishment, EstablishmentStatus, ImportError, Obligations, Persons,
    Progress, Sink, Sri, SriRow, Summary,
};
use super::store;
use super::write::{self, ObligationTable, PersonTable, SriTables};
use crate::accounts::{self, NewAccount};
use crate::app::App;
use crate::store::{StoreError, Tx};
use shared::i18n::Language;
use shared::identifiers::{Email, Phone};
use shared::obligations::ObligationRecord;
use shared::registries::{Activity, EmployerRecord, Person, Taxpayer};
use shared::time::CivilDate;
use std::path::Path;

pub use super::kept::kept;

/// Imports one of the SRI's open RUC files.
pub async fn import_sri(
    app: &App,
    path: &Path,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, ImportError> {
    import::import::<Sri>(app, path, &mut SriTables, watch).await
}

/// Imports persons of the Registro Civil.
pub async fn import_persons(
    app: &App,
    path: &Path,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, ImportError> {
    import::import::<Persons>(app, path, &mut PersonTable, watch).await
}

/// Imports the institute's employers, and opens or renews their accounts.
pub async fn import_employers(
    app: &App,
    path: &Path,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, ImportError> {
    import::import::<Employers>(app, path, &mut EmployerTables { app }, watch).await
}

/// Imports what the institute counts that employers owe.
pub async fn import_obligations(
    app: &App,
    path: &Path,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, ImportError> {
    import::import::<Obligations>(app, path, &mut ObligationTable, watch).await
}

/// An employer with everything that is on record about it.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// At the SRI; a household has none.
    pub taxpayer: Option<Taxpayer>,
    /// The representative.
    pub person: Person,
    /// The day of the appointment.
    pub appointed_on: Option<CivilDate>,
    /// In the institute's records.
    pub record: EmployerRecord,
    /// What it owes.
    pub obligations: ObligationRecord,
    /// The account's address.
    pub email: Option<Email>,
    /// The account's telephone.
    pub phone: Option<Phone>,
    /// The language of mails.
    pub language: Language,
}

/// Writes dossiers into all registries and opens the accounts. How many rows were new or differed.
pub async fn record(app: &App, tx: &mut Tx, dossiers: Vec<Dossier>) -> Result<u64, StoreError> {
    let (mut taxpayers, mut persons, mut employers, mut owed) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Dossier {
        taxpayer,
        person,
        appointed_on,
        record,
        obligations,
        email,
        phone,
        language,
    } in dossiers
    {
        owed.push(obligations);
        employers.push(EmployerRow {
            record,
            representative_name: Some(full_name(&person.given_names, &person.surnames)),
            appointed_on,
            ruc_issued_on: taxpayer.as_ref().and_then(|taxpayer| taxpayer.ruc_issued_on),
            incorporated_on: taxpayer.as_ref().and_then(|taxpayer| taxpayer.incorporated_on),
            email,
            phone,
            language,
        });
        persons.push(person);
        taxpayers.extend(taxpayer.map(sri_row));
    }
    Ok(SriTables.write(tx, taxpayers).await?
        + PersonTable.write(tx, persons).await?
        + ObligationTable.write(tx, owed).await?
        + EmployerTables { app }.write(tx, employers).await?)
}

/// Writes the institute's employers and their accounts.
struct EmployerTables<'a> {
    app: &'a App,
}

impl Sink<EmployerRow> for EmployerTables<'_> {
    async fn write(&mut self, tx: &mut Tx, rows: Vec<EmployerRow>) -> Result<u64, StoreError> {
        let changed = write::employers(tx, &rows).await?;
        let mut accounts = Vec::with_capacity(rows.len());
        for EmployerRow {
            record,
            representative_name,
            email,
            phone,
            language,
            ..
        } in rows
        {
            let representative_name = match representative_name {
                Some(name) => name,
                None => store::name_of(tx, &record.representative)
                    .await?
                    .unwrap_or_default(),
            };
            accounts.push(NewAccount {
                employer: record.employer,
                branch: record.branch,
                email,
                phone,
                language,
                name: record.name,
                representative: record.representative,
                representative_name,
            });
        }
        Ok(changed + accounts::service::open_many(self.app, tx, accounts, self.app.clock.now()).await?)
    }
}

pub(super) fn full_name(given_names: &str, surnames: &str) -> String {
    format!("{given_names} {surnames}")
}

fn sri_row(taxpayer: Taxpayer) -> SriRow {
    SriRow {
        ruc: taxpayer.ruc,
        name: taxpayer.name,
        status: taxpayer.status,
        kind: taxpayer.kind,
        started_on: taxpayer.activities_started_on,
        updated_on: None,
        establishment: taxpayer.head_office.map(|office| Establishment {
            number: 1,
            status: Some(EstablishmentStatus::Open),
            trade_name: None,
            province: Some(office.province),
            canton: Some(office.canton),
            parish: None,
            activity: taxpayer
                .main_activity
                .as_ref()
                .and_then(Activity::of)
                .map(|activity| activity.name.to_owned()),
            activity_code: taxpayer.main_activity.map(|code| code.as_str().to_owned()),
        }),
    }
}

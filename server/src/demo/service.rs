//! Loading the population.

use super::population::{Detail, Employer, Situation, employer};
use crate::accounts;
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::centres::import as centres;
use crate::challenges::{self, Identity};
use crate::config::Config;
use crate::registries::service::record;
use crate::registries::{Dossier, Progress};
use crate::store::{StoreError, Tx};
use shared::audit::Event;
use shared::registries::Registry;
use shared::time::Timestamp;
use std::time::Duration;

/// Employers written in one transaction.
const BATCH: u32 = 4096;
/// Up to this many, each has everything on record.
const FULL_DETAIL: u32 = 20_000;

/// Centres that nobody should go to: a file as `clavero import centres` takes it.
const CENTRES: &[u8] = include_bytes!("centres.csv");

/// What loading did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Employers of the population.
    pub employers: u32,
    /// Rows of the database that are new or differ now. Zero the second time.
    pub changed: u64,
}

/// Why the population was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// More than there are numbers that belong to nobody.
    #[error("at most {0} employers can be made up")]
    TooMany(u32),
    /// The centres could not be imported.
    #[error("the centres could not be imported")]
    Centres(#[from] centres::ImportError),
    /// The staff could not be made.
    #[error("the staff could not be made")]
    Staff,
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
}

/// Loads `count` employers (the showcase at least), the same for the same seed; without telephones where text messages leave
/// through a gateway, also for employers that were loaded with one before.
pub async fn load(
    app: &App,
    count: u32,
    seed: u64,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Loaded, DemoError> {
    if count > super::numbers::MOST {
        return Err(DemoError::TooMany(super::numbers::MOST));
    }
    let count = count.max(super::SHOWN);
    let detail = if count <= FULL_DETAIL {
        Detail::Full
    } else {
        Detail::Sparse
    };
    let mut loaded = Loaded::default();
    let mut begin = 0;
    while begin < count {
        let end = count.min(begin + BATCH);
        let population: Vec<_> = (begin..end)
            .filter_map(|index| employer(seed, index, detail))
            .map(|one| reachable(&app.config, one))
            .collect();
        let mut tx = app.store.write().await?;
        loaded.changed += write(app, &mut tx, population).await?;
        tx.commit().await?;
        loaded.employers = end;
        watch(Progress {
            bytes: 0,
            rows: end.into(),
        });
        begin = end;
    }
    let rows = centres::read(CENTRES).map_err(centres::ImportError::Wrong)?;
    loaded.changed += u64::from(centres::write(app, rows, 0).await?.changed);
    loaded.changed += super::staff::load(app).await?;
    Ok(loaded)
}

/// Without the telephone where there is a gateway: a series that nobody has today may be given to an operator, and then a
/// made-up number is a stranger's.
fn reachable(config: &Config, one: Employer) -> Employer {
    match &config.sms {
        Some(_) => Employer { phone: None, ..one },
        None => one,
    }
}

async fn write(app: &App, tx: &mut Tx, population: Vec<Employer>) -> Result<u64, StoreError> {
    let now = app.clock.now();
    let special: Vec<_> = population
        .iter()
        .filter(|one| matches!(one.situation, Situation::Blocked | Situation::Suspended))
        .map(|one| (one.situation, identity(one)))
        .collect();
    let rows = population.len() as u64;
    let dossiers = population.into_iter().map(dossier).collect();
    let mut changed = record(app, tx, dossiers).await?;
    if changed > 0 {
        let event = Event::RecordsImported {
            registry: Registry::Iess,
            rows,
            rejected: 0,
        };
        tell(app, tx, &event, Subject::default(), now).await?;
    }
    for (situation, identity) in special {
        changed += match situation {
            Situation::Blocked => block(app, tx, &identity, now).await?,
            Situation::Suspended => suspend(app, tx, &identity, now).await?,
            Situation::Good | Situation::NoEmail | Situation::Inactive => 0,
        };
    }
    Ok(changed)
}

/// Blocks the account, unless it is.
async fn block(app: &App, tx: &mut Tx, identity: &Identity, now: Timestamp) -> Result<u64, StoreError> {
    match accounts::service::find(tx, identity.employer, identity.branch).await? {
        Some(account) if account.state == accounts::State::Active => {
            accounts::service::block(app, tx, account.id, now)
                .await
                .map(|()| 1)
        }
        Some(_) | None => Ok(0),
    }
}

/// Suspends the online recovery from now on, unless it is.
async fn suspend(app: &App, tx: &mut Tx, identity: &Identity, now: Timestamp) -> Result<u64, StoreError> {
    let subject = identity.subject(&app.keys);
    if challenges::service::suspended_until(tx, subject, now)
        .await?
        .is_some()
    {
        return Ok(0);
    }
    let account = accounts::service::find(tx, identity.employer, identity.branch)
        .await?
        .map(|account| account.id);
    let until = now.after(Duration::from_hours(
        app.policy.challenges.suspension_hours.into(),
    ));
    challenges::service::suspend(app, tx, subject, account, now, until).await?;
    let about = Subject {
        account,
        identifier: Some(subject.0),
        ..Subject::default()
    };
    tell(app, tx, &Event::RecoverySuspended { until }, about, now).await?;
    Ok(1)
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    event: &Event,
    subject: Subject,
    at: Timestamp,
) -> Result<(), StoreError> {
    let entry = Entry::by_system(event, at, subject);
    audit::service::append(app, tx, &entry).await
}

fn identity(one: &Employer) -> Identity {
    Identity {
        employer: one.record.employer,
        branch: one.record.branch,
        representative: one.record.representative.clone(),
    }
}

fn dossier(one: Employer) -> Dossier {
    let Employer {
        taxpayer,
        person,
        appointment,
        record,
        obligations,
        email,
        phone,
        language,
        ..
    } = one;
    Dossier {
        taxpayer,
        person,
        appointed_on: appointment.registered_on,
        record,
        obligations,
        email,
        phone,
        language,
    }
}

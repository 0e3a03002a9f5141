//! The search at the desk: by what a person quotes.

use super::booked;
use super::queue::{self, Names, masked};
use super::service::{employer_digest, representative_digest};
use super::store::{self, Record};
use crate::app::App;
use crate::centres::service as centres;
use crate::challenges::{Call, Identity};
use crate::http::Failure;
use crate::recovery::service as recovery;
use crate::signatures::service as signatures;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;
use shared::centres::{CentreId, Procedure};
use shared::identifiers::VisitId;
use shared::recovery::CaseReference;
use shared::signatures::ReferralNumber;
use shared::staff::DeedName;
use shared::time::Timestamp;
use shared::visits::SearchKey;
use shared::visits::api::{FoundCase, FoundVisit, MOST_FOUND, SearchView};
use std::collections::{BTreeMap, BTreeSet};

/// What there is of what somebody quotes. Searching is an act, whatever it finds.
///
/// # Errors
/// A fault of the database.
pub(super) async fn search(
    app: &App,
    officer: &Officer,
    key: &SearchKey,
    call: Call,
) -> Result<SearchView, Failure> {
    let mut tx = app.store.write().await?;
    let about = About {
        centre: officer.centre(),
        ..About::default()
    };
    let deed = Deed::seen(DeedName::Searched, about);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let view = SearchView {
        now: call.at,
        sought: key.sought(),
        appointments: booked::find(app, &mut tx, officer, key, call.at).await?,
        visits: visits(app, &mut tx, key).await?,
        cases: cases(app, &mut tx, key, call.at).await?,
    };
    tx.commit().await?;
    Ok(view)
}

async fn visits(app: &App, tx: &mut Tx, key: &SearchKey) -> Result<Vec<FoundVisit>, StoreError> {
    let mut found: BTreeMap<VisitId, Record> = BTreeMap::new();
    if let Some(employer) = key.employer {
        let digest = employer_digest(&app.keys, employer);
        let of_employer = store::by_employer(tx, &digest, MOST_FOUND).await?;
        found.extend(of_employer.into_iter().map(|record| (record.id, record)));
    }
    if let Some(representative) = &key.representative {
        let digest = representative_digest(&app.keys, representative);
        let of_person = store::by_representative(tx, &digest, MOST_FOUND).await?;
        found.extend(of_person.into_iter().map(|record| (record.id, record)));
    }
    if let Some(code) = &key.appointment
        && let Some(visit) = store::by_code(tx, code).await?
    {
        found.insert(visit.id, visit);
    }
    let officers = found.values().filter_map(|record| record.visit.stage().officer());
    let names = queue::names_of(tx, officers).await?;
    let centres = centre_names(tx, found.values().map(|record| record.centre)).await?;
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|record| core::cmp::Reverse((record.visit.arrived_at(), record.id)));
    found.truncate(usize::try_from(MOST_FOUND).unwrap_or(usize::MAX));
    Ok(found
        .into_iter()
        .map(|record| shown(record, &names, &centres))
        .collect())
}

fn shown(record: Record, names: &Names, centres: &CentreNames) -> FoundVisit {
    let stage = record.visit.stage();
    let (employer, representative) = record.identity.as_ref().map(masked).unzip();
    FoundVisit {
        visit: record.id,
        centre: centres.get(&record.centre).cloned().unwrap_or_default(),
        day: record.day,
        number: record.number,
        procedure: record.procedure,
        mode: record.mode,
        employer,
        representative,
        arrived_at: record.visit.arrived_at(),
        stage: stage.name(),
        officer: stage.officer().and_then(|officer| names.get(&officer).cloned()),
    }
}

/// What centres are called.
pub(super) type CentreNames = BTreeMap<CentreId, String>;

/// What these centres are called.
pub(super) async fn centre_names(
    tx: &mut Tx,
    ids: impl Iterator<Item = CentreId>,
) -> Result<CentreNames, StoreError> {
    let mut names = CentreNames::new();
    for id in ids.collect::<BTreeSet<_>>() {
        if let Some(centre) = centres::by_id(tx, id).await? {
            names.insert(id, centre.details.name.to_string());
        }
    }
    Ok(names)
}

async fn cases(
    app: &App,
    tx: &mut Tx,
    key: &SearchKey,
    now: Timestamp,
) -> Result<Vec<FoundCase>, StoreError> {
    let mut found = Vec::new();
    if let Some(reference) = &key.reference {
        found.extend(waiting(tx, reference, now).await?);
    }
    if let Some(number) = &key.referral {
        found.extend(referred(app, tx, number, now).await?);
    }
    Ok(found)
}

async fn waiting(
    tx: &mut Tx,
    reference: &CaseReference,
    now: Timestamp,
) -> Result<Vec<FoundCase>, StoreError> {
    let recoveries = recovery::waiting(tx, reference, now).await?;
    let unlocks = unlock::waiting(tx, reference, now).await?;
    let recoveries = recoveries.iter().map(|identity| (Procedure::Recovery, identity));
    let unlocks = unlocks.iter().map(|identity| (Procedure::Unlock, identity));
    Ok(recoveries
        .chain(unlocks)
        .map(|(procedure, identity)| case(procedure, reference.to_string(), identity))
        .collect())
}

async fn referred(
    app: &App,
    tx: &mut Tx,
    number: &ReferralNumber,
    now: Timestamp,
) -> Result<Option<FoundCase>, StoreError> {
    let open = signatures::referral(tx, number)
        .await?
        .filter(|referral| referral.is_open(app, now));
    Ok(open.map(|referral| case(Procedure::Signature, number.to_string(), &referral.asked.identity)))
}

fn case(procedure: Procedure, quoted: String, identity: &Identity) -> FoundCase {
    let (employer, representative) = masked(identity);
    FoundCase {
        procedure,
        quoted,
        employer,
        representative,
    }
}

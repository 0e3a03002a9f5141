//! The search at the desk: by what a person quotes.

use super::booked;
use super::cases;
use super::queue::{self, Names, masked};
use super::service::{employer_digest, representative_digest};
use super::store::{self, Record};
use crate::app::App;
use crate::centres::{Centre, service as centres};
use crate::challenges::Call;
use crate::dossiers::service as dossiers;
use crate::http::Failure;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use shared::centres::CentreId;
use shared::identifiers::VisitId;
use shared::staff::DeedName;
use shared::visits::SearchKey;
use shared::visits::api::{FoundVisit, MOST_FOUND, SearchView};
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
        waiting: booked::waiting(app, &mut tx, key, call.at).await?,
        visits: visits(app, &mut tx, key).await?,
        cases: cases::find(app, &mut tx, key, call.at).await?,
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
    let centres = centres_of(tx, found.values().map(|record| record.centre)).await?;
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|record| core::cmp::Reverse((record.visit.arrived_at(), record.id)));
    found.truncate(usize::try_from(MOST_FOUND).unwrap_or(usize::MAX));
    let mut visits = Vec::with_capacity(found.len());
    for record in found {
        let dossier = dossiers::of_visit(tx, record.id).await?;
        visits.push(FoundVisit {
            dossier,
            ..shown(record, &names, &centres)?
        });
    }
    Ok(visits)
}

fn shown(record: Record, names: &Names, centres: &Centres) -> Result<FoundVisit, StoreError> {
    let stage = record.visit.stage();
    let (employer, representative) = record.identity.as_ref().map(masked).unzip();
    let centre = centres
        .get(&record.centre)
        .ok_or(StoreError::Corrupt("visits.centre_id"))?;
    Ok(FoundVisit {
        visit: record.id,
        dossier: None,
        centre: centre.details.name.to_string(),
        zone: centre.zone(),
        day: record.day,
        number: record.number,
        procedure: record.procedure,
        mode: record.mode,
        employer,
        representative,
        arrived_at: record.visit.arrived_at(),
        stage: stage.name(),
        officer: stage.officer().and_then(|officer| names.get(&officer).cloned()),
    })
}

/// Some centres.
pub(super) type Centres = BTreeMap<CentreId, Centre>;

/// These centres, those that serve no more among them.
pub(super) async fn centres_of(
    tx: &mut Tx,
    ids: impl Iterator<Item = CentreId>,
) -> Result<Centres, StoreError> {
    let mut found = Centres::new();
    for id in ids.collect::<BTreeSet<_>>() {
        if let Some(centre) = centres::by_id(tx, id).await? {
            found.insert(id, centre);
        }
    }
    Ok(found)
}

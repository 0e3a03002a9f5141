//! The use cases of somebody who sees figures.

use super::file;
use crate::app::App;
use crate::appointments::service as appointments;
use crate::centres::{Centre, service as centres};
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use crate::visits::service as visits;
use shared::centres::{CentreId, Zone};
use shared::i18n::Text;
use shared::reports::api::{
    ActFigures, CentreNow, DayFigures, NamedCentre, ReportFile, ReportRequest, ReportView,
};
use shared::reports::{ActKind, Figures, Span};
use shared::staff::DeedName;
use shared::time::{CivilDate, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// The figures that were asked for. Looking is an act.
///
/// # Errors
/// A fault of the database.
pub async fn show(
    app: &App,
    officer: &Officer,
    asked: ReportRequest,
    call: Call,
) -> Result<ReportView, Failure> {
    seen(app, officer, asked, DeedName::ReportsSeen, call).await
}

/// The same as a file. Taking it along is an act.
///
/// # Errors
/// A fault of the database.
pub async fn export(
    app: &App,
    officer: &Officer,
    asked: ReportRequest,
    text: Text,
    call: Call,
) -> Result<ReportFile, Failure> {
    let view = seen(app, officer, asked, DeedName::ReportsExported, call).await?;
    file::csv(&view, text).map_err(Failure::fault)
}

async fn seen(
    app: &App,
    officer: &Officer,
    asked: ReportRequest,
    deed: DeedName,
    call: Call,
) -> Result<ReportView, Failure> {
    let mut tx = app.store.write().await?;
    let about = About {
        centre: asked.centre,
        ..About::default()
    };
    staff::record(app, &mut tx, officer, &Deed::seen(deed, about), call).await?;
    let view = view(&mut tx, asked, call.at).await?;
    tx.commit().await?;
    Ok(view)
}

async fn view(tx: &mut Tx, asked: ReportRequest, now: Timestamp) -> Result<ReportView, StoreError> {
    let mut rows: BTreeMap<(CentreId, CivilDate), Figures> = BTreeMap::new();
    for (centre, day, figures) in visits::figures(tx, asked.span).await? {
        rows.insert((centre, day), figures);
    }
    let centres = centres_of(tx, rows.keys().map(|(centre, _)| *centre)).await?;
    for (centre, day, missed) in missed(tx, asked.span, &centres).await? {
        let row = rows.entry((centre, day)).or_default();
        row.no_shows = row.no_shows.saturating_add(missed);
    }
    let name = |centre: CentreId| centres.get(&centre).map(|centre| centre.details.name.as_str());
    let mut rows: Vec<_> = rows
        .into_iter()
        .filter(|((centre, _), _)| asked.centre.is_none_or(|only| only == *centre))
        .map(|((centre, day), figures)| DayFigures { centre, day, figures })
        .collect();
    rows.sort_by_key(|row| (name(row.centre), row.day));
    let mut named: Vec<_> = centres
        .values()
        .map(|centre| NamedCentre {
            centre: centre.id,
            name: centre.details.name.to_string(),
        })
        .collect();
    named.sort_by(|one, other| one.name.cmp(&other.name));
    let mut at_once = Vec::new();
    for centre in serving(&centres, &named, asked.centre) {
        let there = visits::at_once(tx, (centre.id, centre.zone()), now).await?;
        at_once.push(CentreNow {
            centre: centre.id,
            waiting: there.waiting,
            in_service: there.in_service,
            longest_since: there.longest_since,
        });
    }
    let deeds = staff::counts(tx, bounds(asked.span), asked.centre).await?;
    Ok(ReportView {
        now,
        span: asked.span,
        centres: named,
        rows,
        at_once,
        acts: by_kind(&deeds),
    })
}

/// The centres that are shown, in the order of their names.
fn serving<'a>(
    centres: &'a BTreeMap<CentreId, Centre>,
    named: &'a [NamedCentre],
    only: Option<CentreId>,
) -> impl Iterator<Item = &'a Centre> {
    named
        .iter()
        .filter(move |centre| only.is_none_or(|only| only == centre.centre))
        .filter_map(|centre| centres.get(&centre.centre))
}

/// Deeds by their kind, the most frequent first.
fn by_kind(deeds: &[(DeedName, u32)]) -> Vec<ActFigures> {
    let mut counts: BTreeMap<ActKind, u32> = BTreeMap::new();
    for (deed, count) in deeds {
        let of_kind = counts.entry(ActKind::of(*deed)).or_default();
        *of_kind = of_kind.saturating_add(*count);
    }
    let mut acts: Vec<_> = counts
        .into_iter()
        .map(|(kind, count)| ActFigures { kind, count })
        .collect();
    acts.sort_by_key(|act| (core::cmp::Reverse(act.count), act.kind));
    acts
}

/// The centres that serve, and those of figures that do no more.
async fn centres_of(
    tx: &mut Tx,
    counted: impl Iterator<Item = CentreId>,
) -> Result<BTreeMap<CentreId, Centre>, StoreError> {
    let serving = centres::list(tx).await?;
    let mut all: BTreeMap<_, _> = serving.into_iter().map(|centre| (centre.id, centre)).collect();
    for id in counted.collect::<BTreeSet<_>>() {
        if !all.contains_key(&id)
            && let Some(centre) = centres::by_id(tx, id).await?
        {
            all.insert(id, centre);
        }
    }
    Ok(all)
}

/// To how many appointments nobody came, on each centre's own days.
async fn missed(
    tx: &mut Tx,
    span: Span,
    centres: &BTreeMap<CentreId, Centre>,
) -> Result<Vec<(CentreId, CivilDate, u32)>, StoreError> {
    let missed = appointments::missed(tx, bounds(span)).await?;
    Ok(missed
        .into_iter()
        .filter_map(|(centre, starts_at, count)| {
            let day = centres.get(&centre)?.zone().day_of(starts_at);
            (span.from() <= day && day <= span.to()).then_some((centre, day, count))
        })
        .collect())
}

/// From the first instant of a span's days to the first after them, anywhere in the country.
fn bounds(span: Span) -> (Timestamp, Timestamp) {
    (
        Zone::Mainland.instant(span.from(), 0),
        Zone::Galapagos.instant(span.to().days_later(1), 0),
    )
}

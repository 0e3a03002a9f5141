//! The use cases of the desk, and what other slices ask about visits.

use super::cases;
use super::queue::{self, Desk};
use super::store::{self, Appointed, Found, Record};
use crate::app::App;
use crate::appointments::service as appointments;
use crate::centres::service as centres;
use crate::challenges::{Call, Identity};
use crate::http::Failure;
use crate::keys::{Digest, Keys, Purpose};
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::centres::{CentreId, Mode, Procedure, Zone};
use shared::identifiers::{AppointmentId, CaseId, EmployerIdentifier, RepresentativeId, VisitId};
use shared::reports::{Figures, Span};
use shared::staff::{ActReason, DeedName};
use shared::time::{CivilDate, Timestamp};
use shared::visits::api::{CaseNamed, CounterChoice, QueueView, WalkIn};
use shared::visits::{CounterNumber, Event, Refused, Stage, StageName, Visit};
use std::time::Duration;

pub use super::kept::{forget, kept};

/// A visit that this officer serves at this moment: what a dossier can be opened for. Only [`in_service_of`] makes one.
#[derive(Clone, Debug)]
pub struct Served {
    visit: VisitId,
    centre: CentreId,
    procedure: Procedure,
    mode: Mode,
    identity: Identity,
    appointment: Option<Appointed>,
    since: Timestamp,
}

impl Served {
    /// The visit.
    pub const fn visit(&self) -> VisitId {
        self.visit
    }

    /// The centre.
    pub const fn centre(&self) -> CentreId {
        self.centre
    }

    /// What for.
    pub const fn procedure(&self) -> Procedure {
        self.procedure
    }

    /// In person, or by video.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// What was typed: employer, branch, representative.
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The appointment that it comes from; `None` for a walk-in.
    pub const fn appointment(&self) -> Option<&Appointed> {
        self.appointment.as_ref()
    }

    /// Since when they are served.
    pub const fn since(&self) -> Timestamp {
        self.since
    }
}

/// A visit, wherever it stands.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn by_id(tx: &mut Tx, visit: VisitId) -> Result<Option<Record>, StoreError> {
    store::by_id(tx, visit).await
}

/// The evidence that this officer serves this visit now.
///
/// # Errors
/// [`ErrorCode::VisitUnknown`] where there is none in the officer's centre, [`ErrorCode::VisitChanged`] where it is not this officer who
/// serves it, or nobody does (any more).
pub async fn in_service_of(tx: &mut Tx, officer: &Officer, visit: VisitId) -> Result<Served, Failure> {
    let record = store::by_id(tx, visit)
        .await?
        .filter(|record| officer.works_at(record.centre))
        .ok_or(ErrorCode::VisitUnknown)?;
    match (*record.visit.stage(), record.identity) {
        (Stage::InService { officer: who, at, .. }, Some(identity)) if who == officer.id() => Ok(Served {
            visit: record.id,
            centre: record.centre,
            procedure: record.procedure,
            mode: record.mode,
            identity,
            appointment: record.appointment,
            since: at,
        }),
        (
            Stage::Waiting
            | Stage::Called { .. }
            | Stage::InService { .. }
            | Stage::Done { .. }
            | Stage::NoShow { .. },
            _,
        ) => Err(ErrorCode::VisitChanged.into()),
    }
}

/// A service that took as long was finished by the end of its day, and not by an officer.
const LONGEST_SERVICE: Duration = Duration::from_hours(6);

/// The figures of each centre and day between two days, but for those who never came: appointments know of them.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn figures(tx: &mut Tx, span: Span) -> Result<Vec<(CentreId, CivilDate, Figures)>, StoreError> {
    store::figures(tx, (span.from(), span.to()), LONGEST_SERVICE).await
}

/// What the clocks of a visit's centre show; those of the mainland where the visit is kept no more.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn zone(tx: &mut Tx, visit: VisitId) -> Result<Zone, StoreError> {
    let Some(record) = store::by_id(tx, visit).await? else {
        return Ok(Zone::Mainland);
    };
    let centre = centres::by_id(tx, record.centre).await?;
    Ok(centre.map_or(Zone::Mainland, |centre| centre.zone()))
}

/// How many are at a centre at this moment, and since when the one waits who has waited longest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtOnce {
    /// Who waits.
    pub waiting: u32,
    /// Who is called or served.
    pub in_service: u32,
    /// Since when the first of those who wait does.
    pub longest_since: Option<Timestamp>,
}

/// Who is at a centre on its day of `now`.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn at_once(
    tx: &mut Tx,
    (centre, zone): (CentreId, Zone),
    now: Timestamp,
) -> Result<AtOnce, StoreError> {
    store::at_once(tx, centre, zone.day_of(now)).await
}

/// Today's queue. Looking is an act, once an hour: a page that is loaded again is no other look.
///
/// # Errors
/// [`ErrorCode::CentreMissing`] where the officer works at every centre and sits in none today.
pub async fn look(app: &App, officer: &Officer, call: Call) -> Result<QueueView, Failure> {
    let mut tx = app.store.read().await?;
    let desk = Desk::of(&mut tx, officer, call.at).await?;
    drop(tx);
    let deed = Deed::seen(DeedName::QueueSeen, at_centre(&desk));
    staff::record_look(app, officer, &deed, call).await?;
    watch(app, officer, call.at).await
}

/// Today's queue for who looks on: that they do was written down when they began.
///
/// # Errors
/// As [`look`].
pub async fn watch(app: &App, officer: &Officer, now: Timestamp) -> Result<QueueView, Failure> {
    let mut tx = app.store.read().await?;
    let desk = Desk::of(&mut tx, officer, now).await?;
    Ok(queue::view(app, &mut tx, &desk, officer, now).await?)
}

/// The officer sits at this counter from here on, or at none.
///
/// Whoever sat there and has nobody there loses the seat: people change places without telling a machine.
///
/// # Errors
/// [`ErrorCode::CounterUnknown`] where the centre has no such counter or the officer does not work there, [`ErrorCode::CounterTaken`] where
/// another officer has somebody there, [`ErrorCode::OfficerServes`] where this one has, [`ErrorCode::CentreMissing`] where they work at every
/// centre and name none.
pub async fn choose_counter(
    app: &App,
    officer: &Officer,
    choice: CounterChoice,
    call: Call,
) -> Result<QueueView, Failure> {
    let mut tx = app.store.write().await?;
    free(&mut tx, officer).await?;
    let desk = match choice.centre {
        Some(centre) if officer.works_at(centre) => Desk::at(&mut tx, centre, call.at).await?,
        Some(_) => return Err(ErrorCode::CounterUnknown.into()),
        None => Desk::of(&mut tx, officer, call.at).await?,
    };
    store::stand(&mut tx, officer.id()).await?;
    if let Some(counter) = choice.counter {
        if !desk.counters().has(counter.get()) {
            return Err(ErrorCode::CounterUnknown.into());
        }
        clear(&mut tx, &desk, counter).await?;
        let place = (desk.centre(), desk.day());
        store::sit(&mut tx, officer.id(), place, counter, call.at)
            .await
            .map_err(|error| on_conflict(error, ErrorCode::CounterTaken))?;
    }
    let desk = desk.moved_to(choice.counter);
    let deed = Deed::seen(DeedName::CounterChosen, at_centre(&desk));
    finish(app, tx, officer, &desk, &deed, call).await
}

/// Takes the seat from whoever sits there, unless they have somebody there.
async fn clear(tx: &mut Tx, desk: &Desk, counter: CounterNumber) -> Result<(), Failure> {
    let seats = store::seats(tx, desk.centre(), desk.day()).await?;
    let Some((sits, _)) = seats.into_iter().find(|(_, taken)| *taken == counter) else {
        return Ok(());
    };
    match store::mine(tx, sits).await? {
        Some(_) => Err(ErrorCode::CounterTaken.into()),
        None => Ok(store::stand(tx, sits).await?),
    }
}

/// Somebody with an appointment of today has come.
///
/// # Errors
/// [`ErrorCode::AppointmentUnknown`] where there is none of today in the officer's centre, [`ErrorCode::AppointmentAtOtherStage`] where they
/// have come already or it was cancelled.
pub async fn check_in(
    app: &App,
    officer: &Officer,
    appointment: AppointmentId,
    call: Call,
) -> Result<QueueView, Failure> {
    let mut tx = app.store.write().await?;
    let desk = Desk::of(&mut tx, officer, call.at).await?;
    let id = VisitId::new(call.at, app.entropy.bytes());
    let booked =
        appointments::check_in(app, &mut tx, appointment, (desk.centre(), desk.day()), id, call).await?;
    let found = Found::of(&app.keys, &booked.identity);
    let record = Record {
        id,
        version: 1,
        centre: desk.centre(),
        day: desk.day(),
        number: store::number(&mut tx, desk.centre(), desk.day()).await?,
        appointment: Some(Appointed {
            id: appointment,
            code: booked.code,
            starts_at: booked.starts_at,
        }),
        procedure: booked.procedure,
        mode: booked.mode,
        identity: Some(booked.identity),
        visit: Visit::arrive(call.at),
    };
    store::insert(&mut tx, &record, found)
        .await
        .map_err(|error| on_conflict(error, ErrorCode::VisitChanged))?;
    let about = About {
        appointment: Some(appointment),
        ..of_visit(&desk, id)
    };
    let deed = Deed::seen(DeedName::CheckedIn, about);
    finish(app, tx, officer, &desk, &deed, call).await
}

/// Somebody without an appointment has come.
///
/// # Errors
/// [`ErrorCode::CentreMissing`] where the officer belongs to no centre.
pub async fn admit(app: &App, officer: &Officer, walk_in: WalkIn, call: Call) -> Result<QueueView, Failure> {
    let mut tx = app.store.write().await?;
    let desk = Desk::of(&mut tx, officer, call.at).await?;
    let WalkIn {
        employer,
        branch,
        representative,
        procedure,
    } = walk_in;
    let identity = Identity {
        employer,
        branch,
        representative,
    };
    arrive(app, tx, officer, &desk, (identity, procedure), None, call).await
}

/// Somebody has come without an appointment whose case waits for an officer: who they are is in the case.
///
/// # Errors
/// Those of [`admit`]; [`ErrorCode::CaseAtOtherStage`] where there is no such case, or it does not wait for an officer (any more).
pub async fn admit_case(
    app: &App,
    officer: &Officer,
    named: CaseNamed,
    call: Call,
) -> Result<QueueView, Failure> {
    let mut tx = app.store.write().await?;
    let desk = Desk::of(&mut tx, officer, call.at).await?;
    let identity = cases::awaiting(app, &mut tx, named, call.at)
        .await?
        .ok_or(ErrorCode::CaseAtOtherStage)?;
    let who = (identity, named.procedure);
    arrive(app, tx, officer, &desk, who, Some(named.case), call).await
}

/// Writes the visit of somebody without an appointment.
async fn arrive(
    app: &App,
    mut tx: Tx,
    officer: &Officer,
    desk: &Desk,
    (identity, procedure): (Identity, Procedure),
    case: Option<CaseId>,
    call: Call,
) -> Result<QueueView, Failure> {
    let found = Found::of(&app.keys, &identity);
    let record = Record {
        id: VisitId::new(call.at, app.entropy.bytes()),
        version: 1,
        centre: desk.centre(),
        day: desk.day(),
        number: store::number(&mut tx, desk.centre(), desk.day()).await?,
        appointment: None,
        procedure,
        mode: Mode::InPerson,
        identity: Some(identity),
        visit: Visit::arrive(call.at),
    };
    store::insert(&mut tx, &record, found).await?;
    let about = About {
        case,
        ..of_visit(desk, record.id)
    };
    let deed = Deed::seen(DeedName::CheckedIn, about);
    finish(app, tx, officer, desk, &deed, call).await
}

/// Calls whoever is next. Whom somebody else calls at the same moment is passed over.
///
/// # Errors
/// [`ErrorCode::NobodyWaits`], [`ErrorCode::CounterMissing`] where the officer sits nowhere, [`ErrorCode::OfficerServes`] where they have
/// somebody.
pub async fn call_next(app: &App, officer: &Officer, call: Call) -> Result<QueueView, Failure> {
    let mut tx = app.store.write().await?;
    let desk = Desk::of(&mut tx, officer, call.at).await?;
    let counter = desk.seat().ok_or(ErrorCode::CounterMissing)?;
    free(&mut tx, officer).await?;
    let event = Event::Called {
        officer: officer.id(),
        counter,
    };
    let mut waiting = store::of_day(&mut tx, desk.centre(), desk.day()).await?;
    waiting.retain(|record| record.visit.stage().name() == StageName::Waiting);
    for record in shared::visits::next(waiting, call.at, Record::waiting) {
        let visit = record.visit.apply(event, call.at).map_err(refused)?;
        let moved = Record { visit, ..record };
        match store::save(&mut tx, &moved).await {
            Ok(()) => {
                let deed = Deed::seen(DeedName::Called, of_visit(&desk, moved.id));
                return finish(app, tx, officer, &desk, &deed, call).await;
            }
            Err(StoreError::Changed) => {}
            Err(error) => return Err(on_conflict(error, ErrorCode::OfficerServes)),
        }
    }
    Err(ErrorCode::NobodyWaits.into())
}

/// What an officer does with one visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Call it, out of turn.
    Call,
    /// Let it wait again.
    Return,
    /// Begin to serve it.
    Begin,
    /// Finish it.
    Finish,
    /// Say that nobody came, and what was done to find them.
    NoShow(ActReason),
}

/// Moves one visit.
///
/// # Errors
/// [`ErrorCode::VisitUnknown`] where there is none of today in the officer's centre, [`ErrorCode::VisitChanged`] where it stands elsewhere,
/// or another officer has it; to call, those of [`call_next`].
pub async fn move_one(
    app: &App,
    officer: &Officer,
    visit: VisitId,
    what: Move,
    call: Call,
) -> Result<QueueView, Failure> {
    let mut tx = app.store.write().await?;
    let desk = Desk::of(&mut tx, officer, call.at).await?;
    let record = store::by_id(&mut tx, visit)
        .await?
        .filter(|record| (record.centre, record.day) == (desk.centre(), desk.day()))
        .ok_or(ErrorCode::VisitUnknown)?;
    let who = officer.id();
    let (event, deed) = match &what {
        Move::Call => {
            let counter = desk.seat().ok_or(ErrorCode::CounterMissing)?;
            free(&mut tx, officer).await?;
            let officer = who;
            (Event::Called { officer, counter }, DeedName::Called)
        }
        Move::Return => (Event::Returned { officer: who }, DeedName::CalledBack),
        Move::Begin => (Event::Begun { officer: who }, DeedName::ServiceBegun),
        Move::Finish => (Event::Finished { officer: who }, DeedName::VisitFinished),
        Move::NoShow(_) => (Event::NotCome { officer: who }, DeedName::NoShowMarked),
    };
    let visit = record.visit.apply(event, call.at).map_err(refused)?;
    let moved = Record { visit, ..record };
    store::save(&mut tx, &moved)
        .await
        .map_err(|error| on_conflict(error, ErrorCode::OfficerServes))?;
    settle(app, &mut tx, &moved, call).await?;
    let reason = match &what {
        Move::NoShow(reason) => Some(reason),
        Move::Call | Move::Return | Move::Begin | Move::Finish => None,
    };
    let deed = Deed {
        name: deed,
        reason,
        about: of_visit(&desk, moved.id),
    };
    finish(app, tx, officer, &desk, &deed, call).await
}

/// Tells the appointment what became of the visit. Who came and was never called did not miss it.
pub(super) async fn settle(app: &App, tx: &mut Tx, record: &Record, call: Call) -> Result<(), Failure> {
    let Some(appointed) = &record.appointment else {
        return Ok(());
    };
    match record.visit.stage() {
        Stage::Waiting | Stage::Called { .. } | Stage::InService { .. } => Ok(()),
        Stage::Done { .. } | Stage::NoShow { called: None, .. } => {
            appointments::attended(app, tx, appointed.id, call).await
        }
        Stage::NoShow { called: Some(_), .. } => appointments::no_show(app, tx, appointed.id, call).await,
    }
}

/// Writes the act, looks once more, commits, and tells whoever looks on.
async fn finish(
    app: &App,
    mut tx: Tx,
    officer: &Officer,
    desk: &Desk,
    deed: &Deed<'_>,
    call: Call,
) -> Result<QueueView, Failure> {
    staff::record(app, &mut tx, officer, deed, call).await?;
    let view = queue::view(app, &mut tx, desk, officer, call.at).await?;
    tx.commit().await?;
    app.live.publish_below(&queue::topics(desk.centre()));
    Ok(view)
}

fn at_centre(desk: &Desk) -> About {
    About {
        centre: Some(desk.centre()),
        ..About::default()
    }
}

fn of_visit(desk: &Desk, visit: VisitId) -> About {
    About {
        visit: Some(visit),
        ..at_centre(desk)
    }
}

/// Whoever has somebody calls nobody else.
async fn free(tx: &mut Tx, officer: &Officer) -> Result<(), Failure> {
    match store::mine(tx, officer.id()).await? {
        None => Ok(()),
        Some(_) => Err(ErrorCode::OfficerServes.into()),
    }
}

fn refused(reason: Refused) -> Failure {
    match reason {
        Refused::OtherStage { .. } | Refused::OtherOfficer => ErrorCode::VisitChanged.into(),
    }
}

/// A row that somebody else wrote meanwhile: what that means depends on the row.
fn on_conflict(error: StoreError, code: ErrorCode) -> Failure {
    match error {
        StoreError::Conflict(_) => code.into(),
        StoreError::Changed => ErrorCode::VisitChanged.into(),
        StoreError::Busy(_)
        | StoreError::Away(_)
        | StoreError::Unwritable(_)
        | StoreError::Corrupt(_)
        | StoreError::Database(_)
        | StoreError::Migration(_) => error.into(),
    }
}

impl Found {
    /// The digests of an identity.
    pub(super) fn of(keys: &Keys, identity: &Identity) -> Self {
        Self {
            employer: employer_digest(keys, identity.employer),
            representative: representative_digest(keys, &identity.representative),
        }
    }
}

/// Under what visits of an employer's number are found, whatever the branch.
pub(super) fn employer_digest(keys: &Keys, employer: EmployerIdentifier) -> Digest {
    keys.digest(
        Purpose::Subject,
        &[b"visit employer", employer.to_string().as_bytes()],
    )
}

/// Under what visits of a representative are found.
pub(super) fn representative_digest(keys: &Keys, representative: &RepresentativeId) -> Digest {
    let number = representative.to_string();
    keys.digest(Purpose::Subject, &[b"visit representative", number.as_bytes()])
}

/// Whether a day is over everywhere in the country.
pub(super) fn over_before(now: Timestamp) -> CivilDate {
    shared::centres::Zone::Galapagos.day_of(now)
}

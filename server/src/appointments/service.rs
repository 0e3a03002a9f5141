//! The use cases of somebody who has an appointment or wants one, and what other slices ask.

use super::carry::{self, Undone};
use super::places::{self, NotTaken};
use super::store::{self, Record};
use super::{Call, employer, person, view};
use crate::app::App;
use crate::captcha::service as captcha;
use crate::centres::service as centres;
use crate::challenges::{Identity, now};
use crate::http::limits::{self, Bucket};
use crate::http::{Failure, Source};
use crate::keys::{Digest, Purpose};
use crate::notifications::service::mailbox;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::appointments::api::{
    AppointmentToCancel, AppointmentView, Confirmation, FreeDays, NewTime, NextAsked, NextFree, PlaceWanted,
    PlacesAsked, Search, VideoView, WaitingAsked,
};
use shared::appointments::{
    Appointment, AppointmentCode, Booking, CancelledBy, Event, Place, Stage, StageName, Step, Terms,
};
use shared::captcha::{Solution, Subject};
use shared::centres::{Mode, Procedure};
use shared::i18n::Language;
use shared::identifiers::{AppointmentId, CentreId, Email, EmployerIdentifier, RepresentativeId, VisitId};
use shared::recovery::SolvedCaptcha;
use shared::secrets::Secret;
use shared::staff::DeedName;
use shared::time::{CivilDate, Timestamp};
use std::net::{IpAddr, Ipv4Addr};

pub use super::kept::{forget, kept};
pub use super::mails::make_link;
pub use super::places::Wanted;

/// How many appointments a search finds.
const FOUND: i64 = 20;

/// What a browser is given that looks after an appointment from now on.
#[derive(Debug)]
pub struct Opened {
    /// What the page shows.
    pub view: AppointmentView,
    /// The cookie's value.
    pub cookie: Secret<String>,
}

/// An appointment as the staff sees it.
#[derive(Clone, Debug)]
pub struct Booked {
    /// Its row.
    pub id: AppointmentId,
    /// What its owner quotes.
    pub code: AppointmentCode,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// Where.
    pub centre: CentreId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Where it stands.
    pub stage: StageName,
    /// The visit that it became.
    pub visit: Option<VisitId>,
    /// What was typed: employer, branch, representative. Nothing of it was looked up.
    pub identity: Identity,
    /// The room, for one by video.
    pub video: Option<VideoView>,
}

/// Somebody on a waiting list, as the staff sees them.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its row.
    pub id: AppointmentId,
    /// What its owner quotes.
    pub code: AppointmentCode,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// Where.
    pub centre: CentreId,
    /// Since when.
    pub since: Timestamp,
    /// What was typed: employer, branch, representative. Nothing of it was looked up.
    pub identity: Identity,
}

/// A place that is somebody's, for whoever changes a centre's hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Whose.
    pub appointment: AppointmentId,
    /// Which place.
    pub place: Place,
}

/// The next free time of each centre of a province, and of those nearby.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn next(app: &App, asked: NextAsked, call: Call) -> Result<NextFree, Failure> {
    let mut tx = app.store.read().await?;
    Ok(places::next(app, &mut tx, asked, call.at).await?)
}

/// The free times of seven days of a centre.
///
/// # Errors
/// The field `centre` where there is no such centre, or it does not offer that.
pub async fn find(app: &App, asked: PlacesAsked, call: Call) -> Result<FreeDays, Failure> {
    let mut tx = app.store.read().await?;
    let days = places::days(app, &mut tx, asked, call.at).await?;
    Ok(days.ok_or_else(|| Problem::field("centre", FieldCode::NotOffered))?)
}

/// Holds a place for a browser. Whoever is typed, the same is done: nobody is looked up.
///
/// # Errors
/// [`ErrorCode::PlaceTaken`], [`ErrorCode::AppointmentOpen`], those of the captcha and of the limits, and the field `starts_at` where there
/// is no such place.
pub async fn hold(
    app: &App,
    wanted: PlaceWanted,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<Opened, Failure> {
    let PlaceWanted {
        centre,
        starts_at,
        procedure,
        mode,
        employer,
        branch,
        representative,
        language,
        captcha,
    } = wanted;
    let identity = Identity {
        employer,
        branch,
        representative,
    };
    let solved = admit(app, &captcha, &identity, call).await?;
    let place = Wanted {
        centre,
        starts_at,
        procedure,
        mode,
    };
    let before = cookie.and_then(|shown| token::digest(app, Purpose::Appointment, shown));
    hold_solved(app, &solved, (place, identity, language), before, now(app, call)).await
}

/// Verifies the captcha and counts the opening.
async fn admit(
    app: &App,
    solution: &Solution,
    identity: &Identity,
    call: Call,
) -> Result<SolvedCaptcha, Failure> {
    let subject = Subject::Appointment {
        employer: identity.employer,
    };
    let source = source(call);
    let solved = captcha::consume(app, solution, &subject, source, call.at).await?;
    captcha::count_opening(app, &subject, source, call.at).await?;
    let network = source.network();
    let begun = Bucket::new("appointments", network.as_bytes());
    limits::hit(app, call.at, begun, app.policy.appointments.per_source).await?;
    let site = source.site();
    let begun = Bucket::new("appointments of a site", site.as_bytes());
    limits::hit(app, call.at, begun, app.policy.appointments.per_site).await?;
    Ok(solved)
}

fn source(call: Call) -> Source {
    Source::new(call.source.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}

/// Holds a place for whoever a captcha was solved for: takes it and writes the appointment, in one transaction. A hold of the browser
/// that shows `before` is given back first, if it is the same person's.
///
/// # Errors
/// [`ErrorCode::PlaceTaken`], [`ErrorCode::AppointmentOpen`], and the field `starts_at` where there is no such place.
pub async fn hold_solved(
    app: &App,
    solved: &SolvedCaptcha,
    (wanted, identity, language): (Wanted, Identity, Language),
    before: Option<Digest>,
    call: Call,
) -> Result<Opened, Failure> {
    let mut tx = app.store.write().await?;
    if let Some(cookie) = before {
        let_go(app, &mut tx, &cookie, &identity, call).await?;
    }
    let id = AppointmentId::new(call.at, app.entropy.bytes());
    number(app, &mut tx, &identity, wanted.procedure, id, call).await?;
    let place = match places::take(app, &mut tx, wanted, id, call).await? {
        Ok(place) => place,
        Err(NotTaken::Full) => {
            // What lapsed on the way stays written down; the person's number does not.
            store::free_number(&mut tx, id).await?;
            tx.commit().await?;
            return Err(ErrorCode::PlaceTaken.into());
        }
        Err(NotTaken::NotOffered) => return Err(Problem::field("starts_at", FieldCode::NotOffered).into()),
    };
    let booking = booking(app, wanted.procedure, wanted.mode);
    let step = Appointment::hold(solved, booking, place, call.at);
    let new = New {
        id,
        centre: wanted.centre,
        identity,
        email: None,
        language,
    };
    open(app, tx, new, step, call).await
}

/// A browser that begins anew for the same person gives its hold back: somebody who chose another time is not in their own way.
async fn let_go(
    app: &App,
    tx: &mut Tx,
    cookie: &Digest,
    identity: &Identity,
    call: Call,
) -> Result<(), Failure> {
    let Some(found) = store::by_cookie(tx, cookie).await? else {
        return Ok(());
    };
    let same = found.person == Some(person(&app.keys, &identity.representative));
    let held = found.appointment.as_of(call.at).stage().name() == StageName::Held;
    if !same || !held {
        return Ok(());
    }
    if let Some(mut record) = store::lock(tx, found.id).await? {
        let by = CancelledBy::Person;
        match carry::apply(app, tx, &mut record, Event::Cancelled { by }, call).await {
            Ok(()) | Err(Undone::Refused(_)) => {}
            Err(Undone::Store(error)) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Takes one of the person's numbers for the procedure.
async fn number(
    app: &App,
    tx: &mut Tx,
    identity: &Identity,
    procedure: Procedure,
    appointment: AppointmentId,
    call: Call,
) -> Result<(), Failure> {
    let person = person(&app.keys, &identity.representative);
    for over in store::overdue_of_person(tx, &person, procedure, call.at).await? {
        carry::pass_time(app, tx, over, call).await?;
    }
    let most = app.policy.appointments.open_per_procedure;
    if store::take_number(tx, (&person, procedure), most, appointment).await? {
        Ok(())
    } else {
        Err(ErrorCode::AppointmentOpen.into())
    }
}

fn booking(app: &App, procedure: Procedure, mode: Mode) -> Booking {
    Booking {
        code: AppointmentCode::from_random(app.entropy.bytes()),
        procedure,
        mode,
        terms: Terms::of(&app.policy),
    }
}

/// What a new appointment has beside its machine.
struct New {
    id: AppointmentId,
    centre: CentreId,
    identity: Identity,
    email: Option<Email>,
    language: Language,
}

/// Writes a new appointment and gives its browser a cookie.
async fn open(app: &App, mut tx: Tx, new: New, step: Step, call: Call) -> Result<Opened, Failure> {
    let record = Record {
        id: new.id,
        version: 1,
        appointment: step.appointment.clone(),
        centre: new.centre,
        person: Some(person(&app.keys, &new.identity.representative)),
        employer: Some(employer(&app.keys, new.identity.employer)),
        asked: Some(new.identity),
        email: new.email,
        language: new.language,
        remind_at: None,
        opened_at: call.at,
    };
    store::insert(&mut tx, &record).await?;
    carry::write(app, &mut tx, &record, step, call).await?;
    finish(app, tx, &record, call).await
}

/// Gives a browser its cookie, looks once more, and commits.
async fn finish(app: &App, mut tx: Tx, record: &Record, call: Call) -> Result<Opened, Failure> {
    let (cookie, digest) = token::draw(app, Purpose::Appointment);
    store::know(&mut tx, &digest, record.id, call.at).await?;
    let view = view::view(app, &mut tx, record, call.at).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(Opened { view, cookie })
}

/// Confirms the place that is held.
///
/// # Errors
/// [`ErrorCode::AppointmentAtOtherStage`] where the hold is over, [`ErrorCode::RateLimited`] where the mailbox got enough.
pub async fn confirm(
    app: &App,
    cookie: Option<&Secret<String>>,
    given: Confirmation,
    call: Call,
) -> Result<AppointmentView, Failure> {
    destination(app, &given.email, call).await?;
    moved(app, cookie, call, async |_, _, record| {
        record.email = Some(given.email.clone());
        Ok(Event::Confirmed)
    })
    .await
}

/// One mailbox is not filled by whoever likes to.
async fn destination(app: &App, email: &Email, call: Call) -> Result<(), Failure> {
    let mailbox = mailbox(email);
    let of = Bucket::new("appointment mails", mailbox.as_bytes());
    limits::hit(app, call.at, of, app.policy.limits.per_destination).await
}

/// Moves this browser's appointment: the new place is taken before the old one is given back.
///
/// # Errors
/// [`ErrorCode::PlaceTaken`], the field `starts_at` where there is no such place, [`ErrorCode::AppointmentAtOtherStage`] where it cannot be
/// moved (any more).
pub async fn move_to(
    app: &App,
    cookie: Option<&Secret<String>>,
    to: NewTime,
    call: Call,
) -> Result<AppointmentView, Failure> {
    moved(app, cookie, call, async |tx, call, record| {
        let wanted = Wanted {
            centre: to.centre,
            starts_at: to.starts_at,
            procedure: record.appointment.procedure(),
            mode: record.appointment.mode(),
        };
        // Judged first, so that nobody takes a second place only to be refused.
        may_move(record, &wanted, call.at)?;
        match places::take(app, tx, wanted, record.id, call).await? {
            Ok(place) => Ok(Event::Moved { place }),
            Err(NotTaken::Full) => Err(ErrorCode::PlaceTaken.into()),
            Err(NotTaken::NotOffered) => Err(Problem::field("starts_at", FieldCode::NotOffered).into()),
        }
    })
    .await
}

/// Whether an appointment can go to another time: asked of the machine, with a place that stands for the one to be taken.
fn may_move(record: &Record, wanted: &Wanted, at: Timestamp) -> Result<(), Failure> {
    let Some(place) = record.appointment.stage().place() else {
        return Err(ErrorCode::AppointmentAtOtherStage.into());
    };
    let place = Place {
        centre: wanted.centre,
        starts_at: wanted.starts_at,
        ..place
    };
    match record.appointment.apply(Event::Moved { place }, at) {
        Ok(_) => Ok(()),
        Err(refused) => Err(carry::told(refused).into()),
    }
}

/// Cancels this browser's appointment, gives its hold back, leaves the list or lets the offer go.
///
/// # Errors
/// [`ErrorCode::AppointmentAtOtherStage`] where there is nothing to cancel (any more).
pub async fn cancel(
    app: &App,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<AppointmentView, Failure> {
    let by = CancelledBy::Person;
    moved(app, cookie, call, async |_, _, _| Ok(Event::Cancelled { by })).await
}

/// Takes the place that is offered.
///
/// # Errors
/// [`ErrorCode::AppointmentAtOtherStage`] where the offer is over.
pub async fn accept(
    app: &App,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<AppointmentView, Failure> {
    moved(app, cookie, call, async |_, _, _| Ok(Event::Accepted)).await
}

/// Applies an event to this browser's appointment. What time has done meanwhile is written down, whatever becomes of the event.
async fn moved(
    app: &App,
    cookie: Option<&Secret<String>>,
    call: Call,
    event: impl AsyncFnOnce(&mut Tx, Call, &mut Record) -> Result<Event, Failure>,
) -> Result<AppointmentView, Failure> {
    let found = found(app, cookie).await?;
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, found.id)
        .await?
        .ok_or(ErrorCode::AppointmentUnknown)?;
    let call = now(app, call);
    let event = event(&mut tx, call, &mut record).await?;
    carry::apply(app, &mut tx, &mut record, event, call).await?;
    let view = view::view(app, &mut tx, &record, call.at).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(view)
}

/// The appointment of this browser, wherever it stands.
///
/// # Errors
/// [`ErrorCode::AppointmentUnknown`] where it looks after none.
pub async fn current(
    app: &App,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<AppointmentView, Failure> {
    let record = found(app, cookie).await?;
    let mut tx = app.store.read().await?;
    Ok(view::view(app, &mut tx, &record, call.at).await?)
}

/// The record that this browser looks after.
pub(super) async fn found(app: &App, cookie: Option<&Secret<String>>) -> Result<Record, Failure> {
    let digest = cookie
        .and_then(|shown| token::digest(app, Purpose::Appointment, shown))
        .ok_or(ErrorCode::AppointmentUnknown)?;
    let mut tx = app.store.read().await?;
    let record = store::by_cookie(&mut tx, &digest).await?;
    Ok(record.ok_or(ErrorCode::AppointmentUnknown)?)
}

/// Forgets that this browser looks after anything.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn leave(app: &App, cookie: Option<&Secret<String>>) -> Result<(), Failure> {
    let digest = cookie.and_then(|shown| token::digest(app, Purpose::Appointment, shown));
    if let Some(digest) = digest {
        let mut tx = app.store.write().await?;
        store::leave(&mut tx, &digest).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Finds an appointment by its code and the representative's number.
///
/// # Errors
/// [`ErrorCode::AppointmentUnknown`] for a code that nobody has and for a number that is not its own, alike: both count as a failure of the
/// source and of the code.
pub async fn search(app: &App, search: Search, call: Call) -> Result<Opened, Failure> {
    let Search {
        code,
        representative,
        captcha: solution,
    } = search;
    let subject = Subject::AppointmentSearch { code: code.clone() };
    let source = source(call);
    captcha::consume(app, &solution, &subject, source, call.at).await?;
    captcha::count_opening(app, &subject, source, call.at).await?;
    let call = now(app, call);
    let mut tx = app.store.write().await?;
    let whose = person(&app.keys, &representative);
    let record = store::by_code(&mut tx, &code)
        .await?
        .filter(|record| record.person == Some(whose));
    let Some(record) = record else {
        captcha::note_failure(app, &mut tx, &subject, Some(source), call.at).await?;
        tx.commit().await?;
        return Err(ErrorCode::AppointmentUnknown.into());
    };
    finish(app, tx, &record, call).await
}

/// Opens the link of a mail. It can be opened as often as somebody likes and changes nothing: scanners that run JavaScript come this
/// far.
///
/// # Errors
/// [`ErrorCode::LinkInvalid`], [`ErrorCode::LinkExpired`].
pub async fn open_link(app: &App, shown: &Secret<String>, call: Call) -> Result<Opened, Failure> {
    let digest = token::digest(app, Purpose::AppointmentLink, shown).ok_or(ErrorCode::LinkInvalid)?;
    let mut tx = app.store.write().await?;
    let (id, expires) = store::by_token(&mut tx, &digest)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    if expires.has_passed(call.at) {
        return Err(ErrorCode::LinkExpired.into());
    }
    let record = store::by_id(&mut tx, id).await?.ok_or(ErrorCode::LinkInvalid)?;
    finish(app, tx, &record, call).await
}

/// Joins the waiting list of a centre that has no free time.
///
/// # Errors
/// [`ErrorCode::PlacesFree`] where it has one, [`ErrorCode::WaitingListFull`], [`ErrorCode::AppointmentOpen`], the field `centre` where it does
/// not offer that.
pub async fn join(app: &App, asked: WaitingAsked, call: Call) -> Result<Opened, Failure> {
    let WaitingAsked {
        centre,
        procedure,
        mode,
        employer,
        branch,
        representative,
        email,
        language,
        captcha,
    } = asked;
    let identity = Identity {
        employer,
        branch,
        representative,
    };
    let solved = admit(app, &captcha, &identity, call).await?;
    destination(app, &email, call).await?;
    let call = now(app, call);
    let mut tx = app.store.write().await?;
    let timed = centres::timed(&mut tx, centre, call.at)
        .await?
        .filter(|timed| timed.centre.offers(procedure, mode))
        .ok_or_else(|| Problem::field("centre", FieldCode::NotOffered))?;
    if places::any(app, &mut tx, &timed, (procedure, mode), call.at).await? {
        return Err(ErrorCode::PlacesFree.into());
    }
    let most = u32::from(app.policy.appointments.waiting_per_centre);
    if store::waiting_count(&mut tx, centre, call.at).await? >= most {
        return Err(ErrorCode::WaitingListFull.into());
    }
    let id = AppointmentId::new(call.at, app.entropy.bytes());
    number(app, &mut tx, &identity, procedure, id, call).await?;
    let step = Appointment::wait(&solved, booking(app, procedure, mode), call.at);
    let new = New {
        id,
        centre,
        identity,
        email: Some(email),
        language,
    };
    open(app, tx, new, step, call).await
}

/// The appointments of a centre's local day: booked ones and what became of them, by time.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn of_day(
    app: &App,
    tx: &mut Tx,
    centre: CentreId,
    day: CivilDate,
    now: Timestamp,
) -> Result<Vec<Booked>, StoreError> {
    let Some(found) = centres::by_id(tx, centre).await? else {
        return Ok(Vec::new());
    };
    let zone = found.zone();
    let range = (zone.instant(day, 0), zone.instant(day.days_later(1), 0));
    let records = store::of_day(tx, centre, range).await?;
    Ok(records
        .iter()
        .filter_map(|record| Booked::of(app, record, now))
        .collect())
}

/// An appointment that has a place.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn by_id(
    app: &App,
    tx: &mut Tx,
    id: AppointmentId,
    now: Timestamp,
) -> Result<Option<Booked>, StoreError> {
    let record = store::by_id(tx, id).await?;
    Ok(record.and_then(|record| Booked::of(app, &record, now)))
}

/// The appointment of a code, if it has a place.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn by_code(
    app: &App,
    tx: &mut Tx,
    code: &AppointmentCode,
    now: Timestamp,
) -> Result<Option<Booked>, StoreError> {
    let record = store::by_code(tx, code).await?;
    Ok(record.and_then(|record| Booked::of(app, &record, now)))
}

/// An employer's appointments of all branches, the newest first.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn by_employer(
    app: &App,
    tx: &mut Tx,
    of: EmployerIdentifier,
    now: Timestamp,
) -> Result<Vec<Booked>, StoreError> {
    let records = store::by_employer(tx, &employer(&app.keys, of), FOUND).await?;
    Ok(records
        .iter()
        .filter_map(|record| Booked::of(app, record, now))
        .collect())
}

/// A representative's waits for a place that still count as an appointment of theirs: each with its centre and since when.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn waits_of(
    app: &App,
    tx: &mut Tx,
    of: &RepresentativeId,
    now: Timestamp,
) -> Result<Vec<Waiting>, StoreError> {
    let records = store::by_person(tx, &person(&app.keys, of), FOUND).await?;
    Ok(records
        .iter()
        .filter_map(|record| Waiting::of(record, now))
        .collect())
}

/// The wait of a code, as above.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn wait_of_code(
    tx: &mut Tx,
    code: &AppointmentCode,
    now: Timestamp,
) -> Result<Option<Waiting>, StoreError> {
    let record = store::by_code(tx, code).await?;
    Ok(record.and_then(|record| Waiting::of(&record, now)))
}

/// A representative's appointments, the newest first.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn by_representative(
    app: &App,
    tx: &mut Tx,
    of: &RepresentativeId,
    now: Timestamp,
) -> Result<Vec<Booked>, StoreError> {
    let records = store::by_person(tx, &person(&app.keys, of), FOUND).await?;
    Ok(records
        .iter()
        .filter_map(|record| Booked::of(app, record, now))
        .collect())
}

impl Waiting {
    /// What the staff sees of a record that waits at `now`; nothing of any other.
    fn of(record: &Record, now: Timestamp) -> Option<Self> {
        let appointment = record.appointment.as_of(now);
        let since = match appointment.stage() {
            Stage::Waiting { since, .. } => *since,
            Stage::Held { .. }
            | Stage::Booked { .. }
            | Stage::CheckedIn { .. }
            | Stage::Attended { .. }
            | Stage::NoShow { .. }
            | Stage::Cancelled { .. }
            | Stage::Lapsed { .. }
            | Stage::Offered { .. } => return None,
        };
        Some(Self {
            id: record.id,
            code: appointment.code().clone(),
            procedure: appointment.procedure(),
            mode: appointment.mode(),
            centre: record.centre,
            since,
            identity: record.asked.clone()?,
        })
    }
}

impl Booked {
    /// What the staff sees of a record; nothing of one that never had a place, or of which nothing is known any more.
    fn of(app: &App, record: &Record, now: Timestamp) -> Option<Self> {
        let appointment = record.appointment.as_of(now);
        let stage = appointment.stage();
        let place = stage.place()?;
        let visit = match stage {
            Stage::CheckedIn { visit, .. } => Some(*visit),
            Stage::Held { .. }
            | Stage::Booked { .. }
            | Stage::Attended { .. }
            | Stage::NoShow { .. }
            | Stage::Cancelled { .. }
            | Stage::Lapsed { .. }
            | Stage::Waiting { .. }
            | Stage::Offered { .. } => None,
        };
        let video = match stage {
            Stage::Booked { .. } | Stage::CheckedIn { .. } => view::video(app, record, &place, now),
            Stage::Held { .. }
            | Stage::Attended { .. }
            | Stage::NoShow { .. }
            | Stage::Cancelled { .. }
            | Stage::Lapsed { .. }
            | Stage::Waiting { .. }
            | Stage::Offered { .. } => None,
        };
        Some(Self {
            id: record.id,
            code: appointment.code().clone(),
            procedure: appointment.procedure(),
            mode: appointment.mode(),
            centre: place.centre,
            starts_at: place.starts_at,
            ends_at: place.ends_at,
            stage: stage.name(),
            visit,
            identity: record.asked.clone()?,
            video,
        })
    }
}

/// Somebody with an appointment of this centre and day has come, and it becomes this visit.
///
/// # Errors
/// [`ErrorCode::AppointmentUnknown`] where there is none of that centre and day, [`ErrorCode::AppointmentAtOtherStage`] where they have come
/// already or it was cancelled.
pub async fn check_in(
    app: &App,
    tx: &mut Tx,
    appointment: AppointmentId,
    (centre, day): (CentreId, CivilDate),
    visit: VisitId,
    call: Call,
) -> Result<Booked, Failure> {
    let zone = centres::by_id(tx, centre)
        .await?
        .ok_or(ErrorCode::AppointmentUnknown)?
        .zone();
    let mut record = store::lock(tx, appointment)
        .await?
        .filter(|record| {
            let place = record.appointment.stage().place();
            place.is_some_and(|place| place.centre == centre && zone.day_of(place.starts_at) == day)
        })
        .ok_or(ErrorCode::AppointmentUnknown)?;
    carry::apply(app, tx, &mut record, Event::CheckedIn { visit }, call).await?;
    Ok(Booked::of(app, &record, call.at).ok_or(ErrorCode::AppointmentUnknown)?)
}

/// Somebody who came was served. Of an appointment that is over already nothing changes.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn attended(app: &App, tx: &mut Tx, appointment: AppointmentId, call: Call) -> Result<(), Failure> {
    settle(app, tx, appointment, Event::Attended, call).await
}

/// Somebody who has an appointment did not come, or left before they were served. Of one that is over already nothing changes.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn no_show(app: &App, tx: &mut Tx, appointment: AppointmentId, call: Call) -> Result<(), Failure> {
    settle(app, tx, appointment, Event::Missed, call).await
}

async fn settle(
    app: &App,
    tx: &mut Tx,
    appointment: AppointmentId,
    event: Event,
    call: Call,
) -> Result<(), Failure> {
    let Some(mut record) = store::lock(tx, appointment).await? else {
        return Ok(());
    };
    match carry::apply(app, tx, &mut record, event, call).await {
        Ok(()) | Err(Undone::Refused(_)) => Ok(()),
        Err(Undone::Store(error)) => Err(error.into()),
    }
}

/// The places of a centre that are somebody's and have not begun at `now`, by time: what a change of its hours may displace. Holds and
/// offers are among them.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn taken(tx: &mut Tx, centre: CentreId, now: Timestamp) -> Result<Vec<Taken>, StoreError> {
    let records = store::with_place(tx, centre, now).await?;
    Ok(records
        .into_iter()
        .filter_map(|record| {
            let place = record.appointment.as_of(now).stage().place()?;
            Some(Taken {
                appointment: record.id,
                place,
            })
        })
        .collect())
}

/// Cancels appointments because their centre does not serve at that time; their owners are told by mail. How many were still to come:
/// one that is over already, or that somebody has checked in for, is left as it is. After the commit, wake the notifications.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn cancel_by_centre(
    app: &App,
    tx: &mut Tx,
    appointments: &[AppointmentId],
    call: Call,
) -> Result<u32, StoreError> {
    let mut cancelled = 0;
    let by = CancelledBy::Centre;
    for appointment in appointments {
        let Some(mut record) = store::lock(tx, *appointment).await? else {
            continue;
        };
        match carry::apply(app, tx, &mut record, Event::Cancelled { by }, call).await {
            Ok(()) => cancelled += 1,
            Err(Undone::Refused(_)) => {}
            Err(Undone::Store(error)) => return Err(error),
        }
    }
    Ok(cancelled)
}

/// Cancels an appointment for its person, who is at a counter: somebody else took it in their name, or its code and mails are lost. It may
/// be of any centre and anything that is open, a hold and a wait too. Its mails tell whoever gets them.
///
/// # Errors
/// [`ErrorCode::AppointmentUnknown`], [`ErrorCode::AppointmentAtOtherStage`] where it is over or its person has come.
pub async fn cancel_by_officer(
    app: &App,
    officer: &Officer,
    asked: &AppointmentToCancel,
    call: Call,
) -> Result<(), Failure> {
    let mut tx = app.store.write().await?;
    let mut record = store::lock(&mut tx, asked.appointment)
        .await?
        .ok_or(ErrorCode::AppointmentUnknown)?;
    let call = now(app, call);
    let by = CancelledBy::Officer;
    carry::apply(app, &mut tx, &mut record, Event::Cancelled { by }, call).await?;
    let about = About {
        appointment: Some(record.id),
        centre: Some(record.centre),
        ..About::default()
    };
    let deed = Deed::for_reason(DeedName::AppointmentCancelled, &asked.reason, about);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(())
}

/// To how many appointments of each centre and time, from `from` to before `until`, nobody came: for figures.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn missed(
    tx: &mut Tx,
    between: (Timestamp, Timestamp),
) -> Result<Vec<(CentreId, Timestamp, u32)>, StoreError> {
    store::missed(tx, between).await
}

/// Forgets what nobody needs any more; how many rows.
///
/// # Errors
/// [`StoreError`] as the database gives it.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let before = now.before(app.policy.appointments.kept());
    let rows = store::forget(&mut tx, before).await? + store::purge_places(&mut tx, before).await?;
    tx.commit().await?;
    Ok(rows)
}

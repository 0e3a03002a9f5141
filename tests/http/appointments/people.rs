//! Who wants a place, and the centres that have some.

pub use crate::recovery::people::{COMPANY, Employer, OTHER, PUBLIC, UNKNOWN, deliver};

use crate::recovery::people;
use server::appointments::job;
use server::centres::store as centres;
use shared::api::Problem;
use shared::appointments::api::{
    AppointmentStageView, AppointmentView, CancelAppointment, ConfirmPlace, Confirmation, CurrentAppointment,
    Empty, FindPlaces, FreeDays, HoldPlace, JoinWaitingList, MoveAppointment, NewTime, PlaceView,
    PlaceWanted, PlacesAsked, WaitingAsked,
};
use shared::captcha::Subject;
use shared::centres::api::CentreDetails;
use shared::centres::{Holiday, Mode, Modes, Procedure, Procedures};
use shared::i18n::Language;
use shared::identifiers::{Branch, CentreId};
use shared::policy::Policy;
use shared::time::Timestamp;
use std::time::Duration;
use tests::{Browser, EPOCH, Engine, World};

pub const TICK: Duration = Duration::from_micros(1);
pub const MINUTE: Duration = Duration::from_mins(1);
pub const HOUR: Duration = Duration::from_hours(1);
pub const DAY: Duration = Duration::from_hours(24);

/// A world with quick captchas in which nothing of this procedure is limited.
pub async fn world(engine: Engine) -> World {
    with(engine, |_| ()).await
}

/// The same, under a policy that differs in what is tested.
pub async fn with(engine: Engine, change: impl FnOnce(&mut Policy)) -> World {
    people::with(engine, |policy| {
        policy.appointments.per_source.count = 100_000;
        policy.appointments.per_site.count = 100_000;
        change(policy);
    })
    .await
}

/// A centre in Pichincha with this many counters, open on working days from eight to twelve.
pub async fn centre(world: &World, counters: u8) -> CentreId {
    centre_in(world, "QTO-1", "17", counters).await
}

pub async fn centre_in(world: &World, code: &str, province: &str, counters: u8) -> CentreId {
    add(world, &details(code, province, counters)).await
}

pub fn details(code: &str, province: &str, counters: u8) -> CentreDetails {
    CentreDetails {
        code: code.parse().unwrap(),
        name: format!("Centro de prueba {code}").parse().unwrap(),
        province: province.parse().unwrap(),
        canton: "Quito".parse().unwrap(),
        address: "Av. de Prueba N1-23 y Calle Inventada".parse().unwrap(),
        map_link: None,
        coordinates: None,
        hours: "mon-fri 08:00-12:00".parse().unwrap(),
        counters: counters.try_into().unwrap(),
        procedures: Procedures::all(),
        modes: Modes::all(),
    }
}

pub async fn add(world: &World, details: &CentreDetails) -> CentreId {
    let id = CentreId::new(EPOCH, world.app.entropy.bytes());
    let mut tx = world.app.store.write().await.unwrap();
    centres::insert(&mut tx, id, details).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A day on which a centre, or none, serves.
pub async fn holiday(world: &World, centre: Option<CentreId>, day: &str, name: &str) {
    let holiday = Holiday {
        day: day.parse().unwrap(),
        name: name.parse().unwrap(),
    };
    let row = CentreId::new(EPOCH, world.app.entropy.bytes()).as_uuid();
    let mut tx = world.app.store.write().await.unwrap();
    centres::set_holidays(&mut tx, centre, &[(row, holiday)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Tuesday at eight in the morning in mainland Ecuador: the day after the world begins.
pub fn tuesday() -> Timestamp {
    EPOCH.after(HOUR * 22)
}

/// So many places of twenty minutes after Tuesday at eight.
pub fn slot(number: u32) -> Timestamp {
    tuesday().after(MINUTE * 20 * number)
}

/// Friday at eight: more than two days away.
pub fn friday() -> Timestamp {
    tuesday().after(DAY * 3)
}

pub async fn wanted(
    browser: &mut Browser,
    whose: Employer,
    centre: CentreId,
    starts_at: Timestamp,
) -> PlaceWanted {
    let employer = whose.identifier();
    PlaceWanted {
        centre,
        starts_at,
        procedure: Procedure::Recovery,
        mode: Mode::InPerson,
        employer,
        branch: Branch::default(),
        representative: whose.representative.parse().unwrap(),
        language: Language::Es,
        captcha: browser.solve(&Subject::Appointment { employer }).await.unwrap(),
    }
}

pub async fn hold(
    browser: &mut Browser,
    whose: Employer,
    centre: CentreId,
    starts_at: Timestamp,
) -> Result<AppointmentView, Problem> {
    let wanted = wanted(browser, whose, centre, starts_at).await;
    browser.call::<HoldPlace>(&wanted).await
}

pub async fn confirm(browser: &mut Browser) -> Result<AppointmentView, Problem> {
    let email = "ana@correo.example".parse().unwrap();
    browser.call::<ConfirmPlace>(&Confirmation { email }).await
}

/// Holds and confirms.
pub async fn book(
    browser: &mut Browser,
    whose: Employer,
    centre: CentreId,
    starts_at: Timestamp,
) -> AppointmentView {
    hold(browser, whose, centre, starts_at).await.unwrap();
    confirm(browser).await.unwrap()
}

/// The same by video.
pub async fn book_by_video(
    browser: &mut Browser,
    whose: Employer,
    centre: CentreId,
    starts_at: Timestamp,
) -> AppointmentView {
    let mut wanted = wanted(browser, whose, centre, starts_at).await;
    wanted.mode = Mode::Video;
    browser.call::<HoldPlace>(&wanted).await.unwrap();
    confirm(browser).await.unwrap()
}

pub async fn move_to(
    browser: &mut Browser,
    centre: CentreId,
    starts_at: Timestamp,
) -> Result<AppointmentView, Problem> {
    browser
        .call::<MoveAppointment>(&NewTime { centre, starts_at })
        .await
}

pub async fn cancel(browser: &mut Browser) -> Result<AppointmentView, Problem> {
    browser.call::<CancelAppointment>(&Empty {}).await
}

pub async fn current(browser: &mut Browser) -> AppointmentView {
    browser.call::<CurrentAppointment>(&()).await.unwrap()
}

pub async fn join(
    browser: &mut Browser,
    whose: Employer,
    centre: CentreId,
) -> Result<AppointmentView, Problem> {
    let employer = whose.identifier();
    let asked = WaitingAsked {
        centre,
        procedure: Procedure::Recovery,
        mode: Mode::InPerson,
        employer,
        branch: Branch::default(),
        representative: whose.representative.parse().unwrap(),
        email: format!("{}@correo.example", whose.representative)
            .parse()
            .unwrap(),
        language: Language::Es,
        captcha: browser.solve(&Subject::Appointment { employer }).await.unwrap(),
    };
    browser.call::<JoinWaitingList>(&asked).await
}

pub async fn free(browser: &mut Browser, centre: CentreId) -> FreeDays {
    let asked = PlacesAsked {
        centre,
        procedure: Procedure::Recovery,
        mode: Mode::InPerson,
        from: None,
    };
    browser.call::<FindPlaces>(&asked).await.unwrap()
}

/// How many places of a time are free.
pub async fn left(browser: &mut Browser, centre: CentreId, starts_at: Timestamp) -> u8 {
    let days = free(browser, centre).await.days;
    let times = days.into_iter().flat_map(|day| day.times);
    times
        .filter(|time| time.starts_at == starts_at)
        .map(|time| time.left)
        .next()
        .unwrap_or(0)
}

pub const fn place(view: &AppointmentView) -> Option<PlaceView> {
    match &view.stage {
        AppointmentStageView::Held { place, .. }
        | AppointmentStageView::Booked { place, .. }
        | AppointmentStageView::CheckedIn { place, .. }
        | AppointmentStageView::Attended { place, .. }
        | AppointmentStageView::NoShow { place, .. }
        | AppointmentStageView::Offered { place, .. } => Some(*place),
        AppointmentStageView::Cancelled { place, .. } => *place,
        AppointmentStageView::Lapsed { .. } | AppointmentStageView::Waiting { .. } => None,
    }
}

/// Everything that happens by itself, once.
pub async fn round(world: &World) {
    job::lapse(&world.app).await.unwrap();
    job::offer(&world.app).await.unwrap();
    job::remind(&world.app).await.unwrap();
    deliver(world).await;
}

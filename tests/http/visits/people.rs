//! Two centres, their officers, and people who come with an appointment or without one.

use server::centres::import;
use server::on;
use shared::api::Problem;
use shared::appointments::AppointmentCode;
use shared::appointments::api::{ConfirmPlace, Confirmation, HoldPlace, PlaceWanted};
use shared::captcha::Subject;
use shared::centres::{CentreId, Mode, Procedure};
use shared::i18n::Language;
use shared::identifiers::{AppointmentId, Branch, VisitId};
use shared::recovery::api::Empty;
use shared::staff::Role;
use shared::staff::api::ExtendStaffSession;
use shared::time::Timestamp;
use shared::visits::api::{
    AdmitWalkIn, Arrival, BeginService, CallNext, CheckIn, ChooseCounter, CounterChoice, FinishVisit, NoShow,
    QueueView, VisitChoice, WalkIn,
};
use std::time::Duration;
use tests::captcha::effortless;
use tests::desk::{Desk, desk};
use tests::{Browser, Engine, World};

/// Two centres of the mainland, with three counters and one, and one of Galápagos.
const CENTRES: &str = "code,name,province,canton,address,latitude,longitude,hours,counters,procedures,modes,holidays\n\
    UIO,Centro Quito,17,Quito,Calle Inventada 1,,,mon-fri 08:00-16:40,3,\"recovery,unlock,contact,passkey,signature\",\"in_person,video\",\n\
    GYE,Centro Guayaquil,09,Guayaquil,Calle Inventada 2,,,mon-fri 08:00-16:40,1,\"recovery,unlock\",in_person,\n\
    GPS,Centro San Cristóbal,20,San Cristóbal,Calle Inventada 3,,,mon-fri 08:00-16:40,1,\"recovery,unlock\",in_person,\n";

/// A company's number; made up.
pub const COMPANY: &str = "1790016919001";
/// Who acts for it; made up.
pub const REPRESENTATIVE: &str = "1710034065";

/// A world with its centres.
pub async fn world(engine: Engine) -> World {
    let world = World::with(engine, |setup| effortless(&mut setup.config.policy.captcha)).await;
    open_centres(&world).await;
    world
}

/// The centres begin to serve.
pub async fn open_centres(world: &World) {
    let rows = import::read(CENTRES.as_bytes()).unwrap();
    import::write(&world.app, rows, 0).await.unwrap();
}

/// A centre.
pub async fn centre(world: &World, code: &str) -> CentreId {
    let mut tx = world.app.store.read().await.unwrap();
    let all = server::centres::service::list(&mut tx).await.unwrap();
    all.into_iter()
        .find(|centre| centre.details.code.as_str() == code)
        .unwrap()
        .id
}

/// An agent of a centre, who sits nowhere yet.
pub async fn agent(world: &World, name: &str, code: &str) -> Desk {
    let centre = centre(world, code).await;
    desk(world, name, Role::Agent, Some(centre)).await
}

/// An agent of Quito, at a counter.
pub async fn seated(world: &World, name: &str, counter: u8) -> Desk {
    let mut desk = agent(world, name, "UIO").await;
    sit(&mut desk, counter).await.unwrap();
    desk
}

/// Sits down.
pub async fn sit(desk: &mut Desk, counter: u8) -> Result<QueueView, Problem> {
    let choice = CounterChoice {
        counter: Some(counter.try_into().unwrap()),
        centre: None,
    };
    desk.browser.call::<ChooseCounter>(&choice).await
}

/// Somebody without an appointment, told apart by the representative's number.
pub fn stranger(representative: &str) -> WalkIn {
    WalkIn {
        employer: COMPANY.parse().unwrap(),
        branch: Branch::default(),
        representative: representative.parse().unwrap(),
        procedure: Procedure::Recovery,
    }
}

/// Somebody without an appointment comes; which visit that is.
pub async fn walk_in(desk: &mut Desk, representative: &str) -> VisitId {
    let walk_in = stranger(representative);
    let masked = walk_in.representative.masked();
    let view = desk.browser.call::<AdmitWalkIn>(&walk_in).await.unwrap();
    let newest = view.visits.iter().max_by_key(|visit| visit.number).unwrap();
    assert_eq!(newest.representative, masked);
    newest.visit
}

/// Somebody books a time at a centre.
pub async fn book(
    world: &World,
    code: &str,
    starts_at: Timestamp,
    mode: Mode,
) -> (AppointmentId, AppointmentCode) {
    book_for(world, code, starts_at, mode, REPRESENTATIVE).await
}

/// The same, for another person.
pub async fn book_for(
    world: &World,
    code: &str,
    starts_at: Timestamp,
    mode: Mode,
    representative: &str,
) -> (AppointmentId, AppointmentCode) {
    book_by(
        &mut world.browser(),
        world,
        (code, starts_at),
        mode,
        representative,
    )
    .await
}

/// The same, in a browser that goes on with it.
pub async fn book_by(
    browser: &mut Browser,
    world: &World,
    (code, starts_at): (&str, Timestamp),
    mode: Mode,
    representative: &str,
) -> (AppointmentId, AppointmentCode) {
    let employer = COMPANY.parse().unwrap();
    let captcha = browser.solve(&Subject::Appointment { employer }).await.unwrap();
    let wanted = PlaceWanted {
        centre: centre(world, code).await,
        starts_at,
        procedure: Procedure::Recovery,
        mode,
        employer,
        branch: Branch::default(),
        representative: representative.parse().unwrap(),
        language: Language::Es,
        captcha,
    };
    browser.call::<HoldPlace>(&wanted).await.unwrap();
    let email = "persona@correo.example".parse().unwrap();
    let view = browser
        .call::<ConfirmPlace>(&Confirmation { email })
        .await
        .unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    let now = world.now();
    let booked = server::appointments::service::by_code(&world.app, &mut tx, &view.code, now)
        .await
        .unwrap()
        .unwrap();
    (booked.id, view.code)
}

/// Checks somebody in who has an appointment.
pub async fn check_in(desk: &mut Desk, appointment: AppointmentId) -> Result<QueueView, Problem> {
    desk.browser.call::<CheckIn>(&Arrival { appointment }).await
}

/// Calls whoever is next; which visit that is.
pub async fn call_next(desk: &mut Desk) -> Result<VisitId, Problem> {
    let view = desk.browser.call::<CallNext>(&Empty {}).await?;
    Ok(view.mine.unwrap())
}

/// Calls whoever is next and serves them for a while.
pub async fn serve(world: &World, desk: &mut Desk, time: Duration) -> VisitId {
    let visit = call_next(desk).await.unwrap();
    let choice = VisitChoice { visit };
    desk.browser.call::<BeginService>(&choice).await.unwrap();
    world.advance(time);
    desk.browser.call::<FinishVisit>(&choice).await.unwrap();
    visit
}

/// Nobody came when called.
pub fn nobody_came(visit: VisitId) -> NoShow {
    NoShow {
        visit,
        reason: "Se le llamó tres veces y nadie respondió".parse().unwrap(),
    }
}

/// How often a deed was written down.
pub async fn deeds(world: &World, deed: &str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM staff_acts WHERE deed = $1"
    )
    .bind(deed)
    .fetch_one(conn))
    .unwrap();
    count
}

/// How many audit events of a kind there are.
pub async fn events(world: &World, kind: &str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM audit_events WHERE kind = $1"
    )
    .bind(kind)
    .fetch_one(conn))
    .unwrap();
    count
}

/// The time goes on, and the officers use their desks.
pub async fn stay(world: &World, desks: &mut [&mut Desk], mut span: Duration) {
    const STEP: Duration = Duration::from_mins(5);
    while span > Duration::ZERO {
        let step = span.min(STEP);
        world.advance(step);
        span -= step;
        for desk in desks.iter_mut() {
            let used = desk.browser.call::<ExtendStaffSession>(&Empty {});
            used.await.unwrap();
        }
    }
}

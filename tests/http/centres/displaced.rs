//! Appointments that a change of their centre leaves without a place: told first, cancelled only when that was agreed to.

use super::{administrator, details, id_of, reason, world};
use rstest::rstest;
use server::centres::import;
use server::desk::Bureau;
use server::notifications::service as outbox;
use shared::appointments::api::{
    AppointmentStageView, AppointmentView, CancelledBy, ConfirmPlace, Confirmation, CurrentAppointment,
    HoldPlace, PlaceWanted,
};
use shared::captcha::Subject;
use shared::centres::api::CentreDetails;
use shared::centres::keeping::{
    CentreToEnd, CentreToSave, CloseCentre, EndCentre, HolidaysToSave, ListKeptCentres, LocalTime,
    SaveCentre, SaveHolidays, TimeToClose,
};
use shared::centres::{CentreId, Holiday, Mode, Modes, Procedure, Zone};
use shared::i18n::Language;
use shared::identifiers::{Branch, EmployerIdentifier};
use shared::time::Timestamp;
use tests::{Browser, Engine, World};

/// Employers and those who come for them.
const PEOPLE: [(&str, &str); 2] = [("1790016919001", "1710034065"), ("1792060346001", "0926687856")];

const DAY: &str = "2026-11-24";

fn at(clock: &str) -> Timestamp {
    let time = LocalTime {
        day: DAY.parse().unwrap(),
        clock: clock.parse().unwrap(),
    };
    time.instant(Zone::Mainland)
}

/// Somebody books a time of tomorrow.
async fn book(world: &World, centre: CentreId, clock: &str, mode: Mode, person: usize) -> Browser {
    let (employer, representative) = PEOPLE[person];
    let employer: EmployerIdentifier = employer.parse().unwrap();
    let mut browser = world.browser();
    let captcha = browser.solve(&Subject::Appointment { employer }).await.unwrap();
    let wanted = PlaceWanted {
        centre,
        starts_at: at(clock),
        procedure: Procedure::Recovery,
        mode,
        employer,
        branch: Branch::default(),
        representative: representative.parse().unwrap(),
        language: Language::Es,
        captcha,
    };
    browser.call::<HoldPlace>(&wanted).await.unwrap();
    let confirmation = Confirmation {
        email: format!("persona{person}@empresa.example").parse().unwrap(),
    };
    browser.call::<ConfirmPlace>(&confirmation).await.unwrap();
    browser
}

async fn view(browser: &mut Browser) -> AppointmentView {
    browser.call::<CurrentAppointment>(&()).await.unwrap()
}

fn is_booked(view: &AppointmentView) -> bool {
    matches!(view.stage, AppointmentStageView::Booked { .. })
}

fn is_cancelled_by_the_centre(view: &AppointmentView) -> bool {
    matches!(
        view.stage,
        AppointmentStageView::Cancelled {
            by: CancelledBy::Centre,
            ..
        }
    )
}

#[rstest]
#[tokio::test]
async fn closing_a_time_tells_how_many_and_cancels_them_only_when_agreed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let centre = id_of(&world, "UIO-1").await;
    let mut early = book(&world, centre, "08:40", Mode::InPerson, 0).await;
    let mut late = book(&world, centre, "10:00", Mode::InPerson, 1).await;
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    let mails = world.mails().len();
    let time = |clock: &str| LocalTime {
        day: DAY.parse().unwrap(),
        clock: clock.parse().unwrap(),
    };
    let close = |until, agreed| TimeToClose {
        centre,
        from: time("08:00"),
        until: time(until),
        reason: reason(),
        agreed,
    };

    let before = elsa.browser.call::<ListKeptCentres>(&()).await.unwrap();
    let told = elsa
        .browser
        .call::<CloseCentre>(&close("10:01", 0))
        .await
        .unwrap();
    assert_eq!(told.displaces, Some(2));
    assert_eq!(told.centres.centres, before.centres);
    let told = elsa
        .browser
        .call::<CloseCentre>(&close("10:01", 1))
        .await
        .unwrap();
    assert_eq!(told.displaces, Some(2), "agreed to one, and there are two");
    assert_eq!(told.centres.centres, before.centres, "nothing was changed");
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    assert_eq!(
        world.mails().len(),
        mails,
        "nobody is told of what did not happen"
    );
    assert!(is_booked(&view(&mut early).await) && is_booked(&view(&mut late).await));

    let done = elsa
        .browser
        .call::<CloseCentre>(&close("10:00", 1))
        .await
        .unwrap();
    assert_eq!(done.displaces, None);
    assert!(is_cancelled_by_the_centre(&view(&mut early).await));
    assert!(
        is_booked(&view(&mut late).await),
        "it begins when the closure ends"
    );
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    let told: Vec<_> = world
        .mails()
        .into_iter()
        .skip(mails)
        .map(|mail| mail.to.to_string())
        .collect();
    assert_eq!(told, ["persona0@empresa.example"]);
}

#[rstest]
#[tokio::test]
async fn whatever_takes_a_place_away_is_agreed_to(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let centre = id_of(&world, "UIO-1").await;
    let mut person = book(&world, centre, "09:00", Mode::Video, 0).await;
    let save = |details| CentreToSave {
        centre: Some(centre),
        seen: Some(self::details("UIO-1")),
        details,
        reason: reason(),
        agreed: 0,
    };
    let later = CentreDetails {
        hours: "mon-fri 10:00-16:40".parse().unwrap(),
        ..details("UIO-1")
    };
    let counters_only = CentreDetails {
        modes: Modes::at_counters(),
        ..details("UIO-1")
    };
    let less = CentreDetails {
        procedures: "unlock".parse().unwrap(),
        ..details("UIO-1")
    };
    for changed in [later.clone(), counters_only, less] {
        let told = elsa.browser.call::<SaveCentre>(&save(changed)).await.unwrap();
        assert_eq!(told.displaces, Some(1));
    }
    let holiday = |centre| HolidaysToSave {
        centre,
        seen: Vec::new(),
        holidays: vec![Holiday {
            day: DAY.parse().unwrap(),
            name: "Duelo".parse().unwrap(),
        }],
        reason: reason(),
        agreed: 0,
    };
    for whose in [Some(centre), None] {
        let told = elsa.browser.call::<SaveHolidays>(&holiday(whose)).await.unwrap();
        assert_eq!(told.displaces, Some(1));
    }
    let end = CentreToEnd {
        centre,
        reason: reason(),
        agreed: 0,
    };
    let told = elsa.browser.call::<EndCentre>(&end).await.unwrap();
    assert_eq!(told.displaces, Some(1));

    let renamed = CentreDetails {
        name: "Quito Norte y Calderón".parse().unwrap(),
        ..details("UIO-1")
    };
    let done = elsa.browser.call::<SaveCentre>(&save(renamed)).await.unwrap();
    assert_eq!(done.displaces, None, "a name displaces nobody");

    let file = "code,name,province,canton,address,hours,counters,modes\n\
                UIO-1,Quito,17,Quito,Calle 1,mon 08:00-09:00,1,\"in_person,video\"\n";
    let rows = || import::read(file.as_bytes()).unwrap();
    let refused = import::write(&world.app, rows(), 0).await.unwrap_err();
    assert!(matches!(refused, import::ImportError::Displaces(1)), "{refused}");
    assert!(is_booked(&view(&mut person).await));
    let done = import::write(&world.app, rows(), 1).await.unwrap();
    assert_eq!((done.changed, done.cancelled), (1, 1));
    assert!(is_cancelled_by_the_centre(&view(&mut person).await));
}

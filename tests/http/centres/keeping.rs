//! Making, changing, closing and ending centres.

use super::{administrator, details, id_of, reason, world};
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::centres::api::{CentreDetails, ListCentres};
use shared::centres::keeping::{
    CentreToEnd, CentreToResume, CentreToSave, CloseCentre, ClosureToEnd, EndCentre, HolidaysToSave,
    ListKeptCentres, LocalTime, MOST_HOLIDAYS, OpenCentre, ResumeCentre, SaveCentre, SaveHolidays,
    TimeToClose,
};
use shared::centres::{CentreId, Holiday, Zone};
use shared::staff::Role;
use shared::time::CivilDate;
use tests::Engine;
use tests::desk::desk;

fn to_save(centre: Option<CentreId>, details: CentreDetails) -> CentreToSave {
    CentreToSave {
        centre,
        seen: None,
        details,
        reason: reason(),
        agreed: 0,
    }
}

fn field(problem: &Problem) -> (&str, FieldCode) {
    (problem.fields[0].field.as_str(), problem.fields[0].code)
}

fn local(day: &str, clock: &str) -> LocalTime {
    LocalTime {
        day: day.parse().unwrap(),
        clock: clock.parse().unwrap(),
    }
}

fn holiday(day: &str, name: &str) -> Holiday {
    Holiday {
        day: day.parse().unwrap(),
        name: name.parse().unwrap(),
    }
}

#[rstest]
#[tokio::test]
async fn everybody_sees_the_centres_and_only_administrators_keep_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let list = world.browser().call::<ListCentres>(&()).await.unwrap();
    let names: Vec<_> = list.centres.iter().map(|centre| centre.name.as_str()).collect();
    assert_eq!(names, ["Quito Norte", "Santa Cruz"]);
    assert_eq!(list.centres[1].zone, Zone::Galapagos);
    assert_eq!(list.provinces().len(), 2);
    assert_eq!((list.slot_minutes, list.horizon_days), (20, 30));

    let none = world.browser().call::<ListKeptCentres>(&()).await.unwrap_err();
    assert_eq!(none.code, ErrorCode::SessionMissing);
    let mut agent = desk(&world, "Ana Paz", Role::Agent, None).await;
    let refused = agent.browser.call::<ListKeptCentres>(&()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotYourRight);
    let asked = to_save(None, details("UIO-1"));
    let refused = agent.browser.call::<SaveCentre>(&asked).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotYourRight);

    let mut elsa = administrator(&world).await;
    let kept = elsa.browser.call::<ListKeptCentres>(&()).await.unwrap();
    assert_eq!(kept.centres.len(), 2);
    assert_eq!(kept.centres[0].details, details("UIO-1"));
}

#[rstest]
#[tokio::test]
async fn a_centre_is_made_and_changed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let loja = CentreDetails {
        code: "LOH".parse().unwrap(),
        province: "11".parse().unwrap(),
        canton: "LOJA".parse().unwrap(),
        ..details("UIO-1")
    };
    let kept = elsa
        .browser
        .call::<SaveCentre>(&to_save(None, loja.clone()))
        .await
        .unwrap();
    assert_eq!(kept.displaces, None);
    assert_eq!(kept.centres.centres.len(), 3);
    let id = id_of(&world, "LOH").await;

    let twice = elsa
        .browser
        .call::<SaveCentre>(&to_save(None, loja.clone()))
        .await
        .unwrap_err();
    assert_eq!(field(&twice), ("details.code", FieldCode::AlreadyUsed));
    let taken = CentreDetails {
        code: "gps".parse().unwrap(),
        ..loja.clone()
    };
    let taken = elsa
        .browser
        .call::<SaveCentre>(&to_save(Some(id), taken))
        .await
        .unwrap_err();
    assert_eq!(field(&taken), ("details.code", FieldCode::AlreadyUsed));
    let elsewhere = CentreDetails {
        canton: "Cuenca".parse().unwrap(),
        ..loja.clone()
    };
    let elsewhere = elsa
        .browser
        .call::<SaveCentre>(&to_save(Some(id), elsewhere))
        .await
        .unwrap_err();
    assert_eq!(field(&elsewhere), ("details.canton", FieldCode::NotOffered));
    let unknown = CentreId::new(world.now(), [9; 10]);
    let unknown = to_save(
        Some(unknown),
        CentreDetails {
            code: "NEW".parse().unwrap(),
            ..loja.clone()
        },
    );
    let unknown = elsa.browser.call::<SaveCentre>(&unknown).await.unwrap_err();
    assert_eq!(field(&unknown), ("centre", FieldCode::NotOffered));

    let renamed = CentreDetails {
        name: "Loja Centro".parse().unwrap(),
        ..loja
    };
    elsa.browser
        .call::<SaveCentre>(&CentreToSave {
            seen: kept
                .centres
                .centres
                .iter()
                .find(|centre| centre.id == id)
                .map(|centre| centre.details.clone()),
            ..to_save(Some(id), renamed)
        })
        .await
        .unwrap();
    let list = world.browser().call::<ListCentres>(&()).await.unwrap();
    let shown = list.centres.iter().find(|centre| centre.id == id).unwrap();
    assert_eq!(
        (shown.name.as_str(), shown.canton.as_str()),
        ("Loja Centro", "Loja")
    );
}

#[rstest]
#[tokio::test]
async fn holidays_are_set_as_a_whole(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let quito = id_of(&world, "UIO-1").await;
    let set = |centre, seen: &[Holiday], holidays| HolidaysToSave {
        centre,
        seen: seen.iter().map(|one| one.day).collect(),
        holidays,
        reason: reason(),
        agreed: 0,
    };
    let own = vec![
        holiday("2026-12-06", "Fundación de Quito"),
        holiday("2026-12-24", "Nochebuena"),
    ];
    let kept = elsa
        .browser
        .call::<SaveHolidays>(&set(Some(quito), &[], own.clone()))
        .await
        .unwrap();
    assert_eq!(
        (&kept.centres.centres[0].holidays, kept.centres.national.len()),
        (&own, 0)
    );
    assert!(kept.centres.centres[1].holidays.is_empty());
    let national = vec![holiday("2026-12-25", "Navidad")];
    let kept = elsa
        .browser
        .call::<SaveHolidays>(&set(None, &[], national.clone()))
        .await
        .unwrap();
    assert_eq!(
        (&kept.centres.national, &kept.centres.centres[0].holidays),
        (&national, &own)
    );
    let kept = elsa
        .browser
        .call::<SaveHolidays>(&set(Some(quito), &own, Vec::new()))
        .await
        .unwrap();
    assert!(kept.centres.centres[0].holidays.is_empty());

    let twice = vec![holiday("2026-12-25", "Navidad"), holiday("2026-12-25", "Otra")];
    let twice = elsa
        .browser
        .call::<SaveHolidays>(&set(None, &national, twice))
        .await
        .unwrap_err();
    assert_eq!(field(&twice), ("holidays", FieldCode::AlreadyUsed));
    let first: CivilDate = "2027-01-01".parse().unwrap();
    let many = |count: usize| -> Vec<Holiday> {
        let day = |days: usize| first.days_later(u16::try_from(days).unwrap());
        (0..count)
            .map(|days| holiday(&day(days).to_string(), &"ñ".repeat(80)))
            .collect()
    };
    elsa.browser
        .call::<SaveHolidays>(&set(None, &national, many(MOST_HOLIDAYS)))
        .await
        .unwrap();
    let too_many = elsa
        .browser
        .call::<SaveHolidays>(&set(None, &many(MOST_HOLIDAYS), many(MOST_HOLIDAYS + 1)))
        .await
        .unwrap_err();
    assert_eq!(field(&too_many), ("holidays", FieldCode::TooLong));
}

#[rstest]
#[tokio::test]
async fn a_centre_closes_by_its_own_clocks_and_opens_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let islands = id_of(&world, "GPS").await;
    let close = |from, until| TimeToClose {
        centre: islands,
        from,
        until,
        reason: reason(),
        agreed: 0,
    };
    let (from, until) = (local("2026-11-24", "08:00"), local("2026-11-24", "10:00"));
    let kept = elsa
        .browser
        .call::<CloseCentre>(&close(from, until))
        .await
        .unwrap();
    let closures = &kept.centres.centres[1].closures;
    let zone = Zone::Galapagos;
    assert_eq!(closures[0].closure.from, from.instant(zone));
    assert_eq!(zone.clock_at(closures[0].closure.until).to_string(), "10:00");

    for (from, until) in [
        (until, from),
        (from, from),
        (local("2026-11-20", "08:00"), local("2026-11-20", "10:00")),
    ] {
        let refused = elsa
            .browser
            .call::<CloseCentre>(&close(from, until))
            .await
            .unwrap_err();
        assert_eq!(field(&refused), ("until", FieldCode::OutOfRange));
    }

    let open = |closure| ClosureToEnd {
        centre: islands,
        closure,
        reason: reason(),
    };
    let kept = elsa
        .browser
        .call::<OpenCentre>(&open(closures[0].id))
        .await
        .unwrap();
    assert!(kept.centres.centres[1].closures.is_empty());
    let again = elsa
        .browser
        .call::<OpenCentre>(&open(closures[0].id))
        .await
        .unwrap_err();
    assert_eq!(field(&again), ("closure", FieldCode::NotOffered));
}

#[rstest]
#[tokio::test]
async fn an_ended_centre_is_not_listed_until_it_serves_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let centre = id_of(&world, "GPS").await;
    let end = CentreToEnd {
        centre,
        reason: reason(),
        agreed: 0,
    };
    let kept = elsa.browser.call::<EndCentre>(&end).await.unwrap();
    assert_eq!(kept.centres.centres[1].ended_at, Some(world.now()));
    let list = world.browser().call::<ListCentres>(&()).await.unwrap();
    assert_eq!(list.centres.len(), 1);
    let resume = CentreToResume {
        centre,
        reason: reason(),
    };
    elsa.browser.call::<ResumeCentre>(&resume).await.unwrap();
    let list = world.browser().call::<ListCentres>(&()).await.unwrap();
    assert_eq!(list.centres.len(), 2);
}

#[rstest]
#[tokio::test]
async fn what_no_sheet_can_show_is_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let mut named = details("UIO-1");
    named.code = "UIO-9".parse().unwrap();
    named.name = "Centro 機関".parse().unwrap();
    let refused = elsa.browser.call::<SaveCentre>(&to_save(None, named)).await;
    assert_eq!(
        field(&refused.unwrap_err()),
        ("details.name", FieldCode::Characters)
    );
    let mut placed = details("UIO-1");
    placed.code = "UIO-9".parse().unwrap();
    placed.address = "Calle 関 1".parse().unwrap();
    let refused = elsa.browser.call::<SaveCentre>(&to_save(None, placed)).await;
    assert_eq!(
        field(&refused.unwrap_err()),
        ("details.address", FieldCode::Characters)
    );
}

#[rstest]
#[tokio::test]
async fn of_two_administrators_the_later_one_undoes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut elsa = administrator(&world).await;
    let quito = id_of(&world, "UIO-1").await;
    let seen = details("UIO-1");
    let fewer = CentreDetails {
        hours: "mon-fri 10:00-16:40".parse().unwrap(),
        ..seen.clone()
    };
    let renamed = CentreDetails {
        name: "Quito Centro".parse().unwrap(),
        ..seen.clone()
    };
    let save = |seen: &CentreDetails, details: &CentreDetails| CentreToSave {
        seen: Some(seen.clone()),
        ..to_save(Some(quito), details.clone())
    };
    elsa.browser
        .call::<SaveCentre>(&save(&seen, &fewer))
        .await
        .unwrap();
    // The other form was open since before, and one that shows nothing of a centre cannot change it.
    let unseen = to_save(Some(quito), renamed.clone());
    for late in [save(&seen, &renamed), unseen] {
        let refused = elsa.browser.call::<SaveCentre>(&late).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::DetailsChanged);
    }
    let kept = elsa.browser.call::<ListKeptCentres>(&()).await.unwrap();
    assert_eq!(kept.centres[0].details, fewer);
    let both = CentreDetails {
        hours: fewer.hours.clone(),
        ..renamed
    };
    elsa.browser
        .call::<SaveCentre>(&save(&fewer, &both))
        .await
        .unwrap();

    for centre in [Some(quito), None] {
        let set = |seen: &[Holiday], holidays: &[Holiday]| HolidaysToSave {
            centre,
            seen: seen.iter().map(|one| one.day).collect(),
            holidays: holidays.to_vec(),
            reason: reason(),
            agreed: 0,
        };
        let (first, second) = (
            holiday("2026-12-25", "Navidad"),
            holiday("2027-01-01", "Año nuevo"),
        );
        elsa.browser
            .call::<SaveHolidays>(&set(&[], std::slice::from_ref(&first)))
            .await
            .unwrap();
        let late = set(&[], std::slice::from_ref(&second));
        let refused = elsa.browser.call::<SaveHolidays>(&late).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::DetailsChanged);
        let both = [second, first.clone()];
        let kept = elsa
            .browser
            .call::<SaveHolidays>(&set(&[first], &both))
            .await
            .unwrap();
        assert_eq!(kept.displaces, None);
    }
}

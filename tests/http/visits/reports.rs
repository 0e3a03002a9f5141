//! The figures of what happened.

use super::people::{self, book_for, call_next, check_in, deeds, serve, walk_in};
use rstest::rstest;
use server::visits::job;
use shared::api::{ErrorCode, FieldCode};
use shared::centres::Mode;
use shared::reports::api::{ExportReport, ReportRequest, ReportView, ShowReport};
use shared::reports::{ActKind, Figures, Mean, Span};
use shared::staff::Role;
use shared::visits::api::{BeginService, MarkNoShow, VisitChoice};
use std::time::Duration;
use tests::desk::{Desk, desk};
use tests::{EPOCH, Engine, World};

const HOUR: Duration = Duration::from_hours(1);

const fn minutes(count: u64) -> Duration {
    Duration::from_mins(count)
}

fn span() -> Span {
    Span::new("2026-11-23".parse().unwrap(), "2026-11-24".parse().unwrap()).unwrap()
}

async fn show(desk: &mut Desk) -> ReportView {
    let asked = ReportRequest {
        span: span(),
        centre: None,
    };
    desk.browser.call::<ShowReport>(&asked).await.unwrap()
}

/// A morning in Quito: one served by appointment, one served without, one who left, one who never came.
async fn morning(world: &World) {
    let mut ana = people::seated(world, "Ana Mora", 1).await;
    let (came, _) = book_for(world, "UIO", EPOCH.after(HOUR), Mode::InPerson, "E2000001").await;
    book_for(world, "UIO", EPOCH.after(HOUR), Mode::InPerson, "E2000002").await;
    check_in(&mut ana, came).await.unwrap();
    world.advance(minutes(4));
    serve(world, &mut ana, minutes(6)).await;
    walk_in(&mut ana, "E2000003").await;
    world.advance(minutes(2));
    serve(world, &mut ana, minutes(8)).await;
    walk_in(&mut ana, "E2000004").await;
    let visit = call_next(&mut ana).await.unwrap();
    ana.browser
        .call::<MarkNoShow>(&people::nobody_came(visit))
        .await
        .unwrap();
    walk_in(&mut ana, "E2000005").await;
}

#[rstest]
#[tokio::test]
async fn a_report_adds_up_what_happened(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    morning(&world).await;
    world.advance(HOUR * 24);
    server::appointments::job::lapse(&world.app).await.unwrap();
    job::close(&world.app).await.unwrap();
    let mut supervisor = desk(&world, "Eva Paz", Role::Supervisor, None).await;
    let report = show(&mut supervisor).await;
    assert_eq!(report.centres.len(), 3);
    assert_eq!(report.rows.len(), 1, "only days on which something happened");
    let row = &report.rows[0];
    assert_eq!(
        (row.centre, row.day.to_string()),
        (people::centre(&world, "UIO").await, "2026-11-23".to_owned())
    );
    let expected = Figures {
        appointments: 1,
        walk_ins: 3,
        video: 0,
        served: 2,
        no_shows: 2,
        unserved: 1,
        waited: Mean::of(minutes(4)) + Mean::of(minutes(2)),
        serving: Mean::of(minutes(6)) + Mean::of(minutes(8)),
    };
    assert_eq!(row.figures, expected);
    let queue = report.acts.iter().find(|act| act.kind == ActKind::Queue).unwrap();
    assert!(queue.count >= 12, "{queue:?}");
    let body = serde_json::to_string(&report).unwrap();
    for personal in [people::COMPANY, "E200000", "Ana Mora"] {
        assert!(!body.contains(personal), "{personal}");
    }
    assert_eq!(deeds(&world, "reports_seen").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_report_tells_who_is_there_at_this_moment(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    let mut gye = people::agent(&world, "Eva Paz", "GYE").await;
    let mut arrived = Vec::new();
    for person in ["E2000001", "E2000002", "E2000003"] {
        arrived.push(world.now());
        walk_in(&mut ana, person).await;
        world.advance(minutes(1));
    }
    walk_in(&mut gye, "E2000004").await;
    let visit = call_next(&mut ana).await.unwrap();
    ana.browser
        .call::<BeginService>(&VisitChoice { visit })
        .await
        .unwrap();
    call_next(&mut luis).await.unwrap();
    let mut supervisor = desk(&world, "Olga Cruz", Role::Supervisor, None).await;
    let report = show(&mut supervisor).await;
    let there: Vec<_> = report
        .at_once
        .iter()
        .map(|there| (there.centre, there.waiting, there.in_service))
        .collect();
    let (uio, gye_centre, gps) = (
        people::centre(&world, "UIO").await,
        people::centre(&world, "GYE").await,
        people::centre(&world, "GPS").await,
    );
    assert_eq!(there, [(gye_centre, 1, 0), (uio, 1, 2), (gps, 0, 0)], "by name");
    assert_eq!(report.at_once[1].longest_since, Some(arrived[2]));
    assert_eq!(report.at_once[2].longest_since, None);
    let only = ReportRequest {
        span: span(),
        centre: Some(uio),
    };
    let report = supervisor.browser.call::<ShowReport>(&only).await.unwrap();
    assert_eq!(report.at_once.len(), 1);
    // Tomorrow nobody is there, whatever was left open today.
    world.advance(HOUR * 24);
    let mut supervisor = desk(&world, "Juan Ruiz", Role::Supervisor, None).await;
    let report = show(&mut supervisor).await;
    assert!(
        report
            .at_once
            .iter()
            .all(|there| (there.waiting, there.in_service) == (0, 0))
    );
}

#[rstest]
#[tokio::test]
async fn a_report_of_one_centre_has_no_others(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    morning(&world).await;
    let mut supervisor = desk(&world, "Eva Paz", Role::Supervisor, None).await;
    let elsewhere = people::centre(&world, "GYE").await;
    let asked = ReportRequest {
        span: span(),
        centre: Some(elsewhere),
    };
    let report = supervisor.browser.call::<ShowReport>(&asked).await.unwrap();
    assert!(report.rows.is_empty() && report.acts.is_empty());
}

#[rstest]
#[tokio::test]
async fn the_file_has_a_line_for_each_centre_and_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    morning(&world).await;
    let mut supervisor = desk(&world, "Eva Paz", Role::Supervisor, None).await;
    let asked = ReportRequest {
        span: span(),
        centre: None,
    };
    let file = supervisor.browser.call::<ExportReport>(&asked).await.unwrap();
    assert_eq!(file.name, "informe-2026-11-23-2026-11-24.csv");
    let lines: Vec<_> = file.text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1], "Centro Quito,2026-11-23,1,3,0,2,1,0,180,240,420,480");
    assert_eq!(deeds(&world, "reports_exported").await, 1);
}

#[rstest]
#[tokio::test]
async fn only_supervisors_see_figures(#[values(Role::Agent, Role::Auditor, Role::Administrator)] role: Role) {
    let world = people::world(Engine::Sqlite).await;
    let mut other = desk(&world, "Luis Vera", role, None).await;
    let asked = ReportRequest {
        span: span(),
        centre: None,
    };
    let refused = other.browser.call::<ShowReport>(&asked).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotYourRight);
    let refused = other.browser.call::<ExportReport>(&asked).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotYourRight);
}

#[tokio::test]
async fn a_report_has_so_many_days_and_no_more() {
    let world = people::world(Engine::Sqlite).await;
    let mut supervisor = desk(&world, "Eva Paz", Role::Supervisor, None).await;
    let path = format!("{}/staff/reports", shared::api::BASE);
    for (to, fits) in [("2027-01-31", true), ("2027-02-01", false), ("2026-10-31", false)] {
        let body = serde_json::json!({ "span": { "from": "2026-11-01", "to": to }, "centre": null });
        let reply = supervisor.browser.post(&path, body.to_string()).await;
        if fits {
            assert!(reply.status.is_success(), "{}", reply.text());
        } else {
            let problem = reply.problem();
            assert_eq!(problem.code, ErrorCode::InvalidInput, "{to}");
            assert_eq!(problem.fields[0].code, FieldCode::OutOfRange, "{to}");
        }
    }
}

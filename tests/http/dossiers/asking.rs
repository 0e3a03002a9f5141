//! Who asks a second officer: for what, and as long as they are of the staff; and that looking keeps no desk open.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::dossiers::api::{ApprovalDecision, DossierLooked, ShowDossier};
use shared::dossiers::{Action, ActionName, ApprovalState};
use shared::identifiers::StaffId;
use shared::staff::Role;
use shared::staff::api::{ChangeStaff, CurrentStaff, EndStaff, ResetStaff, StaffChange, StaffChoice};
use std::time::Duration;
use tests::desk::desk;
use tests::{Browser, Engine};

#[rstest]
#[tokio::test]
async fn the_same_action_with_other_content_is_refused_and_with_the_same_it_is_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    counter.act(send_link()).await.unwrap();
    let first = counter.act(new_email("una@empresa.example")).await.unwrap();
    let asked = first.dossier.approvals[0].approval;
    let refused = counter.act(new_email("otra@empresa.example")).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ApprovalWaits);
    let same = counter.act(new_email("una@empresa.example")).await.unwrap();
    assert_eq!(same.dossier.approvals.len(), 1);
    assert_eq!(same.dossier.approvals[0].approval, asked);
    assert_eq!(
        same.dossier.approvals[0].contact.as_deref(),
        Some("una@empresa.example")
    );
}

async fn id(browser: &mut Browser) -> StaffId {
    browser.call::<CurrentStaff>(&()).await.unwrap().id
}

#[rstest]
#[tokio::test]
async fn what_somebody_asked_for_ends_with_their_place(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("ended", "reset", "other role", "other centre")] how: &str,
) {
    let mut counter = ready(engine).await;
    let asked = counter.asked().await;
    let mut keeper = desk(&counter.world, "Delia", Role::Administrator, None)
        .await
        .browser;
    let staff = id(&mut counter.agent).await;
    let reason = reason("Dejó el instituto");
    let choice = StaffChoice {
        staff,
        reason: reason.clone(),
    };
    match how {
        "ended" => keeper.call::<EndStaff>(&choice).await.map(drop),
        "reset" => keeper.call::<ResetStaff>(&choice).await.map(drop),
        change => {
            let is_role = change == "other role";
            let asked = StaffChange {
                staff,
                role: if is_role { Role::Supervisor } else { Role::Agent },
                centre: (!is_role).then_some(counter.centre),
                reason,
            };
            keeper.call::<ChangeStaff>(&asked).await.map(drop)
        }
    }
    .unwrap();
    let seen = approvals(&mut counter.other).await;
    assert_eq!(
        (seen[0].state, seen[0].contact.clone()),
        (ApprovalState::Lapsed, None)
    );
    let refused = decide(&mut counter.other, asked, ApprovalDecision::Agree)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::ApprovalOver);
}

#[rstest]
#[tokio::test]
async fn who_asked_is_looked_at_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for statement in [
        "UPDATE staff SET role = 'auditor' WHERE name = 'Ana Paz'",
        "UPDATE staff SET ended_at = 1 WHERE name = 'Ana Paz'",
    ] {
        let mut counter = ready(engine).await;
        let asked = counter.asked().await;
        // Whatever has taken it from them.
        let mut tx = counter.world.app.store.write().await.unwrap();
        server::changed!(&mut tx, sqlx::query(statement)).unwrap();
        tx.commit().await.unwrap();
        let refused = decide(&mut counter.other, asked, ApprovalDecision::Agree)
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::ApprovalOver, "{statement}");
    }
}

/// How often an officer looked at a dossier, as the acts say.
async fn looks(counter: &Counter) -> i64 {
    let mut tx = counter.world.app.store.read().await.unwrap();
    let count = "SELECT COUNT(*) FROM staff_acts WHERE deed = 'dossier_seen'";
    let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(count).fetch_one(conn)).unwrap();
    count
}

#[rstest]
#[tokio::test]
async fn a_page_that_asks_again_and_again_keeps_no_desk_open_and_is_one_look_an_hour(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    let mut look = DossierLooked {
        dossier: counter.dossier,
        reason: Some(reason("Reemplazo a Ana Paz")),
    };
    let other = &mut counter.other;
    other.call::<ShowDossier>(&look).await.unwrap();
    look.reason = None;
    for _ in 0..9 {
        counter.world.advance(Duration::from_mins(1));
        counter.other.call::<ShowDossier>(&look).await.unwrap();
    }
    assert_eq!(looks(&counter).await, 1);
    counter.world.advance(Duration::from_mins(1));
    let refused = counter.other.call::<ShowDossier>(&look).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StaffLocked);
}

#[rstest]
#[case::one_tick_before(TICK, 1)]
#[case::after_the_hour(Duration::ZERO, 2)]
#[tokio::test]
async fn after_an_hour_it_is_another_look(
    #[case] short_of: Duration,
    #[case] expected: i64,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = counter_with(
        engine,
        crate::recovery::people::COMPANY,
        crate::recovery::people::Condition::Good,
        |policy| policy.staff.idle_seconds = 36_000,
    )
    .await;
    let look = DossierLooked {
        dossier: counter.dossier,
        reason: Some(reason("Reemplazo a Ana Paz")),
    };
    counter.other.call::<ShowDossier>(&look).await.unwrap();
    counter
        .world
        .advance(Duration::from_hours(1).checked_sub(short_of).unwrap());
    counter.other.call::<ShowDossier>(&look).await.unwrap();
    assert_eq!(looks(&counter).await, expected);
    let refused = counter.act(Action::Freeze).await;
    assert_eq!(
        refused.unwrap_err().code,
        ErrorCode::ItemsMissing,
        "{:?}",
        ActionName::Freeze
    );
}

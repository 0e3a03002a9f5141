//! What is due: after signing in, and after the identity proof of a recovery.

use crate::recovery::people as recovering;
use crate::sessions::people::{COMPANY, HOUSEHOLD, world};
use rstest::rstest;
use shared::api::ErrorCode;
use shared::identifiers::Branch;
use shared::obligations::api::{NextDue, RecordState, ShowDue, ShowObligations};
use shared::obligations::{Cents, ObligationRecord, Standing};
use shared::registries::Registry;
use shared::time::CivilDate;
use std::time::Duration;
use tests::{Engine, World};

/// What the policy's 15th makes of a moment of the test's clock.
fn due(world: &World) -> NextDue {
    NextDue::of(CivilDate::in_ecuador(world.now()), 15)
}

#[rstest]
#[tokio::test]
async fn the_owner_sees_what_is_owed_and_by_when(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    HOUSEHOLD.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;

    let seen = browser.call::<ShowObligations>(&()).await.unwrap();
    assert_eq!((seen.source, seen.standing), (RecordState::Unknown, None));
    assert_eq!((seen.now, seen.due), (world.now(), due(&world)));

    world.registries.know_obligations(ObligationRecord {
        employer: COMPANY.0.parse().unwrap(),
        branch: Branch::default(),
        standing: Standing::Late,
        debt: Cents::new(123_450).ok(),
        unpaid_since: "2026-08".parse().ok(),
        counted_on: "2026-11-02".parse().ok(),
    });
    let seen = browser.call::<ShowObligations>(&()).await.unwrap();
    assert_eq!(
        (seen.source, seen.standing),
        (RecordState::Known, Some(Standing::Late))
    );
    assert_eq!(seen.debt.map(Cents::count), Some(123_450));
    assert_eq!(seen.unpaid_since, "2026-08".parse().ok());
    assert_eq!(seen.counted_on, "2026-11-02".parse().ok());

    // Somebody else's is somebody else's.
    let mut other = HOUSEHOLD.known(&world).await;
    let theirs = other.call::<ShowObligations>(&()).await.unwrap();
    assert_eq!((theirs.source, theirs.debt), (RecordState::Unknown, None));

    // A registry that does not answer costs the figures and not the page.
    world.registries.fail(Registry::Iess);
    let seen = browser.call::<ShowObligations>(&()).await.unwrap();
    assert_eq!(
        (seen.source, seen.standing, seen.debt),
        (RecordState::Unavailable, None, None)
    );
    assert_eq!(seen.due, due(&world));

    let stranger = world.browser().call::<ShowObligations>(&()).await;
    assert_eq!(stranger.unwrap_err().code, ErrorCode::SessionMissing);
}

#[rstest]
#[tokio::test]
async fn a_recovery_tells_what_is_due_from_the_proof_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use recovering::{COMPANY, Condition, UNKNOWN, answer, questions, right, wrong};
    let world = recovering::world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let refused = async |browser: &mut tests::Browser| browser.call::<ShowDue>(&()).await.unwrap_err().code;
    assert_eq!(refused(&mut browser).await, ErrorCode::CaseMissing);

    for employer in [UNKNOWN, COMPANY] {
        let case = employer.identify(&mut browser).await.unwrap();
        assert_eq!(refused(&mut browser).await, ErrorCode::CaseAtOtherStage);
        answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
        assert_eq!(refused(&mut browser).await, ErrorCode::CaseAtOtherStage);
    }
    let case = recovering::current(&mut browser).await.unwrap();
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let seen = browser.call::<ShowDue>(&()).await.unwrap();
    assert_eq!((seen.now, seen.due), (world.now(), due(&world)));

    // When the case is over, so is that.
    world.advance(Duration::from_mins(15));
    assert_eq!(refused(&mut browser).await, ErrorCode::CaseAtOtherStage);
}

//! The same person's two accounts, and the ways to type a household.

use super::people::*;
use rstest::rstest;
use shared::recovery::api::{CaseView, StageView};
use tests::Engine;

/// The household of the person whose own RUC is [`NATURAL`].
const HOME: Employer = Employer {
    number: "1700000019",
    representative: "1700000019",
};

#[rstest]
#[case(NATURAL, HOME)]
#[case(HOME, NATURAL)]
#[tokio::test]
async fn whoever_holds_both_is_told_of_the_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] employer: Employer,
    #[case] other: Employer,
) {
    let world = world(engine).await;
    employer.settle(&world, Condition::Good).await;
    other.settle(&world, Condition::Good).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = employer.reach_link(&world, &mut browser).await;
    let done = reset(&mut world.browser(), &token, GOOD).await.unwrap();
    let linked = vec![other.identifier().masked()];
    assert_eq!(done.linked, linked);
    let at = world.now();
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        StageView::Completed { at, linked }
    );
}

#[rstest]
#[tokio::test]
async fn an_account_that_somebody_else_holds_is_not_linked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let stranger = Employer {
        representative: OTHER.representative,
        ..HOME
    };
    for (employer, other) in [(NATURAL, stranger), (COMPANY, OTHER), (NATURAL, HOUSEHOLD)] {
        let world = world(engine).await;
        other.settle(&world, Condition::Good).await;
        employer.settle(&world, Condition::Good).await;
        let token = employer.reach_link(&world, &mut world.browser()).await;
        let done = reset(&mut world.browser(), &token, GOOD).await.unwrap();
        assert!(done.linked.is_empty(), "{employer:?} {:?}", done.linked);
    }
}

#[rstest]
#[case("1700000019")]
#[case("1700000019000")]
#[case("170000001-9")]
#[case(" 1700 0000 19 000 ")]
#[tokio::test]
async fn a_household_is_typed_as_a_cedula_with_or_without_000(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] typed: &str,
) {
    let world = world(engine).await;
    HOME.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let solution = HOME.captcha(&mut browser).await;
    let mut asked = serde_json::to_value(HOME.identification(solution)).unwrap();
    asked["employer"] = typed.into();
    let case: CaseView = browser.post("/api/v1/recoveries", asked.to_string()).await.json();
    let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}

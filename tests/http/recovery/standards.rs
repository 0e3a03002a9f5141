//! Without questions (profile `standards`), and the other routes from wherever they are open.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::policy::{Policy, Profile};
use shared::recovery::api::{Abandon, CaseView, ChooseRoute, Empty, Refusal, Route, RouteChoice, StageView};
use shared::registries::Registry;
use shared::time::Deadline;
use std::time::Duration;
use tests::{Browser, Engine, World};

const BOTH: &[Route] = &[Route::Signature, Route::Counter];

/// How long a case waits for a signed request: as long as the request's own case.
const SIGNATURE: Duration = Duration::from_hours(2);

pub async fn standards(engine: Engine) -> World {
    with(engine, |policy| {
        let standards = Policy::of(Profile::Standards);
        policy.challenges = standards.challenges;
        policy.link = standards.link;
    })
    .await
}

async fn choose(browser: &mut Browser, route: Route) -> Result<CaseView, ErrorCode> {
    browser
        .call::<ChooseRoute>(&RouteChoice { route })
        .await
        .map_err(|problem| problem.code)
}

#[rstest]
#[tokio::test]
async fn without_questions_everybody_is_sent_to_the_other_routes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for condition in [
        Condition::Good,
        Condition::NoEmail,
        Condition::Blocked,
        Condition::Frozen,
        Condition::Inactive,
        Condition::NoAccount,
    ] {
        let world = standards(engine).await;
        COMPANY.settle(&world, condition).await;
        let deadline = Deadline::after(world.now(), SIGNATURE);
        let officer = Deadline::after(world.now(), Duration::from_hours(24 * 14));
        for employer in [COMPANY, UNKNOWN] {
            let mut browser = world.browser();
            let case = employer.identify(&mut browser).await.unwrap();
            assert_eq!(case.stage, StageView::AwaitingSignature { deadline });
            assert_eq!(case.routes, [Route::Counter]);
            assert_eq!(
                current(&mut browser).await.unwrap(),
                case,
                "a reload shows the same"
            );
            let late = answer(&mut browser, &[]).await.unwrap_err();
            assert_eq!(late.code, ErrorCode::CaseAtOtherStage, "nothing is asked");

            let chosen = choose(&mut browser, Route::Counter).await.unwrap();
            assert_eq!(chosen.stage, StageView::AwaitingOfficer { deadline: officer });
            assert_eq!(chosen.routes, [Route::Signature]);
            assert_eq!(
                choose(&mut browser, Route::Counter).await,
                Err(ErrorCode::CaseAtOtherStage)
            );
            assert_eq!(
                choose(&mut browser, Route::Signature).await.unwrap().stage,
                case.stage
            );
            browser.call::<Abandon>(&Empty {}).await.unwrap();
        }
        assert_eq!(world.registries.asked(), 0, "nothing is asked of any registry");
        deliver(&world).await;
        assert!(world.mails().is_empty());
    }
}

#[rstest]
#[tokio::test]
async fn a_case_without_questions_lapses_at_its_deadline(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = standards(engine).await;
    let mut browser = world.browser();
    let case = UNKNOWN.identify(&mut browser).await.unwrap();
    world.advance(SIGNATURE.saturating_sub(Duration::from_micros(1)));
    assert_eq!(current(&mut browser).await.unwrap().stage, case.stage);
    world.advance(Duration::from_micros(1));
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Ended { .. }), "{view:?}");
    assert!(view.routes.is_empty());
    assert_eq!(
        choose(&mut browser, Route::Counter).await,
        Err(ErrorCode::CaseAtOtherStage)
    );
}

#[rstest]
#[tokio::test]
async fn the_other_routes_stay_open_from_questions_a_suspension_and_an_outage(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(COMPANY, UNKNOWN)] employer: Employer,
    #[values(Route::Signature, Route::Counter)] route: Route,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;

    let mut asked = world.browser();
    assert_eq!(employer.identify(&mut asked).await.unwrap().routes, BOTH);

    let mut suspended = world.browser();
    let case = employer.identify(&mut suspended).await.unwrap();
    let wrong = wrong(&questions(&case));
    for _ in 0..2 {
        answer(&mut suspended, &wrong).await.unwrap();
    }
    let view = answer(&mut suspended, &wrong).await.unwrap();
    assert!(matches!(view.stage, StageView::Suspended { .. }), "{view:?}");
    assert_eq!(view.routes, BOTH);

    world.registries.fail(Registry::Sri);
    let mut waiting = world.browser();
    let view = employer.identify(&mut waiting).await.unwrap();
    assert!(
        matches!(view.stage, StageView::RegistryUnavailable { .. }),
        "{view:?}"
    );
    assert_eq!(view.routes, BOTH);

    let officer = Deadline::after(world.now(), Duration::from_hours(24 * 14));
    let signature = Deadline::after(world.now(), SIGNATURE);
    for browser in [&mut asked, &mut suspended, &mut waiting] {
        assert_eq!(
            choose(browser, Route::Online).await,
            Err(ErrorCode::CaseAtOtherStage)
        );
        let view = choose(browser, route).await.unwrap();
        let expected = match route {
            Route::Signature => StageView::AwaitingSignature { deadline: signature },
            Route::Counter | Route::Online => StageView::AwaitingOfficer { deadline: officer },
        };
        assert_eq!(view.stage, expected);
    }
}

#[rstest]
#[case(Condition::NoEmail, Refusal::NoEmail, BOTH)]
#[case(Condition::Blocked, Refusal::AccountBlocked, &[])]
#[case(Condition::Frozen, Refusal::AccountFrozen, &[Route::Counter])]
#[case(Condition::Inactive, Refusal::RucInactive, &[])]
#[tokio::test]
async fn a_refusal_names_the_routes_that_lead_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] condition: Condition,
    #[case] reason: Refusal,
    #[case] open: &[Route],
) {
    for route in BOTH {
        let world = world(engine).await;
        COMPANY.settle(&world, condition).await;
        let mut browser = world.browser();
        let case = COMPANY.identify(&mut browser).await.unwrap();
        let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
        assert_eq!(view.stage, StageView::Refused { reason });
        assert_eq!(view.routes, open);
        let chosen = choose(&mut browser, *route).await;
        if open.contains(route) {
            assert!(chosen.is_ok(), "{chosen:?}");
        } else {
            assert_eq!(chosen, Err(ErrorCode::CaseAtOtherStage));
        }
    }
}

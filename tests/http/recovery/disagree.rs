//! Records that contradict each other: told only to whoever answers rightly, and never a link.

use super::people::*;
use rstest::rstest;
use shared::recovery::api::{Correction, Refusal, Route, StageView};
use shared::registries::TaxpayerKind;
use tests::{Engine, World};

/// Who stands where instead of the representative.
#[derive(Clone, Copy, Debug)]
enum Change {
    Superintendencia,
    Iess,
}

async fn change(world: &World, employer: Employer, what: Change) {
    match what {
        Change::Superintendencia => employer.appoint(world, OTHER.representative),
        Change::Iess => employer.record_as(world, OTHER.representative).await,
    }
}

#[rstest]
#[case(Change::Superintendencia, Correction::Appointment)]
#[case(Change::Iess, Correction::Representative)]
#[tokio::test]
async fn a_contradiction_is_told_after_right_answers_and_no_link_is_sent(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("before", "meanwhile")] when: &str,
    #[case] changed: Change,
    #[case] correction: Correction,
) {
    let world = world(engine).await;
    OTHER.settle(&world, Condition::Good).await;
    COMPANY.settle(&world, Condition::Good).await;
    if when == "before" {
        change(&world, COMPANY, changed).await;
    }
    let (mut owner, mut guesser) = (world.browser(), world.browser());
    let case = COMPANY.identify(&mut owner).await.unwrap();
    COMPANY.identify(&mut guesser).await.unwrap();
    if when == "meanwhile" {
        change(&world, COMPANY, changed).await;
    }
    let view = answer(&mut guesser, &wrong(&questions(&case))).await.unwrap();
    assert!(
        matches!(view.stage, StageView::Questions { failures: 1, .. }),
        "before the proof nothing is told: {view:?}"
    );

    let view = answer(&mut owner, &right(&questions(&case))).await.unwrap();
    let reason = Refusal::RecordsDisagree(correction);
    assert_eq!(view.stage, StageView::Refused { reason });
    assert_eq!(view.routes, [Route::Counter]);
    deliver(&world).await;
    assert!(world.mails().is_empty());
    // The right answers failed nobody: only the guess counts.
    assert_eq!(super::outage::attempts(&world).await, 1);
}

#[rstest]
#[tokio::test]
async fn whom_no_registry_names_any_more_proves_nothing_with_an_open_case(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    OTHER.settle(&world, Condition::Good).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let asked = questions(&COMPANY.identify(&mut browser).await.unwrap());
    change(&world, COMPANY, Change::Superintendencia).await;
    change(&world, COMPANY, Change::Iess).await;
    // The set still knows the right answers.
    for failures in 1..=2 {
        let view = answer(&mut browser, &right(&asked)).await.unwrap();
        assert!(
            matches!(view.stage, StageView::Questions { failures: counted, .. } if counted == failures),
            "{view:?}"
        );
    }
    let view = answer(&mut browser, &right(&asked)).await.unwrap();
    assert!(matches!(view.stage, StageView::Suspended { .. }), "{view:?}");
}

#[rstest]
#[tokio::test]
async fn the_new_representative_learns_which_record_is_old(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    OTHER.settle(&world, Condition::Good).await;
    COMPANY.settle(&world, Condition::Good).await;
    // The Superintendencia knows the new one, the institute does not yet.
    change(&world, COMPANY, Change::Superintendencia).await;
    let newcomer = Employer {
        representative: OTHER.representative,
        ..COMPANY
    };
    let mut browser = world.browser();
    let case = newcomer.identify(&mut browser).await.unwrap();
    let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let reason = Refusal::RecordsDisagree(Correction::Representative);
    assert_eq!(view.stage, StageView::Refused { reason });
    // The institute corrects its record: the same answers lead to a link.
    change(&world, COMPANY, Change::Iess).await;
    newcomer.reach_link(&world, &mut world.browser()).await;
}

#[rstest]
#[tokio::test]
async fn a_natural_persons_number_is_nobody_elses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    OTHER.settle(&world, Condition::Good).await;
    NATURAL.settle(&world, Condition::Good).await;
    let shared::identifiers::EmployerIdentifier::Ruc(ruc) = NATURAL.identifier() else {
        panic!("a RUC")
    };
    let mut taxpayer = world.app.registries.taxpayer(&ruc).await.unwrap().unwrap();
    taxpayer.kind = Some(TaxpayerKind::NaturalPerson);
    world.registries.know_taxpayer(taxpayer);
    NATURAL.reach_link(&world, &mut world.browser()).await;

    // The institute names somebody else: the number is still that person's.
    change(&world, NATURAL, Change::Iess).await;
    let another = Employer {
        representative: OTHER.representative,
        ..NATURAL
    };
    for employer in [NATURAL, another] {
        let mut browser = world.browser();
        let case = employer.identify(&mut browser).await.unwrap();
        let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
        let reason = Refusal::RecordsDisagree(Correction::Representative);
        assert_eq!(view.stage, StageView::Refused { reason }, "{employer:?}");
    }
}

//! What a stranger can learn from the first answer: nothing.

use super::people::*;
use rstest::rstest;
use serde_json::Value;
use shared::recovery::api::StageView;
use std::collections::BTreeSet;
use tests::{Engine, World};

/// Where a value is, and of what kind; not what it is.
fn shape(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, field)| shape(field, &format!("{path}.{name}"), into)),
        Value::Array(items) => items
            .iter()
            .for_each(|item| shape(item, &format!("{path}[]"), into)),
        Value::Null => drop(into.insert(format!("{path}: null"))),
        Value::Bool(_) => drop(into.insert(format!("{path}: bool"))),
        Value::Number(_) => drop(into.insert(format!("{path}: number"))),
        Value::String(_) => drop(into.insert(format!("{path}: string"))),
    }
}

async fn settled(engine: Engine, name: &str) -> (World, Employer) {
    let world = world(engine).await;
    OTHER.settle(&world, Condition::Good).await;
    let employer = match name {
        "unknown" => UNKNOWN,
        "mismatch" => {
            COMPANY.settle(&world, Condition::Good).await;
            Employer {
                representative: OTHER.representative,
                ..COMPANY
            }
        }
        "contradicted" => {
            COMPANY.settle(&world, Condition::Good).await;
            COMPANY.record_as(&world, OTHER.representative).await;
            COMPANY
        }
        name => {
            let condition = match name {
                "inactive" => Condition::Inactive,
                "blocked" => Condition::Blocked,
                "frozen" => Condition::Frozen,
                "no e-mail" => Condition::NoEmail,
                "no account" => Condition::NoAccount,
                _ => Condition::Good,
            };
            COMPANY.settle(&world, condition).await;
            COMPANY
        }
    };
    if name == "suspended" {
        let mut browser = world.browser();
        let case = employer.identify(&mut browser).await.unwrap();
        for _ in 0..3 {
            answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
        }
    }
    (world, employer)
}

#[rstest]
#[tokio::test]
async fn every_identification_is_answered_alike(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let names = [
        "good",
        "unknown",
        "inactive",
        "mismatch",
        "blocked",
        "frozen",
        "suspended",
        "no e-mail",
        "no account",
        "contradicted",
    ];
    for name in names {
        let (world, employer) = settled(engine, name).await;
        let mut browser = world.browser();
        let captcha = employer.captcha(&mut browser).await;
        let asked = world.registries.asked();
        let body = serde_json::to_string(&employer.identification(captcha)).unwrap();
        let reply = browser.post("/api/v1/recoveries", body).await;
        assert_eq!(
            world.registries.asked() - asked,
            4,
            "{name}: every registry is asked once"
        );
        assert_eq!(reply.status, 200, "{name}");
        let mut headers: Vec<_> = reply.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        let body: Value = reply.json();
        let view: shared::recovery::api::CaseView = reply.json();
        let StageView::Questions {
            questions,
            failures,
            attempts_left,
            ..
        } = &view.stage
        else {
            panic!("{name}")
        };
        assert_eq!((questions.len(), *failures, *attempts_left), (3, 0, 3), "{name}");
        let mut found = BTreeSet::new();
        shape(&body, "", &mut found);
        // Which kinds were drawn differs; everything around them does not.
        found.retain(|place| !place.starts_with(".stage.questions[]"));
        insta::allow_duplicates! {
            insta::assert_debug_snapshot!(found, @r#"
            {
                ".now: number",
                ".reference: string",
                ".routes[]: string",
                ".stage.attempts_left: number",
                ".stage.deadline: number",
                ".stage.failures: number",
                ".stage.stage: string",
            }
            "#);
            insta::assert_debug_snapshot!(headers.contains(&"set-cookie".to_owned()), @"true");
        }
    }
}

#[rstest]
#[tokio::test]
async fn the_choices_about_an_employer_do_not_tell_who_represents_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    // The canton of a head office is public: it is offered whoever is typed as the representative.
    let (mut right_pair, mut wrong_pair) = (None, None);
    for seed in 1..40 {
        let world = World::with(engine, |setup| {
            setup.seed = seed;
            setup.config.policy.captcha.memory_kib = 8;
            setup.config.policy.captcha.parts = 1;
            setup.config.policy.captcha.base_bits = 0;
            setup.config.policy.captcha.max_bits = 0;
        })
        .await;
        COMPANY.settle(&world, Condition::Good).await;
        OTHER.settle(&world, Condition::Good).await;
        for (employer, seen) in [
            (COMPANY, &mut right_pair),
            (
                Employer {
                    representative: OTHER.representative,
                    ..COMPANY
                },
                &mut wrong_pair,
            ),
        ] {
            let case = employer.identify(&mut world.browser()).await.unwrap();
            let canton = questions(&case)
                .into_iter()
                .find(|question| question.kind == shared::challenges::QuestionKind::HeadOfficeCanton);
            *seen = seen.take().or(canton);
        }
        if right_pair.is_some() && wrong_pair.is_some() {
            break;
        }
    }
    assert!(right_pair.is_some());
    assert_eq!(right_pair, wrong_pair);
}

#[rstest]
#[tokio::test]
async fn who_was_replaced_is_asked_the_same_and_proves_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let (mut before, mut after) = (world.browser(), world.browser());
    let case = COMPANY.identify(&mut before).await.unwrap();
    let asked = questions(&case);

    COMPANY.record_as(&world, OTHER.representative).await;
    COMPANY.appoint(&world, OTHER.representative);
    let case = COMPANY.identify(&mut after).await.unwrap();
    assert_eq!(questions(&case), asked);
    // Neither the new case nor the one from before, which has the same set.
    for (browser, count) in [(&mut after, 1), (&mut before, 2)] {
        let view = answer(browser, &right(&asked)).await.unwrap();
        assert!(
            matches!(view.stage, StageView::Questions { failures, .. } if failures == count),
            "{view:?}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn asking_again_costs_the_current_representative_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let asked = questions(&COMPANY.identify(&mut world.browser()).await.unwrap());
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    assert_eq!(questions(&case), asked);
    let view = answer(&mut browser, &right(&asked)).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}

/// What the registries say for a minute, and then not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Minute {
    /// Neither knows the employer.
    NotFound,
    /// Both name somebody else.
    AnotherNamed,
}

#[rstest]
#[tokio::test]
async fn a_minute_in_which_nobody_knows_the_pair_does_not_cost_its_owner_the_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Minute::NotFound, Minute::AnotherNamed)] minute: Minute,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    OTHER.settle(&world, Condition::Good).await;
    let asked = questions(&COMPANY.identify(&mut world.browser()).await.unwrap());

    match minute {
        Minute::NotFound => world.registries.forget_employer(&COMPANY.identifier()),
        Minute::AnotherNamed => COMPANY.name(&world, OTHER.representative, OTHER.representative),
    }
    // The owner, or anybody who types the two numbers.
    let mut browser = world.browser();
    assert_eq!(questions(&COMPANY.identify(&mut browser).await.unwrap()), asked);
    COMPANY.name(&world, COMPANY.representative, COMPANY.representative);
    let view = answer(&mut browser, &right(&asked)).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    assert_eq!(super::outage::attempts(&world).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_set_drawn_while_others_were_named_can_be_answered_afterwards(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    OTHER.settle(&world, Condition::Good).await;
    COMPANY.name(&world, OTHER.representative, OTHER.representative);
    let mut browser = world.browser();
    let asked = questions(&COMPANY.identify(&mut browser).await.unwrap());
    let view = answer(&mut browser, &right(&asked)).await.unwrap();
    assert!(
        matches!(view.stage, StageView::Questions { failures: 1, .. }),
        "right answers of whom nobody names prove nothing: {view:?}"
    );
    COMPANY.name(&world, COMPANY.representative, COMPANY.representative);
    let view = answer(&mut browser, &right(&asked)).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}

/// How many rows the tables of the recovery hold.
async fn rows(world: &World) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "SELECT COUNT(*) FROM challenge_attempts",
        "SELECT COUNT(*) FROM suspensions",
        "SELECT COUNT(*) FROM audit_events",
        "SELECT COUNT(*) FROM captcha_failures",
        "SELECT COUNT(*) FROM outbox",
        "SELECT COUNT(*) FROM rate_limits",
    ] {
        let mut tx = world.app.store.read().await.unwrap();
        let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(table).fetch_one(conn)).unwrap();
        counts.push(count);
    }
    counts
}

#[rstest]
#[tokio::test]
async fn right_answers_without_an_account_are_as_wrong_as_any(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut all = Vec::new();
    for (employer, give) in [
        (COMPANY, right as fn(&[_]) -> Vec<_>),
        (COMPANY, wrong),
        (UNKNOWN, right),
    ] {
        let world = world(engine).await;
        COMPANY.settle(&world, Condition::NoAccount).await;
        let mut browser = world.browser();
        let asked = questions(&employer.identify(&mut browser).await.unwrap());
        let mut seen = Vec::new();
        for _ in 0..3 {
            let mut view = answer(&mut browser, &give(&asked)).await.unwrap();
            if let StageView::Questions { questions, .. } = &mut view.stage {
                questions.clear();
            }
            seen.push((view.stage, view.routes, rows(&world).await));
        }
        assert!(matches!(seen[2].0, StageView::Suspended { .. }), "{seen:?}");
        all.push(seen);
    }
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
}

#[rstest]
#[tokio::test]
async fn a_case_s_answers_are_limited_before_anybody_is_asked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut refusals = Vec::new();
    for employer in [COMPANY, UNKNOWN] {
        let world = with(engine, |policy| policy.limits.per_identifier.count = 2).await;
        COMPANY.settle(&world, Condition::Good).await;
        let mut browser = world.browser();
        let asked = questions(&employer.identify(&mut browser).await.unwrap());
        for _ in 0..2 {
            answer(&mut browser, &wrong(&asked)).await.unwrap();
        }
        let before = (world.registries.asked(), super::outage::attempts(&world).await);
        let mut refused = answer(&mut browser, &right(&asked)).await.unwrap_err();
        assert_eq!(refused.code, shared::api::ErrorCode::RateLimited);
        assert!(refused.retry_after.is_some());
        let after = (world.registries.asked(), super::outage::attempts(&world).await);
        assert_eq!(before, after, "nobody was asked and nothing was counted");
        refused.reference = None;
        refusals.push(refused);
        // Another case of the same employer has its own: no stranger spends the owner's.
        let mut owner = world.browser();
        let asked = questions(&employer.identify(&mut owner).await.unwrap());
        let view = answer(&mut owner, &right(&asked)).await.unwrap();
        assert_eq!(
            matches!(view.stage, StageView::Sending { .. }),
            employer.number == COMPANY.number,
            "{view:?}"
        );
    }
    assert_eq!(refusals[0], refusals[1]);
}

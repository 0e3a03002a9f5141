//! Nothing about an employer is told, because nothing is looked up.

use super::people::*;
use crate::recovery::people::Condition;
use rstest::rstest;
use serde_json::Value;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn known_and_unknown_employers_are_answered_alike(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 10).await;
    COMPANY.settle(&world, Condition::Good).await;
    OTHER.settle(&world, Condition::Blocked).await;
    let mut answers = Vec::new();
    for whose in [COMPANY, OTHER, UNKNOWN] {
        let mut browser = world.browser();
        let view = book(&mut browser, whose, centre, slot(0)).await;
        let mut view = serde_json::to_value(&view).unwrap();
        // What was drawn or typed is different; everything else is the same.
        view["code"] = Value::Null;
        view["employer"] = Value::Null;
        answers.push(view);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    deliver(&world).await;
    let to: Vec<String> = world.mails().iter().map(|mail| mail.to.to_string()).collect();
    assert!(
        to.iter().all(|address| address == "ana@correo.example"),
        "mails go to whoever made the appointment and to no registered address: {to:?}"
    );
}

#[rstest]
#[tokio::test]
async fn no_registry_is_asked(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    COMPANY.settle(&world, Condition::Good).await;
    let asked = world.registries.asked();
    book(&mut world.browser(), COMPANY, centre, slot(0)).await;
    assert_eq!(world.registries.asked(), asked);
}

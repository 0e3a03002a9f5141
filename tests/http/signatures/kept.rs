//! What is kept of a judged file, by whom it is looked at again, and until when.

use super::people::*;
use rstest::rstest;
use server::documents::service as documents;
use server::on;
use server::signatures::review::Review;
use server::signatures::service;
use shared::api::ErrorCode;
use shared::identifiers::DocumentId;
use shared::recovery::Route;
use shared::recovery::api::{ChooseRoute, RouteChoice};
use shared::signatures::Purpose;
use shared::signatures::api::Continued;
use tests::{Engine, World};
use uuid::Uuid;

const REFERRALS: &str = "SELECT COUNT(*) FROM signature_referrals";
const EVIDENCE: &str = "SELECT COUNT(*) FROM signature_evidence";

/// The documents of the only evidence there is: the request, the file, the opinion.
async fn papers(world: &World) -> [Vec<u8>; 3] {
    let mut tx = world.app.store.read().await.unwrap();
    let (request, file, opinion): (Uuid, Uuid, Uuid) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT request_document, file_document, opinion_document FROM signature_evidence"
    )
    .fetch_one(conn))
    .unwrap();
    drop(tx);
    let read = |id: Uuid| documents::read(&world.app, DocumentId::from_uuid(id));
    [
        read(request).await.unwrap(),
        read(file).await.unwrap(),
        read(opinion).await.unwrap(),
    ]
}

#[rstest]
#[case::passed("signed")]
#[case::referred("unsure")]
#[tokio::test]
async fn the_evidence_is_the_request_the_file_and_the_opinion(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] word: &str,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let issued = fetch(&mut browser).await.body;
    let file = with_behind(&mut browser, word).await;
    let view = upload(&mut browser, file.clone()).await.unwrap();
    let [request, kept, opinion] = papers(&world).await;
    assert_eq!((request.as_slice(), kept), (&issued[..], file));
    let opinion: notary::Opinion = serde_json::from_slice(&opinion).unwrap();
    let shown = view.verdict.unwrap();
    for line in shown.lines {
        assert_eq!(opinion.findings.of(line.check), line.finding, "{:?}", line.check);
    }
}

/// A row of a referral has what somebody typed in clear: it goes with the documents that it is about.
#[rstest]
#[tokio::test]
async fn a_referral_is_kept_as_long_as_its_evidence(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let file = with_behind(&mut browser, "unsure").await;
    upload(&mut browser, file).await.unwrap();
    let life = world.app.policy.retention.signature();
    world.advance(life.saturating_sub(TICK));
    service::purge(&world.app, world.now()).await.unwrap();
    assert_eq!(
        (rows(&world, REFERRALS).await, rows(&world, EVIDENCE).await),
        (1, 1)
    );
    world.advance(TICK);
    service::purge(&world.app, world.now()).await.unwrap();
    assert_eq!(
        (rows(&world, REFERRALS).await, rows(&world, EVIDENCE).await),
        (0, 0)
    );
}

/// The case forgets what was typed; whoever has to decide still sees who was to sign.
#[rstest]
#[case::passed("signed")]
#[case::referred("unsure")]
#[tokio::test]
async fn a_file_that_is_looked_at_again_is_held_against_who_was_to_sign(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] word: &str,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let file = with_behind(&mut browser, word).await;
    upload(&mut browser, file).await.unwrap();
    let review = Review::of(&world.app, &opened.reference).await.unwrap().unwrap();
    let holder = review.expectation.holder.expect("who was to sign");
    assert_eq!(holder.representative, COMPANY.representative.parse().unwrap());
}

#[rstest]
#[tokio::test]
async fn one_captcha_is_worth_no_more_continuations_than_a_case_has_tries(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.limits.per_identifier.count = 3).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    COMPANY.identify(&mut browser).await.unwrap();
    let route = RouteChoice {
        route: Route::Signature,
    };
    browser.call::<ChooseRoute>(&route).await.unwrap();
    for _ in 0..3 {
        go_on(&mut browser, Continued::Recovery).await.unwrap();
    }
    let refused = go_on(&mut browser, Continued::Recovery).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RateLimited);
}

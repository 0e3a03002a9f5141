//! Every order of calls but the right one.

use super::people::*;
use rstest::rstest;
use server::unlock::COOKIE;
use shared::api::ErrorCode;
use shared::notifications::Channel;
use shared::recovery::Route;
use shared::secrets::Secret;
use shared::unlock::api::{
    AbandonUnlock, ChooseUnlockRoute, Empty, LinkToken, OpenUnlock, RenewUnlockChallenge, RouteChoice,
    UnlockAssertion, UnlockStageView,
};
use tests::{Browser, Engine};

async fn route(browser: &mut Browser, route: Route) -> Result<UnlockStageView, ErrorCode> {
    let view = browser.call::<ChooseUnlockRoute>(&RouteChoice { route }).await;
    view.map(|view| view.stage).map_err(|problem| problem.code)
}

/// What every call of the procedure but the given one is answered.
async fn answers(
    browser: &mut Browser,
    assertion: &UnlockAssertion,
    but: &[&str],
) -> Vec<(&'static str, Result<(), ErrorCode>)> {
    let mut answers = Vec::new();
    if !but.contains(&"assertion") {
        let view = assert_with(browser, assertion).await;
        answers.push(("assertion", view.map(drop).map_err(|problem| problem.code)));
    }
    if !but.contains(&"challenge") {
        let view = browser.call::<RenewUnlockChallenge>(&Empty {}).await;
        answers.push(("challenge", view.map(drop).map_err(|problem| problem.code)));
    }
    if !but.contains(&"channel") {
        let view = choose(browser, Channel::Email).await;
        answers.push(("channel", view.map(drop).map_err(|problem| problem.code)));
    }
    if !but.contains(&"route") {
        answers.push(("signature", route(browser, Route::Signature).await.map(drop)));
        answers.push(("counter", route(browser, Route::Counter).await.map(drop)));
    }
    answers.push(("online", route(browser, Route::Online).await.map(drop)));
    answers
}

fn all_refused(answers: &[(&str, Result<(), ErrorCode>)], code: ErrorCode) {
    for (call, answer) in answers {
        assert_eq!(*answer, Err(code), "{call}");
    }
}

#[rstest]
#[tokio::test]
async fn nothing_works_before_the_identification(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    let opened = open(COMPANY, &mut world.browser()).await.unwrap();
    let assertion = signed(&mut device, &opened).await;
    let other_procedure = {
        let mut browser = world.browser();
        COMPANY.identify(&mut browser).await.unwrap();
        browser.cookie(server::recovery::COOKIE).unwrap().to_owned()
    };
    for cookie in ["", "x", &"A".repeat(43), &other_procedure] {
        let mut browser = world.browser();
        if !cookie.is_empty() {
            browser.plant(COOKIE, cookie);
        }
        let missing = ErrorCode::CaseMissing;
        assert_eq!(current(&mut browser).await.unwrap_err().code, missing);
        let mut refused = answers(&mut browser, &assertion, &[]).await;
        refused.pop();
        all_refused(&refused, missing);
        let abandoned = browser.call::<AbandonUnlock>(&Empty {}).await.unwrap_err();
        assert_eq!(abandoned.code, missing);
        let events = browser.get("/api/v1/unlock/events").await;
        assert_eq!(events.problem().code, missing);
    }
    let token = LinkToken {
        token: Secret::new("A".repeat(43)),
    };
    let code = ErrorCode::LinkInvalid;
    assert_eq!(
        confirm(&mut world.browser(), &token).await.unwrap_err().code,
        code
    );
}

#[rstest]
#[tokio::test]
async fn each_stage_takes_only_its_own_calls(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser).await.unwrap();
    let other = ErrorCode::CaseAtOtherStage;
    let assertion = signed(&mut device, &opened).await;
    let before_proof = answers(&mut browser, &assertion, &["assertion", "challenge", "route"]).await;
    all_refused(&before_proof, other);

    assert_with(&mut browser, &assertion).await.unwrap();
    all_refused(&answers(&mut browser, &assertion, &["channel"]).await, other);

    choose(&mut browser, Channel::Email).await.unwrap();
    all_refused(&answers(&mut browser, &assertion, &[]).await, other);
    deliver(&world).await;
    all_refused(&answers(&mut browser, &assertion, &[]).await, other);

    let token = by_mail(&world).remove(0);
    confirm(&mut browser, &token).await.unwrap();
    all_refused(&answers(&mut browser, &assertion, &[]).await, other);
    browser.call::<AbandonUnlock>(&Empty {}).await.unwrap();
    assert_eq!(by_mail(&world).len(), 1, "no call made another link");
    assert_eq!(audited(&world, "unlock_ended").await, 0);
    assert_eq!(
        current(&mut browser).await.unwrap_err().code,
        ErrorCode::CaseMissing
    );
}

#[rstest]
#[tokio::test]
async fn the_other_routes_lead_away_from_the_passkey(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser).await.unwrap();
    let assertion = signed(&mut device, &opened).await;
    let signature = route(&mut browser, Route::Signature).await.unwrap();
    assert!(matches!(signature, UnlockStageView::AwaitingSignature { .. }));
    let other = ErrorCode::CaseAtOtherStage;
    all_refused(&answers(&mut browser, &assertion, &["route"]).await, other);
    let counter = route(&mut browser, Route::Counter).await.unwrap();
    assert!(matches!(counter, UnlockStageView::AwaitingOfficer { .. }));
    all_refused(&answers(&mut browser, &assertion, &["route"]).await, other);
    browser.call::<AbandonUnlock>(&Empty {}).await.unwrap();
    assert_eq!(audited(&world, "unlock_ended").await, 1);
}

#[rstest]
#[tokio::test]
async fn another_browser_touches_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    settle(&world, OTHER, Condition::Blocked).await;
    let (mut owner, mut stranger) = (world.browser(), world.browser());
    let case = open(COMPANY, &mut owner).await.unwrap();
    open(OTHER, &mut stranger).await.unwrap();
    // The owner's signature, sent for the stranger's case.
    let assertion = signed(&mut device, &case).await;
    let view = assert_with(&mut stranger, &assertion).await.unwrap();
    assert!(
        matches!(view.stage, UnlockStageView::Passkey { attempts_left: 4, .. }),
        "{view:?}"
    );
    stranger.call::<AbandonUnlock>(&Empty {}).await.unwrap();
    assert_eq!(current(&mut owner).await.unwrap(), case);
    let proved = assert_with(&mut owner, &assertion).await.unwrap();
    assert!(
        matches!(proved.stage, UnlockStageView::Channel { .. }),
        "{proved:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_captcha_opens_one_case_for_one_employer_and_this_procedure(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut browser = world.browser();
    let refused = ErrorCode::CaptchaRefused;
    let for_recovery = COMPANY.identification(COMPANY.captcha(&mut browser).await);
    let problem = browser.call::<OpenUnlock>(&for_recovery).await.unwrap_err();
    assert_eq!(problem.code, refused);
    let captcha = captcha(COMPANY, &mut browser).await;
    let elsewhere = OTHER.identification(captcha.clone());
    assert_eq!(
        browser.call::<OpenUnlock>(&elsewhere).await.unwrap_err().code,
        refused
    );
    let once = COMPANY.identification(captcha);
    browser.call::<OpenUnlock>(&once).await.unwrap();
    assert_eq!(browser.call::<OpenUnlock>(&once).await.unwrap_err().code, refused);
    assert_eq!(
        world.registries.asked(),
        0,
        "no registry is asked before a passkey is shown"
    );
}

//! Every order of calls but the right one.

use super::people::*;
use rstest::rstest;
use server::recovery::COOKIE;
use shared::api::ErrorCode;
use shared::recovery::api::{Abandon, AnswerQuestions, Answers, Empty, LinkToken, Resume, StageView};
use shared::secrets::Secret;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn nothing_works_before_the_identification(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    for cookie in [None, Some(""), Some("x"), Some(&*"A".repeat(43))] {
        if let Some(cookie) = cookie {
            browser.plant(COOKIE, cookie);
        }
        assert_eq!(
            current(&mut browser).await.unwrap_err().code,
            ErrorCode::CaseMissing
        );
        assert_eq!(
            answer(&mut browser, &[]).await.unwrap_err().code,
            ErrorCode::CaseMissing
        );
        assert_eq!(
            browser.call::<Resume>(&Empty {}).await.unwrap_err().code,
            ErrorCode::CaseMissing
        );
        assert_eq!(
            browser.call::<Abandon>(&Empty {}).await.unwrap_err().code,
            ErrorCode::CaseMissing
        );
        assert_eq!(
            browser.get("/api/v1/recovery/events").await.problem().code,
            ErrorCode::CaseMissing
        );
    }
    let token = LinkToken {
        token: Secret::new("A".repeat(43)),
    };
    assert_eq!(
        reset(&mut browser, &token, GOOD).await.unwrap_err().code,
        ErrorCode::LinkInvalid
    );
}

#[rstest]
#[tokio::test]
async fn each_stage_takes_only_its_own_calls(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let answers = right(&questions(&case));
    let other_stage = Err(ErrorCode::CaseAtOtherStage);
    assert_eq!(
        browser
            .call::<Resume>(&Empty {})
            .await
            .map(|_| ())
            .map_err(|problem| problem.code),
        other_stage
    );

    answer(&mut browser, &answers).await.unwrap();
    let again = answer(&mut browser, &answers)
        .await
        .map(|_| ())
        .map_err(|problem| problem.code);
    assert_eq!(again, other_stage, "answers count once");
    deliver(&world).await;
    let again = answer(&mut browser, &answers)
        .await
        .map(|_| ())
        .map_err(|problem| problem.code);
    assert_eq!(again, other_stage);
    assert_eq!(
        browser
            .call::<Resume>(&Empty {})
            .await
            .map(|_| ())
            .map_err(|problem| problem.code),
        other_stage
    );

    let token = token(&world);
    reset(&mut browser, &token, GOOD).await.unwrap();
    let again = answer(&mut browser, &answers)
        .await
        .map(|_| ())
        .map_err(|problem| problem.code);
    assert_eq!(again, other_stage);
    assert_eq!(
        reset(&mut browser, &token, BETTER).await.unwrap_err().code,
        ErrorCode::LinkUsed
    );
    browser.call::<Abandon>(&Empty {}).await.unwrap();
    assert_eq!(tokens(&world).len(), 1, "no call made another link");
}

#[rstest]
#[tokio::test]
async fn another_browser_touches_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    OTHER.settle(&world, Condition::Good).await;
    let (mut owner, mut stranger) = (world.browser(), world.browser());
    let case = COMPANY.identify(&mut owner).await.unwrap();
    OTHER.identify(&mut stranger).await.unwrap();
    stranger.call::<Abandon>(&Empty {}).await.unwrap();
    assert_eq!(
        current(&mut stranger).await.unwrap_err().code,
        ErrorCode::CaseMissing
    );
    let view = current(&mut owner).await.unwrap();
    assert_eq!(
        (view.reference, view.stage),
        (case.reference.clone(), case.stage.clone())
    );
    // The right answers of the owner's case, sent for the stranger's.
    let mut stranger = world.browser();
    OTHER.identify(&mut stranger).await.unwrap();
    let _ = stranger
        .call::<AnswerQuestions>(&Answers {
            answers: right(&questions(&case)),
        })
        .await;
    assert!(matches!(
        current(&mut owner).await.unwrap().stage,
        StageView::Questions { failures: 0, .. }
    ));
}

#[rstest]
#[tokio::test]
async fn a_captcha_opens_one_case_for_one_employer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use shared::recovery::api::Identify;
    let world = world(engine).await;
    let mut browser = world.browser();
    let captcha = COMPANY.captcha(&mut browser).await;
    let elsewhere = browser
        .call::<Identify>(&OTHER.identification(captcha.clone()))
        .await
        .unwrap_err();
    assert_eq!(elsewhere.code, ErrorCode::CaptchaRefused);
    browser
        .call::<Identify>(&COMPANY.identification(captcha.clone()))
        .await
        .unwrap();
    let twice = browser
        .call::<Identify>(&COMPANY.identification(captcha))
        .await
        .unwrap_err();
    assert_eq!(twice.code, ErrorCode::CaptchaRefused);
    assert_eq!(
        world.registries.asked(),
        4,
        "no registry is asked without a solved captcha"
    );
}

#[rstest]
#[tokio::test]
async fn the_mail_with_the_link_freezes_the_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use shared::accounts::api::{Freeze, FreezeToken};
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut thief = world.browser();
    let stolen = COMPANY.reach_link(&world, &mut thief).await;
    let mail = world.mails().remove(0);
    let (_, link) = mail.text.split_once("/no-fui-yo#").unwrap();
    let freeze = FreezeToken {
        token: Secret::from(link.split_whitespace().next().unwrap()),
    };
    world.browser().call::<Freeze>(&freeze).await.unwrap();
    let refused = reset(&mut thief, &stolen, GOOD).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::LinkExpired);
}

#[rstest]
#[tokio::test]
async fn a_frozen_account_ends_what_is_under_way(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use shared::accounts::api::{Freeze, FreezeToken};
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let first = COMPANY.reach_link(&world, &mut browser).await;
    reset(&mut browser, &first, GOOD).await.unwrap();
    deliver(&world).await;
    let mail = world
        .mails()
        .into_iter()
        .find(|mail| mail.text.contains("/no-fui-yo#"))
        .unwrap();
    let text = mail
        .text
        .split_once("/no-fui-yo#")
        .unwrap()
        .1
        .split_whitespace()
        .next()
        .unwrap();
    let mut thief = world.browser();
    let second = COMPANY.reach_link(&world, &mut thief).await;
    browser
        .call::<Freeze>(&FreezeToken {
            token: Secret::from(text),
        })
        .await
        .unwrap();
    assert_eq!(
        reset(&mut thief, &second, BETTER).await.unwrap_err().code,
        ErrorCode::LinkExpired
    );
    assert!(matches!(
        current(&mut thief).await.unwrap().stage,
        StageView::Ended { .. }
    ));
}

#[rstest]
#[tokio::test]
async fn asking_again_uses_up_no_chance_of_the_identifier(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.limits.per_identifier.count = 2).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    COMPANY.identify(&mut browser).await.unwrap();
    let asked = world.registries.asked();
    for _ in 0..3 {
        assert_eq!(
            browser.call::<Resume>(&Empty {}).await.unwrap_err().code,
            ErrorCode::CaseAtOtherStage
        );
    }
    assert_eq!(world.registries.asked(), asked, "no registry is asked in vain");

    let registry = shared::registries::Registry::ALL[0];
    world.registries.fail(registry);
    let mut waiting = world.browser();
    OTHER.identify(&mut waiting).await.unwrap();
    for _ in 0..2 {
        waiting.call::<Resume>(&Empty {}).await.unwrap();
    }
    assert_eq!(
        waiting.call::<Resume>(&Empty {}).await.unwrap_err().code,
        ErrorCode::RateLimited,
        "a case has a limit of its own"
    );
    for employer in [COMPANY, OTHER] {
        employer.identify(&mut world.browser()).await.unwrap();
    }
}

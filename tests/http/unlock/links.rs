//! The link: one tick before, at and after its end; looked at, replaced, barred.

use super::people::*;
use rstest::rstest;
use server::accounts::service as accounts;
use shared::accounts::api::{Freeze, FreezeToken};
use shared::api::ErrorCode;
use shared::identifiers::AccountId;
use shared::notifications::Channel;
use shared::secrets::Secret;
use shared::unlock::UnlockRefusal;
use shared::unlock::api::{Ending, LinkToken, UnlockStageView};
use std::time::Duration;
use tests::{Engine, World};

#[rstest]
#[case(LIFE.saturating_sub(TICK), true)]
#[case(LIFE, false)]
#[case(LIFE + TICK, false)]
#[tokio::test]
async fn a_link_is_good_for_180_seconds(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] after: Duration,
    #[case] works: bool,
) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Email).await;
    world.advance(after);
    let looked = inspect(&mut browser, &token).await;
    let done = confirm(&mut world.browser(), &token).await;
    let stage = current(&mut browser).await.unwrap().stage;
    if works {
        looked.unwrap();
        done.unwrap();
        assert_eq!(stage, UnlockStageView::Unblocked { at: world.now() });
    } else {
        assert_eq!(looked.unwrap_err().code, ErrorCode::LinkExpired);
        assert_eq!(done.unwrap_err().code, ErrorCode::LinkExpired);
        let ending = Ending::LinkExpired;
        assert_eq!(stage, UnlockStageView::Ended { ending });
    }
}

#[rstest]
#[tokio::test]
async fn looking_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Email).await;
    let mut scanner = world.browser().at("198.51.100.9");
    inspect(&mut scanner, &token).await.unwrap();
    let before = but_limits(&world.everything().await);
    for _ in 0..3 {
        inspect(&mut scanner, &token).await.unwrap();
        scanner.get("/desbloqueo").await;
        scanner.get("/api/v1/unlock/confirm").await;
        browser.get("/api/v1/unlock").await;
    }
    assert_eq!(but_limits(&world.everything().await), before);
    confirm(&mut browser, &token).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn looking_at_a_case_that_waits_for_a_passkey_changes_nothing_either(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _) = blocked(engine).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser).await.unwrap();
    let before = world.everything().await;
    for _ in 0..3 {
        assert_eq!(current(&mut browser).await.unwrap(), opened);
    }
    assert_eq!(world.everything().await, before);
}

#[rstest]
#[tokio::test]
async fn the_holder_of_a_dead_link_is_told_why(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    let first = reach_link(&world, COMPANY, &mut world.browser(), &mut device, Channel::Email).await;
    world.advance(Duration::from_secs(10));
    let second = reach_link(&world, COMPANY, &mut world.browser(), &mut device, Channel::Sms).await;
    assert_ne!(first, second);
    let mut browser = world.browser();
    let code = ErrorCode::LinkReplaced;
    assert_eq!(confirm(&mut browser, &first).await.unwrap_err().code, code);
    assert_eq!(inspect(&mut browser, &first).await.unwrap_err().code, code);
    confirm(&mut browser, &second).await.unwrap();
    let code = ErrorCode::LinkUsed;
    assert_eq!(confirm(&mut browser, &second).await.unwrap_err().code, code);
    assert_eq!(inspect(&mut browser, &second).await.unwrap_err().code, code);
    for text in [
        "",
        "x",
        &"A".repeat(43),
        &"A".repeat(44),
        &"=".repeat(43),
        "ＡＡＡ",
    ] {
        let strange = LinkToken {
            token: Secret::from(text),
        };
        let code = ErrorCode::LinkInvalid;
        assert_eq!(
            inspect(&mut browser, &strange).await.unwrap_err().code,
            code,
            "{text}"
        );
        assert_eq!(
            confirm(&mut browser, &strange).await.unwrap_err().code,
            code,
            "{text}"
        );
    }
}

#[rstest]
#[case(Condition::Frozen, ErrorCode::AccountFrozen)]
#[case(Condition::Good, ErrorCode::AccountNotBlocked)]
#[tokio::test]
async fn an_account_that_changed_meanwhile_is_told_and_nothing_is_used_up(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] condition: Condition,
    #[case] code: ErrorCode,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let mut browser = world.browser();
    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Email).await;
    change(&world, account, condition).await;
    let before = but_limits(&world.everything().await);
    assert_eq!(inspect(&mut browser, &token).await.unwrap_err().code, code);
    assert_eq!(confirm(&mut browser, &token).await.unwrap_err().code, code);
    assert_eq!(but_limits(&world.everything().await), before);
}

#[rstest]
#[case(Condition::Frozen, UnlockRefusal::AccountFrozen)]
#[case(Condition::Good, UnlockRefusal::NotBlocked)]
#[case(Condition::NoEmail, UnlockRefusal::NoContact)]
#[tokio::test]
async fn an_account_that_changed_before_the_message_leaves_ends_the_case_with_the_reason(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("before the choice", "at once", "after a delay")] when: &str,
    #[case] condition: Condition,
    #[case] reason: UnlockRefusal,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    show(&mut browser, &mut device).await.unwrap();
    let mut earlier = None;
    if when == "before the choice" {
        change(&world, account, condition).await;
        choose(&mut browser, Channel::Email).await.unwrap();
    } else {
        choose(&mut browser, Channel::Email).await.unwrap();
        if when == "after a delay" {
            let case = newest_case(&world).await;
            let made = server::unlock::service::make_link(&world.app, case, Channel::Email).await;
            earlier = made.unwrap();
        }
        change(&world, account, condition).await;
        deliver(&world).await;
    }
    assert_eq!((by_mail(&world).len(), by_sms(&world).len()), (0, 0));
    let view = current(&mut browser).await.unwrap();
    assert_eq!(view.stage, UnlockStageView::Refused { reason });
    if let Some(link) = earlier {
        let token = LinkToken { token: link.token };
        let code = confirm(&mut browser, &token).await.unwrap_err().code;
        assert!(
            [ErrorCode::LinkExpired, ErrorCode::AccountFrozen].contains(&code),
            "{code:?}"
        );
    }
    assert_eq!(audited(&world, "account_unblocked").await, 0);
}

#[rstest]
#[tokio::test]
async fn a_freeze_ends_what_is_under_way_and_is_told_to_the_holder(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let mut browser = world.browser();
    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Email).await;
    freeze(&world, account).await;
    let stage = current(&mut browser).await.unwrap().stage;
    let ending = Ending::Abandoned;
    assert_eq!(stage, UnlockStageView::Ended { ending });
    let code = ErrorCode::AccountFrozen;
    assert_eq!(confirm(&mut browser, &token).await.unwrap_err().code, code);
    assert!(!audited(&world, "account_unblocked").await.is_positive());
}

/// Freezes the account by a link of one of its owner's mails.
async fn freeze(world: &World, account: AccountId) {
    let made = accounts::make_freeze_link(&world.app, account, world.now()).await;
    let freeze = FreezeToken {
        token: made.unwrap().token,
    };
    world.browser().call::<Freeze>(&freeze).await.unwrap();
}

/// What was proved before a freeze is worth nothing after it, also when a counter has lifted it.
#[rstest]
#[tokio::test]
async fn a_freeze_ends_a_case_past_its_proof_for_good_and_leaves_one_before_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let (mut proved, mut asked) = (world.browser(), world.browser());
    open(COMPANY, &mut proved).await.unwrap();
    show(&mut proved, &mut device).await.unwrap();
    let before = open(COMPANY, &mut asked).await.unwrap();
    freeze(&world, account).await;
    let ended = UnlockStageView::Ended {
        ending: Ending::Abandoned,
    };
    assert_eq!(current(&mut proved).await.unwrap().stage, ended);
    // Nothing tells a stranger that the number has an account, nor that somebody froze it.
    assert_eq!(current(&mut asked).await.unwrap(), before);
    assert_eq!(audited(&world, "unlock_ended").await, 1);

    // A counter lifts the freeze; the account is as blocked as before.
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query("UPDATE accounts SET frozen_at = NULL WHERE id = $1").bind(account.as_uuid())
    )
    .unwrap();
    tx.commit().await.unwrap();
    let problem = choose(&mut proved, Channel::Email).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::CaseAtOtherStage);
    assert_eq!(current(&mut proved).await.unwrap().stage, ended);
    deliver(&world).await;
    assert!(by_mail(&world).is_empty());
    let shown = show(&mut asked, &mut device).await.unwrap();
    assert!(
        matches!(shown.stage, UnlockStageView::Channel { .. }),
        "{shown:?}"
    );
}

#[rstest]
#[tokio::test]
async fn the_mail_with_the_link_freezes_the_account_and_the_text_message_has_no_place_for_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut device) = blocked(engine).await;
    // What was told before goes first.
    deliver(&world).await;
    let (made, sent) = (audited(&world, "freeze_link_made").await, world.texts().len());
    reach_link(&world, COMPANY, &mut world.browser(), &mut device, Channel::Sms).await;
    assert_eq!(world.texts()[sent].text.matches("http").count(), 1);
    assert_eq!(audited(&world, "freeze_link_made").await, made);
    let token = reach_link(&world, COMPANY, &mut world.browser(), &mut device, Channel::Email).await;
    let mails = world.mails();
    let mail = mails
        .iter()
        .find(|mail| mail.text.contains("/desbloqueo#"))
        .unwrap();
    let (_, link) = mail.text.split_once("/no-fui-yo#").unwrap();
    let freeze = FreezeToken {
        token: Secret::from(link.split_whitespace().next().unwrap()),
    };
    world.browser().call::<Freeze>(&freeze).await.unwrap();
    let refused = confirm(&mut world.browser(), &token).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AccountFrozen);
}

/// Unblocks, freezes, or takes the mail address away, behind the case's back.
async fn change(world: &World, account: AccountId, condition: Condition) {
    if condition == Condition::NoEmail {
        return forget_email(world, account).await;
    }
    if condition == Condition::Good {
        let mut tx = world.app.store.write().await.unwrap();
        accounts::unblock(&mut tx, account).await.unwrap();
        tx.commit().await.unwrap();
    }
    change_state(world, account, condition).await;
}

//! The whole way, by mail and by text message, and what follows from it.

use super::people::*;
use crate::sessions::people as sessions;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::notifications::{Channel, Delivery};
use shared::passkeys::browser::Requirement;
use shared::recovery::Route;
use shared::time::Deadline;
use shared::unlock::UnlockRefusal;
use shared::unlock::api::{Destination, Ending, UnlockStageView};
use std::time::Duration;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn a_blocked_account_is_unblocked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Channel::Email, Channel::Sms)] channel: Channel,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let mut browser = world.browser();

    let opened = open(COMPANY, &mut browser).await.unwrap();
    assert_eq!(opened.routes, [Route::Signature, Route::Counter]);
    let asked = options(&opened);
    assert_eq!(
        (asked.allow_credentials.len(), asked.user_verification),
        (0, Requirement::Required)
    );
    assert!(browser.cookie(server::unlock::COOKIE).is_some());

    let proved = show(&mut browser, &mut device).await.unwrap();
    let UnlockStageView::Channel {
        choices,
        failed: None,
        deadline,
    } = &proved.stage
    else {
        panic!("{proved:?}")
    };
    let shown: Vec<_> = choices
        .iter()
        .map(|one| serde_json::to_value(one).unwrap())
        .collect();
    let email = serde_json::json!({"channel": "email", "address": "ma•••@em•••.example"});
    let phone = serde_json::json!({"channel": "sms", "address": "•••567"});
    assert_eq!(shown, [email, phone]);
    assert_eq!(*deadline, Deadline::after(world.now(), Duration::from_mins(12)));

    let sending = choose(&mut browser, channel).await.unwrap();
    let UnlockStageView::Sending { to, delivery, .. } = &sending.stage else {
        panic!("{sending:?}")
    };
    assert_eq!((to.channel(), *delivery), (channel, Delivery::Queued));
    deliver(&world).await;
    let sent = current(&mut browser).await.unwrap();
    let UnlockStageView::LinkSent { deadline, total, .. } = sent.stage else {
        panic!("{sent:?}")
    };
    assert_eq!((deadline, total), (Deadline::after(world.now(), LIFE), 180));

    let (mails, texts) = (by_mail(&world), by_sms(&world));
    let token = match channel {
        Channel::Email => {
            assert_eq!((mails.len(), texts.len()), (1, 0));
            &mails[0]
        }
        Channel::Sms => {
            assert_eq!((mails.len(), texts.len()), (0, 1));
            &texts[0]
        }
    };
    let mut elsewhere = world.browser().at("198.51.100.9");
    let shown = inspect(&mut elsewhere, token).await.unwrap();
    assert_eq!(shown.reference, opened.reference);
    assert_eq!((shown.deadline, shown.total), (deadline, 180));
    assert_eq!(shown.employer, COMPANY.identifier().masked());

    assert!(is_blocked(&world, account).await);
    let done = confirm(&mut elsewhere, token).await.unwrap();
    assert_eq!((done.reference, done.at), (opened.reference, world.now()));
    assert!(!is_blocked(&world, account).await);
    let over = current(&mut browser).await.unwrap();
    assert_eq!(over.stage, UnlockStageView::Unblocked { at: world.now() });
    for kind in [
        "unlock_proved",
        "unlock_link_accepted",
        "channel_chosen",
        "link_consumed",
        "account_unblocked",
        "sign_in_failures_forgotten",
        "unlock_completed",
    ] {
        assert_eq!(audited(&world, kind).await, 1, "{kind}");
    }
}

#[rstest]
#[tokio::test]
async fn the_owner_is_told_everywhere_and_can_freeze_the_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Sms).await;
    let (mails, texts) = (world.mails().len(), world.texts().len());
    confirm(&mut browser, &token).await.unwrap();
    deliver(&world).await;
    let (news, message) = (&world.mails()[0], &world.texts()[0]);
    assert_eq!((world.mails().len(), world.texts().len()), (mails + 1, texts + 1));
    assert!(news.text.contains("/no-fui-yo#"), "{}", news.text);
    assert!(message.text.contains("/no-fui-yo#"), "{}", message.text);
}

#[rstest]
#[tokio::test]
async fn the_password_is_as_it_was_and_the_failures_are_forgotten(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Good).await;
    sessions::set_password(&world, account, sessions::RIGHT).await;
    let same = sessions::Employer(COMPANY.number);
    same.strangers_fail(&world, 5).await;
    assert!(is_blocked(&world, account).await);
    let mut browser = world.browser();
    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Email).await;
    confirm(&mut browser, &token).await.unwrap();
    // Four more failures of strangers: had the old ones counted, the first would have blocked it again.
    same.strangers_fail(&world, 4).await;
    assert!(!is_blocked(&world, account).await);
    same.sign_in(&mut world.browser(), sessions::RIGHT).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn recovery_is_possible_right_after(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use crate::recovery::people as recovery;
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Email).await;
    confirm(&mut browser, &token).await.unwrap();
    let link = COMPANY.reach_link(&world, &mut browser).await;
    recovery::reset(&mut browser, &link, recovery::GOOD)
        .await
        .unwrap();
}

#[rstest]
#[case(Condition::Good, UnlockRefusal::NotBlocked)]
#[case(Condition::Frozen, UnlockRefusal::AccountFrozen)]
#[case(Condition::Inactive, UnlockRefusal::RucInactive)]
#[tokio::test]
async fn what_stands_in_the_way_is_told_after_the_passkey(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] condition: Condition,
    #[case] reason: UnlockRefusal,
) {
    let world = world(engine).await;
    let (_, mut device) = settle(&world, COMPANY, condition).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    let view = show(&mut browser, &mut device).await.unwrap();
    assert_eq!(view.stage, UnlockStageView::Refused { reason });
    assert_eq!(view.routes, reason.routes());
    deliver(&world).await;
    assert_eq!((by_mail(&world).len(), by_sms(&world).len()), (0, 0));
}

#[rstest]
#[tokio::test]
async fn only_registered_contacts_are_offered(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    register_phone(&world, account, None).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    let view = show(&mut browser, &mut device).await.unwrap();
    let UnlockStageView::Channel { choices, .. } = view.stage else {
        panic!("{view:?}")
    };
    assert!(matches!(choices[..], [Destination::Email(_)]));
    let problem = choose(&mut browser, Channel::Sms).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::InvalidInput);
    assert_eq!(problem.fields[0].field, "channel");
    assert!(matches!(
        current(&mut browser).await.unwrap().stage,
        UnlockStageView::Channel { .. }
    ));

    forget_email(&world, account).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    let view = show(&mut browser, &mut device).await.unwrap();
    let reason = UnlockRefusal::NoContact;
    assert_eq!(view.stage, UnlockStageView::Refused { reason });
}

#[rstest]
#[tokio::test]
async fn a_case_lapses_at_its_deadline_and_is_written_down_later(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use server::unlock::job;
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    world.advance(Duration::from_mins(30).saturating_sub(TICK));
    assert_eq!(job::lapse(&world.app).await.unwrap(), 0);
    assert!(matches!(
        current(&mut browser).await.unwrap().stage,
        UnlockStageView::Passkey { .. }
    ));
    world.advance(TICK);
    let ended = UnlockStageView::Ended {
        ending: Ending::Lapsed,
    };
    assert_eq!(current(&mut browser).await.unwrap().stage, ended);
    assert_eq!(audited(&world, "unlock_ended").await, 0);
    assert_eq!(job::lapse(&world.app).await.unwrap(), 1);
    assert_eq!(job::lapse(&world.app).await.unwrap(), 0);
    assert_eq!(audited(&world, "unlock_ended").await, 1);
    assert_eq!(current(&mut browser).await.unwrap().stage, ended);

    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Email).await;
    world.advance(LIFE);
    assert_eq!(job::lapse(&world.app).await.unwrap(), 1);
    assert_eq!(
        confirm(&mut browser, &token).await.unwrap_err().code,
        ErrorCode::LinkExpired
    );
    assert_eq!(job::purge(&world.app).await.unwrap(), 0);
    world.advance(Duration::from_hours(24 * 30));
    assert_eq!(job::purge(&world.app).await.unwrap(), 3, "two cases and a link");
}

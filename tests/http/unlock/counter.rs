//! Links that an officer sends to lift a block.

use super::people::*;
use crate::recovery::counter::{approval, at_counter};
use crate::sessions::people::load;
use rstest::rstest;
use server::accounts::{CounterError, State};
use server::app::App;
use server::challenges::Call;
use server::recovery::{AtCounter, Sent};
use server::staff::Officer;
use server::unlock::service;
use shared::accounts::{NotDone, Progress};
use shared::identifiers::UnlockId;
use shared::notifications::Channel;
use shared::recovery::{CaseReference, Route};
use shared::staff::Right;
use shared::time::Deadline;
use shared::unlock::api::{ChooseUnlockRoute, RouteChoice, UnlockStageView};
use tests::desk::agent;
use tests::{Browser, Engine, World};

async fn send(
    app: &App,
    officer: &Officer,
    asked: &AtCounter,
    channel: Option<Channel>,
) -> Result<Sent<UnlockId>, NotDone> {
    let mut tx = app.store.write().await.unwrap();
    let call = Call::own(app.clock.now());
    match service::send_by_officer(app, &mut tx, officer, approval(), (asked, channel), call).await {
        Ok(sent) => {
            tx.commit().await.unwrap();
            Ok(sent)
        }
        Err(CounterError::NotDone(reason)) => Err(reason),
        Err(CounterError::Store(error)) => panic!("{error}"),
    }
}

async fn progress(world: &World, case: UnlockId) -> Progress {
    let mut tx = world.app.store.read().await.unwrap();
    let found = service::progress(&mut tx, case, world.now()).await.unwrap();
    found.expect("a case")
}

async fn waiting(browser: &mut Browser) -> CaseReference {
    let case = open(COMPANY, browser).await.unwrap();
    let route = Route::Counter;
    let view = browser
        .call::<ChooseUnlockRoute>(&RouteChoice { route })
        .await
        .unwrap();
    assert!(matches!(view.stage, UnlockStageView::AwaitingOfficer { .. }));
    case.reference
}

#[rstest]
#[tokio::test]
async fn the_link_goes_where_the_person_says_and_lifts_the_block(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(None, Some(Channel::Email), Some(Channel::Sms))] channel: Option<Channel>,
) {
    let world = world(engine).await;
    let (account, _) = settle(&world, COMPANY, Condition::Blocked).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    let sent = send(&world.app, &officer, &at_counter(COMPANY, None), channel)
        .await
        .unwrap();
    assert_eq!(progress(&world, sent.case).await, Progress::Queued);
    deliver(&world).await;
    let token = match channel {
        None | Some(Channel::Email) => by_mail(&world).remove(0),
        Some(Channel::Sms) => by_sms(&world).remove(0),
    };
    let shown = match channel {
        None | Some(Channel::Email) => "ma•••@em•••.example",
        Some(Channel::Sms) => "•••567",
    };
    assert_eq!(sent.to, shown);
    let deadline = Deadline::after(world.now(), LIFE);
    assert_eq!(
        progress(&world, sent.case).await,
        Progress::HandedOver { deadline }
    );
    assert!(is_blocked(&world, account).await, "only the link lifts it");
    confirm(&mut world.browser(), &token).await.unwrap();
    assert!(!is_blocked(&world, account).await);
    assert_eq!(
        progress(&world, sent.case).await,
        Progress::Done { at: world.now() }
    );
}

#[rstest]
#[tokio::test]
async fn a_quoted_case_goes_on_in_its_own_browser(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _) = blocked(engine).await;
    let mut browser = world.browser();
    let reference = waiting(&mut browser).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    let elsewhere = at_counter(OTHER, Some(&reference));
    assert_eq!(
        send(&world.app, &officer, &elsewhere, None).await,
        Err(NotDone::NoAccount)
    );
    let asked = at_counter(COMPANY, Some(&reference));
    let sent = send(&world.app, &officer, &asked, Some(Channel::Sms))
        .await
        .unwrap();
    assert_eq!(sent.reference, reference);
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, UnlockStageView::Sending { .. }), "{view:?}");
    let again = send(&world.app, &officer, &asked, None).await;
    assert_eq!(again, Err(NotDone::NoCaseWaiting));
}

#[rstest]
#[tokio::test]
async fn what_the_account_says_holds_for_officers_and_nothing_is_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for (condition, reason) in [
        (Condition::Good, NotDone::AccountNotBlocked),
        (Condition::Frozen, NotDone::AccountFrozen),
    ] {
        let world = world(engine).await;
        settle(&world, COMPANY, condition).await;
        let desk = agent(&world, "Ana Paz").await;
        let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
        let before = world.everything().await;
        let told = send(&world.app, &officer, &at_counter(COMPANY, None), None).await;
        assert_eq!(told, Err(reason));
        assert_eq!(world.everything().await, before);
    }
    let (world, _) = blocked(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    register_phone(&world, account, None).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    let asked = at_counter(COMPANY, None);
    let told = send(&world.app, &officer, &asked, Some(Channel::Sms)).await;
    assert_eq!(told, Err(NotDone::ChannelNotOffered));
    forget_email(&world, account).await;
    assert_eq!(
        send(&world.app, &officer, &asked, None).await,
        Err(NotDone::NoContact)
    );
    assert!(matches!(load(&world, account).await.state, State::Blocked { .. }));
}

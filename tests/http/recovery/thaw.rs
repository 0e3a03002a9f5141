//! Freezing and thawing at a counter.

use super::counter::{approval, at_counter, identity};
use super::people::*;
use crate::sessions::people::{self as owners, COMPANY as OWNER, NEXT, RIGHT};
use rstest::rstest;
use server::accounts::service as accounts;
use server::accounts::{CounterError, State};
use server::challenges::Call;
use server::recovery::service;
use server::staff::Officer;
use shared::accounts::NotDone;
use shared::accounts::api::{Freeze, FreezeToken, InspectFreeze};
use shared::api::ErrorCode;
use shared::identifiers::AccountId;
use shared::secrets::Secret;
use shared::sessions::api::{Happening, HistoryPage, ShowHistory};
use shared::staff::Right;
use tests::desk::agent;
use tests::{Engine, World};

#[derive(Clone, Copy)]
enum Act {
    Freeze,
    Thaw,
}

async fn act(world: &World, officer: &Officer, act: Act) -> Result<(), NotDone> {
    let app = &world.app;
    let mut tx = app.store.write().await.unwrap();
    let (call, who) = (Call::own(world.now()), identity(COMPANY));
    let done = match act {
        Act::Freeze => accounts::freeze_by_officer(app, &mut tx, officer, approval(), &who, call).await,
        Act::Thaw => accounts::thaw_by_officer(app, &mut tx, officer, approval(), &who, call).await,
    };
    match done {
        Ok(()) => {
            tx.commit().await.unwrap();
            Ok(())
        }
        Err(CounterError::NotDone(reason)) => Err(reason),
        Err(CounterError::Store(error)) => panic!("{error}"),
    }
}

async fn send(world: &World, officer: &Officer) -> Result<(), NotDone> {
    let mut tx = world.app.store.write().await.unwrap();
    let (asked, call) = (at_counter(COMPANY, None), Call::own(world.now()));
    match service::send_by_officer(&world.app, &mut tx, officer, approval(), &asked, call).await {
        Ok(_) => {
            tx.commit().await.unwrap();
            Ok(())
        }
        Err(CounterError::NotDone(reason)) => Err(reason),
        Err(CounterError::Store(error)) => panic!("{error}"),
    }
}

/// The freeze links of all mails, the newest first.
fn freeze_links(world: &World) -> Vec<FreezeToken> {
    let mails = world.mails();
    let links = mails.iter().filter_map(|mail| {
        let (_, rest) = mail.text.split_once("/no-fui-yo#")?;
        Some(FreezeToken {
            token: Secret::from(rest.split_whitespace().next()?),
        })
    });
    links.collect()
}

/// An employer with a password, whose mailbox has a mail with a freeze link.
async fn settled(world: &World) -> (AccountId, FreezeToken) {
    let account = COMPANY.settle(world, Condition::Good).await.unwrap();
    owners::set_password(world, account, RIGHT).await;
    let mut person = world.browser();
    let link = COMPANY.reach_link(world, &mut person).await;
    reset(&mut person, &link, NEXT).await.unwrap();
    deliver(world).await;
    let token = freeze_links(world).remove(0);
    (account, token)
}

#[rstest]
#[tokio::test]
async fn a_freeze_is_lifted_before_anything_else_and_takes_the_password_with_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, token) = settled(&world).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    assert_eq!(
        act(&world, &officer, Act::Thaw).await,
        Err(NotDone::AccountNotFrozen)
    );

    world.browser().call::<Freeze>(&token).await.unwrap();
    assert_eq!(send(&world, &officer).await, Err(NotDone::AccountFrozen));
    assert_eq!(
        act(&world, &officer, Act::Freeze).await,
        Err(NotDone::AccountFrozen)
    );
    act(&world, &officer, Act::Thaw).await.unwrap();
    assert_eq!(
        act(&world, &officer, Act::Thaw).await,
        Err(NotDone::AccountNotFrozen)
    );
    assert_eq!(owners::load(&world, account).await.state, State::Active);

    // Whoever made the owner freeze it may know the password: nobody signs in with it, and it is not taken again.
    let problem = OWNER.sign_in(&mut world.browser(), NEXT).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::SignInRefused);
    // The old mail does not bring the freeze back; the one that tells of the thaw can.
    for told in [
        world.browser().call::<InspectFreeze>(&token).await,
        world.browser().call::<Freeze>(&token).await,
    ] {
        assert_eq!(told.unwrap_err().code, ErrorCode::LinkUsed);
    }
    deliver(&world).await;
    let thawed = world.mails().remove(0);
    assert_eq!(thawed.to.to_string(), "maria@empresa.example");
    let fresh = freeze_links(&world).remove(0);
    world.browser().call::<InspectFreeze>(&fresh).await.unwrap();

    send(&world, &officer).await.unwrap();
    deliver(&world).await;
    let link = super::people::token(&world);
    let refused = reset(&mut world.browser(), &link, NEXT).await.unwrap_err();
    assert_eq!(
        refused.code,
        ErrorCode::PasswordRefused,
        "the withdrawn one is in the history"
    );
    reset(&mut world.browser(), &link, BETTER_STILL).await.unwrap();
    let mut owner = world.browser();
    OWNER.sign_in(&mut owner, BETTER_STILL).await.unwrap();
    let history = owner.call::<ShowHistory>(&HistoryPage::default()).await.unwrap();
    let has = |what| history.entries.iter().any(|entry| entry.what == what);
    assert!(has(Happening::Frozen) && has(Happening::Thawed) && has(Happening::PasswordWithdrawn));
}

/// A password that no other test of this file sets.
const BETTER_STILL: &str = "Zk3!hRw@pLq";

#[rstest]
#[tokio::test]
async fn an_officers_freeze_ends_what_is_under_way_and_the_owner_hears_of_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, token) = settled(&world).await;
    let mut owner = world.browser();
    OWNER.sign_in(&mut owner, NEXT).await.unwrap();
    let link = COMPANY.reach_link(&world, &mut world.browser()).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    act(&world, &officer, Act::Freeze).await.unwrap();

    assert!(matches!(
        owners::load(&world, account).await.state,
        State::Frozen { .. }
    ));
    let ended = owner
        .call::<ShowHistory>(&HistoryPage::default())
        .await
        .unwrap_err();
    assert_eq!(ended.code, ErrorCode::SessionMissing);
    assert!(reset(&mut world.browser(), &link, BETTER_STILL).await.is_err());
    deliver(&world).await;
    let told = world.mails().remove(0);
    assert!(told.text.contains("ventanilla"), "{}", told.text);
    assert!(
        !told.text.contains("No fui yo"),
        "nobody used the link: {}",
        told.text
    );
    // The owner's own link sees what was done.
    world.browser().call::<Freeze>(&token).await.unwrap();
}

//! Contacts that are changed at a counter: no hold, the new contact's own link, and old ones that are told.

use super::people::*;
use crate::recovery::counter::{approval, identity};
use crate::recovery::people::{COMPANY, Condition, change_state};
use rstest::rstest;
use server::accounts::CounterError;
use server::challenges::Call;
use server::contacts::{Asking, job, service};
use server::staff::Officer;
use shared::accounts::{NotDone, Progress};
use shared::api::ErrorCode;
use shared::contacts::Wanted;
use shared::contacts::api::Confirmed;
use shared::identifiers::ContactChangeId;
use shared::sessions::api::{Happening, HistoryPage, ShowHistory};
use shared::staff::Right;
use std::time::Duration;
use tests::desk::agent;
use tests::{Engine, World};

async fn change(world: &World, officer: &Officer, wanted: Wanted) -> Result<Asking, NotDone> {
    let mut tx = world.app.store.write().await.unwrap();
    let (who, call) = (identity(COMPANY), Call::own(world.now()));
    let asked = (&who, wanted);
    match service::change_by_officer(&world.app, &mut tx, officer, approval(), asked, call).await {
        Ok(asking) => {
            tx.commit().await.unwrap();
            Ok(asking)
        }
        Err(CounterError::NotDone(reason)) => Err(reason),
        Err(CounterError::Store(error)) => panic!("{error}"),
    }
}

async fn progress(world: &World, change: ContactChangeId) -> Progress {
    let mut tx = world.app.store.read().await.unwrap();
    let found = service::progress(&mut tx, change, world.now()).await.unwrap();
    found.expect("a change")
}

async fn address_of(world: &World, account: shared::identifiers::AccountId) -> Option<String> {
    load(world, account).await.email.map(|email| email.to_string())
}

#[rstest]
#[tokio::test]
async fn the_new_contact_confirms_it_and_has_it_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, mut owner) = owner(&world).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    let asking = change(&world, &officer, email(NEW)).await.unwrap();
    assert_eq!(
        address_of(&world, account).await.as_deref(),
        Some(OLD),
        "not before the link"
    );
    assert!(matches!(
        progress(&world, asking.change).await,
        Progress::HandedOver { .. }
    ));
    assert!(
        tokens(&world, OLD, "/contacto").await.is_empty(),
        "the link goes to the new one only"
    );
    let token = tokens(&world, NEW, "/contacto").await.remove(0);
    assert_eq!(inspect(&world, &token).await.unwrap().hold_hours, 0);

    let done = confirm(&world, &token).await.unwrap();
    assert_eq!(done.outcome, Confirmed::Applied);
    assert_eq!(address_of(&world, account).await.as_deref(), Some(NEW));
    assert_eq!(
        progress(&world, asking.change).await,
        Progress::Done { at: world.now() }
    );
    assert_eq!(confirm(&world, &token).await.unwrap_err(), ErrorCode::LinkUsed);

    // The old contact is told, with a link that freezes the account.
    let messages = received(&world).await;
    let told = messages
        .iter()
        .find(|message| message.to == OLD && message.text.contains("/no-fui-yo#"));
    assert!(
        told.expect("a mail to the old address")
            .text
            .contains("ventanilla")
    );

    // Step-up knows of it.
    let mut tx = world.app.store.read().await.unwrap();
    let last = service::last_change(&mut tx, account).await.unwrap();
    drop(tx);
    assert_eq!(last, Some(world.now()));
    let history = owner.call::<ShowHistory>(&HistoryPage::default()).await.unwrap();
    let asked = Happening::OfficerAskedContactChange;
    assert!(history.entries.iter().any(|entry| entry.what == asked));
}

#[rstest]
#[tokio::test]
async fn nobody_confirmed_it_in_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for (wait, works) in [
        (short_of(CONFIRM, TICK), true),
        (CONFIRM, false),
        (CONFIRM + TICK, false),
    ] {
        let world = world(engine).await;
        let (account, _) = owner(&world).await;
        let desk = agent(&world, "Ana Paz").await;
        let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
        let asking = change(&world, &officer, email(NEW)).await.unwrap();
        let token = tokens(&world, NEW, "/contacto").await.remove(0);
        world.advance(wait);
        assert_eq!(confirm(&world, &token).await.is_ok(), works);
        let address = if works { NEW } else { OLD };
        assert_eq!(address_of(&world, account).await.as_deref(), Some(address));
        if !works {
            assert_eq!(progress(&world, asking.change).await, Progress::Expired);
        }
    }
}

#[rstest]
#[tokio::test]
async fn what_stands_in_the_way_of_an_officer(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (account, mut owner) = owner(&world).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    assert_eq!(
        change(&world, &officer, email(OLD)).await,
        Err(NotDone::ContactUnchanged)
    );
    assert_eq!(
        change(&world, &officer, Wanted::NoPhone).await,
        Err(NotDone::ContactUnchanged)
    );

    // The owner stops it; so does a freeze.
    let asking = change(&world, &officer, email(NEW)).await.unwrap();
    withdraw(&mut owner, asking.change).await.unwrap();
    assert_eq!(progress(&world, asking.change).await, Progress::Stopped);
    let asking = change(&world, &officer, email(NEW)).await.unwrap();
    let newer = change(&world, &officer, email(NEWER)).await.unwrap();
    assert_eq!(
        progress(&world, asking.change).await,
        Progress::Stopped,
        "a newer one took its place"
    );
    let token = tokens(&world, NEWER, "/contacto").await.remove(0);
    change_state(&world, account, Condition::Frozen).await;
    assert_eq!(
        change(&world, &officer, email(NEW)).await,
        Err(NotDone::AccountFrozen)
    );
    // A bare freeze of the row leaves the change; it is not applied while that lasts.
    confirm(&world, &token).await.unwrap();
    assert_eq!(address_of(&world, account).await.as_deref(), Some(OLD));
    assert!(matches!(
        progress(&world, newer.change).await,
        Progress::Opened { .. }
    ));
}

/// A link that is on its way to the old contact: the change waits until that is over, and then is in force by itself.
#[rstest]
#[tokio::test]
async fn a_recovery_under_way_makes_it_wait(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (account, _) = owner(&world).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    COMPANY.reach_link(&world, &mut world.browser()).await;
    let asking = change(&world, &officer, email(NEW)).await.unwrap();
    let token = tokens(&world, NEW, "/contacto").await.remove(0);
    assert_eq!(confirm(&world, &token).await.unwrap().outcome, Confirmed::Held);
    assert_eq!(address_of(&world, account).await.as_deref(), Some(OLD));
    world.advance(std::time::Duration::from_mins(16));
    job::settle_due(&world.app).await.unwrap();
    assert_eq!(address_of(&world, account).await.as_deref(), Some(NEW));
    assert!(matches!(
        progress(&world, asking.change).await,
        Progress::Done { .. }
    ));
}

#[rstest]
#[tokio::test]
async fn a_phone_is_removed_at_once_and_its_reader_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, _) = owner(&world).await;
    crate::unlock::people::register_phone(&world, account, Some(PHONE)).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    let asking = change(&world, &officer, Wanted::NoPhone).await.unwrap();
    assert_eq!(asking.to, None);
    assert!(load(&world, account).await.phone.is_none());
    assert_eq!(
        progress(&world, asking.change).await,
        Progress::Done { at: world.now() }
    );
    let messages = received(&world).await;
    for to in [OLD, PHONE] {
        let told = messages
            .iter()
            .any(|message| message.to == to && message.text.contains("/no-fui-yo#"));
        assert!(told, "{to} is told");
    }
}

#[rstest]
#[case::one_tick_before_the_end(TICK, true)]
#[case::at_the_end(Duration::ZERO, false)]
#[tokio::test]
async fn whoever_had_the_contact_before_hears_of_what_opens_the_account_for_a_week(
    #[case] short_of_the_end: Duration,
    #[case] hears: bool,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, _) = owner(&world).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    change(&world, &officer, email(NEW)).await.unwrap();
    let token = tokens(&world, NEW, "/contacto").await.remove(0);
    confirm(&world, &token).await.unwrap();
    let told = |messages: Vec<Received>| {
        messages
            .iter()
            .filter(|message| message.to == OLD && message.text.contains("/no-fui-yo#"))
            .count()
    };
    let before = told(received(&world).await);
    let week = world.app.policy.link.freeze_lifetime();
    world.advance(short_of(week, short_of_the_end));
    change(&world, &officer, email("tercera@empresa.example"))
        .await
        .unwrap();
    let token = tokens(&world, "tercera@empresa.example", "/contacto")
        .await
        .remove(0);
    confirm(&world, &token).await.unwrap();
    let after = told(received(&world).await);
    assert_eq!(after - before, usize::from(hears));
    // It is kept no longer than that.
    service::purge(&world.app, world.now()).await.unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    let kept = server::contacts::store::replaced(&mut tx, account, shared::time::Timestamp::from_micros(0))
        .await
        .unwrap();
    let old = kept.iter().filter(
        |address| matches!(address, server::notifications::Address::Email(email) if email.to_string() == OLD),
    );
    assert_eq!(old.count(), usize::from(hears));
}

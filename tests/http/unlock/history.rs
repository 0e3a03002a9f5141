//! What the owner reads afterwards about an unblocking.

use super::people::*;
use crate::sessions::people as sessions;
use rstest::rstest;
use shared::notifications::Channel;
use shared::sessions::api::{Happening, HistoryPage, ShowHistory};
use tests::Engine;

#[rstest]
#[tokio::test]
async fn an_unblocking_is_told_as_one_and_not_as_a_recovery(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Channel::Email, Channel::Sms)] channel: Channel,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Good).await;
    sessions::set_password(&world, account, sessions::RIGHT).await;
    let same = sessions::Employer(COMPANY.number);
    world.advance(TICK);
    same.strangers_fail(&world, 5).await;
    let mut browser = world.browser().at("198.51.100.9");
    world.advance(TICK);
    open(COMPANY, &mut browser).await.unwrap();
    show(&mut browser, &mut device).await.unwrap();
    world.advance(TICK);
    choose(&mut browser, channel).await.unwrap();
    deliver(&world).await;
    let token = match channel {
        Channel::Email => by_mail(&world).remove(0),
        Channel::Sms => by_sms(&world).remove(0),
    };
    world.advance(TICK);
    confirm(&mut browser, &token).await.unwrap();
    world.advance(TICK);
    let mut owner = world.browser();
    same.sign_in(&mut owner, sessions::RIGHT).await.unwrap();

    let page = HistoryPage::default();
    let mut told = owner.call::<ShowHistory>(&page).await.unwrap().entries;
    // What happened in one tick stands in the order of its ids, which is nobody's promise.
    told.sort_by_key(|entry| (std::cmp::Reverse(entry.at), format!("{:?}", entry.what)));
    let what: Vec<_> = told.iter().map(|entry| entry.what).collect();
    assert_eq!(
        what,
        [
            Happening::SignedInFromNewDevice,
            Happening::Unblocked,
            Happening::UnlockLinkSent,
            Happening::PasskeyUsed,
            Happening::UnlockProved,
            Happening::Blocked,
            Happening::SignInFailed,
            Happening::SignInFailed,
            Happening::SignInFailed,
            Happening::SignInFailed,
            Happening::SignInFailed,
            Happening::PasskeyAdded,
            Happening::PasskeyOffered,
        ]
    );
    for happening in [
        Happening::UnlockProved,
        Happening::PasskeyUsed,
        Happening::Unblocked,
    ] {
        let entry = told.iter().find(|entry| entry.what == happening).unwrap();
        assert_eq!(
            entry.network.unwrap().to_string(),
            "198.51.100.0/24",
            "{happening:?}"
        );
    }
}

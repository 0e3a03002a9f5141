//! What makes a hold last longer, what ends it, and a server that dies in between.

use super::people::*;
use crate::delegates::people as delegates;
use crate::recovery::people::{self as recovery, answer, questions, right};
use crate::sessions::people as sessions;
use crate::unlock::people as unlock;
use rstest::rstest;
use server::accounts::{NewAccount, service as accounts};
use server::challenges::Call;
use server::contacts::service;
use shared::accounts::api::{Freeze, FreezeToken};
use shared::api::ErrorCode;
use shared::contacts::{ConfirmedContact, Obstacle};
use shared::i18n::Language;
use shared::sessions::api::Happening;
use std::time::Duration;
use tests::{Engine, World};

/// What is left of a link's 180 seconds after a minute.
const REST: Duration = Duration::from_mins(2);

/// Where the newest link for a new password went.
fn recovery_link_went_to(world: &World) -> String {
    let mails = world.mails();
    let mail = mails
        .iter()
        .find(|mail| mail.text.contains("/restablecer#"))
        .expect("a link for a new password");
    mail.to.to_string()
}

/// From the first page to the questions' right answers: a case past its proof.
async fn prove(world: &World) {
    let mut browser = world.browser();
    let case = recovery::COMPANY.identify(&mut browser).await.unwrap();
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_recovery_goes_to_the_old_contact_and_keeps_the_change_held(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    let token = cancellation(&world, OLD).await;
    world.advance(short_of(HOLD, MINUTE));
    prove(&world).await;
    recovery::deliver(&world).await;
    assert_eq!(recovery_link_went_to(&world), OLD);

    // The hold's time is over while the link is alive.
    world.advance(Duration::from_mins(1));
    assert_eq!(settle_due(&world).await, 1);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    let held = pending(&mut browser).await;
    assert_eq!(held.obstacle, Some(Obstacle::Recovery));
    assert!(held.deadline.has_passed(world.now()));
    let seen = inspect_cancel(&world, &token).await.unwrap();
    assert_eq!(seen.obstacle, Some(Obstacle::Recovery));

    // One tick before the link ends, and at its end: 180 seconds from when the mail server had it, a minute ago.
    world.advance(short_of(REST, TICK));
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    world.advance(TICK);
    assert_eq!(
        inspect_cancel(&world, &token).await.unwrap_err(),
        ErrorCode::LinkExpired
    );
    // The job looked a minute ago at most; it looks again a minute later at most.
    world.advance(Duration::from_mins(1));
    assert_eq!(settle_due(&world).await, 1);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));

    world.advance(Duration::from_hours(1));
    prove(&world).await;
    recovery::deliver(&world).await;
    let links = world
        .mails()
        .into_iter()
        .filter(|mail| mail.to.to_string() == OLD && mail.text.contains("/restablecer#"));
    assert_eq!(links.count(), 1, "the old contact gets no link any more");
}

#[rstest]
#[tokio::test]
async fn a_change_that_waits_for_a_recovery_can_still_be_cancelled(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    let token = cancellation(&world, OLD).await;
    world.advance(short_of(HOLD, MINUTE));
    prove(&world).await;
    world.advance(Duration::from_mins(1));
    settle_due(&world).await;
    cancel(&world, &token).await.unwrap();
    world.advance(HOLD);
    assert_eq!(settle_due(&world).await, 0);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
}

#[rstest]
#[tokio::test]
async fn a_freeze_stops_every_pending_change(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    ask(&mut browser, phone(PHONE)).await.unwrap();
    let (confirmation, cancellation) = (confirmation(&world, PHONE).await, cancellation(&world, OLD).await);
    let freeze = tokens(&world, OLD, "/no-fui-yo").await.remove(0);
    let frozen = FreezeToken { token: freeze.token };
    world.browser().call::<Freeze>(&frozen).await.unwrap();
    let stopped = ("cancelled".to_owned(), Some("freeze".to_owned()), false);
    assert_eq!(changes(&world).await, [stopped.clone(), stopped]);
    assert_eq!(
        confirm(&world, &confirmation).await.unwrap_err(),
        ErrorCode::LinkExpired
    );
    assert_eq!(
        cancel(&world, &cancellation).await.unwrap_err(),
        ErrorCode::LinkUsed
    );
    world.advance(HOLD);
    assert_eq!(settle_due(&world).await, 0);
    assert_eq!(contacts(&world, id).await, (Some(OLD.to_owned()), None));
}

#[rstest]
#[tokio::test]
async fn a_freeze_ends_open_invitations_for_good(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    delegates::create(&mut browser, &delegates::ANA.asked())
        .await
        .unwrap();
    let invitation = delegates::newest(&world).await;
    let freeze = tokens(&world, OLD, "/no-fui-yo").await.remove(0);
    delegates::create(&mut browser, &delegates::LUIS.asked())
        .await
        .unwrap();
    let frozen = FreezeToken { token: freeze.token };
    world.browser().call::<Freeze>(&frozen).await.unwrap();
    // A counter lifts it, and the message that waited is looked at again.
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query("UPDATE accounts SET frozen_at = NULL WHERE id = $1").bind(id.as_uuid())
    )
    .unwrap();
    tx.commit().await.unwrap();
    deliver(&world).await;
    assert_eq!(delegates::invitations(&world).len(), 1);
    let accepted = delegates::accept(&mut world.browser(), &invitation, delegates::OWN).await;
    assert_eq!(accepted, Err(ErrorCode::LinkReplaced));
}

#[rstest]
#[tokio::test]
async fn a_replaced_password_stops_every_pending_change(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    ask(&mut browser, phone(PHONE)).await.unwrap();
    let (confirmation, cancellation) = (confirmation(&world, PHONE).await, cancellation(&world, OLD).await);
    let before = count(&world, OLD).await;
    sessions::change(&mut browser, RIGHT, sessions::NEXT)
        .await
        .unwrap();
    let stopped = ("cancelled".to_owned(), Some("password".to_owned()), false);
    assert_eq!(changes(&world).await, [stopped.clone(), stopped]);
    assert_eq!(
        count(&world, OLD).await,
        before + 2,
        "the contacts are told of the change that was held, and of the password"
    );
    assert_eq!(
        confirm(&world, &confirmation).await.unwrap_err(),
        ErrorCode::LinkExpired
    );
    assert_eq!(
        cancel(&world, &cancellation).await.unwrap_err(),
        ErrorCode::LinkUsed
    );
    world.advance(HOLD);
    assert_eq!(settle_due(&world).await, 0);
    assert_eq!(contacts(&world, id).await, (Some(OLD.to_owned()), None));
}

#[rstest]
#[tokio::test]
async fn a_recovered_password_stops_a_change_and_ends_an_invitation_of_whoever_knew_the_old_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut intruder) = owner(&world).await;
    hold(&world, &mut intruder, NEW).await;
    delegates::create(&mut intruder, &delegates::ANA.asked())
        .await
        .unwrap();
    let invitation = delegates::newest(&world).await;
    // The time to say no is over, and only the recovery is in the way.
    world.advance(short_of(HOLD, MINUTE));
    let mut visitor = world.browser();
    let link = recovery::COMPANY.reach_link(&world, &mut visitor).await;
    world.advance(MINUTE);
    recovery::reset(&mut visitor, &link, recovery::BETTER)
        .await
        .unwrap();
    let stopped = ("cancelled".to_owned(), Some("password".to_owned()), false);
    assert_eq!(changes(&world).await, [stopped]);
    world.advance(MINUTE);
    assert_eq!(settle_due(&world).await, 0);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    let accepted = delegates::accept(&mut world.browser(), &invitation, delegates::OWN).await;
    assert_eq!(accepted, Err(ErrorCode::LinkReplaced));
}

#[rstest]
#[tokio::test]
async fn nothing_is_applied_to_a_frozen_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, PHONE).await;
    world.advance(HOLD);
    settle_due(&world).await;
    // A signed request comes in by the same door, also for an account that is frozen.
    sessions::freeze(&world, id).await;
    let call = Call::own(world.now());
    let mut tx = world.app.store.write().await.unwrap();
    let account = accounts::lock(&mut tx, id).await.unwrap().unwrap();
    let (_, until) = service::hold(&world.app, &mut tx, account, &ConfirmedContact::removal(), call)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    deliver(&world).await;
    world.advance(HOLD * 2);
    assert!(until.has_passed(world.now()));
    assert_eq!(settle_due(&world).await, 1);
    assert_eq!(contacts(&world, id).await.1.as_deref(), Some(PHONE));
    assert_eq!(settle_due(&world).await, 0, "it is left alone for a minute");
    world.advance(Duration::from_mins(1));
    assert_eq!(settle_due(&world).await, 1);
    let token = cancellation(&world, OLD).await;
    assert_eq!(
        inspect_cancel(&world, &token).await.unwrap().obstacle,
        Some(Obstacle::Frozen)
    );
}

/// What an import says of the company, its contact and nothing else of it being new.
async fn import(world: &World, email: &str) {
    let account = NewAccount {
        employer: recovery::COMPANY.identifier(),
        branch: shared::identifiers::Branch::default(),
        email: Some(email.parse().unwrap()),
        phone: None,
        language: Language::Es,
        name: "Empresa de Prueba S.A.".to_owned(),
        representative: recovery::COMPANY.representative.parse().unwrap(),
        representative_name: "María Elena Quispe Andrade".to_owned(),
    };
    let mut tx = world.app.store.write().await.unwrap();
    accounts::open_many(&world.app, &mut tx, vec![account], world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn an_official_correction_stops_a_change_of_the_contact_that_it_corrects(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    import(&world, "oficial@empresa.example").await;
    world.advance(HOLD);
    settle_due(&world).await;
    assert_eq!(
        contacts(&world, id).await.0.as_deref(),
        Some("oficial@empresa.example")
    );
    assert_eq!(
        changes(&world).await,
        [("cancelled".to_owned(), Some("correction".to_owned()), false)]
    );
    assert_eq!(count(&world, "oficial@empresa.example").await, 1, "it is told");
    assert_eq!(history(&mut browser).await[0], Happening::ContactChangeCancelled);
    let mut tx = world.app.store.read().await.unwrap();
    let last = service::last_change(&mut tx, id).await.unwrap();
    assert_eq!(last, None, "a correction is no change of the owner's");
}

#[rstest]
#[tokio::test]
async fn an_import_that_says_what_it_always_said_undoes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    world.advance(HOLD);
    settle_due(&world).await;
    import(&world, OLD).await;
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
    // A record that says something new corrects, once.
    import(&world, "oficial@empresa.example").await;
    assert_eq!(
        contacts(&world, id).await.0.as_deref(),
        Some("oficial@empresa.example")
    );
    import(&world, OLD).await;
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
}

#[rstest]
#[tokio::test]
async fn a_server_that_dies_before_the_commit_has_changed_nothing_and_the_next_one_goes_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    let done = hold(&world, &mut browser, NEW).await;
    world.advance(HOLD);
    let before = world.everything().await;
    // A node that is dropped wherever it stands: whatever it wrote and did not commit is not there.
    for polls in 1..12 {
        let node = world.node(polls).await;
        let mut settling = Box::pin(server::contacts::job::settle_due(&node));
        let mut left = polls;
        std::future::poll_fn(|context| {
            left -= 1;
            if left == 0 || settling.as_mut().poll(context).is_ready() {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
        drop(settling);
        let applied = contacts(&world, id).await.0.as_deref() == Some(NEW);
        if applied {
            break;
        }
        node.store.close().await;
        assert_eq!(world.everything().await, before);
    }
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
    assert_eq!(events(&world, "contact_changed").await, 1);
    assert!(done.until.has_passed(world.now()));

    // The mails were queued with the change: whoever sends, sends them.
    let node = world.node(99).await;
    server::notifications::service::send_due(&node, &server::desk::Bureau)
        .await
        .unwrap();
    assert_eq!((count(&world, OLD).await, count(&world, NEW).await), (2, 2));
}

#[rstest]
#[tokio::test]
async fn a_confirmation_that_could_not_be_sent_in_time_is_not_sent(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (_, mut browser) = owner(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    world.advance(CONFIRM);
    assert_eq!(count(&world, NEW).await, 0);
    // A hold that was cancelled before its message left is not told of.
    ask(&mut browser, email(NEWER)).await.unwrap();
    let token = confirmation(&world, NEWER).await;
    confirm(&world, &token).await.unwrap();
    let change = pending(&mut browser).await.change;
    withdraw(&mut browser, change).await.unwrap();
    let told = received(&world).await;
    assert!(
        told.iter()
            .all(|message| !message.text.contains("/contacto/cancelar#"))
    );
}

#[rstest]
#[tokio::test]
async fn an_unlocking_past_its_proof_keeps_the_change_held(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut device) = unlock::settle(&world, recovery::COMPANY, recovery::Condition::Good).await;
    set_password(&world, id, RIGHT).await;
    let mut browser = sessions::COMPANY.known(&world).await;
    hold(&world, &mut browser, NEW).await;
    sessions::block(&world, id).await;
    world.advance(short_of(HOLD, MINUTE));
    let mut visitor = world.browser();
    unlock::open(recovery::COMPANY, &mut visitor).await.unwrap();
    unlock::show(&mut visitor, &mut device).await.unwrap();

    world.advance(Duration::from_mins(1));
    assert_eq!(settle_due(&world).await, 1);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    assert_eq!(pending(&mut browser).await.obstacle, Some(Obstacle::Unlock));
    // Nobody goes on with it: the case is over a quarter of an hour after the proof at most.
    world.advance(Duration::from_mins(15));
    assert_eq!(settle_due(&world).await, 1);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
}

//! The whole way, and the ways out of it.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::contacts::api::Standing;
use shared::contacts::{ContactKind, Wanted};
use shared::sessions::api::Happening;
use shared::time::Deadline;
use std::time::Duration;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn an_email_is_asked_for_confirmed_held_and_applied(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    let view = ask(&mut browser, email(NEW)).await.unwrap();
    assert_eq!(view.email.as_deref(), Some("ma•••@em•••.example"));
    let [change] = view.changes.as_slice() else {
        panic!("{view:?}")
    };
    assert_eq!(
        (change.kind, change.standing, change.to.as_deref()),
        (
            ContactKind::Email,
            Standing::Requested,
            Some("ma•••@nu•••.example")
        )
    );
    assert_eq!(change.deadline, Deadline::after(world.now(), CONFIRM));

    let token = confirmation(&world, NEW).await;
    assert_eq!(count(&world, OLD).await, 0, "nothing is held yet");
    let before = facts(&world).await;
    for _ in 0..3 {
        let seen = inspect(&world, &token).await.unwrap();
        assert_eq!((seen.to.as_str(), seen.hold_hours), ("ma•••@nu•••.example", 24));
        assert_eq!(seen.deadline, change.deadline);
    }
    assert_eq!(facts(&world).await, before, "looking changes nothing");

    world.advance(Duration::from_mins(5));
    let done = confirm(&world, &token).await.unwrap();
    assert_eq!(done.until, Deadline::after(world.now(), HOLD));
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    let held = pending(&mut browser).await;
    assert_eq!(
        (held.standing, held.deadline, held.obstacle),
        (Standing::Held, done.until, None)
    );
    let told = received(&world).await;
    let [news] = &told
        .iter()
        .filter(|message| message.to == OLD)
        .collect::<Vec<_>>()[..]
    else {
        panic!("the old contact is told once")
    };
    assert!(news.text.contains("/contacto/cancelar#") && news.text.contains("/no-fui-yo#"));
    assert!(!news.text.contains(NEW), "the new contact is masked");

    world.advance(HOLD);
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
    assert_eq!(show(&mut browser).await.changes, []);
    assert_eq!((count(&world, OLD).await, count(&world, NEW).await), (2, 2));
    assert_eq!(changes(&world).await, [("applied".to_owned(), None, false)]);
    let told = history(&mut browser).await;
    assert_eq!(told[0], Happening::ContactChanged);
    // Two things at one time are told in either order.
    assert!(told[1..3].contains(&Happening::ContactChangeHeld));
    assert!(told[1..3].contains(&Happening::ContactConfirmed));
    assert_eq!(told[3], Happening::ContactChangeRequested);
    let mut tx = world.app.store.read().await.unwrap();
    let last = server::contacts::service::last_change(&mut tx, id).await.unwrap();
    assert_eq!(last, Some(world.now()));
    drop(tx);
    server::audit::service::seal_all(&world.app).await.unwrap();
    assert!(!world.everything().await.contains(token.token.expose().as_str()));
}

#[rstest]
#[tokio::test]
async fn a_phone_is_confirmed_by_a_text_message_changed_and_removed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const OTHER_PHONE: &str = "+593987654321";
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, PHONE).await;
    world.advance(HOLD);
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await.1.as_deref(), Some(PHONE));
    assert_eq!(
        count(&world, PHONE).await,
        2,
        "its confirmation, and that it is registered"
    );

    // Both old contacts can cancel.
    world.advance(Duration::from_mins(2));
    hold(&world, &mut browser, OTHER_PHONE).await;
    let (by_mail, by_text) = (cancellation(&world, OLD).await, cancellation(&world, PHONE).await);
    inspect_cancel(&world, &by_mail).await.unwrap();
    let seen = inspect_cancel(&world, &by_text).await.unwrap();
    assert_eq!(
        (seen.kind, seen.to.as_deref()),
        (ContactKind::Phone, Some("•••321"))
    );
    world.advance(HOLD);
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await.1.as_deref(), Some(OTHER_PHONE));
    assert_eq!(
        count(&world, PHONE).await,
        4,
        "the old phone is told of the hold and of the change"
    );

    let view = ask(&mut browser, Wanted::NoPhone).await.unwrap();
    let [change] = view.changes.as_slice() else {
        panic!("{view:?}")
    };
    assert_eq!((change.standing, &change.to), (Standing::Held, &None));
    assert_eq!(change.deadline, Deadline::after(world.now(), HOLD));
    assert_eq!(contacts(&world, id).await.1.as_deref(), Some(OTHER_PHONE));
    let seen = inspect_cancel(&world, &cancellation(&world, OLD).await)
        .await
        .unwrap();
    assert_eq!(seen.to, None);
    world.advance(HOLD);
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await, (Some(OLD.to_owned()), None));
    let problem = ask(&mut browser, Wanted::NoPhone).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::ContactUnchanged);
}

#[rstest]
#[tokio::test]
async fn an_old_contact_cancels_and_the_others_hear_of_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    let token = cancellation(&world, OLD).await;
    let before = facts(&world).await;
    inspect_cancel(&world, &token).await.unwrap();
    assert_eq!(facts(&world).await, before, "looking changes nothing");
    world.advance(Duration::from_secs(1));
    let done = cancel(&world, &token).await.unwrap();
    assert_eq!((done.kind, done.at), (ContactKind::Email, world.now()));
    assert_eq!(show(&mut browser).await.changes, []);
    assert_eq!(
        changes(&world).await,
        [("cancelled".to_owned(), Some("link".to_owned()), false)]
    );
    assert_eq!(count(&world, OLD).await, 2);
    assert_eq!(count(&world, NEW).await, 1, "the new contact hears nothing more");
    assert_eq!(cancel(&world, &token).await.unwrap_err(), ErrorCode::LinkUsed);
    assert_eq!(
        inspect_cancel(&world, &token).await.unwrap_err(),
        ErrorCode::LinkUsed
    );
    world.advance(HOLD);
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    assert_eq!(history(&mut browser).await[0], Happening::ContactChangeCancelled);
}

#[rstest]
#[tokio::test]
async fn the_owner_withdraws_what_was_asked_for_or_is_held(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (_, mut browser) = owner(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    let token = confirmation(&world, NEW).await;
    let change = pending(&mut browser).await.change;
    assert_eq!(withdraw(&mut browser, change).await.unwrap().changes, []);
    assert_eq!(confirm(&world, &token).await.unwrap_err(), ErrorCode::LinkExpired);
    assert_eq!(
        withdraw(&mut browser, change).await.unwrap_err(),
        ErrorCode::ContactChangeUnknown
    );
    assert_eq!(count(&world, OLD).await, 0, "nobody had been told of it");

    hold(&world, &mut browser, NEWER).await;
    let link = cancellation(&world, OLD).await;
    let change = pending(&mut browser).await.change;
    withdraw(&mut browser, change).await.unwrap();
    assert_eq!(cancel(&world, &link).await.unwrap_err(), ErrorCode::LinkUsed);
    assert_eq!(count(&world, OLD).await, 2);
}

#[rstest]
#[tokio::test]
async fn a_newer_request_takes_the_place_of_the_pending_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    let first = confirmation(&world, NEW).await;
    hold(&world, &mut browser, NEWER).await;
    assert_eq!(
        confirm(&world, &first).await.unwrap_err(),
        ErrorCode::LinkReplaced
    );
    let cancel_second = cancellation(&world, OLD).await;
    // A phone beside it is another matter.
    ask(&mut browser, phone(PHONE)).await.unwrap();
    assert_eq!(show(&mut browser).await.changes.len(), 2);
    hold(&world, &mut browser, NEW).await;
    assert_eq!(
        cancel(&world, &cancel_second).await.unwrap_err(),
        ErrorCode::LinkReplaced
    );
    world.advance(HOLD);
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await, (Some(NEW.to_owned()), None));
    let states: Vec<_> = changes(&world)
        .await
        .into_iter()
        .map(|(state, ..)| state)
        .collect();
    assert_eq!(
        states.iter().filter(|state| *state == "replaced").count(),
        2,
        "{states:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_message_that_is_sent_again_leaves_one_working_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (_, mut browser) = owner(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    let change = pending(&mut browser).await.change;
    // The server died after the mail server had taken the message over: the next worker makes another link.
    let lost = server::contacts::service::make_confirm_link(&world.app, change)
        .await
        .unwrap()
        .unwrap();
    let sent = confirmation(&world, NEW).await;
    let lost = shared::contacts::api::ContactToken { token: lost.token };
    assert_eq!(confirm(&world, &lost).await.unwrap_err(), ErrorCode::LinkReplaced);
    confirm(&world, &sent).await.unwrap();
    for replayed in [&sent, &lost] {
        assert_eq!(confirm(&world, replayed).await.unwrap_err(), ErrorCode::LinkUsed);
        assert_eq!(inspect(&world, replayed).await.unwrap_err(), ErrorCode::LinkUsed);
    }
    let none = server::contacts::service::make_confirm_link(&world.app, change)
        .await
        .unwrap();
    assert!(none.is_none(), "nothing waits for a link any more");
}

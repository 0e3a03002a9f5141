//! A change that a signed request asks for: held first, then confirmed by the new contact, which applies it.

use super::people::*;
use crate::recovery::people::{self as recovery, COMPANY, Condition, answer, questions, right};
use rstest::rstest;
use server::accounts::service as accounts;
use server::challenges::Call;
use server::contacts::{job, service};
use server::http::Failure;
use shared::accounts::api::{Freeze, FreezeToken};
use shared::api::ErrorCode;
use shared::contacts::api::{Confirmed, Standing};
use shared::contacts::{Asked, ConfirmedContact, Obstacle};
use shared::identifiers::AccountId;
use shared::time::Deadline;
use std::time::Duration;
use tests::verdict::valid_signature;
use tests::{Engine, World};

/// How long the new contact can confirm it after the hold.
const ASKED: Duration = Duration::from_hours(72);

/// Holds a new e-mail for a signed request that passed, as its slice does.
async fn sign(world: &World, id: AccountId, to: &str) -> Deadline {
    let mut tx = world.app.store.write().await.unwrap();
    let account = accounts::lock(&mut tx, id).await.unwrap().unwrap();
    let wanted = if to.contains('@') { email(to) } else { phone(to) };
    let confirmed = ConfirmedContact::by_signature(valid_signature(), wanted);
    let call = Call::own(world.now());
    let (_, until) = service::hold(&world.app, &mut tx, account, &confirmed, call)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    until
}

/// The same, past its hold: the new contact has its link.
async fn asked(world: &World, id: AccountId) -> shared::contacts::api::ContactToken {
    sign(world, id, NEW).await;
    deliver(world).await;
    world.advance(HOLD);
    assert_eq!(settle_due(world).await, 1);
    confirmation(world, NEW).await
}

#[rstest]
#[tokio::test]
async fn it_is_held_then_asked_then_applied_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    let until = sign(&world, id, NEW).await;
    assert_eq!(until, Deadline::after(world.now(), HOLD));
    let held = pending(&mut browser).await;
    assert_eq!((held.standing, held.deadline), (Standing::HeldFirst, until));
    let seen = inspect_cancel(&world, &cancellation(&world, OLD).await)
        .await
        .unwrap();
    assert_eq!(
        (seen.asked, seen.standing),
        (Asked::Signature, Standing::HeldFirst)
    );
    assert_eq!(
        count(&world, NEW).await,
        0,
        "nobody writes to it before the hold is over"
    );

    world.advance(short_of(HOLD, TICK));
    assert_eq!(settle_due(&world).await, 0);
    assert_eq!(count(&world, NEW).await, 0);
    world.advance(TICK);
    assert_eq!(settle_due(&world).await, 1);
    assert_eq!(settle_due(&world).await, 0, "it has its time now");
    let waits = pending(&mut browser).await;
    assert_eq!(
        (waits.standing, waits.deadline),
        (Standing::Confirming, Deadline::after(world.now(), ASKED))
    );
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    let token = confirmation(&world, NEW).await;
    let seen = inspect(&world, &token).await.unwrap();
    assert_eq!((seen.hold_hours, seen.deadline), (0, waits.deadline));

    world.advance(Duration::from_hours(1));
    let done = confirm(&world, &token).await.unwrap();
    assert_eq!(
        (done.outcome, done.until.instant()),
        (Confirmed::Applied, world.now())
    );
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
    assert_eq!(confirm(&world, &token).await.unwrap_err(), ErrorCode::LinkUsed);
    assert_eq!((count(&world, OLD).await, count(&world, NEW).await), (2, 2));
    assert_eq!(changes(&world).await, [("applied".to_owned(), None, false)]);
    assert_eq!(events(&world, "contact_confirmation_asked").await, 1);
    assert_eq!(events(&world, "contact_changed").await, 1);
}

/// The case that signed requests are for: nobody can be told, and it is held all the same.
#[rstest]
#[tokio::test]
async fn an_account_without_any_contact_gets_its_first_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world, Condition::NoEmail).await.unwrap();
    assert_eq!(contacts(&world, id).await, (None, None));
    let token = asked(&world, id).await;
    assert_eq!(contacts(&world, id).await, (None, None));
    assert_eq!(received(&world).await.len(), 1, "the new contact only");
    confirm(&world, &token).await.unwrap();
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));

    sign(&world, id, PHONE).await;
    world.advance(HOLD);
    settle_due(&world).await;
    confirm(&world, &confirmation(&world, PHONE).await).await.unwrap();
    assert_eq!(
        contacts(&world, id).await,
        (Some(NEW.to_owned()), Some(PHONE.to_owned()))
    );
}

#[rstest]
#[tokio::test]
async fn the_consent_counts_until_its_deadline(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(0, 1, 2)] ticks: u32,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    let token = asked(&world, id).await;
    world.advance(short_of(ASKED, TICK) + TICK * ticks);
    if ticks == 0 {
        assert_eq!(settle_due(&world).await, 0);
        confirm(&world, &token).await.unwrap();
        assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
        return;
    }
    assert_eq!(show(&mut browser).await.changes, []);
    assert_eq!(inspect(&world, &token).await.unwrap_err(), ErrorCode::LinkExpired);
    assert_eq!(confirm(&world, &token).await.unwrap_err(), ErrorCode::LinkExpired);
    assert_eq!(changes(&world).await, [("lapsed".to_owned(), None, false)]);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
}

#[rstest]
#[tokio::test]
async fn an_old_contact_cancels_until_it_is_applied(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Moment::BeforeTheEnd, Moment::Unsettled, Moment::Asked)] moment: Moment,
) {
    let world = world(engine).await;
    let (id, _) = owner(&world).await;
    sign(&world, id, NEW).await;
    let token = cancellation(&world, OLD).await;
    let standing = match moment {
        Moment::BeforeTheEnd => {
            world.advance(short_of(HOLD, TICK));
            Standing::HeldFirst
        }
        // Nobody has written down that the hold is over.
        Moment::Unsettled => {
            world.advance(HOLD);
            Standing::Confirming
        }
        Moment::Asked => {
            world.advance(HOLD);
            settle_due(&world).await;
            Standing::Confirming
        }
    };
    assert_eq!(inspect_cancel(&world, &token).await.unwrap().standing, standing);
    let done = cancel(&world, &token).await.unwrap();
    assert_eq!(done.asked, Asked::Signature);
    assert_eq!(
        changes(&world).await,
        [("cancelled".to_owned(), Some("link".to_owned()), false)]
    );
    assert_eq!(count(&world, OLD).await, 2, "of the hold and of its end");
    world.advance(ASKED);
    assert_eq!(settle_due(&world).await, 0);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
}

/// When somebody cancels.
#[derive(Clone, Copy, Debug)]
enum Moment {
    BeforeTheEnd,
    Unsettled,
    Asked,
}

#[rstest]
#[tokio::test]
async fn a_recovery_past_its_proof_holds_both_moves_up(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    sign(&world, id, NEW).await;
    world.advance(short_of(HOLD, MINUTE));
    prove(&world).await;
    world.advance(MINUTE);
    assert_eq!(settle_due(&world).await, 1);
    let held = pending(&mut browser).await;
    assert_eq!(
        (held.standing, held.obstacle),
        (Standing::HeldFirst, Some(Obstacle::Recovery))
    );
    assert_eq!(count(&world, NEW).await, 0);
    // The recovery is over a quarter of an hour after its proof at most.
    world.advance(Duration::from_mins(15));
    settle_due(&world).await;
    let token = confirmation(&world, NEW).await;

    prove(&world).await;
    let done = confirm(&world, &token).await.unwrap();
    assert_eq!(done.outcome, Confirmed::Held, "the consent is not lost");
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    let held = pending(&mut browser).await;
    assert_eq!(
        (held.standing, held.obstacle),
        (Standing::Held, Some(Obstacle::Recovery))
    );
    inspect_cancel(&world, &cancellation(&world, OLD).await)
        .await
        .unwrap();
    world.advance(Duration::from_mins(16));
    settle_due(&world).await;
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
}

/// From the first page to the questions' right answers: a recovery past its proof.
async fn prove(world: &World) {
    let mut browser = world.browser();
    let case = recovery::COMPANY.identify(&mut browser).await.unwrap();
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    recovery::deliver(world).await;
}

#[rstest]
#[tokio::test]
async fn a_freeze_and_a_newer_change_stop_it_also_when_the_new_contact_was_asked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, _) = owner(&world).await;
    let first = asked(&world, id).await;
    sign(&world, id, NEWER).await;
    assert_eq!(
        confirm(&world, &first).await.unwrap_err(),
        ErrorCode::LinkReplaced
    );
    world.advance(HOLD);
    settle_due(&world).await;
    let second = confirmation(&world, NEWER).await;
    let freeze = tokens(&world, OLD, "/no-fui-yo").await.remove(0);
    let frozen = FreezeToken { token: freeze.token };
    world.browser().call::<Freeze>(&frozen).await.unwrap();
    assert_eq!(
        confirm(&world, &second).await.unwrap_err(),
        ErrorCode::LinkExpired
    );
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
}

fn code<T>(answer: Result<T, Failure>) -> Result<(), ErrorCode> {
    match answer {
        Ok(_) => Ok(()),
        Err(Failure::Problem(problem)) => Err(problem.code),
        Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_confirmations_one_applies(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let other = world.node(2).await;
    let (id, _) = owner(&world).await;
    let token = asked(&world, id).await.token;
    let call = Call::own(world.now());
    let (one, two) = tokio::join!(
        service::confirm(&world.app, &token, call),
        service::confirm(&other, &token, call)
    );
    let answers = [code(one), code(two)];
    assert!(answers.contains(&Ok(())), "{answers:?}");
    assert!(answers.contains(&Err(ErrorCode::LinkUsed)), "{answers:?}");
    assert_eq!(events(&world, "contact_changed").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_confirmation_and_a_cancellation_never_both_count(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for round in 0..5 {
        let world = world(engine).await;
        let other = world.node(2).await;
        let (id, _) = owner(&world).await;
        let token = asked(&world, id).await.token;
        let stop = cancellation(&world, OLD).await.token;
        let call = Call::own(world.now());
        let (confirmed, cancelled) = tokio::join!(
            service::confirm(&world.app, &token, call),
            service::cancel(&other, &stop, call)
        );
        let applied = contacts(&world, id).await.0.as_deref() == Some(NEW);
        match (code(confirmed), code(cancelled)) {
            (Ok(()), Err(ErrorCode::LinkExpired)) => assert!(applied, "round {round}"),
            (Err(ErrorCode::LinkExpired), Ok(())) => assert!(!applied, "round {round}"),
            other => panic!("round {round}: {other:?}"),
        }
    }
}

/// Two jobs at the end of the hold ask the new contact once.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_jobs_ask_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let other = world.node(2).await;
    let (id, _) = owner(&world).await;
    sign(&world, id, NEW).await;
    world.advance(HOLD);
    let (one, two) = tokio::join!(job::settle_due(&world.app), job::settle_due(&other));
    one.unwrap();
    two.unwrap();
    assert_eq!(events(&world, "contact_confirmation_asked").await, 1);
    assert_eq!(count(&world, NEW).await, 1);
}

//! What was referred, decided at a counter.

use super::people::*;
use crate::recovery::counter::approval;
use crate::recovery::people as recovery;
use rstest::rstest;
use server::accounts::CounterError;
use server::app::App;
use server::challenges::Call;
use server::contacts::service as contacts;
use server::signatures::{Decision, Follows, service};
use server::staff::Officer;
use shared::accounts::{NotDone, Progress};
use shared::identifiers::ContactChangeId;
use shared::recovery::api::Empty as Nothing;
use shared::recovery::api::{Abandon, StageView};
use shared::signatures::api::SignatureStageView;
use shared::signatures::{Purpose, ReferralNumber, Rejection};
use shared::staff::Right;
use shared::unlock::api::UnlockStageView;
use std::time::Duration;
use tests::desk::{Desk, agent};
use tests::{Browser, Engine, World};

const FORTNIGHT: Duration = Duration::from_hours(24 * 14);
/// How long an officer takes to sign in.
const SIGNING_IN: Duration = Duration::from_secs(30);

async fn decide(
    app: &App,
    officer: &Officer,
    number: &ReferralNumber,
    decision: Decision,
) -> Result<Follows, NotDone> {
    let mut tx = app.store.write().await.unwrap();
    let call = Call::own(app.clock.now());
    match service::decide(app, &mut tx, officer, (number, decision), call).await {
        Ok(follows) => {
            tx.commit().await.unwrap();
            Ok(follows)
        }
        Err(CounterError::NotDone(reason)) => Err(reason),
        Err(CounterError::Store(error)) => panic!("{error}"),
    }
}

fn accept() -> Decision {
    Decision::Accept(approval())
}

/// A request of a browser that was referred.
async fn referred(world: &World, browser: &mut Browser, purpose: Purpose) -> ReferralNumber {
    open(COMPANY, browser, purpose).await.unwrap();
    let file = with_behind(browser, "unsure").await;
    let view = upload(browser, file).await.unwrap();
    let SignatureStageView::Referred { number, .. } = view.stage else {
        panic!("{view:?}")
    };
    recovery::deliver(world).await;
    number.parse().unwrap()
}

async fn officer(desk: &Desk, app: &App) -> Officer {
    desk.officer(app, Right::ActOnAccounts).await
}

#[rstest]
#[tokio::test]
async fn an_accepted_recovery_goes_on_days_later_in_its_own_browser(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let number = referred(&world, &mut browser, Purpose::Recovery).await;
    // The case behind it waits for an officer from now on.
    let view = recovery::current(&mut browser).await.unwrap();
    assert!(
        matches!(view.stage, StageView::AwaitingOfficer { .. }),
        "{view:?}"
    );
    world.advance(Duration::from_hours(24 * 13));
    let desk = agent(&world, "Ana Paz").await;
    let officer = officer(&desk, &world.app).await;
    let follows = decide(&world.app, &officer, &number, accept()).await.unwrap();
    let Follows::Recovery(case) = follows else {
        panic!("{follows:?}")
    };
    let view = recovery::current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    recovery::deliver(&world).await;
    recovery::reset(&mut browser, &recovery::token(&world), recovery::GOOD)
        .await
        .unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    let progress = server::recovery::service::progress(&mut tx, case, world.now())
        .await
        .unwrap();
    drop(tx);
    assert_eq!(progress, Some(Progress::Done { at: world.now() }));
    // The page tells it too, and the applicant has a mail.
    assert!(matches!(
        current(&mut browser).await.stage,
        SignatureStageView::Passed { .. }
    ));
    let mails = world.mails();
    let told = mails
        .iter()
        .any(|mail| mail.text.contains(number.as_str()) && mail.text.contains("aceptada"));
    assert!(told);
    // Once.
    let again = decide(&world.app, &officer, &number, accept()).await;
    assert_eq!(again, Err(NotDone::ReferralDecided));
    let because = Rejection::Withdrawn;
    let declined = decide(&world.app, &officer, &number, Decision::Decline(because)).await;
    assert_eq!(declined, Err(NotDone::ReferralDecided));
}

#[rstest]
#[tokio::test]
async fn an_accepted_unlocking_sends_its_link_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Blocked).await;
    let mut browser = world.browser();
    let number = referred(&world, &mut browser, Purpose::Unlock).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = officer(&desk, &world.app).await;
    let follows = decide(&world.app, &officer, &number, accept()).await.unwrap();
    assert!(matches!(follows, Follows::Unlock(_)), "{follows:?}");
    let view = crate::unlock::people::current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, UnlockStageView::Sending { .. }), "{view:?}");
    recovery::deliver(&world).await;
    let token = crate::unlock::people::by_mail(&world).remove(0);
    crate::unlock::people::confirm(&mut browser, &token)
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn an_accepted_contact_is_held_like_a_pass(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let number = referred(&world, &mut browser, purposes()[2].clone()).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = officer(&desk, &world.app).await;
    let follows = decide(&world.app, &officer, &number, accept()).await.unwrap();
    let Follows::Contact(change) = follows else {
        panic!("{follows:?}")
    };
    assert_eq!(audited(&world, "contact_change_held").await, 1);
    assert!(matches!(
        next(&current(&mut browser).await),
        shared::signatures::api::Next::Held { .. }
    ));
    let progress = progress(&world, change).await;
    assert!(
        matches!(progress, Progress::HandedOver { .. }),
        "held: {progress:?}"
    );
    let email = crate::sessions::people::load(&world, account).await.email;
    assert_eq!(email.unwrap().to_string(), "maria@empresa.example");
}

async fn progress(world: &World, change: ContactChangeId) -> Progress {
    let mut tx = world.app.store.read().await.unwrap();
    contacts::progress(&mut tx, change, world.now())
        .await
        .unwrap()
        .unwrap()
}

#[rstest]
#[tokio::test]
async fn a_declined_one_brings_nothing_and_the_applicant_is_told_why(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let number = referred(&world, &mut browser, Purpose::Recovery).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = officer(&desk, &world.app).await;
    let because = Rejection::CertificateInvalid;
    let follows = decide(&world.app, &officer, &number, Decision::Decline(because)).await;
    assert_eq!(follows, Ok(Follows::Nothing));
    let at = world.now();
    assert_eq!(
        current(&mut browser).await.stage,
        SignatureStageView::Declined { at, because }
    );
    recovery::deliver(&world).await;
    let mail = world.mails().remove(0);
    assert!(mail.text.contains("revocado"), "{}", mail.text);
    assert!(recovery::tokens(&world).is_empty());
    // The case behind it still waits for an officer: the person is at the counter.
    let view = recovery::current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::AwaitingOfficer { .. }));
    assert_eq!(
        decide(&world.app, &officer, &number, accept()).await,
        Err(NotDone::ReferralDecided)
    );
}

#[rstest]
#[tokio::test]
async fn a_request_can_be_decided_for_fourteen_days(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let tick = Duration::from_micros(1);
    for (wait, decided) in [
        (FORTNIGHT.checked_sub(tick).unwrap(), true),
        (FORTNIGHT, false),
        (FORTNIGHT + tick, false),
    ] {
        for purpose in [Purpose::Recovery, purposes()[2].clone()] {
            let world = world(engine).await;
            COMPANY.settle(&world, Condition::Good).await;
            let number = referred(&world, &mut world.browser(), purpose).await;
            world.advance(wait.checked_sub(SIGNING_IN).unwrap());
            let desk = agent(&world, "Ana Paz").await;
            let officer = officer(&desk, &world.app).await;
            let told = decide(&world.app, &officer, &number, accept()).await;
            if decided {
                assert!(told.is_ok(), "{told:?}");
            } else {
                assert_eq!(told, Err(NotDone::ReferralExpired));
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_followed_is_told_and_stays_open(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let contact = referred(&world, &mut world.browser(), purposes()[2].clone()).await;
    let number = referred(&world, &mut browser, Purpose::Recovery).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = officer(&desk, &world.app).await;
    let unknown = ReferralNumber::from_random([9; 8]);
    assert_eq!(
        decide(&world.app, &officer, &unknown, accept()).await,
        Err(NotDone::NoReferral)
    );

    recovery::change_state(&world, account, Condition::Frozen).await;
    let before = world.everything().await;
    for number in [&contact, &number] {
        assert_eq!(
            decide(&world.app, &officer, number, accept()).await,
            Err(NotDone::AccountFrozen)
        );
    }
    assert_eq!(world.everything().await, before);
    let mut tx = world.app.store.write().await.unwrap();
    server::accounts::store::thaw(&mut tx, account).await.unwrap();
    tx.commit().await.unwrap();

    // The person gave the case up.
    browser.call::<Abandon>(&Nothing {}).await.unwrap();
    let before = world.everything().await;
    assert_eq!(
        decide(&world.app, &officer, &number, accept()).await,
        Err(NotDone::CaseOver)
    );
    assert_eq!(world.everything().await, before);
    let because = Rejection::Withdrawn;
    decide(&world.app, &officer, &number, Decision::Decline(because))
        .await
        .unwrap();

    // What is no longer kept is no longer known.
    world.advance(world.app.policy.retention.signature());
    service::purge(&world.app, world.now()).await.unwrap();
    let desk = agent(&world, "Luis Mora").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    assert_eq!(
        decide(&world.app, &officer, &contact, accept()).await,
        Err(NotDone::NoReferral)
    );
}

/// Two officers have the same number before them: one decides, and one link leaves.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_officers_at_once_one_decides(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let node = world.node(2).await;
    let (ana, luis) = (agent(&world, "Ana Paz").await, agent(&world, "Luis Mora").await);
    for round in 1..=5 {
        let number = referred(&world, &mut world.browser(), Purpose::Recovery).await;
        let (one, two) = (officer(&ana, &world.app).await, officer(&luis, &node).await);
        let second = if round % 2 == 0 {
            accept()
        } else {
            Decision::Decline(Rejection::SignerUnproved)
        };
        let both = tokio::join!(
            decide(&world.app, &one, &number, accept()),
            decide(&node, &two, &number, second)
        );
        let both = [both.0, both.1];
        assert_eq!(both.iter().filter(|told| told.is_ok()).count(), 1, "{both:?}");
        let refused = both.into_iter().find_map(Result::err);
        assert_eq!(refused, Some(NotDone::ReferralDecided));
        let decided = audited(&world, "referral_accepted").await + audited(&world, "referral_declined").await;
        assert_eq!(decided, round);
    }
}

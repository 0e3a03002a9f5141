//! Links that an officer sends: for the case of a browser, or for one that no browser has.

use super::people::*;
use crate::sessions::people::{self as owners, COMPANY as OWNER, RIGHT};
use rstest::rstest;
use server::accounts::CounterError;
use server::app::App;
use server::challenges::{Call, Identity};
use server::on;
use server::recovery::{AtCounter, Sent, service};
use server::staff::Officer;
use shared::accounts::{NotDone, Progress};
use shared::api::ErrorCode;
use shared::identifiers::{Branch, CaseId};
use shared::recovery::api::StageView;
use shared::recovery::api::{ChooseRoute, LinkToken, RouteChoice};
use shared::recovery::{CaseReference, OfficerApproval, Refusal, Route};
use shared::sessions::api::{Happening, HistoryPage, ShowHistory};
use shared::staff::Right;
use shared::time::Deadline;
use shared::visits::api::CaseStanding;
use std::time::Duration;
use tests::desk::agent;
use tests::{Browser, Engine, World};

const TICK: Duration = Duration::from_micros(1);
const FORTNIGHT: Duration = Duration::from_hours(24 * 14);

pub fn identity(employer: Employer) -> Identity {
    Identity {
        employer: employer.identifier(),
        branch: Branch::default(),
        representative: employer.representative.parse().unwrap(),
    }
}

pub fn approval() -> OfficerApproval {
    OfficerApproval::given("original cédula and appointment shown").unwrap()
}

pub fn at_counter(employer: Employer, reference: Option<&CaseReference>) -> AtCounter {
    AtCounter {
        identity: identity(employer),
        reference: reference.cloned(),
    }
}

/// Sends a link, and commits if it was sent.
async fn send(app: &App, officer: &Officer, asked: &AtCounter) -> Result<Sent<CaseId>, NotDone> {
    let mut tx = app.store.write().await.unwrap();
    let call = Call::own(app.clock.now());
    match service::send_by_officer(app, &mut tx, officer, approval(), asked, call).await {
        Ok(sent) => {
            tx.commit().await.unwrap();
            Ok(sent)
        }
        Err(CounterError::NotDone(reason)) => Err(reason),
        Err(CounterError::Store(error)) => panic!("{error}"),
    }
}

async fn progress(world: &World, case: CaseId) -> Progress {
    let mut tx = world.app.store.read().await.unwrap();
    let found = service::progress(&mut tx, case, world.now()).await.unwrap();
    found.expect("a case")
}

/// A browser's case that waits for an officer.
async fn waiting(employer: Employer, browser: &mut Browser) -> CaseReference {
    let case = employer.identify(browser).await.unwrap();
    let route = Route::Counter;
    let view = browser.call::<ChooseRoute>(&RouteChoice { route }).await.unwrap();
    assert!(matches!(view.stage, StageView::AwaitingOfficer { .. }));
    case.reference
}

/// How many events of a case have an officer's name.
async fn by_staff(world: &World, case: CaseId) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = on!(&mut tx, |conn| {
        sqlx::query_as(
        "SELECT COUNT(*) FROM audit_events WHERE case_id = $1 AND staff_id IS NOT NULL AND actor = 'officer'"
    )
    .bind(case.as_uuid())
    .fetch_one(conn)
    })
    .unwrap();
    count
}

#[rstest]
#[tokio::test]
async fn a_link_goes_to_the_registered_address_and_the_officer_watches_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let officer = agent(&world, "Ana Paz").await;
    let officer = officer.officer(&world.app, Right::ActOnAccounts).await;

    let sent = send(&world.app, &officer, &at_counter(COMPANY, None))
        .await
        .unwrap();
    assert_eq!(sent.to, "ma•••@em•••.example");
    assert_eq!(progress(&world, sent.case).await, Progress::Queued);
    deliver(&world).await;
    let mail = world.mails().remove(0);
    assert_eq!(mail.to.to_string(), "maria@empresa.example");
    assert!(mail.subject.contains(sent.reference.as_str()));
    let deadline = Deadline::after(world.now(), Duration::from_mins(3));
    assert_eq!(
        progress(&world, sent.case).await,
        Progress::HandedOver { deadline }
    );

    // Whoever reads the mailbox finishes, in a browser of their own; no browser ever had the case.
    let mut person = world.browser();
    reset(&mut person, &token(&world), GOOD).await.unwrap();
    assert_eq!(
        progress(&world, sent.case).await,
        Progress::Done { at: world.now() }
    );
    assert!(
        by_staff(&world, sent.case).await >= 2,
        "opened and proved by an officer"
    );

    // The owner reads of it, and not where the officer sits.
    assert_eq!(GOOD, RIGHT);
    let mut owner = OWNER.known(&world).await;
    let history = owner.call::<ShowHistory>(&HistoryPage::default()).await.unwrap();
    let entry = history
        .entries
        .iter()
        .find(|entry| entry.what == Happening::OfficerSentLink);
    let entry = entry.expect("an entry in the history");
    assert_eq!((entry.network, entry.device), (None, None));
    assert_eq!(
        owners::load(&world, account).await.password_set_at,
        Some(entry.at)
    );
}

#[rstest]
#[tokio::test]
async fn a_quoted_case_goes_on_in_its_own_browser(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    OTHER.settle(&world, Condition::Good).await;
    let desk = agent(&world, "Ana Paz").await;
    let mut browser = world.browser();
    let reference = waiting(COMPANY, &mut browser).await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;

    // Neither another employer's, nor another person's, nor one that nobody has.
    let before = world.everything().await;
    let stranger = AtCounter {
        identity: Identity {
            representative: OTHER.representative.parse().unwrap(),
            ..identity(COMPANY)
        },
        reference: Some(reference.clone()),
    };
    let unknown = CaseReference::from_random([9; 8]);
    for asked in [
        at_counter(OTHER, Some(&reference)),
        stranger,
        at_counter(COMPANY, Some(&unknown)),
    ] {
        assert_eq!(
            send(&world.app, &officer, &asked).await,
            Err(NotDone::NoCaseWaiting)
        );
    }
    assert_eq!(world.everything().await, before);

    let asked = at_counter(COMPANY, Some(&reference));
    let sent = send(&world.app, &officer, &asked).await.unwrap();
    assert_eq!(sent.reference, reference);
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    // Once: the case waits for nobody any more.
    assert_eq!(
        send(&world.app, &officer, &asked).await,
        Err(NotDone::NoCaseWaiting)
    );
    deliver(&world).await;
    reset(&mut browser, &token(&world), GOOD).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_case_waits_for_an_officer_for_fourteen_days(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    // Signing in takes the officer half a minute.
    let signing_in = Duration::from_secs(30);
    let last = FORTNIGHT.checked_sub(TICK).unwrap();
    for (wait, waits) in [(last, true), (FORTNIGHT, false), (FORTNIGHT + TICK, false)] {
        let world = world(engine).await;
        COMPANY.settle(&world, Condition::Good).await;
        let reference = waiting(COMPANY, &mut world.browser()).await;
        world.advance(wait.checked_sub(signing_in).unwrap());
        let desk = agent(&world, "Ana Paz").await;
        let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
        let mut tx = world.app.store.read().await.unwrap();
        let now = world.now();
        let mut known = Vec::new();
        for case in service::by_reference(&mut tx, &reference, now).await.unwrap() {
            known.extend(service::at_desk(&mut tx, case, now).await.unwrap());
        }
        drop(tx);
        let found = known.iter().map(|found| (found.standing, found.identity.clone()));
        let expected = waits.then(|| (CaseStanding::AwaitingOfficer, Some(identity(COMPANY))));
        assert!(found.eq(expected), "{known:?}");
        let sent = send(&world.app, &officer, &at_counter(COMPANY, Some(&reference))).await;
        assert_eq!(sent.is_ok(), waits, "{sent:?}");
    }
}

#[rstest]
#[tokio::test]
async fn what_the_account_says_holds_for_officers_and_nothing_is_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for (condition, reason) in [
        (Condition::NoEmail, NotDone::NoEmail),
        (Condition::Blocked, NotDone::AccountBlocked),
        (Condition::Frozen, NotDone::AccountFrozen),
        (Condition::NoAccount, NotDone::NoAccount),
    ] {
        let world = world(engine).await;
        COMPANY.settle(&world, condition).await;
        let mut browser = world.browser();
        let reference = waiting(COMPANY, &mut browser).await;
        let desk = agent(&world, "Ana Paz").await;
        let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
        let before = world.everything().await;
        for reference in [None, Some(&reference)] {
            let asked = at_counter(COMPANY, reference);
            assert_eq!(
                send(&world.app, &officer, &asked).await,
                Err(reason),
                "{condition:?}"
            );
        }
        assert_eq!(world.everything().await, before, "{condition:?}");
        // The case goes on waiting, until that is mended.
        let view = current(&mut browser).await.unwrap();
        assert!(matches!(view.stage, StageView::AwaitingOfficer { .. }));
    }
}

/// Not even an officer's link gets past what comes between the send and the mail, or between the mail and the password.
#[rstest]
#[tokio::test]
async fn a_freeze_or_a_block_in_between_is_met(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Condition::Blocked, Condition::Frozen)] condition: Condition,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    let mut browser = world.browser();
    let reference = waiting(COMPANY, &mut browser).await;
    let sent = send(&world.app, &officer, &at_counter(COMPANY, Some(&reference)))
        .await
        .unwrap();
    change_state(&world, account, condition).await;
    deliver(&world).await;
    assert!(tokens(&world).is_empty(), "no link leaves");
    assert_eq!(progress(&world, sent.case).await, Progress::Stopped);
    let reason = if condition == Condition::Blocked {
        Refusal::AccountBlocked
    } else {
        Refusal::AccountFrozen
    };
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        StageView::Refused { reason }
    );
}

#[rstest]
#[tokio::test]
async fn a_link_in_the_mailbox_sets_no_password_of_a_frozen_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    send(&world.app, &officer, &at_counter(COMPANY, None))
        .await
        .unwrap();
    deliver(&world).await;
    change_state(&world, account, Condition::Frozen).await;
    let problem = reset(&mut world.browser(), &token(&world), GOOD)
        .await
        .unwrap_err();
    assert_eq!(problem.code, ErrorCode::LinkExpired);
}

/// Two officers have the same case before them.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_officers_at_once_one_sends(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let (one, two) = (agent(&world, "Ana Paz").await, agent(&world, "Luis Mora").await);
    let node = world.node(2).await;
    for _ in 0..5 {
        let reference = waiting(COMPANY, &mut world.browser()).await;
        let asked = at_counter(COMPANY, Some(&reference));
        let one = one.officer(&world.app, Right::ActOnAccounts).await;
        let two = two.officer(&node, Right::ActOnAccounts).await;
        let both = tokio::join!(send(&world.app, &one, &asked), send(&node, &two, &asked));
        let both = [both.0, both.1];
        assert_eq!(both.iter().filter(|told| told.is_ok()).count(), 1, "{both:?}");
        let refused = both.into_iter().find_map(Result::err);
        assert_eq!(refused, Some(NotDone::NoCaseWaiting));
    }
}

/// A newer link ends an older one, whoever had it sent.
#[rstest]
#[tokio::test]
async fn an_account_has_one_link(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let old: LinkToken = COMPANY.reach_link(&world, &mut world.browser()).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    let first = send(&world.app, &officer, &at_counter(COMPANY, None))
        .await
        .unwrap();
    let second = send(&world.app, &officer, &at_counter(COMPANY, None))
        .await
        .unwrap();
    assert_eq!(progress(&world, first.case).await, Progress::Stopped);
    deliver(&world).await;
    let problem = reset(&mut world.browser(), &old, GOOD).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::LinkReplaced);
    reset(&mut world.browser(), &token(&world), GOOD).await.unwrap();
    assert_eq!(
        progress(&world, second.case).await,
        Progress::Done { at: world.now() }
    );
}

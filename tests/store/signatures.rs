//! Cases of signed requests, their requests, evidence and referrals on both databases.

use notary::Nonce;
use rstest::rstest;
use server::challenges::{Identity, Subject};
use server::signatures::Follows;
use server::signatures::referrals::{self, Decided, NewEvidence, NewReferral, Papers, State};
use server::signatures::store::{self, Asked, Parent, Record};
use server::store::{StoreError, Tx};
use shared::i18n::Language;
use shared::identifiers::{AccountId, Branch, CaseId, DocumentId, SignatureId, StaffId};
use shared::policy::{Policy, Profile};
use shared::recovery::CaseReference;
use shared::signatures::api::{Outcome, VerdictView};
use shared::signatures::{
    Beginning, Event, Findings, Purpose, ReferralNumber, Rejection, RequestNumber, SignatureCase, Terms,
    Verdict,
};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;
use tests::{Engine, World};
use uuid::Uuid;

const TICK: Duration = Duration::from_micros(1);
const LIFE: Duration = Duration::from_hours(1);

fn asked() -> Asked {
    Asked {
        identity: Identity {
            employer: "1790016919001".parse().unwrap(),
            branch: Branch::default(),
            representative: "1710034065".parse().unwrap(),
        },
        purpose: Purpose::Email("nueva@empresa.example".parse().unwrap()),
    }
}

fn record(number: u8, at: Timestamp) -> Record {
    let terms = Terms::of(&Policy::of(Profile::Y2026));
    let reference = CaseReference::from_random([number; 8]);
    let beginning = Beginning::Case {
        deadline: Deadline::after(at, LIFE * 2),
    };
    let asked = asked();
    Record {
        id: SignatureId::new(at, [number; 10]),
        version: 1,
        case: SignatureCase::open(beginning, reference, asked.purpose.name(), terms, at).case,
        subject: Subject([5; 32]),
        account: Some(AccountId::new(at, [7; 10])),
        parent: Parent::Recovery(CaseId::new(at, [8; 10])),
        contact: asked.purpose.masked(),
        asked: Some(asked),
        verdict: Some(VerdictView::of(&Verdict::of(Findings::NONE), at)),
        held: Some(Deadline::after(at, LIFE)),
        follows: Follows::Nothing,
        language: Language::Qu,
    }
}

fn document(number: u8) -> DocumentId {
    DocumentId::new(Timestamp::from_micros(0), [number; 10])
}

async fn issue(tx: &mut Tx, case: &Record, nonce: u8, at: Timestamp) -> Result<(), StoreError> {
    let which = (case.id, RequestNumber::FIRST);
    store::issue(
        tx,
        which,
        Nonce([nonce; 16]),
        document(nonce),
        (at, Deadline::after(at, LIFE)),
    )
    .await
}

#[rstest]
#[tokio::test]
async fn a_case_is_read_as_it_was_written(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let written = record(1, world.now());
    store::insert(&mut tx, &written, &[1; 32], world.now())
        .await
        .unwrap();
    for read in [
        store::by_cookie(&mut tx, &[1; 32]).await.unwrap().unwrap(),
        store::by_id(&mut tx, written.id).await.unwrap().unwrap(),
        store::lock(&mut tx, written.id).await.unwrap().unwrap(),
    ] {
        assert_eq!(format!("{read:?}"), format!("{written:?}"));
        assert_eq!((&read.asked, read.parent), (&written.asked, written.parent));
        assert_eq!((&read.verdict, read.held), (&written.verdict, written.held));
    }
    assert!(store::by_cookie(&mut tx, &[2; 32]).await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn only_the_version_that_was_read_is_replaced_and_an_end_forgets_what_was_typed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    let mut written = record(1, world.now());
    store::insert(&mut tx, &written, &[1; 32], world.now())
        .await
        .unwrap();
    let stale = written.clone();
    written.case = written.case.apply(Event::Abandoned, world.now()).unwrap().case;
    store::save(&mut tx, &written, world.now()).await.unwrap();
    let late = store::save(&mut tx, &stale, world.now()).await;
    assert!(matches!(late, Err(StoreError::Changed)), "{late:?}");
    let read = store::by_id(&mut tx, written.id).await.unwrap().unwrap();
    assert_eq!((read.version, read.asked), (2, None));
    assert_eq!(read.contact, written.contact, "masked, it stays");
}

#[rstest]
#[tokio::test]
async fn a_request_is_used_once_and_in_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let (now, first) = (world.now(), RequestNumber::FIRST);
    let mut tx = world.app.store.write().await.unwrap();
    let cases = [record(1, now), record(2, now)];
    for (case, nonce) in cases.iter().zip([1, 2]) {
        store::insert(&mut tx, case, &[nonce; 32], now).await.unwrap();
        issue(&mut tx, case, nonce, now).await.unwrap();
    }
    let read = store::request(&mut tx, cases[0].id, first)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (read.nonce, read.document, read.used),
        (Nonce([1; 16]), document(1), None)
    );
    let end = now.after(LIFE);
    assert!(
        !store::use_request(&mut tx, cases[0].id, first, end)
            .await
            .unwrap()
    );
    let last = end.before(TICK);
    assert!(
        store::use_request(&mut tx, cases[0].id, first, last)
            .await
            .unwrap()
    );
    assert!(
        !store::use_request(&mut tx, cases[0].id, first, last)
            .await
            .unwrap()
    );
    let second = first.next().unwrap();
    assert!(
        !store::use_request(&mut tx, cases[1].id, second, now)
            .await
            .unwrap()
    );
    let used = store::request(&mut tx, cases[0].id, first)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(used.used, Some(last));
    tx.commit().await.unwrap();

    let mut tx = world.app.store.write().await.unwrap();
    let third = record(3, now);
    store::insert(&mut tx, &third, &[3; 32], now).await.unwrap();
    let again = issue(&mut tx, &third, 1, now).await;
    assert!(
        matches!(again, Err(StoreError::Conflict(_))),
        "a nonce twice: {again:?}"
    );
}

#[rstest]
#[tokio::test]
async fn overdue_cases_are_found_and_old_ones_go(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let now = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let mut case = record(1, now);
    store::insert(&mut tx, &case, &[1; 32], now).await.unwrap();
    issue(&mut tx, &case, 1, now).await.unwrap();
    let end = now.after(LIFE);
    assert_eq!(store::overdue(&mut tx, end.before(TICK), 10).await.unwrap(), []);
    assert_eq!(store::overdue(&mut tx, end, 10).await.unwrap(), [case.id]);
    assert_eq!(store::purge(&mut tx, end).await.unwrap(), 0, "it is open");
    case.case = case.case.apply(Event::Abandoned, now).unwrap().case;
    store::save(&mut tx, &case, now).await.unwrap();
    assert_eq!(store::purge(&mut tx, now.before(TICK)).await.unwrap(), 0);
    assert_eq!(store::purge(&mut tx, now).await.unwrap(), 2);
}

#[rstest]
#[tokio::test]
async fn referrals_wait_in_their_order_and_keep_their_evidence(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let now = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let verdict = VerdictView::of(&Verdict::of(Findings::NONE), now);
    let reference = CaseReference::from_random([9; 8]);
    let papers = Papers {
        request: document(1),
        file: document(2),
        opinion: document(3),
    };
    for (place, later) in [(2_u8, 2), (1, 1), (3, 3)] {
        let at = now.after(TICK * later);
        let evidence = NewEvidence {
            id: Uuid::from_u128(u128::from(place)),
            case: SignatureId::new(now, [place; 10]),
            reference: &reference,
            account: None,
            outcome: Outcome::Indeterminate,
            papers,
        };
        referrals::keep(&mut tx, &evidence, at).await.unwrap();
        if place == 3 {
            continue;
        }
        let number = ReferralNumber::from_random([place; 8]);
        assert!(!referrals::is_taken(&mut tx, &number).await.unwrap());
        let referral = NewReferral {
            id: Uuid::from_u128(u128::from(place)),
            number: &number,
            evidence: evidence.id,
            account: None,
            asked: &asked(),
            verdict: &verdict,
            language: Language::En,
        };
        referrals::refer(&mut tx, &referral, at).await.unwrap();
        assert!(referrals::is_taken(&mut tx, &number).await.unwrap());
    }
    let open = referrals::open(&mut tx, 10).await.unwrap();
    let numbers: Vec<_> = open.iter().map(|one| one.number.clone()).collect();
    assert_eq!(
        numbers,
        [1, 2].map(|place| ReferralNumber::from_random([place; 8]))
    );
    assert_eq!(
        (&open[0].asked, &open[0].verdict, &open[0].reference),
        (&asked(), &verdict, &reference)
    );
    assert_eq!(open[0].at, now.after(TICK));
    assert_eq!(referrals::open(&mut tx, 1).await.unwrap().len(), 1);

    // Decided once, by whoever comes first; what it rests on is told with it.
    let number = open[0].number.clone();
    let found = referrals::by_number(&mut tx, &number).await.unwrap().unwrap();
    assert_eq!(
        (found.state, found.papers, found.case),
        (State::Open, papers, open[0].case)
    );
    let officer = Some(StaffId::new(now, [4; 10]));
    let decided = |because| Decided {
        because,
        officer,
        account: None,
    };
    let because = Some(Rejection::SignerUnproved);
    assert!(
        referrals::decide(&mut tx, &number, decided(because), now)
            .await
            .unwrap()
    );
    assert!(
        !referrals::decide(&mut tx, &number, decided(None), now)
            .await
            .unwrap()
    );
    let found = referrals::by_number(&mut tx, &number).await.unwrap().unwrap();
    assert_eq!(found.state, State::Declined);
    let other = open[1].number.clone();
    assert!(
        referrals::decide(&mut tx, &other, decided(None), now)
            .await
            .unwrap()
    );
    let found = referrals::by_number(&mut tx, &other).await.unwrap().unwrap();
    assert_eq!(found.state, State::Accepted);
    assert!(referrals::open(&mut tx, 10).await.unwrap().is_empty());
    let unknown = ReferralNumber::from_random([9; 8]);
    assert!(referrals::by_number(&mut tx, &unknown).await.unwrap().is_none());
    assert!(
        !referrals::decide(&mut tx, &unknown, decided(None), now)
            .await
            .unwrap()
    );

    let third = now.after(TICK * 3);
    assert_eq!(
        referrals::purge(&mut tx, now.after(TICK * 2)).await.unwrap(),
        4,
        "two, with their evidence"
    );
    assert!(referrals::open(&mut tx, 10).await.unwrap().is_empty());
    assert_eq!(referrals::purge(&mut tx, third.before(TICK)).await.unwrap(), 0);
    assert_eq!(
        referrals::purge(&mut tx, third).await.unwrap(),
        1,
        "what no referral needs"
    );
}

//! Each rule, through the real router; and that nobody sees one before the proof.

use super::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::audit::Event;
use shared::recovery::api::{ChooseRoute, Route, RouteChoice};
use shared::time::{Deadline, Timestamp};

const TICK: Duration = Duration::from_micros(1);
const SOURCE: &str = "198.51.100.7";

/// Three wrong answers, a day before anybody may try again.
async fn suspend(world: &World, employer: Employer) {
    let mut browser = world.browser();
    let case = employer.identify(&mut browser).await.unwrap();
    for _ in 0..3 {
        answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
    }
    world.advance(DAY);
}

/// Wrong answers about so many employers, from one address after the other.
async fn fail_from(world: &World, addresses: &[&str], employers: usize) {
    for place in 0..employers {
        let address = addresses[place % addresses.len()];
        let mut browser = world.browser().at(address);
        let stranger = Employer {
            number: number(place),
            ..UNKNOWN
        };
        let case = stranger.identify(&mut browser).await.unwrap();
        answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
    }
}

/// The events of the audit log that are about a step-up.
async fn audited(world: &World) -> Vec<Event> {
    let mut tx = world.app.store.read().await.unwrap();
    let rows: Vec<(String,)> = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT detail FROM audit_events WHERE kind LIKE 'step_up%' ORDER BY at, id"
    )
    .fetch_all(conn))
    .unwrap();
    rows.into_iter()
        .map(|(detail,)| serde_json::from_str(&detail).unwrap())
        .collect()
}

#[rstest]
#[case::contact_changed(&[Reason::ContactChanged])]
#[case::recovery_repeated(&[Reason::RecoveryRepeated])]
#[case::often_suspended(&[Reason::OftenSuspended])]
#[case::many_workers(&[Reason::ManyWorkers])]
#[case::source_failing(&[Reason::SourceFailing])]
#[case::all(Reason::ALL)]
#[case::none(&[])]
#[tokio::test]
async fn every_rule_that_is_met_is_told_and_asks_for_more(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] expected: &[Reason],
) {
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    if expected.contains(&Reason::OftenSuspended) {
        for _ in 0..4 {
            suspend(&world, COMPANY).await;
        }
    }
    if expected.contains(&Reason::ContactChanged) {
        history::contact_changed(&world, account, world.now()).await;
    }
    if expected.contains(&Reason::RecoveryRepeated) {
        // By whatever way the first one went: what counts is that the password was recovered.
        history::recovered(&world, account, &identity(COMPANY), world.now()).await;
    }
    if expected.contains(&Reason::SourceFailing) {
        fail_from(&world, &[SOURCE], 10).await;
    }
    let mut browser = world.browser().at(SOURCE);
    let case = COMPANY.identify(&mut browser).await.unwrap();
    if expected.contains(&Reason::ManyWorkers) {
        // The set was drawn before: the facts are those of the proof's moment.
        COMPANY.employ(&world, 501);
    }
    let mails = world.mails().len();
    let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
    deliver(&world).await;
    if expected.is_empty() {
        assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
        assert_eq!(audited(&world).await, []);
        return;
    }
    assert_eq!(reasons(&view), expected);
    assert_eq!(challenge(&view), (None, 5), "the account has no passkey");
    assert_eq!(view.routes, [Route::Signature, Route::Counter]);
    assert_eq!(current(&mut browser).await.unwrap().stage, view.stage);
    assert_eq!(tokens(&world).len(), 0, "nothing was sent");
    assert!(world.mails().len() >= mails);
    let reasons = expected.to_vec();
    assert_eq!(audited(&world).await, [Event::StepUpDemanded { reasons }]);

    // Both other routes lead on.
    for (route, leads) in [(Route::Signature, "signature"), (Route::Counter, "officer")] {
        let chosen = browser.call::<ChooseRoute>(&RouteChoice { route }).await.unwrap();
        assert!(
            matches!(
                (&chosen.stage, leads),
                (StageView::AwaitingSignature { .. }, "signature")
                    | (StageView::AwaitingOfficer { .. }, "officer")
            ),
            "{chosen:?}"
        );
    }
}

/// One whole recovery after the other, with nothing made up.
#[rstest]
#[tokio::test]
async fn a_second_recovery_within_thirty_days_asks_for_more_and_then_no_more(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for (left, asks) in [(TICK, true), (Duration::ZERO, false)] {
        let world = strict(engine).await;
        COMPANY.settle(&world, Condition::Good).await;
        let mut first = world.browser();
        let token = COMPANY.reach_link(&world, &mut first).await;
        reset(&mut first, &token, GOOD).await.unwrap();
        let done = world.now();
        // Nothing that is still looked at is deleted.
        world.advance(DAY * 29);
        server::recovery::job::purge(&world.app).await.unwrap();
        world.advance(done.after(DAY * 30).before(left).since(world.now()));
        let view = prove(&mut world.browser(), COMPANY).await;
        if asks {
            assert_eq!(reasons(&view), [Reason::RecoveryRepeated]);
        } else {
            assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
        }
    }
}

#[rstest]
#[case::exactly_thirty_days(Duration::ZERO, &[])]
#[case::one_tick_less(TICK, &[Reason::ContactChanged])]
#[tokio::test]
async fn a_contact_counts_for_thirty_days(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] left: Duration,
    #[case] expected: &[Reason],
) {
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let changed = world.now().before(DAY * 30).after(left);
    history::contact_changed(&world, account, changed).await;
    // An older change takes nothing back.
    history::contact_changed(&world, account, changed.before(DAY)).await;
    check(&prove(&mut world.browser(), COMPANY).await, expected);
}

#[rstest]
#[case(3, TICK, &[])]
#[case(4, TICK, &[Reason::OftenSuspended])]
#[case(4, Duration::ZERO, &[])]
#[tokio::test]
async fn suspensions_count_for_ninety_days(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] count: usize,
    #[case] left: Duration,
    #[case] expected: &[Reason],
) {
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let other = OTHER.settle(&world, Condition::Good).await.unwrap();
    let began = world.now().before(DAY * 90).after(left);
    for _ in 0..count {
        history::suspended(&world, account, &identity(COMPANY), began).await;
        // Another employer's are not ours.
        history::suspended(&world, other, &identity(OTHER), began).await;
    }
    check(&prove(&mut world.browser(), COMPANY).await, expected);
}

#[rstest]
#[case(500, &[])]
#[case(501, &[Reason::ManyWorkers])]
#[tokio::test]
async fn five_hundred_workers_are_not_many(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] workers: u32,
    #[case] expected: &[Reason],
) {
    let world = strict(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    COMPANY.employ(&world, workers);
    let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
    check(&view, expected);
}

#[rstest]
#[case::nine_from_one_address(&["198.51.100.7"], 9, "198.51.100.7", &[])]
#[case::ten_from_one_address(&["198.51.100.7"], 10, "198.51.100.7", &[Reason::SourceFailing])]
#[case::ten_from_the_neighbour(&["198.51.100.8"], 10, "198.51.100.7", &[])]
#[case::ten_from_one_household(&["2001:db8:0:1::1", "2001:db8:0:1:ffff::2"], 10, "2001:db8:0:1::3", &[Reason::SourceFailing])]
#[case::ten_from_two_households(&["2001:db8:0:1::1", "2001:db8:0:2::1"], 10, "2001:db8:0:1::3", &[])]
#[tokio::test]
async fn a_source_fails_for_many_as_the_limits_count_sources(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] addresses: &[&str],
    #[case] employers: usize,
    #[case] from: &str,
    #[case] expected: &[Reason],
) {
    let world = strict(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    fail_from(&world, addresses, employers).await;
    check(&prove(&mut world.browser().at(from), COMPANY).await, expected);
}

#[rstest]
#[tokio::test]
async fn many_failures_for_one_employer_are_one_and_a_day_ends_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = strict(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    for _ in 0..2 {
        fail_from(&world, &[SOURCE], 9).await;
        world.advance(Duration::from_mins(1));
    }
    check(&prove(&mut world.browser().at(SOURCE), COMPANY).await, &[]);
    fail_from(&world, &[SOURCE], 10).await;
    let last = world.now();
    for (at, expected) in [
        (last.after(DAY).before(TICK), &[Reason::SourceFailing][..]),
        (last.after(DAY), &[]),
    ] {
        world.advance(at.since(world.now()));
        check(&prove(&mut world.browser().at(SOURCE), COMPANY).await, expected);
    }
    server::recovery::job::purge(&world.app).await.unwrap();
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM source_failures").await, 0);
}

#[rstest]
#[tokio::test]
async fn what_a_source_failed_for_can_be_read_from_no_row(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = strict(engine).await;
    fail_from(&world, &[SOURCE, "198.51.100.8"], 2).await;
    fail_from(&world, &["198.51.100.8", SOURCE], 2).await;
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM source_failures").await, 4);
    assert_eq!(
        rows(&world, "SELECT COUNT(DISTINCT identifier) FROM source_failures").await,
        4,
        "the same employer from another source is another digest"
    );
}

/// A rule that is off asks for nothing, whatever happened.
#[rstest]
#[tokio::test]
async fn the_policy_turns_single_rules_off(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = with(engine, |policy| {
        policy.step_up = Policy::of(Profile::Y2026).step_up;
        policy.step_up.recovery_repeated.enabled = false;
    })
    .await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    history::recovered(&world, account, &identity(COMPANY), world.now()).await;
    check(&prove(&mut world.browser(), COMPANY).await, &[]);
    history::contact_changed(&world, account, world.now()).await;
    let view = prove(&mut world.browser(), COMPANY).await;
    assert_eq!(reasons(&view), [Reason::ContactChanged]);
}

/// Nobody learns of a rule before the right answers: an account that meets all of them and one that meets none are answered
/// alike, and as much is written. Their times are compared in `tests/http/enumeration`.
#[rstest]
#[tokio::test]
async fn before_the_proof_all_rules_look_like_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut all = Vec::new();
    for meets in [Meets::All, Meets::None] {
        let world = strict(engine).await;
        let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
        if meets == Meets::All {
            meet_all(&world, account).await;
        }
        let before = counts(&world).await;
        let mut browser = world.browser();
        let mut seen = Vec::new();
        let case = COMPANY.identify(&mut browser).await.unwrap();
        let asked = questions(&case);
        seen.push((without_questions(case), delta(&world, &before).await));
        for _ in 0..3 {
            let view = answer(&mut browser, &wrong(&asked)).await.unwrap();
            seen.push((without_questions(view), delta(&world, &before).await));
        }
        // While it is suspended, right answers are not judged.
        let suspended = prove(&mut world.browser(), COMPANY).await;
        assert!(matches!(suspended.stage, StageView::Suspended { .. }));
        seen.push((without_questions(suspended), delta(&world, &before).await));
        all.push(seen);
    }
    assert_eq!(all[0], all[1]);
}

/// Right answers that are judged by nobody tell nothing either: while a registry is down, and of whom nobody knows.
#[rstest]
#[tokio::test]
async fn who_is_not_judged_sees_no_rule(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    meet_all(&world, account).await;
    let stranger = Employer {
        representative: OTHER.representative,
        ..COMPANY
    };
    OTHER.settle(&world, Condition::Good).await;
    let view = prove(&mut world.browser(), stranger).await;
    assert!(
        matches!(view.stage, StageView::Questions { failures: 1, .. }),
        "{view:?}"
    );

    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    world.registries.fail(shared::registries::Registry::Iess);
    let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
    assert!(
        matches!(view.stage, StageView::RegistryUnavailable { .. }),
        "{view:?}"
    );
    assert_eq!(audited(&world).await, []);
}

/// The reasons of the account that end the way online come first, as ever.
#[rstest]
#[tokio::test]
async fn a_refusal_is_told_and_no_passkey_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for condition in [
        Condition::NoEmail,
        Condition::Blocked,
        Condition::Frozen,
        Condition::Inactive,
    ] {
        let world = strict(engine).await;
        let account = COMPANY.settle(&world, condition).await.unwrap();
        history::recovered(&world, account, &identity(COMPANY), world.now()).await;
        let view = prove(&mut world.browser(), COMPANY).await;
        assert!(matches!(view.stage, StageView::Refused { .. }), "{view:?}");
    }
}

/// Whoever stops here ends nobody else's link, and lapses like every case that waits for a person.
#[rstest]
#[tokio::test]
async fn a_case_that_asks_for_more_ends_no_link_and_lapses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut owner = world.browser();
    let token = COMPANY.reach_link(&world, &mut owner).await;
    let mut other = world.browser();
    asked_for_more(&world, &mut other, COMPANY, account).await;
    assert!(inspect(&mut owner, &token).await.is_ok());
    reset(&mut owner, &token, GOOD).await.unwrap();

    let StageView::StepUp { deadline, .. } = current(&mut other).await.unwrap().stage else {
        panic!("the other case does not stand where it stood")
    };
    assert_eq!(deadline, Deadline::after(world.now(), Duration::from_mins(30)));
    world.advance(Duration::from_mins(30).saturating_sub(TICK));
    assert!(matches!(
        current(&mut other).await.unwrap().stage,
        StageView::StepUp { .. }
    ));
    world.advance(TICK);
    assert!(matches!(
        current(&mut other).await.unwrap().stage,
        StageView::Ended { .. }
    ));
    assert_eq!(server::recovery::job::lapse(&world.app).await.unwrap(), 1);
}

/// At this stage nothing of other stages is taken.
#[rstest]
#[tokio::test]
async fn the_stage_takes_only_its_own_calls(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use shared::recovery::api::{Empty, RenewChallenge, Resume};
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    assert_eq!(
        browser.call::<RenewChallenge>(&Empty {}).await.unwrap_err().code,
        ErrorCode::CaseMissing
    );
    let case = COMPANY.identify(&mut browser).await.unwrap();
    assert_eq!(
        browser.call::<RenewChallenge>(&Empty {}).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    history::recovered(&world, account, &identity(COMPANY), world.now()).await;
    let answers = right(&questions(&case));
    answer(&mut browser, &answers).await.unwrap();
    assert_eq!(
        answer(&mut browser, &answers).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    assert_eq!(
        browser.call::<Resume>(&Empty {}).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    let renewed = browser.call::<RenewChallenge>(&Empty {}).await.unwrap();
    assert_eq!(challenge(&renewed), (None, 5), "there is no passkey to ask for");
}

fn check(view: &CaseView, expected: &[Reason]) {
    if expected.is_empty() {
        assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    } else {
        assert_eq!(reasons(view), expected);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meets {
    All,
    None,
}

/// Everything that a rule looks back at, but for the source and the workers, which are not the account's own.
async fn meet_all(world: &World, account: AccountId) {
    let long_ago = world.now().before(DAY * 2);
    for _ in 0..4 {
        history::suspended(world, account, &identity(COMPANY), long_ago).await;
    }
    history::contact_changed(world, account, long_ago).await;
    history::recovered(world, account, &identity(COMPANY), long_ago).await;
}

/// A view without what is drawn at random.
fn without_questions(mut view: CaseView) -> (StageView, Vec<Route>, Timestamp) {
    if let StageView::Questions { questions, .. } = &mut view.stage {
        questions.clear();
    }
    (view.stage, view.routes, view.now)
}

pub(super) async fn rows(world: &World, sql: &'static str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(sql).fetch_one(conn)).unwrap();
    count
}

/// How many rows the tables hold that a recovery writes.
async fn counts(world: &World) -> Vec<i64> {
    let mut counts = Vec::new();
    for sql in [
        "SELECT COUNT(*) FROM challenge_attempts",
        "SELECT COUNT(*) FROM suspensions",
        "SELECT COUNT(*) FROM audit_events",
        "SELECT COUNT(*) FROM captcha_failures",
        "SELECT COUNT(*) FROM source_failures",
        "SELECT COUNT(*) FROM passkey_ceremonies",
        "SELECT COUNT(*) FROM recovery_cases",
        "SELECT COUNT(*) FROM outbox",
        "SELECT COUNT(*) FROM rate_limits",
    ] {
        counts.push(rows(world, sql).await);
    }
    counts
}

async fn delta(world: &World, before: &[i64]) -> Vec<i64> {
    let after = counts(world).await;
    after
        .iter()
        .zip(before)
        .map(|(after, before)| after - before)
        .collect()
}

//! What a drill looks at afterwards finds what is planted, and nothing where all is well.

use super::people::*;
use rstest::rstest;
use server::changed;
use shared::identifiers::Branch;
use shared::secrets::Secret;
use sqlx::AssertSqlSafe;
use std::sync::Arc;
use std::time::Duration;
use tests::drill::promises::{self, CONSUMED, MAILS, Promise, RESTS, SERVED, STUCK, TWICE, WRITTEN};
use tests::drill::{Dice, Outcome, PostOffice, Site, Taken, Temper, Told};
use tests::{Browser, Engine, World};

/// One employer's password recovered, from the first page to the mail that tells of it.
async fn recovered(engine: Engine) -> (World, Vec<Taken>) {
    let world = World::new(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let link = COMPANY.reach_link(&world, &mut world.browser()).await;
    reset(&mut world.browser(), &link, GOOD).await.unwrap();
    deliver(&world).await;
    let mails = world.mails();
    let taken = mails
        .iter()
        .map(|mail| Taken::read(&mail.message_id, &mail.to.to_string(), &mail.text, true))
        .collect();
    (world, taken)
}

async fn plant(world: &World, sql: &'static str) {
    let mut tx = world.app.store.write().await.unwrap();
    let changed = changed!(&mut tx, sqlx::query(AssertSqlSafe(sql))).unwrap();
    assert_eq!(changed, 1, "{sql}");
    tx.commit().await.unwrap();
}

async fn examine(world: &World, taken: &[Taken]) -> Vec<Promise> {
    promises::examine(&world.app.store, taken, world.now())
        .await
        .unwrap()
}

/// The promises that are broken.
fn broken(promises: &[Promise]) -> Vec<&'static str> {
    promises
        .iter()
        .filter(|promise| !promise.breaches.is_empty())
        .map(|promise| promise.name)
        .collect()
}

#[rstest]
#[tokio::test]
async fn nothing_is_broken_where_all_is_well(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, taken) = recovered(engine).await;
    let promises = examine(&world, &taken).await;
    assert_eq!(broken(&promises), <[&str; 0]>::default(), "{promises:?}");
    let seen = |name: &str, what: &str| {
        let promise = promises.iter().find(|promise| promise.name == name).unwrap();
        let found = promise.seen.iter().find(|(seen, _)| seen == what);
        found.unwrap_or_else(|| panic!("{promise:?}")).1
    };
    assert_eq!(seen(MAILS, "messages queued by cases"), 2);
    assert_eq!(seen(MAILS, "accepted"), 2);
    assert_eq!(seen(WRITTEN, "accounts with a password"), 1);
    assert_eq!(seen(CONSUMED, "links used"), 1);
    assert_eq!(seen(STUCK, "over"), 1);
}

#[rstest]
#[case::a_message_that_is_gone(MAILS, "DELETE FROM outbox WHERE kind = 'password_changed'")]
#[case::a_message_that_waits(
    MAILS,
    "UPDATE outbox SET state = 'queued', finished_at = NULL WHERE kind = 'recovery_link'"
)]
#[case::a_message_that_somebody_holds(
    MAILS,
    "UPDATE outbox SET state = 'sending' WHERE kind = 'password_changed'"
)]
#[case::a_message_given_up_unrefused(
    MAILS,
    "UPDATE outbox SET state = 'rejected', last_code = 0 WHERE kind = 'password_changed'"
)]
#[case::a_message_given_up_for_now(
    MAILS,
    "UPDATE outbox SET state = 'rejected', last_code = 451 WHERE kind = 'password_changed'"
)]
#[case::a_message_given_up_before_its_time(
    MAILS,
    "UPDATE outbox SET state = 'expired' WHERE kind = 'recovery_link'"
)]
#[case::a_message_dropped_though_there_is_an_address(
    MAILS,
    "UPDATE outbox SET state = 'dropped' WHERE kind = 'password_changed'"
)]
#[case::a_password_of_another_moment(WRITTEN, "UPDATE accounts SET password_set_at = password_set_at + 1")]
#[case::a_password_in_the_history_alone(WRITTEN, "UPDATE password_history SET set_at = set_at + 1")]
#[case::a_password_without_its_link(WRITTEN, "UPDATE recovery_links SET used_at = NULL")]
#[case::a_case_completed_without_its_link(CONSUMED, "UPDATE recovery_links SET used_at = NULL")]
#[case::a_second_password(
    CONSUMED,
    "INSERT INTO audit_events (id, at, kind, actor, account_id, case_id, detail) \
     SELECT case_id, at, kind, actor, account_id, case_id, detail FROM audit_events WHERE kind = 'password_set'"
)]
#[case::a_token_told_used_twice(
    CONSUMED,
    "INSERT INTO audit_events (id, at, kind, actor, account_id, case_id, detail) \
     SELECT case_id, at, kind, actor, account_id, case_id, detail FROM audit_events WHERE kind = 'link_consumed'"
)]
#[case::a_second_link_used(
    CONSUMED,
    "INSERT INTO recovery_links (id, case_id, account_id, token, made_at, expires_at, used_at) \
     SELECT c.id, c.id, l.account_id, c.cookie, l.made_at, l.expires_at, l.used_at \
     FROM recovery_links l JOIN recovery_cases c ON c.id = l.case_id"
)]
#[case::a_case_that_never_completed(CONSUMED, "UPDATE recovery_cases SET stage = 'ended'")]
#[case::a_case_without_its_mail(
    STUCK,
    "UPDATE recovery_cases SET stage = 'sending', deadline = 4000000000000000"
)]
#[tokio::test]
async fn what_is_planted_is_found(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] promise: &str,
    #[case] sql: &'static str,
) {
    let (world, taken) = recovered(engine).await;
    plant(&world, sql).await;
    let found = examine(&world, &taken).await;
    assert!(broken(&found).contains(&promise), "{found:?}");
}

/// What may be wrong with the mails that arrived.
fn with_the_next_try(mail: &Taken, tokens: &[&str]) -> Taken {
    let (row, attempt) = mail.named.unwrap();
    Taken {
        named: Some((row, attempt + 1)),
        tokens: tokens.iter().map(|token| (*token).to_owned()).collect(),
        ..mail.clone()
    }
}

#[tokio::test]
async fn mails_that_arrive_again_are_told_apart() {
    let (world, taken) = recovered(Engine::Sqlite).await;
    let link = taken.iter().find(|mail| mail.link.is_some()).unwrap();
    let and = |more: Taken| [taken.clone(), vec![more]].concat();

    let gone = examine(&world, &taken[1..]).await;
    assert_eq!(broken(&gone), [MAILS], "accepted, and nobody has it");
    let same = examine(&world, &and(link.clone())).await;
    assert_eq!(broken(&same), [TWICE], "one try, two mails");
    let nameless = examine(&world, &and(Taken::read("<x@y>", "a@b.example", "", true))).await;
    assert_eq!(broken(&nameless), [TWICE], "nobody's mail");
    let beyond = examine(&world, &and(with_the_next_try(link, &["another"]))).await;
    assert_eq!(broken(&beyond), [TWICE], "a try that nobody began");

    // The node died after the mail server took the first try, and another one sent it again.
    plant(
        &world,
        "UPDATE outbox SET attempts = 2 WHERE kind = 'recovery_link'",
    )
    .await;
    let other = examine(&world, &and(with_the_next_try(link, &["another"]))).await;
    assert_eq!(
        broken(&other),
        <[&str; 0]>::default(),
        "at least once, with a new token"
    );
    let old: Vec<&str> = link.tokens.iter().map(String::as_str).collect();
    let again = examine(&world, &and(with_the_next_try(link, &old))).await;
    assert_eq!(broken(&again), [TWICE], "the old token");
}

#[rstest]
#[case(-1, &[STUCK])]
#[case(0, &[STUCK])]
#[case(1, &[])]
#[tokio::test]
async fn a_deadline_is_the_first_instant_at_which_a_case_is_stuck(
    #[case] ahead: i64,
    #[case] expected: &[&str],
) {
    let world = World::new(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    COMPANY.identify(&mut world.browser()).await.unwrap();
    let mut tx = world.app.store.write().await.unwrap();
    let deadline = world.now().as_micros() + ahead;
    let changed = changed!(
        &mut tx,
        sqlx::query("UPDATE recovery_cases SET deadline = $1").bind(deadline)
    );
    assert_eq!(changed.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(broken(&examine(&world, &[]).await), expected);
}

#[rstest]
#[case("UPDATE outbox SET state = 'expired', finished_at = expires_at - 1 WHERE kind = 'recovery_link'", &[MAILS])]
#[case("UPDATE outbox SET state = 'expired', finished_at = expires_at WHERE kind = 'recovery_link'", &[])]
#[case("UPDATE outbox SET state = 'expired', finished_at = expires_at + 1 WHERE kind = 'recovery_link'", &[])]
#[tokio::test]
async fn a_message_may_be_given_up_from_the_instant_at_which_its_time_ends(
    #[case] sql: &'static str,
    #[case] expected: &[&str],
) {
    let (world, taken) = recovered(Engine::Sqlite).await;
    plant(&world, sql).await;
    assert_eq!(broken(&examine(&world, &taken).await), expected);
}

const DROP_THE_LINK: &str =
    "UPDATE outbox SET state = 'dropped', finished_at = queued_at WHERE kind = 'recovery_link'";

/// Somebody who waits for the link of their first case.
async fn waiting(browser: &mut Browser) {
    let case = COMPANY.identify(browser).await.unwrap();
    answer(browser, &right(&questions(&case))).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_link_is_only_dropped_when_its_case_waits_for_it_no_more(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    waiting(&mut browser).await;
    plant(&world, DROP_THE_LINK).await;
    let dropped = examine(&world, &[]).await;
    assert_eq!(broken(&dropped), [MAILS, STUCK], "somebody waits for it");

    // Its time ends the case, and the promise is broken all the same.
    world.advance(Duration::from_hours(3));
    assert_eq!(server::recovery::job::lapse(&world.app).await.unwrap(), 1);
    let lapsed = examine(&world, &[]).await;
    assert_eq!(broken(&lapsed), [MAILS], "nobody ever sent it");
}

#[rstest]
#[tokio::test]
async fn a_link_that_somebody_overtook_may_be_dropped(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, taken) = recovered(engine).await;
    plant(&world, DROP_THE_LINK).await;
    let quicker = examine(&world, &taken).await;
    assert_eq!(broken(&quicker), <[&str; 0]>::default(), "the password was set");
}

#[tokio::test]
async fn a_link_that_waits_although_everything_is_healed_is_told() {
    let world = World::new(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut rests = Promise::rests();
    let mut rest = async || {
        let (store, now) = (&world.app.store, || world.now());
        promises::rest(&mut rests, store, now, Duration::ZERO, "links wait", |left| {
            left.links
        })
        .await
        .unwrap();
    };
    rest().await;
    waiting(&mut world.browser()).await;
    rest().await;
    deliver(&world).await;
    rest().await;
    assert_eq!(rests.name, RESTS);
    assert_eq!(rests.breaches, ["1 links wait although everything is healed"]);
}

#[test]
fn a_panic_is_told_with_its_place() {
    let log = "{\"level\":\"INFO\",\"message\":\"listening\"}\n\
        {\"level\":\"ERROR\",\"message\":\"panic\",\"place\":\"server/src/a.rs:1:2\"}\n\
        {\"level\":\"ERROR\",\"message\":\"panic\",\"place\":\"server/src/a.rs:1:2\"}\n\
        thread 'main' panicked at server/src/main.rs:3:4:\n{\"level\":\"INFO\",\"mess";
    let promise = promises::calm(log);
    assert_eq!(
        promise.breaches,
        [
            "server/src/a.rs:1:2: 2 times",
            "thread 'main' panicked at server/src/main.rs:3:4:: 1 times"
        ]
    );
    assert_eq!(promise.seen, [("lines of their logs".to_owned(), 5)]);
}

#[test]
fn a_drill_in_which_nobody_recovers_is_told() {
    let ended = |outcome| Told {
        outcome,
        ..somebody(&[], &[])
    };
    let judge = |outcome, late| promises::served(&[ended(outcome), ended(Outcome::Left)], &ended(late));
    let well = judge(Outcome::Recovered, Outcome::Recovered);
    assert_eq!((well.name, well.breaches.len()), (SERVED, 0));
    for (outcome, late) in [
        (Outcome::Unserved, Outcome::Recovered),
        (Outcome::RecoveredUnanswered, Outcome::Recovered),
        (Outcome::Recovered, Outcome::NoMail),
    ] {
        assert_eq!(judge(outcome, late).breaches.len(), 1, "{outcome:?}, {late:?}");
    }
}

fn somebody(set: &[&str], one_of: &[&str]) -> Told {
    let secrets = |all: &[&str]| all.iter().map(|text| Secret::from(*text)).collect();
    Told {
        employer: COMPANY.identifier(),
        branch: Branch::default(),
        address: "maria@empresa.example".to_owned(),
        outcome: Outcome::Recovered,
        temper: Temper::Steady,
        set: secrets(set),
        one_of: secrets(one_of),
        mail_went: true,
        why: None,
    }
}

#[tokio::test]
async fn what_people_were_told_is_tried() {
    let (world, taken) = recovered(Engine::Sqlite).await;
    let (address, _serving) = world.listen().await;
    let post = PostOffice::open(Dice::of(1, 0)).await.unwrap();
    let origin = world.app.config.public_url.origin().to_owned();
    let site = Arc::new(Site::new(vec![format!("http://{address}")], origin, post));
    let judge =
        async |told: Told, taken: &[Taken]| promises::told(&site, &[told], taken, 1).await.breaches.len();

    assert_eq!(judge(somebody(&[GOOD], &[]), &taken).await, 0);
    assert_eq!(
        judge(somebody(&[], &["Kq7#vTr2!zXp", GOOD]), &taken).await,
        0,
        "one of them"
    );
    assert_eq!(
        judge(somebody(&["Kq7#vTr2!zXp"], &[]), &taken).await,
        1,
        "not the one"
    );
    assert_eq!(
        judge(somebody(&[], &["Kq7#vTr2!zXp"]), &taken).await,
        1,
        "none of them"
    );
    assert_eq!(judge(somebody(&[GOOD, GOOD], &[]), &taken).await, 1, "told twice");
    assert_eq!(
        judge(somebody(&[GOOD], &[]), &[]).await,
        1,
        "a mail that never came"
    );
    let refused = Told {
        outcome: Outcome::Refused,
        ..somebody(&[], &[])
    };
    assert_eq!(judge(refused, &taken).await, 1, "somebody who was refused");
    world.app.shutdown.cancel();
}

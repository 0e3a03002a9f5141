//! What works now, as everybody is told.

use crate::recovery::people::{self, COMPANY, answer, deliver, questions, right, world};
use rstest::rstest;
use server::clock;
use server::config::Config;
use server::meters::Meters;
use server::notary::{Asking, Notary};
use shared::status::api::{GetStatus, StatusView};
use shared::status::{Condition, Part};
use shared::time::Timestamp;
use std::time::Duration;
use tests::pki::{Authority, Layout, Pki};
use tests::{EPOCH, Engine, World};

async fn look(world: &World) -> StatusView {
    world.browser().call::<GetStatus>(&()).await.unwrap()
}

fn of(view: &StatusView, part: Part) -> Option<(Condition, Option<Timestamp>)> {
    let found = view.parts.iter().find(|it| it.part == part)?;
    Some((found.condition, found.since))
}

const WELL: Option<(Condition, Option<Timestamp>)> = Some((Condition::Works, None));

#[rstest]
#[tokio::test]
async fn where_nothing_went_wrong_everything_works(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let view = look(&world).await;
    assert_eq!(view.at, world.now());
    for part in [
        Part::Recovery,
        Part::Email,
        Part::Sms,
        Part::CivilRegistry,
        Part::Sri,
        Part::Superintendencia,
        Part::Iess,
        Part::Signatures,
    ] {
        assert_eq!(of(&view, part), WELL, "{part:?}");
    }
    assert_eq!(of(&view, Part::Appointments), None, "there is no centre");
}

#[tokio::test]
async fn signed_requests_are_no_part_where_nobody_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let root = Pki::new(Authority::SecurityData, Layout::A, EPOCH).root.pem();
    std::fs::write(folder.path().join("raiz.pem"), root).unwrap();
    for (text, expected) in [("", None), ("[signatures]\nanchors = \".\"\n", WELL)] {
        let world = world(Engine::Sqlite).await;
        let config = Config::parse(text, folder.path()).unwrap().signatures;
        let notary = Notary::open(&config, &Meters::new(), Asking::Nobody).unwrap();
        let node = world.node_judged_by(notary);
        let view = world.browser_of(&node).call::<GetStatus>(&()).await.unwrap();
        assert_eq!(of(&view, Part::Signatures), expected, "{text}");
    }
}

#[tokio::test]
async fn it_is_looked_at_every_five_seconds_however_often_it_is_asked() {
    let world = world(Engine::Sqlite).await;
    let first = look(&world).await;
    world
        .app
        .notifications
        .pulse(shared::notifications::Channel::Email)
        .fails(world.now());
    world.advance(
        Duration::from_secs(5)
            .checked_sub(Duration::from_micros(1))
            .unwrap(),
    );
    assert_eq!(look(&world).await, first, "one tick before");
    world.advance(Duration::from_micros(1));
    let second = look(&world).await;
    assert_eq!(second.at, world.now());
    assert_eq!(of(&second, Part::Email).unwrap().0, Condition::Disturbed);
    world.advance(Duration::from_micros(1));
    assert_eq!(look(&world).await, second);
}

#[tokio::test]
async fn mail_that_does_not_leave_is_told_with_since_when() {
    let world = world(Engine::Sqlite).await;
    let pulse = world
        .app
        .notifications
        .pulse(shared::notifications::Channel::Email);
    let begun = world.now();
    for (number, expected) in [
        (1, Condition::Disturbed),
        (2, Condition::Disturbed),
        (3, Condition::Down),
    ] {
        pulse.fails(world.now());
        world.advance(Duration::from_secs(6));
        let view = look(&world).await;
        assert_eq!(
            of(&view, Part::Email),
            Some((expected, Some(begun))),
            "failure {number}"
        );
        assert_eq!(
            of(&view, Part::Recovery),
            Some((expected, Some(begun))),
            "failure {number}"
        );
        assert_eq!(of(&view, Part::Sms), WELL);
    }
    pulse.works();
    world.advance(Duration::from_secs(6));
    assert_eq!(of(&look(&world).await, Part::Email), WELL);
}

#[tokio::test]
async fn a_message_that_nobody_takes_up_is_noticed() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world, people::Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let due = world.now();
    world.advance(Duration::from_mins(2));
    assert_eq!(of(&look(&world).await, Part::Email), WELL);
    world.advance(Duration::from_secs(5));
    assert_eq!(
        of(&look(&world).await, Part::Email),
        Some((Condition::Disturbed, Some(due)))
    );
    deliver(&world).await;
    world.advance(Duration::from_secs(5));
    assert_eq!(of(&look(&world).await, Part::Email), WELL);
}

#[tokio::test]
async fn without_the_database_everything_is_down_and_the_page_says_so() {
    let world = world(Engine::Sqlite).await;
    world.app.store.close().await;
    let view = look(&world).await;
    assert!(
        view.parts.iter().all(|it| it.condition == Condition::Down),
        "{view:?}"
    );
    assert!(view.parts.len() > 6);
    for (language, words) in [
        ("es-EC", "No funciona"),
        ("en", "Does not work"),
        ("qu", "Mana llankanchu"),
    ] {
        let page = world.browser().speaking(language).get("/status").await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(page.text().contains(words), "{}", page.text());
        assert_eq!(page.header("cache-control"), "public, max-age=5");
        assert_eq!(page.header("vary"), "accept-language");
        let policy = page.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
    }
}

#[tokio::test]
async fn whoever_asks_a_database_that_hangs_is_answered_and_many_wait_for_one_look() {
    let world = world(Engine::Sqlite).await;
    // Somebody holds every connection that reads.
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(world.app.store.read().await.unwrap());
    }
    let asking = (0..20).map(|_| look(&world));
    let asked = clock::Stopwatch::start();
    let views = futures_util::future::join_all(asking).await;
    assert!(
        asked.elapsed() < Duration::from_secs(8),
        "they waited for one look together"
    );
    assert!(views.iter().all(|view| *view == views[0]));
    assert_eq!(of(&views[0], Part::Recovery).unwrap().0, Condition::Down);
    drop(held);
    world.advance(Duration::from_secs(5));
    assert_eq!(of(&look(&world).await, Part::Recovery), WELL);
}

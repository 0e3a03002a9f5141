//! The outbox and its worker against a real mail server that misbehaves.

use rstest::rstest;
use server::accounts::MadeFreezeLink;
use server::app::App;
use server::changed;
use server::config::{Smtp as SmtpSettings, Tls};
use server::notifications::service::{self, LEASE, Step};
use server::notifications::{
    Address, Channel, Content, Desk, Fresh, Life, Mailbox, Mailer, NewMessage, Outcome, Outgoing, Prepared,
    Recipient, job,
};
use server::on;
use server::store::{StoreError, Tx};
use shared::i18n::Language;
use shared::identifiers::{AccountId, LinkId};
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tests::smtp::{SmtpServer, Turn};
use tests::{Engine, Setup, World};
use tokio::task::JoinHandle;

pub const TICK: Duration = Duration::from_micros(1);
pub const ADDRESS: &str = "gerencia@empresa.example";
pub const PHONE: &str = "+593991234567";

/// Stands in for the slices that know addresses and make tokens, and writes down what it hears.
#[derive(Clone, Debug, Default)]
pub struct Notebook {
    /// A token was made this many times: each is `token-<number>`.
    tokens: Arc<Mutex<u8>>,
    heard: Arc<Mutex<Vec<Outcome>>>,
    prepares: Prepares,
}

/// What comes of preparing a message.
#[derive(Clone, Copy, Debug, Default)]
pub enum Prepares {
    #[default]
    Everything,
    Nothing,
    Badly,
}

impl Notebook {
    pub fn that_prepares(prepares: Prepares) -> Self {
        Self {
            prepares,
            ..Self::default()
        }
    }

    pub fn heard(&self) -> Vec<Outcome> {
        self.heard.lock().unwrap().clone()
    }
}

fn soon(app: &App) -> Deadline {
    Deadline::after(app.clock.now(), Duration::from_hours(24))
}

impl Desk for Notebook {
    async fn address(&self, _: &App, message: &Outgoing) -> Result<Option<Address>, StoreError> {
        Ok(Some(match &message.recipient {
            Recipient::Owner {
                channel: Channel::Email,
                ..
            } => Address::Email(ADDRESS.parse().unwrap()),
            Recipient::Owner {
                channel: Channel::Sms,
                ..
            } => Address::Phone(PHONE.parse().unwrap()),
            Recipient::Typed { address, .. } => address.clone(),
        }))
    }

    async fn prepare(&self, app: &App, message: &Outgoing) -> Result<Prepared, StoreError> {
        match self.prepares {
            Prepares::Everything => {}
            Prepares::Nothing => return Ok(Prepared::Obsolete),
            Prepares::Badly => return Err(StoreError::Corrupt("desk")),
        }
        let address = self.address(app, message).await?.unwrap();
        let is_counted = matches!(
            message.content,
            Content::RecoveryLink { .. } | Content::UnlockLink { .. }
        );
        let is_dated = matches!(
            message.content,
            Content::ContactConfirmation { .. }
                | Content::ContactChangeHeld { .. }
                | Content::DelegateInvitation { .. }
                | Content::StaffInvitation { .. }
                | Content::AppointmentBooked { .. }
                | Content::AppointmentMoved { .. }
                | Content::AppointmentCancelled { .. }
                | Content::AppointmentReminder { .. }
                | Content::PlaceOffered { .. }
        );
        let life = is_counted
            .then_some(Life::FromAcceptance(180))
            .or(is_dated.then(|| Life::Until(soon(app))));
        let fresh = life.map_or(Fresh::nothing(), |life| {
            let mut tokens = self.tokens.lock().unwrap();
            *tokens += 1;
            let id = LinkId::new(app.clock.now(), [*tokens; 10]);
            Fresh::link(id, Secret::new(format!("token-{tokens}")), life)
        });
        let fresh = fresh.with_freeze(MadeFreezeLink {
            token: Secret::from("freeze-token"),
            deadline: soon(app),
        });
        Ok(Prepared::Ready { address, fresh })
    }

    async fn record(&self, _: &App, _: &mut Tx, _: &Outgoing, outcome: Outcome) -> Result<(), StoreError> {
        self.heard.lock().unwrap().push(outcome);
        Ok(())
    }

    fn announce(&self, _: &App, _: &Outgoing) {}
}

/// A mail server that behaves until it is told otherwise, a world that sends through it, and its desk.
async fn scene(engine: Engine) -> (SmtpServer, World, Notebook) {
    let server = SmtpServer::start().await;
    let world = world(engine, &server).await;
    (server, world, Notebook::default())
}

/// A world whose mail server is not there.
async fn without_a_server(engine: Engine) -> (World, Notebook) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap().port();
    drop(listener);
    let world = World::with(engine, |setup| setup.mailer = mailer(setup, closed)).await;
    (world, Notebook::default())
}

async fn world(engine: Engine, server: &SmtpServer) -> World {
    World::with(engine, |setup| setup.mailer = mailer(setup, server.port())).await
}

fn mailer(setup: &mut Setup, port: u16) -> Mailer {
    let settings = SmtpSettings {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        credentials: None,
        timeout: Duration::from_secs(10),
        ca: None,
        from: "clavero@instituto.example".into(),
    };
    setup.config.smtp = Some(settings);
    Mailer::of(&setup.config, Mailbox::new()).unwrap()
}

fn link(world: &World) -> NewMessage {
    NewMessage {
        content: Content::RecoveryLink {
            reference: "KX4T".parse().unwrap(),
            employer: "179•••••••001".into(),
            at: world.now(),
        },
        recipient: Recipient::owner_by_email(AccountId::new(world.now(), [1; 10])),
        case: None,
        language: Language::Es,
        expires_at: world.now().after(Duration::from_mins(15)),
    }
}

fn test_message(world: &World, address: &str) -> NewMessage {
    NewMessage {
        content: Content::DeliverabilityTest,
        recipient: Recipient::Typed {
            address: Address::Email(address.parse().unwrap()),
            account: None,
        },
        case: None,
        language: Language::En,
        expires_at: world.now().after(Duration::from_hours(4)),
    }
}

async fn queue(world: &World, message: NewMessage) {
    let mut tx = world.app.store.write().await.unwrap();
    service::queue(&world.app, &mut tx, &message, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// One step of a worker that goes on beside the test.
fn work(app: &App, desk: &Notebook) -> JoinHandle<Result<Step, StoreError>> {
    let (app, desk) = (app.clone(), desk.clone());
    tokio::spawn(async move { service::step(&app, &desk, Channel::Email).await })
}

async fn due(world: &World) -> Timestamp {
    service::next_due(&world.app, Channel::Email)
        .await
        .unwrap()
        .expect("a message waits")
}

/// Moves the time to `at`.
fn go_to(world: &World, at: Timestamp) {
    world.advance(at.since(world.now()));
}

/// The states of all messages, in the order they were queued, with whether an address is kept.
async fn states(world: &World) -> Vec<(String, bool)> {
    let mut tx = world.app.store.read().await.unwrap();
    let sql = "SELECT state, address FROM outbox ORDER BY queued_at, id";
    let rows: Vec<(String, Option<String>)> =
        on!(&mut tx, |conn| sqlx::query_as(sql).fetch_all(conn)).unwrap();
    rows.into_iter()
        .map(|(state, address)| (state, address.is_some()))
        .collect()
}

async fn audited(world: &World) -> Vec<String> {
    let mut tx = world.app.store.read().await.unwrap();
    let sql = "SELECT detail FROM audit_events ORDER BY at, id";
    let rows: Vec<(String,)> = on!(&mut tx, |conn| sqlx::query_as(sql).fetch_all(conn)).unwrap();
    rows.into_iter().map(|(detail,)| detail).collect()
}

#[rstest]
#[tokio::test]
async fn a_message_is_sent_once_and_no_table_holds_its_secret(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    queue(&world, link(&world)).await;
    assert_eq!(
        service::step(&world.app, &desk, Channel::Email).await.unwrap(),
        Step::Worked
    );
    assert_eq!(
        service::step(&world.app, &desk, Channel::Email).await.unwrap(),
        Step::Idle
    );

    let mail = server.mail(1).await;
    assert_eq!(server.received().len(), 1);
    assert_eq!(mail.to, [ADDRESS]);
    assert_eq!(mail.from, "clavero@instituto.example");
    assert_eq!(mail.link(), "http://localhost:8080/restablecer#token-1");
    assert!(
        mail.html()
            .contains("href=\"http://localhost:8080/restablecer#token-1\"")
    );
    assert!(mail.header("Subject").contains("KX4T"));
    assert!(mail.header("Message-ID").ends_with(".1@instituto.example>"));
    assert_eq!(mail.header("Date"), "Mon, 23 Nov 2026 15:00:00 +0000");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    for fact in [
        "KX4T",
        "179•••••••001",
        "23 de noviembre de 2026, 10:00",
        "UTC−5",
        "3 minutos",
        "¿No fue usted?",
    ] {
        assert!(mail.text().contains(fact), "{fact} is missing in {}", mail.text());
        assert!(mail.html().contains(fact), "{fact} is missing in {}", mail.html());
    }
    for outside in ["<img", "src=", "http://", "https://", "url(", "<script"] {
        let html = mail
            .html()
            .replace("http://localhost:8080/restablecer#token-1", "")
            .replace("http://localhost:8080/no-fui-yo#freeze-token", "");
        assert!(!html.contains(outside), "{outside} in {html}");
    }
    let kept = world.everything().await;
    for secret in ["token-1", "freeze-token", ADDRESS] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
    let accepted = Outcome::Accepted {
        at: world.now(),
        link: Some(LinkId::new(world.now(), [1; 10])),
    };
    assert_eq!(desk.heard(), [accepted]);
}

#[rstest]
#[case::message(Turn::RefuseMessage(451))]
#[case::recipient(Turn::RefuseRecipient(450))]
#[case::shutting_down(Turn::RefuseMessage(421))]
#[tokio::test]
async fn a_temporary_refusal_is_tried_again_with_a_fresh_token(
    #[case] turn: Turn,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    server.next(turn);
    queue(&world, link(&world)).await;
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(desk.heard(), [Outcome::Delayed(world.now())]);
    assert_eq!(server.received().len(), 0);

    let due = due(&world).await;
    let wait = due.since(world.now());
    assert!(
        (Duration::from_secs(1)..=Duration::from_secs(2)).contains(&wait),
        "{wait:?}"
    );
    go_to(&world, due.before(TICK));
    assert_eq!(
        service::step(&world.app, &desk, Channel::Email).await.unwrap(),
        Step::Idle,
        "one tick before"
    );
    world.advance(TICK);
    assert_eq!(
        service::step(&world.app, &desk, Channel::Email).await.unwrap(),
        Step::Worked,
        "at its time"
    );

    let mail = server.mail(1).await;
    assert!(mail.link().ends_with("#token-2"));
    assert!(
        mail.header("Message-ID").contains(".2@"),
        "another mail, another name"
    );
    let accepted = Outcome::Accepted {
        at: due,
        link: Some(LinkId::new(due, [2; 10])),
    };
    assert_eq!(desk.heard().last(), Some(&accepted));
}

#[rstest]
#[case::message(Turn::RefuseMessage(554))]
#[case::recipient(Turn::RefuseRecipient(550))]
#[tokio::test]
async fn a_permanent_refusal_is_final(
    #[case] turn: Turn,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    server.next(turn);
    queue(&world, test_message(&world, "nadie@correo.example")).await;
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(desk.heard(), [Outcome::Rejected(world.now())]);
    assert_eq!(
        states(&world).await,
        [("rejected".into(), false)],
        "the typed address is forgotten"
    );
    assert_eq!(
        audited(&world).await,
        [r#"{"event":"message_failed","message":"deliverability_test"}"#]
    );
    world.advance(Duration::from_hours(24));
    assert_eq!(
        service::step(&world.app, &desk, Channel::Email).await.unwrap(),
        Step::Idle
    );
}

#[rstest]
#[tokio::test]
async fn a_mail_server_that_is_not_there_puts_off_longer_each_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, desk) = without_a_server(engine).await;
    queue(&world, link(&world)).await;
    for longest in [2, 4, 8, 16, 32, 60, 60] {
        service::send_due(&world.app, &desk).await.unwrap();
        let wait = due(&world).await.since(world.now());
        let range = Duration::from_millis(longest * 500)..=Duration::from_secs(longest);
        assert!(range.contains(&wait), "{wait:?} is not in {range:?}");
        world.advance(wait);
    }
    assert!(
        desk.heard()
            .iter()
            .all(|outcome| matches!(outcome, Outcome::Delayed(_)))
    );
}

#[rstest]
#[tokio::test]
async fn a_link_is_given_up_exactly_at_the_cap_of_its_case(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, desk) = without_a_server(engine).await;
    let message = link(&world);
    let cap = message.expires_at;
    queue(&world, message).await;
    while world.now() < cap {
        service::send_due(&world.app, &desk).await.unwrap();
        let next = due(&world).await;
        assert!(next <= cap, "no try after the cap");
        go_to(&world, next);
    }
    assert!(!desk.heard().contains(&Outcome::Expired(cap)));
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(desk.heard().last(), Some(&Outcome::Expired(cap)));
    assert_eq!(states(&world).await, [("expired".into(), false)]);
}

#[rstest]
#[tokio::test]
async fn a_message_goes_out_one_tick_before_its_end_and_not_at_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    let (early, late) = (link(&world), link(&world));
    let end = early.expires_at;
    queue(&world, early).await;
    go_to(&world, end.before(TICK));
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(server.received().len(), 1);
    queue(&world, late).await;
    world.advance(TICK);
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(server.received().len(), 1);
    assert_eq!(desk.heard().last(), Some(&Outcome::Expired(end)));
}

#[rstest]
#[tokio::test]
async fn a_connection_cut_after_the_acceptance_leaves_two_mails_with_two_tokens(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    server.next(Turn::CutAfterAcceptance);
    queue(&world, link(&world)).await;
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(
        desk.heard(),
        [Outcome::Delayed(world.now())],
        "nobody knows that it was accepted"
    );
    go_to(&world, due(&world).await);
    service::send_due(&world.app, &desk).await.unwrap();

    let (first, second) = (server.mail(1).await, server.mail(2).await);
    assert!(first.link().ends_with("#token-1") && second.link().ends_with("#token-2"));
    assert_ne!(
        first.header("Message-ID"),
        second.header("Message-ID"),
        "a mail server must not merge them"
    );
}

#[rstest]
#[tokio::test]
async fn a_worker_that_dies_in_a_send_is_replaced_when_its_lease_ends(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let server = SmtpServer::start().await;
    let world = world(engine, &server).await;
    let (desk, other) = (Notebook::default(), world.node(2).await);
    server.next(Turn::Stall);
    queue(&world, link(&world)).await;
    let dying = work(&world.app, &desk);
    server.stalled(1).await;
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());

    let lease_end = world.now().after(LEASE);
    go_to(&world, lease_end.before(TICK));
    assert_eq!(
        service::step(&other, &desk, Channel::Email).await.unwrap(),
        Step::Idle,
        "one tick before the lease's end"
    );
    world.advance(TICK);
    assert_eq!(
        service::step(&other, &desk, Channel::Email).await.unwrap(),
        Step::Worked
    );
    assert!(server.mail(1).await.link().ends_with("#token-2"));
    assert_eq!(states(&world).await, [("accepted".into(), false)]);
    server.release();
}

#[rstest]
#[tokio::test]
async fn a_worker_that_comes_back_too_late_records_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let server = SmtpServer::start().await;
    let world = world(engine, &server).await;
    let (desk, other) = (Notebook::default(), world.node(2).await);
    server.next(Turn::Stall);
    queue(&world, link(&world)).await;
    let slow = work(&world.app, &desk);
    server.stalled(1).await;
    world.advance(LEASE);
    assert_eq!(
        service::step(&other, &desk, Channel::Email).await.unwrap(),
        Step::Worked
    );
    let accepted = Outcome::Accepted {
        at: world.now(),
        link: Some(LinkId::new(world.now(), [2; 10])),
    };
    assert_eq!(desk.heard(), [accepted]);

    server.release();
    assert_eq!(slow.await.unwrap().unwrap(), Step::Worked);
    assert_eq!(
        server.mail(2).await.link(),
        "http://localhost:8080/restablecer#token-1"
    );
    assert_eq!(
        desk.heard(),
        [accepted],
        "the link that works stays the one that was recorded"
    );
}

#[rstest]
#[tokio::test]
async fn two_nodes_send_every_message_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let server = SmtpServer::start().await;
    let world = world(engine, &server).await;
    let (desk, other) = (Notebook::default(), world.node(2).await);
    for number in 0..40 {
        queue(
            &world,
            test_message(&world, &format!("buzon{number}@correo.example")),
        )
        .await;
    }
    let (first, second, third, fourth) = tokio::join!(
        service::send_due(&world.app, &desk),
        service::send_due(&other, &desk),
        service::send_due(&world.app, &desk),
        service::send_due(&other, &desk),
    );
    for result in [first, second, third, fourth] {
        result.unwrap();
    }
    let mut recipients: Vec<_> = server.received().into_iter().flat_map(|mail| mail.to).collect();
    recipients.sort();
    recipients.dedup();
    assert_eq!((server.received().len(), recipients.len()), (40, 40));
    assert!(
        states(&world)
            .await
            .iter()
            .all(|state| *state == ("accepted".into(), false))
    );
    assert!(
        server.connections() <= 12,
        "connections are used again: {}",
        server.connections()
    );
}

fn frozen(world: &World) -> NewMessage {
    NewMessage {
        content: Content::AccountFrozen {
            employer: "179•••••••001".into(),
            at: world.now(),
            by: server::notifications::FrozenBy::Owner,
        },
        recipient: Recipient::owner_by_email(AccountId::new(world.now(), [1; 10])),
        case: None,
        language: Language::Es,
        expires_at: world.now().after(Duration::from_hours(48)),
    }
}

#[rstest]
#[tokio::test]
async fn the_budget_keeps_room_for_links_and_for_what_owners_are_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let server = SmtpServer::start().await;
    let world = World::with(engine, |setup| {
        setup.config.policy.limits.mail_budget.count = 6;
        setup.config.policy.limits.mail_reserve = 2;
        setup.mailer = mailer(setup, server.port());
    })
    .await;
    let desk = Notebook::default();
    let send = async |message: NewMessage, more: usize| {
        for _ in 0..more {
            queue(&world, message.clone()).await;
        }
        service::send_due(&world.app, &desk).await.unwrap();
        server.received().len()
    };
    // Of six, two are kept for links; test mails may take half of the other four.
    assert_eq!(send(test_message(&world, "uno@correo.example"), 5).await, 2);
    assert_eq!(send(frozen(&world), 5).await, 4);
    assert_eq!(send(link(&world), 5).await, 6);

    // A window later, what may wait so long is sent by the same rule; the links' cases are over.
    world.advance(Duration::from_mins(61));
    service::send_due(&world.app, &desk).await.unwrap();
    let sent: Vec<String> = server.received()[6..]
        .iter()
        .map(|mail| mail.header("To"))
        .collect();
    assert_eq!(sent, [ADDRESS; 3], "three owners were still to be told");
    assert_eq!(
        states(&world)
            .await
            .iter()
            .filter(|(state, _)| state == "queued")
            .count(),
        3,
        "and no test mail takes their room"
    );
}

#[rstest]
#[tokio::test]
async fn a_test_mail_waits_behind_everything_else_that_is_due(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    for number in 0..3 {
        let address = format!("buzon{number}@correo.example");
        queue(&world, test_message(&world, &address)).await;
    }
    world.advance(TICK);
    queue(&world, link(&world)).await;
    assert_eq!(
        service::step(&world.app, &desk, Channel::Email).await.unwrap(),
        Step::Worked
    );
    assert_eq!(server.mail(1).await.to, [ADDRESS]);
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(server.received().len(), 4);
}

#[rstest]
#[tokio::test]
async fn a_link_waits_behind_no_heap_of_news(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (server, world, desk) = scene(engine).await;
    server.next(Turn::RefuseMessage(451));
    for _ in 0..300 {
        queue(&world, frozen(&world)).await;
    }
    world.advance(TICK);
    queue(&world, link(&world)).await;
    let step = async || service::step(&world.app, &desk, Channel::Email).await.unwrap();
    assert_eq!(step().await, Step::Worked);
    assert_eq!(
        desk.heard(),
        [Outcome::Delayed(world.now())],
        "the link was met first"
    );
    assert_eq!(step().await, Step::Worked);
    assert_eq!(
        server.received().len(),
        1,
        "what is due goes while the link pauses"
    );

    // And again as soon as it is due, with nearly all of the news still waiting.
    world.advance(Duration::from_secs(2));
    assert_eq!(step().await, Step::Worked);
    assert!(server.received()[1].link().ends_with("#token-2"));
}

/// The engine finds the link by an index of its own, and not by looking at the news.
#[rstest]
#[tokio::test]
async fn a_lease_looks_into_its_indexes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let texts = match engine {
        Engine::Sqlite => server::notifications::store::QUERIES,
        Engine::Postgres => server::notifications::store::QUERIES_POSTGRES,
    };
    let lease = texts
        .iter()
        .find(|text| text.contains("'recovery_link'"))
        .unwrap()
        .replace("$1", "1")
        .replace("$2", "2")
        .replace("$3", "'email'");
    let mut tx = world.app.store.write().await.unwrap();
    let plan = plan(&mut tx, engine, &lease).await.unwrap();
    assert!(
        plan.contains("outbox_links") && plan.contains("outbox_due"),
        "{plan}"
    );
    assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "{plan}");
}

async fn plan(tx: &mut Tx, engine: Engine, query: &str) -> Result<String, StoreError> {
    let lines: Vec<String> = match engine {
        Engine::Sqlite => {
            let explain = format!("EXPLAIN QUERY PLAN {query}");
            let rows: Vec<(i64, i64, i64, String)> =
                on!(tx, |conn| sqlx::query_as(sqlx::AssertSqlSafe(explain))
                    .fetch_all(conn))?;
            rows.into_iter().map(|row| row.3).collect()
        }
        Engine::Postgres => {
            // An empty table is read whole by choice; the question is whether the index can be used.
            changed!(tx, sqlx::query("SET LOCAL enable_seqscan = off"))?;
            let explain = format!("EXPLAIN {query}");
            let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(sqlx::AssertSqlSafe(explain))
                .fetch_all(conn))?;
            rows.into_iter().map(|row| row.0).collect()
        }
    };
    Ok(lines.join("; "))
}

#[rstest]
#[tokio::test]
async fn a_finished_message_is_kept_for_its_time_and_an_open_one_until_it_is_finished(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    server.next(Turn::RefuseMessage(554));
    queue(&world, link(&world)).await;
    world.advance(TICK);
    queue(&world, frozen(&world)).await;
    service::send_due(&world.app, &desk).await.unwrap();
    world.advance(Duration::from_hours(1));
    queue(&world, frozen(&world)).await;
    let told = audited(&world).await;
    assert_eq!(told.len(), 1);

    let finished = world.now().before(Duration::from_hours(1));
    go_to(&world, finished.after(service::KEPT).before(TICK));
    assert_eq!(
        service::purge(&world.app, world.now()).await.unwrap(),
        0,
        "one tick before"
    );
    world.advance(TICK);
    assert_eq!(
        service::purge(&world.app, world.now()).await.unwrap(),
        2,
        "at its time"
    );
    assert_eq!(states(&world).await, [("queued".into(), false)]);
    world.advance(service::KEPT);
    assert_eq!(service::purge(&world.app, world.now()).await.unwrap(), 0);

    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(states(&world).await, [("expired".into(), false)]);
    world.advance(service::KEPT);
    assert_eq!(service::purge(&world.app, world.now()).await.unwrap(), 1);
    assert_eq!(
        audited(&world).await.len(),
        2,
        "the audit log keeps what happened"
    );
}

#[rstest]
#[tokio::test]
async fn what_nobody_can_get_any_more_is_dropped(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let server = SmtpServer::start().await;
    let world = world(engine, &server).await;
    let desk = Notebook::that_prepares(Prepares::Nothing);
    queue(&world, link(&world)).await;
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(states(&world).await, [("dropped".into(), false)]);
    assert_eq!((desk.heard(), server.received().len()), (vec![], 0));
}

#[rstest]
#[tokio::test]
async fn a_damaged_row_does_not_hold_up_the_others(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    queue(&world, test_message(&world, "uno@correo.example")).await;
    let mut tx = world.app.store.write().await.unwrap();
    changed!(&mut tx, sqlx::query("UPDATE outbox SET facts = 'x'")).unwrap();
    tx.commit().await.unwrap();
    world.advance(TICK);
    queue(&world, test_message(&world, "dos@correo.example")).await;
    service::send_due(&world.app, &desk).await.unwrap();
    assert_eq!(server.mail(1).await.to, ["dos@correo.example"]);
    assert_eq!(
        states(&world).await,
        [("dropped".into(), false), ("accepted".into(), false)]
    );
}

#[rstest]
#[tokio::test]
async fn a_message_stands_only_if_its_change_does(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    service::queue(&world.app, &mut tx, &link(&world), world.now())
        .await
        .unwrap();
    drop(tx);
    assert_eq!(service::next_due(&world.app, Channel::Email).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn the_job_records_the_send_under_way_before_it_ends(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (server, world, desk) = scene(engine).await;
    server.next(Turn::Stall);
    let job = tokio::spawn(job::run(world.app.clone(), desk.clone()));
    queue(&world, link(&world)).await;
    world.app.notifications.wake();
    server.stalled(1).await;
    world.app.shutdown.cancel();
    server.release();
    job.await.unwrap();
    assert_eq!(desk.heard().len(), 1);
    assert_eq!(states(&world).await, [("accepted".into(), false)]);
}

#[rstest]
#[tokio::test]
async fn one_slow_send_does_not_hold_up_the_next(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let server = SmtpServer::start().await;
    let world = world(engine, &server).await;
    server.next(Turn::Stall);
    let job = tokio::spawn(job::run(world.app.clone(), Notebook::default()));
    queue(&world, test_message(&world, "lento@correo.example")).await;
    world.app.notifications.wake();
    server.stalled(1).await;
    queue(&world, test_message(&world, "rapido@correo.example")).await;
    world.app.notifications.wake();
    assert_eq!(server.mail(1).await.to, ["rapido@correo.example"]);
    world.app.shutdown.cancel();
    server.release();
    job.await.unwrap();
}

//! The advice to make a new password, at its boundary and on two nodes.

use crate::notifications::TICK;
use rstest::rstest;
use server::accounts::reminder::remind;
use server::accounts::{NewAccount, service as accounts};
use server::app::App;
use server::changed;
use server::desk::Bureau;
use server::notifications::service as outbox;
use server::on;
use server::store::StoreError;
use shared::i18n::Language;
use shared::identifiers::AccountId;
use shared::time::Timestamp;
use std::time::Duration;
use tests::{Engine, World};

const AGE: Duration = Duration::from_hours(24 * 90);
const ADDRESS: &str = "gerencia@empresa.example";

async fn open(world: &World, employer: &str, email: Option<&str>) -> AccountId {
    let mut tx = world.app.store.write().await.unwrap();
    let account = NewAccount {
        employer: employer.parse().unwrap(),
        branch: "0001".parse().unwrap(),
        email: email.map(|email| email.parse().unwrap()),
        phone: Some("0991234567".parse().unwrap()),
        language: Language::En,
        name: "Comercial Andina".into(),
        representative: "1710034065".parse().unwrap(),
        representative_name: "Ana Torres".into(),
    };
    let id = accounts::open(&world.app, &mut tx, &account, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn password(app: &App, id: AccountId, at: Timestamp) {
    let mut tx = app.store.write().await.unwrap();
    server::accounts::store::set_password(&mut tx, id, "$argon2id$x", at)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn set(world: &World, sql: &str) {
    let mut tx = world.app.store.write().await.unwrap();
    let run = async {
        Ok::<_, StoreError>(changed!(
            &mut tx,
            sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
        )?)
    };
    run.await.unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_password_is_reminded_of_once_when_it_reaches_its_age(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let id = open(&world, "1790011674001", Some(ADDRESS)).await;
    assert_eq!(
        remind(&world.app, world.now()).await.unwrap(),
        0,
        "without a password"
    );
    password(&world.app, id, world.now()).await;
    world.advance(AGE.saturating_sub(TICK));
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 0, "a tick before");
    world.advance(TICK);
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 1, "at its age");
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 0, "once");
    world.advance(AGE);
    assert_eq!(
        remind(&world.app, world.now()).await.unwrap(),
        0,
        "and never again"
    );

    outbox::send_due(&world.app, &Bureau).await.unwrap();
    // It was queued long ago: such news have gone stale.
    assert_eq!((world.mails().len(), world.texts().len()), (0, 0));

    password(&world.app, id, world.now()).await;
    world.advance(AGE);
    assert_eq!(
        remind(&world.app, world.now()).await.unwrap(),
        1,
        "the next password"
    );
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    assert_eq!((world.mails().len(), world.texts().len()), (1, 0), "by mail only");
    let mail = world.mails().remove(0);
    assert_eq!(
        (mail.to.to_string().as_str(), mail.language),
        (ADDRESS, Language::En)
    );
    assert!(mail.text.contains("After 90 days"), "{}", mail.text);
}

#[rstest]
#[tokio::test]
async fn nobody_is_reminded_where_the_policy_never_does(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::with(engine, |setup| {
        setup.config.policy.sessions.password_reminder_days = 0;
    })
    .await;
    let id = open(&world, "1790011674001", Some(ADDRESS)).await;
    password(&world.app, id, world.now()).await;
    world.advance(AGE * 40);
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn who_cannot_follow_the_advice_gets_none(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let nowhere = open(&world, "1790011674001", None).await;
    password(&world.app, nowhere, world.now()).await;
    world.advance(AGE);
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 0, "no mailbox");
    set(&world, "UPDATE accounts SET email = 'a@b.example', frozen_at = 1").await;
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 0, "frozen");
    set(&world, "UPDATE accounts SET frozen_at = NULL, blocked_at = 1").await;
    assert_eq!(
        remind(&world.app, world.now()).await.unwrap(),
        0,
        "that password had its turn"
    );
    password(&world.app, nowhere, world.now()).await;
    world.advance(AGE);
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 1, "blocked");
}

#[rstest]
#[tokio::test]
async fn two_nodes_remind_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    for employer in ["1790011674001", "1790016919001", "0990004196001"] {
        let id = open(&world, employer, Some(ADDRESS)).await;
        password(&world.app, id, world.now()).await;
    }
    world.advance(AGE);
    let (other, now) = (world.node(2).await, world.now());
    let (first, second) = tokio::join!(remind(&world.app, now), remind(&other, now));
    assert_eq!(first.unwrap() + second.unwrap(), 3);
    let mut tx = world.app.store.read().await.unwrap();
    let queued: (i64,) = async {
        Ok::<_, StoreError>(on!(&mut tx, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM outbox"
        )
        .fetch_one(conn))?)
    }
    .await
    .unwrap();
    assert_eq!(queued.0, 3);
}

#[rstest]
#[tokio::test]
async fn a_round_takes_the_oldest_and_no_more_than_may_leave(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::with(engine, |setup| {
        // 240 an hour, half of it for courtesies: two a minute, of which reminders take one.
        let limits = &mut setup.config.policy.limits;
        (limits.mail_budget.count, limits.mail_reserve) = (240, 0);
    })
    .await;
    let newer = open(&world, "1790011674001", Some(ADDRESS)).await;
    let older = open(&world, "1790016919001", Some(ADDRESS)).await;
    password(&world.app, newer, world.now().after(TICK)).await;
    password(&world.app, older, world.now()).await;
    world.advance(AGE * 2);
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 1);
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    assert!(
        world.mails()[0].text.contains("17•••••••9001"),
        "{}",
        world.mails()[0].text
    );
    assert_eq!(remind(&world.app, world.now()).await.unwrap(), 1);
}

/// The engine finds who is due by the index, without looking at everybody else.
#[rstest]
#[tokio::test]
async fn the_job_looks_into_its_index(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let query = server::accounts::store::QUERIES
        .iter()
        .find(|query| query.contains("password_reminded_at IS NULL") && query.starts_with("SELECT"))
        .unwrap()
        .replace("$1", "1")
        .replace("$2", "10");
    let mut tx = world.app.store.write().await.unwrap();
    let plan = match engine {
        Engine::Sqlite => {
            let explain = format!("EXPLAIN QUERY PLAN {query}");
            let rows: Vec<(i64, i64, i64, String)> = async {
                Ok::<_, StoreError>(on!(&mut tx, |conn| sqlx::query_as(sqlx::AssertSqlSafe(explain))
                    .fetch_all(conn))?)
            }
            .await
            .unwrap();
            rows.into_iter().map(|row| row.3).collect::<Vec<_>>().join("; ")
        }
        Engine::Postgres => {
            set_locally(&mut tx).await;
            let explain = format!("EXPLAIN {query}");
            let rows: Vec<(String,)> = async {
                Ok::<_, StoreError>(on!(&mut tx, |conn| sqlx::query_as(sqlx::AssertSqlSafe(explain))
                    .fetch_all(conn))?)
            }
            .await
            .unwrap();
            rows.into_iter().map(|row| row.0).collect::<Vec<_>>().join("; ")
        }
    };
    assert!(plan.contains("accounts_unreminded"), "{plan}");
    assert!(
        !plan.contains("SCAN") && !plan.contains("Seq Scan") && !plan.contains("TEMP B-TREE"),
        "{plan}"
    );
}

/// An empty table is read whole by choice; the question is whether the index can be used.
async fn set_locally(tx: &mut server::store::Tx) {
    async { Ok::<_, StoreError>(changed!(tx, sqlx::query("SET LOCAL enable_seqscan = off"))?) }
        .await
        .unwrap();
}

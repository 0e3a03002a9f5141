//! Who signs in: two employers with a password, and how their browsers do it.

use server::accounts::{Account, NewAccount, service as accounts};
use server::desk::Bureau;
use server::notifications::service as outbox;
use server::on;
use server::sessions::COOKIE;
use shared::api::{ErrorCode, Problem};
use shared::i18n::Language;
use shared::identifiers::AccountId;
use shared::policy::Policy;
use shared::recovery::api::Empty;
use shared::secrets::Secret;
use shared::sessions::api::{
    AccountView, ChangePassword, Credentials, CurrentSession, ListSessions, PasswordChange, SessionList,
    SignIn, SignOut,
};
use std::time::Duration;
use tests::{Browser, Engine, World};

/// The smallest step of time.
pub const TICK: Duration = Duration::from_micros(1);

/// A password in force.
pub const RIGHT: &str = "Tr7#mKq!vZx";
/// One that nobody has.
pub const WRONG: &str = "Wq4$nJp@bYs";
/// A password to change to.
pub const NEXT: &str = "9@wLpXe%Gu2";

/// An employer, by its number.
#[derive(Clone, Copy, Debug)]
pub struct Employer(pub &'static str);

pub const COMPANY: Employer = Employer("1790016919001");
pub const OTHER: Employer = Employer("1792060346001");
pub const HOUSEHOLD: Employer = Employer("1700000027");
/// Nobody knows this one.
pub const UNKNOWN: Employer = Employer("1793221293001");

/// A world with cheap hashes and without limits of requests.
pub async fn world(engine: Engine) -> World {
    with(engine, |_| ()).await
}

/// The same, under a policy that differs in what is tested.
pub async fn with(engine: Engine, change: impl FnOnce(&mut Policy)) -> World {
    World::with(engine, |setup| {
        let policy = &mut setup.config.policy;
        policy.hashing.memory_kib = 64;
        policy.hashing.passes = 1;
        policy.limits.per_source.count = 100_000;
        policy.limits.sign_ins_per_source.count = 100_000;
        policy.limits.sign_ins_per_account.count = 100_000;
        policy.limits.per_destination.count = 100_000;
        change(policy);
    })
    .await
}

impl Employer {
    /// Opens the account and sets its password.
    pub async fn settle(self, world: &World) -> AccountId {
        let id = self.open(world).await;
        set_password(world, id, RIGHT).await;
        id
    }

    /// Opens the account without a password.
    pub async fn open(self, world: &World) -> AccountId {
        let account = NewAccount {
            employer: self.0.parse().unwrap(),
            branch: shared::identifiers::Branch::default(),
            email: Some("maria@empresa.example".parse().unwrap()),
            phone: None,
            language: Language::Es,
            name: "Ferretería El Clavo S.A.".to_owned(),
            representative: "1710034065".parse().unwrap(),
            representative_name: "María Elena Quispe Andrade".to_owned(),
        };
        let mut tx = world.app.store.write().await.unwrap();
        let id = accounts::open(&world.app, &mut tx, &account, world.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub fn credentials(self, password: &str) -> Credentials {
        Credentials {
            employer: self.0.parse().unwrap(),
            branch: shared::identifiers::Branch::default(),
            delegate: None,
            password: Secret::from(password),
        }
    }

    pub async fn sign_in(self, browser: &mut Browser, password: &str) -> Result<AccountView, Problem> {
        browser.call::<SignIn>(&self.credentials(password)).await
    }

    /// A browser that the account knows, signed in.
    pub async fn known(self, world: &World) -> Browser {
        let mut browser = world.browser();
        self.sign_in(&mut browser, RIGHT).await.unwrap();
        browser
    }

    /// Fails to sign in, `times` times, each from another network.
    pub async fn strangers_fail(self, world: &World, times: u8) {
        for number in 0..times {
            let mut stranger = world.browser().at(&format!("203.0.{number}.1"));
            let problem = self.sign_in(&mut stranger, WRONG).await.unwrap_err();
            assert_eq!(problem.code, ErrorCode::SignInRefused);
        }
    }
}

/// Sets a password, as a reset does.
pub async fn set_password(world: &World, id: AccountId, password: &str) {
    let account = load(world, id).await;
    let hashed = accounts::prepare_password(&world.app, &account, &Secret::from(password))
        .await
        .unwrap()
        .expect("a good password");
    let mut tx = world.app.store.write().await.unwrap();
    accounts::set_password(&world.app, &mut tx, id, &hashed, world.now())
        .await
        .unwrap();
    accounts::end_sessions(&mut tx, id, world.now()).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn load(world: &World, id: AccountId) -> Account {
    let mut tx = world.app.store.read().await.unwrap();
    accounts::by_id(&mut tx, id).await.unwrap().unwrap()
}

/// Blocks an account, as an officer would.
pub async fn block(world: &World, id: AccountId) {
    let mut tx = world.app.store.write().await.unwrap();
    accounts::block(&world.app, &mut tx, id, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Freezes an account and ends nothing.
pub async fn freeze(world: &World, id: AccountId) {
    let mut tx = world.app.store.write().await.unwrap();
    server::accounts::store::freeze(&mut tx, id, world.now(), shared::accounts::FrozenBy::Owner)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

pub async fn current(browser: &mut Browser) -> Result<AccountView, ErrorCode> {
    browser
        .call::<CurrentSession>(&())
        .await
        .map_err(|problem| problem.code)
}

pub async fn sessions(browser: &mut Browser) -> SessionList {
    browser.call::<ListSessions>(&()).await.unwrap()
}

pub async fn sign_out(browser: &mut Browser) {
    browser.call::<SignOut>(&Empty {}).await.unwrap();
}

pub async fn change(browser: &mut Browser, current: &str, password: &str) -> Result<AccountView, Problem> {
    browser
        .call::<ChangePassword>(&PasswordChange {
            current: Secret::from(current),
            password: Secret::from(password),
        })
        .await
}

/// The value of a browser's session cookie.
pub fn cookie(browser: &Browser) -> String {
    browser.cookie(COOKIE).unwrap_or_default().to_owned()
}

/// Sends everything that waits in the outbox; the subjects of all mails, newest first.
pub async fn mails(world: &World) -> Vec<String> {
    outbox::send_due(&world.app, &Bureau).await.unwrap();
    world.mails().into_iter().map(|mail| mail.subject).collect()
}

/// How many audit events of a kind there are.
pub async fn events(world: &World, kind: &'static str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM audit_events WHERE kind = $1"
    )
    .bind(kind)
    .fetch_one(conn))
    .unwrap();
    count
}

/// Every row of every table but the counters of requests, which count refused ones too.
pub async fn facts(world: &World) -> Vec<String> {
    let everything = world.everything().await;
    let is_table =
        |line: &str| line.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && !line.is_empty();
    let mut table = "";
    let mut kept = Vec::new();
    for line in everything.lines() {
        if is_table(line) {
            table = line;
        }
        if table != "rate_limits" {
            kept.push(line.to_owned());
        }
    }
    kept
}

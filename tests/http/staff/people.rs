//! Who works here: members who are ready to sign in, and how their browsers do it.

use crate::sessions::people;
use server::staff::service::{self as staff, Ready, Wanted};
use shared::api::{ErrorCode, Problem};
use shared::i18n::Language;
use shared::identifiers::{Email, StaffId};
use shared::policy::Policy;
use shared::recovery::api::Empty;
use shared::secrets::Secret;
use shared::staff::Role;
use shared::staff::api::{
    CodeShown, CurrentStaff, ExtendStaffSession, SecondFactorAsked, SignInStaff, SignInWithCode,
    StaffCredentials, StaffView, UnlockAsked, UnlockWithPassword,
};
use std::time::Duration;
use tests::{Browser, Engine, World};

/// The smallest step of time.
pub const TICK: Duration = Duration::from_micros(1);

/// How long a one-time code is the present one.
pub const STEP: Duration = Duration::from_secs(30);

/// A password in force.
pub const RIGHT: &str = "cuatro gallinas azules";
/// One that nobody has.
pub const WRONG: &str = "cuatro gallinas verdes";

/// Somebody of the staff, as they know themselves.
#[derive(Clone, Debug)]
pub struct Hired {
    pub id: StaffId,
    pub email: Email,
    secret: [u8; 20],
}

/// A world with cheap hashes and without limits of requests.
pub async fn world(engine: Engine) -> World {
    people::world(engine).await
}

/// The same, under a policy that differs in what is tested.
pub async fn with(engine: Engine, change: impl FnOnce(&mut Policy)) -> World {
    people::with(engine, change).await
}

/// Somebody who can sign in at once.
pub async fn hire(world: &World, name: &str, role: Role) -> Hired {
    let email: Email = address(name).parse().unwrap();
    let mut secret = [0; 20];
    secret
        .iter_mut()
        .zip(name.bytes())
        .for_each(|(to, from)| *to = from);
    let wanted = Wanted {
        name: name.parse().unwrap(),
        email: email.clone(),
        role,
        centre: None,
        language: Language::Es,
    };
    let ready = Ready {
        password: &RIGHT.into(),
        code: &Secret::new(secret),
    };
    assert_eq!(staff::add_ready(&world.app, wanted, &ready).await.unwrap(), 1);
    let all = staff::all(&world.app).await.unwrap();
    let id = all.iter().find(|member| member.email == email).unwrap().id;
    Hired { id, email, secret }
}

/// The address of somebody with a name.
pub fn address(name: &str) -> String {
    format!("{}@instituto.example", name.to_lowercase().replace(' ', "."))
}

impl Hired {
    /// The present code, as their app shows it.
    pub fn code(&self, world: &World) -> Secret<String> {
        staff::code_at(&Secret::new(self.secret), world.now())
    }

    /// What they type to sign in.
    pub fn credentials(&self, password: &str) -> StaffCredentials {
        StaffCredentials {
            email: self.email.clone(),
            password: password.into(),
        }
    }

    /// A browser that has proved the password, and waits for the second factor.
    pub async fn begin(&self, world: &World) -> Browser {
        let mut browser = world.browser();
        sign_in(&mut browser, &self.credentials(RIGHT)).await.unwrap();
        browser
    }

    /// A browser that is signed in. It uses up the present code.
    pub async fn sit(&self, world: &World) -> Browser {
        let mut browser = self.begin(world).await;
        show_code(&mut browser, self.code(world)).await.unwrap();
        browser
    }
}

/// The kinds of all events, by their names: time stands still between them.
pub async fn kinds(world: &World) -> Vec<String> {
    let mut tx = world.app.store.read().await.unwrap();
    server::on!(&mut tx, |conn| sqlx::query_scalar(
        "SELECT kind FROM audit_events ORDER BY kind"
    )
    .fetch_all(conn))
    .unwrap()
}

/// The code of a refusal.
pub fn told(problem: Problem) -> ErrorCode {
    problem.code
}

pub async fn sign_in(
    browser: &mut Browser,
    credentials: &StaffCredentials,
) -> Result<SecondFactorAsked, ErrorCode> {
    browser.call::<SignInStaff>(credentials).await.map_err(told)
}

pub async fn show_code(browser: &mut Browser, code: Secret<String>) -> Result<StaffView, ErrorCode> {
    browser
        .call::<SignInWithCode>(&CodeShown { code })
        .await
        .map_err(told)
}

pub async fn current(browser: &mut Browser) -> Result<StaffView, ErrorCode> {
    browser.call::<CurrentStaff>(&()).await.map_err(told)
}

pub async fn extend(browser: &mut Browser) -> Result<StaffView, ErrorCode> {
    browser.call::<ExtendStaffSession>(&Empty {}).await.map_err(told)
}

pub async fn unlock(browser: &mut Browser, password: &str) -> Result<StaffView, ErrorCode> {
    let password = password.into();
    browser
        .call::<UnlockWithPassword>(&UnlockAsked { password })
        .await
        .map_err(told)
}

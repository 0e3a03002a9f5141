//! Officers at their desks: invited, with a password and one-time codes of their own, and signed in through the real endpoints.

use crate::browser::Browser;
use crate::world::World;
use axum::extract::FromRequestParts;
use axum::http::Request;
use axum::http::header::COOKIE;
use server::app::App;
use server::http::Ctx;
use server::sessions::Use;
use server::staff::service::{self as staff, Delivery, Wanted};
use server::staff::{COOKIE as STAFF, Officer};
use shared::i18n::Language;
use shared::identifiers::CentreId;
use shared::secrets::Secret;
use shared::staff::api::{
    AcceptStaffInvitation, BeginCodeEnrolment, CodeShown, SecondFactorChosen, SignInStaff, SignInWithCode,
    StaffAcceptance, StaffCredentials, StaffInvitationToken,
};
use shared::staff::{Right, Role};
use shared::time::Timestamp;
use std::time::Duration;
use totp_rs::{Builder, Secret as CodeSecret};

/// What every officer of these tests has for a password.
pub const PASSWORD: &str = "cuatro gallinas azules";

/// How long a one-time code is good.
const STEP: Duration = Duration::from_secs(30);

/// A desk with its officer, who is signed in.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The browser, for calling endpoints.
    pub browser: Browser,
}

/// Invites somebody, who joins and signs in. The time goes on by the life of one code.
///
/// # Panics
/// Where the server refuses any of it.
pub async fn desk(world: &World, name: &str, role: Role, centre: Option<CentreId>) -> Desk {
    let email = format!("{}@centro.example", name.to_lowercase().replace(' ', "."))
        .parse()
        .expect("an address");
    let wanted = Wanted {
        name: name.parse().expect("a name"),
        email,
        role,
        centre,
        language: Language::Es,
    };
    let member = staff::add_by_keeper(&world.app, wanted, Delivery::Shown)
        .await
        .expect("nobody has the address");
    let invitation = staff::make_invitation(&world.app, member.id, world.now())
        .await
        .expect("the database works")
        .expect("somebody who is invited");
    let mut browser = world.browser();
    let token = StaffInvitationToken {
        token: invitation.token.clone(),
    };
    let codes = browser
        .call::<BeginCodeEnrolment>(&token)
        .await
        .expect("a secret");
    let secret = codes.secret.expose().clone();
    let accepted = StaffAcceptance {
        token: invitation.token,
        password: Secret::from(PASSWORD),
        second: SecondFactorChosen::Code {
            code: code(&secret, world.now()),
        },
    };
    browser
        .call::<AcceptStaffInvitation>(&accepted)
        .await
        .expect("they join");
    // Each code is good once.
    world.advance(STEP);
    let credentials = StaffCredentials {
        email: member.email,
        password: Secret::from(PASSWORD),
    };
    browser
        .call::<SignInStaff>(&credentials)
        .await
        .expect("the password is right");
    let code = code(&secret, world.now());
    browser
        .call::<SignInWithCode>(&CodeShown { code })
        .await
        .expect("the code is right");
    Desk { browser }
}

/// An agent, who works at every centre.
///
/// # Panics
/// As [`desk`].
pub async fn agent(world: &World, name: &str) -> Desk {
    desk(world, name, Role::Agent, None).await
}

impl Desk {
    /// The officer, as a request of this desk to a node proves it.
    ///
    /// # Panics
    /// Where the desk is locked, the session over, or the role has not the right.
    pub async fn officer(&self, app: &App, right: Right) -> Officer {
        let cookie = self.browser.cookie(STAFF).expect("a session");
        let request = Request::builder().header(COOKIE, format!("{STAFF}={cookie}"));
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        let Ok(ctx) = Ctx::from_request_parts(&mut parts, app).await;
        Officer::authenticate(&ctx, right, Use::Note)
            .await
            .expect("an officer with the right")
    }
}

fn code(secret: &str, now: Timestamp) -> Secret<String> {
    let seconds = u64::try_from(now.as_millis() / 1000).expect("after 1970");
    Secret::new(one_time_code(secret, seconds))
}

/// The code of a secret in base32, so many seconds after 1970.
///
/// # Panics
/// Where the secret is none.
pub fn one_time_code(secret: &str, seconds: u64) -> String {
    let secret = CodeSecret::try_from_base32(secret).expect("base32");
    let codes = Builder::new()
        .with_secret(secret)
        .with_account_name("officer")
        .build()
        .expect("a secret that is long enough");
    codes.generate(seconds).to_string()
}

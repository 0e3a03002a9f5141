//! Signing in: the same work and the same answer for whatever is wrong.

use super::attempts::{self, Attempt, Tally, Trial};
use super::places::Caller;
use super::store::{self, SessionRow};
use crate::accounts::{self, Account, Change, Checked, RightPassword, State, StoredPassword};
use crate::app::App;
use crate::http::Failure;
use crate::http::limits::{self, Bucket};
use crate::keys::{Digest, Purpose};
use crate::slots::Room;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::audit::{Actor, Event};
use shared::secrets::Secret;
use shared::sessions::api::Credentials;
use shared::sessions::{Closed, DeviceId, Familiarity, SessionId};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;

/// The cookies that came with a sign-in.
#[derive(Clone, Debug, Default)]
pub struct Cookies {
    /// Of an earlier session: it ends.
    pub session: Option<Secret<String>>,
    /// Of the browser.
    pub device: Option<Secret<String>>,
}

/// Somebody is signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The session's cookie.
    pub session: Secret<String>,
    /// The browser's cookie.
    pub device: Secret<String>,
}

/// What is known of whom the credentials name, before anything is compared.
struct Found {
    account: Option<Account>,
    stored: StoredPassword,
    known: Option<DeviceId>,
    tally: Tally,
}

/// Proves a password and begins a session.
///
/// Unknown accounts, accounts without a password, wrong passwords and attempts beyond the limit are refused alike. Only
/// whoever knows the password hears that the account is blocked or frozen. From the counting on the work goes on to its end,
/// even if the browser goes away: whoever hangs up after a wrong password has failed all the same.
pub async fn sign_in(
    app: &App,
    asked: Credentials,
    cookies: Cookies,
    caller: Caller,
) -> Result<SignedIn, Failure> {
    let browser = cookies
        .device
        .as_ref()
        .and_then(|cookie| token::digest(app, Purpose::Device, cookie));
    let found = find(app, &asked, browser.as_ref(), caller.at).await?;
    limit(app, &found.tally, caller).await?;
    let entrance = Entrance {
        found,
        cookies,
        browser,
        caller,
    };
    let app = app.clone();
    tokio::spawn(async move { entrance.compare(&app, &asked.password).await })
        .await
        .map_err(Failure::fault)?
}
/// A sign-in before its attempt is counted.
struct Entrance {
    found: Found,
    cookies: Cookies,
    browser: Option<Digest>,
    caller: Caller,
}

impl Entrance {
    /// Counts the attempt, compares, and does what follows.
    async fn compare(self, app: &App, password: &Secret<String>) -> Result<SignedIn, Failure> {
        let Self {
            found,
            cookies,
            browser,
            caller,
        } = self;
        let Some(attempt) = attempts::admit(app, found.tally, caller.at).await? else {
            return Err(ErrorCode::SignInRefused.into());
        };
        // Anybody may come in any number: half of the queue is left to whoever has a link or a session.
        let checked = accounts::service::check_password(app, &found.stored, password, Room::Half).await;
        match (checked, found.account) {
            (Ok(Checked::Right(right)), Some(account)) => {
                let proved = Proved {
                    account,
                    right,
                    attempt,
                    known: found.known,
                };
                enter(app, proved, &cookies, browser, caller).await
            }
            (Ok(Checked::Wrong), _) | (Ok(Checked::Right(_)), None) => {
                attempts::fail(app, attempt, Trial::SignIn, caller).await?;
                Err(ErrorCode::SignInRefused.into())
            }
            (Err(error), _) => {
                attempts::withdraw(app, attempt).await?;
                Err(error.into())
            }
        }
    }
}

async fn find(
    app: &App,
    asked: &Credentials,
    browser: Option<&Digest>,
    now: Timestamp,
) -> Result<Found, StoreError> {
    let mut tx = app.store.read().await?;
    let account = accounts::service::find(&mut tx, asked.employer, asked.branch).await?;
    let (mut stored, mut known) = (StoredPassword::default(), None);
    if let Some(account) = &account {
        stored = accounts::service::stored_password(&mut tx, account.id).await?;
        if let Some(browser) = browser {
            known = store::device_by_token(&mut tx, account.id, browser, now).await?;
        }
    }
    let id = account.as_ref().map(|account| account.id);
    let tally = match (id, known) {
        (Some(account), Some(device)) => Tally::of_device(app, account, device),
        (id, _) => Tally::of_strangers(app, asked.employer, asked.branch, id),
    };
    Ok(Found {
        account,
        stored,
        known,
        tally,
    })
}

/// Limits of requests, in rows shared by all nodes: of the source, and of the tally. A known device shares its limit with
/// nobody.
async fn limit(app: &App, tally: &Tally, caller: Caller) -> Result<(), Failure> {
    let (limits, network) = (app.policy.limits, caller.source.network());
    let source = Bucket::new("sign in source", network.as_bytes());
    limits::hit(app, caller.at, source, limits.sign_ins_per_source).await?;
    let account = Bucket::new("sign in account", tally.bucket());
    limits::hit(app, caller.at, account, limits.sign_ins_per_account).await
}

/// Somebody knew the password.
struct Proved {
    account: Account,
    right: RightPassword,
    attempt: Attempt,
    known: Option<DeviceId>,
}

/// Begins the session, if the account is open to this browser as it stands now.
async fn enter(
    app: &App,
    proved: Proved,
    cookies: &Cookies,
    browser: Option<Digest>,
    caller: Caller,
) -> Result<SignedIn, Failure> {
    let Proved {
        account: Account { id, .. },
        right,
        attempt,
        known,
    } = proved;
    let mut tx = app.store.write().await?;
    let account = accounts::service::lock(&mut tx, id)
        .await?
        .ok_or(ErrorCode::SignInRefused)?;
    let now = app.clock.now();
    if !accounts::service::is_still_right(&mut tx, id, &right).await? {
        // It was replaced while it was compared: nobody guessed, and nobody gets in.
        attempts::release(&mut tx, attempt).await?;
        tx.commit().await?;
        return Err(ErrorCode::SignInRefused.into());
    }
    // The device may have been forgotten meanwhile.
    let known = match known {
        Some(device) if store::knows(&mut tx, device, id, now).await? => Some(device),
        Some(_) | None => None,
    };
    if let Some((reason, code)) = closed(account.state, known) {
        attempts::release(&mut tx, attempt).await?;
        let event = Event::SignInClosed { reason };
        caller.tell(app, &mut tx, &event, Actor::Holder, id, now).await?;
        tx.commit().await?;
        return Err(code.into());
    }
    attempts::forgive(&mut tx, attempt).await?;
    if accounts::service::renew_hash(&mut tx, id, &right).await? == Change::Made {
        caller
            .tell(app, &mut tx, &Event::PasswordRehashed, Actor::System, id, now)
            .await?;
    }
    end_earlier(app, &mut tx, cookies.session.as_ref(), caller, now).await?;
    let device = remember(
        app,
        &mut tx,
        &account,
        known,
        cookies.device.as_ref().zip(browser),
        now,
    )
    .await?;
    let session = begin(app, &mut tx, &account, device.id, caller, now).await?;
    let event = Event::SignedIn {
        familiarity: if known.is_some() {
            Familiarity::Known
        } else {
            Familiarity::New
        },
        browser: caller.device.browser,
        system: caller.device.system,
    };
    caller.tell(app, &mut tx, &event, Actor::Holder, id, now).await?;
    tx.commit().await?;
    Ok(SignedIn {
        session,
        device: device.cookie,
    })
}

/// Why an account is closed to a browser, if it is.
fn closed(state: State, known: Option<DeviceId>) -> Option<(Closed, ErrorCode)> {
    match (state, known) {
        (State::Active, _) | (State::Blocked { .. }, Some(_)) => None,
        (State::Blocked { .. }, None) => Some((Closed::Blocked, ErrorCode::SignInBlocked)),
        (State::Frozen { .. }, _) => Some((Closed::Frozen, ErrorCode::SignInFrozen)),
    }
}

/// Ends the session whose cookie came along, whosever it is: a browser has one session, and a cookie that somebody else
/// may have planted or seen is worth nothing after a sign-in.
async fn end_earlier(
    app: &App,
    tx: &mut Tx,
    cookie: Option<&Secret<String>>,
    caller: Caller,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(token) = cookie.and_then(|cookie| token::digest(app, Purpose::Session, cookie)) else {
        return Ok(());
    };
    if let Some(ended) = store::end_by_token(tx, &token).await? {
        caller
            .tell(app, tx, &Event::SessionEnded, Actor::Holder, ended.account, now)
            .await?;
    }
    Ok(())
}

/// A device that the account knows from now on, and its cookie.
struct Remembered {
    id: DeviceId,
    cookie: Secret<String>,
}

/// Makes the account know this browser. A token that was shown is kept only if we made it: some account knows it.
async fn remember(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    known: Option<DeviceId>,
    shown: Option<(&Secret<String>, Digest)>,
    now: Timestamp,
) -> Result<Remembered, StoreError> {
    let expires = now.after(app.policy.sessions.device_lifetime());
    if let (Some(id), Some((cookie, _))) = (known, shown) {
        store::see_device(tx, id, now, expires).await?;
        return Ok(Remembered {
            id,
            cookie: cookie.clone(),
        });
    }
    let (cookie, token) = match shown {
        Some((cookie, token)) if store::is_known_browser(tx, &token, now).await? => (cookie.clone(), token),
        Some(_) | None => token::draw(app, Purpose::Device),
    };
    let id = DeviceId::new(now, app.entropy.bytes());
    let id = store::remember_device(tx, id, account.id, &token, now, expires).await?;
    Ok(Remembered { id, cookie })
}

/// Stores a new session and gives its cookie.
async fn begin(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    device: DeviceId,
    caller: Caller,
    now: Timestamp,
) -> Result<Secret<String>, StoreError> {
    let (cookie, token) = token::draw(app, Purpose::Session);
    // After whatever ended the account's sessions, also if that was written by a node whose clock is ahead.
    let began_at = account
        .sessions_ended_at
        .map_or(now, |ended| now.max(ended.after(Duration::from_micros(1))));
    let session = SessionRow {
        id: SessionId::new(now, app.entropy.bytes()),
        token,
        account: account.id,
        device,
        shown: caller.device,
        network: Some(caller.network()),
        signed_in_at: now,
        began_at,
        used_at: now,
        expires: Deadline::after(now, app.policy.sessions.absolute()),
    };
    store::insert(tx, &session).await?;
    Ok(cookie)
}

//! Signing in: the same work and the same answer for whatever is wrong.

use super::Principal;
use super::attempts::{self, Attempt, Tally, Trial};
use super::check::is_still_right;
use super::places::Caller;
use super::store::{self, Mark, SessionRow};
use crate::accounts::{self, Account, Change, Checked, RightPassword, State, StoredPassword};
use crate::app::App;
use crate::delegates::{self, Delegate};
use crate::http::Failure;
use crate::http::limits::{self, Bucket};
use crate::keys::{Digest, Purpose};
use crate::slots::Room;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::audit::{Actor, Event};
use shared::identifiers::{AccountId, Cedula};
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
    /// Whom they name, if there is such a person: an owner, or a delegate who has access.
    principal: Option<Principal>,
    stored: StoredPassword,
    /// The browser by its cookie, if it is known to them.
    known: Option<DeviceId>,
    tally: Tally,
}

/// Proves a password and begins a session.
///
/// Unknown accounts and delegates, those without a password or without access any more, wrong passwords and attempts beyond the
/// limit are refused alike. Only whoever knows the password hears that the account is blocked or frozen. From the counting on the work goes on to its end,
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
        match (checked, found.principal) {
            (Ok(Checked::Right(right)), Some(principal)) => {
                let proved = Proved {
                    principal,
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
    let principal = match account {
        Some(account) => named(&mut tx, account.id, asked.delegate, now).await?,
        None => None,
    };
    let (mut stored, mut known) = (StoredPassword::default(), None);
    if let Some(principal) = principal {
        stored = match principal.delegate {
            None => accounts::service::stored_password(&mut tx, principal.account).await?,
            Some(delegate) => delegates::service::stored_password(&mut tx, delegate).await?,
        };
        if let Some(browser) = browser {
            let mark = mark(app, principal, *browser);
            known = store::device_by_token(&mut tx, principal.account, &mark.token, now).await?;
        }
    }
    let tally = match (principal, known) {
        (Some(principal), Some(device)) => Tally::of_device(app, principal, device),
        (principal, _) => Tally::of_strangers(app, asked.employer, asked.branch, asked.delegate, principal),
    };
    Ok(Found {
        principal,
        stored,
        known,
        tally,
    })
}

/// Whom the credentials name in an account. A delegate without access is nobody.
async fn named(
    tx: &mut Tx,
    account: AccountId,
    delegate: Option<Cedula>,
    now: Timestamp,
) -> Result<Option<Principal>, StoreError> {
    let Some(cedula) = delegate else {
        return Ok(Some(Principal {
            account,
            delegate: None,
        }));
    };
    let delegate = delegates::service::find(tx, account, cedula).await?;
    Ok(delegate
        .filter(|delegate| delegate.has_access(now))
        .map(|delegate| Principal {
            account,
            delegate: Some(delegate.id),
        }))
}

/// By what a browser is known to somebody: the owner knows it by its token, a delegate by the token bound to the delegate, so
/// that one browser can be known to several people of one account.
fn mark(app: &App, principal: Principal, browser: Digest) -> Mark {
    let token = match principal.delegate {
        None => browser,
        Some(delegate) => {
            let delegate = delegate.as_uuid();
            let parts: &[&[u8]] = &[b"delegate", delegate.as_bytes(), &browser];
            app.keys.digest(Purpose::Device, parts)
        }
    };
    Mark { token, browser }
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
    principal: Principal,
    right: RightPassword,
    attempt: Attempt,
    known: Option<DeviceId>,
}

/// Begins the session, if the account is open to this person and this browser as they stand now.
async fn enter(
    app: &App,
    proved: Proved,
    cookies: &Cookies,
    browser: Option<Digest>,
    caller: Caller,
) -> Result<SignedIn, Failure> {
    let Proved {
        principal,
        right,
        attempt,
        known,
    } = proved;
    let mut tx = app.store.write().await?;
    let account = accounts::service::lock(&mut tx, principal.account)
        .await?
        .ok_or(ErrorCode::SignInRefused)?;
    let now = app.clock.now();
    let delegate = entitled(&mut tx, principal, now).await?;
    let right_still = is_still_right(&mut tx, principal, &right).await?;
    let (Ok(delegate), true) = (delegate, right_still) else {
        // It was replaced or taken away while it was compared: nobody guessed, and nobody gets in.
        attempts::release(&mut tx, attempt).await?;
        tx.commit().await?;
        return Err(ErrorCode::SignInRefused.into());
    };
    // The device may have been forgotten meanwhile.
    let known = match known {
        Some(device) if store::knows(&mut tx, device, principal.account, now).await? => Some(device),
        Some(_) | None => None,
    };
    if let Some((reason, code)) = closed(account.state, delegate.as_ref(), known) {
        attempts::release(&mut tx, attempt).await?;
        let event = Event::SignInClosed { reason };
        caller.tell(app, &mut tx, &event, principal, now).await?;
        tx.commit().await?;
        return Err(code.into());
    }
    attempts::forgive(&mut tx, attempt).await?;
    renew_hash(app, &mut tx, principal, &right, caller, now).await?;
    end_earlier(app, &mut tx, cookies.session.as_ref(), caller, now).await?;
    let shown = cookies.device.as_ref().zip(browser);
    let device = remember(app, &mut tx, principal, known, shown, now).await?;
    let session = begin(app, &mut tx, (&account, principal), device.id, caller, now).await?;
    if let Some(delegate) = delegate {
        delegates::service::note_sign_in(&mut tx, delegate.id, now).await?;
    }
    let event = Event::SignedIn {
        familiarity: if known.is_some() {
            Familiarity::Known
        } else {
            Familiarity::New
        },
        browser: caller.device.browser,
        system: caller.device.system,
    };
    caller.tell(app, &mut tx, &event, principal, now).await?;
    tx.commit().await?;
    Ok(SignedIn {
        session,
        device: device.cookie,
    })
}

/// Somebody had access when the password was compared and has none any more.
struct Gone;

/// The delegate as it stands in a transaction that has locked the account; nothing for the owner.
async fn entitled(
    tx: &mut Tx,
    principal: Principal,
    now: Timestamp,
) -> Result<Result<Option<Delegate>, Gone>, StoreError> {
    let Some(id) = principal.delegate else {
        return Ok(Ok(None));
    };
    let delegate = delegates::service::by_id(tx, id).await?;
    Ok(delegate
        .filter(|delegate| delegate.has_access(now))
        .map(Some)
        .ok_or(Gone))
}

/// Why somebody's browser is not let in, if so. A block of the account is the owner's, a delegate has one of their own.
fn closed(state: State, delegate: Option<&Delegate>, known: Option<DeviceId>) -> Option<(Closed, ErrorCode)> {
    let blocked = match (state, delegate) {
        (State::Frozen { .. }, _) => return Some((Closed::Frozen, ErrorCode::SignInFrozen)),
        (State::Active | State::Blocked { .. }, Some(delegate)) => delegate.blocked_at.is_some(),
        (State::Blocked { .. }, None) => true,
        (State::Active, None) => false,
    };
    (blocked && known.is_none()).then_some((Closed::Blocked, ErrorCode::SignInBlocked))
}

/// Writes the hash of a right password under the parameters of today, where it was made under others.
async fn renew_hash(
    app: &App,
    tx: &mut Tx,
    principal: Principal,
    right: &RightPassword,
    caller: Caller,
    now: Timestamp,
) -> Result<(), StoreError> {
    let change = match principal.delegate {
        None => accounts::service::renew_hash(tx, principal.account, right).await?,
        Some(delegate) => delegates::service::renew_hash(tx, delegate, right).await?,
    };
    if change == Change::Made {
        let (event, subject) = (Event::PasswordRehashed, principal.subject());
        caller
            .tell_of(app, tx, &event, Actor::System, subject, now)
            .await?;
    }
    Ok(())
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
            .tell(app, tx, &Event::SessionEnded, ended.principal(), now)
            .await?;
    }
    Ok(())
}

/// A device that is known from now on, and its cookie.
struct Remembered {
    id: DeviceId,
    cookie: Secret<String>,
}

/// Makes this browser known. A token that was shown is kept only if we made it: somebody knows it.
async fn remember(
    app: &App,
    tx: &mut Tx,
    principal: Principal,
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
    let (cookie, browser) = match shown {
        Some((cookie, token)) if store::is_known_browser(tx, &token, now).await? => (cookie.clone(), token),
        Some(_) | None => token::draw(app, Purpose::Device),
    };
    let id = DeviceId::new(now, app.entropy.bytes());
    let mark = mark(app, principal, browser);
    let id = store::remember_device(tx, id, principal, &mark, now, expires).await?;
    Ok(Remembered { id, cookie })
}

/// Stores a new session and gives its cookie.
async fn begin(
    app: &App,
    tx: &mut Tx,
    (account, principal): (&Account, Principal),
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
        account: principal.account,
        delegate: principal.delegate,
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

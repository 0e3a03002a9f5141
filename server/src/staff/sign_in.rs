//! Signing in to the desk: the password first, the second factor within a few minutes.

use super::attempts::{self, Attempt, By, Tally, tell};
use super::store::sessions::{self, SessionRow};
use super::store::{self, passkeys};
use super::{Member, Seat};
use crate::accounts::{self, Checked, RightPassword, StoredPassword};
use crate::app::App;
use crate::http::Failure;
use crate::http::limits::{self, Bucket};
use crate::keys::Purpose;
use crate::sessions::Caller;
use crate::slots::Room;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::audit::Event;
use shared::identifiers::StaffId;
use shared::secrets::Secret;
use shared::staff::api::{SecondFactorAsked, StaffCredentials};
use shared::staff::{SecondFactor, StaffSessionId};
use shared::time::{Deadline, Timestamp};

/// A sign-in that waits for its second factor, and the cookie that shows it.
#[derive(Debug)]
pub struct Begun {
    /// The cookie. It opens nothing yet.
    pub cookie: Secret<String>,
    /// What the page shows.
    pub asked: SecondFactorAsked,
}

/// Proves the password. Whatever is wrong, it is refused alike: an address that is nobody's costs the same work.
///
/// From the counting on the work goes on to its end, even if the browser goes away.
pub async fn begin(
    app: &App,
    asked: StaffCredentials,
    earlier: Option<Secret<String>>,
    caller: Caller,
) -> Result<Begun, Failure> {
    let tally = Tally::of_address(app, &asked.email, caller);
    let network = caller.source.network();
    // Not the citizens': whoever sits in the waiting room has the same address.
    let source = Bucket::new("staff sign in source", network.as_bytes());
    limits::hit(app, caller.at, source, app.policy.limits.sign_ins_per_source).await?;
    let address = Bucket::new("staff sign in", tally.bucket());
    limits::hit(app, caller.at, address, app.policy.limits.sign_ins_per_account).await?;
    let app = app.clone();
    tokio::spawn(async move { compare(&app, &asked, earlier.as_ref(), tally, caller).await })
        .await
        .map_err(Failure::fault)?
}

/// Counts the attempt, compares, and does what follows.
async fn compare(
    app: &App,
    asked: &StaffCredentials,
    earlier: Option<&Secret<String>>,
    tally: Tally,
    caller: Caller,
) -> Result<Begun, Failure> {
    let Some(attempt) = attempts::admit(app, tally, caller.at).await? else {
        return Err(ErrorCode::StaffSignInRefused.into());
    };
    let mut tx = app.store.read().await?;
    let named = store::by_email(&mut tx, &asked.email).await?;
    let whose = named.as_ref().map(|member| member.id);
    let member = named.filter(Member::has_access);
    let stored = match &member {
        Some(member) => StoredPassword::of(store::password_hash(&mut tx, member.id).await?.as_deref())?,
        None => StoredPassword::default(),
    };
    drop(tx);
    // Anybody may come in any number: half of the queue is left to whoever has a link or a session.
    let checked = accounts::service::check_password(app, &stored, &asked.password, Room::Half).await;
    match (checked, member) {
        (Ok(Checked::Right(right)), Some(member)) => {
            enter(app, &member, &right, attempt, earlier, caller).await
        }
        (Ok(Checked::Wrong), _) | (Ok(Checked::Right(_)), None) => {
            refuse(app, whose, tally, caller).await?;
            Err(ErrorCode::StaffSignInRefused.into())
        }
        (Err(error), _) => {
            attempts::withdraw(app, attempt).await?;
            Err(error.into())
        }
    }
}

/// Writes a failure down. The slot stays taken.
async fn refuse(app: &App, member: Option<StaffId>, tally: Tally, caller: Caller) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    let event = Event::StaffSignInFailed { member };
    tell(
        app,
        &mut tx,
        &event,
        By::Stranger(tally.digest()),
        caller,
        app.clock.now(),
    )
    .await?;
    tx.commit().await
}

/// Begins a session that waits for the second factor, if the password is still the one in force.
async fn enter(
    app: &App,
    member: &Member,
    right: &RightPassword,
    attempt: Attempt,
    earlier: Option<&Secret<String>>,
    caller: Caller,
) -> Result<Begun, Failure> {
    let mut tx = app.store.write().await?;
    let member = store::lock(&mut tx, member.id).await?.filter(Member::has_access);
    let now = app.clock.now();
    attempts::release(&mut tx, attempt).await?;
    let hash = match &member {
        Some(member) => store::password_hash(&mut tx, member.id).await?,
        None => None,
    };
    let Some(member) = member.filter(|_| right.is(hash.as_deref())) else {
        // It was replaced or taken away while it was compared: nobody guessed, and nobody gets in.
        tx.commit().await?;
        return Err(ErrorCode::StaffSignInRefused.into());
    };
    if let Some((old, new)) = right.renewal() {
        store::renew_hash(&mut tx, member.id, &old, &new).await?;
    }
    // A cookie that somebody else may have planted or seen is worth nothing after a sign-in.
    if let Some(token) = earlier.and_then(|cookie| token::digest(app, Purpose::StaffSession, cookie)) {
        end(app, &mut tx, &token, caller, now).await?;
    }
    let (cookie, token) = token::draw(app, Purpose::StaffSession);
    let deadline = Deadline::after(now, app.policy.staff.second_factor_time());
    let session = SessionRow {
        id: StaffSessionId::new(now, app.entropy.bytes()),
        token,
        staff: member.id,
        shown: caller.device,
        network: Some(caller.network()),
        previous_at: member.signed_in_at,
        began_at: now,
        proved_at: None,
        used_at: now,
        locked_at: None,
        expires: deadline,
    };
    sessions::insert(&mut tx, &session).await?;
    let ways = ways(&mut tx, &member).await?;
    tx.commit().await?;
    let asked = SecondFactorAsked { now, deadline, ways };
    Ok(Begun { cookie, asked })
}

/// Which second factors somebody has.
pub(super) async fn ways(tx: &mut Tx, member: &Member) -> Result<Vec<SecondFactor>, StoreError> {
    let code = member.totp.is_some().then_some(SecondFactor::Code);
    let has_passkey = passkeys::count(tx, member.id).await? > 0;
    let passkey = has_passkey.then_some(SecondFactor::Passkey);
    Ok(code.into_iter().chain(passkey).collect())
}

/// Ends the session of a cookie, locked or not. Without one nothing happens.
pub async fn sign_out(app: &App, cookie: Option<&Secret<String>>, caller: Caller) -> Result<(), StoreError> {
    let Some(token) = cookie.and_then(|cookie| token::digest(app, Purpose::StaffSession, cookie)) else {
        return Ok(());
    };
    let mut tx = app.store.write().await?;
    end(app, &mut tx, &token, caller, caller.at).await?;
    tx.commit().await
}

/// Ends a session. One that waited for its second factor was none, and leaves no event.
async fn end(
    app: &App,
    tx: &mut Tx,
    token: &crate::keys::Digest,
    caller: Caller,
    at: Timestamp,
) -> Result<(), StoreError> {
    match sessions::end_by_token(tx, token).await? {
        Some(ended) if ended.proved_at.is_some() => {
            tell(
                app,
                tx,
                &Event::StaffSignedOut,
                By::Holder(ended.staff),
                caller,
                at,
            )
            .await
        }
        Some(_) | None => Ok(()),
    }
}

/// The sign-in of a cookie that waits for its second factor.
pub(super) async fn pending(
    app: &App,
    tx: &mut Tx,
    cookie: Option<&Secret<String>>,
    now: Timestamp,
) -> Result<SessionRow, Failure> {
    let digest = cookie
        .and_then(|cookie| token::digest(app, Purpose::StaffSession, cookie))
        .ok_or(ErrorCode::SessionMissing)?;
    Ok(sessions::by_token(tx, &digest)
        .await?
        .filter(|row| row.proved_at.is_none() && !row.expires.has_passed(now))
        .ok_or(ErrorCode::SessionMissing)?)
}

/// What a sign-in became: the seat at the desk, and the cookie that opens it.
#[derive(Debug)]
pub(super) struct Seated {
    pub(super) seat: Seat,
    pub(super) cookie: Secret<String>,
}

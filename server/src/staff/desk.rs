//! The lock of a desk: what an officer who is signed in does with the session itself.

use super::attempts::{self, By, Tally, tell};
use super::sign_in::ways;
use super::store::{self, sessions};
use super::{Member, Seat, passkey};
use crate::accounts::{self, Checked, StoredPassword};
use crate::app::App;
use crate::http::Failure;
use crate::http::limits::{self, Bucket};
use crate::keys::Purpose;
use crate::sessions::Caller;
use crate::slots::Room;
use crate::store::StoreError;
use crate::token;
use shared::api::ErrorCode;
use shared::audit::Event;
use shared::passkeys::browser::AuthenticationResponse;
use shared::secrets::Secret;
use shared::staff::api::{StaffPasskeyBegun, StaffView};
use shared::staff::{SecondFactor, StaffEnds, Standing};
use shared::time::Timestamp;

/// Who sits at the desk, locked or not.
pub(super) async fn view(app: &App, seat: &Seat, now: Timestamp) -> Result<StaffView, StoreError> {
    let mut tx = app.store.read().await?;
    let ways = ways(&mut tx, &seat.member).await?;
    let member = &seat.member;
    Ok(StaffView {
        now,
        id: member.id,
        name: member.name.clone(),
        email: member.email.clone(),
        role: member.role,
        centre: member.centre,
        standing: seat.standing(now),
        ends: seat.ends,
        ways,
        last_sign_in: seat.row.previous_at,
    })
}

/// Locks the desk at once.
pub(super) async fn lock(app: &App, mut seat: Seat, caller: Caller) -> Result<StaffView, Failure> {
    let mut tx = app.store.write().await?;
    let now = app.clock.now();
    if sessions::lock_desk(&mut tx, seat.row.id, now).await? == 1 {
        let by = By::Holder(seat.member.id);
        tell(app, &mut tx, &Event::DeskLocked, by, caller, now).await?;
    }
    tx.commit().await?;
    seat.row.locked_at = Some(now);
    Ok(view(app, &seat, now).await?)
}

/// Draws the challenge for a passkey: for a sign-in that waits for its second factor, or for a session.
pub(super) async fn ask_passkey(
    app: &App,
    cookie: Option<&Secret<String>>,
    now: Timestamp,
) -> Result<StaffPasskeyBegun, Failure> {
    let digest = cookie
        .and_then(|cookie| token::digest(app, Purpose::StaffSession, cookie))
        .ok_or(ErrorCode::SessionMissing)?;
    let mut tx = app.store.write().await?;
    let row = sessions::by_token(&mut tx, &digest)
        .await?
        .filter(|row| !row.expires.has_passed(now))
        .ok_or(ErrorCode::SessionMissing)?;
    let drawn = passkey::ask(app, &mut tx, row.id.as_uuid(), row.expires, now).await?;
    tx.commit().await?;
    Ok(StaffPasskeyBegun {
        now,
        deadline: drawn.deadline,
        options: drawn.options,
    })
}

/// Opens a locked desk with the password. It counts as an attempt; from the counting on the work goes on to its end, even if
/// the browser goes away.
pub(super) async fn unlock_with_password(
    app: &App,
    seat: Seat,
    password: Secret<String>,
    caller: Caller,
) -> Result<StaffView, Failure> {
    let tally = Tally::of_desk(app, seat.row.id);
    let bucket = Bucket::new("staff unlock", tally.bucket());
    limits::hit(app, caller.at, bucket, app.policy.limits.sign_ins_per_account).await?;
    let app = app.clone();
    tokio::spawn(async move { compare(&app, seat, &password, tally, caller).await })
        .await
        .map_err(Failure::fault)?
}

async fn compare(
    app: &App,
    seat: Seat,
    password: &Secret<String>,
    tally: Tally,
    caller: Caller,
) -> Result<StaffView, Failure> {
    let Some(attempt) = attempts::admit(app, tally, caller.at).await? else {
        return Err(ErrorCode::StaffSignInRefused.into());
    };
    let mut tx = app.store.read().await?;
    let hash = store::password_hash(&mut tx, seat.member.id).await?;
    drop(tx);
    let stored = StoredPassword::of(hash.as_deref())?;
    match accounts::service::check_password(app, &stored, password, Room::Whole).await {
        Ok(Checked::Right(right)) => {
            attempts::withdraw(app, attempt).await?;
            let mut tx = app.store.write().await?;
            let member = store::lock(&mut tx, seat.member.id).await?;
            let hash = store::password_hash(&mut tx, seat.member.id).await?;
            if !member.is_some_and(|member| member.has_access()) || !right.is(hash.as_deref()) {
                return Err(ErrorCode::SessionMissing.into());
            }
            open(app, tx, seat, None, caller).await
        }
        Ok(Checked::Wrong) => {
            fail(app, &seat.member, caller).await?;
            Err(ErrorCode::StaffSignInRefused.into())
        }
        Err(error) => {
            attempts::withdraw(app, attempt).await?;
            Err(error.into())
        }
    }
}

/// Opens a locked desk with a passkey. The challenge is spent, right or wrong.
pub(super) async fn unlock_with_passkey(
    app: &App,
    seat: Seat,
    response: &AuthenticationResponse,
    caller: Caller,
) -> Result<StaffView, Failure> {
    let mut tx = app.store.write().await?;
    store::lock(&mut tx, seat.member.id)
        .await?
        .filter(Member::has_access)
        .ok_or(ErrorCode::SessionMissing)?;
    let now = app.clock.now();
    let (subject, staff) = (seat.row.id.as_uuid(), seat.member.id);
    if passkey::judge(app, &mut tx, subject, staff, response, now)
        .await?
        .is_err()
    {
        tx.commit().await?;
        fail(app, &seat.member, caller).await?;
        return Err(ErrorCode::StaffSignInRefused.into());
    }
    open(app, tx, seat, Some(SecondFactor::Passkey), caller).await
}

/// Opens the desk, in a transaction that has locked the member.
async fn open(
    app: &App,
    mut tx: crate::store::Tx,
    mut seat: Seat,
    way: Option<SecondFactor>,
    caller: Caller,
) -> Result<StaffView, Failure> {
    let now = app.clock.now();
    if sessions::unlock(&mut tx, seat.row.id, now).await? == 0 {
        return Err(ErrorCode::SessionMissing.into());
    }
    if seat.standing(now) == Standing::Locked {
        let event = Event::DeskUnlocked { way };
        tell(app, &mut tx, &event, By::Holder(seat.member.id), caller, now).await?;
    }
    tx.commit().await?;
    seat.row.locked_at = None;
    seat.row.used_at = now;
    seat.ends = StaffEnds::of(app.policy.staff, now, seat.row.expires);
    Ok(view(app, &seat, now).await?)
}

async fn fail(app: &App, member: &Member, caller: Caller) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    let event = Event::DeskUnlockFailed { member: member.id };
    tell(app, &mut tx, &event, By::Server, caller, app.clock.now()).await?;
    tx.commit().await
}

//! The second factor: a one-time code or a passkey, for a sign-in that waits for it.
//!
//! Everything happens in one transaction that has locked the member: of any number of submissions at once, each sees what
//! those before it used up and how often they failed.

use super::attempts::{By, tell};
use super::code::CodeSecret;
use super::passkey;
use super::sign_in::{self, Seated};
use super::store::sessions::{self, SessionRow};
use super::{Member, Seat, store};
use crate::app::App;
use crate::http::Failure;
use crate::keys::Purpose;
use crate::sessions::Caller;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::audit::Event;
use shared::passkeys::browser::AuthenticationResponse;
use shared::secrets::Secret;
use shared::staff::{SecondFactor, StaffEnds};
use shared::time::{Deadline, Timestamp};

/// What is shown as a second factor.
#[derive(Debug)]
pub enum Shown<'a> {
    /// A one-time code.
    Code(&'a Secret<String>),
    /// What a passkey answered.
    Passkey(&'a AuthenticationResponse),
}

impl Shown<'_> {
    const fn way(&self) -> SecondFactor {
        match self {
            Self::Code(_) => SecondFactor::Code,
            Self::Passkey(_) => SecondFactor::Passkey,
        }
    }
}

/// Finishes a sign-in. A wrong second factor leaves it waiting; too many in a row block the member.
pub(super) async fn finish(
    app: &App,
    cookie: Option<&Secret<String>>,
    shown: &Shown<'_>,
    caller: Caller,
) -> Result<Seated, Failure> {
    let mut tx = app.store.write().await?;
    let row = sign_in::pending(app, &mut tx, cookie, caller.at).await?;
    let member = store::lock(&mut tx, row.staff)
        .await?
        .filter(Member::has_access)
        .ok_or(ErrorCode::SessionMissing)?;
    let now = app.clock.now();
    if !judge(app, &mut tx, &row, &member, shown, now).await? {
        fail(app, &mut tx, &member, shown.way(), caller, now).await?;
        tx.commit().await?;
        return Err(ErrorCode::StaffSignInRefused.into());
    }
    let (cookie, token) = token::draw(app, Purpose::StaffSession);
    let expires = Deadline::after(now, app.policy.staff.absolute());
    if sessions::prove(&mut tx, &row, &token, now, expires).await? == 0 {
        return Err(ErrorCode::SessionMissing.into());
    }
    store::signed_in(&mut tx, member.id, now).await?;
    let event = Event::StaffSignedIn { way: shown.way() };
    tell(app, &mut tx, &event, By::Holder(member.id), caller, now).await?;
    tx.commit().await?;
    let row = SessionRow {
        token,
        proved_at: Some(now),
        used_at: now,
        expires,
        ..row
    };
    let ends = StaffEnds::of(app.policy.staff, now, expires);
    let seat = Seat { row, member, ends };
    Ok(Seated { seat, cookie })
}

/// Whether it is the member's second factor. What it is used up by is written in the same transaction.
async fn judge(
    app: &App,
    tx: &mut Tx,
    row: &SessionRow,
    member: &Member,
    shown: &Shown<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    match shown {
        Shown::Code(code) => {
            let Some(sealed) = &member.totp else {
                return Ok(false);
            };
            let secret = CodeSecret::open(&app.keys, sealed, member.id)?;
            match secret.step_of(code, now) {
                Some(step) => Ok(store::use_step(tx, member.id, step).await? == 1),
                None => Ok(false),
            }
        }
        Shown::Passkey(response) => {
            let judged = passkey::judge(app, tx, row.id.as_uuid(), member.id, response, now).await?;
            Ok(judged.is_ok())
        }
    }
}

/// Counts a wrong second factor. The last one that the policy allows blocks the member and ends every session.
async fn fail(
    app: &App,
    tx: &mut Tx,
    member: &Member,
    way: SecondFactor,
    caller: Caller,
    now: Timestamp,
) -> Result<(), StoreError> {
    let failures = store::second_factor_failed(tx, member.id).await?;
    let event = Event::StaffSecondFactorFailed {
        member: member.id,
        way,
        failures: u8::try_from(failures).unwrap_or(u8::MAX),
    };
    tell(app, tx, &event, By::Server, caller, now).await?;
    if failures >= i64::from(app.policy.staff.second_factor_failures)
        && store::block(tx, member.id, now).await? == 1
    {
        sessions::end_all(tx, member.id).await?;
        let event = Event::StaffBlocked { member: member.id };
        tell(app, tx, &event, By::Server, caller, now).await?;
    }
    Ok(())
}

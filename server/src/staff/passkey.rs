//! Passkeys of the staff: challenges drawn for an invitation or a session, and what the device answered.

use super::Member;
use super::store::passkeys::{self, NewPasskey};
use crate::app::App;
use crate::store::{StoreError, Tx};
use shared::identifiers::StaffId;
use shared::passkeys::browser::{
    AuthenticationResponse, CreationOptions, RegistrationResponse, RequestOptions,
};
use shared::passkeys::{PasskeyName, RefusedBecause};
use shared::staff::StaffPasskeyId;
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// A challenge that was drawn.
#[derive(Debug)]
pub(super) struct Drawn<T> {
    /// For the browser.
    pub(super) options: T,
    /// When it ends.
    pub(super) deadline: Deadline,
}

/// Draws the challenge of an assertion for a session. It names nobody.
pub(super) async fn ask(
    app: &App,
    tx: &mut Tx,
    subject: Uuid,
    ends: Deadline,
    now: Timestamp,
) -> Result<Drawn<RequestOptions>, StoreError> {
    let drawn = app.passkeys.request()?;
    let deadline = Deadline::after(now, app.policy.passkeys.ceremony_lifetime()).earlier(ends);
    passkeys::begin(tx, subject, &drawn.state, deadline).await?;
    let options = drawn.options;
    Ok(Drawn { options, deadline })
}

/// Judges a device's answer for somebody. The challenge is spent, right or wrong.
pub(super) async fn judge(
    app: &App,
    tx: &mut Tx,
    subject: Uuid,
    staff: StaffId,
    response: &AuthenticationResponse,
    now: Timestamp,
) -> Result<Result<StaffPasskeyId, RefusedBecause>, StoreError> {
    let Some(begun) = passkeys::take(tx, subject).await? else {
        return Ok(Err(RefusedBecause::NoCeremony));
    };
    if begun.expires.has_passed(now) {
        return Ok(Err(RefusedBecause::Late));
    }
    let Some(row) = passkeys::by_credential(tx, response.raw_id.as_slice()).await? else {
        return Ok(Err(RefusedBecause::Unknown));
    };
    let own = staff.as_uuid();
    let handle = response.response.user_handle.as_ref();
    let names_owner = handle.is_some_and(|handle| handle.as_slice() == own.as_bytes());
    if row.staff != staff || !names_owner {
        return Ok(Err(RefusedBecause::OtherAccount));
    }
    let used = match app.passkeys.asserted(&begun.state, response, &row.credential) {
        Ok(used) => used,
        Err(reason) => return Ok(Err(reason)),
    };
    match passkeys::note_use(tx, row.id, &used, row.credential.counter, now).await? {
        1 => Ok(Ok(row.id)),
        // Somebody used or removed it at this moment.
        _ => Ok(Err(RefusedBecause::CounterBehind)),
    }
}

/// Draws the challenge of a new passkey for an invitation.
pub(super) async fn offer(
    app: &App,
    tx: &mut Tx,
    subject: Uuid,
    member: &Member,
    ends: Deadline,
    now: Timestamp,
) -> Result<Drawn<CreationOptions>, StoreError> {
    let (name, shown) = (member.email.to_string(), member.name.to_string());
    // A reset removed what there was, so there is none to leave out.
    let drawn = app
        .passkeys
        .create_for(member.id.as_uuid(), (&name, &shown), &[])?;
    let deadline = Deadline::after(now, app.policy.passkeys.ceremony_lifetime()).earlier(ends);
    passkeys::begin(tx, subject, &drawn.state, deadline).await?;
    let options = drawn.options;
    Ok(Drawn { options, deadline })
}

/// Stores the passkey that a device made for an invitation's challenge, which is spent.
pub(super) async fn enrol(
    app: &App,
    tx: &mut Tx,
    subject: Uuid,
    staff: StaffId,
    (name, made): (&PasskeyName, &RegistrationResponse),
    now: Timestamp,
) -> Result<Result<StaffPasskeyId, RefusedBecause>, StoreError> {
    let Some(begun) = passkeys::take(tx, subject).await? else {
        return Ok(Err(RefusedBecause::NoCeremony));
    };
    if begun.expires.has_passed(now) {
        return Ok(Err(RefusedBecause::Late));
    }
    let credential = match app.passkeys.created(&begun.state, made) {
        Ok(credential) => credential,
        Err(reason) => return Ok(Err(reason)),
    };
    let passkey = NewPasskey {
        id: StaffPasskeyId::new(now, app.entropy.bytes()),
        staff,
        credential: &credential,
        name,
        at: now,
    };
    match passkeys::insert(tx, &passkey).await? {
        1 => Ok(Ok(passkey.id)),
        _ => Ok(Err(RefusedBecause::EnrolledAlready)),
    }
}

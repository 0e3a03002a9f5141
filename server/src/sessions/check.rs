//! Asking somebody who is signed in for the password once more, before what an open session alone must not do.

use super::attempts::{self, Tally, Trial};
use super::places::Caller;
use super::{Owner, Principal, Session};
use crate::accounts::{self, Checked, RightPassword};
use crate::app::App;
use crate::delegates;
use crate::http::Failure;
use crate::http::limits::{self, Bucket};
use crate::slots::Room;
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::secrets::Secret;
use shared::sessions::DeviceId;

/// Whoever is signed in knew their password a moment ago. Made by comparing it only.
///
/// Ask [`PasswordChecked::still`] in the transaction that relies on it, after the account was locked.
#[derive(Debug)]
pub struct PasswordChecked {
    principal: Principal,
    right: RightPassword,
}

impl PasswordChecked {
    /// Refuses with [`ErrorCode::CurrentPasswordWrong`] when the password was replaced since it was compared.
    pub async fn still(&self, tx: &mut Tx) -> Result<(), Failure> {
        if is_still_right(tx, self.principal, &self.right).await? {
            Ok(())
        } else {
            Err(ErrorCode::CurrentPasswordWrong.into())
        }
    }
}

/// A check whose request was counted, to be run to its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Check {
    principal: Principal,
    tally: Tally,
    caller: Caller,
}

impl Check {
    /// Counts the request under the limit of sign-ins of the session's browser.
    pub(super) async fn begin(app: &App, session: &Session, caller: Caller) -> Result<Self, Failure> {
        let check = Self::of(app, session.principal(), session.device(), caller);
        let bucket = Bucket::new("sign in account", check.tally.bucket());
        limits::hit(app, caller.at, bucket, app.policy.limits.sign_ins_per_account).await?;
        Ok(check)
    }

    fn of(app: &App, principal: Principal, device: DeviceId, caller: Caller) -> Self {
        Self {
            principal,
            tally: Tally::of_device(app, principal, device),
            caller,
        }
    }

    /// Counts the attempt under the browser's own tally, and compares: whoever finds an open session can guess no more often
    /// than whoever signs in. Run it where it goes on to its end, even if the browser goes away.
    pub(super) async fn compare(
        self,
        app: &App,
        password: &Secret<String>,
    ) -> Result<PasswordChecked, Failure> {
        let Self {
            principal,
            tally,
            caller,
        } = self;
        let Some(attempt) = attempts::admit(app, tally, caller.at).await? else {
            return Err(ErrorCode::CurrentPasswordWrong.into());
        };
        let mut tx = app.store.read().await?;
        let stored = match principal.delegate {
            None => accounts::service::stored_password(&mut tx, principal.account).await?,
            Some(delegate) => delegates::service::stored_password(&mut tx, delegate).await?,
        };
        drop(tx);
        match accounts::service::check_password(app, &stored, password, Room::Whole).await {
            Ok(Checked::Right(right)) => {
                attempts::withdraw(app, attempt).await?;
                Ok(PasswordChecked { principal, right })
            }
            Ok(Checked::Wrong) => {
                attempts::fail(app, attempt, Trial::Check, caller).await?;
                Err(ErrorCode::CurrentPasswordWrong.into())
            }
            Err(error) => {
                attempts::withdraw(app, attempt).await?;
                Err(error.into())
            }
        }
    }
}

/// Asks the owner who is signed in for the password in force. It counts as an attempt, like at a sign-in; a wrong one is
/// refused with [`ErrorCode::CurrentPasswordWrong`]. It goes on to its end, even if the browser goes away.
pub async fn check_owner_password(
    app: &App,
    owner: Owner<'_>,
    password: &Secret<String>,
    caller: Caller,
) -> Result<PasswordChecked, Failure> {
    let check = Check::begin(app, &owner, caller).await?;
    let (app, password) = (app.clone(), password.clone());
    tokio::spawn(async move { check.compare(&app, &password).await })
        .await
        .map_err(Failure::fault)?
}

/// Whether what was right when it was compared is still the password of a locked account's owner or delegate.
pub(super) async fn is_still_right(
    tx: &mut Tx,
    principal: Principal,
    right: &RightPassword,
) -> Result<bool, StoreError> {
    match principal.delegate {
        None => accounts::service::is_still_right(tx, principal.account, right).await,
        Some(delegate) => delegates::service::is_still_right(tx, delegate, right).await,
    }
}

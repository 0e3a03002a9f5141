//! What other slices, the endpoints and the command line may ask of passkeys.

use super::{AssertedFor, AssertedPasskey, PasskeyRefused, assertion, store};
use crate::app::App;
use crate::store::{StoreError, Tx};
use shared::identifiers::AccountId;
use shared::passkeys::browser::{AuthenticationResponse, RequestOptions};
use shared::time::Timestamp;
use std::net::IpAddr;

pub use super::enrolment::make as make_enrolment_link;
pub use super::enrolment::{
    begin as begin_enrolment, finish as finish_enrolment, inspect as inspect_enrolment,
};
pub use super::owned::{list, remove, rename};

/// Draws the challenge with which a device is asked for a passkey, in the case's transaction. It names no passkey and no
/// account: it is the same whether there is one or not. An older challenge of the case is worth nothing from then on.
pub async fn begin_assertion(
    app: &App,
    tx: &mut Tx,
    asked_for: AssertedFor,
    at: Timestamp,
) -> Result<RequestOptions, StoreError> {
    assertion::begin(app, tx, asked_for, at).await
}

/// Judges a device's answer. `account` is the one that the case's identification names; where it names none, the answer is
/// refused after the same steps.
///
/// It runs in a transaction of its own, before that of the case: whatever comes after, the challenge is spent, the counter is
/// written down and the audit log knows. The outer error is a failure of the server.
pub async fn finish_assertion(
    app: &App,
    asked_for: AssertedFor,
    account: Option<AccountId>,
    response: &AuthenticationResponse,
    source: Option<IpAddr>,
) -> Result<Result<AssertedPasskey, PasskeyRefused>, StoreError> {
    assertion::finish(app, asked_for, account, response, source).await
}

/// Whether an account has a passkey that works. Only for those who have proved who they are.
pub async fn is_enrolled(tx: &mut Tx, account: AccountId) -> Result<bool, StoreError> {
    Ok(store::count(tx, account).await? > 0)
}

/// Drops challenges that nobody answered; how many rows.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let dropped = store::purge_ceremonies(&mut tx, now).await?;
    tx.commit().await?;
    Ok(dropped)
}

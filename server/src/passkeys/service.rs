//! What other slices, the endpoints and the command line may ask of passkeys.

use super::{AssertedFor, AssertedPasskey, PasskeyRefused, assertion, holder, store};
use crate::accounts::Account;
use crate::app::App;
use crate::store::{StoreError, Tx};
use shared::accounts::Progress;
use shared::identifiers::AccountId;
use shared::passkeys::EnrolmentId;
use shared::passkeys::browser::{AuthenticationResponse, RequestOptions};
use shared::time::Timestamp;
use std::net::IpAddr;
use std::time::Duration;

pub use super::enrolment::{
    begin as begin_enrolment, finish as finish_enrolment, inspect as inspect_enrolment,
};
pub use super::enrolment::{make as make_enrolment_link, make_by_officer as make_enrolment_link_by_officer};
pub use super::kept::kept;
pub use super::owned::{list, remove, rename};

/// How long after it ended an enrolment link is kept, with the officer's name and reason (ADR 92).
const LINKS_KEPT: Duration = Duration::from_hours(24 * 365);

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

/// Whether an account has a passkey that works: one that its present representative enrolled. Only for those who have proved
/// who they are.
pub async fn is_enrolled(app: &App, tx: &mut Tx, account: &Account) -> Result<bool, StoreError> {
    Ok(store::count(tx, account.id, &holder(app, account)).await? > 0)
}

/// When a passkey of the account, or a link for one, was made last, as far as is remembered: links are for a year.
pub async fn last_enrolment(tx: &mut Tx, account: AccountId) -> Result<Option<Timestamp>, StoreError> {
    store::last_enrolment(tx, account).await
}

/// How far the enrolment with a link has come; nothing where there is no such link (any more).
pub async fn progress(
    tx: &mut Tx,
    link: EnrolmentId,
    now: Timestamp,
) -> Result<Option<Progress>, StoreError> {
    let found = store::progress(tx, link).await?;
    Ok(found.map(|found| {
        let deadline = found.expires;
        match (found.used_at, found.replaced_at) {
            (Some(at), _) => Progress::Done { at },
            (None, Some(_)) => Progress::Stopped,
            (None, None) if deadline.has_passed(now) => Progress::Expired,
            (None, None) if found.is_begun => Progress::Opened { deadline },
            (None, None) => Progress::HandedOver { deadline },
        }
    }))
}

/// Ends the links with which passkeys of an account can be enrolled, in the transaction that freezes it. How many.
pub async fn end_enrolment(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<u64, StoreError> {
    store::end_links(tx, account, at).await
}

/// Drops challenges that nobody answered, and enrolment links that ended long ago; how many rows.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let ceremonies = store::purge_ceremonies(&mut tx, now).await?;
    let links = store::purge_links(&mut tx, now.before(LINKS_KEPT)).await?;
    tx.commit().await?;
    Ok(ceremonies + links)
}

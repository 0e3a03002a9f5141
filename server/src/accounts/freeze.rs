//! "No fui yo": the link in the mail that tells of a change, and what it does.

use super::store::{self, Change, FreezeLink};
use super::{Account, State};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::contacts::service as contacts;
use crate::delegates::service as delegates;
use crate::http::Failure;
use crate::keys::Purpose;
use crate::notifications::{Content, FrozenBy};
use crate::passkeys::service as passkeys;
use crate::recovery::{Call, service as recovery};
use crate::store::{StoreError, Tx};
use crate::token;
use crate::unlock::service as unlock;
use shared::accounts::api::{FreezeState, FreezeView};
use shared::api::ErrorCode;
use shared::audit::{Actor, Event};
use shared::identifiers::{AccountId, version_7};
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};
use std::time::Duration;

/// How long after it ended a link is still known, so that whoever comes late is told why it does not work.
const KEPT_AFTER_END: Duration = Duration::from_hours(24 * 30);

/// A freeze link that was just made: the only moment at which its token is known.
#[derive(Debug)]
pub struct MadeFreezeLink {
    /// The token in base64url, for the mail and nothing else.
    pub token: Secret<String>,
    /// When it ends.
    pub deadline: Deadline,
}

/// Makes a freeze link for a mail that is about to be sent. Older ones go on working: each is in a mail of the owner's. One
/// for an account that is frozen already counts as used, like all that were made before the freeze.
pub(super) async fn make(app: &App, account: AccountId, at: Timestamp) -> Result<MadeFreezeLink, StoreError> {
    let (token, digest) = token::draw(app, Purpose::Freeze);
    let deadline = Deadline::after(at, app.policy.link.freeze_lifetime());
    let id = version_7(at, app.entropy.bytes());
    let mut tx = app.store.write().await?;
    let owner = store::lock(&mut tx, account).await?;
    store::insert_link(&mut tx, id, account, &digest, at, deadline).await?;
    if let Some(State::Frozen { at: frozen, .. }) = owner.map(|owner| owner.state) {
        store::use_links(&mut tx, account, frozen).await?;
    }
    append(
        app,
        &mut tx,
        account,
        (Event::FreezeLinkMade, Actor::System),
        Call::own(at),
    )
    .await?;
    tx.commit().await?;
    Ok(MadeFreezeLink { token, deadline })
}

/// Shows what a link is good for. It changes nothing.
pub(super) async fn inspect(
    app: &App,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<FreezeView, Failure> {
    let mut tx = app.store.read().await?;
    let (link, account) = find(app, &mut tx, shown, now).await?;
    Ok(view(&link, &account, now))
}

/// Freezes the account by the owner's link. All freeze links of the account count as used: after
/// the freeze is lifted, no old mail can bring it back. Again it changes nothing and answers the same.
pub(super) async fn freeze(app: &App, shown: &Secret<String>, call: Call) -> Result<FreezeView, Failure> {
    let mut tx = app.store.write().await?;
    let (_, found) = find(app, &mut tx, shown, app.clock.now()).await?;
    // The account before its cases, as everywhere.
    store::lock(&mut tx, found.id).await?;
    let now = app.clock.now();
    let (link, account) = find(app, &mut tx, shown, now).await?;
    // Again it changes nothing.
    let _ = carry_out(app, &mut tx, &account, FrozenBy::Owner, Call { at: now, ..call }).await?;
    let account = store::by_id(&mut tx, account.id)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(view(&link, &account, now))
}

/// Freezes a locked account, ends what is under way, and tells the owner. Nothing happens to one that is frozen already.
pub(super) async fn carry_out(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    by: FrozenBy,
    call: Call,
) -> Result<Change, StoreError> {
    let now = call.at;
    if store::freeze(tx, account.id, now, by).await? == Change::None {
        return Ok(Change::None);
    }
    recovery::end_proved(app, tx, account.id, call).await?;
    unlock::end_proved(app, tx, account.id, call).await?;
    passkeys::end_enrolment(tx, account.id, now).await?;
    contacts::stop_for_freeze(app, tx, account, call).await?;
    delegates::end_invitations(tx, account.id, now).await?;
    store::use_links(tx, account.id, now).await?;
    super::service::end_sessions(tx, account.id, now).await?;
    for event in [Event::AccountFrozen, Event::SessionsEnded] {
        append(app, tx, account.id, (event, call.actor()), call).await?;
    }
    let news = Content::AccountFrozen {
        employer: account.employer.masked(),
        at: now,
        by,
    };
    super::service::tell_owner(app, tx, account, news, now).await?;
    Ok(Change::Made)
}

pub(super) async fn append(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    (event, actor): (Event, Actor),
    call: Call,
) -> Result<(), StoreError> {
    let entry = Entry {
        event: &event,
        at: call.at,
        actor,
        subject: Subject {
            account: Some(account),
            ..Subject::default()
        },
        source: call.source,
        device: call.device,
        staff: call.staff,
    };
    audit::service::append(app, tx, &entry).await
}

/// Drops links that ended long ago.
pub(super) async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let dropped = store::purge_links(&mut tx, now.before(KEPT_AFTER_END)).await?;
    tx.commit().await?;
    Ok(dropped)
}

/// A link that still works, and its account. A used one works as long as the account is frozen, so that a second click
/// sees what the first one did; once a counter has lifted the freeze, an old mail cannot bring it back.
async fn find(
    app: &App,
    tx: &mut Tx,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<(FreezeLink, Account), Failure> {
    let digest = token::digest(app, Purpose::Freeze, shown).ok_or(ErrorCode::LinkInvalid)?;
    let link = store::link_by_token(tx, &digest)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let account = store::by_id(tx, link.account)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    let frozen = matches!(account.state, State::Frozen { .. });
    if link.used_at.is_some() && !frozen {
        return Err(ErrorCode::LinkUsed.into());
    }
    if link.expires.has_passed(now) {
        return Err(ErrorCode::LinkExpired.into());
    }
    Ok((link, account))
}

fn view(link: &FreezeLink, account: &Account, now: Timestamp) -> FreezeView {
    let state = match account.state {
        State::Frozen { at, by: _ } => FreezeState::Frozen { at },
        State::Active | State::Blocked { .. } => FreezeState::Open,
    };
    FreezeView {
        employer: account.employer.masked(),
        now,
        deadline: link.expires,
        state,
    }
}

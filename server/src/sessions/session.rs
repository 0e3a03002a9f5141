//! The proof that a request comes from a browser that is signed in.

use super::store::{self, SessionRow};
use super::{Owner, Principal, Who};
use crate::accounts::{self, Account, State};
use crate::app::App;
use crate::delegates;
use crate::http::Failure;
use crate::keys::{Digest, Purpose};
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::delegates::Permission;
use shared::identifiers::AccountId;
use shared::policy::Sessions;
use shared::secrets::Secret;
use shared::sessions::{DeviceId, Ends, SessionId};
use shared::time::Timestamp;
use std::time::Duration;

/// A session that was valid when the request came: [`Session::authenticate`] is the only way to one, and what needs it
/// takes it as a parameter.
#[derive(Debug)]
pub struct Session {
    row: SessionRow,
    account: Account,
    who: Who,
    ends: Ends,
}

/// The smallest step of time.
const TICK: Duration = Duration::from_micros(1);

/// Whether a request counts as use of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It only looks: nothing is written.
    Look,
    /// Somebody does something: the idle time starts anew.
    Note,
}

impl Session {
    /// The session of a cookie, if it is valid at `now`.
    pub async fn authenticate(
        app: &App,
        cookie: Option<&Secret<String>>,
        now: Timestamp,
        how: Use,
    ) -> Result<Self, Failure> {
        let digest = cookie
            .and_then(|cookie| token::digest(app, Purpose::Session, cookie))
            .ok_or(ErrorCode::SessionMissing)?;
        let mut tx = app.store.read().await?;
        let row = store::by_token(&mut tx, &digest)
            .await?
            .ok_or(ErrorCode::SessionMissing)?;
        let account = accounts::service::by_id(&mut tx, row.account)
            .await?
            .ok_or(ErrorCode::SessionMissing)?;
        let who = who(&mut tx, &row).await?.ok_or(ErrorCode::SessionMissing)?;
        drop(tx);
        let policy = app.policy.sessions;
        if !is_valid(policy, &row, &account, &who, now) {
            return Err(ErrorCode::SessionMissing.into());
        }
        let mut session = Self {
            ends: row.ends(policy),
            row,
            account,
            who,
        };
        if how == Use::Note {
            session.note(app, now).await?;
        }
        Ok(session)
    }

    /// Whether the session is still valid, in a transaction that has locked its account.
    pub async fn still(&self, app: &App, tx: &mut Tx, now: Timestamp) -> Result<bool, StoreError> {
        let row = store::by_id(tx, self.row.id).await?;
        let account = accounts::service::by_id(tx, self.row.account).await?;
        let who = who(tx, &self.row).await?;
        let (Some(row), Some(account), Some(who)) = (row, account, who) else {
            return Ok(false);
        };
        Ok(row.token == self.row.token && is_valid(app.policy.sessions, &row, &account, &who, now))
    }

    /// Gives it another cookie, which begins now. The old one is worth nothing.
    pub(super) async fn renew(&self, tx: &mut Tx, token: &Digest, now: Timestamp) -> Result<(), StoreError> {
        let after = self
            .account
            .sessions_ended_at
            .map_or(now, |ended| now.max(ended.after(TICK)));
        store::renew(tx, self.row.id, &self.row.token, token, after).await
    }

    /// Writes down that it is used, at most once a minute.
    async fn note(&mut self, app: &App, now: Timestamp) -> Result<(), StoreError> {
        if !Ends::is_to_be_noted(self.row.used_at, now) {
            return Ok(());
        }
        let mut tx = app.store.write().await?;
        store::note_use(&mut tx, self.row.id, now).await?;
        tx.commit().await?;
        self.row.used_at = now;
        self.ends = self.row.ends(app.policy.sessions);
        Ok(())
    }

    /// Who is signed in.
    pub const fn who(&self) -> &Who {
        &self.who
    }

    /// The evidence that it is the owner; a delegate is refused with [`ErrorCode::OwnerOnly`].
    pub fn owner(&self) -> Result<Owner<'_>, ErrorCode> {
        Owner::of(self).ok_or(ErrorCode::OwnerOnly)
    }

    /// Whether whoever is signed in has a permission. The owner has all.
    pub const fn may(&self, permission: Permission) -> bool {
        match &self.who {
            Who::Owner => true,
            Who::Delegate(delegate) => delegate.scopes.may(permission),
        }
    }

    /// Refuses a delegate without a permission with [`ErrorCode::OwnerOnly`].
    pub fn require(&self, permission: Permission) -> Result<(), ErrorCode> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(ErrorCode::OwnerOnly)
        }
    }

    /// Whose it is.
    pub const fn principal(&self) -> Principal {
        self.row.principal()
    }

    /// Its row.
    pub const fn id(&self) -> SessionId {
        self.row.id
    }

    /// The account that is signed in to, as it was when the request came.
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// The account's row.
    pub const fn account_id(&self) -> AccountId {
        self.row.account
    }

    /// The browser that signed in.
    pub const fn device(&self) -> DeviceId {
        self.row.device
    }

    /// When somebody signed in.
    pub const fn signed_in_at(&self) -> Timestamp {
        self.row.signed_in_at
    }

    /// When it ends by itself.
    pub const fn ends(&self) -> Ends {
        self.ends
    }
}

/// Whose session a row is; nothing when the delegate is gone.
async fn who(tx: &mut Tx, row: &SessionRow) -> Result<Option<Who>, StoreError> {
    let Some(id) = row.delegate else {
        return Ok(Some(Who::Owner));
    };
    let delegate = delegates::service::by_id(tx, id).await?;
    Ok(delegate.map(|delegate| Who::Delegate(Box::new(delegate))))
}

/// Whether a session is valid: its times have not come, it began after the account's sessions were ended, the account is not
/// frozen, and a delegate has access: that is asked for every request, no job takes it away. A block ends no session: each belongs to a device that the account knows, and forgetting the device
/// deletes its sessions.
pub(super) fn is_valid(
    policy: Sessions,
    row: &SessionRow,
    account: &Account,
    who: &Who,
    now: Timestamp,
) -> bool {
    let began_since = account.sessions_ended_at.is_none_or(|ended| row.began_at > ended);
    let open = match account.state {
        State::Active | State::Blocked { .. } => true,
        State::Frozen { .. } => false,
    };
    let entitled = match who {
        Who::Owner => true,
        Who::Delegate(delegate) => delegate.has_access(now),
    };
    began_since && open && entitled && !row.ends(policy).have_passed(now)
}

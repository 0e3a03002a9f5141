//! Invitations: made at the send, looked at without a trace, used up once.

use super::store::{self, Invitation};
use super::{Delegate, service};
use crate::accounts::{self, Account, State};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::Failure;
use crate::keys::Purpose;
use crate::sessions::service::end_of_delegate;
use crate::sessions::{Caller, Principal};
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::{ErrorCode, Problem};
use shared::audit::Event;
use shared::delegates::api::{Acceptance, InvitationView};
use shared::delegates::{DelegateId, end_of_access};
use shared::identifiers::{Email, LinkId};
use shared::secrets::Secret;
use shared::sessions::api::PasswordRules;
use shared::time::{Deadline, Timestamp};

/// An invitation that was just made: the only moment at which its token is known.
#[derive(Debug)]
pub struct MadeInvitation {
    /// Its row.
    pub id: LinkId,
    /// Where it goes.
    pub address: Email,
    /// The token in base64url, for the mail and nothing else.
    pub token: Secret<String>,
    /// When it ends.
    pub deadline: Deadline,
}

/// Makes an invitation for a mail that is about to be sent; those before it are worth nothing from then on. `None` when the
/// delegate is not invited any more, has a password, or no access; or when the account is frozen.
pub async fn make(app: &App, id: DelegateId, at: Timestamp) -> Result<Option<MadeInvitation>, StoreError> {
    let (token, digest) = token::draw(app, Purpose::Invitation);
    let mut tx = app.store.write().await?;
    let Some((account, delegate)) = lock(&mut tx, id).await? else {
        return Ok(None);
    };
    if !is_expected(&account, &delegate, at) {
        return Ok(None);
    }
    let deadline = Deadline::after(at, app.policy.delegates.invitation_lifetime())
        .earlier(end_of_access(delegate.until));
    let link = LinkId::new(at, app.entropy.bytes());
    store::replace_invitations(&mut tx, id, at).await?;
    store::insert_invitation(&mut tx, link, id, &digest, at, deadline).await?;
    let entry = Entry::by_system(&Event::InvitationMade, at, of(&delegate).subject());
    audit::service::append(app, &mut tx, &entry).await?;
    tx.commit().await?;
    Ok(Some(MadeInvitation {
        id: link,
        address: delegate.email,
        token,
        deadline,
    }))
}

/// Shows what an invitation is good for. It changes nothing.
pub async fn inspect(app: &App, shown: &Secret<String>, now: Timestamp) -> Result<InvitationView, Failure> {
    let mut tx = app.store.read().await?;
    let (invitation, account, delegate) = find(app, &mut tx, shown, now).await?;
    Ok(InvitationView {
        now,
        deadline: invitation.expires,
        employer: account.employer.masked(),
        branch: account.branch,
        name: delegate.name.clone(),
        cedula: delegate.cedula.masked(),
        scopes: delegate.scopes,
        until: delegate.until,
        password: PasswordRules {
            rules: app.policy.password.clone(),
            personal: delegate.personal_pieces(&account),
        },
    })
}

/// Uses an invitation up: the delegate has a password from now on. Nobody is signed in.
///
/// The password is judged and hashed before the transaction; one statement decides who uses the invitation.
pub async fn accept(app: &App, asked: &Acceptance, caller: Caller) -> Result<(), Failure> {
    let mut tx = app.store.read().await?;
    let (_, account, delegate) = find(app, &mut tx, &asked.token, caller.at).await?;
    drop(tx);
    let hashed = service::prepare_password(app, &account, &delegate, &asked.password)
        .await?
        .map_err(|violations| {
            let mut problem = Problem::new(ErrorCode::PasswordRefused);
            problem.violations = violations;
            problem
        })?;
    let mut tx = app.store.write().await?;
    lock(&mut tx, delegate.id).await?;
    let now = app.clock.now();
    // Asked again, now that nothing else moves.
    let (invitation, account, delegate) = find(app, &mut tx, &asked.token, now).await?;
    if store::use_invitation(&mut tx, invitation.id, now).await? == 0 {
        return Err(ErrorCode::LinkUsed.into());
    }
    end_of_delegate(app, &mut tx, &account, &delegate).await?;
    service::set_password(app, &mut tx, delegate.id, &hashed, now).await?;
    caller
        .tell(app, &mut tx, &Event::DelegateJoined, of(&delegate), now)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// The delegate's account, locked, and the delegate.
async fn lock(tx: &mut Tx, id: DelegateId) -> Result<Option<(Account, Delegate)>, StoreError> {
    let Some(delegate) = store::by_id(tx, id).await? else {
        return Ok(None);
    };
    let account = accounts::service::lock(tx, delegate.account).await?;
    let delegate = store::by_id(tx, id).await?;
    Ok(account.zip(delegate))
}

/// Whether a delegate is to set a password.
fn is_expected(account: &Account, delegate: &Delegate, now: Timestamp) -> bool {
    let open = match account.state {
        State::Active | State::Blocked { .. } => true,
        State::Frozen { .. } => false,
    };
    open && delegate.invited_at.is_some() && delegate.has_access(now) && delegate.password_set_at.is_none()
}

/// An invitation that still works, and whom it is for.
async fn find(
    app: &App,
    tx: &mut Tx,
    shown: &Secret<String>,
    now: Timestamp,
) -> Result<(Invitation, Account, Delegate), Failure> {
    let digest = token::digest(app, Purpose::Invitation, shown).ok_or(ErrorCode::LinkInvalid)?;
    let invitation = store::invitation_by_token(tx, &digest)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    if invitation.used_at.is_some() {
        return Err(ErrorCode::LinkUsed.into());
    }
    if invitation.expires.has_passed(now) {
        return Err(ErrorCode::LinkExpired.into());
    }
    // A delegate who was ended is told the same as one who got a newer link: whoever invited them knows.
    let delegate = store::by_id(tx, invitation.delegate)
        .await?
        .ok_or(ErrorCode::LinkReplaced)?;
    let account = accounts::service::by_id(tx, delegate.account)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    if invitation.replaced_at.is_some() || !is_expected(&account, &delegate, now) {
        return Err(ErrorCode::LinkReplaced.into());
    }
    Ok((invitation, account, delegate))
}

const fn of(delegate: &Delegate) -> Principal {
    Principal {
        account: delegate.account,
        delegate: Some(delegate.id),
    }
}

//! Counting attempts before they are compared, and what follows when too many failed.
//!
//! There are as many slots as failures block. An attempt takes a slot first; where none is free it is not compared at all
//! and answered like a wrong one. So of any number of attempts at once, on any number of nodes, no more are compared than
//! the policy allows in its window.

use super::places::Caller;
use super::{Principal, store};
use crate::accounts::{self, Account, State};
use crate::app::App;
use crate::audit::Subject;
use crate::delegates;
use crate::keys::{Digest, Purpose};
use crate::notifications::Content;
use crate::store::{StoreError, Tx};
use shared::audit::{Actor, Event};
use shared::identifiers::{Branch, Cedula, EmployerIdentifier, version_7};
use shared::sessions::{DeviceId, Familiarity};
use shared::time::Timestamp;
use uuid::Uuid;

/// Whose attempts are counted together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tally {
    digest: Digest,
    whose: Whose,
    /// Whose password is tried, where there is somebody.
    principal: Option<Principal>,
}

/// The two kinds of tallies of an owner or a delegate.
#[derive(Clone, Copy, Debug)]
enum Whose {
    /// All browsers that are not known. The digest of what was typed, also where there is nobody.
    Strangers(Digest),
    /// One browser that it knows.
    Device(DeviceId),
}

/// An attempt that has its slot.
#[derive(Debug)]
#[must_use = "an attempt fails, or gives its slot back"]
pub(super) struct Attempt {
    tally: Tally,
    slot: u8,
    by: Uuid,
}

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trial {
    /// To sign in.
    SignIn,
    /// To show, while signed in, that one knows the password.
    Check,
}

impl Tally {
    /// The tally of all browsers that are not known, for the owner of the account of an employer and branch or for the delegate
    /// with a cédula. `principal` is whoever that is, if there is such a person.
    pub(super) fn of_strangers(
        app: &App,
        employer: EmployerIdentifier,
        branch: Branch,
        delegate: Option<Cedula>,
        principal: Option<Principal>,
    ) -> Self {
        let (employer, branch) = (employer.to_string(), branch.to_string());
        let cedula = delegate.map(|cedula| cedula.to_string());
        let mut parts: Vec<&[u8]> = vec![b"sign in", employer.as_bytes(), branch.as_bytes()];
        parts.extend(cedula.as_ref().map(String::as_bytes));
        let digest = app.keys.digest(Purpose::Subject, &parts);
        Self {
            digest,
            whose: Whose::Strangers(digest),
            principal,
        }
    }

    /// The tally of a known browser.
    pub(super) fn of_device(app: &App, principal: Principal, device: DeviceId) -> Self {
        let id = device.as_uuid();
        let parts: &[&[u8]] = &[b"sign in device", id.as_bytes()];
        Self {
            digest: app.keys.digest(Purpose::Subject, parts),
            whose: Whose::Device(device),
            principal: Some(principal),
        }
    }

    /// What limits of requests are counted under.
    pub(super) const fn bucket(&self) -> &[u8] {
        &self.digest
    }

    const fn familiarity(&self) -> Familiarity {
        match self.whose {
            Whose::Strangers(_) => Familiarity::New,
            Whose::Device(_) => Familiarity::Known,
        }
    }

    fn subject(&self) -> Subject {
        Subject {
            identifier: match self.whose {
                Whose::Strangers(digest) => Some(digest),
                Whose::Device(_) => None,
            },
            ..self.principal.map(Principal::subject).unwrap_or_default()
        }
    }
}

/// Takes a slot, in a transaction of its own. `None` when none is free: then nothing may be compared.
pub(super) async fn admit(app: &App, tally: Tally, at: Timestamp) -> Result<Option<Attempt>, StoreError> {
    let policy = app.policy.sessions;
    let since = at.before(policy.failure_window());
    // Whoever comes to a full tally costs a read.
    let mut tx = app.store.read().await?;
    let taken = store::taken(&mut tx, &tally.digest, policy.failures, since).await?;
    drop(tx);
    if taken >= i64::from(policy.failures) {
        return Ok(None);
    }
    let by = version_7(at, app.entropy.bytes());
    let mut tx = app.store.write().await?;
    for slot in 1..=policy.failures {
        if store::take(&mut tx, &tally.digest, slot, by, at, since).await? == 1 {
            tx.commit().await?;
            return Ok(Some(Attempt { tally, slot, by }));
        }
    }
    Ok(None)
}

/// Gives an attempt's slot back, in a transaction of its own: nothing was compared.
pub(super) async fn withdraw(app: &App, attempt: Attempt) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    release(&mut tx, attempt).await?;
    tx.commit().await
}

/// Gives the slot of a right attempt back. What others failed stays counted.
pub(super) async fn release(tx: &mut Tx, attempt: Attempt) -> Result<(), StoreError> {
    store::release(tx, &attempt.tally.digest, attempt.slot, attempt.by).await
}

/// Gives the slot of a right attempt back, and with it what the same device failed before: those were its owner's. What
/// strangers failed stays counted: the owner cannot vouch for them.
pub(super) async fn forgive(tx: &mut Tx, attempt: Attempt) -> Result<(), StoreError> {
    match attempt.tally.whose {
        Whose::Strangers(_) => release(tx, attempt).await,
        Whose::Device(_) => store::clear(tx, &attempt.tally.digest).await,
    }
}

/// Forgets what failed under a tally.
pub(super) async fn clear(tx: &mut Tx, tally: &Tally) -> Result<(), StoreError> {
    store::clear(tx, &tally.digest).await
}

/// Writes a failure down. The last one that the policy allows blocks the account or the delegate, once, tells whom it
/// concerns, and makes the device forgotten where it was a device's.
pub(super) async fn fail(
    app: &App,
    attempt: Attempt,
    trial: Trial,
    caller: Caller,
) -> Result<(), StoreError> {
    let Attempt { tally, slot, by } = attempt;
    let policy = app.policy.sessions;
    let mut tx = app.store.write().await?;
    // Failures of one account are written one after the other, so that each sees those before it.
    let account = match tally.principal {
        Some(principal) => accounts::service::lock(&mut tx, principal.account).await?,
        None => None,
    };
    let at = app.clock.now();
    let since = caller.at.before(policy.failure_window());
    let failures = store::fail(&mut tx, &tally.digest, slot, by, at, since).await?;
    let count = u8::try_from(failures).unwrap_or(u8::MAX);
    let event = match trial {
        Trial::SignIn => Event::SignInFailed {
            failures: count,
            familiarity: tally.familiarity(),
        },
        Trial::Check => Event::PasswordCheckFailed { failures: count },
    };
    let actor = match (trial, tally.principal) {
        (Trial::SignIn, _) | (Trial::Check, None) => Actor::Visitor,
        (Trial::Check, Some(principal)) => principal.actor(),
    };
    caller
        .tell_of(app, &mut tx, &event, actor, tally.subject(), at)
        .await?;
    if let (Some(account), Some(principal)) = (account, tally.principal)
        && count >= policy.failures
    {
        if let Whose::Device(device) = tally.whose {
            forget(app, &mut tx, device, principal, caller, at).await?;
        }
        close(app, &mut tx, &account, principal, caller, at).await?;
    }
    tx.commit().await?;
    app.notifications.wake();
    Ok(())
}

/// Makes a device forgotten, with its sessions.
async fn forget(
    app: &App,
    tx: &mut Tx,
    device: DeviceId,
    principal: Principal,
    caller: Caller,
    at: Timestamp,
) -> Result<(), StoreError> {
    if store::forget_device(tx, device).await? == 0 {
        return Ok(());
    }
    let (event, subject) = (Event::DeviceForgotten, principal.subject());
    caller.tell_of(app, tx, &event, Actor::System, subject, at).await
}

/// What follows when a tally is full of failures: the account is blocked, or the delegate, never one for the other.
async fn close(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    principal: Principal,
    caller: Caller,
    at: Timestamp,
) -> Result<(), StoreError> {
    if let Some(delegate) = principal.delegate {
        return delegates::service::block(app, tx, account, delegate, caller, at).await;
    }
    match account.state {
        State::Active => {
            accounts::service::block(app, tx, account.id, at).await?;
            let news = Content::AccountBlocked {
                employer: account.employer.masked(),
                at,
                source: Some(caller.source.address()),
            };
            accounts::service::tell_owner(app, tx, account, news, at).await
        }
        State::Blocked { .. } | State::Frozen { .. } => Ok(()),
    }
}

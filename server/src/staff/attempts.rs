//! Counting attempts at a password before they are compared, and writing down what staff do with their own access.
//!
//! There are as many slots as failures close. An attempt takes a slot first; where none is free it is not compared at all
//! and answered like a wrong one. So of any number of attempts at once, on any number of nodes, no more are compared than
//! the policy allows in its window. A slot is of one address and one network: nobody keeps somebody out from elsewhere, and
//! a password alone opens nothing.

use super::store::sessions as store;
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::keys::{Digest, Purpose};
use crate::sessions::Caller;
use crate::store::{StoreError, Tx};
use shared::audit::{Actor, Event};
use shared::identifiers::{Email, StaffId, version_7};
use shared::staff::StaffSessionId;
use shared::time::Timestamp;
use uuid::Uuid;

/// Whose attempts are counted together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tally(Digest);

/// An attempt that has its slot.
#[derive(Debug)]
#[must_use = "an attempt stays counted, or gives its slot back"]
pub(super) struct Attempt {
    tally: Tally,
    slot: u8,
    by: Uuid,
}

impl Tally {
    /// The sign-ins with an address, somebody's or not, from one network.
    pub(super) fn of_address(app: &App, email: &Email, caller: Caller) -> Self {
        let (email, network) = (email.to_string().to_ascii_lowercase(), caller.source.network());
        let parts: &[&[u8]] = &[b"staff sign in", email.as_bytes(), network.as_bytes()];
        Self(app.keys.digest(Purpose::Subject, parts))
    }

    /// The tries to open one locked desk.
    pub(super) fn of_desk(app: &App, session: StaffSessionId) -> Self {
        let session = session.as_uuid();
        let parts: &[&[u8]] = &[b"staff unlock", session.as_bytes()];
        Self(app.keys.digest(Purpose::Subject, parts))
    }

    /// What limits of requests are counted under.
    pub(super) const fn bucket(&self) -> &[u8] {
        &self.0
    }

    /// What an event names where it may name nobody.
    pub(super) const fn digest(self) -> Digest {
        self.0
    }
}

/// Takes a slot, in a transaction of its own. `None` when none is free: then nothing may be compared.
pub(super) async fn admit(app: &App, tally: Tally, at: Timestamp) -> Result<Option<Attempt>, StoreError> {
    let policy = app.policy.staff;
    let since = at.before(policy.failure_window());
    // Whoever comes to a full tally costs a read.
    let mut tx = app.store.read().await?;
    let taken = store::taken(&mut tx, &tally.0, policy.failures, since).await?;
    drop(tx);
    if taken >= i64::from(policy.failures) {
        return Ok(None);
    }
    let by = version_7(at, app.entropy.bytes());
    let mut tx = app.store.write().await?;
    for slot in 1..=policy.failures {
        if store::take(&mut tx, &tally.0, slot, by, at, since).await? == 1 {
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
    store::release(tx, &attempt.tally.0, attempt.slot, attempt.by).await
}

/// In which quality something happened to somebody's access.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    /// A stranger, with an address that is somebody's or nobody's.
    Stranger(Digest),
    /// Whoever holds an invitation, or knows the password.
    Holder(StaffId),
    /// The server, because of what somebody did.
    Server,
}

/// Appends an event about somebody's access to the desk.
pub(super) async fn tell(
    app: &App,
    tx: &mut Tx,
    event: &Event,
    by: By,
    caller: Caller,
    at: Timestamp,
) -> Result<(), StoreError> {
    let (actor, identifier, staff) = match by {
        By::Stranger(digest) => (Actor::Visitor, Some(digest), None),
        By::Holder(staff) => (Actor::Officer, None, Some(staff)),
        By::Server => (Actor::System, None, None),
    };
    let entry = Entry {
        event,
        at,
        actor,
        subject: Subject {
            identifier,
            ..Subject::default()
        },
        source: Some(caller.source.address()),
        device: Some(caller.device),
        staff,
    };
    audit::service::append(app, tx, &entry).await
}

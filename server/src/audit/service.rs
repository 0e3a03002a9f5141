//! Appending, sealing and verifying.

use crate::app::App;
use crate::audit::chain;
use crate::audit::store::{self, EventRow, HistoryRow};
use crate::audit::verify::Verifier;
use crate::audit::{Entry, Head, Recorded, Verification};
use crate::store::{StoreError, Tx};
use shared::audit::Actor;
use shared::identifiers::{AccountId, CaseId, DelegateId, EventId, StaffId};
use shared::sessions::{Browser, Device, System};
use shared::time::Timestamp;

pub use super::kept::kept;

/// How many events are sealed or verified at a time: it bounds memory and the time a lock is held.
const BATCH: i64 = 500;

/// Writes an event in the caller's transaction, so that it stands if and only if the change does.
pub async fn append(app: &App, tx: &mut Tx, entry: &Entry<'_>) -> Result<(), StoreError> {
    let row = EventRow {
        id: EventId::new(entry.at, app.entropy.bytes()).as_uuid(),
        at: entry.at.as_micros(),
        kind: entry.event.kind().to_owned(),
        actor: actor_name(entry.actor).to_owned(),
        account_id: entry.subject.account.map(AccountId::as_uuid),
        case_id: entry.subject.case.map(CaseId::as_uuid),
        identifier: entry.subject.identifier.map(Vec::from),
        delegate_id: entry.subject.delegate.map(DelegateId::as_uuid),
        source: entry.source.map(|address| address.to_string()),
        browser: entry.device.map(|device| device.browser.as_str().to_owned()),
        system: entry.device.map(|device| device.system.as_str().to_owned()),
        staff_id: entry.staff.map(StaffId::as_uuid),
        detail: serde_json::to_string(entry.event).map_err(|_| StoreError::Corrupt("audit event"))?,
        sequence: None,
        seal: None,
    };
    store::insert(tx, &row).await
}

/// Seals up to a batch of waiting events. `None` when none waited.
///
/// Any number of nodes may call it: the chain's row is locked from before the events are read until they are sealed.
pub async fn seal(app: &App) -> Result<Option<Head>, StoreError> {
    let mut tx = app.store.write().await?;
    let mut head = store::lock_chain(&mut tx).await?;
    let rows = store::unsealed(&mut tx, BATCH).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    for row in rows {
        let sequence = head.sequence + 1;
        head = Head {
            sequence,
            seal: chain::seal(&app.keys, &head.seal, sequence, &row),
        };
        store::seal(&mut tx, row.id, &head).await?;
    }
    store::move_chain(&mut tx, &head, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(head))
}

/// Seals everything that waits. `None` when nothing did.
pub async fn seal_all(app: &App) -> Result<Option<Head>, StoreError> {
    let mut last = None;
    while let Some(head) = seal(app).await? {
        last = Some(head);
    }
    Ok(last)
}

/// The head of the chain now.
pub async fn head(app: &App) -> Result<Head, StoreError> {
    let mut tx = app.store.read().await?;
    store::chain(&mut tx).await
}

/// Reads the whole log as it stands at one moment and tells everything that does not fit, also against heads that were
/// exported earlier.
pub async fn verify(app: &App, exported: &[Head]) -> Result<Verification, StoreError> {
    let mut tx = app.store.read().await?;
    let recorded = store::chain(&mut tx).await?;
    let waiting = store::count_unsealed(&mut tx).await?;
    let mut verifier = Verifier::new(&app.keys, exported);
    let mut after = Head::EMPTY.sequence;
    // The first page starts below every number, so that rows numbered 0 or less are found too.
    let mut rows = store::sealed_after(&mut tx, i64::MIN, BATCH).await?;
    while let Some(last) = rows.last() {
        after = last.sequence.unwrap_or(after);
        for row in &rows {
            verifier.read(row);
        }
        rows = store::sealed_after(&mut tx, after, BATCH).await?;
    }
    Ok(verifier.finish(recorded, waiting))
}

/// The last event of a kind of an account before `before`: of a delegate's, or of nobody's in particular.
pub async fn last(
    tx: &mut Tx,
    account: AccountId,
    delegate: Option<DelegateId>,
    kind: &str,
    before: Timestamp,
) -> Result<Option<Recorded>, StoreError> {
    Ok(store::last(tx, account, delegate, kind, before)
        .await?
        .map(recorded))
}

/// The events of an account, newest first: the newest ones, or those before an event. At most `limit`.
pub async fn of_account(
    tx: &mut Tx,
    account: AccountId,
    before: Option<(Timestamp, EventId)>,
    limit: i64,
) -> Result<Vec<Recorded>, StoreError> {
    let rows = store::of_account(tx, account, before, limit).await?;
    Ok(rows.into_iter().map(recorded).collect())
}

fn recorded(row: HistoryRow) -> Recorded {
    Recorded {
        id: EventId::from_uuid(row.id),
        at: Timestamp::from_micros(row.at),
        event: serde_json::from_str(&row.detail).ok(),
        delegate: row.delegate_id.map(DelegateId::from_uuid),
        source: row.source.and_then(|source| source.parse().ok()),
        device: device(row.browser.as_deref(), row.system.as_deref()),
        staff: row.staff_id.map(StaffId::from_uuid),
    }
}

/// A device as it stands in the database. Only whole ones are written.
pub(super) fn device(browser: Option<&str>, system: Option<&str>) -> Option<Device> {
    browser.zip(system).map(|(browser, system)| Device {
        browser: Browser::of_word(browser),
        system: System::of_word(system),
    })
}

/// An actor as it stands in the database.
const fn actor_name(actor: Actor) -> &'static str {
    match actor {
        Actor::System => "system",
        Actor::Visitor => "visitor",
        Actor::Holder => "holder",
        Actor::Delegate => "delegate",
        Actor::Officer => "officer",
    }
}

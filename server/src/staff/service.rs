//! What other slices, the endpoints and the command line may ask of the staff.

pub use super::act::{record, record_look, record_view};
pub use super::invitation::{MadeInvitation, make as make_invitation};
pub use super::team::{
    Delivery, NotDone, Ready, Wanted, add_by_keeper, add_ready, all, end_by_keeper, reset_by_keeper,
};

use super::Member;
use super::code::CodeSecret;
use super::store::{self, invitations, passkeys, sessions};
use crate::app::App;
use crate::keys::{Generation, Keys};
use crate::store::{StoreError, Tx};
use shared::identifiers::{CentreId, StaffActId, StaffId};
use shared::secrets::Secret;
use shared::staff::DeedName;
use shared::time::Timestamp;
use std::time::Duration;

/// How long after it ended an invitation is kept: whoever opens it late is told that it is over, not that it never was.
const KEPT_AFTER_END: Duration = Duration::from_hours(24 * 30);

/// Somebody of the staff by their row, also when their access was ended: what they did has their name.
pub async fn by_id(tx: &mut Tx, id: StaffId) -> Result<Option<Member>, StoreError> {
    store::by_id(tx, id).await
}

/// How often each deed was done from `from` to before `until`, by everybody or by those who work at one centre: for figures.
pub async fn counts(
    tx: &mut Tx,
    between: (Timestamp, Timestamp),
    centre: Option<CentreId>,
) -> Result<Vec<(DeedName, u32)>, StoreError> {
    store::counts(tx, between, centre).await
}

/// Why an officer did something, in their words; for auditors who said why they want to read them.
pub async fn words(tx: &mut Tx, act: StaffActId) -> Result<Option<Secret<String>>, StoreError> {
    store::words(tx, act).await
}

/// The secret of one-time codes in base32, as it is typed into an app.
pub fn code_secret(secret: &Secret<[u8; 20]>) -> Secret<String> {
    CodeSecret::of(secret.clone()).to_base32()
}

/// The one-time code of a moment, as an app shows it.
pub fn code_at(secret: &Secret<[u8; 20]>, now: Timestamp) -> Secret<String> {
    CodeSecret::of(secret.clone()).code_at(now)
}

/// The number of the generation of keys that a secret of one-time codes is sealed with; `None` if it cannot be opened.
pub fn sealed_by(keys: &Keys, sealed: &[u8], owner: StaffId) -> Option<u32> {
    CodeSecret::opened(keys, sealed, owner).map(|(number, _)| number)
}

/// A secret of one-time codes, sealed with another generation's key.
pub fn sealed_anew(
    app: &App,
    sealed: &[u8],
    owner: StaffId,
    generation: &Generation,
) -> Result<Vec<u8>, StoreError> {
    CodeSecret::open(&app.keys, sealed, owner)?.seal(generation, &app.entropy, owner)
}

/// Drops sessions that are over, attempts that count no more, challenges that nobody answered, invitations that ended long ago,
/// and officers' words that have been kept for as long as the policy says; how many rows.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let since = now.before(app.policy.staff.failure_window());
    let sessions = sessions::purge(&mut tx, now, since).await?;
    let ceremonies = passkeys::purge(&mut tx, now).await?;
    let invitations = invitations::purge(&mut tx, now.before(KEPT_AFTER_END)).await?;
    let words = store::forget_words(&mut tx, now.before(app.policy.retention.words())).await?;
    tx.commit().await?;
    Ok(sessions + ceremonies + invitations + words)
}

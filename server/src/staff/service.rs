//! What other slices, the endpoints and the command line may ask of the staff.

pub use super::act::{record, record_view};

use super::{Member, store};
use crate::store::{StoreError, Tx};
use shared::identifiers::{StaffActId, StaffId};
use shared::secrets::Secret;

/// Somebody of the staff, also after they left.
pub async fn by_id(tx: &mut Tx, id: StaffId) -> Result<Option<Member>, StoreError> {
    store::by_id(tx, id).await
}

/// Why an officer did something, in their words; for auditors who said why they want to read them.
pub async fn words(tx: &mut Tx, act: StaffActId) -> Result<Option<Secret<String>>, StoreError> {
    store::words(tx, act).await
}

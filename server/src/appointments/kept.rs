//! What is kept of appointments, for whoever asks what is kept about them; and forgetting it.

use super::person;
use crate::app::App;
use crate::changed;
use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const APPOINTMENTS: &str = "SELECT code, stage, starts_at, asked, email, language, opened_at, changed_at, deadline \
    FROM appointment_cases WHERE person = $1 ORDER BY opened_at";
pub(super) const FORGET_APPOINTMENTS: &str = "UPDATE appointment_cases SET person = NULL, employer = NULL, asked = NULL, email = NULL \
    WHERE person = $1 AND deadline IS NULL";

/// The appointments of the person, for whatever employer.
pub async fn kept(app: &App, tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let digest = person(&app.keys, &holder.representative);
    Ok(vec![
        kept::rows(tx, "appointments", APPOINTMENTS, Key::Digest(&digest)).await?,
    ])
}

/// Forgets what was typed for appointments that are over. How many.
pub async fn forget(app: &App, tx: &mut Tx, holder: &Holder) -> Result<u64, StoreError> {
    let digest = person(&app.keys, &holder.representative);
    Ok(changed!(
        tx,
        sqlx::query(FORGET_APPOINTMENTS).bind(digest.as_slice())
    )?)
}

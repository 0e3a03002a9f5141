//! SQL of the signed requests that officers were shown in a dossier.

use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::identifiers::{DossierId, StaffId};
use shared::signatures::ReferralNumber;
use shared::time::Timestamp;

pub(super) const SEE: &str = "INSERT INTO dossier_referrals (dossier_id, number, staff_id, seen_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (dossier_id, number, staff_id) DO UPDATE SET seen_at = $4";
pub(super) const IS_SEEN: &str =
    "SELECT COUNT(*) FROM dossier_referrals WHERE dossier_id = $1 AND number = $2 AND staff_id = $3";
pub(super) const DELETE: &str = "DELETE FROM dossier_referrals WHERE dossier_id = $1";

/// Writes down that an officer was shown a request.
pub(in crate::dossiers) async fn see(
    tx: &mut Tx,
    (dossier, number): (DossierId, &ReferralNumber),
    officer: StaffId,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(SEE)
            .bind(dossier.as_uuid())
            .bind(number.as_str())
            .bind(officer.as_uuid())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// Whether they were.
pub(in crate::dossiers) async fn is_seen(
    tx: &mut Tx,
    (dossier, number): (DossierId, &ReferralNumber),
    officer: StaffId,
) -> Result<bool, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(IS_SEEN)
        .bind(dossier.as_uuid())
        .bind(number.as_str())
        .bind(officer.as_uuid())
        .fetch_one(conn))?;
    Ok(count > 0)
}

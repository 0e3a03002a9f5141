//! SQL of what a restored database must not keep.

use crate::changed;
use crate::store::{StoreError, Tx};

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[END_SESSIONS, END_STAFF_SESSIONS];

const END_SESSIONS: &str = "DELETE FROM sessions";
const END_STAFF_SESSIONS: &str = "DELETE FROM staff_sessions";

/// Ends every session, of employers and of the staff; how many.
pub async fn end_sessions(tx: &mut Tx) -> Result<u64, StoreError> {
    let employers = changed!(tx, sqlx::query(END_SESSIONS))?;
    Ok(employers + changed!(tx, sqlx::query(END_STAFF_SESSIONS))?)
}

//! What an operator sees of the audit log: how old its head is, and how long what is not sealed waits for its seal.

use super::store;
use crate::app::App;
use crate::meters::{Describe, Gauge};
use crate::store::{StoreError, Tx};
use shared::time::Timestamp;
use std::time::Duration;

/// The meters of the audit log.
pub const METERS: &[&dyn Describe] = &[&HEAD_AGE, &UNSEALED];

static HEAD_AGE: Gauge<()> = Gauge::new(
    "clavero_audit_head_age_seconds",
    "Time since events were sealed last; since 1970 where none ever was.",
);
static UNSEALED: Gauge<()> = Gauge::new(
    "clavero_audit_unsealed_age_seconds",
    "Age of the oldest event that waits for its seal; 0 where none does.",
);

/// Looks at the chain.
pub async fn measure(app: &App, tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    let (sealed, oldest) = store::ages(tx).await?;
    let waiting = oldest.map_or(Duration::ZERO, |at| now.since(at));
    app.meters.set(&HEAD_AGE, (), now.since(sealed).as_secs_f64());
    app.meters.set(&UNSEALED, (), waiting.as_secs_f64());
    Ok(())
}

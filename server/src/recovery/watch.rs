//! What an operator sees of recoveries: how many cases reach each stage.

use crate::app::App;
use crate::meters::{Counter, Describe};
use crate::words;
use shared::recovery::StageName;

/// The meters of this slice.
pub const METERS: &[&dyn Describe] = &[&STAGES];

static STAGES: Counter<(StageName,)> = Counter::new(
    "clavero_recovery_stages_total",
    "Stages that cases of recovery reached, one for each arrival.",
);

words!(StageName, "stage");

/// A case came to a stage that it was not in. It is counted when it is written down; the few that the database does not take in the end
/// are counted too.
pub(super) fn reached(app: &App, stage: StageName) {
    app.meters.count(&STAGES, (stage,));
}

//! What other slices ask of the notary.

use super::Notary;
use crate::app::App;
use notary::{Expectation, Opinion};

/// Judges a file. It does not fail: where the notary crashed, came to a limit or was not reached, the file is
/// `Unknown(TooComplex)` and everything else skipped, which is no pass.
///
/// It takes seconds where an authority is slow: see [`super::config`] for the bounds. Whoever drops it ends the child.
pub async fn examine(app: &App, file: Vec<u8>, expectation: Expectation) -> Opinion {
    match &app.notary {
        Notary::Scripted(script) => script.examine(file, expectation),
    }
}

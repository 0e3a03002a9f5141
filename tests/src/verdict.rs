//! A verdict that nobody had to sign anything for: what the procedures behind a signed request are tested with.

use shared::recovery::ValidSignature;
use shared::signatures::{Finding, Findings, Verdict};

/// The evidence of a request that passed every check.
///
/// # Panics
/// Never: every check passed.
pub fn valid_signature() -> ValidSignature {
    let passed = Findings {
        file: Finding::Passed,
        contents: Finding::Passed,
        request: Finding::Passed,
        unaltered: Finding::Passed,
        one_signature: Finding::Passed,
        coverage: Finding::Passed,
        digest: Finding::Passed,
        signature: Finding::Passed,
        authority: Finding::Passed,
        period: Finding::Passed,
        key_usage: Finding::Passed,
        revocation: Finding::Passed,
        holder: Finding::Passed,
        employer: Finding::Passed,
        representative: Finding::Passed,
    };
    ValidSignature::by_verdict(&Verdict::of(passed)).expect("every check passed")
}

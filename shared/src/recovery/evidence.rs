//! What must have happened before an identity counts as proved: each a type that can be had in one way only.

use crate::captcha::Verified;
use crate::signatures::{Outcome, Verdict};
use crate::step_up::Reason;
use subtle::ConstantTimeEq;

/// The captcha was solved for this employer and its challenge is spent. Made by [`SolvedCaptcha::spent`] only.
#[derive(Debug, PartialEq, Eq)]
pub struct SolvedCaptcha(());

impl SolvedCaptcha {
    /// To be called when it is written down that the challenge is spent: the second to come with it must not get here.
    pub const fn spent(_verified: Verified) -> Self {
        Self(())
    }
}

/// How the identity was proved: what [`Event::Proved`](super::Event::Proved) carries.
#[derive(Debug, PartialEq, Eq)]
pub enum Proof {
    /// All questions were answered as the records say. Only this way may ask for more: the others are what it asks for.
    Answers {
        /// They were.
        verified: IdentityVerified,
        /// Why a passkey is to be asserted too; none, if the answers are enough.
        reasons: Vec<Reason>,
    },
    /// A request was signed, and the signature passed.
    Signature(ValidSignature),
    /// An officer saw the person.
    Officer(OfficerApproval),
}

/// All answers of a set equal the records. Made by [`IdentityVerified::by_answers`] only.
#[derive(Debug, PartialEq, Eq)]
pub struct IdentityVerified(());

impl IdentityVerified {
    /// Compares the keyed digest of all answers together with the one expected, in constant time. Which answer was
    /// wrong is not known here either.
    pub fn by_answers(expected: &[u8; 32], given: &[u8; 32]) -> Option<Self> {
        bool::from(expected.ct_eq(given)).then_some(Self(()))
    }
}

/// A signed request passed every check. Made by [`ValidSignature::by_verdict`] only.
///
/// A [`Verdict`] can be made of any findings by whoever writes this program, so the type keeps out mistakes and not its
/// authors: findings come from the notary and, for the representative, from the registries' answer, and from nowhere else.
/// What comes over a wire is never one.
#[derive(Debug, PartialEq, Eq)]
pub struct ValidSignature(());

impl ValidSignature {
    /// Only a total pass is one: a check that failed, could not be decided or was not made leaves none.
    pub fn by_verdict(verdict: &Verdict) -> Option<Self> {
        match verdict.outcome() {
            Outcome::TotalPassed => Some(Self(())),
            Outcome::TotalFailed | Outcome::Indeterminate => None,
        }
    }

    /// What a test has that needs no file.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn for_test() -> Self {
        Self::by_verdict(&Verdict::of(crate::signatures::Findings::PASSED)).expect("every check passed")
    }
}

/// An officer at a counter checked the dossier. Made by [`OfficerApproval::given`] only.
#[derive(Debug, PartialEq, Eq)]
pub struct OfficerApproval(());

impl OfficerApproval {
    /// A reason is mandatory: blank text is none.
    pub fn given(reason: &str) -> Option<Self> {
        (!reason.trim().is_empty()).then_some(Self(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signatures::{Check, Finding, Findings, Reason};

    #[test]
    fn equal_digests_verify_and_one_bit_less_does_not() {
        assert!(IdentityVerified::by_answers(&[7; 32], &[7; 32]).is_some());
        for byte in 0..32 {
            for bit in 0..8 {
                let mut given = [7; 32];
                given[byte] ^= 1 << bit;
                assert!(IdentityVerified::by_answers(&[7; 32], &given).is_none());
            }
        }
    }

    #[test]
    fn only_a_signature_that_passed_every_check_is_evidence() {
        let proves = |findings| ValidSignature::by_verdict(&Verdict::of(findings)).is_some();
        assert!(proves(Findings::PASSED));
        assert!(!proves(Findings::NONE));
        for check in Check::ALL {
            for finding in [
                Finding::Failed(Reason::Malformed),
                Finding::Unknown(Reason::RevocationUnreachable),
                Finding::Skipped,
            ] {
                assert!(
                    !proves(Findings::PASSED.with(*check, finding)),
                    "{check:?} {finding:?}"
                );
            }
        }
    }

    #[test]
    fn an_officer_gives_a_reason() {
        assert!(OfficerApproval::given(" \t").is_none());
        assert!(OfficerApproval::given("cédula shown, mailbox works").is_some());
    }
}

//! The verdict on a signed request: one line a check.

use serde::{Deserialize, Serialize};

macro_rules! checks {
    ($($(#[doc = $doc:literal])+ $variant:ident $field:ident;)+) => {
        /// What is checked of a signed request, in the order in which it is shown.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Check {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Check {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }

        /// One finding for each check: none can be left out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Findings {
            $($(#[doc = $doc])+ pub $field: Finding,)+
        }

        impl Findings {
            /// Nothing was checked yet.
            pub const NONE: Self = Self { $($field: Finding::Skipped),+ };

            /// The finding of a check.
            pub const fn of(&self, check: Check) -> Finding {
                match check {
                    $(Check::$variant => self.$field),+
                }
            }

            /// Every check passed: what a test has that needs no file.
            #[cfg(test)]
            pub(crate) const PASSED: Self = Self { $($field: Finding::Passed),+ };

            /// The same findings but for one check.
            #[cfg(test)]
            pub(crate) const fn with(mut self, check: Check, finding: Finding) -> Self {
                match check {
                    $(Check::$variant => self.$field = finding),+
                }
                self
            }
        }
    };
}

checks! {
    /// The file is one that we can read (rule 1).
    File file;
    /// It has no active content, no attachment (rule 1).
    Contents contents;
    /// It is this request of ours, in time and not used before (rule 2).
    Request request;
    /// What was signed is what we issued (rule 2).
    Unaltered unaltered;
    /// There is exactly one signature (rule 3).
    OneSignature one_signature;
    /// The signature covers the whole file, and nothing follows it (rule 3).
    Coverage coverage;
    /// The content has the digest that was signed (rule 4).
    Digest digest;
    /// The signature verifies with the certificate's key, with strong algorithms and the attributes it must have (rule 4).
    Signature signature;
    /// The certificate is of an accredited authority (rule 5).
    Authority authority;
    /// It is valid at our clock (rule 5).
    Period period;
    /// It is meant for signing (rule 5).
    KeyUsage key_usage;
    /// It was not revoked (rule 6).
    Revocation revocation;
    /// Its holder has the representative's cédula (rule 7).
    Holder holder;
    /// If it names a RUC, it is the employer's (rule 7).
    Employer employer;
    /// The registry names the holder as representative today (rule 7).
    Representative representative;
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "finding", content = "reason", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Finding {
    /// It holds.
    Passed,
    /// It does not.
    Failed(Reason),
    /// It could not be found out.
    Unknown(Reason),
    /// It was not checked, because of what was found before.
    Skipped,
}

/// Why a check did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignatureReason))]
pub enum Reason {
    /// There is nothing in the file.
    Empty,
    /// It is larger than allowed.
    TooLarge,
    /// It is neither a PDF nor a signed message (`.p7m`).
    OtherType,
    /// It breaks the rules of its format.
    Malformed,
    /// It is encrypted.
    Encrypted,
    /// Reading it takes more time or memory than a request needs.
    TooComplex,
    /// It has JavaScript, an action, a form of XFA.
    ActiveContent,
    /// It has a file attached.
    Attachment,
    /// It is no request of ours.
    NotOurs,
    /// It is another request of ours.
    OtherRequest,
    /// The time to sign this request is over.
    RequestExpired,
    /// This request was used already.
    RequestUsed,
    /// What it shows is not what we issued.
    ContentChanged,
    /// A tool wrote the file anew, and we cannot tell whether it shows what we issued.
    Rewritten,
    /// It is not signed.
    Unsigned,
    /// It has more than one signature.
    SeveralSignatures,
    /// The signature leaves out a part of the file.
    PartUncovered,
    /// Something was added after the signature.
    ChangedAfterSigning,
    /// Something is hidden or replaced behind what was signed.
    HiddenContent,
    /// The content is not what was signed.
    DigestDiffers,
    /// The signature does not verify.
    SignatureWrong,
    /// The signature breaks the rules of its format.
    SignatureMalformed,
    /// An algorithm or key is too weak.
    WeakAlgorithm,
    /// An algorithm that we do not know.
    UnknownAlgorithm,
    /// An attribute is missing that a signature must have.
    AttributeMissing,
    /// The certificate is of no authority that we know.
    UnknownAuthority,
    /// The chain of certificates is broken.
    ChainBroken,
    /// The certificate has expired.
    CertificateExpired,
    /// The certificate is not valid yet.
    CertificateNotYetValid,
    /// The certificate is not meant for signing.
    WrongKeyUsage,
    /// The certificate was revoked.
    Revoked,
    /// The authority did not tell whether the certificate was revoked: no answer, or none in time.
    RevocationUnreachable,
    /// The authority does not know the certificate, or names no place to ask.
    RevocationUnknown,
    /// What the authority told is too old.
    RevocationStale,
    /// The answer about the revocation is not the authority's.
    RevocationUntrusted,
    /// The certificate does not tell who its holder is.
    HolderUnknown,
    /// The certificate is another person's.
    OtherHolder,
    /// The certificate names another employer.
    OtherEmployer,
    /// The registry does not name this person as representative today.
    NotRepresentative,
    /// The registry names this person, and there is no account of that employer and branch.
    NoAccount,
    /// The registries contradict each other.
    RecordsDisagree,
    /// The registry did not answer.
    RegistryUnavailable,
}

impl Reason {
    /// All of them, in the order of what they are about.
    pub const ALL: &'static [Self] = &[
        Self::Empty,
        Self::TooLarge,
        Self::OtherType,
        Self::Malformed,
        Self::Encrypted,
        Self::TooComplex,
        Self::ActiveContent,
        Self::Attachment,
        Self::NotOurs,
        Self::OtherRequest,
        Self::RequestExpired,
        Self::RequestUsed,
        Self::ContentChanged,
        Self::Rewritten,
        Self::Unsigned,
        Self::SeveralSignatures,
        Self::PartUncovered,
        Self::ChangedAfterSigning,
        Self::HiddenContent,
        Self::DigestDiffers,
        Self::SignatureWrong,
        Self::SignatureMalformed,
        Self::WeakAlgorithm,
        Self::UnknownAlgorithm,
        Self::AttributeMissing,
        Self::UnknownAuthority,
        Self::ChainBroken,
        Self::CertificateExpired,
        Self::CertificateNotYetValid,
        Self::WrongKeyUsage,
        Self::Revoked,
        Self::RevocationUnreachable,
        Self::RevocationUnknown,
        Self::RevocationStale,
        Self::RevocationUntrusted,
        Self::HolderUnknown,
        Self::OtherHolder,
        Self::OtherEmployer,
        Self::NotRepresentative,
        Self::NoAccount,
        Self::RecordsDisagree,
        Self::RegistryUnavailable,
    ];
}

/// What all findings come to, in the words of ETSI EN 319 102-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Outcome {
    /// Every check passed.
    TotalPassed,
    /// At least one check failed.
    TotalFailed,
    /// None failed, and at least one could not be decided. Goes to a person; never passes by itself.
    Indeterminate,
}

/// All findings, and what they come to.
///
/// It cannot be read from a wire: what the browser gets is [`VerdictView`](super::api::VerdictView), which is evidence of
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict(Findings);

impl Verdict {
    /// What the findings come to.
    pub const fn of(findings: Findings) -> Self {
        Self(findings)
    }

    /// The findings.
    pub const fn findings(&self) -> &Findings {
        &self.0
    }

    /// Why it is no pass, in the order of the checks.
    pub fn reasons(&self) -> Vec<Reason> {
        let reason = |check: &Check| match self.0.of(*check) {
            Finding::Failed(reason) | Finding::Unknown(reason) => Some(reason),
            Finding::Passed | Finding::Skipped => None,
        };
        Check::ALL.iter().filter_map(reason).collect()
    }

    /// A failure outweighs what is unknown; a check that was not made is no pass.
    pub fn outcome(&self) -> Outcome {
        let mut outcome = Outcome::TotalPassed;
        for check in Check::ALL {
            match self.0.of(*check) {
                Finding::Failed(_) => return Outcome::TotalFailed,
                Finding::Unknown(_) | Finding::Skipped => outcome = Outcome::Indeterminate,
                Finding::Passed => {}
            }
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSED: Findings = Findings::PASSED;

    #[test]
    fn every_reason_is_among_all_in_its_order() {
        // Fieldless and in order, so the last one's place tells how many there are.
        assert_eq!(Reason::ALL.len(), Reason::RegistryUnavailable as usize + 1);
        assert!(Reason::ALL.is_sorted());
    }

    #[test]
    fn only_what_passed_every_check_passed() {
        assert_eq!(Verdict::of(PASSED).outcome(), Outcome::TotalPassed);
        assert_eq!(Verdict::of(Findings::NONE).outcome(), Outcome::Indeterminate);
        let unknown = Findings {
            revocation: Finding::Unknown(Reason::RevocationUnreachable),
            ..PASSED
        };
        assert_eq!(Verdict::of(unknown).outcome(), Outcome::Indeterminate);
        let skipped = Findings {
            representative: Finding::Skipped,
            ..PASSED
        };
        assert_eq!(Verdict::of(skipped).outcome(), Outcome::Indeterminate);
        let both = Findings {
            representative: Finding::Failed(Reason::NotRepresentative),
            ..unknown
        };
        assert_eq!(Verdict::of(both).outcome(), Outcome::TotalFailed);
    }
}

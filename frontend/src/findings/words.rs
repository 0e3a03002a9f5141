//! The words of checks and reasons. Exhaustive: a new one without words does not compile.

use shared::i18n::Text;
use shared::signatures::{Check, Reason};

/// What a check looks at.
pub fn check(text: Text, check: Check) -> &'static str {
    match check {
        Check::File => text.findings_check_file(),
        Check::Contents => text.findings_check_contents(),
        Check::Request => text.findings_check_request(),
        Check::Unaltered => text.findings_check_unaltered(),
        Check::OneSignature => text.findings_check_one_signature(),
        Check::Coverage => text.findings_check_coverage(),
        Check::Digest => text.findings_check_digest(),
        Check::Signature => text.findings_check_signature(),
        Check::Authority => text.findings_check_authority(),
        Check::Period => text.findings_check_period(),
        Check::KeyUsage => text.findings_check_key_usage(),
        Check::Revocation => text.findings_check_revocation(),
        Check::Holder => text.findings_check_holder(),
        Check::Employer => text.findings_check_employer(),
        Check::Representative => text.findings_check_representative(),
    }
}

/// Why a check did not pass.
pub fn reason(text: Text, reason: Reason) -> &'static str {
    match reason {
        Reason::Empty => text.findings_empty(),
        Reason::TooLarge => text.findings_too_large(),
        Reason::OtherType => text.findings_other_type(),
        Reason::Malformed => text.findings_malformed(),
        Reason::Encrypted => text.findings_encrypted(),
        Reason::TooComplex => text.findings_too_complex(),
        Reason::ActiveContent => text.findings_active_content(),
        Reason::Attachment => text.findings_attachment(),
        Reason::NotOurs => text.findings_not_ours(),
        Reason::OtherRequest => text.findings_other_request(),
        Reason::RequestExpired => text.findings_request_expired(),
        Reason::RequestUsed => text.findings_request_used(),
        Reason::ContentChanged => text.findings_content_changed(),
        Reason::Rewritten => text.findings_rewritten(),
        Reason::Unsigned => text.findings_unsigned(),
        Reason::SeveralSignatures => text.findings_several_signatures(),
        Reason::PartUncovered => text.findings_part_uncovered(),
        Reason::ChangedAfterSigning => text.findings_changed_after_signing(),
        Reason::HiddenContent => text.findings_hidden_content(),
        Reason::DigestDiffers => text.findings_digest_differs(),
        Reason::SignatureWrong => text.findings_signature_wrong(),
        Reason::SignatureMalformed => text.findings_signature_malformed(),
        Reason::WeakAlgorithm => text.findings_weak_algorithm(),
        Reason::UnknownAlgorithm => text.findings_unknown_algorithm(),
        Reason::AttributeMissing => text.findings_attribute_missing(),
        Reason::UnknownAuthority => text.findings_unknown_authority(),
        Reason::ChainBroken => text.findings_chain_broken(),
        Reason::CertificateExpired => text.findings_certificate_expired(),
        Reason::CertificateNotYetValid => text.findings_certificate_not_yet_valid(),
        Reason::WrongKeyUsage => text.findings_wrong_key_usage(),
        Reason::Revoked => text.findings_revoked(),
        Reason::RevocationUnreachable => text.findings_revocation_unreachable(),
        Reason::RevocationUnknown => text.findings_revocation_unknown(),
        Reason::RevocationStale => text.findings_revocation_stale(),
        Reason::RevocationUntrusted => text.findings_revocation_untrusted(),
        Reason::HolderUnknown => text.findings_holder_unknown(),
        Reason::OtherHolder => text.findings_other_holder(),
        Reason::OtherEmployer => text.findings_other_employer(),
        Reason::NotRepresentative => text.findings_not_representative(),
        Reason::NoAccount => text.findings_no_account(),
        Reason::RecordsDisagree => text.findings_records_disagree(),
        Reason::RegistryUnavailable => text.findings_registry_unavailable(),
    }
}

/// What to do about a check that failed for a reason.
pub fn advice(text: Text, reason: Reason) -> &'static str {
    match reason {
        Reason::Empty | Reason::OtherType | Reason::NotOurs | Reason::Unsigned => text.findings_do_choose(),
        Reason::TooLarge
        | Reason::Malformed
        | Reason::TooComplex
        | Reason::ActiveContent
        | Reason::Attachment
        | Reason::OtherRequest
        | Reason::ContentChanged
        | Reason::Rewritten
        | Reason::SeveralSignatures
        | Reason::PartUncovered
        | Reason::ChangedAfterSigning
        | Reason::HiddenContent
        | Reason::DigestDiffers => text.findings_do_sign_again(),
        Reason::Encrypted => text.findings_do_unprotected(),
        Reason::RequestExpired => text.findings_do_renew(),
        Reason::RequestUsed => text.findings_do_follow(),
        Reason::SignatureWrong
        | Reason::SignatureMalformed
        | Reason::WeakAlgorithm
        | Reason::UnknownAlgorithm
        | Reason::AttributeMissing => text.findings_do_tool(),
        Reason::UnknownAuthority | Reason::ChainBroken | Reason::RevocationUntrusted => {
            text.findings_do_authority()
        }
        Reason::CertificateExpired
        | Reason::CertificateNotYetValid
        | Reason::WrongKeyUsage
        | Reason::Revoked
        | Reason::HolderUnknown => text.findings_do_certificate(),
        Reason::OtherHolder | Reason::OtherEmployer => text.findings_do_own(),
        Reason::NotRepresentative | Reason::RecordsDisagree => text.findings_do_record(),
        Reason::NoAccount => text.findings_do_branch(),
        Reason::RevocationUnreachable
        | Reason::RevocationUnknown
        | Reason::RevocationStale
        | Reason::RegistryUnavailable => text.findings_do_later(),
    }
}

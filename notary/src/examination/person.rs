//! Whether a certificate is meant for signing, and its holder is the right person (rules 5 and 7).

use crate::authorities::Holder;
use crate::certificate::Certificate;
use crate::{ExpectedHolder, Signer};
use der::asn1::ObjectIdentifier;
use shared::identifiers::RepresentativeId;
use shared::signatures::{Finding, Reason};
use shared::time::Timestamp;

/// Extended purposes of machines. A certificate with these alone is no person's for signing, whatever its key usage.
const OF_MACHINES: &[ObjectIdentifier] = &[
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1"), // servers
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.3"), // code
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8"), // timestamps
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9"), // OCSP
];

/// `digitalSignature` or `nonRepudiation`, said expressly; no authority; not for machines alone.
pub(super) fn purpose(certificate: &Certificate) -> Finding {
    let extensions = &certificate.extensions;
    let signs = extensions
        .usage
        .is_some_and(crate::certificate::Usage::allows_signing);
    let person = extensions
        .purposes
        .as_ref()
        .is_none_or(|purposes| purposes.iter().any(|purpose| !OF_MACHINES.contains(purpose)));
    if signs && person && !certificate.is_authority() {
        Finding::Passed
    } else {
        Finding::Failed(Reason::WrongKeyUsage)
    }
}

/// Whether the holder's number is the representative's.
///
/// A certificate that names nobody is no other person's: its layout may be one that our table lacks, which a person can see. One
/// with another number, of a passport as well, is not shown to be the representative's. A foreigner code is the institute's own and
/// in no certificate, so a person has to see who that is.
pub(super) fn holder(holder: &Holder, expected: &ExpectedHolder) -> Finding {
    let Some(number) = &holder.identification else {
        return Finding::Unknown(Reason::HolderUnknown);
    };
    match &expected.representative {
        RepresentativeId::Cedula(expected) if number.parse() == Ok(*expected) => Finding::Passed,
        RepresentativeId::Cedula(_) => Finding::Failed(Reason::OtherHolder),
        RepresentativeId::ForeignerCode(_) => Finding::Unknown(Reason::HolderUnknown),
    }
}

/// Whether the RUC in the certificate, if it names one, is the employer's.
///
/// A household has no RUC. Its head may have one as a natural person, which begins with the cédula: that is the same person.
pub(super) fn employer(holder: &Holder, expected: &ExpectedHolder) -> Finding {
    let Some(ruc) = &holder.ruc else {
        return Finding::Passed;
    };
    let said = ruc.parse::<shared::identifiers::Ruc>();
    let same = match (said, expected.ruc) {
        (Ok(said), Some(expected)) => said == expected,
        (Ok(said), None) => said.cedula().is_some() && said.cedula() == expected.representative.cedula(),
        (Err(_), _) => false,
    };
    if same {
        Finding::Passed
    } else {
        Finding::Failed(Reason::OtherEmployer)
    }
}

/// Who signed, as the certificate says.
pub(super) fn signer(certificate: &Certificate, holder: Holder, claimed_at: Option<Timestamp>) -> Signer {
    Signer {
        identification: holder.identification,
        given_names: holder.given_names,
        surnames: holder.surnames,
        organisation: holder.organisation,
        position: holder.position,
        ruc: holder.ruc,
        role: holder.role,
        authority: holder.authority,
        serial: certificate.serial_hex(),
        not_before: certificate.not_before,
        not_after: certificate.not_after,
        claimed_at,
    }
}

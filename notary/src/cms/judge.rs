//! Whether a signature is sound (rule 4): its digest, its attributes, its algorithms, and that it verifies.

use super::attributes::{Attributes, in_order};
use super::{Message, Signature};
use crate::algorithms::{Digest, Refusal, Scheme};
use crate::asn1::{Element, SET, element};
use crate::certificate::Certificate;
use der::asn1::ObjectIdentifier;
use shared::signatures::{Finding, Reason};
use shared::time::Timestamp;
use std::sync::Arc;

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");

/// What attributes a signature must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// The type of the content and its digest.
    Plain,
    /// The digest of the signer's certificate as well (PAdES, CAdES).
    Etsi,
}

/// What was found out about the only signature of a message.
pub(crate) struct Judgement {
    pub(crate) digest: Finding,
    pub(crate) signature: Finding,
    /// The certificate that the signer names, if it came along.
    pub(crate) signer: Option<Arc<Certificate>>,
    /// When the signer claims to have signed.
    pub(crate) claimed_at: Option<Timestamp>,
}

/// Judges the signature over `content`, which is in parts.
pub(crate) fn judge(
    message: &Message,
    signature: &Signature,
    content: &[&[u8]],
    profile: Profile,
) -> Judgement {
    let mut judgement = Judgement {
        digest: Finding::Skipped,
        signature: Finding::Skipped,
        signer: signature.certificate(&message.certificates).map(Arc::clone),
        claimed_at: None,
    };
    let digest = Element::only(&signature.digest)
        .map_err(Refusal::from)
        .and_then(Digest::read);
    let Some(bytes) = &signature.attributes else {
        judgement.signature = Finding::Failed(Reason::AttributeMissing);
        return judgement;
    };
    let attributes = match Attributes::read(bytes) {
        Ok(attributes) => attributes,
        Err(refusal) => {
            judgement.signature = Finding::Failed(refusal.reason());
            return judgement;
        }
    };
    judgement.claimed_at = attributes.signing_time;
    judgement.digest = match (digest, &attributes.message_digest) {
        (Err(refusal), _) => Finding::Failed(refusal.reason()),
        (Ok(_), None) => Finding::Failed(Reason::AttributeMissing),
        (Ok(digest), Some(signed)) if digest.of(content) == *signed => Finding::Passed,
        (Ok(_), Some(_)) => Finding::Failed(Reason::DigestDiffers),
    };
    judgement.signature = match verify(
        message,
        signature,
        &attributes,
        judgement.signer.as_deref(),
        digest,
        profile,
    ) {
        Ok(()) => Finding::Passed,
        Err(reason) => Finding::Failed(reason),
    };
    judgement
}

fn verify(
    message: &Message,
    signature: &Signature,
    attributes: &Attributes,
    certificate: Option<&Certificate>,
    digest: Result<Digest, Refusal>,
    profile: Profile,
) -> Result<(), Reason> {
    // The type says which bytes the digest is of: another type would let a signature over something else pass as this one.
    match attributes.content_type {
        None => return Err(Reason::AttributeMissing),
        Some(named) if named != message.content_type || named != DATA => {
            return Err(Reason::SignatureMalformed);
        }
        Some(_) => {}
    }
    if attributes.message_digest.is_none() {
        return Err(Reason::AttributeMissing);
    }
    match profile {
        Profile::Etsi if attributes.signing_certificates.is_empty() => return Err(Reason::AttributeMissing),
        Profile::Etsi | Profile::Plain => {}
    }
    let digest = digest.map_err(Refusal::reason)?;
    let algorithm = Element::only(&signature.scheme).map_err(|_| Reason::SignatureMalformed)?;
    let scheme = Scheme::read(algorithm, Some(digest)).map_err(Refusal::reason)?;
    if scheme.digest() != digest {
        return Err(Reason::SignatureMalformed);
    }
    let certificate = certificate.ok_or(Reason::SignatureMalformed)?;
    if !attributes
        .signing_certificates
        .iter()
        .all(|named| named.is_of(certificate))
    {
        return Err(Reason::SignatureWrong);
    }
    let key = certificate.key.as_ref().map_err(|refusal| refusal.reason())?;
    let signed = signature.attributes.as_deref().unwrap_or_default();
    let verify = |signed: &[u8]| key.verify(scheme, &element(SET, signed), &signature.value);
    // Some tools send the attributes in another order than the one that they signed, which is always DER's.
    verify(signed)
        .or_else(|refusal| in_order(signed).map_or(Err(refusal), |ordered| verify(&ordered)))
        .map_err(Refusal::reason)
}

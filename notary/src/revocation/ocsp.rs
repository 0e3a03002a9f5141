//! OCSP (RFC 6960): the request for one certificate, and what a response is worth.
//!
//! Invariants: a response counts only if the issuer signed it, or a responder that the issuer itself certified for this; if it
//! is about this certificate; and if it is of now by our clock.
//!
//! What it does not do: no nonces (the notary has no randomness, and answers are to be kept): a replayed response is as
//! good as its time. A responder's own certificate is not asked about in turn.

use super::{Standing, Window};
use crate::algorithms::{Label, PublicKey, Scheme};
use crate::asn1::{
    BIT_STRING, BOOLEAN, ENUMERATED, Element, GENERALIZED_TIME, INTEGER, Malformed, OCTET_STRING, OID,
    SEQUENCE, constructed, element, primitive,
};
use crate::certificate::{Certificate, Understood, same_name};
use der::asn1::ObjectIdentifier;
use shared::time::Timestamp;

const BASIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.1");
const OCSP_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.9");
/// `AlgorithmIdentifier` of SHA-1, by which every responder finds a certificate (RFC 5019).
const SHA_1: &[u8] = &[0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00];

/// Bytes of a response; answers in it; certificates that come along; extensions.
const SIZE: usize = 64 * 1024;
const ANSWERS: usize = 64;
const CERTIFICATES: usize = 5;
const EXTENSIONS: usize = 16;

/// The request (DER) for one certificate.
pub(super) fn request(certificate: &Certificate, issuer: &Certificate) -> Vec<u8> {
    let mut id = SHA_1.to_vec();
    id.extend(element(OCTET_STRING, &Label::Sha1.of(&certificate.issuer)));
    id.extend(element(OCTET_STRING, &Label::Sha1.of(&issuer.key_bits)));
    id.extend(element(INTEGER, &certificate.serial));
    // OCSPRequest, TBSRequest, its list, a Request, its CertID.
    (0..5).fold(id, |inner, _| element(SEQUENCE, &inner))
}

/// What a response says of `certificate`.
pub(super) fn read(
    bytes: &[u8],
    certificate: &Certificate,
    issuer: &Certificate,
    now: Timestamp,
) -> Standing {
    let response = match Response::read(bytes) {
        Ok(response) => response,
        Err(Unusable::SaysNo) => return Standing::Unreachable,
        Err(Unusable::Malformed) => return Standing::Untrusted,
    };
    if !response.is_signed_for(issuer, now) {
        return Standing::Untrusted;
    }
    let mut about = response
        .answers
        .iter()
        .filter(|answer| answer.is_about(certificate, issuer))
        .peekable();
    if about.peek().is_none() {
        return Standing::Untrusted;
    }
    about
        .map(|answer| match answer.status {
            Status::Revoked => Standing::Revoked,
            Status::Unknown | Status::Good if !answer.window.is_open(now) => Standing::Stale,
            Status::Unknown => Standing::Unknown,
            Status::Good => Standing::Good,
        })
        .max_by_key(|standing| standing.weight())
        .unwrap_or(Standing::Untrusted)
}

/// Until when a response says that it is of use, whoever made it.
pub(super) fn next_update(bytes: &[u8]) -> Option<Timestamp> {
    let response = Response::read(bytes).ok()?;
    let untils = response.answers.iter().map(|answer| answer.window.until());
    untils.min()
}

/// Why a response tells nothing.
enum Unusable {
    /// The responder answers that it does not answer.
    SaysNo,
    Malformed,
}

impl From<Malformed> for Unusable {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// A `BasicOCSPResponse`.
struct Response<'a> {
    signed: &'a [u8],
    responder: Element<'a>,
    answers: Vec<Answer<'a>>,
    scheme: Element<'a>,
    signature: &'a [u8],
    certificates: Vec<Element<'a>>,
}

/// A `SingleResponse`.
struct Answer<'a> {
    label: Label,
    issuer_name: &'a [u8],
    issuer_key: &'a [u8],
    serial: &'a [u8],
    status: Status,
    window: Window,
}

#[derive(Clone, Copy)]
enum Status {
    Good,
    Revoked,
    Unknown,
}

impl<'a> Response<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Unusable> {
        if bytes.len() > SIZE {
            return Err(Unusable::Malformed);
        }
        let mut fields = Element::only_of(SEQUENCE, bytes)?.inside();
        if fields.expect(ENUMERATED)?.small()? != 0 {
            return Err(Unusable::SaysNo);
        }
        let around = fields.expect(constructed(0))?;
        fields.finish()?;
        let mut typed = Element::only_of(SEQUENCE, around.value)?.inside();
        if typed.expect(OID)?.oid()? != BASIC {
            return Err(Unusable::Malformed);
        }
        let basic = typed.expect(OCTET_STRING)?;
        Ok(Self::basic(Element::only_of(SEQUENCE, basic.value)?)?)
    }

    fn basic(basic: Element<'a>) -> Result<Self, Malformed> {
        let mut fields = basic.inside();
        let data = fields.expect(SEQUENCE)?;
        let scheme = fields.expect(SEQUENCE)?;
        let signature = fields.expect(BIT_STRING)?.bits()?;
        let certificates = match fields.optional(constructed(0))? {
            Some(list) => Element::only_of(SEQUENCE, list.value)?
                .inside()
                .all(CERTIFICATES)?,
            None => Vec::new(),
        };
        fields.finish()?;

        let mut fields = data.inside();
        fields.optional(constructed(0))?;
        let responder = fields.any()?;
        fields.expect(GENERALIZED_TIME)?;
        let answers = fields.expect(SEQUENCE)?.inside().all(ANSWERS)?;
        if let Some(extensions) = fields.optional(constructed(1))? {
            nothing_critical(extensions)?;
        }
        fields.finish()?;
        Ok(Self {
            signed: data.whole,
            responder,
            answers: answers.into_iter().map(Answer::read).collect::<Result<_, _>>()?,
            scheme,
            signature,
            certificates,
        })
    }

    /// Whether the issuer signed this, or a responder of the issuer's.
    fn is_signed_for(&self, issuer: &Certificate, now: Timestamp) -> bool {
        if self.names(issuer) && self.verifies(issuer) {
            return true;
        }
        self.certificates.iter().any(|der| {
            Certificate::read(der.whole).is_ok_and(|delegate| {
                self.names(&delegate) && may_answer(&delegate, issuer, now) && self.verifies(&delegate)
            })
        })
    }

    /// Whether the responder says to be this certificate's holder.
    fn names(&self, certificate: &Certificate) -> bool {
        const BY_NAME: u8 = constructed(1);
        const BY_KEY: u8 = constructed(2);
        match self.responder.tag {
            BY_NAME => same_name(self.responder.value, &certificate.subject),
            BY_KEY => Element::only_of(OCTET_STRING, self.responder.value)
                .is_ok_and(|key| key.value == Label::Sha1.of(&certificate.key_bits)),
            _ => false,
        }
    }

    fn verifies(&self, certificate: &Certificate) -> bool {
        let Ok(key): Result<&PublicKey, _> = certificate.key.as_ref() else {
            return false;
        };
        Scheme::read(self.scheme, None)
            .and_then(|scheme| key.verify(scheme, self.signed, self.signature))
            .is_ok()
    }
}

/// Whether the issuer itself certified this responder to answer for it, and the certificate is of now.
fn may_answer(delegate: &Certificate, issuer: &Certificate, now: Timestamp) -> bool {
    let purposes = delegate.extensions.purposes.as_deref().unwrap_or_default();
    let usage = delegate.extensions.usage;
    purposes.contains(&OCSP_SIGNING)
        && usage.is_none_or(crate::certificate::Usage::allows_signing)
        && !delegate.is_authority()
        && delegate.extensions.understood == Understood::All
        && crate::path::period(delegate, now).is_none()
        && delegate.is_issued_by(issuer).is_ok()
}

impl<'a> Answer<'a> {
    fn read(answer: Element<'a>) -> Result<Self, Malformed> {
        const GOOD: u8 = primitive(0);
        const REVOKED: u8 = constructed(1);
        const UNKNOWN: u8 = primitive(2);
        let mut fields = answer.of(SEQUENCE)?.inside();
        let mut id = fields.expect(SEQUENCE)?.inside();
        let label = Label::read(id.expect(SEQUENCE)?).map_err(|_| Malformed)?;
        let issuer_name = id.expect(OCTET_STRING)?.value;
        let issuer_key = id.expect(OCTET_STRING)?.value;
        let serial = id.expect(INTEGER)?.value;
        id.finish()?;
        let status = match fields.any()?.tag {
            GOOD => Status::Good,
            REVOKED => Status::Revoked,
            UNKNOWN => Status::Unknown,
            _ => return Err(Malformed),
        };
        let from = fields.expect(GENERALIZED_TIME)?.time()?;
        let until = match fields.optional(constructed(0))? {
            Some(until) => Some(Element::only_of(GENERALIZED_TIME, until.value)?.time()?),
            None => None,
        };
        if let Some(extensions) = fields.optional(constructed(1))? {
            nothing_critical(extensions)?;
        }
        fields.finish()?;
        Ok(Self {
            label,
            issuer_name,
            issuer_key,
            serial,
            status,
            window: Window { from, until },
        })
    }

    fn is_about(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let names = [&certificate.issuer, &issuer.subject];
        self.serial == certificate.serial
            && names
                .into_iter()
                .any(|name| self.issuer_name == self.label.of(name))
            && self.issuer_key == self.label.of(&issuer.key_bits)
    }
}

/// Fails if an extension is critical: none is that we know.
fn nothing_critical(around: Element<'_>) -> Result<(), Malformed> {
    for extension in Element::only_of(SEQUENCE, around.value)?
        .inside()
        .all(EXTENSIONS)?
    {
        let mut fields = extension.of(SEQUENCE)?.inside();
        fields.expect(OID)?;
        if let Some(critical) = fields.optional(BOOLEAN)?
            && critical.truth()?
        {
            return Err(Malformed);
        }
    }
    Ok(())
}

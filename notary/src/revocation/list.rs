//! Lists of revoked certificates (CRL, RFC 5280 section 5). They may be large: entries are walked over, never collected.
//!
//! Invariants: a list counts only if the certificate's issuer signed it, if it is complete for this certificate, and if it is of now
//! by our clock.
//!
//! What it does not do: lists of changes (delta), lists by somebody else (indirect), lists of some reasons only.

use super::{Standing, Window};
use crate::algorithms::Scheme;
use crate::asn1::{
    BIT_STRING, BOOLEAN, Element, GENERALIZED_TIME, INTEGER, Malformed, OCTET_STRING, OID, Reader, SEQUENCE,
    UTC_TIME, constructed, primitive,
};
use crate::certificate::{Certificate, address, same_name};
use der::asn1::ObjectIdentifier;
use shared::time::Timestamp;

const NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.20");
const AUTHORITY_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const SCOPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.28");
const REASON: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.21");
const INVALID_SINCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.24");

/// Bytes of a list.
const SIZE: usize = 16 * 1024 * 1024;
const EXTENSIONS: usize = 32;
const PLACES: usize = 64;

/// What a list says of `certificate`.
pub(super) fn read(
    bytes: &[u8],
    certificate: &Certificate,
    issuer: &Certificate,
    now: Timestamp,
) -> Standing {
    let Ok(list) = List::read(bytes) else {
        return Standing::Untrusted;
    };
    if !list.is_signed_by(issuer) {
        return Standing::Untrusted;
    }
    match list.names(&certificate.serial) {
        Ok(true) => Standing::Revoked,
        Err(Malformed) => Standing::Untrusted,
        Ok(false) if !list.covers(certificate) => Standing::Unknown,
        Ok(false) if !list.window.is_open(now) => Standing::Stale,
        Ok(false) => Standing::Good,
    }
}

/// Until when a list says that it is of use, whoever made it.
pub(super) fn next_update(bytes: &[u8]) -> Option<Timestamp> {
    List::read(bytes).ok().map(|list| list.window.until())
}

/// A `CertificateList`.
struct List<'a> {
    signed: &'a [u8],
    issuer: &'a [u8],
    window: Window,
    entries: &'a [u8],
    /// Nothing if one is critical that we do not know.
    scope: Option<Scope>,
    scheme: Element<'a>,
    signature: &'a [u8],
}

/// Which certificates a list is about.
#[derive(Default)]
struct Scope {
    kind: Covered,
    /// If given, only those that name one of these places.
    places: Option<Vec<String>>,
}

#[derive(Clone, Copy, Default)]
enum Covered {
    #[default]
    Every,
    Holders,
    Authorities,
    /// Attribute certificates, some reasons, or another issuer's.
    Others,
}

impl<'a> List<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        if bytes.len() > SIZE {
            return Err(Malformed);
        }
        let mut fields = Element::only_of(SEQUENCE, bytes)?.inside();
        let tbs = fields.expect(SEQUENCE)?;
        let scheme = fields.expect(SEQUENCE)?;
        let signature = fields.expect(BIT_STRING)?.bits()?;
        fields.finish()?;

        let mut fields = tbs.inside();
        fields.optional(INTEGER)?;
        if fields.expect(SEQUENCE)?.whole != scheme.whole {
            return Err(Malformed);
        }
        let issuer = fields.expect(SEQUENCE)?.whole;
        let from = fields.any()?.time()?;
        let until = match fields.optional(UTC_TIME)? {
            Some(until) => Some(until.time()?),
            None => fields
                .optional(GENERALIZED_TIME)?
                .map(Element::time)
                .transpose()?,
        };
        let entries = fields
            .optional(SEQUENCE)?
            .map_or(&[][..], |entries| entries.value);
        let scope = match fields.optional(constructed(0))? {
            Some(extensions) => scope(extensions)?,
            None => Some(Scope::default()),
        };
        fields.finish()?;
        Ok(Self {
            signed: tbs.whole,
            issuer,
            window: Window { from, until },
            entries,
            scope,
            scheme,
            signature,
        })
    }

    fn is_signed_by(&self, issuer: &Certificate) -> bool {
        let Ok(key) = &issuer.key else {
            return false;
        };
        issuer
            .extensions
            .usage
            .is_none_or(crate::certificate::Usage::allows_listing)
            && same_name(self.issuer, &issuer.subject)
            && Scheme::read(self.scheme, None)
                .and_then(|scheme| key.verify(scheme, self.signed, self.signature))
                .is_ok()
    }

    /// Whether a serial number is on the list, for whatever reason and since whenever.
    fn names(&self, serial: &[u8]) -> Result<bool, Malformed> {
        let mut entries = Reader::new(self.entries);
        let mut found = false;
        while !entries.is_at_end() {
            let mut fields = entries.expect(SEQUENCE)?.inside();
            found |= fields.expect(INTEGER)?.value == serial;
            fields.any()?;
            if let Some(extensions) = fields.optional(SEQUENCE)? {
                only_known(extensions)?;
            }
            fields.finish()?;
        }
        Ok(found)
    }

    /// Whether a certificate would be on this list, if it were revoked.
    fn covers(&self, certificate: &Certificate) -> bool {
        let Some(scope) = &self.scope else {
            return false;
        };
        let kind = match scope.kind {
            Covered::Every => true,
            Covered::Holders => !certificate.is_authority(),
            Covered::Authorities => certificate.is_authority(),
            Covered::Others => false,
        };
        let named = |place: &String| certificate.extensions.lists.contains(place);
        kind && scope
            .places
            .as_ref()
            .is_none_or(|places| places.iter().any(named))
    }
}

/// `Extensions` of a list.
fn scope(around: Element<'_>) -> Result<Option<Scope>, Malformed> {
    let mut scope = Scope::default();
    for extension in Element::only_of(SEQUENCE, around.value)?
        .inside()
        .all(EXTENSIONS)?
    {
        let (number, critical, value) = parts(extension)?;
        match number {
            SCOPE => scope = issuing_point(value)?,
            NUMBER | AUTHORITY_KEY_ID => {}
            // A list of changes says so in a critical extension too.
            _ if critical => return Ok(None),
            _ => {}
        }
    }
    Ok(Some(scope))
}

/// `IssuingDistributionPoint`.
fn issuing_point(value: &[u8]) -> Result<Scope, Malformed> {
    let mut scope = Scope::default();
    let mut fields = Element::only_of(SEQUENCE, value)?.inside();
    if let Some(point) = fields.optional(constructed(0))? {
        let point = Element::only(point.value)?;
        let names = if point.tag == constructed(0) {
            point.inside().all(PLACES)?
        } else {
            Vec::new()
        };
        scope.places = Some(names.into_iter().filter_map(address).collect());
    }
    let mut said = |number: u8| -> Result<bool, Malformed> {
        match fields.optional(primitive(number))? {
            Some(flag) => Ok(flag.value != [0]),
            None => Ok(false),
        }
    };
    let (holders, authorities) = (said(1)?, said(2)?);
    let (some_reasons, indirect, attributes) = (said(3)?, said(4)?, said(5)?);
    fields.finish()?;
    scope.kind = match (holders, authorities, some_reasons || indirect || attributes) {
        (_, _, true) | (true, true, false) => Covered::Others,
        (true, false, false) => Covered::Holders,
        (false, true, false) => Covered::Authorities,
        (false, false, false) => Covered::Every,
    };
    Ok(scope)
}

/// Fails if an entry has something critical that we do not know, such as another issuer.
fn only_known(extensions: Element<'_>) -> Result<(), Malformed> {
    for extension in extensions.inside().all(EXTENSIONS)? {
        let (number, critical, _) = parts(extension)?;
        if critical && number != REASON && number != INVALID_SINCE {
            return Err(Malformed);
        }
    }
    Ok(())
}

/// Number, whether it is critical, and value.
fn parts(extension: Element<'_>) -> Result<(ObjectIdentifier, bool, &[u8]), Malformed> {
    let mut fields = extension.of(SEQUENCE)?.inside();
    let number = fields.expect(OID)?.oid()?;
    let critical = match fields.optional(BOOLEAN)? {
        Some(critical) => critical.truth()?,
        None => false,
    };
    let value = fields.expect(OCTET_STRING)?.value;
    fields.finish()?;
    Ok((number, critical, value))
}

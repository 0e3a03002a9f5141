//! The extensions of a certificate that a verdict rests on.

use crate::asn1::{
    BIT_STRING, BOOLEAN, Element, INTEGER, Malformed, OCTET_STRING, OID, SEQUENCE, constructed, primitive,
};
use der::asn1::ObjectIdentifier;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

const SUBJECT_KEY_ID: ObjectIdentifier = oid("2.5.29.14");
const KEY_USAGE: ObjectIdentifier = oid("2.5.29.15");
const SUBJECT_NAMES: ObjectIdentifier = oid("2.5.29.17");
const BASIC_CONSTRAINTS: ObjectIdentifier = oid("2.5.29.19");
const LISTS: ObjectIdentifier = oid("2.5.29.31");
const POLICIES: ObjectIdentifier = oid("2.5.29.32");
const AUTHORITY_KEY_ID: ObjectIdentifier = oid("2.5.29.35");
const PURPOSES: ObjectIdentifier = oid("2.5.29.37");
const ISSUER_NAMES: ObjectIdentifier = oid("2.5.29.18");
const ACCESS: ObjectIdentifier = oid("1.3.6.1.5.5.7.1.1");
const QUALIFIED: ObjectIdentifier = oid("1.3.6.1.5.5.7.1.3");
const NO_CHECK: ObjectIdentifier = oid("1.3.6.1.5.5.7.48.1.5");
const BY_OCSP: ObjectIdentifier = oid("1.3.6.1.5.5.7.48.1");

/// What is allowed to be critical: what we read, or what restricts nothing.
const UNDERSTOOD: &[ObjectIdentifier] = &[
    SUBJECT_KEY_ID,
    KEY_USAGE,
    SUBJECT_NAMES,
    ISSUER_NAMES,
    BASIC_CONSTRAINTS,
    LISTS,
    POLICIES,
    AUTHORITY_KEY_ID,
    PURPOSES,
    ACCESS,
    QUALIFIED,
    NO_CHECK,
];

/// Extensions of one certificate; entries in one extension.
const EXTENSIONS: usize = 64;
const ENTRIES: usize = 64;
/// Characters of an address.
const ADDRESS: usize = 1024;

/// What the extensions say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extensions {
    pub(crate) authority: Authority,
    /// What the key is for; nothing if it is not said.
    pub(crate) usage: Option<Usage>,
    /// `extKeyUsage`.
    pub(crate) purposes: Option<Vec<ObjectIdentifier>>,
    /// `certificatePolicies`, without their qualifiers.
    pub(crate) policies: Vec<ObjectIdentifier>,
    pub(crate) subject_key_id: Option<Vec<u8>>,
    /// Where OCSP is answered.
    pub(crate) ocsp: Vec<String>,
    /// Where lists of revoked certificates are: `http` and `https` only.
    pub(crate) lists: Vec<String>,
    /// Each `otherName` of the subject: its number and its value (DER) with the tag around it.
    pub(crate) other_names: Vec<(ObjectIdentifier, Vec<u8>)>,
    /// Each extension that is none of the above: its number and what is in its octet string.
    pub(crate) private: Vec<(ObjectIdentifier, Vec<u8>)>,
    /// Whether one is critical that we do not understand.
    pub(crate) understood: Understood,
}

/// Whether a certificate may issue others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Authority {
    #[default]
    No,
    /// It may, with at most so many authorities below it.
    Yes { below: Option<u32> },
}

/// Whether everything critical was understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Understood {
    #[default]
    All,
    NotAll,
}

/// The bits of `keyUsage`, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Usage(u8);

impl Usage {
    /// `digitalSignature` or `nonRepudiation`.
    pub(crate) const fn allows_signing(self) -> bool {
        self.0 & 0b1100_0000 != 0
    }

    /// `keyCertSign`.
    pub(crate) const fn allows_issuing(self) -> bool {
        self.0 & 0b0000_0100 != 0
    }

    /// `cRLSign`.
    pub(crate) const fn allows_listing(self) -> bool {
        self.0 & 0b0000_0010 != 0
    }
}

impl Extensions {
    /// `Extensions`.
    pub(super) fn read(list: Element<'_>) -> Result<Self, Malformed> {
        let mut read = Self::default();
        let mut seen = Vec::new();
        for extension in list.inside().all(EXTENSIONS)? {
            let mut fields = extension.of(SEQUENCE)?.inside();
            let number = fields.expect(OID)?.oid()?;
            let critical = match fields.optional(BOOLEAN)? {
                Some(critical) => critical.truth()?,
                None => false,
            };
            let value = fields.expect(OCTET_STRING)?.value;
            fields.finish()?;
            if seen.contains(&number) {
                return Err(Malformed);
            }
            seen.push(number);
            if critical && !UNDERSTOOD.contains(&number) {
                read.understood = Understood::NotAll;
            }
            read.take(number, value)?;
        }
        Ok(read)
    }

    fn take(&mut self, number: ObjectIdentifier, value: &[u8]) -> Result<(), Malformed> {
        match number {
            BASIC_CONSTRAINTS => self.authority = authority(value)?,
            KEY_USAGE => self.usage = Some(usage(value)?),
            PURPOSES => self.purposes = Some(purposes(value)?),
            POLICIES => self.policies = policies(value)?,
            SUBJECT_KEY_ID => {
                self.subject_key_id = Some(Element::only_of(OCTET_STRING, value)?.value.to_vec());
            }
            ACCESS => self.ocsp = access(value)?,
            LISTS => self.lists = lists(value)?,
            SUBJECT_NAMES => self.other_names = other_names(value)?,
            other => self.private.push((other, value.to_vec())),
        }
        Ok(())
    }
}

/// `BasicConstraints`.
fn authority(value: &[u8]) -> Result<Authority, Malformed> {
    let mut fields = Element::only_of(SEQUENCE, value)?.inside();
    let yes = match fields.optional(BOOLEAN)? {
        Some(yes) => yes.truth()?,
        None => false,
    };
    let below = fields.optional(INTEGER)?.map(Element::small).transpose()?;
    fields.finish()?;
    Ok(if yes {
        Authority::Yes { below }
    } else {
        Authority::No
    })
}

/// `KeyUsage`: its first eight bits are all that we ask for.
fn usage(value: &[u8]) -> Result<Usage, Malformed> {
    match Element::only_of(BIT_STRING, value)?.value {
        [0..=7, first, ..] => Ok(Usage(*first)),
        [0] => Ok(Usage(0)),
        _ => Err(Malformed),
    }
}

/// `ExtKeyUsageSyntax`.
fn purposes(value: &[u8]) -> Result<Vec<ObjectIdentifier>, Malformed> {
    let entries = Element::only_of(SEQUENCE, value)?.inside().all(ENTRIES)?;
    entries.into_iter().map(Element::oid).collect()
}

/// `CertificatePolicies`.
fn policies(value: &[u8]) -> Result<Vec<ObjectIdentifier>, Malformed> {
    let entries = Element::only_of(SEQUENCE, value)?.inside().all(ENTRIES)?;
    let policy = |entry: Element<'_>| entry.of(SEQUENCE)?.inside().expect(OID)?.oid();
    entries.into_iter().map(policy).collect()
}

/// `AuthorityInfoAccessSyntax`: the addresses for OCSP.
fn access(value: &[u8]) -> Result<Vec<String>, Malformed> {
    let mut addresses = Vec::new();
    for entry in Element::only_of(SEQUENCE, value)?.inside().all(ENTRIES)? {
        let mut fields = entry.of(SEQUENCE)?.inside();
        let method = fields.expect(OID)?.oid()?;
        let place = fields.any()?;
        if method == BY_OCSP {
            addresses.extend(address(place));
        }
    }
    Ok(addresses)
}

/// `CRLDistributionPoints`: the addresses of complete lists by the issuer itself.
fn lists(value: &[u8]) -> Result<Vec<String>, Malformed> {
    let mut addresses = Vec::new();
    for point in Element::only_of(SEQUENCE, value)?.inside().all(ENTRIES)? {
        let mut fields = point.of(SEQUENCE)?.inside();
        let place = fields.optional(constructed(0))?;
        // A list of some reasons, or by somebody else, is not one that we can use.
        let (Some(place), true) = (place, fields.is_at_end()) else {
            continue;
        };
        let place = Element::only(place.value)?;
        if place.tag == constructed(0) {
            addresses.extend(place.inside().all(ENTRIES)?.into_iter().filter_map(address));
        }
    }
    Ok(addresses)
}

/// A `uniformResourceIdentifier` that we could ask.
pub(crate) fn address(name: Element<'_>) -> Option<String> {
    if name.tag != primitive(6) || name.value.len() > ADDRESS {
        return None;
    }
    let text = core::str::from_utf8(name.value).ok()?.trim();
    let lower = text.to_ascii_lowercase();
    let asked = text.bytes().all(|byte| byte.is_ascii_graphic())
        && (lower.starts_with("http://") || lower.starts_with("https://"));
    asked.then(|| text.to_owned())
}

/// `SubjectAltName`: the names of kinds that X.509 does not know.
fn other_names(value: &[u8]) -> Result<Vec<(ObjectIdentifier, Vec<u8>)>, Malformed> {
    let mut names = Vec::new();
    for name in Element::only_of(SEQUENCE, value)?.inside().all(ENTRIES)? {
        if name.tag == constructed(0) {
            let mut fields = name.inside();
            names.push((fields.expect(OID)?.oid()?, fields.rest().to_vec()));
        }
    }
    Ok(names)
}

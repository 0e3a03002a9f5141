//! A certificate before it is signed: every part of it can be taken away or spoiled.

use super::der;
use super::keys::{Digest, Key};
use shared::time::Timestamp;

/// A certificate with its key.
#[derive(Clone, Debug)]
pub struct Identity {
    /// As it is on the wire.
    pub certificate: Vec<u8>,
    /// Its key.
    pub key: Key,
    /// Its subject, a `Name`.
    pub subject: Vec<u8>,
    /// Its issuer, a `Name`.
    pub issuer: Vec<u8>,
    /// Its serial number, big-endian.
    pub serial: Vec<u8>,
}

/// A certificate that is not signed yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Whose.
    pub subject: Vec<u8>,
    /// The subject's key.
    pub key: Key,
    /// Big-endian.
    pub serial: Vec<u8>,
    /// Since when.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
    /// How the issuer's signature digests it.
    pub digest: Digest,
    /// In this order.
    pub extensions: Vec<Extension>,
}

/// An extension of a certificate.
#[derive(Clone, Debug)]
pub struct Extension {
    /// Its identifier, dotted.
    pub id: String,
    /// Whether whoever does not know it must refuse the certificate.
    pub weight: Weight,
    /// What is in its OCTET STRING.
    pub value: Vec<u8>,
}

/// Whether an extension may be passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It may not.
    Critical,
    /// It may.
    Ordinary,
}

/// Identifiers of extensions.
pub mod id {
    /// Basic constraints.
    pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
    /// Key usage.
    pub const KEY_USAGE: &str = "2.5.29.15";
    /// Extended key usage.
    pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
    /// Subject's alternative names.
    pub const SUBJECT_NAMES: &str = "2.5.29.17";
    /// Policies.
    pub const POLICIES: &str = "2.5.29.32";
    /// Where revocation lists are.
    pub const LISTS: &str = "2.5.29.31";
    /// Where the authority answers.
    pub const AUTHORITY_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
    /// The subject's key.
    pub const SUBJECT_KEY: &str = "2.5.29.14";
    /// The issuer's key.
    pub const AUTHORITY_KEY: &str = "2.5.29.35";
}

/// Uses of a key, as bits of the extension.
pub mod usage {
    /// digitalSignature.
    pub const SIGNATURE: u16 = 0x8000;
    /// nonRepudiation.
    pub const NON_REPUDIATION: u16 = 0x4000;
    /// keyEncipherment.
    pub const ENCIPHERMENT: u16 = 0x2000;
    /// keyCertSign.
    pub const CERTIFICATES: u16 = 0x0400;
    /// cRLSign.
    pub const LISTS: u16 = 0x0200;
}

impl Extension {
    /// One that may be passed over.
    pub fn ordinary(id: &str, value: Vec<u8>) -> Self {
        let weight = Weight::Ordinary;
        Self {
            id: id.to_owned(),
            weight,
            value,
        }
    }

    /// One that may not.
    pub fn critical(id: &str, value: Vec<u8>) -> Self {
        let weight = Weight::Critical;
        Self {
            id: id.to_owned(),
            weight,
            value,
        }
    }

    /// Key usage.
    pub fn key_usage(uses: u16) -> Self {
        let [first, second] = uses.to_be_bytes();
        let bytes: &[u8] = if second == 0 { &[first] } else { &[first, second] };
        let unused = u8::try_from(bytes[bytes.len() - 1].trailing_zeros().min(7)).expect("at most seven");
        let content = [&[unused], bytes].concat();
        Self::critical(id::KEY_USAGE, der::tagged(0x03, &content))
    }

    /// Basic constraints of an authority with so many authorities below it.
    pub fn authority(path_length: Option<u32>) -> Self {
        let mut parts = vec![der::truth()];
        parts.extend(path_length.map(der::number));
        Self::critical(id::BASIC_CONSTRAINTS, der::seq(&parts))
    }

    /// Basic constraints of what is no authority.
    pub fn no_authority() -> Self {
        Self::critical(id::BASIC_CONSTRAINTS, der::seq(&[]))
    }

    /// Policies, dotted.
    pub fn policies(policies: &[String]) -> Self {
        let each: Vec<Vec<u8>> = policies
            .iter()
            .map(|policy| der::seq(&[der::oid(policy)]))
            .collect();
        Self::ordinary(id::POLICIES, der::seq(&each))
    }

    /// Extended key usages, dotted.
    pub fn purposes(purposes: &[&str]) -> Self {
        let each: Vec<Vec<u8>> = purposes.iter().map(|purpose| der::oid(purpose)).collect();
        Self::ordinary(id::EXTENDED_KEY_USAGE, der::seq(&each))
    }

    /// Where the authority answers by OCSP.
    pub fn ocsp(url: &str) -> Self {
        let place = der::seq(&[der::oid("1.3.6.1.5.5.7.48.1"), der::implicit(6, url.as_bytes())]);
        Self::ordinary(id::AUTHORITY_ACCESS, der::seq(&[place]))
    }

    /// Where its revocation list is.
    pub fn list(url: &str) -> Self {
        let names = der::context(0, &der::implicit(6, url.as_bytes()));
        let point = der::seq(&[der::context(0, &names)]);
        Self::ordinary(id::LISTS, der::seq(&[point]))
    }

    /// As it stands in a certificate or a list.
    pub fn written(&self) -> Vec<u8> {
        let mut parts = vec![der::oid(&self.id)];
        if self.weight == Weight::Critical {
            parts.push(der::truth());
        }
        parts.push(der::octets(&self.value));
        der::seq(&parts)
    }
}

impl Draft {
    /// The same with this extension in the place of the one with its identifier, or added.
    #[must_use]
    pub fn with(mut self, extension: Extension) -> Self {
        match self.extensions.iter_mut().find(|other| other.id == extension.id) {
            Some(other) => *other = extension,
            None => self.extensions.push(extension),
        }
        self
    }

    /// The same without an extension.
    #[must_use]
    pub fn without(mut self, id: &str) -> Self {
        self.extensions.retain(|extension| extension.id != id);
        self
    }

    /// Signed by its own key.
    pub fn self_signed(self) -> Identity {
        let (subject, key) = (self.subject.clone(), self.key);
        self.sealed(subject, key)
    }

    /// Signed by an issuer.
    pub fn signed_by(self, issuer: &Identity) -> Identity {
        let keyed = der::seq(&[der::implicit(0, &key_id(issuer.key))]);
        let draft = self.with(Extension::ordinary(id::AUTHORITY_KEY, keyed));
        draft.sealed(issuer.subject.clone(), issuer.key)
    }

    /// Signed with any key in any name.
    pub fn sealed(self, issuer: Vec<u8>, by: Key) -> Identity {
        let own = Extension::ordinary(id::SUBJECT_KEY, der::octets(&key_id(self.key)));
        let draft = self.with(own);
        let extensions: Vec<Vec<u8>> = draft.extensions.iter().map(Extension::written).collect();
        let algorithm = by.algorithm(draft.digest);
        let body = der::seq(&[
            der::context(0, &der::number(2)),
            der::integer(&draft.serial),
            algorithm.clone(),
            issuer.clone(),
            der::seq(&[der::moment(draft.not_before), der::moment(draft.not_after)]),
            draft.subject.clone(),
            draft.key.public_info(),
            der::context(3, &der::seq(&extensions)),
        ]);
        let signature = der::bits(&by.sign(draft.digest, &body));
        Identity {
            certificate: der::seq(&[body, algorithm, signature]),
            key: draft.key,
            subject: draft.subject,
            issuer,
            serial: draft.serial,
        }
    }
}

impl Identity {
    /// The certificate in PEM, for other tools.
    pub fn pem(&self) -> String {
        super::pem("CERTIFICATE", &self.certificate)
    }
}

/// What a key is called in extensions: the SHA-1 of its bits, as everybody does.
pub fn key_id(key: Key) -> Vec<u8> {
    Digest::Sha1.of(&key.public_bits())
}

/// A `Name` of attributes, each an identifier and its value's DER, one a line.
pub fn name(attributes: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let lines: Vec<Vec<u8>> = attributes
        .iter()
        .map(|(id, value)| der::set(&[der::seq(&[der::oid(id), value.clone()])]))
        .collect();
    der::seq(&lines)
}

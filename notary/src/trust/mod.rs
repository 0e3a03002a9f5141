//! What is trusted: the pinned anchors, the intermediates that an operator adds, and the table of authorities.
//!
//! Words: an *anchor* is a root certificate that the operator put into the folder; an *intermediate* is any other
//! authority's certificate there, trusted only as far as it chains to an anchor, like those that a signature brings.
//!
//! Invariants: everything here may issue certificates and has a key that we take. Whoever signed what: only anchors are trusted.

mod pem;

#[cfg(test)]
mod tests;

use crate::algorithms::Refusal;
use crate::authorities::Authorities;
use crate::certificate::{Certificate, common_name};
use serde::{Deserialize, Serialize};
use shared::time::Timestamp;
use std::sync::Arc;

/// A file of the folder: PEM with one certificate or many, or one in DER.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TrustFile {
    /// Its name, for errors.
    pub name: String,
    /// What is in it, base64 on a wire.
    #[serde(with = "crate::base64")]
    pub bytes: Vec<u8>,
}

/// Why a file of the folder cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// It has no certificate in it.
    #[error("{0}: no certificate in it")]
    NoCertificate(String),
    /// It has one that cannot be read.
    #[error("{0}: a certificate in it cannot be read")]
    Unreadable(String),
    /// It has one that may not issue others.
    #[error("{0}: a certificate in it is no authority's (basicConstraints)")]
    NoAuthority(String),
    /// It has one whose key is too weak or of a kind that we do not take.
    #[error("{0}: a certificate in it has a key that is too weak or not known")]
    Key(String),
}

/// What is trusted.
#[derive(Clone)]
pub struct Trust {
    pub(crate) anchors: Vec<Arc<Certificate>>,
    pub(crate) intermediates: Vec<Arc<Certificate>>,
    pub(crate) authorities: Authorities,
}

/// A trusted certificate as an operator is shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trusted {
    /// Its common name, or its organisation.
    pub name: String,
    /// Whether it is an anchor or an intermediate.
    pub as_what: TrustedAs,
    /// The certificate's time.
    pub not_before: Timestamp,
    /// The certificate's time.
    pub not_after: Timestamp,
    /// SHA-256 of the certificate, in hexadecimal.
    pub sha256: String,
}

/// What a certificate of the folder is taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrustedAs {
    /// Issued by itself: chains end here.
    Anchor,
    /// Issued by another: it helps to build chains.
    Intermediate,
}

impl core::fmt::Debug for Trust {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Trust")
            .field("anchors", &self.anchors.len())
            .field("intermediates", &self.intermediates.len())
            .finish_non_exhaustive()
    }
}

impl Trust {
    /// The folder's files, and the table. No file at all is allowed: then no signature passes.
    pub fn read(files: &[TrustFile], authorities: Authorities) -> Result<Self, TrustError> {
        let mut trust = Self {
            anchors: Vec::new(),
            intermediates: Vec::new(),
            authorities,
        };
        for file in files {
            trust.add(file)?;
        }
        Ok(trust)
    }

    fn add(&mut self, file: &TrustFile) -> Result<(), TrustError> {
        let unreadable = || TrustError::Unreadable(file.name.clone());
        let certificates = pem::certificates(&file.bytes).map_err(|_| unreadable())?;
        if certificates.is_empty() {
            return Err(TrustError::NoCertificate(file.name.clone()));
        }
        for der in certificates {
            let certificate = Certificate::read(&der).map_err(|_| unreadable())?;
            if !certificate.is_authority() {
                return Err(TrustError::NoAuthority(file.name.clone()));
            }
            if certificate.key.is_err() {
                return Err(TrustError::Key(file.name.clone()));
            }
            // An old root may have signed itself with SHA-1: nothing rests on that signature.
            let list = match certificate
                .is_self_issued()
                .then(|| certificate.is_issued_by(&certificate))
            {
                Some(Ok(()) | Err(Refusal::Weak | Refusal::Unknown)) => &mut self.anchors,
                Some(Err(Refusal::Malformed | Refusal::Wrong)) => return Err(unreadable()),
                None => &mut self.intermediates,
            };
            if list.iter().all(|known| known.der != certificate.der) {
                list.push(Arc::new(certificate));
            }
        }
        Ok(())
    }

    /// Everything that was read from the folder, for an operator to look at.
    pub fn certificates(&self) -> impl Iterator<Item = Trusted> {
        let anchors = self
            .anchors
            .iter()
            .map(|certificate| (certificate, TrustedAs::Anchor));
        let others = self.intermediates.iter();
        anchors
            .chain(others.map(|certificate| (certificate, TrustedAs::Intermediate)))
            .map(|(certificate, as_what)| Trusted {
                name: common_name(&certificate.subject).unwrap_or_default(),
                as_what,
                not_before: certificate.not_before,
                not_after: certificate.not_after,
                sha256: certificate.fingerprint(),
            })
    }

    /// Whether there is any anchor. Without one, no signature can pass.
    pub fn has_anchors(&self) -> bool {
        !self.anchors.is_empty()
    }

    /// The table of authorities.
    pub const fn authorities(&self) -> &Authorities {
        &self.authorities
    }
}

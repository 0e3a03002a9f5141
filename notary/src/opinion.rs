//! What an examination comes to.

use serde::{Deserialize, Serialize};
use shared::signatures::Findings;
use shared::time::Timestamp;
use std::fmt;

/// What was found, who signed, and what it rests on.
#[derive(Clone, Serialize, Deserialize)]
pub struct Opinion {
    /// One finding a check; the representative's is skipped.
    pub findings: Findings,
    /// Who signed, as far as the certificate could be read; told only, unless the findings passed.
    pub signer: Option<Signer>,
    /// What the opinion rests on, to be kept with the file.
    pub evidence: Evidence,
}

/// Who the certificate names. Personal data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Cédula, passport or other number, without its prefix.
    pub identification: Option<String>,
    /// As in the certificate.
    pub given_names: Option<String>,
    /// As in the certificate.
    pub surnames: Option<String>,
    /// As in the certificate.
    pub organisation: Option<String>,
    /// The position as in the certificate: free text, believed for nothing.
    pub position: Option<String>,
    /// The RUC in the certificate.
    pub ruc: Option<String>,
    /// In which quality the certificate was issued, by its policy.
    pub role: Role,
    /// The accredited authority, as our table names it.
    pub authority: Option<String>,
    /// The certificate's serial number, in hexadecimal.
    pub serial: String,
    /// The certificate's time.
    pub not_before: Timestamp,
    /// The certificate's time.
    pub not_after: Timestamp,
    /// When the signer claims to have signed: recorded, not believed.
    pub claimed_at: Option<Timestamp>,
}

/// The quality in which a certificate was issued. It tells about the past; the registry tells about today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A natural person.
    NaturalPerson,
    /// A member of a company.
    Member,
    /// A legal representative.
    LegalRepresentative,
    /// A legal person.
    LegalPerson,
    /// A public servant.
    PublicServant,
    /// A policy that the table does not know.
    Unknown,
}

/// What an opinion rests on: certificates and answers, each as it came (DER), base64 on a wire.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// The chain, the signer's first, the anchor last.
    #[serde(with = "crate::base64::list")]
    pub chain: Vec<Vec<u8>>,
    /// The OCSP responses that were relied on.
    #[serde(with = "crate::base64::list")]
    pub ocsp: Vec<Vec<u8>>,
    /// The revocation lists that were relied on.
    #[serde(with = "crate::base64::list")]
    pub crls: Vec<Vec<u8>>,
}

/// Shows no person.
impl fmt::Debug for Opinion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opinion")
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

/// Shows no person.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("role", &self.role)
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}

/// Shows how much there is of it: certificates name people.
impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence")
            .field("chain", &self.chain.len())
            .field("ocsp", &self.ocsp.len())
            .field("crls", &self.crls.len())
            .finish()
    }
}

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
    /// What else was answered, of either kind, and decided nothing: too old, of a stranger, about something else, unreadable.
    /// At most [`QUESTIONS`](crate::QUESTIONS) of them and [`DOUBTED`] bytes: a list that is too long for that is left out.
    #[serde(with = "crate::base64::list", default)]
    pub doubted: Vec<Vec<u8>>,
}

/// The most bytes of answers that are kept although they decided nothing: far more than OCSP responses have.
pub const DOUBTED: usize = 2 << 20;

impl Evidence {
    /// Keeps an answer that decided nothing, unless it is there already or there is no room for it.
    pub fn doubt(&mut self, answer: &[u8]) {
        let before: usize = self.doubted.iter().map(Vec::len).sum();
        let mut known = self.ocsp.iter().chain(&self.crls).chain(&self.doubted);
        if before.saturating_add(answer.len()) <= DOUBTED && known.all(|known| known != answer) {
            self.doubted.push(answer.to_vec());
        }
    }
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
            .field("doubted", &self.doubted.len())
            .finish()
    }
}

//! What is kept as a file: its classes.
//!
//! This module does not store.

pub mod api;

use serde::{Deserialize, Serialize};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DocumentClass {
    /// A request as it was issued: a PDF of ours.
    SignatureRequest,
    /// What somebody uploaded as a signed request, whatever it is.
    SignedRequest,
    /// What a verdict rests on: the opinion, the chain, the answers about its revocation.
    SignatureEvidence,
    /// A file of an item of a dossier, made harmless.
    DossierPaper,
}

impl DocumentClass {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::SignatureRequest,
        Self::SignedRequest,
        Self::SignatureEvidence,
        Self::DossierPaper,
    ];

    /// As it stands in rows, and in what seals a document.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignatureRequest => "signature_request",
            Self::SignedRequest => "signed_request",
            Self::SignatureEvidence => "signature_evidence",
            Self::DossierPaper => "dossier_paper",
        }
    }
}

//! The notary: issues the requests that people sign, and judges what comes back.
//!
//! Words: a *request* is the PDF that we issue; the *signed request* is what somebody uploads; an examination
//! of it asks *questions* of the authorities (revocation), is given their *replies*, and ends in an [`Opinion`]: one finding a
//! check, who signed, and the evidence.
//!
//! Invariants: it has no clock, no network, no randomness and no file of its own: all of these are parameters. No input makes
//! it panic; what it reads has limits of size, depth and number. It never says that a check passed which was not made.
//!
//! What it does not do: it does not know accounts or registries. Whether the signer represents the employer *today* is asked by
//! the server ([`Findings::representative`](shared::signatures::Findings) stays skipped here), and the server runs it in a
//! process of its own with limits of memory and time.

mod algorithms;
mod asn1;
mod authorities;
mod base64;
mod certificate;
mod cms;
mod document;
mod examination;
mod expectation;
#[doc(hidden)]
pub mod fuzzing;
pub mod handout;
pub mod issue;
#[cfg(test)]
mod mint;
mod opinion;
mod path;
mod revocation;
mod trust;

pub use authorities::{Authorities, AuthoritiesError};
pub use examination::{Examination, QUESTIONS};
pub use expectation::{Expectation, ExpectedHolder, Issued, Nonce, Use};
pub use opinion::{DOUBTED, Evidence, Opinion, Role, Signer};
pub use revocation::{Question, Reply, Unanswered, freshness};
pub use trust::{Trust, TrustError, TrustFile, Trusted, TrustedAs};

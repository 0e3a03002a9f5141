//! The chain from a signer's certificate to a pinned anchor (RFC 5280, section 6).
//!
//! Checked of every chain: each certificate is issued by the next (name and signature), with a strong signature and key; each
//! authority is one (basicConstraints, pathLen, keyCertSign); nothing critical is left that we do not understand; each is
//! valid at our clock.
//!
//! Invariants: the work is bounded, whatever certificates come: at most [`DEPTH`] in a chain and [`VERIFICATIONS`] signatures
//! in all. A certificate that came with the signature is never an anchor, whatever it calls itself.
//!
//! What it does not do: policies (the table reads them), names' constraints (an authority with critical ones is refused),
//! revocation, fetching what is missing.

#[cfg(test)]
mod tests;

use crate::algorithms::Refusal;
use crate::certificate::{Authority, Certificate, Understood, Usage};
use crate::trust::Trust;
use core::time::Duration;
use shared::signatures::Reason;
use shared::time::Timestamp;
use std::sync::Arc;

/// Certificates in a chain, the signer's and the anchor among them.
pub(crate) const DEPTH: usize = 6;
/// Signatures that are verified while looking for a chain.
const VERIFICATIONS: u32 = 64;

/// A chain to an anchor.
#[derive(Clone)]
pub(crate) struct Path {
    /// The signer's first, the anchor last.
    pub(crate) chain: Vec<Arc<Certificate>>,
    /// Why one of them is not valid at our clock, if one is not.
    pub(crate) period: Option<Reason>,
}

/// Looks for a chain from `signer` through certificates that came along, or that the operator added, to an anchor.
///
/// Of several chains, one that is valid now is preferred. Fails with [`Reason::UnknownAuthority`] where no chain of signatures
/// ends at an anchor, else with what is wrong with the one that does.
pub(crate) fn find(
    signer: &Arc<Certificate>,
    along: &[Arc<Certificate>],
    trust: &Trust,
    now: Timestamp,
) -> Result<Path, Reason> {
    let mut search = Search {
        along,
        trust,
        now,
        left: VERIFICATIONS,
        best: None,
        fault: Reason::UnknownAuthority,
    };
    search.extend(&mut vec![Arc::clone(signer)], None);
    search.best.ok_or(search.fault)
}

struct Search<'a> {
    along: &'a [Arc<Certificate>],
    trust: &'a Trust,
    now: Timestamp,
    left: u32,
    best: Option<Path>,
    fault: Reason,
}

impl Search<'_> {
    /// Tries every issuer of the chain's last certificate; `fault` is what is wrong with the chain so far.
    fn extend(&mut self, chain: &mut Vec<Arc<Certificate>>, fault: Option<Reason>) {
        let Some(last) = chain.last().map(Arc::clone) else {
            return;
        };
        let others = self.along.iter().chain(&self.trust.intermediates);
        let candidates: Vec<(Arc<Certificate>, Found)> = self
            .trust
            .anchors
            .iter()
            .map(|anchor| (Arc::clone(anchor), Found::Anchor))
            .chain(others.map(|other| (Arc::clone(other), Found::Between)))
            .collect();
        for (issuer, found) in candidates {
            if self.is_done() || chain.iter().any(|known| known.der == issuer.der) {
                continue;
            }
            let Some(weakness) = self.issued(&last, &issuer) else {
                continue;
            };
            let fault = fault.or(weakness).or_else(|| misuse(chain, &issuer));
            chain.push(issuer);
            match found {
                Found::Anchor => self.ended(chain, fault),
                Found::Between if chain.len() < DEPTH => self.extend(chain, fault),
                Found::Between => {}
            }
            chain.pop();
        }
    }

    /// Whether `issuer` issued `last`: nothing if it did not, else what is too weak about it.
    #[expect(
        clippy::option_option,
        reason = "no issuer, an issuer without a fault, an issuer with one"
    )]
    fn issued(&mut self, last: &Certificate, issuer: &Certificate) -> Option<Option<Reason>> {
        if !crate::certificate::same_name(&last.issuer, &issuer.subject) {
            return None;
        }
        self.left = self.left.checked_sub(1)?;
        match last.is_issued_by(issuer) {
            Ok(()) => Some(None),
            // Not verified, so it may be anybody's: that the names fit is enough to refuse it by this name.
            Err(Refusal::Weak | Refusal::Unknown) => Some(Some(Reason::WeakAlgorithm)),
            Err(Refusal::Malformed | Refusal::Wrong) => None,
        }
    }

    fn ended(&mut self, chain: &[Arc<Certificate>], fault: Option<Reason>) {
        if let Some(fault) = fault {
            self.fault = fault;
            return;
        }
        let period = chain.iter().find_map(|certificate| period(certificate, self.now));
        if self.best.is_none() || period.is_none() {
            self.best = Some(Path {
                chain: chain.to_vec(),
                period,
            });
        }
    }

    /// Whether a chain without any fault was found, or enough was tried.
    fn is_done(&self) -> bool {
        self.left == 0 || self.best.as_ref().is_some_and(|path| path.period.is_none())
    }
}

/// Why a certificate is not valid at this instant. It still is at the second that it names as its last.
pub(crate) fn period(certificate: &Certificate, now: Timestamp) -> Option<Reason> {
    const SECOND: Duration = Duration::from_secs(1);
    if now < certificate.not_before {
        Some(Reason::CertificateNotYetValid)
    } else if now >= certificate.not_after.after(SECOND) {
        Some(Reason::CertificateExpired)
    } else {
        None
    }
}

/// Where a certificate comes from.
#[derive(Clone, Copy)]
enum Found {
    Anchor,
    Between,
}

/// What forbids `issuer` to stand above this chain.
fn misuse(chain: &[Arc<Certificate>], issuer: &Certificate) -> Option<Reason> {
    let between = chain.iter().skip(1);
    let below = between
        .filter(|certificate| !certificate.is_self_issued())
        .count();
    let allowed = match issuer.extensions.authority {
        Authority::No => false,
        Authority::Yes { below: None } => true,
        Authority::Yes { below: Some(limit) } => usize::try_from(limit).is_ok_and(|limit| below <= limit),
    };
    let may_issue = issuer.extensions.usage.is_none_or(Usage::allows_issuing);
    let signer = chain.first().map(|signer| signer.extensions.understood);
    let understood = issuer.extensions.understood == Understood::All && signer != Some(Understood::NotAll);
    (!allowed || !may_issue || !understood).then_some(Reason::ChainBroken)
}

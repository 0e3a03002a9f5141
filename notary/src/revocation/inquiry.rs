//! Finding out whether one certificate was revoked: whom to ask next, and what all answers come to.

use super::{Question, Reply, list, ocsp};
use crate::certificate::Certificate;
use crate::{DOUBTED, Unanswered};
use core::time::Duration;
use shared::signatures::{Finding, Reason};
use shared::time::Timestamp;
use std::collections::VecDeque;
use std::sync::Arc;

/// Places of each kind that are asked about one certificate.
const PLACES: usize = 2;
/// How far our clock and the authority's may be apart.
const SKEW: Duration = Duration::from_mins(5);
/// How long an answer counts that does not say how long it does.
const LONGEST_WITHOUT_WORD: Duration = Duration::from_hours(24);

/// When an answer is of use, as it says.
#[derive(Clone, Copy)]
pub(super) struct Window {
    /// `thisUpdate`
    pub(super) from: Timestamp,
    /// `nextUpdate`
    pub(super) until: Option<Timestamp>,
}

impl Window {
    pub(super) fn until(self) -> Timestamp {
        self.until
            .unwrap_or_else(|| self.from.after(LONGEST_WITHOUT_WORD))
    }

    pub(super) fn is_open(self, now: Timestamp) -> bool {
        self.from <= now.after(SKEW) && now <= self.until().after(SKEW)
    }
}

/// What an answer says about a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Not revoked.
    Good,
    /// Nobody answered.
    Unreachable,
    /// The authority does not know it, or the answer is not about certificates like it.
    Unknown,
    /// It is too old.
    Stale,
    /// It is not the authority's.
    Untrusted,
    /// Revoked.
    Revoked,
}

impl Standing {
    /// What outweighs what, where there are several.
    pub(super) const fn weight(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Unreachable => 1,
            Self::Unknown => 2,
            Self::Stale => 3,
            Self::Untrusted => 4,
            Self::Revoked => 5,
        }
    }

    const fn finding(self) -> Finding {
        match self {
            Self::Good => Finding::Passed,
            Self::Unreachable => Finding::Unknown(Reason::RevocationUnreachable),
            Self::Unknown => Finding::Unknown(Reason::RevocationUnknown),
            Self::Stale => Finding::Unknown(Reason::RevocationStale),
            Self::Untrusted => Finding::Unknown(Reason::RevocationUntrusted),
            Self::Revoked => Finding::Failed(Reason::Revoked),
        }
    }
}

/// The inquiry about one certificate.
pub(crate) struct Inquiry {
    certificate: Arc<Certificate>,
    issuer: Arc<Certificate>,
    /// Whom to ask, in this order.
    left: VecDeque<Question>,
    /// The heaviest of what was said so far, if nothing certain was.
    doubt: Standing,
    certain: Option<Standing>,
    evidence: Option<Answer>,
    /// What was answered and decided nothing.
    doubted: Vec<Vec<u8>>,
}

/// An answer that decided.
#[derive(Clone)]
pub(crate) enum Answer {
    Ocsp(Vec<u8>),
    List(Vec<u8>),
}

impl Inquiry {
    /// About `certificate`, of which `issuer` is the issuer: OCSP first, then lists.
    pub(crate) fn about(certificate: &Arc<Certificate>, issuer: &Arc<Certificate>) -> Self {
        let request = ocsp::request(certificate, issuer);
        let responders = certificate
            .extensions
            .ocsp
            .iter()
            .take(PLACES)
            .map(|url| Question::Ocsp {
                url: url.clone(),
                request: request.clone(),
            });
        let lists = certificate.extensions.lists.iter().take(PLACES);
        let left: VecDeque<_> = responders
            .chain(lists.map(|url| Question::Crl { url: url.clone() }))
            .collect();
        Self {
            certificate: Arc::clone(certificate),
            issuer: Arc::clone(issuer),
            // Without any place to ask, the authority cannot tell.
            doubt: if left.is_empty() {
                Standing::Unknown
            } else {
                Standing::Unreachable
            },
            left,
            certain: None,
            evidence: None,
            doubted: Vec::new(),
        }
    }

    /// What to ask next; nothing, once it is certain or there is nobody left.
    pub(crate) fn question(&self) -> Option<&Question> {
        match self.certain {
            Some(_) => None,
            None => self.left.front(),
        }
    }

    /// Takes the reply to the question that is asked next; any other is not this inquiry's.
    pub(crate) fn reply(&mut self, question: &Question, reply: &Reply, now: Timestamp) {
        if self.question() != Some(question) {
            return;
        }
        self.left.pop_front();
        let standing = match (&reply.bytes, question) {
            (Err(Unanswered::Forbidden | Unanswered::Unreachable | Unanswered::TooLarge), _) => {
                Standing::Unreachable
            }
            (Ok(bytes), Question::Ocsp { .. }) => ocsp::read(bytes, &self.certificate, &self.issuer, now),
            (Ok(bytes), Question::Crl { .. }) => list::read(bytes, &self.certificate, &self.issuer, now),
        };
        let decides = match standing {
            Standing::Good | Standing::Revoked => true,
            // A responder that does not know a certificate of its own authority is word enough: no list makes up for it.
            Standing::Unknown => matches!(question, Question::Ocsp { .. }),
            Standing::Unreachable | Standing::Stale | Standing::Untrusted => false,
        };
        if decides {
            self.certain = Some(standing);
            self.evidence = reply.bytes.as_ref().ok().map(|bytes| match question {
                Question::Ocsp { .. } => Answer::Ocsp(bytes.clone()),
                Question::Crl { .. } => Answer::List(bytes.clone()),
            });
            return;
        }
        if standing.weight() > self.doubt.weight() {
            self.doubt = standing;
        }
        if let Ok(bytes) = &reply.bytes
            && bytes.len() <= DOUBTED
        {
            self.doubted.push(bytes.clone());
        }
    }

    /// Gives up: who was not asked yet has not answered.
    pub(crate) fn stop(&mut self) {
        self.left.clear();
    }

    /// What all answers come to.
    pub(crate) fn finding(&self) -> Finding {
        self.certain.unwrap_or(self.doubt).finding()
    }

    /// The answer that decided.
    pub(crate) fn evidence(&self) -> Option<&Answer> {
        self.evidence.as_ref()
    }

    /// The answers that decided nothing, in the order in which they came.
    pub(crate) fn doubted(&self) -> &[Vec<u8>] {
        &self.doubted
    }
}

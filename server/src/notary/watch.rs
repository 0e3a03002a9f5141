//! What an operator sees of examinations: how they end, how long they take, and what became of the questions.

use crate::meters::Meters;
use notary::{Question, Unanswered};
use shared::signatures::{Check, Finding, Findings};
use std::time::Duration;

const EXAMINATIONS: &str = "clavero_notary_examinations_total";
const SECONDS: &str = "clavero_notary_examination_seconds";
const FAILURES: &str = "clavero_notary_failures_total";
const QUESTIONS: &str = "clavero_notary_questions_total";

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From what was kept.
    Cache,
    /// From the authority.
    Authority,
}

/// Watches examinations.
#[derive(Clone, Debug)]
pub struct Watch(Meters);

impl Watch {
    /// Counts into these meters.
    pub fn new(meters: Meters) -> Self {
        meters.describe_counter(
            EXAMINATIONS,
            "Signed files that were examined, by what was found.",
        );
        meters.describe_seconds(
            SECONDS,
            "How long examinations took, with what authorities were asked.",
        );
        meters.describe_counter(FAILURES, "Examinations without an opinion, by why.");
        meters.describe_counter(
            QUESTIONS,
            "Questions about revocation, by their kind, who answered and how.",
        );
        Self(meters)
    }

    /// An examination ended.
    pub fn ended(&self, findings: &Findings, took: Duration) {
        let tags = [("outcome", outcome(findings))];
        self.0.count(EXAMINATIONS, &tags);
        self.0.measure(SECONDS, &tags, took);
    }

    /// A child gave no opinion.
    pub fn failed(&self, why: &'static str) {
        self.0.count(FAILURES, &[("why", why)]);
    }

    /// A question was answered, or not.
    pub fn answered(&self, question: &Question, origin: Origin, result: Result<(), Unanswered>) {
        let kind = match question {
            Question::Ocsp { .. } => "ocsp",
            Question::Crl { .. } => "crl",
        };
        let origin = match origin {
            Origin::Cache => "cache",
            Origin::Authority => "authority",
        };
        let result = match result {
            Ok(()) => "answered",
            Err(Unanswered::Forbidden) => "forbidden",
            Err(Unanswered::Unreachable) => "unreachable",
            Err(Unanswered::TooLarge) => "too_large",
        };
        self.0.count(
            QUESTIONS,
            &[("kind", kind), ("origin", origin), ("result", result)],
        );
    }
}

/// The worst of what was found, by the notary alone.
fn outcome(findings: &Findings) -> &'static str {
    let found = |wanted: fn(Finding) -> bool| Check::ALL.iter().any(|check| wanted(findings.of(*check)));
    if found(|finding| matches!(finding, Finding::Failed(_))) {
        "failed"
    } else if found(|finding| matches!(finding, Finding::Unknown(_))) {
        "unknown"
    } else {
        "sound"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notary::{no_opinion, sound, undecided};
    use shared::signatures::Reason;

    #[test]
    fn what_is_counted_is_words() {
        let meters = Meters::new();
        let watch = Watch::new(meters.clone());
        watch.ended(&sound().findings, Duration::from_millis(30));
        watch.ended(&no_opinion().findings, Duration::from_secs(1));
        watch.failed("memory");
        watch.ended(&undecided().findings, Duration::from_secs(1));
        let failed = Findings {
            revocation: Finding::Failed(Reason::Revoked),
            ..no_opinion().findings
        };
        watch.ended(&failed, Duration::from_secs(1));
        let question = Question::Crl {
            url: "http://secret.example/".to_owned(),
        };
        watch.answered(&question, Origin::Cache, Ok(()));
        watch.answered(&question, Origin::Authority, Err(Unanswered::TooLarge));
        let text = meters.render();
        for line in [
            "clavero_notary_examinations_total{outcome=\"sound\"} 1",
            "clavero_notary_examinations_total{outcome=\"unknown\"} 1",
            "clavero_notary_examinations_total{outcome=\"failed\"} 2",
            "clavero_notary_failures_total{why=\"memory\"} 1",
            "clavero_notary_questions_total{kind=\"crl\",origin=\"cache\",result=\"answered\"} 1",
            "clavero_notary_questions_total{kind=\"crl\",origin=\"authority\",result=\"too_large\"} 1",
        ] {
            assert!(text.lines().any(|it| it == line), "{line} is not in:\n{text}");
        }
        assert!(!text.contains("secret"), "{text}");
    }
}

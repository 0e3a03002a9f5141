//! What an operator sees of examinations: how they end, how long they take, and what became of the questions.

use crate::meters::{Counter, Describe, Histogram, Meters};
use crate::words;
use notary::{Question, Unanswered};
use shared::signatures::{Check, Finding, Findings};
use std::time::Duration;

/// The meters of examinations.
pub const METERS: &[&dyn Describe] = &[&EXAMINATIONS, &SECONDS, &FAILURES, &QUESTIONS];

static EXAMINATIONS: Counter<(Outcome,)> = Counter::new(
    "clavero_notary_examinations_total",
    "Signed files that were examined, by what was found.",
);
static SECONDS: Histogram<(Outcome,)> = Histogram::new(
    "clavero_notary_examination_seconds",
    "How long examinations took, with what authorities were asked.",
);
static FAILURES: Counter<(Why,)> = Counter::new(
    "clavero_notary_failures_total",
    "Examinations without an opinion, by why.",
);
static QUESTIONS: Counter<(QuestionKind, Origin, Answered)> = Counter::new(
    "clavero_notary_questions_total",
    "Questions about revocation, by their kind, who answered and how.",
);

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From what was kept.
    Cache,
    /// From the authority.
    Authority,
}

impl Origin {
    const ALL: [Self; 2] = [Self::Cache, Self::Authority];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Cache => "cache",
            Self::Authority => "authority",
        }
    }
}

words!(Origin, "origin");

/// Why a file got no opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Too many others were being examined.
    Busy,
    /// No process could be made.
    Spawn,
    /// It took too long.
    Time,
    /// It said something else than it may.
    Rules,
    /// It took more memory than it may.
    Memory,
    /// It took more of the processor than it may.
    Processor,
    /// Another signal ended it.
    Signal,
    /// It panicked.
    Panic,
    /// It refused to begin.
    Refused,
    /// It ended, where the system does not tell how.
    Ended,
}

impl Why {
    const ALL: [Self; 10] = [
        Self::Busy,
        Self::Spawn,
        Self::Time,
        Self::Rules,
        Self::Memory,
        Self::Processor,
        Self::Signal,
        Self::Panic,
        Self::Refused,
        Self::Ended,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Spawn => "spawn",
            Self::Time => "time",
            Self::Rules => "rules",
            Self::Memory => "memory",
            Self::Processor => "processor",
            Self::Signal => "signal",
            Self::Panic => "panic",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }
}

words!(Why, "why");

/// What was found, at its worst.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Sound,
    Unknown,
    Failed,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Sound, Self::Unknown, Self::Failed];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
        }
    }
}

words!(Outcome, "outcome");

/// What kind of question.
#[derive(Clone, Copy, Debug)]
enum QuestionKind {
    Ocsp,
    Crl,
}

impl QuestionKind {
    const ALL: [Self; 2] = [Self::Ocsp, Self::Crl];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Ocsp => "ocsp",
            Self::Crl => "crl",
        }
    }
}

words!(QuestionKind, "kind");

/// What came of it.
#[derive(Clone, Copy, Debug)]
enum Answered {
    Given,
    Forbidden,
    Unreachable,
    TooLarge,
}

impl Answered {
    const ALL: [Self; 4] = [Self::Given, Self::Forbidden, Self::Unreachable, Self::TooLarge];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "answered",
            Self::Forbidden => "forbidden",
            Self::Unreachable => "unreachable",
            Self::TooLarge => "too_large",
        }
    }
}

words!(Answered, "result");

/// Watches examinations.
#[derive(Clone, Debug)]
pub struct Watch(Meters);

impl Watch {
    /// Counts into these meters.
    pub const fn new(meters: Meters) -> Self {
        Self(meters)
    }

    /// An examination ended.
    pub fn ended(&self, findings: &Findings, took: Duration) {
        let outcome = outcome(findings);
        self.0.count(&EXAMINATIONS, (outcome,));
        self.0.measure(&SECONDS, (outcome,), took);
    }

    /// A child gave no opinion.
    pub fn failed(&self, why: Why) {
        self.0.count(&FAILURES, (why,));
    }

    /// A question was answered, or not.
    pub fn answered(&self, question: &Question, origin: Origin, result: Result<(), Unanswered>) {
        let kind = match question {
            Question::Ocsp { .. } => QuestionKind::Ocsp,
            Question::Crl { .. } => QuestionKind::Crl,
        };
        let answered = match result {
            Ok(()) => Answered::Given,
            Err(Unanswered::Forbidden) => Answered::Forbidden,
            Err(Unanswered::Unreachable) => Answered::Unreachable,
            Err(Unanswered::TooLarge) => Answered::TooLarge,
        };
        self.0.count(&QUESTIONS, (kind, origin, answered));
    }
}

/// The worst of what was found, by the notary alone.
fn outcome(findings: &Findings) -> Outcome {
    let found = |wanted: fn(Finding) -> bool| Check::ALL.iter().any(|check| wanted(findings.of(*check)));
    if found(|finding| matches!(finding, Finding::Failed(_))) {
        Outcome::Failed
    } else if found(|finding| matches!(finding, Finding::Unknown(_))) {
        Outcome::Unknown
    } else {
        Outcome::Sound
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
        watch.failed(Why::Memory);
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

//! A notary that says what a test wants.

use super::{NotExamined, no_opinion};
use notary::{Evidence, Expectation, Opinion};
use shared::signatures::{Finding, Findings, Reason};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Opinions that are given one after another, or made by a function. Clones share the script.
///
/// Whoever asks without a script gets no opinion: nothing passes because a test forgot to say so.
#[derive(Clone, Default)]
pub struct Scripted(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    told: VecDeque<Result<Opinion, NotExamined>>,
    always: Option<Box<Judge>>,
    asked: Vec<Asked>,
}

type Judge = dyn Fn(&Asked) -> Opinion + Send;

/// What a notary was asked.
#[derive(Clone)]
pub struct Asked {
    /// The file.
    pub file: Vec<u8>,
    /// What it was held against.
    pub expectation: Expectation,
}

impl Scripted {
    /// Gives this opinion next, after those that were told before. It goes before what [`Self::always`] makes.
    pub fn tell(&self, opinion: Opinion) {
        self.script().told.push_back(Ok(opinion));
    }

    /// Examines nothing the next time, for this reason.
    pub fn refuse(&self, reason: NotExamined) {
        self.script().told.push_back(Err(reason));
    }

    /// Gives from now on what this function makes of a file.
    pub fn always(&self, judge: impl Fn(&Asked) -> Opinion + Send + 'static) {
        self.script().always = Some(Box::new(judge));
    }

    /// What was asked so far, the first first.
    pub fn asked(&self) -> Vec<Asked> {
        self.script().asked.clone()
    }

    pub(super) fn examine(&self, file: Vec<u8>, expectation: Expectation) -> Result<Opinion, NotExamined> {
        let mut script = self.script();
        let asked = Asked { file, expectation };
        let told = script.told.pop_front();
        let opinion = told.or_else(|| script.always.as_ref().map(|judge| Ok(judge(&asked))));
        script.asked.push(asked);
        opinion.unwrap_or_else(|| Ok(no_opinion()))
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The opinion that everything holds which a notary looks at. Nobody has signed, and there is no evidence.
pub fn sound() -> Opinion {
    Opinion {
        findings: Findings {
            file: Finding::Passed,
            contents: Finding::Passed,
            request: Finding::Passed,
            unaltered: Finding::Passed,
            one_signature: Finding::Passed,
            coverage: Finding::Passed,
            digest: Finding::Passed,
            signature: Finding::Passed,
            authority: Finding::Passed,
            period: Finding::Passed,
            key_usage: Finding::Passed,
            revocation: Finding::Passed,
            holder: Finding::Passed,
            employer: Finding::Passed,
            representative: Finding::Skipped,
        },
        signer: None,
        evidence: Evidence::default(),
    }
}

/// The same, but the authority did not tell whether the certificate was revoked.
pub fn undecided() -> Opinion {
    let sound = sound();
    Opinion {
        findings: Findings {
            revocation: Finding::Unknown(Reason::RevocationUnreachable),
            ..sound.findings
        },
        ..sound
    }
}

impl fmt::Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted")
    }
}

/// The file is personal.
impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asked(••••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::signatures::{Outcome, Verdict};
    use shared::time::Timestamp;

    fn asked() -> Expectation {
        Expectation {
            issued: None,
            holder: None,
            now: Timestamp::from_micros(0),
        }
    }

    fn outcome(script: &Scripted) -> Outcome {
        let mut findings = script.examine(vec![1], asked()).unwrap().findings;
        findings.representative = Finding::Passed;
        Verdict::of(findings).outcome()
    }

    #[test]
    fn what_was_told_comes_first_and_silence_is_no_pass() {
        let script = Scripted::default();
        assert_eq!(outcome(&script), Outcome::TotalFailed);
        script.tell(sound());
        script.always(|asked| {
            if asked.file.is_empty() {
                sound()
            } else {
                undecided()
            }
        });
        assert_eq!(outcome(&script), Outcome::TotalPassed);
        assert_eq!(outcome(&script), Outcome::Indeterminate);
        script.refuse(NotExamined::Busy);
        assert_eq!(script.examine(vec![1], asked()).err(), Some(NotExamined::Busy));
        assert_eq!(script.asked().len(), 4);
    }
}

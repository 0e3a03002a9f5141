//! What goes wrong in the simulator, for which registry, and how often.
//!
//! In text: `sri=delay:500` (milliseconds), `sri=500` or any other status, `sri=reset` (the connection ends within the
//! answer), `sri=malformed` (JSON that stops in the middle), `sri=stale` (an older record), `sri=contradictory` (a record
//! that contradicts another registry's), `sri=none`. With `*N` at the end it happens to the next N requests only.

use crate::registries::SourceName;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What goes wrong with one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It comes late.
    Delay(Duration),
    /// It is this status.
    Status(u16),
    /// The connection ends within it.
    Reset,
    /// It is half a JSON document.
    Malformed,
    /// It was true some years ago.
    Stale,
    /// It contradicts what another registry says.
    Contradictory,
}

/// What is to happen to a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    source: SourceName,
    fault: Option<Fault>,
    times: Option<u32>,
}

/// Text that is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPlan {
    /// No source of that name.
    #[error("the registry must be civil_registry, sri, superintendencia, iess or obligations, followed by =")]
    Source,
    /// No fault of that name.
    #[error(
        "the fault must be delay:MILLISECONDS, a status such as 500, reset, malformed, stale, contradictory or none, \
         perhaps with *TIMES"
    )]
    Fault,
}

/// The plans in force and a count of requests. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    plans: BTreeMap<SourceName, Plan>,
    requests: BTreeMap<SourceName, u64>,
}

impl Faults {
    /// From now on.
    pub fn plan(&self, plan: Plan) {
        self.state().plans.insert(plan.source, plan);
    }

    /// How often a source was asked.
    pub fn requests(&self, source: impl Into<SourceName>) -> u64 {
        self.state().requests.get(&source.into()).copied().unwrap_or(0)
    }

    /// What the next request will meet, in text.
    pub(super) fn planned(&self, source: SourceName) -> Option<String> {
        let state = self.state();
        let plan = state.plans.get(&source)?;
        let fault = plan.fault.filter(|_| plan.times != Some(0))?;
        Some(match plan.times {
            Some(times) => format!("{fault}*{times}"),
            None => fault.to_string(),
        })
    }

    /// Counts a request and gives what it meets.
    pub(super) fn next(&self, source: SourceName) -> Option<Fault> {
        let mut state = self.state();
        *state.requests.entry(source).or_default() += 1;
        let plan = state.plans.get_mut(&source)?;
        match &mut plan.times {
            Some(0) => None,
            Some(left) => {
                *left -= 1;
                plan.fault
            }
            None => plan.fault,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FromStr for Plan {
    type Err = InvalidPlan;

    fn from_str(text: &str) -> Result<Self, InvalidPlan> {
        let (source, fault) = text.split_once('=').ok_or(InvalidPlan::Source)?;
        let source = SourceName::ALL
            .into_iter()
            .find(|one| one.as_str() == source)
            .ok_or(InvalidPlan::Source)?;
        let (fault, times) = match fault.split_once('*') {
            Some((fault, times)) => (fault, Some(times.parse().map_err(|_| InvalidPlan::Fault)?)),
            None => (fault, None),
        };
        let fault = match fault {
            "none" => None,
            fault => Some(fault.parse()?),
        };
        Ok(Self { source, fault, times })
    }
}

impl FromStr for Fault {
    type Err = InvalidPlan;

    fn from_str(text: &str) -> Result<Self, InvalidPlan> {
        match text {
            "reset" => Ok(Self::Reset),
            "malformed" => Ok(Self::Malformed),
            "stale" => Ok(Self::Stale),
            "contradictory" => Ok(Self::Contradictory),
            other => match other.strip_prefix("delay:") {
                Some(millis) => millis
                    .parse()
                    .map(|millis| Self::Delay(Duration::from_millis(millis)))
                    .map_err(|_| InvalidPlan::Fault),
                None => other
                    .parse()
                    .ok()
                    .filter(|status| (400..=599).contains(status))
                    .map(Self::Status)
                    .ok_or(InvalidPlan::Fault),
            },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(span) => write!(f, "delay:{}", span.as_millis()),
            Self::Status(status) => write!(f, "{status}"),
            Self::Reset => f.write_str("reset"),
            Self::Malformed => f.write_str("malformed"),
            Self::Stale => f.write_str("stale"),
            Self::Contradictory => f.write_str("contradictory"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_read_and_shown() {
        for text in [
            "delay:500",
            "503",
            "reset",
            "malformed",
            "stale",
            "contradictory",
            "404*3",
            "delay:0*1",
        ] {
            let faults = Faults::default();
            faults.plan(format!("iess={text}").parse().unwrap());
            assert_eq!(faults.planned(SourceName::Iess).as_deref(), Some(text));
            assert_eq!(faults.planned(SourceName::Sri), None);
        }
        for (text, why) in [
            ("", InvalidPlan::Source),
            ("sri", InvalidPlan::Source),
            ("bank=reset", InvalidPlan::Source),
            ("sri=", InvalidPlan::Fault),
            ("sri=200", InvalidPlan::Fault),
            ("sri=delay", InvalidPlan::Fault),
            ("sri=delay:-1", InvalidPlan::Fault),
            ("sri=reset*", InvalidPlan::Fault),
            ("sri=reset*-1", InvalidPlan::Fault),
        ] {
            assert_eq!(text.parse::<Plan>(), Err(why), "{text}");
        }
    }

    #[test]
    fn a_fault_happens_as_often_as_planned() {
        let faults = Faults::default();
        assert_eq!(faults.next(SourceName::Sri), None);
        faults.plan("sri=reset*2".parse().unwrap());
        assert_eq!(faults.next(SourceName::Sri), Some(Fault::Reset));
        assert_eq!(faults.next(SourceName::Iess), None);
        assert_eq!(faults.next(SourceName::Sri), Some(Fault::Reset));
        assert_eq!(faults.next(SourceName::Sri), None);
        assert_eq!(faults.planned(SourceName::Sri), None);
        faults.plan("sri=stale".parse().unwrap());
        assert_eq!(faults.next(SourceName::Sri), Some(Fault::Stale));
        faults.plan("sri=none".parse().unwrap());
        assert_eq!(faults.next(SourceName::Sri), None);
        assert_eq!(
            (
                faults.requests(SourceName::Sri),
                faults.requests(SourceName::Iess)
            ),
            (6, 1)
        );
    }
}

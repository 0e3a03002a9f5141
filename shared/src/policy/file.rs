//! Reading a policy file: a profile, and single values over it.
//!
//! The file's syntax (TOML) is the reader's business; here it arrives as a tree of values. Every value is checked with
//! its path, and all that is wrong is told at once.

use super::{Policy, Profile};
use core::fmt;
use serde::Deserialize as _;
use serde_json::Value;

/// A policy that cannot be put in force, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct InvalidPolicy(Vec<Defect>);

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// Where: `captcha.max_bits`.
    pub path: String,
    /// What.
    pub reason: Reason,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such setting.
    Unknown,
    /// It is no value of the kind that the setting takes: a text for a number, an unknown word, a fraction, a negative.
    Kind,
    /// The number is out of range.
    Range {
        /// The least allowed.
        least: u64,
        /// The most allowed.
        most: u64,
        /// Whether 0 is allowed too, to turn the rule off.
        zero: Zero,
    },
    /// It is below another setting, which it must not be.
    Below(&'static str),
}

/// Whether 0 turns a rule off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// 0 is a number like others.
    Plain,
    /// 0 turns the rule off, whatever the range.
    TurnsOff,
}

impl InvalidPolicy {
    /// Everything that is wrong, in the order of the settings.
    pub fn defects(&self) -> &[Defect] {
        &self.0
    }
}

impl Policy {
    /// Reads a document: `profile` names where it starts (`2026` if absent), everything else overrides single values.
    ///
    /// # Errors
    /// All settings that are unknown, of the wrong kind or out of range.
    pub fn read(document: &Value) -> Result<Self, InvalidPolicy> {
        let Value::Object(settings) = document else {
            return Err(InvalidPolicy(vec![Defect {
                path: String::new(),
                reason: Reason::Kind,
            }]));
        };
        let profile = match settings.get("profile") {
            None => Profile::Y2026,
            Some(name) => Profile::deserialize(name).map_err(|_| {
                InvalidPolicy(vec![Defect {
                    path: "profile".to_owned(),
                    reason: Reason::Kind,
                }])
            })?,
        };
        let mut reading = Reading {
            policy: Self::of(profile),
            defects: Vec::new(),
        };
        for (name, value) in settings {
            reading.take(name, value);
        }
        let Reading { policy, mut defects } = reading;
        defects.extend(policy.defects());
        if defects.is_empty() {
            Ok(policy)
        } else {
            Err(InvalidPolicy(defects))
        }
    }

    /// Checks every number of a policy that was put together in code.
    ///
    /// # Errors
    /// All numbers that are out of range.
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        let defects = self.defects();
        if defects.is_empty() {
            Ok(())
        } else {
            Err(InvalidPolicy(defects))
        }
    }
}

/// A policy while a document is laid over it.
struct Reading {
    policy: Policy,
    defects: Vec<Defect>,
}

impl Reading {
    /// Takes the value at `path`: a table setting by setting, anything else as one.
    fn take(&mut self, path: &str, value: &Value) {
        let mut whole = serde_json::to_value(&self.policy).unwrap_or_default();
        let pointer = format!("/{}", path.replace('.', "/"));
        let reason = match (whole.pointer_mut(&pointer), value) {
            (None, _) => Reason::Unknown,
            (Some(Value::Object(_)), Value::Object(settings)) => {
                for (name, value) in settings {
                    self.take(&format!("{path}.{name}"), value);
                }
                return;
            }
            (Some(slot), value) => {
                *slot = value.clone();
                match Policy::deserialize(whole) {
                    Ok(policy) => {
                        self.policy = policy;
                        return;
                    }
                    Err(_) => Reason::Kind,
                }
            }
        };
        self.defects.push(Defect {
            path: path.to_owned(),
            reason,
        });
    }
}

impl fmt::Display for InvalidPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, defect) in self.0.iter().enumerate() {
            write!(f, "{}{defect}", if position == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() {
            "the document"
        } else {
            &self.path
        };
        match &self.reason {
            Reason::Unknown => write!(f, "{path}: there is no such setting"),
            Reason::Kind => write!(f, "{path}: not a value of this setting"),
            Reason::Range {
                least,
                most,
                zero: Zero::Plain,
            } => write!(f, "{path}: must be {least} to {most}"),
            Reason::Range {
                least,
                most,
                zero: Zero::TurnsOff,
            } => {
                write!(f, "{path}: must be {least} to {most}, or 0 to turn it off")
            }
            Reason::Below(other) => write!(f, "{path}: must not be below {other}"),
        }
    }
}

//! `clavero doctor`: looks at everything a server needs, and says of each thing how it is and what to do.

mod outside;
mod place;

use crate::cli::say;
use crate::clock::Clock;
use crate::config::{Config, warnings};
use crate::http::spa::Site;
use shared::policy::{Policy, Profile};
use shared::time::Timestamp;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

/// The day this code was written on: a clock before it is wrong.
const WRITTEN: Timestamp = Timestamp::from_millis(1_793_491_200_000);

/// How a thing is. The order is that of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Ok,
    Warn,
    Fail,
}

/// One thing that was looked at.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) state: State,
    pub(crate) subject: &'static str,
    pub(crate) text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "fail",
        };
        write!(f, "{state:<5} {:<13} {}", self.subject, self.text)
    }
}

/// Looks, prints a line for each thing, and fails if one of them does.
pub async fn examine(path: Option<&Path>) -> ExitCode {
    let findings = look(path).await;
    for finding in &findings {
        say(&finding.to_string());
    }
    match findings.iter().map(|finding| finding.state).max() {
        Some(State::Fail) => ExitCode::FAILURE,
        Some(State::Ok | State::Warn) | None => ExitCode::SUCCESS,
    }
}

/// Looks at all of it. What a configuration alone tells is said among its warnings, and not once more where it leads to.
async fn look(path: Option<&Path>) -> Vec<Finding> {
    let folder = Config::folder(path);
    let read = Config::given(path).and_then(|given| {
        let config = Config::of(&given, folder)?;
        Ok((given, config))
    });
    let (given, config) = match read {
        Ok(read) => read,
        Err(error) => {
            let text = format!("{:#}", anyhow::Error::from(error));
            return vec![finding(State::Fail, "configuration", text)];
        }
    };
    let mut findings = vec![config_finding(path, &config)];
    let warnings = warnings(&config, &given, folder);
    findings.extend(
        warnings
            .into_iter()
            .map(|warning| finding(State::Warn, "configuration", warning)),
    );
    findings.push(policy(&config));
    findings.extend(place::look(&config).await);
    findings.extend([clock(Clock::system().now()), frontend(&Site::embedded())]);
    findings.extend(outside::look(&config).await);
    findings
}

pub(crate) fn finding(state: State, subject: &'static str, text: impl fmt::Display) -> Finding {
    Finding {
        state,
        subject,
        text: text.to_string(),
    }
}

fn config_finding(path: Option<&Path>, config: &Config) -> Finding {
    let origin = config.public_url.origin();
    match path {
        Some(path) => finding(
            State::Ok,
            "configuration",
            format!("{} (people reach it at {origin})", path.display()),
        ),
        None => finding(
            State::Warn,
            "configuration",
            format!("no --config: variables and the demo's values, at {origin}"),
        ),
    }
}

/// Which policy, and whether it is one of those that are shipped.
fn policy(config: &Config) -> Finding {
    let shipped = [Profile::Y2026, Profile::Standards]
        .into_iter()
        .find(|profile| Policy::of(*profile) == config.policy);
    match shipped {
        Some(Profile::Y2026) => finding(State::Ok, "policy", "the profile 2026"),
        Some(Profile::Standards) => finding(State::Ok, "policy", "the profile standards"),
        None => finding(
            State::Ok,
            "policy",
            "your own numbers, each within its bounds: `clavero policy show` prints them",
        ),
    }
}

fn clock(now: Timestamp) -> Finding {
    if now < WRITTEN {
        return finding(
            State::Fail,
            "clock",
            "shows a time before this version was written: set it (NTP)",
        );
    }
    finding(
        State::Ok,
        "clock",
        "plausible; keep it set by NTP: links live 180 seconds",
    )
}

fn frontend(site: &Site) -> Finding {
    if site.is_present() {
        finding(State::Ok, "frontend", "built in")
    } else {
        finding(
            State::Fail,
            "frontend",
            "missing: build it (`cargo xtask run` does) before the server",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_of_the_past_fails() {
        assert_eq!(clock(Timestamp::from_micros(0)).state, State::Fail);
        assert_eq!(clock(WRITTEN).state, State::Ok);
    }

    #[test]
    fn the_worst_finding_decides() {
        assert!(State::Fail > State::Warn && State::Warn > State::Ok);
    }

    #[tokio::test]
    async fn nothing_is_said_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clavero.toml");
        std::fs::write(&path, "request_seconds = 20").unwrap();
        let found = look(Some(&path)).await;
        for words in [
            "mails are shown at /mailbox",
            "unknown authority",
            "request_seconds",
        ] {
            let told: Vec<_> = found
                .iter()
                .filter(|finding| finding.text.contains(words))
                .collect();
            assert_eq!(told.len(), 1, "{words}: {told:?}");
            assert_eq!((told[0].state, told[0].subject), (State::Warn, "configuration"));
        }
    }

    #[test]
    fn the_policy_is_told() {
        let mut config = Config::parse("policy = \"standards\"", Path::new(".")).unwrap();
        assert!(policy(&config).text.contains("standards"));
        config.policy.link.seconds += 1;
        assert!(policy(&config).text.contains("your own"));
    }
}

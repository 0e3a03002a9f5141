//! `clavero signature`: the verdict on a file, for operators and tests.

use super::cache::Cache;
use super::{Asking, Notary};
use crate::cli::say;
use crate::clock::Clock;
use crate::compose;
use crate::config::Config;
use crate::http::Failure;
use crate::meters::Meters;
use crate::signatures;
use crate::signatures::referrals::Referral;
use crate::signatures::review::Review;
use anyhow::Context;
use clap::{Args, Subcommand};
use notary::{Expectation, Issued, Opinion, Role, Signer, Use};
use serde::Serialize;
use shared::recovery::CaseReference;
use shared::signatures::api::VerdictView;
use shared::signatures::{Finding, Findings, Outcome, Verdict};
use shared::time::{CivilDate, Deadline, Timestamp};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The code with which a command ends that could not be carried out. 0, 1 and 2 are verdicts.
pub const MISUSED: u8 = 3;

/// How much of a file is read: a byte more than any request may have, so that a file that is too large is judged as one.
const MOST: u64 = (16 << 20) + 1;

/// How many referrals are listed.
const MOST_REFERRALS: i64 = 1000;

/// What can be done with signed requests.
#[derive(Debug, Subcommand)]
pub enum SignatureCommand {
    /// Judge a signed file and print the verdict as JSON. Ends with 0 (passed), 1 (failed), 2 (indeterminate) or 3 (not carried
    /// out). Nothing is written down, and no request is used up.
    Verify(Verify),
    /// List what waits for a person's decision, the oldest first.
    Referrals,
}

/// What to judge, and against what.
#[derive(Args, Debug)]
pub struct Verify {
    /// The file: a PDF or a signed message (.p7m).
    file: PathBuf,
    /// The case that the file is for, by its reference: everything is checked, as if it were uploaded now.
    #[arg(
        long,
        value_name = "REFERENCE",
        conflicts_with = "standalone",
        required_unless_present = "standalone"
    )]
    request: Option<CaseReference>,
    /// Check only what a file shows by itself: not whether it is a request of ours, nor whose.
    #[arg(long)]
    standalone: bool,
    /// Ask no authority: what was not kept from an earlier answer is unknown.
    #[arg(long)]
    offline: bool,
    /// Show who signed, in full. Personal data.
    #[arg(long)]
    show_signer: bool,
}

/// What is printed.
#[derive(Debug, Serialize)]
struct Report {
    /// What was checked: everything, or what a file shows by itself.
    scope: Scope,
    #[serde(flatten)]
    verdict: VerdictView,
    signer: Option<SignerReport>,
    request: Option<RequestReport>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Scope {
    Request,
    Standalone,
}

#[derive(Debug, Serialize)]
struct SignerReport {
    identification: Option<String>,
    given_names: Option<String>,
    surnames: Option<String>,
    organisation: Option<String>,
    position: Option<String>,
    ruc: Option<String>,
    role: Role,
    authority: Option<String>,
    serial: String,
    not_before: Timestamp,
    not_after: Timestamp,
    claimed_at: Option<Timestamp>,
}

#[derive(Debug, Serialize)]
struct RequestReport {
    reference: CaseReference,
    expires: Deadline,
    used: Use,
}

/// Carries the command out. What it ends with is the verdict.
pub async fn run(command: SignatureCommand, config: Config) -> anyhow::Result<ExitCode> {
    match command {
        SignatureCommand::Verify(arguments) => {
            let report = verify(&arguments, config).await?;
            say(&serde_json::to_string_pretty(&report)?);
            Ok(ExitCode::from(code(report.verdict.outcome)))
        }
        SignatureCommand::Referrals => {
            let app = compose::open(config).await?;
            let mut tx = app.store.read().await?;
            for referral in signatures::service::open_referrals(&mut tx, MOST_REFERRALS).await? {
                say(&line(&referral));
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Number, case, day, purpose, employer and representative (masked), and what could not be found out.
fn line(referral: &Referral) -> String {
    let Referral {
        number,
        reference,
        asked,
        verdict,
        at,
        state: _,
        papers: _,
        case: _,
    } = referral;
    let unknown: Vec<String> = verdict
        .lines
        .iter()
        .filter_map(|line| match line.finding {
            Finding::Unknown(reason) => Some(word(&reason)),
            Finding::Passed | Finding::Failed(_) | Finding::Skipped => None,
        })
        .collect();
    let (purpose, day) = (word(&asked.purpose.name()), CivilDate::in_ecuador(*at));
    let (employer, person) = (asked.identity.employer, &asked.identity.representative);
    let (employer, person, unknown) = (employer.masked(), person.masked(), unknown.join(", "));
    format!("{number}  {reference}  {day}  {purpose}  {employer}  {person}  {unknown}")
}

/// What stands for a value in JSON.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn told(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Problem(problem) => anyhow::anyhow!("{}", problem.code.as_str()),
        Failure::Fault(fault) => anyhow::anyhow!("{}", fault.chain()),
    }
}

const fn code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::TotalPassed => 0,
        Outcome::TotalFailed => 1,
        Outcome::Indeterminate => 2,
    }
}

async fn verify(arguments: &Verify, config: Config) -> anyhow::Result<Report> {
    let file = read(&arguments.file)?;
    match &arguments.request {
        Some(reference) => against(file, reference, arguments, config).await,
        None => alone(file, arguments, config).await,
    }
}

/// Needs no database, and has no answers from earlier.
async fn alone(file: Vec<u8>, arguments: &Verify, config: Config) -> anyhow::Result<Report> {
    let notary = Notary::open(&config.signatures, &Meters::new(), asking(arguments))?;
    let clock = Clock::system();
    let now = clock.now();
    let expectation = Expectation {
        issued: None,
        holder: None,
        now,
    };
    let opinion = notary.examine(Cache::Nowhere, &clock, file, expectation).await?;
    let verdict = Verdict::of(by_itself(opinion.findings));
    let mut view = VerdictView::of(&Verdict::of(opinion.findings), now);
    view.outcome = verdict.outcome();
    Ok(Report {
        scope: Scope::Standalone,
        verdict: view,
        signer: signer(&opinion, arguments),
        request: None,
    })
}

async fn against(
    file: Vec<u8>,
    reference: &CaseReference,
    arguments: &Verify,
    config: Config,
) -> anyhow::Result<Report> {
    let notary = Notary::open(&config.signatures, &Meters::new(), asking(arguments))?;
    let app = compose::open(config).await?;
    let review = Review::of(&app, reference)
        .await
        .map_err(told)?
        .with_context(|| format!("{reference}: no request of this case is known"))?;
    let expectation = review.expectation.clone();
    let now = expectation.now;
    let request = expectation
        .issued
        .as_ref()
        .map(|issued| request(reference, issued));
    let cache = Cache::Rows(&app.store, app.config.signatures.cache_limit);
    let opinion = notary.examine(cache, &app.clock, file, expectation).await?;
    let findings = review.with_representative(&app, opinion.findings).await;
    Ok(Report {
        scope: Scope::Request,
        verdict: VerdictView::of(&Verdict::of(findings), now),
        signer: signer(&opinion, arguments),
        request,
    })
}

fn asking(arguments: &Verify) -> Asking {
    if arguments.offline {
        Asking::Nobody
    } else {
        Asking::Listed
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let unread = || format!("{}: cannot be read", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(unread)?;
    file.take(MOST).read_to_end(&mut bytes).with_context(unread)?;
    Ok(bytes)
}

/// The findings of a file by itself: what needs a request to be compared with does not count where it was skipped.
fn by_itself(findings: Findings) -> Findings {
    let uncounted = |finding| match finding {
        Finding::Skipped => Finding::Passed,
        Finding::Passed | Finding::Failed(_) | Finding::Unknown(_) => finding,
    };
    Findings {
        request: uncounted(findings.request),
        unaltered: uncounted(findings.unaltered),
        holder: uncounted(findings.holder),
        employer: uncounted(findings.employer),
        representative: uncounted(findings.representative),
        ..findings
    }
}

fn request(reference: &CaseReference, issued: &Issued) -> RequestReport {
    RequestReport {
        reference: reference.clone(),
        expires: issued.expires,
        used: issued.used,
    }
}

fn signer(opinion: &Opinion, arguments: &Verify) -> Option<SignerReport> {
    let signer = opinion.signer.clone()?;
    let shown = |text: Option<String>| {
        if arguments.show_signer {
            text
        } else {
            text.as_deref().map(masked)
        }
    };
    let Signer {
        identification,
        given_names,
        surnames,
        organisation,
        position,
        ruc,
        role,
        authority,
        serial,
        not_before,
        not_after,
        claimed_at,
    } = signer;
    Some(SignerReport {
        identification: shown(identification),
        given_names: shown(given_names),
        surnames: shown(surnames),
        organisation: shown(organisation),
        position: shown(position),
        ruc: shown(ruc),
        role,
        authority,
        serial,
        not_before,
        not_after,
        claimed_at,
    })
}

/// The first two characters and the last one, the rest hidden; of a short text nothing.
fn masked(text: &str) -> String {
    const SHORT: usize = 5;
    let characters: Vec<char> = text.chars().collect();
    match characters.as_slice() {
        [first, second, hidden @ .., last] if characters.len() >= SHORT => {
            format!("{first}{second}{}{last}", "•".repeat(hidden.len()))
        }
        hidden => "•".repeat(hidden.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notary::{no_opinion, sound};
    use shared::signatures::Reason;

    #[test]
    fn a_file_alone_passes_by_what_it_shows_itself() {
        let skipped = Findings {
            request: Finding::Skipped,
            unaltered: Finding::Skipped,
            holder: Finding::Skipped,
            employer: Finding::Skipped,
            ..sound().findings
        };
        let outcome = |findings| Verdict::of(by_itself(findings)).outcome();
        assert_eq!(outcome(skipped), Outcome::TotalPassed);
        assert_eq!(outcome(no_opinion().findings), Outcome::TotalFailed);
        assert_eq!(outcome(Findings::NONE), Outcome::Indeterminate);
        let hidden = Findings {
            unaltered: Finding::Failed(Reason::HiddenContent),
            ..skipped
        };
        assert_eq!(outcome(hidden), Outcome::TotalFailed);
        let unknown = Findings {
            revocation: Finding::Unknown(Reason::RevocationUnreachable),
            ..skipped
        };
        assert_eq!(outcome(unknown), Outcome::Indeterminate);
    }

    #[test]
    fn a_name_is_hidden_and_a_short_one_all_of_it() {
        assert_eq!(masked("1710034065"), "17•••••••5");
        assert_eq!(masked("María"), "Ma••a");
        assert_eq!(masked("José"), "••••");
        assert_eq!(masked(""), "");
    }
}

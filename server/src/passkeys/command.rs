//! `clavero staff enrol-link`: the link of a passkey, for whoever keeps the server and has no desk at hand.

use super::service;
use super::{EnrolmentAsked, MadeEnrolmentLink};
use crate::app::App;
use crate::cli::say;
use clap::Args;
use shared::identifiers::{Branch, EmployerIdentifier};
use shared::staff::ActReason;

/// The page that an enrolment link opens; the token stands behind it, in the fragment.
pub const PAGE: &str = "/registrar-huella";

/// For whom the link is, who makes it and why.
#[derive(Debug, Args)]
pub struct EnrolLink {
    /// RUC, or a household employer's cédula.
    #[arg(long, value_name = "RUC")]
    employer: EmployerIdentifier,
    /// The branch.
    #[arg(long, default_value = "0001")]
    branch: Branch,
    /// Who makes it.
    #[arg(long, value_name = "NAME")]
    officer: ActReason,
    /// Why: what was shown and checked.
    #[arg(long, value_name = "TEXT")]
    reason: ActReason,
}

/// Makes the link and prints it, once.
pub async fn run(asked: EnrolLink, app: &App) -> anyhow::Result<()> {
    let EnrolLink {
        employer,
        branch,
        officer,
        reason,
    } = asked;
    let asked = EnrolmentAsked {
        employer,
        branch,
        officer,
        reason,
    };
    let MadeEnrolmentLink {
        link: _,
        token,
        deadline,
        employer,
    } = service::make_enrolment_link(app, &asked).await?;
    let left = deadline.remaining(app.clock.now()).as_secs().div_ceil(60);
    let address = app.config.public_url.join(PAGE);
    say(&format!(
        "For the employer {employer}, branch {branch}: one passkey, within {left} minutes, at"
    ));
    say(&format!("{address}#{}", token.expose()));
    Ok(())
}

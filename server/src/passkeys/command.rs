//! `clavero staff`: what an officer does as long as there is no counter in the portal.

use super::service;
use super::{EnrolmentAsked, MadeEnrolmentLink};
use crate::app::App;
use crate::cli::say;
use clap::Subcommand;
use shared::identifiers::{Branch, EmployerIdentifier};
use shared::staff::ActReason;

/// The page that an enrolment link opens; the token stands behind it, in the fragment.
pub const PAGE: &str = "/registrar-huella";

/// What staff can do.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Make the one-time address at which an employer enrols a passkey, under the officer's eyes. It is shown here and nowhere
    /// else; an older one of the employer ends. The server may be running.
    EnrolLink {
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
    },
}

/// Runs the command.
pub async fn run(command: StaffCommand, app: &App) -> anyhow::Result<()> {
    match command {
        StaffCommand::EnrolLink {
            employer,
            branch,
            officer,
            reason,
        } => {
            let asked = EnrolmentAsked {
                employer,
                branch,
                officer,
                reason,
            };
            let MadeEnrolmentLink {
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
        }
    }
    Ok(())
}

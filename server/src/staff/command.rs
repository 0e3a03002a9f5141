//! `clavero staff`: what whoever keeps the server does without being of the staff. The first administrator comes from here, and the
//! way back for one who lost the second factor.

use super::service::{self, Delivery, Wanted};
use super::{INVITATION_PAGE, Member};
use crate::app::App;
use crate::centres;
use crate::cli::say;
use crate::passkeys::command::{self as passkeys, EnrolLink};
use anyhow::Context;
use clap::{Args, Subcommand};
use shared::centres::CentreCode;
use shared::i18n::Language;
use shared::identifiers::{CentreId, Email};
use shared::staff::api::StaffState;
use shared::staff::{Role, StaffName};

/// What can be done with the staff.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Make somebody a member of the staff and invite them. The invitation is printed, once; with --mail it is sent instead. The
    /// server may be running.
    Add(NewMember),
    /// List the staff, those who left last.
    List,
    /// End somebody's access for good, with every session.
    End {
        /// Their address.
        #[arg(long)]
        email: Email,
    },
    /// Take somebody's password and second factor away and invite them again: the way back for whoever lost them.
    Reset {
        /// Their address.
        #[arg(long)]
        email: Email,
        #[command(flatten)]
        sending: Sending,
    },
    /// Make the one-time address at which an employer enrols a passkey, under the officer's eyes. It is shown here and nowhere
    /// else; an older one of the employer ends. The server may be running.
    EnrolLink(EnrolLink),
}

/// Somebody new.
#[derive(Debug, Args)]
pub struct NewMember {
    /// Their name.
    #[arg(long)]
    name: StaffName,
    /// Their address: with it they sign in.
    #[arg(long)]
    email: Email,
    /// agent, supervisor, auditor or administrator.
    #[arg(long, value_parser = role)]
    role: Role,
    /// The code of the centre where they work; all centres without it.
    #[arg(long, value_name = "CODE")]
    centre: Option<CentreCode>,
    /// The language of messages to them: es, en or qu.
    #[arg(long, default_value = "es")]
    language: Language,
    #[command(flatten)]
    sending: Sending,
}

/// Where an invitation goes.
#[derive(Clone, Copy, Debug, Args)]
pub struct Sending {
    /// Send the invitation by mail instead of printing it.
    #[arg(long)]
    mail: bool,
}

impl Sending {
    const fn delivery(self) -> Delivery {
        if self.mail {
            Delivery::Mail
        } else {
            Delivery::Shown
        }
    }
}

fn role(word: &str) -> Result<Role, &'static str> {
    Role::of_word(word).ok_or("agent, supervisor, auditor and administrator are the roles")
}

/// Runs the command.
pub async fn run(command: StaffCommand, app: &App) -> anyhow::Result<()> {
    match command {
        StaffCommand::Add(asked) => add(asked, app).await,
        StaffCommand::List => list(app).await,
        StaffCommand::End { email } => {
            let ended = service::end_by_keeper(app, &email).await?;
            say(&format!("{} has no access any more.", ended.name));
            Ok(())
        }
        StaffCommand::Reset { email, sending } => {
            let delivery = sending.delivery();
            let member = service::reset_by_keeper(app, &email, delivery).await?;
            tell(app, &member, delivery).await
        }
        StaffCommand::EnrolLink(asked) => passkeys::run(asked, app).await,
    }
}

async fn add(asked: NewMember, app: &App) -> anyhow::Result<()> {
    let centre = match asked.centre {
        Some(code) => Some(centre(app, &code).await?),
        None => None,
    };
    let wanted = Wanted {
        name: asked.name,
        email: asked.email,
        role: asked.role,
        centre,
        language: asked.language,
    };
    let delivery = asked.sending.delivery();
    let member = service::add_by_keeper(app, wanted, delivery).await?;
    tell(app, &member, delivery).await
}

async fn centre(app: &App, code: &CentreCode) -> anyhow::Result<CentreId> {
    let mut tx = app.store.read().await?;
    let centres = centres::service::list(&mut tx).await?;
    let found = centres.into_iter().find(|centre| centre.details.code == *code);
    Ok(found.with_context(|| format!("there is no centre {code}"))?.id)
}

/// Says where the invitation went.
async fn tell(app: &App, member: &Member, delivery: Delivery) -> anyhow::Result<()> {
    match delivery {
        Delivery::Mail => say(&format!(
            "{} ({}) gets an invitation by mail from the running server.",
            member.name,
            member.role.as_str()
        )),
        Delivery::Shown => {
            let now = app.clock.now();
            let made = service::make_invitation(app, member.id, now)
                .await?
                .context("the invitation was used or ended at this moment")?;
            let hours = made.deadline.remaining(now).as_secs().div_ceil(3600);
            say(&format!(
                "For {} ({}): password and second factor, once, within {hours} hours, at",
                member.name,
                member.role.as_str()
            ));
            let address = app.config.public_url.join(INVITATION_PAGE);
            say(&format!("{address}#{}", made.token.expose()));
        }
    }
    Ok(())
}

async fn list(app: &App) -> anyhow::Result<()> {
    for member in service::all(app).await? {
        say(&format!(
            "{:<14} {:<9} {:<32} {}",
            member.role.as_str(),
            state(member.state()),
            member.email.to_string(),
            member.name
        ));
    }
    Ok(())
}

const fn state(state: StaffState) -> &'static str {
    match state {
        StaffState::Invited => "invited",
        StaffState::Active => "active",
        StaffState::Blocked => "blocked",
        StaffState::Ended => "ended",
    }
}

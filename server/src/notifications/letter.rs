//! The words of a message: subject, text and HTML in the person's language, from the locales and the templates.

mod appointments;
mod wording;

use crate::app::App;
use crate::appointments::calendar::{self, Happens};
use crate::config::PublicUrl;
use crate::notifications::mailer::Mail;
use crate::notifications::{Content, Fresh, FreshLink, Life, Outgoing};
use askama::Template;
use shared::i18n::{Language, Text};
use shared::identifiers::Email;
use shared::secrets::Secret;
use shared::time::Timestamp;
use time::{OffsetDateTime, UtcOffset};

/// The pages that links lead to. Whoever opens one changes nothing by that.
pub(super) mod pages {
    /// The form for the new password.
    pub const RESET: &str = "/restablecer";
    /// Freezes the account.
    pub const FREEZE: &str = "/no-fui-yo";
    /// Where unlocking begins.
    pub const UNLOCK: &str = "/desbloquear";
    /// Unlocks.
    pub const UNLOCK_LINK: &str = "/desbloqueo";
    /// Confirms a new contact.
    pub const CONTACT: &str = "/contacto";
    /// Cancels a change of a contact.
    pub const CONTACT_CANCEL: &str = "/contacto/cancelar";
    /// Makes a delegate's password.
    pub const INVITATION: &str = "/invitacion";
    /// Looks after an appointment.
    pub const APPOINTMENT: &str = "/turno/gestionar";
    /// Makes the password and the second factor of somebody of the staff.
    pub const STAFF_INVITATION: &str = crate::staff::INVITATION_PAGE;
    /// Where the password is changed.
    pub const PASSWORD: &str = "/cuenta/clave";
}

/// A message as both templates show it.
#[derive(Debug, Default)]
struct Letter {
    subject: String,
    title: &'static str,
    paragraphs: Vec<String>,
    action: Option<Action>,
    facts: Vec<Fact>,
    not_you: &'static str,
    not_you_action: Option<Action>,
}

/// A link that does something.
#[derive(Default)]
struct Action {
    label: &'static str,
    url: String,
    note: String,
}

impl std::fmt::Debug for Action {
    /// The address holds a token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Action")
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

/// A line of the table of what happened.
#[derive(Clone, Debug)]
struct Fact {
    label: &'static str,
    value: String,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct PlainPart<'a> {
    letter: &'a Letter,
    not_you_title: &'static str,
    footer: &'a [String],
}

#[derive(Template)]
#[template(path = "mail.html")]
struct HtmlPart<'a> {
    letter: &'a Letter,
    language: &'static str,
    copy: &'static str,
    not_you_title: &'static str,
    footer: &'a [String],
}

/// Why a message cannot be written: a fault of ours.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unwritable {
    /// The template broke off.
    #[error("a template cannot be filled in")]
    Template(#[from] askama::Error),
    /// A link that the message needs was not made.
    #[error("the message has no link")]
    NoLink,
    /// It goes by mail only.
    #[error("there is no text message of this kind")]
    MailOnly,
}

/// Writes the mail for one send.
pub(super) fn compose(
    app: &App,
    message: &Outgoing,
    fresh: &Fresh,
    to: Email,
    now: Timestamp,
) -> Result<Mail, Unwritable> {
    let text = Text::new(message.language);
    let institution = app.institution.institution();
    let letter = wording::letter(app, text, &message.content, fresh)?;
    let mut footer = vec![
        text.notifications_contact(&institution.contact, &institution.name),
        text.notifications_no_reply().to_owned(),
    ];
    if !institution.official {
        footer.push(text.notifications_unofficial(&institution.name));
    }
    if text.language().under_review() {
        let spanish = Text::new(Language::Es);
        footer.extend([text, spanish].map(|text| text.notifications_review().to_owned()));
    }
    // A retry has other words (a fresh link), so it has another name: no mail server may take it for the same mail.
    let domain = app
        .config
        .sender()
        .rsplit_once('@')
        .map_or("localhost", |(_, domain)| domain);
    Ok(Mail {
        to,
        message_id: format!("{}.{}@{domain}", message.id, message.attempt),
        date: now,
        text: PlainPart {
            letter: &letter,
            not_you_title: text.notifications_not_you(),
            footer: &footer,
        }
        .render()?,
        html: HtmlPart {
            letter: &letter,
            language: text.language().tag(),
            copy: text.notifications_link_copy(),
            not_you_title: text.notifications_not_you(),
            footer: &footer,
        }
        .render()?,
        calendar: calendar(text, &message.content, now),
        subject: letter.subject,
        language: text.language(),
        sender: institution.name,
    })
}

/// A mail in which everything that is not ours to word is this text, for fuzzing: its plain part and its page.
pub(crate) fn drawn(words: &str) -> Result<(String, String), Unwritable> {
    let text = Text::new(Language::Es);
    let action = || Action {
        label: text.notifications_no_reply(),
        url: words.to_owned(),
        note: words.to_owned(),
    };
    let letter = Letter {
        subject: words.to_owned(),
        title: text.notifications_no_reply(),
        paragraphs: vec![words.to_owned(); 2],
        action: Some(action()),
        facts: vec![Fact {
            label: text.notifications_no_reply(),
            value: words.to_owned(),
        }],
        not_you: text.notifications_no_reply(),
        not_you_action: Some(action()),
    };
    let footer = [text.notifications_contact(words, words)];
    let (letter, footer) = (&letter, footer.as_slice());
    let not_you_title = text.notifications_not_you();
    let plain = PlainPart {
        letter,
        not_you_title,
        footer,
    };
    let page = HtmlPart {
        letter,
        language: text.language().tag(),
        copy: text.notifications_link_copy(),
        not_you_title,
        footer,
    };
    Ok((plain.render()?, page.render()?))
}

/// The calendar file that goes with a mail, if one does.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever changes no appointment's time has no calendar file"
)]
fn calendar(text: Text, content: &Content, now: Timestamp) -> Option<Vec<u8>> {
    let (notice, happens) = match content {
        Content::AppointmentBooked { notice } | Content::AppointmentMoved { notice } => {
            (notice, Happens::Yes)
        }
        Content::AppointmentCancelled { notice, by: _ } => (notice, Happens::Cancelled),
        _ => return None,
    };
    Some(calendar::file(notice, text, happens, now))
}

/// A link to a page that takes the token of `made` in its fragment, which no server ever sees.
fn link(app: &App, text: Text, label: &'static str, page: &str, made: &FreshLink) -> Action {
    Action {
        label,
        url: address(&app.config.public_url, page, &made.token),
        note: match made.life {
            Life::FromAcceptance(seconds) => text.notifications_link_validity(duration(text, seconds)),
            Life::Until(deadline) => text.notifications_link_until(moment(text, deadline.instant())),
        },
    }
}

/// The address of a page with a token in its fragment.
pub(super) fn address(public_url: &PublicUrl, page: &str, token: &Secret<String>) -> String {
    public_url.join(&format!("{page}#{}", token.expose()))
}

/// The link that freezes the account.
fn freeze(app: &App, text: Text, fresh: &Fresh) -> Result<Action, Unwritable> {
    let made = fresh.freeze.as_ref().ok_or(Unwritable::NoLink)?;
    Ok(Action {
        label: text.notifications_freeze_action(),
        url: address(&app.config.public_url, pages::FREEZE, &made.token),
        note: text.notifications_freeze_until(moment(text, made.deadline.instant())),
    })
}

pub(super) fn duration(text: Text, seconds: u32) -> String {
    if seconds.is_multiple_of(60) {
        text.notifications_minutes(i64::from(seconds / 60))
    } else {
        text.notifications_seconds(i64::from(seconds))
    }
}

/// A moment as a clock on the wall in mainland Ecuador shows it: UTC−5 the whole year.
pub(crate) fn moment(text: Text, at: Timestamp) -> String {
    let ecuador = UtcOffset::from_hms(-5, 0, 0).unwrap_or(UtcOffset::UTC);
    let at = OffsetDateTime::from_unix_timestamp(at.as_millis() / 1000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .to_offset(ecuador);
    text.notifications_time(
        at.day(),
        format!("{:02}", at.hour()),
        format!("{:02}", at.minute()),
        i64::from(u8::from(at.month())),
        at.year(),
    )
}

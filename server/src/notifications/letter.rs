//! The words of a message: subject, text and HTML in the person's language, from the locales and the templates.

use crate::app::App;
use crate::notifications::mailer::Mail;
use crate::notifications::{Content, Fresh, Outgoing};
use askama::Template;
use shared::i18n::{Language, Text};
use shared::identifiers::Email;
use shared::time::Timestamp;
use time::{OffsetDateTime, UtcOffset};

/// The page with the form for the new password; the token stands in the fragment, which no server ever sees.
const RESET_PAGE: &str = "/restablecer#";

/// The page that says how an account is unblocked.
const UNLOCK_HELP: &str = "/ayuda/desbloquear";

/// The page that freezes the account.
const FREEZE_PAGE: &str = "/no-fui-yo#";

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
#[derive(Debug)]
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

/// Writes the mail for one send.
pub(super) fn compose(
    app: &App,
    message: &Outgoing,
    fresh: &Fresh,
    to: Email,
    now: Timestamp,
) -> Result<Mail, askama::Error> {
    let text = Text::new(message.language);
    let institution = &app.config.institution;
    let letter = letter(app, text, &message.content, fresh);
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
        subject: letter.subject,
        language: text.language(),
    })
}

#[expect(clippy::too_many_lines, reason = "one arm a message, and nothing else")]
fn letter(app: &App, text: Text, content: &Content, fresh: &Fresh) -> Letter {
    match content {
        Content::RecoveryLink {
            reference,
            employer,
            at,
        } => Letter {
            subject: text.notifications_link_subject(reference),
            title: text.notifications_link_title(),
            paragraphs: vec![text.notifications_link_intro(employer)],
            action: reset_link(app, text, fresh),
            facts: facts(text, Some(reference.to_string()), employer, *at, None),
            not_you: text.notifications_link_not_you(),
            not_you_action: None,
        },
        Content::PasswordChanged {
            reference,
            employer,
            at,
            source,
        } => Letter {
            subject: text.notifications_changed_subject(reference),
            title: text.notifications_changed_title(),
            paragraphs: vec![text.notifications_changed_intro(employer)],
            action: None,
            facts: facts(
                text,
                Some(reference.to_string()),
                employer,
                *at,
                source.map(|source| source.to_string()),
            ),
            not_you: text.notifications_changed_not_you(),
            not_you_action: freeze_link(app, text, fresh),
        },
        Content::RecoverySuspended {
            reference,
            employer,
            at,
            until,
            source,
        } => Letter {
            subject: text.notifications_suspended_subject(reference),
            title: text.notifications_suspended_title(),
            paragraphs: vec![
                text.notifications_suspended_intro(employer, moment(text, *until)),
                text.notifications_suspended_open().to_owned(),
            ],
            action: None,
            facts: facts(
                text,
                Some(reference.to_string()),
                employer,
                *at,
                source.map(|source| source.to_string()),
            ),
            not_you: text.notifications_suspended_not_you(),
            not_you_action: None,
        },
        Content::AccountFrozen { employer, at } => Letter {
            subject: text.notifications_frozen_subject().to_owned(),
            title: text.notifications_frozen_title(),
            paragraphs: vec![
                text.notifications_frozen_intro(employer),
                text.notifications_frozen_next().to_owned(),
            ],
            action: None,
            facts: facts(text, None, employer, *at, None),
            not_you: text.notifications_frozen_not_you(),
            not_you_action: None,
        },
        Content::AccountBlocked { employer, at, source } => Letter {
            subject: text.notifications_blocked_subject().to_owned(),
            title: text.notifications_blocked_title(),
            paragraphs: vec![
                text.notifications_blocked_intro(employer),
                text.notifications_blocked_known().to_owned(),
                text.notifications_blocked_next().to_owned(),
            ],
            action: Some(Action {
                label: text.notifications_blocked_action(),
                url: app.config.public_url.join(UNLOCK_HELP),
                note: text.notifications_blocked_note().to_owned(),
            }),
            facts: facts(text, None, employer, *at, source.map(|source| source.to_string())),
            not_you: text.notifications_blocked_not_you(),
            not_you_action: None,
        },
        Content::PasswordReplaced { employer, at, source } => Letter {
            subject: text.notifications_replaced_subject().to_owned(),
            title: text.notifications_replaced_title(),
            paragraphs: vec![text.notifications_replaced_intro(employer)],
            action: None,
            facts: facts(text, None, employer, *at, source.map(|source| source.to_string())),
            not_you: text.notifications_changed_not_you(),
            not_you_action: freeze_link(app, text, fresh),
        },
        Content::DeliverabilityTest => Letter {
            subject: text.notifications_test_subject().to_owned(),
            title: text.notifications_test_title(),
            paragraphs: vec![
                text.notifications_test_intro().to_owned(),
                text.notifications_test_allow(app.config.sender()),
                text.notifications_test_nothing().to_owned(),
            ],
            action: None,
            facts: Vec::new(),
            not_you: text.notifications_test_not_you(),
            not_you_action: None,
        },
    }
}

fn reset_link(app: &App, text: Text, fresh: &Fresh) -> Option<Action> {
    match fresh {
        Fresh::Link {
            id: _,
            token,
            seconds,
        } => Some(Action {
            label: text.notifications_link_action(),
            url: app
                .config
                .public_url
                .join(&format!("{RESET_PAGE}{}", token.expose())),
            note: text.notifications_link_validity(duration(text, *seconds)),
        }),
        Fresh::Nothing | Fresh::Freeze { .. } => None,
    }
}

fn freeze_link(app: &App, text: Text, fresh: &Fresh) -> Option<Action> {
    match fresh {
        Fresh::Freeze { token, deadline } => Some(Action {
            label: text.notifications_changed_freeze(),
            url: app
                .config
                .public_url
                .join(&format!("{FREEZE_PAGE}{}", token.expose())),
            note: text.notifications_changed_until(moment(text, deadline.instant())),
        }),
        Fresh::Nothing | Fresh::Link { .. } => None,
    }
}

fn facts(
    text: Text,
    reference: Option<String>,
    employer: &str,
    at: Timestamp,
    source: Option<String>,
) -> Vec<Fact> {
    [
        (text.notifications_reference(), reference),
        (text.notifications_employer(), Some(employer.to_owned())),
        (text.notifications_when(), Some(moment(text, at))),
        (text.notifications_source(), source),
    ]
    .into_iter()
    .filter_map(|(label, value)| value.map(|value| Fact { label, value }))
    .collect()
}

fn duration(text: Text, seconds: u32) -> String {
    if seconds.is_multiple_of(60) {
        text.notifications_minutes(i64::from(seconds / 60))
    } else {
        text.notifications_seconds(i64::from(seconds))
    }
}

/// A moment as a clock on the wall in mainland Ecuador shows it: UTC−5 the whole year.
pub(super) fn moment(text: Text, at: Timestamp) -> String {
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

//! The endpoints of this slice, and the page of the demo's mailbox.

use super::{Mailer, Texter, deliverability, letter};
use crate::http::{Answer, Ctx, Failure, Routes, headers};
use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use shared::api::ErrorCode;
use shared::i18n::Text;
use shared::notifications::api::{
    DeliverabilityTest, DeliverabilityTestAccepted, ListMailbox, MailboxEntry, MailboxText, MailboxView,
    TestDeliverability,
};
use shared::secrets::Secret;
use shared::time::Timestamp;

/// The endpoints of this slice.
pub fn routes() -> Routes {
    Routes::new()
        .route::<TestDeliverability>(test)
        .route::<ListMailbox>(list)
        .page("/mailbox", page)
}

async fn test(ctx: Ctx, request: DeliverabilityTest) -> Result<Answer<DeliverabilityTestAccepted>, Failure> {
    Ok(deliverability::ask(&ctx.app, request, ctx.source, ctx.now)
        .await?
        .into())
}

async fn list(ctx: Ctx, (): ()) -> Result<Answer<MailboxView>, Failure> {
    is_open(&ctx)?;
    Ok(MailboxView {
        mails: mails(&ctx),
        texts: texts(&ctx),
    }
    .into())
}

/// Where something is shown: a server that sends everything has no such address.
fn is_open(ctx: &Ctx) -> Result<(), Failure> {
    match (&ctx.app.notifications.mailer, &ctx.app.notifications.texter) {
        (Mailer::Mailbox(_), _) | (_, Texter::Mailbox(_)) => Ok(()),
        (Mailer::Smtp(_), Texter::Gateway(_) | Texter::Off) => Err(ErrorCode::NotFound.into()),
    }
}

/// The mails that were not sent, newest first.
fn mails(ctx: &Ctx) -> Vec<MailboxEntry> {
    let mails = match &ctx.app.notifications.mailer {
        Mailer::Mailbox(mailbox) => mailbox.all(),
        Mailer::Smtp(_) => Vec::new(),
    };
    let entry = |mail: super::mailer::Mail| MailboxEntry {
        to: mail.to,
        date: mail.date,
        subject: mail.subject,
        text: Secret::new(mail.text),
        html: Secret::new(mail.html),
        language: mail.language,
    };
    mails.into_iter().map(entry).collect()
}

/// The text messages that were not sent, newest first.
fn texts(ctx: &Ctx) -> Vec<MailboxText> {
    let texts = match &ctx.app.notifications.texter {
        Texter::Mailbox(mailbox) => mailbox.texts(),
        Texter::Gateway(_) | Texter::Off => Vec::new(),
    };
    let entry = |message: super::sms::TextMessage| MailboxText {
        to: message.to,
        date: message.date,
        language: message.language,
        text: Secret::new(message.text),
    };
    texts.into_iter().map(entry).collect()
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct MailboxPage {
    language: &'static str,
    title: &'static str,
    banner: &'static str,
    again: &'static str,
    home: &'static str,
    empty: &'static str,
    to: &'static str,
    date: &'static str,
    mails: Vec<Shown>,
}

struct Shown {
    language: &'static str,
    subject: String,
    to: String,
    at: Timestamp,
    date: String,
    lines: Vec<Line>,
}

/// A piece of a message: what stands on a line of its own in a mail, and each address in a text message.
struct Line {
    text: String,
    is_link: bool,
    ends: bool,
}

/// A mail's lines. Only addresses of this portal become links, and they stand on lines of their own.
fn lines(portal: &str, mail: &str) -> Vec<Line> {
    mail.lines()
        .map(|line| Line {
            text: line.to_owned(),
            is_link: line.starts_with(portal) && !line.contains(' '),
            ends: true,
        })
        .collect()
}

/// A text message's words: its address ends it.
fn words(portal: &str, message: &str) -> Vec<Line> {
    let (before, address) = match message.split_once(portal) {
        Some((before, rest)) if !rest.contains(' ') => (before, Some(format!("{portal}{rest}"))),
        Some(_) | None => (message, None),
    };
    let before = Line {
        text: before.to_owned(),
        is_link: false,
        ends: false,
    };
    let address = address.map(|text| Line {
        text,
        is_link: true,
        ends: false,
    });
    [Some(before), address].into_iter().flatten().collect()
}

async fn page(ctx: Ctx) -> Result<Response, Failure> {
    is_open(&ctx)?;
    let text = Text::new(ctx.language);
    let portal = ctx.app.config.public_url.join("/");
    let mail = |entry: MailboxEntry| Shown {
        language: entry.language.tag(),
        subject: entry.subject,
        to: entry.to.to_string(),
        at: entry.date,
        date: letter::moment(text, entry.date),
        lines: lines(&portal, entry.text.expose()),
    };
    let message = |entry: MailboxText| Shown {
        language: entry.language.tag(),
        subject: text.notifications_mailbox_sms().to_owned(),
        to: entry.to.to_string(),
        at: entry.date,
        date: letter::moment(text, entry.date),
        lines: words(&portal, entry.text.expose()),
    };
    let mut shown: Vec<_> = mails(&ctx)
        .into_iter()
        .map(mail)
        .chain(texts(&ctx).into_iter().map(message))
        .collect();
    // Newest first; both come so, and what is equally old keeps its order.
    shown.sort_by_key(|one| std::cmp::Reverse(one.at));
    let html = MailboxPage {
        language: text.language().tag(),
        title: text.notifications_mailbox_title(),
        banner: text.notifications_mailbox_banner(),
        again: text.notifications_mailbox_again(),
        home: text.notifications_mailbox_home(),
        empty: text.notifications_mailbox_empty(),
        to: text.notifications_mailbox_to(),
        date: text.notifications_mailbox_date(),
        mails: shown,
    }
    .render()
    .map_err(Failure::fault)?;
    let policy = headers::policy_of_drawn(&html).map_err(Failure::fault)?;
    let mut response = html.into_response();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

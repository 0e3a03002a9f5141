//! The endpoints of this slice, and the page of the demo's mailbox.

use super::{Mailer, deliverability, letter};
use crate::http::{Answer, Ctx, Failure, Routes};
use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use shared::api::ErrorCode;
use shared::i18n::Text;
use shared::notifications::api::{
    DeliverabilityTest, DeliverabilityTestAccepted, ListMailbox, MailboxEntry, MailboxView,
    TestDeliverability,
};
use shared::secrets::Secret;

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
    Ok(MailboxView {
        mails: entries(&ctx)?,
    }
    .into())
}

/// The mails of the demo; where a mail server is configured there is no such address.
fn entries(ctx: &Ctx) -> Result<Vec<MailboxEntry>, Failure> {
    let mailbox = match &ctx.app.notifications.mailer {
        Mailer::Mailbox(mailbox) => mailbox,
        Mailer::Smtp(_) => return Err(ErrorCode::NotFound.into()),
    };
    let entry = |mail: super::mailer::Mail| MailboxEntry {
        to: mail.to,
        date: mail.date,
        subject: mail.subject,
        text: Secret::new(mail.text),
        html: Secret::new(mail.html),
        language: mail.language,
    };
    Ok(mailbox.all().into_iter().map(entry).collect())
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
    date: String,
    lines: Vec<Line>,
}

struct Line {
    text: String,
    is_link: bool,
}

async fn page(ctx: Ctx) -> Result<Response, Failure> {
    let text = Text::new(ctx.language);
    let portal = ctx.app.config.public_url.join("/");
    let shown = |entry: MailboxEntry| Shown {
        language: entry.language.tag(),
        subject: entry.subject,
        to: entry.to.to_string(),
        date: letter::moment(text, entry.date),
        // Only addresses of this portal become links, and they stand on lines of their own.
        lines: entry
            .text
            .expose()
            .lines()
            .map(|line| Line {
                text: line.to_owned(),
                is_link: line.starts_with(&portal) && !line.contains(' '),
            })
            .collect(),
    };
    let html = MailboxPage {
        language: text.language().tag(),
        title: text.notifications_mailbox_title(),
        banner: text.notifications_mailbox_banner(),
        again: text.notifications_mailbox_again(),
        home: text.notifications_mailbox_home(),
        empty: text.notifications_mailbox_empty(),
        to: text.notifications_mailbox_to(),
        date: text.notifications_mailbox_date(),
        mails: entries(&ctx)?.into_iter().map(shown).collect(),
    }
    .render()
    .map_err(Failure::fault)?;
    let policy = HeaderValue::try_from(security_policy(&html)).map_err(Failure::fault)?;
    let mut response = html.into_response();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// Nothing runs and nothing is loaded; the page's one style element is known by its digest.
fn security_policy(html: &str) -> String {
    let style = html
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"))
        .map_or("", |(style, _)| style);
    let digest = STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
}

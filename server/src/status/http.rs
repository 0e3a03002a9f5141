//! The endpoint, and the page.

use super::service;
use crate::http::{Answer, Ctx, Failure, Routes, headers};
use crate::notifications::service::moment;
use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use shared::i18n::Text;
use shared::status::api::{GetStatus, PartView, StatusView};
use shared::status::{Condition, Part};

/// The endpoint and the page.
pub fn routes() -> Routes {
    Routes::new().route::<GetStatus>(status).page("/status", page)
}

async fn status(ctx: Ctx, (): ()) -> Result<Answer<StatusView>, Failure> {
    Ok(service::look(&ctx.app).await.into())
}

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    language: &'static str,
    title: &'static str,
    summary: &'static str,
    at: String,
    again: &'static str,
    home: &'static str,
    contact: String,
    parts: Vec<Shown>,
}

struct Shown {
    name: &'static str,
    /// The name of its style, too.
    class: &'static str,
    sign: &'static str,
    condition: &'static str,
    since: Option<String>,
}

impl Shown {
    fn of(text: Text, view: PartView) -> Self {
        let (class, sign, condition) = match view.condition {
            Condition::Works => ("works", "✓", text.status_works()),
            Condition::Disturbed => ("disturbed", "!", text.status_disturbed()),
            Condition::Down => ("down", "✕", text.status_down()),
        };
        Self {
            name: name(text, view.part),
            class,
            sign,
            condition,
            since: view.since.map(|at| text.status_since(moment(text, at))),
        }
    }
}

fn name(text: Text, part: Part) -> &'static str {
    match part {
        Part::Recovery => text.status_recovery(),
        Part::Email => text.status_email(),
        Part::Sms => text.status_sms(),
        Part::CivilRegistry => text.status_civil_registry(),
        Part::Sri => text.status_sri(),
        Part::Superintendencia => text.status_superintendencia(),
        Part::Iess => text.status_iess(),
        Part::Signatures => text.status_signatures(),
        Part::Appointments => text.status_appointments(),
    }
}

async fn page(ctx: Ctx) -> Result<Response, Failure> {
    let text = Text::new(ctx.language);
    let view = service::look(&ctx.app).await;
    let institution = ctx.app.institution.institution();
    let all_work = view.parts.iter().all(|it| it.condition == Condition::Works);
    let html = StatusPage {
        language: text.language().tag(),
        title: text.status_title(),
        summary: if all_work {
            text.status_all()
        } else {
            text.status_not_all()
        },
        at: text.status_at(moment(text, view.at)),
        again: text.status_again(),
        home: text.status_home(),
        contact: text.layout_contact(&institution.contact, &institution.name),
        parts: view.parts.into_iter().map(|it| Shown::of(text, it)).collect(),
    };
    let html = html.render().map_err(Failure::fault)?;
    let policy = headers::policy_of_drawn(&html).map_err(Failure::fault)?;
    let mut response = html.into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    out.insert(CONTENT_SECURITY_POLICY, policy);
    out.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=5"));
    out.insert(VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}

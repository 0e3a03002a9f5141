//! Taking the sealed log along: fetched part by part, put together here, saved as a file.

use crate::errors::{problem_notice, words};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::save;
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, ButtonProps, ButtonRole, TextInputProps, button, live_region, text_input};
use shared::audit::api::{AuditExport, ExportAsked, ExportAudit};
use shared::staff::ActReason;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What was fetched so far.
#[derive(Clone, Debug, Default, PartialEq)]
struct Fetched {
    reason: Option<ActReason>,
    parts: Vec<Rc<AuditExport>>,
}

impl Fetched {
    /// Whether more is to be fetched.
    fn goes_on(&self) -> bool {
        self.parts
            .last()
            .is_some_and(|part| part.head.sequence < part.last && !part.lines.is_empty())
    }

    /// The file: what the first seal is over, every event, and the head.
    fn file(&self) -> Option<String> {
        let (first, last) = (self.parts.first()?, self.parts.last()?);
        let mut lines = vec![format!("{{\"before\":\"{}\"}}", first.before)];
        lines.extend(
            self.parts
                .iter()
                .flat_map(|part| part.lines.iter())
                .map(|line| line.expose().clone()),
        );
        lines.push(format!("{{\"head\":\"{}\"}}", last.head));
        Some(lines.join("\n") + "\n")
    }
}

/// The form.
#[component]
pub(super) fn ExportSection() -> Html {
    let text = use_text();
    let reason = use_field::<ActReason>(String::new);
    let fetched = use_state(Fetched::default);
    let call = use_staff_call::<ExportAudit>();
    let go = {
        let (call, fetched) = (call.clone(), fetched.setter());
        Callback::from(move |(reason, before): (ActReason, Vec<Rc<AuditExport>>)| {
            let fetched = fetched.clone();
            let asked = ExportAsked {
                after: before.last().map_or(0, |part| part.head.sequence),
                reason: reason.clone(),
            };
            call.send_then(asked, move |part| {
                let mut parts = before.clone();
                parts.push(part);
                fetched.set(Fetched {
                    reason: Some(reason.clone()),
                    parts,
                });
            });
        })
    };
    {
        let (go, fetched) = (go.clone(), (*fetched).clone());
        use_effect_with(fetched.parts.len(), move |_| {
            if fetched.parts.is_empty() {
                return;
            }
            if fetched.goes_on() {
                if let Some(reason) = fetched.reason.clone() {
                    go.emit((reason, fetched.parts.clone()));
                }
            } else if let Some(file) = fetched.file() {
                save::text("auditoria.ndjson", "application/x-ndjson", &file);
            }
        });
    }
    let onsubmit = {
        let (go, reason, fetched, busy) = (go, reason.clone(), fetched.setter(), call.is_loading());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy {
                return;
            }
            if let Ok(reason) = reason.send() {
                fetched.set(Fetched::default());
                go.emit((reason, Vec::new()));
            }
        })
    };
    let complete = !fetched.parts.is_empty() && !fetched.goes_on();
    let announcement = if complete {
        let events: usize = fetched.parts.iter().map(|part| part.lines.len()).sum();
        text.audit_exported(i64::try_from(events).unwrap_or(i64::MAX))
    } else {
        String::new()
    };
    html! {
        <section class="card flow" aria-labelledby="audit-export">
            <h2 id="audit-export">{ text.audit_export() }</h2>
            { paragraph(text.audit_export_what()) }
            <form class="flow" {onsubmit} novalidate=true>
                { text_input(&props!(TextInputProps {
                    id: "export-reason", label: text.audit_export_reason(),
                    error: reason.error().map(|code| AttrValue::from(words::field(text, code))),
                    value: reason.text().to_owned(), oninput: reason.oninput(), onblur: reason.onblur()
                })) }
                if let Some(problem) = call.problem() { { problem_notice(text, problem, None) } }
                <div class="actions">
                    { button(&props!(ButtonProps { kind: ButtonKind::Secondary, role: ButtonRole::Submit, state: state_of(&call), children: html! { text.audit_export_do() } })) }
                </div>
            </form>
            if complete { <p class="said"><strong>{ &announcement }</strong></p> }
            { live_region(&announcement) }
        </section>
    }
}

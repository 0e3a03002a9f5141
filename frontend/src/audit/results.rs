//! What a search found: a table of entries, with what can be pressed in it.

use crate::platform::clock;
use crate::ui::{ButtonKind, ButtonProps, button, press};
use serde::Deserialize;
use shared::audit::Actor;
use shared::audit::api::{AuditEntry, AuditOfficer, AuditPage, Masking};
use shared::i18n::Text;
use shared::identifiers::DocumentId;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What an entry lets an auditor press.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pressed {
    /// The officer's name: everything of theirs is looked for.
    pub(super) onofficer: Callback<AuditOfficer>,
    /// A document that is kept: it is to be held.
    pub(super) onhold: Callback<DocumentId>,
}

/// What an event about a document says of it, as far as it is read here.
#[derive(Deserialize)]
struct Named {
    document: DocumentId,
}

/// The document that an entry says was kept.
fn document_of(entry: &AuditEntry) -> Option<DocumentId> {
    let told = matches!(entry.kind.as_str(), "document_kept" | "document_extended");
    let named = told
        .then(|| serde_json::from_str::<Named>(&entry.detail).ok())
        .flatten()?;
    Some(named.document)
}

fn officer_button(officer: &AuditOfficer, onofficer: &Callback<AuditOfficer>) -> Html {
    let chosen = officer.clone();
    let onclick = onofficer.reform(move |_: MouseEvent| chosen.clone());
    button(&props!(ButtonProps {
        kind: ButtonKind::Quiet,
        onclick,
        children: html! { officer.name.to_string() }
    }))
}

fn hold_button(text: Text, document: DocumentId, onhold: &Callback<DocumentId>) -> Html {
    let onclick = onhold.reform(move |_: MouseEvent| document);
    press(ButtonKind::Quiet, onclick, text.audit_hold_this())
}

/// Whether what was found is masked, in words.
pub(super) fn masking_words(text: Text, pages: &[Rc<AuditPage>]) -> &'static str {
    match pages.last().map(|page| page.masking) {
        Some(Masking::Open) => text.audit_open(),
        Some(Masking::Masked) | None => text.audit_masked(),
    }
}

/// What was found, as a table that scrolls by itself where the page is narrow.
pub(super) fn table(text: Text, pages: &[Rc<AuditPage>], pressed: &Pressed) -> Html {
    let rows = pages
        .iter()
        .flat_map(|page| page.entries.iter())
        .map(|entry| row(text, entry, pressed));
    html! {
        <div class="table-frame" tabindex="0" role="region" aria-label={text.audit_results()}>
            <table class="table">
                <thead><tr>
                    <th scope="col">{ text.audit_column_when() }</th>
                    <th scope="col">{ text.audit_column_what() }</th>
                    <th scope="col">{ text.audit_column_who() }</th>
                    <th scope="col">{ text.audit_column_employer() }</th>
                    <th scope="col">{ text.audit_column_from() }</th>
                    <th scope="col">{ text.audit_column_place() }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

fn row(text: Text, entry: &AuditEntry, pressed: &Pressed) -> Html {
    let (year, month, day) = clock::official_day(entry.at);
    let shown = |secret: &Option<shared::secrets::Secret<String>>| {
        secret
            .as_ref()
            .map(|secret| secret.expose().clone())
            .unwrap_or_default()
    };
    let device = entry
        .device
        .map(|device| format!("{} · {}", device.browser.as_str(), device.system.as_str()));
    html! {
        <tr key={entry.id.to_string()}>
            <td class="numbers">{ format!("{year}-{month:02}-{day:02} ") }{ clock::official_hour(entry.at) }</td>
            <td>
                <code>{ &entry.kind }</code>
                if let Some(words) = &entry.words { <p class="audit-words">{ words.expose() }</p> }
                if let Some(document) = document_of(entry) { { hold_button(text, document, &pressed.onhold) } }
                <details><summary>{ text.audit_detail() }</summary><code class="audit-detail">{ &entry.detail }</code></details>
            </td>
            <td>
                { actor(text, entry.actor) }
                if let Some(officer) = &entry.officer { { officer_button(officer, &pressed.onofficer) } }
            </td>
            <td class="numbers">{ shown(&entry.employer) }</td>
            <td class="numbers">{ shown(&entry.source) }if let Some(device) = device { <><br />{ device }</> }</td>
            <td class="numbers">{ entry.sequence.map(|place| place.to_string()).unwrap_or_default() }</td>
        </tr>
    }
}

fn actor(text: Text, actor: Actor) -> &'static str {
    match actor {
        Actor::System => text.audit_actor_system(),
        Actor::Visitor => text.audit_actor_visitor(),
        Actor::Holder => text.audit_actor_holder(),
        Actor::Delegate => text.audit_actor_delegate(),
        Actor::Officer => text.audit_actor_officer(),
    }
}

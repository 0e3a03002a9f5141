//! Legal holds: what is kept whatever its time, and why.
//!
//! The list is looked at only when it is asked for: looking is an act of the auditor's.

use crate::errors::{problem_notice, words};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::{clock, focus};
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::{paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ButtonState, TextInputProps, button, live_region, text_input,
};
use core::str::FromStr;
use shared::api::FieldCode;
use shared::documents::DocumentClass;
use shared::documents::api::{
    DocumentChoice, HeldDocument, HeldDocuments, HoldDocument, ListHeldDocuments, ReleaseDocument,
};
use shared::i18n::Text;
use shared::identifiers::DocumentId;
use shared::staff::ActReason;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// A document's id, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Named(DocumentId);

impl FromStr for Named {
    type Err = FieldCode;

    fn from_str(text: &str) -> Result<Self, FieldCode> {
        text.trim().parse().map(Self).map_err(|_| FieldCode::Malformed)
    }
}

/// What was done, to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Did {
    Nothing,
    Held,
    Released,
}

/// Properties of [`HoldsSection`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct HoldsSectionProps {
    /// The document that was chosen in the log; its id is put into the form.
    pub(super) chosen: Option<DocumentId>,
}

/// The form, and the list.
#[component]
pub(super) fn HoldsSection(props: &HoldsSectionProps) -> Html {
    let text = use_text();
    let document = use_field::<Named>(String::new);
    let reason = use_field::<ActReason>(String::new);
    let list = use_state(|| None::<Rc<HeldDocuments>>);
    let did = use_state_eq(|| Did::Nothing);
    let look = use_staff_call::<ListHeldDocuments>();
    let hold = use_staff_call::<HoldDocument>();
    let release = use_staff_call::<ReleaseDocument>();
    let busy = look.is_loading() || hold.is_loading() || release.is_loading();
    {
        let typed = document.oninput();
        use_effect_with(props.chosen, move |chosen| {
            if let Some(chosen) = *chosen {
                typed.emit(chosen.to_string());
                focus::element("hold-reason");
            }
        });
    }
    let done = {
        let (list, did) = (list.setter(), did.setter());
        Callback::from(move |(now, what): (Rc<HeldDocuments>, Did)| {
            list.set(Some(now));
            did.set(what);
        })
    };
    let onlook = {
        let (look, done) = (look.clone(), done.clone());
        Callback::from(move |_: MouseEvent| {
            let done = done.clone();
            look.send_then((), move |now| done.emit((now, Did::Nothing)));
        })
    };
    let onsubmit = {
        let (document, reason) = (document.clone(), reason.clone());
        let (hold, done) = (hold.clone(), done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy {
                return;
            }
            let (Ok(Named(document)), Ok(reason)) = (document.send(), reason.send()) else {
                return;
            };
            let done = done.clone();
            let choice = DocumentChoice { document, reason };
            hold.send_then(choice, move |now| done.emit((now, Did::Held)));
        })
    };
    let onrelease = {
        let (reason, release) = (reason.clone(), release.clone());
        Callback::from(move |document: DocumentId| {
            let Ok(reason) = reason.send() else {
                focus::element("hold-reason");
                return;
            };
            let done = done.clone();
            let choice = DocumentChoice { document, reason };
            release.send_then(choice, move |now| done.emit((now, Did::Released)));
        })
    };
    let announcement = match *did {
        Did::Nothing => "",
        Did::Held => text.audit_held(),
        Did::Released => text.audit_released(),
    };
    let field_error = |code: Option<_>| code.map(|code| AttrValue::from(words::field(text, code)));
    let problem = hold.problem().or(release.problem()).or(look.problem());
    html! {
        <section class="card flow" aria-labelledby="audit-holds">
            <h2 id="audit-holds">{ text.audit_holds() }</h2>
            { paragraph(text.audit_holds_what()) }
            <form class="flow" {onsubmit} novalidate=true>
                if let Some(problem) = problem { { problem_notice(text, problem, None) } }
                { text_input(&props!(TextInputProps {
                    id: "hold-document", label: text.audit_hold_document(), hint: text.audit_hold_document_hint(),
                    error: field_error(document.error()), value: document.text().to_owned(),
                    oninput: document.oninput(), onblur: document.onblur()
                })) }
                { text_input(&props!(TextInputProps {
                    id: "hold-reason", label: text.audit_hold_reason(), hint: text.audit_hold_reason_hint(),
                    error: field_error(reason.error()), value: reason.text().to_owned(),
                    oninput: reason.oninput(), onblur: reason.onblur()
                })) }
                <div class="actions">
                    { button(&props!(ButtonProps { kind: ButtonKind::Secondary, role: ButtonRole::Submit, state: state_of(&hold), children: html! { text.audit_hold() } })) }
                    { button(&props!(ButtonProps { kind: ButtonKind::Quiet, state: state_of(&look), onclick: onlook, children: html! { text.audit_holds_list() } })) }
                </div>
            </form>
            if !announcement.is_empty() { <p class="said"><strong>{ announcement }</strong></p> }
            { live_region(announcement) }
            if let Some(list) = &*list {
                { held(text, list, if busy { ButtonState::Busy } else { ButtonState::Ready }, &onrelease) }
            }
        </section>
    }
}

/// What is held, each with the way to end it.
fn held(text: Text, list: &HeldDocuments, state: ButtonState, onrelease: &Callback<DocumentId>) -> Html {
    if list.documents.is_empty() {
        return paragraph(text.audit_holds_none());
    }
    html! { <ul class="members">{ for list.documents.iter().map(|one| item(text, one, state, onrelease)) }</ul> }
}

fn item(text: Text, one: &HeldDocument, state: ButtonState, onrelease: &Callback<DocumentId>) -> Html {
    let id = one.id;
    let onclick = onrelease.reform(move |_: MouseEvent| id);
    html! {
        <li class="member" key={id.to_string()}>
            <div class="member-about">
                <p><strong>{ class_words(text, one.class) }</strong></p>
                <p class="soft"><code class="audit-detail">{ id.to_string() }</code></p>
                { soft(text.audit_held_days(day(one.delete_after), day(one.made_at), day(one.held_at))) }
            </div>
            <div class="actions">
                { button(&props!(ButtonProps { kind: ButtonKind::Quiet, state, onclick, children: html! { text.audit_release() } })) }
            </div>
        </li>
    }
}

fn class_words(text: Text, class: DocumentClass) -> &'static str {
    match class {
        DocumentClass::SignatureRequest => text.audit_class_request(),
        DocumentClass::SignedRequest => text.audit_class_signed(),
        DocumentClass::SignatureEvidence => text.audit_class_evidence(),
        DocumentClass::DossierPaper => text.audit_class_paper(),
    }
}

/// A day as figures, year first.
fn day(at: Timestamp) -> String {
    let (year, month, day) = clock::official_day(at);
    format!("{year}-{month:02}-{day:02}")
}

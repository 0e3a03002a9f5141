//! The institution's words.

use super::logo::Logo;
use super::policy::Policy;
use crate::api::Remote;
use crate::errors::{problem_notice, saving_notice, summary, words as errors, wrong};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::staff::{Officer, state_of, use_staff_call, use_staff_load};
use crate::ui::prose::{lead, soft};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, SummaryEntry, TextInputProps, button, live_region, loading,
    text_input,
};
use core::str::FromStr;
use shared::api::FieldCode;
use shared::i18n::Text;
use shared::settings::institution::{
    InstitutionContact, InstitutionName, InstitutionToSave, InstitutionView, SaveInstitution, ShowInstitution,
};
use shared::staff::ActReason;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`InstitutionPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct InstitutionPageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The page.
#[component]
pub fn InstitutionPage(props: &InstitutionPageProps) -> Html {
    let text = use_text();
    let load = use_staff_load::<ShowInstitution>();
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    let view = match load.state() {
        Remote::Ready(view) => view,
        Remote::Idle | Remote::Loading => return loading(text.staff_loading()),
        Remote::Failed(problem) => return problem_notice(text, &problem, Some(&onretry)),
    };
    html! {
        <div class="flow">
            { lead(text.institution_lead()) }
            { soft(if view.official { text.institution_official() } else { text.institution_unofficial() }) }
            <WordsForm {view} onreload={onretry} />
            <Policy officer={props.officer.clone()} />
        </div>
    }
}

/// Properties of [`WordsForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct WordsFormProps {
    view: Rc<InstitutionView>,
    /// Called where somebody else changed them meanwhile: to look at them as they are.
    onreload: Callback<()>,
}

/// Name, contact and logo.
#[component]
fn WordsForm(props: &WordsFormProps) -> Html {
    let text = use_text();
    let name = use_field::<InstitutionName>(|| props.view.name.clone());
    let contact = use_field::<InstitutionContact>(|| props.view.contact.clone());
    let reason = use_field::<ActReason>(String::new);
    let logo = use_state_eq(|| props.view.logo);
    let submission = use_state_eq(|| 0_u32);
    let seen = use_state_eq(|| props.view.changed_at);
    let said = use_state_eq(|| "");
    let save = use_staff_call::<SaveInstitution>();
    let onsubmit = {
        let (name, contact, reason) = (name.clone(), contact.clone(), reason.clone());
        let (logo, submission, said, save) = (*logo, submission.clone(), said.setter(), save.clone());
        let seen = seen.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if save.is_loading() {
                return;
            }
            said.set("");
            submission.set(*submission + 1);
            if let (Ok(name), Ok(contact), Ok(reason)) = (name.send(), contact.send(), reason.send()) {
                let (said, newer) = (said.clone(), seen.setter());
                let asked = InstitutionToSave {
                    name,
                    contact,
                    logo,
                    seen: *seen,
                    reason,
                };
                save.send_then(asked, move |view: Rc<InstitutionView>| {
                    newer.set(view.changed_at);
                    said.set(text.institution_saved());
                });
            }
        })
    };
    let onlogo = {
        let logo = logo.setter();
        Callback::from(move |other| logo.set(other))
    };
    let entries = || -> Vec<SummaryEntry> {
        [
            entry(text, "institution-name", &name),
            entry(text, "institution-contact", &contact),
            entry(text, "reason", &reason),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    html! {
        <form class="card flow institution-form" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            if let Some(problem) = save.problem() { { saving_notice(text, problem, &props.onreload) } }
            if !said.is_empty() { <p class="said"><strong>{ *said }</strong></p> }
            { live_region(*said) }
            { line(text, "institution-name", text.institution_name(), None, &name) }
            { line(text, "institution-contact", text.institution_contact(), Some(text.institution_contact_hint()), &contact) }
            <Logo logo={*logo} onchange={onlogo} />
            { line(text, "reason", text.staff_reason(), Some(text.staff_reason_hint()), &reason) }
            <div class="actions">
                { button(&props!(ButtonProps { kind: ButtonKind::Primary, role: ButtonRole::Submit, state: state_of(&save), children: html! { text.institution_save() } })) }
            </div>
        </form>
    }
}

fn line<T: FromStr<Err: Into<FieldCode>>>(
    text: Text,
    id: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    field: &FieldHandle<T>,
) -> Html {
    text_input(&props!(TextInputProps {
        id,
        label,
        hint: hint.map(AttrValue::from),
        error: field
            .error()
            .map(|code| field_words(text, id, code))
            .map(AttrValue::from),
        value: field.text().to_owned(),
        oninput: field.oninput(),
        onblur: field.onblur()
    }))
}

fn field_words(text: Text, id: &str, code: FieldCode) -> &'static str {
    if id == "reason" && code == FieldCode::Missing {
        text.staff_reason_missing()
    } else {
        errors::field(text, code)
    }
}

fn entry<T: FromStr<Err: Into<FieldCode>>>(
    text: Text,
    id: &'static str,
    field: &FieldHandle<T>,
) -> Option<SummaryEntry> {
    field.error().map(|code| wrong(id, field_words(text, id, code)))
}

//! A new delegate: who, what they may do, until when; and the owner's password.

use super::super::proof::{use_proof, use_typed};
use super::super::session::{state_of, use_account_call};
use super::DelegateFormProps;
use super::power::{Errors, Power, power_fields, problem};
use crate::errors::{summary, words, wrong};
use crate::forms::identifiers::{cedula_error, cedula_field};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::platform::focus;
use crate::ui::prose::paragraph;
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, InputKind, SummaryEntry, TextInputProps, button, press, text_input,
};
use shared::api::{FieldCode, Problem};
use shared::delegates::DelegateName;
use shared::delegates::api::{CreateDelegate, NewDelegate};
use shared::i18n::Text;
use shared::identifiers::{Cedula, Email};
use yew::prelude::*;
use yew::props;

/// Who it is to be.
#[derive(Clone, PartialEq)]
struct Person {
    cedula: FieldHandle<Cedula>,
    name: FieldHandle<DelegateName>,
    email: FieldHandle<Email>,
}

impl Person {
    fn send(&self) -> Option<(Cedula, DelegateName, Email)> {
        let (cedula, name, email) = (self.cedula.send(), self.name.send(), self.email.send());
        Some((cedula.ok()?, name.ok()?, email.ok()?))
    }

    fn refuse(&self, problem: &Problem) {
        for wrong in &problem.fields {
            match wrong.field.as_str() {
                "cedula" => self.cedula.refuse(wrong.code),
                "name" => self.name.refuse(wrong.code),
                "email" => self.email.refuse(wrong.code),
                _ => {}
            }
        }
    }

    fn entries(&self, text: Text) -> Vec<SummaryEntry> {
        [
            self.cedula
                .error()
                .map(|code| wrong("cedula", cedula_error(text, code))),
            self.name
                .error()
                .map(|code| wrong("name", name_error(text, code))),
            self.email
                .error()
                .map(|code| wrong("email", email_error(text, code))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Makes a delegate.
#[component]
pub(super) fn CreateForm(props: &DelegateFormProps) -> Html {
    let text = use_text();
    let person = Person {
        cedula: use_field(String::new),
        name: use_field(String::new),
        email: use_field(String::new),
    };
    let power = use_state(Power::none);
    let submission = use_state(|| 0_u32);
    let create = use_account_call::<CreateDelegate>();
    let proof = use_proof(create.problem().cloned());
    let ontyped = use_typed();
    use_effect_with((), |()| focus::element("name"));
    {
        let person = person.clone();
        use_effect_with(create.problem().cloned(), move |problem| {
            if let Some(problem) = problem {
                person.refuse(problem);
            }
        });
    }
    let onchange = {
        let (power, ontyped) = (power.setter(), ontyped.clone());
        Callback::from(move |changed| {
            power.set(changed);
            ontyped.emit(());
        })
    };
    let onsubmit = {
        let (person, power, proof, submission, create) = (
            person.clone(),
            power.clone(),
            proof.clone(),
            submission.clone(),
            create.clone(),
        );
        let (list, ondone) = (props.list.clone(), props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if create.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            let (who, current) = (person.send(), proof.send());
            if let (Some((cedula, name, email)), Ok(scopes), Ok(until), Some(current)) =
                (who, power.scopes(), power.until(&list), current)
            {
                let ondone = ondone.clone();
                let request = NewDelegate {
                    cedula,
                    name,
                    email,
                    scopes,
                    until,
                    current,
                };
                create.send_then(request, move |list| ondone.emit(list));
            }
        })
    };
    let entries = || {
        let mut entries = person.entries(text);
        entries.extend(power.entries(text, &props.list));
        entries.extend(proof.entry(text));
        entries
    };
    let typed = |oninput: Callback<String>| {
        let ontyped = ontyped.clone();
        Callback::from(move |value| {
            oninput.emit(value);
            ontyped.emit(());
        })
    };
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            <h2>{ text.delegates_create_title() }</h2>
            { paragraph(text.delegates_create_what()) }
            { summary(text, *submission, entries) }
            { problem(text, create.problem()) }
            { text_input(&props!(TextInputProps { id: "name", label: text.delegates_name(), hint: text.delegates_name_hint(), error: person.name.error().map(|code| AttrValue::from(name_error(text, code))), value: person.name.text().to_owned(), oninput: typed(person.name.oninput()), onblur: person.name.onblur() })) }
            { cedula_field(text, "cedula", &person.cedula, text.delegates_cedula(), Some(text.delegates_cedula_hint())) }
            { text_input(&props!(TextInputProps { id: "email", label: text.delegates_email(), hint: text.delegates_email_hint(), error: person.email.error().map(|code| AttrValue::from(email_error(text, code))), value: person.email.text().to_owned(), oninput: typed(person.email.oninput()), onblur: person.email.onblur(), kind: InputKind::Email })) }
            { power_fields(text, &props.list, &power, Errors::after(*submission), &onchange) }
            { proof.field(text, &ontyped) }
            <div class="actions">
                { button(&props!(ButtonProps { role: ButtonRole::Submit, state: state_of(&create), children: html! { text.delegates_create_do() } })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_| ()), text.account_leave_it()) }
            </div>
        </form>
    }
}

/// What is wrong with a name.
fn name_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.delegates_name_missing()
    } else {
        words::field(text, code)
    }
}

/// What is wrong with an address.
fn email_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.delegates_email_missing()
    } else if code == FieldCode::Malformed {
        text.account_contacts_email_malformed()
    } else {
        words::field(text, code)
    }
}

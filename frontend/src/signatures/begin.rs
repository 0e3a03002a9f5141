//! Who asks for whom, and for which contact where that is it.

use super::purpose::{keep_key, use_open_request};
use crate::api::use_call;
use crate::errors::{words, wrong};
use crate::forms::{FieldHandle, draft, use_field};
use crate::i18n::{use_text, use_title};
use crate::procedure::{Before, Identified, IdentifyForm, Procedure};
use crate::routes::{Route, link, use_navigator};
use crate::steps::{SignatureStep, signature_steps};
use crate::ui::prose::lead;
use crate::ui::{ButtonState, InputKind, TextInputProps, stage_heading, text_input};
use shared::api::{FieldCode, Problem};
use shared::i18n::Text;
use shared::identifiers::{Email, Phone};
use shared::signatures::api::{OpenSignature, SignatureAsked};
use shared::signatures::{Purpose, PurposeName};
use yew::prelude::*;
use yew::props;

/// Properties of [`BeginPage`].
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
pub struct BeginPageProps {
    /// What the request is to bring.
    pub purpose: PurposeName,
}

/// The page at `/firma/clave` and its like.
#[component]
pub fn BeginPage(props: &BeginPageProps) -> Html {
    let text = use_text();
    let navigator = use_navigator();
    use_open_request();
    let open = use_call::<OpenSignature>();
    let contact = Contact {
        purpose: props.purpose,
        email: use_field::<Email>(String::new),
        phone: use_field::<Phone>(String::new),
    };
    use_refusal(&contact, open.problem().cloned());
    let onsend = {
        let (open, contact) = (open.clone(), contact.clone());
        Callback::from(move |typed: Identified| {
            let (navigator, purpose) = (navigator.clone(), contact.parsed());
            if let Ok(purpose) = purpose {
                open.send_then(request(purpose, typed), move |_| {
                    draft::forget();
                    navigator.replace(Route::SignatureCase);
                });
            }
        })
    };
    let state = if open.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    let (title, said) = match props.purpose {
        PurposeName::Recovery => (
            text.signatures_recovery_title(),
            text.signatures_purpose_recovery_hint(),
        ),
        PurposeName::Unlock => (
            text.signatures_unlock_title(),
            text.signatures_purpose_unlock_hint(),
        ),
        PurposeName::Email => (text.signatures_email_title(), text.signatures_contact_after()),
        PurposeName::Phone => (text.signatures_phone_title(), text.signatures_contact_after()),
    };
    use_title(title);
    html! {
        <div class="recovery column flow">
            { signature_steps(text, SignatureStep::Identify) }
            { stage_heading("none", title.into(), None) }
            { lead(said) }
            <IdentifyForm procedure={Procedure::Signature} {state} problem={open.problem().cloned()} before={contact.before(text)} {onsend} />
            { keep_key(text) }
            <p>{ link(Route::Signature, text.signatures_purpose_other()) }</p>
        </div>
    }
}

fn request(purpose: Purpose, typed: Identified) -> SignatureAsked {
    SignatureAsked {
        purpose,
        employer: typed.employer,
        branch: typed.branch,
        representative: typed.representative,
        language: typed.language,
        captcha: typed.captcha,
    }
}

/// The new contact, where a request is to bring one.
#[derive(Clone, PartialEq)]
struct Contact {
    purpose: PurposeName,
    email: FieldHandle<Email>,
    phone: FieldHandle<Phone>,
}

impl Contact {
    /// The purpose with what was typed for it.
    fn parsed(&self) -> Result<Purpose, FieldCode> {
        match self.purpose {
            PurposeName::Recovery => Ok(Purpose::Recovery),
            PurposeName::Unlock => Ok(Purpose::Unlock),
            PurposeName::Email => self.email.parsed().map(Purpose::Email),
            PurposeName::Phone => self.phone.parsed().map(Purpose::Phone),
        }
    }

    /// Marks what the server refused.
    fn refuse(&self, code: FieldCode) {
        match self.purpose {
            PurposeName::Recovery | PurposeName::Unlock => {}
            PurposeName::Email => self.email.refuse(code),
            PurposeName::Phone => self.phone.refuse(code),
        }
    }

    /// The question for it.
    fn before(&self, text: Text) -> Option<Before> {
        let own = self.clone();
        let (field, error) = match self.purpose {
            PurposeName::Recovery | PurposeName::Unlock => return None,
            PurposeName::Email => {
                let error = self.email.error().map(|code| email_error(text, code));
                let field = text_input(&props!(TextInputProps {
                    id: "contact",
                    label: text.account_contacts_new_email(),
                    hint: text.signatures_email_hint(),
                    error: error.map(AttrValue::from),
                    value: self.email.text().to_owned(),
                    oninput: self.email.oninput(),
                    onblur: self.email.onblur(),
                    kind: InputKind::Email,
                    autocomplete: "email",
                    name: "email"
                }));
                (field, error)
            }
            PurposeName::Phone => {
                let error = self.phone.error().map(|code| phone_error(text, code));
                let field = text_input(&props!(TextInputProps {
                    id: "contact",
                    label: text.account_contacts_new_phone(),
                    hint: text.signatures_phone_hint(),
                    error: error.map(AttrValue::from),
                    value: self.phone.text().to_owned(),
                    oninput: self.phone.oninput(),
                    onblur: self.phone.onblur(),
                    kind: InputKind::Phone,
                    autocomplete: "tel",
                    name: "phone"
                }));
                (field, error)
            }
        };
        let onsend = Callback::from(move |()| match own.purpose {
            PurposeName::Recovery | PurposeName::Unlock => Ok(()),
            PurposeName::Email => own.email.send().map(drop),
            PurposeName::Phone => own.phone.send().map(drop),
        });
        Some(Before {
            field,
            wrong: error.map(|words| wrong("contact", words)),
            onsend,
        })
    }
}

/// A contact that the server does not take is marked.
#[hook]
fn use_refusal(contact: &Contact, problem: Option<Problem>) {
    let contact = contact.clone();
    use_effect_with(problem, move |problem| {
        for wrong in problem.iter().flat_map(|problem| &problem.fields) {
            if wrong.field.starts_with("purpose") {
                contact.refuse(wrong.code);
            }
        }
    });
}

/// What is wrong with an address.
fn email_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.account_contacts_email_missing()
    } else if code == FieldCode::Malformed {
        text.account_contacts_email_malformed()
    } else {
        words::field(text, code)
    }
}

/// What is wrong with a number.
fn phone_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.account_contacts_phone_missing()
    } else {
        text.account_contacts_phone_malformed()
    }
}

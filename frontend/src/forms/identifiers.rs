//! The fields of an identification: employer, branch, representative.

use super::FieldHandle;
use crate::errors::words;
use crate::ui::prose::paragraph;
use crate::ui::{InputKind, InputWidth, TextInputProps, text_input};
use shared::api::FieldCode;
use shared::i18n::Text;
use shared::identifiers::{
    Branch, Cedula, Check, EmployerIdentifier, Kind, Progress, Province, RepresentativeId,
};
use yew::prelude::*;
use yew::props;

/// The groups of a number: the cédula inside a natural person's RUC looks the same as alone, and no group jumps while
/// typing.
const GROUPS: &[usize] = &[2, 4, 4, 3];

/// What an employer's number is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmployerFor {
    /// To say whom a procedure is about.
    Identification,
    /// To sign in: password managers know it together with the password.
    SignIn,
}

impl EmployerFor {
    /// The token for `autocomplete`.
    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Identification => "off",
            Self::SignIn => "username",
        }
    }
}

/// The RUC, or a household employer's cédula. Says what it recognises while it is typed.
pub fn employer_field(text: Text, id: &'static str, field: &FieldHandle<EmployerIdentifier>) -> Html {
    employer_field_for(text, id, field, EmployerFor::Identification)
}

/// The same, for a purpose.
pub fn employer_field_for(
    text: Text,
    id: &'static str,
    field: &FieldHandle<EmployerIdentifier>,
    purpose: EmployerFor,
) -> Html {
    let progress = EmployerIdentifier::progress(field.text());
    let note = match &progress {
        Progress::Complete(employer) => recognised(text, *employer, field.text()),
        Progress::Empty | Progress::Partial | Progress::Wrong(_) => Html::default(),
    };
    let error = field
        .error()
        .or(wrong(&progress))
        .map(|code| employer_error(text, code));
    text_input(&props!(TextInputProps {
        id,
        label: text.identifiers_employer_label(),
        hint: text.identifiers_employer_hint(),
        error,
        note,
        value: field.text().to_owned(),
        oninput: field.oninput(),
        onblur: field.onblur(),
        kind: InputKind::Digits,
        width: InputWidth::Number,
        groups: GROUPS,
        autocomplete: purpose.autocomplete(),
        name: "employer"
    }))
}

/// Kind and province, and what is doubtful about the number.
fn recognised(text: Text, employer: EmployerIdentifier, typed: &str) -> Html {
    let mut kinds = employer.kinds().iter().map(|kind| kind_name(text, kind));
    let first = kinds.next().unwrap_or_default();
    let kind = kinds.next().map_or_else(
        || first.to_owned(),
        |second| text.identifiers_kind_or(first, second),
    );
    let doubt = match (employer.check(), employer) {
        (Check::Failed, _) => Some(text.identifiers_employer_check_hint()),
        (Check::Ok | Check::Absent, EmployerIdentifier::Household(_)) if digits(typed) == 10 => {
            Some(text.identifiers_employer_ten())
        }
        (Check::Ok | Check::Absent, EmployerIdentifier::Household(_) | EmployerIdentifier::Ruc(_)) => None,
    };
    // Companies and public bodies have nothing to be told.
    let person = employer.own_representative().map(|_| match employer {
        EmployerIdentifier::Household(_) => text.identifiers_person_household(),
        EmployerIdentifier::Ruc(_) => text.identifiers_person_natural(),
    });
    html! {
        <>
            <strong>{ text.identifiers_recognised(kind, province_name(text, employer.province())) }</strong>
            if let Some(doubt) = doubt { <span class="field-doubt">{ " " }{ doubt }</span> }
            if let Some(person) = person { { paragraph(person) } }
        </>
    }
}

fn digits(typed: &str) -> usize {
    typed.bytes().filter(u8::is_ascii_digit).count()
}

fn kind_name(text: Text, kind: Kind) -> &'static str {
    match kind {
        Kind::Public => text.identifiers_kind_public(),
        Kind::Natural => text.identifiers_kind_natural(),
        Kind::Company => text.identifiers_kind_company(),
        Kind::Household => text.identifiers_kind_household(),
    }
}

fn province_name(text: Text, province: Province) -> &'static str {
    province.name().unwrap_or_else(|| {
        if province == Province::Abroad {
            text.identifiers_province_abroad()
        } else {
            text.identifiers_province_other()
        }
    })
}

/// The representative's cédula or foreigner code.
pub fn representative_field(text: Text, id: &'static str, field: &FieldHandle<RepresentativeId>) -> Html {
    let progress = RepresentativeId::progress(field.text());
    let note = match &progress {
        Progress::Complete(RepresentativeId::Cedula(cedula)) => {
            html! { <strong>{ text.identifiers_representative_cedula(province_name(text, cedula.province())) }</strong> }
        }
        Progress::Complete(RepresentativeId::ForeignerCode(_)) => {
            html! { <strong>{ text.identifiers_representative_code() }</strong> }
        }
        Progress::Empty | Progress::Partial | Progress::Wrong(_) => Html::default(),
    };
    let error = field
        .error()
        .or(wrong(&progress))
        .map(|code| representative_error(text, code));
    html! {
        // Not the numeric keyboard: foreigner codes have letters.
        { text_input(&props!(TextInputProps { id, label: text.identifiers_representative_label(), hint: text.identifiers_representative_hint(), error, note, value: field.text().to_owned(), oninput: field.oninput(), onblur: field.onblur(), kind: InputKind::Code, width: InputWidth::Number, groups: GROUPS, name: "representative" })) }
    }
}

/// A person's cédula.
pub fn cedula_field(
    text: Text,
    id: &'static str,
    field: &FieldHandle<Cedula>,
    label: &'static str,
    hint: Option<&'static str>,
) -> Html {
    let progress = Cedula::progress(field.text());
    let note = match &progress {
        Progress::Complete(cedula) => {
            html! { <strong>{ text.identifiers_representative_cedula(province_name(text, cedula.province())) }</strong> }
        }
        Progress::Empty | Progress::Partial | Progress::Wrong(_) => Html::default(),
    };
    let error = field
        .error()
        .or(wrong(&progress))
        .map(|code| cedula_error(text, code));
    text_input(&props!(TextInputProps {
        id,
        label,
        hint: hint.map(AttrValue::from),
        error,
        note,
        value: field.text().to_owned(),
        oninput: field.oninput(),
        onblur: field.onblur(),
        kind: InputKind::Digits,
        width: InputWidth::Number,
        groups: GROUPS,
        name: id
    }))
}

/// The branch.
pub fn branch_field(text: Text, id: &'static str, field: &FieldHandle<Branch>) -> Html {
    let error = field.error().map(|code| branch_error(text, code));
    text_input(&props!(TextInputProps {
        id,
        label: text.identifiers_branch_label(),
        hint: text.identifiers_branch_hint(),
        error,
        value: field.text().to_owned(),
        oninput: field.oninput(),
        onblur: field.onblur(),
        kind: InputKind::Digits,
        width: InputWidth::Four,
        name: "branch"
    }))
}

/// What is wrong and cannot become right by typing on.
fn wrong<T>(progress: &Progress<T>) -> Option<FieldCode> {
    match progress {
        Progress::Wrong(reason) => Some((*reason).into()),
        Progress::Empty | Progress::Partial | Progress::Complete(_) => None,
    }
}

/// What is wrong with an employer's number.
pub fn employer_error(text: Text, code: FieldCode) -> &'static str {
    match own_words(code) {
        Own::Missing => text.identifiers_employer_missing(),
        Own::Length => text.identifiers_employer_length(),
        Own::None => words::field(text, code),
    }
}

/// What is wrong with a representative's number.
pub fn representative_error(text: Text, code: FieldCode) -> &'static str {
    match own_words(code) {
        Own::Missing => text.identifiers_representative_missing(),
        Own::Length => text.identifiers_representative_length(),
        Own::None => words::field(text, code),
    }
}

/// What is wrong with a cédula.
pub fn cedula_error(text: Text, code: FieldCode) -> &'static str {
    match own_words(code) {
        Own::Missing => text.identifiers_cedula_missing(),
        Own::Length => text.identifiers_cedula_length(),
        Own::None => words::field(text, code),
    }
}

/// What is wrong with a branch.
pub fn branch_error(text: Text, code: FieldCode) -> &'static str {
    match own_words(code) {
        Own::Missing | Own::Length => text.identifiers_branch_length(),
        Own::None => words::field(text, code),
    }
}

/// The codes for which each field has words of its own.
enum Own {
    Missing,
    Length,
    None,
}

fn own_words(code: FieldCode) -> Own {
    if code == FieldCode::Missing {
        Own::Missing
    } else if code == FieldCode::Length {
        Own::Length
    } else {
        Own::None
    }
}

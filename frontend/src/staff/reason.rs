//! The officer's words about what they do: one field, wherever a reason is asked for.

use crate::errors::{words, wrong};
use crate::forms::FieldHandle;
use crate::ui::{SummaryEntry, TextInputProps, text_input};
use shared::api::FieldCode;
use shared::i18n::Text;
use shared::staff::ActReason;
use yew::prelude::*;
use yew::props;

/// The field.
pub(crate) fn reason_field(
    text: Text,
    id: &str,
    hint: &'static str,
    reason: &FieldHandle<ActReason>,
) -> Html {
    text_input(&props!(TextInputProps {
        id: id.to_owned(),
        label: text.staff_reason(),
        hint,
        error: reason
            .error()
            .map(|code| reason_words(text, code))
            .map(AttrValue::from),
        value: reason.text().to_owned(),
        oninput: reason.oninput(),
        onblur: reason.onblur()
    }))
}

/// What is wrong with it, for a summary.
pub(crate) fn reason_entry(text: Text, id: &str, reason: &FieldHandle<ActReason>) -> Option<SummaryEntry> {
    reason
        .error()
        .map(|code| wrong(id.to_owned(), reason_words(text, code)))
}

fn reason_words(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.staff_reason_missing()
    } else {
        words::field(text, code)
    }
}

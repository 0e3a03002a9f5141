//! The reference of a case, to quote.

use crate::ui::{Description, DescriptionListProps, description_list};
use shared::i18n::Text;
use shared::recovery::CaseReference;
use yew::prelude::*;
use yew::props;

/// The reference as a line of its own.
pub fn reference_line(text: Text, reference: &CaseReference) -> Html {
    description_list(&props!(DescriptionListProps {
        entries: vec![reference_entry(text, reference)]
    }))
}

/// The reference among other things to keep.
pub fn reference_entry(text: Text, reference: &CaseReference) -> Description {
    Description {
        term: text.recovery_reference_label().into(),
        detail: html! { <strong class="reference">{ reference.to_string() }</strong> },
    }
}

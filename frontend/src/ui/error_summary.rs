//! The list of what is wrong, at the top of the page, each entry leading to its field.

use super::icon::{Shape, icon};
use crate::platform::{elements, focus};
use yew::prelude::*;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryEntry {
    /// The `id` of the control to go to.
    pub field: AttrValue,
    /// What is wrong, in the same words as at the field.
    pub message: AttrValue,
}

/// Properties of [`ErrorSummary`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ErrorSummaryProps {
    /// The heading, for example "there is a problem".
    pub title: AttrValue,
    /// What is wrong, in the order of the fields. Empty: nothing is shown.
    pub entries: Vec<SummaryEntry>,
    /// Counts the submissions: the focus moves here whenever it changes and there are entries.
    pub submission: u32,
}

/// What is wrong, with links to the fields. Takes the focus after each submission that failed.
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let node = use_node_ref();
    use_effect_with(props.submission, {
        let node = node.clone();
        move |submission| {
            if *submission > 0 {
                elements::focus(&node);
            }
        }
    });
    if props.entries.is_empty() {
        return Html::default();
    }
    html! {
        <div class="notice notice-danger error-summary" role="alert" tabindex="-1" ref={node} aria-labelledby="error-summary-title">
            { icon(Shape::Stop) }
            <div class="notice-body">
                <h2 class="notice-title" id="error-summary-title">{ &props.title }</h2>
                <ul>{ for props.entries.iter().map(entry) }</ul>
            </div>
        </div>
    }
}

/// A link that moves the focus to the field instead of changing the address.
fn entry(entry: &SummaryEntry) -> Html {
    let onclick = {
        let field = entry.field.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            focus::element(&field);
        })
    };
    html! { <li><a href={format!("#{}", entry.field)} {onclick}>{ &entry.message }</a></li> }
}

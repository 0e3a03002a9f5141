//! A list whose items tick themselves.

use super::icon::{Shape, icon};
use super::regions::hidden;
use yew::prelude::*;

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckState {
    /// Nothing to judge yet.
    Open,
    /// Fulfilled.
    Met,
    /// Not fulfilled.
    Unmet,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistItem {
    /// What is asked.
    pub text: AttrValue,
    /// How it stands.
    pub state: CheckState,
    /// How it stands, in words, for screen readers.
    pub state_text: AttrValue,
}

/// Properties of [`checklist`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChecklistProps {
    /// The list's `id`, to describe a control with.
    pub id: AttrValue,
    /// What the list is, in a line above it.
    pub label: AttrValue,
    /// The items.
    pub items: Vec<ChecklistItem>,
}

/// A list whose items tick themselves. It does not speak at every keystroke: say a summary in a live region.
pub fn checklist(props: &ChecklistProps) -> Html {
    let label = format!("{}-label", props.id);
    html! {
        <div class="checklist" id={props.id.clone()}>
            <p class="checklist-label" id={label.clone()}>{ &props.label }</p>
            <ul aria-labelledby={label}>{ for props.items.iter().map(item) }</ul>
        </div>
    }
}

/// One item: sign, words, and the state for ears.
fn item(item: &ChecklistItem) -> Html {
    let (class, shape) = match item.state {
        CheckState::Open => ("", Shape::Open),
        CheckState::Met => ("met", Shape::Check),
        CheckState::Unmet => ("unmet", Shape::Stop),
    };
    html! {
        <li {class}>{ icon(shape) }<span>{ &item.text }{ hidden(&format!(" ({})", item.state_text).into()) }</span></li>
    }
}

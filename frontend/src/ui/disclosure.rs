//! What some people want to know and others do not.

use yew::prelude::*;

/// Properties of [`Disclosure`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DisclosureProps {
    /// What it is about.
    pub summary: AttrValue,
    /// What it says.
    pub children: Html,
}

/// A line that opens to a text. Printed open.
#[component]
pub fn Disclosure(props: &DisclosureProps) -> Html {
    html! {
        <details class="disclosure">
            <summary>{ &props.summary }</summary>
            <div class="disclosure-body">{ props.children.clone() }</div>
        </details>
    }
}

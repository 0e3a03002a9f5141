//! Being written.

use yew::prelude::*;

/// What is inside.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LayoutProps {
    /// The page.
    pub children: Html,
}

/// Header, page, footer.
#[component]
pub fn Layout(props: &LayoutProps) -> Html {
    html! { <main id="main">{ props.children.clone() }</main> }
}

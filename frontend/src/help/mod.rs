//! Being written.

use yew::prelude::*;

/// Which entry is open.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HelpPageProps {
    /// The entry of the address.
    #[prop_or_default]
    pub topic: Option<AttrValue>,
}

/// The page.
#[component]
pub fn HelpPage(props: &HelpPageProps) -> Html {
    html! { <p>{ props.topic.clone() }</p> }
}

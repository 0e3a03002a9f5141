//! Being written.

use yew::prelude::*;

/// The page.
#[component]
pub fn HomePage() -> Html {
    html! { <main /> }
}

//! Being written.

use yew::prelude::*;

/// The page.
#[component]
pub fn FreezePage() -> Html {
    html! { <main /> }
}

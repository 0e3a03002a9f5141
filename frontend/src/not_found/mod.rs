//! Being written.

use yew::prelude::*;

/// The page.
#[component]
pub fn NotFoundPage() -> Html {
    html! { <main /> }
}

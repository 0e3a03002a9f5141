//! Being written.

use yew::prelude::*;

/// The page.
#[component]
pub fn ResetPage() -> Html {
    html! { <main /> }
}

//! Being written.

use yew::prelude::*;

/// The page.
#[component]
pub fn RecoveryPage() -> Html {
    html! { <main /> }
}

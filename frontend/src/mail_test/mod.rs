//! Being written.

use yew::prelude::*;

/// The page.
#[component]
pub fn MailTestPage() -> Html {
    html! { <main /> }
}

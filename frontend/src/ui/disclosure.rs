//! What some people want to know and others do not.

use yew::prelude::*;

/// A line that opens to a text. Printed open.
pub fn disclosure(summary: &'static str, body: Html) -> Html {
    html! {
        <details class="disclosure">
            <summary>{ summary }</summary>
            <div class="disclosure-body">{ body }</div>
        </details>
    }
}

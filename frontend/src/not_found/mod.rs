//! An address that leads nowhere, said plainly, with the ways on.

use crate::i18n::{use_text, use_title};
use crate::routes::Route;
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, button_link, stage_heading};
use yew::prelude::*;

/// The page.
#[component]
pub fn NotFoundPage() -> Html {
    let text = use_text();
    use_title(text.not_found_title());
    html! {
        <div class="column flow">
            { stage_heading("page", text.not_found_title().into(), None) }
            { paragraph(text.not_found_what()) }
            { paragraph(text.not_found_do()) }
            <div class="actions">
                { button_link(ButtonKind::Primary, Route::Home.path(), text.not_found_home()) }
                { button_link(ButtonKind::Secondary, Route::Help.path(), text.not_found_help()) }
            </div>
        </div>
    }
}

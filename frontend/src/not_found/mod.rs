//! An address that leads nowhere, said plainly, with the ways on.

use crate::i18n::{use_text, use_title};
use crate::routes::Route;
use crate::ui::{ButtonKind, ButtonLink, StageHeading};
use yew::prelude::*;

/// The page.
#[component]
pub fn NotFoundPage() -> Html {
    let text = use_text();
    use_title(text.not_found_title());
    html! {
        <div class="column flow">
            <StageHeading text={text.not_found_title()} />
            <p>{ text.not_found_what() }</p>
            <p>{ text.not_found_do() }</p>
            <div class="actions">
                <ButtonLink href={Route::Home.path()}>{ text.not_found_home() }</ButtonLink>
                <ButtonLink href={Route::Help.path()} kind={ButtonKind::Secondary}>{ text.not_found_help() }</ButtonLink>
            </div>
        </div>
    }
}

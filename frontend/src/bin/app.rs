//! The main module of the page.

fn main() {
    // The document has had its readable shell on screen until now; the app takes its place.
    let Some(root) = gloo::utils::document().get_element_by_id("app") else {
        return;
    };
    frontend::i18n::once_first_language_is_known(|| {
        yew::Renderer::<frontend::app::App>::with_root(root).render();
    });
}

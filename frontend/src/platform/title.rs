//! The document's title and language, and what the server wrote into it.

use super::{document, window};
use gloo::events::EventListener;
use web_sys::Event;

/// The event that tells every module of the page that the document's language is another one.
const LANGUAGE: &str = "clavero:language";

/// Sets the title of the tab.
pub fn set(title: &str) {
    document().set_title(title);
}

/// Sets the `lang` attribute of the document.
pub fn set_language(tag: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", tag);
    }
    if let Ok(event) = Event::new(LANGUAGE) {
        let _ = window().dispatch_event(&event);
    }
}

/// The `lang` attribute of the document.
pub fn language() -> Option<String> {
    document().document_element()?.get_attribute("lang")
}

/// Calls `changed` whenever [`set_language`] is called, by whichever module.
pub fn on_language(changed: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), LANGUAGE, move |_| changed())
}

/// The languages that the reader's browser asks for, best first.
pub fn preferred_languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Whether the server says in the page that it is the institution's own (`<meta name="official">`).
pub fn says_official() -> bool {
    matches!(document().query_selector("meta[name=official]"), Ok(Some(_)))
}

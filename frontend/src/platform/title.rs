//! The document's title and language.

use super::{document, window};

/// Sets the title of the tab.
pub fn set(title: &str) {
    document().set_title(title);
}

/// Sets the `lang` attribute of the document.
pub fn set_language(tag: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", tag);
    }
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

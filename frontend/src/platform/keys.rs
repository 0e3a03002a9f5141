//! Keys that are pressed for the page itself, not for a field of it.

use super::document;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Whether somebody made use of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Yes: the browser does nothing with it.
    Yes,
    /// No: it is the browser's.
    No,
}

/// What keys go to when the focus is on it: they are typed, or choose.
const FIELDS: &str = "input, textarea, select, [contenteditable]";

/// Calls `pressed` with the name of each key (`n`, `?`, `Escape`) that is pressed outside of fields and dialogs, alone or with
/// Shift, and that nothing on the page has made use of.
pub fn on_key(pressed: impl Fn(&str) -> Taken + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let modified = key.ctrl_key() || key.alt_key() || key.meta_key();
        if key.default_prevented() || key.is_composing() || modified || is_typed(key) || dialog_is_open() {
            return;
        }
        if pressed(&key.key()) == Taken::Yes {
            event.prevent_default();
        }
    })
}

fn is_typed(key: &KeyboardEvent) -> bool {
    let target = key.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| matches!(element.closest(FIELDS), Ok(Some(_))))
}

fn dialog_is_open() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}

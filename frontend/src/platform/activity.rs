//! Signs that somebody is at the device.

use super::document;
use gloo::events::EventListener;
use std::rc::Rc;

/// Calls `seen` whenever a key or a pointer is pressed anywhere on the page. Moving the pointer is no sign: a table shakes.
pub fn on_activity(seen: impl Fn() + 'static) -> [EventListener; 2] {
    let seen = Rc::new(seen);
    ["keydown", "pointerdown"].map(|name| {
        let seen = seen.clone();
        EventListener::new(&document(), name, move |_| seen())
    })
}

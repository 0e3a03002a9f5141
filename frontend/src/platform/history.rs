//! The address bar and the session's history.
//!
//! It is the one truth about where the person is: every module of the page follows it by [`on_move`].
//!
//! Addresses are paths with an optional fragment; this portal has no query strings. What a fragment carries may be a
//! secret: it is read once by [`take_fragment`] and removed at once.

use super::{document, window};
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, MouseEvent};

/// The event that tells every module of the page that the address is another one. Browsers tell only of back and forward.
const MOVED: &str = "clavero:moved";

/// The path in the address bar, beginning with `/`.
pub fn path() -> String {
    window().location().pathname().unwrap_or_else(|_| "/".to_owned())
}

/// Goes to a path as a new entry.
pub fn push(path: &str) {
    // Refused only for another origin or above the browser's rate limit; the page then stays, which is harmless.
    let _ = window()
        .history()
        .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(path)));
    announce();
}

/// Puts a path in the place of the present entry.
pub fn replace(path: &str) {
    write(path);
    announce();
}

fn write(path: &str) {
    let _ = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(path)));
}

fn announce() {
    if let Ok(event) = Event::new(MOVED) {
        let _ = window().dispatch_event(&event);
    }
}

/// Takes the fragment (without `#`) out of the address bar and out of the history. `None` if there is none.
pub fn take_fragment() -> Option<String> {
    let hash = window().location().hash().ok()?;
    let fragment = hash
        .strip_prefix('#')
        .filter(|fragment| !fragment.is_empty())?
        .to_owned();
    write(&path());
    Some(fragment)
}

/// Calls `moved` when the address becomes another one: by a link, by [`push`] and [`replace`], or back and forward.
pub fn on_move(moved: impl Fn() + 'static) -> [EventListener; 2] {
    let moved = Rc::new(moved);
    ["popstate", MOVED].map(|name| {
        let moved = moved.clone();
        EventListener::new(&window(), name, move |_| moved())
    })
}

/// Calls `arrived` when only the fragment of the address changes: a second link opened in this very tab.
pub fn on_fragment(mut arrived: impl FnMut() + 'static) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| arrived())
}

/// Calls `follow` with the path of a link that was clicked plainly and leads inside the app, instead of loading it.
/// Links with a target, a download, an external origin, or under `/api`, `/mailbox` and `/status` are left to the browser.
pub fn on_link(follow: impl Fn(String) + 'static) -> EventListener {
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "click", options, move |event| {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else {
            return;
        };
        let plain = mouse.button() == 0
            && !(mouse.meta_key() || mouse.ctrl_key() || mouse.shift_key() || mouse.alt_key());
        if !plain || event.default_prevented() {
            return;
        }
        if let Some(path) = event.target().and_then(inner_path) {
            event.prevent_default();
            follow(path);
        }
    })
}

/// Calls `near` with the path of a link inside the app that the pointer or the keyboard's focus has come to.
pub fn on_near(near: impl Fn(String) + 'static) -> [EventListener; 2] {
    let near = Rc::new(near);
    ["pointerover", "focusin"].map(|name| {
        let near = near.clone();
        EventListener::new(&document(), name, move |event| {
            if let Some(path) = event.target().and_then(inner_path) {
                near(path);
            }
        })
    })
}

/// The path of the link around an element, if it is one that the app opens itself.
fn inner_path(target: EventTarget) -> Option<String> {
    let link: Element = target.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    if link.has_attribute("target") || link.has_attribute("download") {
        return None;
    }
    let href = link.get_attribute("href")?;
    let inside = href.starts_with('/') && !href.starts_with("//") && !href.contains('#');
    let outside = ["/api", "/mailbox", "/status"];
    (inside && !outside.iter().any(|begin| href.starts_with(begin))).then_some(href)
}

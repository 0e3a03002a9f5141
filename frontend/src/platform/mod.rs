//! The browser, behind small typed doors: the only place beside `api` that knows `web_sys`.
//!
//! Each file is one capability. What returns a handle (a listener, a timer, a stream, a worker) stops when the handle is
//! dropped; keep it in an effect's clean-up. Nothing here knows a word of the domain.

pub mod activity;
pub mod agent;
pub mod blob;
pub mod clock;
pub mod credentials;
pub mod elements;
pub mod events;
mod files;
pub mod focus;
pub mod history;
pub mod json;
pub mod keys;
pub mod module;
pub mod picked;
pub mod save;
pub mod storage;
pub mod theme;
pub mod title;
pub mod upload;
pub mod visibility;
pub mod worker;

use web_sys::{Document, Window};

/// The window. A page without one cannot exist; workers do not call this.
fn window() -> Window {
    gloo::utils::window()
}

/// The document of the page.
fn document() -> Document {
    gloo::utils::document()
}

/// Opens the browser's print dialogue.
pub fn print() {
    // A browser that forbids printing (an embedded view) is no failure of the page.
    let _ = window().print();
}

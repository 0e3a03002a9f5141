//! What the browser says about itself.

use super::window;

/// The browser's `User-Agent`; empty where it says nothing.
pub fn user_agent() -> String {
    window().navigator().user_agent().unwrap_or_default()
}

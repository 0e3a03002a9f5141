//! What the browser keeps: `local` for a preference, `session` for a draft that ends with the tab. Never a password,
//! never a token. A browser that refuses storage (private windows) keeps nothing, and the page works without.

use super::window;

/// A preference kept on this device.
pub fn local(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a preference on this device.
pub fn set_local(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// A draft kept while the tab lives.
pub fn session(key: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(key).ok()?
}

/// Keeps a draft while the tab lives.
pub fn set_session(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets a draft.
pub fn forget_session(key: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(key);
    }
}

//! Where somebody was going who has to sign in first. Kept for the tab only, and only pages of the staff: nothing from outside
//! can lead anybody anywhere.

use super::at_hand;
use crate::platform::storage;
use crate::routes::{Route, StaffPage};

const GOING: &str = "clavero.staff-going";
const SIGNED_IN: &str = "clavero.staff-signed-in";

/// Keeps the page, if it is one to come back to.
pub(super) fn keep(route: &Route) {
    if behind(route).is_some() {
        storage::set_session(GOING, &route.path());
    }
}

/// Where they were going; it is told once.
pub(super) fn take() -> Option<StaffPage> {
    let page = behind(&Route::parse(&storage::session(GOING)?));
    storage::forget_session(GOING);
    page
}

/// The person left by themselves.
pub(super) fn forget() {
    storage::forget_session(GOING);
    storage::forget_session(SIGNED_IN);
    at_hand::forget_dossier();
}

/// Notes that somebody is signed in, so that a later end can be told from never having been.
pub(super) fn signed_in() {
    storage::set_session(SIGNED_IN, "1");
}

/// Whether somebody was, in this tab; nobody is from now on.
pub(super) fn was_signed_in() -> bool {
    let was = storage::session(SIGNED_IN).is_some();
    storage::forget_session(SIGNED_IN);
    was
}

/// The page, if it needs a session.
fn behind(route: &Route) -> Option<StaffPage> {
    if let Route::Staff(page) = route
        && !matches!(page, StaffPage::Entry | StaffPage::Invitation)
    {
        Some(*page)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::behind;
    use crate::routes::Route;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn only_pages_behind_the_sign_in_are_come_back_to() {
        for path in ["/personal/fila", "/personal/equipo/"] {
            assert!(behind(&Route::parse(path)).is_some(), "{path}");
        }
        for path in [
            "/",
            "/personal",
            "/personal/invitacion",
            "/cuenta",
            "/personal/x",
            "//elsewhere.example/personal/fila",
        ] {
            assert!(behind(&Route::parse(path)).is_none(), "{path}");
        }
    }
}

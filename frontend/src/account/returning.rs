//! Where somebody was going who has to sign in first. Kept for the tab only, and only pages of the account area: nothing from
//! outside can lead anybody anywhere.

use crate::platform::storage;
use crate::routes::{Module, Route};

const GOING: &str = "clavero.going";
const SIGNED_IN: &str = "clavero.signed-in";

/// Keeps the page, if it is one to come back to.
pub(super) fn keep(route: &Route) {
    if is_behind(route) {
        storage::set_session(GOING, &route.path());
    }
}

/// Where to go now; the overview if nothing was kept.
pub(super) fn take() -> Route {
    let route = kept();
    storage::forget_session(GOING);
    route.unwrap_or(Route::Account)
}

/// Where somebody was going.
pub(super) fn kept() -> Option<Route> {
    let route = Route::parse(&storage::session(GOING)?);
    is_behind(&route).then_some(route)
}

/// The person left by themselves.
pub(super) fn forget() {
    storage::forget_session(GOING);
    storage::forget_session(SIGNED_IN);
}

/// Notes that somebody is signed in, so that a later end can be told from never having been.
pub(super) fn signed_in() {
    storage::set_session(SIGNED_IN, "1");
}

/// Whether somebody was, in this tab.
pub(super) fn somebody_was_signed_in() -> bool {
    storage::session(SIGNED_IN).is_some()
}

/// The same, and nobody is from now on.
pub(super) fn was_signed_in() -> bool {
    let was = somebody_was_signed_in();
    storage::forget_session(SIGNED_IN);
    was
}

/// Whether a page needs a session.
fn is_behind(route: &Route) -> bool {
    route.module() == Module::Account && !matches!(route, Route::SignIn | Route::Invitation)
}

#[cfg(test)]
mod tests {
    use super::is_behind;
    use crate::routes::Route;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn only_pages_behind_the_sign_in_are_come_back_to() {
        for path in ["/cuenta", "/cuenta/clave", "/cuenta/delegados/"] {
            assert!(is_behind(&Route::parse(path)), "{path}");
        }
        for path in [
            "/",
            "/ingresar",
            "/invitacion",
            "/ayuda",
            "/mailbox",
            "//elsewhere.example",
            "https://elsewhere.example/cuenta",
            "/cuenta/x",
        ] {
            assert!(!is_behind(&Route::parse(path)), "{path}");
        }
    }
}

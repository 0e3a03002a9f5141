//! Which dossier is open in this tab. Its id says nothing about anybody; it is kept for the tab, so that a reload shows the same
//! dossier, and never stands in an address.

use crate::platform::storage;
use shared::identifiers::DossierId;

const DOSSIER: &str = "clavero.staff-dossier";

/// Keeps the dossier that is opened.
pub fn keep_dossier(dossier: DossierId) {
    storage::set_session(DOSSIER, &dossier.to_string());
}

/// The dossier that is open.
pub fn dossier() -> Option<DossierId> {
    storage::session(DOSSIER)?.parse().ok()
}

/// None is open any more.
pub fn forget_dossier() {
    storage::forget_session(DOSSIER);
}

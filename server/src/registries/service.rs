//! The imports, one a kind of file.

use super::import::{self, ImportError, Persons, Progress, Sri, Summary};
use super::write::{PersonTable, SriTables};
use crate::store::Store;
use std::path::Path;

/// Imports one of the SRI's open RUC files.
pub async fn import_sri(
    store: &Store,
    path: &Path,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, ImportError> {
    import::import::<Sri>(store, path, &mut SriTables, watch).await
}

/// Imports persons of the Registro Civil.
pub async fn import_persons(
    store: &Store,
    path: &Path,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, ImportError> {
    import::import::<Persons>(store, path, &mut PersonTable, watch).await
}

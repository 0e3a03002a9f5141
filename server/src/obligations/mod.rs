//! What is due: in the account area, and as urgency after the identity proof of a recovery.
//!
//! Words: see `shared::obligations`. The due date is computed from the day; standing and debt are asked of the institute
//! (`crate::registries`), at each look.
//!
//! Invariants: nothing is stored here; a registry that does not answer costs the page its figures and nothing else; a debt is
//! told to whoever may see one, in a session, and to nobody else.

pub mod http;
pub mod service;

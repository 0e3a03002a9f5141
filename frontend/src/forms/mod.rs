//! Fields over the parsers of `shared`: the page and the server judge what is typed by the same code.
//!
//! Words: a [`Field`] is what was typed and whether its error may be shown. An error is shown when the person has left
//! the field or sent the form, and at once when typing on cannot help. What is typed survives everything but a reload,
//! and the identification survives that too ([`draft`]); a password survives nothing.

pub mod answers;
pub mod choice;
pub mod current;
pub mod date;
pub mod draft;
mod field;
pub mod identifiers;
pub mod new_password;
pub mod password;
pub mod strength;

pub use field::{Field, FieldHandle, use_field};

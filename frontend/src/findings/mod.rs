//! What was found of a signed document, in words: every check as a line, why it did not pass, and what to do.
//!
//! Shown by the pages of signed requests, and explained by the help.

mod lines;
pub mod words;

pub use lines::verdict_lines;

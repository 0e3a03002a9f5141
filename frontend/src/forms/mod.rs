//! Being written.
pub mod strength;

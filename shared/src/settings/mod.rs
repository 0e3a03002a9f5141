//! What the browser must know of this installation before it can show a page.

pub mod api;
pub mod institution;
pub mod pages;

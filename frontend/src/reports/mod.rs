//! The supervisors' page: figures of the centres, as charts with their tables, and as a file.
//!
//! Invariants: nothing here names a person; every sum and average is made by [`shared::reports::Figures`].

mod acts;
mod charts;
mod now;
mod page;

pub use page::ReportsPage;

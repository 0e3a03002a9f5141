//! Obligations: what an employer owes the social security institute, and by when.
//!
//! Words: the *standing* is how the institute sees the employer (al día, en mora, en convenio); the *due date* is the last
//! day on which a month's contributions are paid in time; the *debt* is what the institute counts today.
//!
//! The due-date rule: contributions of a month are due by the day of the next month that the policy names
//! (`obligations.due_day`, the 15th). Where that day is a Saturday or a Sunday, the Monday after it counts. Holidays are not
//! known here: a day before one the page says too early a day, never one too late.
//!
//! Invariants: the due date depends on the day alone, so it can be told to anybody; standing and debt are the account's.

pub mod api;
mod due;
mod record;

pub use due::next_due;
pub use record::{Cents, InvalidCents, ObligationRecord, Standing};

//! Drills: real nodes, a real database, and people who recover their passwords, to be interrupted (`cargo xtask chaos`) or counted
//! (`cargo xtask load`).
//!
//! Words: a *person* is one employer's representative in one or two browsers, with a [`Temper`] of their own; the *site* is what
//! people see of the portal: the addresses of its nodes, of which each request takes any; a *cluster* is the processes behind them; the
//! *post office* is the mail server, whose [`Weather`] says how it behaves; a *promise* is what must be true afterwards, whatever
//! happened meanwhile, and [`promises::examine`] reads it out of the database, of the mails and of what people were told.
//!
//! Invariants: everything that a drill draws comes from its seed. What happens is not the same twice, because several processes run at
//! once; what must be true afterwards does not depend on it. No token, password or answer is printed.

mod client;
mod cluster;
mod dice;
mod ledger;
mod machine;
mod outbreak;
mod person;
mod post;
pub mod promises;
mod rush;
mod simulator;
mod storage;
mod writes;

pub use client::{Client, Site, Trouble};
pub use cluster::{Cluster, Layout};
pub use dice::Dice;
pub use ledger::{Ledger, Times};
pub use outbreak::{Chaos, Interruptions, Report};
pub use person::{Habits, Outcome, Person, Temper, Told};
pub use post::{PostOffice, Taken, Weather};
pub use rush::{Measured, Rush};
pub use simulator::Simulator;
pub use storage::Storage;
pub use writes::Writes;

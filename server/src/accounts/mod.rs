//! Accounts of employers, as far as recovering a password needs them: who the owner is, the password and its history,
//! and the link with which an owner freezes the account.
//!
//! Words: an [`Account`] belongs to an employer and branch; it is *blocked* after failed sign-ins and *frozen* by its
//! owner ("no fui yo"), and frozen outweighs blocked. A [`NewPassword`] has passed every rule and is hashed.
//!
//! Invariants: no password and no token is stored, only Argon2id with a pepper that is not in the database, and a keyed
//! digest; hashing happens outside of transactions, in a bounded number of slots; looking at a freeze link changes
//! nothing; what an account allows is read from its row.

mod account;
mod check;
mod counter;
mod freeze;
mod hasher;
pub mod http;
mod kept;
mod passwords;
mod phc;
pub mod reminder;
pub mod service;
pub mod store;

pub use account::{Account, NewAccount, State};
pub use check::{Checked, RightPassword, StoredPassword};
pub use counter::CounterError;
pub use freeze::MadeFreezeLink;
pub use hasher::{HashError, Hasher};
pub use passwords::{Judged, NewPassword};
pub use phc::pepper_mark;
pub use store::Change;

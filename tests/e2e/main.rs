//! Whole recoveries, as people make them: the built binary with imported files and real SMTP, and a real browser.
//!
//! Words: an *installation* is a folder with a configuration; a *portal* is the running binary; a *page* is what a person
//! does in a tab. A test owns one of each and a mail server; nothing is shared but the built binary.
//! Invariants: waits are for conditions and end; time is the server's and is moved by its hook; every text that is looked
//! for is the one that the frontend shows, by its id.

mod access;
mod account;
mod appointments;
mod auditing;
mod axe;
mod chrome;
mod contacts;
mod corners;
mod counter;
mod desk;
mod desks;
mod devices;
mod disk;
mod dossier;
mod impostors;
mod keyboard;
mod kinds;
mod languages;
mod logs;
mod mail;
mod memory;
mod narrow;
mod office;
mod overview;
mod page;
mod passkeys;
mod people;
mod policies;
mod portal;
mod recovery;
mod refusals;
mod registries;
mod rooms;
mod scene;
mod sign_in;
mod signatures;
mod simulator;
mod sms;
mod step_up;
mod unlock;
mod visitors;
mod whole;

use std::ffi::OsString;

/// A variable of the environment, set by `cargo xtask test`.
fn variable(name: &str) -> Option<OsString> {
    #[expect(
        clippy::disallowed_methods,
        reason = "where tools are is told by the task runner"
    )]
    std::env::var_os(name)
}

//! The notary, from a request that it issued to the opinion on what came back: files that genuine tools signed, and files that
//! somebody spoiled.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

mod command;
mod genuine;
mod hostile;
mod kept;
mod limits;
mod scene;
mod sockets;
mod tools;

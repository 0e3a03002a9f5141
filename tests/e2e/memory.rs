//! How much memory the real server takes while many wait to sign in.

use super::portal::Installation;
use serde_json::json;
use std::fs;
use tests::smtp::Server;

/// Hashes at a time.
const SLOTS: u64 = 4;
/// What a hash takes, in KiB.
const HASH: u64 = 19_456;
/// What everything else may take, in KiB: 80 MB.
const REST: u64 = 80_000_000 / 1024;
/// Sign-ins at once.
const PEOPLE: u32 = 200;

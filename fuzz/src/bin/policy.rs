//! Fuzzes [`server::fuzzing::policy`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| server::fuzzing::policy(bytes));

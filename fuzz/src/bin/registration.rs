//! Fuzzes [`server::fuzzing::registration`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| server::fuzzing::registration(bytes));

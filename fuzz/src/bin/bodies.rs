//! Fuzzes [`server::fuzzing::bodies`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| server::fuzzing::bodies(bytes));

//! Fuzzes [`server::fuzzing::assertion`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| server::fuzzing::assertion(bytes));

//! Fuzzes [`notary::fuzzing::file`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| notary::fuzzing::file(bytes));

//! Fuzzes [`notary::fuzzing::list`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| notary::fuzzing::list(bytes));

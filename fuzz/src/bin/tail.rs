//! Fuzzes [`notary::fuzzing::tail`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| notary::fuzzing::tail(bytes));

//! Fuzzes [`notary::fuzzing::certificate`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| notary::fuzzing::certificate(bytes));

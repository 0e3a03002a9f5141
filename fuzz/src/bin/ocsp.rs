//! Fuzzes [`notary::fuzzing::ocsp`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| notary::fuzzing::ocsp(bytes));

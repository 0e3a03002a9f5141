//! Fuzzes [`notary::fuzzing::message`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| notary::fuzzing::message(bytes));

//! Fuzzes [`shared::i18n::fuzzing::filling`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shared::i18n::fuzzing::filling(bytes));

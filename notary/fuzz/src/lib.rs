//! The corpus of the fuzz targets, and a short run of each in every test.
//!
//! Words: a *target* is a reader of what strangers send; its *corpus* is a folder of inputs, kept small; an input that once broke a
//! reader is kept as `broke-…`.
//!
//! Invariants: each target has a corpus. `cargo xtask fuzz` makes new inputs from it, with an engine that sees which code they
//! reach; the tests here need none.

#![forbid(unsafe_code)]

/// A reader that takes any bytes.
pub type Reader = fn(&[u8]);

/// Every target: the name of its folder and of its program.
pub const TARGETS: [(&str, Reader); 6] = [
    ("certificate", notary::fuzzing::certificate),
    ("file", notary::fuzzing::file),
    ("list", notary::fuzzing::list),
    ("message", notary::fuzzing::message),
    ("ocsp", notary::fuzzing::ocsp),
    ("tail", notary::fuzzing::tail),
];

#[cfg(test)]
mod tests {
    use super::{Reader, TARGETS};
    use std::fs;
    use std::path::PathBuf;

    /// Inputs made from each of the corpus, by a rule that is the same each time.
    const CHANGED: u64 = 120;

    fn corpus(target: &str) -> Vec<Vec<u8>> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("corpus")
            .join(target);
        let mut files: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files.into_iter().map(|file| fs::read(file).unwrap()).collect()
    }

    /// Numbers that look random: xorshift.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
        }
    }

    /// An input with a few bytes other, gone, doubled or from another input.
    fn changed(input: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
        let mut bytes = input.to_vec();
        for _ in 0..=numbers.below(4) {
            let (at, length) = (numbers.below(bytes.len()), numbers.below(24));
            let end = (at + length).min(bytes.len());
            match numbers.below(4) {
                0 => bytes
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|byte| *byte = numbers.0.to_le_bytes()[3]),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
                _ => {
                    let from = numbers.below(other.len());
                    let piece = other[from..(from + length).min(other.len())].to_vec();
                    bytes.splice(at..end, piece);
                }
            }
        }
        bytes
    }

    fn run(target: &str, read: Reader) {
        let corpus = corpus(target);
        assert!(!corpus.is_empty(), "{target} has no corpus");
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for input in &corpus {
            read(input);
            for _ in 0..CHANGED {
                let other = &corpus[numbers.below(corpus.len())];
                read(&changed(input, other, &mut numbers));
            }
        }
    }

    #[test]
    fn every_target_reads_its_corpus_and_what_is_made_of_it() {
        for (target, read) in TARGETS {
            run(target, read);
        }
    }
}

//! What reads strangers' bytes, fed with bytes that nobody wrote: the corpus and a short run of each target in every test.
//!
//! Words: a *target* reads any bytes and must come back, with what it asserts true; its *corpus* is a folder of inputs, kept small; an input that
//! once broke it is kept as `broke-…`.
//!
//! Invariants: each target has a corpus and a program, and nothing else has. `cargo xtask fuzz` makes new inputs from it, with an engine that sees which code they
//! reach; the tests here need none.

#![forbid(unsafe_code)]

mod texts;

pub use texts::{codes, identifiers};

/// A target.
pub type Reader = fn(&[u8]);

/// Every target: the name of its folder and of its program.
pub const TARGETS: [(&str, Reader); 15] = [
    ("assertion", server::fuzzing::assertion),
    ("bodies", server::fuzzing::bodies),
    ("certificate", notary::fuzzing::certificate),
    ("codes", codes),
    ("file", notary::fuzzing::file),
    ("filling", shared::i18n::fuzzing::filling),
    ("identifiers", identifiers),
    ("letter", server::fuzzing::letter),
    ("list", notary::fuzzing::list),
    ("message", notary::fuzzing::message),
    ("ocsp", notary::fuzzing::ocsp),
    ("policy", server::fuzzing::policy),
    ("registration", server::fuzzing::registration),
    ("rows", server::fuzzing::rows),
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

    /// The names in a folder of this package, without what stands behind a dot.
    fn names(folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder))
            .unwrap()
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_target_has_a_corpus_and_a_program_and_nothing_else_has() {
        let targets = TARGETS.map(|(target, _)| target);
        assert_eq!(names("corpus"), targets);
        assert_eq!(names("src/bin"), targets);
        let declared: Vec<&str> = include_str!("../Cargo.toml")
            .lines()
            .filter_map(|line| line.strip_prefix("name = \"fuzz-")?.strip_suffix('"'))
            .collect();
        assert_eq!(declared, targets);
    }

    #[test]
    fn every_target_reads_its_corpus_and_what_is_made_of_it() {
        for (target, read) in TARGETS {
            run(target, read);
        }
    }

    #[test]
    fn each_corpus_has_what_is_taken_and_what_is_not() {
        // An assertion that nobody takes would show nothing of what is taken.
        for (target, taken) in [
            ("assertion", server::fuzzing::is_asserted as fn(&[u8]) -> bool),
            ("registration", server::fuzzing::is_registered),
            ("policy", server::fuzzing::is_policy),
        ] {
            let (good, bad): (Vec<_>, Vec<_>) = corpus(target).into_iter().partition(|input| taken(input));
            assert!(!good.is_empty() && !bad.is_empty(), "{target}");
        }
    }
}

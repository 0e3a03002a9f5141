//! The list of leaked passwords: offline, in one file, asked without telling anybody which password is meant.
//!
//! Words: a *list* is what is published (SHA-1 digests, or plain passwords); a *filter* is the file made from it, which
//! answers "surely not" or "most probably yes". [`Leaks`] is the filter in force.
//! Invariants: a listed password is always found; another one is found by mistake once in about 65 000 times (16 bits a
//! fingerprint). A damaged filter is refused at the start, never used. No password leaves the process.
//! What it does not do: fetch lists. The operator downloads one and runs `clavero leaks build`; until then the small
//! list in the binary is in force, made from zxcvbn's common passwords (`common.txt`, MIT licence).

mod build;
pub mod command;
mod file;

pub use build::{BuildError, ListFormat, build};
pub use file::DamagedFilter;

use sha1::{Digest, Sha1};
use shared::passwords::LeakedList;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use xorf::{BinaryFuse16, Filter};

/// The name of the operator's filter in the data folder. Without it the built-in one is in force.
pub const FILE_NAME: &str = "leaks.filter";

/// The filter that is built in: `clavero leaks build --format passwords server/src/leaks/common.txt`.
const BUILT_IN: &[u8] = include_bytes!("common.filter");

static BUILT_IN_FILTER: LazyLock<Leaks> = LazyLock::new(|| {
    let filter = file::read(BUILT_IN).expect("a test reads the filter that is built in");
    Leaks(Arc::new(filter))
});

/// The list of leaked passwords in force. Clones share it.
#[derive(Clone)]
pub struct Leaks(Arc<BinaryFuse16>);

impl Leaks {
    /// The operator's filter in the data folder, or the built-in one if there is none.
    pub fn in_force(data_dir: &Path) -> Result<Self, DamagedFilter> {
        match File::open(data_dir.join(FILE_NAME)) {
            Ok(filter) => file::read(filter).map(|filter| Self(Arc::new(filter))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::built_in()),
            Err(error) => Err(DamagedFilter::Unreadable(error)),
        }
    }

    /// The small list in the binary.
    pub fn built_in() -> Self {
        BUILT_IN_FILTER.clone()
    }

    /// Whether the list has this password, to the letter.
    pub fn contains(&self, password: &str) -> bool {
        self.0.contains(&key(&Sha1::digest(password.as_bytes()).into()))
    }
}

impl LeakedList for Leaks {
    fn has(&self, password: &str) -> bool {
        self.contains(password)
    }
}

impl std::fmt::Debug for Leaks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Leaks({} fingerprints)", self.0.len())
    }
}

/// What the filter holds of a digest: its first eight bytes. Of a thousand million passwords, no two share them but by
/// a chance of one in forty, and then nothing worse happens than that one stands for both.
fn key(digest: &[u8; 20]) -> u64 {
    digest.first_chunk().copied().map_or(0, u64::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: &str = include_str!("common.txt");

    #[test]
    fn every_common_password_is_found() {
        let leaks = Leaks::built_in();
        assert!(COMMON.lines().count() > 25_000);
        for password in COMMON.lines() {
            assert!(leaks.contains(password), "{password}");
        }
    }

    #[test]
    fn mistakes_are_as_rare_as_promised() {
        let leaks = Leaks::built_in();
        let mistakes = (0..500_000)
            .filter(|number| leaks.contains(&format!("no-list-has-{number}")))
            .count();
        // 500 000 / 65 536 = 7.6 are expected; 25 would be more than six standard deviations away.
        assert!(mistakes < 25, "{mistakes} of 500 000");
    }

    #[test]
    fn the_built_in_filter_is_made_from_the_list_beside_it() {
        let made = build::from_reader(COMMON.as_bytes(), ListFormat::Passwords, 1).unwrap();
        let mut file = Vec::new();
        file::write(&made, &mut file).unwrap();
        assert!(
            file == BUILT_IN,
            "run `clavero leaks build --format passwords server/src/leaks/common.txt -o server/src/leaks/common.filter`"
        );
    }

    #[test]
    fn a_filter_in_the_data_folder_comes_first_and_a_damaged_one_stops() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Leaks::in_force(folder.path()).unwrap().contains("password"));
        let made = build::from_reader(
            b"correct horse\nbattery staple".as_slice(),
            ListFormat::Passwords,
            1,
        )
        .unwrap();
        let mut bytes = Vec::new();
        file::write(&made, &mut bytes).unwrap();
        std::fs::write(folder.path().join(FILE_NAME), &bytes).unwrap();
        let own = Leaks::in_force(folder.path()).unwrap();
        assert!(own.contains("correct horse") && !own.contains("password"));
        std::fs::write(folder.path().join(FILE_NAME), &bytes[..bytes.len() - 1]).unwrap();
        assert!(Leaks::in_force(folder.path()).is_err());
    }
}

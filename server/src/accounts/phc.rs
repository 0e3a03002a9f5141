//! The text form of a password hash (PHC string): `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, and with the pepper of a generation
//! after the first `$argon2id$v=19$m=19456,t=2,p=1,keyid=Mg$…`: the generation's digits, in base64 as the format wants.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use shared::policy::Hashing;
use std::fmt;
use std::str::FromStr;
use subtle::ConstantTimeEq;

/// With what a password was hashed: everything but the password and the pepper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Recipe {
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
    /// Whose pepper it has.
    pub(super) generation: u32,
    pub(super) salt: [u8; 16],
}

impl Recipe {
    /// The policy's parameters with the pepper of a generation and a salt.
    pub(super) const fn new(policy: &Hashing, generation: u32, salt: [u8; 16]) -> Self {
        Self {
            memory_kib: policy.memory_kib,
            passes: policy.passes,
            lanes: policy.lanes,
            generation,
            salt,
        }
    }

    /// Whether it has the policy's parameters and the pepper of the generation in force.
    pub(super) const fn is_current(&self, policy: &Hashing, generation: u32) -> bool {
        self.memory_kib == policy.memory_kib
            && self.passes == policy.passes
            && self.lanes == policy.lanes
            && self.generation == generation
    }
}

/// What hashes with the pepper of a generation after the first have in their text, and no others.
pub fn pepper_mark(generation: u32) -> String {
    format!(",keyid={}$", STANDARD_NO_PAD.encode(generation.to_string()))
}

/// A hashed password. Not in `Debug`, compared in constant time.
#[derive(Clone)]
pub(super) struct PasswordHash {
    pub(super) recipe: Recipe,
    pub(super) output: [u8; 32],
}

/// A text that is no hash of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a password hash")]
pub(super) struct MalformedHash;

impl PasswordHash {
    /// Whether it is this output, in constant time.
    pub(super) fn is(&self, output: &[u8; 32]) -> bool {
        self.output.ct_eq(output).into()
    }
}

impl fmt::Display for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Recipe {
            memory_kib,
            passes,
            lanes,
            generation,
            salt,
        } = &self.recipe;
        let key = match generation {
            1 => String::new(),
            later => format!(",keyid={}", STANDARD_NO_PAD.encode(later.to_string())),
        };
        let (salt, output) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(self.output));
        write!(
            f,
            "$argon2id$v=19$m={memory_kib},t={passes},p={lanes}{key}${salt}${output}"
        )
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(••••)")
    }
}

impl FromStr for PasswordHash {
    type Err = MalformedHash;

    fn from_str(text: &str) -> Result<Self, MalformedHash> {
        let rest = text.strip_prefix("$argon2id$v=19$m=").ok_or(MalformedHash)?;
        let mut parts = rest.split('$');
        let (Some(costs), Some(salt), Some(output), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(MalformedHash);
        };
        let (memory, costs) = costs.split_once(",t=").ok_or(MalformedHash)?;
        let (passes, lanes) = costs.split_once(",p=").ok_or(MalformedHash)?;
        let (lanes, generation) = match lanes.split_once(",keyid=") {
            None => (lanes, 1),
            Some((lanes, key)) => (lanes, later(key)?),
        };
        let number = |text: &str| text.parse::<u32>().map_err(|_| MalformedHash);
        Ok(Self {
            recipe: Recipe {
                memory_kib: number(memory)?,
                passes: number(passes)?,
                lanes: number(lanes)?,
                generation,
                salt: bytes(salt)?,
            },
            output: bytes(output)?,
        })
    }
}

/// The number of a generation after the first.
fn later(key: &str) -> Result<u32, MalformedHash> {
    let digits = STANDARD_NO_PAD.decode(key).map_err(|_| MalformedHash)?;
    let number = std::str::from_utf8(&digits)
        .ok()
        .and_then(|digits| digits.parse().ok());
    number.filter(|number| *number > 1).ok_or(MalformedHash)
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], MalformedHash> {
    let decoded = STANDARD_NO_PAD.decode(text).map_err(|_| MalformedHash)?;
    decoded.try_into().map_err(|_| MalformedHash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_was_written_and_hides_in_debug() {
        let recipe = Recipe {
            memory_kib: 19_456,
            passes: 2,
            lanes: 1,
            generation: 1,
            salt: [3; 16],
        };
        let hash = PasswordHash {
            recipe,
            output: [9; 32],
        };
        let text = hash.to_string();
        assert!(text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{text}");
        let read: PasswordHash = text.parse().unwrap();
        assert_eq!((read.recipe, read.output), (recipe, [9; 32]));
        assert_eq!(format!("{hash:?}"), "PasswordHash(••••)");
        let recipe = Recipe {
            generation: 12,
            ..recipe
        };
        let later = PasswordHash { recipe, ..hash }.to_string();
        assert!(
            later.starts_with("$argon2id$v=19$m=19456,t=2,p=1,keyid=MTI$"),
            "{later}"
        );
        assert!(later.contains(&pepper_mark(12)));
        assert_eq!(later.parse::<PasswordHash>().unwrap().recipe, recipe);
    }

    #[test]
    fn malformed_hashes_are_refused() {
        let good = PasswordHash {
            recipe: Recipe {
                memory_kib: 8,
                passes: 1,
                lanes: 1,
                generation: 1,
                salt: [0; 16],
            },
            output: [0; 32],
        };
        let good = good.to_string();
        let changed = [
            String::new(),
            good.replace("argon2id", "argon2i"),
            good.replace("m=8", "m=-8"),
            good.replace(",t=1", ""),
            format!("{good}$"),
            good[..good.len() - 4].to_owned(),
            good.replace("v=19", "v=16"),
            good.replace("p=1", "p=1,keyid="),
            good.replace("p=1", "p=1,keyid=MQ"),
            good.replace("p=1", "p=1,keyid=eA"),
        ];
        for text in changed {
            assert!(text.parse::<PasswordHash>().is_err(), "{text}");
        }
    }
}

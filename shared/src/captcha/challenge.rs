//! Issuing, reading and verifying challenges.

use super::work::{Memory, Work};
use super::{Difficulty, Solution, Subject};
use crate::secrets::Secret;
use crate::time::{Deadline, Timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use core::fmt;
use core::str::FromStr;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A challenge as whoever solves it sees it. Its signature means nothing to anybody but the server.
///
/// Bytes, in base64url without padding: version 1, bits, parts, passes (one byte each), memory in KiB (u32), a random
/// seed (16 bytes), the end in microseconds since 1970 (i64), HMAC-SHA-256 of all that and of the subject (32 bytes);
/// numbers in little endian.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    bytes: [u8; LENGTH],
    difficulty: Difficulty,
}

/// A text that is no challenge of ours, or asks for more work than any policy may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a challenge")]
pub struct MalformedChallenge;

/// Why a solution was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not a challenge at all, or has not one nonce for each part.
    #[error("malformed solution")]
    Malformed,
    /// Not signed by us for this subject.
    #[error("challenge of another server or for another subject")]
    Forged,
    /// Its time is over.
    #[error("challenge expired")]
    Expired,
    /// A nonce does not solve its part.
    #[error("work not done")]
    Unsolved,
}

/// A solution that holds. Worth nothing before the server has written down that its seed is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What makes the challenge single-use.
    pub seed: [u8; 16],
    /// Until when it must be remembered.
    pub expires: Deadline,
}

const VERSION: u8 = 1;
const SEED: core::ops::Range<usize> = 8..24;
const END: core::ops::Range<usize> = 24..32;
const SIGNED: usize = 32;
const LENGTH: usize = SIGNED + 32;

/// Issues a challenge. `seed` must be fresh random bytes.
///
/// # Errors
/// When the difficulty is more than any browser may be asked for: a policy that was not validated.
pub fn issue(
    key: &Secret<[u8; 32]>,
    subject: &Subject,
    difficulty: Difficulty,
    seed: [u8; 16],
    expires: Deadline,
) -> Result<Challenge, MalformedChallenge> {
    if !difficulty.is_reasonable() {
        return Err(MalformedChallenge);
    }
    let mut bytes = [0; LENGTH];
    bytes[..4].copy_from_slice(&[VERSION, difficulty.bits, difficulty.parts, difficulty.passes]);
    bytes[4..8].copy_from_slice(&difficulty.memory_kib.to_le_bytes());
    bytes[SEED].copy_from_slice(&seed);
    bytes[END].copy_from_slice(&expires.instant().as_micros().to_le_bytes());
    let signature = signature(key, &bytes[..SIGNED], subject).finalize().into_bytes();
    bytes[SIGNED..].copy_from_slice(&signature);
    Ok(Challenge { bytes, difficulty })
}

/// Verifies a solution: first what costs nothing (form, signature, time), then the work.
///
/// # Errors
/// [`Refused`], in that order.
pub fn verify(
    key: &Secret<[u8; 32]>,
    solution: &Solution,
    subject: &Subject,
    now: Timestamp,
    memory: &mut Memory,
) -> Result<Verified, Refused> {
    let challenge: Challenge = solution
        .challenge
        .parse()
        .map_err(|MalformedChallenge| Refused::Malformed)?;
    if solution.nonces.len() != usize::from(challenge.difficulty.parts) {
        return Err(Refused::Malformed);
    }
    let (signed, given) = challenge.bytes.split_at(SIGNED);
    signature(key, signed, subject)
        .verify_slice(given)
        .map_err(|_| Refused::Forged)?;
    if challenge.expires().has_passed(now) {
        return Err(Refused::Expired);
    }
    let work = challenge.work().ok_or(Refused::Malformed)?;
    let all = (0..)
        .zip(&solution.nonces)
        .all(|(part, nonce)| work.solves(part, *nonce, memory));
    if !all {
        return Err(Refused::Unsolved);
    }
    Ok(Verified {
        seed: challenge.seed(),
        expires: challenge.expires(),
    })
}

/// The subject stands behind the fixed number of signed bytes, so the two cannot be confused.
fn signature(key: &Secret<[u8; 32]>, signed: &[u8], subject: &Subject) -> Hmac<Sha256> {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key.expose()).expect("HMAC takes keys of any length");
    mac.update(signed);
    mac.update(subject.canonical().as_bytes());
    mac
}

impl Challenge {
    /// The amount of work.
    pub const fn difficulty(&self) -> Difficulty {
        self.difficulty
    }

    /// The first instant at which the server refuses it.
    pub(super) fn expires(&self) -> Deadline {
        Deadline::at(Timestamp::from_micros(i64::from_le_bytes(self.field(END))))
    }

    fn seed(&self) -> [u8; 16] {
        self.field(SEED)
    }

    fn field<const N: usize>(&self, range: core::ops::Range<usize>) -> [u8; N] {
        let mut field = [0; N];
        field.copy_from_slice(&self.bytes[range]);
        field
    }

    pub(super) fn work(&self) -> Option<Work<'_>> {
        Work::new(self.difficulty, &self.bytes[SEED])
    }
}

impl FromStr for Challenge {
    type Err = MalformedChallenge;

    fn from_str(text: &str) -> Result<Self, MalformedChallenge> {
        let decoded = URL_SAFE_NO_PAD.decode(text).map_err(|_| MalformedChallenge)?;
        let bytes: [u8; LENGTH] = decoded.try_into().map_err(|_| MalformedChallenge)?;
        let [version, bits, parts, passes, memory @ ..] = bytes;
        let memory_kib = u32::from_le_bytes([memory[0], memory[1], memory[2], memory[3]]);
        let difficulty = Difficulty {
            memory_kib,
            passes,
            parts,
            bits,
        };
        if version != VERSION || !difficulty.is_reasonable() {
            return Err(MalformedChallenge);
        }
        Ok(Self { bytes, difficulty })
    }
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.bytes))
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Challenge")
            .field("difficulty", &self.difficulty)
            .finish_non_exhaustive()
    }
}

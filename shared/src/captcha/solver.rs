//! Solving a challenge in steps, so that a worker can report progress and be stopped between two of them.

use super::work::Memory;
use super::{Challenge, MalformedChallenge, Solution};

/// A challenge being solved.
#[derive(Debug)]
pub struct Solver {
    challenge: Challenge,
    memory: Memory,
    nonces: Vec<u32>,
    next: u32,
}

/// Where the solving stands after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// More steps are needed.
    Working {
        /// How far it has come, in thousandths. An estimate: it is luck, so it never reaches 1000 and never goes back.
        permille: u16,
    },
    /// Done.
    Solved(Solution),
}

impl Solver {
    /// Begins; nothing is computed yet.
    pub fn new(challenge: Challenge) -> Self {
        Self {
            challenge,
            memory: Memory::default(),
            nonces: Vec::new(),
            next: 0,
        }
    }

    /// Tries up to `tries` numbers (each takes a few milliseconds). After [`Step::Solved`] it answers the same again.
    ///
    /// # Errors
    /// When the challenge's parameters are none that Argon2 takes.
    pub fn step(&mut self, tries: u32) -> Result<Step, MalformedChallenge> {
        let parts = self.challenge.difficulty().parts();
        let work = self.challenge.work().ok_or(MalformedChallenge)?;
        for _ in 0..tries {
            let Some(part) = u8::try_from(self.nonces.len()).ok().filter(|part| *part < parts) else {
                break;
            };
            if work.solves(part, self.next, &mut self.memory) {
                self.nonces.push(self.next);
                self.next = 0;
            } else {
                self.next = self.next.wrapping_add(1);
            }
        }
        if self.nonces.len() == usize::from(parts) {
            let challenge = self.challenge.to_string();
            return Ok(Step::Solved(Solution {
                challenge,
                nonces: self.nonces.clone(),
            }));
        }
        Ok(Step::Working {
            permille: self.permille(),
        })
    }

    /// The solved parts, and of the current one `tries / (tries + expected)`, which grows ever slower.
    fn permille(&self) -> u16 {
        let difficulty = self.challenge.difficulty();
        let (parts, solved) = (u64::from(difficulty.parts()), self.nonces.len() as u64);
        let (tried, expected) = (u64::from(self.next), 1u64 << difficulty.bits());
        let current = 1000 * tried / (tried + expected);
        u16::try_from((solved * 1000 + current) / parts)
            .unwrap_or(999)
            .min(999)
    }
}

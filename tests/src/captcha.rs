//! The work of a captcha, as the page's worker does it.

use crate::browser::Browser;
use shared::api::Problem;
use shared::captcha::api::IssueCaptcha;
use shared::captcha::{Challenge, Solution, Solver, Step, Subject};
use shared::policy::Captcha;

/// Tries between two looks whether the work is done.
const TRIES: u32 = 64;

impl Browser {
    /// Asks for a captcha and does its work.
    pub async fn solve(&mut self, subject: &Subject) -> Result<Solution, Problem> {
        let issued = self.call::<IssueCaptcha>(subject).await?;
        Ok(solve(
            issued.challenge.parse().expect("the server issues challenges"),
        ))
    }
}

/// Does the work of a challenge.
pub fn solve(challenge: Challenge) -> Solution {
    let mut solver = Solver::new(challenge);
    loop {
        if let Step::Solved(solution) = solver.step(TRIES).expect("a challenge that can be worked on") {
            return solution;
        }
    }
}

/// Makes captchas cost nothing, for tests that do not depend on their cost.
pub fn effortless(policy: &mut Captcha) {
    (policy.memory_kib, policy.parts) = (8, 1);
    (policy.base_bits, policy.max_bits) = (0, 0);
}

//! The captcha's worker: the solver of `shared`, step by step.

use crate::platform::worker::{self, Job};
use serde::{Deserialize, Serialize};
use shared::captcha::{Challenge, Solution, Solver, Step};

/// Tries between two reports of progress: some tens of milliseconds.
const TRIES: u32 = 4;

/// Solving one challenge.
#[derive(Debug)]
pub struct CaptchaJob;

/// What the worker tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// It goes on.
    Working {
        /// Thousandths done.
        permille: u16,
    },
    /// Done.
    Solved {
        /// The solution.
        solution: Solution,
    },
    /// It was no challenge.
    Malformed,
}

impl Job for CaptchaJob {
    const NAME: &'static str = "captcha-worker";
    /// The challenge as issued.
    type Request = String;
    type Reply = Reply;
}

/// In the worker: solves what it is given, until it is stopped.
pub fn serve() {
    worker::serve::<CaptchaJob>(|challenge, reply| reply(&solve(&challenge, reply)));
}

/// Solves a challenge and reports progress in between.
fn solve(challenge: &str, report: &dyn Fn(&Reply)) -> Reply {
    let Ok(challenge) = challenge.parse::<Challenge>() else {
        return Reply::Malformed;
    };
    let mut solver = Solver::new(challenge);
    loop {
        match solver.step(TRIES) {
            Ok(Step::Working { permille }) => report(&Reply::Working { permille }),
            Ok(Step::Solved(solution)) => return Reply::Solved { solution },
            Err(_) => return Reply::Malformed,
        }
    }
}

//! The work that is measured.

use shared::captcha::{Challenge, Difficulty, Solver, Subject, issue};
use shared::identifiers::{EmployerIdentifier, Progress};
use shared::passwords::{Mark, Personal};
use shared::policy::{Captcha, Policy, Profile};
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};
use std::hint::black_box;

/// A number and a password as they are typed, one character more at each keystroke.
const RUC: &str = "1790011674001";
const PASSWORD: &str = "Volcán-7qué";

/// Types the number and the password `rounds` times, checking both after each keystroke as the pages do. Returns how
/// many keystrokes that were.
pub fn keystrokes(rounds: u32) -> u32 {
    let rules = Policy::of(Profile::Y2026).password;
    let personal = Personal::new([
        "ACME DEL ECUADOR S.A.",
        "MARÍA ELENA PÉREZ QUISHPE",
        "contacto@acme.example",
        RUC,
    ]);
    let mut typed = 0;
    for _ in 0..rounds {
        for end in 1..=RUC.len() {
            let progress = EmployerIdentifier::progress(RUC.get(..end).unwrap_or(RUC));
            typed += u32::from(black_box(progress) != Progress::Empty);
        }
        for (start, character) in PASSWORD.char_indices() {
            let text = PASSWORD.get(..start + character.len_utf8()).unwrap_or(PASSWORD);
            let checklist = rules.checklist(text, &personal, None);
            typed += u32::from(
                black_box(checklist)
                    .lines()
                    .iter()
                    .any(|(_, mark)| *mark == Mark::Met),
            );
        }
    }
    typed
}

/// Tries `tries` nonces of a challenge with the policy's memory and passes, and so many bits that it will not be solved
/// meanwhile.
pub fn captcha_tries(tries: u32) -> bool {
    hard_challenge().is_some_and(|challenge| Solver::new(challenge).step(tries).is_ok())
}

fn hard_challenge() -> Option<Challenge> {
    let policy = Captcha {
        base_bits: 20,
        max_bits: 20,
        ..Policy::of(Profile::Y2026).captcha
    };
    let subject = Subject::Recovery {
        employer: RUC.parse().ok()?,
    };
    let never = Deadline::at(Timestamp::from_micros(i64::MAX));
    issue(
        &Secret::new([7; 32]),
        &subject,
        Difficulty::after_failures(&policy, 0),
        [7; 16],
        never,
    )
    .ok()
}

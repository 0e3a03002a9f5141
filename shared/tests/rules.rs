//! The rules that browser and server both apply, on the host and in the browser: a difference between the two would be
//! a password that the page ticks and the server refuses, or work that the server does not accept.

use shared::captcha::{Difficulty, Memory, Refused, Solver, Step, Subject, issue, verify};
use shared::passwords::{Mark, Personal, Violation};
use shared::policy::{Policy, Profile};
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};
use shared::tokens::Token;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_password_is_judged_by_every_rule() {
    let rules = Policy::of(Profile::Y2026).password;
    let personal = Personal::new(["1790011674001", "María Fernanda Núñez", "mfnunez@empresa.ec"]);
    assert_eq!(rules.violations("Tz9#kUx2!q", &personal), []);
    assert_eq!(
        rules.violations("NÚÑE1234567890", &personal),
        [
            Violation::TooLong,
            Violation::NoLowerCase,
            Violation::NoSpecial,
            Violation::Personal,
            Violation::Run
        ]
    );
    assert_eq!(
        rules.violations("Aa1🇪🇨👨‍👩‍👧e\u{301}x", &personal),
        [Violation::TooShort]
    );
    let lines = rules.checklist("m4R1#9Tz", &personal, None);
    let broken = lines
        .lines()
        .iter()
        .filter(|(_, mark)| *mark == Mark::Broken)
        .count();
    assert_eq!(broken, 1, "the piece of the name, in leet");
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn work_done_here_is_accepted() {
    let (key, now) = (Secret::new([7; 32]), Timestamp::from_millis(1_800_000_000_000));
    let subject = Subject::Recovery {
        employer: "1790011674001".parse().expect("a RUC"),
    };
    let policy = shared::policy::Captcha {
        memory_kib: 64,
        parts: 4,
        base_bits: 3,
        ..Policy::of(Profile::Y2026).captcha
    };
    let end = Deadline::at(Timestamp::from_millis(1_800_000_001_000));
    let challenge = issue(
        &key,
        &subject,
        Difficulty::after_failures(&policy, 0),
        [5; 16],
        end,
    )
    .expect("an issuable policy");
    let mut solver = Solver::new(challenge);
    let solution = loop {
        if let Step::Solved(solution) = solver.step(8).expect("parameters that Argon2 takes") {
            break solution;
        }
    };
    // The same numbers on every machine: what a browser solved is what the server computes.
    assert_eq!(solution.nonces, SOLVED);
    assert!(verify(&key, &solution, &subject, now, &mut Memory::default()).is_ok());
    let late = verify(&key, &solution, &subject, end.instant(), &mut Memory::default());
    assert_eq!(late, Err(Refused::Expired));
}

/// What the work of [`work_done_here_is_accepted`] comes to.
const SOLVED: [u32; 4] = [0, 19, 2, 6];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_token_is_read_as_it_was_written() {
    let token = Token::new([0xA5; 32]);
    let text = token.to_text();
    assert_eq!(text.as_str(), "paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU");
    assert!(text.parse::<Token>() == Ok(token));
}

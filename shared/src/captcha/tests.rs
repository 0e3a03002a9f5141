use super::*;
use crate::policy::{Policy, Profile};
use crate::secrets::Secret;
use crate::time::{Deadline, Timestamp};
use proptest::prelude::*;
use rstest::rstest;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn key() -> Secret<[u8; 32]> {
    Secret::new([7; 32])
}

fn recovery() -> Subject {
    Subject::Recovery {
        employer: "1790011674001".parse().unwrap(),
    }
}

fn easy(bits: u8) -> Difficulty {
    Difficulty {
        memory_kib: 32,
        passes: 1,
        parts: 3,
        bits,
    }
}

fn issued(expires: Deadline) -> Challenge {
    issue(&key(), &recovery(), easy(4), [1; 16], expires).unwrap()
}

fn solved(challenge: &Challenge) -> Solution {
    let mut solver = Solver::new(challenge.clone());
    loop {
        if let Step::Solved(solution) = solver.step(1000).unwrap() {
            return solution;
        }
    }
}

fn check(solution: &Solution, subject: &Subject, now: Timestamp) -> Result<Verified, Refused> {
    verify(&key(), solution, subject, now, &mut Memory::default())
}

fn later(micros: i64) -> Timestamp {
    Timestamp::from_micros(NOW.as_micros() + micros)
}

#[test]
fn what_is_solved_holds_until_its_last_tick() {
    let end = Deadline::at(later(10));
    let solution = solved(&issued(end));
    let verified = Verified {
        seed: [1; 16],
        expires: end,
    };
    assert_eq!(check(&solution, &recovery(), NOW), Ok(verified));
    assert_eq!(check(&solution, &recovery(), later(9)), Ok(verified));
    assert_eq!(check(&solution, &recovery(), later(10)), Err(Refused::Expired));
    assert_eq!(check(&solution, &recovery(), later(11)), Err(Refused::Expired));
}

#[test]
fn it_opens_nothing_for_another_subject_or_another_server() {
    let solution = solved(&issued(Deadline::at(later(10))));
    let other = Subject::Recovery {
        employer: "1760013210001".parse().unwrap(),
    };
    let mail = Subject::MailTest {
        address: "a@b.ec".parse().unwrap(),
    };
    assert_eq!(check(&solution, &other, NOW), Err(Refused::Forged));
    assert_eq!(check(&solution, &mail, NOW), Err(Refused::Forged));
    let stranger = verify(
        &Secret::new([8; 32]),
        &solution,
        &recovery(),
        NOW,
        &mut Memory::default(),
    );
    assert_eq!(stranger, Err(Refused::Forged));
}

#[test]
fn no_bit_of_a_challenge_can_be_changed() {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let solution = solved(&issued(Deadline::at(later(10))));
    let bytes = URL_SAFE_NO_PAD.decode(&solution.challenge).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let changed = Solution {
            challenge: URL_SAFE_NO_PAD.encode(changed),
            ..solution.clone()
        };
        let refused = check(&changed, &recovery(), NOW).unwrap_err();
        assert!(
            matches!(refused, Refused::Forged | Refused::Malformed),
            "bit {bit}: {refused:?}"
        );
    }
}

#[test]
fn the_work_must_be_done() {
    let solution = solved(&issued(Deadline::at(later(10))));
    let with = |nonces: Vec<u32>| Solution {
        nonces,
        ..solution.clone()
    };
    // Each nonce solves its own part only: all wrong with 15 of 16 chances, each.
    let mut unsolved = 0;
    for shift in 1..=20 {
        let wrong = with(solution.nonces.iter().map(|nonce| nonce + shift * 1000).collect());
        unsolved += u32::from(check(&wrong, &recovery(), NOW) == Err(Refused::Unsolved));
    }
    assert_eq!(unsolved, 20);
    assert_eq!(check(&with(vec![]), &recovery(), NOW), Err(Refused::Malformed));
    assert_eq!(
        check(&with(vec![0; 4]), &recovery(), NOW),
        Err(Refused::Malformed)
    );
    assert_eq!(
        check(&with(vec![0; 100_000]), &recovery(), NOW),
        Err(Refused::Malformed)
    );
}

#[test]
fn memory_is_reused_between_different_difficulties() {
    let mut memory = Memory::default();
    for kib in [64, 32, 128] {
        let difficulty = Difficulty {
            memory_kib: kib,
            ..easy(3)
        };
        let challenge = issue(&key(), &recovery(), difficulty, [2; 16], Deadline::at(later(10))).unwrap();
        assert!(
            verify(&key(), &solved(&challenge), &recovery(), NOW, &mut memory).is_ok(),
            "{kib}"
        );
    }
}

#[test]
fn solving_goes_in_steps_that_report_progress() {
    let challenge = issue(&key(), &recovery(), easy(6), [3; 16], Deadline::at(later(10))).unwrap();
    let mut solver = Solver::new(challenge.clone());
    let (mut last, mut steps) = (0, 0);
    let solution = loop {
        match solver.step(1).unwrap() {
            Step::Working { permille } => {
                assert!((last..1000).contains(&permille), "{last} then {permille}");
                last = permille;
                steps += 1;
            }
            Step::Solved(solution) => break solution,
        }
    };
    assert!(steps > 3 && last > 300);
    assert_eq!(solver.step(1).unwrap(), Step::Solved(solution.clone()));
    assert_eq!(
        solution,
        solved(&challenge),
        "the same whatever the size of the steps"
    );
}

#[rstest]
#[case(0, 6)]
#[case(1, 7)]
#[case(2, 7)]
#[case(3, 8)]
#[case(6, 8)]
#[case(7, 9)]
#[case(31, 11)]
#[case(1000, 11)]
#[case(u32::MAX, 11)]
fn it_gets_harder_with_failures(#[case] failures: u32, #[case] bits: u8) {
    let policy = Policy::of(Profile::Y2026).captcha;
    assert_eq!(Difficulty::after_failures(&policy, failures).bits(), bits);
}

#[test]
fn both_profiles_ask_for_work_that_can_be_issued() {
    for profile in [Profile::Y2026, Profile::Standards] {
        let policy = Policy::of(profile).captcha;
        let difficulty = Difficulty::after_failures(&policy, u32::MAX);
        assert!(issue(&key(), &recovery(), difficulty, [0; 16], Deadline::at(NOW)).is_ok());
    }
    let absurd = Difficulty {
        memory_kib: 1 << 20,
        ..easy(4)
    };
    assert_eq!(
        issue(&key(), &recovery(), absurd, [0; 16], Deadline::at(NOW)),
        Err(MalformedChallenge)
    );
}

#[test]
fn a_subject_on_the_wire_names_what_is_wrong_with_it() {
    let json = serde_json::to_string(&recovery()).unwrap();
    assert_eq!(json, r#"{"purpose":"recovery","employer":"1790011674001"}"#);
    assert_eq!(serde_json::from_str::<Subject>(&json).unwrap(), recovery());
    let error = serde_json::from_str::<Subject>(r#"{"purpose":"recovery","employer":"99"}"#).unwrap_err();
    assert!(error.to_string().starts_with("length"), "{error}");
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,120}", nonces in prop::collection::vec(any::<u32>(), 0..5)) {
        prop_assert!(text.parse::<Challenge>().is_err());
        prop_assert_eq!(check(&Solution { challenge: text, nonces }, &recovery(), NOW), Err(Refused::Malformed));
    }

    #[test]
    fn no_bytes_panic(bytes in prop::array::uniform32(any::<u8>())) {
        use base64::Engine as _;
        let mut whole = [0; 64];
        whole[..32].copy_from_slice(&bytes);
        whole[0] = 1;
        let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(whole);
        if let Ok(challenge) = text.parse::<Challenge>() {
            prop_assert_eq!(challenge.to_string(), text.as_str());
            let nonces = vec![0; challenge.difficulty().parts().into()];
            prop_assert_eq!(check(&Solution { challenge: text, nonces }, &recovery(), NOW), Err(Refused::Forged));
        }
    }
}

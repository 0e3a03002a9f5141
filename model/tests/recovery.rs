//! The short form of the exploration, and the faults that it must find.

#![expect(
    clippy::print_stdout,
    reason = "how much was explored is shown by `--nocapture`"
)]

use model::properties::{
    CASES_END, FROZEN, GUESSES, LATE, LOST, MAILS_END, ONCE, ONE_CASE, ONE_LINK, OWN_PROOF, PROMISES, TOKEN,
};
use model::{Bounds, Fault, Left, check, find};

fn explore(bounds: Bounds) {
    let report = check(bounds, 2);
    println!("{report:#?}");
    assert_eq!(report.broken, []);
    assert_eq!(report.never, [""; 0], "a world in which little happens");
    assert_eq!(report.kept, PROMISES.len());
    assert!(
        report.states > 100_000,
        "a world that is too small: {}",
        report.states
    );
}

#[test]
fn links_keep_every_promise() {
    explore(Bounds::links());
}

#[test]
fn proofs_keep_every_promise() {
    explore(Bounds::proofs());
}

#[test]
fn opened_links_keep_every_promise() {
    explore(Bounds::opened());
}

#[test]
fn frozen_accounts_keep_every_promise() {
    explore(Bounds::frozen());
}

/// One case, one browser's worth of passwords: where a fault needs no more.
fn alone() -> Bounds {
    Bounds {
        left: Left {
            cases: 1,
            proofs: 1,
            crashes: 1,
            passwords: 2,
            ..Left::default()
        },
        ..Bounds::links()
    }
}

/// Each defect is found by the promise that it breaks, and shown by a way without a deed too many.
#[test]
fn every_fault_is_found() {
    let (links, proofs, frozen) = (Bounds::links(), Bounds::proofs(), Bounds::frozen());
    let faults = [
        (Fault::Unguarded, alone(), LATE, 9),
        (Fault::UnguardedAndUnlocked, alone(), ONCE, 9),
        (Fault::OneTickLate, alone(), LATE, 9),
        (Fault::TokenReused, alone(), TOKEN, 9),
        (Fault::OlderLinksStay, alone(), ONE_LINK, 7),
        (Fault::OtherCasesStay, links, ONE_CASE, 4),
        (Fault::SentWhenTaken, alone(), LOST, 3),
        (Fault::CountedAfterwards, proofs, GUESSES, 7),
        (Fault::ProofOfNewest, proofs, OWN_PROOF, 6),
        (Fault::ClockFromRecord, alone(), LATE, 10),
        (Fault::NobodyLapses, alone(), CASES_END, 12),
        (Fault::LeaseForEver, alone(), MAILS_END, 14),
        (Fault::FreezeForgotten, frozen, FROZEN, 9),
    ];
    for (fault, bounds, promise, deeds) in faults {
        let way = find(bounds, fault, promise);
        println!("{fault:?} breaks “{promise}”: {way:#?}");
        let way = way.unwrap_or_else(|| panic!("{fault:?} is not found by “{promise}”"));
        assert!(way.len() <= deeds, "{fault:?}: {} deeds", way.len());
    }
}

/// What a promise says of a faulty server it does not say of the sound one.
#[test]
fn without_a_fault_there_is_nothing_to_find() {
    let report = check(alone(), 2);
    assert_eq!(report.broken, []);
}

/// The guard in the statement and the look under the case's lock each keep a link from being used twice: a server without the
/// guard still asks the machine, which has moved on.
#[test]
fn without_the_guard_the_lock_is_left() {
    assert_eq!(find(alone(), Fault::Unguarded, ONCE), None);
}

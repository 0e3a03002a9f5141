//! Every rule alone at its boundaries, and every combination of them.

use super::*;
use crate::policy::{Policy, Profile};
use crate::time::Timestamp;
use core::time::Duration;
use rstest::rstest;

const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);
const TICK: Duration = Duration::from_micros(1);

fn days(days: u64) -> Duration {
    Duration::from_hours(24 * days)
}

fn rules() -> Vec<Rule> {
    Policy::of(Profile::Y2026).step_up.rules()
}

fn told(facts: &Facts) -> Vec<Reason> {
    evaluate(&rules(), facts, NOW)
}

/// Times that lie within `window`, just so.
fn recent(count: usize, window: Duration) -> Vec<Timestamp> {
    vec![NOW.before(window).after(TICK); count]
}

#[test]
fn without_facts_the_link_is_enough() {
    assert_eq!(told(&Facts::default()), []);
    assert_eq!(
        told(&Facts {
            workers: Some(0),
            ..Facts::default()
        }),
        []
    );
}

#[rstest]
#[case::one_tick_before_it_ends(NOW.before(days(30)).after(TICK), &[Reason::ContactChanged])]
#[case::exactly_thirty_days(NOW.before(days(30)), &[])]
#[case::one_tick_after(NOW.before(days(30)).before(TICK), &[])]
#[case::at_this_moment(NOW, &[Reason::ContactChanged])]
#[case::by_a_clock_that_runs_ahead(NOW.after(days(1)), &[Reason::ContactChanged])]
fn a_contact_changed_in_the_last_30_days(#[case] at: Timestamp, #[case] expected: &[Reason]) {
    let facts = Facts {
        contact_changed: Some(at),
        ..Facts::default()
    };
    assert_eq!(told(&facts), expected);
}

#[rstest]
#[case::the_first_one(vec![], &[])]
#[case::a_second_one_in_time(vec![NOW.before(days(30)).after(TICK)], &[Reason::RecoveryRepeated])]
#[case::exactly_thirty_days(vec![NOW.before(days(30))], &[])]
#[case::one_tick_after(vec![NOW.before(days(30)).before(TICK)], &[])]
#[case::many_long_ago(vec![NOW.before(days(31)); 9], &[])]
#[case::a_third_one(vec![NOW.before(days(1)), NOW.before(days(2))], &[Reason::RecoveryRepeated])]
fn a_second_recovery_within_30_days(#[case] recoveries: Vec<Timestamp>, #[case] expected: &[Reason]) {
    let facts = Facts {
        recoveries,
        ..Facts::default()
    };
    assert_eq!(told(&facts), expected);
}

#[rstest]
#[case::three(3, NOW.before(days(90)).after(TICK), &[])]
#[case::four(4, NOW.before(days(90)).after(TICK), &[Reason::OftenSuspended])]
#[case::four_exactly_ninety_days_ago(4, NOW.before(days(90)), &[])]
#[case::four_and_one_tick(4, NOW.before(days(90)).before(TICK), &[])]
fn more_than_3_suspensions_in_90_days(
    #[case] count: usize,
    #[case] at: Timestamp,
    #[case] expected: &[Reason],
) {
    let facts = Facts {
        suspensions: vec![at; count],
        ..Facts::default()
    };
    assert_eq!(told(&facts), expected);
}

#[test]
fn a_suspension_that_is_too_old_does_not_make_the_fourth() {
    let mut suspensions = recent(3, days(90));
    suspensions.push(NOW.before(days(90)));
    let facts = Facts {
        suspensions,
        ..Facts::default()
    };
    assert_eq!(told(&facts), []);
}

#[rstest]
#[case(None, &[])]
#[case(Some(499), &[])]
#[case(Some(500), &[])]
#[case(Some(501), &[Reason::ManyWorkers])]
#[case(Some(u32::MAX), &[Reason::ManyWorkers])]
fn an_employer_above_500_workers(#[case] workers: Option<u32>, #[case] expected: &[Reason]) {
    let facts = Facts {
        workers,
        ..Facts::default()
    };
    assert_eq!(told(&facts), expected);
}

#[rstest]
#[case::nine(9, NOW.before(days(1)).after(TICK), &[])]
#[case::ten(10, NOW.before(days(1)).after(TICK), &[Reason::SourceFailing])]
#[case::ten_exactly_a_day_ago(10, NOW.before(days(1)), &[])]
#[case::ten_and_one_tick(10, NOW.before(days(1)).before(TICK), &[])]
fn a_source_that_failed_for_10_identifiers_in_a_day(
    #[case] count: usize,
    #[case] at: Timestamp,
    #[case] expected: &[Reason],
) {
    let facts = Facts {
        source_failures: vec![at; count],
        ..Facts::default()
    };
    assert_eq!(told(&facts), expected);
}

/// Facts that meet the rules whose bit is set, each only just, and the others only just not.
fn only_just(bits: u8) -> Facts {
    let is_set = |place: u8| bits & (1 << place) != 0;
    let times = |place, least: usize, window| recent(if is_set(place) { least } else { least - 1 }, window);
    let changed = NOW.before(days(30));
    Facts {
        contact_changed: Some(if is_set(0) { changed.after(TICK) } else { changed }),
        recoveries: times(1, 1, days(30)),
        suspensions: times(2, 4, days(90)),
        workers: Some(if is_set(3) { 501 } else { 500 }),
        source_failures: times(4, 10, days(1)),
    }
}

#[test]
fn every_combination_tells_exactly_its_reasons_in_their_order() {
    for bits in 0..1_u8 << Reason::ALL.len() {
        let expected: Vec<Reason> = Reason::ALL
            .iter()
            .enumerate()
            .filter(|(place, _)| bits & (1 << place) != 0)
            .map(|(_, reason)| *reason)
            .collect();
        assert_eq!(told(&only_just(bits)), expected, "{bits:05b}");
    }
}

#[test]
fn a_rule_that_is_off_is_never_met_and_no_other_goes_with_it() {
    for bits in 0..1_u8 << Reason::ALL.len() {
        let mut section = Policy::of(Profile::Y2026).step_up;
        let is_on = |place: u8| bits & (1 << place) != 0;
        section.contact_changed.enabled = is_on(0);
        section.recovery_repeated.enabled = is_on(1);
        section.often_suspended.enabled = is_on(2);
        section.many_workers.enabled = is_on(3);
        section.source_failing.enabled = is_on(4);
        let all_met = only_just(0b1_1111);
        assert_eq!(
            evaluate(&section.rules(), &all_met, NOW),
            told(&only_just(bits)),
            "{bits:05b}"
        );
    }
}

#[test]
fn both_profiles_have_every_rule_on() {
    for profile in [Profile::Y2026, Profile::Standards] {
        let rules = Policy::of(profile).step_up.rules();
        let reasons: Vec<_> = rules.iter().map(Rule::reason).collect();
        assert_eq!(reasons, Reason::ALL);
    }
}

#[test]
fn the_numbers_are_the_policys() {
    let mut section = Policy::of(Profile::Y2026).step_up;
    section.contact_changed.days = 1;
    section.recovery_repeated.recoveries = 3;
    section.often_suspended.more_than = 0;
    section.many_workers.more_than = 9;
    section.source_failing.identifiers = 1;
    let facts = Facts {
        contact_changed: Some(NOW.before(days(1))),
        recoveries: recent(1, days(30)),
        suspensions: recent(1, days(90)),
        workers: Some(10),
        source_failures: recent(1, days(1)),
    };
    assert_eq!(
        evaluate(&section.rules(), &facts, NOW),
        [Reason::OftenSuspended, Reason::ManyWorkers, Reason::SourceFailing]
    );
}

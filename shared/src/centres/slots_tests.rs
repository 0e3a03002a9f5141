//! Slots at their boundaries, and what holds for all of them.

use super::*;
use crate::centres::{Opening, Territory};
use crate::policy::{Policy, Profile};
use crate::time::Weekday;
use proptest::prelude::*;
use rstest::rstest;

const TICK: Duration = Duration::from_micros(1);

fn policy() -> policy::Centres {
    Policy::of(Profile::Y2026).centres
}

fn table(hours: &str, counters: u8) -> Timetable {
    Timetable {
        zone: Zone::Mainland,
        hours: hours.parse().unwrap(),
        counters: Counters::try_from(counters).unwrap(),
        holidays: BTreeSet::new(),
        closures: Vec::new(),
    }
}

/// Monday, 2 March 2026.
fn monday() -> CivilDate {
    CivilDate::new(2026, 3, 2).unwrap()
}

fn clocks(zone: Zone, slots: &[Slot]) -> Vec<String> {
    slots
        .iter()
        .map(|slot| zone.clock_at(slot.starts_at).to_string())
        .collect()
}

fn at(zone: Zone, day: CivilDate, clock: &str) -> Timestamp {
    zone.instant(day, clock.parse::<ClockTime>().unwrap().minutes())
}

#[rstest]
#[case("mon 08:00-09:00", &["08:00", "08:20", "08:40"])]
#[case("mon 08:00-09:10", &["08:00", "08:20", "08:40"])]
#[case("mon 08:00-08:20", &["08:00"])]
#[case("mon 08:00-08:19", &[])]
#[case("mon 08:10-08:30 14:00-14:45", &["08:10", "14:00", "14:20"])]
#[case("tue 08:00-09:00", &[])]
fn slots_begin_with_an_opening_and_none_goes_on_after_its_end(
    #[case] hours: &str,
    #[case] expected: &[&str],
) {
    let table = table(hours, 2);
    assert_eq!(clocks(table.zone, &table.slots(monday(), policy())), expected);
}

#[test]
fn a_slot_has_a_place_for_each_counter() {
    let slots = table("mon 08:00-08:20", 3).slots(monday(), policy());
    let places: Vec<_> = slots.into_iter().flat_map(Slot::places).collect();
    assert_eq!(
        places.iter().map(|place| place.lane.number()).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    let table = table("mon 08:00-08:20", 3);
    assert!(
        places
            .iter()
            .all(|place| table.has(*place, policy()) && table.serves(*place, policy()))
    );
    let fourth = Place {
        lane: Lane::of_number(4),
        ..places[0]
    };
    assert!(!table.has(fourth, policy()) && !table.serves(fourth, policy()));
    let none = Place {
        lane: Lane::of_number(0),
        ..places[0]
    };
    assert!(!table.has(none, policy()));
}

#[test]
fn the_same_hours_come_an_hour_later_in_galapagos() {
    let mainland = table("mon 08:00-09:00", 1);
    let islands = Timetable {
        zone: "20".parse::<Territory>().unwrap().zone(),
        ..mainland.clone()
    };
    let (here, there) = (
        mainland.slots(monday(), policy()),
        islands.slots(monday(), policy()),
    );
    assert_eq!(clocks(islands.zone, &there), clocks(mainland.zone, &here));
    for (one, other) in here.iter().zip(&there) {
        assert_eq!(one.starts_at.after(Duration::from_hours(1)), other.starts_at);
    }
}

#[test]
fn an_evening_in_galapagos_belongs_to_its_own_day() {
    let islands = Timetable {
        zone: Zone::Galapagos,
        ..table("mon 23:20-23:59", 1)
    };
    let slots = islands.slots(monday(), policy());
    assert_eq!(clocks(islands.zone, &slots), ["23:20"]);
    let place = slots[0].places().next().unwrap();
    assert!(
        islands.has(place, policy()),
        "it is Tuesday on the mainland by then"
    );
    assert_eq!(Zone::Mainland.day_of(place.starts_at), monday().days_later(1));
}

#[test]
fn on_a_holiday_nobody_is_served() {
    let mut table = table("mon-fri 08:00-12:00", 1);
    table.holidays.insert(monday());
    assert_eq!(table.slots(monday(), policy()), []);
    assert_eq!(table.slots(monday().days_later(1), policy()).len(), 12);
}

#[rstest]
#[case::touches_none("07:00", "08:00", &["08:00", "08:20", "08:40"])]
#[case::ends_in_the_first("07:00", "08:01", &["08:20", "08:40"])]
#[case::begins_where_one_ends("08:20", "08:40", &["08:00", "08:40"])]
#[case::within_one("08:25", "08:26", &["08:00", "08:40"])]
#[case::begins_in_the_last("08:59", "12:00", &["08:00", "08:20"])]
#[case::after_all("09:00", "12:00", &["08:00", "08:20", "08:40"])]
#[case::all("00:00", "23:59", &[])]
fn a_slot_that_a_closure_touches_is_none(#[case] from: &str, #[case] until: &str, #[case] expected: &[&str]) {
    let mut table = table("mon 08:00-09:00", 1);
    table.closures.push(Closure {
        from: at(table.zone, monday(), from),
        until: at(table.zone, monday(), until),
    });
    assert_eq!(clocks(table.zone, &table.slots(monday(), policy())), expected);
}

#[test]
fn a_slot_can_be_booked_until_one_tick_before_its_lead() {
    let table = table("mon 08:00-09:00", 1);
    let last = at(table.zone, monday(), "07:30");
    let bookable = |now| clocks(table.zone, &table.bookable(monday(), now, policy()));
    assert_eq!(bookable(last.before(TICK)), ["08:00", "08:20", "08:40"]);
    assert_eq!(bookable(last), ["08:20", "08:40"]);
    assert_eq!(bookable(last.after(TICK)), ["08:20", "08:40"]);
    assert_eq!(bookable(at(table.zone, monday(), "08:10")), Vec::<String>::new());
    let first = at(table.zone, monday(), "08:00");
    assert!(table.bookable_at(first, last.before(TICK), policy()).is_some());
    assert!(table.bookable_at(first, last, policy()).is_none());
    assert!(
        table
            .bookable_at(first.after(TICK), last.before(TICK), policy())
            .is_none(),
        "it is no slot's beginning"
    );
}

#[rstest]
#[case(Zone::Mainland)]
#[case(Zone::Galapagos)]
fn the_horizon_moves_with_the_centres_midnight(#[case] zone: Zone) {
    let table = Timetable {
        zone,
        ..table("mon-sun 08:00-09:00", 1)
    };
    let midnight = zone.instant(monday(), 0);
    let far = monday().days_later(policy().horizon_days);
    assert_eq!(table.bookable(far, midnight, policy()).len(), 3);
    assert_eq!(table.bookable(far, midnight.before(TICK), policy()), []);
    assert_eq!(table.bookable(far.days_later(1), midnight, policy()), []);
    let yesterday = CivilDate::new(2026, 3, 1).unwrap();
    assert_eq!(table.bookable(yesterday, midnight, policy()), []);
    assert_eq!(table.days(midnight.before(TICK), policy()).0, yesterday);
}

#[test]
fn a_change_takes_away_what_it_leaves_without_a_slot() {
    let before = table("mon 08:00-12:00", 2);
    let place = |clock: &str, lane| Place {
        starts_at: at(before.zone, monday(), clock),
        lane: Lane::of_number(lane),
    };
    let fewer = Timetable {
        counters: Counters::try_from(1).unwrap(),
        ..before.clone()
    };
    assert!(fewer.takes_away(&before, place("08:00", 2), policy()));
    assert!(!fewer.takes_away(&before, place("08:00", 1), policy()));
    let shorter = table("mon 08:00-11:00", 2);
    assert!(shorter.takes_away(&before, place("11:00", 1), policy()));
    assert!(!shorter.takes_away(&before, place("10:40", 1), policy()));
    let shifted = table("mon 08:10-12:00", 2);
    assert!(
        shifted.takes_away(&before, place("08:20", 1), policy()),
        "it would lie over two slots"
    );
    assert!(!before.takes_away(&before, place("08:20", 1), policy()));
}

#[test]
fn a_place_of_another_slot_length_goes_only_where_nobody_serves() {
    let before = table("mon 08:00-12:00", 1);
    let odd = Place {
        starts_at: at(before.zone, monday(), "08:15"),
        lane: Lane::of_number(1),
    };
    assert!(!before.has(odd, policy()) && before.serves(odd, policy()));
    let longer = table("mon 08:00-13:00", 1);
    assert!(!longer.takes_away(&before, odd, policy()));
    let mut away = before.clone();
    away.holidays.insert(monday());
    assert!(away.takes_away(&before, odd, policy()));
}

fn any_table() -> impl Strategy<Value = Timetable> {
    let opening = (0_usize..7, 0_u16..1440, 1_u16..700);
    (
        proptest::collection::vec(opening, 1..8),
        1_u8..=5,
        any::<bool>(),
        proptest::collection::btree_set(0_u16..40, 0..6),
        proptest::collection::vec((0_u16..40, 0_u16..1440, 1_u16..3000), 0..4),
    )
        .prop_filter_map(
            "hours that are none",
            |(openings, counters, islands, holidays, closures)| {
                let zone = if islands { Zone::Galapagos } else { Zone::Mainland };
                let hours: Vec<Opening> = openings
                    .into_iter()
                    .filter_map(|(day, opens, minutes)| {
                        Some(Opening {
                            weekday: Weekday::ALL[day],
                            opens: ClockTime::of_minutes(opens)?,
                            closes: ClockTime::of_minutes(opens + minutes)?,
                        })
                    })
                    .collect();
                Some(Timetable {
                    zone,
                    hours: hours.try_into().ok()?,
                    counters: Counters::try_from(counters).ok()?,
                    holidays: holidays
                        .into_iter()
                        .map(|days| monday().days_later(days))
                        .collect(),
                    closures: closures
                        .into_iter()
                        .map(|(days, minutes, length)| {
                            let from = zone.instant(monday().days_later(days), minutes);
                            Closure {
                                from,
                                until: from.after(Duration::from_secs(u64::from(length) * 60)),
                            }
                        })
                        .collect(),
                })
            },
        )
}

proptest! {
    #[test]
    fn every_slot_is_within_hours_and_outside_of_everything_else(
        table in any_table(),
        days in 0_u16..40,
        slot_minutes in 5_u16..=240,
    ) {
        let policy = policy::Centres { slot_minutes, ..policy() };
        let day = monday().days_later(days);
        let slots = table.slots(day, policy);
        for pair in slots.windows(2) {
            prop_assert!(pair[0].ends_at <= pair[1].starts_at, "they are in order and none lies over another");
        }
        for slot in slots {
            prop_assert_eq!(slot.ends_at.since(slot.starts_at), policy.slot());
            prop_assert_eq!(table.zone.day_of(slot.starts_at), day);
            prop_assert!(!table.holidays.contains(&day));
            prop_assert!(table.closures.iter().all(|closure| !closure.touches(&slot)));
            for place in slot.places() {
                prop_assert!(table.has(place, policy) && table.serves(place, policy));
            }
        }
    }

    #[test]
    fn what_can_be_booked_is_a_slot_ahead_within_the_horizon(
        table in any_table(),
        days in 0_u16..40,
        minutes in 0_u32..57_600,
    ) {
        let now = table.zone.instant(monday(), 0).after(Duration::from_secs(u64::from(minutes) * 60));
        let day = monday().days_later(days);
        let all = table.slots(day, policy());
        let bookable = table.bookable(day, now, policy());
        let (first, last) = table.days(now, policy());
        for slot in &all {
            let ahead = slot.starts_at > now.after(policy().lead());
            prop_assert_eq!(bookable.contains(slot), ahead && first <= day && day <= last);
            prop_assert_eq!(table.bookable_at(slot.starts_at, now, policy()).is_some(), bookable.contains(slot));
        }
        prop_assert!(bookable.iter().all(|slot| all.contains(slot)));
    }

    #[test]
    fn a_timetable_takes_nothing_away_from_itself(table in any_table(), days in 0_u16..40) {
        for place in table.slots(monday().days_later(days), policy()).into_iter().flat_map(Slot::places) {
            prop_assert!(!table.takes_away(&table, place, policy()));
        }
    }
}

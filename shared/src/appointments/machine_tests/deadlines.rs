//! One tick before, at, and after each end.

use super::*;

/// Tries an event one tick before a deadline, at it, and one tick after it: it passes before and is overdue from then on.
fn ends(appointment: &Appointment, deadline: Timestamp, event: &Event, to: StageName) {
    let before = appointment.apply(event.clone(), deadline.before(TICK));
    assert!(before.is_ok(), "{before:?}");
    for at in [deadline, deadline.after(TICK)] {
        assert_eq!(appointment.apply(event.clone(), at), Err(Refused::Overdue { to }));
        assert_eq!(appointment.as_of(at).stage().name(), to);
    }
    let early = appointment.apply(Event::TimePassed, deadline.before(TICK));
    assert_eq!(early, Err(Refused::NotDue));
    let step = appointment.apply(Event::TimePassed, deadline).unwrap();
    assert_eq!(step.appointment.stage().name(), to);
    assert!(appointment.is_open(deadline.before(TICK)));
}

#[test]
fn a_hold_ends_after_five_minutes() {
    let end = START.after(Duration::from_mins(5));
    ends(&held(), end, &Event::Confirmed, StageName::Lapsed);
    assert!(!held().is_open(end));
}

#[test]
fn an_offer_ends_after_an_hour() {
    let end = START.after(Duration::from_hours(1));
    ends(&offered(), end, &Event::Accepted, StageName::Lapsed);
}

#[test]
fn an_offer_of_a_place_that_is_near_ends_when_it_begins() {
    let near = place(Duration::from_mins(45));
    let offered = waiting()
        .apply(Event::Offered { place: near }, START)
        .unwrap()
        .appointment;
    ends(&offered, near.starts_at, &Event::Accepted, StageName::Lapsed);
}

#[test]
fn a_wait_ends_after_thirty_days() {
    let end = START.after(DAY * 30);
    let late = place(DAY * 31);
    let event = Event::Offered { place: late };
    ends(&waiting(), end, &event, StageName::Lapsed);
}

#[test]
fn nobody_is_awaited_an_hour_after_the_end_of_the_place() {
    let end = tomorrow().ends_at.after(Duration::from_hours(1));
    let event = Event::CheckedIn { visit: visit() };
    ends(&booked(), end, &event, StageName::NoShow);
}

#[test]
fn whoever_was_checked_in_and_forgotten_was_served() {
    let end = START.after(Duration::from_hours(12));
    ends(&checked_in(), end, &Event::Attended, StageName::Attended);
}

#[test]
fn a_place_that_has_begun_is_neither_moved_nor_cancelled_by_the_person() {
    let starts_at = tomorrow().starts_at;
    let by_person = Event::Cancelled {
        by: CancelledBy::Person,
    };
    let moved = Event::Moved {
        place: place(DAY * 2),
    };
    for event in [by_person, moved] {
        assert!(booked().apply(event.clone(), starts_at.before(TICK)).is_ok());
        assert_eq!(booked().apply(event, starts_at), Err(Refused::Begun));
    }
    let by_centre = Event::Cancelled {
        by: CancelledBy::Centre,
    };
    assert!(booked().apply(by_centre, starts_at).is_ok());
}

#[test]
fn nobody_has_missed_what_has_not_begun() {
    let starts_at = tomorrow().starts_at;
    let early = booked().apply(Event::Missed, starts_at.before(TICK));
    assert_eq!(early, Err(Refused::NotBegun));
    assert!(booked().apply(Event::Missed, starts_at).is_ok());
}

#[test]
fn it_is_moved_three_times_and_not_to_where_it_is() {
    let mut appointment = booked();
    let same = Event::Moved { place: tomorrow() };
    assert_eq!(appointment.apply(same, START), Err(Refused::SamePlace));
    for (left, day) in [(2, 2), (1, 3), (0, 4)] {
        let event = Event::Moved {
            place: place(DAY * day),
        };
        appointment = appointment.apply(event, START).unwrap().appointment;
        assert_eq!(appointment.moves_left(), left);
    }
    let fourth = Event::Moved {
        place: place(DAY * 5),
    };
    assert_eq!(appointment.apply(fourth, START), Err(Refused::NoMovesLeft));
}

#[test]
fn the_room_opens_ten_minutes_before_and_closes_thirty_after() {
    let (opens, closes) = video_window(&policy(), &tomorrow());
    assert_eq!(opens, tomorrow().starts_at.before(Duration::from_mins(10)));
    assert_eq!(
        closes.instant(),
        tomorrow().ends_at.after(Duration::from_mins(30))
    );
}

#[test]
fn reminders_are_two_days_and_two_hours_before() {
    let policy = policy();
    let starts_at = START.after(DAY * 10);
    let (first, last) = (
        starts_at.before(DAY * 2),
        starts_at.before(Duration::from_hours(2)),
    );
    assert_eq!(first_reminder(&policy, starts_at, START), Some(first));
    assert_eq!(
        first_reminder(&policy, starts_at, first.before(TICK)),
        Some(first)
    );
    // Made two days before, to the tick: the first one would come with the confirmation.
    assert_eq!(first_reminder(&policy, starts_at, first), Some(last));
    assert_eq!(first_reminder(&policy, starts_at, last), None);
    assert_eq!(next_reminder(&policy, starts_at, first, first), Some(last));
    assert_eq!(next_reminder(&policy, starts_at, first, last), None);
    assert_eq!(next_reminder(&policy, starts_at, last, last.after(TICK)), None);
}

#[test]
fn reminders_can_be_turned_off() {
    let mut policy = policy();
    policy.appointments.first_reminder_minutes = 0;
    let starts_at = START.after(DAY * 10);
    let last = starts_at.before(Duration::from_hours(2));
    assert_eq!(first_reminder(&policy, starts_at, START), Some(last));
    policy.appointments.last_reminder_minutes = 0;
    assert_eq!(first_reminder(&policy, starts_at, START), None);
}

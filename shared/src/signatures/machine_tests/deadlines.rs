//! One tick before, at, and after each end.

use super::*;

#[test]
fn a_request_is_worth_sixty_minutes() {
    let case = open(START);
    let end = START.after(HOUR);
    let early = end.before(TICK);
    assert_eq!(case.as_of(early), case);
    assert!(case.apply(Event::Uploaded, early).is_ok());
    assert!(case.apply(first(passed()), early).is_ok());
    assert_eq!(case.apply(Event::TimePassed, early), Err(Refused::NotDue));
    let refused = Refused::OtherStage {
        at: StageName::Issued,
    };
    assert_eq!(case.apply(Event::Renewed, early), Err(refused));
    for at in [end, end.after(TICK)] {
        let refused = Refused::OtherStage {
            at: StageName::Expired,
        };
        assert_eq!(case.apply(Event::Uploaded, at), Err(refused));
        assert_eq!(case.apply(first(passed()), at), Err(refused));
        assert_eq!(case.as_of(at).stage().name(), StageName::Expired);
        assert!(case.is_open(at));
        assert!(case.apply(Event::Renewed, at).is_ok());
        let step = case.apply(Event::TimePassed, at).unwrap();
        assert_eq!(step.event, audit::Event::RequestExpired);
        assert_eq!(step.case, case.as_of(at));
    }
}

#[test]
fn a_case_lasts_two_hours_however_often_its_request_is_renewed() {
    let late = START.after(Duration::from_mins(90));
    let renewed = open(START).apply(Event::Renewed, late).unwrap().case;
    let end = START.after(HOUR * 2);
    let ending = Ending::Lapsed;
    // The second request has its case's half hour.
    assert_eq!(renewed.stage().deadline(), Some(Deadline::at(end)));
    for case in [renewed, open(START)] {
        let early = end.before(TICK);
        assert!(case.is_open(early));
        for at in [end, end.after(TICK)] {
            assert_eq!(*case.as_of(at).stage(), Stage::Ended { ending });
            assert!(!case.is_open(at));
            for event in [Event::Renewed, Event::Abandoned, Event::Uploaded, Event::Returned] {
                assert_eq!(case.apply(event, at), Err(Refused::Overdue { ending }));
            }
            let ended = case.apply(Event::TimePassed, at).unwrap();
            assert_eq!(ended.event, audit::Event::SignatureEnded { ending });
        }
    }
}

#[test]
fn no_request_is_issued_anew_that_nobody_could_bring_back() {
    let mut case = open(START);
    for _ in 0..5 {
        case = case.apply(Event::Uploaded, START).unwrap().case;
    }
    let end = START.after(HOUR);
    assert!(case.is_open(end.before(TICK)));
    let ending = Ending::Lapsed;
    assert_eq!(*case.as_of(end).stage(), Stage::Ended { ending });
    assert_eq!(case.apply(Event::Renewed, end), Err(Refused::Overdue { ending }));
}

#[test]
fn a_request_for_another_case_lasts_no_longer_than_that_case_waits() {
    let deadline = Deadline::after(START, Duration::from_mins(10));
    let beginning = Beginning::Case { deadline };
    let reference = CaseReference::from_random([7; 8]);
    let case = SignatureCase::open(beginning, reference, PurposeName::Unlock, terms(), START).case;
    assert_eq!(case.stage().deadline(), Some(deadline));
    assert!(!case.is_open(deadline.instant()));
    assert!(case.is_open(deadline.instant().before(TICK)));
}

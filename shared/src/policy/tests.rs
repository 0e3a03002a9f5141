use super::*;
use rstest::rstest;
use serde_json::{Value, json};

fn defects(document: Value) -> Vec<String> {
    let defects = Policy::read(&document)
        .err()
        .map(|invalid| invalid.defects().to_vec())
        .unwrap_or_default();
    defects.iter().map(Defect::to_string).collect()
}

#[test]
fn profile_2026_has_exactly_the_published_numbers() {
    let policy = Policy::of(Profile::Y2026);
    assert_eq!(policy.recovery.time_floor_millis, 300);
    assert_eq!((policy.challenges.questions, policy.challenges.attempts), (3, 3));
    assert_eq!(
        (policy.challenges.window_hours, policy.challenges.suspension_hours),
        (24, 24)
    );
    assert_eq!(
        (
            policy.challenges.set_hours,
            policy.challenges.registry_retry_seconds
        ),
        (24, 3600)
    );
    assert!(policy.challenges.enabled);
    assert_eq!(
        (policy.link.window, policy.link.seconds, policy.link.cap_seconds),
        (Window::Complete, 180, 900)
    );
    let expected = Rules {
        min_length: 8,
        max_length: 12,
        composition: true,
        personal_piece: 4,
        run: 4,
        min_score: 3,
        history: 5,
    };
    assert_eq!(policy.password, expected);
    assert_eq!(
        (
            policy.hashing.memory_kib,
            policy.hashing.passes,
            policy.hashing.lanes
        ),
        (19_456, 2, 1)
    );
    let sessions = policy.sessions;
    assert_eq!(
        (sessions.idle_seconds, sessions.absolute_seconds),
        (900, 8 * 3600)
    );
    assert_eq!((sessions.failures, sessions.failure_seconds), (5, 900));
    assert_eq!((sessions.device_days, sessions.password_reminder_days), (400, 90));
    assert_eq!(
        (
            policy.passkeys.most,
            policy.passkeys.enrolment_seconds,
            policy.passkeys.ceremony_seconds
        ),
        (10, 1800, 300)
    );
    assert_eq!(
        (
            policy.contacts.confirm_minutes,
            policy.contacts.hold_hours,
            policy.contacts.signed_confirm_hours
        ),
        (30, 24, 72)
    );
    let signatures = policy.signatures;
    assert_eq!((signatures.request_minutes, signatures.case_minutes), (60, 120));
    assert_eq!((signatures.uploads, signatures.most_bytes), (5, 5 * 1024 * 1024));
    let delegates = policy.delegates;
    assert_eq!(
        (
            delegates.per_account,
            delegates.invitation_hours,
            delegates.most_days
        ),
        (20, 72, 365)
    );
    assert_eq!(policy.obligations.due_day, 15);
    let centres = policy.centres;
    assert_eq!(
        (centres.slot_minutes, centres.lead_minutes, centres.horizon_days),
        (20, 30, 30)
    );
    assert_eq!(policy.unlock.attempts, 5);
    let retention = policy.retention;
    assert_eq!((retention.signature_days, retention.request_days), (3650, 30));
    assert_eq!(retention.dossier_days, 3650);
    assert_eq!((retention.visit_days, retention.figures_days), (30, 1095));
    assert_eq!((retention.case_days, retention.contact_change_days), (30, 400));
    assert_eq!((retention.data_request_days, retention.words_days), (1825, 1095));
    let dossiers = policy.dossiers;
    assert_eq!((dossiers.approval_minutes, dossiers.four_eyes_hours), (15, 720));
    assert_eq!(dossiers.four_eyes_hours, policy.step_up.contact_changed.days * 24);
    assert_eq!((dossiers.papers, dossiers.paper_bytes), (20, 10 * 1024 * 1024));
    let staff = policy.staff;
    assert_eq!((staff.idle_seconds, staff.absolute_seconds), (600, 36_000));
    assert_eq!((staff.failures, staff.failure_seconds), (5, 900));
    assert_eq!(
        (staff.second_factor_seconds, staff.second_factor_failures),
        (300, 10)
    );
    assert_eq!(staff.invitation_hours, 72);
}

#[test]
fn the_step_up_has_exactly_the_published_numbers_in_both_profiles() {
    for profile in [Profile::Y2026, Profile::Standards] {
        let rules = Policy::of(profile).step_up;
        let (contact, repeated) = (rules.contact_changed, rules.recovery_repeated);
        assert_eq!((contact.enabled, contact.days), (true, 30));
        assert_eq!(
            (repeated.enabled, repeated.recoveries, repeated.days),
            (true, 2, 30)
        );
        let suspended = rules.often_suspended;
        assert_eq!(
            (suspended.enabled, suspended.more_than, suspended.days),
            (true, 3, 90)
        );
        let workers = rules.many_workers;
        assert_eq!((workers.enabled, workers.more_than), (true, 500));
        let source = rules.source_failing;
        assert_eq!((source.enabled, source.identifiers, source.hours), (true, 10, 24));
        assert_eq!(rules.assertions, 5);
    }
}

#[test]
fn profile_standards_differs_only_where_the_standards_do() {
    let (ours, standards) = (Policy::of(Profile::Y2026), Policy::of(Profile::Standards));
    assert_eq!(
        (standards.password.min_length, standards.password.max_length),
        (15, 64)
    );
    assert!(!standards.password.composition && !standards.challenges.enabled);
    assert_eq!(
        (standards.link.window, standards.link.redeem_seconds),
        (Window::Redeem, 600)
    );
    assert_eq!(standards.sessions.password_reminder_days, 0);
    let alike = Policy {
        profile: Profile::Y2026,
        sessions: Sessions {
            password_reminder_days: 90,
            ..standards.sessions
        },
        challenges: Challenges {
            enabled: true,
            ..standards.challenges
        },
        link: Link {
            window: Window::Complete,
            ..standards.link
        },
        password: Rules {
            min_length: 8,
            max_length: 12,
            composition: true,
            ..standards.password.clone()
        },
        ..standards
    };
    assert_eq!(alike, ours);
}

#[test]
fn both_profiles_are_valid_and_read_back_as_they_are_shown() {
    for profile in [Profile::Y2026, Profile::Standards] {
        let policy = Policy::of(profile);
        assert_eq!(policy.validate(), Ok(()));
        assert_eq!(Policy::read(&serde_json::to_value(&policy).unwrap()), Ok(policy));
    }
}

#[test]
fn a_file_overrides_single_values_of_a_profile() {
    assert_eq!(Policy::read(&json!({})), Ok(Policy::of(Profile::Y2026)));
    let read = Policy::read(
        &json!({ "profile": "standards", "link": { "seconds": 300 }, "password": { "run": 0 } }),
    );
    let standards = Policy::of(Profile::Standards);
    let expected = Policy {
        link: Link {
            seconds: 300,
            ..standards.link
        },
        password: Rules {
            run: 0,
            ..standards.password.clone()
        },
        ..standards
    };
    assert_eq!(read, Ok(expected));
}

#[rstest]
#[case(json!({ "profile": "2027" }), "profile: not a value of this setting")]
#[case(json!({ "links": {} }), "links: there is no such setting")]
#[case(json!({ "link": { "second": 1 } }), "link.second: there is no such setting")]
#[case(json!({ "link": { "seconds/x": 1 } }), "link.seconds/x: there is no such setting")]
#[case(json!({ "link": 180 }), "link: not a value of this setting")]
#[case(json!({ "link": { "seconds": "180" } }), "link.seconds: not a value of this setting")]
#[case(json!({ "link": { "seconds": -1 } }), "link.seconds: not a value of this setting")]
#[case(json!({ "link": { "seconds": 180.5 } }), "link.seconds: not a value of this setting")]
#[case(json!({ "link": { "seconds": { "a": 1 } } }), "link.seconds: not a value of this setting")]
#[case(json!({ "link": { "window": "both" } }), "link.window: not a value of this setting")]
#[case(json!({ "password": { "min_length": 300 } }), "password.min_length: not a value of this setting")]
#[case(json!({ "link": { "seconds": 59 } }), "link.seconds: must be 60 to 86400")]
#[case(json!({ "link": { "cap_seconds": 179 } }), "link.cap_seconds: must not be below link.seconds")]
#[case(json!({ "password": { "max_length": 7 } }), "password.max_length: must be 8 to 128; password.max_length: must not be below password.min_length")]
#[case(json!({ "password": { "run": 2 } }), "password.run: must be 3 to 12, or 0 to turn it off")]
#[case(json!({ "captcha": { "base_bits": 12 } }), "captcha.max_bits: must not be below captcha.base_bits")]
#[case(json!({ "sessions": { "idle_seconds": 1000, "absolute_seconds": 999 } }), "sessions.absolute_seconds: must not be below sessions.idle_seconds")]
#[case(json!({ "limits": { "mail_reserve": 1_000_000 } }), "limits.mail_budget.count: must not be below limits.mail_reserve")]
#[case(json!({ "signatures": { "most_bytes": 5_242_881 } }), "signatures.most_bytes: must be 65536 to 5242880")]
#[case(json!({ "step_up": { "often_suspended": { "days": 91 } } }), "step_up.often_suspended.days: must be 1 to 90")]
#[case(json!({ "step_up": { "many_workers": { "enabled": 1 } } }), "step_up.many_workers.enabled: not a value of this setting")]
#[case(json!({ "step_up": { "workers": {} } }), "step_up.workers: there is no such setting")]
#[case(json!([]), "the document: not a value of this setting")]
#[case(json!({ "a": 1, "recovery": { "b": 2, "case_seconds": 1 } }), "a: there is no such setting; recovery.b: there is no such setting; recovery.case_seconds: must be 300 to 86400")]
fn what_is_wrong_is_named_by_its_path(#[case] document: Value, #[case] told: &str) {
    assert_eq!(defects(document).join("; "), told);
}

#[test]
fn every_number_is_checked_one_step_before_at_and_after_its_ends() {
    let policy = serde_json::to_value(Policy::of(Profile::Y2026)).unwrap();
    for number in Policy::of(Profile::Y2026).numbers() {
        let (section, setting) = number.path.split_once('.').unwrap();
        let wrong = |value: u64| {
            let document = setting
                .rsplit('.')
                .fold(json!(value), |inner, name| json!({ name: inner }));
            let path = number.path;
            defects(json!({ section: document }))
                .iter()
                .any(|told| told.starts_with(&format!("{path}: must be")))
        };
        let Reason::Range { least, most, zero } = number_range(number.path) else {
            panic!("{}", number.path)
        };
        assert!(!wrong(least) && !wrong(most), "{}", number.path);
        // 255 is the end of the type for small numbers: beyond it the kind is wrong, not the range.
        assert!(wrong(most + 1) || most >= 255, "{}", number.path);
        if least > 0 {
            assert_eq!(
                wrong(least - 1),
                least > 1 || zero == Zero::Plain,
                "{}",
                number.path
            );
        }
        assert_eq!(wrong(0), least > 0 && zero == Zero::Plain, "{}", number.path);
        let pointer = format!("/{}", number.path.replace('.', "/"));
        assert_eq!(
            policy.pointer(&pointer).and_then(Value::as_u64),
            Some(number.value),
            "{}",
            number.path
        );
    }
}

/// The range of a number, by what a value far out of it is told.
fn number_range(path: &str) -> Reason {
    let mut policy = serde_json::to_value(Policy::of(Profile::Y2026)).unwrap();
    let slot = policy
        .pointer_mut(&format!("/{}", path.replace('.', "/")))
        .unwrap();
    for far in [u64::from(u32::MAX), u64::from(u16::MAX), 255] {
        *slot = json!(far);
        let document = path
            .rsplit('.')
            .fold(json!(far), |inner, name| json!({ name: inner }));
        if let Err(invalid) = Policy::read(&document) {
            let defect = invalid
                .defects()
                .iter()
                .find(|defect| defect.path == path)
                .unwrap();
            if defect.reason != Reason::Kind {
                return defect.reason.clone();
            }
        }
    }
    panic!("{path} has no range")
}

#[test]
fn no_number_is_without_a_range() {
    fn count(value: &Value) -> usize {
        match value {
            Value::Number(_) => 1,
            Value::Object(settings) => settings.values().map(count).sum(),
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) => 0,
        }
    }
    let policy = Policy::of(Profile::Y2026);
    assert_eq!(
        count(&serde_json::to_value(&policy).unwrap()),
        policy.numbers().len()
    );
}

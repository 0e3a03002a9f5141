use super::*;
use crate::asn1::{OCTET_STRING, element};
use crate::mint::answers::{self, List, Response, critical, issuing_point};
use crate::mint::{DAY, Draft, Identity, Key, NOW, TICK, common_name, oid, sequence};
use crate::{DOUBTED, Evidence, Unanswered};
use core::time::Duration;
use rstest::rstest;
use shared::signatures::Finding::{self, Failed, Passed, Unknown};
use shared::signatures::Reason;

const RESPONDER: &str = "http://ocsp.example/";
const LIST: &str = "http://crl.example/a.crl";
const SKEW: Duration = Duration::from_mins(5);
const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

const UNTRUSTED: Finding = Unknown(Reason::RevocationUntrusted);
const STALE: Finding = Unknown(Reason::RevocationStale);
const NOT_TOLD: Finding = Unknown(Reason::RevocationUnknown);
const UNREACHABLE: Finding = Unknown(Reason::RevocationUnreachable);

struct World {
    root: Identity,
    person: Identity,
}

fn world() -> World {
    world_with(&[RESPONDER], &[LIST])
}

fn world_with(responders: &[&str], lists: &[&str]) -> World {
    let root = Draft::authority("root", 1, None).self_signed();
    let person = Draft::person("person", 3)
        .asked_at(responders, lists)
        .signed_by(&root);
    World { root, person }
}

impl World {
    fn inquiry(&self) -> Inquiry {
        Inquiry::about(&self.person.certificate, &self.root.certificate)
    }

    /// What comes of these replies, in the order of the questions.
    fn after(&self, replies: &[Result<Vec<u8>, Unanswered>]) -> Finding {
        let mut inquiry = self.inquiry();
        for bytes in replies {
            let question = inquiry.question().cloned().unwrap();
            let reply = Reply {
                bytes: bytes.clone(),
                fetched_at: NOW,
            };
            inquiry.reply(&question, &reply, NOW);
        }
        inquiry.finding()
    }

    fn response(&self, status: Vec<u8>) -> Response {
        Response::about(&self.person, status)
    }

    /// What comes of this response where there is no list.
    fn told(response: Vec<u8>) -> Finding {
        world_with(&[RESPONDER], &[]).after(&[Ok(response)])
    }

    /// What comes of this list where there is no responder.
    fn listed(list: &List) -> Finding {
        let world = world_with(&[], &[LIST]);
        world.after(&[Ok(list.signed_by(&world.root))])
    }
}

#[test]
fn the_responder_is_asked_first_and_then_the_list() {
    let world = world();
    let mut inquiry = world.inquiry();
    let first = inquiry.question().cloned().unwrap();
    assert!(matches!(&first, Question::Ocsp { url, .. } if url == RESPONDER));
    let none = Reply {
        bytes: Err(Unanswered::Unreachable),
        fetched_at: NOW,
    };
    inquiry.reply(&first, &none, NOW);
    let second = inquiry.question().cloned().unwrap();
    assert_eq!(second, Question::Crl { url: LIST.to_owned() });
    inquiry.reply(
        &first,
        &Reply {
            bytes: Ok(world.response(answers::revoked()).signed_by(&world.root)),
            fetched_at: NOW,
        },
        NOW,
    );
    assert_eq!(
        inquiry.finding(),
        UNREACHABLE,
        "a reply to a question of before is left alone"
    );
    let list = List::of(&[]).signed_by(&world.root);
    inquiry.reply(
        &second,
        &Reply {
            bytes: Ok(list),
            fetched_at: NOW,
        },
        NOW,
    );
    assert_eq!((inquiry.question(), inquiry.finding()), (None, Passed));
    assert!(matches!(inquiry.evidence(), Some(Answer::List(_))));
}

#[test]
fn a_certain_answer_ends_it() {
    let world = world();
    for (status, finding) in [
        (answers::good(), Passed),
        (answers::revoked(), Failed(Reason::Revoked)),
        (answers::unknown(), NOT_TOLD),
    ] {
        let mut inquiry = world.inquiry();
        let question = inquiry.question().cloned().unwrap();
        let bytes = world.response(status).signed_by(&world.root);
        inquiry.reply(
            &question,
            &Reply {
                bytes: Ok(bytes),
                fetched_at: NOW,
            },
            NOW,
        );
        assert_eq!((inquiry.question(), inquiry.finding()), (None, finding));
        assert!(inquiry.evidence().is_some());
    }
}

#[test]
fn what_is_not_certain_leaves_it_to_the_list() {
    let world = world();
    let mut old = world.response(answers::good());
    (old.from, old.until) = (NOW.before(2 * DAY), Some(NOW.before(DAY)));
    let stranger = Draft::authority("root", 9, None).self_signed();
    let doubts = [
        (old.signed_by(&world.root), STALE),
        (world.response(answers::good()).signed_by(&stranger), UNTRUSTED),
        (answers::try_later(), UNREACHABLE),
        (b"<html>".to_vec(), UNTRUSTED),
    ];
    let person = world.person.certificate.serial.as_slice();
    for (response, finding) in doubts {
        let nobody = Err(Unanswered::Unreachable);
        assert_eq!(world.after(&[Ok(response.clone()), nobody]), finding);
        assert_eq!(
            world.after(&[Ok(response.clone()), Ok(List::of(&[]).signed_by(&world.root))]),
            Passed
        );
        let revoked = List::of(&[person]).signed_by(&world.root);
        assert_eq!(world.after(&[Ok(response), Ok(revoked)]), Failed(Reason::Revoked));
    }
}

#[test]
fn what_decided_nothing_is_told_apart_from_what_decided() {
    let world = world_with(&[RESPONDER, "http://b/"], &[LIST, "http://d/"]);
    let stranger = Draft::authority("root", 9, None).self_signed();
    let forged = world.response(answers::good()).signed_by(&stranger);
    let part = List::of(&[]).with_critical("2.5.29.28", &issuing_point(None, &[2]));
    let part = part.signed_by(&world.root);
    let list = List::of(&[]).signed_by(&world.root);
    let mut inquiry = world.inquiry();
    for bytes in [
        Ok(forged.clone()),
        Err(Unanswered::Unreachable),
        Ok(part.clone()),
        Ok(list.clone()),
    ] {
        let question = inquiry.question().cloned().unwrap();
        let fetched_at = NOW;
        inquiry.reply(&question, &Reply { bytes, fetched_at }, NOW);
    }
    assert_eq!(inquiry.finding(), Passed);
    assert!(matches!(inquiry.evidence(), Some(Answer::List(bytes)) if *bytes == list));
    assert_eq!(inquiry.doubted(), [forged, part]);
}

#[test]
fn a_long_list_that_decided_nothing_is_left_out() {
    for (length, kept) in [(DOUBTED, 1), (DOUBTED + 1, 0)] {
        let world = world_with(&[], &[LIST]);
        let mut inquiry = world.inquiry();
        let question = inquiry.question().cloned().unwrap();
        let bytes = Ok(vec![0; length]);
        let fetched_at = NOW;
        inquiry.reply(&question, &Reply { bytes, fetched_at }, NOW);
        assert_eq!((inquiry.finding(), inquiry.doubted().len()), (UNTRUSTED, kept));
    }
}

#[test]
fn doubted_answers_are_kept_once_and_as_far_as_there_is_room() {
    let mut evidence = Evidence {
        ocsp: vec![b"relied".to_vec()],
        ..Evidence::default()
    };
    let half = vec![0; DOUBTED / 2];
    for answer in [b"relied".as_slice(), &half, &half, &half[1..], b"xx", b"y", b"z"] {
        evidence.doubt(answer);
    }
    assert_eq!(evidence.doubted, [half.as_slice(), &half[1..], b"y"]);
}

#[test]
fn nobody_to_ask_is_not_known() {
    assert_eq!(world_with(&[], &[]).after(&[]), NOT_TOLD);
    assert_eq!(world().after(&[]), UNREACHABLE);
    let mut inquiry = world().inquiry();
    inquiry.stop();
    assert_eq!((inquiry.question(), inquiry.finding()), (None, UNREACHABLE));
    for reason in [
        Unanswered::Forbidden,
        Unanswered::TooLarge,
        Unanswered::Unreachable,
    ] {
        assert_eq!(world().after(&[Err(reason), Err(reason)]), UNREACHABLE);
    }
}

#[test]
fn two_places_of_a_kind_are_asked() {
    let world = world_with(
        &["http://a/", "http://b/", "http://c/"],
        &["http://d/", "http://e/", "http://f/"],
    );
    assert_eq!(world.after(&vec![Err(Unanswered::Unreachable); 4]), UNREACHABLE);
    let mut inquiry = world.inquiry();
    let mut asked = 0;
    while let Some(question) = inquiry.question().cloned() {
        inquiry.reply(
            &question,
            &Reply {
                bytes: Err(Unanswered::Unreachable),
                fetched_at: NOW,
            },
            NOW,
        );
        asked += 1;
    }
    assert_eq!(asked, 4);
}

#[rstest]
#[case::begins_now(NOW, Some(NOW.after(DAY)), Passed)]
#[case::begins_within_the_skew(NOW.after(SKEW), Some(NOW.after(DAY)), Passed)]
#[case::begins_after_it(NOW.after(SKEW + Duration::from_secs(1)), Some(NOW.after(DAY)), STALE)]
#[case::ends_within_the_skew(NOW.before(DAY), Some(NOW.before(SKEW)), Passed)]
#[case::ended_before_it(NOW.before(DAY), Some(NOW.before(SKEW + Duration::from_secs(1))), STALE)]
#[case::without_an_end(NOW.before(DAY + SKEW), None, Passed)]
#[case::without_an_end_and_old(NOW.before(DAY + SKEW + Duration::from_secs(1)), None, STALE)]
fn a_response_is_of_its_time(
    #[case] from: Timestamp,
    #[case] until: Option<Timestamp>,
    #[case] finding: Finding,
) {
    let world = world();
    let with = |status| {
        let mut response = world.response(status);
        (response.from, response.until) = (from, until);
        World::told(response.signed_by(&world.root))
    };
    assert_eq!(with(answers::good()), finding);
    assert_eq!(
        with(answers::revoked()),
        Failed(Reason::Revoked),
        "whenever it was said"
    );
}

#[test]
fn a_list_is_of_its_time() {
    let until = |until| {
        World::listed(&List {
            until,
            from: NOW.before(DAY),
            ..List::of(&[])
        })
    };
    let second = Duration::from_secs(1);
    assert_eq!(until(NOW.before(SKEW)), Passed);
    assert_eq!(until(NOW.before(SKEW + second)), STALE);
    let revoked = List {
        until: NOW.before(DAY),
        ..List::of(&[&[3]])
    };
    assert_eq!(World::listed(&revoked), Failed(Reason::Revoked));
    let early = List {
        from: NOW.after(SKEW + second),
        ..List::of(&[])
    };
    assert_eq!(World::listed(&early), STALE);
}

#[test]
fn a_window_is_open_from_its_first_tick_to_its_last() {
    let window = Window {
        from: NOW,
        until: Some(NOW.after(DAY)),
    };
    let first = NOW.before(SKEW);
    let last = NOW.after(DAY).after(SKEW);
    assert!(!window.is_open(first.before(TICK)));
    assert!(window.is_open(first) && window.is_open(last));
    assert!(!window.is_open(last.after(TICK)));
}

#[test]
fn a_responder_answers_for_the_issuer_only_if_certified_for_it() {
    let world = world();
    let key = Key::of(50);
    let draft = || Draft::person("responder", 50);
    let through = |responder: &Identity| {
        let mut response = world.response(answers::good());
        response.along = vec![responder.certificate.der.clone()];
        World::told(response.signed(&world.root, responder, &responder.key))
    };
    let certified = draft().purposes(&[OCSP_SIGNING]);
    assert_eq!(through(&certified.clone().signed_by(&world.root)), Passed);
    assert_eq!(
        through(&draft().signed_by(&world.root)),
        UNTRUSTED,
        "not certified to answer"
    );
    assert_eq!(
        through(&draft().purposes(&["1.3.6.1.5.5.7.3.4"]).signed_by(&world.root)),
        UNTRUSTED
    );
    let stranger = Draft::authority("root", 9, None).self_signed();
    assert_eq!(
        through(&certified.clone().signed_by(&stranger)),
        UNTRUSTED,
        "by a stranger of the issuer's name"
    );
    let expired = certified.clone().valid(NOW.before(2 * DAY), NOW.before(DAY));
    assert_eq!(through(&expired.signed_by(&world.root)), UNTRUSTED);
    let between = Draft::authority("between", 2, None).signed_by(&world.root);
    assert_eq!(
        through(&certified.clone().signed_by(&between)),
        UNTRUSTED,
        "by another authority of the same root"
    );
    let odd = certified.clone().critical("1.2.3", &sequence(&[]));
    assert_eq!(through(&odd.signed_by(&world.root)), UNTRUSTED);
    let authority = Draft::authority("responder", 50, None).purposes(&[OCSP_SIGNING]);
    assert_eq!(through(&authority.signed_by(&world.root)), UNTRUSTED);
    let fitting = certified.signed_by(&world.root);
    let mut response = world.response(answers::good());
    response.along = vec![fitting.certificate.der.clone()];
    let forged = response.signed(&world.root, &fitting, &Key::of(51));
    assert_eq!(World::told(forged), UNTRUSTED, "signed with another key");
    let misnamed = response.signed(&world.root, &world.root, &key);
    assert_eq!(World::told(misnamed), UNTRUSTED, "under another name");
}

#[test]
fn an_answer_is_about_the_certificate() {
    let world = world();
    let mut other = world.response(answers::good());
    other.serial = vec![4];
    assert_eq!(
        World::told(other.signed_by(&world.root)),
        UNTRUSTED,
        "of another serial number"
    );
    // The same serial number, of another authority whose answer the root signed by mistake.
    let stranger = Draft::authority("stranger", 9, None).self_signed();
    let about_stranger = world
        .response(answers::good())
        .signed(&stranger, &world.root, &world.root.key);
    assert_eq!(World::told(about_stranger), UNTRUSTED);
}

#[test]
fn no_byte_of_a_response_can_be_changed_unnoticed() {
    let world = world();
    let whole = world.response(answers::revoked()).signed_by(&world.root);
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x01;
        assert_ne!(World::told(changed), Passed, "byte {at}");
    }
}

#[test]
fn lists_are_the_issuers() {
    let world = world_with(&[], &[LIST]);
    let stranger = Draft::authority("root", 9, None).self_signed();
    assert_eq!(world.after(&[Ok(List::of(&[]).signed_by(&stranger))]), UNTRUSTED);
    let other_name = Draft::authority("other", 1, None).self_signed();
    assert_eq!(
        world.after(&[Ok(List::of(&[]).signed_by(&other_name))]),
        UNTRUSTED
    );
    assert_eq!(world.after(&[Ok(Vec::new())]), UNTRUSTED);
    assert_eq!(World::listed(&List::of(&[&[1], &[2], &[4]])), Passed);
    assert_eq!(
        World::listed(&List::of(&[&[1], &[2], &[3]])),
        Failed(Reason::Revoked)
    );
    // An issuer that may not sign lists.
    let mute = Draft::of("mute", 7)
        .critical("2.5.29.19", &sequence(&[element(0x01, &[0xff])]))
        .critical("2.5.29.15", &[0x03, 0x02, 0x02, 0x04])
        .self_signed();
    let person = Draft::person("person", 3).asked_at(&[], &[LIST]).signed_by(&mute);
    let of_mute = World { root: mute, person };
    assert_eq!(
        of_mute.after(&[Ok(List::of(&[]).signed_by(&of_mute.root))]),
        UNTRUSTED
    );
}

#[rstest]
#[case::everything(None, &[], Passed)]
#[case::persons(None, &[1], Passed)]
#[case::authorities(None, &[2], NOT_TOLD)]
#[case::some_reasons(None, &[3], NOT_TOLD)]
#[case::indirect(None, &[4], NOT_TOLD)]
#[case::attributes(None, &[5], NOT_TOLD)]
#[case::this_place(Some(LIST), &[1], Passed)]
#[case::another_part(Some("http://crl.example/b.crl"), &[1], NOT_TOLD)]
fn a_list_says_nothing_about_what_it_is_not_of(
    #[case] place: Option<&str>,
    #[case] flags: &[u8],
    #[case] finding: Finding,
) {
    let list = List::of(&[]).with_critical("2.5.29.28", &issuing_point(place, flags));
    assert_eq!(World::listed(&list), finding);
}

#[test]
fn lists_of_changes_and_of_others_are_refused() {
    let changes = List::of(&[]).with_critical("2.5.29.27", &element(0x02, &[1]));
    assert_eq!(World::listed(&changes), NOT_TOLD);
    let mut others = List::of(&[&[8]]);
    others.entry_extensions = vec![critical("2.5.29.29", &sequence(&[]))];
    assert_eq!(World::listed(&others), UNTRUSTED);
    let mut reasons = List::of(&[&[8]]);
    reasons.entry_extensions = vec![sequence(&[
        oid("2.5.29.21"),
        element(OCTET_STRING, &[0x0a, 0x01, 0x01]),
    ])];
    assert_eq!(World::listed(&reasons), Passed);
}

#[test]
fn freshness_is_what_an_answer_says() {
    let world = world();
    let ocsp = Question::Ocsp {
        url: RESPONDER.to_owned(),
        request: Vec::new(),
    };
    let crl = Question::Crl { url: LIST.to_owned() };
    let mut response = world.response(answers::good());
    assert_eq!(
        freshness(&ocsp, &response.signed_by(&world.root)),
        Some(NOW.after(DAY))
    );
    response.until = None;
    assert_eq!(
        freshness(&ocsp, &response.signed_by(&world.root)),
        Some(NOW.after(DAY)),
        "a day without word"
    );
    let list = List {
        until: NOW.after(3 * DAY),
        ..List::of(&[])
    }
    .signed_by(&world.root);
    assert_eq!(freshness(&crl, &list), Some(NOW.after(3 * DAY)));
    assert_eq!(freshness(&ocsp, &list), None);
    assert_eq!(freshness(&crl, b"<html>"), None);
    assert_eq!(freshness(&ocsp, &answers::try_later()), None);
}

#[test]
fn the_request_names_the_certificate_as_openssl_does() {
    let world = world();
    let Some(Question::Ocsp { request, .. }) = world.inquiry().question().cloned() else {
        panic!("no request");
    };
    let issuer = &world.root.certificate;
    let id = sequence(&[
        sequence(&[oid("1.3.14.3.2.26"), vec![0x05, 0x00]]),
        element(
            OCTET_STRING,
            &crate::algorithms::Label::Sha1.of(&common_name("root")),
        ),
        element(OCTET_STRING, &crate::algorithms::Label::Sha1.of(&issuer.key_bits)),
        element(0x02, &[3]),
    ]);
    assert_eq!(request, sequence(&[sequence(&[sequence(&[sequence(&[id])])])]));
}

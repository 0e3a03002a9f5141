use super::*;
use crate::mint::answers::{self, Response};
use crate::mint::message::Draft as MessageDraft;
use crate::mint::{DAY, Draft, Identity, NOW, trust, utf8};
use crate::{ExpectedHolder, Nonce, Unanswered, Use};
use rstest::rstest;
use shared::signatures::Finding::{Failed, Passed, Skipped, Unknown};
use shared::time::Deadline;

/// What was issued. Nothing here looks at pages: that is the document's own to test.
const ISSUED: &[u8] = b"no pdf";
const RESPONDER: &str = "http://ocsp.example/";

struct World {
    root: Identity,
    between: Identity,
    person: Draft,
}

fn world() -> World {
    let root = Draft::authority("root", 1, None).self_signed();
    let between = Draft::authority("between", 2, Some(0))
        .asked_at(&["http://root.example/"], &[])
        .signed_by(&root);
    let person = Draft::person("person", 3)
        .subject(&[
            ("2.5.4.5", "IDCEC-1710034065"),
            ("2.5.4.97", "VATEC-1790012345001"),
        ])
        .asked_at(&[RESPONDER], &[])
        .policies(&["1.3.6.1.4.1.37746.2.3.1"]);
    World {
        root,
        between,
        person,
    }
}

fn expectation(cedula: &str, ruc: Option<&str>) -> Expectation {
    Expectation {
        issued: Some(Issued {
            bytes: ISSUED.to_vec(),
            nonce: Nonce([7; 16]),
            expires: Deadline::at(NOW.after(DAY)),
            used: Use::Fresh,
        }),
        holder: Some(ExpectedHolder {
            representative: cedula.parse().unwrap(),
            ruc: ruc.map(|ruc| ruc.parse().unwrap()),
        }),
        now: NOW,
    }
}

fn expected() -> Expectation {
    expectation("1710034065", Some("1790012345001"))
}

impl World {
    fn person(&self) -> Identity {
        self.person.clone().signed_by(&self.between)
    }

    fn file(&self, person: &Identity) -> Vec<u8> {
        MessageDraft::of(ISSUED, &[person, &self.between]).signed_by(person)
    }

    fn begin(&self, person: &Identity, expectation: &Expectation) -> Examination {
        Examination::begin(&self.file(person), expectation, &trust(&[&self.root]))
    }

    /// Every question answered with `good`, but the signer's with `status`.
    fn answered(&self, mut examination: Examination, person: &Identity, status: &[u8]) -> Opinion {
        while let Some(question) = examination.questions().first().cloned() {
            let Question::Ocsp { url, .. } = &question else {
                panic!("no list is named")
            };
            let bytes = if url == RESPONDER {
                Response::about(person, status.to_vec()).signed_by(&self.between)
            } else {
                Response::about(&self.between, answers::good()).signed_by(&self.root)
            };
            examination.reply(
                &question,
                &Reply {
                    bytes: Ok(bytes),
                    fetched_at: NOW,
                },
            );
        }
        examination.opinion()
    }

    /// The findings of rules 4 to 7, without revocation.
    fn findings(&self, person: &Identity, expectation: &Expectation) -> [Finding; 7] {
        let findings = self.begin(person, expectation).opinion().findings;
        [
            findings.digest,
            findings.signature,
            findings.authority,
            findings.period,
            findings.key_usage,
            findings.holder,
            findings.employer,
        ]
    }
}

#[test]
fn a_good_signature_passes_every_check_of_the_certificate() {
    let world = world();
    let person = world.person();
    assert_eq!(world.findings(&person, &expected()), [Passed; 7]);
    let examination = world.begin(&person, &expected());
    assert_eq!(
        examination.questions().len(),
        2,
        "about the signer and about the authority between"
    );
    let opinion = world.answered(examination, &person, &answers::good());
    assert_eq!(opinion.findings.revocation, Passed);
    assert_eq!(opinion.findings.one_signature, Passed);
    assert_eq!(opinion.findings.coverage, Passed);
    assert_eq!(
        opinion.findings.representative, Skipped,
        "the registry is the server's to ask"
    );
    assert_eq!(opinion.evidence.chain.len(), 3);
    assert_eq!((opinion.evidence.ocsp.len(), opinion.evidence.crls.len()), (2, 0));
    let signer = opinion.signer.unwrap();
    assert_eq!(signer.identification.as_deref(), Some("1710034065"));
    assert_eq!(
        (signer.authority.as_deref(), signer.serial.as_str()),
        (Some("Security Data"), "03")
    );
}

#[test]
fn a_revoked_signer_fails_and_silence_is_unknown() {
    let world = world();
    let person = world.person();
    let revoked = world.answered(world.begin(&person, &expected()), &person, &answers::revoked());
    assert_eq!(revoked.findings.revocation, Failed(Reason::Revoked));
    let unknown = world.answered(world.begin(&person, &expected()), &person, &answers::unknown());
    assert_eq!(unknown.findings.revocation, Unknown(Reason::RevocationUnknown));
    let nobody = world.begin(&person, &expected()).opinion();
    assert_eq!(nobody.findings.revocation, Unknown(Reason::RevocationUnreachable));
    let mut half = world.begin(&person, &expected());
    let question = half.questions()[0].clone();
    let good = Response::about(&person, answers::good()).signed_by(&world.between);
    half.reply(
        &question,
        &Reply {
            bytes: Ok(good),
            fetched_at: NOW,
        },
    );
    assert_eq!(
        half.opinion().findings.revocation,
        Unknown(Reason::RevocationUnreachable),
        "one of two"
    );
}

#[test]
fn nobody_is_asked_for_a_stranger() {
    let world = world();
    let stranger = Draft::authority("between", 9, Some(0)).self_signed();
    let person = world.person.clone().signed_by(&stranger);
    let file = MessageDraft::of(ISSUED, &[&person, &stranger]).signed_by(&person);
    let examination = Examination::begin(&file, &expected(), &trust(&[&world.root]));
    assert_eq!(examination.questions(), []);
    let opinion = examination.opinion();
    let findings = opinion.findings;
    assert_eq!((findings.digest, findings.signature), (Passed, Passed));
    assert_eq!(findings.authority, Failed(Reason::UnknownAuthority));
    let rest = [
        findings.period,
        findings.key_usage,
        findings.revocation,
        findings.holder,
        findings.employer,
    ];
    assert_eq!(rest, [Skipped; 5], "its own word is worth nothing");
    assert_eq!(
        (opinion.evidence.chain.len(), opinion.evidence.ocsp.len()),
        (1, 0)
    );
}

#[test]
fn nobody_is_asked_where_the_signature_is_not_the_certificates() {
    let world = world();
    let person = world.person();
    let mut thief = person.clone();
    thief.key = crate::mint::Key::of(66);
    let examination = world.begin(&thief, &expected());
    assert_eq!(examination.questions(), []);
    let findings = examination.opinion().findings;
    assert_eq!(
        (findings.signature, findings.authority),
        (Failed(Reason::SignatureWrong), Passed)
    );
    assert_eq!(
        (findings.revocation, findings.holder, findings.employer),
        (Skipped, Skipped, Skipped)
    );
}

#[test]
fn every_reason_is_told_at_once() {
    let mut world = world();
    world.person = world.person.valid(NOW.before(2 * DAY), NOW.before(DAY));
    let person = world.person();
    let mut message = MessageDraft::of(b"signed", &[&person, &world.between]);
    message.content = Some(b"shown".to_vec());
    let file = message.signed_by(&person);
    let other = expectation("0102030400", Some("1790012345001"));
    let examination = Examination::begin(&file, &other, &trust(&[&world.root]));
    assert_eq!(
        examination.questions(),
        [],
        "an expired certificate is on no list any more"
    );
    let findings = examination.opinion().findings;
    assert_eq!(findings.digest, Failed(Reason::DigestDiffers));
    assert_eq!((findings.signature, findings.authority), (Passed, Passed));
    assert_eq!(findings.period, Failed(Reason::CertificateExpired));
    assert_eq!(findings.holder, Failed(Reason::OtherHolder));
    assert_eq!((findings.employer, findings.revocation), (Passed, Skipped));
}

#[rstest]
#[case::nobody(&[("2.5.4.3", "Ana Paz")], Unknown(Reason::HolderUnknown), Passed)]
#[case::bare_number(&[("2.5.4.5", "1710034065")], Unknown(Reason::HolderUnknown), Passed)]
#[case::other_person(&[("2.5.4.5", "IDCEC-0102030400")], Failed(Reason::OtherHolder), Passed)]
#[case::passport(&[("2.5.4.5", "PASEC-A1234567")], Failed(Reason::OtherHolder), Passed)]
#[case::other_ruc(
    &[("2.5.4.5", "IDCEC-1710034065"), ("2.5.4.97", "VATEC-1790054321001")],
    Passed,
    Failed(Reason::OtherEmployer)
)]
#[case::own_ruc_is_not_the_companys(
    &[("2.5.4.5", "IDCEC-1710034065"), ("2.5.4.97", "VATEC-1710034065001")],
    Passed,
    Failed(Reason::OtherEmployer)
)]
#[case::no_ruc_at_all(
    &[("2.5.4.5", "IDCEC-1710034065"), ("2.5.4.97", "VATEC-12")],
    Passed,
    Failed(Reason::OtherEmployer)
)]
#[case::no_organisation(&[("2.5.4.5", "IDCEC-1710034065"), ("2.5.4.97", "NO APLICA")], Passed, Passed)]
fn the_holder_is_the_right_person(
    #[case] subject: &[(&str, &str)],
    #[case] holder: Finding,
    #[case] employer: Finding,
) {
    let mut world = world();
    world.person = world.person.subject(subject);
    let person = world.person();
    let [.., found_holder, found_employer] = world.findings(&person, &expected());
    assert_eq!((found_holder, found_employer), (holder, employer));
}

#[rstest]
#[case::own("VATEC-1710034065001", Passed)]
#[case::a_companys("VATEC-1790012345001", Failed(Reason::OtherEmployer))]
#[case::another_persons("VATEC-0102030400001", Failed(Reason::OtherEmployer))]
fn a_household_has_no_ruc_but_its_head_may(#[case] ruc: &str, #[case] employer: Finding) {
    let mut world = world();
    world.person = world
        .person
        .subject(&[("2.5.4.5", "IDCEC-1710034065"), ("2.5.4.97", ruc)]);
    let person = world.person();
    let [.., holder, found] = world.findings(&person, &expectation("1710034065", None));
    assert_eq!((holder, found), (Passed, employer));
}

#[test]
fn a_foreigner_code_is_for_a_person_to_see() {
    let world = world();
    let person = world.person();
    let [.., holder, _] = world.findings(&person, &expectation("EXT0042", Some("1790012345001")));
    assert_eq!(holder, Unknown(Reason::HolderUnknown));
}

#[test]
fn without_an_expectation_nothing_of_it_passes() {
    let world = world();
    let person = world.person();
    let nothing = Expectation {
        issued: None,
        holder: None,
        now: NOW,
    };
    let findings = world.begin(&person, &nothing).opinion().findings;
    assert_eq!((findings.holder, findings.employer), (Skipped, Skipped));
    assert_eq!((findings.request, findings.unaltered), (Skipped, Skipped));
    assert_eq!((findings.signature, findings.authority), (Passed, Passed));
}

#[rstest]
#[case::unsaid(Draft::of("person", 3), Failed(Reason::WrongKeyUsage))]
#[case::signing(Draft::person("person", 3), Passed)]
#[case::only_non_repudiation(Draft::of("person", 3).critical("2.5.29.15", &[0x03, 0x02, 0x06, 0x40]), Passed)]
#[case::encryption(
    Draft::of("person", 3).critical("2.5.29.15", &[0x03, 0x02, 0x05, 0x20]),
    Failed(Reason::WrongKeyUsage)
)]
#[case::mail(Draft::person("person", 3).purposes(&["1.3.6.1.5.5.7.3.4"]), Passed)]
#[case::server(Draft::person("person", 3).purposes(&["1.3.6.1.5.5.7.3.1"]), Failed(Reason::WrongKeyUsage))]
#[case::timestamps(Draft::person("person", 3).purposes(&["1.3.6.1.5.5.7.3.8"]), Failed(Reason::WrongKeyUsage))]
fn the_key_is_for_signing(#[case] draft: Draft, #[case] finding: Finding) {
    let mut world = world();
    world.person = draft;
    let person = world.person();
    assert_eq!(
        world.begin(&person, &expected()).opinion().findings.key_usage,
        finding
    );
}

#[test]
fn an_authority_is_no_signer() {
    let mut world = world();
    let authority = crate::mint::sequence(&[crate::asn1::element(0x01, &[0xff])]);
    world.between = Draft::authority("between", 2, None).signed_by(&world.root);
    world.person = Draft::person("person", 3).critical("2.5.29.19", &authority);
    let person = world.person();
    assert_eq!(
        world.begin(&person, &expected()).opinion().findings.key_usage,
        Failed(Reason::WrongKeyUsage)
    );
}

#[test]
fn eight_questions_are_asked_at_most() {
    let root = Draft::authority("root", 1, None).self_signed();
    let (responders, lists) = (
        ["http://a.example/", "http://b.example/"],
        ["http://c.example/", "http://d.example/"],
    );
    let mut chain = vec![root.clone()];
    for number in 2..=4 {
        let above = chain.last().unwrap().clone();
        let draft = Draft::authority(&format!("link {number}"), number, None);
        chain.push(draft.asked_at(&responders, &lists).signed_by(&above));
    }
    let person = Draft::person("person", 9)
        .asked_at(&responders, &lists)
        .signed_by(&chain[3]);
    let along: Vec<_> = chain.iter().chain([&person]).collect();
    let file = MessageDraft::of(ISSUED, &along).signed_by(&person);
    let mut examination = Examination::begin(&file, &expected(), &trust(&[&root]));
    let mut asked = 0;
    while let Some(question) = examination.questions().first().cloned() {
        examination.reply(
            &question,
            &Reply {
                bytes: Err(Unanswered::Unreachable),
                fetched_at: NOW,
            },
        );
        asked += 1;
    }
    assert_eq!(asked, QUESTIONS);
    assert_eq!(
        examination.opinion().findings.revocation,
        Unknown(Reason::RevocationUnreachable)
    );
}

#[test]
fn a_signature_without_its_content_is_none_of_ours() {
    let world = world();
    let person = world.person();
    let mut message = MessageDraft::of(ISSUED, &[&person, &world.between]);
    message.content = None;
    let file = message.signed_by(&person);
    let opinion = Examination::begin(&file, &expected(), &trust(&[&world.root])).opinion();
    assert_eq!(opinion.findings.file, Failed(Reason::Malformed));
    assert_eq!(opinion.findings.signature, Skipped);
}

#[test]
fn debug_names_nobody() {
    let world = world();
    let text = format!("{:?}", world.begin(&world.person(), &expected()));
    assert!(!text.contains("1710034065"), "{text}");
}

#[test]
fn what_is_no_file_of_ours_has_no_opinion_on_certificates() {
    for file in [&b""[..], b"<html>", b"%PDF-1.7", &utf8("x")] {
        let findings = Examination::begin(file, &expected(), &trust(&[]))
            .opinion()
            .findings;
        assert!(matches!(findings.file, Failed(_)), "{file:?}");
        assert_eq!(
            (findings.signature, findings.authority, findings.revocation),
            (Skipped, Skipped, Skipped)
        );
    }
}

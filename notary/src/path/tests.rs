use super::*;
use crate::mint::{
    DAY, Draft, ISSUING, Identity, Key, NOW, SECOND, TICK, WEAK_SCHEME, common_name, sequence, trust,
};

fn found(signer: &Identity, along: &[&Identity], anchors: &[&Identity]) -> Result<Path, Reason> {
    let along: Vec<_> = along
        .iter()
        .map(|identity| Arc::clone(&identity.certificate))
        .collect();
    find(&signer.certificate, &along, &trust(anchors), NOW)
}

fn outcome(signer: &Identity, along: &[&Identity], anchors: &[&Identity]) -> Result<usize, Reason> {
    found(signer, along, anchors).map(|path| path.chain.len())
}

fn root() -> Identity {
    Draft::authority("root", 1, None).self_signed()
}

#[test]
fn a_chain_ends_at_a_pinned_anchor() {
    let root = root();
    let between = Draft::authority("between", 2, Some(0)).signed_by(&root);
    let person = Draft::person("person", 3).signed_by(&between);
    assert_eq!(outcome(&person, &[&between], &[&root]), Ok(3));
    assert_eq!(
        outcome(&person, &[&person, &root, &between], &[&root]),
        Ok(3),
        "in any order"
    );
    assert_eq!(
        outcome(&person, &[], &[&root, &between]),
        Ok(3),
        "from the operator's folder"
    );
    assert_eq!(
        outcome(&person, &[], &[&root]),
        Err(Reason::UnknownAuthority),
        "a link is missing"
    );
    assert_eq!(
        outcome(&person, &[&between, &root], &[]),
        Err(Reason::UnknownAuthority),
        "nothing is pinned"
    );
    let chain = found(&person, &[&between], &[&root]).unwrap().chain;
    let ders: Vec<_> = chain.iter().map(|certificate| &certificate.der).collect();
    assert_eq!(
        ders,
        [&person, &between, &root].map(|identity| &identity.certificate.der)
    );
}

#[test]
fn a_known_name_is_no_known_authority() {
    let root = root();
    let stranger = Draft::authority("root", 9, None).self_signed();
    let person = Draft::person("person", 3).signed_by(&stranger);
    assert_eq!(
        outcome(&person, &[&stranger], &[&root]),
        Err(Reason::UnknownAuthority)
    );
}

#[test]
fn only_an_authority_issues() {
    let root = root();
    let no_authority = Draft::person("between", 2).signed_by(&root);
    let person = Draft::person("person", 3).signed_by(&no_authority);
    assert_eq!(
        outcome(&person, &[&no_authority], &[&root]),
        Err(Reason::ChainBroken)
    );

    let constraints = Draft::authority("between", 2, None);
    let unsaid = Draft::of("between", 2)
        .critical("2.5.29.15", ISSUING)
        .signed_by(&root);
    let person = Draft::person("person", 3).signed_by(&unsaid);
    assert_eq!(outcome(&person, &[&unsaid], &[&root]), Err(Reason::ChainBroken));

    let between = constraints.signed_by(&root);
    let person = Draft::person("person", 3).signed_by(&between);
    assert_eq!(outcome(&person, &[&between], &[&root]), Ok(3));

    let authority = sequence(&[crate::asn1::element(0x01, &[0xff])]);
    let cannot_issue = Draft::person("between", 2)
        .critical("2.5.29.19", &authority)
        .signed_by(&root);
    let person = Draft::person("person", 3).signed_by(&cannot_issue);
    assert_eq!(
        outcome(&person, &[&cannot_issue], &[&root]),
        Err(Reason::ChainBroken),
        "without keyCertSign"
    );
}

#[test]
fn no_more_authorities_stand_below_than_allowed() {
    let root = Draft::authority("root", 1, Some(1)).self_signed();
    let one = Draft::authority("one", 2, None).signed_by(&root);
    let two = Draft::authority("two", 3, None).signed_by(&one);
    let below_one = Draft::person("person", 4).signed_by(&one);
    let below_two = Draft::person("person", 4).signed_by(&two);
    assert_eq!(outcome(&below_one, &[&one], &[&root]), Ok(3));
    assert_eq!(
        outcome(&below_two, &[&one, &two], &[&root]),
        Err(Reason::ChainBroken)
    );
}

#[test]
fn a_chain_is_of_six_at_most() {
    let mut links = vec![root()];
    for number in 2..=6 {
        let above = links.last().unwrap().clone();
        links.push(Draft::authority(&format!("link {number}"), number, None).signed_by(&above));
    }
    let along: Vec<_> = links.iter().collect();
    let sixth = Draft::person("person", 40).signed_by(&links[4]);
    let seventh = Draft::person("person", 41).signed_by(&links[5]);
    assert_eq!(outcome(&sixth, &along, &[&links[0]]), Ok(6));
    assert_eq!(
        outcome(&seventh, &along, &[&links[0]]),
        Err(Reason::UnknownAuthority)
    );
}

#[test]
fn certificates_that_certify_each_other_end() {
    let root = root();
    let names = ["a", "b", "c", "d"];
    let keys: Vec<Key> = (20..24).map(Key::of).collect();
    let mut along = Vec::new();
    for (subject, seed) in names.iter().zip(20..) {
        for (issuer, key) in names.iter().zip(&keys) {
            along.push(Draft::authority(subject, seed, None).signed(&common_name(issuer), key));
        }
    }
    let along: Vec<_> = along.iter().collect();
    let person = Draft::person("person", 3).signed(&common_name("a"), &keys[0]);
    assert_eq!(outcome(&person, &along, &[&root]), Err(Reason::UnknownAuthority));
}

#[test]
fn weak_signatures_below_the_anchor_are_refused() {
    let root = root();
    let mut draft = Draft::person("person", 3);
    draft.scheme = WEAK_SCHEME;
    let person = draft.signed_by(&root);
    assert_eq!(outcome(&person, &[], &[&root]), Err(Reason::WeakAlgorithm));
    assert_eq!(
        outcome(&person, &[], &[]),
        Err(Reason::UnknownAuthority),
        "and never more than refused"
    );
    let mut between = Draft::authority("between", 2, None);
    between.scheme = WEAK_SCHEME;
    let between = between.signed_by(&root);
    let person = Draft::person("person", 3).signed_by(&between);
    assert_eq!(
        outcome(&person, &[&between], &[&root]),
        Err(Reason::WeakAlgorithm)
    );
}

#[test]
fn nothing_critical_is_passed_over() {
    let root = root();
    let odd = Draft::person("person", 3)
        .critical("1.2.3.4", &sequence(&[]))
        .signed_by(&root);
    assert_eq!(outcome(&odd, &[], &[&root]), Err(Reason::ChainBroken));
    let between = Draft::authority("between", 2, None)
        .critical("2.5.29.30", &sequence(&[]))
        .signed_by(&root);
    let person = Draft::person("person", 3).signed_by(&between);
    assert_eq!(outcome(&person, &[&between], &[&root]), Err(Reason::ChainBroken));
}

#[test]
fn every_certificate_of_the_chain_is_of_now() {
    let root = root();
    let from_to = |not_before, not_after| {
        let person = Draft::person("person", 3)
            .valid(not_before, not_after)
            .signed_by(&root);
        found(&person, &[], &[&root]).unwrap().period
    };
    assert_eq!(from_to(NOW, NOW.after(DAY)), None);
    assert_eq!(
        from_to(NOW.after(SECOND), NOW.after(DAY)),
        Some(Reason::CertificateNotYetValid)
    );
    assert_eq!(from_to(NOW.before(DAY), NOW), None, "its last second");
    assert_eq!(
        from_to(NOW.before(DAY), NOW.before(SECOND)),
        Some(Reason::CertificateExpired)
    );
    let between = Draft::authority("between", 2, None)
        .valid(NOW.before(DAY), NOW.before(DAY))
        .signed_by(&root);
    let person = Draft::person("person", 4).signed_by(&between);
    assert_eq!(
        found(&person, &[&between], &[&root]).unwrap().period,
        Some(Reason::CertificateExpired)
    );
}

#[test]
fn a_certificate_is_valid_to_the_end_of_its_last_second() {
    let person = Draft::person("person", 3)
        .valid(NOW.before(DAY), NOW)
        .self_signed()
        .certificate;
    assert_eq!(period(&person, NOW.after(SECOND).before(TICK)), None);
    assert_eq!(
        period(&person, NOW.after(SECOND)),
        Some(Reason::CertificateExpired)
    );
    assert_eq!(period(&person, NOW.before(DAY)), None);
    assert_eq!(
        period(&person, NOW.before(DAY).before(TICK)),
        Some(Reason::CertificateNotYetValid)
    );
}

#[test]
fn of_two_chains_the_valid_one_counts() {
    let root = root();
    let draft = Draft::authority("between", 2, None);
    let expired = draft
        .clone()
        .valid(NOW.before(DAY), NOW.before(DAY))
        .signed_by(&root);
    let mut renewed = draft;
    renewed.serial = vec![77];
    let renewed = renewed.signed_by(&root);
    let person = Draft::person("person", 3).signed_by(&renewed);
    for along in [[&expired, &renewed], [&renewed, &expired]] {
        assert_eq!(found(&person, &along, &[&root]).unwrap().period, None);
    }
}

#[test]
fn a_pinned_certificate_does_not_sign_for_itself() {
    let root = root();
    assert!(found(&root, &[], &[&root]).is_err());
}

//! What the authority says about revocation, and what only looks as if it did.

use crate::scene::{Scene, Upload};
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use std::time::Duration;
use tests::EPOCH;
use tests::pki::{Authority, Layout, ListManner, OcspManner, Status};
use tests::signing::{Message, SubFilter, prepare};

const DAY: Duration = Duration::from_hours(24);

/// A sound file, with these answers about it.
fn answered(ocsp: OcspManner, lists: ListManner, status: Status) -> Upload {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    scene.pki.set_ocsp(ocsp);
    scene.pki.set_lists(lists);
    scene.pki.set_status(&scene.signer, status);
    scene.upload(scene.signed())
}

#[rstest]
#[case::by_the_authority(OcspManner::Own, ListManner::Missing)]
#[case::by_its_responder(OcspManner::Delegated, ListManner::Missing)]
#[case::by_a_list_without_ocsp(OcspManner::Missing, ListManner::Own)]
#[case::by_a_list_after_a_forgery(OcspManner::Stranger, ListManner::Own)]
#[case::by_a_list_after_an_old_answer(OcspManner::Stale, ListManner::Own)]
#[case::by_a_list_after_an_excuse(OcspManner::TryLater, ListManner::Own)]
#[case::by_ocsp_without_a_list(OcspManner::Own, ListManner::Garbage)]
fn who_was_not_revoked_passes(#[case] ocsp: OcspManner, #[case] lists: ListManner) {
    answered(ocsp, lists, Status::Good).assert_passes();
}

#[rstest]
#[case::said_by_the_authority(OcspManner::Own, ListManner::Missing)]
#[case::said_by_its_responder(OcspManner::Delegated, ListManner::Missing)]
#[case::said_by_a_list(OcspManner::Missing, ListManner::Own)]
#[case::said_by_a_list_after_a_forgery(OcspManner::Stranger, ListManner::Own)]
#[case::said_by_an_old_list(OcspManner::Missing, ListManner::Stale)]
fn who_was_revoked_fails(#[case] ocsp: OcspManner, #[case] lists: ListManner) {
    // Before the signature, and after the time that it claims: the claim is not believed.
    for at in [EPOCH.before(30 * DAY), EPOCH.before(Duration::from_mins(1))] {
        let scene = Scene::new(Authority::SecurityData, Layout::A);
        scene.pki.set_ocsp(ocsp);
        scene.pki.set_lists(lists);
        scene.pki.set_status(&scene.signer, Status::Revoked(at));
        let prepared = prepare(&scene.issued, SubFilter::Adobe);
        let message = Message {
            claimed: Some(EPOCH.before(10 * DAY)),
            ..Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered())
        };
        let upload = scene.upload(prepared.filled(&message.seal()));
        upload.assert(Check::Revocation, Finding::Failed(Reason::Revoked));
    }
}

#[test]
fn whose_authority_was_revoked_fails() {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    scene
        .pki
        .set_status(&scene.pki.issuer, Status::Revoked(EPOCH.before(DAY)));
    let upload = scene.upload(scene.signed());
    upload.assert(Check::Revocation, Finding::Failed(Reason::Revoked));
}

#[rstest]
#[case::nobody_answers(OcspManner::Missing, ListManner::Missing, Reason::RevocationUnreachable)]
#[case::answer_by_a_stranger(OcspManner::Stranger, ListManner::Missing, Reason::RevocationUntrusted)]
#[case::answer_by_a_responder_without_the_right(
    OcspManner::DelegatedWithoutPurpose,
    ListManner::Missing,
    Reason::RevocationUntrusted
)]
#[case::answer_by_the_holder(
    OcspManner::SelfMade(tests::pki::Key::Rsa(tests::pki::RsaKey::Holder)),
    ListManner::Missing,
    Reason::RevocationUntrusted
)]
#[case::spoiled_answer(OcspManner::Spoiled, ListManner::Missing, Reason::RevocationUntrusted)]
#[case::old_answer(OcspManner::Stale, ListManner::Missing, Reason::RevocationStale)]
#[case::answer_of_tomorrow(OcspManner::Future, ListManner::Missing, Reason::RevocationStale)]
#[case::answer_about_another(OcspManner::AboutAnother, ListManner::Missing, Reason::RevocationUntrusted)]
#[case::no_answer_now(OcspManner::TryLater, ListManner::Missing, Reason::RevocationUnreachable)]
#[case::garbage(OcspManner::Garbage, ListManner::Missing, Reason::RevocationUntrusted)]
#[case::list_by_a_stranger(OcspManner::Missing, ListManner::Stranger, Reason::RevocationUntrusted)]
#[case::old_list(OcspManner::Missing, ListManner::Stale, Reason::RevocationStale)]
#[case::list_of_tomorrow(OcspManner::Missing, ListManner::Future, Reason::RevocationStale)]
#[case::list_of_changes(OcspManner::Missing, ListManner::Delta, Reason::RevocationUnknown)]
#[case::list_about_others(OcspManner::Missing, ListManner::Indirect, Reason::RevocationUnknown)]
#[case::garbage_for_a_list(OcspManner::Missing, ListManner::Garbage, Reason::RevocationUntrusted)]
fn who_may_have_been_revoked_is_looked_at_by_a_person(
    #[case] ocsp: OcspManner,
    #[case] lists: ListManner,
    #[case] reason: Reason,
) {
    let upload = answered(ocsp, lists, Status::Good);
    upload.assert(Check::Revocation, Finding::Unknown(reason));
    let evidence = upload.opinion().evidence;
    let said = ocsp != OcspManner::Missing || lists != ListManner::Missing;
    assert_eq!(
        evidence.doubted.is_empty(),
        !said,
        "what was said is kept for the person"
    );
}

#[test]
fn what_was_not_relied_on_is_told_apart() {
    let evidence = answered(OcspManner::Stranger, ListManner::Own, Status::Good)
        .opinion()
        .evidence;
    assert_eq!(
        (evidence.ocsp.len(), evidence.crls.len(), evidence.doubted.len()),
        (0, 2, 2)
    );
}

#[test]
fn whom_the_authority_does_not_know_is_looked_at_by_a_person() {
    // A list has no word for it, and does not make up for it.
    let upload = answered(OcspManner::Own, ListManner::Own, Status::Unknown);
    upload.assert(Check::Revocation, Finding::Unknown(Reason::RevocationUnknown));
}

#[test]
fn who_names_no_place_to_ask_is_looked_at_by_a_person() {
    use tests::pki::certificate::id;
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    let draft = scene.pki.draft(&tests::pki::Holder::representative(
        crate::scene::CEDULA,
        crate::scene::RUC,
    ));
    let signer = draft
        .without(id::AUTHORITY_ACCESS)
        .without(id::LISTS)
        .signed_by(&scene.pki.issuer);
    let upload = scene.upload(scene.signed_by(&signer));
    upload.assert(Check::Revocation, Finding::Unknown(Reason::RevocationUnknown));
}

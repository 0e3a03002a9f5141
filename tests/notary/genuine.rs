//! Files as genuine tools sign them pass every check; and genuine tools find nothing wrong with what our own hand signs.

use crate::scene::{CEDULA, RUC, Scene, request};
use crate::tools::{Form, Habit, Kind, Stamp, Way, chain_holds, openssl, pyhanko, second_opinion};
use notary::{Nonce, Role};
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use tests::pki::{Authority, Draft, Holder, Key, Layout, RsaKey};
use tests::signing::{self, SubFilter};

const SHOWN: Option<[u16; 4]> = Some([330, 40, 550, 90]);

#[rstest]
fn our_own_hand_signs_as_tools_do(#[values(SubFilter::Adobe, SubFilter::Etsi)] subfilter: SubFilter) {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    assert!(chain_holds(&scene.signer, &scene.pki));
    let signed = signing::sign(&scene.issued, &scene.signer, &scene.pki.issuer, subfilter);
    let found = second_opinion(&signed, &scene.pki);
    let expected = serde_json::json!({
        "signatures": 1, "intact": true, "valid": true, "trusted": true, "coverage": "ENTIRE_FILE",
    });
    assert_eq!(found, expected);
    scene.upload(signed).assert_passes();
}

#[rstest]
#[case(
    Authority::BancoCentral,
    Layout::A,
    "Banco Central del Ecuador",
    Role::LegalRepresentative
)]
#[case(
    Authority::SecurityData,
    Layout::A,
    "Security Data",
    Role::LegalRepresentative
)]
#[case(
    Authority::SecurityData,
    Layout::C,
    "Security Data",
    Role::LegalRepresentative
)]
#[case(Authority::Uanataca, Layout::B, "Uanataca", Role::LegalRepresentative)]
#[case(Authority::Uanataca, Layout::C, "Uanataca", Role::LegalRepresentative)]
#[case(Authority::Anfac, Layout::A, "ANFAC", Role::LegalRepresentative)]
#[case(Authority::Anfac, Layout::C, "ANFAC", Role::LegalRepresentative)]
#[case(Authority::RegistroCivil, Layout::A, "Registro Civil", Role::NaturalPerson)]
fn a_pdf_signed_with_pyhanko_passes_in_every_layout(
    #[case] authority: Authority,
    #[case] layout: Layout,
    #[case] name: &str,
    #[case] role: Role,
) {
    let scene = Scene::new(authority, layout);
    let signed = pyhanko(&scene.issued, &scene.signer, &scene.pki, Habit::PADES);
    let upload = scene.upload(signed);
    upload.assert_passes();
    let opinion = upload.opinion();
    let signer = opinion.signer.unwrap();
    assert!(signer.identification.as_deref() == Some(CEDULA));
    assert!(signer.ruc.as_deref() == Some(RUC));
    assert_eq!(signer.authority.as_deref(), Some(name));
    assert_eq!(signer.role, role);
    assert_eq!(opinion.evidence.chain.len(), 3);
    assert_eq!(opinion.evidence.chain[0], scene.signer.certificate);
    assert_eq!(opinion.evidence.chain[2], scene.pki.root.certificate);
    assert!(!opinion.evidence.ocsp.is_empty());
}

#[rstest]
#[case::pades_with_a_time_stamp(Habit { stamp: Stamp::With, ..Habit::PADES })]
#[case::adobe(Habit { subfilter: SubFilter::Adobe, ..Habit::PADES })]
#[case::adobe_with_a_time_stamp(Habit { subfilter: SubFilter::Adobe, stamp: Stamp::With, ..Habit::PADES })]
#[case::sha_384(Habit { digest: "sha384", ..Habit::PADES })]
#[case::sha_512(Habit { digest: "sha512", ..Habit::PADES })]
#[case::shown_on_the_page(Habit { place: SHOWN, ..Habit::PADES })]
#[case::certified(Habit { kind: Kind::Certification, ..Habit::PADES })]
fn a_pdf_signed_in_any_usual_way_passes(#[case] habit: Habit) {
    let scene = Scene::new(Authority::Uanataca, Layout::B);
    let signed = pyhanko(&scene.issued, &scene.signer, &scene.pki, habit);
    scene.upload(signed).assert_passes();
}

#[rstest]
#[case(Key::Rsa(RsaKey::Root))]
#[case(Key::P256("holder"))]
#[case(Key::P384("holder"))]
fn any_strong_key_signs(#[case] key: Key) {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    let draft = scene.pki.draft(&Holder::representative(CEDULA, RUC));
    let signer = Draft { key, ..draft }.signed_by(&scene.pki.issuer);
    let signed = pyhanko(&scene.issued, &signer, &scene.pki, Habit::PADES);
    scene.upload(signed).assert_passes();
    scene.upload(scene.signed_by(&signer)).assert_passes();
}

#[rstest]
fn a_message_signed_with_openssl_passes(#[values(Form::Definite, Form::Streamed)] form: Form) {
    for (authority, layout) in [
        (Authority::Uanataca, Layout::B),
        (Authority::SecurityData, Layout::C),
    ] {
        let scene = Scene::new(authority, layout);
        let signed = openssl(&scene.issued, &scene.signer, &scene.pki, form);
        scene.upload(signed).assert_passes();
    }
}

#[test]
fn our_own_messages_pass() {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    let signed = signing::envelop(&scene.issued, &scene.signer, &scene.pki.issuer);
    scene.upload(signed).assert_passes();
}

/// Some tools write the whole file anew: the bytes are others, and what the page shows is the same.
#[test]
fn a_pdf_that_a_tool_wrote_anew_passes_if_it_shows_the_same() {
    let scene = Scene::new(Authority::SecurityData, Layout::C);
    let habit = Habit {
        way: Way::Rewrites,
        ..Habit::PADES
    };
    let signed = pyhanko(&scene.issued, &scene.signer, &scene.pki, habit);
    assert!(!signed.starts_with(&scene.issued));
    scene.upload(signed).assert_passes();
    // Another request, written anew, is still another one.
    let other = request(RUC, Nonce([8; 16]), scene.expires);
    let signed = pyhanko(&other, &scene.signer, &scene.pki, habit);
    let failed = Finding::Failed(Reason::OtherRequest);
    scene.upload(signed).assert(Check::Request, failed);
}

//! The notary as the server runs it: a child process for each file, and authorities asked over real connections, some of whom do
//! what no authority should.

use crate::scene::{CEDULA, RUC, Scene, Upload};
use notary::Opinion;
use rstest::rstest;
use server::clock::Clock;
use server::config::Config;
use server::meters::Meters;
use server::notary::cache::Cache;
use server::notary::{Asking, Limits, Notary, Program};
use shared::signatures::{Check, Finding, Findings, Outcome, Reason, Verdict};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tests::EPOCH;
use tests::hostile::{Hostile, Manners};
use tests::pki::{Authority, Holder, Layout, OcspManner, Pki, Status, Transport};
use tests::signing::paper::stream;
use tests::signing::{Message, SubFilter, prepare_with};

/// A scene whose authority listens, and where.
async fn listening() -> (Scene, SocketAddr) {
    let (pki, address) = Pki::listening(Authority::SecurityData, Layout::A, EPOCH).await;
    let signer = pki.issue(&Holder::representative(CEDULA, RUC));
    let scene = Scene {
        pki,
        signer,
        ..Scene::new(Authority::SecurityData, Layout::A)
    };
    (scene, address)
}

/// What a child process says, if these places may be asked.
async fn examined(upload: &Upload, private: &[SocketAddr]) -> Opinion {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("anchors")).unwrap();
    std::fs::write(folder.path().join("anchors/raiz.pem"), &upload.anchors).unwrap();
    let private: Vec<String> = private.iter().map(|address| format!("\"{address}\"")).collect();
    let text = format!(
        "[signatures]\nanchors = \"anchors\"\nseconds = 30\nrevocation_private = [{}]\n",
        private.join(", ")
    );
    let mut config = Config::parse(&text, folder.path()).unwrap().signatures;
    // Who says nothing is waited for; everybody else here answers at once.
    config.fetch_timeout = Duration::from_millis(1500);
    let program = Program::at(binary(), Limits::of(&config));
    let notary = Notary::with(&config, program, &Meters::new(), Asking::Listed).unwrap();
    let (clock, expectation) = (Clock::frozen(EPOCH), upload.expectation.clone());
    notary
        .examine(Cache::Nowhere, &clock, upload.file.clone(), expectation)
        .await
        .unwrap()
}

/// The binary beside the tests' own.
fn binary() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("debug").join("clavero")
}

fn with_a_registry(opinion: &Opinion) -> Findings {
    Findings {
        representative: Finding::Passed,
        ..opinion.findings
    }
}

#[tokio::test]
async fn a_child_asks_over_connections_and_passes() {
    let (scene, address) = listening().await;
    let upload = scene.upload(scene.signed());
    let opinion = examined(&upload, &[address]).await;
    let findings = with_a_registry(&opinion);
    assert_eq!(
        Verdict::of(findings).outcome(),
        Outcome::TotalPassed,
        "{findings:?}"
    );
    assert_eq!(scene.pki.asked(), 2, "about the holder and about the issuer");
    assert_eq!(opinion.evidence.ocsp.len(), 2);
}

#[tokio::test]
async fn a_child_hears_of_a_revocation() {
    let (scene, address) = listening().await;
    scene.pki.set_ocsp(OcspManner::Missing);
    scene.pki.set_status(
        &scene.signer,
        Status::Revoked(EPOCH.before(Duration::from_mins(1))),
    );
    let opinion = examined(&scene.upload(scene.signed()), &[address]).await;
    let revocation = opinion.findings.of(Check::Revocation);
    assert_eq!(revocation, Finding::Failed(Reason::Revoked));
    assert_eq!(opinion.evidence.crls.len(), 2);
}

#[rstest]
#[case::says_nothing(Transport::Silent)]
#[case::has_nothing(Transport::NotFound)]
#[case::pours(Transport::Floods((16 << 20) + 1))]
#[tokio::test]
async fn an_authority_that_does_not_answer_leaves_it_open(#[case] transport: Transport) {
    let (scene, address) = listening().await;
    scene.pki.set_transport(transport);
    let opinion = examined(&scene.upload(scene.signed()), &[address]).await;
    let findings = with_a_registry(&opinion);
    let unknown = Finding::Unknown(Reason::RevocationUnreachable);
    assert_eq!(findings.of(Check::Revocation), unknown);
    assert_eq!(Verdict::of(findings).outcome(), Outcome::Indeterminate);
    assert!(scene.pki.asked() > 0);
}

#[tokio::test]
async fn an_authority_that_sends_elsewhere_is_not_followed() {
    let (scene, address) = listening().await;
    let elsewhere = Hostile::start(Manners::Silent).await;
    scene
        .pki
        .set_transport(Transport::Redirects(format!("{}/secret", elsewhere.url())));
    let opinion = examined(&scene.upload(scene.signed()), &[address]).await;
    let unknown = Finding::Unknown(Reason::RevocationUnreachable);
    assert_eq!(opinion.findings.of(Check::Revocation), unknown);
    assert!(scene.pki.asked() > 0);
    assert_eq!(elsewhere.connections(), 0);
}

/// A certificate's address within our own network is not asked, unless an operator listed it.
#[tokio::test]
async fn a_place_that_is_not_listed_is_not_asked() {
    let (scene, _) = listening().await;
    let elsewhere: SocketAddr = "127.0.0.1:9".parse().unwrap();
    let opinion = examined(&scene.upload(scene.signed()), &[elsewhere]).await;
    let unknown = Finding::Unknown(Reason::RevocationUnreachable);
    assert_eq!(opinion.findings.of(Check::Revocation), unknown);
    assert_eq!(scene.pki.asked(), 0);
}

/// Nobody is asked because of a certificate that a stranger issued: the addresses in it are the stranger's.
#[tokio::test]
async fn nobody_is_asked_for_a_strangers_certificate() {
    let (scene, address) = listening().await;
    let issuer = scene.pki.issuer_draft("AJENA").signed_by(&scene.pki.stranger);
    let signer = scene
        .pki
        .draft(&Holder::representative(CEDULA, RUC))
        .signed_by(&issuer);
    let file = tests::signing::sign(&scene.issued, &signer, &issuer, SubFilter::Etsi);
    let opinion = examined(&scene.upload(file), &[address]).await;
    let failed = Finding::Failed(Reason::UnknownAuthority);
    assert_eq!(opinion.findings.of(Check::Authority), failed);
    assert_eq!(scene.pki.asked(), 0);
}

/// What is expensive to read ends within the limits, and is no pass.
#[tokio::test]
async fn a_child_has_enough_of_what_is_made_to_be_expensive() {
    let (scene, address) = listening().await;
    let nested = "[".repeat(2_000_000);
    let prepared = prepare_with(&scene.issued, SubFilter::Etsi, |_, update| {
        update.add(nested);
        update.add(stream("/Type /ObjStm /N 4000000000 /First 4000000000", b"0 0"));
    });
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    let upload = scene.upload(prepared.filled(&message.seal()));
    let opinion = examined(&upload, &[address]).await;
    let findings = with_a_registry(&opinion);
    assert_ne!(
        Verdict::of(findings).outcome(),
        Outcome::TotalPassed,
        "{findings:?}"
    );
    assert_ne!(findings.of(Check::File), Finding::Passed);
}

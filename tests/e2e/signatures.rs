//! Requests that are signed electronically, as people make them: fetch the PDF, sign it elsewhere, upload it, and go on.

use crate::access::{in_every_look, in_few_looks};
use crate::narrow::{NARROW, in_every_language};
use crate::page::Page;
use crate::people::{BLOCKED, Employer, GOOD, WITHOUT_EMAIL};
use crate::recovery::ES;
use crate::scene::{PASSWORD, Scene};
use crate::unlock::STILL_BLOCKED;
use serde_json::Value;
use shared::identifiers::Email;
use shared::time::Timestamp;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};
use tests::pki::{Authority, Holder, Identity, Layout, Pki, Status, Transport};
use tests::signing::{self, SubFilter};
use thirtyfour::Key;

const WITH_PASSWORD: &str = "SELECT COUNT(*) FROM accounts WHERE password_hash IS NOT NULL";
const REFERRALS: &str = "SELECT COUNT(*) FROM signature_referrals";

/// What the request that is shown is fetched by: with the browser's cookie, as its own download does.
const FETCH: &str = "const done = arguments[1];
    const link = document.querySelector('a[download]');
    fetch(link.href).then(async answer => {
        const bytes = new Uint8Array(await answer.arrayBuffer());
        let text = '';
        for (const byte of bytes) text += String.fromCharCode(byte);
        done([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition'), btoa(text)]);
    }).catch(error => done([0, String(error), '', '']));";

/// A world in which an authority vouches for a person, and the portal trusts it.
struct Signing {
    scene: Scene,
    pki: Pki,
    folder: PathBuf,
}

impl Signing {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder").keep();
        // The machine's time without a look at its clock: when the folder was made.
        let made = fs::metadata(&folder)
            .and_then(|it| it.modified())
            .expect("a time");
        let since = made.duration_since(UNIX_EPOCH).expect("after 1970");
        let now = Timestamp::from_millis(i64::try_from(since.as_millis()).expect("a time of ours"));
        let (pki, address) = Pki::listening(Authority::SecurityData, Layout::C, now).await;
        let anchors = folder.join("anchors");
        fs::create_dir(&anchors).expect("a folder");
        fs::write(anchors.join("root.pem"), pki.root.pem()).expect("an anchor");
        let section = format!(
            "[signatures]\nanchors = {:?}\nrevocation_private = [\"{address}\"]\n",
            anchors.to_string_lossy()
        );
        let scene = Scene::with("profile = \"2026\"", |installation| {
            installation.configure(&section);
        })
        .await;
        Self { scene, pki, folder }
    }

    /// The certificate of an employer's representative.
    fn representative(&self, employer: &Employer) -> Identity {
        self.pki
            .issue(&Holder::representative(employer.representative, employer.number))
    }

    /// Has a request issued; ends where it is to be fetched.
    async fn request(&self, way: &str, employer: &Employer, contact: Option<(&str, &str)>) -> Page {
        let page = self.scene.page();
        page.open(&self.scene.portal.url(way)).await;
        if let Some((label, value)) = contact {
            page.fill(label, value).await;
        }
        page.fill(ES.identifiers_employer_label(), employer.number).await;
        page.fill(ES.identifiers_representative_label(), employer.representative)
            .await;
        page.press(ES.recovery_identify_send()).await;
        page.reads(ES.signatures_issued_title()).await;
        page.arrives("/firma/solicitud").await;
        page
    }

    /// The request that the page shows.
    async fn fetch(&self, page: &Page) -> Vec<u8> {
        use base64::Engine as _;
        let answer = page.run(FETCH, Value::Null).await;
        let (status, media, disposition, text): (u16, String, String, String) =
            serde_json::from_value(answer).expect("an answer");
        assert_eq!(
            (status, media.as_str()),
            (200, "application/pdf"),
            "{disposition}"
        );
        assert!(disposition.starts_with("attachment"), "{disposition}");
        base64::engine::general_purpose::STANDARD
            .decode(text)
            .expect("bytes")
    }

    /// The request that the page shows, signed.
    async fn sign(&self, page: &Page, signer: &Identity) -> Vec<u8> {
        let request = self.fetch(page).await;
        signing::sign(&request, signer, &self.pki.issuer, SubFilter::Etsi)
    }

    /// Picks a file in the page, and does not send it.
    async fn pick(&self, page: &Page, name: &str, bytes: &[u8]) {
        let path = self.folder.join(name);
        fs::write(&path, bytes).expect("the file is written");
        let field = page.field(ES.signatures_file_label()).await;
        field
            .send_keys(path.to_string_lossy())
            .await
            .expect("the file is picked");
        page.shows(name).await;
    }

    /// Picks a file and sends it.
    async fn upload(&self, page: &Page, bytes: &[u8]) {
        self.pick(page, "solicitud-signed.pdf", bytes).await;
        page.press(ES.signatures_send()).await;
    }
}

impl Drop for Signing {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn a_signed_request_brings_a_new_password_after_one_that_was_refused() {
    let world = Signing::open().await;
    let page = world.request("/firma/clave", &GOOD, None).await;

    // Not signed: the page says so before it is sent, and the server afterwards.
    let request = world.fetch(&page).await;
    assert!(request.starts_with(b"%PDF-"));
    world.upload(&page, &request).await;
    page.reads(ES.signatures_failed_title()).await;
    page.shows(ES.findings_unsigned()).await;
    page.shows(ES.findings_do_choose()).await;
    assert_eq!(world.scene.count(WITH_PASSWORD).await, 0);

    // A reload shows the same; then the right one passes.
    page.reload().await;
    page.shows(ES.findings_unsigned()).await;
    let signed = world.sign(&page, &world.representative(&GOOD)).await;
    let before = world.scene.mail.received().len();
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_passed_title()).await;
    assert_eq!(page.texts(".ticked-right > li").await.len(), 15);
    page.press(ES.signatures_passed_recovery_act()).await;
    page.arrives("/recuperar/enlace").await;
    page.reads(ES.recovery_link_title()).await;
    let link = world
        .scene
        .link(GOOD.email.expect("an address"), "/restablecer#", before)
        .await;
    world.scene.set_password(&page, &link).await;
    page.reads(ES.reset_done_title()).await;
    assert_eq!(world.scene.count(WITH_PASSWORD).await, 1);

    let log = world.scene.portal.log();
    for secret in [GOOD.representative, "solicitud-signed", PASSWORD] {
        assert!(!log.contains(secret), "the log has {secret}");
    }
}

#[tokio::test]
async fn the_same_file_passes_once() {
    let world = Signing::open().await;
    let page = world.request("/firma/clave", &GOOD, None).await;
    let signed = world.sign(&page, &world.representative(&GOOD)).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_passed_title()).await;
    world.scene.forget_cookies().await;
    let page = world.request("/firma/clave", &GOOD, None).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_failed_title()).await;
    assert_eq!(world.scene.count(WITH_PASSWORD).await, 0);
}

#[tokio::test]
async fn a_signed_request_unblocks_an_account() {
    let world = Signing::open().await;
    let page = world.request("/firma/desbloqueo", &BLOCKED, None).await;
    let signed = world.sign(&page, &world.representative(&BLOCKED)).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_passed_title()).await;
    page.press(ES.signatures_passed_unlock_act()).await;
    page.reads(ES.unlock_channel_title()).await;
    let before = world.scene.mail.received().len();
    page.press(ES.unlock_channel_act()).await;
    page.reads(ES.recovery_link_title()).await;
    let link = world
        .scene
        .link(BLOCKED.email.expect("an address"), "/desbloqueo#", before)
        .await;
    page.open(&link).await;
    page.press(ES.unlock_confirm_act()).await;
    page.reads(ES.unlock_done_title()).await;
    assert_eq!(world.scene.count(STILL_BLOCKED).await, 0);
}

#[tokio::test]
async fn who_has_no_address_registers_one_which_waits_and_is_confirmed() {
    let world = Signing::open().await;
    let wanted = "gerencia@nueva.example";
    // The recovery leads here, with the purpose chosen.
    let page = world.scene.prove(&WITHOUT_EMAIL).await;
    page.reads(ES.recovery_no_email_title()).await;
    page.press(ES.signatures_way_email()).await;
    page.arrives("/firma/correo").await;
    let page = world
        .request(
            "/firma/correo",
            &WITHOUT_EMAIL,
            Some((ES.account_contacts_new_email(), wanted)),
        )
        .await;
    let signed = world.sign(&page, &world.representative(&WITHOUT_EMAIL)).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_held_title()).await;
    let masked = wanted.parse::<Email>().expect("an address").masked().to_string();
    page.shows(&ES.signatures_held_what_email(&masked)).await;
    // Nothing goes to the new address before the wait is over.
    assert!(
        world
            .scene
            .mail
            .received()
            .iter()
            .all(|mail| !mail.to.contains(&wanted.to_owned()))
    );
    world.scene.portal.advance(Duration::from_mins(24 * 60 + 1)).await;
    let link = world.scene.link(wanted, "/contacto#", 0).await;
    page.open(&link).await;
    page.reads(ES.contacts_confirm_title()).await;
}

#[tokio::test]
async fn what_cannot_be_found_out_is_referred_with_a_number_that_is_printed() {
    let world = Signing::open().await;
    world.pki.set_transport(Transport::NotFound);
    let page = world.request("/firma/clave", &GOOD, None).await;
    let signed = world.sign(&page, &world.representative(&GOOD)).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_referred_title()).await;
    page.shows(ES.findings_revocation_unreachable()).await;
    assert_eq!(world.scene.count(REFERRALS).await, 1);
    let number = page.texts(".referral-number").await.concat();
    assert!(number.starts_with("F-"), "{number}");
    world.scene.chrome.print().await;
    let paper = page.text().await;
    assert!(
        paper.contains(&number) && !paper.contains(ES.signatures_print()),
        "{paper}"
    );
    world.scene.chrome.prefer("light").await;
    // It stays there, and another request can be begun.
    page.reload().await;
    page.shows(&number).await;
    page.open(&world.scene.portal.url("/firma")).await;
    page.reads(ES.signatures_title()).await;
}

#[tokio::test]
async fn a_revoked_certificate_is_told_and_another_person_is_told_apart() {
    let world = Signing::open().await;
    let page = world.request("/firma/clave", &GOOD, None).await;
    let stranger = world
        .pki
        .issue(&Holder::representative("3000000020", GOOD.number));
    let signed = world.sign(&page, &stranger).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_failed_title()).await;
    page.shows(ES.findings_other_holder()).await;
    let own = world.representative(&GOOD);
    world.pki.set_status(&own, Status::Revoked(world.pki.now()));
    let signed = world.sign(&page, &own).await;
    world.upload(&page, &signed).await;
    page.shows(ES.findings_revoked()).await;
}

#[tokio::test]
async fn a_request_that_expired_is_had_anew_without_typing_again() {
    let world = Signing::open().await;
    let page = world.request("/firma/clave", &GOOD, None).await;
    let old = world.sign(&page, &world.representative(&GOOD)).await;
    world.scene.portal.advance(Duration::from_secs(3601)).await;
    world.pki.advance(Duration::from_secs(3601));
    page.reload().await;
    page.reads(ES.signatures_expired_title()).await;
    page.press(ES.signatures_expired_act()).await;
    page.reads(ES.signatures_issued_title()).await;
    world.upload(&page, &old).await;
    page.reads(ES.signatures_failed_title()).await;
    let signed = world.sign(&page, &world.representative(&GOOD)).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_passed_title()).await;
}

#[tokio::test]
async fn a_key_file_never_leaves_the_browser() {
    let world = Signing::open().await;
    let page = world.request("/firma/clave", &GOOD, None).await;
    let key = [0x30, 0x82, 0x0A, 0x51, 0x02, 0x01, 0x03, 0x30];
    let path = world.folder.join("firma.p12");
    fs::write(&path, key).expect("the file is written");
    let field = page.field(ES.signatures_file_label()).await;
    field
        .send_keys(path.to_string_lossy())
        .await
        .expect("it is picked");
    page.shows(ES.signatures_file_key()).await;
    page.press(ES.signatures_send()).await;
    page.shows(ES.errors_summary_title()).await;
    page.shows(&ES.signatures_upload_left(5)).await;
    page.reload().await;
    page.reads(ES.signatures_issued_title()).await;
}

#[tokio::test]
async fn a_recovery_goes_on_by_signature_without_typing_again_and_the_way_back_is_there() {
    let world = Signing::open().await;
    let page = world.scene.page();
    crate::recovery::identify(&page, &world.scene.portal, &GOOD).await;
    for _ in 0..3 {
        crate::recovery::answer(&page, crate::recovery::Answering::Wrong).await;
    }
    page.reads(ES.recovery_suspended_title()).await;
    page.press(ES.recovery_way_signature()).await;
    page.reads(ES.recovery_signature_title()).await;
    page.press(ES.signatures_prepare_act()).await;
    page.reads(ES.signatures_issued_title()).await;
    page.back().await;
    page.reads(ES.recovery_signature_title()).await;
    page.forward().await;
    page.reads(ES.signatures_issued_title()).await;
    let before = world.scene.mail.received().len();
    let signed = world.sign(&page, &world.representative(&GOOD)).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_passed_title()).await;
    page.press(ES.signatures_passed_recovery_act()).await;
    page.reads(ES.recovery_link_title()).await;
    let link = world
        .scene
        .link(GOOD.email.expect("an address"), "/restablecer#", before)
        .await;
    assert!(link.contains("/restablecer#"));
}

#[tokio::test]
async fn a_signed_request_needs_no_mouse() {
    let world = Signing::open().await;
    let page = world.scene.page();
    page.open(&world.scene.portal.url("/firma")).await;
    page.reads(ES.signatures_title()).await;
    page.tab_to(ES.signatures_purpose_recovery()).await;
    page.key(Key::Enter).await;
    page.reads(ES.signatures_recovery_title()).await;
    assert_eq!(page.focus().await.name, ES.signatures_recovery_title());
    page.tab_to(ES.identifiers_employer_label()).await;
    page.types(GOOD.number).await;
    page.tab_to(ES.identifiers_representative_label()).await;
    page.types(GOOD.representative).await;
    page.key(Key::Enter).await;
    page.reads(ES.signatures_issued_title()).await;
    assert_eq!(page.focus().await.name, ES.signatures_issued_title());
    let signed = world.sign(&page, &world.representative(&GOOD)).await;
    page.tab_to(ES.signatures_file_label()).await;
    world.pick(&page, "solicitud-signed.pdf", &signed).await;
    page.tab_to(ES.signatures_send()).await;
    page.key(Key::Enter).await;
    page.reads(ES.signatures_passed_title()).await;
    assert_eq!(page.focus().await.name, ES.signatures_passed_title());
    page.tab_to(ES.signatures_passed_recovery_act()).await;
    page.key(Key::Enter).await;
    page.arrives("/recuperar/enlace").await;
}

#[tokio::test]
async fn the_stages_of_a_signed_request_have_no_violations_and_are_not_wider_than_the_screen() {
    let world = Signing::open().await;
    let (scene, chrome) = (&world.scene, &world.scene.chrome);
    let page = scene.page();
    let mut found = Vec::new();
    for (path, title) in [
        ("/firma", ES.signatures_title()),
        ("/firma/correo", ES.signatures_email_title()),
    ] {
        page.open(&scene.portal.url(path)).await;
        page.reads(title).await;
        found.extend(in_every_look(chrome, &page, path).await);
    }
    page.press(ES.recovery_identify_send()).await;
    page.shows(ES.errors_summary_title()).await;
    found.extend(in_few_looks(chrome, &page, "identification with errors").await);

    chrome.narrow(NARROW).await;
    let page = world.request("/firma/clave", &GOOD, None).await;
    found.extend(in_every_look(chrome, &page, "issued").await);
    found.extend(in_every_language(&page, "issued").await);
    let request = world.fetch(&page).await;
    world.pick(&page, "solicitud.pdf", &request).await;
    page.shows(ES.signatures_file_unsigned()).await;
    found.extend(in_few_looks(chrome, &page, "unsigned").await);
    page.press(ES.signatures_send()).await;
    page.reads(ES.signatures_failed_title()).await;
    found.extend(in_every_look(chrome, &page, "failed").await);
    found.extend(in_every_language(&page, "failed").await);
    world.pki.set_transport(Transport::NotFound);
    let signed = world.sign(&page, &world.representative(&GOOD)).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_referred_title()).await;
    found.extend(in_every_look(chrome, &page, "referred").await);
    found.extend(in_every_language(&page, "referred").await);

    scene.forget_cookies().await;
    world.pki.set_transport(Transport::Answers);
    let page = world.request("/firma/desbloqueo", &BLOCKED, None).await;
    let signed = world.sign(&page, &world.representative(&BLOCKED)).await;
    world.upload(&page, &signed).await;
    page.reads(ES.signatures_passed_title()).await;
    found.extend(in_every_look(chrome, &page, "passed").await);
    found.extend(in_every_language(&page, "passed").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

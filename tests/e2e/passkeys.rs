//! Enrolling at the counter: the officer's command, the page of its link, and a device with a fingerprint.

use crate::devices::{Device, Recognises};
use crate::page::Page;
use crate::people::{Employer, GOOD};
use crate::recovery::ES;
use crate::scene::Scene;

/// What the device is called.
pub const DEVICE: &str = "Celular de la oficina";

const ENROLLED: &str = "SELECT COUNT(*) FROM passkeys";

/// The one-time address that an officer makes for an employer, while the server runs.
pub fn enrolment_address(scene: &Scene, employer: &Employer) -> String {
    let printed = scene.portal.installation().clavero(&[
        "staff",
        "enrol-link",
        "--employer",
        employer.number,
        "--officer",
        "Lucía Paz",
        "--reason",
        "cédula original, RUC activo",
    ]);
    let address = printed.lines().last().expect("an address");
    assert!(address.contains("/registrar-huella#"), "{printed}");
    address.to_owned()
}

/// Enrols the device's passkey, from the officer's command to the page that says so.
pub async fn enrol(scene: &Scene, employer: &Employer) -> Page {
    let page = scene.page();
    page.open(&enrolment_address(scene, employer)).await;
    page.reads(ES.passkeys_title()).await;
    page.fill(ES.passkeys_name_label(), DEVICE).await;
    page.press(ES.passkeys_act()).await;
    page.shows(ES.passkeys_done_title()).await;
    page
}

#[tokio::test]
async fn a_device_is_enrolled_with_a_link_from_the_counter_and_the_owner_is_told() {
    let scene = Scene::open().await;
    let device = Device::of(&scene.chrome).await;
    let address = enrolment_address(&scene, &GOOD);
    let page = scene.page();
    page.open(&address).await;
    page.reads(ES.passkeys_title()).await;
    assert!(
        !page.address().await.contains('#'),
        "the token leaves the address bar: {}",
        page.address().await
    );
    page.fill(ES.passkeys_name_label(), DEVICE).await;
    page.press(ES.passkeys_act()).await;
    page.shows(ES.passkeys_done_title()).await;
    page.shows(DEVICE).await;

    let passkeys = device.passkeys().await;
    assert_eq!(passkeys.len(), 1);
    assert_eq!(passkeys[0]["isResidentCredential"], true);
    assert_eq!(passkeys[0]["rpId"], "localhost");
    assert_eq!(scene.count(ENROLLED).await, 1);
    let mail = scene.mail.mail(1).await;
    assert!(mail.html().contains(ES.notifications_passkey_added_title()));

    page.open("about:blank").await;
    page.open(&address).await;
    page.shows(ES.passkeys_used_what()).await;
    assert_eq!(scene.count(ENROLLED).await, 1);
    assert!(
        !scene
            .portal
            .log()
            .contains(address.rsplit('#').next().expect("a token"))
    );
}

#[tokio::test]
async fn a_device_that_does_not_recognise_its_user_enrols_nothing_and_the_link_stays_good() {
    let scene = Scene::open().await;
    let device = Device::of(&scene.chrome).await;
    device.recognises(Recognises::Nobody).await;
    let page = scene.page();
    page.open(&enrolment_address(&scene, &GOOD)).await;
    page.reads(ES.passkeys_title()).await;
    page.press(ES.passkeys_act()).await;
    page.shows(ES.passkeys_cancelled_title()).await;
    assert_eq!(scene.count(ENROLLED).await, 0);

    device.recognises(Recognises::Everybody).await;
    page.press(ES.passkeys_act()).await;
    page.shows(ES.passkeys_done_title()).await;
    assert_eq!(scene.count(ENROLLED).await, 1);
}

#[tokio::test]
async fn a_device_is_enrolled_once_and_again_after_it_lost_its_passkey() {
    let scene = Scene::open().await;
    let device = Device::of(&scene.chrome).await;
    enrol(&scene, &GOOD).await;
    let page = scene.page();
    page.open("about:blank").await;
    page.open(&enrolment_address(&scene, &GOOD)).await;
    page.reads(ES.passkeys_title()).await;
    page.press(ES.passkeys_act()).await;
    page.shows(ES.passkeys_registered_title()).await;
    assert_eq!(scene.count(ENROLLED).await, 1);

    device.forgets().await;
    page.press(ES.passkeys_act()).await;
    page.shows(ES.passkeys_done_title()).await;
    assert_eq!(scene.count(ENROLLED).await, 2);
}

#[tokio::test]
async fn a_page_of_another_origin_enrols_nothing() {
    let scene = Scene::open().await;
    let device = Device::of(&scene.chrome).await;
    // The same server under a name that is not the portal's.
    let address = enrolment_address(&scene, &GOOD).replace("//localhost:", "//127.0.0.1:");
    let page = scene.page();
    page.open(&address).await;
    page.shows(ES.errors_origin_refused_title()).await;
    assert!(device.passkeys().await.is_empty());

    // Nor does the browser make one when the page goes around the server.
    let script = "const [_, done] = arguments; navigator.credentials.create({ publicKey: {
        rp: { id: 'localhost', name: 'x' }, user: { id: new Uint8Array(16), name: 'x', displayName: 'x' },
        challenge: new Uint8Array(32), pubKeyCredParams: [{ type: 'public-key', alg: -7 }] } })
        .then(() => done('made'), error => done(error.name));";
    let answer = page.run(script, serde_json::Value::Null).await;
    assert_eq!(answer, "SecurityError");
    assert!(device.passkeys().await.is_empty());
    assert_eq!(scene.count(ENROLLED).await, 0);
}

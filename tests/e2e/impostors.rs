//! What looks like a proof and is none: an answer that was heard before, one that another page asked for, and one of a
//! device that its owner removed. The server refuses each, whatever the browser let through.

use crate::access::in_few_looks;
use crate::devices::Device;
use crate::page::Page;
use crate::passkeys::{DEVICE, enrol};
use crate::people::{BLOCKED, GOOD};
use crate::portal::Installation;
use crate::recovery::ES;
use crate::scene::{PASSWORD, Scene, block};
use crate::sign_in::{sign_in, with_password};
use crate::unlock::{STILL_BLOCKED, identify};
use serde_json::Value;

/// How often the server refused, by what its audit log says of the reason.
macro_rules! refused {
    ($reason:literal) => {
        concat!(
            "SELECT COUNT(*) FROM audit_events WHERE kind = 'passkey_refused' AND detail LIKE '%\"",
            $reason,
            "\"%'"
        )
    };
}

/// A script that keeps what it hears of an answer of the device, which goes on to the page.
const LISTENS: &str = "
    const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)));
    const heard = credential => ({ id: credential.id, response: Object.fromEntries(
        ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle']
            .map(part => [part, text(credential.response[part])])) });
    const ask = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = async options => {
        const credential = await ask(options);
        window.heard = heard(credential);
        return credential;
    };
    arguments[1](null);";

/// A script that keeps the challenge and asks no device.
const INTERCEPTS: &str = "
    navigator.credentials.get = async options => {
        window.heard = btoa(String.fromCharCode(...new Uint8Array(options.publicKey.challenge)));
        throw new DOMException('intercepted', 'NotAllowedError');
    };
    arguments[1](null);";

/// What such a script has kept.
const HEARD: &str = "arguments[1](window.heard ?? null);";

/// A script that asks the device for an answer to somebody else's challenge.
const LURES: &str = "
    const [challenge, done] = arguments;
    const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)));
    navigator.credentials.get({ publicKey: {
        challenge: Uint8Array.from(atob(challenge), it => it.charCodeAt(0)),
        rpId: 'localhost', userVerification: 'required' } })
        .then(credential => done({ id: credential.id, response: Object.fromEntries(
            ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle']
                .map(part => [part, text(credential.response[part])])) }),
            error => done(error.name));";

/// A script that gives the page an answer that was kept, in place of the device's.
const REPEATS: &str = "
    const [heard, done] = arguments;
    const bytes = text => Uint8Array.from(atob(text), it => it.charCodeAt(0)).buffer;
    const response = Object.fromEntries(
        Object.entries(heard.response).map(([part, text]) => [part, bytes(text)]));
    navigator.credentials.get = async () => ({
        id: heard.id, type: 'public-key', response, getClientExtensionResults: () => ({}) });
    done(null);";

/// Shows the passkey, or what goes for it, and is refused; so many attempts are left.
async fn is_refused(page: &Page, left: i64) {
    page.press(ES.unlock_passkey_act()).await;
    page.shows(ES.unlock_passkey_again()).await;
    page.shows(&ES.unlock_passkey_attempts(left)).await;
}

/// Loads the page anew, without any script, and shows the passkey: nothing that was refused harmed who is right.
async fn the_owner_is_right(page: &Page) {
    page.reload().await;
    page.reads(ES.unlock_passkey_title()).await;
    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.unlock_channel_title()).await;
}

#[tokio::test]
async fn an_answer_that_was_good_once_is_no_proof_in_another_case() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &BLOCKED).await;
    let page = identify(&scene, &BLOCKED).await;
    page.run(LISTENS, Value::Null).await;
    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.unlock_channel_title()).await;
    let heard = page.run(HEARD, Value::Null).await;
    assert!(heard["response"]["signature"].is_string(), "nothing was heard");

    scene.forget_cookies().await;
    let page = identify(&scene, &BLOCKED).await;
    page.run(REPEATS, heard).await;
    is_refused(&page, 4).await;
    is_refused(&page, 3).await;
    assert_eq!(scene.count(refused!("other_challenge")).await, 2);
    assert_eq!(scene.count(STILL_BLOCKED).await, 1);
    the_owner_is_right(&page).await;
}

#[tokio::test]
async fn an_answer_that_another_page_of_the_same_host_asked_for_is_no_proof() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &BLOCKED).await;
    let page = identify(&scene, &BLOCKED).await;
    page.run(INTERCEPTS, Value::Null).await;
    page.press(ES.unlock_passkey_act()).await;
    page.shows(ES.passkeys_cancelled_title()).await;
    let challenge = page.run(HEARD, Value::Null).await;

    // Another port is another origin of the same host, for which a browser shows the same passkeys.
    let lure = Installation::demo().serve();
    page.open(&lure.url("/healthz")).await;
    let heard = page.run(LURES, challenge).await;
    assert!(heard["response"]["signature"].is_string(), "{heard}");

    page.open(&scene.portal.url("/desbloquear")).await;
    page.reads(ES.unlock_passkey_title()).await;
    page.run(REPEATS, heard).await;
    is_refused(&page, 4).await;
    assert_eq!(scene.count(refused!("other_origin")).await, 1);
    assert_eq!(scene.count(STILL_BLOCKED).await, 1);
    the_owner_is_right(&page).await;
}

#[tokio::test]
async fn a_page_of_another_name_begins_nothing_and_gets_no_passkey() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &BLOCKED).await;
    // The same server under a name that is not the portal's.
    let page = scene.page();
    let address = scene.portal.url("/desbloquear");
    page.open(&address.replace("//localhost:", "//127.0.0.1:")).await;
    page.reads(ES.unlock_title()).await;
    page.fill(ES.identifiers_employer_label(), BLOCKED.number).await;
    page.fill(ES.identifiers_representative_label(), BLOCKED.representative)
        .await;
    page.press(ES.recovery_identify_send()).await;
    page.shows(ES.errors_origin_refused_title()).await;
    page.shows(ES.errors_origin_refused_do()).await;
    assert_eq!(scene.count("SELECT COUNT(*) FROM unlock_cases").await, 0);

    // Nor does the browser show the passkey when the page goes around the server.
    assert_eq!(page.run(LURES, Value::from("AAAA")).await, "SecurityError");
    assert_eq!(scene.count(STILL_BLOCKED).await, 1);
}

#[tokio::test]
async fn a_device_is_named_and_removed_by_its_owner_and_proves_nothing_from_then_on() {
    const OTHER_NAME: &str = "Teléfono de gerencia";
    let scene = with_password(&GOOD).await;
    let device = Device::of(&scene.chrome).await;
    enrol(&scene, &GOOD).await;
    let page = scene.page();
    sign_in(&page, &scene.portal, &GOOD).await;
    page.press(ES.account_nav_passkeys()).await;
    page.reads(ES.account_passkeys_title()).await;
    page.shows(DEVICE).await;
    page.shows(ES.account_passkeys_unused()).await;
    page.shows(ES.account_passkeys_bound()).await;
    let mut found = in_few_looks(&scene.chrome, &page, "a device").await;

    page.press_beginning(ES.account_passkeys_rename()).await;
    page.fill(ES.account_passkeys_name(), OTHER_NAME).await;
    found.extend(in_few_looks(&scene.chrome, &page, "another name for a device").await);
    page.press(ES.account_passkeys_rename_do()).await;
    page.shows(ES.account_passkeys_renamed()).await;
    assert_eq!(page.texts(".item-title").await, [OTHER_NAME]);
    page.reload().await;
    page.shows(OTHER_NAME).await;

    let before = scene.mail.received().len();
    page.press_beginning(ES.account_passkeys_remove()).await;
    page.press(ES.account_passkeys_remove_do()).await;
    page.shows(ES.account_current_missing()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "removing a device").await);
    page.fill(ES.account_current(), "Zq9!mLd4wR").await;
    page.press(ES.account_passkeys_remove_do()).await;
    page.shows(ES.errors_current_password_wrong_title()).await;
    assert_eq!(page.texts(".item-title").await, [OTHER_NAME]);
    page.fill(ES.account_current(), PASSWORD).await;
    page.press(ES.account_passkeys_remove_do()).await;
    page.shows(ES.account_passkeys_removed()).await;
    page.shows(ES.account_passkeys_none()).await;
    page.press(ES.account_nav_history()).await;
    page.shows(ES.sessions_happened_passkey_renamed()).await;
    page.shows(ES.sessions_happened_passkey_removed()).await;
    let mail = scene.mail.mail(before + 1).await;
    assert!(mail.html().contains(ES.notifications_passkey_removed_title()));

    // The device has its key still, and nobody knows it any more.
    block(scene.portal.installation(), &GOOD).await;
    let page = identify(&scene, &GOOD).await;
    for left in (1..5).rev() {
        is_refused(&page, left).await;
    }
    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.unlock_refused_title()).await;
    page.press(ES.recovery_way_counter()).await;
    page.reads(ES.recovery_officer_title()).await;
    page.shows(ES.help_counter_what()).await;
    assert_eq!(scene.count(STILL_BLOCKED).await, 2);
    assert_eq!(device.passkeys().await.len(), 1);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

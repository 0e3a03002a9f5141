//! Unblocking an account: a passkey, a link, one press; who cannot, and who only looks.

use crate::access::{in_every_look, in_few_looks};
use crate::chrome::Chrome;
use crate::devices::{Device, Recognises};
use crate::page::Page;
use crate::passkeys::{enrol, enrolment_address};
use crate::people::{BLOCKED, Employer, GOOD, Sort, UNKNOWN};
use crate::recovery::{self, Answering, ES};
use crate::scene::Scene;
use thirtyfour::Key;

pub(crate) const STILL_BLOCKED: &str = "SELECT COUNT(*) FROM accounts WHERE blocked_at IS NOT NULL";

/// Opens the page and identifies the employer; ends where a passkey is asked for.
pub(crate) async fn identify(scene: &Scene, employer: &Employer) -> Page {
    let page = scene.page();
    page.open(&scene.portal.url("/desbloquear")).await;
    page.reads(ES.unlock_title()).await;
    page.fill(ES.identifiers_employer_label(), employer.number).await;
    if employer.sort == Sort::Body {
        page.fill(ES.identifiers_representative_label(), employer.representative)
            .await;
    }
    page.press(ES.recovery_identify_send()).await;
    page.reads(ES.unlock_passkey_title()).await;
    page
}

/// Shows the passkey and chooses the only contact there is; the link of the mail.
async fn ask_for_link(scene: &Scene, page: &Page) -> String {
    let before = scene.mail.received().len();
    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.unlock_channel_title()).await;
    page.press(ES.unlock_channel_act()).await;
    page.reads(ES.recovery_link_title()).await;
    let link = scene.mail.mail(before + 1).await.link();
    assert!(link.contains("/desbloqueo#"));
    link
}

#[tokio::test]
async fn a_passkey_and_a_link_unblock_an_account_whose_password_stays() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &BLOCKED).await;
    // The recovery sends people here.
    let page = scene.prove(&BLOCKED).await;
    page.reads(ES.recovery_blocked_title()).await;
    assert!(page.texts("a.button").await.contains(&ES.unlock_way().to_owned()));

    let page = identify(&scene, &BLOCKED).await;
    page.arrives("/desbloquear/enlace").await;
    let link = ask_for_link(&scene, &page).await;
    assert_eq!(scene.count(STILL_BLOCKED).await, 1);

    // Looking changes nothing, in another browser that runs the page to its end.
    let scanner = Chrome::start().await;
    let looks = Page::of(scanner.driver());
    looks.open(&link).await;
    looks.reads(ES.unlock_confirm_title()).await;
    assert_eq!(scene.count(STILL_BLOCKED).await, 1);

    page.open(&link).await;
    page.reads(ES.unlock_confirm_title()).await;
    assert!(
        !page.address().await.contains('#'),
        "the token leaves the address bar"
    );
    page.press(ES.unlock_confirm_act()).await;
    page.reads(ES.unlock_done_title()).await;
    page.shows(ES.unlock_done_password_same()).await;
    assert_eq!(scene.count(STILL_BLOCKED).await, 0);
    assert!(
        !scene
            .portal
            .log()
            .contains(link.rsplit('#').next().expect("a token"))
    );

    // The case of this browser knows it too; the link is used up, also for who looked before.
    page.open(&scene.portal.url("/desbloquear/enlace")).await;
    page.reads(ES.unlock_done_title()).await;
    looks.press(ES.unlock_confirm_act()).await;
    looks.reads(ES.errors_link_used_title()).await;
    page.open(&scene.portal.url("/desbloquear")).await;
    page.reads(ES.unlock_title()).await;
}

#[tokio::test]
async fn a_reload_a_second_tab_and_the_back_button_find_the_case() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &BLOCKED).await;
    let page = identify(&scene, &BLOCKED).await;
    page.reload().await;
    page.reads(ES.unlock_passkey_title()).await;
    page.open(&scene.portal.url("/desbloquear")).await;
    page.reads(ES.unlock_passkey_title()).await;
    page.arrives("/desbloquear/enlace").await;

    page.press(ES.unlock_abandon()).await;
    page.press(ES.unlock_abandon_confirm()).await;
    page.shows(ES.unlock_ended_abandoned_title()).await;
    page.arrives("/desbloquear").await;
    page.open(&scene.portal.url("/desbloquear/enlace")).await;
    page.shows(ES.unlock_missing_title()).await;
    page.arrives("/desbloquear").await;
}

#[tokio::test]
async fn whoever_is_not_recognised_or_has_no_passkey_for_the_account_is_refused_alike() {
    let scene = Scene::open().await;
    let device = Device::of(&scene.chrome).await;
    // Nothing is enrolled, or nobody is known by this number: the browser finds no passkey, and no more is said.
    for employer in [&BLOCKED, &UNKNOWN] {
        let page = identify(&scene, employer).await;
        page.press(ES.unlock_passkey_act()).await;
        page.shows(ES.passkeys_cancelled_title()).await;
        scene.forget_cookies().await;
    }
    // A passkey of another account, shown for this one.
    enrol(&scene, &GOOD).await;
    for employer in [&BLOCKED, &UNKNOWN] {
        let page = identify(&scene, employer).await;
        page.press(ES.unlock_passkey_act()).await;
        page.shows(ES.unlock_passkey_again()).await;
        scene.forget_cookies().await;
    }
    // The right one, of whom the device does not recognise; then of whom it does.
    enrol(&scene, &BLOCKED).await;
    device.recognises(Recognises::Nobody).await;
    let page = identify(&scene, &BLOCKED).await;
    page.press(ES.unlock_passkey_act()).await;
    page.shows(ES.passkeys_cancelled_title()).await;
    assert_eq!(scene.count(STILL_BLOCKED).await, 1);
}

#[tokio::test]
async fn an_account_that_is_not_blocked_says_so_after_the_proof() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &GOOD).await;
    let page = identify(&scene, &GOOD).await;
    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.unlock_not_blocked_title()).await;
}

#[tokio::test]
async fn unblocking_needs_no_mouse() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &BLOCKED).await;
    let page = scene.page();
    page.open(&scene.portal.url("/desbloquear")).await;
    page.reads(ES.unlock_title()).await;
    page.tab_to(ES.identifiers_employer_label()).await;
    page.types(BLOCKED.number).await;
    page.tab_to(ES.identifiers_representative_label()).await;
    page.types(BLOCKED.representative).await;
    page.key(Key::Enter).await;
    page.reads(ES.unlock_passkey_title()).await;
    assert_eq!(page.focus().await.name, ES.unlock_passkey_title());
    page.tab_to(ES.unlock_passkey_act()).await;
    page.key(Key::Enter).await;
    page.reads(ES.unlock_channel_title()).await;
    assert_eq!(page.focus().await.name, ES.unlock_channel_title());
    page.tab_to(ES.unlock_channel_act()).await;
    let before = scene.mail.received().len();
    page.key(Key::Enter).await;
    page.reads(ES.recovery_link_title()).await;
    page.open(&scene.mail.mail(before + 1).await.link()).await;
    page.reads(ES.unlock_confirm_title()).await;
    page.tab_to(ES.unlock_confirm_act()).await;
    page.key(Key::Enter).await;
    page.reads(ES.unlock_done_title()).await;
    assert_eq!(page.focus().await.name, ES.unlock_done_title());
}

#[tokio::test]
async fn the_stages_of_unblocking_have_no_violations() {
    let scene = Scene::open().await;
    let device = Device::of(&scene.chrome).await;
    let page = scene.page();
    let mut found = Vec::new();
    page.open(&enrolment_address(&scene, &BLOCKED)).await;
    page.reads(ES.passkeys_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "enrolment").await);
    page.press(ES.passkeys_act()).await;
    page.reads(ES.passkeys_done_title()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "enrolled").await);

    let page = identify(&scene, &BLOCKED).await;
    device.recognises(Recognises::Nobody).await;
    page.press(ES.unlock_passkey_act()).await;
    page.shows(ES.passkeys_cancelled_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "passkey, cancelled").await);
    device.recognises(Recognises::Everybody).await;
    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.unlock_channel_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "channel").await);
    let before = scene.mail.received().len();
    page.press(ES.unlock_channel_act()).await;
    page.reads(ES.recovery_link_title()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "link of an unblocking").await);
    page.open(&scene.mail.mail(before + 1).await.link()).await;
    page.reads(ES.unlock_confirm_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "confirmation").await);
    page.press(ES.unlock_confirm_act()).await;
    page.reads(ES.unlock_done_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "unblocked").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_newer_link_ends_the_older_one_and_an_unblocked_account_is_recovered() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &BLOCKED).await;
    let page = identify(&scene, &BLOCKED).await;
    let first = ask_for_link(&scene, &page).await;
    scene.forget_cookies().await;
    let page = identify(&scene, &BLOCKED).await;
    let second = ask_for_link(&scene, &page).await;
    page.open(&first).await;
    page.reads(ES.errors_link_replaced_title()).await;
    page.open("about:blank").await;
    page.open(&second).await;
    page.press(ES.unlock_confirm_act()).await;
    page.reads(ES.unlock_done_title()).await;
    // From here on the recovery sends its link.
    recovery::identify(&page, &scene.portal, &BLOCKED).await;
    recovery::answer(&page, Answering::Right).await;
    page.reads(ES.recovery_link_title()).await;
}

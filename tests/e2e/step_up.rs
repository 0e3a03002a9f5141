//! When the right answers are not enough: why, the passkey that leads on, and what is left without one.

use crate::access::{in_every_look, in_few_looks};
use crate::devices::{Device, Recognises};
use crate::page::Page;
use crate::passkeys::enrol;
use crate::people::{ALMOST_LARGE, Employer, GOOD, LARGE};
use crate::recovery::ES;
use crate::scene::Scene;
use thirtyfour::Key;

/// How often a passkey may be refused in one case.
const ASSERTIONS: i64 = 5;

const LINKS: &str = "SELECT COUNT(*) FROM recovery_links";

/// Right answers for an employer with many workers, to where more is asked for.
async fn prove_large(scene: &Scene) -> Page {
    let page = scene.prove(&LARGE).await;
    page.reads(ES.step_up_title()).await;
    page.shows(ES.step_up_many_workers()).await;
    page
}

/// Sets the password with the link that an employer was sent.
async fn set_password(scene: &Scene, page: &Page, employer: &Employer, before: usize) {
    let to = employer.email.expect("an address");
    let link = scene.link(to, "/restablecer#", before).await;
    scene.set_password(page, &link).await;
    page.reads(ES.reset_done_title()).await;
}

#[tokio::test]
async fn five_hundred_and_one_workers_ask_for_a_passkey_and_five_hundred_do_not() {
    let scene = Scene::open().await;
    let page = scene.prove(&ALMOST_LARGE).await;
    page.reads(ES.recovery_link_title()).await;
    scene.forget_cookies().await;
    let links = scene.count(LINKS).await;

    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &LARGE).await;
    let page = prove_large(&scene).await;
    let said = page.text().await;
    for other in [
        ES.step_up_contact_changed(),
        ES.step_up_recovery_repeated(),
        ES.step_up_often_suspended(),
        ES.step_up_source_failing(),
        ES.step_up_without(),
    ] {
        assert!(!said.contains(other), "{said}");
    }
    let found = in_every_look(&scene.chrome, &page, "step-up").await;
    // The case is found again, and nothing was sent for it yet.
    page.reload().await;
    page.reads(ES.step_up_title()).await;
    assert_eq!(scene.count(LINKS).await, links);

    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.recovery_link_title()).await;
    set_password(&scene, &page, &LARGE, 0).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(page.complaints().await, [""; 0]);
}

#[tokio::test]
async fn without_a_passkey_the_other_routes_are_left() {
    let scene = Scene::open().await;
    let page = prove_large(&scene).await;
    page.shows(ES.step_up_without()).await;
    assert!(!page.text().await.contains(ES.unlock_passkey_act()));
    let mut found = in_every_look(&scene.chrome, &page, "step-up without a passkey").await;
    page.press(ES.recovery_way_counter()).await;
    page.reads(ES.recovery_officer_title()).await;
    page.shows(ES.help_counter_bring()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "from the step-up to a counter").await);
    page.press(ES.recovery_way_signature()).await;
    page.reads(ES.recovery_signature_title()).await;
    assert_eq!(scene.count(LINKS).await, 0);
    assert!(scene.mail.received().is_empty());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn whoever_is_not_recognised_is_told_so_and_may_try_again() {
    let scene = Scene::open().await;
    let device = Device::of(&scene.chrome).await;
    enrol(&scene, &LARGE).await;
    device.recognises(Recognises::Nobody).await;
    let page = prove_large(&scene).await;
    page.press(ES.unlock_passkey_act()).await;
    page.shows(ES.passkeys_cancelled_title()).await;
    page.reads(ES.step_up_title()).await;
    let found = in_few_looks(&scene.chrome, &page, "step-up, cancelled").await;
    assert_eq!(scene.count(LINKS).await, 0);

    device.recognises(Recognises::Everybody).await;
    page.press(ES.unlock_passkey_act()).await;
    page.reads(ES.recovery_link_title()).await;
    set_password(&scene, &page, &LARGE, 0).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_passkey_of_another_account_is_refused_until_none_is_accepted() {
    let scene = Scene::open().await;
    let device = Device::of(&scene.chrome).await;
    enrol(&scene, &LARGE).await;
    device.forgets().await;
    enrol(&scene, &GOOD).await;
    let page = prove_large(&scene).await;
    let mut found = Vec::new();
    for left in (1..ASSERTIONS).rev() {
        page.press(ES.unlock_passkey_act()).await;
        page.shows(&ES.unlock_passkey_attempts(left)).await;
        page.reads(ES.step_up_title()).await;
        if left == 1 {
            found.extend(in_few_looks(&scene.chrome, &page, "step-up, refused").await);
        }
    }
    page.press(ES.unlock_passkey_act()).await;
    page.shows(ES.step_up_exhausted()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "step-up, exhausted").await);
    assert_eq!(scene.count(LINKS).await, 0);
    page.press(ES.recovery_way_counter()).await;
    page.reads(ES.recovery_officer_title()).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_second_recovery_asks_for_a_passkey_and_needs_no_mouse() {
    let scene = Scene::open().await;
    let _device = Device::of(&scene.chrome).await;
    enrol(&scene, &GOOD).await;
    let page = scene.prove(&GOOD).await;
    page.reads(ES.recovery_link_title()).await;
    set_password(&scene, &page, &GOOD, 0).await;

    let before = scene.mail.received().len();
    let page = scene.prove(&GOOD).await;
    page.reads(ES.step_up_title()).await;
    page.shows(ES.step_up_recovery_repeated()).await;
    assert_eq!(page.focus().await.name, ES.step_up_title());
    page.tab_to(ES.unlock_passkey_act()).await;
    page.key(Key::Enter).await;
    page.reads(ES.recovery_link_title()).await;
    assert_eq!(page.focus().await.name, ES.recovery_link_title());
    // Only the newer link is one of this recovery.
    let to = GOOD.email.expect("an address");
    page.open(&scene.link(to, "/restablecer#", before).await).await;
    page.field(ES.reset_password_label()).await;
}

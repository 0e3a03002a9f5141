//! Other policies: the profile `standards`, and links that are opened by a click.

use crate::access::in_every_look;
use crate::people::{GOOD, UNKNOWN};
use crate::recovery::{self, ES};
use crate::scene::{PASSWORD, Scene};
use std::time::Duration;

#[tokio::test]
async fn without_questions_everybody_is_led_to_the_other_routes_alike() {
    let scene = Scene::with("profile = \"standards\"", |_| ()).await;
    let page = scene.page();
    let mut seen = Vec::new();
    for employer in [&GOOD, &UNKNOWN] {
        page.open(&scene.portal.url("/recuperar")).await;
        page.shows(ES.recovery_no_questions()).await;
        recovery::send_identification(&page, &scene.portal, employer).await;
        page.reads(ES.recovery_signature_title()).await;
        // Honest about today: what is not there yet is not promised.
        page.shows(ES.help_signature_do()).await;
        let reference = page.texts(".reference").await.concat();
        seen.push(page.text().await.replace(&reference, ""));
        page.press(ES.recovery_way_counter()).await;
        page.reads(ES.recovery_officer_title()).await;
        page.shows(ES.help_counter_bring()).await;
        page.press(ES.recovery_way_signature()).await;
        page.reads(ES.recovery_signature_title()).await;
        scene.forget_cookies().await;
    }
    let without_time = |text: &String| text.replace(|letter: char| letter.is_ascii_digit(), "");
    assert_eq!(without_time(&seen[0]), without_time(&seen[1]));
    assert!(scene.mail.received().is_empty());
}

#[tokio::test]
async fn a_link_that_is_opened_by_a_click_gives_ten_minutes() {
    let policy = "profile = \"2026\"\n[link]\nwindow = \"redeem\"\n\
                  # The same employer recovers twice here.\n[step_up.recovery_repeated]\nenabled = false\n";
    let scene = Scene::with(policy, |_| ()).await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    page.open(&mail.link()).await;
    // Looking is not opening: a scanner that runs the page leaves the link as it is.
    page.shows(ES.reset_redeem_lead()).await;
    let found = in_every_look(&scene.chrome, &page, "redeeming").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
    scene.portal.advance(Duration::from_secs(170)).await;
    page.press(ES.reset_redeem_open()).await;
    page.field(ES.reset_password_label()).await;
    // The three minutes are over; the ten are not.
    scene.portal.advance(Duration::from_secs(400)).await;
    page.fill(ES.reset_password_label(), PASSWORD).await;
    page.fill(ES.reset_repeat_label(), PASSWORD).await;
    page.press(ES.reset_send()).await;
    page.reads(ES.reset_done_title()).await;
    scene.mail.mail(2).await;

    // Unopened, it ends after three minutes.
    scene.forget_cookies().await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    scene.portal.advance(Duration::from_secs(181)).await;
    page.open(&mail.link()).await;
    page.reads(ES.errors_link_expired_title()).await;
}

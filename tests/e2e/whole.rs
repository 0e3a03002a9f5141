//! From the identification to the new password, and what time does to it.

use crate::access::{as_it_is, in_every_look, in_few_looks};
use crate::kinds::masked;
use crate::page::Page;
use crate::people::GOOD;
use crate::recovery::ES;
use crate::scene::{PASSWORD, Scene};
use std::time::Duration;

#[tokio::test]
async fn a_representative_recovers_the_password() {
    let scene = Scene::open().await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    assert_eq!(mail.to, [GOOD.email.expect("an address")]);
    let shown = page.text().await;
    assert!(shown.contains("ge•••@tr•••"), "the address is masked: {shown}");
    let link = mail.link();
    assert!(
        link.starts_with(&scene.portal.url("/restablecer#")),
        "the link is built from the configuration"
    );
    scene.set_password(&page, &link).await;
    page.reads(ES.reset_done_title()).await;
    assert!(
        !page.address().await.contains('#'),
        "the token has left the address bar"
    );
    // The owner is told, and the link to freeze the account is in that mail.
    let told = scene.mail.mail(2).await;
    assert!(told.link().contains("/no-fui-yo#"));
    assert_eq!(scene.count(WITH_PASSWORD).await, 1);
    assert_eq!(page.complaints().await, [""; 0]);
    let (log, token) = (scene.portal.log(), link.split('#').nth(1).expect("a token"));
    for secret in [
        token,
        PASSWORD,
        GOOD.representative,
        GOOD.email.expect("an address"),
    ] {
        assert!(!log.contains(secret), "the log has a secret or an address");
    }
    page.open(&scene.portal.url("/")).await;
    page.open(&link).await;
    page.reads(ES.errors_link_used_title()).await;
}

#[tokio::test]
async fn who_did_not_ask_for_it_freezes_the_account_with_the_mail_about_it() {
    let scene = Scene::open().await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    scene.set_password(&page, &mail.link()).await;
    page.reads(ES.reset_done_title()).await;
    let told = scene.mail.mail(2).await;
    assert_eq!(told.to, [GOOD.email.expect("an address")]);
    let link = told.link();
    assert!(link.starts_with(&scene.portal.url("/no-fui-yo#")));
    // The owner reads it elsewhere, in a browser that has never been here.
    scene.forget_cookies().await;
    let mut found = Vec::new();
    page.open(&link).await;
    page.reads(ES.freeze_title()).await;
    page.shows(&ES.freeze_lead(masked(&GOOD))).await;
    assert!(
        page.address().await.ends_with("/no-fui-yo"),
        "the token has left the address bar"
    );
    found.extend(in_every_look(&scene.chrome, &page, "freezing").await);
    // Looking freezes nothing, and neither does changing one's mind.
    page.press(ES.freeze_act()).await;
    page.shows(ES.freeze_ask_body()).await;
    found.extend(as_it_is(&scene.chrome, "the question before freezing").await);
    page.press(ES.freeze_cancel()).await;
    assert_eq!(scene.count(FROZEN).await, 0);
    page.press(ES.freeze_act()).await;
    page.press(ES.freeze_confirm()).await;
    page.reads(ES.freeze_done_title()).await;
    page.shows(&masked(&GOOD)).await;
    assert_eq!(scene.count(FROZEN).await, 1);
    found.extend(in_every_look(&scene.chrome, &page, "frozen").await);
    assert_eq!(page.complaints().await, [""; 0]);
    let (log, token) = (scene.portal.log(), link.split('#').nth(1).expect("a token"));
    assert!(!log.contains(token), "the log has a secret");

    // The same link tells it again, and nobody recovers a frozen account online.
    page.open(&scene.portal.url("/")).await;
    page.open(&link).await;
    page.reads(ES.freeze_done_title()).await;
    let page = scene.prove(&GOOD).await;
    page.reads(ES.recovery_frozen_title()).await;
    found.extend(in_few_looks(&scene.chrome, &page, "refused: frozen").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_link_works_at_179_seconds_and_not_at_181() {
    let scene = Scene::open().await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    write_password(&page, &mail.link()).await;
    submit_with_left(&page, -1.0).await;
    page.reads(ES.errors_link_expired_title()).await;
    page.open(&mail.link()).await;
    page.reads(ES.errors_link_expired_title()).await;
    assert_eq!(scene.count(WITH_PASSWORD).await, 0);

    // Another recovery, and this time in time.
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    write_password(&page, &mail.link()).await;
    submit_with_left(&page, 1.0).await;
    page.reads(ES.reset_done_title()).await;
    assert_eq!(scene.count(WITH_PASSWORD).await, 1);
}

/// Opens the link and writes the password, without sending it.
async fn write_password(page: &Page, link: &str) {
    page.open(link).await;
    page.fill(ES.reset_password_label(), PASSWORD).await;
    page.fill(ES.reset_repeat_label(), PASSWORD).await;
    page.meets_every_requirement().await;
}

/// Moves the server's clock to so many seconds before the link's deadline and sends the form, in one breath: the clock runs
/// on, and the time between two commands of a driver would blur the boundary.
async fn submit_with_left(page: &Page, seconds: f64) {
    let script = "const [left, done] = arguments;
        fetch('/api/v1/recovery').then(answer => answer.json()).then(view => {
            const span = Math.round((view.stage.deadline - view.now) / 1000 - left * 1000);
            const body = JSON.stringify({ advance_millis: span });
            return fetch('/test-hooks/clock', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        }).then(answer => {
            if (answer.ok) document.querySelector('main form button[type=submit]').click();
            done(answer.status);
        }).catch(error => done(String(error)));";
    assert_eq!(
        page.run(script, serde_json::json!(seconds)).await,
        serde_json::json!(200)
    );
}

const FROZEN: &str = "SELECT COUNT(*) FROM accounts WHERE frozen_at IS NOT NULL";
const WITH_PASSWORD: &str = "SELECT COUNT(*) FROM accounts WHERE password_hash IS NOT NULL";

#[tokio::test]
async fn the_waiting_page_hears_that_the_time_is_over() {
    let scene = Scene::open().await;
    let (page, _) = scene.ask_for_link(&GOOD).await;
    scene.portal.advance(Duration::from_secs(181)).await;
    page.reads(ES.recovery_ended_link_expired_title()).await;
    page.press(ES.recovery_start_again()).await;
    page.reads(ES.recovery_title()).await;
}

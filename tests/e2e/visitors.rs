//! Other visitors of a link, and what people do with tabs, the back button and the keyboard.

use crate::access::in_few_looks;
use crate::page::Page;
use crate::people::GOOD;
use crate::recovery::{self, Answering, ES};
use crate::scene::{PASSWORD, Scene};
use thirtyfour::prelude::*;

#[tokio::test]
async fn a_mail_scanner_does_not_use_the_link_up() {
    let scene = Scene::open().await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    let link = mail.link();
    // It asks for the address, in every way that needs no page.
    let client = reqwest::Client::new();
    let address = link.split('#').next().expect("an address");
    for method in [reqwest::Method::HEAD, reqwest::Method::GET, reqwest::Method::HEAD] {
        let answer = client.request(method, address).send().await.expect("an answer");
        assert!(answer.status().is_success());
    }
    // It opens the whole link in a browser of its own, which runs the page to its end, twice.
    let scanner = crate::chrome::Chrome::start().await;
    for _ in 0..2 {
        let looks = Page::of(scanner.driver());
        looks.open(&link).await;
        looks.field(ES.reset_password_label()).await;
    }
    // The person still can.
    scene.set_password(&page, &link).await;
    page.reads(ES.reset_done_title()).await;
}

#[tokio::test]
async fn a_second_tab_a_reload_and_the_back_button_find_the_case() {
    let scene = Scene::open().await;
    let page = scene.page();
    page.open(&scene.portal.url("/")).await;
    page.reads(ES.home_title()).await;
    recovery::identify(&page, &scene.portal, &GOOD).await;
    let asked = page.texts("form .field-label").await;
    page.arrives("/recuperar/preguntas").await;

    page.reload().await;
    page.reads(ES.recovery_questions_title()).await;
    assert_eq!(
        page.texts("form .field-label").await,
        asked,
        "a reload asks the same"
    );

    // The second tab is in the same place, and the first one follows what happens there.
    let driver = scene.chrome.driver();
    let first = driver.window().await.expect("a tab");
    let second = driver.new_tab().await.expect("a second tab");
    driver
        .switch_to_window(second.clone())
        .await
        .expect("the second tab");
    page.open(&scene.portal.url("/recuperar")).await;
    page.reads(ES.recovery_questions_title()).await;
    recovery::answer(&page, Answering::Right).await;
    page.reads(ES.recovery_link_title()).await;
    driver
        .switch_to_window(first.clone())
        .await
        .expect("the first tab");
    page.reads(ES.recovery_link_title()).await;

    // Back leaves the case, which has one place in the history, and forward leads to where it stands.
    page.back().await;
    page.reads(ES.home_title()).await;
    page.forward().await;
    page.reads(ES.recovery_link_title()).await;

    // The password is set in one tab; the other tells that it is done.
    let link = scene.mail.mail(1).await.link();
    driver.switch_to_window(second).await.expect("the second tab");
    scene.set_password(&page, &link).await;
    page.reads(ES.reset_done_title()).await;
    driver.switch_to_window(first).await.expect("the first tab");
    page.reads(ES.recovery_completed_title()).await;
    let found = in_few_looks(&scene.chrome, &page, "completed").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn the_password_page_forgets_its_token_on_reload_and_says_so() {
    let scene = Scene::open().await;
    let (page, mail) = scene.ask_for_link(&GOOD).await;
    page.open(&mail.link()).await;
    page.field(ES.reset_password_label()).await;
    assert!(
        page.address().await.ends_with("/restablecer"),
        "the token is not in the address: {}",
        page.address().await
    );
    page.reload().await;
    page.reads(ES.reset_no_token_title()).await;
    // The link of the mail works as before.
    scene.set_password(&page, &mail.link()).await;
    page.reads(ES.reset_done_title()).await;
}

#[tokio::test]
async fn everything_can_be_done_with_the_keyboard() {
    let scene = Scene::open().await;
    let page = scene.page();
    page.open(&scene.portal.url("/recuperar")).await;
    page.reads(ES.recovery_title()).await;
    page.tab_to(ES.identifiers_employer_label()).await;
    page.types(GOOD.number).await;
    page.tab_to(ES.identifiers_representative_label()).await;
    page.types(GOOD.representative).await;
    page.key(Key::Enter).await;
    page.reads(ES.recovery_questions_title()).await;
    assert_eq!(
        page.focus().await.name,
        ES.recovery_questions_title(),
        "the focus is on the heading of the new page"
    );
    recovery::answer_by_keyboard(&page).await;
    page.reads(ES.recovery_link_title()).await;
    let link = scene.mail.mail(1).await.link();
    page.open(&link).await;
    page.field(ES.reset_password_label()).await;
    page.tab_to(ES.reset_password_label()).await;
    page.types(PASSWORD).await;
    page.tab_to(ES.reset_repeat_label()).await;
    page.types(PASSWORD).await;
    page.key(Key::Enter).await;
    page.reads(ES.reset_done_title()).await;
}

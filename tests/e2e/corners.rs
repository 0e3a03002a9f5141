//! The pages that few people see can be used by everybody too: every topic of the help, every end, the demo's mailbox.

use crate::access::{as_it_is, in_few_looks};
use crate::chrome::Chrome;
use crate::page::Page;
use crate::people::{BLOCKED, GOOD, PUBLIC, WITHOUT_EMAIL};
use crate::portal::Installation;
use crate::recovery::ES;
use crate::scene::Scene;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;
use tests::smtp::Turn;

/// How long a mail may take to the demo's mailbox.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(250);

/// A link of the help's list.
#[derive(Deserialize)]
struct Topic {
    path: String,
    title: String,
}

const TOPICS: &str = "const done = arguments[1];
    done([...document.querySelectorAll('.topics a')]
        .map(link => ({ path: link.getAttribute('href'), title: link.firstChild.textContent.trim() })));";

const FOLLOW: &str = "const [path, done] = arguments;
    document.querySelector(`.topics a[href=\"${path}\"]`).click();
    done(null);";

#[tokio::test]
async fn every_topic_of_the_help_has_no_violations() {
    let portal = Installation::demo().serve();
    let chrome = Chrome::start().await;
    let page = Page::of(chrome.driver());
    page.open(&portal.url("/ayuda")).await;
    page.reads(ES.help_title()).await;
    page.shows(ES.help_mail_title()).await;
    let topics: Vec<Topic> =
        serde_json::from_value(page.run(TOPICS, Value::Null).await).expect("the list of topics");
    assert!(topics.len() > 40, "{} topics", topics.len());
    let mut found = Vec::new();
    for Topic { path, title } in topics {
        page.run(FOLLOW, path.clone().into()).await;
        page.arrives(&path).await;
        page.reads(&title).await;
        found.extend(as_it_is(&chrome, &path).await);
        page.back().await;
        page.reads(ES.help_title()).await;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn the_mailbox_of_the_demo_has_no_violations() {
    let portal = Installation::demo().serve();
    let chrome = Chrome::start().await;
    let page = Page::of(chrome.driver());
    let mut found = Vec::new();
    page.open(&portal.url("/mailbox")).await;
    page.reads(ES.notifications_mailbox_title()).await;
    page.shows(ES.notifications_mailbox_empty()).await;
    found.extend(as_it_is(&chrome, "the empty mailbox").await);
    page.press(ES.notifications_mailbox_home()).await;
    page.reads(ES.home_title()).await;

    page.open(&portal.url("/prueba-de-correo")).await;
    page.fill(ES.mail_test_label(), "persona@empresa.example").await;
    page.press(ES.mail_test_send()).await;
    page.reads(ES.mail_test_done_title()).await;
    found.extend(in_few_looks(&chrome, &page, "the test is sent, in the demo").await);
    page.press(ES.layout_demo_mailbox()).await;
    page.reads(ES.notifications_mailbox_title()).await;
    let mut looks = tokio::time::interval(LOOK);
    let arrives = async {
        while !page.text().await.contains("persona@empresa.example") {
            looks.tick().await;
            page.press(ES.notifications_mailbox_again()).await;
        }
    };
    tokio::time::timeout(PATIENCE, arrives)
        .await
        .expect("the mail is shown");
    for scheme in ["light", "dark"] {
        chrome.prefer(scheme).await;
        found.extend(as_it_is(&chrome, &format!("the mailbox ({scheme})")).await);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn every_end_of_a_recovery_has_no_violations() {
    let scene = Scene::open().await;
    let chrome = &scene.chrome;
    let mut found = Vec::new();
    for (employer, title) in [
        (&WITHOUT_EMAIL, ES.recovery_no_email_title()),
        (&BLOCKED, ES.recovery_blocked_title()),
    ] {
        let page = scene.prove(employer).await;
        page.reads(title).await;
        found.extend(in_few_looks(chrome, &page, title).await);
        scene.forget_cookies().await;
    }

    scene.mail.next(Turn::RefuseRecipient(550));
    let page = scene.prove(&PUBLIC).await;
    page.reads(ES.recovery_ended_rejected_title()).await;
    found.extend(in_few_looks(chrome, &page, "rejected").await);
    page.press(ES.recovery_start_again()).await;
    page.reads(ES.recovery_title()).await;

    let (page, _) = scene.ask_for_link(&GOOD).await;
    scene.portal.advance(Duration::from_secs(181)).await;
    page.reads(ES.recovery_ended_link_expired_title()).await;
    found.extend(in_few_looks(chrome, &page, "the link's time is over").await);

    scene.forget_cookies().await;
    scene.mail.next(Turn::RefuseRecipient(451));
    let page = scene.prove(&GOOD).await;
    page.shows(ES.recovery_delivery_delayed()).await;
    found.extend(in_few_looks(chrome, &page, "delayed").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

//! The reader's language over a real network: its texts are fetched, and nobody waits for what does not come.

use crate::page::Page;
use crate::recovery::ES;
use crate::scene::Scene;
use serde_json::{Value, json};
use shared::i18n::{Language, Text};

const QU: Text = Text::new(Language::Qu);

/// Notes which language the app's switch shows, from before the page's first script on. The shell of the page has no switch.
const WATCH: &str = "window.shown = [];
    new MutationObserver(() => {
        const pressed = document.querySelector('.switch [lang][aria-pressed=true]');
        if (pressed && window.shown.at(-1) !== pressed.lang) window.shown.push(pressed.lang);
    }).observe(document, { subtree: true, childList: true, attributes: true });";

/// A browser that has no workers.
const NO_WORKERS: &str = "window.Worker = class { constructor() { throw new Error('none here'); } };";

/// A browser whose workers never say anything, as over a network that has stopped.
const MUTE_WORKERS: &str = "window.Worker = class extends EventTarget { postMessage() {} terminate() {} };";

/// Runs a script in every document before its own.
async fn before_each_page(scene: &Scene, script: &str) {
    let driver = scene.chrome.driver().cdp();
    let source = json!({ "source": script });
    driver
        .send_raw("Page.addScriptToEvaluateOnNewDocument", source)
        .await
        .expect("a script is kept");
}

/// A browser that remembers Kichwa from an earlier visit.
async fn who_chose_kichwa(scene: &Scene) -> Page {
    let page = scene.page();
    page.open(&scene.portal.url("/")).await;
    page.speak(Language::Qu).await;
    page.reads(QU.home_title()).await;
    page
}

async fn evaluate(page: &Page, expression: &str) -> Value {
    let script = format!("const [, done] = arguments; done({expression});");
    page.run(&script, Value::Null).await
}

#[tokio::test]
async fn who_reads_kichwa_never_sees_the_app_in_spanish_first() {
    let scene = Scene::open().await;
    let page = who_chose_kichwa(&scene).await;
    before_each_page(&scene, WATCH).await;
    for path in ["/", "/ayuda", "/recuperar"] {
        page.open(&scene.portal.url(path)).await;
        page.shows(QU.layout_review()).await;
        page.shows(QU.layout_software()).await;
        assert_eq!(evaluate(&page, "window.shown").await, json!(["qu"]), "{path}");
        assert_eq!(
            evaluate(&page, "document.documentElement.lang").await,
            json!("qu")
        );
    }
}

#[tokio::test]
async fn where_no_texts_come_the_app_begins_in_spanish() {
    for broken in [NO_WORKERS, MUTE_WORKERS] {
        let scene = Scene::open().await;
        let page = who_chose_kichwa(&scene).await;
        before_each_page(&scene, broken).await;
        page.reload().await;
        page.shows(ES.layout_software()).await;
        page.reads(ES.home_title()).await;
        assert_eq!(
            evaluate(&page, "document.documentElement.lang").await,
            json!("es")
        );
        // It is of use: links lead on.
        page.press(ES.home_recover_title()).await;
        page.reads(ES.recovery_title()).await;
    }
}

#[tokio::test]
async fn who_reads_kichwa_gets_mails_in_kichwa() {
    let scene = Scene::open().await;
    let page = who_chose_kichwa(&scene).await;
    page.press(QU.layout_footer_mail_test()).await;
    page.fill(QU.mail_test_label(), "persona@empresa.example").await;
    page.press(QU.mail_test_send()).await;
    page.shows(QU.mail_test_done_title()).await;
    let mail = scene.mail.mail(1).await;
    assert_eq!(mail.header("Content-Language"), "qu");
    let text = mail.text();
    for told in [
        QU.notifications_test_title(),
        QU.notifications_review(),
        ES.notifications_review(),
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
}

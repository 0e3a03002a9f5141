//! Small and on paper: nothing is wider than a screen of 320 pixels, and what is printed is what one wants to keep.

use crate::page::Page;
use crate::people::{GOOD, NATURAL};
use crate::recovery::{self, Answering, ES};
use crate::scene::{PASSWORD, Scene};
use serde_json::Value;
use shared::i18n::{Language, Text};
use shared::identifiers::EmployerIdentifier;

/// The narrowest screen that is promised, in CSS pixels.
pub const NARROW: u32 = 320;

/// How wide the page is beside its screen, and what sticks out.
const WIDTHS: &str = "const done = arguments[1];
    const root = document.documentElement;
    const wide = [...document.querySelectorAll('body *')]
        .filter(it => it.getBoundingClientRect().right > window.innerWidth)
        .map(it => it.tagName + '.' + it.className);
    done([window.innerWidth, root.scrollWidth, wide.slice(-5).join(' ')]);";

/// What stands on the page and cannot be pressed on paper.
const CONTROLS: &str = "const done = arguments[1];
    done([...document.querySelectorAll('button, input, nav a, .skip-link')]
        .filter(it => it.getClientRects().length > 0)
        .map(it => it.innerText || it.tagName));";

#[tokio::test]
async fn nothing_is_wider_than_320_pixels() {
    let scene = Scene::open().await;
    scene.chrome.narrow(NARROW).await;
    let page = scene.page();
    let mut wide = Vec::new();
    for path in [
        "/",
        "/recuperar",
        "/restablecer",
        "/ayuda",
        "/ayuda/no_email",
        "/ayuda/correo",
        "/ayuda/mora-patronal",
        "/prueba-de-correo",
        "/no-fui-yo",
        "/no-such-page",
    ] {
        page.open(&scene.portal.url(path)).await;
        page.shows(ES.layout_footer_help()).await;
        wide.extend(in_every_language(&page, path).await);
    }

    page.open(&scene.portal.url("/recuperar")).await;
    page.reads(ES.recovery_title()).await;
    page.unfold(ES.recovery_mail_summary()).await;
    page.press(ES.recovery_identify_send()).await;
    page.shows(ES.errors_summary_title()).await;
    wide.extend(in_every_language(&page, "identification with errors").await);
    recovery::identify(&page, &scene.portal, &NATURAL).await;
    wide.extend(in_every_language(&page, "questions about a person").await);
    for _ in 0..3 {
        recovery::answer(&page, Answering::Wrong).await;
    }
    page.reads(ES.recovery_suspended_title()).await;
    wide.extend(in_every_language(&page, "suspended").await);
    page.press(ES.recovery_way_counter()).await;
    page.reads(ES.recovery_officer_title()).await;
    wide.extend(in_every_language(&page, "at a counter").await);
    scene.mail.mail(1).await;
    scene.forget_cookies().await;

    recovery::identify(&page, &scene.portal, &GOOD).await;
    wide.extend(in_every_language(&page, "questions").await);
    recovery::answer(&page, Answering::Right).await;
    page.reads(ES.recovery_link_title()).await;
    wide.extend(in_every_language(&page, "link sent").await);
    page.open(&scene.mail.mail(2).await.link()).await;
    page.fill(ES.reset_password_label(), "abcd").await;
    page.press(ES.reset_send()).await;
    page.shows(ES.errors_summary_title()).await;
    wide.extend(in_every_language(&page, "new password with errors").await);
    page.fill(ES.reset_password_label(), PASSWORD).await;
    page.fill(ES.reset_repeat_label(), PASSWORD).await;
    page.press(ES.reset_send()).await;
    page.reads(ES.reset_done_title()).await;
    wide.extend(in_every_language(&page, "done").await);
    page.open(&scene.mail.mail(3).await.link()).await;
    page.reads(ES.freeze_title()).await;
    wide.extend(in_every_language(&page, "freezing").await);
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

/// Measures what is shown in each language; ends in Spanish.
pub async fn in_every_language(page: &Page, name: &str) -> Vec<String> {
    let mut wide = Vec::new();
    for language in [Language::En, Language::Qu, Language::Es] {
        page.speak(language).await;
        page.shows(Text::new(language).layout_footer_help()).await;
        let measured = page.run(WIDTHS, Value::Null).await;
        let (screen, content, culprits): (u32, u32, String) =
            serde_json::from_value(measured).expect("pixels");
        assert_eq!(screen, NARROW, "the screen is narrow");
        if content > NARROW {
            wide.push(format!("{name} ({language}): {content} pixels, {culprits}"));
        }
    }
    wide
}

#[tokio::test]
async fn a_suspension_and_a_result_are_printed_without_what_is_of_no_use_on_paper() {
    let scene = Scene::open().await;
    let page = scene.page();
    recovery::identify(&page, &scene.portal, &NATURAL).await;
    for _ in 0..3 {
        recovery::answer(&page, Answering::Wrong).await;
    }
    page.reads(ES.recovery_suspended_title()).await;
    let reference = page.texts(".reference").await.concat();
    let until = "hora de Ecuador continental";
    let kept = [ES.recovery_suspended_title(), until, &reference];
    let dropped = [ES.recovery_print(), ES.recovery_way_counter()];
    printed(&scene, &page, &kept, &dropped).await;
    scene.forget_cookies().await;
    scene.mail.mail(1).await;

    let (page, mail) = scene.ask_for_link(&GOOD).await;
    scene.set_password(&page, &mail.link()).await;
    page.reads(ES.reset_done_title()).await;
    let reference = page.texts(".reference").await.concat();
    let employer: EmployerIdentifier = GOOD.number.parse().expect("an employer");
    let kept = [ES.reset_done_what(), &employer.masked(), &reference];
    let dropped = [ES.reset_done_print(), ES.recovery_go_home()];
    printed(&scene, &page, &kept, &dropped).await;
}

/// On paper the page has the one and not the other, and nothing that can be pressed; on the screen it has both.
async fn printed(scene: &Scene, page: &Page, kept: &[&str], dropped: &[&str]) {
    let screen = page.text().await;
    for text in kept.iter().chain(dropped) {
        assert!(screen.contains(text), "{text}: {screen}");
    }
    scene.chrome.print().await;
    let paper = page.text().await;
    let controls = page.run(CONTROLS, Value::Null).await;
    scene.chrome.prefer("light").await;
    for text in kept {
        assert!(paper.contains(text), "{text}: {paper}");
    }
    for text in dropped.iter().chain(&[ES.layout_footer_help()]) {
        assert!(!paper.contains(text), "{text}: {paper}");
    }
    assert_eq!(controls, serde_json::json!([]));
}

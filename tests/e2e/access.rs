//! Every page can be used by everybody: axe finds nothing, in every language, light and dark.

use crate::axe;
use crate::chrome::Chrome;
use crate::page::Page;
use crate::people::{GOOD, HOUSEHOLD, INACTIVE, NATURAL};
use crate::recovery::{self, Answering, ES};
use crate::scene::Scene;
use crate::simulator::Simulator;
use shared::i18n::{Language, Text};

/// The languages and colours in which each page is looked at.
const LOOKS: [(Language, &str); 5] = [
    (Language::Es, "light"),
    (Language::Es, "dark"),
    (Language::En, "light"),
    (Language::En, "dark"),
    (Language::Qu, "light"),
];

#[tokio::test]
async fn the_checks_find_what_is_wrong() {
    let scene = Scene::open().await;
    let page = scene.page();
    page.open(&scene.portal.url("/")).await;
    page.reads(ES.home_title()).await;
    let spoil = "const [what, done] = arguments;
        const wrong = document.createElement('div');
        wrong.innerHTML = '<img src=\"/favicon.svg\"><input>';
        document.querySelector('main').append(wrong);
        done(what);";
    page.run(spoil, serde_json::Value::Null).await;
    let found = axe::violations(scene.chrome.driver()).await.join("\n");
    assert!(found.contains("image-alt") && found.contains("label"), "{found}");
}

#[tokio::test]
async fn pages_that_stand_still_have_no_violations() {
    let scene = Scene::open().await;
    let page = scene.page();
    let mut found = Vec::new();
    for path in [
        "/",
        "/recuperar",
        "/restablecer",
        "/ayuda",
        "/ayuda/no_email",
        "/prueba-de-correo",
        "/no-fui-yo",
        "/desbloquear",
        "/desbloqueo",
        "/registrar-huella",
        "/contacto",
        "/contacto/cancelar",
        "/no-such-page",
    ] {
        for (language, scheme) in LOOKS {
            scene.chrome.prefer(scheme).await;
            page.open(&scene.portal.url(path)).await;
            page.speak(language).await;
            found.extend(look(&scene.chrome, &page, path, language, scheme).await);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn the_stages_of_a_recovery_have_no_violations() {
    let scene = Scene::open().await;
    let page = scene.page();
    let mut found = Vec::new();
    page.open(&scene.portal.url("/recuperar")).await;
    page.reads(ES.recovery_title()).await;
    page.press(ES.recovery_identify_send()).await;
    page.shows(ES.errors_summary_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "identification with errors").await);

    recovery::identify(&page, &scene.portal, &GOOD).await;
    found.extend(in_every_look(&scene.chrome, &page, "questions").await);
    recovery::answer(&page, Answering::Right).await;
    page.reads(ES.recovery_link_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "link sent").await);

    page.open(&scene.mail.mail(1).await.link()).await;
    page.field(ES.reset_password_label()).await;
    page.fill(ES.reset_password_label(), "abcd").await;
    page.press(ES.reset_send()).await;
    page.shows(ES.errors_summary_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "new password with errors").await);
    page.fill(ES.reset_password_label(), crate::scene::PASSWORD).await;
    page.fill(ES.reset_repeat_label(), crate::scene::PASSWORD).await;
    page.press(ES.reset_send()).await;
    page.reads(ES.reset_done_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "done").await);

    scene.forget_cookies().await;
    let page = scene.prove(&INACTIVE).await;
    page.reads(ES.recovery_inactive_title()).await;
    found.extend(in_every_look(&scene.chrome, &page, "refused").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn the_stages_beside_the_straight_way_have_no_violations() {
    let (scene, simulator) = Simulator::scene("breaker_failures = 1000\n").await;
    let page = scene.page();
    let mut found = Vec::new();
    page.open(&scene.portal.url("/recuperar")).await;
    page.fill(ES.identifiers_employer_label(), HOUSEHOLD.number).await;
    found.extend(saying(&scene.chrome, &page, Text::identifiers_person_household).await);

    simulator.plan("sri", "500").await;
    recovery::send_identification(&page, &scene.portal, &GOOD).await;
    page.reads(ES.errors_registry_sri()).await;
    page.press(ES.recovery_unavailable_resume()).await;
    found.extend(saying(&scene.chrome, &page, Text::recovery_unavailable_still).await);
    simulator.plan("sri", "none").await;
    scene.forget_cookies().await;

    simulator.plan("superintendencia", "contradictory").await;
    scene.prove(&GOOD).await;
    found.extend(saying(&scene.chrome, &page, Text::help_records_appointment).await);
    page.press(ES.recovery_way_counter()).await;
    found.extend(saying(&scene.chrome, &page, Text::help_counter_reference).await);
    page.press(ES.recovery_way_signature()).await;
    found.extend(saying(&scene.chrome, &page, Text::help_signature_more).await);
    simulator.plan("superintendencia", "none").await;
    scene.forget_cookies().await;

    recovery::identify(&page, &scene.portal, &NATURAL).await;
    found.extend(saying(&scene.chrome, &page, Text::challenges_debit_account).await);
    for _ in 0..3 {
        recovery::answer(&page, Answering::Wrong).await;
    }
    found.extend(saying(&scene.chrome, &page, Text::recovery_suspended_told).await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Looks at the page that says this, in every look; ends in Spanish.
async fn saying(chrome: &Chrome, page: &Page, said: fn(Text) -> &'static str) -> Vec<String> {
    page.shows(said(ES)).await;
    let mut found = Vec::new();
    for (language, scheme) in LOOKS {
        chrome.prefer(scheme).await;
        page.speak(language).await;
        // Some of it is fetched when it is needed.
        page.shows(said(Text::new(language))).await;
        found.extend(look(chrome, page, said(ES), language, scheme).await);
    }
    as_before(chrome, page).await;
    found
}

/// Looks at what is shown, switching language and colours in place; ends in Spanish.
pub async fn in_every_look(chrome: &Chrome, page: &Page, name: &str) -> Vec<String> {
    in_looks(chrome, page, name, &LOOKS).await
}

/// The same for a page that is made like others that are looked at in every look.
pub async fn in_few_looks(chrome: &Chrome, page: &Page, name: &str) -> Vec<String> {
    in_looks(
        chrome,
        page,
        name,
        &[(Language::Es, "light"), (Language::En, "dark")],
    )
    .await
}

async fn in_looks(chrome: &Chrome, page: &Page, name: &str, looks: &[(Language, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (language, scheme) in looks {
        chrome.prefer(scheme).await;
        page.speak(*language).await;
        found.extend(look(chrome, page, name, *language, scheme).await);
    }
    as_before(chrome, page).await;
    found
}

async fn as_before(chrome: &Chrome, page: &Page) {
    page.speak(Language::Es).await;
    chrome.prefer("light").await;
}

async fn look(chrome: &Chrome, page: &Page, name: &str, language: Language, scheme: &str) -> Vec<String> {
    page.shows(Text::new(language).layout_footer_help()).await;
    as_it_is(chrome, &format!("{name} ({language}, {scheme})")).await
}

/// Looks at what is shown.
pub async fn as_it_is(chrome: &Chrome, name: &str) -> Vec<String> {
    let violations = axe::violations(chrome.driver()).await;
    violations.into_iter().map(|it| format!("{name}: {it}")).collect()
}

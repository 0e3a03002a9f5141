//! The quiet pages: home, help, not found, freezing without a link; and what is around every page.

use crate::scene::Scene;
use frontend::freeze::FreezePage;
use frontend::help::{Numbers, Topic, entry, help_page};
use frontend::home::{HomePage, Procedure};
use frontend::layout::Layout;
use frontend::mail_test::MailTestPage;
use frontend::not_found::NotFoundPage;
use frontend::routes::Route;
use shared::i18n::{Language, Text};
use shared::recovery::{Ending, Refusal};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

/// Whether a link of the portal leads to a page that says something.
fn leads_somewhere(href: &str) -> bool {
    match Route::parse(href) {
        Route::NotFound => false,
        Route::HelpTopic(topic) => Topic::with_slug(&topic).is_some(),
        Route::Home
        | Route::Recovery
        | Route::RecoveryQuestions
        | Route::RecoveryLink
        | Route::Reset
        | Route::Help
        | Route::Freeze
        | Route::MailTest
        | Route::Unlock
        | Route::UnlockLink
        | Route::UnlockConfirm
        | Route::PasskeyEnrolment
        | Route::ContactConfirm
        | Route::ContactCancel
        | Route::Signature
        | Route::SignatureFor(_)
        | Route::SignatureCase
        | Route::SignIn
        | Route::Account
        | Route::AccountPassword
        | Route::AccountSessions
        | Route::AccountHistory
        | Route::AccountContacts
        | Route::AccountPasskeys
        | Route::AccountDelegates
        | Route::AccountObligations
        | Route::Appointment(_)
        | Route::Staff(_)
        | Route::Invitation => true,
    }
}

#[wasm_bindgen_test]
async fn home_has_four_doors_and_no_dead_link() {
    for language in Language::ALL {
        let scene = Scene::in_language(*language, html! { <HomePage /> }).await;
        assert_eq!(scene.count(".door"), 4);
        assert_eq!(scene.count("h1"), 1);
        let links = scene.hrefs();
        assert!(links.len() >= 7, "{links:?}");
        for href in links {
            assert!(leads_somewhere(&href), "{href}");
        }
    }
    for procedure in Procedure::ALL {
        assert!(leads_somewhere(&procedure.route().path()), "{procedure:?}");
    }
}

#[wasm_bindgen_test]
async fn three_answers_lead_to_the_right_door_and_back_again() {
    let scene = Scene::of(html! { <HomePage /> }).await;
    scene.press(".which", "No tengo la clave o la olvidé").await;
    assert!(scene.text_of(".which").contains("2 de 3"));
    assert_eq!(
        gloo::utils::document().active_element().unwrap().tag_name(),
        "H3",
        "the new question has the focus"
    );
    scene.press(".which", "No").await;
    scene.press(".which", "Sí").await;
    assert_eq!(scene.get(".which a").get_attribute("href").unwrap(), "/firma");
    scene.press(".which", "Volver a la pregunta anterior").await;
    scene.press(".which", "Volver a la pregunta anterior").await;
    scene.press(".which", "Sí").await;
    assert_eq!(scene.get(".which a").get_attribute("href").unwrap(), "/recuperar");
    scene.press(".which", "Empezar otra vez").await;
    assert!(scene.text_of(".which").contains("1 de 3"));
}

#[wasm_bindgen_test]
async fn every_topic_has_a_page_that_says_what_to_do_and_when() {
    shared::i18n::know_every_language();
    for language in Language::ALL {
        let text = Text::new(*language);
        for topic in Topic::all() {
            let said = entry(text, &Numbers::of(None), topic);
            let scene = Scene::in_language(*language, help_page(Some(topic.slug()))).await;
            assert_eq!(scene.text_of("h1"), said.title.as_str());
            let page = scene.text();
            for part in [&said.what, &said.advice, &said.again]
                .into_iter()
                .chain(&said.more)
                .chain(&said.not_so)
            {
                assert!(page.contains(part.as_str()), "{topic:?} in {language}: {part}");
            }
            for href in scene.hrefs() {
                assert!(leads_somewhere(&href), "{topic:?}: {href}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn refusals_and_endings_have_topics_in_the_words_of_the_page() {
    let text = Text::new(Language::Es);
    let title = |topic: Topic| entry(text, &Numbers::of(None), topic).title.to_string();
    assert_eq!(
        title(Refusal::NoEmail.into()),
        "Usuario no tiene correo registrado"
    );
    assert_eq!(title(Refusal::AccountBlocked.into()), "Cuenta bloqueada");
    assert_eq!(title(Refusal::RucInactive.into()), "RUC no activo");
    for ending in [
        Ending::Lapsed,
        Ending::LinkExpired,
        Ending::Undelivered,
        Ending::Rejected,
        Ending::Superseded,
        Ending::Abandoned,
    ] {
        assert!(!title(ending.into()).is_empty());
    }
}

#[wasm_bindgen_test]
async fn arrears_are_told_as_the_law_has_them() {
    let scene = Scene::of(help_page(Some("mora-patronal"))).await;
    let page = scene.text();
    for consequence in [
        "compras públicas",
        "líneas de crédito",
        "certificado de cumplimiento",
        "BIESS",
        "intereses",
        "personalmente",
    ] {
        assert!(page.contains(consequence), "{consequence}");
    }
    assert!(
        page.contains("Lo que no es así")
            && page.contains("no se quedan sin atención de salud")
            && page.contains("artículo 96")
    );
}

#[wasm_bindgen_test]
async fn searching_finds_topics_whatever_their_accents() {
    let scene = Scene::of(help_page(None)).await;
    let all = scene.count(".topics a");
    assert_eq!(usize::try_from(all).unwrap(), Topic::all().count());
    scene.type_into("#help-search", "CONEXION registro").await;
    assert!(scene.count(".topics a") < all);
    assert!(scene.find("a[href='/ayuda/registry_unavailable']").is_some());
    scene.type_into("#help-search", "xyzzy").await;
    assert_eq!(scene.count(".topics a"), 0);
    assert!(
        scene.text_of("[role=status]").contains("Ningún tema"),
        "it is said aloud"
    );
}

#[wasm_bindgen_test]
async fn an_unknown_topic_shows_all_of_them() {
    let scene = Scene::of(help_page(Some("no-such-topic"))).await;
    assert!(scene.text().contains("Ese tema no existe"));
    assert!(scene.count(".topics a") > 20);
}

#[wasm_bindgen_test]
async fn every_page_says_that_it_is_not_official_until_told_otherwise() {
    let scene = Scene::of(html! { <Layout><p>{ "dentro" }</p></Layout> }).await;
    assert!(
        scene
            .text_of("header")
            .contains("no es una página oficial del IESS")
    );
    assert!(scene.text_of("main main").contains("dentro"));
    assert_eq!(scene.get(".skip-link").get_attribute("href").unwrap(), "#main");
    scene.click(".skip-link").await;
    assert_eq!(gloo::utils::document().active_element().unwrap().id(), "main");
    assert_eq!(
        scene.count(".switch button[aria-pressed=true]"),
        2,
        "one language and one theme"
    );
}

#[wasm_bindgen_test]
async fn an_official_page_never_says_that_it_is_not() {
    let mark = gloo::utils::document().create_element("meta").unwrap();
    mark.set_attribute("name", "official").unwrap();
    gloo::utils::head().append_child(&mark).unwrap();
    let scene = Scene::of(html! { <Layout><p /></Layout> }).await;
    mark.remove();
    assert_eq!(scene.count(".unofficial"), 0);
}

#[wasm_bindgen_test]
async fn the_theme_is_shown_at_once() {
    let root = gloo::utils::document_element();
    let scene = Scene::of(html! { <Layout><p /></Layout> }).await;
    scene.click("[title=Oscuros]").await;
    assert_eq!(root.get_attribute("data-theme").as_deref(), Some("dark"));
    scene.click("[title='Como el dispositivo']").await;
    assert_eq!(root.get_attribute("data-theme"), None);
}

#[wasm_bindgen_test]
async fn pages_without_what_they_need_say_what_to_do() {
    // Other tests leave fragments behind.
    frontend::platform::history::take_fragment();
    let freeze = Scene::of(html! { <FreezePage /> }).await;
    assert_eq!(freeze.text_of("h1"), "Falta el enlace completo");
    assert_eq!(freeze.count("button"), 0, "nothing can be frozen without a link");
    let lost = Scene::of(html! { <NotFoundPage /> }).await;
    for href in lost.hrefs().into_iter().chain(freeze.hrefs()) {
        assert!(leads_somewhere(&href), "{href}");
    }
}

#[wasm_bindgen_test]
async fn a_mail_test_needs_an_address() {
    let scene = Scene::of(html! { <MailTestPage /> }).await;
    scene.press("form", "Enviar el mensaje de prueba").await;
    assert_eq!(scene.text_of("#address-error"), "Escriba una dirección de correo");
    scene.type_into("#address", "persona@").await;
    assert!(
        scene
            .text_of("#address-error")
            .starts_with("La dirección no está completa")
    );
    scene.type_into("#address", "persona@empresa.ec").await;
    assert!(scene.find("#address-error").is_none());
}

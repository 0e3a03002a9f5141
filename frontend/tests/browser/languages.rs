//! The three languages: switching between them, what is remembered, and what a translation under review says of itself.

use crate::scene::Scene;
use core::cell::Cell;
use frontend::home::HomePage;
use frontend::i18n::{TongueProvider, once_first_language_is_known};
use frontend::layout::Layout;
use gloo::utils::document_element;
use shared::i18n::{Language, Text};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

/// A page as the app shows it, with a box that somebody writes into.
async fn app() -> Scene {
    Scene::of(html! {
        <TongueProvider>
            <Layout>
                <HomePage />
                <input id="draft" />
            </Layout>
        </TongueProvider>
    })
    .await
}

/// Forgets the choice, so that no other test begins with it.
fn forget() {
    if let Ok(Some(storage)) = web_sys::window().unwrap().local_storage() {
        storage.remove_item("clavero.language").unwrap();
    }
}

/// Presses a language's own name.
async fn speak(scene: &Scene, language: Language) {
    scene
        .press("header", Text::new(language).product_language())
        .await;
}

#[wasm_bindgen_test]
async fn each_language_takes_over_at_once_and_nothing_typed_is_lost() {
    let scene = app().await;
    scene.type_into("#draft", "1790016919001").await;
    for language in [
        Language::Qu,
        Language::En,
        Language::Es,
        Language::Qu,
        Language::Es,
    ] {
        speak(&scene, language).await;
        let text = Text::new(language);
        assert_eq!(scene.text_of("h1"), text.home_title());
        assert!(scene.text_of("footer").contains(text.layout_footer_help()));
        assert_eq!(
            document_element().get_attribute("lang").as_deref(),
            Some(language.tag())
        );
        assert_eq!(
            scene.text_of("header [lang][aria-pressed=true]"),
            text.product_language(),
            "the switch shows which one it is"
        );
        assert_eq!(scene.value_of("#draft"), "1790016919001");
    }
    forget();
}

#[wasm_bindgen_test]
async fn every_language_is_named_in_itself_in_every_language() {
    let scene = app().await;
    for language in Language::ALL {
        speak(&scene, *language).await;
        for other in Language::ALL {
            let name = scene.text_of(&format!("header button[lang={other}]"));
            assert_eq!(name, Text::new(*other).product_language());
        }
    }
    forget();
}

#[wasm_bindgen_test]
async fn a_language_is_remembered() {
    for language in [Language::Qu, Language::En, Language::Es] {
        speak(&app().await, language).await;
        assert_eq!(
            app().await.text_of("h1"),
            Text::new(language).home_title(),
            "{language}"
        );
    }
    forget();
}

#[wasm_bindgen_test]
async fn what_no_speaker_has_checked_says_so_in_both_languages() {
    let scene = app().await;
    let spanish = Text::new(Language::Es).layout_review();
    for language in Language::ALL {
        speak(&scene, *language).await;
        let header = scene.text_of("header");
        assert_eq!(header.contains(spanish), language.under_review(), "{header}");
        if language.under_review() {
            assert!(header.contains(Text::new(*language).layout_review()), "{header}");
            assert_eq!(
                scene.text_of("header span[lang=es]"),
                spanish,
                "it is read aloud as Spanish"
            );
        }
    }
    speak(&scene, Language::Es).await;
    forget();
}

#[wasm_bindgen_test]
async fn the_app_begins_at_once_when_the_language_is_known() {
    shared::i18n::know_every_language();
    let calls = Rc::new(Cell::new(0));
    let seen = calls.clone();
    once_first_language_is_known(move || seen.set(seen.get() + 1));
    assert_eq!(calls.get(), 1);
}

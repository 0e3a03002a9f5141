//! Every code is worded, in every language, and the words are its own.

use crate::scene::Scene;
use frontend::errors::{problem_notice, words};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::i18n::{Language, Text};
use shared::registries::Registry;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[wasm_bindgen_test]
fn every_code_says_what_happened_and_what_to_do() {
    for language in Language::ALL {
        let text = Text::new(*language);
        for code in ErrorCode::ALL {
            let said = words::code(text, *code);
            for part in [said.title, said.what, said.advice] {
                assert!(part.chars().count() > 10, "{language} {code:?}: {part:?}");
            }
            assert_ne!(said.what, said.advice, "{language} {code:?}");
        }
        for code in FieldCode::ALL {
            assert!(
                words::field(text, *code).chars().count() > 10,
                "{language} {code:?}"
            );
        }
    }
}

#[wasm_bindgen_test]
fn languages_do_not_share_their_words() {
    shared::i18n::know_every_language();
    let (es, en) = (Text::new(Language::Es), Text::new(Language::En));
    for code in ErrorCode::ALL {
        assert_ne!(words::code(es, *code), words::code(en, *code), "{code:?}");
    }
    for code in FieldCode::ALL {
        assert_ne!(words::field(es, *code), words::field(en, *code), "{code:?}");
    }
}

#[wasm_bindgen_test]
fn a_silent_registry_is_named_in_the_exact_words() {
    let text = Text::new(Language::Es);
    let problem = Problem {
        registry: Some(Registry::CivilRegistry),
        ..Problem::new(ErrorCode::RegistryUnavailable)
    };
    assert_eq!(
        words::problem(text, &problem).title,
        "Error de Conexión con el Registro Civil"
    );
}

#[wasm_bindgen_test]
async fn a_notice_tells_when_to_try_again_and_what_to_quote() {
    let problem = Problem {
        retry_after: Some(121),
        reference: Some("r-17".into()),
        ..Problem::new(ErrorCode::RateLimited)
    };
    let scene = Scene::of(problem_notice(Text::new(Language::Es), &problem, None)).await;
    let text = scene.text();
    assert!(text.contains("Demasiadas solicitudes seguidas"), "{text}");
    assert!(text.contains("3 minutos"), "{text}");
    assert!(text.contains("r-17"), "{text}");
    assert_eq!(
        scene
            .get("[role=alert]")
            .query_selector("a")
            .unwrap()
            .unwrap()
            .get_attribute("href")
            .unwrap(),
        "/ayuda/rate_limited"
    );
}

#[wasm_bindgen_test]
async fn trying_again_is_offered_only_where_it_can_be_done() {
    let problem = Problem::new(ErrorCode::Unreachable);
    assert!(
        Scene::of(problem_notice(Text::new(Language::Es), &problem, None))
            .await
            .find("button")
            .is_none()
    );
    let pressed = std::rc::Rc::new(core::cell::Cell::new(0));
    let onretry = {
        let pressed = pressed.clone();
        Callback::from(move |()| pressed.set(pressed.get() + 1))
    };
    let scene = Scene::of(problem_notice(Text::new(Language::Es), &problem, Some(&onretry))).await;
    scene.click("button").await;
    assert_eq!(pressed.get(), 1);
}

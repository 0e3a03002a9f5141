//! The new password's fields, without a worker: the server alone can tell the strength then, and sending stays possible.

use crate::scene::Scene;
use frontend::forms::password::{Cover, PasswordDraft, PasswordError, PasswordFields, Verdict};
use shared::passwords::{Personal, Rules, Violation};
use shared::policy::{Policy, Profile};
use shared::secrets::Secret;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

fn rules() -> Rules {
    Policy::of(Profile::Y2026).password
}

#[derive(Clone, PartialEq, Properties)]
struct FormProps {
    #[prop_or_default]
    verdict: Option<Verdict>,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let draft = use_state(PasswordDraft::default);
    let personal = use_memo((), |()| {
        vec![Secret::from("1790011674001"), Secret::from("Compañía Andina")]
    });
    let onchange = {
        let draft = draft.setter();
        Callback::from(move |changed| draft.set(changed))
    };
    html! { <PasswordFields rules={rules()} {personal} draft={(*draft).clone()} {onchange} verdict={props.verdict.clone()} /> }
}

fn line(scene: &Scene, words: &str) -> String {
    let list = scene.get("#rules").query_selector_all("li").unwrap();
    (0..list.length())
        .filter_map(|index| list.get(index).and_then(|item| item.text_content()))
        .find(|line| line.contains(words))
        .unwrap_or_else(|| panic!("no line {words}: {}", scene.text()))
}

#[wasm_bindgen_test]
async fn every_rule_ticks_while_typing() {
    let scene = Scene::of(html! { <Form /> }).await;
    assert!(line(&scene, "De 8 a 12").contains("pendiente"));
    scene.type_into("#password", "abcd").await;
    for (words, state) in [
        ("De 8 a 12", "no cumple"),
        ("mayúscula", "no cumple"),
        ("minúscula", "cumple"),
        ("secuencias", "no cumple"),
        ("Sin partes", "cumple"),
        ("últimas 5", "pendiente"),
    ] {
        let line = line(&scene, words);
        assert!(line.contains(state), "{line}");
    }
    scene.type_into("#password", "Andina9#k").await;
    assert!(line(&scene, "Sin partes").contains("no cumple"));
    scene.type_into("#password", "Trueno9#kz").await;
    for words in [
        "De 8 a 12",
        "mayúscula",
        "minúscula",
        "número",
        "especial",
        "Sin partes",
        "secuencias",
    ] {
        let line = line(&scene, words);
        assert!(!line.contains("no cumple") && line.contains("cumple"), "{line}");
    }
}

#[wasm_bindgen_test]
async fn a_shown_password_is_not_typed_twice() {
    let scene = Scene::of(html! { <Form /> }).await;
    assert_eq!(
        scene.get("#password").get_attribute("type").as_deref(),
        Some("password")
    );
    assert_eq!(
        scene.get("#password").get_attribute("autocomplete").as_deref(),
        Some("new-password")
    );
    assert!(scene.find("#repeat").is_some());
    scene.click("button[aria-controls=password]").await;
    assert_eq!(
        scene.get("#password").get_attribute("type").as_deref(),
        Some("text")
    );
    assert!(scene.find("#repeat").is_none());
}

#[wasm_bindgen_test]
async fn what_the_server_found_stands_beside_the_rule_until_the_text_changes() {
    let verdict = Verdict {
        password: Secret::from("Trueno9#kz"),
        violations: vec![Violation::Reused, Violation::Weak],
    };
    let scene = Scene::of(html! { <Form verdict={Some(verdict)} /> }).await;
    scene.type_into("#password", "Trueno9#kz").await;
    assert!(line(&scene, "últimas 5").contains("no cumple"));
    assert!(line(&scene, "Difícil de adivinar").contains("no cumple"));
    assert!(line(&scene, "listas de claves robadas").contains("pendiente"));
    scene.type_into("#password", "Trueno9#kzx").await;
    assert!(line(&scene, "últimas 5").contains("pendiente"));
}

#[wasm_bindgen_test]
fn what_keeps_a_password_from_being_sent() {
    let personal = Personal::new(["Compañía Andina"]);
    let check = |password: &str, repeat: &str, cover| {
        PasswordDraft {
            password: Secret::from(password),
            repeat: Secret::from(repeat),
            cover,
        }
        .check(&rules(), &personal)
    };
    assert_eq!(check("", "", Cover::Covered), Err(PasswordError::Missing));
    assert_eq!(
        check("andina", "andina", Cover::Covered),
        Err(PasswordError::RulesBroken)
    );
    assert_eq!(
        check("Trueno9#kz", "Trueno9#k", Cover::Covered),
        Err(PasswordError::RepeatDiffers)
    );
    assert_eq!(check("Trueno9#kz", "", Cover::Shown), Ok(()));
    assert_eq!(check("Trueno9#kz", "Trueno9#kz", Cover::Covered), Ok(()));
}

#[wasm_bindgen_test]
fn nothing_typed_shows_in_debug() {
    let draft = PasswordDraft {
        password: Secret::from("Trueno9#kz"),
        ..PasswordDraft::default()
    };
    assert!(!format!("{draft:?}").contains("Trueno"));
    assert!(Rc::new(draft).password.expose().contains("Trueno"));
}

//! Signing in and the account area, as far as it can be seen without a server.

use crate::scene::Scene;
use frontend::account::{SignInPage, happening_words};
use frontend::forms::current::{CurrentDraft, CurrentPasswordProps, current_password};
use frontend::ui::{CheckboxesProps, ChoiceOption, Tick, checkboxes};
use shared::i18n::{self, Language, Text};
use shared::sessions::api::Happening;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew::props;

#[wasm_bindgen_test]
async fn password_managers_know_the_fields_of_the_sign_in() {
    let scene = Scene::of(html! { <SignInPage /> }).await;
    let autocomplete = |selector: &str| scene.get(selector).get_attribute("autocomplete");
    assert_eq!(autocomplete("#employer").as_deref(), Some("username"));
    assert_eq!(autocomplete("#password").as_deref(), Some("current-password"));
    assert_eq!(
        scene.get("#password").get_attribute("type").as_deref(),
        Some("password")
    );
}

#[wasm_bindgen_test]
async fn an_empty_sign_in_is_told_at_the_fields_and_in_the_summary() {
    let scene = Scene::of(html! { <SignInPage /> }).await;
    assert_eq!(scene.count(".field-error"), 0);
    scene.click("button[type=submit]").await;
    assert_eq!(scene.count(".error-summary li"), 2);
    assert!(scene.text_of("#employer-error").contains("RUC"));
    assert!(scene.find("#password-error").is_some());
    scene.type_into("#password", "x").await;
    assert!(
        scene.find("#password-error").is_none(),
        "an error goes when it is corrected"
    );
}

#[wasm_bindgen_test]
async fn the_branch_and_the_secondary_user_are_asked_for_only_who_needs_them() {
    let scene = Scene::of(html! { <SignInPage /> }).await;
    assert!(scene.find("#branch").is_none() && scene.find("#delegate").is_none());
    assert!(scene.text().contains("0001"));
    scene.press("form", "Es otra sucursal").await;
    assert_eq!(scene.value_of("#branch"), "0001");
    scene.click("#secondary").await;
    assert!(scene.find("#delegate").is_some());
    assert!(scene.text().contains("Su propia clave"));
    scene.click("button[type=submit]").await;
    assert_eq!(scene.count(".error-summary li"), 3);
    scene.click("#secondary").await;
    assert!(scene.find("#delegate").is_none());
    assert_eq!(
        scene.count(".error-summary li"),
        2,
        "nobody is asked for what is not there"
    );
}

#[component]
fn Current() -> Html {
    let draft = use_state(CurrentDraft::default);
    let onchange = {
        let draft = draft.setter();
        Callback::from(move |changed| draft.set(changed))
    };
    current_password(
        Text::new(Language::Es),
        &props!(CurrentPasswordProps {
            id: "current",
            label: "Clave",
            draft: (*draft).clone(),
            onchange
        }),
    )
}

#[wasm_bindgen_test]
async fn a_password_in_force_can_be_shown_without_losing_it() {
    let scene = Scene::of(html! { <Current /> }).await;
    scene.type_into("#current", "Trueno9#kz").await;
    scene.click("button[aria-controls=current]").await;
    assert_eq!(
        scene.get("#current").get_attribute("type").as_deref(),
        Some("text")
    );
    assert_eq!(scene.value_of("#current"), "Trueno9#kz");
    scene.type_into("#current", "Trueno9#kzx").await;
    scene.click("button[aria-controls=current]").await;
    assert_eq!(
        scene.get("#current").get_attribute("type").as_deref(),
        Some("password")
    );
    assert_eq!(scene.value_of("#current"), "Trueno9#kzx");
}

#[component]
fn Boxes() -> Html {
    let ticked = use_state(Vec::<AttrValue>::new);
    let onchange = {
        let ticked = ticked.clone();
        Callback::from(move |(value, tick): (AttrValue, Tick)| {
            let mut now = (*ticked).clone();
            now.retain(|other| *other != value);
            if tick == Tick::On {
                now.push(value);
            }
            ticked.set(now);
        })
    };
    let said = ticked.iter().map(AttrValue::as_str).collect::<Vec<_>>().join(" ");
    html! {
        <>
            { checkboxes(&props!(CheckboxesProps { id: "b", label: "Qué", error: "Elija", options: vec![ChoiceOption::new("one", "Uno"), ChoiceOption::new("two", "Dos")], ticked: (*ticked).clone(), onchange })) }
            <p id="said">{ said }</p>
        </>
    }
}

#[wasm_bindgen_test]
async fn boxes_are_ticked_one_by_one_and_belong_to_their_question() {
    let scene = Scene::of(html! { <Boxes /> }).await;
    assert_eq!(
        scene.get("fieldset").get_attribute("aria-describedby").as_deref(),
        Some("b-error")
    );
    scene.click("#b-0").await;
    scene.click("#b-1").await;
    assert_eq!(scene.text_of("#said"), "one two");
    scene.click("#b-0").await;
    assert_eq!(scene.text_of("#said"), "two");
}

#[wasm_bindgen_test]
fn what_happened_is_told_in_every_language() {
    i18n::know_every_language();
    for happening in [
        Happening::SignedIn,
        Happening::PasswordChanged,
        Happening::DelegateEnded,
    ] {
        let words = |language: &Language| happening_words(Text::new(*language), happening);
        let mut told: Vec<_> = Language::ALL.iter().map(words).collect();
        assert!(told.iter().all(|words| !words.is_empty()));
        told.sort_unstable();
        assert!(told.windows(2).all(|pair| pair[0] != pair[1]), "{told:?}");
    }
}

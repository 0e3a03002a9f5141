//! Fields while they are typed into.

use crate::scene::Scene;
use frontend::forms::identifiers::{branch_field, employer_field, representative_field};
use frontend::forms::use_field;
use frontend::i18n::use_text;
use shared::i18n::Language;
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[component]
fn Employer() -> Html {
    let field = use_field::<EmployerIdentifier>(String::new);
    let text = use_text();
    employer_field(text, "employer", &field)
}

#[component]
fn Representative() -> Html {
    let field = use_field::<RepresentativeId>(String::new);
    let text = use_text();
    representative_field(text, "representative", &field)
}

#[component]
fn BranchOnly() -> Html {
    let field = use_field::<Branch>(|| Branch::default().to_string());
    let text = use_text();
    branch_field(text, "branch", &field)
}

#[wasm_bindgen_test]
async fn a_ruc_is_grouped_and_recognised_while_typed() {
    let scene = Scene::of(html! { <Employer /> }).await;
    scene.type_into("#employer", "179001167").await;
    assert_eq!(scene.value_of("#employer"), "17 9001 167");
    assert_eq!(scene.find(".field-error").map(|error| error.inner_text()), None);
    scene.type_into("#employer", "17 9001 1674001").await;
    assert_eq!(scene.value_of("#employer"), "17 9001 1674 001");
    assert_eq!(scene.text_of("#employer-note").trim(), "sociedad, Pichincha");
}

#[wasm_bindgen_test]
async fn pasted_separators_do_not_matter() {
    let scene = Scene::of(html! { <Employer /> }).await;
    for pasted in [
        "1790011674001",
        " 1790011674001\u{a0}",
        "17-9001-1674-001",
        "1790.011.674.001",
        "1790 0116 7400 1",
    ] {
        scene.type_into("#employer", pasted).await;
        assert_eq!(scene.value_of("#employer"), "17 9001 1674 001", "{pasted:?}");
        assert!(scene.text_of("#employer-note").contains("sociedad"), "{pasted:?}");
    }
}

#[wasm_bindgen_test]
async fn what_typing_on_cannot_mend_is_told_at_once() {
    let scene = Scene::of(html! { <Employer /> }).await;
    for (typed, said) in [
        ("99", "provincia"),
        ("178", "tercer dígito"),
        ("17a", "Escriba solo números"),
        ("１７", "otra escritura"),
        ("9999999999999", "consumidor final"),
        ("1790011674000", "000"),
    ] {
        scene.type_into("#employer", typed).await;
        let error = scene.text_of("#employer-error");
        assert!(error.contains(said), "{typed}: {error}");
        assert_eq!(
            scene.get("#employer").get_attribute("aria-invalid").as_deref(),
            Some("true"),
            "{typed}"
        );
        let tied = scene
            .get("#employer")
            .get_attribute("aria-describedby")
            .unwrap_or_default();
        assert!(tied.contains("employer-error"), "{typed}: {tied}");
    }
}

#[wasm_bindgen_test]
async fn what_is_only_unfinished_is_told_when_the_field_is_left() {
    let scene = Scene::of(html! { <Employer /> }).await;
    scene.leave("#employer").await;
    assert!(
        scene.find("#employer-error").is_none(),
        "passing through an empty field is no mistake"
    );
    scene.type_into("#employer", "17900116").await;
    assert!(scene.find("#employer-error").is_none());
    scene.leave("#employer").await;
    assert!(scene.text_of("#employer-error").contains("13 dígitos"));
    scene.type_into("#employer", "1790011674001").await;
    assert!(scene.find("#employer-error").is_none(), "corrected");
}

#[wasm_bindgen_test]
async fn a_natural_person_with_a_failed_digit_gets_a_hint_and_a_way_on() {
    let scene = Scene::of(html! { <Employer /> }).await;
    scene.type_into("#employer", "1710034066001").await;
    assert!(scene.find("#employer-error").is_none());
    let note = scene.text_of("#employer-note");
    assert!(
        note.contains("persona natural")
            && note.contains("Revise el número")
            && note.contains("puede continuar"),
        "{note}"
    );
}

#[wasm_bindgen_test]
async fn ten_digits_are_a_household_employer_who_may_still_become_a_ruc() {
    let scene = Scene::of(html! { <Employer /> }).await;
    scene.type_into("#employer", "1710034065").await;
    let note = scene.text_of("#employer-note");
    assert!(
        note.contains("patrono de hogar") && note.contains("complete los 13"),
        "{note}"
    );
    scene.type_into("#employer", "1710034065001").await;
    assert!(scene.text_of("#employer-note").contains("persona natural"));
}

#[wasm_bindgen_test]
async fn people_are_told_that_they_act_for_themselves() {
    let scene = Scene::of(html! { <Employer /> }).await;
    for (typed, affiliate) in [
        ("1710034065", true),
        ("1710034065000", true),
        ("1710034065001", false),
    ] {
        scene.type_into("#employer", typed).await;
        let note = scene.text_of("#employer-note");
        assert!(note.contains("su propio representante"), "{typed}: {note}");
        assert_eq!(
            note.contains("clave personal de afiliado"),
            affiliate,
            "{typed}: {note}"
        );
    }
    for typed in ["1790011674001", "1760001550001", "1710034066001"] {
        scene.type_into("#employer", typed).await;
        assert!(
            !scene
                .text_of("#employer-note")
                .contains("su propio representante"),
            "{typed}"
        );
    }
}

#[wasm_bindgen_test]
async fn phones_show_the_keyboard_that_fits() {
    let scene = Scene::of(html! { <><Employer /><BranchOnly /><Representative /></> }).await;
    assert_eq!(
        scene.get("#employer").get_attribute("inputmode").as_deref(),
        Some("numeric")
    );
    assert_eq!(
        scene.get("#branch").get_attribute("inputmode").as_deref(),
        Some("numeric")
    );
    assert_eq!(
        scene.get("#representative").get_attribute("inputmode"),
        None,
        "foreigner codes have letters"
    );
    assert_eq!(scene.value_of("#branch"), "0001");
}

#[wasm_bindgen_test]
async fn a_representative_is_a_cedula_or_a_foreigner_code() {
    let scene = Scene::of(html! { <Representative /> }).await;
    scene.type_into("#representative", "1710034065").await;
    assert!(
        scene
            .text_of("#representative-note")
            .contains("Cédula de Pichincha")
    );
    scene.type_into("#representative", "EXT1234").await;
    assert!(
        scene
            .text_of("#representative-note")
            .contains("Código de extranjero")
    );
    scene.type_into("#representative", "1710034066").await;
    assert!(scene.text_of("#representative-error").contains("último dígito"));
}

#[wasm_bindgen_test]
async fn the_same_is_said_in_english() {
    let scene = Scene::in_language(Language::En, html! { <Employer /> }).await;
    scene.type_into("#employer", "1790011674001").await;
    assert_eq!(scene.text_of("#employer-note").trim(), "company, Pichincha");
}

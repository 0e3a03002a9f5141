//! The parts: what ties a control to its words, where the focus goes, what is said aloud.

use crate::scene::Scene;
use core::cell::{Cell, RefCell};
use frontend::ui::{
    ButtonProps, ButtonState, CheckState, ChecklistItem, ChecklistProps, ChoiceOption, CountdownRingProps,
    CountdownTone, DateFieldsProps, DateLabels, DatePart, DateText, Dialog, ErrorSummary, InputKind,
    MeterProps, NoticeProps, ProgressProps, RadiosProps, SelectProps, Shape, StepperProps, SummaryEntry,
    SwitchOption, SwitchProps, TextInputProps, Tone, Urgency, button, checklist, countdown_ring, date_fields,
    meter, notice, progress, radios, select, stage_heading, stepper, switch, text_input,
};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew::props;

/// What a callback was called with, last.
fn heard<T: 'static>() -> (Callback<T>, Rc<RefCell<Vec<T>>>) {
    let all = Rc::new(RefCell::new(Vec::new()));
    let callback = {
        let all = all.clone();
        Callback::from(move |value| all.borrow_mut().push(value))
    };
    (callback, all)
}

/// The `id` of the element that has the focus.
fn focused() -> String {
    gloo::utils::document()
        .active_element()
        .map(|element| element.id())
        .unwrap_or_default()
}

/// As a RUC is shown.
const GROUPS: &[usize] = &[2, 4, 4, 3];

fn labels() -> DateLabels {
    DateLabels {
        day: "Día".into(),
        month: "Mes".into(),
        year: "Año".into(),
    }
}

#[wasm_bindgen_test]
async fn a_field_is_tied_to_its_label_hint_error_and_note() {
    let note = html! { "Pichincha" };
    let scene = Scene::of(text_input(&props!(TextInputProps {
        id: "ruc",
        label: "RUC",
        hint: "13 dígitos",
        error: "Faltan dígitos",
        note,
        value: "17",
        oninput: Callback::noop()
    })))
    .await;
    assert_eq!(scene.get("label").get_attribute("for").unwrap(), "ruc");
    let input = scene.get("input#ruc");
    assert_eq!(input.get_attribute("aria-invalid").unwrap(), "true");
    let described = input.get_attribute("aria-describedby").unwrap();
    let words: Vec<String> = described
        .split(' ')
        .map(|id| scene.text_of(&format!("#{id}")))
        .collect();
    assert_eq!(
        words,
        ["Faltan dígitos", "13 dígitos", "Pichincha"],
        "the error is read first"
    );
    assert_eq!(
        scene.get("#ruc-note").get_attribute("aria-live").unwrap(),
        "polite"
    );
}

#[wasm_bindgen_test]
async fn a_field_without_error_claims_none() {
    let scene = Scene::of(text_input(&props!(TextInputProps {
        id: "name",
        label: "Nombre",
        value: "",
        oninput: Callback::noop()
    })))
    .await;
    let input = scene.get("input");
    assert!(!input.has_attribute("aria-invalid") && !input.has_attribute("aria-describedby"));
    assert_eq!(input.get_attribute("autocomplete").unwrap(), "off");
}

#[component]
fn Grouped() -> Html {
    let value = use_state(String::new);
    let oninput = {
        let value = value.clone();
        Callback::from(move |typed| value.set(typed))
    };
    html! {
        <>
            { text_input(&props!(TextInputProps { id: "number", label: "Número", kind: InputKind::Digits, groups: GROUPS, value: (*value).clone(), oninput })) }
            <output>{ &*value }</output>
        </>
    }
}

#[wasm_bindgen_test]
async fn digits_are_shown_in_groups_and_given_without() {
    let scene = Scene::of(html! { <Grouped /> }).await;
    for typed in ["1790012345001", "17-9001-2345.001", " 17 9001 2345 001 "] {
        scene.type_into("input", typed).await;
        assert_eq!(scene.value_of("input"), "17 9001 2345 001");
        assert_eq!(scene.text_of("output"), "1790012345001");
    }
    scene.type_into("input", "17９0").await;
    assert_eq!(
        scene.value_of("input"),
        "17９0",
        "what is no ASCII digit is left as it was typed"
    );
    assert_eq!(scene.get("input").get_attribute("inputmode").unwrap(), "numeric");
}

#[wasm_bindgen_test]
async fn a_date_has_a_legend_and_three_labelled_boxes() {
    let (oninput, typed) = heard::<DateText>();
    let value = DateText {
        day: "31".into(),
        month: String::new(),
        year: "1980".into(),
    };
    let scene = Scene::of(date_fields(&props!(DateFieldsProps {
        id: "birth",
        label: "Nacimiento",
        error: "Revise el mes",
        wrong: DatePart::Month,
        labels: labels(),
        value,
        oninput
    })))
    .await;
    assert_eq!(scene.text_of("fieldset > legend"), "Nacimiento");
    for (part, label) in [("day", "Día"), ("month", "Mes"), ("year", "Año")] {
        assert_eq!(scene.text_of(&format!("label[for=birth-{part}]")), label);
    }
    let invalid = |part: &str| scene.get(&format!("#birth-{part}")).has_attribute("aria-invalid");
    assert_eq!(
        [invalid("day"), invalid("month"), invalid("year")],
        [false, true, false]
    );
    scene.type_into("#birth-month", "12").await;
    let typed = typed.borrow();
    assert_eq!(
        typed.last().unwrap(),
        &DateText {
            day: "31".into(),
            month: "12".into(),
            year: "1980".into()
        }
    );
}

#[wasm_bindgen_test]
async fn one_radio_is_chosen_and_hints_are_tied() {
    let (onchange, chosen) = heard::<AttrValue>();
    let options = vec![
        ChoiceOption::new("a", "Quito"),
        ChoiceOption {
            hint: Some("Cerca".into()),
            ..ChoiceOption::new("b", "Mejía")
        },
    ];
    let scene = Scene::of(radios(&props!(RadiosProps {
        id: "canton",
        label: "Cantón",
        options,
        selected: AttrValue::from("a"),
        onchange
    })))
    .await;
    assert_eq!(scene.count("input[name=canton]"), 2);
    assert_eq!(
        scene.get("#canton-1").get_attribute("aria-describedby").unwrap(),
        "canton-1-hint"
    );
    scene.click("label[for=canton-1]").await;
    assert_eq!(chosen.borrow().as_slice(), ["b"]);
}

#[wasm_bindgen_test]
async fn a_select_can_be_taken_back() {
    let (onchange, chosen) = heard::<Option<AttrValue>>();
    let options = vec![
        ChoiceOption::new("a", "Banco A"),
        ChoiceOption::new("b", "Banco B"),
    ];
    let scene = Scene::of(select(&props!(SelectProps {
        id: "bank",
        label: "Banco",
        placeholder: "Elija",
        options,
        selected: AttrValue::from("a"),
        onchange
    })))
    .await;
    scene.choose("select", "b").await;
    scene.choose("select", "").await;
    assert_eq!(chosen.borrow().as_slice(), [Some("b".into()), None]);
}

#[component]
fn Form() -> Html {
    let submission = use_state(|| 0_u32);
    let onclick = {
        let submission = submission.clone();
        Callback::from(move |_| submission.set(*submission + 1))
    };
    let entries = if *submission > 0 {
        vec![SummaryEntry {
            field: "street".into(),
            message: "Falta la calle".into(),
        }]
    } else {
        Vec::new()
    };
    html! {
        <>
            <ErrorSummary title="Revise" {entries} submission={*submission} />
            { text_input(&props!(TextInputProps { id: "street", label: "Calle", value: "", oninput: Callback::noop() })) }
            { button(&props!(ButtonProps { id: "send", onclick, children: html! { "Enviar" } })) }
        </>
    }
}

#[wasm_bindgen_test]
async fn the_summary_takes_the_focus_at_each_submission_and_leads_to_the_field() {
    let scene = Scene::of(html! { <Form /> }).await;
    assert!(scene.find("[role=alert]").is_none());
    for _ in 0..2 {
        scene.click("#send").await;
        let summary = gloo::utils::document().active_element().unwrap();
        assert_eq!(summary.get_attribute("role").unwrap(), "alert");
        let before = gloo::utils::window().location().href().unwrap();
        scene.click("[role=alert] a").await;
        assert_eq!(focused(), "street");
        assert_eq!(
            gloo::utils::window().location().href().unwrap(),
            before,
            "the address stays"
        );
    }
}

#[wasm_bindgen_test]
async fn a_busy_button_stays_but_ignores_presses() {
    let pressed = Rc::new(Cell::new(0));
    let onclick = {
        let pressed = pressed.clone();
        Callback::from(move |_: MouseEvent| pressed.set(pressed.get() + 1))
    };
    let scene = Scene::of(html! {
        <>
            { button(&props!(ButtonProps { id: "busy", state: ButtonState::Busy, onclick: onclick.clone(), children: html! { "Enviando" } })) }
            { button(&props!(ButtonProps { id: "ready", onclick, children: html! { "Enviar" } })) }
        </>
    })
    .await;
    scene.click("#busy").await;
    assert_eq!(pressed.get(), 0);
    assert_eq!(scene.get("#busy").get_attribute("aria-disabled").unwrap(), "true");
    assert!(
        !scene.get("#busy").has_attribute("disabled"),
        "it keeps its place in the tab order"
    );
    scene.click("#ready").await;
    assert_eq!(pressed.get(), 1);
}

#[component]
fn Asking() -> Html {
    let asked = use_state(|| false);
    let ask = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(true))
    };
    let close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(false))
    };
    html! {
        <>
            { button(&props!(ButtonProps { id: "ask", onclick: ask, children: html! { "Borrar" } })) }
            if *asked {
                <Dialog id="sure" title="¿Borrar?" confirm="Borrar todo" cancel="Dejarlo" onconfirm={close.clone()} oncancel={close}>
                    <p>{ "No se puede deshacer." }</p>
                </Dialog>
            }
        </>
    }
}

#[wasm_bindgen_test]
async fn a_dialog_is_modal_begins_at_the_harmless_button_and_gives_the_focus_back() {
    let scene = Scene::of(html! { <Asking /> }).await;
    scene.get("#ask").focus().unwrap();
    scene.click("#ask").await;
    assert!(
        scene.find("dialog:modal").is_some(),
        "the rest of the page is inert"
    );
    let active = gloo::utils::document().active_element().unwrap();
    assert_eq!(active.text_content().unwrap(), "Dejarlo");
    for (attribute, words) in [
        ("aria-labelledby", "¿Borrar?"),
        ("aria-describedby", "No se puede deshacer."),
    ] {
        let id = scene.get("dialog").get_attribute(attribute).unwrap();
        assert_eq!(scene.text_of(&format!("#{id}")), words);
    }
    scene.cancel("dialog").await;
    assert!(scene.find("dialog").is_none(), "Escape leaves it");
    assert_eq!(focused(), "ask");
}

#[component]
fn Stages() -> Html {
    let stage = use_state(|| 0_u8);
    let words = use_state(|| "uno");
    let next = {
        let stage = stage.clone();
        Callback::from(move |_: MouseEvent| stage.set(*stage + 1))
    };
    let reword = {
        let words = words.clone();
        Callback::from(move |_: MouseEvent| words.set("one"))
    };
    html! {
        <>
            { stage_heading(["first", "second"][usize::from(*stage)], AttrValue::from(*words), None) }
            { button(&props!(ButtonProps { id: "next", onclick: next, children: html! { "Seguir" } })) }
            { button(&props!(ButtonProps { id: "reword", onclick: reword, children: html! { "English" } })) }
        </>
    }
}

#[wasm_bindgen_test]
async fn a_new_stage_takes_the_focus_and_new_words_do_not() {
    let scene = Scene::of(html! { <Stages /> }).await;
    scene.get("#next").focus().unwrap();
    scene.click("#next").await;
    assert_eq!(gloo::utils::document().active_element().unwrap().tag_name(), "H1");
    scene.get("#reword").focus().unwrap();
    scene.click("#reword").await;
    assert_eq!(scene.text_of("h1"), "one");
    assert_eq!(focused(), "reword");
}

#[wasm_bindgen_test]
async fn the_countdown_is_a_timer_and_only_its_announcement_speaks() {
    let scene = Scene::of(countdown_ring(&props!(CountdownRingProps {
        label: "Tiempo",
        clock: "2:05",
        permille: 694,
        tone: CountdownTone::Calm,
        caption: "Hay tiempo",
        announcement: "Quedan 2 minutos"
    })))
    .await;
    let face = scene.get("[role=timer]");
    assert_eq!(face.get_attribute("aria-label").unwrap(), "Tiempo: 2:05");
    assert_eq!(face.get_attribute("aria-live").unwrap(), "off");
    assert_eq!(
        scene.text_of("[role=status][aria-live=polite]"),
        "Quedan 2 minutos"
    );
    assert_eq!(
        scene
            .get(".countdown-left")
            .get_attribute("stroke-dasharray")
            .unwrap(),
        "694 1000"
    );
}

#[wasm_bindgen_test]
async fn strength_and_progress_have_names_and_values() {
    let scene = Scene::of(html! {
        <>
            { meter(&props!(MeterProps { id: "strength", label: "Fortaleza", level: Some(3), text: "buena" })) }
            { progress(&props!(ProgressProps { id: "work", label: "Comprobación", done: None, of: 1000 })) }
            { progress(&props!(ProgressProps { id: "known", label: "Comprobación", done: Some(250), of: 1000, text: "25 %" })) }
        </>
    })
    .await;
    let meter = scene.get("[role=meter]");
    assert_eq!(meter.get_attribute("aria-valuenow").unwrap(), "3");
    assert_eq!(meter.get_attribute("aria-valuetext").unwrap(), "buena");
    assert_eq!(scene.count(".meter-bars .on"), 3);
    assert!(
        !scene.get("#work").has_attribute("value"),
        "unknown is not nothing"
    );
    assert_eq!(scene.get("#known").get_attribute("value").unwrap(), "250");
    assert_eq!(scene.count("label[for=work], label[for=known]"), 2);
}

#[wasm_bindgen_test]
async fn a_checklist_says_each_state_in_words() {
    let item = |text: &'static str, state, state_text: &'static str| ChecklistItem {
        text: text.into(),
        state,
        state_text: state_text.into(),
    };
    let items = vec![
        item("Una mayúscula", CheckState::Met, "cumple"),
        item("Un número", CheckState::Unmet, "no cumple"),
        item("No usada antes", CheckState::Open, "sin revisar"),
    ];
    let scene = Scene::of(checklist(&props!(ChecklistProps {
        id: "rules",
        label: "Reglas",
        items
    })))
    .await;
    let list = scene.get("ul");
    assert_eq!(
        scene.text_of(&format!("#{}", list.get_attribute("aria-labelledby").unwrap())),
        "Reglas"
    );
    let words = list.text_content().unwrap();
    for state in [
        "Una mayúscula (cumple)",
        "Un número (no cumple)",
        "No usada antes (sin revisar)",
    ] {
        assert!(words.contains(state), "{words}");
    }
}

#[wasm_bindgen_test]
async fn exactly_one_position_of_a_switch_is_pressed() {
    let (onchange, chosen) = heard::<AttrValue>();
    let position = |value: &'static str, name: &'static str, shape| SwitchOption {
        value: value.into(),
        name: name.into(),
        shape,
        lang: None,
    };
    let options = vec![
        position("light", "Claros", Some(Shape::Sun)),
        position("dark", "Oscuros", Some(Shape::Moon)),
    ];
    let scene = Scene::of(switch(&props!(SwitchProps {
        label: "Colores",
        options,
        current: "dark",
        onchange
    })))
    .await;
    assert_eq!(scene.count("button[aria-pressed=true]"), 1);
    assert_eq!(
        scene.get("button[aria-pressed=true]").text_content().unwrap(),
        "Oscuros",
        "a sign has its name in words"
    );
    scene.click("button[aria-pressed=false]").await;
    assert_eq!(chosen.borrow().as_slice(), ["light"]);
}

#[wasm_bindgen_test]
async fn the_present_step_is_marked() {
    let steps = ["Uno", "Dos", "Tres"].map(AttrValue::from).to_vec();
    let scene = Scene::of(stepper(&props!(StepperProps {
        label: "Pasos",
        steps,
        current: 1,
        position: "Paso 2 de 3"
    })))
    .await;
    assert_eq!(scene.count("[aria-current=step]"), 1);
    assert!(
        scene
            .get("[aria-current=step]")
            .text_content()
            .unwrap()
            .contains("Dos")
    );
    assert_eq!(scene.get("nav").get_attribute("aria-label").unwrap(), "Pasos");
}

#[wasm_bindgen_test]
async fn notices_speak_up_only_when_told_to() {
    for (urgency, role) in [
        (Urgency::Silent, None),
        (Urgency::Polite, Some("status")),
        (Urgency::Assertive, Some("alert")),
    ] {
        let scene = Scene::of(notice(&props!(NoticeProps {
            tone: Tone::Warning,
            urgency,
            title: "Atención"
        })))
        .await;
        assert_eq!(scene.get(".notice").get_attribute("role").as_deref(), role);
    }
}

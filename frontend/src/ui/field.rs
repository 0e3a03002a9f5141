//! The frame of every control: label, hint, error, and the ties between them.
//!
//! A control cannot be made without a label, because [`Field`] and [`Fieldset`] cannot.

use super::icon::{Icon, Shape};
use yew::prelude::*;

/// What a control carries so that a screen reader finds its hint and error.
#[derive(Clone, Debug, PartialEq)]
pub struct Ties {
    /// The control's `id`, which the label is for.
    pub id: AttrValue,
    /// For `aria-describedby`: the ids of error, hint and note, in that order; `None` if there are none.
    pub described_by: Option<AttrValue>,
    /// For `aria-invalid`: `Some("true")` while there is an error.
    pub invalid: Option<AttrValue>,
}

impl Ties {
    /// The ties of the control `id` with what is there to describe it.
    fn new(id: &AttrValue, hint: Option<&AttrValue>, error: Option<&AttrValue>, note: Option<&Html>) -> Self {
        let mut parts = Vec::new();
        if error.is_some() {
            parts.push(format!("{id}-error"));
        }
        if hint.is_some() {
            parts.push(format!("{id}-hint"));
        }
        if note.is_some() {
            parts.push(format!("{id}-note"));
        }
        Self {
            id: id.clone(),
            described_by: (!parts.is_empty()).then(|| parts.join(" ").into()),
            invalid: error.map(|_| AttrValue::from("true")),
        }
    }
}

/// Properties of [`Field`] and [`Fieldset`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FieldProps {
    /// The control's `id`; hint, error and note get ids from it.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer, before anything is typed.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and what to do.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What was recognised so far; announced politely when it changes. Give `Some` from the beginning to have it announced.
    #[prop_or_default]
    pub note: Option<Html>,
    /// Draws the control with the given ties.
    pub control: Callback<Ties, Html>,
}

/// A label, a control and what describes it.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let ties = Ties::new(&props.id, props.hint.as_ref(), props.error.as_ref(), props.note.as_ref());
    html! {
        <div class={classes!("field", props.error.is_some().then_some("field-wrong"))}>
            <label class="field-label" for={props.id.clone()}>{ &props.label }</label>
            { descriptions(props) }
            { props.control.emit(ties) }
            if let Some(note) = &props.note {
                <div class="field-note" id={format!("{}-note", props.id)} aria-live="polite">{ note.clone() }</div>
            }
        </div>
    }
}

/// A question whose answer takes several controls. The ties belong to the group, so the control only needs the names.
#[component]
pub fn Fieldset(props: &FieldProps) -> Html {
    let ties = Ties::new(&props.id, props.hint.as_ref(), props.error.as_ref(), props.note.as_ref());
    html! {
        <fieldset class={classes!("field", props.error.is_some().then_some("field-wrong"))} id={props.id.clone()}
            tabindex="-1" aria-describedby={ties.described_by.clone()}>
            <legend class="field-label">{ &props.label }</legend>
            { descriptions(props) }
            { props.control.emit(ties) }
            if let Some(note) = &props.note {
                <div class="field-note" id={format!("{}-note", props.id)} aria-live="polite">{ note.clone() }</div>
            }
        </fieldset>
    }
}

/// Hint and error, in the order in which they are read.
fn descriptions(props: &FieldProps) -> Html {
    html! {
        <>
            if let Some(hint) = &props.hint {
                <p class="field-hint" id={format!("{}-hint", props.id)}>{ hint }</p>
            }
            if let Some(error) = &props.error {
                <p class="field-error" id={format!("{}-error", props.id)}><Icon shape={Shape::Stop} />{ error }</p>
            }
        </>
    }
}

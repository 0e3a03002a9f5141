//! One of several: radio buttons when they fit on the page, a list when they do not.

use super::field::Frame;
use crate::platform::elements;
use yew::prelude::*;

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What is given to `onchange`.
    pub value: AttrValue,
    /// Its words.
    pub label: AttrValue,
    /// What it means, below the words.
    pub hint: Option<AttrValue>,
}

impl ChoiceOption {
    /// An option without a hint.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }
}

/// Properties of [`radios`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RadiosProps {
    /// The group's `id`; the buttons' are `{id}-0`, `{id}-1` …
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What can be chosen.
    pub options: Vec<ChoiceOption>,
    /// The `value` of the chosen one.
    #[prop_or_default]
    pub selected: Option<AttrValue>,
    /// Called with the `value` of the newly chosen one.
    pub onchange: Callback<AttrValue>,
}

/// One of a few, all in sight.
pub fn radios(props: &RadiosProps) -> Html {
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
        note: None,
    };
    let radios = props
        .options
        .iter()
        .enumerate()
        .map(|(index, option)| radio(props, index, option));
    frame.around_group(html! { <div class="radios">{ for radios }</div> })
}

/// One radio button.
fn radio(props: &RadiosProps, index: usize, option: &ChoiceOption) -> Html {
    let id = format!("{}-{index}", props.id);
    let hint_id = option.hint.as_ref().map(|_| format!("{id}-hint"));
    let onchange = {
        let value = option.value.clone();
        props.onchange.reform(move |_: Event| value.clone())
    };
    html! {
        <div class="radio" key={index}>
            <input type="radio" id={id.clone()} name={props.id.clone()} value={option.value.clone()}
                checked={props.selected.as_ref() == Some(&option.value)} {onchange} aria-describedby={hint_id.clone()} />
            <label for={id}>{ &option.label }</label>
            if let Some(hint) = &option.hint {
                <p class="radio-hint" id={hint_id}>{ hint }</p>
            }
        </div>
    }
}

/// Properties of [`select`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SelectProps {
    /// The control's `id`.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// The words of "nothing chosen yet".
    pub placeholder: AttrValue,
    /// What can be chosen.
    pub options: Vec<ChoiceOption>,
    /// The `value` of the chosen one.
    #[prop_or_default]
    pub selected: Option<AttrValue>,
    /// Called with the `value` of the newly chosen one; with nothing when the choice is taken back.
    pub onchange: Callback<Option<AttrValue>>,
}

/// One of many.
pub fn select(props: &SelectProps) -> Html {
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
        note: None,
    };
    let onchange = props.onchange.reform(|event: Event| {
        let value = elements::value_of(&event);
        (!value.is_empty()).then(|| value.into())
    });
    let options = props.options.iter().map(|option| {
        html! {
            <option value={option.value.clone()} selected={props.selected.as_ref() == Some(&option.value)}>{ &option.label }</option>
        }
    });
    frame.around(html! {
        <select class="input" id={props.id.clone()} {onchange} aria-describedby={frame.described_by()} aria-invalid={frame.invalid()}>
            <option value="" selected={props.selected.is_none()}>{ &props.placeholder }</option>
            { for options }
        </select>
    })
}

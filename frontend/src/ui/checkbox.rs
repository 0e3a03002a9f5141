//! Yes or no, and some of several.

use super::choice::ChoiceOption;
use super::field::Frame;
use yew::prelude::*;

/// Whether a box is ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tick {
    /// It is not.
    #[default]
    Off,
    /// It is.
    On,
}

impl Tick {
    /// What a press makes of it.
    pub const fn other(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
        }
    }
}

/// Properties of [`checkbox`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CheckboxProps {
    /// The control's `id`.
    pub id: AttrValue,
    /// What is said yes to.
    pub label: AttrValue,
    /// What it means, below the words.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it is ticked.
    pub tick: Tick,
    /// Called with what it is now.
    pub onchange: Callback<Tick>,
}

/// One box that can be ticked.
pub fn checkbox(props: &CheckboxProps) -> Html {
    let hint_id = props.hint.as_ref().map(|_| format!("{}-hint", props.id));
    let onchange = {
        let tick = props.tick;
        props.onchange.reform(move |_: Event| tick.other())
    };
    html! {
        <div class="radio">
            <input type="checkbox" id={props.id.clone()} checked={props.tick == Tick::On} {onchange} aria-describedby={hint_id.clone()} />
            <label for={props.id.clone()}>{ &props.label }</label>
            if let Some(hint) = &props.hint {
                <p class="radio-hint" id={hint_id}>{ hint }</p>
            }
        </div>
    }
}

/// Properties of [`checkboxes`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CheckboxesProps {
    /// The group's `id`; the boxes' are `{id}-0`, `{id}-1` …
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What can be ticked.
    pub options: Vec<ChoiceOption>,
    /// The `value`s of those that are ticked.
    pub ticked: Vec<AttrValue>,
    /// Called with the `value` of the box that was pressed, and what it is now.
    pub onchange: Callback<(AttrValue, Tick)>,
}

/// Some of a few, all in sight.
pub fn checkboxes(props: &CheckboxesProps) -> Html {
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
        note: None,
    };
    let boxes = props.options.iter().enumerate().map(|(index, option)| {
        let tick = if props.ticked.contains(&option.value) {
            Tick::On
        } else {
            Tick::Off
        };
        let value = option.value.clone();
        checkbox(&CheckboxProps {
            id: format!("{}-{index}", props.id).into(),
            label: option.label.clone(),
            hint: option.hint.clone(),
            tick,
            onchange: props.onchange.reform(move |tick| (value.clone(), tick)),
        })
    });
    frame.around_group(html! { <div class="radios">{ for boxes }</div> })
}

//! One of many that are short: radio buttons in rows, such as days and times.

use super::field::Frame;
use yew::prelude::*;

/// Something short that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What is given to `onchange`.
    pub value: AttrValue,
    /// Its words.
    pub label: AttrValue,
    /// What there is to know of it, below the words.
    pub note: Option<AttrValue>,
    /// Whether it can be chosen. What cannot stays in sight, with the reason as its note.
    pub state: ChipState,
}

/// Whether a chip can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChipState {
    /// It can.
    #[default]
    Open,
    /// It cannot.
    Closed,
}

/// Properties of [`chips`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChipsProps {
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
    pub chips: Vec<Chip>,
    /// The `value` of the chosen one.
    #[prop_or_default]
    pub selected: Option<AttrValue>,
    /// Called with the `value` of the newly chosen one.
    pub onchange: Callback<AttrValue>,
}

/// One of many short ones, all in sight.
pub fn chips(props: &ChipsProps) -> Html {
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
        note: None,
    };
    let chips = props
        .chips
        .iter()
        .enumerate()
        .map(|(index, one)| chip(props, index, one));
    frame.around_group(html! { <div class="chips">{ for chips }</div> })
}

fn chip(props: &ChipsProps, index: usize, one: &Chip) -> Html {
    let id = format!("{}-{index}", props.id);
    let onchange = {
        let value = one.value.clone();
        props.onchange.reform(move |_: Event| value.clone())
    };
    html! {
        <div class="chip" key={one.value.to_string()}>
            <input type="radio" id={id.clone()} name={props.id.clone()} value={one.value.clone()}
                checked={props.selected.as_ref() == Some(&one.value)} disabled={one.state == ChipState::Closed} {onchange} />
            <label for={id}>
                <span>{ &one.label }</span>
                if let Some(note) = &one.note { { " " }<span class="chip-note">{ note }</span> }
            </label>
        </div>
    }
}

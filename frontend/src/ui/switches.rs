//! A small choice that takes effect at once: the language, the colours.

use super::icon::{Shape, icon};
use super::regions::hidden;
use yew::prelude::*;

/// One position of a switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchOption {
    /// What is given to `onchange`.
    pub value: AttrValue,
    /// Its name, in full.
    pub name: AttrValue,
    /// Shown in place of the name, which is then for ears only.
    pub shape: Option<Shape>,
    /// The name's language, if it is not the page's: its tag.
    pub lang: Option<AttrValue>,
}

/// Properties of [`switch`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SwitchProps {
    /// What is chosen.
    pub label: AttrValue,
    /// The positions.
    pub options: Vec<SwitchOption>,
    /// The `value` of the present one.
    pub current: AttrValue,
    /// Called with the `value` of the pressed one.
    pub onchange: Callback<AttrValue>,
}

/// A row of buttons of which one is pressed.
pub fn switch(props: &SwitchProps) -> Html {
    html! {
        <div class="switch" role="group" aria-label={props.label.clone()}>
            { for props.options.iter().map(|option| position(props, option)) }
        </div>
    }
}

/// One button.
fn position(props: &SwitchProps, option: &SwitchOption) -> Html {
    let pressed = option.value == props.current;
    let onclick = {
        let value = option.value.clone();
        props.onchange.reform(move |_: MouseEvent| value.clone())
    };
    html! {
        <button type="button" {onclick} aria-pressed={pressed.to_string()} lang={option.lang.clone()}
            title={option.shape.map(|_| option.name.clone())}>
            if let Some(shape) = option.shape {
                { icon(shape) }{ hidden(&option.name) }
            } else {
                { &option.name }
            }
        </button>
    }
}

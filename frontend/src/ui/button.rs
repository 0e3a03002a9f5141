//! Buttons and links that look like buttons. One primary action a page.

use yew::prelude::*;
use yew::props;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one action of the page.
    #[default]
    Primary,
    /// Another way.
    Secondary,
    /// An aside within a text or a field.
    Quiet,
    /// Ends or destroys something; asks first.
    Danger,
}

impl ButtonKind {
    /// The classes that give it its look.
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// What pressing does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonRole {
    /// Calls `onclick`.
    #[default]
    Press,
    /// Submits the form around it.
    Submit,
}

/// Whether it can be pressed. A button is never silently dead: while busy it keeps its place in the tab order and says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonState {
    /// It can be pressed.
    #[default]
    Ready,
    /// What it began is under way; presses are ignored.
    Busy,
}

/// Properties of [`button`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ButtonProps {
    /// How much it stands out.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// What pressing does.
    #[prop_or_default]
    pub role: ButtonRole,
    /// Whether it can be pressed.
    #[prop_or_default]
    pub state: ButtonState,
    /// Called by a press, also by a submitting one, unless busy.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// The element's `id`.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// For a button that switches something on and off: `"true"` or `"false"`.
    #[prop_or_default]
    pub pressed: Option<AttrValue>,
    /// For a button that unfolds something: `"true"` or `"false"`.
    #[prop_or_default]
    pub expanded: Option<AttrValue>,
    /// For a button that shows and hides something: the `id` of that.
    #[prop_or_default]
    pub controls: Option<AttrValue>,
    /// The element, to move the focus to it.
    #[prop_or_default]
    pub node: NodeRef,
    /// Its words.
    pub children: Html,
}

/// A button.
#[inline(never)]
pub fn button(props: &ButtonProps) -> Html {
    let busy = props.state == ButtonState::Busy;
    let onclick = {
        let onclick = props.onclick.clone();
        Callback::from(move |event: MouseEvent| {
            if busy {
                event.prevent_default();
            } else {
                onclick.emit(event);
            }
        })
    };
    let kind = match props.role {
        ButtonRole::Press => "button",
        ButtonRole::Submit => "submit",
    };
    html! {
        <button ref={props.node.clone()} type={kind} class={props.kind.class()} id={props.id.clone()} {onclick}
            aria-disabled={busy.then_some("true")} aria-busy={busy.then_some("true")}
            aria-pressed={props.pressed.clone()} aria-expanded={props.expanded.clone()} aria-controls={props.controls.clone()}>
            { props.children.clone() }
        </button>
    }
}

/// A plain button that calls `onclick`.
#[inline(never)]
pub fn press(kind: ButtonKind, onclick: Callback<MouseEvent>, words: &'static str) -> Html {
    button(&props!(ButtonProps {
        kind,
        onclick,
        children: html! { words }
    }))
}

/// The button that submits the form around it.
#[inline(never)]
pub fn submit(state: ButtonState, words: &'static str) -> Html {
    button(&props!(ButtonProps {
        role: ButtonRole::Submit,
        state,
        children: html! { words }
    }))
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[inline(never)]
pub fn button_link(kind: ButtonKind, href: String, words: &'static str) -> Html {
    html! { <a class={kind.class()} {href}>{ words }</a> }
}

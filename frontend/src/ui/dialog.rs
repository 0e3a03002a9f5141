//! The question before something is ended or destroyed.

use super::button::{ButtonKind, ButtonProps, button};
use crate::platform::elements;
use yew::prelude::*;
use yew::props;

/// What "do it" does, which decides how the two buttons look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stake {
    /// It ends or destroys something.
    #[default]
    Ends,
    /// It is harmless, and "leave it" is what most people want.
    Harmless,
    /// There is nothing to do but read, and "leave it" closes it.
    Told,
}

impl Stake {
    /// How "do it" and "leave it" look.
    const fn kinds(self) -> (ButtonKind, ButtonKind) {
        match self {
            Self::Ends => (ButtonKind::Danger, ButtonKind::Secondary),
            Self::Harmless | Self::Told => (ButtonKind::Secondary, ButtonKind::Primary),
        }
    }
}

/// Properties of [`Dialog`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DialogProps {
    /// The dialog's `id`.
    pub id: AttrValue,
    /// The question.
    pub title: AttrValue,
    /// What will happen.
    pub children: Html,
    /// What "do it" does.
    #[prop_or_default]
    pub stake: Stake,
    /// The words of "do it": they name the act, not "yes".
    #[prop_or_default]
    pub confirm: AttrValue,
    /// The words of "leave it".
    pub cancel: AttrValue,
    /// Called by "do it".
    #[prop_or_default]
    pub onconfirm: Callback<()>,
    /// Called by "leave it", by Escape, and by nothing else.
    pub oncancel: Callback<()>,
}

/// A modal question, open for as long as it is on the page. The focus begins at "leave it" and cannot get out; closing
/// gives it back to where it was, which the browser does for a `<dialog>`.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    let cancel = use_node_ref();
    use_effect_with((), {
        let (node, cancel) = (node.clone(), cancel.clone());
        move |()| {
            elements::open_modal(&node);
            elements::focus(&cancel);
            move || elements::close_modal(&node)
        }
    });
    let oncancel = props.oncancel.reform(|event: Event| event.prevent_default());
    let (does, leaves) = props.stake.kinds();
    let does = button(&props!(ButtonProps {
        kind: does,
        onclick: props.onconfirm.reform(|_| ()),
        children: html! { &props.confirm }
    }));
    let leaves = button(&props!(ButtonProps {
        kind: leaves,
        node: cancel,
        onclick: props.oncancel.reform(|_| ()),
        children: html! { &props.cancel }
    }));
    let ways = match props.stake {
        Stake::Ends => vec![does, leaves],
        Stake::Harmless => vec![leaves, does],
        Stake::Told => vec![leaves],
    };
    let (title, body) = (format!("{}-title", props.id), format!("{}-body", props.id));
    html! {
        <dialog ref={node} class="dialog" id={props.id.clone()} aria-labelledby={title.clone()} aria-describedby={body.clone()} {oncancel}>
            <h2 id={title}>{ &props.title }</h2>
            <div id={body}>{ props.children.clone() }</div>
            <div class="actions">{ for ways }</div>
        </dialog>
    }
}

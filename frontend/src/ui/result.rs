//! How a procedure ended, calm and complete, fit to be printed.

use super::icon::{Shape, icon};
use super::notice::Tone;
use crate::platform::elements;
use yew::prelude::*;

/// Properties of [`ResultPanel`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ResultPanelProps {
    /// How it ended.
    pub tone: Tone,
    /// What was done: the page's first-level heading, which takes the focus.
    pub title: AttrValue,
    /// What else there is to know.
    #[prop_or_default]
    pub children: Html,
}

/// The head of a result page.
#[component]
pub fn ResultPanel(props: &ResultPanelProps) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| elements::arrive(&node)
    });
    let (class, shape) = match props.tone {
        Tone::Info => ("result", Shape::Info),
        Tone::Success => ("result result-success", Shape::Check),
        Tone::Warning => ("result result-warning", Shape::Warning),
        Tone::Danger => ("result result-danger", Shape::Stop),
    };
    html! {
        <section {class}>
            { icon(shape) }
            <h1 ref={node} tabindex="-1">{ &props.title }</h1>
            { props.children.clone() }
        </section>
    }
}

/// A term and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// The term.
    pub term: AttrValue,
    /// What it is.
    pub detail: Html,
}

/// Properties of [`DescriptionList`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DescriptionListProps {
    /// The lines.
    pub entries: Vec<Description>,
}

/// Terms and what they are: the reference, the time, the address.
#[component]
pub fn DescriptionList(props: &DescriptionListProps) -> Html {
    html! {
        <dl class="descriptions">
            { for props.entries.iter().map(|entry| html! {
                <div><dt>{ &entry.term }</dt><dd>{ entry.detail.clone() }</dd></div>
            }) }
        </dl>
    }
}

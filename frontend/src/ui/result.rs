//! How a procedure ended, calm and complete, fit to be printed.

use super::icon::{Shape, icon};
use super::notice::Tone;
use super::regions::ArrivingHeading;
use yew::prelude::*;

/// The head of a result page: how it ended, what was done (the page's first-level heading, which takes the focus), and what
/// else there is to know.
pub fn result_panel(tone: Tone, title: &'static str, rest: Html) -> Html {
    let (class, shape) = match tone {
        Tone::Info => ("result", Shape::Info),
        Tone::Success => ("result result-success", Shape::Check),
        Tone::Warning => ("result result-warning", Shape::Warning),
        Tone::Danger => ("result result-danger", Shape::Stop),
    };
    html! {
        <section {class}>
            { icon(shape) }
            <ArrivingHeading text={title} />
            { rest }
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

/// Properties of [`description_list`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DescriptionListProps {
    /// The lines.
    pub entries: Vec<Description>,
}

/// Terms and what they are: the reference, the time, the address.
pub fn description_list(props: &DescriptionListProps) -> Html {
    html! {
        <dl class="descriptions">
            { for props.entries.iter().map(|entry| html! {
                <div><dt>{ &entry.term }</dt><dd>{ entry.detail.clone() }</dd></div>
            }) }
        </dl>
    }
}

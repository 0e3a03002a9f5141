//! Plain words in plain elements.
//!
//! Pages have many of them. Drawn by one function each, they do not cost the visitor their making over and over again.

use yew::prelude::*;

/// A paragraph.
pub fn paragraph(words: impl Into<AttrValue>) -> Html {
    classed(None, words.into())
}

/// The paragraph that a page begins with.
pub fn lead(words: impl Into<AttrValue>) -> Html {
    classed(Some("lead"), words.into())
}

/// A paragraph of less weight.
pub fn soft(words: impl Into<AttrValue>) -> Html {
    classed(Some("soft"), words.into())
}

#[inline(never)]
fn classed(class: Option<&'static str>, words: AttrValue) -> Html {
    html! { <p {class}>{ words }</p> }
}

/// A paragraph that says what to do.
#[inline(never)]
pub fn advice(words: &'static str) -> Html {
    html! { <p><strong>{ words }</strong></p> }
}

/// A second-level heading.
#[inline(never)]
pub fn heading(words: &'static str) -> Html {
    html! { <h2>{ words }</h2> }
}

/// An item of a list.
pub fn item(words: impl Into<AttrValue>) -> Html {
    entry(words.into())
}

#[inline(never)]
fn entry(words: AttrValue) -> Html {
    html! { <li>{ words }</li> }
}

/// A list.
#[inline(never)]
pub fn list(items: &[&'static str]) -> Html {
    html! { <ul>{ for items.iter().map(|words| item(*words)) }</ul> }
}

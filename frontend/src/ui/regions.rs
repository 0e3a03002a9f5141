//! What is for ears and for the keyboard: headings that take the focus, announcements, hidden words, the skip link.

use crate::platform::{elements, focus};
use yew::prelude::*;

/// How a screen reader learns of new content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// Not by itself: it is read where it stands.
    #[default]
    Silent,
    /// When the person pauses.
    Polite,
    /// At once.
    Assertive,
}

impl Urgency {
    /// The role that makes an element speak up.
    pub(super) const fn role(self) -> Option<&'static str> {
        match self {
            Self::Silent => None,
            Self::Polite => Some("status"),
            Self::Assertive => Some("alert"),
        }
    }
}

/// Says changes of `text` politely; not to be seen.
pub fn live_region(text: &str) -> Html {
    html! { <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">{ text }</div> }
}

/// Words for screen readers only.
pub(super) fn hidden(words: &AttrValue) -> Html {
    html! { <span class="visually-hidden">{ words }</span> }
}

/// The first thing in the tab order: past the header, to the element with the `id` `target`, which must be able to take
/// the focus. Seen only while it has the focus itself.
pub fn skip_link(target: &'static str, text: &'static str) -> Html {
    let onclick = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        focus::element(target);
    });
    html! { <a class="skip-link" href={format!("#{target}")} {onclick}>{ text }</a> }
}

/// Properties of [`ArrivingHeading`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ArrivingHeadingProps {
    /// The heading.
    pub text: AttrValue,
}

/// A first-level heading that takes the focus when it comes up.
#[component]
pub(super) fn ArrivingHeading(props: &ArrivingHeadingProps) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| elements::arrive(&node)
    });
    html! { <h1 ref={node} tabindex="-1">{ &props.text }</h1> }
}

/// The page's one first-level heading, with a small line above it that says where in the procedure this is. It takes the
/// focus when it comes up, so that a screen reader and the keyboard begin at the top of the new page. Give it a `key` that
/// changes with the page's stage; a change of the text alone (of the language) leaves the focus where it is.
pub fn stage_heading(key: &'static str, text: AttrValue, caption: Option<&'static str>) -> Html {
    html! {
        <div {key} class="stage-heading">
            if let Some(caption) = caption {
                <p class="stage-caption">{ caption }</p>
            }
            <ArrivingHeading {text} />
        </div>
    }
}

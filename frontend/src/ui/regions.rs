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

/// Properties of [`LiveRegion`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LiveRegionProps {
    /// What to say now; only a change is spoken.
    pub text: AttrValue,
}

/// Says changes of `text` politely; not to be seen.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    html! { <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">{ &props.text }</div> }
}

/// Words for screen readers only.
pub(super) fn hidden(words: &AttrValue) -> Html {
    html! { <span class="visually-hidden">{ words }</span> }
}

/// Properties of [`SkipLink`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SkipLinkProps {
    /// The `id` of the element to go to; it must be able to take the focus.
    pub target: AttrValue,
    /// Its words.
    pub text: AttrValue,
}

/// The first thing in the tab order: past the header. Seen only while it has the focus.
#[component]
pub fn SkipLink(props: &SkipLinkProps) -> Html {
    let onclick = {
        let target = props.target.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            focus::element(&target);
        })
    };
    html! { <a class="skip-link" href={format!("#{}", props.target)} {onclick}>{ &props.text }</a> }
}

/// Properties of [`StageHeading`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StageHeadingProps {
    /// The heading.
    pub text: AttrValue,
    /// A small line above it: where in the procedure this is.
    #[prop_or_default]
    pub caption: Option<AttrValue>,
}

/// The page's one first-level heading. It takes the focus when it comes up, so that a screen reader and the keyboard
/// begin at the top of the new page. Give it a `key` that changes with the page's stage; a change of the text alone (of
/// the language) leaves the focus where it is.
#[component]
pub fn StageHeading(props: &StageHeadingProps) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| elements::arrive(&node)
    });
    html! {
        <div class="stage-heading">
            if let Some(caption) = &props.caption {
                <p class="stage-caption">{ caption }</p>
            }
            <h1 ref={node} tabindex="-1">{ &props.text }</h1>
        </div>
    }
}

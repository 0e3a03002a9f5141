//! Doors: the few ways on from a page, each as large as a hand.

use super::icon::{Shape, icon};
use yew::prelude::*;

/// The list that holds doors.
pub fn doors(doors: Html) -> Html {
    html! { <ul class="doors">{ doors }</ul> }
}

/// Properties of [`door`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DoorProps {
    /// Where it leads.
    pub href: AttrValue,
    /// Its sign.
    pub shape: Shape,
    /// What is behind it.
    pub title: AttrValue,
    /// For whom it is.
    pub text: AttrValue,
    /// A short word about its state, for example that it is not served online.
    #[prop_or_default]
    pub badge: Option<AttrValue>,
}

/// One way on. The whole card can be pressed; its name is the title.
pub fn door(props: &DoorProps) -> Html {
    html! {
        <li class="door">
            { icon(props.shape) }
            <div>
                <h2 class="door-title"><a href={props.href.clone()}>{ &props.title }</a></h2>
                <p>{ &props.text }</p>
                if let Some(badge) = &props.badge {
                    <p class="badge">{ badge }</p>
                }
            </div>
        </li>
    }
}

//! A boxed message on the page.

use super::icon::{Shape, icon};
use super::regions::Urgency;
use yew::prelude::*;

/// What a message is about. The sign and the words say it too: never the colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Done.
    Success,
    /// Take care; time is running.
    Warning,
    /// Stopped.
    Danger,
}

impl Tone {
    /// The classes that give it its look.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice",
            Self::Success => "notice notice-success",
            Self::Warning => "notice notice-warning",
            Self::Danger => "notice notice-danger",
        }
    }

    /// Its sign.
    pub(super) const fn shape(self) -> Shape {
        match self {
            Self::Info => Shape::Info,
            Self::Success => Shape::Check,
            Self::Warning => Shape::Warning,
            Self::Danger => Shape::Stop,
        }
    }
}

/// Properties of [`notice`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct NoticeProps {
    /// What it is about.
    #[prop_or_default]
    pub tone: Tone,
    /// The first line.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Whether screen readers speak up when it appears.
    #[prop_or_default]
    pub urgency: Urgency,
    /// The rest.
    #[prop_or_default]
    pub children: Html,
}

/// A boxed message.
pub fn notice(props: &NoticeProps) -> Html {
    html! {
        <div class={props.tone.class()} role={props.urgency.role()}>
            { icon(props.tone.shape()) }
            <div class="notice-body">
                if let Some(title) = &props.title {
                    <p class="notice-title">{ title }</p>
                }
                { props.children.clone() }
            </div>
        </div>
    }
}

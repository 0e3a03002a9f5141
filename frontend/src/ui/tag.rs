//! A word that says how something stands, among many that stand in some way.

use super::icon::{Shape, icon};
use yew::prelude::*;

/// What the word means. The sign says it too: never the colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagTone {
    /// Nothing yet.
    Open,
    /// Under way.
    Running,
    /// Time runs, or somebody waits.
    Waiting,
    /// In order, or finished.
    Done,
    /// Not in order, or stopped.
    Stopped,
}

/// The word.
pub fn tag(tone: TagTone, words: impl Into<AttrValue>) -> Html {
    drawn(tone, words.into())
}

#[inline(never)]
fn drawn(tone: TagTone, words: AttrValue) -> Html {
    let (class, shape) = match tone {
        TagTone::Open => ("tag", Shape::Open),
        TagTone::Running => ("tag tag-running", Shape::Half),
        TagTone::Waiting => ("tag tag-waiting", Shape::Warning),
        TagTone::Done => ("tag tag-done", Shape::Check),
        TagTone::Stopped => ("tag tag-stopped", Shape::Stop),
    };
    html! { <span {class}>{ icon(shape) }<span>{ words }</span></span> }
}

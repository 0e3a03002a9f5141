//! A file of the person's: picked by a button, or dropped into its place.

use super::field::Frame;
use super::icon::{Shape, icon};
use super::regions::live_region;
use crate::platform::picked::{self, Picked};
use yew::prelude::*;

/// Whether something is dragged over the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Hover {
    #[default]
    Away,
    Over,
}

/// Properties of [`FileInput`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FileInputProps {
    /// The control's `id`.
    pub id: AttrValue,
    /// What the button says.
    pub label: AttrValue,
    /// How to answer.
    pub hint: AttrValue,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What is picked so far, and what is doubtful about it; announced politely when it changes.
    #[prop_or_default]
    pub note: Option<Html>,
    /// That a file can also be dropped here.
    pub drop: AttrValue,
    /// That what is dragged can be let go; said aloud.
    pub release: AttrValue,
    /// What files are offered for picking: endings and media types.
    pub accept: AttrValue,
    /// Called with what was picked or dropped: one file, or several.
    pub onpick: Callback<Vec<Picked>>,
}

/// A button that picks a file, inside a place where one can be dropped. The control is a real one: the keyboard reaches it,
/// and its name is the button's words.
#[component]
pub fn FileInput(props: &FileInputProps) -> Html {
    let hover = use_state_eq(Hover::default);
    use_effect_with((), |()| {
        let kept = picked::keep_page();
        move || drop(kept)
    });
    let set = |now: Hover| {
        let hover = hover.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            hover.set(now);
        })
    };
    let ondrop = {
        let (hover, onpick) = (hover.setter(), props.onpick.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            hover.set(Hover::Away);
            let files = picked::from_drop(&event);
            if !files.is_empty() {
                onpick.emit(files);
            }
        })
    };
    let onchange = {
        let onpick = props.onpick.clone();
        Callback::from(move |event: Event| {
            let files = picked::from_input(&event);
            if !files.is_empty() {
                onpick.emit(files);
            }
        })
    };
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        hint: Some(&props.hint),
        error: props.error.as_ref(),
        note: props.note.as_ref(),
    };
    let (class, words) = match *hover {
        Hover::Away => ("drop-place", &props.drop),
        Hover::Over => ("drop-place drop-place-over", &props.release),
    };
    let said = match *hover {
        Hover::Away => "",
        Hover::Over => props.release.as_str(),
    };
    frame.around_named(html! {
        <div {class} ondragenter={set(Hover::Over)} ondragover={set(Hover::Over)} ondragleave={set(Hover::Away)} {ondrop}>
            <input type="file" class="visually-hidden" id={props.id.clone()} accept={props.accept.clone()} {onchange}
                aria-describedby={frame.described_by()} aria-invalid={frame.invalid()} />
            <label class="button button-secondary" for={props.id.clone()}>{ icon(Shape::Sheet) }<span>{ &props.label }</span></label>
            <p class="drop-words" aria-hidden="true">{ words }</p>
            { live_region(said) }
        </div>
    })
}

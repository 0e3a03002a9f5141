//! The frame of every control: label, hint, error, and the ties between them.
//!
//! A control cannot be made without a label, because a [`Frame`] cannot. Frames are drawn by functions, not components:
//! they have no state, and every component costs the visitor bytes.

use super::icon::{Shape, icon};
use yew::prelude::*;

/// What is said about a control.
#[derive(Clone, Debug)]
pub(super) struct Frame<'a> {
    /// The control's `id`; hint, error and note get ids from it.
    pub id: &'a AttrValue,
    /// What is asked.
    pub label: &'a AttrValue,
    /// How to answer, before anything is typed.
    pub hint: Option<&'a AttrValue>,
    /// What is wrong, and what to do.
    pub error: Option<&'a AttrValue>,
    /// What was recognised so far; announced politely when it changes.
    pub note: Option<&'a Html>,
}

impl Frame<'_> {
    /// For `aria-describedby`: the ids of error, hint and note, in that order; `None` if there are none.
    pub fn described_by(&self) -> Option<AttrValue> {
        let parts = [
            self.error.map(|_| format!("{}-error", self.id)),
            self.hint.map(|_| format!("{}-hint", self.id)),
            self.note.map(|_| format!("{}-note", self.id)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" ").into())
    }

    /// For `aria-invalid`: `true` while there is an error.
    pub fn invalid(&self) -> Option<&'static str> {
        self.error.map(|_| "true")
    }

    /// The classes of the frame.
    fn class(&self) -> &'static str {
        if self.error.is_some() {
            "field field-wrong"
        } else {
            "field"
        }
    }

    /// Hint and error, in the order in which they are read.
    fn descriptions(&self) -> Html {
        html! {
            <>
                if let Some(hint) = self.hint {
                    <p class="field-hint" id={format!("{}-hint", self.id)}>{ hint }</p>
                }
                if let Some(error) = self.error {
                    <p class="field-error" id={format!("{}-error", self.id)}>{ icon(Shape::Stop) }{ error }</p>
                }
            </>
        }
    }

    /// What was recognised.
    fn recognised(&self) -> Html {
        html! {
            if let Some(note) = self.note {
                <div class="field-note" id={format!("{}-note", self.id)} aria-live="polite">{ note.clone() }</div>
            }
        }
    }

    /// A label, the control and what describes it.
    pub fn around(&self, control: Html) -> Html {
        html! {
            <div class={self.class()}>
                <label class="field-label" for={self.id.clone()}>{ self.label }</label>
                { self.descriptions() }
                { control }
                { self.recognised() }
            </div>
        }
    }

    /// A control that shows its label itself, and what describes it.
    pub fn around_named(&self, control: Html) -> Html {
        html! {
            <div class={self.class()}>
                { self.descriptions() }
                { control }
                { self.recognised() }
            </div>
        }
    }

    /// A question whose answer takes several controls. The description belongs to the group.
    pub fn around_group(&self, controls: Html) -> Html {
        html! {
            <fieldset class={self.class()} id={self.id.clone()} tabindex="-1" aria-describedby={self.described_by()}>
                <legend class="field-label">{ self.label }</legend>
                { self.descriptions() }
                { controls }
                { self.recognised() }
            </fieldset>
        }
    }
}

//! What was typed into one field.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;
use shared::api::FieldCode;
use std::rc::Rc;
use yew::prelude::*;

/// A field's text, read by the parser of `T`.
pub struct Field<T> {
    text: String,
    stand: Stand,
    value: PhantomData<fn() -> T>,
}

/// What may be said about the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// It is being typed for the first time: nothing but hints.
    Typing,
    /// The field was left or sent: its error is shown, and goes as soon as it is corrected.
    Judged,
    /// The server refused it: shown until the text changes.
    Refused(FieldCode),
}

impl<T> Field<T> {
    /// A field that begins with `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            stand: Stand::Typing,
            value: PhantomData,
        }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<T: FromStr<Err: Into<FieldCode>>> Field<T> {
    /// The value, or why there is none.
    pub fn parsed(&self) -> Result<T, FieldCode> {
        if self.text.trim().is_empty() {
            return Err(FieldCode::Missing);
        }
        self.text.parse().map_err(Into::into)
    }

    /// The error, if it may be shown.
    pub fn error(&self) -> Option<FieldCode> {
        match self.stand {
            Stand::Typing => None,
            Stand::Judged => self.parsed().err(),
            Stand::Refused(code) => Some(code),
        }
    }
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            stand: self.stand,
            value: PhantomData,
        }
    }
}

impl<T> PartialEq for Field<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.stand == other.stand
    }
}

/// What is typed may be personal: it does not show.
impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({:?})", self.stand)
    }
}

/// What happens to a field.
#[derive(Debug)]
pub enum Event {
    /// Its text changed.
    Typed(String),
    /// The person left it.
    Left,
    /// The form was sent.
    Sent,
    /// The server refused its value.
    Refused(FieldCode),
}

impl<T> Reducible for Field<T> {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let (text, stand) = match (event, self.stand) {
            (Event::Typed(text), Stand::Typing) => (text, Stand::Typing),
            (Event::Typed(text), Stand::Judged | Stand::Refused(_)) => (text, Stand::Judged),
            // Passing through an empty field is no mistake yet.
            (Event::Left, Stand::Typing) if self.text.trim().is_empty() => (self.text.clone(), Stand::Typing),
            (Event::Left, Stand::Typing | Stand::Judged) | (Event::Sent, _) => {
                (self.text.clone(), Stand::Judged)
            }
            (Event::Left, refused @ Stand::Refused(_)) => (self.text.clone(), refused),
            (Event::Refused(code), _) => (self.text.clone(), Stand::Refused(code)),
        };
        Rc::new(Self {
            text,
            stand,
            value: PhantomData,
        })
    }
}

/// A field of a form, to give to its component: what it was when the form was drawn, and how to change it.
///
/// It holds a copy of the field, because a reducer's handle shows the latest state, so that two handles are always equal
/// and a component that gets one would never be drawn again.
pub struct FieldHandle<T: 'static> {
    field: Field<T>,
    dispatcher: UseReducerDispatcher<Field<T>>,
}

impl<T> Clone for FieldHandle<T> {
    fn clone(&self) -> Self {
        Self {
            field: self.field.clone(),
            dispatcher: self.dispatcher.clone(),
        }
    }
}

impl<T> PartialEq for FieldHandle<T> {
    fn eq(&self, other: &Self) -> bool {
        self.field == other.field
    }
}

impl<T> fmt::Debug for FieldHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.field.fmt(f)
    }
}

impl<T: FromStr<Err: Into<FieldCode>>> FieldHandle<T> {
    /// What was typed.
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// The value, or why there is none.
    pub fn parsed(&self) -> Result<T, FieldCode> {
        self.field.parsed()
    }

    /// The error, if it may be shown.
    pub fn error(&self) -> Option<FieldCode> {
        self.field.error()
    }

    /// The form is sent: from now on the error shows. The value, or why there is none.
    pub fn send(&self) -> Result<T, FieldCode> {
        self.dispatcher.dispatch(Event::Sent);
        self.parsed()
    }

    /// The server refused the value.
    pub fn refuse(&self, code: FieldCode) {
        self.dispatcher.dispatch(Event::Refused(code));
    }

    /// For the control's `oninput`.
    pub fn oninput(&self) -> Callback<String> {
        let dispatcher = self.dispatcher.clone();
        Callback::from(move |text| dispatcher.dispatch(Event::Typed(text)))
    }

    /// For the control's `onblur`.
    pub fn onblur(&self) -> Callback<()> {
        let dispatcher = self.dispatcher.clone();
        Callback::from(move |()| dispatcher.dispatch(Event::Left))
    }
}

/// A field that begins with what `first` says.
#[hook]
pub fn use_field<T: 'static>(first: impl FnOnce() -> String) -> FieldHandle<T> {
    let state = use_reducer_eq(|| Field::new(first()));
    FieldHandle {
        field: (*state).clone(),
        dispatcher: state.dispatcher(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Field};
    use shared::api::FieldCode;
    use shared::identifiers::Branch;
    use std::rc::Rc;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;
    use yew::Reducible;

    fn after(events: Vec<Event>) -> Rc<Field<Branch>> {
        events
            .into_iter()
            .fold(Rc::new(Field::new("")), Reducible::reduce)
    }

    #[test]
    fn errors_wait_until_the_field_is_left() {
        assert_eq!(after(vec![Event::Typed("00".into())]).error(), None);
        assert_eq!(
            after(vec![Event::Typed("00".into()), Event::Left]).error(),
            Some(FieldCode::Length)
        );
        assert_eq!(
            after(vec![Event::Left]).error(),
            None,
            "passing through is no mistake"
        );
        assert_eq!(after(vec![Event::Sent]).error(), Some(FieldCode::Missing));
    }

    #[test]
    fn errors_go_when_corrected_and_come_back_while_typing() {
        let corrected = after(vec![Event::Sent, Event::Typed("0001".into())]);
        assert_eq!(corrected.error(), None);
        assert!(corrected.parsed().is_ok());
        assert_eq!(
            corrected.reduce(Event::Typed("000".into())).error(),
            Some(FieldCode::Length)
        );
    }

    #[test]
    fn a_refusal_of_the_server_stays_until_the_text_changes() {
        let refused = after(vec![
            Event::Typed("0001".into()),
            Event::Refused(FieldCode::NotOffered),
            Event::Left,
        ]);
        assert_eq!(refused.error(), Some(FieldCode::NotOffered));
        assert_eq!(refused.reduce(Event::Typed("0002".into())).error(), None);
    }
}

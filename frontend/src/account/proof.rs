//! The password in force, asked again before a change that an open session alone must not make.

use super::session::{Unsent, use_unsent};
use crate::errors::wrong;
use crate::forms::current::{CurrentDraft, CurrentPasswordProps, current_password};
use crate::ui::SummaryEntry;
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use shared::secrets::Secret;
use yew::prelude::*;
use yew::props;

/// The `id` of the field.
const FIELD: &str = "current";

/// The field of a form, and what the server said of it.
#[derive(Clone, PartialEq)]
pub struct Proof {
    draft: UseStateHandle<CurrentDraft>,
    /// What the server refused: the same again is as wrong.
    refused: UseStateHandle<Option<Secret<String>>>,
    asked: UseStateHandle<Asked>,
}

/// Whether the form was sent, so that a missing password may be called missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    NotYet,
    Sent,
}

/// A field for the password in force; `problem` is what the server said last to the form.
#[hook]
pub fn use_proof(problem: Option<Problem>) -> Proof {
    let draft = use_state(CurrentDraft::default);
    let refused = use_state(|| None);
    let asked = use_state_eq(|| Asked::NotYet);
    {
        let (draft, refused) = (draft.clone(), refused.setter());
        use_effect_with(problem, move |problem| {
            if problem
                .as_ref()
                .is_some_and(|problem| problem.code == ErrorCode::CurrentPasswordWrong)
            {
                refused.set(Some(draft.password.clone()));
            }
        });
    }
    Proof {
        draft,
        refused,
        asked,
    }
}

impl Proof {
    /// The form is sent: from now on what is wrong shows. The password, if one was typed that was not refused.
    pub fn send(&self) -> Option<Secret<String>> {
        self.asked.set(Asked::Sent);
        let refused = self.refused.as_ref() == Some(&self.draft.password);
        (!self.draft.is_empty() && !refused).then(|| self.draft.password.clone())
    }

    /// What is wrong, for a summary that is shown once the form was sent.
    pub fn entry(&self, text: Text) -> Option<SummaryEntry> {
        self.wrong(text).map(|words| wrong(FIELD, words))
    }

    fn wrong(&self, text: Text) -> Option<&'static str> {
        if self.draft.is_empty() {
            Some(text.account_current_missing())
        } else if self.refused.as_ref() == Some(&self.draft.password) {
            Some(text.errors_current_password_wrong_title())
        } else {
            None
        }
    }

    /// The field; `ontyped` hears of every change.
    pub fn field(&self, text: Text, ontyped: &Callback<()>) -> Html {
        let error = match *self.asked {
            Asked::Sent => self.wrong(text),
            Asked::NotYet => None,
        };
        let onchange = {
            let (draft, ontyped) = (self.draft.setter(), ontyped.clone());
            Callback::from(move |typed| {
                draft.set(typed);
                ontyped.emit(());
            })
        };
        current_password(
            text,
            &props!(CurrentPasswordProps {
                id: FIELD,
                label: text.account_current(),
                hint: text.account_current_hint(),
                error: error.map(AttrValue::from),
                draft: (*self.draft).clone(),
                onchange
            }),
        )
    }
}

/// Notes for the session that something was typed: call it at every change.
#[hook]
pub fn use_typed() -> Callback<()> {
    let typed = use_state_eq(Unsent::default);
    use_unsent(*typed);
    let typed = typed.setter();
    Callback::from(move |()| typed.set(Unsent::Form))
}

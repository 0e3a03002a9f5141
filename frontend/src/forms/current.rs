//! A password that is in force: to sign in, and before a change.

use super::password::Cover;
use crate::ui::{ButtonKind, ButtonProps, InputKind, TextInputProps, button, text_input};
use shared::i18n::Text;
use shared::secrets::Secret;
use yew::prelude::*;
use yew::props;

/// What was typed; never stored anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurrentDraft {
    /// The password.
    pub password: Secret<String>,
    /// Whether it can be read.
    pub cover: Cover,
}

impl CurrentDraft {
    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.password.expose().is_empty()
    }
}

/// Properties of [`current_password`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CurrentPasswordProps {
    /// The control's `id`.
    pub id: AttrValue,
    /// Whose password is asked.
    pub label: AttrValue,
    /// Why it is asked.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What was typed.
    pub draft: CurrentDraft,
    /// Hears of every change.
    pub onchange: Callback<CurrentDraft>,
}

/// A box for a password that exists, which can be shown. Password managers fill it in.
pub fn current_password(text: Text, props: &CurrentPasswordProps) -> Html {
    let draft = &props.draft;
    let (kind, toggle, cover) = match draft.cover {
        Cover::Covered => (InputKind::Password, text.reset_password_show(), Cover::Shown),
        Cover::Shown => (
            InputKind::ShownPassword,
            text.reset_password_hide(),
            Cover::Covered,
        ),
    };
    let onclick = {
        let draft = draft.clone();
        props.onchange.reform(move |_: MouseEvent| CurrentDraft {
            cover,
            ..draft.clone()
        })
    };
    let oninput = {
        let cover = draft.cover;
        props.onchange.reform(move |typed: String| CurrentDraft {
            password: Secret::new(typed),
            cover,
        })
    };
    let beside = button(&props!(ButtonProps {
        kind: ButtonKind::Quiet,
        onclick,
        controls: props.id.clone(),
        children: html! { toggle }
    }));
    text_input(&props!(TextInputProps {
        id: props.id.clone(),
        label: props.label.clone(),
        hint: props.hint.clone(),
        error: props.error.clone(),
        kind,
        beside,
        name: props.id.clone(),
        autocomplete: "current-password",
        value: draft.password.expose().clone(),
        oninput
    }))
}

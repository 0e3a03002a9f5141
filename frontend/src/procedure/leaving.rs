//! Leaving a case: a button, and a question before it.

use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, Dialog, press};
use shared::api::Problem;
use yew::prelude::*;

/// What the question says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeavingWords {
    /// What the button says.
    pub act: &'static str,
    /// What is asked.
    pub title: &'static str,
    /// What it means.
    pub body: &'static str,
    /// Yes.
    pub confirm: &'static str,
    /// No.
    pub keep: &'static str,
}

/// Properties of [`Leaving`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LeavingProps {
    /// The words.
    pub words: LeavingWords,
    /// Why the server could not end the case.
    pub problem: Option<Problem>,
    /// Ends it.
    pub onleave: Callback<()>,
}

/// A button that ends the case, after a question.
#[component]
pub fn Leaving(props: &LeavingProps) -> Html {
    let text = use_text();
    let words = props.words;
    let asked = use_state(|| false);
    let ask = {
        let asked = asked.setter();
        Callback::from(move |_: MouseEvent| asked.set(true))
    };
    let oncancel = {
        let asked = asked.setter();
        Callback::from(move |()| asked.set(false))
    };
    let onconfirm = {
        let (asked, onleave) = (asked.setter(), props.onleave.clone());
        Callback::from(move |()| {
            asked.set(false);
            onleave.emit(());
        })
    };
    html! {
        <>
            { press(ButtonKind::Quiet, ask, words.act) }
            if let Some(problem) = &props.problem { { problem_notice(text, problem, None) } }
            if *asked {
                <Dialog id="abandon" title={words.title} confirm={words.confirm} cancel={words.keep} {onconfirm} {oncancel}>
                    { paragraph(words.body) }
                </Dialog>
            }
        </>
    }
}

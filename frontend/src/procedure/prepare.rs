//! Going on with a case by a request that is signed electronically.

use crate::api::use_call;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::routes::{Route, use_navigator};
use crate::ui::{ButtonProps, ButtonState, button};
use shared::signatures::api::{Continuation, ContinueBySignature, Continued};
use yew::prelude::*;
use yew::props;

/// Properties of [`PrepareRequest`].
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
pub struct PrepareRequestProps {
    /// Which case of this browser goes on.
    pub of: Continued,
}

/// The button that has the request issued and goes where it is: nothing has to be typed again.
#[component]
pub fn PrepareRequest(props: &PrepareRequestProps) -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let prepare = use_call::<ContinueBySignature>();
    let onclick = {
        let (prepare, of) = (prepare.clone(), props.of);
        Callback::from(move |_: MouseEvent| {
            let navigator = navigator.clone();
            prepare.send_then(Continuation { of }, move |_| navigator.go(Route::SignatureCase));
        })
    };
    let (state, words) = if prepare.is_loading() {
        (ButtonState::Busy, text.signatures_prepare_acting())
    } else {
        (ButtonState::Ready, text.signatures_prepare_act())
    };
    html! {
        <>
            { button(&props!(ButtonProps { state, onclick, children: html! { words } })) }
            if let Some(problem) = prepare.problem() { { problem_notice(text, problem, None) } }
        </>
    }
}

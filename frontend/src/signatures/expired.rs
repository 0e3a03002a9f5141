//! The time of a request is over, and a fresh one can be had.

use crate::api::use_call;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::procedure::use_refresh;
use crate::ui::prose::{advice, paragraph};
use crate::ui::{ButtonProps, ButtonState, NoticeProps, Tone, button, notice};
use shared::signatures::api::{CurrentSignature, Empty, RenewSignature, SignatureView};
use shared::time::Deadline;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`Expired`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ExpiredProps {
    /// Until when a fresh one can be had.
    pub deadline: Deadline,
    /// Takes the new view.
    pub show: Callback<Rc<SignatureView>>,
}

/// That it is over, and the button for a fresh one.
#[component]
pub fn Expired(props: &ExpiredProps) -> Html {
    let text = use_text();
    let renew = use_call::<RenewSignature>();
    use_refresh::<CurrentSignature>(renew.problem().cloned(), props.show.clone());
    let onclick = {
        let (renew, show) = (renew.clone(), props.show.clone());
        Callback::from(move |_: MouseEvent| {
            let show = show.clone();
            renew.send_then(Empty {}, move |view| show.emit(view));
        })
    };
    let (state, words) = if renew.is_loading() {
        (ButtonState::Busy, text.signatures_expired_acting())
    } else {
        (ButtonState::Ready, text.signatures_expired_act())
    };
    html! {
        <>
            { notice(&props!(NoticeProps { tone: Tone::Warning, children: html! { <>
                { paragraph(text.signatures_expired_what()) }
                { advice(text.signatures_expired_do()) }
                { paragraph(text.signatures_expired_until(clock::hour(props.deadline.instant()))) }
            </> } })) }
            if let Some(problem) = renew.problem() { { problem_notice(text, problem, None) } }
            <div class="actions">{ button(&props!(ButtonProps { state, onclick, children: html! { words } })) }</div>
        </>
    }
}

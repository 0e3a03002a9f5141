//! The result: calm, complete, fit to print.

use crate::i18n::use_text;
use crate::platform::{clock, print};
use crate::routes::{Link, Route};
use crate::ui::{Button, ButtonKind, Description, DescriptionList, ResultPanel, Tone};
use shared::recovery::api::ResetDone;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Done`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DoneProps {
    /// What was done.
    pub done: Rc<ResetDone>,
}

/// What was done, when, for whom, and what comes next.
#[component]
pub fn Done(props: &DoneProps) -> Html {
    let text = use_text();
    let done = &props.done;
    let (year, month, day) = clock::day(done.at);
    let when = text.reset_done_time(
        day,
        text.challenges_month_name(month.into()),
        clock::hour(done.at),
        year,
    );
    let entries = vec![
        Description {
            term: text.reset_employer().into(),
            detail: html! { &done.employer },
        },
        Description {
            term: text.reset_done_when().into(),
            detail: html! { when },
        },
        Description {
            term: text.reset_reference().into(),
            detail: html! { <strong class="reference">{ done.reference.to_string() }</strong> },
        },
    ];
    let onclick = Callback::from(|_: MouseEvent| print());
    html! {
        <ResultPanel tone={Tone::Success} title={text.reset_done_title()}>
            <p class="lead">{ text.reset_done_what() }</p>
            <DescriptionList {entries} />
            <h2>{ text.reset_done_next_title() }</h2>
            <ul>
                <li>{ text.reset_done_next_sessions() }</li>
                <li>{ text.reset_done_next_mail() }</li>
                <li>{ text.reset_done_next_sign_in() }</li>
                <li>{ text.reset_done_next_keep() }</li>
            </ul>
            <div class="actions no-print">
                <Button kind={ButtonKind::Secondary} {onclick}>{ text.reset_done_print() }</Button>
                <Link to={Route::Home}>{ text.recovery_go_home() }</Link>
            </div>
        </ResultPanel>
    }
}

//! Enrolled: what was done, when, and what comes next.

use crate::i18n::{use_text, use_title};
use crate::platform::{clock, print};
use crate::ui::prose::{heading, lead, list};
use crate::ui::{ButtonKind, Description, DescriptionListProps, Tone, description_list, press, result_panel};
use shared::passkeys::api::EnrolmentDone;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`Done`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DoneProps {
    /// What the server did.
    pub done: Rc<EnrolmentDone>,
}

/// The result.
#[component]
pub fn Done(props: &DoneProps) -> Html {
    let text = use_text();
    use_title(text.passkeys_done_title());
    let done = &props.done;
    let (year, month, day) = clock::official_day(done.at);
    let when = text.passkeys_done_when(
        day,
        text.challenges_month_name(month.into()),
        clock::official_hour(done.at),
        year,
    );
    let entry = |term: &'static str, detail: Html| Description {
        term: term.into(),
        detail,
    };
    let entries = vec![
        entry(text.passkeys_done_employer(), html! { &done.employer }),
        entry(text.passkeys_done_name(), html! { done.name.as_str().to_owned() }),
        entry(text.passkeys_done_at(), html! { when }),
        entry(text.passkeys_done_count(), html! { done.passkeys }),
    ];
    result_panel(
        Tone::Success,
        text.passkeys_done_title(),
        html! { <>
            { lead(text.passkeys_done_what()) }
            { description_list(&props!(DescriptionListProps { entries })) }
            { heading(text.passkeys_done_next()) }
            { list(&[text.passkeys_done_next_unlock(), text.passkeys_done_next_remove(), text.passkeys_done_next_notice()]) }
            <div class="actions no-print">{ press(ButtonKind::Secondary, Callback::from(|_| print()), text.passkeys_print()) }</div>
        </> },
    )
}

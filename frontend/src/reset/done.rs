//! The result: calm, complete, fit to print.

use crate::platform::{clock, print};
use crate::routes::{Route, link};
use crate::ui::prose::{heading, lead, list, paragraph};
use crate::ui::{
    ButtonKind, Description, DescriptionListProps, Tone, button_link, description_list, press, result_panel,
};
use shared::i18n::Text;
use shared::recovery::api::ResetDone;
use yew::prelude::*;
use yew::props;

/// What was done, when, for whom, and what comes next.
pub fn done(text: Text, done: &ResetDone) -> Html {
    let (year, month, day) = clock::official_day(done.at);
    let when = text.reset_done_time(
        day,
        text.challenges_month_name(month.into()),
        clock::official_hour(done.at),
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
    result_panel(
        Tone::Success,
        text.reset_done_title(),
        html! { <>
            { lead(text.reset_done_what()) }
            { description_list(&props!(DescriptionListProps { entries })) }
            if !done.linked.is_empty() { { paragraph(text.recovery_completed_linked(done.linked.join(", "))) } }
            { heading(text.reset_done_next_title()) }
            { list(&[text.reset_done_next_sessions(), text.reset_done_next_mail(), text.reset_done_next_sign_in(), text.reset_done_next_keep()]) }
            <div class="actions no-print">
                { button_link(ButtonKind::Primary, Route::SignIn.path(), text.unlock_done_sign_in()) }
                { press(ButtonKind::Secondary, onclick, text.reset_done_print()) }
                { link(Route::Home, text.recovery_go_home()) }
            </div>
        </> },
    )
}

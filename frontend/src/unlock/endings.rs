//! How a case ends: unblocked, refused, or over without either.

use crate::platform::{clock, print};
use crate::procedure::{RecordsDisagree, reference_entry};
use crate::routes::{Route, link};
use crate::ui::prose::{advice, heading, lead, list, paragraph};
use crate::ui::{
    ButtonKind, Description, DescriptionListProps, NoticeProps, Tone, button_link, description_list, notice,
    press, result_panel,
};
use shared::i18n::Text;
use shared::recovery::CaseReference;
use shared::signatures::PurposeName;
use shared::time::Timestamp;
use shared::unlock::UnlockRefusal;
use shared::unlock::api::Ending;
use yew::prelude::*;
use yew::props;

/// What was done.
#[derive(Clone, Copy, Debug)]
pub struct Unblocked<'a> {
    /// When.
    pub at: Timestamp,
    /// For whom, masked, where the page knows it.
    pub employer: Option<&'a str>,
    /// The case.
    pub reference: &'a CaseReference,
}

/// The account is unblocked: what was done, when, and what comes next. Calm, complete, fit to print.
pub fn unblocked(text: Text, done: &Unblocked<'_>) -> Html {
    let (year, month, day) = clock::official_day(done.at);
    let when = text.unlock_done_when(
        day,
        text.challenges_month_name(month.into()),
        clock::official_hour(done.at),
        year,
    );
    let employer = done.employer.map(|employer| Description {
        term: text.unlock_done_employer().into(),
        detail: html! { employer.to_owned() },
    });
    let rest = [
        Description {
            term: text.unlock_done_at().into(),
            detail: html! { when },
        },
        Description {
            term: text.unlock_done_password().into(),
            detail: html! { text.unlock_done_password_same() },
        },
        reference_entry(text, done.reference),
    ];
    let entries: Vec<Description> = employer.into_iter().chain(rest).collect();
    result_panel(
        Tone::Success,
        text.unlock_done_title(),
        html! { <>
            { lead(text.unlock_done_what()) }
            { description_list(&props!(DescriptionListProps { entries })) }
            { heading(text.unlock_done_next()) }
            { list(&[text.unlock_done_next_sign_in(), text.unlock_done_next_recover(), text.unlock_done_next_notice()]) }
            <div class="actions no-print">
                { button_link(ButtonKind::Primary, Route::SignIn.path(), text.unlock_done_sign_in()) }
                { button_link(ButtonKind::Secondary, Route::Recovery.path(), text.unlock_done_recover()) }
                { press(ButtonKind::Quiet, Callback::from(|_| print()), text.unlock_print()) }
            </div>
        </> },
    )
}

/// The identity is proved and the way online ends here.
pub fn refused(text: Text, reason: UnlockRefusal) -> Html {
    let (tone, what, todo) = match reason {
        UnlockRefusal::NotBlocked => (
            Tone::Success,
            text.unlock_not_blocked_what(),
            text.unlock_not_blocked_do(),
        ),
        UnlockRefusal::AccountFrozen => (
            Tone::Danger,
            text.recovery_frozen_what(),
            text.recovery_frozen_do(),
        ),
        UnlockRefusal::NoContact => (
            Tone::Danger,
            text.unlock_no_contact_what(),
            text.unlock_no_contact_do(),
        ),
        UnlockRefusal::RucInactive => (
            Tone::Danger,
            text.unlock_inactive_what(),
            text.recovery_inactive_do(),
        ),
        UnlockRefusal::RecordsDisagree(correction) => return html! { <RecordsDisagree {correction} /> },
    };
    html! {
        <>
            { notice(&props!(NoticeProps { tone, children: html! { <>
                { paragraph(what) }
                { advice(todo) }
            </> } })) }
            { ways(text, reason) }
        </>
    }
}

/// Where a refusal leads, beside the other routes.
fn ways(text: Text, reason: UnlockRefusal) -> Html {
    match reason {
        UnlockRefusal::NotBlocked => html! {
            <div class="actions no-print">
                { button_link(ButtonKind::Primary, Route::SignIn.path(), text.unlock_done_sign_in()) }
                { button_link(ButtonKind::Secondary, Route::Recovery.path(), text.unlock_done_recover()) }
            </div>
        },
        UnlockRefusal::AccountFrozen => help(text, "account_frozen"),
        UnlockRefusal::RucInactive => help(text, "ruc_inactive"),
        UnlockRefusal::NoContact => html! {
            <div class="actions no-print">
                { button_link(ButtonKind::Primary, Route::SignatureFor(PurposeName::Email).path(), text.signatures_way_email()) }
            </div>
        },
        UnlockRefusal::RecordsDisagree(_) => Html::default(),
    }
}

fn help(text: Text, topic: &'static str) -> Html {
    html! { <p class="no-print">{ link(Route::HelpTopic(topic.into()), text.errors_help_link()) }</p> }
}

/// The title of a refusal: the exact words of the institution, where there are any.
pub fn refusal_title(text: Text, reason: UnlockRefusal) -> &'static str {
    match reason {
        UnlockRefusal::NotBlocked => text.unlock_not_blocked_title(),
        UnlockRefusal::AccountFrozen => text.recovery_frozen_title(),
        UnlockRefusal::NoContact => text.unlock_no_contact_title(),
        UnlockRefusal::RucInactive => text.recovery_inactive_title(),
        UnlockRefusal::RecordsDisagree(_) => text.recovery_records_title(),
    }
}

/// The case is over and the account as it was.
pub fn ended(text: Text, ending: Ending) -> Html {
    let (what, todo) = match ending {
        Ending::Lapsed => (text.unlock_ended_lapsed_what(), text.unlock_ended_try_again()),
        Ending::LinkExpired => (
            text.unlock_ended_link_expired_what(),
            text.unlock_ended_try_again(),
        ),
        Ending::Undelivered => (
            text.unlock_ended_undelivered_what(),
            text.unlock_ended_other_contact(),
        ),
        Ending::Rejected => (
            text.unlock_ended_rejected_what(),
            text.unlock_ended_other_contact(),
        ),
        Ending::Superseded => (
            text.unlock_ended_superseded_what(),
            text.unlock_ended_other_device(),
        ),
        Ending::Abandoned => (text.unlock_ended_abandoned_what(), text.unlock_ended_try_again()),
    };
    html! {
        <>
            { notice(&props!(NoticeProps { tone: Tone::Warning, children: html! { <>
                { paragraph(what) }
                { advice(todo) }
            </> } })) }
            <div class="actions">{ button_link(ButtonKind::Primary, Route::Unlock.path(), text.recovery_start_again()) }</div>
        </>
    }
}

/// The title of an ending.
pub fn ending_title(text: Text, ending: Ending) -> &'static str {
    match ending {
        Ending::Lapsed => text.unlock_ended_lapsed_title(),
        Ending::LinkExpired => text.recovery_ended_link_expired_title(),
        Ending::Undelivered => text.unlock_ended_undelivered_title(),
        Ending::Rejected => text.unlock_ended_rejected_title(),
        Ending::Superseded => text.unlock_ended_superseded_title(),
        Ending::Abandoned => text.unlock_ended_abandoned_title(),
    }
}

//! How a request came out: passed, referred to a person, or over. Each says what happened, what comes next, and what to keep.

use super::stage::described;
use crate::platform::{clock, print};
use crate::routes::{AppointmentPage, Route, link};
use crate::ui::prose::{advice, heading, list, paragraph};
use crate::ui::{ButtonKind, Description, NoticeProps, Tone, button_link, notice, press, result_panel};
use shared::i18n::Text;
use shared::signatures::api::{Ending, Next, SignatureView};
use shared::signatures::{PurposeName, Rejection};
use shared::time::Timestamp;
use yew::prelude::*;
use yew::props;

/// A moment that is kept: in mainland Ecuador, day and hour.
fn moment(text: Text, at: Timestamp) -> String {
    let (year, month, day) = clock::official_day(at);
    text.signatures_when(
        day,
        text.challenges_month_name(month.into()),
        clock::official_hour(at),
        year,
    )
}

fn dated(text: Text, term: &'static str, at: Timestamp) -> Description {
    Description {
        term: term.into(),
        detail: html! { { moment(text, at) } },
    }
}

fn print_button(text: Text, kind: ButtonKind) -> Html {
    press(kind, Callback::from(|_| print()), text.signatures_print())
}

/// A person decides: the number, and what to do with it.
pub(super) fn referred(text: Text, number: &str, at: Timestamp, mut about: Vec<Description>) -> Html {
    about.insert(0, dated(text, text.signatures_referred_at(), at));
    result_panel(
        Tone::Warning,
        text.signatures_referred_title(),
        html! { <>
            { paragraph(text.signatures_referred_what()) }
            <p class="referral"><span>{ text.signatures_referred_number() }</span><strong class="referral-number">{ number }</strong></p>
            { heading(text.signatures_referred_next()) }
            { list(&[
                text.signatures_referred_call(),
                text.signatures_referred_bring(),
                text.signatures_referred_keep(),
                text.signatures_referred_nothing(),
            ]) }
            { described(about) }
            <div class="actions no-print">
                { print_button(text, ButtonKind::Primary) }
                { link(Route::Appointment(AppointmentPage::Begin), text.signatures_counter()) }
            </div>
        </> },
    )
}

/// What an officer decided not to follow, and why.
pub(super) fn declined(text: Text, because: Rejection, at: Timestamp, mut about: Vec<Description>) -> Html {
    about.insert(0, dated(text, text.signatures_declined_at(), at));
    let why = match because {
        Rejection::SignerUnproved => text.signatures_declined_signer(),
        Rejection::NotRepresentative => text.signatures_declined_representative(),
        Rejection::CertificateInvalid => text.signatures_declined_certificate(),
        Rejection::Withdrawn => text.signatures_declined_withdrawn(),
    };
    result_panel(
        Tone::Warning,
        text.signatures_declined_title(),
        html! { <>
            { paragraph(why) }
            { paragraph(text.signatures_declined_nothing()) }
            { described(about) }
            <div class="actions no-print">{ button_link(ButtonKind::Primary, Route::Signature.path(), text.signatures_ended_act()) }</div>
        </> },
    )
}

/// What the page of a pass is called.
pub(super) fn passed_title(text: Text, next: Next) -> &'static str {
    match next {
        Next::Recovery | Next::Unlock => text.signatures_passed_title(),
        Next::Held { .. } => text.signatures_held_title(),
        Next::Frozen => text.signatures_frozen_title(),
    }
}

/// Everything is good: what follows.
pub(super) fn passed(
    text: Text,
    view: &SignatureView,
    at: Timestamp,
    next: Next,
    about: Vec<Description>,
) -> Html {
    let tone = match next {
        Next::Recovery | Next::Unlock | Next::Held { .. } => Tone::Success,
        Next::Frozen => Tone::Danger,
    };
    let body = match next {
        Next::Recovery => html! { <>
            { paragraph(text.signatures_passed_what(clock::hour(at))) }
            { advice(text.signatures_passed_recovery()) }
            <div class="actions no-print">{ button_link(ButtonKind::Primary, Route::RecoveryLink.path(), text.signatures_passed_recovery_act()) }</div>
            { described(about) }
        </> },
        Next::Unlock => html! { <>
            { paragraph(text.signatures_passed_what(clock::hour(at))) }
            { advice(text.signatures_passed_unlock()) }
            <div class="actions no-print">{ button_link(ButtonKind::Primary, Route::UnlockLink.path(), text.signatures_passed_unlock_act()) }</div>
            { described(about) }
        </> },
        Next::Held { until } => held(text, view, until.instant(), about),
        Next::Frozen => html! { <>
            { paragraph(text.signatures_frozen_what()) }
            { advice(text.signatures_frozen_do()) }
            { described(about) }
            <div class="actions no-print">
                { print_button(text, ButtonKind::Primary) }
                { link(Route::HelpTopic("account_frozen".into()), text.errors_help_link()) }
            </div>
        </> },
    };
    result_panel(tone, passed_title(text, next), body)
}

/// The new contact waits.
fn held(text: Text, view: &SignatureView, until: Timestamp, mut about: Vec<Description>) -> Html {
    let contact = view.contact.as_deref().unwrap_or_default();
    let (what, then) = match view.purpose {
        PurposeName::Phone => (
            text.signatures_held_what_phone(contact),
            text.signatures_held_then_phone(),
        ),
        PurposeName::Email | PurposeName::Recovery | PurposeName::Unlock => (
            text.signatures_held_what_email(contact),
            text.signatures_held_then_email(),
        ),
    };
    about.insert(0, dated(text, text.signatures_held_until(), until));
    html! { <>
        { paragraph(what) }
        { heading(text.signatures_referred_next()) }
        { list(&[text.signatures_held_told(), then, text.signatures_held_close()]) }
        { described(about) }
        <div class="actions no-print">
            { print_button(text, ButtonKind::Secondary) }
            { link(Route::Home, text.recovery_go_home()) }
        </div>
    </> }
}

/// The request is over, and the account as it was.
pub(super) fn ended(text: Text, ending: Ending) -> Html {
    let (what, todo) = match ending {
        Ending::Lapsed | Ending::LinkExpired | Ending::Undelivered => {
            (text.signatures_ended_lapsed_what(), text.signatures_ended_again())
        }
        Ending::Rejected => (
            text.signatures_ended_rejected_what(),
            text.signatures_ended_rejected_do(),
        ),
        Ending::Superseded => (
            text.signatures_ended_superseded_what(),
            text.signatures_ended_superseded_do(),
        ),
        Ending::Abandoned => (
            text.signatures_ended_abandoned_what(),
            text.signatures_ended_again(),
        ),
    };
    html! {
        <>
            { notice(&props!(NoticeProps { tone: Tone::Warning, children: html! { <>
                { paragraph(what) }
                { advice(todo) }
            </> } })) }
            <div class="actions no-print">{ button_link(ButtonKind::Primary, Route::Signature.path(), text.signatures_ended_act()) }</div>
        </>
    }
}

/// The title of an ending.
pub(super) fn ending_title(text: Text, ending: Ending) -> &'static str {
    match ending {
        Ending::Lapsed | Ending::LinkExpired | Ending::Undelivered => text.signatures_ended_lapsed_title(),
        Ending::Rejected => text.signatures_ended_rejected_title(),
        Ending::Superseded => text.signatures_ended_superseded_title(),
        Ending::Abandoned => text.signatures_ended_abandoned_title(),
    }
}

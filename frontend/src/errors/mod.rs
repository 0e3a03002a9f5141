//! Problems as people see them.

pub mod words;

use crate::routes::{Route, link};
use crate::ui::prose::{advice, paragraph};
use crate::ui::{ButtonKind, ErrorSummary, NoticeProps, SummaryEntry, Tone, Urgency, notice, press};
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// A problem: what happened, whose side it is on, what to do now, when to try again, a reference to quote. `onretry` tries
/// again, where that makes sense.
pub fn problem_notice(text: Text, problem: &Problem, onretry: Option<&Callback<()>>) -> Html {
    let words = words::problem(text, problem);
    let tone = match problem.code {
        ErrorCode::InvalidInput
        | ErrorCode::PasswordRefused
        | ErrorCode::SignInRefused
        | ErrorCode::StaffSignInRefused
        | ErrorCode::CurrentPasswordWrong => Tone::Danger,
        ErrorCode::MalformedBody
        | ErrorCode::BodyTooLarge
        | ErrorCode::UnsupportedMediaType
        | ErrorCode::OriginRefused
        | ErrorCode::NotFound
        | ErrorCode::MethodNotAllowed
        | ErrorCode::RateLimited
        | ErrorCode::CaptchaRefused
        | ErrorCode::CaptchaExpired
        | ErrorCode::CaseMissing
        | ErrorCode::CaseAtOtherStage
        | ErrorCode::CaseChanged
        | ErrorCode::RegistryUnavailable
        | ErrorCode::LinkInvalid
        | ErrorCode::LinkExpired
        | ErrorCode::LinkUsed
        | ErrorCode::LinkReplaced
        | ErrorCode::SignInBlocked
        | ErrorCode::SignInFrozen
        | ErrorCode::SessionMissing
        | ErrorCode::SessionUnknown
        | ErrorCode::PasskeyRefused
        | ErrorCode::PasskeyUnknown
        | ErrorCode::PasskeysFull
        | ErrorCode::OwnerOnly
        | ErrorCode::DelegateUnknown
        | ErrorCode::DelegatesFull
        | ErrorCode::ContactChangeUnknown
        | ErrorCode::ContactUnchanged
        | ErrorCode::NobodyToTell
        | ErrorCode::AccountNotBlocked
        | ErrorCode::AccountFrozen
        | ErrorCode::StaffLocked
        | ErrorCode::NotYourRight
        | ErrorCode::StaffUnknown
        | ErrorCode::StaffStays
        | ErrorCode::DossierUnknown
        | ErrorCode::DossierClosed
        | ErrorCode::ItemsMissing
        | ErrorCode::NotBorneOut
        | ErrorCode::PaperUnknown
        | ErrorCode::PapersFull
        | ErrorCode::PaperOtherType
        | ErrorCode::PaperUnreadable
        | ErrorCode::PaperActive
        | ErrorCode::ActionWithheld
        | ErrorCode::ApprovalUnknown
        | ErrorCode::ApprovalOver
        | ErrorCode::ApprovalOwn
        | ErrorCode::ApprovalWaits
        | ErrorCode::ReferralUnseen
        | ErrorCode::PlaceTaken
        | ErrorCode::AppointmentOpen
        | ErrorCode::AppointmentUnknown
        | ErrorCode::AppointmentAtOtherStage
        | ErrorCode::WaitingListFull
        | ErrorCode::PlacesFree
        | ErrorCode::CentreMissing
        | ErrorCode::CounterUnknown
        | ErrorCode::CounterTaken
        | ErrorCode::CounterMissing
        | ErrorCode::OfficerServes
        | ErrorCode::NobodyWaits
        | ErrorCode::VisitUnknown
        | ErrorCode::VisitChanged
        | ErrorCode::DetailsChanged
        | ErrorCode::DocumentUnknown
        | ErrorCode::DataRequestUnknown
        | ErrorCode::DataRequestNotDone
        | ErrorCode::Busy
        | ErrorCode::TimedOut
        | ErrorCode::Internal
        | ErrorCode::Unreachable => Tone::Warning,
    };
    notice(&props!(NoticeProps {
        tone,
        title: words.title,
        urgency: Urgency::Assertive,
        children: html! { <>
            { paragraph(words.what) }
            { advice(words.advice) }
            if let Some(seconds) = problem.retry_after {
                { paragraph(retry_after(text, seconds)) }
            }
            if let Some(reference) = &problem.reference {
                { paragraph(text.errors_reference(reference)) }
            }
            if let Some(onretry) = onretry {
                { press(ButtonKind::Secondary, onretry.reform(|_| ()), text.errors_retry_now()) }
            }
            <p>{ link(Route::HelpTopic(problem.code.as_str().into()), text.errors_help_link()) }</p>
        </> }
    }))
}

/// A problem of saving; where somebody else saved the same details first, with a way to see them as they are now.
pub fn saving_notice(text: Text, problem: &Problem, onreload: &Callback<()>) -> Html {
    html! { <>
        { problem_notice(text, problem, None) }
        if problem.code == ErrorCode::DetailsChanged {
            <div class="actions">{ press(ButtonKind::Secondary, onreload.reform(|_: MouseEvent| ()), text.staff_see_now()) }</div>
        }
    </> }
}

/// What is wrong with a form, in the words that stand beside its fields; shown and focused once it was sent.
pub fn summary(text: Text, submission: u32, entries: impl FnOnce() -> Vec<SummaryEntry>) -> Html {
    let entries = if submission > 0 { entries() } else { Vec::new() };
    html! { <ErrorSummary title={text.errors_summary_title()} {entries} {submission} /> }
}

/// An entry of a [`summary`].
pub fn wrong(field: impl Into<AttrValue>, message: impl Into<AttrValue>) -> SummaryEntry {
    SummaryEntry {
        field: field.into(),
        message: message.into(),
    }
}

/// When another try makes sense: in seconds up to two minutes, then in whole minutes, rounded up.
pub fn retry_after(text: Text, seconds: u32) -> String {
    if seconds <= 120 {
        text.errors_retry_seconds(i64::from(seconds))
    } else {
        text.errors_retry_minutes(i64::from(seconds.div_ceil(60)))
    }
}

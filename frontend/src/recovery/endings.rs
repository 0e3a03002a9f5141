//! Where the way stops: for an hour, for a day, or for good. Each says what happened, whose side it is on, what to do now,
//! when to try again, and what to quote.

use super::elsewhere::Abandoning;
use crate::api::use_call;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::procedure::{Greeting, RecordsDisagree};
use crate::routes::{Route, link};
use crate::ui::prose::{advice, paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonState, NoticeProps, Tone, Urgency, button, button_link, notice,
    result_panel,
};
use shared::api::ErrorCode;
use shared::i18n::Text;
use shared::recovery::api::{CaseView, Empty, Resume};
use shared::recovery::{Ending, Refusal};
use shared::signatures::PurposeName;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`RegistryUnavailable`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RegistryUnavailableProps {
    /// When another try makes sense.
    pub retry_at: Timestamp,
    /// Takes the new view.
    pub show: Callback<Rc<CaseView>>,
    /// Forgets the case.
    pub onforget: Callback<Greeting>,
}

/// A registry did not answer; the case can be resumed.
#[component]
pub fn RegistryUnavailable(props: &RegistryUnavailableProps) -> Html {
    let text = use_text();
    let resume = use_call::<Resume>();
    let onclick = {
        let (resume, show) = (resume.clone(), props.show.clone());
        Callback::from(move |_: MouseEvent| {
            let show = show.clone();
            resume.send_then(Empty {}, move |view| show.emit(view));
        })
    };
    let (state, label) = if resume.is_loading() {
        (ButtonState::Busy, text.recovery_unavailable_resuming())
    } else {
        (ButtonState::Ready, text.recovery_unavailable_resume())
    };
    // Asked again, and in vain: the page stays the same, so it says so.
    let still = resume
        .state()
        .ready()
        .map(|_| AttrValue::from(text.recovery_unavailable_still()));
    html! {
        <>
            if let Some(problem) = resume.problem() { { problem_notice(text, problem, None) } }
            { notice(&props!(NoticeProps { tone: Tone::Warning, title: still, urgency: Urgency::Polite, children: html! { <>
                { paragraph(text.recovery_unavailable_what()) }
                { advice(text.recovery_unavailable_do()) }
                { paragraph(text.recovery_unavailable_at(clock::hour(props.retry_at))) }
            </> } })) }
            <div class="actions">
                { button(&props!(ButtonProps { state, onclick, children: html! { label } })) }
                <Abandoning onforget={props.onforget.clone()} />
            </div>
            <p class="no-print">{ link(Route::HelpTopic(ErrorCode::RegistryUnavailable.as_str().into()), text.errors_help_link()) }</p>
        </>
    }
}

/// What is said where the way stops.
struct Stop {
    tone: Tone,
    /// When it ends by itself, if it does.
    until: Option<AttrValue>,
    what: &'static str,
    advice: &'static str,
    /// The ways that stay open, the best first.
    ways: &'static [Way],
    /// The entry of the help, if there is one.
    topic: Option<&'static str>,
}

/// Another way to the same end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Again,
    MailTest,
    Unlock,
    SignedEmail,
}

/// The online recovery of the identifier pauses.
pub(super) fn suspended(text: Text, until: Timestamp) -> Html {
    let (_, month, day) = clock::official_day(until);
    let until = text.recovery_suspended_until(
        day,
        text.challenges_month_name(month.into()),
        clock::official_hour(until),
    );
    let stop = stop(
        text,
        Stop {
            tone: Tone::Danger,
            until: Some(until.into()),
            what: text.recovery_suspended_what(),
            advice: text.recovery_suspended_do(),
            ways: &[],
            topic: Some("suspended"),
        },
    );
    html! { <>
        { stop }
        { soft(text.recovery_suspended_told()) }
    </> }
}

/// The identity is proved and the way online ends here.
pub(super) fn refused(text: Text, reason: Refusal) -> Html {
    let (what, advice, ways, topic): (_, _, &[Way], _) = match reason {
        Refusal::NoEmail => (
            text.recovery_no_email_what(),
            text.recovery_no_email_do(),
            &[Way::SignedEmail],
            "no_email",
        ),
        Refusal::AccountBlocked => (
            text.recovery_blocked_what(),
            text.recovery_blocked_do(),
            &[Way::Unlock],
            "account_blocked",
        ),
        Refusal::RucInactive => (
            text.recovery_inactive_what(),
            text.recovery_inactive_do(),
            &[],
            "ruc_inactive",
        ),
        Refusal::AccountFrozen => (
            text.recovery_frozen_what(),
            text.recovery_frozen_do(),
            &[],
            "account_frozen",
        ),
        Refusal::RecordsDisagree(correction) => return html! { <RecordsDisagree {correction} /> },
    };
    stop(
        text,
        Stop {
            tone: Tone::Danger,
            until: None,
            what,
            advice,
            ways,
            topic: Some(topic),
        },
    )
}

/// The title of a refusal: the exact words of the institution.
pub(super) fn refusal_title(text: Text, reason: Refusal) -> &'static str {
    match reason {
        Refusal::NoEmail => text.recovery_no_email_title(),
        Refusal::AccountBlocked => text.recovery_blocked_title(),
        Refusal::RucInactive => text.recovery_inactive_title(),
        Refusal::AccountFrozen => text.recovery_frozen_title(),
        Refusal::RecordsDisagree(_) => text.recovery_records_title(),
    }
}

/// The case is over without a new password.
pub(super) fn ended(text: Text, ending: Ending) -> Html {
    let (what, advice) = match ending {
        Ending::Lapsed => (text.recovery_ended_lapsed_what(), text.recovery_ended_try_again()),
        Ending::LinkExpired => (
            text.recovery_ended_link_expired_what(),
            text.recovery_ended_try_again(),
        ),
        Ending::Undelivered => (
            text.recovery_ended_undelivered_what(),
            text.recovery_ended_mail_first(),
        ),
        Ending::Rejected => (
            text.recovery_ended_rejected_what(),
            text.recovery_ended_mail_first(),
        ),
        Ending::Superseded => (
            text.recovery_ended_superseded_what(),
            text.recovery_ended_other_device(),
        ),
        Ending::Abandoned => (
            text.recovery_ended_abandoned_what(),
            text.recovery_ended_try_again(),
        ),
    };
    let ways: &[Way] = match ending {
        Ending::Undelivered | Ending::Rejected => &[Way::Again, Way::MailTest],
        Ending::Lapsed | Ending::LinkExpired | Ending::Superseded | Ending::Abandoned => &[Way::Again],
    };
    stop(
        text,
        Stop {
            tone: Tone::Warning,
            until: None,
            what,
            advice,
            ways,
            topic: None,
        },
    )
}

/// The title of an ending.
pub(super) fn ending_title(text: Text, ending: Ending) -> &'static str {
    match ending {
        Ending::Lapsed => text.recovery_ended_lapsed_title(),
        Ending::LinkExpired => text.recovery_ended_link_expired_title(),
        Ending::Undelivered => text.recovery_ended_undelivered_title(),
        Ending::Rejected => text.recovery_ended_rejected_title(),
        Ending::Superseded => text.recovery_ended_superseded_title(),
        Ending::Abandoned => text.recovery_ended_abandoned_title(),
    }
}

/// Draws a stop.
fn stop(text: Text, stop: Stop) -> Html {
    html! {
        <>
            { notice(&props!(NoticeProps { tone: stop.tone, title: stop.until, children: html! { <>
                { paragraph(stop.what) }
                { advice(stop.advice) }
            </> } })) }
            if !stop.ways.is_empty() {
                <div class="actions">{ for stop.ways.iter().enumerate().map(|(place, way)| way_button(text, place, *way)) }</div>
            }
            if let Some(topic) = stop.topic {
                <p class="no-print">{ link(Route::HelpTopic(topic.into()), text.errors_help_link()) }</p>
            }
        </>
    }
}

/// A way; the first one is the page's action.
fn way_button(text: Text, place: usize, way: Way) -> Html {
    let (route, words) = match way {
        Way::Again => (Route::Recovery, text.recovery_start_again()),
        Way::MailTest => (Route::MailTest, text.recovery_mail_test()),
        Way::Unlock => (Route::Unlock, text.unlock_way()),
        Way::SignedEmail => (
            Route::SignatureFor(PurposeName::Email),
            text.signatures_way_email(),
        ),
    };
    let kind = if place == 0 {
        ButtonKind::Primary
    } else {
        ButtonKind::Secondary
    };
    button_link(kind, route.path(), words)
}

/// The password was set, perhaps on another device.
pub(super) fn completed(text: Text, at: Timestamp, linked: &[String], reference: Html) -> Html {
    result_panel(
        Tone::Success,
        text.recovery_completed_title(),
        html! { <>
            { paragraph(text.recovery_completed_what(clock::hour(at))) }
            if !linked.is_empty() { { paragraph(text.recovery_completed_linked(linked.join(", "))) } }
            { paragraph(text.recovery_completed_do()) }
            { reference }
            <div class="actions no-print">
                { button_link(ButtonKind::Primary, Route::SignIn.path(), text.unlock_done_sign_in()) }
                { link(Route::Home, text.recovery_go_home()) }
            </div>
        </> },
    )
}

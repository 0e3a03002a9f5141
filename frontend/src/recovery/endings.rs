//! Where the way stops: for an hour, for a day, or for good. Each says what happened, whose side it is on, what to do now,
//! when to try again, and what to quote.

use super::identify::Greeting;
use super::questions::Abandoning;
use super::stage::reference_line;
use crate::api::use_call;
use crate::errors::{ProblemNotice, words};
use crate::i18n::{use_text, use_title};
use crate::platform::clock;
use crate::routes::{Link, Route};
use crate::ui::{Button, ButtonKind, ButtonLink, ButtonState, Notice, ResultPanel, StageHeading, Tone};
use shared::i18n::Text;
use shared::recovery::api::{CaseView, Empty, Resume};
use shared::recovery::{CaseReference, Ending, Refusal};
use shared::registries::Registry;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`RegistryUnavailable`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RegistryUnavailableProps {
    /// The case.
    pub reference: CaseReference,
    /// Which registry.
    pub registry: Registry,
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
    let title = words::registry(text, props.registry);
    use_title(title);
    let resume = use_call::<Resume>();
    let onclick = {
        let (resume, show) = (resume.clone(), props.show.clone());
        Callback::from(move |_: MouseEvent| resume.send_then(Empty {}, {
            let show = show.clone();
            move |view| show.emit(view)
        }))
    };
    let (state, label) = if resume.is_loading() {
        (ButtonState::Busy, text.recovery_unavailable_resuming())
    } else {
        (ButtonState::Ready, text.recovery_unavailable_resume())
    };
    html! {
        <>
            <StageHeading text={title} />
            if let Some(problem) = resume.problem() { <ProblemNotice problem={problem.clone()} /> }
            <Notice tone={Tone::Warning}>
                <p>{ text.recovery_unavailable_what() }</p>
                <p><strong>{ text.recovery_unavailable_do() }</strong></p>
                <p>{ text.recovery_unavailable_at(clock::hour(props.retry_at)) }</p>
            </Notice>
            { reference_line(text, &props.reference) }
            <div class="actions">
                <Button {state} {onclick}>{ label }</Button>
                <Abandoning onforget={props.onforget.clone()} />
            </div>
        </>
    }
}

/// Properties of [`Suspended`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SuspendedProps {
    /// The case.
    pub reference: CaseReference,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// The online recovery of the identifier pauses.
#[component]
pub fn Suspended(props: &SuspendedProps) -> Html {
    let text = use_text();
    use_title(text.recovery_suspended_title());
    let (_, month, day) = clock::day(props.until);
    let until = text.recovery_suspended_until(day, text.challenges_month_name(month.into()), clock::hour(props.until));
    html! {
        <>
            <StageHeading text={text.recovery_suspended_title()} />
            <Notice tone={Tone::Danger} title={until}>
                <p>{ text.recovery_suspended_what() }</p>
            </Notice>
            <p>{ text.recovery_suspended_do() }</p>
            { ways(text, &[Way::Signature, Way::Counter]) }
            { reference_line(text, &props.reference) }
            { help(text, "suspended") }
        </>
    }
}

/// Properties of [`Refused`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RefusedProps {
    /// The case.
    pub reference: CaseReference,
    /// Why.
    pub reason: Refusal,
}

/// The identity is proved and the way online ends here.
#[component]
pub fn Refused(props: &RefusedProps) -> Html {
    let text = use_text();
    let (title, what, advice) = refusal_words(text, props.reason);
    use_title(title);
    html! {
        <>
            <StageHeading text={title} />
            <Notice tone={Tone::Danger}>
                <p>{ what }</p>
                <p><strong>{ advice }</strong></p>
            </Notice>
            { ways(text, refusal_ways(props.reason)) }
            { reference_line(text, &props.reference) }
            <p>{ text.recovery_refused_quote() }</p>
            { help(text, refusal_topic(props.reason)) }
        </>
    }
}

/// Title, what happened, what to do.
pub fn refusal_words(text: Text, reason: Refusal) -> (&'static str, &'static str, &'static str) {
    match reason {
        Refusal::NoEmail => (text.recovery_no_email_title(), text.recovery_no_email_what(), text.recovery_no_email_do()),
        Refusal::AccountBlocked => (text.recovery_blocked_title(), text.recovery_blocked_what(), text.recovery_blocked_do()),
        Refusal::RucInactive => (text.recovery_inactive_title(), text.recovery_inactive_what(), text.recovery_inactive_do()),
        Refusal::AccountFrozen => (text.recovery_frozen_title(), text.recovery_frozen_what(), text.recovery_frozen_do()),
    }
}

/// Another way to the same end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Unlock,
    Signature,
    Counter,
}

/// The ways that stay open after a refusal, the best first.
const fn refusal_ways(reason: Refusal) -> &'static [Way] {
    match reason {
        Refusal::NoEmail => &[Way::Signature, Way::Counter],
        Refusal::AccountBlocked => &[Way::Unlock],
        Refusal::RucInactive => &[],
        Refusal::AccountFrozen => &[Way::Counter],
    }
}

/// Links to other ways, the first one as the page's action.
fn ways(text: Text, ways: &[Way]) -> Html {
    let link = |(index, way): (usize, &Way)| {
        let (topic, words) = match way {
            Way::Unlock => ("desbloquear", text.recovery_way_unlock()),
            Way::Signature => ("firma-electronica", text.recovery_way_signature()),
            Way::Counter => ("turno", text.recovery_way_counter()),
        };
        let kind = if index == 0 { ButtonKind::Primary } else { ButtonKind::Secondary };
        html! { <ButtonLink {kind} href={Route::HelpTopic(topic.into()).path()}>{ words }</ButtonLink> }
    };
    if ways.is_empty() {
        return Html::default();
    }
    html! { <div class="actions">{ for ways.iter().enumerate().map(link) }</div> }
}

/// The entry of the help that explains a refusal.
const fn refusal_topic(reason: Refusal) -> &'static str {
    match reason {
        Refusal::NoEmail => "no_email",
        Refusal::AccountBlocked => "account_blocked",
        Refusal::RucInactive => "ruc_inactive",
        Refusal::AccountFrozen => "account_frozen",
    }
}

/// Properties of [`Completed`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CompletedProps {
    /// The case.
    pub reference: CaseReference,
    /// When.
    pub at: Timestamp,
}

/// The password was set, perhaps on another device.
#[component]
pub fn Completed(props: &CompletedProps) -> Html {
    let text = use_text();
    use_title(text.recovery_completed_title());
    html! {
        <ResultPanel tone={Tone::Success} title={text.recovery_completed_title()}>
            <p>{ text.recovery_completed_what(clock::hour(props.at)) }</p>
            <p>{ text.recovery_completed_do() }</p>
            { reference_line(text, &props.reference) }
            <p><Link to={Route::Home}>{ text.recovery_go_home() }</Link></p>
        </ResultPanel>
    }
}

/// Properties of [`Ended`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct EndedProps {
    /// The case.
    pub reference: CaseReference,
    /// Why.
    pub ending: Ending,
}

/// The case is over without a new password.
#[component]
pub fn Ended(props: &EndedProps) -> Html {
    let text = use_text();
    let (title, what, advice) = ending_words(text, props.ending);
    use_title(title);
    html! {
        <>
            <StageHeading text={title} />
            <Notice tone={Tone::Warning}>
                <p>{ what }</p>
                <p><strong>{ advice }</strong></p>
            </Notice>
            { reference_line(text, &props.reference) }
            <div class="actions">
                <ButtonLink href={Route::Recovery.path()}>{ text.recovery_start_again() }</ButtonLink>
                if matches!(props.ending, Ending::Undelivered | Ending::Rejected) {
                    <ButtonLink kind={ButtonKind::Secondary} href={Route::MailTest.path()}>{ text.recovery_mail_test() }</ButtonLink>
                }
            </div>
        </>
    }
}

/// Title, what happened, what to do.
pub fn ending_words(text: Text, ending: Ending) -> (&'static str, &'static str, &'static str) {
    match ending {
        Ending::Lapsed => (text.recovery_ended_lapsed_title(), text.recovery_ended_lapsed_what(), text.recovery_ended_try_again()),
        Ending::LinkExpired => {
            (text.recovery_ended_link_expired_title(), text.recovery_ended_link_expired_what(), text.recovery_ended_try_again())
        }
        Ending::Undelivered => {
            (text.recovery_ended_undelivered_title(), text.recovery_ended_undelivered_what(), text.recovery_ended_mail_first())
        }
        Ending::Rejected => (text.recovery_ended_rejected_title(), text.recovery_ended_rejected_what(), text.recovery_ended_mail_first()),
        Ending::Superseded => {
            (text.recovery_ended_superseded_title(), text.recovery_ended_superseded_what(), text.recovery_ended_other_device())
        }
        Ending::Abandoned => {
            (text.recovery_ended_abandoned_title(), text.recovery_ended_abandoned_what(), text.recovery_ended_try_again())
        }
    }
}

/// The link to an entry of the help.
fn help(text: Text, topic: &'static str) -> Html {
    html! { <p><Link to={Route::HelpTopic(topic.into())}>{ text.errors_help_link() }</Link></p> }
}

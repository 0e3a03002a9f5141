//! The link is on its way, or there: delivery, countdown, where to look.

use crate::api::use_call;
use crate::countdown::{LinkCountdown, Task};
use crate::i18n::use_text;
use crate::platform::clock;
use crate::settings::use_settings;
use crate::ui::prose::{advice, lead, paragraph};
use crate::ui::{NoticeProps, Tone, Urgency, disclosure, notice};
use core::time::Duration;
use shared::i18n::Text;
use shared::identifiers::MaskedEmail;
use shared::notifications::Delivery;
use shared::recovery::CaseReference;
use shared::recovery::api::{CaseView, CurrentCase};
use shared::time::{Countdown, Deadline, Timestamp};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Milliseconds between two questions after the time is over.
const ASK_EVERY: u32 = 2_000;

/// The mail has not been taken over yet: the clock does not run.
pub(super) fn sending(text: Text, address: &MaskedEmail, delivery: Delivery) -> Html {
    html! {
        <>
            { lead(text.recovery_sending_lead(address)) }
            { delivery_notice(text, delivery) }
            { paragraph(text.recovery_sending_clock()) }
        </>
    }
}

/// Properties of [`LinkSent`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LinkSentProps {
    /// The case.
    pub reference: CaseReference,
    /// Where the mail went.
    pub address: MaskedEmail,
    /// How far it has come.
    pub delivery: Delivery,
    /// When the link ends.
    pub deadline: Deadline,
    /// How long it lives in all, in seconds.
    pub total: u32,
    /// The server's time in the view.
    pub server_now: Timestamp,
    /// What this device's clock showed when the view arrived.
    pub arrived: Timestamp,
    /// Takes a newer view.
    pub show: Callback<Rc<CaseView>>,
}

/// The clock runs.
#[component]
pub fn LinkSent(props: &LinkSentProps) -> Html {
    let text = use_text();
    let settings = use_settings();
    let over = use_state_eq(|| Time::Running);
    use_verdict(*over, props.show.clone());
    let onover = {
        let over = over.setter();
        Callback::from(move |()| over.set(Time::Over))
    };
    let total = Duration::from_secs(props.total.into());
    let countdown = Countdown::new(props.deadline, total, props.server_now, props.arrived);
    let reference = props.reference.to_string();
    html! {
        <>
            { lead(text.recovery_link_lead(props.address.to_string())) }
            <LinkCountdown {countdown} task={Task::Mail} {onover} />
            if *over == Time::Over {
                { notice(&props!(NoticeProps { tone: Tone::Warning, children: paragraph(text.recovery_ended_link_expired_what()) })) }
            } else {
                { advice(text.recovery_link_do()) }
            }
            { delivery_notice(text, props.delivery) }
            { paragraph(text.recovery_link_reference(&reference)) }
            { disclosure(text.recovery_link_missing_summary(), html! { <>
                if let Some(settings) = settings {
                    { paragraph(text.recovery_link_missing(&reference, &settings.sender)) }
                    if settings.demo_mailbox { <p><a href="/mailbox" target="_blank">{ text.layout_demo_mailbox() }</a></p> }
                }
                { paragraph(text.recovery_mail_spam()) }
                { paragraph(text.recovery_link_missing_again()) }
            </> }) }
        </>
    }
}

/// Whether the link's time runs, as far as this page can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    Running,
    Over,
}

/// Asks the server once the time is over here, until it says what became of the case: it decides, not this clock.
#[hook]
fn use_verdict(time: Time, show: Callback<Rc<CaseView>>) {
    let call = use_call::<CurrentCase>();
    use_effect_with(time, move |time| {
        let ask = move || {
            let show = show.clone();
            call.send_then((), move |view| show.emit(view));
        };
        let timer = (*time == Time::Over).then(|| {
            ask();
            clock::every(ASK_EVERY, ask)
        });
        move || drop(timer)
    });
}

/// How far the mail has come; said aloud when it changes.
fn delivery_notice(text: Text, delivery: Delivery) -> Html {
    let (tone, words) = match delivery {
        Delivery::Queued => (Tone::Info, text.recovery_delivery_queued()),
        Delivery::HandedOver => (Tone::Success, text.recovery_delivery_handed_over()),
        Delivery::Delayed => (Tone::Warning, text.recovery_delivery_delayed()),
        Delivery::Rejected => (Tone::Danger, text.recovery_delivery_rejected()),
    };
    notice(&props!(NoticeProps {
        tone,
        title: text.recovery_delivery_label(),
        urgency: Urgency::Polite,
        children: paragraph(words)
    }))
}

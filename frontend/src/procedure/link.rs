//! A link is on its way, or there: delivery, countdown, where to look.

use crate::countdown::{LinkCountdown, Task};
use crate::i18n::use_text;
use crate::platform::clock;
use crate::settings::use_settings;
use crate::ui::prose::{advice, lead, paragraph};
use crate::ui::{NoticeProps, Tone, Urgency, disclosure, notice};
use shared::i18n::Text;
use shared::notifications::{Channel, Delivery};
use shared::recovery::CaseReference;
use shared::time::Countdown;
use yew::prelude::*;
use yew::props;

/// Milliseconds between two questions after the time is over.
const ASK_EVERY: u32 = 2_000;

/// What the page of a link is called while its time runs.
pub fn link_title(text: Text, channel: Channel) -> &'static str {
    match channel {
        Channel::Email => text.recovery_link_title(),
        Channel::Sms => text.unlock_sms_title(),
    }
}

/// The message has not been taken over yet: the clock does not run.
pub fn sending(text: Text, channel: Channel, said: String, delivery: Delivery) -> Html {
    let clock = match channel {
        Channel::Email => text.recovery_sending_clock(),
        Channel::Sms => text.unlock_sms_clock(),
    };
    html! {
        <>
            { lead(said) }
            { delivery_notice(text, channel, delivery) }
            { paragraph(clock) }
        </>
    }
}

/// Properties of [`LinkSent`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LinkSentProps {
    /// The case.
    pub reference: CaseReference,
    /// By which way it went.
    pub channel: Channel,
    /// Where it went, masked.
    pub address: AttrValue,
    /// How far it has come.
    pub delivery: Delivery,
    /// Its time.
    pub countdown: Countdown,
    /// What the time is for.
    pub task: Task,
    /// What is said when the time is over.
    pub over: &'static str,
    /// What stays as it is if it is missed.
    pub again: &'static str,
    /// Asks the server what became of the case: it decides, not this clock. Called once the time is over here, and again
    /// and again until the page is another one.
    pub onover: Callback<()>,
}

/// The clock runs.
#[component]
pub fn LinkSent(props: &LinkSentProps) -> Html {
    let text = use_text();
    let settings = use_settings();
    let over = use_state_eq(|| Time::Running);
    use_verdict(*over, props.onover.clone());
    let onover = {
        let over = over.setter();
        Callback::from(move |()| over.set(Time::Over))
    };
    let reference = props.reference.to_string();
    let (todo, carries) = match props.channel {
        Channel::Email => (text.recovery_link_do(), text.recovery_link_reference(&reference)),
        Channel::Sms => (text.unlock_sms_do(), text.unlock_sms_reference(&reference)),
    };
    html! {
        <>
            { lead(text.recovery_link_lead(&props.address)) }
            <LinkCountdown countdown={props.countdown} task={props.task} {onover} />
            if *over == Time::Over {
                { notice(&props!(NoticeProps { tone: Tone::Warning, children: paragraph(props.over) })) }
            } else {
                { advice(todo) }
            }
            { delivery_notice(text, props.channel, props.delivery) }
            { paragraph(carries) }
            { disclosure(text.recovery_link_missing_summary(), html! { <>
                { where_to_look(text, props.channel, settings.as_ref().map(|settings| text.recovery_link_missing(&reference, &settings.sender))) }
                if settings.is_some_and(|settings| settings.demo_mailbox) {
                    <p><a href="/mailbox" target="_blank">{ text.layout_demo_mailbox() }</a></p>
                }
                { paragraph(props.again) }
            </> }) }
        </>
    }
}

/// Where to look for a message that is not seen. `sender` says whose mail to look for, once it is known.
fn where_to_look(text: Text, channel: Channel, sender: Option<String>) -> Html {
    match channel {
        Channel::Email => html! { <>
            if let Some(sender) = sender { { paragraph(sender) } }
            { paragraph(text.recovery_mail_spam()) }
        </> },
        Channel::Sms => paragraph(text.unlock_sms_missing()),
    }
}

/// Whether the link's time runs, as far as this page can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    Running,
    Over,
}

/// Asks once the time is over here, and goes on asking.
#[hook]
fn use_verdict(time: Time, ask: Callback<()>) {
    use_effect_with(time, move |time| {
        let timer = (*time == Time::Over).then(|| {
            ask.emit(());
            clock::every(ASK_EVERY, move || ask.emit(()))
        });
        move || drop(timer)
    });
}

/// How far the message has come; said aloud when it changes.
fn delivery_notice(text: Text, channel: Channel, delivery: Delivery) -> Html {
    let (tone, words) = match (delivery, channel) {
        (Delivery::Queued, Channel::Email | Channel::Sms) => (Tone::Info, text.recovery_delivery_queued()),
        (Delivery::HandedOver, Channel::Email) => (Tone::Success, text.recovery_delivery_handed_over()),
        (Delivery::HandedOver, Channel::Sms) => (Tone::Success, text.unlock_sms_handed_over()),
        (Delivery::Delayed, Channel::Email) => (Tone::Warning, text.recovery_delivery_delayed()),
        (Delivery::Delayed, Channel::Sms) => (Tone::Warning, text.unlock_sms_delayed()),
        (Delivery::Rejected, Channel::Email) => (Tone::Danger, text.recovery_delivery_rejected()),
        (Delivery::Rejected, Channel::Sms) => (Tone::Danger, text.unlock_sms_rejected()),
    };
    let title = match channel {
        Channel::Email => text.recovery_delivery_label(),
        Channel::Sms => text.unlock_sms_label(),
    };
    notice(&props!(NoticeProps {
        tone,
        title,
        urgency: Urgency::Polite,
        children: paragraph(words)
    }))
}

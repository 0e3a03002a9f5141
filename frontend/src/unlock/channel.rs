//! By which way the link is to come.

use crate::api::use_call;
use crate::errors::{problem_notice, summary, wrong};
use crate::i18n::use_text;
use crate::procedure::use_refresh;
use crate::ui::prose::{lead, paragraph, soft};
use crate::ui::{ButtonState, ChoiceOption, NoticeProps, RadiosProps, Tone, Urgency, notice, radios, submit};
use shared::i18n::Text;
use shared::notifications::Channel;
use shared::unlock::api::{ChannelChoice, ChooseUnlockChannel, CurrentUnlock, Destination, UnlockView};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`ChannelForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChannelFormProps {
    /// One or two contacts, masked.
    pub choices: Vec<Destination>,
    /// The one that was chosen before and takes no messages, masked.
    pub failed: Option<AttrValue>,
    /// Takes the new view.
    pub show: Callback<Rc<UnlockView>>,
}

/// One question, one answer. Where there is one contact only, it is chosen already.
#[component]
pub fn ChannelForm(props: &ChannelFormProps) -> Html {
    let text = use_text();
    let choose = use_call::<ChooseUnlockChannel>();
    let chosen = use_state_eq(|| match props.choices.as_slice() {
        [one] => Some(one.channel()),
        _ => None,
    });
    let submission = use_state(|| 0_u32);
    use_refresh::<CurrentUnlock>(choose.problem().cloned(), props.show.clone());
    let onsubmit = {
        let (choose, chosen, submission) = (choose.clone(), *chosen, submission.clone());
        let show = props.show.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if choose.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let Some(channel) = chosen {
                let show = show.clone();
                choose.send_then(ChannelChoice { channel }, move |view| show.emit(view));
            }
        })
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |value: AttrValue| chosen.set(channel_of(&value)))
    };
    let missing = (*submission > 0 && chosen.is_none()).then(|| text.unlock_channel_missing());
    let options: Vec<ChoiceOption> = props.choices.iter().map(|one| option(text, one)).collect();
    let (state, label) = if choose.is_loading() {
        (ButtonState::Busy, text.unlock_channel_sending())
    } else {
        (ButtonState::Ready, text.unlock_channel_act())
    };
    html! {
        <>
            if let Some(failed) = &props.failed {
                { notice(&props!(NoticeProps { tone: Tone::Warning, urgency: Urgency::Polite, children: paragraph(text.unlock_channel_failed(failed)) })) }
            }
            { lead(text.unlock_channel_lead()) }
            <form class="flow" {onsubmit} novalidate=true>
                { summary(text, *submission, || missing.map(|words| wrong("channel", words)).into_iter().collect()) }
                if let Some(problem) = choose.problem() { { problem_notice(text, problem, None) } }
                { radios(&props!(RadiosProps {
                    id: "channel",
                    label: text.unlock_channel_label(),
                    error: missing.map(AttrValue::from),
                    options,
                    selected: (*chosen).map(|channel| AttrValue::from(value_of(channel))),
                    onchange
                })) }
                { soft(text.unlock_channel_again()) }
                <div class="actions">{ submit(state, label) }</div>
            </form>
        </>
    }
}

/// A contact among the choices.
fn option(text: Text, destination: &Destination) -> ChoiceOption {
    let label = match destination {
        Destination::Email(address) => text.unlock_channel_email(address.to_string()),
        Destination::Sms(phone) => text.unlock_channel_sms(phone.to_string()),
    };
    ChoiceOption::new(value_of(destination.channel()), label)
}

const fn value_of(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "sms",
    }
}

fn channel_of(value: &str) -> Option<Channel> {
    [Channel::Email, Channel::Sms]
        .into_iter()
        .find(|channel| value_of(*channel) == value)
}

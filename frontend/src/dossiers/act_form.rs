//! The form of an act: what it needs, and why it is done.

use super::referral::LookFirst;
use super::words;
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::staff::reason::{reason_entry, reason_field};
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::{advice, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ChoiceOption, InputKind, InputWidth, NoticeProps, RadiosProps,
    SelectProps, SummaryEntry, TextInputProps, Tone, Urgency, button, notice, press, radios, select,
    text_input,
};
use shared::api::Problem;
use shared::contacts::Wanted;
use shared::dossiers::api::{Act, Acted, Asking, DossierView, ReferralShown};
use shared::dossiers::{Action, ActionName, Standing};
use shared::i18n::Text;
use shared::identifiers::{Email, Phone};
use shared::notifications::Channel;
use shared::signatures::{ReferralNumber, Rejection};
use shared::staff::ActReason;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`ActForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ActFormProps {
    /// The dossier.
    pub view: Rc<DossierView>,
    /// Which act.
    pub name: ActionName,
    /// Whether another officer has to agree.
    pub standing: Standing,
    /// Takes what came of it.
    pub onacted: Callback<Rc<Acted>>,
    /// Closes the form.
    pub onleave: Callback<()>,
}

/// What kind of contact is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ContactWish {
    #[default]
    Email,
    Phone,
    NoPhone,
}

impl ContactWish {
    const ALL: [Self; 3] = [Self::Email, Self::Phone, Self::NoPhone];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::NoPhone => "no_phone",
        }
    }
}

/// What was typed and chosen, of whichever act.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    reference: String,
    channel: Option<Channel>,
    wish: ContactWish,
    contact: String,
    number: String,
    because: Option<Rejection>,
}

/// What is wrong with a field: its `id`, and the words.
type Wrong = (&'static str, &'static str);

impl Draft {
    /// The act, or what is wrong.
    fn action(&self, text: Text, name: ActionName) -> Result<Action, Wrong> {
        let reference = || match self.reference.trim() {
            "" => Ok(None),
            typed => typed
                .parse()
                .map(Some)
                .map_err(|_| ("reference", text.dossiers_reference_wrong())),
        };
        let number = || {
            self.number
                .parse()
                .map_err(|_| ("number", text.dossiers_referral_wrong()))
        };
        Ok(match name {
            ActionName::SendRecoveryLink => Action::SendRecoveryLink {
                reference: reference()?,
            },
            ActionName::SendUnlockLink => Action::SendUnlockLink {
                reference: reference()?,
                channel: self.channel.ok_or(("channel", text.dossiers_channel_missing()))?,
            },
            ActionName::ChangeContact => Action::ChangeContact {
                wanted: self.wanted(text)?,
            },
            ActionName::EnrolPasskey => Action::EnrolPasskey,
            ActionName::AcceptSignature => Action::AcceptSignature { number: number()? },
            ActionName::DeclineSignature => Action::DeclineSignature {
                number: number()?,
                because: self.because.ok_or(("because", text.dossiers_because_missing()))?,
            },
            ActionName::Freeze => Action::Freeze,
            ActionName::Unfreeze => Action::Unfreeze,
        })
    }

    fn wanted(&self, text: Text) -> Result<Wanted, Wrong> {
        let typed = self.contact.trim();
        match self.wish {
            ContactWish::Email => typed
                .parse::<Email>()
                .map(Wanted::Email)
                .map_err(|_| ("contact", text.account_contacts_email_malformed())),
            ContactWish::Phone => typed
                .parse::<Phone>()
                .map(Wanted::Phone)
                .map_err(|_| ("contact", text.account_contacts_phone_malformed())),
            ContactWish::NoPhone => Ok(Wanted::NoPhone),
        }
    }
}

/// The form.
#[component]
pub(super) fn ActForm(props: &ActFormProps) -> Html {
    let text = use_text();
    let name = props.name;
    let channels = channels(&props.view);
    let draft = use_state(|| Draft {
        channel: channels.first().copied().filter(|_| channels.len() == 1),
        ..Draft::default()
    });
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state(|| 0_u32);
    let act = use_staff_call::<Act>();
    use_effect_with((), |()| focus::element("act-form"));
    let shown = use_state_eq(|| None::<Rc<ReferralShown>>);
    let typed = draft.number.parse::<ReferralNumber>().ok();
    let seen = (*shown)
        .clone()
        .filter(|shown| Some(&shown.referral.number) == typed.as_ref());
    let action = draft.action(text, name).and_then(|action| match action {
        Action::AcceptSignature { .. } | Action::DeclineSignature { .. } if seen.is_none() => {
            Err(("number", text.dossiers_look_referral_first()))
        }
        Action::SendRecoveryLink { .. }
        | Action::SendUnlockLink { .. }
        | Action::ChangeContact { .. }
        | Action::EnrolPasskey
        | Action::AcceptSignature { .. }
        | Action::DeclineSignature { .. }
        | Action::Freeze
        | Action::Unfreeze => Ok(action),
    });
    // What an accepted request touches is known once it is shown.
    let standing = match (name, &seen) {
        (ActionName::AcceptSignature, Some(seen)) => seen.accepting,
        _ => props.standing,
    };
    let onsubmit = {
        let (action, reason, submission) = (action.clone(), reason.clone(), submission.clone());
        let (act, dossier, onacted) = (act.clone(), props.view.dossier, props.onacted.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if act.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            let reason = reason.send();
            if let (Ok(action), Ok(reason)) = (action.clone(), reason) {
                let onacted = onacted.clone();
                act.send_then(
                    Asking {
                        dossier,
                        action,
                        reason,
                    },
                    move |acted| onacted.emit(acted),
                );
            }
        })
    };
    let error = action.err().filter(|_| *submission > 0);
    let entries = || -> Vec<SummaryEntry> {
        let own = error.map(|(field, words)| wrong(field, words));
        own.into_iter()
            .chain(reason_entry(text, "act-reason", &reason))
            .collect()
    };
    let kind = match name {
        ActionName::Freeze | ActionName::DeclineSignature => ButtonKind::Danger,
        ActionName::SendRecoveryLink
        | ActionName::SendUnlockLink
        | ActionName::ChangeContact
        | ActionName::EnrolPasskey
        | ActionName::AcceptSignature
        | ActionName::Unfreeze => ButtonKind::Primary,
    };
    let (label, second) = match standing {
        Standing::SecondOfficer => (text.dossiers_ask_second(), Some(text.dossiers_second_what())),
        Standing::Offered
        | Standing::AwaitsApproval
        | Standing::ItemsMissing
        | Standing::Withheld
        | Standing::Closed => (words::action(text, name), None),
    };
    let hint = match name {
        ActionName::DeclineSignature => text.dossiers_reason_told(),
        ActionName::SendRecoveryLink
        | ActionName::SendUnlockLink
        | ActionName::ChangeContact
        | ActionName::EnrolPasskey
        | ActionName::AcceptSignature
        | ActionName::Freeze
        | ActionName::Unfreeze => text.staff_reason_hint(),
    };
    html! {
        <form class="card flow act-form" id="act-form" tabindex="-1" aria-labelledby="act-form-title" {onsubmit} novalidate=true>
            <h3 id="act-form-title">{ words::action(text, name) }</h3>
            { paragraph(words::action_what(text, name)) }
            if let Some(second) = second { { advice(second) } }
            { summary(text, *submission, entries) }
            if let Some(problem) = act.problem() { { refused(text, problem) } }
            { fields(text, name, &draft, &channels, error) }
            if let ActionName::AcceptSignature | ActionName::DeclineSignature = name {
                <LookFirst dossier={props.view.dossier} number={typed} shown={seen}
                    onshown={{ let shown = shown.setter(); Callback::from(move |view| shown.set(Some(view))) }} />
            }
            { reason_field(text, "act-reason", hint, &reason) }
            <div class="actions">
                { button(&props!(ButtonProps { kind, role: ButtonRole::Submit, state: state_of(&act), children: html! { label } })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_: MouseEvent| ()), text.staff_leave_it()) }
            </div>
        </form>
    }
}

/// Why it was not done: what the account says first, in the officer's words.
fn refused(text: Text, problem: &Problem) -> Html {
    match problem.not_done {
        Some(because) => notice(&props!(NoticeProps {
            tone: Tone::Warning,
            title: text.dossiers_not_done(),
            urgency: Urgency::Assertive,
            children: paragraph(words::not_done(text, because))
        })),
        None => problem_notice(text, problem, None),
    }
}

/// Where a message can go.
fn channels(view: &DossierView) -> Vec<Channel> {
    let Some(account) = &view.account else {
        return Vec::new();
    };
    [
        account.email.as_ref().map(|_| Channel::Email),
        account.phone.as_ref().map(|_| Channel::Sms),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the act needs beside a reason.
fn fields(
    text: Text,
    name: ActionName,
    draft: &UseStateHandle<Draft>,
    channels: &[Channel],
    error: Option<Wrong>,
) -> Html {
    let said = |field: &str| {
        error
            .filter(|(wrong, _)| *wrong == field)
            .map(|(_, words)| AttrValue::from(words))
    };
    let change = |change: fn(&mut Draft, String)| {
        let draft = draft.clone();
        Callback::from(move |typed: String| {
            let mut next = (*draft).clone();
            change(&mut next, typed);
            draft.set(next);
        })
    };
    let reference = || {
        text_input(&props!(TextInputProps {
            id: "reference",
            label: text.dossiers_reference(),
            hint: text.dossiers_reference_hint(),
            error: said("reference"),
            value: draft.reference.clone(),
            oninput: change(|draft, typed| draft.reference = typed),
            kind: InputKind::Code,
            width: InputWidth::Four
        }))
    };
    let number = || {
        text_input(&props!(TextInputProps {
            id: "number",
            label: text.dossiers_referral(),
            hint: text.dossiers_referral_hint(),
            error: said("number"),
            value: draft.number.clone(),
            oninput: change(|draft, typed| draft.number = typed),
            kind: InputKind::Code,
            width: InputWidth::Number
        }))
    };
    match name {
        ActionName::SendRecoveryLink => reference(),
        ActionName::SendUnlockLink => {
            html! { <>{ channel(text, draft, channels, said("channel")) }{ reference() }</> }
        }
        ActionName::ChangeContact => html! { <>
            { wish(text, draft) }
            { contact(text, draft, change(|draft, typed| draft.contact = typed), said("contact")) }
        </> },
        ActionName::AcceptSignature => number(),
        ActionName::DeclineSignature => html! { <>{ number() }{ because(text, draft, said("because")) }</> },
        ActionName::EnrolPasskey | ActionName::Freeze | ActionName::Unfreeze => Html::default(),
    }
}

fn channel(
    text: Text,
    draft: &UseStateHandle<Draft>,
    channels: &[Channel],
    error: Option<AttrValue>,
) -> Html {
    let words = |channel: Channel| match channel {
        Channel::Email => text.dossiers_channel_email(),
        Channel::Sms => text.dossiers_channel_sms(),
    };
    let value = |channel: Channel| match channel {
        Channel::Email => "email",
        Channel::Sms => "sms",
    };
    let onchange = {
        let draft = draft.clone();
        Callback::from(move |chosen: AttrValue| {
            let chosen = Channel::ALL
                .into_iter()
                .find(|channel| value(*channel) == chosen.as_str());
            draft.set(Draft {
                channel: chosen,
                ..(*draft).clone()
            });
        })
    };
    radios(&props!(RadiosProps {
        id: "channel",
        label: text.dossiers_channel(),
        error,
        options: channels
            .iter()
            .map(|channel| ChoiceOption::new(value(*channel), words(*channel)))
            .collect::<Vec<_>>(),
        selected: draft.channel.map(value),
        onchange
    }))
}

fn wish(text: Text, draft: &UseStateHandle<Draft>) -> Html {
    let words = |wish: ContactWish| match wish {
        ContactWish::Email => text.dossiers_wish_email(),
        ContactWish::Phone => text.dossiers_wish_phone(),
        ContactWish::NoPhone => text.dossiers_wish_no_phone(),
    };
    let onchange = {
        let draft = draft.clone();
        Callback::from(move |chosen: AttrValue| {
            let chosen = ContactWish::ALL
                .into_iter()
                .find(|wish| wish.as_str() == chosen.as_str());
            draft.set(Draft {
                wish: chosen.unwrap_or_default(),
                contact: String::new(),
                ..(*draft).clone()
            });
        })
    };
    radios(&props!(RadiosProps {
        id: "wish",
        label: text.dossiers_wish(),
        options: ContactWish::ALL
            .into_iter()
            .map(|wish| ChoiceOption::new(wish.as_str(), words(wish)))
            .collect::<Vec<_>>(),
        selected: draft.wish.as_str(),
        onchange
    }))
}

fn contact(text: Text, draft: &Draft, oninput: Callback<String>, error: Option<AttrValue>) -> Html {
    let (label, kind) = match draft.wish {
        ContactWish::Email => (text.account_contacts_new_email(), InputKind::Email),
        ContactWish::Phone => (text.account_contacts_new_phone(), InputKind::Phone),
        ContactWish::NoPhone => return Html::default(),
    };
    text_input(&props!(TextInputProps {
        id: "contact",
        label,
        hint: text.dossiers_contact_hint(),
        error,
        value: draft.contact.clone(),
        oninput,
        kind
    }))
}

fn because(text: Text, draft: &UseStateHandle<Draft>, error: Option<AttrValue>) -> Html {
    let options: Vec<_> = Rejection::ALL
        .iter()
        .enumerate()
        .map(|(index, because)| ChoiceOption::new(index.to_string(), words::rejection(text, *because)))
        .collect();
    let selected = draft
        .because
        .and_then(|because| Rejection::ALL.iter().position(|one| *one == because))
        .map(|index| AttrValue::from(index.to_string()));
    let onchange = {
        let draft = draft.clone();
        Callback::from(move |chosen: Option<AttrValue>| {
            let index = chosen.and_then(|index| index.parse::<usize>().ok());
            draft.set(Draft {
                because: index.and_then(|index| Rejection::ALL.get(index).copied()),
                ..(*draft).clone()
            });
        })
    };
    select(&props!(SelectProps {
        id: "because",
        label: text.dossiers_because(),
        error,
        placeholder: text.dossiers_because_choose(),
        options,
        selected,
        onchange
    }))
}

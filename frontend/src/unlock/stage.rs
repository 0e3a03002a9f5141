//! The page of a case: a match on its stage.

use super::channel::ChannelForm;
use super::endings::{Unblocked, ended, ending_title, refusal_title, refused, unblocked};
use super::link::{UnlockLink, address};
use super::passkey::Passkey;
use super::ways::{Abandoning, UnlockRoutes};
use crate::platform::{clock, print};
use crate::procedure::{Awaited, Elsewhere, Greeting, PrepareRequest, link_title, reference_line, sending};
use crate::ui::prose::{advice, paragraph};
use crate::ui::{ButtonKind, NoticeProps, Tone, notice, press, stage_heading};
use core::time::Duration;
use shared::centres::Procedure as Errand;
use shared::i18n::Text;
use shared::signatures::api::Continued;
use shared::time::{Countdown, Timestamp};
use shared::unlock::api::{UnlockStageView, UnlockView};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The server's last view of a case and when it arrived here, which is what countdowns count from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The view.
    pub view: Rc<UnlockView>,
    /// What this device's clock showed when it arrived.
    pub at: Timestamp,
}

impl Seen {
    /// A view that arrives now.
    pub fn now(view: Rc<UnlockView>) -> Self {
        Self {
            view,
            at: clock::now(),
        }
    }
}

/// What the page of a stage is called, in its heading and in the tab.
pub fn title(text: Text, stage: &UnlockStageView) -> &'static str {
    match stage {
        UnlockStageView::Passkey { .. } => text.unlock_passkey_title(),
        UnlockStageView::PasskeyRefused { .. } => text.unlock_refused_title(),
        UnlockStageView::AwaitingSignature { .. } => text.recovery_signature_title(),
        UnlockStageView::AwaitingOfficer { .. } => text.recovery_officer_title(),
        UnlockStageView::Refused { reason } => refusal_title(text, *reason),
        UnlockStageView::Channel { .. } => text.unlock_channel_title(),
        UnlockStageView::Sending { .. } => text.recovery_sending_title(),
        UnlockStageView::LinkSent { to, .. } => link_title(text, to.channel()),
        UnlockStageView::Unblocked { .. } => text.unlock_done_title(),
        UnlockStageView::Ended { ending } => ending_title(text, *ending),
    }
}

/// Properties of [`standing`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StageProps {
    /// The case.
    pub seen: Seen,
    /// Takes a newer view.
    pub show: Callback<Rc<UnlockView>>,
    /// Forgets the case in this page.
    pub onforget: Callback<Greeting>,
    /// That news come by asking only, in words.
    #[prop_or_default]
    pub asking: Option<AttrValue>,
}

/// What a case looks like where it stands.
pub fn standing(text: Text, props: &StageProps) -> Html {
    let seen = &props.seen;
    let view = &seen.view;
    let leaving = html! { <Abandoning onforget={props.onforget.clone()} /> };
    let body = match &view.stage {
        UnlockStageView::Passkey {
            options,
            expires,
            attempts_left,
            deadline,
        } => html! {
            <Passkey options={options.clone()} expires={*expires} attempts_left={*attempts_left} deadline={*deadline}
                server_now={view.now} arrived={seen.at} show={props.show.clone()} />
        },
        UnlockStageView::PasskeyRefused { deadline: _ } => notice(&props!(NoticeProps {
            tone: Tone::Danger,
            children: html! { <>
                { paragraph(text.unlock_refused_what()) }
                { advice(text.unlock_refused_do()) }
            </> }
        })),
        UnlockStageView::AwaitingSignature { deadline } => html! {
            <Elsewhere awaited={Awaited::Signature} deadline={*deadline}>
                <PrepareRequest of={Continued::Unlock} />
                { leaving.clone() }
            </Elsewhere>
        },
        UnlockStageView::AwaitingOfficer { deadline } => html! {
            <Elsewhere awaited={Awaited::Officer(Errand::Unlock)} deadline={*deadline}>{ leaving.clone() }</Elsewhere>
        },
        UnlockStageView::Refused { reason } => refused(text, *reason),
        UnlockStageView::Channel {
            choices,
            failed,
            deadline: _,
        } => html! {
            <ChannelForm choices={choices.clone()} failed={failed.as_ref().map(|to| AttrValue::from(address(to)))} show={props.show.clone()} />
        },
        UnlockStageView::Sending {
            to,
            delivery,
            deadline: _,
        } => sending(
            text,
            to.channel(),
            text.unlock_sending_lead(address(to)),
            *delivery,
        ),
        UnlockStageView::LinkSent {
            to,
            delivery,
            deadline,
            total,
        } => {
            let total = Duration::from_secs((*total).into());
            let countdown = Countdown::new(*deadline, total, view.now, seen.at);
            html! {
                <UnlockLink reference={view.reference.clone()} to={to.clone()} delivery={*delivery} {countdown} show={props.show.clone()} />
            }
        }
        UnlockStageView::Unblocked { at } => {
            return unblocked(
                text,
                &Unblocked {
                    at: *at,
                    employer: None,
                    reference: &view.reference,
                },
            );
        }
        UnlockStageView::Ended { ending } => ended(text, *ending),
    };
    html! {
        <>
            { stage_heading(title_key(&view.stage), title(text, &view.stage).into(), None) }
            { body }
            { closing(text, props, leaving) }
            if let Some(words) = &props.asking { <p class="soft" role="status">{ words }</p> }
        </>
    }
}

/// What stands below every stage: the other routes, if there are any, the way out, and the reference, to take along.
fn closing(text: Text, props: &StageProps, leaving: Html) -> Html {
    let view = &props.seen.view;
    let reference = reference_line(text, &view.reference);
    let routes = html! {
        if !view.routes.is_empty() { <UnlockRoutes routes={view.routes.clone()} show={props.show.clone()} /> }
    };
    match &view.stage {
        UnlockStageView::Passkey { .. } | UnlockStageView::PasskeyRefused { .. } => html! {
            <>
                { routes }
                <div class="actions no-print">{ leaving }</div>
                { reference }
            </>
        },
        UnlockStageView::Channel { .. } => html! {
            <>
                { routes }
                { reference }
            </>
        },
        UnlockStageView::AwaitingSignature { .. }
        | UnlockStageView::AwaitingOfficer { .. }
        | UnlockStageView::Refused { .. } => html! {
            <>
                { routes }
                { paragraph(text.recovery_refused_quote()) }
                { reference }
                <p class="no-print">{ press(ButtonKind::Secondary, Callback::from(|_| print()), text.unlock_print()) }</p>
            </>
        },
        UnlockStageView::Sending { .. }
        | UnlockStageView::LinkSent { .. }
        | UnlockStageView::Unblocked { .. }
        | UnlockStageView::Ended { .. } => reference,
    }
}

/// What tells one heading from another.
const fn title_key(stage: &UnlockStageView) -> &'static str {
    match stage {
        UnlockStageView::Passkey { .. } => "passkey",
        UnlockStageView::PasskeyRefused { .. } => "passkey_refused",
        UnlockStageView::AwaitingSignature { .. } => "signature",
        UnlockStageView::AwaitingOfficer { .. } => "officer",
        UnlockStageView::Refused { .. } => "refused",
        UnlockStageView::Channel { .. } => "channel",
        UnlockStageView::Sending { .. } => "sending",
        UnlockStageView::LinkSent { .. } => "link",
        UnlockStageView::Unblocked { .. } => "unblocked",
        UnlockStageView::Ended { .. } => "ended",
    }
}

//! The page of a case: a match on its stage.

use super::due::{Due, tells};
use super::elsewhere::{Abandoning, RecoveryRoutes};
use super::endings::{
    RegistryUnavailable, completed, ended, ending_title, refusal_title, refused, suspended,
};
use super::link::RecoveryLink;
use super::questions::{Questions, Typed};
use super::step_up::StepUp;
use crate::errors::words;
use crate::platform::{clock, print};
use crate::procedure::{Awaited, Elsewhere, Greeting, PrepareRequest, reference_line, route_links, sending};
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, press, stage_heading};
use core::time::Duration;
use shared::centres::Procedure as Errand;
use shared::i18n::Text;
use shared::notifications::Channel;
use shared::recovery::api::{CaseView, StageView};
use shared::signatures::api::Continued;
use shared::time::{Countdown, Deadline, Timestamp};
use std::rc::Rc;
use yew::prelude::*;

/// The server's last view of a case and when it arrived here, which is what countdowns count from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The view.
    pub view: Rc<CaseView>,
    /// What this device's clock showed when it arrived.
    pub at: Timestamp,
}

impl Seen {
    /// A view that arrives now.
    pub fn now(view: Rc<CaseView>) -> Self {
        Self {
            view,
            at: clock::now(),
        }
    }
}

/// What the page of a stage is called, in its heading and in the tab.
pub fn title(text: Text, stage: &StageView) -> &'static str {
    match stage {
        StageView::Questions { .. } => text.recovery_questions_title(),
        StageView::RegistryUnavailable { registry, .. } => words::registry(text, *registry),
        StageView::Suspended { .. } => text.recovery_suspended_title(),
        StageView::AwaitingSignature { .. } => text.recovery_signature_title(),
        StageView::AwaitingOfficer { .. } => text.recovery_officer_title(),
        StageView::Refused { reason } => refusal_title(text, *reason),
        StageView::StepUp { .. } => text.step_up_title(),
        StageView::Sending { .. } => text.recovery_sending_title(),
        StageView::LinkSent { .. } => text.recovery_link_title(),
        StageView::Completed { .. } => text.recovery_completed_title(),
        StageView::Ended { ending } => ending_title(text, *ending),
    }
}

/// Properties of [`standing`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StageProps {
    /// The case.
    pub seen: Seen,
    /// Takes a newer view.
    pub show: Callback<Rc<CaseView>>,
    /// Forgets the case in this page.
    pub onforget: Callback<Greeting>,
    /// What was typed as answers, from before an outage.
    #[prop_or_default]
    pub typed: Typed,
    /// Hears what is typed as answers.
    #[prop_or_default]
    pub ontyped: Callback<Typed>,
    /// That news come by asking only, in words.
    #[prop_or_default]
    pub asking: Option<AttrValue>,
}

/// What a case looks like where it stands.
pub fn standing(text: Text, props: &StageProps) -> Html {
    let seen = &props.seen;
    let stage = &seen.view.stage;
    let reference = &seen.view.reference;
    let body = match stage {
        StageView::Questions {
            questions,
            failures,
            attempts_left,
            deadline,
        } => html! {
            <Questions key={reference.to_string()} questions={questions.clone()} failures={*failures} attempts_left={*attempts_left}
                deadline={*deadline} typed={props.typed.of(reference)} ontyped={props.ontyped.clone()} case={reference.clone()}
                show={props.show.clone()} onforget={props.onforget.clone()} />
        },
        StageView::RegistryUnavailable {
            registry: _,
            retry_at,
        } => html! {
            <RegistryUnavailable retry_at={*retry_at} show={props.show.clone()} onforget={props.onforget.clone()} />
        },
        StageView::Suspended { until } => suspended(text, *until),
        StageView::AwaitingSignature { deadline } => html! {
            <Elsewhere awaited={Awaited::Signature} deadline={*deadline}>
                <PrepareRequest of={Continued::Recovery} />
                <Abandoning onforget={props.onforget.clone()} />
            </Elsewhere>
        },
        StageView::AwaitingOfficer { deadline } => html! {
            <Elsewhere awaited={Awaited::Officer(Errand::Recovery)} deadline={*deadline}><Abandoning onforget={props.onforget.clone()} /></Elsewhere>
        },
        StageView::Refused { reason } => refused(text, *reason),
        StageView::StepUp {
            reasons,
            passkey,
            attempts_left,
            deadline,
        } => html! {
            <StepUp reasons={reasons.clone()} passkey={passkey.clone()} attempts_left={*attempts_left} deadline={*deadline}
                server_now={seen.view.now} arrived={seen.at} show={props.show.clone()} />
        },
        StageView::Sending {
            address,
            delivery,
            deadline: _,
        } => sending(
            text,
            Channel::Email,
            text.recovery_sending_lead(address.to_string()),
            *delivery,
        ),
        StageView::LinkSent {
            address,
            delivery,
            deadline,
            total,
        } => html! {
            <RecoveryLink reference={reference.clone()} address={address.to_string()} delivery={*delivery}
                countdown={countdown(seen, *deadline, *total)} show={props.show.clone()} />
        },
        StageView::Completed { at, linked } => {
            return html! { <>{ completed(text, *at, linked, reference_line(text, reference)) }<Due /></> };
        }
        StageView::Ended { ending } => ended(text, *ending),
    };
    let title = title(text, stage);
    html! {
        <>
            // Another heading is another place: it takes the focus. Another language is not.
            { stage_heading(title_key(stage), title.into(), None) }
            { body }
            { closing(text, props) }
            if tells(stage) { <Due key="due" /> }
            if let Some(words) = &props.asking { <p class="soft" role="status">{ words }</p> }
        </>
    }
}

/// What stands below every stage: the other routes, if there are any, and the reference, to take along.
fn closing(text: Text, props: &StageProps) -> Html {
    let view = &props.seen.view;
    let (routes, reference) = (&view.routes, reference_line(text, &view.reference));
    match &view.stage {
        // Going elsewhere cannot be taken back, and here the way goes on: the routes are told about, not taken.
        StageView::Questions { .. } | StageView::RegistryUnavailable { .. } => {
            html! { <>{ route_links(text, routes) }{ reference }</> }
        }
        StageView::Suspended { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. }
        | StageView::Refused { .. }
        | StageView::StepUp { .. } => html! {
            <>
                if !routes.is_empty() { <RecoveryRoutes routes={routes.clone()} show={props.show.clone()} /> }
                { paragraph(text.recovery_refused_quote()) }
                { reference }
                <p class="no-print">{ press(ButtonKind::Secondary, Callback::from(|_| print()), text.recovery_print()) }</p>
            </>
        },
        StageView::Sending { .. }
        | StageView::LinkSent { .. }
        | StageView::Completed { .. }
        | StageView::Ended { .. } => reference,
    }
}

/// What tells one heading from another.
const fn title_key(stage: &StageView) -> &'static str {
    match stage {
        StageView::Questions { .. } => "questions",
        StageView::RegistryUnavailable { .. } => "registry",
        StageView::Suspended { .. } => "suspended",
        StageView::AwaitingSignature { .. } => "signature",
        StageView::AwaitingOfficer { .. } => "officer",
        StageView::Refused { .. } => "refused",
        StageView::StepUp { .. } => "step_up",
        StageView::Sending { .. } => "sending",
        StageView::LinkSent { .. } => "link",
        StageView::Completed { .. } => "completed",
        StageView::Ended { .. } => "ended",
    }
}

/// The time of a link, as this device counts it.
fn countdown(seen: &Seen, deadline: Deadline, total: u32) -> Countdown {
    Countdown::new(
        deadline,
        Duration::from_secs(total.into()),
        seen.view.now,
        seen.at,
    )
}

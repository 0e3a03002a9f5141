//! The page of a case: a match on its stage.

use super::endings::{Completed, Ended, Refused, RegistryUnavailable, Suspended};
use super::identify::Greeting;
use super::link::{LinkSent, Sending};
use super::questions::Questions;
use crate::errors::ProblemNotice;
use crate::i18n::{use_text, use_title};
use crate::platform::clock;
use crate::ui::{Description, DescriptionList, Loading, StageHeading};
use shared::api::Problem;
use shared::i18n::Text;
use shared::recovery::CaseReference;
use shared::recovery::api::{CaseView, StageView};
use shared::time::Timestamp;
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
        Self { view, at: clock::now() }
    }
}

/// Properties of [`Stage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StageProps {
    /// The case.
    pub seen: Seen,
    /// Takes a newer view.
    pub show: Callback<Rc<CaseView>>,
    /// Forgets the case in this page.
    pub onforget: Callback<Greeting>,
    /// That news come by asking only, in words.
    #[prop_or_default]
    pub asking: Option<AttrValue>,
}

/// What a case looks like where it stands.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let seen = &props.seen;
    let reference = seen.view.reference.clone();
    match &seen.view.stage {
        StageView::Questions { questions, failures, attempts_left, deadline } => html! {
            <Questions key={format!("questions-{reference}")} reference={reference.clone()} questions={questions.clone()} failures={*failures}
                attempts_left={*attempts_left} deadline={*deadline} show={props.show.clone()} onforget={props.onforget.clone()} />
        },
        StageView::RegistryUnavailable { registry, retry_at } => html! {
            <RegistryUnavailable key="unavailable" {reference} registry={*registry} retry_at={*retry_at} show={props.show.clone()}
                onforget={props.onforget.clone()} />
        },
        StageView::Suspended { until } => html! { <Suspended key="suspended" {reference} until={*until} /> },
        StageView::Refused { reason } => html! { <Refused key="refused" {reference} reason={*reason} /> },
        StageView::Sending { address, delivery, deadline: _ } => html! {
            <Sending key="sending" {reference} address={address.clone()} delivery={*delivery} asking={props.asking.clone()} />
        },
        StageView::LinkSent { address, delivery, deadline, total } => html! {
            <LinkSent key="link" {reference} address={address.clone()} delivery={*delivery} deadline={*deadline} total={*total}
                server_now={seen.view.now} arrived={seen.at} show={props.show.clone()} asking={props.asking.clone()} />
        },
        StageView::Completed { at } => html! { <Completed key="completed" {reference} at={*at} /> },
        StageView::Ended { ending } => html! { <Ended key="ended" {reference} ending={*ending} /> },
    }
}

/// The reference, to quote.
pub(super) fn reference_line(text: Text, reference: &CaseReference) -> Html {
    let detail = html! { <strong class="reference">{ reference.to_string() }</strong> };
    html! { <DescriptionList entries={vec![Description { term: text.recovery_reference_label().into(), detail }]} /> }
}

/// The case is being loaded.
#[component]
pub fn LoadingCase() -> Html {
    let text = use_text();
    use_title(text.recovery_title());
    html! {
        <>
            <StageHeading text={text.recovery_title()} />
            <Loading text={text.recovery_loading()} />
        </>
    }
}

/// Properties of [`LoadFailed`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LoadFailedProps {
    /// Why.
    pub problem: Problem,
    /// Tries again.
    pub onretry: Callback<()>,
}

/// The case could not be loaded.
#[component]
pub fn LoadFailed(props: &LoadFailedProps) -> Html {
    let text = use_text();
    use_title(text.recovery_title());
    html! {
        <>
            <StageHeading text={text.recovery_title()} />
            <ProblemNotice problem={props.problem.clone()} onretry={props.onretry.clone()} />
        </>
    }
}

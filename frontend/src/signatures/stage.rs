//! The page of a request: a match on its stage.

use super::expired::Expired;
use super::issued::Issued;
use super::outcome::{declined, ended, ending_title, passed, passed_title, referred};
use crate::api::use_call;
use crate::findings::verdict_lines;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::procedure::{Greeting, Leaving, LeavingWords, reference_entry};
use crate::routes::{Route, link};
use crate::ui::prose::{heading, soft};
use crate::ui::{Description, DescriptionListProps, description_list, stage_heading};
use shared::i18n::Text;
use shared::signatures::api::{AbandonSignature, Empty, SignatureStageView, SignatureView, VerdictView};
use shared::signatures::{Outcome, PurposeName};
use shared::time::{Countdown, Deadline, Timestamp};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The server's last view of a request and when it arrived here, which is what its time is counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The view.
    pub view: Rc<SignatureView>,
    /// What this device's clock showed when it arrived.
    pub at: Timestamp,
}

impl Seen {
    /// A view that arrives now.
    pub fn now(view: Rc<SignatureView>) -> Self {
        Self {
            view,
            at: clock::now(),
        }
    }

    /// The time to a deadline, as this device counts it.
    pub(super) fn countdown(&self, deadline: Deadline) -> Countdown {
        let total = deadline.remaining(self.view.now);
        Countdown::new(deadline, total, self.view.now, self.at)
    }
}

/// What the page of a stage is called, in its heading and in the tab.
pub fn title(text: Text, view: &SignatureView) -> &'static str {
    match &view.stage {
        SignatureStageView::Issued { .. } if view.verdict.is_some() => text.signatures_failed_title(),
        SignatureStageView::Issued { .. } => text.signatures_issued_title(),
        SignatureStageView::Expired { .. } => text.signatures_expired_title(),
        SignatureStageView::Referred { .. } => text.signatures_referred_title(),
        SignatureStageView::Passed { next, .. } => passed_title(text, *next),
        SignatureStageView::Declined { .. } => text.signatures_declined_title(),
        SignatureStageView::Ended { ending } => ending_title(text, *ending),
    }
}

/// Properties of [`standing`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StageProps {
    /// The request.
    pub seen: Seen,
    /// Takes a newer view.
    pub show: Callback<Rc<SignatureView>>,
    /// Asks the server for one.
    pub onask: Callback<()>,
    /// Forgets the request in this page.
    pub onforget: Callback<Greeting>,
}

/// What a request looks like where it stands.
pub fn standing(text: Text, props: &StageProps) -> Html {
    let view = &props.seen.view;
    let leaving = html! { <Abandoning onforget={props.onforget.clone()} /> };
    match &view.stage {
        SignatureStageView::Issued {
            deadline,
            uploads_left,
        } => html! {
            <>
                { arriving(text, view) }
                <Issued key={view.reference.to_string()} seen={props.seen.clone()} deadline={*deadline} uploads_left={*uploads_left}
                    show={props.show.clone()} onask={props.onask.clone()} />
                { described(about(text, view)) }
                <div class="actions no-print">{ leaving }</div>
            </>
        },
        SignatureStageView::Expired { deadline } => html! {
            <>
                { arriving(text, view) }
                <Expired deadline={*deadline} show={props.show.clone()} />
                { verdict(text, view.verdict.as_ref()) }
                { described(about(text, view)) }
                <div class="actions no-print">{ leaving }</div>
            </>
        },
        SignatureStageView::Referred { number, at } => html! {
            <>
                { referred(text, number, *at, about(text, view)) }
                { verdict(text, view.verdict.as_ref()) }
            </>
        },
        SignatureStageView::Passed { at, next } => html! {
            <>
                { passed(text, view, *at, *next, about(text, view)) }
                { verdict(text, view.verdict.as_ref()) }
            </>
        },
        SignatureStageView::Declined { at, because } => html! {
            <>
                { declined(text, *because, *at, about(text, view)) }
                { verdict(text, view.verdict.as_ref()) }
            </>
        },
        SignatureStageView::Ended { ending } => html! {
            <>
                { arriving(text, view) }
                { ended(text, *ending) }
                { verdict(text, view.verdict.as_ref()) }
                { described(about(text, view)) }
            </>
        },
    }
}

/// The heading. Another verdict is another page: it takes the focus.
fn arriving(text: Text, view: &SignatureView) -> Html {
    let key = view.verdict.as_ref().map_or(0, |verdict| verdict.at.as_millis());
    html! { <div class="arriving" {key}>{ stage_heading(title_key(&view.stage), title(text, view).into(), None) }</div> }
}

/// What was checked, if a file was.
pub(super) fn verdict(text: Text, verdict: Option<&VerdictView>) -> Html {
    let Some(verdict) = verdict else {
        return Html::default();
    };
    html! {
        <section>
            { heading(text.signatures_verdict_title()) }
            { soft(text.signatures_verdict_at(clock::hour(verdict.at))) }
            { verdict_lines(text, verdict) }
            if verdict.outcome == Outcome::TotalFailed {
                <p class="no-print">{ link(Route::HelpTopic("firma-no-valida".into()), text.errors_help_link()) }</p>
            }
        </section>
    }
}

/// Terms and what they are.
pub(super) fn described(entries: Vec<Description>) -> Html {
    description_list(&props!(DescriptionListProps { entries }))
}

/// What the request is, and its reference, to take along.
fn about(text: Text, view: &SignatureView) -> Vec<Description> {
    let asks = match (view.purpose, &view.contact) {
        (PurposeName::Recovery, _) => text.signatures_for_recovery().to_owned(),
        (PurposeName::Unlock, _) => text.signatures_for_unlock().to_owned(),
        (PurposeName::Email, contact) => text.signatures_for_email(contact.as_deref().unwrap_or_default()),
        (PurposeName::Phone, contact) => text.signatures_for_phone(contact.as_deref().unwrap_or_default()),
    };
    let asked = Description {
        term: text.signatures_for_label().into(),
        detail: html! { { asks } },
    };
    vec![asked, reference_entry(text, &view.reference)]
}

/// What tells one heading from another.
const fn title_key(stage: &SignatureStageView) -> &'static str {
    match stage {
        SignatureStageView::Issued { .. } => "issued",
        SignatureStageView::Expired { .. } => "expired",
        SignatureStageView::Referred { .. } => "referred",
        SignatureStageView::Passed { .. } => "passed",
        SignatureStageView::Declined { .. } => "declined",
        SignatureStageView::Ended { .. } => "ended",
    }
}

/// Properties of [`Abandoning`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct AbandoningProps {
    /// Forgets the request when the server has.
    onforget: Callback<Greeting>,
}

/// A button that ends the request, after a question.
#[component]
fn Abandoning(props: &AbandoningProps) -> Html {
    let text = use_text();
    let abandon = use_call::<AbandonSignature>();
    let onleave = {
        let (abandon, onforget) = (abandon.clone(), props.onforget.clone());
        Callback::from(move |()| {
            let onforget = onforget.clone();
            abandon.send_then(Empty {}, move |_| onforget.emit(Greeting::Abandoned));
        })
    };
    let words = LeavingWords {
        act: text.signatures_abandon(),
        title: text.signatures_abandon_title(),
        body: text.signatures_abandon_body(),
        confirm: text.signatures_abandon_confirm(),
        keep: text.signatures_abandon_keep(),
    };
    html! { <Leaving {words} problem={abandon.problem().cloned()} {onleave} /> }
}

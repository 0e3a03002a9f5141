//! What was done for the account, and how far what was sent has come, live.

use super::words;
use crate::countdown::use_remaining;
use crate::i18n::use_text;
use crate::ui::prose::{paragraph, soft};
use crate::ui::{NoticeProps, Tone, Urgency, live_region, notice, tag};
use shared::accounts::Progress;
use shared::dossiers::api::{DoneView, DossierView, UnderWay};
use shared::dossiers::{ActionName, ApprovalState};
use shared::i18n::Text;
use shared::time::{Countdown, Deadline, Timestamp};
use yew::prelude::*;
use yew::props;

/// Everything, the newest first; and whether the person has finished.
pub(super) fn done(text: Text, view: &DossierView, heard: Timestamp) -> Html {
    if view.done.is_empty() {
        return Html::default();
    }
    let newest = view
        .done
        .iter()
        .find_map(|done| Some((done.action, progress_of(done)?)));
    let said = newest
        .map(|(action, progress)| words::progress(text, action, progress).1)
        .unwrap_or_default();
    html! {
        <section class="flow" aria-labelledby="done-title">
            <h2 id="done-title">{ text.dossiers_done() }</h2>
            { live_region(said) }
            if has_finished(view) {
                { notice(&props!(NoticeProps { tone: Tone::Success, title: text.dossiers_finished(), urgency: Urgency::Polite, children: paragraph(text.dossiers_finished_what()) })) }
            }
            <ol class="done-list">{ for view.done.iter().zip((1..=view.done.len()).rev()).map(|(one, place)| html! { <li key={place}>{ entry(text, view, one, heard) }</li> }) }</ol>
        </section>
    }
}

/// Whether the person has finished: nothing waits for a second officer or for being carried out, all that was set going is over,
/// and what was set going last was done.
fn has_finished(view: &DossierView) -> bool {
    let waits = view.approvals.iter().any(|approval| match approval.state {
        ApprovalState::Waiting | ApprovalState::Granted => true,
        ApprovalState::Agreed | ApprovalState::Refused | ApprovalState::Lapsed | ApprovalState::Failed => {
            false
        }
    });
    let mut set_going = view.done.iter().filter_map(progress_of);
    let newest = set_going.clone().next();
    !waits && matches!(newest, Some(Progress::Done { .. })) && set_going.all(Progress::is_over)
}

fn progress_of(done: &DoneView) -> Option<&Progress> {
    done.under_way.as_ref()?.progress.as_ref()
}

fn entry(text: Text, view: &DossierView, done: &DoneView, heard: Timestamp) -> Html {
    let by = match &done.second {
        Some(second) => text.dossiers_done_by_two(words::hour(view.zone, done.at), &done.officer, second),
        None => text.dossiers_done_by(words::hour(view.zone, done.at), &done.officer),
    };
    html! {
        <>
            <p><strong>{ words::action(text, done.action) }</strong></p>
            if let Some(under_way) = &done.under_way { { following(text, done.action, under_way, view.now, heard) } }
            { soft(by) }
            <p class="note">{ done.reason.as_str() }</p>
        </>
    }
}

/// Where it went and how far it is.
fn following(text: Text, action: ActionName, under_way: &UnderWay, now: Timestamp, heard: Timestamp) -> Html {
    let deadline = match &under_way.progress {
        Some(Progress::HandedOver { deadline } | Progress::Opened { deadline }) => Some(*deadline),
        Some(
            Progress::Queued
            | Progress::Delayed
            | Progress::Done { .. }
            | Progress::Rejected
            | Progress::Expired
            | Progress::Stopped,
        )
        | None => None,
    };
    html! {
        <p class="following">
            if let Some(progress) = &under_way.progress {
                { {let (tone, words) = words::progress(text, action, progress); tag(tone, words)} }
            }
            if let Some(deadline) = deadline { { " " }<Left {deadline} {now} {heard} /> }
            if let Some(to) = &under_way.to { <span class="detail-more">{ text.dossiers_sent_to(to) }</span> }
            if let Some(reference) = &under_way.reference { <span class="detail-more">{ text.dossiers_sent_reference(reference) }</span> }
        </p>
    }
}

/// Properties of [`Left`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct LeftProps {
    /// The end.
    pub deadline: Deadline,
    /// The server's time when it was said.
    pub now: Timestamp,
    /// What this device's clock showed then.
    pub heard: Timestamp,
}

/// How much time is left.
#[component]
pub(super) fn Left(props: &LeftProps) -> Html {
    let text = use_text();
    let left = use_remaining(Countdown::new(
        props.deadline,
        props.deadline.remaining(props.now),
        props.now,
        props.heard,
    ));
    html! { <span class="left" role="timer" aria-live="off">{ text.dossiers_left(left.clock()) }</span> }
}

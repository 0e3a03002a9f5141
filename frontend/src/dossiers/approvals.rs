//! What waits for a second officer, and what one decides.

use super::done::Left;
use super::referral::referral;
use super::words;
use crate::errors::{problem_notice, summary};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::routes::{Route, StaffPage, use_navigator};
use crate::staff::reason::{reason_entry, reason_field};
use crate::staff::{
    Officer, at_hand, line_words, state_of, use_kept_focus, use_news, use_staff_call, use_staff_session,
};
use crate::ui::prose::{lead, paragraph, soft};
use crate::ui::{ButtonKind, ButtonProps, ButtonRole, button, live_region, loading, press};
use shared::dossiers::ApprovalState;
use shared::dossiers::api::{
    APPROVALS_EVENT, APPROVALS_EVENTS_PATH, ApprovalDecided, ApprovalDecision, ApprovalList, ApprovalView,
    DecideApproval, DossierView, ListApprovals, Yours,
};
use shared::i18n::Text;
use shared::identifiers::DossierId;
use shared::staff::ActReason;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What was asked of a second officer for a dossier.
pub(super) fn asked(text: Text, view: &DossierView, heard: Timestamp) -> Html {
    if view.approvals.is_empty() {
        return Html::default();
    }
    html! {
        <section class="flow" aria-labelledby="asked-title">
            <h2 id="asked-title">{ text.dossiers_asked() }</h2>
            <ol class="done-list">
                { for view.approvals.iter().map(|one| html! { <li key={one.approval.to_string()}>{ about(text, one, view.now, heard) }</li> }) }
            </ol>
        </section>
    }
}

/// What, for whom, by whom, why, how it stands.
fn about(text: Text, one: &ApprovalView, now: Timestamp, heard: Timestamp) -> Html {
    html! {
        <>
            <p><strong>{ words::action(text, one.action) }</strong>{ " " }{ words::approval_state(text, one.state) }
                if matches!(one.state, ApprovalState::Waiting | ApprovalState::Granted) { { " " }<Left deadline={one.deadline} {now} {heard} /> }
            </p>
            <p class="figures">{ &one.employer }if let Some(contact) = &one.contact { <span class="detail-more">{ text.dossiers_new_contact(contact) }</span> }</p>
            if let Some(asked) = &one.referral { { referral(text, asked) } }
            { soft(text.dossiers_asked_by(words::hour(one.zone, one.asked_at), &one.asked_by)) }
            <p class="note">{ one.reason.as_str() }</p>
            if let Some(decided) = &one.decided {
                { soft(text.dossiers_decided_by(words::hour(one.zone, decided.at), &decided.officer)) }
                <p class="note">{ decided.reason.as_str() }</p>
            }
        </>
    }
}

/// The list as the server said last, and when that was heard.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    list: Rc<ApprovalList>,
    heard: Timestamp,
}

/// Properties of [`ApprovalsPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ApprovalsPageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The page.
#[component]
pub fn ApprovalsPage(_props: &ApprovalsPageProps) -> Html {
    let text = use_text();
    let told = use_state_eq(|| None::<Told>);
    let is_open = use_staff_session().is_open();
    let load = use_staff_call::<ListApprovals>();
    let navigator = use_navigator();
    let show = {
        let told = told.clone();
        Callback::from(move |list: Rc<ApprovalList>| {
            if told.as_ref().is_none_or(|told| told.list.now <= list.now) {
                told.set(Some(Told {
                    list,
                    heard: clock::now(),
                }));
            }
        })
    };
    let ask = {
        let (load, show) = (load.clone(), show.clone());
        Callback::from(move |()| {
            let show = show.clone();
            load.send_then((), move |list| show.emit(list));
        })
    };
    {
        let ask = ask.clone();
        use_effect_with(is_open, move |open| {
            if *open {
                ask.emit(());
            }
        });
    }
    let line = use_news::<ApprovalList>(
        told.is_some().then(|| APPROVALS_EVENTS_PATH.to_owned()),
        APPROVALS_EVENT,
        show,
        ask.clone(),
    );
    let states = told.as_ref().map(|told| {
        let each = told.list.approvals.iter();
        each.map(|one| (one.approval, one.state)).collect::<Vec<_>>()
    });
    use_kept_focus(states, "waiting-title".into());
    let onlook = Callback::from(move |dossier: DossierId| {
        at_hand::keep_dossier(dossier);
        navigator.go(Route::Staff(StaffPage::Dossier));
    });
    let Some(Told { list, heard }) = &*told else {
        return match load.problem() {
            Some(problem) => problem_notice(text, problem, Some(&ask)),
            None => loading(text.staff_loading()),
        };
    };
    let (waiting, over): (Vec<_>, Vec<_>) = list
        .approvals
        .iter()
        .partition(|one| one.state == ApprovalState::Waiting);
    let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    let card = |one: &ApprovalView| {
        let onask = ask.clone();
        html! {
            <li key={one.approval.to_string()} class="card">
                { about(text, one, list.now, *heard) }
                <Decision approval={one.clone()} onlook={onlook.clone()} ondecided={onask} />
            </li>
        }
    };
    html! {
        <div class="flow">
            <p class="queue-where">{ line_words(text, line) }</p>
            { lead(text.dossiers_approvals_lead()) }
            { live_region(&text.dossiers_approvals_waiting(count)) }
            <section class="flow" aria-labelledby="waiting-title">
                <h2 id="waiting-title" tabindex="-1">{ text.dossiers_approvals_waiting(count) }</h2>
                if waiting.is_empty() { { paragraph(text.dossiers_approvals_none()) } }
                <ol class="approvals">{ for waiting.into_iter().map(card) }</ol>
            </section>
            if !over.is_empty() {
                <section class="flow" aria-labelledby="over-title">
                    <h2 id="over-title">{ text.dossiers_approvals_over() }</h2>
                    <ol class="approvals">{ for over.into_iter().map(|one| html! { <li key={one.approval.to_string()} class="card">{ about(text, one, list.now, *heard) }</li> }) }</ol>
                </section>
            }
        </div>
    }
}

/// Properties of [`Decision`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct DecisionProps {
    approval: ApprovalView,
    onlook: Callback<DossierId>,
    ondecided: Callback<()>,
}

/// Agreeing or refusing, with a reason; looking at the dossier first.
#[component]
fn Decision(props: &DecisionProps) -> Html {
    let text = use_text();
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state(|| 0_u32);
    let decide = use_staff_call::<DecideApproval>();
    let one = &props.approval;
    let id = format!("reason-{}", one.approval);
    let answer = {
        let (reason, submission, decide) = (reason.clone(), submission.clone(), decide.clone());
        let (approval, ondecided) = (one.approval, props.ondecided.clone());
        Callback::from(move |decision| {
            if decide.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let Ok(reason) = reason.send() {
                let ondecided = ondecided.clone();
                decide.send_then(
                    ApprovalDecided {
                        approval,
                        decision,
                        reason,
                    },
                    move |_| ondecided.emit(()),
                );
            }
        })
    };
    let look = {
        let dossier = one.dossier;
        press(
            ButtonKind::Quiet,
            props.onlook.reform(move |_: MouseEvent| dossier),
            text.dossiers_approval_look(),
        )
    };
    match one.yours {
        Yours::ToDecide => {
            let onsubmit = {
                let answer = answer.clone();
                Callback::from(move |event: SubmitEvent| {
                    event.prevent_default();
                    answer.emit(ApprovalDecision::Agree);
                })
            };
            let state = state_of(&decide);
            html! {
                <form class="card-form flow" {onsubmit} novalidate=true>
                    { summary(text, *submission, || reason_entry(text, &id, &reason).into_iter().collect()) }
                    if let Some(problem) = decide.problem() { { problem_notice(text, problem, None) } }
                    { reason_field(text, &id, text.staff_reason_hint(), &reason) }
                    <div class="actions">
                        { button(&props!(ButtonProps { role: ButtonRole::Submit, state, children: html! { text.dossiers_agree() } })) }
                        { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state, onclick: answer.reform(|_: MouseEvent| ApprovalDecision::Refuse), children: html! { text.dossiers_refuse() } })) }
                        { look }
                    </div>
                </form>
            }
        }
        Yours::Own => {
            html! { <>{ soft(text.dossiers_approval_own()) }<div class="actions">{ look }</div></> }
        }
        Yours::Over => Html::default(),
    }
}

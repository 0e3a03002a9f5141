//! The page of a dossier.

use super::acts::acts;
use super::approvals::asked;
use super::done::done;
use super::enrolment::Enrolment;
use super::head::head;
use super::items::items;
use super::records::records;
use crate::errors::{problem_notice, summary};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::routes::{Route, StaffPage};
use crate::staff::reason::{reason_entry, reason_field};
use crate::staff::{
    Officer, Press, at_hand, line_words, state_of, use_kept_focus, use_news, use_shortcut, use_staff_call,
    use_staff_session,
};
use crate::ui::prose::{lead, paragraph};
use crate::ui::{ButtonKind, ButtonState, NoticeProps, button_link, loading, notice, submit};
use shared::accounts::Progress;
use shared::api::{ErrorCode, Problem};
use shared::dossiers::ActionName;
use shared::dossiers::api::{
    Acted, DOSSIER_EVENT, DossierLooked, DossierNamed, DossierView, EnrolmentShown, LookUp, ShowDossier,
    dossier_events_path,
};
use shared::identifiers::DossierId;
use shared::staff::ActReason;
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`DossierPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DossierPageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The dossier that is open in this tab.
#[component]
pub fn DossierPage(_props: &DossierPageProps) -> Html {
    let text = use_text();
    match at_hand::dossier() {
        Some(dossier) => html! { <Dossier key={dossier.to_string()} {dossier} /> },
        None => html! {
            <div class="flow">
                { lead(text.dossiers_none()) }
                <div class="actions">{ button_link(ButtonKind::Primary, Route::Staff(StaffPage::Queue).path(), text.dossiers_to_queue()) }</div>
            </div>
        },
    }
}

/// The dossier as the server said last, and when that was heard.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    view: Rc<DossierView>,
    heard: Timestamp,
}

/// Properties of [`Dossier`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct DossierProps {
    dossier: DossierId,
}

/// One dossier.
#[component]
fn Dossier(props: &DossierProps) -> Html {
    let text = use_text();
    let dossier = props.dossier;
    let told = use_state_eq(|| None::<Told>);
    let chosen = use_state_eq(|| None::<ActionName>);
    let enrolment = use_state_eq(|| None::<(EnrolmentShown, Timestamp)>);
    let why = use_state_eq(|| None::<ActReason>);
    let is_open = use_staff_session().is_open();
    let load = use_staff_call::<ShowDossier>();
    let look_up = use_staff_call::<LookUp>();
    let show = {
        let told = told.clone();
        Callback::from(move |view: Rc<DossierView>| {
            // What a slow answer says may be older than what is shown.
            if told.as_ref().is_none_or(|told| told.view.now <= view.now) {
                told.set(Some(Told {
                    view,
                    heard: clock::now(),
                }));
            }
        })
    };
    let ask = {
        let (load, show, reason) = (load.clone(), show.clone(), (*why).clone());
        Callback::from(move |()| {
            let show = show.clone();
            let reason = reason.clone();
            load.send_then(DossierLooked { dossier, reason }, move |view| show.emit(view));
        })
    };
    {
        let ask = ask.clone();
        use_effect_with((is_open, (*why).clone()), move |(open, _)| {
            if *open {
                ask.emit(());
            }
        });
    }
    let line = use_news::<DossierView>(
        told.is_some().then(|| dossier_events_path(dossier)),
        DOSSIER_EVENT,
        show.clone(),
        ask.clone(),
    );
    let onlook = {
        let (look_up, show) = (look_up.clone(), show.clone());
        Callback::from(move |()| {
            let show = show.clone();
            if state_of(&look_up) == ButtonState::Ready {
                look_up.send_then(DossierNamed { dossier }, move |view| show.emit(view));
            }
        })
    };
    use_shortcut(Press::Key("c"), text.dossiers_key_look_up(), onlook.clone());
    let onacted = {
        let (show, chosen, enrolment) = (show.clone(), chosen.setter(), enrolment.setter());
        Callback::from(move |acted: Rc<Acted>| {
            chosen.set(None);
            if let Some(shown) = acted.enrolment.clone() {
                enrolment.set(Some((shown, acted.dossier.now)));
            }
            show.emit(Rc::new(acted.dossier.clone()));
        })
    };
    use_kept_focus(*chosen, "acts-title".into());
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |name| chosen.set(name))
    };
    let onclose = {
        let enrolment = enrolment.setter();
        Callback::from(move |()| enrolment.set(None))
    };
    let Some(Told { view, heard }) = &*told else {
        return match load.problem() {
            Some(problem) if asks_why(problem) => {
                let onwhy = {
                    let why = why.setter();
                    Callback::from(move |reason| why.set(Some(reason)))
                };
                html! { <Why state={state_of(&load)} {onwhy} /> }
            }
            Some(problem) => html! { <>
                { problem_notice(text, problem, Some(&ask)) }
                <div class="actions">{ button_link(ButtonKind::Secondary, Route::Staff(StaffPage::Queue).path(), text.dossiers_to_queue()) }</div>
            </> },
            None => loading(text.staff_loading()),
        };
    };
    html! {
        <div class="dossier">
            { head(text, view, line_words(text, line)) }
            if let Some((shown, said)) = enrolment.as_ref().filter(|_| !is_enrolled(view)) {
                <Enrolment shown={shown.clone()} said={*said} {onclose} />
            }
            <div class="dossier-main flow">
                { records(text, view, &look_up, onlook) }
                { items(text, view, &show) }
            </div>
            <div class="dossier-side flow">
                { done(text, view, *heard) }
                { asked(text, view, *heard) }
                { acts(text, view, *chosen, &choose, &onacted) }
            </div>
        </div>
    }
}

/// Whether a passkey was enrolled with the link that was made last: then there is nothing to show of it.
fn is_enrolled(view: &DossierView) -> bool {
    let newest = view
        .done
        .iter()
        .find(|done| done.action == ActionName::EnrolPasskey);
    let progress = newest.and_then(|done| done.under_way.as_ref()?.progress.as_ref());
    matches!(progress, Some(Progress::Done { .. }))
}

/// Whether the server wants to know why somebody looks who does not serve the visit.
fn asks_why(problem: &Problem) -> bool {
    problem.code == ErrorCode::InvalidInput && problem.fields.iter().any(|wrong| wrong.field == "reason")
}

/// Properties of [`Why`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct WhyProps {
    state: ButtonState,
    onwhy: Callback<ActReason>,
}

/// Why somebody looks at another officer's dossier.
#[component]
fn Why(props: &WhyProps) -> Html {
    let text = use_text();
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state(|| 0_u32);
    let onsubmit = {
        let (reason, submission, onwhy) = (reason.clone(), submission.clone(), props.onwhy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submission.set(*submission + 1);
            if let Ok(reason) = reason.send() {
                onwhy.emit(reason);
            }
        })
    };
    html! {
        <form class="card flow" {onsubmit} novalidate=true>
            { notice(&props!(NoticeProps { title: text.dossiers_why_title(), children: paragraph(text.dossiers_why_what()) })) }
            { summary(text, *submission, || reason_entry(text, "why", &reason).into_iter().collect()) }
            { reason_field(text, "why", text.staff_reason_hint(), &reason) }
            <div class="actions">{ submit(props.state, text.dossiers_why_look()) }</div>
        </form>
    }
}

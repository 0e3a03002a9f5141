//! The page of the queue.

use super::acts::use_acts;
use super::expected::expected;
use super::found::SearchBox;
use super::mine::{Mine, use_to_dossier};
use super::seat::{FirstSeat, Roams, seat};
use super::visits::{elsewhere, over, waiting};
use super::walk_in::WalkInForm;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::staff::{
    Officer, Press, at_hand, line_words, state_of, use_kept_focus, use_listed_keys, use_news, use_shortcut,
    use_staff_call, use_staff_session,
};
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, ButtonProps, ButtonState, button, live_region, loading};
use shared::api::ErrorCode;
use shared::dossiers::api::{OpenDossier, VisitNamed};
use shared::time::Timestamp;
use shared::visits::StageName;
use shared::visits::api::{DayQueue, QUEUE_EVENT, QUEUE_EVENTS_PATH, QueueView, WalkIn};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Milliseconds between two looks at how long people have waited.
const MINUTES: u32 = 20_000;

/// Properties of [`QueuePage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct QueuePageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The queue as the server said last, and when that was heard.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    view: Rc<QueueView>,
    heard: Timestamp,
}

/// Whether the form for somebody without an appointment is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Closed,
    Open,
}

/// The page.
#[component]
pub fn QueuePage(props: &QueuePageProps) -> Html {
    let text = use_text();
    let told = use_state_eq(|| None::<Told>);
    let door = use_state_eq(|| Door::Closed);
    let admitting = use_mut_ref(|| false);
    let heard = {
        let told = told.clone();
        Callback::from(move |view: Rc<QueueView>| {
            // What a slow answer says may be older than what is shown.
            if told.as_ref().is_none_or(|told| told.view.now <= view.now) {
                told.set(Some(Told {
                    view,
                    heard: clock::now(),
                }));
            }
        })
    };
    let acts = {
        let (heard, admitting, door) = (heard.clone(), admitting.clone(), door.setter());
        use_acts(Callback::from(move |view| {
            if admitting.replace(false) {
                door.set(Door::Closed);
            }
            heard.emit(view);
        }))
    };
    let is_open = use_staff_session().is_open();
    let load = use_staff_call::<DayQueue>();
    let ask = {
        let (load, heard) = (load.clone(), heard.clone());
        Callback::from(move |()| {
            let heard = heard.clone();
            load.send_then((), move |view| heard.emit(view));
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
    let line = use_news::<QueueView>(
        told.is_some().then(|| QUEUE_EVENTS_PATH.to_owned()),
        QUEUE_EVENT,
        heard,
        ask.clone(),
    );
    let open = use_staff_call::<OpenDossier>();
    let to_dossier = use_to_dossier();
    let mine = told.as_ref().and_then(|told| {
        let mine = told.view.mine?;
        told.view.visits.iter().find(|visit| visit.visit == mine).cloned()
    });
    let onopen = {
        let (open, visit) = (open.clone(), mine.as_ref().map(|visit| visit.visit));
        Callback::from(move |()| {
            let to_dossier = to_dossier.clone();
            if let Some(visit) = visit {
                open.send_then(VisitNamed { visit }, move |dossier| {
                    at_hand::keep_dossier(dossier.dossier);
                    to_dossier.emit(());
                });
            }
        })
    };
    let state = match (acts.state(), state_of(&open)) {
        (ButtonState::Ready, ButtonState::Ready) => ButtonState::Ready,
        (ButtonState::Busy, _) | (_, ButtonState::Busy) => ButtonState::Busy,
    };
    let can_call = told.as_ref().is_some_and(|told| told.view.seat.is_some()) && mine.is_none();
    let call_next = {
        let acts = acts.clone();
        Callback::from(move |()| {
            if can_call {
                acts.call_next();
            }
        })
    };
    let ondoor = {
        let door = door.setter();
        Callback::from(move |to| door.set(to))
    };
    let at = mine.as_ref().map(|visit| (visit.visit, visit.stage));
    let now = if at.is_some() { "mine-title" } else { "call-next" };
    use_kept_focus(at, now.into());
    use_kept_focus(*door, "walk-in".into());
    use_shortcut(Press::Key("n"), text.queue_key_next(), call_next.clone());
    use_shortcut(
        Press::Key("w"),
        text.queue_key_walk_in(),
        ondoor.reform(|()| Door::Open),
    );
    use_listed_keys("j k ↓ ↑", text.queue_key_move());
    use_listed_keys("↵", text.queue_key_press());
    let server_now = use_server_now(told.as_ref());
    let Some(Told { view, .. }) = &*told else {
        return match load.problem() {
            Some(problem) if problem.code == ErrorCode::CentreMissing => html! { <>
                if let Some(problem) = acts.problem() { { problem_notice(text, &problem, None) } }
                <FirstSeat acts={acts.clone()} {state} />
            </> },
            Some(problem) => problem_notice(text, problem, Some(&ask)),
            None => loading(text.staff_loading()),
        };
    };
    let problem = acts.problem().or(open.problem().cloned());
    let roams = match props.officer.view.centre {
        None => Roams::Everywhere,
        Some(_) => Roams::Nowhere,
    };
    let onadmit = {
        let acts = acts.clone();
        Callback::from(move |walk_in: WalkIn| {
            admitting.replace(true);
            acts.admit(walk_in);
        })
    };
    let count = view
        .visits
        .iter()
        .filter(|visit| visit.stage == StageName::Waiting)
        .count();
    let form_is_open = *door == Door::Open;
    html! {
        <div class="queue">
            <div class="queue-head">
                <p class="queue-where"><strong>{ &view.name }</strong>{ " " }<span class="soft">{ view.day.to_string() }</span>{ " " }{ line_words(text, line) }</p>
                { seat(text, view, roams, &acts) }
                { live_region(&text.queue_waiting(i64::try_from(count).unwrap_or(i64::MAX))) }
            </div>
            if let Some(problem) = problem.as_ref().filter(|_| !form_is_open) { { problem_notice(text, problem, None) } }
            <div class="queue-now">
                if let Some(visit) = &mine {
                    <Mine key={visit.visit.to_string()} visit={visit.clone()} zone={view.zone} now={server_now} acts={acts.clone()} {state} {onopen} />
                } else if view.seat.is_some() {
                    <div class="actions">{ button(&props!(ButtonProps { id: "call-next", state, onclick: call_next.reform(|_: MouseEvent| ()), children: html! { <>{ text.queue_call_next() }<kbd aria-hidden="true">{ "n" }</kbd></> } })) }</div>
                } else {
                    { paragraph(text.queue_sit_first()) }
                }
            </div>
            <div class="queue-main flow">
                { waiting(text, view, server_now, &acts, state) }
                { elsewhere(text, view) }
                { over(text, view) }
            </div>
            <div class="queue-side flow">
                <SearchBox acts={acts.clone()} {state} />
                if form_is_open {
                    <WalkInForm {state} {problem} {onadmit} onleave={ondoor.reform(|()| Door::Closed)} />
                } else {
                    <div class="actions">{ button(&props!(ButtonProps { kind: ButtonKind::Secondary, id: "walk-in", onclick: ondoor.reform(|_: MouseEvent| Door::Open), children: html! { <>{ text.queue_walk_in_open() }<kbd aria-hidden="true">{ "w" }</kbd></> } })) }</div>
                }
                { expected(text, view, &acts, state) }
            </div>
        </div>
    }
}

/// The server's time, now and then.
#[hook]
fn use_server_now(told: Option<&Told>) -> Timestamp {
    let local = use_state_eq(clock::now);
    {
        let local = local.setter();
        use_effect_with((), move |()| {
            let timer = clock::every(MINUTES, move || local.set(clock::now()));
            move || drop(timer)
        });
    }
    told.map_or(*local, |told| told.view.now.after((*local).since(told.heard)))
}

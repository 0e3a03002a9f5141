//! The page of a case: what the server says of it, kept up to date.

use super::stage;
use super::{Course, Seen, StageProps, Typed, asks, course, route_of, standing, step_of};
use crate::api::{Remote, use_load};
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::procedure::{Greeting, Line, Listen, Procedure, use_live};
use crate::routes::{Navigator, Route, use_navigator};
use crate::steps::{Step, steps};
use crate::ui::{loading, stage_heading};
use shared::api::ErrorCode;
use shared::recovery::Ending;
use shared::recovery::api::{CaseView, CurrentCase, EVENTS_PATH, StageView};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page at the addresses of the stages: one page, so that moving between the stages of a case loses nothing.
#[component]
pub fn CasePage() -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let loaded = use_load::<CurrentCase>();
    let seen = use_state_eq(|| None::<Seen>);
    // Not a state: typing an answer draws the questions only.
    let typed = use_mut_ref(Typed::default);
    let ontyped = {
        let typed = typed.clone();
        Callback::from(move |now: Typed| drop(typed.replace(now)))
    };
    let forget = {
        let navigator = navigator.clone();
        Callback::from(move |said: Greeting| {
            said.leave(Procedure::Recovery);
            navigator.replace(Route::Recovery);
        })
    };
    let show = {
        let (seen, navigator, typed, forget) =
            (seen.setter(), navigator.clone(), typed.clone(), forget.clone());
        Callback::from(move |view: Rc<CaseView>| {
            if !asks(&view.stage) {
                typed.take();
            }
            if is_abandoned(&view.stage) {
                // The news of it may come before the answer to the button, which then has nobody to hear it.
                return forget.emit(Greeting::Abandoned);
            }
            navigator.replace(route_of(&view.stage));
            seen.set(Some(Seen::now(view)));
        })
    };
    let listen = match seen.as_ref().map(|seen| course(&seen.view.stage)) {
        Some(Course::Open) => Listen::Yes,
        Some(Course::Closed) | None => Listen::No,
    };
    let line = use_live::<CurrentCase>(
        EVENTS_PATH,
        listen,
        show.clone(),
        forget.reform(|()| Greeting::CaseMissing),
    );
    use_arrival(loaded.state(), &seen, forget.clone());
    use_address(&navigator, &seen);

    let (step, title) = match seen.as_ref() {
        Some(seen) => (step_of(&seen.view.stage), stage::title(text, &seen.view.stage)),
        None => (Step::Identify, text.recovery_title()),
    };
    use_title(title);
    let heading = stage_heading("none", title.into(), None);
    let page = match (seen.as_ref(), loaded.problem()) {
        (Some(seen), _) => standing(
            text,
            &props!(StageProps {
                seen: seen.clone(),
                show,
                onforget: forget,
                typed: typed.borrow().clone(),
                ontyped,
                asking: (line == Line::Asking).then(|| text.recovery_live_lost())
            }),
        ),
        (None, Some(problem)) if problem.code != ErrorCode::CaseMissing => {
            let loaded = loaded.clone();
            let onretry = Callback::from(move |()| loaded.send(()));
            html! { <>{ heading }{ problem_notice(text, problem, Some(&onretry)) }</> }
        }
        (None, _) => html! { <>{ heading }{ loading(text.recovery_loading()) }</> },
    };
    html! { <div class="recovery column flow">{ steps(text, step) }{ page }</div> }
}

/// Whether the person ended the case.
const fn is_abandoned(stage: &StageView) -> bool {
    matches!(
        stage,
        StageView::Ended {
            ending: Ending::Abandoned,
            ..
        }
    )
}

/// Takes the case that this browser had when the page came up, also one that is over: a reload shows the same again.
#[hook]
fn use_arrival(
    loaded: Remote<Rc<CaseView>>,
    seen: &UseStateHandle<Option<Seen>>,
    forget: Callback<Greeting>,
) {
    let seen = seen.clone();
    use_effect_with(loaded, move |loaded| match loaded {
        Remote::Ready(view) => {
            if seen.is_none() {
                seen.set(Some(Seen::now(view.clone())));
            }
        }
        Remote::Failed(problem) if problem.code == ErrorCode::CaseMissing => {
            forget.emit(Greeting::CaseMissing);
        }
        Remote::Failed(_) | Remote::Idle | Remote::Loading => {}
    });
}

/// Keeps the address and the stage together when either changes.
#[hook]
fn use_address(navigator: &Navigator, seen: &UseStateHandle<Option<Seen>>) {
    let belongs = seen.as_ref().map(|seen| route_of(&seen.view.stage));
    let navigator = navigator.clone();
    use_effect_with((navigator.route.clone(), belongs), move |(route, belongs)| {
        if let (Route::RecoveryQuestions | Route::RecoveryLink, Some(belongs)) = (route, belongs)
            && route != belongs
        {
            navigator.replace(belongs.clone());
        }
    });
}

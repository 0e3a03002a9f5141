//! The page of a case: what the server says of it, kept up to date.

use super::{Course, Seen, StageProps, course, stage, standing, step_of};
use crate::api::{Remote, use_load};
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::procedure::{Greeting, Line, Listen, Procedure, use_live};
use crate::routes::{Route, use_navigator};
use crate::steps::{UnlockStep, unlock_steps};
use crate::ui::{loading, stage_heading};
use shared::api::ErrorCode;
use shared::unlock::api::{CurrentUnlock, EVENTS_PATH, Ending, UnlockStageView, UnlockView};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page at `/desbloquear/enlace`, whatever the stage: moving between the stages of a case loses nothing.
#[component]
pub fn UnlockCasePage() -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let loaded = use_load::<CurrentUnlock>();
    let seen = use_state_eq(|| None::<Seen>);
    let forget = Callback::from(move |said: Greeting| {
        said.leave(Procedure::Unlock);
        navigator.replace(Route::Unlock);
    });
    let show = {
        let (seen, forget) = (seen.setter(), forget.clone());
        Callback::from(move |view: Rc<UnlockView>| {
            if is_abandoned(&view.stage) {
                // The news of it may come before the answer to the button, which then has nobody to hear it.
                return forget.emit(Greeting::Abandoned);
            }
            seen.set(Some(Seen::now(view)));
        })
    };
    let listen = match seen.as_ref().map(|seen| course(&seen.view.stage)) {
        Some(Course::Open) => Listen::Yes,
        Some(Course::Closed) | None => Listen::No,
    };
    let gone = forget.reform(|()| Greeting::CaseMissing);
    let line = use_live::<CurrentUnlock>(EVENTS_PATH, listen, show.clone(), gone.clone());
    use_arrival(loaded.state(), &seen, gone);

    let (step, title) = match seen.as_ref() {
        Some(seen) => (step_of(&seen.view.stage), stage::title(text, &seen.view.stage)),
        None => (UnlockStep::Identify, text.unlock_title()),
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
                asking: (line == Line::Asking).then(|| text.recovery_live_lost())
            }),
        ),
        (None, Some(problem)) if problem.code != ErrorCode::CaseMissing => {
            let loaded = loaded.clone();
            let onretry = Callback::from(move |()| loaded.send(()));
            html! { <>{ heading }{ problem_notice(text, problem, Some(&onretry)) }</> }
        }
        (None, _) => html! { <>{ heading }{ loading(text.unlock_loading()) }</> },
    };
    html! { <div class="recovery column flow">{ unlock_steps(text, step) }{ page }</div> }
}

/// Whether the person ended the case.
const fn is_abandoned(stage: &UnlockStageView) -> bool {
    matches!(
        stage,
        UnlockStageView::Ended {
            ending: Ending::Abandoned
        }
    )
}

/// Takes the case that this browser had when the page came up, also one that is over: a reload shows the same again.
#[hook]
fn use_arrival(loaded: Remote<Rc<UnlockView>>, seen: &UseStateHandle<Option<Seen>>, gone: Callback<()>) {
    let seen = seen.clone();
    use_effect_with(loaded, move |loaded| match loaded {
        Remote::Ready(view) => {
            if seen.is_none() {
                seen.set(Some(Seen::now(view.clone())));
            }
        }
        Remote::Failed(problem) if problem.code == ErrorCode::CaseMissing => gone.emit(()),
        Remote::Failed(_) | Remote::Idle | Remote::Loading => {}
    });
}

//! Recovering the password, as the person sees it: one page whose content is the case's stage.
//!
//! Words: a case that this page has *seen* is the server's last view of it and when it arrived here. The address follows
//! the stage, never the other way round: back, reload, a second tab and a link all land where the case stands.
//! It holds no rule: what may follow what is decided by the server's answer.

mod elsewhere;
mod endings;
mod identify;
mod link;
mod live;
mod questions;
pub mod stage;

pub use questions::Typed;
pub use stage::{Seen, StageProps, standing};

use crate::api::{Call, Remote, use_load};
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::routes::{Navigator, Route, use_navigator};
use crate::settings::use_settings;
use crate::steps::{Step, steps};
use crate::ui::{loading, stage_heading};
use identify::{Greeting, identify_page};
use live::{Line, Listen, use_live};
use shared::api::ErrorCode;
use shared::recovery::api::{CaseView, CurrentCase, StageView};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Whether a case can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It goes on.
    Open,
    /// It is over; another may be begun.
    Closed,
}

/// Whether a stage can still change.
pub const fn course(stage: &StageView) -> Course {
    match stage {
        StageView::Questions { .. }
        | StageView::RegistryUnavailable { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. }
        | StageView::Sending { .. }
        | StageView::LinkSent { .. } => Course::Open,
        StageView::Suspended { .. }
        | StageView::Refused { .. }
        | StageView::Completed { .. }
        | StageView::Ended { .. } => Course::Closed,
    }
}

/// Whether the questions are asked, or will be when a registry answers again.
const fn asks(stage: &StageView) -> bool {
    matches!(
        stage,
        StageView::Questions { .. } | StageView::RegistryUnavailable { .. }
    )
}

/// The address of a stage.
pub const fn route_of(stage: &StageView) -> Route {
    match stage {
        StageView::Questions { .. }
        | StageView::RegistryUnavailable { .. }
        | StageView::Suspended { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. } => Route::RecoveryQuestions,
        StageView::Refused { .. }
        | StageView::Sending { .. }
        | StageView::LinkSent { .. }
        | StageView::Completed { .. }
        | StageView::Ended { .. } => Route::RecoveryLink,
    }
}

/// Which step a stage belongs to.
const fn step_of(stage: &StageView) -> Step {
    match stage {
        StageView::Questions { .. }
        | StageView::RegistryUnavailable { .. }
        | StageView::Suspended { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. } => Step::Questions,
        StageView::Refused { .. }
        | StageView::Sending { .. }
        | StageView::LinkSent { .. }
        | StageView::Ended { .. } => Step::Link,
        StageView::Completed { .. } => Step::Done,
    }
}

/// The page of all addresses under `/recuperar`.
#[component]
pub fn RecoveryPage() -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let loaded = use_load::<CurrentCase>();
    let seen = use_state_eq(|| None::<Seen>);
    let greeting = use_state_eq(|| Greeting::Plain);
    let settings = use_settings();
    // Not a state: typing an answer draws the questions only.
    let typed = use_mut_ref(Typed::default);
    let ontyped = {
        let typed = typed.clone();
        Callback::from(move |now: Typed| drop(typed.replace(now)))
    };
    let show = {
        let (seen, navigator, typed) = (seen.setter(), navigator.clone(), typed.clone());
        Callback::from(move |view: Rc<CaseView>| {
            if !asks(&view.stage) {
                typed.take();
            }
            navigator.replace(route_of(&view.stage));
            seen.set(Some(Seen::now(view)));
        })
    };
    let forget = {
        let (seen, greeting, navigator) = (seen.setter(), greeting.setter(), navigator.clone());
        Callback::from(move |said: Greeting| {
            seen.set(None);
            greeting.set(said);
            navigator.replace(Route::Recovery);
        })
    };
    let listen = match seen.as_ref().map(|seen| course(&seen.view.stage)) {
        Some(Course::Open) => Listen::Yes,
        Some(Course::Closed) | None => Listen::No,
    };
    let line = use_live(listen, show.clone(), forget.reform(|()| Greeting::CaseMissing));
    use_arrival(loaded.state(), &navigator, &seen, forget.clone());
    use_address(&navigator, &seen);
    use_return(&navigator, &loaded, &seen);

    let (step, title) = match seen.as_ref() {
        Some(seen) => (step_of(&seen.view.stage), stage::title(text, &seen.view.stage)),
        None => (Step::Identify, text.recovery_title()),
    };
    use_title(title);
    let heading = stage_heading("none", title.into(), None);
    let page = match (seen.as_ref(), &navigator.route, loaded.problem()) {
        (Some(seen), _, _) => standing(
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
        (None, Route::Recovery, _) => {
            html! { <>{ heading }{ identify_page(text, settings.as_deref(), *greeting, show) }</> }
        }
        (None, _, Some(problem)) if problem.code != ErrorCode::CaseMissing => {
            let loaded = loaded.clone();
            let onretry = Callback::from(move |()| loaded.send(()));
            html! { <>{ heading }{ problem_notice(text, problem, Some(&onretry)) }</> }
        }
        (None, _, _) => html! { <>{ heading }{ loading(text.recovery_loading()) }</> },
    };
    html! { <div class="recovery column flow">{ steps(text, step) }{ page }</div> }
}

/// Takes the case that this browser had when the page came up.
///
/// At `/recuperar` a case that is over is left alone, so that the person can begin anew; at the address of a stage it is
/// shown, so that a reload shows the same again.
#[hook]
fn use_arrival(
    loaded: Remote<Rc<CaseView>>,
    navigator: &Navigator,
    seen: &UseStateHandle<Option<Seen>>,
    forget: Callback<Greeting>,
) {
    let (navigator, seen) = (navigator.clone(), seen.clone());
    use_effect_with(loaded, move |loaded| match loaded {
        Remote::Ready(view) => {
            let fresh = navigator.route == Route::Recovery && course(&view.stage) == Course::Closed;
            if seen.is_none() && !fresh {
                seen.set(Some(Seen::now(view.clone())));
            }
        }
        Remote::Failed(problem)
            if problem.code == ErrorCode::CaseMissing && navigator.route != Route::Recovery =>
        {
            forget.emit(Greeting::CaseMissing);
        }
        Remote::Failed(_) | Remote::Idle | Remote::Loading => {}
    });
}

/// Keeps the address and the stage together when either changes.
#[hook]
fn use_address(navigator: &Navigator, seen: &UseStateHandle<Option<Seen>>) {
    let stage = seen
        .as_ref()
        .map(|seen| (course(&seen.view.stage), route_of(&seen.view.stage)));
    let (navigator, seen) = (navigator.clone(), seen.setter());
    use_effect_with(
        (navigator.route.clone(), stage),
        move |(route, stage)| match stage {
            // "Start again" is a link to the first page.
            Some((Course::Closed, _)) if *route == Route::Recovery => seen.set(None),
            Some((_, belongs)) if route != belongs => navigator.replace(belongs.clone()),
            Some(_) | None => {}
        },
    );
}

/// Asks for the case again when the person comes back (by the back button) to a stage that this page has forgotten.
#[hook]
fn use_return(navigator: &Navigator, loaded: &Call<CurrentCase>, seen: &UseStateHandle<Option<Seen>>) {
    let first = use_mut_ref(|| true);
    let (loaded, seen) = (loaded.clone(), seen.clone());
    use_effect_with(navigator.route.clone(), move |route| {
        // The first time the case is asked for anyway; and what is seen need not be asked for.
        let forgotten = !first.replace(false) && seen.is_none() && *route != Route::Recovery;
        if forgotten && !loaded.is_loading() {
            loaded.send(());
        }
    });
}

//! The page of a request: what the server says of it.

use super::{Seen, StageProps, stage, standing, step_of};
use crate::api::{Remote, use_call, use_load};
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::platform::visibility;
use crate::procedure::{Greeting, Procedure};
use crate::routes::{Route, use_navigator};
use crate::steps::{SignatureStep, signature_steps};
use crate::ui::{loading, stage_heading};
use shared::api::ErrorCode;
use shared::signatures::api::{CurrentSignature, Ending, SignatureStageView, SignatureView};
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The page at `/firma/solicitud`, whatever the stage. It asks again when the tab is looked at again, because a request is
/// signed in another program; and it says where a lost connection leaves it, and loses nothing by it.
#[component]
pub fn CasePage() -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let loaded = use_load::<CurrentSignature>();
    let asked = use_call::<CurrentSignature>();
    let seen = use_state_eq(|| None::<Seen>);
    let forget = Callback::from(move |said: Greeting| {
        said.leave(Procedure::Signature);
        navigator.replace(Route::Signature);
    });
    let newest = use_mut_ref(|| None::<Timestamp>);
    let show = {
        let (seen, forget) = (seen.setter(), forget.clone());
        Callback::from(move |view: Rc<SignatureView>| {
            // An answer that was overtaken by a newer one: the page was asked for while a file was on its way.
            if newest.borrow().is_some_and(|newest| view.now < newest) {
                return;
            }
            newest.replace(Some(view.now));
            if is_abandoned(&view.stage) {
                return forget.emit(Greeting::Abandoned);
            }
            seen.set(Some(Seen::now(view)));
        })
    };
    let ask = {
        let (asked, show) = (asked.clone(), show.clone());
        Callback::from(move |()| {
            let show = show.clone();
            asked.send_then((), move |view| show.emit(view));
        })
    };
    use_return(ask.clone());
    {
        let (show, forget) = (show.clone(), forget.clone());
        let missing = asked
            .problem()
            .is_some_and(|problem| problem.code == ErrorCode::CaseMissing);
        use_effect_with((loaded.state(), missing), move |(loaded, missing)| match loaded {
            Remote::Ready(view) if !missing => show.emit(view.clone()),
            Remote::Failed(problem) if problem.code == ErrorCode::CaseMissing => {
                forget.emit(Greeting::CaseMissing);
            }
            Remote::Ready(_) => forget.emit(Greeting::CaseMissing),
            Remote::Failed(_) | Remote::Idle | Remote::Loading => {}
        });
    }

    let (step, title) = match seen.as_ref() {
        Some(seen) => (step_of(&seen.view.stage), stage::title(text, &seen.view)),
        None => (SignatureStep::Sign, text.signatures_title()),
    };
    use_title(title);
    let heading = stage_heading("none", title.into(), None);
    // What was seen stays; that it may be old is said.
    let doubt = asked
        .problem()
        .filter(|problem| problem.code != ErrorCode::CaseMissing)
        .map(|problem| problem_notice(text, problem, Some(&ask)));
    let page = match (seen.as_ref(), loaded.problem()) {
        (Some(seen), _) => html! {
            <>
                { standing(text, &props!(StageProps { seen: seen.clone(), show, onask: ask, onforget: forget })) }
                { for doubt }
            </>
        },
        (None, Some(problem)) if problem.code != ErrorCode::CaseMissing => {
            let loaded = loaded.clone();
            let onretry = Callback::from(move |()| loaded.send(()));
            html! { <>{ heading }{ problem_notice(text, problem, Some(&onretry)) }</> }
        }
        (None, _) => html! { <>{ heading }{ loading(text.signatures_loading()) }</> },
    };
    html! { <div class="recovery signature column flow">{ signature_steps(text, step) }{ page }</div> }
}

/// Whether the person ended it.
const fn is_abandoned(stage: &SignatureStageView) -> bool {
    matches!(
        stage,
        SignatureStageView::Ended {
            ending: Ending::Abandoned
        }
    )
}

/// Asks whenever the tab is looked at again.
#[hook]
fn use_return(ask: Callback<()>) {
    let latest = use_mut_ref(|| ask.clone());
    latest.replace(ask);
    use_effect_with((), move |()| {
        let listener = visibility::on_return(move || latest.borrow().emit(()));
        move || drop(listener)
    });
}

//! The places of the modules that are fetched when one of their pages is visited (ADR 75).
//!
//! Each is an app of its own inside an element of this one. It follows the address bar and the document's language by itself,
//! so there is nothing to tell it.

use crate::api::Remote;
use crate::errors::{problem_notice, words};
use crate::i18n::{use_text, use_title};
use crate::platform::{history, module};
use crate::routes::{Module, Route, use_navigator};
use crate::ui::{loading, stage_heading};
use core::cell::Cell;
use shared::api::{ErrorCode, Problem};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What has become of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stand {
    /// Nobody asked for it.
    Away,
    /// Its files are on their way, or here.
    SentFor,
    /// It runs.
    Runs,
}

thread_local! {
    /// What has become of each module of [`Module::LATER`].
    static STANDS: [Cell<Stand>; Module::LATER.len()] = const { [const { Cell::new(Stand::Away) }; Module::LATER.len()] };
}

/// What has become of a module; the main one runs.
fn stand(module: Module) -> Stand {
    let number = module.number().checked_sub(1);
    STANDS.with(|stands| {
        number
            .and_then(|number| stands.get(number))
            .map_or(Stand::Runs, Cell::get)
    })
}

/// Notes that a module has come so far; it never goes back.
fn note(module: Module, reached: Stand) {
    let number = module.number().checked_sub(1);
    STANDS.with(|stands| {
        if let Some(stand) = number.and_then(|number| stands.get(number)) {
            stand.set(stand.get().max(reached));
        }
    });
}

/// The elements that the modules' pages are in, each empty while no page of its module is shown. They must stay the same
/// elements always.
pub fn module_places() -> Html {
    html! { <>{ for Module::LATER.map(place) }</> }
}

fn place(module: Module) -> Html {
    html! { <div key={module.name()} id={module.name()} class="module"></div> }
}

/// Properties of [`ModuleGate`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ModuleGateProps {
    /// Whose page it is.
    pub module: Module,
}

/// What is shown for a page of another module: nothing once it runs, since it shows the page itself.
#[component]
pub fn ModuleGate(props: &ModuleGateProps) -> Html {
    let text = use_text();
    let module = props.module;
    let come = use_state_eq(|| match stand(module) {
        Stand::Runs => Remote::Ready(()),
        Stand::Away | Stand::SentFor => Remote::Loading,
    });
    {
        let state = come.setter();
        use_effect_with(come.is_loading(), move |loading| {
            if *loading {
                spawn_local(async move { state.set(load(module).await) });
            }
        });
    }
    match &*come {
        Remote::Ready(()) => Html::default(),
        Remote::Idle | Remote::Loading => loading(text.layout_loading()),
        Remote::Failed(problem) => {
            let onretry = {
                let come = come.setter();
                Callback::from(move |()| come.set(Remote::Loading))
            };
            html! { <Missing problem={problem.clone()} {onretry} /> }
        }
    }
}

async fn load(module: Module) -> Remote<()> {
    match module::load(module.name(), module.style()).await {
        Ok(()) => {
            note(module, Stand::Runs);
            Remote::Ready(())
        }
        Err(module::NotLoaded) => Remote::Failed(Problem::new(ErrorCode::Unreachable)),
    }
}

/// Properties of [`Missing`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct MissingProps {
    problem: Problem,
    onretry: Callback<()>,
}

/// A module could not be fetched.
#[component]
fn Missing(props: &MissingProps) -> Html {
    let text = use_text();
    let title = words::problem(text, &props.problem).title;
    use_title(title);
    html! {
        <div class="column flow">
            { stage_heading("module", title.into(), None) }
            { problem_notice(text, &props.problem, Some(&props.onretry)) }
        </div>
    }
}

/// Fetches a module ahead when one of its pages is near: the pointer or the focus is on a link that leads there, or the
/// person begins a recovery, which goes on in the annex.
#[hook]
pub(super) fn use_foresight() {
    let route = use_navigator().route;
    use_effect_with((), |()| {
        let near = history::on_near(|path| foresee(Route::parse(&path).module()));
        move || drop(near)
    });
    use_effect_with(route == Route::Recovery, |begins| {
        if *begins {
            foresee(Module::Annex);
        }
    });
}

fn foresee(module: Module) {
    if stand(module) == Stand::Away {
        note(module, Stand::SentFor);
        module::fetch_ahead(module.name());
    }
}

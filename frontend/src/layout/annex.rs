//! The place of the annex: the second module of the page, which is fetched when one of its pages is visited (ADR 75).
//!
//! The annex is an app of its own inside an element of this one. It follows the address bar and the document's language by
//! itself, so there is nothing to tell it.

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

/// The annex's binary, and the `id` of the element that its pages are in.
pub const ANNEX: &str = "annex";

thread_local! {
    /// Whether the annex runs.
    static RUNS: Cell<bool> = const { Cell::new(false) };
    /// Whether its files are on their way, or here.
    static SENT_FOR: Cell<bool> = const { Cell::new(false) };
}

/// The element that the annex's pages are in, empty while another page is shown. It must stay the same element always.
pub fn annex_place() -> Html {
    html! { <div key={ANNEX} id={ANNEX} class="annex"></div> }
}

/// What is shown for a page of the annex: nothing once the annex runs, since it shows the page itself.
#[component]
pub fn AnnexGate() -> Html {
    let text = use_text();
    let annex = use_state_eq(|| {
        if RUNS.get() {
            Remote::Ready(())
        } else {
            Remote::Loading
        }
    });
    {
        let state = annex.setter();
        use_effect_with(annex.is_loading(), move |loading| {
            if *loading {
                spawn_local(async move { state.set(load().await) });
            }
        });
    }
    match &*annex {
        Remote::Ready(()) => Html::default(),
        Remote::Idle | Remote::Loading => loading(text.layout_loading()),
        Remote::Failed(problem) => {
            let onretry = {
                let annex = annex.setter();
                Callback::from(move |()| annex.set(Remote::Loading))
            };
            html! { <Missing problem={problem.clone()} {onretry} /> }
        }
    }
}

async fn load() -> Remote<()> {
    match module::load(ANNEX).await {
        Ok(()) => {
            RUNS.set(true);
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

/// The annex could not be fetched.
#[component]
fn Missing(props: &MissingProps) -> Html {
    let text = use_text();
    let title = words::problem(text, &props.problem).title;
    use_title(title);
    html! {
        <div class="column flow">
            { stage_heading("annex", title.into(), None) }
            { problem_notice(text, &props.problem, Some(&props.onretry)) }
        </div>
    }
}

/// Fetches the annex ahead when one of its pages is near: the pointer or the focus is on a link that leads there, or the
/// person begins a recovery, which goes on there.
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
    match module {
        Module::Annex if !SENT_FOR.replace(true) => module::fetch_ahead(ANNEX),
        Module::Annex | Module::Main => {}
    }
}

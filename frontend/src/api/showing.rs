//! A file of the server's that a component shows.

use super::{Remote, address, refusal};
use crate::platform::blob::{self, Missed};
use shared::api::{ErrorCode, Problem};
use std::rc::Rc;
use web_sys::AbortController;
use yew::platform::spawn_local;
use yew::prelude::*;

pub use crate::platform::blob::Shown;

/// The file at a path below the API's base, fetched once for as long as the path is the same. It is given back to the browser
/// when the component goes away.
#[hook]
pub fn use_shown(path: String) -> Remote<Rc<Shown>> {
    let state = use_state(|| Remote::<Rc<Shown>>::Loading);
    {
        let state = state.setter();
        use_effect_with(path, move |path| {
            let controller = AbortController::new().ok();
            state.set(Remote::Loading);
            if let Some(signal) = controller.as_ref().map(AbortController::signal) {
                let address = address(path);
                spawn_local(async move {
                    let shown = blob::fetch(&address, &signal).await;
                    if signal.aborted() {
                        return;
                    }
                    state.set(match shown {
                        Ok(shown) => Remote::Ready(Rc::new(shown)),
                        Err(Missed::Refused(status, text)) => Remote::Failed(refusal(status, &text)),
                        Err(Missed::Lost) => Remote::Failed(Problem::new(ErrorCode::Unreachable)),
                    });
                });
            }
            move || {
                if let Some(controller) = controller {
                    controller.abort();
                }
            }
        });
    }
    (*state).clone()
}

//! Coming back to the tab: after sleep or another tab, timers have been late and streams may be dead.

use super::document;
use gloo::events::EventListener;
use web_sys::VisibilityState;

/// Calls `back` whenever the page becomes visible again.
pub fn on_return(back: impl Fn() + 'static) -> EventListener {
    let target = document();
    EventListener::new(&target.clone(), "visibilitychange", move |_| {
        if target.visibility_state() == VisibilityState::Visible {
            back();
        }
    })
}

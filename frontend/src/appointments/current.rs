//! The appointment of this browser, asked for again when the tab is looked at again: an officer may have done something to it.

use super::stage::Seen;
use super::video::use_room;
use crate::api::{Remote, use_call, use_load};
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::visibility;
use shared::api::{ErrorCode, Problem};
use shared::appointments::api::{AppointmentView, CurrentAppointment};
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// What is known of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Current {
    /// Nothing yet.
    Asked,
    /// This browser has none.
    Missing,
    /// Nobody can say; the callback asks again.
    Failed(Problem, Callback<()>),
    /// It is here.
    Here {
        /// As it was seen last.
        seen: Seen,
        /// That it may be old, if the last question was not answered.
        doubt: Option<Html>,
        /// Takes a newer view.
        show: Callback<Rc<AppointmentView>>,
        /// Asks for one.
        onask: Callback<()>,
    },
}

/// The appointment of this browser.
#[hook]
pub(super) fn use_current() -> Current {
    let text = use_text();
    let loaded = use_load::<CurrentAppointment>();
    let asked = use_call::<CurrentAppointment>();
    let seen = use_state_eq(|| None::<Seen>);
    let newest = use_mut_ref(|| None::<Timestamp>);
    let show = {
        let seen = seen.setter();
        Callback::from(move |view: Rc<AppointmentView>| {
            // An answer that was overtaken by a newer one.
            if newest.borrow().is_some_and(|newest| view.now < newest) {
                return;
            }
            newest.replace(Some(view.now));
            seen.set(Some(Seen::now(view)));
        })
    };
    let onask = {
        let (asked, show) = (asked.clone(), show.clone());
        Callback::from(move |()| {
            let show = show.clone();
            asked.send_then((), move |view| show.emit(view));
        })
    };
    use_return(onask.clone());
    use_room(seen.as_ref().map(|seen| &*seen.view), onask.clone());
    {
        let show = show.clone();
        use_effect_with(loaded.state(), move |loaded| {
            if let Remote::Ready(view) = loaded {
                show.emit(view.clone());
            }
        });
    }
    let gone = |problem: &Problem| problem.code == ErrorCode::AppointmentUnknown;
    if asked.problem().is_some_and(gone) {
        return Current::Missing;
    }
    match (seen.as_ref(), loaded.problem().cloned()) {
        (Some(seen), _) => Current::Here {
            seen: seen.clone(),
            doubt: asked
                .problem()
                .map(|problem| problem_notice(text, problem, Some(&onask))),
            show,
            onask,
        },
        (None, Some(problem)) if gone(&problem) => Current::Missing,
        (None, Some(problem)) => {
            let onretry = Callback::from(move |()| loaded.send(()));
            Current::Failed(problem, onretry)
        }
        (None, None) => Current::Asked,
    }
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

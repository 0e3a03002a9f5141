//! Hearing of changes of a case: a stream of events, and asking again where the stream fails.

use crate::api::{address, use_call};
use crate::platform::events::Stream;
use crate::platform::{clock, json, visibility};
use shared::api::{Endpoint, ErrorCode, Problem};
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds between two questions while the stream is down.
const ASK_EVERY: u32 = 4_000;

/// How news arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing is to be heard: the case is closed, or there is none.
    Closed,
    /// By events.
    Live,
    /// By asking every few seconds.
    Asking,
}

/// Whether there is something to listen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen {
    /// The case may change by itself.
    Yes,
    /// It is over.
    No,
}

/// Gives every new view of this browser's case to `heard`, in whatever way works: by the events of `path`, or by asking
/// `E`. Asks once more when the tab is looked at again: a stream that died in its sleep does not always say so. `gone`
/// hears that this browser has no case any more.
#[hook]
pub fn use_live<E: Endpoint<Request = ()>>(
    path: &'static str,
    listen: Listen,
    heard: Callback<Rc<E::Response>>,
    gone: Callback<()>,
) -> Line {
    let line = use_state_eq(|| Line::Live);
    let call = use_call::<E>();
    let ask = {
        let heard = heard.clone();
        let call = call.clone();
        Callback::from(move |()| {
            let heard = heard.clone();
            call.send_then((), move |view| heard.emit(view));
        })
    };
    {
        let line = line.setter();
        let ask = ask.clone();
        use_effect_with(listen, move |listen| {
            let handles = (*listen == Listen::Yes).then(|| {
                let back = visibility::on_return({
                    let ask = ask.clone();
                    move || ask.emit(())
                });
                let lost = {
                    let line = line.clone();
                    move || line.set(Line::Asking)
                };
                let stream = {
                    let line = line.clone();
                    let news = move |data: String| {
                        if let Some(view) = json::read::<E::Response>(&data) {
                            line.set(Line::Live);
                            heard.emit(Rc::new(view));
                        }
                    };
                    Stream::open(&address(path), "case", news, lost)
                };
                if stream.is_none() {
                    line.set(Line::Asking);
                }
                (stream, back)
            });
            move || drop(handles)
        });
    }
    {
        let missing = call
            .problem()
            .is_some_and(|problem| problem.code == ErrorCode::CaseMissing);
        use_effect_with(missing && listen == Listen::Yes, move |gone_now| {
            if *gone_now {
                gone.emit(());
            }
        });
    }
    {
        let asking = *line == Line::Asking && listen == Listen::Yes;
        use_effect_with(asking, move |asking| {
            let timer = asking.then(|| clock::every(ASK_EVERY, move || ask.emit(())));
            move || drop(timer)
        });
    }
    match listen {
        Listen::Yes => *line,
        Listen::No => Line::Closed,
    }
}

/// Loads a case again when the server says that it stands elsewhere than this page thought.
#[hook]
pub fn use_refresh<E: Endpoint<Request = ()>>(problem: Option<Problem>, show: Callback<Rc<E::Response>>) {
    let refresh = use_call::<E>();
    let moved = problem
        .is_some_and(|problem| matches!(problem.code, ErrorCode::CaseAtOtherStage | ErrorCode::CaseChanged));
    use_effect_with(moved, move |moved| {
        if *moved {
            refresh.send_then((), move |view| show.emit(view));
        }
    });
}

//! Hearing what other officers do: a stream of events, and asking again where the stream fails.

use super::session::use_staff_session;
use crate::api::address;
use crate::platform::events::Stream;
use crate::platform::{clock, json, visibility};
use crate::ui::{TagTone, tag};
use serde::de::DeserializeOwned;
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds between two questions while the stream is down. Each is written down by the server as looking.
const ASK_EVERY: u32 = 10_000;

/// How news arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing is listened for: there is nothing to hear, or the desk is locked.
    Closed,
    /// By events.
    Live,
    /// By asking every few seconds.
    Asking,
}

/// Gives every new view to `heard`, by the events called `name` of `path`, while the desk is open. Where they fail, and when the
/// tab is looked at again, it calls `ask`: a stream that died in its sleep does not always say so.
#[hook]
pub fn use_news<V: DeserializeOwned + 'static>(
    path: Option<String>,
    name: &'static str,
    heard: Callback<Rc<V>>,
    ask: Callback<()>,
) -> Line {
    let line = use_state_eq(|| Line::Live);
    let open = use_staff_session().is_open();
    let path = path.filter(|_| open);
    {
        let (line, ask) = (line.setter(), ask.clone());
        use_effect_with(path.clone(), move |path| {
            let handles = path.as_ref().map(|path| {
                line.set(Line::Live);
                let back = visibility::on_return({
                    let ask = ask.clone();
                    move || ask.emit(())
                });
                let lost = {
                    let line = line.clone();
                    move || line.set(Line::Asking)
                };
                let news = {
                    let line = line.clone();
                    move |data: String| {
                        if let Some(view) = json::read::<V>(&data) {
                            line.set(Line::Live);
                            heard.emit(Rc::new(view));
                        }
                    }
                };
                let stream = Stream::open(&address(path), name, news, lost);
                if stream.is_none() {
                    line.set(Line::Asking);
                }
                (stream, back)
            });
            move || drop(handles)
        });
    }
    use_effect_with(*line == Line::Asking && path.is_some(), move |asking| {
        let timer = asking.then(|| clock::every(ASK_EVERY, move || ask.emit(())));
        move || drop(timer)
    });
    match path {
        Some(_) => *line,
        None => Line::Closed,
    }
}

/// How news arrive, in a word; nothing while none are listened for.
pub fn line_words(text: Text, line: Line) -> Html {
    match line {
        Line::Live => tag(TagTone::Running, text.staff_line_live()),
        Line::Asking => tag(TagTone::Waiting, text.staff_line_asking()),
        Line::Closed => Html::default(),
    }
}

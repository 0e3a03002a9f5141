//! A stream of server-sent events.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{EventSource, MessageEvent};

/// An open stream; closed when dropped. The browser reconnects by itself after a lost connection, but not after an
/// answer that is no stream: `lost` hears of both.
#[derive(Debug)]
pub struct Stream {
    source: EventSource,
    _listeners: [EventListener; 2],
}

impl Stream {
    /// Opens `path`; `heard` gets the data of each event called `name`. `None` where the browser has no such streams.
    pub fn open(
        path: &str,
        name: &'static str,
        heard: impl Fn(String) + 'static,
        lost: impl Fn() + 'static,
    ) -> Option<Self> {
        let source = EventSource::new(path).ok()?;
        let event = EventListener::new(&source, name, move |event| {
            if let Some(data) = event
                .dyn_ref::<MessageEvent>()
                .and_then(|message| message.data().as_string())
            {
                heard(data);
            }
        });
        let error = EventListener::new(&source, "error", move |_| lost());
        Some(Self {
            source,
            _listeners: [event, error],
        })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

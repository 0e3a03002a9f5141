//! Sending a file while telling how far it is. `fetch` does not tell, so this is an `XMLHttpRequest`.

use super::picked::Picked;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{ProgressEvent, XmlHttpRequest};

/// What is heard of a file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// So much of it has been sent, in thousandths.
    Sent(u16),
    /// All of it has been sent; the answer is awaited.
    Arrived,
    /// The answer: status and text.
    Answered(u16, String),
    /// The connection was lost.
    Lost,
}

/// A file on its way; dropping it stops it.
#[derive(Debug)]
pub struct Upload {
    request: XmlHttpRequest,
    _listeners: Vec<EventListener>,
}

impl Upload {
    /// Sends a file's bytes as the whole body of a POST to an address of this origin. `None` where the browser refuses.
    pub fn send(address: &str, file: &Picked, heard: impl Fn(News) + Clone + 'static) -> Option<Self> {
        let request = XmlHttpRequest::new().ok()?;
        request.open_with_async("POST", address, true).ok()?;
        for (name, value) in [
            ("Content-Type", "application/octet-stream"),
            ("Accept", "application/json, application/problem+json"),
        ] {
            request.set_request_header(name, value).ok()?;
        }
        let sending = request.upload().ok()?;
        let tell = |target: &web_sys::EventTarget,
                    name: &'static str,
                    news: Box<dyn Fn(&web_sys::Event) -> News>| {
            let heard = heard.clone();
            EventListener::new(target, name, move |event| heard(news(event)))
        };
        let answered = {
            let request = request.clone();
            move |_: &web_sys::Event| {
                let text = request.response_text().ok().flatten().unwrap_or_default();
                News::Answered(request.status().unwrap_or_default(), text)
            }
        };
        let listeners = vec![
            tell(
                &sending,
                "progress",
                Box::new(|event| News::Sent(permille(event))),
            ),
            tell(&sending, "load", Box::new(|_| News::Arrived)),
            tell(&request, "load", Box::new(answered)),
            tell(&request, "error", Box::new(|_| News::Lost)),
            tell(&request, "timeout", Box::new(|_| News::Lost)),
        ];
        request.send_with_opt_blob(Some(file.file())).ok()?;
        Some(Self {
            request,
            _listeners: listeners,
        })
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // The listeners are still here, but an abort is none of what they listen for.
        let _ = self.request.abort();
    }
}

/// How much has been sent. A total of nothing is not known yet.
fn permille(event: &web_sys::Event) -> u16 {
    let Some(event) = event.dyn_ref::<ProgressEvent>() else {
        return 0;
    };
    if !event.length_computable() || event.total() <= 0.0 {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 1000 by its making"
    )]
    let permille = (event.loaded() / event.total() * 1000.0).clamp(0.0, 1000.0) as u16;
    permille
}

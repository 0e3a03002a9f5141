//! Work off the main thread, so that typing and the countdown never stutter.
//!
//! A [`Job`] is one kind of work with its own module, fetched when the first [`Worker`] of it is spawned. Messages are
//! JSON texts. A worker speaks first (an empty text: "ready"), because what is said to it before would be lost.

use super::{files, json};
use core::cell::RefCell;
use core::marker::PhantomData;
use gloo::events::EventListener;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// A kind of work.
pub trait Job: 'static {
    /// The name of the binary, which is the name of its script.
    const NAME: &'static str;
    /// What is asked.
    type Request: Serialize + DeserializeOwned;
    /// What is answered, once or several times a request.
    type Reply: Serialize + DeserializeOwned;
}

/// What a worker tells its page.
#[derive(Debug)]
pub enum Heard<R> {
    /// A reply.
    Reply(R),
    /// The worker could not be fetched or stopped by a fault; it says nothing more.
    Failed,
}

/// A running worker; it is stopped when dropped, whatever it is doing.
#[derive(Debug)]
pub struct Worker<J: Job> {
    thread: web_sys::Worker,
    line: Rc<RefCell<Line>>,
    _listeners: [EventListener; 2],
    _job: PhantomData<J>,
}

/// Whether the worker listens already; what was said before waits.
#[derive(Debug)]
enum Line {
    Waiting(Vec<String>),
    Open,
}

impl<J: Job> Worker<J> {
    /// Fetches and starts the worker. `None` where the browser has none.
    pub fn spawn(hear: impl Fn(Heard<J::Reply>) + 'static) -> Option<Self> {
        let worker = web_sys::Worker::new(files_of(J::NAME).first()?).ok()?;
        let line = Rc::new(RefCell::new(Line::Waiting(Vec::new())));
        let hear = Rc::new(hear);
        let message = {
            let (worker, line, hear) = (worker.clone(), line.clone(), hear.clone());
            EventListener::new(&worker.clone(), "message", move |event| {
                let Some(text) = text_of(event) else { return };
                if text.is_empty() {
                    let before = line.replace(Line::Open);
                    if let Line::Waiting(said) = before {
                        for text in &said {
                            post(&worker, text);
                        }
                    }
                    return;
                }
                hear(json::read(&text).map_or(Heard::Failed, Heard::Reply));
            })
        };
        let error = EventListener::new(&worker, "error", move |_| hear(Heard::Failed));
        Some(Self {
            thread: worker,
            line,
            _listeners: [message, error],
            _job: PhantomData,
        })
    }

    /// Asks for work.
    pub fn ask(&self, request: &J::Request) {
        let Some(text) = json::write(request) else { return };
        match &mut *self.line.borrow_mut() {
            Line::Waiting(said) => said.push(text),
            Line::Open => post(&self.thread, &text),
        }
    }
}

impl<J: Job> Drop for Worker<J> {
    fn drop(&mut self) {
        self.thread.terminate();
    }
}

/// In the worker: answers requests with `work`, which may reply as often as it likes. Returns at once.
pub fn serve<J: Job>(mut work: impl FnMut(J::Request, &dyn Fn(&J::Reply)) + 'static) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let reply = {
        let scope = scope.clone();
        move |reply: &J::Reply| {
            if let Some(text) = json::write(reply) {
                let _ = scope.post_message(&JsValue::from_str(&text));
            }
        }
    };
    EventListener::new(&scope, "message", move |event| {
        if let Some(request) = text_of(event).and_then(|text| json::read(&text)) {
            work(request, &reply);
        }
    })
    .forget();
    let _ = scope.post_message(&JsValue::from_str(""));
}

/// Fetches the module of a kind of work, so that the first worker of it starts at once.
pub fn fetch_ahead<J: Job>() {
    files::fetch_ahead(files_of(J::NAME));
}

/// The script that starts a worker, and what that loads.
fn files_of(name: &str) -> Vec<String> {
    files::of(name, &["_loader.js", ".js", "_bg.wasm"])
}

fn text_of(event: &web_sys::Event) -> Option<String> {
    event.dyn_ref::<MessageEvent>()?.data().as_string()
}

fn post(worker: &web_sys::Worker, text: &str) {
    let _ = worker.post_message(&JsValue::from_str(text));
}

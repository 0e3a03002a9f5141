//! Calls that belong to a component.
//!
//! A [`Call`] knows its endpoint's types; what it does is a [`Line`]'s, which knows none: so the browser downloads the
//! machinery once and not once an endpoint.

use super::{Remote, send};
use crate::platform::json;
use core::any::Any;
use core::cell::RefCell;
use core::fmt;
use core::marker::PhantomData;
use shared::api::{Endpoint, ErrorCode, Method, Problem};
use std::rc::Rc;
use web_sys::AbortController;
use yew::platform::spawn_local;
use yew::prelude::*;

/// An endpoint as one component uses it.
pub struct Call<E: Endpoint> {
    line: Line,
    endpoint: PhantomData<E>,
}

/// An answer whose type only the [`Call`] knows.
type Answer = Rc<dyn Any>;

/// A call without its types.
#[derive(Clone)]
struct Line {
    state: UseStateHandle<Remote<Answer>>,
    flight: Rc<RefCell<Flight>>,
}

/// The request on its way; dropping it aborts it.
#[derive(Debug, Default)]
struct Flight(Option<AbortController>);

impl Flight {
    /// Aborts what is on its way and takes off anew.
    fn take_off(&mut self) -> Option<AbortController> {
        self.land();
        self.0 = AbortController::new().ok();
        self.0.clone()
    }

    fn land(&mut self) {
        if let Some(controller) = self.0.take() {
            controller.abort();
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.land();
    }
}

/// What is sent: everything that differs between endpoints.
struct Message {
    method: Method,
    path: &'static str,
    body: Option<String>,
    /// Reads a good answer; `None` if it is of another shape.
    read: fn(&str) -> Option<Answer>,
}

impl Line {
    /// Sends a message; `answered` gets a good answer, a problem appears in the state.
    fn send(&self, message: Message, answered: Box<dyn FnOnce(Answer)>) {
        let Some(controller) = self.flight.borrow_mut().take_off() else {
            return;
        };
        let state = self.state.clone();
        state.set(Remote::Loading);
        spawn_local(async move {
            let signal = controller.signal();
            let answer = send(message.method, message.path, message.body, &signal).await;
            if signal.aborted() {
                return;
            }
            // An answer of another shape comes from something between us and the server.
            let shape =
                |text: String| (message.read)(&text).ok_or_else(|| Problem::new(ErrorCode::Unreachable));
            match answer.and_then(shape) {
                Ok(answer) => {
                    state.set(Remote::Ready(answer.clone()));
                    answered(answer);
                }
                Err(problem) => state.set(Remote::Failed(problem)),
            }
        });
    }
}

impl<E: Endpoint> Clone for Call<E> {
    fn clone(&self) -> Self {
        Self {
            line: self.line.clone(),
            endpoint: PhantomData,
        }
    }
}

impl<E: Endpoint> fmt::Debug for Call<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({})", E::PATH)
    }
}

impl<E: Endpoint> Call<E> {
    /// How far the last request has come, and its answer.
    pub fn state(&self) -> Remote<Rc<E::Response>> {
        match &*self.line.state {
            Remote::Idle => Remote::Idle,
            Remote::Loading => Remote::Loading,
            Remote::Ready(answer) => answer.clone().downcast().map_or(Remote::Idle, Remote::Ready),
            Remote::Failed(problem) => Remote::Failed(problem.clone()),
        }
    }

    /// Whether an answer is awaited.
    pub fn is_loading(&self) -> bool {
        self.line.state.is_loading()
    }

    /// What went wrong with the last request, if it did.
    pub fn problem(&self) -> Option<&Problem> {
        self.line.state.problem()
    }

    /// Sends a request; the answer appears in [`Call::state`].
    pub fn send(&self, request: E::Request) {
        self.send_then(request, |_| ());
    }

    /// Sends a request; `answered` gets a good answer, a problem appears in [`Call::problem`].
    pub fn send_then(&self, request: E::Request, answered: impl FnOnce(Rc<E::Response>) + 'static) {
        let body = match E::METHOD {
            Method::Get => None,
            Method::Post => json::write(&request),
        };
        let message = Message {
            method: E::METHOD,
            path: E::PATH,
            body,
            read: read::<E>,
        };
        self.line.send(
            message,
            Box::new(|answer| {
                if let Ok(answer) = answer.downcast() {
                    answered(answer);
                }
            }),
        );
    }

    /// Forgets the last answer or problem and aborts what is on its way.
    pub fn forget(&self) {
        self.line.flight.borrow_mut().land();
        self.line.state.set(Remote::Idle);
    }
}

/// Reads an endpoint's answer.
fn read<E: Endpoint>(text: &str) -> Option<Answer> {
    let answer: E::Response = json::read(text)?;
    Some(Rc::new(answer))
}

/// A call of this component: aborted when the component goes away, and by the next request.
#[hook]
pub fn use_call<E: Endpoint>() -> Call<E> {
    Call {
        line: use_line(),
        endpoint: PhantomData,
    }
}

/// A call without its types.
#[hook]
fn use_line() -> Line {
    let state = use_state(Remote::default);
    let flight = use_mut_ref(Flight::default);
    {
        let flight = flight.clone();
        use_effect_with((), move |()| move || flight.borrow_mut().land());
    }
    Line { state, flight }
}

/// A call that is sent when the component appears.
#[hook]
pub fn use_load<E: Endpoint<Request = ()>>() -> Call<E> {
    let call = use_call::<E>();
    {
        let call = call.clone();
        use_effect_with((), move |()| call.send(()));
    }
    call
}

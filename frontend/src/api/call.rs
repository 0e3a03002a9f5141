//! Calls that belong to a component.

use super::{Remote, send};
use core::cell::RefCell;
use shared::api::Endpoint;
use std::rc::Rc;
use web_sys::AbortController;
use yew::platform::spawn_local;
use yew::prelude::*;

/// An endpoint as one component uses it.
#[derive(Debug)]
pub struct Call<E: Endpoint> {
    state: UseStateHandle<Remote<Rc<E::Response>>>,
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

impl<E: Endpoint> Clone for Call<E> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), flight: self.flight.clone() }
    }
}

impl<E: Endpoint> Call<E> {
    /// How far the last request has come.
    pub fn state(&self) -> &Remote<Rc<E::Response>> {
        &self.state
    }

    /// Sends a request; the answer appears in [`Call::state`].
    pub fn send(&self, request: E::Request) {
        self.send_then(request, |_| ());
    }

    /// Sends a request; `answered` gets a good answer, a problem appears in [`Call::state`].
    pub fn send_then(&self, request: E::Request, answered: impl FnOnce(Rc<E::Response>) + 'static) {
        let Some(controller) = self.flight.borrow_mut().take_off() else { return };
        let state = self.state.clone();
        state.set(Remote::Loading);
        spawn_local(async move {
            let signal = controller.signal();
            let answer = send::<E>(&request, &signal).await;
            if signal.aborted() {
                return;
            }
            match answer {
                Ok(response) => {
                    let response = Rc::new(response);
                    state.set(Remote::Ready(response.clone()));
                    answered(response);
                }
                Err(problem) => state.set(Remote::Failed(problem)),
            }
        });
    }

    /// Forgets the last answer or problem and aborts what is on its way.
    pub fn forget(&self) {
        self.flight.borrow_mut().land();
        self.state.set(Remote::Idle);
    }
}

/// A call of this component: aborted when the component goes away, and by the next request.
#[hook]
pub fn use_call<E: Endpoint>() -> Call<E> {
    let state = use_state(Remote::default);
    let flight = use_mut_ref(Flight::default);
    {
        let flight = flight.clone();
        use_effect_with((), move |()| move || flight.borrow_mut().land());
    }
    Call { state, flight }
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

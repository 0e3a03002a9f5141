//! Asking the person's device for a passkey: the ceremony as the pages see it.
//!
//! Words: [`use_ceremony`] belongs to one component and stops with it; its [`Stand`] is what the page shows; the [`Prover`] is
//! the button that proves a passkey, wherever one is asked for, with every way in which that can fail.
//! Nothing here knows what the proof is for, and nothing sends it: the page does.

mod failure;
mod prover;

pub use failure::{cannot_notice, failure_notice};
pub use prover::{Prover, ProverProps};

use crate::platform::credentials::{Ceremony, Failure, Verifier, verifier};
use core::cell::RefCell;
use core::fmt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How far the last ceremony is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stand {
    /// There was none, or it brought its credential.
    #[default]
    Idle,
    /// The device asks the person.
    Asking,
    /// It brought nothing.
    Failed(Failure),
}

/// The ceremonies of one component: one at a time.
#[derive(Clone)]
pub struct CeremonyHandle {
    /// How far the last one is.
    pub stand: Stand,
    state: UseStateSetter<Stand>,
    running: Rc<RefCell<Option<Ceremony>>>,
}

impl fmt::Debug for CeremonyHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CeremonyHandle({:?})", self.stand)
    }
}

impl CeremonyHandle {
    /// Has the device make a credential; `made` gets it.
    pub fn create<O, C>(&self, options: &O, made: impl FnOnce(C) + 'static)
    where
        O: Serialize + 'static,
        C: DeserializeOwned + 'static,
    {
        if let Some(ceremony) = self.begin() {
            self.hear(ceremony.create::<O, C>(options), made);
            self.running.replace(Some(ceremony));
        }
    }

    /// Has the device prove one; `proved` gets the answer.
    pub fn get<O, C>(&self, options: &O, proved: impl FnOnce(C) + 'static)
    where
        O: Serialize + 'static,
        C: DeserializeOwned + 'static,
    {
        if let Some(ceremony) = self.begin() {
            self.hear(ceremony.get::<O, C>(options), proved);
            self.running.replace(Some(ceremony));
        }
    }

    /// Ends the one before and shows that the next one runs.
    fn begin(&self) -> Option<Ceremony> {
        self.running.take();
        let ceremony = Ceremony::new();
        self.state.set(match ceremony {
            Some(_) => Stand::Asking,
            None => Stand::Failed(Failure::Unsupported),
        });
        ceremony
    }

    /// Waits for what the device brings.
    fn hear<C: 'static>(
        &self,
        answer: impl Future<Output = Result<C, Failure>> + 'static,
        then: impl FnOnce(C) + 'static,
    ) {
        let state = self.state.clone();
        spawn_local(async move {
            match answer.await {
                Ok(credential) => {
                    state.set(Stand::Idle);
                    then(credential);
                }
                // The page has gone, or asks anew: there is nobody to tell.
                Err(Failure::Stopped) => {}
                Err(failure) => state.set(Stand::Failed(failure)),
            }
        });
    }
}

/// The ceremonies of this component: the last one is stopped when it goes away, and by the next one.
#[hook]
pub fn use_ceremony() -> CeremonyHandle {
    let stand = use_state_eq(Stand::default);
    let running = use_mut_ref(|| None::<Ceremony>);
    {
        let running = running.clone();
        use_effect_with((), move |()| move || drop(running.take()));
    }
    CeremonyHandle {
        stand: *stand,
        state: stand.setter(),
        running,
    }
}

/// Where this device can check the person, once it has said so.
#[hook]
pub fn use_verifier() -> Option<Verifier> {
    let known = use_state_eq(|| None);
    {
        let known = known.setter();
        use_effect_with((), move |()| {
            spawn_local(async move { known.set(Some(verifier().await)) });
        });
    }
    *known
}

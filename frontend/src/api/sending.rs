//! A file that belongs to a component while it is on its way.

use super::{address, answered};
use crate::platform::json;
use crate::platform::picked::Picked;
use crate::platform::upload::{News, Upload};
use core::cell::RefCell;
use core::fmt;
use serde::de::DeserializeOwned;
use shared::api::{ErrorCode, Problem};
use std::rc::Rc;
use yew::prelude::*;

/// How far a file is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// None is on its way.
    #[default]
    Idle,
    /// So much of it is there, in thousandths.
    Under(u16),
    /// All of it is there; the server looks at it.
    Arrived,
    /// It was not taken, or nobody answered.
    Failed(Problem),
}

/// A path that takes files, as one component uses it: one file at a time.
#[derive(Clone)]
pub struct Sending {
    /// How far the last file is.
    pub progress: Progress,
    state: UseStateSetter<Progress>,
    running: Rc<RefCell<Option<Upload>>>,
}

impl fmt::Debug for Sending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sending({:?})", self.progress)
    }
}

impl Sending {
    /// Whether one is on its way, or is looked at.
    pub const fn is_running(&self) -> bool {
        matches!(self.progress, Progress::Under(_) | Progress::Arrived)
    }

    /// What went wrong with the last one, if anything did.
    pub const fn problem(&self) -> Option<&Problem> {
        match &self.progress {
            Progress::Failed(problem) => Some(problem),
            Progress::Idle | Progress::Under(_) | Progress::Arrived => None,
        }
    }

    /// Sends a file; `taken` gets a good answer. The one before is stopped.
    pub fn send<V: DeserializeOwned + 'static>(
        &self,
        path: &str,
        file: &Picked,
        taken: impl Fn(Rc<V>) + Clone + 'static,
    ) {
        self.stop();
        self.state.set(Progress::Under(0));
        let state = self.state.clone();
        let heard = move |news| match news {
            News::Sent(permille) => state.set(Progress::Under(permille)),
            News::Arrived => state.set(Progress::Arrived),
            News::Answered(status, text) => match read::<V>(status, text) {
                Ok(view) => {
                    state.set(Progress::Idle);
                    taken(view);
                }
                Err(problem) => state.set(Progress::Failed(problem)),
            },
            News::Lost => state.set(Progress::Failed(Problem::new(ErrorCode::Unreachable))),
        };
        match Upload::send(&address(path), file, heard) {
            Some(upload) => drop(self.running.replace(Some(upload))),
            None => self
                .state
                .set(Progress::Failed(Problem::new(ErrorCode::Unreachable))),
        }
    }

    /// Stops what is on its way.
    pub fn stop(&self) {
        self.running.take();
        self.state.set(Progress::Idle);
    }
}

/// An answer of another shape comes from something between us and the server.
fn read<V: DeserializeOwned>(status: u16, text: String) -> Result<Rc<V>, Problem> {
    let text = answered(status, text)?;
    let view = json::read(&text).ok_or_else(|| Problem::new(ErrorCode::Unreachable))?;
    Ok(Rc::new(view))
}

/// A path that takes files, for this component: what is on its way is stopped when it goes away.
#[hook]
pub fn use_sending() -> Sending {
    let progress = use_state_eq(Progress::default);
    let running = use_mut_ref(|| None::<Upload>);
    {
        let running = running.clone();
        use_effect_with((), move |()| move || drop(running.take()));
    }
    Sending {
        progress: (*progress).clone(),
        state: progress.setter(),
        running,
    }
}

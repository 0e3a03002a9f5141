//! The proof of work, solved in its worker while the person goes on typing.
//!
//! Words: a captcha is for one [`Subject`]; another subject, or [`CaptchaHandle::renew`], begins another. Nothing is asked
//! of the person. The page shows how far it is and waits for it only when the form is sent.

mod worker;

pub use worker::serve;

use crate::api::use_call;
use crate::platform::clock;
use crate::platform::worker::{Heard, Worker};
use crate::ui::{ProgressProps, progress};
use shared::api::{ErrorCode, Problem};
use shared::captcha::api::IssueCaptcha;
use shared::captcha::{Solution, Subject};
use shared::i18n::Text;
use worker::{CaptchaJob, Reply};
use yew::prelude::*;
use yew::props;

/// Milliseconds that a subject must stay the same before work begins: ten digits of a RUC look like a cédula.
const SETTLE: u32 = 350;

/// How far a captcha is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Captcha {
    /// There is no subject yet.
    #[default]
    Waiting,
    /// The challenge or the worker's module is on its way.
    Preparing,
    /// The worker computes; thousandths done.
    Working(u16),
    /// Done.
    Solved(Solution),
    /// The challenge or the worker did not come.
    Failed(Problem),
}

/// A captcha and how to begin it anew.
#[derive(Clone, Debug, PartialEq)]
pub struct CaptchaHandle {
    /// How far it is.
    pub captcha: Captcha,
    state: UseStateSetter<Captcha>,
    round: UseStateHandle<u32>,
}

impl CaptchaHandle {
    /// Begins anew with the same subject: the last solution was used, refused, or too old, or there is none.
    pub fn renew(&self) {
        self.state.set(Captcha::Preparing);
        self.round.set(self.round.wrapping_add(1));
    }
}

/// Solves the captcha of `subject` as soon as there is one, and anew when it changes.
#[hook]
pub fn use_captcha(subject: Option<Subject>) -> CaptchaHandle {
    let captcha = use_state_eq(Captcha::default);
    let round = use_state(|| 0_u32);
    let issue = use_call::<IssueCaptcha>();
    let worker = use_mut_ref(|| None::<Worker<CaptchaJob>>);
    {
        let captcha = captcha.setter();
        let (issue, worker) = (issue.clone(), worker.clone());
        use_effect_with((subject, *round), move |(subject, _)| {
            // The worker of another subject works in vain.
            worker.take();
            captcha.set(if subject.is_some() {
                Captcha::Preparing
            } else {
                Captcha::Waiting
            });
            let timer = subject.clone().map(|subject| {
                clock::later(SETTLE, move || {
                    issue.send_then(subject, move |issued| {
                        let heard = captcha.clone();
                        let spawned = Worker::<CaptchaJob>::spawn(move |reply| heard.set(read(reply)));
                        match &spawned {
                            Some(worker) => worker.ask(&issued.challenge),
                            None => captcha.set(failed()),
                        }
                        worker.replace(spawned);
                    });
                })
            });
            move || drop(timer)
        });
    }
    {
        let captcha = captcha.setter();
        use_effect_with(issue.problem().cloned(), move |problem| {
            if let Some(problem) = problem {
                captcha.set(Captcha::Failed(problem.clone()));
            }
        });
    }
    CaptchaHandle {
        captcha: (*captcha).clone(),
        state: captcha.setter(),
        round,
    }
}

fn read(heard: Heard<Reply>) -> Captcha {
    match heard {
        Heard::Reply(Reply::Working { permille }) => Captcha::Working(permille),
        Heard::Reply(Reply::Solved { solution }) => Captcha::Solved(solution),
        Heard::Reply(Reply::Malformed) | Heard::Failed => failed(),
    }
}

fn failed() -> Captcha {
    Captcha::Failed(Problem::new(ErrorCode::Unreachable))
}

/// How far the captcha is, as a bar and in words.
pub fn captcha_progress(text: Text, captcha: &Captcha) -> Html {
    let (done, words) = match captcha {
        Captcha::Waiting => (Some(0), AttrValue::from(text.captcha_waiting())),
        Captcha::Preparing => (Some(0), text.captcha_preparing().into()),
        Captcha::Working(permille) => (
            Some(u32::from(*permille)),
            text.captcha_progress(permille / 10).into(),
        ),
        Captcha::Solved(_) => (Some(1000), text.captcha_done().into()),
        Captcha::Failed(_) => (Some(0), text.captcha_failed().into()),
    };
    progress(&props!(ProgressProps {
        id: "captcha",
        label: text.captcha_label(),
        done,
        of: 1000,
        text: words
    }))
}

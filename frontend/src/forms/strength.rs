//! How hard a password is to guess, estimated in a worker whose module is fetched when a password page is near.

use crate::platform::worker::{self, Heard, Job, Worker};
use serde::{Deserialize, Serialize};
use shared::passwords::Strength;
use shared::secrets::Secret;
use std::rc::Rc;
use yew::prelude::*;

/// Estimating one password.
#[derive(Debug)]
pub struct StrengthJob;

/// What to estimate.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Which question this is; the reply repeats it, because replies to older texts come late.
    ticket: u32,
    password: Secret<String>,
    personal: Vec<Secret<String>>,
}

/// The estimate of the password that came with the same ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    ticket: u32,
    strength: Strength,
}

impl Job for StrengthJob {
    const NAME: &'static str = "strength-worker";
    type Request = Request;
    type Reply = Reply;
}

/// In the worker: estimates what it is given.
pub fn serve() {
    use shared::passwords::{Personal, estimate};
    worker::serve::<StrengthJob>(|request, reply| {
        let personal = Personal::new(request.personal.iter().map(Secret::expose));
        reply(&Reply {
            ticket: request.ticket,
            strength: estimate(request.password.expose(), &personal),
        });
    });
}

/// Fetches the worker's module before there is a password to judge: the dictionaries in it take a while to arrive.
pub fn fetch_ahead() {
    worker::fetch_ahead::<StrengthJob>();
}

/// What is known of a password's strength.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// There is no password yet.
    None,
    /// The worker has not answered for this text.
    Waiting,
    /// The estimate of this very text.
    Known(Strength),
    /// There is no worker: the server alone will tell.
    Unknown,
}

/// The state of the conversation with the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    None,
    Reply(Reply),
    Failed,
}

/// The strength of `password`, estimated anew at every change. The worker is fetched when this is first used.
#[hook]
pub fn use_strength(password: &Secret<String>, personal: &Rc<Vec<Secret<String>>>) -> Estimate {
    let answer = use_state_eq(|| Answer::None);
    let ticket = use_mut_ref(|| 0_u32);
    let worker = {
        let answer = answer.setter();
        use_memo((), move |()| {
            let heard = answer.clone();
            let worker = Worker::<StrengthJob>::spawn(move |reply| {
                heard.set(match reply {
                    Heard::Reply(reply) => Answer::Reply(reply),
                    Heard::Failed => Answer::Failed,
                });
            });
            if worker.is_none() {
                answer.set(Answer::Failed);
            }
            worker
        })
    };
    // Asked while rendering, so that the ticket below is that of this very text.
    let present = *use_memo((password.clone(), personal.clone()), |(password, personal)| {
        let mut ticket = ticket.borrow_mut();
        *ticket = ticket.wrapping_add(1);
        if let (false, Some(worker)) = (password.expose().is_empty(), &*worker) {
            worker.ask(&Request {
                ticket: *ticket,
                password: password.clone(),
                personal: (**personal).clone(),
            });
        }
        *ticket
    });
    match &*answer {
        _ if password.expose().is_empty() => Estimate::None,
        Answer::Failed => Estimate::Unknown,
        Answer::Reply(reply) if reply.ticket == present => Estimate::Known(reply.strength.clone()),
        Answer::Reply(_) | Answer::None => Estimate::Waiting,
    }
}

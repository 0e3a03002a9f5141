//! The texts of a language that the first load does not carry: they come from a worker of their own, once.

use crate::platform::clock;
use crate::platform::worker::{self, Heard, Job, Worker};
use core::cell::RefCell;
use gloo::timers::callback::Timeout;
use shared::i18n::{self, Language};
use std::rc::Rc;
use yew::platform::spawn_local;

/// Telling all texts of a language.
#[derive(Debug)]
struct TextsJob;

impl Job for TextsJob {
    const NAME: &'static str = "texts-worker";
    type Request = Language;
    /// The texts, in the order of their numbers.
    type Reply = Vec<String>;
}

/// In the worker: tells the texts.
pub fn serve() {
    worker::serve::<TextsJob>(|language, reply| {
        let texts = i18n::table(language).iter().map(|text| (*text).to_owned());
        reply(&texts.collect());
    });
}

/// How long the shell of the page may stand while the reader's language is fetched.
const PATIENCE_MILLIS: u32 = 3_000;

/// Calls `then` once, when the texts of a language are there, or when it is clear that they will not be soon. So that
/// who reads another language does not see the app in Spanish first; the page's shell is on screen until then.
pub(super) fn once_known(language: Language, then: impl FnOnce() + 'static) {
    if i18n::knows(language) {
        then();
        return;
    }
    let waiting = Rc::new(RefCell::new(None));
    let over = {
        let waiting = waiting.clone();
        // Whoever is first takes the work out. The worker and the timer end with it, but not while they are calling.
        move || {
            let taken: Option<Waiting> = waiting.take();
            if let Some(waiting) = taken {
                spawn_local(async move {
                    let Waiting {
                        then,
                        _worker,
                        _timer,
                    } = waiting;
                    then();
                });
            }
        }
    };
    let worker = Worker::<TextsJob>::spawn({
        let over = over.clone();
        move |heard| {
            match heard {
                Heard::Reply(texts) => drop(i18n::learn(language, texts)),
                Heard::Failed => {}
            }
            over();
        }
    });
    let Some(worker) = worker else {
        then();
        return;
    };
    worker.ask(&language);
    waiting.replace(Some(Waiting {
        then: Box::new(then),
        _worker: worker,
        _timer: clock::later(PATIENCE_MILLIS, over),
    }));
}

/// What is to be done once, and what may do it.
struct Waiting {
    then: Box<dyn FnOnce()>,
    _worker: Worker<TextsJob>,
    _timer: Timeout,
}

/// Calls `then` when the texts of a language are there: at once if they are `known`, or when they have come. What is
/// returned keeps the worker at work; dropped, nobody waits any more. Where nothing comes, all stays as it is.
pub(super) fn when_known(
    language: Language,
    known: impl Fn(Language) -> bool,
    then: impl Fn(Language) + 'static,
) -> impl FnOnce() + 'static {
    let worker = if known(language) {
        then(language);
        None
    } else {
        let worker = Worker::<TextsJob>::spawn(move |heard| {
            if let Heard::Reply(texts) = heard
                && i18n::learn(language, texts)
            {
                then(language);
            }
        });
        if let Some(worker) = &worker {
            worker.ask(&language);
        }
        worker
    };
    move || drop(worker)
}

//! The texts of a language that the first load does not carry: they come from a worker of their own, once.

use crate::platform::worker::{self, Heard, Job, Worker};
use shared::i18n::{self, ENGLISH, Language, SPANISH_HELP};

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
        let texts: &[&str] = match language {
            Language::Es => &SPANISH_HELP,
            Language::En => &ENGLISH,
        };
        reply(&texts.iter().map(|text| (*text).to_owned()).collect());
    });
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

/// Takes in every text at once, for tests: their page has no workers.
#[cfg(test)]
pub(crate) fn know_every_language() {
    for (language, texts) in [(Language::Es, &SPANISH_HELP[..]), (Language::En, &ENGLISH[..])] {
        assert!(i18n::learn(
            language,
            texts.iter().map(|text| (*text).to_owned()).collect()
        ));
    }
}

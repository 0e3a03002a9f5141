//! Examinations in processes of their own.
//!
//! The server starts a child for each file, gives it everything at once, carries its questions, and hears one opinion. There are as
//! many children at work as places, and some more that wait for an authority's answer; who finds no place in time is told that the
//! server is busy.

mod child;
mod conversation;
mod frames;
mod limits;
mod program;

pub use child::run;
pub use limits::Limits;
pub use program::Program;

use super::cache::Cache;
use super::config::SignaturesConfig;
use super::fetcher::Fetcher;
use super::store::Kept;
use super::trust::Given;
use super::watch::{Origin, Watch};
use super::{NotExamined, no_opinion};
use crate::clock::{Clock, Stopwatch};
use conversation::{Conversation, Failure, json};
use frames::{MOST_QUESTIONS, Relied, Said, Told};
use futures_util::future::join_all;
use notary::{Expectation, Opinion, Question, Unanswered};
use shared::time::Timestamp;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Runs examinations; cheap to clone.
#[derive(Clone, Debug)]
pub struct Process(Arc<Parts>);

/// How many children there may be for each that works. A child asks only about certificates that a pinned authority issued, so
/// that nobody fills these with files of his own making.
const CHILDREN_PER_PLACE: usize = 4;

/// What examinations run with.
#[derive(Debug)]
struct Parts {
    program: Program,
    patience: Duration,
    network: Duration,
    /// For each child that is there.
    children: Semaphore,
    /// For each child that works: one that waits for an authority does not.
    places: Semaphore,
    /// A frame of its own, made once: it is the same for every file.
    trust: Vec<u8>,
    /// Whether anybody is in it.
    has_anchors: bool,
    fetcher: Fetcher,
    watch: Watch,
}

/// A question of this examination and what came of it.
struct Asked {
    question: Question,
    answer: Result<Vec<u8>, Unanswered>,
    fetched_at: Timestamp,
    origin: Origin,
}

impl Process {
    /// With what the configuration says and what was given to be trusted. Nothing is started.
    pub fn new(
        config: &SignaturesConfig,
        program: Program,
        given: &Given,
        fetcher: Fetcher,
        watch: Watch,
    ) -> Result<Self, serde_json::Error> {
        let places = match config.processes {
            0 => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
            count => count.into(),
        };
        Ok(Self(Arc::new(Parts {
            program,
            patience: config.patience,
            network: config.network(),
            children: Semaphore::new(places * CHILDREN_PER_PLACE),
            places: Semaphore::new(places),
            trust: serde_json::to_vec(given)?,
            has_anchors: given.has_anchors(),
            fetcher,
            watch,
        })))
    }

    /// Whether anybody is trusted.
    pub fn has_anchors(&self) -> bool {
        self.0.has_anchors
    }

    /// Judges a file; see [`service::examine`](super::service::examine).
    pub async fn examine(
        &self,
        cache: Cache<'_>,
        clock: &Clock,
        file: Vec<u8>,
        expectation: &Expectation,
    ) -> Result<Opinion, NotExamined> {
        let since = Stopwatch::start();
        let opinion = match self.attempt(cache, clock, file, expectation).await {
            Ok(opinion) => opinion,
            Err(failure) => {
                tracing::warn!(%failure, "a file was not judged");
                self.0.watch.failed(failure.why());
                match failure.of_our_own() {
                    Some(reason) => return Err(reason),
                    None => no_opinion(),
                }
            }
        };
        self.0.watch.ended(&opinion.findings, since.elapsed());
        Ok(opinion)
    }

    async fn attempt(
        &self,
        cache: Cache<'_>,
        clock: &Clock,
        file: Vec<u8>,
        expectation: &Expectation,
    ) -> Result<Opinion, Failure> {
        let mut queue = SignaturesConfig::QUEUE;
        let _one_of_the_children = turn(&self.0.children, &mut queue).await?;
        let mut place = turn(&self.0.places, &mut queue).await?;
        let mut child = Conversation::begin(&self.0.program, self.0.patience)?;
        child.say(&[&self.0.trust, &json(expectation)?, &file]).await?;
        drop(file);
        let mut asked: Vec<Asked> = Vec::new();
        let mut network = self.0.network;
        let mut queue = SignaturesConfig::QUEUE;
        loop {
            match child.hear().await? {
                Said::Opinion { opinion, relied } => {
                    child.close().await;
                    return self.conclude(cache, *opinion, &relied, asked).await;
                }
                Said::Questions(questions) => {
                    if questions.is_empty() || asked.len() + questions.len() > MOST_QUESTIONS {
                        return Err(Failure::Rules);
                    }
                    drop(place);
                    let since = Stopwatch::start();
                    let ask = |question| self.ask(cache, clock, question, network);
                    let answers = join_all(questions.into_iter().map(ask)).await;
                    network = network.saturating_sub(since.elapsed());
                    place = turn(&self.0.places, &mut queue).await?;
                    tell(&mut child, &answers).await?;
                    asked.extend(answers);
                }
            }
        }
    }

    /// From the cache, or from the authority.
    async fn ask(&self, cache: Cache<'_>, clock: &Clock, question: Question, left: Duration) -> Asked {
        let now = clock.now();
        if let Some(Kept { answer, fetched_at }) = cache.answer(&question, now).await {
            self.0.watch.answered(&question, Origin::Cache, Ok(()));
            return Asked {
                question,
                answer: Ok(answer),
                fetched_at,
                origin: Origin::Cache,
            };
        }
        let answer = self.0.fetcher.fetch(&question, left).await;
        let told = answer.as_ref().map(|_| ()).map_err(|reason| *reason);
        self.0.watch.answered(&question, Origin::Authority, told);
        Asked {
            question,
            answer,
            fetched_at: clock.now(),
            origin: Origin::Authority,
        }
    }

    /// Puts the evidence together from what we fetched ourselves. Only what was relied on goes into the cache, and what is there and was
    /// of no use leaves it.
    async fn conclude(
        &self,
        cache: Cache<'_>,
        mut opinion: Opinion,
        relied: &[Relied],
        asked: Vec<Asked>,
    ) -> Result<Opinion, Failure> {
        if relied.iter().any(|relied| relied.answer >= asked.len()) {
            return Err(Failure::Rules);
        }
        let mut doubted = Vec::new();
        for (number, asked) in asked.into_iter().enumerate() {
            let Ok(answer) = asked.answer else {
                continue;
            };
            let relied = relied.iter().find(|relied| relied.answer == number);
            match (relied, asked.origin) {
                (Some(relied), Origin::Authority) => {
                    let kept = Kept {
                        answer: answer.clone(),
                        fetched_at: asked.fetched_at,
                    };
                    cache.keep(&asked.question, &kept, relied.next).await;
                }
                (None, Origin::Cache) => cache.forget(&asked.question, asked.fetched_at).await,
                (Some(_), Origin::Cache) | (None, Origin::Authority) => {}
            }
            match (relied, &asked.question) {
                (Some(_), Question::Ocsp { .. }) => opinion.evidence.ocsp.push(answer),
                (Some(_), Question::Crl { .. }) => opinion.evidence.crls.push(answer),
                (None, _) => doubted.push(answer),
            }
        }
        for answer in doubted {
            opinion.evidence.doubt(&answer);
        }
        Ok(opinion)
    }
}

/// Waits for one of these, as long as there is time `left` for waiting.
async fn turn<'a>(places: &'a Semaphore, left: &mut Duration) -> Result<SemaphorePermit<'a>, Failure> {
    let since = Stopwatch::start();
    let place = tokio::time::timeout(*left, places.acquire()).await;
    *left = left.saturating_sub(since.elapsed());
    match place {
        Ok(Ok(place)) => Ok(place),
        Ok(Err(_)) | Err(_) => Err(Failure::Busy),
    }
}

async fn tell(child: &mut Conversation, asked: &[Asked]) -> Result<(), Failure> {
    let told: Vec<Told> = asked
        .iter()
        .map(|asked| Told {
            unanswered: asked.answer.as_ref().err().copied(),
            fetched_at: asked.fetched_at,
        })
        .collect();
    let head = json(&told)?;
    let answers = asked.iter().filter_map(|asked| asked.answer.as_deref().ok());
    let frames: Vec<&[u8]> = std::iter::once(head.as_slice()).chain(answers).collect();
    child.say(&frames).await
}

#[cfg(test)]
#[cfg(unix)]
mod tests;

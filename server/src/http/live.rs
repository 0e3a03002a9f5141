//! Live updates: who waits for a change hears of it at once, also of one that another node made where nodes tell each other
//! ([`super::relay`]); and looks again after [`POLL`] in any case, since what is told may be lost and some changes are made by time alone.
//!
//! A topic is a text that a slice chooses; it reaches no client. A change carries no content: who hears of it loads
//! what it may see. Every stream ends when the server shuts down, and after [`LIFE`]. No limit of requests sees how long a
//! stream lives, so their number is limited here: [`PER_TOPIC`], and [`STREAMS`] in all, with [`RESERVED`] beside them for
//! those whom nobody may crowd out.

use super::{Ctx, Failure};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use serde::Serialize;
use shared::api::ErrorCode;
use shared::time::Timestamp;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio_util::sync::CancellationToken;

/// How late a change is noticed that nobody told of, at most.
pub const POLL: Duration = Duration::from_secs(2);

/// How many may wait for one topic at a time: the pages one browser has open, and a few streams that it has left and whose
/// end is not noticed yet.
pub const PER_TOPIC: usize = 4;

/// How many streams a node has at a time for everybody; each holds a connection.
pub const STREAMS: usize = 2048;

/// How many it has beside them for [`reserved_events`].
pub const RESERVED: usize = 512;

/// How long a stream lives; who still wants to hear connects again.
pub const LIFE: Duration = Duration::from_mins(20);

/// How often a silent stream says that it is alive, so that proxies keep it open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How many changes wait to be passed on to other nodes. What does not fit is found by looking.
const PASSED_ON: usize = 1024;

/// That something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Of this topic.
    Topic(String),
    /// Of every topic that begins so.
    Below(String),
    /// Of any topic.
    Everything,
}

/// The topics of this node.
#[derive(Clone, Debug)]
pub struct Live {
    topics: Arc<Mutex<HashMap<String, watch::Sender<()>>>>,
    // Towards the other nodes, where there are any.
    others: Arc<OnceLock<mpsc::Sender<Told>>>,
    streams: Arc<Semaphore>,
    reserved: Arc<Semaphore>,
    shutdown: CancellationToken,
}

/// One that waits for changes of a topic.
#[derive(Debug)]
pub struct Subscription {
    receiver: watch::Receiver<()>,
    topic: String,
    live: Live,
    _place: OwnedSemaphorePermit,
}

/// Why a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Something may have changed: look.
    Look,
    /// The server shuts down.
    Shutdown,
}

/// What a stream sends next.
#[derive(Debug)]
pub enum Moment<T> {
    /// As things stand; more may follow.
    Now(T),
    /// As things stand, and nothing will follow.
    Last(T),
}

impl Live {
    /// No topics yet; every wait ends when `shutdown` is cancelled.
    pub fn new(shutdown: CancellationToken) -> Self {
        Self {
            topics: Arc::default(),
            others: Arc::default(),
            streams: Arc::new(Semaphore::new(STREAMS)),
            reserved: Arc::new(Semaphore::new(RESERVED)),
            shutdown,
        }
    }

    /// Tells all that wait for `topic` to look, on every node. Call it after the commit.
    pub fn publish(&self, topic: &str) {
        self.tell(Told::Topic(topic.to_owned()));
    }

    /// Tells all that wait for a topic that begins with `prefix` to look: where each of many has a topic of their own.
    pub fn publish_below(&self, prefix: &str) {
        self.tell(Told::Below(prefix.to_owned()));
    }

    /// Tells all that wait for anything to look.
    pub fn publish_all(&self) {
        self.tell(Told::Everything);
    }

    fn tell(&self, told: Told) {
        self.hear(&told);
        if let Some(others) = self.others.get() {
            // A hint: where too many wait already, the others find out by looking.
            let _lost = others.try_send(told);
        }
    }

    /// Tells all on this node that wait for it to look. What another node told of is heard, and not told again.
    pub(super) fn hear(&self, told: &Told) {
        let topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        match told {
            Told::Topic(topic) => {
                if let Some(sender) = topics.get(topic) {
                    sender.send_replace(());
                }
            }
            Told::Below(prefix) => {
                for (_, sender) in topics.iter().filter(|(topic, _)| topic.starts_with(prefix)) {
                    sender.send_replace(());
                }
            }
            Told::Everything => topics.values().for_each(|sender| {
                sender.send_replace(());
            }),
        }
    }

    /// Everything that is told on this node from now on, to be passed on. Nothing where somebody passes it on already.
    pub(super) fn told(&self) -> Option<mpsc::Receiver<Told>> {
        let (sender, receiver) = mpsc::channel(PASSED_ON);
        self.others.set(sender).is_ok().then_some(receiver)
    }

    /// Waits for changes of `topic` from now on. Subscribe before the first look, or a change between them is missed.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] where [`PER_TOPIC`] wait for it already, or [`STREAMS`] for anything.
    pub fn subscribe(&self, topic: &str) -> Result<Subscription, ErrorCode> {
        self.wait_in(topic, &[&self.streams])
    }

    /// The same, where the caller has shown who they are and it is theirs to know at once: in a place of those that are kept for
    /// them, or of everybody's where these are taken.
    ///
    /// # Errors
    /// As [`Self::subscribe`].
    pub fn subscribe_reserved(&self, topic: &str) -> Result<Subscription, ErrorCode> {
        self.wait_in(topic, &[&self.reserved, &self.streams])
    }

    /// Takes a place of the first that has one.
    fn wait_in(&self, topic: &str, places: &[&Arc<Semaphore>]) -> Result<Subscription, ErrorCode> {
        let place = places
            .iter()
            .find_map(|places| Arc::clone(places).try_acquire_owned().ok())
            .ok_or(ErrorCode::Busy)?;
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = topics
            .entry(topic.to_owned())
            .or_insert_with(|| watch::Sender::new(()));
        if sender.receiver_count() >= PER_TOPIC {
            return Err(ErrorCode::Busy);
        }
        Ok(Subscription {
            receiver: sender.subscribe(),
            topic: topic.to_owned(),
            live: self.clone(),
            _place: place,
        })
    }

    /// How many streams are open: of everybody's places and of those that are kept.
    pub fn open(&self) -> (usize, usize) {
        (
            STREAMS.saturating_sub(self.streams.available_permits()),
            RESERVED.saturating_sub(self.reserved.available_permits()),
        )
    }

    /// How many topics somebody waits for.
    pub fn topics(&self) -> usize {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Subscription {
    /// Waits for a change, [`POLL`], or the shutdown, whichever comes first.
    pub async fn wait(&mut self) -> Wake {
        let shutdown = self.live.shutdown.clone();
        tokio::select! {
            biased;
            () = shutdown.cancelled() => Wake::Shutdown,
            _ = tokio::time::timeout(POLL, self.told()) => Wake::Look,
        }
    }

    /// Waits until it is told of a change, however long that takes.
    pub async fn told(&mut self) {
        // The sender lives as long as its receivers.
        let _gone = self.receiver.changed().await;
    }

    /// Whether it was told of a change since it last waited.
    pub fn is_told(&self) -> bool {
        self.receiver.has_changed().unwrap_or(false)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut topics = self.live.topics.lock().unwrap_or_else(PoisonError::into_inner);
        // This receiver is still counted.
        if topics
            .get(&self.topic)
            .is_some_and(|sender| sender.receiver_count() <= 1)
        {
            topics.remove(&self.topic);
        }
    }
}

/// Streams what `load` gives as server-sent events named `name`: at once, then whenever it is not the `same` as the
/// last one sent (the time of the answer, for one, differs always and is no news).
///
/// The stream ends after [`Moment::Last`], after [`LIFE`], when `load` fails, and at the shutdown; the browser reconnects
/// by itself.
///
/// # Errors
/// [`ErrorCode::Busy`] where too many streams are open.
pub fn events<T, F, Fut>(
    ctx: Ctx,
    topic: &str,
    name: &'static str,
    same: fn(&T, &T) -> bool,
    load: F,
) -> Result<Response, Failure>
where
    T: Serialize + Send + 'static,
    F: Fn(Ctx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<Moment<T>, Failure>> + Send,
{
    let subscription = ctx.app.live.subscribe(topic);
    stream(ctx, subscription, name, same, load)
}

/// The same in a place that is kept for those who have shown who they are ([`Live::subscribe_reserved`]): whoever fills all others leaves
/// them theirs.
///
/// # Errors
/// [`ErrorCode::Busy`] where too many streams are open.
pub fn reserved_events<T, F, Fut>(
    ctx: Ctx,
    topic: &str,
    name: &'static str,
    same: fn(&T, &T) -> bool,
    load: F,
) -> Result<Response, Failure>
where
    T: Serialize + Send + 'static,
    F: Fn(Ctx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<Moment<T>, Failure>> + Send,
{
    let subscription = ctx.app.live.subscribe_reserved(topic);
    stream(ctx, subscription, name, same, load)
}

fn stream<T, F, Fut>(
    ctx: Ctx,
    subscription: Result<Subscription, ErrorCode>,
    name: &'static str,
    same: fn(&T, &T) -> bool,
    load: F,
) -> Result<Response, Failure>
where
    T: Serialize + Send + 'static,
    F: Fn(Ctx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<Moment<T>, Failure>> + Send,
{
    // It will not be refused for long, and meanwhile asking for the state itself does.
    let subscription = subscription.map_err(|_| Failure::busy())?;
    let ends = ctx.app.clock.now().after(LIFE);
    let watching = Watching {
        subscription,
        ctx,
        load,
        same,
        sent: None,
        next: Next::Look,
        ends,
    };
    let stream = unfold(watching, move |mut watching| async move {
        let event = watching.news().await?.event(name);
        Some((Ok::<_, Infallible>(event), watching))
    });
    let mut response = Sse::new(stream)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response();
    // Proxies of the nginx family hold a stream back otherwise.
    response
        .headers_mut()
        .insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    Ok(response)
}

struct Watching<T, F> {
    subscription: Subscription,
    ctx: Ctx,
    load: F,
    same: fn(&T, &T) -> bool,
    sent: Option<T>,
    next: Next,
    ends: Timestamp,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Look,
    Wait,
    End,
}

impl<T, F, Fut> Watching<T, F>
where
    T: Serialize,
    F: Fn(Ctx) -> Fut,
    Fut: Future<Output = Result<Moment<T>, Failure>>,
{
    async fn news(&mut self) -> Option<Event> {
        loop {
            match self.next {
                Next::Look => {}
                Next::Wait if self.subscription.wait().await == Wake::Look => {}
                Next::Wait | Next::End => return None,
            }
            let now = self.ctx.app.clock.now();
            if now >= self.ends {
                return None;
            }
            let view = match (self.load)(self.ctx.at(now)).await {
                Ok(Moment::Now(view)) => {
                    self.next = Next::Wait;
                    view
                }
                Ok(Moment::Last(view)) => {
                    self.next = Next::End;
                    view
                }
                Err(Failure::Problem(_)) => return None,
                Err(Failure::Fault(fault)) => {
                    tracing::error!(request = %self.ctx.id, cause = fault.chain(), "fault in a stream");
                    return None;
                }
            };
            if !self.sent.as_ref().is_some_and(|sent| (self.same)(sent, &view)) {
                let event = Event::default().json_data(&view).ok()?;
                self.sent = Some(view);
                return Some(event);
            }
        }
    }
}

//! What stands at a value just now, looked at when somebody reads the meters; and the catalogue of all meters.
//!
//! Invariants: whoever reads waits [`PATIENCE`] at most, also for a database that does not answer; then what comes of it is old, and
//! [`DATABASE_UP`] says so.

use crate::app::App;
use crate::meters::{Counter, Describe, Described, Gauge, Meters};
use crate::slots::Load;
use crate::store::{PoolName, StoreError};
use crate::words;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::time::Duration;

/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often spans that nobody reads are summed up.
const PAUSE: Duration = Duration::from_secs(5);

static DATABASE_UP: Gauge<()> = Gauge::new(
    "clavero_database_up",
    "Whether the database answered when these numbers were read.",
);
static CONNECTIONS: Gauge<(PoolName, Use)> = Gauge::new(
    "clavero_database_connections",
    "Connections to the database, by what they do.",
);
static SLOTS: Gauge<(Queue,)> = Gauge::new(
    "clavero_slots",
    "How many heavy computations run at a time at most.",
);
static BUSY: Gauge<(Queue,)> = Gauge::new("clavero_slots_busy", "Heavy computations that run.");
static WAITING: Gauge<(Queue,)> = Gauge::new(
    "clavero_slots_waiting",
    "Heavy computations that wait for their turn.",
);
static REFUSED: Counter<(Queue,)> = Counter::new(
    "clavero_slots_refused_total",
    "Heavy computations that were refused because too many waited.",
);

const OWN: &[&dyn Describe] = &[&DATABASE_UP, &CONNECTIONS, &SLOTS, &BUSY, &WAITING, &REFUSED];

/// What a connection does.
#[derive(Clone, Copy, Debug)]
enum Use {
    Busy,
    Idle,
}

impl Use {
    const ALL: [Self; 2] = [Self::Busy, Self::Idle];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Idle => "idle",
        }
    }
}

words!(PoolName, "pool");
words!(Use, "state");

/// What heavy computations are for.
#[derive(Clone, Copy, Debug)]
enum Queue {
    Password,
    Captcha,
    Document,
    Picture,
}

impl Queue {
    const ALL: [Self; 4] = [Self::Password, Self::Captcha, Self::Document, Self::Picture];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Captcha => "captcha",
            Self::Document => "document",
            Self::Picture => "picture",
        }
    }

    fn load(self, app: &App) -> Load {
        match self {
            Self::Password => app.hasher.load(),
            Self::Captcha => app.captcha.load(),
            Self::Document => app.issuing.load(),
            Self::Picture => app.pictures.load(),
        }
    }
}

words!(Queue, "queue");

/// Every meter there is.
pub fn catalogue() -> Vec<Described> {
    [
        OWN,
        crate::http::watch::METERS,
        crate::audit::watch::METERS,
        crate::data_requests::service::METERS,
        crate::notary::METERS,
        crate::notifications::watch::METERS,
        crate::recovery::METERS,
        crate::registries::METERS,
    ]
    .into_iter()
    .flatten()
    .map(|meter| meter.describe())
    .collect()
}

/// The meters of a server.
pub fn meters() -> Meters {
    Meters::of(&catalogue())
}

/// Looks at everything that stands at a value just now.
pub fn measure(app: App) -> BoxFuture<'static, ()> {
    async move {
        slots(&app);
        crate::http::watch::measure(&app);
        connections(&app);
        let looked = tokio::time::timeout(PATIENCE, rows(&app)).await;
        let is_up = match looked {
            Ok(Ok(())) => 1.0,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the database cannot be measured");
                0.0
            }
            Err(_) => 0.0,
        };
        app.meters.set(&DATABASE_UP, (), is_up);
    }
    .boxed()
}

async fn rows(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let mut tx = app.store.read().await?;
    crate::audit::watch::measure(app, &mut tx, now).await?;
    crate::data_requests::service::measure(app, &mut tx, now).await?;
    crate::notifications::watch::measure(app, &mut tx, now).await?;
    tx.commit().await
}

fn slots(app: &App) {
    for queue in Queue::ALL {
        let load = queue.load(app);
        app.meters.set(&SLOTS, (queue,), number(load.slots));
        app.meters.set(&BUSY, (queue,), number(load.busy));
        app.meters.set(&WAITING, (queue,), number(load.waiting));
        app.meters.counted(&REFUSED, (queue,), load.refused);
    }
}

fn connections(app: &App) {
    for pool in app.store.connections() {
        let busy = number(pool.open.saturating_sub(pool.idle));
        app.meters.set(&CONNECTIONS, (pool.pool, Use::Busy), busy);
        app.meters
            .set(&CONNECTIONS, (pool.pool, Use::Idle), number(pool.idle));
    }
}

fn number(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

/// Sums up what was measured, for ever: where nobody reads it, it would be kept one by one.
pub async fn tidy(app: App) {
    loop {
        app.meters.tidy();
        crate::clock::pause(PAUSE).await;
    }
}

//! The worker: sends what is due, woken when something is queued, and looking by itself for what other nodes queued or
//! what has to be tried again.

use crate::app::App;
use crate::clock;
use crate::notifications::service::{self, Step};
use crate::notifications::{Channel, Desk};
use std::time::Duration;

/// How many mails this node sends at the same time: a mail server that answers slowly holds up one of them.
pub const LANES: usize = 4;

/// How many text messages, beside them: neither way waits for the other.
pub const SMS_LANES: usize = 2;

/// How often the worker looks without being woken.
const ROUND: Duration = Duration::from_secs(1);

/// Sends until the server shuts down; returns when the sends under way are recorded, so that a restart sends nothing
/// twice.
pub async fn run<D: Desk>(app: App, desk: D) {
    let of = |channel, lanes| {
        let (app, desk) = (&app, &desk);
        (0..lanes).map(move |number| {
            let rhythm = if number == 0 {
                Rhythm::Rounds
            } else {
                Rhythm::Woken
            };
            lane(app, desk, channel, rhythm)
        })
    };
    let lanes = of(Channel::Email, LANES).chain(of(Channel::Sms, SMS_LANES));
    futures_util::future::join_all(lanes).await;
}

/// When a lane looks.
#[derive(Clone, Copy, Debug)]
enum Rhythm {
    /// When woken, and every [`ROUND`].
    Rounds,
    /// When woken.
    Woken,
}

async fn lane<D: Desk>(app: &App, desk: &D, channel: Channel, rhythm: Rhythm) {
    while !app.shutdown.is_cancelled() {
        match service::step(app, desk, channel).await {
            Ok(Step::Worked) => {}
            Ok(Step::Idle) => wait(app, channel, rhythm).await,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be worked on");
                app.shutdown.run_until_cancelled(clock::pause(ROUND)).await;
            }
        }
    }
}

async fn wait(app: &App, channel: Channel, rhythm: Rhythm) {
    let woken = async {
        match rhythm {
            Rhythm::Woken => app.notifications.woken(channel).await,
            Rhythm::Rounds => {
                tokio::select! {
                    () = app.notifications.woken(channel) => {}
                    () = clock::pause(ROUND) => {}
                }
            }
        }
    };
    app.shutdown.run_until_cancelled(woken).await;
}

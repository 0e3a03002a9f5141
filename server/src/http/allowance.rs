//! How long a request may take. The time in which a file comes has bounds of its own and is not counted: it depends on the line
//! of whoever sends it.

use crate::clock::{Stopwatch, pause};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// What one request may take, from when it came. Clones share it.
#[derive(Clone, Debug)]
pub struct Allowance {
    since: Stopwatch,
    span: Duration,
    end: Arc<watch::Sender<Duration>>,
}

impl Allowance {
    /// So much, from now.
    pub(super) fn new(span: Duration) -> Self {
        Self {
            since: Stopwatch::start(),
            span,
            end: Arc::new(watch::Sender::new(span)),
        }
    }

    /// Does the work, unless it takes longer than is allowed at that time.
    pub(super) async fn hold<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        let mut end = self.end.subscribe();
        loop {
            let left = end.borrow_and_update().saturating_sub(self.since.elapsed());
            tokio::select! {
                biased;
                done = &mut work => return Some(done),
                _changed = end.changed() => {}
                () = pause(left) => return None,
            }
        }
    }

    /// Allows `span` besides what is allowed from now on.
    pub(super) fn extend(&self, span: Duration) {
        self.end.send_replace(self.since.elapsed() + self.span + span);
    }

    /// Begins anew: what was taken so far does not count.
    pub(super) fn begin_anew(&self) {
        self.extend(Duration::ZERO);
    }
}

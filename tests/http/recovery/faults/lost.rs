//! Browsers that go away in the middle of a request, and waiting until what they began has come to its end.

use futures_util::future::poll_fn;
use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// How long a test waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser that goes away when its request was polled so often; what the request came to, if it was over before.
pub(super) async fn lost<F: Future>(request: F, polls: u64) -> Option<F::Output> {
    let mut request = pin!(request);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        request.as_mut().poll(context).map(Some)
    })
    .await
}

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// How many tasks run when nothing is being done: the fewest of many looks.
pub(super) async fn idle() -> usize {
    let mut fewest = tasks();
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
        fewest = fewest.min(tasks());
    }
    fewest
}

/// Waits until nobody does anything any more.
pub(super) async fn quiet(idle: usize) {
    let waiting = async {
        while tasks() > idle {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .expect("what a lost browser began comes to its end");
}

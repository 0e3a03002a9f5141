//! Heavy computations, a bounded number at a time, each with a memory that is kept for the next.
//!
//! A slot is given back when the work ends, not when whoever asked goes away: dropped requests cannot run more of them
//! than there are slots. A memory is made at the first use, so that an idle server is small. No domain word lives here.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// How many may wait for each slot. Whoever comes then is told that the server is busy, instead of waiting in vain.
const WAITING_PER_SLOT: usize = 128;

/// How much of the queue somebody may wait in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Half of it: whoever may come in any number leaves the other half to the rest.
    Half,
    /// All of it.
    Whole,
}

/// Slots whose work uses a memory `M`. Clones share them.
pub struct Slots<M>(Arc<Shared<M>>);

struct Shared<M> {
    free: Arc<Semaphore>,
    memories: Mutex<Vec<M>>,
    count: usize,
    waiting: AtomicUsize,
    most_waiting: usize,
    refused: AtomicU64,
}

/// How much slots have to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// How many slots there are.
    pub slots: usize,
    /// How many of them work.
    pub busy: usize,
    /// How many wait for one.
    pub waiting: usize,
    /// How many were told so far that too many wait.
    pub refused: u64,
}

/// Why the work was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSlot {
    /// Too many wait.
    #[error("too many wait for a slot")]
    Busy,
    /// The work was cut off: it panicked, or the server stops.
    #[error("the work was cut off")]
    CutOff,
}

impl<M: Default + Send + 'static> Slots<M> {
    /// `count` slots; 0 for one a processor core.
    pub fn new(count: u8) -> Self {
        let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let count = if count == 0 { cores() } else { count.into() };
        Self(Arc::new(Shared {
            free: Arc::new(Semaphore::new(count)),
            memories: Mutex::new(Vec::new()),
            count,
            waiting: AtomicUsize::new(0),
            refused: AtomicU64::new(0),
            most_waiting: count * WAITING_PER_SLOT,
        }))
    }

    /// Does the work in a slot, off the threads that serve requests.
    pub async fn run<T, F>(&self, room: Room, work: F) -> Result<T, NoSlot>
    where
        F: FnOnce(&mut M) -> T + Send + 'static,
        T: Send + 'static,
    {
        let most = match room {
            Room::Half => self.0.most_waiting / 2,
            Room::Whole => self.0.most_waiting,
        };
        let waiting = Waiting::join(&self.0.waiting, most).inspect_err(|_| {
            self.0.refused.fetch_add(1, Ordering::Relaxed);
        })?;
        let slot = Arc::clone(&self.0.free)
            .acquire_owned()
            .await
            .map_err(|_| NoSlot::CutOff)?;
        drop(waiting);
        let shared = Arc::clone(&self.0);
        let working = tokio::task::spawn_blocking(move || {
            let mut memory = shared.memories().pop().unwrap_or_default();
            let result = work(&mut memory);
            shared.memories().push(memory);
            drop(slot);
            result
        });
        working.await.map_err(|_| NoSlot::CutOff)
    }

    /// What they have to do now.
    pub fn load(&self) -> Load {
        Load {
            slots: self.0.count,
            busy: self.0.count.saturating_sub(self.0.free.available_permits()),
            waiting: self.0.waiting.load(Ordering::Relaxed),
            refused: self.0.refused.load(Ordering::Relaxed),
        }
    }

    /// Takes a free slot out of use as long as what is returned lives; `None` where none is free. Tests make a queue stand
    /// still with it.
    #[cfg(debug_assertions)]
    pub fn hold(&self) -> Option<impl Drop + use<M>> {
        Arc::clone(&self.0.free).try_acquire_owned().ok()
    }
}

impl<M> Shared<M> {
    fn memories(&self) -> std::sync::MutexGuard<'_, Vec<M>> {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<M> Clone for Slots<M> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<M> fmt::Debug for Slots<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slots")
            .field("free", &self.0.free.available_permits())
            .finish_non_exhaustive()
    }
}

/// One in the queue, counted as long as it waits, also when whoever asked goes away.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(queue: &'a AtomicUsize, most: usize) -> Result<Self, NoSlot> {
        let joined = queue.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |before| {
            (before < most).then_some(before + 1)
        });
        match joined {
            Ok(_) => Ok(Self(queue)),
            Err(_) => Err(NoSlot::Busy),
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[tokio::test]
    async fn no_more_run_at_a_time_than_there_are_slots_and_memories_are_kept() {
        let slots = Slots::<Vec<u8>>::new(2);
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let many = (0..20).map(|_| {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            slots.run(Room::Whole, move |memory| {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                memory.push(0);
                running.fetch_sub(1, Ordering::SeqCst);
            })
        });
        let done = futures_util::future::join_all(many).await;
        assert!(done.iter().all(Result::is_ok));
        assert!(most.load(Ordering::SeqCst) <= 2);
        let used: usize = slots.0.memories().iter().map(Vec::len).sum();
        assert!(slots.0.memories().len() <= 2 && used == 20);
    }

    #[tokio::test]
    async fn the_queue_has_an_end() {
        let slots = Slots::<()>::new(1);
        let held = slots.hold().unwrap();
        let mut waiting: Vec<_> = (0..WAITING_PER_SLOT)
            .map(|_| Box::pin(slots.run(Room::Whole, |()| ())))
            .collect();
        for one in &mut waiting {
            assert!(futures_util::poll!(one.as_mut()).is_pending());
        }
        assert_eq!(slots.run(Room::Whole, |()| ()).await, Err(NoSlot::Busy));
        let full = Load {
            slots: 1,
            busy: 1,
            waiting: WAITING_PER_SLOT,
            refused: 1,
        };
        assert_eq!(slots.load(), full);
        waiting.pop();
        let mut next = Box::pin(slots.run(Room::Whole, |()| ()));
        assert!(
            futures_util::poll!(next.as_mut()).is_pending(),
            "whoever goes away gives the place back"
        );
        drop((held, waiting));
        assert_eq!(next.await, Ok(()));
        assert_eq!(slots.0.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn half_of_the_queue_is_left_to_whoever_may_wait_in_all_of_it() {
        let slots = Slots::<()>::new(1);
        let held = slots.hold().unwrap();
        let mut waiting: Vec<_> = (0..WAITING_PER_SLOT / 2)
            .map(|_| Box::pin(slots.run(Room::Half, |()| ())))
            .collect();
        for one in &mut waiting {
            assert!(futures_util::poll!(one.as_mut()).is_pending());
        }
        assert_eq!(slots.run(Room::Half, |()| ()).await, Err(NoSlot::Busy));
        let mut entitled = Box::pin(slots.run(Room::Whole, |()| ()));
        assert!(futures_util::poll!(entitled.as_mut()).is_pending());
        drop((held, waiting));
        assert_eq!(entitled.await, Ok(()));
        assert_eq!(slots.run(Room::Half, |()| ()).await, Ok(()));
    }

    #[tokio::test]
    async fn a_request_that_goes_away_does_not_free_the_slot_its_work_is_in() {
        let slots = Slots::<()>::new(1);
        let (begun, go_on) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
        let mut gone = Box::pin({
            let (begun, go_on) = (Arc::clone(&begun), Arc::clone(&go_on));
            slots.run(Room::Whole, move |()| {
                begun.wait();
                go_on.wait();
            })
        });
        assert!(futures_util::poll!(gone.as_mut()).is_pending());
        begun.wait();
        drop(gone);
        assert_eq!(slots.0.free.available_permits(), 0);
        go_on.wait();
        assert_eq!(slots.run(Room::Whole, |()| ()).await, Ok(()));
    }
}

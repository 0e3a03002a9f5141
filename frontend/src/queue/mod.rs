//! The queue: who has come to the centre today, who is called, who is served, and who is still expected.
//!
//! Words: a *visit* is somebody who has come; *mine* is the one that this officer called or serves; an *act* moves a visit, and its
//! answer is the queue as it stands afterwards; a *seat* is the counter of today.
//!
//! Invariants: the queue that is shown is the one that the server said last, by an act or by itself; nothing here decides who is
//! next or what may be done; what is shown of people is masked.

mod acts;
mod cancel;
mod expected;
mod found;
mod mine;
mod no_show;
mod page;
mod seat;
mod visits;
mod walk_in;
mod words;

pub use page::QueuePage;

//! Appointments, as the person sees them: where, what for, when, who; a place that is held and confirmed; and what can be done about
//! it afterwards.
//!
//! Words: as in [`crate::recovery`], an appointment that this page has *seen* is the server's last view of it and when it arrived
//! here. What is chosen before a place is held is a [`Choice`](crate::forms::choice::Choice), kept by the tab: each step has an
//! address of its own, and whoever arrives at a step whose question was not asked yet is led to the one that is missing.
//! Whatever has a code is at `/turno/mi-turno`, whatever its stage.
//! Invariants: days and hours are those of the centre's clocks and never of this device; times run by the server's clock.
//! It holds no rule: which places are free, and what may be done when, is the server's.

mod begin;
mod book;
mod booked;
mod centre;
mod current;
mod elsewhere;
mod errand;
mod find;
mod held;
mod link;
mod mine;
mod moving;
mod offered;
mod path;
mod sections;
mod stage;
mod time;
mod times;
mod video;
mod waiting;
pub mod words;

pub use begin::BeginPage;
pub use book::BookPage;
pub use centre::CentrePage;
pub use errand::ErrandPage;
pub use link::LinkPage;
pub use mine::MinePage;
pub use moving::MovePage;
pub use stage::{Seen, StageProps, standing};
pub use time::TimePage;
pub use times::{Picked, Times, TimesProps, Week, WeekProps};
pub use video::VideoPage;
pub use waiting::WaitingPage;

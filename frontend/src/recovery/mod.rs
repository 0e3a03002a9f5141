//! Recovering the password, as the person sees it: how a case begins, and one page whose content is the case's stage.
//!
//! The beginning is in the main module, the case's page in the annex (ADR 75): they meet through the address, and the page of
//! the case asks the server where it stands, as after a reload.
//! Words: a case that this page has *seen* is the server's last view of it and when it arrived here. The address follows
//! the stage, never the other way round: back, reload, a second tab and a link all land where the case stands.
//! It holds no rule: what may follow what is decided by the server's answer.

mod begin;
mod case;
mod due;
mod elsewhere;
mod endings;
mod identify;
mod link;
mod questions;
pub mod stage;
mod step_up;

pub use begin::BeginPage;
pub use case::CasePage;
pub use questions::Typed;
pub use stage::{Seen, StageProps, standing};

use crate::routes::Route;
use crate::steps::Step;
use shared::recovery::api::StageView;

/// Whether a case can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It goes on.
    Open,
    /// It is over; another may be begun.
    Closed,
}

/// Whether a stage can still change.
pub const fn course(stage: &StageView) -> Course {
    match stage {
        StageView::Questions { .. }
        | StageView::RegistryUnavailable { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. }
        | StageView::StepUp { .. }
        | StageView::Sending { .. }
        | StageView::LinkSent { .. } => Course::Open,
        StageView::Suspended { .. }
        | StageView::Refused { .. }
        | StageView::Completed { .. }
        | StageView::Ended { .. } => Course::Closed,
    }
}

/// Whether the questions are asked, or will be when a registry answers again.
const fn asks(stage: &StageView) -> bool {
    matches!(
        stage,
        StageView::Questions { .. } | StageView::RegistryUnavailable { .. }
    )
}

/// The address of a stage.
pub const fn route_of(stage: &StageView) -> Route {
    match stage {
        StageView::Questions { .. }
        | StageView::RegistryUnavailable { .. }
        | StageView::Suspended { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. } => Route::RecoveryQuestions,
        StageView::Refused { .. }
        | StageView::StepUp { .. }
        | StageView::Sending { .. }
        | StageView::LinkSent { .. }
        | StageView::Completed { .. }
        | StageView::Ended { .. } => Route::RecoveryLink,
    }
}

/// Which step a stage belongs to.
const fn step_of(stage: &StageView) -> Step {
    match stage {
        StageView::Questions { .. }
        | StageView::RegistryUnavailable { .. }
        | StageView::Suspended { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. }
        | StageView::StepUp { .. } => Step::Questions,
        StageView::Refused { .. }
        | StageView::Sending { .. }
        | StageView::LinkSent { .. }
        | StageView::Ended { .. } => Step::Link,
        StageView::Completed { .. } => Step::Done,
    }
}

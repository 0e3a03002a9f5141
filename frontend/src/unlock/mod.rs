//! Unblocking the account, as the person sees it: the beginning, one page whose content is the case's stage, and the page of
//! the link.
//!
//! Words as in [`crate::recovery`]: a case that this page has *seen* is the server's last view of it and when it arrived
//! here. A case that goes on is at `/desbloquear/enlace`, whatever its stage; the beginning is at `/desbloquear` and leads
//! there. Looking at a link never uses it up: one press does.
//! It holds no rule: what may follow what is decided by the server's answer.

mod begin;
mod case;
mod channel;
mod confirm;
mod endings;
mod link;
mod passkey;
mod stage;
mod ways;

pub use begin::UnlockPage;
pub use case::UnlockCasePage;
pub use confirm::UnlockConfirmPage;
pub use stage::{Seen, StageProps, standing};

use crate::steps::UnlockStep;
use shared::unlock::api::UnlockStageView;

/// Whether a case can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It goes on.
    Open,
    /// It is over; another may be begun.
    Closed,
}

/// Whether a stage can still change.
pub const fn course(stage: &UnlockStageView) -> Course {
    match stage {
        UnlockStageView::Passkey { .. }
        | UnlockStageView::PasskeyRefused { .. }
        | UnlockStageView::AwaitingSignature { .. }
        | UnlockStageView::AwaitingOfficer { .. }
        | UnlockStageView::Channel { .. }
        | UnlockStageView::Sending { .. }
        | UnlockStageView::LinkSent { .. } => Course::Open,
        UnlockStageView::Refused { .. }
        | UnlockStageView::Unblocked { .. }
        | UnlockStageView::Ended { .. } => Course::Closed,
    }
}

/// Which step a stage belongs to.
const fn step_of(stage: &UnlockStageView) -> UnlockStep {
    match stage {
        UnlockStageView::Passkey { .. }
        | UnlockStageView::PasskeyRefused { .. }
        | UnlockStageView::AwaitingSignature { .. }
        | UnlockStageView::AwaitingOfficer { .. }
        | UnlockStageView::Refused { .. } => UnlockStep::Passkey,
        UnlockStageView::Channel { .. }
        | UnlockStageView::Sending { .. }
        | UnlockStageView::LinkSent { .. }
        | UnlockStageView::Ended { .. } => UnlockStep::Link,
        UnlockStageView::Unblocked { .. } => UnlockStep::Done,
    }
}

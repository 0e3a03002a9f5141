//! Requests that are signed electronically, as the person sees them: what one is for, who asks, and one page whose content is
//! the request's stage: fetch it, sign it, upload it, and what came of it.
//!
//! Words: as in [`crate::recovery`], a request that this page has *seen* is the server's last view of it and when it arrived here.
//! A request that goes on is at `/firma/solicitud`, whatever its stage; the beginning is at `/firma` and leads there.
//! Invariants: a file is sent by one press and not by picking it, because uploads are counted; its name stays in the browser.
//! What this page thinks of a file before it is sent is advice, but for the key file of a signature, which is never sent.
//! It holds no rule: what may follow what, and every check, is the server's.

mod begin;
mod case;
mod expired;
mod file;
mod issued;
mod outcome;
mod purpose;
mod stage;
mod upload;

pub use begin::{BeginPage, BeginPageProps};
pub use case::CasePage;
pub use file::{Advice, Objection, look, weigh};
pub use purpose::PurposePage;
pub use stage::{Seen, StageProps, standing};
pub use upload::{Upload, UploadProps};

use crate::steps::SignatureStep;
use shared::signatures::api::SignatureStageView;

/// Whether a request can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It goes on.
    Open,
    /// It is over; another may be asked for.
    Closed,
}

/// Whether a stage can still change by what the person does here.
pub const fn course(stage: &SignatureStageView) -> Course {
    match stage {
        SignatureStageView::Issued { .. } | SignatureStageView::Expired { .. } => Course::Open,
        SignatureStageView::Referred { .. }
        | SignatureStageView::Passed { .. }
        | SignatureStageView::Declined { .. }
        | SignatureStageView::Ended { .. } => Course::Closed,
    }
}

/// Which step a stage belongs to.
const fn step_of(stage: &SignatureStageView) -> SignatureStep {
    match stage {
        SignatureStageView::Issued { .. } | SignatureStageView::Expired { .. } => SignatureStep::Sign,
        SignatureStageView::Referred { .. }
        | SignatureStageView::Declined { .. }
        | SignatureStageView::Ended { .. } => SignatureStep::Result,
        SignatureStageView::Passed { .. } => SignatureStep::Done,
    }
}

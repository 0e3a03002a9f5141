//! A case as its browser may see it.

use super::api::{Next, SignatureStageView};
use super::{Brought, SignatureCase, Stage};
use crate::time::{Deadline, Timestamp};

impl SignatureCase {
    /// What the page shows at `now`. `None` if a contact is held and nobody says until when: the case does not hold that.
    pub fn view(&self, held: Option<Deadline>, now: Timestamp) -> Option<SignatureStageView> {
        Some(match self.as_of(now).stage {
            Stage::Issued { uploads, expires, .. } => SignatureStageView::Issued {
                deadline: expires,
                uploads_left: self.terms.uploads.saturating_sub(uploads),
            },
            Stage::Expired { deadline, .. } => SignatureStageView::Expired { deadline },
            Stage::Referred { number, at } => SignatureStageView::Referred {
                number: number.into(),
                at,
            },
            Stage::Passed { at, brought } => SignatureStageView::Passed {
                at,
                next: match brought {
                    Brought::Recovery => Next::Recovery,
                    Brought::Unlock => Next::Unlock,
                    Brought::Hold => Next::Held { until: held? },
                    Brought::Nothing => Next::Frozen,
                },
            },
            Stage::Declined { at, because } => SignatureStageView::Declined { at, because },
            Stage::Ended { ending } => SignatureStageView::Ended { ending },
        })
    }
}

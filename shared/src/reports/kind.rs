//! Kinds of what officers do: what a report counts acts by.

use crate::staff::DeedName;
use serde::{Deserialize, Serialize};

/// A kind of acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ActKind {
    /// People checked in, called, served.
    Queue,
    /// Searches.
    Search,
    /// Dossiers opened.
    Dossier,
    /// Items judged, looked up, papers added.
    Item,
    /// Dossiers and papers looked at.
    Look,
    /// Links for a new password.
    RecoveryLink,
    /// Links that unblock.
    UnlockLink,
    /// Changes of contacts.
    Contact,
    /// Passkeys offered.
    Passkey,
    /// Signed requests decided.
    Signature,
    /// Accounts frozen, and freezes lifted.
    Freeze,
    /// Approvals asked for, given and refused.
    Approval,
    /// People's requests about their data, and documents held for longer.
    Data,
    /// Centres, staff and institution kept; figures and the audit log seen.
    Keeping,
}

impl ActKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: &'static [Self] = &[
        Self::Queue,
        Self::Search,
        Self::Dossier,
        Self::Item,
        Self::Look,
        Self::RecoveryLink,
        Self::UnlockLink,
        Self::Contact,
        Self::Passkey,
        Self::Signature,
        Self::Freeze,
        Self::Approval,
        Self::Data,
        Self::Keeping,
    ];

    /// The kind of a deed.
    pub const fn of(deed: DeedName) -> Self {
        use DeedName as D;
        match deed {
            D::QueueSeen
            | D::CounterChosen
            | D::CheckedIn
            | D::AppointmentCancelled
            | D::Called
            | D::CalledBack
            | D::ServiceBegun
            | D::VisitFinished
            | D::NoShowMarked => Self::Queue,
            D::Searched => Self::Search,
            D::DossierOpened => Self::Dossier,
            D::ItemRecorded | D::LookedUp | D::PaperAdded => Self::Item,
            D::DossierSeen | D::PaperSeen | D::ReferralSeen => Self::Look,
            D::RecoveryLinkSent => Self::RecoveryLink,
            D::UnlockLinkSent => Self::UnlockLink,
            D::ContactChanged => Self::Contact,
            D::PasskeyOffered => Self::Passkey,
            D::SignatureDecided => Self::Signature,
            D::AccountFrozen | D::AccountThawed => Self::Freeze,
            D::ApprovalAsked | D::ApprovalsSeen | D::ApprovalGiven | D::ApprovalRefused => Self::Approval,
            D::DocumentsSeen
            | D::DocumentHeld
            | D::DocumentReleased
            | D::DataRequestsSeen
            | D::DataRequestOpened
            | D::DataExported
            | D::DataDeleted
            | D::DataRequestClosed => Self::Data,
            D::ReportsSeen
            | D::ReportsExported
            | D::AuditSearched
            | D::AuditUnmasked
            | D::AuditVerified
            | D::AuditExported
            | D::CentresSeen
            | D::CentreSaved
            | D::CentreClosed
            | D::StaffSeen
            | D::StaffInvited
            | D::StaffChanged
            | D::StaffEnded
            | D::StaffReset
            | D::InstitutionSeen
            | D::LogoTaken
            | D::InstitutionChanged
            | D::PolicySeen => Self::Keeping,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_is_of_some_deed_and_listed_once() {
        let of_deeds: BTreeSet<_> = DeedName::ALL.iter().copied().map(ActKind::of).collect();
        let listed: BTreeSet<_> = ActKind::ALL.iter().copied().collect();
        assert_eq!(of_deeds, listed);
        assert_eq!(listed.len(), ActKind::ALL.len());
    }
}

//! Why a deed is done: which deeds ask the officer for words, and what the reason of the others is.

use super::DeedName;

/// What the reason of a deed is. The table is [`DeedName::why`]; `docs/STAFF.md` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// The officer's own words. Without them the deed is refused.
    Words,
    /// The officer's own words, unless they serve the visit: then the visit is the reason.
    WordsOfOthers,
    /// The visit: somebody has come, and what for stands in its row and in its dossier.
    Visit,
    /// The officer's post: what is shown is masked, or is of no citizen, or is what they are there to look through.
    Post,
}

impl Why {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Words, Self::WordsOfOthers, Self::Visit, Self::Post];

    /// The word in `docs/STAFF.md`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::WordsOfOthers => "words_of_others",
            Self::Visit => "visit",
            Self::Post => "post",
        }
    }
}

impl DeedName {
    /// What its reason is.
    pub const fn why(self) -> Why {
        match self {
            Self::NoShowMarked
            | Self::AppointmentCancelled
            | Self::RecoveryLinkSent
            | Self::UnlockLinkSent
            | Self::ContactChanged
            | Self::PasskeyOffered
            | Self::SignatureDecided
            | Self::AccountFrozen
            | Self::AccountThawed
            | Self::ApprovalAsked
            | Self::ApprovalGiven
            | Self::ApprovalRefused
            | Self::AuditUnmasked
            | Self::AuditExported
            | Self::DocumentHeld
            | Self::DocumentReleased
            | Self::DataRequestOpened
            | Self::DataExported
            | Self::DataDeleted
            | Self::DataRequestClosed
            | Self::CentreSaved
            | Self::CentreClosed
            | Self::StaffInvited
            | Self::StaffChanged
            | Self::StaffEnded
            | Self::StaffReset
            | Self::InstitutionChanged => Why::Words,
            Self::DossierSeen => Why::WordsOfOthers,
            Self::CheckedIn
            | Self::Called
            | Self::CalledBack
            | Self::ServiceBegun
            | Self::VisitFinished
            | Self::DossierOpened
            | Self::ItemRecorded
            | Self::LookedUp
            | Self::PaperAdded
            | Self::PaperSeen
            | Self::ReferralSeen => Why::Visit,
            Self::QueueSeen
            | Self::CounterChosen
            | Self::Searched
            | Self::ApprovalsSeen
            | Self::ReportsSeen
            | Self::ReportsExported
            | Self::AuditSearched
            | Self::AuditVerified
            | Self::DocumentsSeen
            | Self::DataRequestsSeen
            | Self::CentresSeen
            | Self::StaffSeen
            | Self::InstitutionSeen
            | Self::LogoTaken
            | Self::PolicySeen => Why::Post,
        }
    }

    /// Whether it is refused without the officer's words, whoever they are.
    pub const fn needs_reason(self) -> bool {
        match self.why() {
            Why::Words => true,
            Why::WordsOfOthers | Why::Visit | Why::Post => false,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_shows_the_reason_of_every_deed() {
        let shown = include_str!("../../../docs/STAFF.md");
        for why in Why::ALL {
            let deeds: Vec<_> = DeedName::ALL.iter().filter(|deed| deed.why() == *why).collect();
            assert!(!deeds.is_empty(), "{why:?}");
            let deeds: Vec<_> = deeds.iter().map(|deed| format!("`{}`", deed.as_str())).collect();
            let line = format!("| `{}` | {} |", why.as_str(), deeds.join(", "));
            assert!(
                shown.contains(&line),
                "docs/STAFF.md is to have the line:\n{line}"
            );
        }
    }
}

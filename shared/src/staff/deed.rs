//! What officers do and look at: the names under which it is written down.

use serde::{Deserialize, Serialize};

macro_rules! deeds {
    ($($(#[$doc:meta])* $variant:ident $text:tt),+ $(,)?) => {
        /// Something that an officer did or looked at. Names already written must stay readable: they are added, never changed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum DeedName { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl DeedName {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As it stands in rows and in events.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The deed of this name.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|deed| deed.as_str() == word)
            }
        }
    };
}

deeds!(
    /// Saw the queue of a day.
    QueueSeen "queue_seen",
    /// Said at which counter they sit.
    CounterChosen "counter_chosen",
    /// Looked for a person or a case.
    Searched "searched",
    /// Noted that somebody came.
    CheckedIn "checked_in",
    /// Cancelled an appointment that its person did not want.
    AppointmentCancelled "appointment_cancelled",
    /// Called somebody to a counter.
    Called "called",
    /// Put somebody who was called back into the queue.
    CalledBack "called_back",
    /// Began to serve somebody.
    ServiceBegun "service_begun",
    /// Finished a visit.
    VisitFinished "visit_finished",
    /// Noted that somebody did not come.
    NoShowMarked "no_show_marked",
    /// Opened a dossier.
    DossierOpened "dossier_opened",
    /// Looked at a dossier.
    DossierSeen "dossier_seen",
    /// Judged an item of a dossier.
    ItemRecorded "item_recorded",
    /// Asked the registries about an item.
    LookedUp "looked_up",
    /// Added a paper to a dossier.
    PaperAdded "paper_added",
    /// Looked at a paper of a dossier.
    PaperSeen "paper_seen",
    /// Had a link for a new password sent.
    RecoveryLinkSent "recovery_link_sent",
    /// Had a link that unblocks sent.
    UnlockLinkSent "unlock_link_sent",
    /// Began a change of a contact.
    ContactChanged "contact_changed",
    /// Made a link with which a passkey can be enrolled.
    PasskeyOffered "passkey_offered",
    /// Looked at a signed request that a machine could not judge.
    ReferralSeen "referral_seen",
    /// Decided a signed request that a machine could not judge.
    SignatureDecided "signature_decided",
    /// Froze an account.
    AccountFrozen "account_frozen",
    /// Lifted a freeze.
    AccountThawed "account_thawed",
    /// Asked a second officer to agree.
    ApprovalAsked "approval_asked",
    /// Looked at the approvals that wait.
    ApprovalsSeen "approvals_seen",
    /// Agreed to what another officer asked for.
    ApprovalGiven "approval_given",
    /// Refused what another officer asked for.
    ApprovalRefused "approval_refused",
    /// Saw figures of the centres.
    ReportsSeen "reports_seen",
    /// Took figures of the centres along.
    ReportsExported "reports_exported",
    /// Searched the audit log, masked.
    AuditSearched "audit_searched",
    /// Saw entries of the audit log unmasked.
    AuditUnmasked "audit_unmasked",
    /// Verified the audit log.
    AuditVerified "audit_verified",
    /// Took the audit log along.
    AuditExported "audit_exported",
    /// Saw the list of documents that are held.
    DocumentsSeen "documents_seen",
    /// Held a document beyond its time.
    DocumentHeld "document_held",
    /// Ended the hold of a document.
    DocumentReleased "document_released",
    /// Looked at the data requests.
    DataRequestsSeen "data_requests_seen",
    /// Registered a person's request about their data.
    DataRequestOpened "data_request_opened",
    /// Took along what is kept about a person, for that person.
    DataExported "data_exported",
    /// Deleted what need not be kept about a person.
    DataDeleted "data_deleted",
    /// Closed a data request.
    DataRequestClosed "data_request_closed",
    /// Saw the centres as those who keep them do.
    CentresSeen "centres_seen",
    /// Made or changed a centre.
    CentreSaved "centre_saved",
    /// Closed a centre for a time.
    CentreClosed "centre_closed",
    /// Saw the list of the staff.
    StaffSeen "staff_seen",
    /// Invited somebody to the staff.
    StaffInvited "staff_invited",
    /// Changed somebody's role or centre.
    StaffChanged "staff_changed",
    /// Ended somebody's access.
    StaffEnded "staff_ended",
    /// Took somebody's password and second factor away and invited them again.
    StaffReset "staff_reset",
    /// Saw the institution's words as those who keep them do.
    InstitutionSeen "institution_seen",
    /// Sent a logo, to be saved then.
    LogoTaken "logo_taken",
    /// Changed the institution's name, logo or contact.
    InstitutionChanged "institution_changed",
    /// Looked at the policy.
    PolicySeen "policy_seen",
);

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_deed_is_stored_under_its_name() {
        for deed in DeedName::ALL {
            assert_eq!(serde_json::to_value(deed).unwrap(), deed.as_str());
            assert_eq!(DeedName::of_word(deed.as_str()), Some(*deed));
        }
        let unique: std::collections::BTreeSet<_> = DeedName::ALL.iter().map(|deed| deed.as_str()).collect();
        assert_eq!(unique.len(), DeedName::ALL.len());
    }
}

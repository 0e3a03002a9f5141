//! What can happen to an account, in plain words.
//!
//! Exhaustive: a new happening does not compile without words.

use shared::i18n::Text;
use shared::sessions::api::Happening;

/// Whether it is worth a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It is everyday.
    Plain,
    /// It changes who gets in, or somebody tried to.
    Notable,
}

/// The words.
pub fn words(text: Text, what: Happening) -> &'static str {
    match what {
        Happening::SignedIn => text.sessions_happened_signed_in(),
        Happening::SignedInFromNewDevice => text.sessions_happened_signed_in_from_new_device(),
        Happening::SignInFailed => text.sessions_happened_sign_in_failed(),
        Happening::SignInClosed => text.sessions_happened_sign_in_closed(),
        Happening::SignedOut => text.sessions_happened_signed_out(),
        Happening::SessionEnded => text.sessions_happened_session_ended(),
        Happening::OtherSessionsEnded => text.sessions_happened_other_sessions_ended(),
        Happening::DeviceForgotten => text.sessions_happened_device_forgotten(),
        Happening::PasswordCheckFailed => text.sessions_happened_password_check_failed(),
        Happening::PasswordChanged => text.sessions_happened_password_changed(),
        Happening::PasswordRecovered => text.sessions_happened_password_recovered(),
        Happening::AnswersFailed => text.sessions_happened_answers_failed(),
        Happening::RecoverySuspended => text.sessions_happened_recovery_suspended(),
        Happening::IdentityProved => text.sessions_happened_identity_proved(),
        Happening::LinkSent => text.sessions_happened_link_sent(),
        Happening::UnlockProved => text.sessions_happened_unlock_proved(),
        Happening::UnlockLinkSent => text.sessions_happened_unlock_link_sent(),
        Happening::PasskeyOffered => text.sessions_happened_passkey_offered(),
        Happening::PasskeyAdded => text.sessions_happened_passkey_added(),
        Happening::PasskeyUsed => text.sessions_happened_passkey_used(),
        Happening::PasskeyRefused => text.sessions_happened_passkey_refused(),
        Happening::PasskeyRenamed => text.sessions_happened_passkey_renamed(),
        Happening::PasskeyRemoved => text.sessions_happened_passkey_removed(),
        Happening::ContactChangeRequested => text.sessions_happened_contact_change_requested(),
        Happening::ContactConfirmed => text.sessions_happened_contact_confirmed(),
        Happening::ContactChangeHeld => text.sessions_happened_contact_change_held(),
        Happening::ContactChanged => text.sessions_happened_contact_changed(),
        Happening::ContactChangeCancelled => text.sessions_happened_contact_change_cancelled(),
        Happening::ContactChangeLapsed => text.sessions_happened_contact_change_lapsed(),
        Happening::Blocked => text.sessions_happened_blocked(),
        Happening::Unblocked => text.sessions_happened_unblocked(),
        Happening::Frozen => text.sessions_happened_frozen(),
        Happening::Thawed => text.sessions_happened_thawed(),
        Happening::DelegateCreated => text.sessions_happened_delegate_created(),
        Happening::DelegateChanged => text.sessions_happened_delegate_changed(),
        Happening::DelegateInvitedAgain => text.sessions_happened_delegate_invited_again(),
        Happening::DelegateJoined => text.sessions_happened_delegate_joined(),
        Happening::DelegateBlocked => text.sessions_happened_delegate_blocked(),
        Happening::DelegateEnded => text.sessions_happened_delegate_ended(),
        Happening::OfficerSentLink => text.sessions_happened_officer_sent_link(),
        Happening::OfficerSentUnlockLink => text.sessions_happened_officer_sent_unlock_link(),
        Happening::OfficerAskedContactChange => text.sessions_happened_officer_asked_contact_change(),
        Happening::OfficerFroze => text.sessions_happened_officer_froze(),
        Happening::PasswordWithdrawn => text.sessions_happened_password_withdrawn(),
        Happening::SignaturePassed => text.sessions_happened_signature_passed(),
        Happening::SignatureFailed => text.sessions_happened_signature_failed(),
        Happening::SignatureReferred => text.sessions_happened_signature_referred(),
        Happening::ReferralAccepted => text.sessions_happened_referral_accepted(),
        Happening::ReferralDeclined => text.sessions_happened_referral_declined(),
    }
}

/// How much it weighs.
pub(super) const fn weight(what: Happening) -> Weight {
    match what {
        Happening::SignedIn
        | Happening::SignInFailed
        | Happening::SignedOut
        | Happening::SessionEnded
        | Happening::OtherSessionsEnded
        | Happening::AnswersFailed
        | Happening::PasskeyOffered
        | Happening::PasskeyUsed
        | Happening::PasskeyRenamed
        | Happening::ContactChangeCancelled
        | Happening::ContactChangeLapsed
        | Happening::SignatureFailed
        | Happening::ReferralDeclined => Weight::Plain,
        Happening::SignedInFromNewDevice
        | Happening::SignInClosed
        | Happening::DeviceForgotten
        | Happening::PasswordCheckFailed
        | Happening::PasswordChanged
        | Happening::PasswordRecovered
        | Happening::RecoverySuspended
        | Happening::IdentityProved
        | Happening::LinkSent
        | Happening::UnlockProved
        | Happening::UnlockLinkSent
        | Happening::PasskeyAdded
        | Happening::PasskeyRefused
        | Happening::PasskeyRemoved
        | Happening::ContactChangeRequested
        | Happening::ContactConfirmed
        | Happening::ContactChangeHeld
        | Happening::ContactChanged
        | Happening::Blocked
        | Happening::Unblocked
        | Happening::Frozen
        | Happening::Thawed
        | Happening::DelegateCreated
        | Happening::DelegateChanged
        | Happening::DelegateInvitedAgain
        | Happening::DelegateJoined
        | Happening::DelegateBlocked
        | Happening::DelegateEnded
        | Happening::OfficerSentLink
        | Happening::OfficerSentUnlockLink
        | Happening::OfficerAskedContactChange
        | Happening::OfficerFroze
        | Happening::PasswordWithdrawn
        | Happening::SignaturePassed
        | Happening::SignatureReferred
        | Happening::ReferralAccepted => Weight::Notable,
    }
}

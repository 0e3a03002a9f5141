//! Dossiers in words.

use crate::ui::{TagTone, tag};
use shared::accounts::{NotDone, Progress};
use shared::dossiers::api::AccountState;
use shared::dossiers::{ActionName, ApprovalState, FoundIn, Item, Verdict, Way};
use shared::i18n::Text;
use shared::registries::{Registry, TaxpayerStatus};
use shared::signatures::Rejection;
use yew::prelude::*;

pub(super) use crate::platform::clock::hour_at as hour;

pub(super) fn item(text: Text, item: Item) -> &'static str {
    match item {
        Item::Identity => text.dossiers_item_identity(),
        Item::Ruc => text.dossiers_item_ruc(),
        Item::Appointment => text.dossiers_item_appointment(),
        Item::Letter => text.dossiers_item_letter(),
        Item::Representation => text.dossiers_item_representation(),
    }
}

/// What to look for.
pub(super) fn item_hint(text: Text, item: Item) -> &'static str {
    match item {
        Item::Identity => text.dossiers_hint_identity(),
        Item::Ruc => text.dossiers_hint_ruc(),
        Item::Appointment => text.dossiers_hint_appointment(),
        Item::Letter => text.dossiers_hint_letter(),
        Item::Representation => text.dossiers_hint_representation(),
    }
}

pub(super) fn way(text: Text, way: Way) -> &'static str {
    match way {
        Way::Original => text.dossiers_way_original(),
        Way::LookedUp => text.dossiers_way_looked_up(),
        Way::Uploaded => text.dossiers_way_uploaded(),
    }
}

pub(super) fn verdict(text: Text, verdict: Verdict) -> Html {
    match verdict {
        Verdict::Open => tag(TagTone::Open, text.dossiers_verdict_open()),
        Verdict::Accepted => tag(TagTone::Done, text.dossiers_verdict_accepted()),
        Verdict::Rejected => tag(TagTone::Stopped, text.dossiers_verdict_rejected()),
    }
}

pub(super) fn action(text: Text, action: ActionName) -> &'static str {
    match action {
        ActionName::SendRecoveryLink => text.dossiers_act_recovery(),
        ActionName::SendUnlockLink => text.dossiers_act_unlock(),
        ActionName::ChangeContact => text.dossiers_act_contact(),
        ActionName::EnrolPasskey => text.dossiers_act_passkey(),
        ActionName::AcceptSignature => text.dossiers_act_accept(),
        ActionName::DeclineSignature => text.dossiers_act_decline(),
        ActionName::Freeze => text.dossiers_act_freeze(),
        ActionName::Unfreeze => text.dossiers_act_unfreeze(),
    }
}

/// What will happen, told before it does.
pub(super) fn action_what(text: Text, action: ActionName) -> &'static str {
    match action {
        ActionName::SendRecoveryLink => text.dossiers_what_recovery(),
        ActionName::SendUnlockLink => text.dossiers_what_unlock(),
        ActionName::ChangeContact => text.dossiers_what_contact(),
        ActionName::EnrolPasskey => text.dossiers_what_passkey(),
        ActionName::AcceptSignature => text.dossiers_what_accept(),
        ActionName::DeclineSignature => text.dossiers_what_decline(),
        ActionName::Freeze => text.dossiers_what_freeze(),
        ActionName::Unfreeze => text.dossiers_what_unfreeze(),
    }
}

/// Why an act was not done, or cannot be.
pub(super) fn not_done(text: Text, because: NotDone) -> &'static str {
    match because {
        NotDone::NoAccount => text.dossiers_not_no_account(),
        NotDone::NoEmail => text.dossiers_not_no_email(),
        NotDone::NoContact => text.dossiers_not_no_contact(),
        NotDone::ChannelNotOffered => text.dossiers_not_channel(),
        NotDone::AccountBlocked => text.dossiers_not_blocked(),
        NotDone::AccountNotBlocked => text.dossiers_not_not_blocked(),
        NotDone::AccountFrozen => text.dossiers_not_frozen(),
        NotDone::AccountNotFrozen => text.dossiers_not_not_frozen(),
        NotDone::NoCaseWaiting => text.dossiers_not_no_case(),
        NotDone::ContactUnchanged => text.dossiers_not_unchanged(),
        NotDone::PasskeysFull => text.dossiers_not_full(),
        NotDone::NoReferral => text.dossiers_not_no_referral(),
        NotDone::ReferralDecided => text.dossiers_not_decided(),
        NotDone::ReferralExpired => text.dossiers_not_expired(),
        NotDone::CaseOver => text.dossiers_not_case_over(),
    }
}

pub(super) fn rejection(text: Text, because: Rejection) -> &'static str {
    match because {
        Rejection::SignerUnproved => text.dossiers_because_signer(),
        Rejection::NotRepresentative => text.dossiers_because_representative(),
        Rejection::CertificateInvalid => text.dossiers_because_certificate(),
        Rejection::Withdrawn => text.dossiers_because_withdrawn(),
    }
}

pub(super) fn account_state(text: Text, state: AccountState) -> Html {
    match state {
        AccountState::Active => tag(TagTone::Done, text.dossiers_account_active()),
        AccountState::Blocked => tag(TagTone::Stopped, text.dossiers_account_blocked()),
        AccountState::Frozen => tag(TagTone::Stopped, text.dossiers_account_frozen()),
    }
}

/// How far something has come, and its words alone for who listens. A passkey's link is shown here and sent nowhere, and what ends
/// with a contact or a passkey is not the whole procedure.
pub(super) fn progress(text: Text, action: ActionName, progress: &Progress) -> (TagTone, &'static str) {
    match progress {
        Progress::HandedOver { .. } if action == ActionName::EnrolPasskey => {
            (TagTone::Running, text.dossiers_step_shown())
        }
        Progress::Done { .. } if action == ActionName::EnrolPasskey => {
            (TagTone::Done, text.dossiers_step_enrolled())
        }
        Progress::Done { .. } if action == ActionName::ChangeContact => {
            (TagTone::Done, text.dossiers_step_confirmed())
        }
        Progress::Queued => (TagTone::Waiting, text.dossiers_step_queued()),
        Progress::Delayed => (TagTone::Waiting, text.dossiers_step_delayed()),
        Progress::HandedOver { .. } => (TagTone::Running, text.dossiers_step_handed_over()),
        Progress::Opened { .. } => (TagTone::Running, text.dossiers_step_opened()),
        Progress::Done { .. } => (TagTone::Done, text.dossiers_step_done()),
        Progress::Rejected => (TagTone::Stopped, text.dossiers_step_rejected()),
        Progress::Expired => (TagTone::Stopped, text.dossiers_step_expired()),
        Progress::Stopped => (TagTone::Stopped, text.dossiers_step_stopped()),
    }
}

pub(super) fn approval_state(text: Text, state: ApprovalState) -> Html {
    match state {
        ApprovalState::Waiting => tag(TagTone::Waiting, text.dossiers_approval_waiting()),
        ApprovalState::Granted => tag(TagTone::Running, text.dossiers_approval_granted()),
        ApprovalState::Agreed => tag(TagTone::Done, text.dossiers_approval_agreed()),
        ApprovalState::Refused => tag(TagTone::Stopped, text.dossiers_approval_refused()),
        ApprovalState::Lapsed => tag(TagTone::Stopped, text.dossiers_approval_lapsed()),
        ApprovalState::Failed => tag(TagTone::Stopped, text.dossiers_approval_failed()),
    }
}

/// Where something differs.
pub(super) fn found_in(text: Text, place: FoundIn) -> &'static str {
    match place {
        FoundIn::Person => text.dossiers_in_person(),
        FoundIn::Taxpayer => text.dossiers_in_taxpayer(),
        FoundIn::Status => text.dossiers_in_status(),
        FoundIn::Holder => text.dossiers_in_holder(),
        FoundIn::Appointment => text.dossiers_in_appointment(),
        FoundIn::Employer => text.dossiers_in_employer(),
        FoundIn::Representative => text.dossiers_in_representative(),
        FoundIn::Booking => text.dossiers_in_booking(),
    }
}

pub(super) fn registry(text: Text, registry: Registry) -> &'static str {
    match registry {
        Registry::CivilRegistry => text.dossiers_registry_civil(),
        Registry::Sri => text.dossiers_registry_sri(),
        Registry::Superintendencia => text.dossiers_registry_super(),
        Registry::Iess => text.dossiers_registry_iess(),
    }
}

pub(super) fn status(text: Text, status: TaxpayerStatus) -> &'static str {
    match status {
        TaxpayerStatus::Active => text.dossiers_status_active(),
        TaxpayerStatus::Suspended => text.dossiers_status_suspended(),
        TaxpayerStatus::Passive => text.dossiers_status_passive(),
    }
}

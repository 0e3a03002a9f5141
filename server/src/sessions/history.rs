//! What happened to an account, as its owner may read it: the audit log's events in fewer words.

use super::Owner;
use crate::app::App;
use crate::audit::{self, Recorded};
use crate::delegates;
use crate::store::StoreError;
use shared::audit::Event;
use shared::delegates::{DelegateId, DelegateName};
use shared::sessions::api::{Happening, History, HistoryCursor, HistoryEntry, HistoryPage};
use shared::sessions::{Device, Familiarity, Network};
use shared::signatures::Outcome;
use std::collections::BTreeMap;

/// Entries on a page.
const PAGE: usize = 20;

/// Events read at a time.
const BATCH: i64 = 100;

/// Batches read for one page at most: much of what happens is no news to the owner. A page may be shorter for it, also
/// empty, and says where the next one begins.
const BATCHES: usize = 10;

/// A page of the history of the account that is signed in to.
pub async fn history(app: &App, owner: Owner<'_>, asked: HistoryPage) -> Result<History, StoreError> {
    let mut tx = app.store.read().await?;
    let names = delegates::service::names(&mut tx, owner.account_id()).await?;
    let mut entries = Vec::new();
    let mut before = asked.before.map(|cursor| (cursor.at, cursor.id));
    for _ in 0..BATCHES {
        let batch = audit::service::of_account(&mut tx, owner.account_id(), before, BATCH).await?;
        let whole = i64::try_from(batch.len()).is_ok_and(|read| read == BATCH);
        for recorded in &batch {
            if entries.len() == PAGE {
                return Ok(page(entries, before));
            }
            before = Some((recorded.at, recorded.id));
            entries.extend(entry(recorded, &names));
        }
        if !whole {
            return Ok(page(entries, None));
        }
    }
    Ok(page(entries, before))
}

fn page(
    entries: Vec<HistoryEntry>,
    next: Option<(shared::time::Timestamp, shared::identifiers::EventId)>,
) -> History {
    History {
        entries,
        next: next.map(|(at, id)| HistoryCursor { at, id }),
    }
}

fn entry(recorded: &Recorded, names: &BTreeMap<DelegateId, DelegateName>) -> Option<HistoryEntry> {
    let event = recorded.event.as_ref()?;
    // Where an officer sits, and with what, is not the owner's business.
    let (network, device) = match recorded.staff {
        Some(_) => (None, None),
        None => (recorded.source.map(Network::of), device(recorded)),
    };
    Some(HistoryEntry {
        at: recorded.at,
        what: happening(event, By::of(recorded))?,
        network,
        device,
        by: recorded
            .delegate
            .and_then(|delegate| names.get(&delegate).cloned()),
    })
}

/// With what somebody acted. Sign-ins tell it themselves, also those of before it stood beside every act.
pub(super) fn device(recorded: &Recorded) -> Option<Device> {
    if let Some(Event::SignedIn { browser, system, .. }) = recorded.event {
        Some(Device { browser, system })
    } else {
        recorded.device
    }
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The owner, a delegate, a visitor, or time.
    Person,
    /// An officer at a counter.
    Officer,
}

impl By {
    const fn of(recorded: &Recorded) -> Self {
        match recorded.staff {
            Some(_) => Self::Officer,
            None => Self::Person,
        }
    }
}

/// What an event is to the owner; nothing where it is only a step on the way, or the operator's business.
#[expect(
    clippy::too_many_lines,
    reason = "one arm an event, so that a new one is asked about here"
)]
fn happening(event: &Event, by: By) -> Option<Happening> {
    Some(match event {
        Event::SignedIn {
            familiarity: Familiarity::Known,
            ..
        } => Happening::SignedIn,
        Event::SignedIn {
            familiarity: Familiarity::New,
            ..
        } => Happening::SignedInFromNewDevice,
        Event::SignInFailed { .. } => Happening::SignInFailed,
        Event::SignInClosed { .. } => Happening::SignInClosed,
        Event::SignedOut => Happening::SignedOut,
        Event::SessionEnded => Happening::SessionEnded,
        Event::OtherSessionsEnded { .. } => Happening::OtherSessionsEnded,
        Event::DeviceForgotten => Happening::DeviceForgotten,
        Event::PasswordCheckFailed { .. } => Happening::PasswordCheckFailed,
        Event::PasswordReplaced => Happening::PasswordChanged,
        Event::PasswordSet => Happening::PasswordRecovered,
        Event::AnswersFailed { .. } => Happening::AnswersFailed,
        Event::RecoverySuspended { .. } => Happening::RecoverySuspended,
        Event::IdentityProved { .. } => match by {
            By::Person => Happening::IdentityProved,
            By::Officer => Happening::OfficerSentLink,
        },
        Event::LinkAccepted { .. } => Happening::LinkSent,
        Event::UnlockProved { .. } => match by {
            By::Person => Happening::UnlockProved,
            By::Officer => Happening::OfficerSentUnlockLink,
        },
        Event::UnlockLinkAccepted { .. } => Happening::UnlockLinkSent,
        Event::EnrolmentLinkMade { .. } => Happening::PasskeyOffered,
        Event::PasskeyEnrolled { .. } => Happening::PasskeyAdded,
        Event::PasskeyAsserted { .. } => Happening::PasskeyUsed,
        Event::PasskeyRefused { .. } => Happening::PasskeyRefused,
        Event::PasskeyRenamed { .. } => Happening::PasskeyRenamed,
        Event::PasskeyRemoved { .. } => Happening::PasskeyRemoved,
        Event::ContactChangeRequested { .. } => match by {
            By::Person => Happening::ContactChangeRequested,
            By::Officer => Happening::OfficerAskedContactChange,
        },
        Event::ContactConfirmed { .. } => Happening::ContactConfirmed,
        Event::ContactChangeHeld { .. } => Happening::ContactChangeHeld,
        Event::ContactChanged { .. } => Happening::ContactChanged,
        Event::ContactChangeCancelled { .. } => Happening::ContactChangeCancelled,
        Event::ContactChangeLapsed { .. } => Happening::ContactChangeLapsed,
        Event::AccountBlocked => Happening::Blocked,
        Event::AccountUnblocked => Happening::Unblocked,
        Event::AccountFrozen => match by {
            By::Person => Happening::Frozen,
            By::Officer => Happening::OfficerFroze,
        },
        Event::PasswordWithdrawn => Happening::PasswordWithdrawn,
        Event::SignatureJudged { outcome, .. } => match outcome {
            Outcome::TotalPassed => Happening::SignaturePassed,
            Outcome::TotalFailed => Happening::SignatureFailed,
            Outcome::Indeterminate => Happening::SignatureReferred,
        },
        Event::ReferralAccepted => Happening::ReferralAccepted,
        Event::ReferralDeclined { .. } => Happening::ReferralDeclined,
        Event::AccountThawed => Happening::Thawed,
        Event::DelegateCreated => Happening::DelegateCreated,
        Event::DelegateChanged => Happening::DelegateChanged,
        Event::DelegateInvitedAgain => Happening::DelegateInvitedAgain,
        Event::DelegateJoined => Happening::DelegateJoined,
        Event::DelegateBlocked => Happening::DelegateBlocked,
        Event::DelegateEnded => Happening::DelegateEnded,
        Event::InvitationMade
        | Event::CaseOpened { .. }
        | Event::RouteChosen { .. }
        | Event::QuestionsAsked
        | Event::RegistryUnavailable { .. }
        | Event::AttemptCounted { .. }
        | Event::AttemptLapsed
        | Event::AttemptReleased
        | Event::AnswersNotJudged
        | Event::RecoveryRefused { .. }
        | Event::StepUpDemanded { .. }
        | Event::AssertionFailed { .. }
        | Event::StepUpPassed
        | Event::MessageQueued { .. }
        | Event::LinkMade
        | Event::LinkOpened { .. }
        | Event::LinksReplaced
        | Event::LinksClosed
        | Event::ClockStarted { .. }
        | Event::LinkDelayed
        | Event::LinkRejected
        | Event::LinkRedeemed { .. }
        | Event::LinkConsumed
        | Event::SessionsEnded
        | Event::CaseEnded { .. }
        | Event::CaseCompleted
        | Event::FreezeLinkMade
        | Event::SignInFailuresForgotten
        | Event::UnlockOpened
        | Event::UnlockRefused { .. }
        | Event::ChannelChosen { .. }
        | Event::UnlockEnded { .. }
        | Event::UnlockCompleted
        | Event::PasskeyCeremonyBegun { .. }
        | Event::PasswordRehashed
        | Event::ContactLinkMade { .. }
        | Event::ContactCancelLinkMade { .. }
        | Event::ContactConfirmationAsked { .. }
        | Event::ContactChangeReplaced { .. }
        | Event::DocumentKept { .. }
        | Event::DocumentExtended { .. }
        | Event::DocumentHeld { .. }
        | Event::DocumentReleased { .. }
        | Event::DocumentDeleted { .. }
        | Event::DossierDeleted { .. }
        | Event::ApprovalLapsed { .. }
        | Event::SignatureOpened { .. }
        | Event::RequestIssued { .. }
        | Event::RequestExpired
        | Event::SignatureRenewed
        | Event::SignatureUploaded { .. }
        | Event::SignatureReturned
        | Event::RequestUsed
        | Event::ReferralQueued
        | Event::SignatureEnded { .. }
        | Event::AppointmentHeld { .. }
        | Event::AppointmentBooked
        | Event::AppointmentMoved { .. }
        | Event::AppointmentCancelled { .. }
        | Event::AppointmentLapsed
        | Event::AppointmentCheckedIn
        | Event::AppointmentAttended
        | Event::AppointmentMissed
        | Event::AppointmentLinkMade
        | Event::WaitingListJoined
        | Event::PlaceOffered { .. }
        | Event::OfferAccepted
        | Event::OfferLapsed
        | Event::AccountImported
        | Event::MessageAccepted { .. }
        | Event::MessageFailed { .. }
        | Event::StaffActed { .. }
        | Event::VisitDayOver { .. }
        | Event::StaffAdded { .. }
        | Event::StaffReset { .. }
        | Event::StaffRemoved { .. }
        | Event::StaffInvitationMade { .. }
        | Event::StaffJoined { .. }
        | Event::StaffSignInFailed { .. }
        | Event::StaffSecondFactorFailed { .. }
        | Event::StaffBlocked { .. }
        | Event::StaffSignedIn { .. }
        | Event::DeskLocked
        | Event::DeskUnlocked { .. }
        | Event::DeskUnlockFailed { .. }
        | Event::StaffSignedOut
        | Event::BackupRestored { .. }
        | Event::CentresImported { .. }
        | Event::RecordsImported { .. } => return None,
    })
}

//! What is written down for ever: one typed event for every change of state.
//!
//! Words: an *event* says what happened, an *actor* says in which quality somebody made it happen. When, from where,
//! and to which account or case stand beside the event in its row; the server seals the rows into a hash chain.
//!
//! Invariants: an event holds numbers, times, and our own enums only: no cédula, name, e-mail, token, answer or
//! password can be put into one. Text already written must stay readable: variants are added, never renamed.
//!
//! This module does not store and does not seal. What auditors ask for is in [`api`].

pub mod api;
mod head;

pub use head::{Head, InvalidHead};

use crate::appointments::CancelledBy;
use crate::contacts::{Canceller, ContactKind};
use crate::documents::DocumentClass;
use crate::identifiers::{ApprovalId, CentreId, DocumentId, DossierId, StaffActId, StaffId, VisitId};
use crate::notifications::Channel;
use crate::passkeys::{Backup, EnrolmentId, PasskeyId, Purpose, RefusedBecause};
use crate::recovery::{Ending, Refusal, Route};
use crate::registries::Registry;
use crate::sessions::{Browser, Closed, Familiarity, System};
use crate::signatures::{self, Outcome, PurposeName};
use crate::staff::{DeedName, SecondFactor};
use crate::step_up::Reason;
use crate::time::{Deadline, Timestamp};
use crate::unlock::UnlockRefusal;
use crate::visits;
use serde::{Deserialize, Serialize};

/// In which quality somebody acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Actor {
    /// The server itself: jobs, the mail worker, a deadline that passed.
    System,
    /// Somebody in a browser who has proved nothing yet.
    Visitor,
    /// Somebody who proved the identity, or who holds a link.
    Holder,
    /// A delegate who is signed in.
    Delegate,
    /// Staff at a counter.
    Officer,
}

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident $text:tt $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })?),+ $(,)?) => {
        /// Something that happened.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "event")]
        pub enum Event { $($(#[$doc])* #[serde(rename = $text)] $variant $({ $($(#[$field_doc])* $field: $type),+ })?),+ }

        impl Event {
            /// The names of all events, for tables and coverage tests.
            pub const KINDS: &'static [&'static str] = &[$($text),+];

            /// The event's name, as it stands in the tag `event`.
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant $({ $($field: _),+ })? => $text),+ }
            }
        }
    };
}

events!(
    /// A recovery case was opened.
    CaseOpened "case_opened" {
        /// The way the identity is to be proved.
        route: Route,
    },
    /// The person chose another way to prove the identity.
    RouteChosen "route_chosen" {
        /// The new way.
        route: Route,
    },
    /// The registries answered and the questions are on the page.
    QuestionsAsked "questions_asked",
    /// A registry did not answer; nothing was counted.
    RegistryUnavailable "registry_unavailable" {
        /// Which one.
        registry: Registry,
    },
    /// An attempt was taken, before anything was compared.
    AttemptCounted "attempt_counted" {
        /// How many failed attempts will count if this one fails.
        failures: u8,
    },
    /// The last attempt was taken and never judged; it counts as failed.
    AttemptLapsed "attempt_lapsed",
    /// Answers were wrong.
    AnswersFailed "answers_failed" {
        /// How many failed attempts now count against the identifier.
        failures: u8,
    },
    /// Answers were right, so the attempt counted for them was given back.
    AttemptReleased "attempt_released",
    /// Answers came while the identifier was suspended; they were not judged.
    AnswersNotJudged "answers_not_judged",
    /// The online recovery of an identifier was suspended.
    RecoverySuspended "recovery_suspended" {
        /// When that ends by itself.
        until: Timestamp,
    },
    /// The identity was proved.
    IdentityProved "identity_proved" {
        /// How.
        route: Route,
    },
    /// The answers were right, and rules of the policy ask for a passkey too.
    StepUpDemanded "step_up_demanded" {
        /// Why.
        reasons: Vec<Reason>,
    },
    /// What came instead of the assertion that was asked for was none.
    AssertionFailed "assertion_failed" {
        /// How many of the case now have failed.
        failures: u8,
    },
    /// A passkey of the account was asserted: with it, the answers are enough.
    StepUpPassed "step_up_passed",
    /// The identity was proved and the case still ended there.
    RecoveryRefused "recovery_refused" {
        /// Why.
        reason: Refusal,
    },
    /// A message was put into the outbox.
    MessageQueued "message_queued" {
        /// The message's kind, as the outbox names it.
        message: Message,
    },
    /// A link was made for a message about to be sent.
    LinkMade "link_made",
    /// A link was stored; until the mail server accepts the message its deadline is provisional.
    LinkOpened "link_opened" {
        /// The provisional deadline.
        expires: Deadline,
    },
    /// The open links of the account were ended: a newer one takes their place.
    LinksReplaced "links_replaced",
    /// The open links of a case were ended with it.
    LinksClosed "links_closed",
    /// A link was given its deadline.
    ClockStarted "clock_started" {
        /// When it ends.
        deadline: Deadline,
    },
    /// The mail server took the link over: its clock runs.
    LinkAccepted "link_accepted" {
        /// When the link ends.
        deadline: Deadline,
    },
    /// The mail server put the link off.
    LinkDelayed "link_delayed",
    /// The mail server refused the link for good.
    LinkRejected "link_rejected",
    /// A link was opened by a click, where the policy asks for one.
    LinkRedeemed "link_redeemed" {
        /// When the time for the password ends.
        deadline: Deadline,
    },
    /// A link was used up.
    LinkConsumed "link_consumed",
    /// The password was written.
    PasswordSet "password_set",
    /// All sessions of the account ended.
    SessionsEnded "sessions_ended",
    /// A case ended without a new password.
    CaseEnded "case_ended" {
        /// Why.
        ending: Ending,
    },
    /// A case ended with a new password.
    CaseCompleted "case_completed",
    /// A link with which the owner can freeze the account was made for a message about to be sent.
    FreezeLinkMade "freeze_link_made",
    /// The owner froze the account ("no fui yo").
    AccountFrozen "account_frozen",
    /// A freeze was lifted.
    AccountThawed "account_thawed",
    /// The password in force was taken away: nobody signs in until a new one is set.
    PasswordWithdrawn "password_withdrawn",
    /// An account was blocked.
    AccountBlocked "account_blocked",
    /// A block was lifted.
    AccountUnblocked "account_unblocked",
    /// The failed sign-ins that counted against an account were forgotten.
    SignInFailuresForgotten "sign_in_failures_forgotten",
    /// A case of unblocking was opened.
    UnlockOpened "unlock_opened",
    /// The identity was proved, and there was nothing to unblock or no way to send a link.
    UnlockRefused "unlock_refused" {
        /// Why.
        reason: UnlockRefusal,
    },
    /// The identity was proved for an unblocking.
    UnlockProved "unlock_proved" {
        /// How.
        route: Route,
    },
    /// The mail server or the gateway took the link for unblocking over: its clock runs.
    UnlockLinkAccepted "unlock_link_accepted" {
        /// When the link ends.
        deadline: Deadline,
    },
    /// The person chose where the link for unblocking goes.
    ChannelChosen "channel_chosen" {
        /// By this way.
        channel: Channel,
    },
    /// A case of unblocking ended and left the account as it was.
    UnlockEnded "unlock_ended" {
        /// Why.
        ending: Ending,
    },
    /// A case of unblocking ended with the account unblocked.
    UnlockCompleted "unlock_completed",
    /// Somebody signed in.
    SignedIn "signed_in" {
        /// Whether the account knew the browser.
        familiarity: Familiarity,
        /// Which browser.
        browser: Browser,
        /// On which system.
        system: System,
    },
    /// A sign-in failed: the password was wrong, or there is no such account.
    SignInFailed "sign_in_failed" {
        /// How many failures now count.
        failures: u8,
        /// Whether the account knew the browser, and so which of its counters this is.
        familiarity: Familiarity,
    },
    /// The password was right, and the account was closed to this browser.
    SignInClosed "sign_in_closed" {
        /// Why.
        reason: Closed,
    },
    /// Somebody signed out.
    SignedOut "signed_out",
    /// A session was ended by its owner, or by the next sign-in of its browser.
    SessionEnded "session_ended",
    /// The owner ended all sessions but one.
    OtherSessionsEnded "other_sessions_ended" {
        /// How many.
        sessions: u32,
    },
    /// A browser failed too often: the account does not know it any more, and its sessions ended.
    DeviceForgotten "device_forgotten",
    /// The password that was asked for before a change was wrong.
    PasswordCheckFailed "password_check_failed" {
        /// How many failures of this browser now count.
        failures: u8,
    },
    /// The owner made a delegate.
    DelegateCreated "delegate_created",
    /// The owner changed what a delegate may do, or until when.
    DelegateChanged "delegate_changed",
    /// The owner sent another invitation; the delegate's password and sessions ended.
    DelegateInvitedAgain "delegate_invited_again",
    /// An invitation was made for a message about to be sent.
    InvitationMade "invitation_made",
    /// A delegate set a password with an invitation.
    DelegateJoined "delegate_joined",
    /// A delegate was blocked after failed sign-ins.
    DelegateBlocked "delegate_blocked",
    /// The owner ended a delegate, with all sessions.
    DelegateEnded "delegate_ended",
    /// The password was replaced by somebody who was signed in and knew the old one.
    PasswordReplaced "password_replaced",
    /// The password was hashed again, under the parameters of today.
    PasswordRehashed "password_rehashed",
    /// An officer made a link with which a passkey can be enrolled.
    EnrolmentLinkMade "enrolment_link_made" {
        /// The link, whose row names the officer and the reason.
        link: EnrolmentId,
        /// When it ends.
        expires: Deadline,
    },
    /// A challenge for a passkey was drawn; an older one of the same case or link is worth nothing.
    PasskeyCeremonyBegun "passkey_ceremony_begun" {
        /// What for.
        purpose: Purpose,
    },
    /// A passkey was enrolled.
    PasskeyEnrolled "passkey_enrolled" {
        /// Which one.
        passkey: PasskeyId,
        /// Whether copies of it may exist.
        backup: Backup,
    },
    /// A passkey signed a challenge.
    PasskeyAsserted "passkey_asserted" {
        /// Which one.
        passkey: PasskeyId,
        /// What for.
        purpose: Purpose,
    },
    /// The answer of a device was not accepted.
    PasskeyRefused "passkey_refused" {
        /// What it was for.
        purpose: Purpose,
        /// Why. Whoever asked was not told.
        reason: RefusedBecause,
    },
    /// A passkey got another name.
    PasskeyRenamed "passkey_renamed" {
        /// Which one.
        passkey: PasskeyId,
    },
    /// A passkey was removed for good.
    PasskeyRemoved "passkey_removed" {
        /// Which one.
        passkey: PasskeyId,
    },
    /// The owner asked for another contact, or to have one removed.
    ContactChangeRequested "contact_change_requested" {
        /// Which contact.
        contact: ContactKind,
    },
    /// A link with which a new contact can be confirmed was made for a message about to be sent.
    ContactLinkMade "contact_link_made" {
        /// Which contact.
        contact: ContactKind,
    },
    /// A new contact was confirmed with its link.
    ContactConfirmed "contact_confirmed" {
        /// Which contact.
        contact: ContactKind,
    },
    /// A change of a contact is held, so that the old contacts can cancel it.
    ContactChangeHeld "contact_change_held" {
        /// Which contact.
        contact: ContactKind,
        /// When it is applied, unless something is in the way.
        until: Deadline,
    },
    /// The hold of a signed request is over: the new contact is asked to confirm it.
    ContactConfirmationAsked "contact_confirmation_asked" {
        /// Which contact.
        contact: ContactKind,
        /// When it lapses.
        until: Deadline,
    },
    /// A link with which an old contact can cancel a change was made for a message about to be sent.
    ContactCancelLinkMade "contact_cancel_link_made" {
        /// Which contact changes.
        contact: ContactKind,
    },
    /// The account has another contact.
    ContactChanged "contact_changed" {
        /// Which contact.
        contact: ContactKind,
    },
    /// A change of a contact was stopped.
    ContactChangeCancelled "contact_change_cancelled" {
        /// Which contact stays as it was.
        contact: ContactKind,
        /// By whom.
        by: Canceller,
    },
    /// Nobody confirmed a new contact in time.
    ContactChangeLapsed "contact_change_lapsed" {
        /// Which contact stays as it was.
        contact: ContactKind,
    },
    /// A newer change of the same contact took the place of one that was under way.
    ContactChangeReplaced "contact_change_replaced" {
        /// Which contact.
        contact: ContactKind,
    },
    /// A document was kept, encrypted.
    DocumentKept "document_kept" {
        /// Which one.
        document: DocumentId,
        /// What it is.
        class: DocumentClass,
        /// When it is deleted, unless it is held.
        until: Timestamp,
    },
    /// A document is kept for longer than was said when it came.
    DocumentExtended "document_extended" {
        /// Which one.
        document: DocumentId,
        /// When it is deleted, unless it is held.
        until: Timestamp,
    },
    /// A document is held: whatever its time, it is not deleted.
    DocumentHeld "document_held" {
        /// Which one.
        document: DocumentId,
    },
    /// A hold of a document ended.
    DocumentReleased "document_released" {
        /// Which one.
        document: DocumentId,
    },
    /// A document was deleted: its time was over.
    DocumentDeleted "document_deleted" {
        /// Which one.
        document: DocumentId,
        /// What it was.
        class: DocumentClass,
    },
    /// A case of a signed request was opened.
    SignatureOpened "signature_opened" {
        /// What the request is to bring.
        purpose: PurposeName,
    },
    /// A request was issued, to be signed.
    RequestIssued "request_issued" {
        /// When it is worth nothing any more.
        expires: Deadline,
    },
    /// The time of a request is over; it can be issued anew.
    RequestExpired "request_expired",
    /// A request is issued anew in the place of one that expired.
    SignatureRenewed "signature_renewed",
    /// A file came as a signed request. It was counted before it was judged.
    SignatureUploaded "signature_uploaded" {
        /// How many of the case were taken in.
        uploads: u8,
    },
    /// A file was not judged, because a registry did not answer; it does not count.
    SignatureReturned "signature_returned",
    /// A signed request was judged.
    SignatureJudged "signature_judged" {
        /// What it came to.
        outcome: Outcome,
        /// Why it was no pass.
        reasons: Vec<signatures::Reason>,
    },
    /// A request was used up by the signature that passed.
    RequestUsed "request_used",
    /// A signed request was put before a person, because something could not be found out.
    ReferralQueued "referral_queued",
    /// An officer decided that a request that was referred is good.
    ReferralAccepted "referral_accepted",
    /// An officer decided that a request that was referred is not to be followed.
    ReferralDeclined "referral_declined" {
        /// Why, as the applicant is told.
        because: signatures::Rejection,
    },
    /// A case of a signed request ended and nothing came of it.
    SignatureEnded "signature_ended" {
        /// Why.
        ending: Ending,
    },
    /// A place was taken, until somebody confirms it.
    AppointmentHeld "appointment_held" {
        /// Where.
        centre: CentreId,
        /// When it begins.
        starts_at: Timestamp,
    },
    /// A place that was held was confirmed.
    AppointmentBooked "appointment_booked",
    /// An appointment has another place.
    AppointmentMoved "appointment_moved" {
        /// Where.
        centre: CentreId,
        /// When it begins.
        starts_at: Timestamp,
    },
    /// An appointment, a hold, an offer or a wait was ended before its time.
    AppointmentCancelled "appointment_cancelled" {
        /// By whom.
        by: CancelledBy,
    },
    /// Nobody confirmed a place in time, or a wait was over.
    AppointmentLapsed "appointment_lapsed",
    /// Somebody with an appointment came.
    AppointmentCheckedIn "appointment_checked_in",
    /// Somebody with an appointment was served.
    AppointmentAttended "appointment_attended",
    /// Somebody with an appointment did not come, or left.
    AppointmentMissed "appointment_missed",
    /// A link with which an appointment can be looked after was made for a message about to be sent.
    AppointmentLinkMade "appointment_link_made",
    /// Somebody waits for a place.
    WaitingListJoined "waiting_list_joined",
    /// A place that became free was offered to the first on the list.
    PlaceOffered "place_offered" {
        /// Where.
        centre: CentreId,
        /// When it begins.
        starts_at: Timestamp,
        /// When the next one gets it.
        until: Deadline,
    },
    /// An offer was accepted.
    OfferAccepted "offer_accepted",
    /// Nobody accepted an offer in time.
    OfferLapsed "offer_lapsed",
    /// An account was created or changed by an import.
    AccountImported "account_imported",
    /// A message was accepted by the mail server.
    MessageAccepted "message_accepted" {
        /// The message's kind.
        message: Message,
    },
    /// A message was given up.
    MessageFailed "message_failed" {
        /// The message's kind.
        message: Message,
    },
    /// A file of official records was imported.
    RecordsImported "records_imported" {
        /// Whose records.
        registry: Registry,
        /// Rows read in.
        rows: u64,
        /// Rows refused.
        rejected: u64,
    },
    /// A file of centres was imported.
    CentresImported "centres_imported" {
        /// Centres that are new or differ now.
        changed: u32,
        /// Appointments that were cancelled with it.
        cancelled: u32,
    },
    /// The installation was made anew from a backup: what happened since then is not in it.
    BackupRestored "backup_restored" {
        /// When the backup was taken.
        taken_at: Timestamp,
    },
    /// A dossier's time was over: it was deleted, with all that belonged to it.
    DossierDeleted "dossier_deleted" {
        /// Which one.
        dossier: DossierId,
    },
    /// Nobody decided in time what a second officer was asked.
    ApprovalLapsed "approval_lapsed" {
        /// Which one.
        approval: ApprovalId,
    },
    /// An officer did or looked at something; the act's row has the reason.
    StaffActed "staff_acted" {
        /// The row.
        act: StaffActId,
        /// What.
        deed: DeedName,
    },
    /// A visit that nobody finished ended with its day.
    VisitDayOver "visit_day_over" {
        /// Which one.
        visit: VisitId,
        /// How it ended.
        stage: visits::StageName,
    },
    /// Whoever keeps the server made somebody a member of the staff.
    StaffAdded "staff_added" {
        /// Whom.
        member: StaffId,
    },
    /// Whoever keeps the server took somebody's password and second factor away, and invited them again.
    StaffReset "staff_reset" {
        /// Whose.
        member: StaffId,
    },
    /// Whoever keeps the server ended somebody's access to the desk.
    StaffRemoved "staff_removed" {
        /// Whose.
        member: StaffId,
    },
    /// An invitation to the staff was made for a message about to be sent.
    StaffInvitationMade "staff_invitation_made" {
        /// For whom.
        member: StaffId,
    },
    /// Somebody set password and second factor with an invitation.
    StaffJoined "staff_joined" {
        /// The second factor.
        way: SecondFactor,
    },
    /// The password at the desk's sign-in was wrong, or nobody has the address.
    StaffSignInFailed "staff_sign_in_failed" {
        /// Whose address it was, if somebody's.
        member: Option<StaffId>,
    },
    /// The password was right, and the second factor was not.
    StaffSecondFactorFailed "staff_second_factor_failed" {
        /// Whose.
        member: StaffId,
        /// What was shown.
        way: SecondFactor,
        /// How many in a row that makes.
        failures: u8,
    },
    /// Too many second factors failed: the member cannot sign in until they are invited again.
    StaffBlocked "staff_blocked" {
        /// Whom.
        member: StaffId,
    },
    /// Both factors were right.
    StaffSignedIn "staff_signed_in" {
        /// The second one.
        way: SecondFactor,
    },
    /// A desk was locked by its officer.
    DeskLocked "desk_locked",
    /// A locked desk was opened again.
    DeskUnlocked "desk_unlocked" {
        /// With a passkey; nothing for the password.
        way: Option<SecondFactor>,
    },
    /// What was shown to open a locked desk was wrong.
    DeskUnlockFailed "desk_unlock_failed" {
        /// Whose desk.
        member: StaffId,
    },
    /// Somebody signed out of the desk.
    StaffSignedOut "staff_signed_out",
);

/// The kinds of messages, as far as an auditor tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// The recovery link.
    RecoveryLink,
    /// The online recovery of the account was suspended.
    RecoverySuspended,
    /// The password was changed.
    PasswordChanged,
    /// The account was frozen ("no fui yo").
    AccountFrozen,
    /// The account was blocked after failed sign-ins.
    AccountBlocked,
    /// The password was replaced in the account area.
    PasswordReplaced,
    /// The password is old enough for a new one to be advised.
    PasswordReminder,
    /// The link that unblocks the account.
    UnlockLink,
    /// The account was unblocked.
    AccountUnlocked,
    /// The link that confirms a new e-mail or phone, to that address itself.
    ContactConfirmation,
    /// A change of the contacts waits for its hold to end; to the contacts of before.
    ContactChangeHeld,
    /// A contact was changed.
    ContactChanged,
    /// A change of the contacts was cancelled.
    ContactChangeCancelled,
    /// The link with which a delegate makes a password, to the delegate.
    DelegateInvitation,
    /// The link with which somebody of the staff makes a password and a second factor, to them.
    StaffInvitation,
    /// Somebody of the staff was invited, changed, reset or ended; to administrators and auditors.
    TeamChanged,
    /// A delegate was added; to the owner.
    DelegateAdded,
    /// A delegate was blocked after failed sign-ins; to the owner.
    DelegateBlocked,
    /// The same, to the delegate.
    AccessBlocked,
    /// A delegate was ended; to the owner.
    DelegateEnded,
    /// A passkey was enrolled.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// A passkey may have been copied: its counter did not rise.
    PasskeySuspected,
    /// A signed request was referred to a person.
    SignatureReferred,
    /// An officer decided about a signed request that was referred.
    SignatureDecided,
    /// An officer lifted a freeze.
    AccountThawed,
    /// What is kept about a person was given out, or what need not be kept was deleted.
    DataRequestDone,
    /// An appointment was made.
    AppointmentBooked,
    /// An appointment has another time.
    AppointmentMoved,
    /// An appointment was cancelled.
    AppointmentCancelled,
    /// An appointment is near.
    AppointmentReminder,
    /// A place became free for somebody who waited.
    PlaceOffered,
    /// The test of deliverability a visitor asked for.
    DeliverabilityTest,
}

impl Message {
    /// All of them.
    pub const ALL: [Self; 33] = [
        Self::RecoveryLink,
        Self::RecoverySuspended,
        Self::PasswordChanged,
        Self::AccountFrozen,
        Self::AccountBlocked,
        Self::PasswordReplaced,
        Self::PasswordReminder,
        Self::UnlockLink,
        Self::AccountUnlocked,
        Self::ContactConfirmation,
        Self::ContactChangeHeld,
        Self::ContactChanged,
        Self::ContactChangeCancelled,
        Self::DelegateInvitation,
        Self::StaffInvitation,
        Self::TeamChanged,
        Self::DelegateAdded,
        Self::DelegateBlocked,
        Self::AccessBlocked,
        Self::DelegateEnded,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasskeySuspected,
        Self::SignatureReferred,
        Self::SignatureDecided,
        Self::AccountThawed,
        Self::DataRequestDone,
        Self::AppointmentBooked,
        Self::AppointmentMoved,
        Self::AppointmentCancelled,
        Self::AppointmentReminder,
        Self::PlaceOffered,
        Self::DeliverabilityTest,
    ];

    /// Whether messages of this kind go by this way. Some are for a mailbox only: the link to a new password, what is no
    /// news of a change, and what the owner's phone has nothing to do with.
    pub const fn goes_by(self, channel: Channel) -> bool {
        match self {
            Self::RecoveryLink
            | Self::PasswordReminder
            | Self::DelegateInvitation
            | Self::StaffInvitation
            | Self::TeamChanged
            | Self::AccessBlocked
            | Self::AppointmentBooked
            | Self::AppointmentMoved
            | Self::AppointmentCancelled
            | Self::AppointmentReminder
            | Self::PlaceOffered
            | Self::DeliverabilityTest => matches!(channel, Channel::Email),
            Self::RecoverySuspended
            | Self::PasswordChanged
            | Self::AccountFrozen
            | Self::AccountBlocked
            | Self::PasswordReplaced
            | Self::UnlockLink
            | Self::AccountUnlocked
            | Self::ContactConfirmation
            | Self::ContactChangeHeld
            | Self::ContactChanged
            | Self::ContactChangeCancelled
            | Self::DelegateAdded
            | Self::DelegateBlocked
            | Self::DelegateEnded
            | Self::PasskeyAdded
            | Self::PasskeyRemoved
            | Self::PasskeySuspected
            | Self::SignatureReferred
            | Self::SignatureDecided
            | Self::AccountThawed
            | Self::DataRequestDone => true,
        }
    }

    /// As it stands in events and in the outbox.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RecoveryLink => "recovery_link",
            Self::RecoverySuspended => "recovery_suspended",
            Self::PasswordChanged => "password_changed",
            Self::AccountFrozen => "account_frozen",
            Self::AccountBlocked => "account_blocked",
            Self::PasswordReplaced => "password_replaced",
            Self::PasswordReminder => "password_reminder",
            Self::UnlockLink => "unlock_link",
            Self::AccountUnlocked => "account_unlocked",
            Self::ContactConfirmation => "contact_confirmation",
            Self::ContactChangeHeld => "contact_change_held",
            Self::ContactChanged => "contact_changed",
            Self::ContactChangeCancelled => "contact_change_cancelled",
            Self::DelegateInvitation => "delegate_invitation",
            Self::StaffInvitation => "staff_invitation",
            Self::TeamChanged => "team_changed",
            Self::DelegateAdded => "delegate_added",
            Self::DelegateBlocked => "delegate_blocked",
            Self::AccessBlocked => "access_blocked",
            Self::DelegateEnded => "delegate_ended",
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::PasskeySuspected => "passkey_suspected",
            Self::SignatureReferred => "signature_referred",
            Self::SignatureDecided => "signature_decided",
            Self::AccountThawed => "account_thawed",
            Self::DataRequestDone => "data_request_done",
            Self::AppointmentBooked => "appointment_booked",
            Self::AppointmentMoved => "appointment_moved",
            Self::AppointmentCancelled => "appointment_cancelled",
            Self::AppointmentReminder => "appointment_reminder",
            Self::PlaceOffered => "place_offered",
            Self::DeliverabilityTest => "deliverability_test",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_stored_under_its_kind() {
        let event = Event::AnswersFailed { failures: 2 };
        let stored = serde_json::to_value(&event).unwrap();
        assert_eq!(stored["event"], event.kind());
        assert_eq!(stored["failures"], 2);
        assert_eq!(serde_json::from_value::<Event>(stored).unwrap(), event);
    }

    #[test]
    fn kinds_are_unique() {
        let unique: std::collections::BTreeSet<_> = Event::KINDS.iter().collect();
        assert_eq!(unique.len(), Event::KINDS.len());
    }
}

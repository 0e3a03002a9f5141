//! Messages to people: queued with a change of state, sent by a worker, followed until a mail server has them.
//!
//! Words: a message is *queued* in the transaction of what it tells of; the worker *leases* it, asks the [`Desk`] for
//! what only the moment of sending may know (the address, a fresh token), *sends* it through the [`Mailer`], and
//! *records* how that went. A message is finished when it was accepted, rejected, expired (its time ended first) or
//! dropped (nobody to send it to any more).
//!
//! Invariants: a row of the outbox holds no token, no secret, and no address that can be looked up at the send; no
//! message leaves inside a request or a transaction; every send of a link carries a token of its own, so that a message
//! sent twice (the server died between the send and its record) leaves one working link, the newest. A message is
//! never lost: it is sent at least once, or it is finished with a reason.
//!
//! What it does not do: it decides neither who is told nor when; the other slices queue.

pub mod budget;
pub mod deliverability;
pub mod desk;
pub mod http;
pub mod job;
mod kept;
mod letter;
pub mod mailbox;
pub mod mailer;
pub mod service;
pub mod sms;
pub mod store;
pub mod watch;

pub use desk::{Desk, Fresh, FreshLink, Life, Outcome, Prepared};
pub(crate) use letter::drawn;
pub use mailbox::Mailbox;
pub use mailer::Mailer;
pub use shared::audit::Message as Kind;
pub use shared::notifications::Channel;
pub use sms::Texter;

use crate::appointments::Notice;
use crate::pulse::Pulse;
use serde::{Deserialize, Serialize};
pub use shared::accounts::FrozenBy;
use shared::appointments::CancelledBy;
use shared::contacts::Asked;
use shared::data_requests::DataRequestKind;
use shared::i18n::Language;
use shared::identifiers::{
    AccountId, CaseId, ContactChangeId, DelegateId, Email, MessageId, Phone, StaffId, UnlockId,
};
use shared::recovery::CaseReference;
use shared::signatures::{ReferralNumber, Rejection};
use shared::staff::{Role, StaffName};
use shared::time::Timestamp;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::Notify;

/// A message to be queued.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// What it tells.
    pub content: Content,
    /// Whom, and by which way.
    pub recipient: Recipient,
    /// The recovery case it belongs to.
    pub case: Option<CaseId>,
    /// The language it is written in.
    pub language: Language,
    /// When trying to send it ends; for a link, the case's cap.
    pub expires_at: Timestamp,
}

/// Whom a message is for, and by which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// The owner of an account, at what is registered for the channel when the message is sent.
    Owner {
        /// The account.
        account: AccountId,
        /// The way to the owner.
        channel: Channel,
    },
    /// Whoever has this address, which somebody typed. It is stored until the message is finished.
    Typed {
        /// The address or number.
        address: Address,
        /// The account that the message is about, if it is about one.
        account: Option<AccountId>,
    },
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// To a mailbox.
    Email(Email),
    /// To a phone.
    Phone(Phone),
}

impl Recipient {
    /// The owner of an account, by mail.
    pub const fn owner_by_email(account: AccountId) -> Self {
        Self::Owner {
            account,
            channel: Channel::Email,
        }
    }

    /// The way the message goes.
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Owner { account: _, channel } => *channel,
            Self::Typed { address, account: _ } => address.channel(),
        }
    }

    /// The account that the message is about, if it is about one.
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Owner { account, channel: _ } => Some(*account),
            Self::Typed { address: _, account } => *account,
        }
    }
}

impl Address {
    /// The way there.
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Phone(_) => Channel::Sms,
        }
    }
}

/// What a message tells: everything its text needs that is no secret and does not change until it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// The link for a new password.
    RecoveryLink {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// When the recovery was asked for.
        at: Timestamp,
    },
    /// The password was changed.
    PasswordChanged {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// When it was changed.
        at: Timestamp,
        /// The network address it was changed from.
        source: Option<IpAddr>,
    },
    /// The online recovery is suspended after failed answers.
    RecoverySuspended {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// When it was suspended.
        at: Timestamp,
        /// When the suspension ends by itself.
        until: Timestamp,
        /// The network address of the last failed answers.
        source: Option<IpAddr>,
    },
    /// The account was frozen ("no fui yo").
    AccountFrozen {
        /// The employer's identifier, masked.
        employer: String,
        /// When it was frozen.
        at: Timestamp,
        /// By whom.
        #[serde(default)]
        by: FrozenBy,
    },
    /// An officer lifted the freeze, and took the password in force away.
    AccountThawed {
        /// The employer's identifier, masked.
        employer: String,
        /// When.
        at: Timestamp,
    },
    /// What is kept about a person was given out at their request, or what need not be kept was deleted.
    DataRequestDone {
        /// The employer's identifier, masked.
        employer: String,
        /// When.
        at: Timestamp,
        /// Which of the two.
        request: DataRequestKind,
    },
    /// The account was blocked after failed sign-ins.
    AccountBlocked {
        /// The employer's identifier, masked.
        employer: String,
        /// When it was blocked.
        at: Timestamp,
        /// The network address of the last failed sign-in.
        source: Option<IpAddr>,
    },
    /// The password was replaced by somebody who was signed in.
    PasswordReplaced {
        /// The employer's identifier, masked.
        employer: String,
        /// When it was replaced.
        at: Timestamp,
        /// The network address it was replaced from.
        source: Option<IpAddr>,
    },
    /// A new password is advised: nobody is forced.
    PasswordReminder {
        /// The employer's identifier, masked.
        employer: String,
        /// When the password was set.
        since: Timestamp,
        /// From how many days on a new one is advised.
        days: u32,
    },
    /// The link that unblocks the account.
    UnlockLink {
        /// The case that asks for it.
        unlock: UnlockId,
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// When the unlocking was asked for.
        at: Timestamp,
    },
    /// The account was unblocked.
    AccountUnlocked {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// When it was unblocked.
        at: Timestamp,
        /// The network address it was unblocked from.
        source: Option<IpAddr>,
    },
    /// The link that confirms a new contact, to that contact itself.
    ContactConfirmation {
        /// The change that waits for it.
        change: ContactChangeId,
        /// The employer's identifier, masked.
        employer: String,
        /// When the change was asked for.
        at: Timestamp,
    },
    /// A change of a contact waits for the end of its hold; to the contacts of before, with a link that cancels it.
    ContactChangeHeld {
        /// The change.
        change: ContactChangeId,
        /// The employer's identifier, masked.
        employer: String,
        /// Which contact: the e-mail or the phone.
        contact: Channel,
        /// The new one, masked; nothing when the phone is removed.
        masked: Option<String>,
        /// How it was asked for.
        #[serde(default)]
        asked: Asked,
        /// When the hold began.
        at: Timestamp,
        /// When it comes into force unless it is cancelled; of a signed request, when the new contact is asked to confirm it.
        until: Timestamp,
        /// The network address it was asked for from.
        source: Option<IpAddr>,
    },
    /// A contact was changed.
    ContactChanged {
        /// The employer's identifier, masked.
        employer: String,
        /// Which contact: the e-mail or the phone.
        contact: Channel,
        /// The new one, masked; nothing when the phone is removed.
        masked: Option<String>,
        /// How it was asked for.
        #[serde(default)]
        asked: Asked,
        /// When it came into force.
        at: Timestamp,
    },
    /// A change of a contact was cancelled.
    ContactChangeCancelled {
        /// The employer's identifier, masked.
        employer: String,
        /// Which contact: the e-mail or the phone.
        contact: Channel,
        /// The one that will not come into force, masked; nothing when the phone was to be removed.
        masked: Option<String>,
        /// When it was cancelled.
        at: Timestamp,
        /// The network address it was cancelled from.
        source: Option<IpAddr>,
    },
    /// The link with which a delegate makes a password, to the delegate.
    DelegateInvitation {
        /// The delegate.
        delegate: DelegateId,
        /// The employer's identifier, masked.
        employer: String,
        /// When the delegate was added.
        at: Timestamp,
    },
    /// The link with which somebody of the staff makes a password and a second factor, to them.
    StaffInvitation {
        /// Who.
        member: StaffId,
        /// When they were invited.
        at: Timestamp,
    },
    /// Somebody of the staff was invited, changed, reset or ended; to administrators and auditors.
    TeamChanged {
        /// What was done.
        change: TeamChange,
        /// To whom.
        member: StaffName,
        /// What they are then.
        role: Role,
        /// Which administrator did it; nobody where it was done from the command line.
        by: Option<StaffName>,
        /// When.
        at: Timestamp,
    },
    /// A delegate was added; to the owner.
    DelegateAdded {
        /// The employer's identifier, masked.
        employer: String,
        /// The delegate's cédula, masked.
        delegate: String,
        /// When.
        at: Timestamp,
        /// The network address it was done from.
        source: Option<IpAddr>,
    },
    /// A delegate was blocked after failed sign-ins; to the owner.
    DelegateBlocked {
        /// The employer's identifier, masked.
        employer: String,
        /// The delegate's cédula, masked.
        delegate: String,
        /// When.
        at: Timestamp,
        /// The network address of the last failed sign-in.
        source: Option<IpAddr>,
    },
    /// The same, to the delegate.
    AccessBlocked {
        /// The employer's identifier, masked.
        employer: String,
        /// When.
        at: Timestamp,
        /// The network address of the last failed sign-in.
        source: Option<IpAddr>,
    },
    /// A delegate was ended; to the owner.
    DelegateEnded {
        /// The employer's identifier, masked.
        employer: String,
        /// The delegate's cédula, masked.
        delegate: String,
        /// When.
        at: Timestamp,
        /// The network address it was done from; none where the end date had come.
        source: Option<IpAddr>,
    },
    /// A passkey was enrolled.
    PasskeyAdded {
        /// The employer's identifier, masked.
        employer: String,
        /// When.
        at: Timestamp,
        /// The network address it was enrolled from.
        source: Option<IpAddr>,
    },
    /// A passkey was removed.
    PasskeyRemoved {
        /// The employer's identifier, masked.
        employer: String,
        /// When.
        at: Timestamp,
        /// The network address it was removed from.
        source: Option<IpAddr>,
    },
    /// A passkey was refused because its counter did not rise: it may have been copied.
    PasskeySuspected {
        /// The employer's identifier, masked.
        employer: String,
        /// When.
        at: Timestamp,
        /// The network address it was used from.
        source: Option<IpAddr>,
    },
    /// A signed request was referred to a person.
    SignatureReferred {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// What to quote at a centre.
        number: ReferralNumber,
        /// When.
        at: Timestamp,
        /// The network address that the file came from.
        source: Option<IpAddr>,
    },
    /// An officer decided about a signed request that was referred.
    SignatureDecided {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// What its applicant quoted.
        number: ReferralNumber,
        /// Why it is not followed; nothing where it is.
        because: Option<Rejection>,
        /// When.
        at: Timestamp,
    },
    /// An appointment was made.
    AppointmentBooked {
        /// Which.
        notice: Notice,
    },
    /// An appointment has another time.
    AppointmentMoved {
        /// Which, at its new time.
        notice: Notice,
    },
    /// An appointment was cancelled.
    AppointmentCancelled {
        /// Which.
        notice: Notice,
        /// By whom.
        by: CancelledBy,
    },
    /// An appointment is near.
    AppointmentReminder {
        /// Which.
        notice: Notice,
    },
    /// A place became free for somebody who waits.
    PlaceOffered {
        /// Which.
        notice: Notice,
        /// When the next one gets it.
        until: Timestamp,
    },
    /// A test whether our mails arrive.
    DeliverabilityTest,
}

/// What was done to somebody of the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamChange {
    /// They were invited.
    Invited,
    /// They have another role or centre.
    Changed,
    /// They were invited again, without the password and the second factor that they had.
    Reset,
    /// Their access ended.
    Ended,
}

impl Content {
    /// Which kind of message it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::RecoveryLink { .. } => Kind::RecoveryLink,
            Self::PasswordChanged { .. } => Kind::PasswordChanged,
            Self::RecoverySuspended { .. } => Kind::RecoverySuspended,
            Self::AccountFrozen { .. } => Kind::AccountFrozen,
            Self::AccountBlocked { .. } => Kind::AccountBlocked,
            Self::PasswordReplaced { .. } => Kind::PasswordReplaced,
            Self::PasswordReminder { .. } => Kind::PasswordReminder,
            Self::UnlockLink { .. } => Kind::UnlockLink,
            Self::AccountUnlocked { .. } => Kind::AccountUnlocked,
            Self::ContactConfirmation { .. } => Kind::ContactConfirmation,
            Self::ContactChangeHeld { .. } => Kind::ContactChangeHeld,
            Self::ContactChanged { .. } => Kind::ContactChanged,
            Self::ContactChangeCancelled { .. } => Kind::ContactChangeCancelled,
            Self::DelegateInvitation { .. } => Kind::DelegateInvitation,
            Self::StaffInvitation { .. } => Kind::StaffInvitation,
            Self::TeamChanged { .. } => Kind::TeamChanged,
            Self::DelegateAdded { .. } => Kind::DelegateAdded,
            Self::DelegateBlocked { .. } => Kind::DelegateBlocked,
            Self::AccessBlocked { .. } => Kind::AccessBlocked,
            Self::DelegateEnded { .. } => Kind::DelegateEnded,
            Self::PasskeyAdded { .. } => Kind::PasskeyAdded,
            Self::PasskeyRemoved { .. } => Kind::PasskeyRemoved,
            Self::PasskeySuspected { .. } => Kind::PasskeySuspected,
            Self::SignatureReferred { .. } => Kind::SignatureReferred,
            Self::SignatureDecided { .. } => Kind::SignatureDecided,
            Self::AccountThawed { .. } => Kind::AccountThawed,
            Self::DataRequestDone { .. } => Kind::DataRequestDone,
            Self::AppointmentBooked { .. } => Kind::AppointmentBooked,
            Self::AppointmentMoved { .. } => Kind::AppointmentMoved,
            Self::AppointmentCancelled { .. } => Kind::AppointmentCancelled,
            Self::AppointmentReminder { .. } => Kind::AppointmentReminder,
            Self::PlaceOffered { .. } => Kind::PlaceOffered,
            Self::DeliverabilityTest => Kind::DeliverabilityTest,
        }
    }
}

/// A message taken out of the outbox to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its row.
    pub id: MessageId,
    /// What it tells.
    pub content: Content,
    /// Whom.
    pub recipient: Recipient,
    /// The recovery case it belongs to.
    pub case: Option<CaseId>,
    /// The language it is written in.
    pub language: Language,
    /// Which try this is, from 1. It also names the lease: an older try's record is refused.
    pub attempt: i64,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When trying ends.
    pub expires_at: Timestamp,
}

/// What this slice needs for as long as the server runs; part of the [`App`](crate::app::App).
#[derive(Clone, Debug)]
pub struct Notifications {
    /// Where mails leave through.
    pub mailer: Mailer,
    /// Where text messages leave through.
    pub texter: Texter,
    email: Arc<Notify>,
    sms: Arc<Notify>,
    email_pulse: Pulse,
    sms_pulse: Pulse,
}

impl Notifications {
    /// Sends through these.
    pub fn new(mailer: Mailer, texter: Texter) -> Self {
        Self {
            mailer,
            texter,
            email: Arc::new(Notify::new()),
            sms: Arc::new(Notify::new()),
            email_pulse: Pulse::default(),
            sms_pulse: Pulse::default(),
        }
    }

    /// Whether what this node sent by this way lately was taken over.
    pub const fn pulse(&self, channel: Channel) -> &Pulse {
        match channel {
            Channel::Email => &self.email_pulse,
            Channel::Sms => &self.sms_pulse,
        }
    }

    /// Whether messages go anywhere by this way. By one that goes nowhere nothing is queued or offered.
    pub const fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Email => true,
            Channel::Sms => self.texter.is_on(),
        }
    }

    /// Tells the worker that something was queued. To be called after the commit; forgotten, the message waits for the
    /// worker's next round (a second).
    pub fn wake(&self) {
        for channel in Channel::ALL {
            self.wake_lane(channel);
        }
    }

    /// Tells one lane of a channel that there may be more.
    pub fn wake_lane(&self, channel: Channel) {
        self.of(channel).notify_one();
    }

    /// Waits until somebody wakes a lane of the channel; a call made before counts.
    pub async fn woken(&self, channel: Channel) {
        self.of(channel).notified().await;
    }

    fn of(&self, channel: Channel) -> &Notify {
        match channel {
            Channel::Email => &self.email,
            Channel::Sms => &self.sms,
        }
    }
}

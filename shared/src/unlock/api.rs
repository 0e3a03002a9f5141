//! The endpoints of unblocking an account, from the identification to the confirmed link.

use crate::endpoint;
use crate::notifications::{Channel, Delivery};
use crate::passkeys::browser::{AuthenticationResponse, RequestOptions};
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

pub use super::{Destination, UnlockRefusal};
pub use crate::recovery::api::{CaseReference, Empty, Ending, Identification, LinkToken, Route, RouteChoice};

endpoint!(
    /// Opens a case for this browser (cookie) and asks for a passkey. Answers alike for identifiers known and unknown,
    /// blocked or not, with passkeys or without. The captcha is solved for [`Subject::Unlock`](crate::captcha::Subject).
    OpenUnlock, Post "/unlocks", "Open a case of unblocking an employer's account.", Identification => UnlockView
);
endpoint!(
    /// The case of this browser, wherever it stands.
    CurrentUnlock, Get "/unlock", "Show this browser's case of unblocking.", () => UnlockView
);
endpoint!(
    /// Draws a fresh challenge for the passkey, where the one before it is too old or was used. It costs no attempt.
    RenewUnlockChallenge, Post "/unlock/challenge", "Draw a fresh challenge for the passkey.", Empty => UnlockView
);
endpoint!(
    /// Judges what the passkey signed. A refused one leaves the case where it is, with a fresh challenge and one attempt
    /// less; why it was refused is not told.
    AssertUnlock, Post "/unlock/assertion", "Show a passkey for the case of unblocking.", UnlockAssertion => UnlockView
);
endpoint!(
    /// Chooses by which way the link goes.
    ChooseUnlockChannel, Post "/unlock/channel", "Choose where the unblocking link is sent.", ChannelChoice => UnlockView
);
endpoint!(
    /// Goes on by another of the routes that the case's view names.
    ChooseUnlockRoute, Post "/unlock/route", "Go on with unblocking by another route.", RouteChoice => UnlockView
);
endpoint!(
    /// Ends this browser's case and forgets its cookie.
    AbandonUnlock, Post "/unlock/abandon", "Abandon this browser's case of unblocking.", Empty => Empty
);
endpoint!(
    /// Looks at a link without using it up: scanners that run JavaScript come this far.
    InspectUnlockLink, Post "/unlock/inspect", "Show what an unblocking link is good for.", LinkToken => UnlockLinkView
);
endpoint!(
    /// Uses the link up and unblocks the account: exactly once. The password stays.
    ConfirmUnlock, Post "/unlock/confirm", "Unblock the account with an unblocking link.", LinkToken => UnlockDone
);

/// Where the browser hears of changes: server-sent events, each an [`UnlockView`] as JSON with the event name `case`.
pub const EVENTS_PATH: &str = "/unlock/events";

/// What a passkey signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnlockAssertion {
    /// What `navigator.credentials.get` gave.
    pub assertion: AuthenticationResponse,
}

/// The way by which somebody wants the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChannelChoice {
    /// One of those that the view's [`UnlockStageView::Channel`] names.
    pub channel: Channel,
}

/// A case of unblocking as its browser may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnlockView {
    /// What to quote when asking for help; also in the message.
    pub reference: CaseReference,
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Where the case stands.
    pub stage: UnlockStageView,
    /// The other routes on which the case may go on from here, the best first. The same for everybody at this stage.
    pub routes: Vec<Route>,
}

/// Where a case of unblocking stands. The page is a `match` on this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case", try_from = "super::flat::FlatStage")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UnlockStageView {
    /// A passkey is to be shown.
    Passkey {
        /// What `navigator.credentials.get` is to be given. The same for everybody but for its challenge.
        options: RequestOptions,
        /// When the challenge ends: from then on a fresh one is needed ([`RenewUnlockChallenge`]).
        expires: Deadline,
        /// How many refused passkeys the case still bears.
        attempts_left: u8,
        /// When the case lapses if none is shown.
        deadline: Deadline,
    },
    /// Too many passkeys were refused: only the other routes lead on.
    PasskeyRefused {
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The case goes on with a request that is signed electronically.
    AwaitingSignature {
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The case goes on at a counter.
    AwaitingOfficer {
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The identity is proved and the way online ends here.
    Refused {
        /// Why.
        reason: UnlockRefusal,
    },
    /// The identity is proved; the person chooses where the link goes.
    Channel {
        /// One of them: one or two, the mail address first.
        choices: Vec<Destination>,
        /// The one that was chosen before and takes no messages.
        failed: Option<Destination>,
        /// When the case lapses if none is chosen.
        deadline: Deadline,
    },
    /// The message is on its way and the clock has not started.
    Sending {
        /// Where it goes.
        to: Destination,
        /// How far it has come.
        delivery: Delivery,
        /// When the case gives up waiting for it.
        deadline: Deadline,
    },
    /// The message was taken over: the clock runs.
    LinkSent {
        /// Where it went.
        to: Destination,
        /// How far it has come.
        delivery: Delivery,
        /// When the link ends.
        deadline: Deadline,
        /// How long a link lives in all, in seconds.
        total: u32,
    },
    /// The account is unblocked.
    Unblocked {
        /// When.
        at: Timestamp,
    },
    /// The case is over and the account as it was.
    Ended {
        /// Why.
        ending: Ending,
    },
}

/// What a link is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnlockLinkView {
    /// The case's reference, as on the first page and in the message.
    pub reference: CaseReference,
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When the link ends.
    pub deadline: Deadline,
    /// The whole time it had, in seconds.
    pub total: u32,
    /// The employer, masked.
    pub employer: String,
}

/// What was done. The password is as it was; recovering it is possible from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnlockDone {
    /// The case's reference.
    pub reference: CaseReference,
    /// The employer, masked.
    pub employer: String,
    /// When the account was unblocked.
    pub at: Timestamp,
}

//! The endpoints of signing in and of the account area: the contract between browser and server.
//!
//! Whatever is wrong with the credentials, [`SignIn`] answers [`ErrorCode::SignInRefused`](crate::api::ErrorCode), with the
//! same status and in the same time. Everything else needs the cookie that it sets.

use super::{Device, Ends, Network, PasswordAge, SessionId, Who};
use crate::delegates::DelegateName;
use crate::endpoint;
use crate::identifiers::{Branch, Cedula, EmployerIdentifier, EventId};
use crate::passwords::Rules;
use crate::recovery::api::Empty;
use crate::secrets::Secret;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

endpoint!(
    /// Proves the password. An earlier session of this browser ends.
    SignIn, Post "/sessions", "Sign in with the employer's number, branch and password.", Credentials => AccountView
);
endpoint!(
    /// Who is signed in, and what the account area shows first. It does not count as use: a page that looks by itself keeps
    /// no session alive.
    CurrentSession, Get "/session", "Show the account of this browser's session.", () => AccountView
);
endpoint!(
    /// Tells that the person is still there. So does every other write.
    ExtendSession, Post "/session/extend", "Note that somebody uses this browser's session.", Empty => SessionTimes
);
endpoint!(
    /// Ends this browser's session. Without one it answers the same.
    SignOut, Post "/session/end", "End this browser's session.", Empty => Empty
);
endpoint!(
    /// Every session of the account; for a delegate, their own.
    ListSessions, Get "/account/sessions", "List the account's sessions, the last used first.", () => SessionList
);
endpoint!(
    /// Ends one session of the account; a delegate, of their own. Any other is as unknown as one that never was.
    EndSession, Post "/account/sessions/end", "End one session of the account.", SessionChoice => SessionList
);
endpoint!(
    /// Ends every session of the account but this browser's; for a delegate, of their own.
    EndOtherSessions, Post "/account/sessions/end-others", "End every other session of the account.",
    Empty => SessionList
);
endpoint!(
    /// What a new password must be, for the live checklist.
    ShowPasswordRules, Get "/account/password/rules", "Show what a new password must be.", () => PasswordRules
);
endpoint!(
    /// Replaces the password: the account's, or the delegate's own. The other sessions end, this one goes on with a new cookie, the owner is told.
    ChangePassword, Post "/account/password", "Replace the password of the account.", PasswordChange => AccountView
);
endpoint!(
    /// What happened to the account, for its owner. A POST because it takes a cursor; it writes nothing but the session's use.
    ShowHistory, Post "/account/history", "Show what happened to the account, newest first.", HistoryPage => History
);

/// Who wants to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// RUC, or a household employer's cédula.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// The delegate's cédula; nothing for the owner.
    #[serde(default)]
    pub delegate: Option<Cedula>,
    /// The password: the owner's, or the delegate's own.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub password: Secret<String>,
}

/// What the account area shows first. To a delegate it shows their own password's age and their own sign-in before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The employer's number, masked.
    pub employer: String,
    /// The branch.
    pub branch: Branch,
    /// The employer's registered name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: Secret<String>,
    /// Who is signed in.
    pub who: Who,
    /// The other accounts of the same person, masked: the household's beside the own RUC's. A delegate is told none.
    pub linked: Vec<String>,
    /// How the account stands.
    pub state: AccountState,
    /// How old the password is; absent only in the moment in which it is taken away.
    pub password: Option<PasswordAge>,
    /// The sign-in before this one, if there was any.
    pub last_sign_in: Option<Visit>,
    /// When this session ends by itself.
    pub ends: Ends,
}

/// How an account stands, for somebody who is signed in. Nobody is signed in to a frozen one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AccountState {
    /// Everything works.
    Active,
    /// Browsers that the account does not know cannot sign in, and the password cannot be recovered, until the account is
    /// unblocked.
    Blocked,
}

/// From where and with what somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    /// When.
    pub at: Timestamp,
    /// From which network, where that is known.
    pub network: Option<Network>,
    /// With what.
    pub device: Device,
}

/// How long this session still lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionTimes {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When it ends by itself.
    pub ends: Ends,
}

/// The account's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionList {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The sessions, the last used first.
    pub sessions: Vec<SessionView>,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// Names it, to end it.
    pub id: SessionId,
    /// When, from where and with what somebody signed in.
    pub signed_in: Visit,
    /// When it was used last, within a minute.
    pub used_at: Timestamp,
    /// Whether it is this browser's.
    pub current: bool,
    /// Which delegate's it is; nothing if it is the owner's.
    pub delegate: Option<DelegateName>,
}

/// Which session to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionChoice {
    /// The session.
    pub session: SessionId,
}

/// What a new password must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordRules {
    /// The rules.
    pub rules: Rules,
    /// Pieces that it must not contain (names, identifiers, e-mail).
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub personal: Vec<Secret<String>>,
}

/// The old and the new password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The password in force: whoever finds an open session does not know it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub current: Secret<String>,
    /// The new one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub password: Secret<String>,
}

/// Which part of the history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HistoryPage {
    /// What [`History::next`] said; nothing for the newest.
    #[serde(default)]
    pub before: Option<HistoryCursor>,
}

/// A place in the history. It is compared, never looked up: another account's leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HistoryCursor {
    /// When the last entry happened that was shown.
    pub at: Timestamp,
    /// The entry.
    pub id: EventId,
}

/// A page of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct History {
    /// What happened, newest first.
    pub entries: Vec<HistoryEntry>,
    /// Where the next page begins; nothing at the end.
    pub next: Option<HistoryCursor>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happening,
    /// From which network, where that is known.
    pub network: Option<Network>,
    /// With what, where that is known.
    pub device: Option<Device>,
    /// The delegate who did it, or about whom the owner did it; nothing where it was no delegate's business.
    pub by: Option<DelegateName>,
}

/// What can happen to an account, as far as its owner is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Happening {
    /// Somebody signed in with a browser that the account knows.
    SignedIn,
    /// Somebody signed in with a browser that was new to the account.
    SignedInFromNewDevice,
    /// A sign-in failed.
    SignInFailed,
    /// The password was right, and the account was blocked or frozen.
    SignInClosed,
    /// Somebody signed out.
    SignedOut,
    /// A session was ended by the owner, or by a newer sign-in of the same browser.
    SessionEnded,
    /// Every other session was ended by the owner.
    OtherSessionsEnded,
    /// A browser is not known to the account any more, because it failed too often.
    DeviceForgotten,
    /// The old password that was asked for a change was wrong.
    PasswordCheckFailed,
    /// The password was replaced by somebody who was signed in.
    PasswordChanged,
    /// A new password was set with a link.
    PasswordRecovered,
    /// The verification questions were answered wrong.
    AnswersFailed,
    /// The online recovery was suspended.
    RecoverySuspended,
    /// The identity was proved for a recovery.
    IdentityProved,
    /// The mail server took over a link for a new password.
    LinkSent,
    /// The identity was proved for an unblocking.
    UnlockProved,
    /// The mail server or the gateway took over a link that unblocks the account.
    UnlockLinkSent,
    /// An officer made a link with which a passkey can be enrolled.
    PasskeyOffered,
    /// A passkey was enrolled.
    PasskeyAdded,
    /// A passkey was used.
    PasskeyUsed,
    /// A passkey, or something that was not one, was refused.
    PasskeyRefused,
    /// A passkey got another name.
    PasskeyRenamed,
    /// A passkey was removed.
    PasskeyRemoved,
    /// The owner asked for another e-mail or phone, or to have the phone removed.
    ContactChangeRequested,
    /// The new e-mail or phone was confirmed with its link.
    ContactConfirmed,
    /// A change of e-mail or phone waits for the time in which the old contacts can cancel it.
    ContactChangeHeld,
    /// The account has another e-mail or phone.
    ContactChanged,
    /// A change of e-mail or phone was stopped.
    ContactChangeCancelled,
    /// Nobody confirmed the new e-mail or phone in time.
    ContactChangeLapsed,
    /// The account was blocked.
    Blocked,
    /// A block was lifted.
    Unblocked,
    /// The owner froze the account.
    Frozen,
    /// A counter lifted the freeze.
    Thawed,
    /// The owner made a delegate.
    DelegateCreated,
    /// The owner changed what a delegate may do, or until when.
    DelegateChanged,
    /// The owner sent a delegate another invitation, which ended the password before it.
    DelegateInvitedAgain,
    /// A delegate set a password with an invitation.
    DelegateJoined,
    /// Too many sign-ins of a delegate failed.
    DelegateBlocked,
    /// The owner ended a delegate.
    DelegateEnded,
    /// An officer saw the person and had a link for a new password sent.
    OfficerSentLink,
    /// An officer saw the person and had a link that unblocks the account sent.
    OfficerSentUnlockLink,
    /// An officer saw the person and asked for another e-mail or phone.
    OfficerAskedContactChange,
    /// An officer froze the account.
    OfficerFroze,
    /// The password in force was taken away with a freeze that was lifted.
    PasswordWithdrawn,
    /// A signed request passed.
    SignaturePassed,
    /// A signed request did not pass.
    SignatureFailed,
    /// Something about a signed request could not be found out: a person decides.
    SignatureReferred,
    /// An officer decided that such a request is good.
    ReferralAccepted,
    /// An officer decided that it is not to be followed.
    ReferralDeclined,
}

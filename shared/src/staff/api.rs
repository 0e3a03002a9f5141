//! The endpoints of the staff: signing in, locking, invitations, and the list that administrators keep.
//!
//! Whatever is wrong with an address, a password or a second factor, it is answered
//! [`ErrorCode::StaffSignInRefused`](crate::api::ErrorCode), in the same time. Everything but signing in and invitations needs
//! a session whose second factor was right; a locked one is answered [`ErrorCode::StaffLocked`](crate::api::ErrorCode), a role
//! without the right [`ErrorCode::NotYourRight`](crate::api::ErrorCode).

use super::{ActReason, Right, Role, SecondFactor, StaffEnds, StaffName, Standing};
use crate::endpoint;
use crate::i18n::Language;
use crate::identifiers::{CentreId, Email, StaffId};
use crate::passkeys::PasskeyName;
use crate::passkeys::api::EnrolmentBegun;
use crate::passkeys::browser::{AuthenticationResponse, RegistrationResponse, RequestOptions};
use crate::recovery::api::Empty;
use crate::secrets::Secret;
use crate::sessions::api::PasswordRules;
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// Proves the password. Nothing is open yet: the second factor is asked for within a few minutes.
    SignInStaff, Post "/staff/sign-in", "Prove a staff member's password.", StaffCredentials => SecondFactorAsked
);
endpoint!(
    /// Proves the second factor with a one-time code. Each code is good once.
    SignInWithCode, Post "/staff/sign-in/code", "Finish a staff sign-in with a one-time code.", CodeShown => StaffView
);
endpoint!(
    /// Draws the challenge for a passkey, for a sign-in that waits for its second factor or for a session that is locked.
    BeginStaffPasskey, Post "/staff/passkey/begin", "Draw a challenge for a staff member's passkey.",
    Empty => StaffPasskeyBegun
);
endpoint!(
    /// Proves the second factor with a passkey.
    SignInWithPasskey, Post "/staff/sign-in/passkey", "Finish a staff sign-in with a passkey.",
    StaffPasskeyShown => StaffView
);
endpoint!(
    /// Who is signed in at the desk, also while it is locked. It does not count as use.
    CurrentStaff, Get "/staff/session", "Show who is signed in at the desk.", () => StaffView
);
endpoint!(
    /// Tells that the officer is still there. So does every other write.
    ExtendStaffSession, Post "/staff/session/extend", "Note that somebody uses the desk.", Empty => StaffView
);
endpoint!(
    /// Locks the desk at once, as the idle time does by itself.
    LockStaffSession, Post "/staff/session/lock", "Lock the desk.", Empty => StaffView
);
endpoint!(
    /// Opens a locked desk again, with the password.
    UnlockWithPassword, Post "/staff/session/unlock", "Unlock the desk with the password.", UnlockAsked => StaffView
);
endpoint!(
    /// Opens a locked desk again, with a passkey.
    UnlockWithPasskey, Post "/staff/session/unlock/passkey", "Unlock the desk with a passkey.",
    StaffPasskeyShown => StaffView
);
endpoint!(
    /// Ends the session, locked or not. Without one it answers the same.
    SignOutStaff, Post "/staff/session/end", "Sign out of the desk.", Empty => Empty
);
endpoint!(
    /// Looks at an invitation without changing anything: scanners that run JavaScript come this far.
    InspectStaffInvitation, Post "/staff/invitation/inspect", "Show what a staff invitation is good for.",
    StaffInvitationToken => StaffInvitationView
);
endpoint!(
    /// Draws the secret of one-time codes, to be put into an authenticator app. An older one of the invitation is worth nothing.
    BeginCodeEnrolment, Post "/staff/invitation/code", "Draw the secret of one-time codes for an invitation.",
    StaffInvitationToken => CodeEnrolment
);
endpoint!(
    /// Draws the challenge of a new passkey. An older one of the invitation is worth nothing.
    BeginPasskeyEnrolment, Post "/staff/invitation/passkey", "Draw the challenge of a new passkey for an invitation.",
    StaffInvitationToken => EnrolmentBegun
);
endpoint!(
    /// Uses an invitation up: the member has a password and a second factor from now on. Nobody is signed in by it.
    AcceptStaffInvitation, Post "/staff/invitation/accept", "Set password and second factor with an invitation.",
    StaffAcceptance => Empty
);
endpoint!(
    /// The staff, those who left among them. Right: keep the staff.
    ListStaff, Get "/staff/members", "List the staff.", () => StaffList
);
endpoint!(
    /// Invites somebody. Right: keep the staff.
    InviteStaff, Post "/staff/members", "Invite somebody to the staff.", NewStaff => StaffList
);
endpoint!(
    /// Gives somebody another role or centre. Their sessions end where the role is another. Right: keep the staff.
    ChangeStaff, Post "/staff/members/change", "Change a staff member's role and centre.", StaffChange => StaffList
);
endpoint!(
    /// Ends somebody's access for good, with every session. Right: keep the staff.
    EndStaff, Post "/staff/members/end", "End a staff member's access.", StaffChoice => StaffList
);
endpoint!(
    /// Takes password, second factor and sessions away and sends another invitation; also to somebody whose invitation is over.
    /// Right: keep the staff.
    ResetStaff, Post "/staff/members/reset", "Invite a staff member again, from the beginning.", StaffChoice => StaffList
);

/// Who wants to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffCredentials {
    /// The address of the invitation.
    pub email: Email,
    /// The password.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub password: Secret<String>,
}

/// The password was right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorAsked {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Until when the second factor can be shown.
    pub deadline: Deadline,
    /// Which ones this member has. At least one.
    pub ways: Vec<SecondFactor>,
}

/// A one-time code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeShown {
    /// Six digits; spaces are ignored.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: Secret<String>,
}

/// A challenge for a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffPasskeyBegun {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When the challenge ends.
    pub deadline: Deadline,
    /// What `navigator.credentials.get` is to be given.
    pub options: RequestOptions,
}

/// What a passkey answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffPasskeyShown {
    /// What `navigator.credentials.get` gave.
    pub credential: AuthenticationResponse,
}

/// The password, before a locked desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnlockAsked {
    /// The password.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub password: Secret<String>,
}

/// Who is signed in at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Who.
    pub id: StaffId,
    /// Their name.
    pub name: StaffName,
    /// Their address.
    pub email: Email,
    /// Their role.
    pub role: Role,
    /// Their centre; nothing for all of them.
    pub centre: Option<CentreId>,
    /// Whether the desk is open.
    pub standing: Standing,
    /// How long the session lasts.
    pub ends: StaffEnds,
    /// What opens a locked desk beside the password, and what signs in after it.
    pub ways: Vec<SecondFactor>,
    /// The sign-in before this one, if there was any.
    pub last_sign_in: Option<Timestamp>,
}

impl StaffView {
    /// Whether the role has a right. The server asks again, each time.
    pub const fn may(&self, right: Right) -> bool {
        self.role.may(right)
    }
}

/// An invitation's token: 32 bytes in base64url, from the fragment of the link's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffInvitationToken {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
}

/// What an invitation is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffInvitationView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When the invitation ends.
    pub deadline: Deadline,
    /// Whom it is for.
    pub name: StaffName,
    /// The address with which they will sign in.
    pub email: Email,
    /// What they will be.
    pub role: Role,
    /// What the password must be.
    pub password: PasswordRules,
}

/// The secret of one-time codes, to be put into an authenticator app. Shown once, to whoever holds the invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeEnrolment {
    /// The secret in base32, without padding, to be typed.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub secret: Secret<String>,
    /// The same as an `otpauth://` address, for an app on this device.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uri: Secret<String>,
    /// The same, to be read by a camera.
    pub qr: QrPath,
}

/// A QR code as the data of one SVG path: dark modules as unit squares, on a square of `size` with its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QrPath {
    /// Modules along one side, the quiet zone of four on each side among them: the view box is `0 0 size size`.
    pub size: u16,
    /// The attribute `d` of the path.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub path: Secret<String>,
}

/// An invitation, the password and the second factor that its holder chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffAcceptance {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
    /// The new password.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub password: Secret<String>,
    /// The second factor. Compulsory.
    pub second: SecondFactorChosen,
}

/// The second factor that somebody enrols with an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SecondFactorChosen {
    /// A code of the secret that [`BeginCodeEnrolment`] drew last: the app has it.
    Code {
        /// Six digits; spaces are ignored.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        code: Secret<String>,
    },
    /// A passkey for the challenge that [`BeginPasskeyEnrolment`] drew last.
    Passkey {
        /// How its owner calls it.
        name: PasskeyName,
        /// What `navigator.credentials.create` gave.
        credential: Box<RegistrationResponse>,
    },
}

/// The staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffList {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Those who work here by name, then those who left.
    pub members: Vec<StaffMember>,
}

/// Somebody of the staff, as administrators see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    /// Names them, to change or end them.
    pub id: StaffId,
    /// Their name.
    pub name: StaffName,
    /// Where invitations go, and with what they sign in.
    pub email: Email,
    /// Their role.
    pub role: Role,
    /// Their centre; nothing for all of them.
    pub centre: Option<CentreId>,
    /// How they stand.
    pub state: StaffState,
    /// When the open invitation ends, if one was sent and not used.
    pub invited_until: Option<Deadline>,
    /// The last sign-in.
    pub last_sign_in: Option<Timestamp>,
    /// Whether it is whoever asks: nobody changes or ends themselves.
    pub yourself: bool,
}

/// How somebody of the staff stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StaffState {
    /// There is no password yet: the invitation is under way, open, or over.
    Invited,
    /// They can sign in.
    Active,
    /// Somebody with the right password failed too often at the second factor; a reset lets them in again.
    Blocked,
    /// Their access was ended.
    Ended,
}

/// Somebody to be invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewStaff {
    /// Their name.
    pub name: StaffName,
    /// Where the invitation goes; nobody of the staff has it already.
    pub email: Email,
    /// Their role.
    pub role: Role,
    /// Their centre; nothing for all of them.
    #[serde(default)]
    pub centre: Option<CentreId>,
    /// The language of the invitation.
    #[serde(default)]
    pub language: Language,
    /// Why.
    pub reason: ActReason,
}

/// What somebody is from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffChange {
    /// Who.
    pub staff: StaffId,
    /// Their role.
    pub role: Role,
    /// Their centre; nothing for all of them.
    #[serde(default)]
    pub centre: Option<CentreId>,
    /// Why.
    pub reason: ActReason,
}

/// Somebody of the staff, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffChoice {
    /// Who.
    pub staff: StaffId,
    /// Why.
    pub reason: ActReason,
}

//! The endpoints of delegates: the owner's, and those of whoever holds an invitation.
//!
//! The owner's need the owner's session; a delegate's is answered
//! [`ErrorCode::OwnerOnly`](crate::api::ErrorCode). A delegate of another account is as unknown as one that never was.

use super::{DelegateId, DelegateName, Scopes};
use crate::endpoint;
use crate::identifiers::{Branch, Cedula, Email, MaskedEmail};
use crate::recovery::api::Empty;
use crate::secrets::Secret;
use crate::sessions::api::PasswordRules;
use crate::time::{CivilDate, Deadline, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// The account's delegates, those who were ended left out.
    ListDelegates, Get "/account/delegates", "List the account's delegates.", () => DelegateList
);
endpoint!(
    /// Makes a delegate and sends the invitation.
    CreateDelegate, Post "/account/delegates", "Make a delegate and send an invitation.", NewDelegate => DelegateList
);
endpoint!(
    /// Gives a delegate other scopes and another end date. Both hold for open sessions too. The owner is told where that is more
    /// than before.
    ChangeDelegate, Post "/account/delegates/change", "Change what a delegate may do and until when.",
    DelegateChange => DelegateList
);
endpoint!(
    /// Sends another invitation. The link before it, the delegate's password, sessions and block end.
    InviteAgain, Post "/account/delegates/invite-again", "Send a delegate another invitation.",
    DelegateChoice => DelegateList
);
endpoint!(
    /// Ends a delegate at once, with all sessions.
    EndDelegate, Post "/account/delegates/end", "End a delegate.", DelegateEnding => DelegateList
);
endpoint!(
    /// Looks at an invitation without changing anything: scanners that run JavaScript come this far.
    InspectInvitation, Post "/invitation/inspect", "Show what an invitation is good for.",
    InvitationToken => InvitationView
);
endpoint!(
    /// Uses an invitation up: the delegate has a password from now on. Nobody is signed in by it.
    AcceptInvitation, Post "/invitation/accept", "Set a delegate's password with an invitation.",
    Acceptance => Empty
);

/// The account's delegates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegateList {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The delegates, by name.
    pub delegates: Vec<DelegateView>,
    /// How many an account may have.
    pub most: u8,
    /// The first day that may be an end date: today in Ecuador.
    pub first_day: CivilDate,
    /// The last day that may be an end date.
    pub last_day: CivilDate,
}

/// A delegate, as the owner sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegateView {
    /// Names them, to change or end them.
    pub id: DelegateId,
    /// The cédula, masked.
    pub cedula: String,
    /// The name.
    pub name: DelegateName,
    /// Where invitations go, masked.
    pub email: MaskedEmail,
    /// What they may do.
    pub scopes: Scopes,
    /// The last day on which they get in.
    pub until: CivilDate,
    /// How they stand.
    pub state: DelegateState,
    /// When the open invitation ends, if one was sent and not used.
    pub invited_until: Option<Deadline>,
    /// The last sign-in.
    pub last_sign_in: Option<Timestamp>,
}

/// How a delegate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DelegateState {
    /// There is no password yet: the invitation is under way, open, or over.
    Invited,
    /// The delegate can sign in.
    Active,
    /// After failed sign-ins, browsers that the delegate did not use before cannot sign in; another invitation lifts it.
    Blocked,
    /// The end date has passed; another one lets them in again.
    Over,
}

/// A delegate to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDelegate {
    /// Who: not the representative, and not somebody who is a delegate of the account already.
    pub cedula: Cedula,
    /// The name.
    pub name: DelegateName,
    /// Where the invitation goes.
    pub email: Email,
    /// What they may do.
    pub scopes: Scopes,
    /// The last day on which they get in: from today to a year ahead.
    pub until: CivilDate,
    /// The owner's password in force.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub current: Secret<String>,
}

/// What a delegate may do from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DelegateChange {
    /// Who.
    pub delegate: DelegateId,
    /// What they may do.
    pub scopes: Scopes,
    /// The last day on which they get in.
    pub until: CivilDate,
    /// The owner's password in force.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub current: Secret<String>,
}

/// Which delegate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DelegateChoice {
    /// The delegate.
    pub delegate: DelegateId,
}

/// Which delegate to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DelegateEnding {
    /// The delegate.
    pub delegate: DelegateId,
    /// The owner's password in force.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub current: Secret<String>,
}

/// An invitation's token: 32 bytes in base64url, from the fragment of the link's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationToken {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
}

/// What an invitation is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When the invitation ends.
    pub deadline: Deadline,
    /// The employer's number, masked.
    pub employer: String,
    /// The branch.
    pub branch: Branch,
    /// Whom it is for.
    pub name: DelegateName,
    /// The cédula with which they will sign in, masked.
    pub cedula: String,
    /// What they will be able to do.
    pub scopes: Scopes,
    /// The last day on which they will get in.
    pub until: CivilDate,
    /// What the password must be.
    pub password: PasswordRules,
}

/// An invitation and the password that its holder chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
    /// The new password.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub password: Secret<String>,
}

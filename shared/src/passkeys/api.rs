//! The endpoints of passkeys: enrolling one with a link from the counter, and the account's list.

use super::browser::{CreationOptions, RegistrationResponse};
use super::{Backup, PasskeyId, PasskeyName};
use crate::endpoint;
use crate::secrets::Secret;
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// Looks at an enrolment link without changing anything: scanners that run JavaScript come this far.
    InspectEnrolment, Post "/passkeys/enrolment/inspect", "Show what an enrolment link is good for.",
    EnrolmentToken => EnrolmentView
);
endpoint!(
    /// Draws a challenge for the device. A newer one takes its place; the link stays as it was.
    BeginEnrolment, Post "/passkeys/enrolment/begin", "Draw the challenge of a new passkey.",
    EnrolmentToken => EnrolmentBegun
);
endpoint!(
    /// Stores the passkey that the device made and uses the link up: exactly once. A device's answer that is refused spends
    /// its challenge, and the link stays good for another try.
    FinishEnrolment, Post "/passkeys/enrolment/finish", "Enrol the passkey that the device made.",
    Enrolment => EnrolmentDone
);
endpoint!(
    /// The account's passkeys. Removed ones are in the history only.
    ListPasskeys, Get "/account/passkeys", "List the account's passkeys, the oldest first.", () => PasskeyList
);
endpoint!(
    /// Gives a passkey another name. One of another account is as unknown as one that never was.
    RenamePasskey, Post "/account/passkeys/rename", "Give a passkey of the account another name.",
    PasskeyRename => PasskeyList
);
endpoint!(
    /// Removes a passkey for good, after asking for the password in force. The owner is told.
    RemovePasskey, Post "/account/passkeys/remove", "Remove a passkey of the account.",
    PasskeyRemoval => PasskeyList
);

/// An enrolment link's token: 32 bytes in base64url, from the fragment of the link's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentToken {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
}

/// What an enrolment link is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentView {
    /// The employer's number, masked.
    pub employer: String,
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When the link ends.
    pub deadline: Deadline,
    /// How many passkeys the account has.
    pub passkeys: u8,
    /// How many it can have.
    pub most: u8,
}

/// A challenge for the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentBegun {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When the challenge ends.
    pub deadline: Deadline,
    /// What `navigator.credentials.create` is to be given.
    pub options: CreationOptions,
}

/// A new passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// The link's token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
    /// How the person calls it.
    pub name: PasskeyName,
    /// What `navigator.credentials.create` gave.
    pub credential: RegistrationResponse,
}

/// What was enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentDone {
    /// The employer's number, masked.
    pub employer: String,
    /// The passkey's name.
    pub name: PasskeyName,
    /// When it was enrolled.
    pub at: Timestamp,
    /// How many passkeys the account now has.
    pub passkeys: u8,
}

/// The account's passkeys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyList {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// How many the account can have.
    pub most: u8,
}

/// One passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyView {
    /// Names it, to rename or remove it.
    pub id: PasskeyId,
    /// How the person calls it.
    pub name: PasskeyName,
    /// When it was enrolled.
    pub created_at: Timestamp,
    /// When it was used last, if ever.
    pub used_at: Option<Timestamp>,
    /// Whether copies of it may exist.
    pub backup: Backup,
    /// How often it signed, as its device counts; 0 for ever with devices that do not count.
    pub sign_count: u32,
}

/// Another name for a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyRename {
    /// Which one.
    pub passkey: PasskeyId,
    /// Its name from now on.
    pub name: PasskeyName,
}

/// A passkey to be removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyRemoval {
    /// Which one.
    pub passkey: PasskeyId,
    /// The password in force: whoever finds an open session does not know it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub current: Secret<String>,
}

//! The endpoints of changing a contact: in the account area, and behind the links that go to the new and the old contacts.
//!
//! The links' endpoints need no session: a link is read where the contact is read. Looking (`inspect`) changes nothing. No
//! answer tells whether another account has the same contact.

use super::{Asked, ContactKind, Obstacle, Wanted};
use crate::endpoint;
use crate::identifiers::ContactChangeId;
use crate::secrets::Secret;
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// The contacts, masked, and the changes under way. For the owner only.
    ShowContacts, Get "/account/contacts", "Show the account's contacts and their pending changes.", () => ContactsView
);
endpoint!(
    /// Asks for another contact, or to have a phone removed. A pending change of the same kind is replaced.
    RequestContactChange, Post "/account/contacts", "Ask for a change of a contact of the account.",
    ContactRequest => ContactsView
);
endpoint!(
    /// Stops a pending change. One of another account is as unknown as one that never was.
    WithdrawContactChange, Post "/account/contacts/withdraw", "Withdraw a pending change of a contact.",
    ChangeChoice => ContactsView
);
endpoint!(
    /// Looks at the link that a new contact got.
    InspectContact, Post "/contacts/inspect", "Show what a confirmation link of a contact is good for.",
    ContactToken => ConfirmView
);
endpoint!(
    /// Uses that link up: from here the change is held; one that was held before is applied.
    ConfirmContact, Post "/contacts/confirm", "Confirm a new contact with a link.", ContactToken => ConfirmDone
);
endpoint!(
    /// Looks at the link that the old contacts got.
    InspectContactCancel, Post "/contacts/cancel/inspect", "Show what a cancel link of a contact is good for.",
    ContactToken => CancelView
);
endpoint!(
    /// Uses that link up: the change ends.
    CancelContactChange, Post "/contacts/cancel", "Cancel a held change of a contact with a link.",
    ContactToken => CancelDone
);

/// What somebody who is signed in wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactRequest {
    /// The new contact, or none.
    pub wanted: Wanted,
    /// The password in force: whoever finds an open session does not know it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub current: Secret<String>,
}

/// Which pending change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeChoice {
    /// The change.
    pub change: ContactChangeId,
}

/// A link's token: 32 bytes in base64url, from the fragment of the link's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactToken {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
}

/// The account's contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactsView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The e-mail, masked, if one is registered.
    pub email: Option<String>,
    /// The phone, masked, if one is registered.
    pub phone: Option<String>,
    /// What is under way: at most one change a kind.
    pub changes: Vec<ChangeView>,
}

/// A change under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeView {
    /// Names it, to withdraw it.
    pub change: ContactChangeId,
    /// Which contact changes.
    pub kind: ContactKind,
    /// The new contact, masked; nothing when it is a removal.
    pub to: Option<String>,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// Where it stands.
    pub standing: Standing,
    /// When that ends: until then it can be confirmed, or cancelled.
    pub deadline: Deadline,
    /// What keeps it held beyond the deadline.
    pub obstacle: Option<Obstacle>,
}

/// Where a change under way stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ContactStanding))]
pub enum Standing {
    /// The new contact is to confirm it.
    Requested,
    /// The old contacts can cancel it; then it is applied.
    Held,
    /// The old contacts can cancel it; then the new contact is to confirm it.
    HeldFirst,
    /// It was held, and the new contact is to confirm it. The old contacts can still cancel it.
    Confirming,
}

/// What a confirmation link is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The employer, masked.
    pub employer: String,
    /// Which contact changes.
    pub kind: ContactKind,
    /// The new contact, masked.
    pub to: String,
    /// When the link ends.
    pub deadline: Deadline,
    /// For how many hours the change would be held; 0 if it was held before and applies at once.
    pub hold_hours: u32,
}

/// A change that was confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmDone {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The employer, masked.
    pub employer: String,
    /// Which contact changes.
    pub kind: ContactKind,
    /// The new contact, masked.
    pub to: String,
    /// What has become of it.
    pub outcome: Confirmed,
    /// When the hold ends, unless something is in the way; now, if it was held before.
    pub until: Deadline,
}

/// What a confirmation brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Confirmed {
    /// The change is held, or waits for what is in the way.
    Held,
    /// The new contact is the account's.
    Applied,
}

/// What a cancel link is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The employer, masked.
    pub employer: String,
    /// Which contact changes.
    pub kind: ContactKind,
    /// The new contact, masked; nothing when it is a removal.
    pub to: Option<String>,
    /// How it was asked for.
    pub asked: Asked,
    /// Where it stands.
    pub standing: Standing,
    /// When that ends, unless something is in the way.
    pub deadline: Deadline,
    /// What keeps the change held beyond the deadline.
    pub obstacle: Option<Obstacle>,
}

/// A change that was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelDone {
    /// The employer, masked.
    pub employer: String,
    /// Which contact stays as it was.
    pub kind: ContactKind,
    /// How the change was asked for.
    pub asked: Asked,
    /// When it was cancelled.
    pub at: Timestamp,
}

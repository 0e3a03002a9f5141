//! The endpoints of data requests. Right for all of them: answer data requests.

use super::{DataRequestKind, DataRequestState, KeptBecause};
use crate::endpoint;
use crate::identifiers::{Branch, DataRequestId, EmployerIdentifier, RepresentativeId};
use crate::secrets::Secret;
use crate::staff::ActReason;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

endpoint!(
    /// Those that are open, the one that is due first at the top, and then those that are over.
    ListDataRequests, Get "/staff/data-requests", "List the requests about personal data.", () => DataRequestList
);
endpoint!(
    /// Writes down that a person asked, and how it was seen who they are.
    OpenDataRequest, Post "/staff/data-requests", "Register a request about personal data.",
    NewDataRequest => DataRequestList
);
endpoint!(
    /// Everything that is kept about the person and the account, of a request for access that is open. The owner is told.
    ExportData, Post "/staff/data-requests/export", "Give out what is kept about a person.",
    DataRequestAct => DataExport
);
endpoint!(
    /// Deletes what need not be kept, of a request for deletion that is open, and tells what stays and why. The owner is told.
    DeleteData, Post "/staff/data-requests/deletion", "Delete what need not be kept about a person.",
    DataRequestAct => DataDeletion
);
endpoint!(
    /// Closes a request: as answered only once it was done what it asks for, as refused at any time.
    CloseDataRequest, Post "/staff/data-requests/closing", "Close a request about personal data.",
    DataRequestClosing => DataRequestList
);

/// A request that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDataRequest {
    /// What is asked for.
    pub kind: DataRequestKind,
    /// Whose account.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// Who asks.
    pub representative: RepresentativeId,
    /// When it came: not later than now, and not more than 15 days ago.
    pub received_at: Timestamp,
    /// How it came, and how it was seen who the person is.
    pub reason: ActReason,
}

/// Something that is done about a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DataRequestAct {
    /// Which one.
    pub request: DataRequestId,
    /// Why, or how.
    pub reason: ActReason,
}

/// The end of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DataRequestClosing {
    /// Which one.
    pub request: DataRequestId,
    /// How it ends.
    pub outcome: DataRequestOutcome,
    /// Why, or how the person was told.
    pub reason: ActReason,
}

/// How a request ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DataRequestOutcome {
    /// It was done.
    Answered,
    /// It was refused.
    Refused,
}

/// The requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataRequestList {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// The requests. Of those that are over, the last hundred.
    pub requests: Vec<DataRequestView>,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataRequestView {
    /// Which one.
    pub id: DataRequestId,
    /// What is asked for.
    pub kind: DataRequestKind,
    /// The employer's number, masked.
    pub employer: String,
    /// The branch.
    pub branch: Branch,
    /// The person's number, masked.
    pub representative: String,
    /// When it came.
    pub received_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// How it stands.
    pub state: DataRequestState,
    /// When it was done what it asks for, last.
    pub done_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
}

/// Everything that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataExport {
    /// A JSON document: for each kind of thing its rows. Times are in UTC.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub document: Secret<String>,
    /// Whether official records are in it.
    pub records: Records,
    /// The requests as they stand now.
    pub list: DataRequestList,
}

/// Whether official records are given: they are what the questions of a recovery are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Records {
    /// They are: another officer saw who the person is, in a dossier of theirs.
    Given,
    /// They are not: nobody but who answers has seen who the person is.
    Withheld,
}

/// What became of a deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataDeletion {
    /// What was deleted, and how many.
    pub deleted: Vec<Deleted>,
    /// What stays, and why.
    pub kept: Vec<Remaining>,
    /// The requests as they stand now.
    pub list: DataRequestList,
}

/// Something that was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deleted {
    /// What.
    pub what: Deletable,
    /// How many.
    pub rows: u64,
}

/// What can be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Deletable {
    /// Browsers that the account knows, with their sessions.
    Browsers,
    /// Messages that were sent or given up.
    Messages,
    /// What was typed for appointments that are over.
    Appointments,
    /// What was typed for visits that are over.
    Visits,
}

/// Something that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Remaining {
    /// What.
    pub what: Undeletable,
    /// Why.
    pub because: KeptBecause,
}

/// What is not deleted on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Undeletable {
    /// The account, its contacts, passkeys and delegates.
    Account,
    /// What happened, in the audit log.
    AuditLog,
    /// Failed attempts, suspensions, and changes of contacts.
    Attempts,
    /// Cases of recovery, unblocking and signed requests.
    Cases,
    /// Evidence of signatures, and dossiers.
    Evidence,
    /// Copies of official records.
    Records,
}

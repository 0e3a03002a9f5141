//! The endpoints of dossiers, papers and approvals. All of them are for signed-in staff.

use super::{
    Action, ActionName, ApprovalState, Discrepancy, Found, Item, Need, PaperId, Standing, Verdict, Way,
};
use crate::accounts::{NotDone, Progress};
use crate::appointments::ToBring;
use crate::centres::{Mode, Procedure, Zone};
use crate::endpoint;
use crate::identifiers::{ApprovalId, Branch, DossierId, EmployerIdentifier, RepresentativeId, VisitId};
use crate::secrets::Secret;
use crate::signatures::api::VerdictView;
use crate::signatures::{PurposeName, ReferralNumber};
use crate::staff::ActReason;
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// Opens the dossier of a visit that this officer serves, or shows the one that is open. The visit's own data are copied.
    OpenDossier, Post "/staff/dossiers", "Open the dossier of the visit that is being served.", VisitNamed => DossierView
);
endpoint!(
    /// Shows a dossier. Whoever does not serve its visit says why they look.
    ShowDossier, Post "/staff/dossiers/show", "Show a dossier.", DossierLooked => DossierView
);
endpoint!(
    /// Writes down how an item was presented and what the officer found.
    RecordItem, Post "/staff/dossiers/item", "Record an item of a dossier.", ItemRecorded => DossierView
);
endpoint!(
    /// Asks the official registries, and lays what they say beside what the visit says.
    LookUp, Post "/staff/dossiers/look-up", "Ask the registries about a dossier.", DossierNamed => DossierView
);
endpoint!(
    /// Makes the place for a file; the file is then sent to [`PAPER_PATH`].
    AddPaper, Post "/staff/papers", "Make the place for a file of a dossier.", PaperAsked => PaperPlace
);
endpoint!(
    /// Takes an action, or asks a second officer for it where four eyes are needed: then the view has a waiting approval.
    Act, Post "/staff/dossiers/act", "Act on the account of a dossier.", Asking => Acted
);
endpoint!(
    /// Shows a signed request that a person is to decide about, with what it asks for in full. Whoever decides has looked at it here
    /// first: [`crate::api::ErrorCode::ReferralUnseen`].
    ShowReferral, Post "/staff/dossiers/referral", "Show a signed request that is to be decided.", ReferralNamed => ReferralShown
);
endpoint!(
    /// The approvals that wait, the oldest first, and those decided or lapsed within the last hour.
    ListApprovals, Get "/staff/approvals", "List the approvals that wait for a second officer.", () => ApprovalList
);
endpoint!(
    /// How many wait whom this officer may decide: a number beside a name, for which nothing is written down.
    CountApprovals, Get "/staff/approvals/count", "Count the approvals that wait for this officer.", () => ApprovalCount
);
endpoint!(
    /// Agrees, and with that carries it out, or refuses. Never one's own. What is shown only once is not carried out here: who asked
    /// for it does so, once, until the approval's new deadline ([`ApprovalState::Granted`]).
    DecideApproval, Post "/staff/approvals/decide", "Decide what another officer asked for.", ApprovalDecided => ApprovalView
);

/// Where a file is sent with POST (the file's bytes as the whole body, `application/octet-stream`; the answer is a
/// [`DossierView`]) and shown with GET (inline, as `application/pdf`, `image/jpeg` or `image/png`). See [`paper_path`].
pub const PAPER_PATH: &str = "/staff/papers/{paper}";

/// Server-sent events, each a [`DossierView`], whenever something changed. See [`dossier_events_path`].
pub const DOSSIER_EVENTS_PATH: &str = "/staff/dossiers/{dossier}/events";

/// Server-sent events, each an [`ApprovalList`].
pub const APPROVALS_EVENTS_PATH: &str = "/staff/approvals/events";

/// The name of a dossier's events.
pub const DOSSIER_EVENT: &str = "dossier";

/// The name of the approvals' events.
pub const APPROVALS_EVENT: &str = "approvals";

/// The path of a paper, below [`crate::api::BASE`].
pub fn paper_path(paper: PaperId) -> String {
    PAPER_PATH.replace("{paper}", &paper.to_string())
}

/// The path of a dossier's events, below [`crate::api::BASE`].
pub fn dossier_events_path(dossier: DossierId) -> String {
    DOSSIER_EVENTS_PATH.replace("{dossier}", &dossier.to_string())
}

/// A visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitNamed {
    /// Which one.
    pub visit: VisitId,
}

/// A dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierNamed {
    /// Which one.
    pub dossier: DossierId,
}

/// A dossier to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierLooked {
    /// Which one.
    pub dossier: DossierId,
    /// Why, in the officer's words. Whoever serves the visit need not say it, nor who said it within the hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ActReason>,
}

/// What an officer found of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemRecorded {
    /// The dossier.
    pub dossier: DossierId,
    /// The item.
    pub item: Item,
    /// How it was presented: one of [`ToBring::ways`].
    pub way: Way,
    /// What the officer found. An acceptance of what was looked up needs records that bear it out, one of what was uploaded a paper.
    pub verdict: Verdict,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<ActReason>,
}

/// A file to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperAsked {
    /// The dossier.
    pub dossier: DossierId,
    /// The item that it belongs to.
    pub item: Item,
}

/// The place of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperPlace {
    /// Its id, for [`PAPER_PATH`].
    pub paper: PaperId,
    /// Bytes that the file has at most.
    pub most: u32,
}

/// An action to be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Asking {
    /// The dossier.
    pub dossier: DossierId,
    /// What is to be done.
    pub action: Action,
    /// Why, in the officer's words. A rejected signature's applicant reads it.
    pub reason: ActReason,
}

/// A signed request that a person is to decide about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralNamed {
    /// The dossier of whoever brings its number.
    pub dossier: DossierId,
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: ReferralNumber,
}

/// What there is to know of a signed request before anybody decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralView {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: ReferralNumber,
    /// What it is to bring.
    pub purpose: PurposeName,
    /// The new contact in full, if it is to bring one: it is compared with what the person says.
    pub contact: Option<String>,
    /// Since when it waits.
    pub at: Timestamp,
    /// Until when it can be decided.
    pub deadline: Deadline,
    /// What the machine found, and what it could not tell.
    pub verdict: VerdictView,
}

/// A signed request, shown to whoever serves the visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralShown {
    /// The request.
    pub referral: ReferralView,
    /// Whether it can be accepted now: what it asks for may need a second officer.
    pub accepting: Standing,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acted {
    /// The dossier as it stands now.
    pub dossier: DossierView,
    /// The one-time link of a passkey's enrolment: told here once, and never again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment: Option<EnrolmentShown>,
}

/// A one-time link, to be shown to the person at the counter and to nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentShown {
    /// Its address.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub link: Secret<String>,
    /// The same as a QR code, without its quiet zone: a line for each row, `#` for a dark module and `.` for a light one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub qr: Secret<String>,
    /// Until when it can be used.
    pub deadline: Deadline,
}

/// What the one who looks may do with a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Access {
    /// Serves the visit: writes and acts.
    Serving,
    /// Another officer serves it: looks.
    Looking,
    /// The visit is over: looks.
    Over,
}

/// How many approvals wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalCount {
    /// How many others asked for and nobody has decided.
    pub waiting: u32,
}

/// A dossier as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierView {
    /// Its id.
    pub dossier: DossierId,
    /// Its visit.
    pub visit: VisitId,
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The name of the officer who serves the visit.
    pub officer: String,
    /// What the one who looks may do.
    pub access: Access,
    /// What the clocks of the visit's centre show: every time here is told by them.
    pub zone: Zone,
    /// What the person has come for.
    pub procedure: Procedure,
    /// In person, or by video.
    pub mode: Mode,
    /// The employer, in full: it is compared with what lies on the desk.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub employer: EmployerIdentifier,
    /// The branch.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub branch: Branch,
    /// The representative.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub representative: RepresentativeId,
    /// The account's contacts, masked; `None` where there is no account.
    pub account: Option<AccountSeen>,
    /// The five items, in the order in which they are shown.
    pub items: Vec<ItemView>,
    /// What the registries said when they were last asked.
    pub found: Option<Found>,
    /// What differs, of the registries and of the booking.
    pub discrepancies: Vec<Discrepancy>,
    /// Every action and whether it can be taken.
    pub actions: Vec<ActionView>,
    /// What was done, the newest first.
    pub done: Vec<DoneView>,
    /// What was asked of a second officer, the newest first.
    pub approvals: Vec<ApprovalView>,
}

/// What staff see of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountSeen {
    /// Whether it can be used.
    pub state: AccountState,
    /// The registered address, masked.
    pub email: Option<String>,
    /// The registered telephone, masked.
    pub phone: Option<String>,
}

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = DossierAccountState))]
pub enum AccountState {
    /// It can.
    Active,
    /// Too many failures at signing in.
    Blocked,
    /// Its owner, or an officer, froze it.
    Frozen,
}

/// An item as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemView {
    /// Which one.
    pub item: Item,
    /// Whether this employer is asked for it.
    pub need: Need,
    /// What the person was told to bring; nothing where it does not apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bring: Option<ToBring>,
    /// How it can be presented, the usual way first.
    pub ways: Vec<Way>,
    /// What was found.
    pub verdict: Verdict,
    /// How it was presented, and by whom and when that was written down.
    pub record: Option<ItemRecord>,
    /// Its files.
    pub papers: Vec<PaperView>,
}

/// What was written down of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemRecord {
    /// How it was presented.
    pub way: Way,
    /// The officer's name; `None` where the portal knew it by itself.
    pub officer: Option<String>,
    /// When.
    pub at: Timestamp,
    /// A remark.
    pub note: Option<ActReason>,
}

/// A file that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperView {
    /// Its id, for [`PAPER_PATH`].
    pub paper: PaperId,
    /// What it is, by its content.
    pub kind: PaperKind,
    /// Bytes, as it is kept.
    pub size: u32,
    /// When it came.
    pub at: Timestamp,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PaperKind {
    /// A PDF without active content.
    Pdf,
    /// A photograph, made anew from its points.
    Jpeg,
    /// A picture, made anew from its points.
    Png,
}

/// An action and whether it can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionView {
    /// Which one.
    pub action: ActionName,
    /// Whether it can be taken.
    pub standing: Standing,
    /// The items that are missing, with [`Standing::ItemsMissing`].
    pub missing: Vec<Item>,
    /// Why not, with [`Standing::Withheld`].
    pub because: Option<NotDone>,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DoneView {
    /// What.
    pub action: ActionName,
    /// When.
    pub at: Timestamp,
    /// The officer's name.
    pub officer: String,
    /// The name of the second officer, where one agreed.
    pub second: Option<String>,
    /// Why, in the officer's words.
    pub reason: ActReason,
    /// What is under way because of it: a link, a change of a contact.
    pub under_way: Option<UnderWay>,
}

/// Something that was sent or asked for, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnderWay {
    /// What the person's mail and page show too.
    pub reference: Option<String>,
    /// Where it went, masked.
    pub to: Option<String>,
    /// How far it has come; `None` where that is not known any more.
    pub progress: Option<Progress>,
}

/// Something a second officer is asked to agree to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalView {
    /// Its id.
    pub approval: ApprovalId,
    /// The dossier that it belongs to, for [`ShowDossier`].
    pub dossier: DossierId,
    /// What is asked.
    pub action: ActionName,
    /// The employer, masked.
    pub employer: String,
    /// The new contact in full, where one is asked for: it is what is agreed to.
    pub contact: Option<String>,
    /// The signed request, where it is to be accepted, as long as it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<ReferralView>,
    /// What the clocks of the visit's centre show.
    pub zone: Zone,
    /// The name of the officer who asks.
    pub asked_by: String,
    /// Why, in their words.
    pub reason: ActReason,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Until when it can be decided, or carried out by who asked.
    pub deadline: Deadline,
    /// Where it stands.
    pub state: ApprovalState,
    /// Whether the one who looks may decide it.
    pub yours: Yours,
    /// Who decided and why, once somebody has.
    pub decided: Option<DecisionView>,
}

/// Whether the one who looks may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Yours {
    /// They may.
    ToDecide,
    /// They asked themselves.
    Own,
    /// It is decided, or too late.
    Over,
}

/// What a second officer said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionView {
    /// Their name.
    pub officer: String,
    /// When.
    pub at: Timestamp,
    /// Why, in their words.
    pub reason: ActReason,
}

/// Approvals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalList {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Those that wait, the oldest first, then those that are over, the newest first.
    pub approvals: Vec<ApprovalView>,
}

/// What a second officer decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovalDecided {
    /// Which one.
    pub approval: ApprovalId,
    /// What they decide.
    pub decision: ApprovalDecision,
    /// Why.
    pub reason: ActReason,
}

/// The two decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ApprovalDecision {
    /// It is carried out.
    Agree,
    /// It is not.
    Refuse,
}

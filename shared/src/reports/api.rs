//! The endpoints of the figures, for officers with the right to see them.
//!
//! Both are `Post`: looking is written down, and so is taking them along.

use super::{ActKind, Figures, Span};
use crate::centres::CentreId;
use crate::endpoint;
use crate::time::{CivilDate, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// Figures of every centre, or of one, day by day.
    ShowReport, Post "/staff/reports", "Show figures of the centres, day by day.", ReportRequest => ReportView
);
endpoint!(
    /// The same as a file for a spreadsheet.
    ExportReport, Post "/staff/reports/export", "Give figures of the centres as a CSV file.", ReportRequest => ReportFile
);

/// Which figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Between which days, on each centre's calendar.
    pub span: Span,
    /// Of this centre; of all of them if there is none.
    pub centre: Option<CentreId>,
}

/// Figures between two days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Between which days.
    pub span: Span,
    /// All centres that there are, by name, to choose one.
    pub centres: Vec<NamedCentre>,
    /// The figures of each centre and day on which something happened, by centre and then by day.
    pub rows: Vec<DayFigures>,
    /// Who is there at this moment, of each centre that serves or of the one that was asked for, by name.
    pub at_once: Vec<CentreNow>,
    /// How often officers did what, most often first, with what was done at all; of every centre, or of the officers of the one that
    /// was asked for.
    pub acts: Vec<ActFigures>,
}

/// A centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedCentre {
    /// Names it.
    pub centre: CentreId,
    /// What it is called.
    pub name: String,
}

/// The figures of one centre on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayFigures {
    /// The centre.
    pub centre: CentreId,
    /// The day.
    pub day: CivilDate,
    /// The figures.
    pub figures: Figures,
}

/// Who is at a centre at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CentreNow {
    /// The centre.
    pub centre: CentreId,
    /// How many wait, in person or by video.
    pub waiting: u32,
    /// How many are called or served.
    pub in_service: u32,
    /// Since when the one waits who has waited longest; nothing when nobody does.
    pub longest_since: Option<Timestamp>,
}

/// How often something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActFigures {
    /// What.
    pub kind: ActKind,
    /// How often.
    pub count: u32,
}

/// A file to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportFile {
    /// What it is to be called.
    pub name: String,
    /// Its text: CSV (RFC 4180) in UTF-8.
    pub text: String,
}
